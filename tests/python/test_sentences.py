"""One row a sentence: where it is, what it counts; the answers of hand-made references."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import lexmill as lm
import pytest
from helpers import prose
from hypothesis import given
from hypothesis import strategies as st

SPLITS: dict[str, list[str]] = {
    "plain": ["One is here.", "Two is there!", "Is three?"],
    "titles": ["Dr. Smith met Mr. O. J. Simpson Jr. at 5 p.m. on Jan. 5.", "He left."],
    "initials": ["George W. Bush spoke to the U.S. Army.", "It listened."],
    "decimals": ["It costs 3.14 or 1,000.50 in all.", "That is much."],
    "quotes": ["“He said no.”", "“Yes,” she said.", "Then they left."],
    "brackets": ["It is so (see p. 33).", "(It was so.)", "It will be."],
    "citations": ["It is so.[1][2]", "It was so."],
    "ellipsis": ["Well... maybe it is.", "Wait…", "What now?"],
    "urls": ["See https://a.example.org/x.html?y=z and me@ex-ample.co.uk.", "Done."],
    "other scripts": ["यह एक वाक्य है।", "यह दूसरा वाक्य है॥"],
    "chinese": ["我爱北京天安门。", "天安门上太阳升！"],
    "no stop": ["The end has no stop"],
    "emoji": ["It is so 👍🏽!", "Naïve café 👩‍👩‍👧 here."],
}


@pytest.mark.parametrize("sentences", SPLITS.values(), ids=SPLITS.keys())
def test_sentences_by_example(sentences: list[str]) -> None:
    glue = "" if sentences[0].endswith("。") else " "
    rows = lm.sentence_metrics([glue.join(sentences), "\n\n".join(sentences)]).to_dicts()
    assert [r["text"] for r in rows] == sentences * 2
    assert [(r["doc"], r["sentence"]) for r in rows] == [
        (d, s) for d in (0, 1) for s in range(len(sentences))
    ]


def test_the_article(article: str, gold_sentences: Any) -> None:
    for options, gold in ((False, "strict"), (True, "repaired")):
        rows = lm.sentence_metrics([article], repair_breaks=options)
        got = list(zip(rows.column("start"), rows.column("end"), strict=True))
        assert got == [tuple(row["char"]) for row in gold_sentences[gold]]
        assert sum(rows.column("n_words")) == sum(lm.Corpus([article]).readability().column("n_words"))
    with_crlf = lm.sentence_metrics([article.replace("\n", "\r\n")])
    assert len(with_crlf) == len(gold_sentences["strict"])


def test_the_48_rules(shared: Path) -> None:
    """The English golden rules of sentence boundaries: at least as good as when this was written."""
    lines = (shared / "oracles" / "sentences" / "golden_en_48.jsonl").read_text(encoding="utf-8").splitlines()
    right = 0
    for row in map(json.loads, lines):
        got = lm.sentence_metrics([row["text"]]).column("text")
        right += got == row["sents"]
    assert right >= 47


ALPHABET = st.sampled_from(
    [*"abAB.!?… \n'\"()-–é1", "\r\n", "\n\n", "Mr. ", "No. 5", "。", "\u00a0", "👍🏽", "\u2029", "\x85"]
)
TEXT = st.lists(ALPHABET, max_size=40).map("".join)


@given(st.lists(st.one_of(st.none(), TEXT), max_size=4), st.booleans())
def test_sentences_are_in_order_and_leave_out_only_white_space(texts: list[str | None], repair: bool) -> None:
    table = lm.sentence_metrics(texts, repair_breaks=repair)
    for doc, text in enumerate(texts):
        rows = [row for row in table if row["doc"] == doc]
        if text is None:
            assert [set(r.values()) for r in rows] == [{doc, None}]
            continue
        assert [row["sentence"] for row in rows] == list(range(len(rows)))
        at, between = 0, []
        for row in rows:
            assert at <= row["start"] < row["end"] <= len(text)
            assert text[row["start"] : row["end"]] == row["text"] == row["text"].strip()
            between.append(text[at : row["start"]])
            at = row["end"]
        assert "".join([*between, text[at:]]).strip() == ""


@given(st.lists(TEXT, max_size=4))
def test_counts_of_sentences_add_up_to_the_document(texts: list[str]) -> None:
    corpus = lm.Corpus(texts)
    documents = corpus.readability()
    for name in ("n_words", "n_characters", "n_letters", "n_syllables", "n_polysyllables"):
        sums = [0] * len(texts)
        for row in corpus.sentences():
            sums[row["doc"]] += row[name]
        assert documents.column(name) == sums
    long = [0] * len(texts)
    for row in corpus.sentences():
        long[row["doc"]] += row["n_long_words"]
    assert documents.column("n_words_7plus") == long


def test_counts_against_a_regular_expression() -> None:
    text = re.sub(r"[^a-zA-Z\s.?!]", "", prose(60_000))
    for row in lm.sentence_metrics([text]):
        words = re.findall(r"[A-Za-z]+", row["text"])
        letters = sum(map(len, words))
        assert (row["n_words"], row["n_letters"], row["n_characters"]) == (len(words), letters, letters)
        assert row["n_long_words"] == sum(len(w) > 6 for w in words)
        assert row["n_syllables"] >= len(words)


COUNTS = {
    # text: words, characters, letters, syllables
    "The cat sat on the mat.": (6, 17, 17, 6),
    "A well-known co-op can't lose 25 jobs.": (7, 28, 26, 11),
    "It’s Pakistan's 3.5": (3, 14, 12, 7),
    "US": (1, 2, 2, 2),
    "...": (0, 0, 0, 0),
}


@pytest.mark.parametrize(("text", "counts"), COUNTS.items())
def test_counts_by_hand(text: str, counts: tuple[int, ...]) -> None:
    (row,) = lm.sentence_metrics([text])
    assert (row["n_words"], row["n_characters"], row["n_letters"]) == counts[:3]
    assert row["n_syllables"] == counts[3]


def test_counts_do_not_depend_on_tokens() -> None:
    texts = ["The Taliban-led US can't do 3 things.", "Naïve. No!"]
    expected = lm.sentence_metrics(texts).to_dicts()
    for tokens in (
        lm.Tokens(hyphens="keep", stop_words="english"),
        lm.Tokens(case="keep", min_chars=5, numbers="drop"),
    ):
        assert lm.sentence_metrics(texts, tokens=tokens).to_dicts() == expected


def test_columns_and_options() -> None:
    texts = ["One two. Three.", "Four."]
    table = lm.Corpus(texts, ids=["a", "b"]).sentences(measures=["lix", "flesch"], text=False)
    counts = ["n_words", "n_characters", "n_letters", "n_syllables", "n_polysyllables", "n_long_words"]
    assert table.columns == ["doc", "doc_id", "sentence", "start", "end", *counts, "lix", "flesch"]
    assert table.column("doc_id") == ["a", "a", "b"]
    assert lm.sentence_metrics(texts, measures="lix").columns[-2:] == ["lix", "text"]
    assert lm.sentence_metrics(texts, measures=()).columns[-1] == "text"


def test_abbreviations_of_your_own() -> None:
    text = "We met at Bldg. Seven and the Xyzq. Hall. Then we left."
    assert len(lm.sentence_metrics([text], abbreviations=["Bldg", "Xyzq"])) == 2
    assert len(lm.sentence_metrics([text], abbreviations=["bldg.", "xyzq."])) == 2
    assert len(lm.sentence_metrics([text])) > 2


def test_languages() -> None:
    for language, text in (
        ("de", "Das ist z. B. gut, bzw. sehr gut. Nicht wahr?"),
        ("fr", "M. Dupont est là. Oui."),
        ("es", "El Sr. Ruiz vino. ¿No?"),
    ):
        assert len(lm.sentence_metrics([text], language=language)) == 2
        assert lm.sentence_metrics([text], language=language).question["language"] == language


def test_padding_takes_no_time() -> None:
    """Runs of spaces, dots and brackets after a stop: quadratic in the common library of these rules."""
    for pad in (" ", ".", ")", "\u00a0", "\t", "“", "\n", "[1]", "…"):
        text = "a." + pad * 200_000 + "B. C."
        assert len(lm.Corpus([text])) == 1


@given(st.lists(st.one_of(st.none(), TEXT), max_size=4), st.booleans(), st.sampled_from([1, 2]))
def test_sentences_alone_are_those_of_a_corpus(texts: list[str | None], repair: bool, threads: int) -> None:
    ids = [f"d{i}" for i in range(len(texts))]
    corpus = lm.Corpus(texts, ids, repair_breaks=repair)
    expected = corpus.sentences(measures=(), explain=True).to_dicts()
    shown = ("doc", "doc_id", "sentence", "start", "end", "rule", "text")
    expected = [{name: row[name] for name in shown} for row in expected]
    assert corpus.sentences(measures=(), counts=False, explain=True).to_dicts() == expected
    assert lm.sentences(corpus, explain=True).to_dicts() == expected
    table = {"text": texts, "id": ids}
    alone = lm.sentences(table, id="id", text="text", repair_breaks=repair, explain=True, threads=threads)
    assert alone.to_dicts() == expected


def test_sentences_alone(article: str) -> None:
    texts = [article] * 40 + [None, "", "One.\n\n" * 50_000, "Vendredi 3 janv. 2020. Oui."]
    for options in ({}, {"language": "fr"}, {"abbreviations": ["Oui"]}, {"line_breaks": "end"}):
        expected = lm.Corpus(texts, **options).sentences(measures=(), counts=False)
        for threads in (1, 2, 5):
            assert lm.sentences(texts, threads=threads, **options).to_arrow() == expected.to_arrow()
    assert lm.sentences(texts, positions_only=True).columns == ["doc", "sentence", "start", "end"]
    assert len(lm.sentences([])) == 0
    with pytest.raises(ValueError, match=r"^language='xx' is unknown|^language=\"xx\""):
        lm.sentences(texts, language="xx")
    with pytest.raises(TypeError, match=r"^positions_only"):
        lm.sentences(texts, positions_only=1)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^language: the corpus has its own"):
        lm.sentences(lm.Corpus(["a"]), language="de")


def test_counts_can_be_left_out() -> None:
    corpus = lm.Corpus(["One is here. Two."])
    table = corpus.sentences(measures="flesch", counts=False, text=False)
    assert table.columns == ["doc", "sentence", "start", "end", "flesch"]
    assert table.column("flesch") == corpus.sentences().column("flesch")
