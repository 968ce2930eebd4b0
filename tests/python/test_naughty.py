"""Hostile texts through every verb. What must hold for any text at all (I1 to I9):

no crash, no hang, only documented errors; offsets within the text and texts at them; sentences in order,
apart and not empty; counts of parts that add up; parts merged as the whole; the same twice; no NaN where
there must be a number; positions in Python's string; the same from a list, Arrow, pandas and polars.
"""

from __future__ import annotations

import importlib.util
import json
import math
import time
from collections import Counter
from pathlib import Path
from typing import Any

import lexmill as lm
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from helpers import VERBS
from hypothesis import given
from hypothesis import strategies as st

NAMES = {"Ada": ["A."], "US": [], "Café": ["naïve"], "İstanbul": []}
TOKENS = [
    lm.Tokens(),
    lm.Tokens(hyphens="keep", possessives="strip", normalize="NFKC", stem="english"),
    lm.Tokens(case="keep", apostrophes="keep", numbers="drop", stop_words="english", min_chars=2),
]


@pytest.fixture(scope="module")
def adversarial(shared: Path) -> Any:
    path = shared / "oracles" / "naughty" / "adversarial.py"
    spec = importlib.util.spec_from_file_location("adversarial", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def naughty(shared: Path, adversarial: Any) -> list[str]:
    """All texts that are texts."""
    strings = json.loads((shared / "oracles" / "naughty" / "blns.json").read_text(encoding="utf-8"))
    strings += [value for _, value, _ in adversarial.cases() if isinstance(value, str)]
    fine = []
    for string in strings:
        try:
            string.encode("utf-8")
        except UnicodeEncodeError:
            continue
        fine.append(string)
    assert len(fine) > 500
    return fine


def check_offsets(corpus: lm.Corpus, texts: list[str | None]) -> None:
    """I2, I3, I8: every row of text stands where it says."""
    ends: Counter[int] = Counter()
    for row in corpus.sentences():
        text = texts[row["doc"]]
        if text is None:
            assert row["start"] is None
            continue
        assert ends[row["doc"]] <= row["start"] < row["end"] <= len(text)
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["text"].strip()
        ends[row["doc"]] = row["end"]
    for row in corpus.mentions(NAMES):
        text = texts[row["doc"]]
        assert text is not None
        assert text[row["start"] : row["end"]] == row["text"]


def check_sums(corpus: lm.Corpus, texts: list[str | None]) -> None:
    """I4: words of sentences, of documents, of the corpus."""
    by_document = corpus.readability().column("n_words")
    by_sentence: Counter[int] = Counter()
    for row in corpus.sentences():
        by_sentence[row["doc"]] += row["n_words"] or 0
    assert by_document == [None if t is None else by_sentence[d] for d, t in enumerate(texts)]
    assert sum(corpus.frequencies().column("count")) == corpus.n_tokens
    by_doc = corpus.frequencies(by=list(range(len(texts))))
    terms: Counter[str] = Counter()
    for row in by_doc:
        terms[row["term"]] += row["count"]
    assert terms == {row["term"]: row["count"] for row in corpus.frequencies()}


def check_numbers(table: lm.Result) -> None:
    """I7: no number that is none."""
    for row in table:
        for name, value in row.items():
            if isinstance(value, float):
                assert math.isfinite(value), name
            if name.startswith("n_") or name in ("count", "rank", "doc_freq"):
                assert value is None or (isinstance(value, int) and value >= 0), name


def test_together(naughty: list[str]) -> None:
    texts: list[str | None] = [None, *naughty, ""]
    for tokens in TOKENS:
        corpus = lm.Corpus(texts, tokens=tokens)
        check_offsets(corpus, texts)
        check_sums(corpus, texts)
    for verb in VERBS.values():
        table = verb(texts)
        check_numbers(table)
        # I6, and out through every door.
        assert table.to_dicts() == verb(texts).to_dicts()
        assert table.to_polars().to_dicts() == table.to_arrow().to_pylist() == table.to_dicts()
        assert table._repr_html_().count("<script") == 0


def test_one_by_one(naughty: list[str]) -> None:
    """I5: each text alone gives its rows of the whole."""
    whole = {
        name: VERBS[name](naughty).to_dicts() for name in ("sentence_metrics", "readability", "mentions")
    }
    for name, table in whole.items():
        alone = []
        for doc, text in enumerate(naughty):
            alone += [{**row, "doc": doc} for row in VERBS[name]([text])]
        assert alone == table, name
    counts: Counter[str] = Counter()
    for text in naughty:
        counts.update({row["term"]: row["count"] for row in lm.word_frequencies([text])})
    assert counts == {row["term"]: row["count"] for row in lm.word_frequencies(naughty)}
    halves = lm.Corpus(naughty[:200]) + lm.Corpus(naughty[200:])
    assert halves.frequencies().to_dicts() == lm.word_frequencies(naughty).to_dicts()


def test_in_every_dress(naughty: list[str]) -> None:
    """I9."""
    for verb in VERBS.values():
        expected = verb(naughty).to_dicts()
        for column in (
            pa.array(naughty),
            pl.Series(naughty),
            pd.Series(naughty),
            pa.array(naughty, pa.string_view()),
        ):
            assert verb(column).to_dicts() == expected


def test_as_names_ids_and_metadata(naughty: list[str]) -> None:
    """Hostile names are matched as they stand, or refused in the documented way."""
    found = refused = 0
    for text in naughty:
        try:
            gazetteer = lm.Gazetteer([text], case="exact")
        except ValueError as e:
            assert "holds no letter or digit" in str(e)
            refused += 1
            continue
        table = lm.Corpus([text, f"({text})"]).mentions(gazetteer)
        found += {0, 1} <= set(table.column("doc"))
        assert gazetteer.find(text) == text
    assert refused < 120
    assert found > 0.9 * (len(naughty) - refused)
    corpus = lm.Corpus(naughty, ids=naughty, meta={"m": naughty})
    assert corpus.meta.column("doc_id") == corpus.meta.column("m") == naughty
    assert set(corpus.readability(by="m").column("m")) == set(naughty)


def test_expectations(adversarial: Any) -> None:
    """What the cases themselves say, where it is more than that nothing breaks."""
    text = {name: value for name, value, _ in adversarial.cases()}

    def terms(name: str) -> list[str]:
        return lm.word_frequencies([text[name]]).column("term")

    for name in ("empty", "space only", "punct only"):
        assert terms(name) == []
    assert "hello" in terms("BOM")
    assert len(terms("one word")) == len(lm.sentence_metrics([text["one word"]])) == 1
    assert lm.sentence_metrics([text["CRLF"]]).column("text") == ["One.", "Two.", "Three."]
    assert sorted(terms("NEL/LS/PS/VT/FF")) == sorted(["one", "two", "three", "four", "five", "six"])
    assert "straße" in terms("german")
    assert len(terms("german")) == 2
    assert len(terms("combining flood")) == 2
    assert not {t for t in terms("emoji zwj") if t not in ("ok", "1\ufe0f\u20e3", "1️⃣")}
    assert set(terms("emoji glued")) == {"i", "ny", "no", "problem"}
    assert {"abc", "def"} <= {t.strip("\u202a\u202c\u2066\u2069\u200e\u200f") for t in terms("bidi controls")}
    assert len(lm.sentence_metrics([text["rtl arabic"]])) == 3
    assert len(lm.sentence_metrics([text["chinese"]])) == 2
    assert len(lm.sentence_metrics([text["devanagari"]])) == 2
    assert "don't" in terms("apostrophes")
    assert lm.word_frequencies([text["apostrophes"]]).to_dicts()[0]["count"] >= 3
    assert "https" in terms("urls etc")
    assert len(lm.sentence_metrics([text["urls etc"]])) == 1
    for name in ("lone surrogate", "lone surrogate pair reversed"):
        with pytest.raises(ValueError, match=r"^texts\[0\] has a lone surrogate at character \d"):
            lm.Corpus([text[name]])
    with pytest.raises(TypeError, match=r"^texts\[0\] is bytes"):
        lm.Corpus([text["bytes invalid utf8"]])


def test_big_ones_take_their_time_and_no_more(adversarial: Any) -> None:
    """Each big case at a fiftieth: a quadratic step would show as minutes."""
    for name, make in adversarial.big_cases(0.02):
        value = make()
        texts = [value] if isinstance(value, str) else value
        started = time.monotonic()
        corpus = lm.Corpus(texts)
        assert len(corpus) == len(texts)
        corpus.frequencies()
        corpus.cooccurrences({"Name1": [], "Name2": []})
        lm.word_frequencies(texts)
        assert time.monotonic() - started < 20, name


PATTERNS = [
    *(
        "a",
        "a ",
        ".",
        "a. ",
        "( ",
        "))",
        "'",
        "’s",
        "-a",
        "a-",
        "\u0301",
        "👩\u200d",
        "🇵🇰",
        "\r\n",
        "1.",
        "A.",
    ),
    *(
        "U.S. ",
        "“",
        "…",
        'א"',
        "\u200d",
        "漢",
        "ｶ",
        "\x00",
        "[1]",
        "http://a.",
        "No. ",
        "aé",
        "Ab",
        "1,",
        "m-",
    ),
]


@pytest.mark.parametrize("pattern", PATTERNS, ids=ascii)
def test_repetition_is_linear(pattern: str) -> None:
    """Twice the text may take two and a half times as long, eight times the text the cube of that, in
    processor time; each length is as fast as in its best run. A square would take 64 times as long."""
    texts = [pattern * (size * 60_000 // len(pattern)) for size in (1, 8)]
    least = [math.inf, math.inf]
    for turn in range(40):
        for i, text in enumerate(texts):
            started = time.process_time()
            corpus = lm.Corpus([text])
            corpus.mentions(NAMES)
            corpus.sentences()
            least[i] = min(least[i], time.process_time() - started)
        if turn >= 2 and least[1] < 2.5**3 * max(least[0], 0.001):
            return
    pytest.fail(f"not linear: {pattern!r}, {least} seconds")


@given(st.lists(st.one_of(st.none(), st.text(max_size=80)), max_size=5))
def test_any_texts(texts: list[str | None]) -> None:
    corpus = lm.Corpus(texts)
    check_offsets(corpus, texts)
    check_sums(corpus, texts)
    for verb in VERBS.values():
        check_numbers(verb(texts))


@given(st.lists(st.text(st.characters(codec=None), max_size=20), max_size=4))  # type: ignore[arg-type]
def test_lone_surrogates_are_refused_by_document_and_place(texts: list[str]) -> None:
    bad = [(d, i) for d, text in enumerate(texts) for i, c in enumerate(text) if "\ud800" <= c <= "\udfff"]
    if not bad:
        assert len(lm.Corpus(texts)) == len(texts)
        return
    with pytest.raises(
        ValueError, match=rf"^texts\[{bad[0][0]}\] has a lone surrogate at character {bad[0][1]},"
    ):
        lm.word_frequencies(texts)


@given(st.text(max_size=30), st.sampled_from(["sentence", "paragraph", "document"]))
def test_any_text_as_a_name(name: str, within: Any) -> None:
    try:
        gazetteer = lm.Gazetteer({"Ada": [], name: []}, overlap="all")
    except ValueError:
        return
    net = lm.entity_cooccurrences([f"Ada met {name} today. {name}"], gazetteer, within=within)
    for row in net.evidence():
        assert row["source_text"] in row["text"]
        assert row["target_text"] in row["text"]
    net.nodes()
    net.to_networkx()
