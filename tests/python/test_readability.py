"""Readability: formulas from the counts in the same row, groups as separate runs."""

from __future__ import annotations

import math
from typing import Any

import lexmill as lm
import pytest
from helpers import prose
from hypothesis import given
from hypothesis import strategies as st

TEXT = st.lists(
    st.sampled_from(
        ["The cat sat. ", "Extraordinary well-known administrations! ", "\n\n", "It’s 25 US jobs? ", "…"]
    ),
    max_size=8,
).map("".join)
TEXTS = st.lists(st.one_of(st.none(), TEXT), max_size=5)


def flesch(row: dict[str, Any]) -> float:
    return 206.835 - 1.015 * row["n_words"] / row["n_sentences"] - 84.6 * row["n_syllables"] / row["n_words"]


def flesch_kincaid(row: dict[str, Any]) -> float:
    return 0.39 * row["n_words"] / row["n_sentences"] + 11.8 * row["n_syllables"] / row["n_words"] - 15.59


def lix(row: dict[str, Any]) -> float:
    return row["n_words"] / row["n_sentences"] + 100 * row["n_words_7plus"] / row["n_words"]


def ari(row: dict[str, Any]) -> float:
    return 4.71 * row["n_characters"] / row["n_words"] + 0.5 * row["n_words"] / row["n_sentences"] - 21.43


def coleman_liau(row: dict[str, Any]) -> float:
    return 5.88 * row["n_letters"] / row["n_words"] - 29.6 * row["n_sentences"] / row["n_words"] - 15.8


FORMULAS = {
    "flesch": flesch,
    "flesch_kincaid": flesch_kincaid,
    "lix": lix,
    "ari": ari,
    "coleman_liau": coleman_liau,
}


@given(TEXTS, st.sampled_from(["document", "paragraph", "sentence"]))
def test_scores_follow_from_the_counts_beside_them(texts: list[str | None], by: str) -> None:
    corpus = lm.Corpus(texts)
    for row in corpus.readability(by=by, measures=list(FORMULAS)):
        for name, formula in FORMULAS.items():
            if row["n_words"]:
                assert row[name] == pytest.approx(formula(row), rel=1e-12)
            else:
                assert row[name] is None


@given(TEXTS)
def test_documents_paragraphs_and_sentences_agree(texts: list[str | None]) -> None:
    corpus = lm.Corpus(texts)
    documents = corpus.readability().to_dicts()
    assert [row["doc"] for row in documents] == list(range(len(texts)))
    additive = [c for c in corpus.readability().columns if c.startswith("n_") and c != "n_types"]
    for by in ("paragraph", "sentence"):
        parts = corpus.readability(by=by).to_dicts()
        for document in documents:
            mine = [p for p in parts if p["doc"] == document["doc"]]
            assert [p[by] for p in mine] == list(range(len(mine)))
            if texts[document["doc"]] is None:
                assert (mine, document["n_words"]) == ([], None)
                continue
            for name in additive:
                assert sum(p[name] for p in mine) == document[name], name
    sentences = corpus.sentences().to_dicts()
    fine = [row for row in sentences if row["sentence"] is not None]
    for mine, other in zip(corpus.readability(by="sentence"), fine, strict=True):
        for name in ("doc", "sentence", "start", "end", "n_words", "n_syllables", "flesch", "flesch_kincaid"):
            assert mine[name] == other[name]


@given(TEXTS, st.randoms())
def test_groups_are_their_texts_taken_together(texts: list[str | None], rng: Any) -> None:
    groups = [rng.choice(["x", "y", None]) for _ in texts]
    got = {row.pop("g"): row for row in lm.Corpus(texts, meta={"g": groups}).readability(by="g")}
    assert set(got) == set(groups)
    for name, row in got.items():
        part = [t for t, g in zip(texts, groups, strict=True) if g == name and t is not None]
        # Documents end paragraphs and sentences.
        (together,) = lm.Corpus(["\n\n".join(part)]).readability().to_dicts()
        together.pop("doc")
        assert row == together


def test_by_a_column_of_any_kind() -> None:
    texts = ["One.", "Two two.", "Three."]
    for by in ([1, 2, 1], ("x", "y", "x"), iter("xyx")):
        assert lm.Corpus(texts).readability(by=by).column("n_words") == [2, 2]


def test_without_counts() -> None:
    table = lm.Corpus(["The cat sat on the mat."]).readability(counts=False, measures="flesch")
    assert table.to_dicts() == [{"doc": 0, "flesch": pytest.approx(116.145)}]
    assert table.question["measures"] == {
        "flesch": {"formula": table.question["measures"]["flesch"]["formula"], "source": lm.cite("flesch")}
    }


def test_every_formula_runs_on_every_text() -> None:
    rows = lm.measures("readability").to_dicts()
    lists = {name: ["the", "cat"] for name in ("dale_chall", "spache", "harris_jacobson")}
    # A tagger's counts are in no text: asking for these is an error.
    names = [
        row["name"]
        for row in rows
        if "not given" not in row["undefined"] or row["undefined"].startswith("unfamiliar")
    ]
    texts = ["The cat sat on the mat.", "", None, "…", "1", prose(4000)]
    table = lm.Corpus(texts).readability(measures=names, word_lists=lists)
    always = {row["name"] for row in rows if row["undefined"] == "never"}
    for name in names:
        values = table.column(name)
        assert values[1] is None or name in always
        assert values[2] is None
        assert all(v is None or math.isfinite(v) for v in values), name
        assert values[5] is not None, name
    assert len(names) > 0.85 * len(rows)
    for name in {row["name"] for row in rows} - set(names):
        with pytest.raises(ValueError, match=rf'^measures: "{name}" needs the count'):
            lm.Corpus(texts).readability(measures=[name])


def test_scores_equal_those_of_the_counts() -> None:
    """The two ways to a score: from a text, and from counts given by hand."""
    corpus = lm.Corpus([prose(3000)])
    (row,) = corpus.readability(measures=["flesch", "smog", "lix", "ari", "fog"])
    columns = {name: count for name, count in row.items() if name.startswith("n_")}
    bare = {name.removeprefix("n_"): count for name, count in columns.items()}
    for counts in (columns, bare):
        scores = lm.readability_from_counts(counts, measures=["flesch", "smog", "lix", "ari", "fog"])
        assert scores == {name: row[name] for name in scores}


def test_the_share_of_estimates() -> None:
    known, unknown = lm.Corpus(["The cat sat.", "Zxqwvp brlfth."]).readability().column("syllables_estimated")
    assert (known, unknown) == (0.0, 1.0)


def test_languages_count_syllables_their_own_way() -> None:
    texts = ["Die Bäume blühen"]
    (german,) = lm.Corpus(texts, language="de").readability()
    assert german["n_syllables"] == 5


def both(texts: Any, **options: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of texts that are not kept, and of a corpus of them."""
    reading = {k: options.pop(k) for k in ("language", "repair_breaks", "line_breaks") if k in options}
    unread = lm.readability(texts, **reading, **options)
    corpus = lm.Corpus(texts, **reading)
    return unread.to_dicts(), corpus.readability(**options).to_dicts()


@given(
    TEXTS,
    st.sampled_from(["document", "paragraph", "sentence"]),
    st.booleans(),
    st.sampled_from(["auto", "space", "end"]),
    st.sampled_from(["en", "de", "ru"]),
    st.sampled_from([None, {"spache": ["the", "well-known"]}]),
)
def test_texts_that_are_not_kept_are_those_of_a_corpus(
    texts: list[str | None], by: str, repair: bool, breaks: str, language: str, lists: Any
) -> None:
    measures = ["flesch", "smog", *(["spache_1974"] if lists else [])]
    how = {"repair_breaks": repair, "line_breaks": breaks, "language": language}
    unread, corpus = both(texts, by=by, measures=measures, band=True, word_lists=lists, **how)
    assert repr(unread) == repr(corpus)


def test_long_documents_groups_and_threads() -> None:
    texts = [prose(200_000), None, "", prose(3_000, seed=2), prose(5_000_000, seed=3)]
    for by in ("document", "sentence", ["a", "b", None, "a", "b"]):
        unread, corpus = both(texts, by=by)
        assert unread == corpus
    # Without the document that is too long to be read by one worker.
    expected = lm.Corpus(texts[:4] * 3).readability(measures=["smog"]).to_dicts()
    assert [lm.readability(texts[:4] * 3, measures="smog", threads=n).to_dicts() for n in (1, 2, 7)] == [
        expected
    ] * 3


def test_readability_of_tables_and_corpora() -> None:
    table = {"text": ["One. Two.", "Three."], "id": ["a", "b"], "day": ["2026-01-03", "2026-02-01"]}
    rows = lm.readability(table, id="id", text="text")
    assert rows.column("doc_id") == ["a", "b"]
    assert lm.readability(table, text="text", by="day:month").column("month") == ["2026-01", "2026-02"]
    corpus = lm.Corpus(table, text="text", id="id")
    assert lm.readability(corpus).to_dicts() == rows.to_dicts()
    with pytest.raises(ValueError, match=r"^language: the corpus has its own"):
        lm.readability(corpus, language="de")
    with pytest.raises(ValueError, match=r"^by=\"outlt\".*document"):
        lm.readability(["a"], by="outlt")
    with pytest.raises(lm.ColumnError, match=r"^by='dya'.*Did you mean 'day'"):
        lm.readability(table, text="text", by="dya")


def test_no_counts_asked_no_scores() -> None:
    corpus = lm.Corpus(["One. Two."])
    assert corpus.sentences(counts=False).columns == ["doc", "sentence", "start", "end", "text"]
    assert corpus.sentences(counts=False, measures="smog").columns[4:] == ["smog", "text"]
    assert corpus.sentences().columns[-3:] == ["flesch", "flesch_kincaid", "text"]


# What textstat 0.7.13 counts in a text of ours, by its functions, and what it makes of it:
# "The committee approved an extraordinary budget in 2019. Its members hadn't read the report! Nobody,
# apparently, considered the well-known administrative consequences of that decision carefully enough."
TEXTSTAT = {
    "words": 26,  # lexicon_count
    "sentences": 3,  # sentence_count
    "syllables": 58,  # syllable_count
    "characters": 175,  # char_count
    "letters": 175,  # char_count too, in gulpease_index
    "visible_characters": 175,
    "polysyllables": 9,  # polysyllabcount
    "complex_words": 8,  # difficult_words(text, 3)
    "words_3minus": 7,  # miniword_count
    "words_7plus": 11,  # long_word_count
    "unfamiliar_dale_chall": 13,  # difficult_words(text, 0)
    "unfamiliar_spache": 12,  # difficult_words(text)
}


@pytest.mark.parametrize(
    ("measure", "score"),
    [
        ("flesch", 9.315256410256438),  # flesch_reading_ease
        ("flesch_kincaid", 14.113076923076925),  # flesch_kincaid_grade
        ("smog", 13.023866798666859),  # smog_index
        ("ari", 14.605256410256409),  # automated_readability_index
        ("fog", 15.774358974358975),  # gunning_fog
        ("lix", 50.97435897435897),  # lix
        ("rix", 3.6666666666666665),  # rix
        ("eflaw", 11.0),  # mcalpine_eflaw
        ("reading_time", 2.57075),  # reading_time
        ("linsear_write", 6.333333333333333),  # linsear_write_formula
        ("dale_chall_adjusted", 11.961366666666667),  # dale_chall_readability_score
        ("spache_1953", 6.030230769230769),  # spache_readability
        ("gulpease", 56.307692307692314),  # gulpease_index
    ],
)
def test_counts_of_textstat_give_its_scores(measure: str, score: float) -> None:
    assert lm.readability_from_counts(TEXTSTAT, measures=[measure])[measure] == pytest.approx(
        score, rel=1e-12
    )
