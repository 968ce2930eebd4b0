"""A corpus and its parts: what is cut, joined or picked equals what is built from the same texts."""

from __future__ import annotations

import random
from typing import Any

import lexmill as lm
import pandas as pd
import polars as pl
import pytest
from helpers import NAMES, prose
from hypothesis import given
from hypothesis import strategies as st
from lexmill import Corpus, Tokens

PIECES = [
    "Ada Lovelace met Babbage. ",
    "The US told us! ",
    "",
    "x",
    "\r\n\r\n",
    "Naïve 👍🏽 café's co-op. ",
    "Mr. X left ",
]
TEXTS = st.lists(
    st.one_of(st.none(), st.lists(st.sampled_from(PIECES), max_size=4).map("".join)), min_size=1, max_size=7
)


def everything(corpus: Corpus) -> list[Any]:
    """All that a corpus says of itself."""
    net = corpus.cooccurrences(NAMES, within="document", contingency=True)
    tables = [
        corpus.frequencies(ngrams=(1, 2)),
        corpus.sentences(),
        corpus.readability(),
        corpus.readability(by="paragraph"),
        corpus.mentions(NAMES),
        *(net, net.nodes(), net.evidence(), corpus.meta),
    ]
    counts = [len(corpus), corpus.n_tokens, corpus.n_types, corpus.n_sentences]
    return [counts, list(corpus), *(table.to_dicts() for table in tables)]


def build(texts: list[str | None], first: int = 0) -> Corpus:
    ids = [f"id{i}" for i in range(first, first + len(texts))]
    return Corpus(texts, ids=ids, meta={"n": range(first, first + len(texts)), "g": ["x"] * len(texts)})


def picked(texts: list[str | None], docs: list[int]) -> Corpus:
    rows = [texts[d] for d in docs]
    return Corpus(rows, ids=[f"id{d}" for d in docs], meta={"n": docs, "g": ["x"] * len(docs)})


@given(TEXTS, st.randoms())
def test_filter_equals_building_from_the_kept_texts(texts: list[str | None], rng: random.Random) -> None:
    mask = [rng.random() < 0.6 for _ in texts]
    kept = [i for i, wanted in enumerate(mask) if wanted]
    if not kept:
        return
    expected = everything(picked(texts, kept))
    corpus = build(texts)
    for same in (mask, pd.Series(mask), pl.Series(mask), iter(mask), [int(m) for m in mask]):
        assert everything(corpus.filter(same)) == expected


@given(TEXTS, st.integers(-8, 8), st.integers(-8, 8), st.sampled_from([1, 2, -1]))
def test_slices_equal_building_from_the_slice(
    texts: list[str | None], start: int, stop: int, step: int
) -> None:
    docs = list(range(len(texts)))[start:stop:step]
    if docs:
        assert everything(build(texts)[start:stop:step]) == everything(picked(texts, docs))
    assert len(build(texts)[start:stop:step]) == len(docs)


@given(TEXTS, TEXTS, TEXTS)
def test_sums_equal_building_from_all_texts(
    a: list[str | None], b: list[str | None], c: list[str | None]
) -> None:
    first, second, third = build(a), build(b, len(a)), build(c, len(a) + len(b))
    expected = everything(build(a + b + c))
    assert everything(first + second + third) == everything(first + (second + third)) == expected
    # The parts are as they were.
    assert everything(first) == everything(build(a))


@pytest.mark.parametrize(
    "tokens", [Tokens(hyphens="keep", possessives="strip"), Tokens(case="keep", stem="english")]
)
def test_parts_of_a_corpus_with_options(tokens: Tokens) -> None:
    texts = ["A co-op's members met.", "The co-op grew.", "Nobody's fault.", None]
    whole = Corpus(texts, tokens=tokens)
    assert everything(whole[1:]) == everything(Corpus(texts[1:], tokens=tokens))
    assert everything(whole[:2] + whole[2:]) == everything(whole)
    assert everything(whole.filter([True, False, True, True])[-2:]) == everything(
        Corpus(texts[2:], tokens=tokens)
    )
    assert whole[0].token_options == tokens


def test_parts_of_a_large_corpus() -> None:
    texts = [prose(3000, seed) for seed in range(60)]
    whole = Corpus(texts, threads=2)
    assert everything(whole[10:50:3]) == everything(Corpus(texts[10:50:3], threads=1))
    assert everything(whole[:30] + whole[30:]) == everything(whole)


def test_positions() -> None:
    texts = ["One.", None, "Three."]
    corpus = Corpus(texts)
    assert [corpus.text(i) for i in (0, 1, 2, -1, -3)] == ["One.", None, "Three.", "Three.", "One."]
    assert [list(corpus[i]) for i in (0, -1)] == [["One."], ["Three."]]
    assert list(corpus) == list(iter(corpus)) == texts
    assert (len(corpus[3:]), corpus[3:].n_tokens) == (0, 0)


def test_positions_from_numpy() -> None:
    import numpy as np

    corpus = Corpus(["One.", "Two."])
    assert list(corpus[np.int64(1)]) == ["Two."]
    assert lm.measures()[np.int64(0)] == lm.measures()[0]


MASKS = ["no", ["no", ""], [0, 2], [1.0, 0.0], [None, True], {0: True, 1: False}, {True, False}, 3]


@pytest.mark.parametrize("mask", MASKS, ids=repr)
def test_what_is_no_mask(mask: Any) -> None:
    with pytest.raises(TypeError, match=r"^mask"):
        Corpus(["One.", "Two."]).filter(mask)


def test_masks() -> None:
    import numpy as np
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    corpus = Corpus(["One.", "Two."])
    keep = [False, True]
    for mask in (
        keep,
        (0, 1),
        iter(keep),
        np.array(keep),
        np.array([0, 1]),
        pd.Series(keep),
        pl.Series(keep),
    ):
        assert list(corpus.filter(mask)) == ["Two."]
    assert list(corpus.filter(pa.array(keep))) == ["Two."]


def test_summary() -> None:
    corpus = Corpus(["No cats. Cats!"] * 1200)
    assert repr(corpus) == "Corpus(1,200 documents, 2,400 sentences, 3,600 tokens, 2 types)"
    assert corpus.token_options == Tokens()


@given(st.lists(st.one_of(st.none(), st.text(max_size=60)), max_size=5))
def test_offsets_are_positions_in_the_string(texts: list[str | None]) -> None:
    corpus = Corpus(texts)
    for row in corpus.sentences():
        if row["start"] is not None:
            assert texts[row["doc"]][row["start"] : row["end"]] == row["text"]  # type: ignore[index]
    for unit in ("sentence", "paragraph"):
        for row in corpus.readability(by=unit):
            assert 0 <= row["start"] <= row["end"] <= len(texts[row["doc"]] or "")


@pytest.mark.parametrize(
    "text",
    ["Aé👍🏽 Babbage.\r\nDas war's. 👩‍👩‍👧 Ada Lovelace!", "\ufeffBabbage\r\n\r\nBabbage’s US", "𝔅 Babbage"],
)
def test_mentions_are_where_they_say(text: str) -> None:
    for row in Corpus(["x", text, text]).mentions(NAMES):
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["text"] in ("Babbage", "Ada Lovelace", "US")


def test_line_ends_change_nothing_but_positions() -> None:
    text = prose(20_000).replace("\n\n", "\r\n\r\n")
    crlf, lf = Corpus([text]), Corpus([text.replace("\r\n", "\n")])
    assert [t.split() for t in crlf.sentences().column("text")] == [
        t.split() for t in lf.sentences().column("text")
    ]
    assert crlf.frequencies().to_dicts() == lf.frequencies().to_dicts()
    assert len(crlf.readability(by="paragraph")) == len(lf.readability(by="paragraph")) > 5


def test_metadata_comes_back() -> None:
    corpus = Corpus(["a", "b"], ids=[7, 8], meta={"outlet": ["x", None], "year": [2025, 2026]})
    assert corpus.meta.to_dicts() == [
        {"doc_id": 7, "outlet": "x", "year": 2025},
        {"doc_id": 8, "outlet": None, "year": 2026},
    ]
    assert corpus[1:].meta.to_dicts() == corpus.meta.to_dicts()[1:]
    assert Corpus(["a"]).meta.shape[1] == 0


def test_the_sample() -> None:
    corpus, names = lm.sample()
    assert len(corpus) >= 40
    assert len(set(corpus.meta.column("outlet"))) == 2
    found = {row["entity"] for row in corpus.mentions(names)}
    assert len(found) > 0.9 * len(names)
    net = corpus.cooccurrences(names, by="outlet")
    assert len(net) > 100
    for row in list(corpus.cooccurrences(names).evidence())[:500]:
        assert row["source_text"] in row["text"]
        assert row["target_text"] in row["text"]


def test_documents_are_chosen_by_their_columns() -> None:
    meta = {"outlet": ["a", "b", None], "year": [2022, 2023, 2024]}
    corpus = lm.Corpus(["One.", "Two.", "Three."], ids=["x", "y", "z"], meta=meta)
    assert list(corpus.filter(outlet="b")) == ["Two."]
    assert list(corpus.filter(outlet=["a", None])) == ["One.", "Three."]
    assert list(corpus.filter(min_year=2023, doc_id=["x", "z"])) == ["Three."]
    assert list(corpus.filter([True, False, True], max_year=2023)) == ["One."]
    with pytest.raises(TypeError, match="year='2022': the column holds numbers"):
        corpus.filter(year="2022")
    with pytest.raises(lm.ColumnError, match="outlets"):
        corpus.filter(outlets="a")
