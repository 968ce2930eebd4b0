"""Collections, names and tables of nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import lexmill as lm
import pandas as pd
import polars as pl
import pytest
from helpers import VERBS

PAIR = {"Ada": [], "Babbage": []}
ONE = lm.Corpus(["Ada met Babbage."])

NOTHING: dict[str, tuple[list[str | None], int]] = {
    "no document": ([], 0),
    "a missing one": ([None], 1),
    "an empty one": ([""], 0),
    "spaces": (["   "], 0),
    "all kinds of spaces": ([" \t\r\n\u00a0\u2003\u3000\u2028"], 0),
}


@pytest.mark.parametrize(("texts", "sentences"), NOTHING.values(), ids=NOTHING.keys())
def test_collections_without_words(texts: list[str | None], sentences: int) -> None:
    """Words, pairs and sentences there are none; documents keep their row, with nulls for what is
    not defined; a missing one is also a row among the sentences."""
    expected = dict.fromkeys(VERBS, 0) | {
        "readability": len(texts),
        "sentences": sentences,
        "sentence_metrics": sentences,
        "sentences_alone": sentences,
        "sentences_explained": sentences,
        "paragraphs": sentences,
        # One group, of no documents.
        "describe": 1,
    }
    for name, verb in VERBS.items():
        table = verb(texts)
        assert len(table) == expected[name], name
        assert table.columns == verb(["Ada Lovelace met Babbage."]).columns
    for row in lm.sentence_metrics(texts):
        assert row.pop("doc") == 0
        assert set(row.values()) == {None}
    for row in lm.Corpus(texts).readability():
        assert (row["n_words"], row["flesch"], row["syllables_estimated"]) == (
            None if texts[0] is None else 0,
            None,
            None,
        )


def test_punctuation_is_no_word() -> None:
    corpus = lm.Corpus(['?!... --- ""', "…"])
    assert corpus.n_tokens == 0
    assert [row["n_words"] for row in corpus.readability()] == [0, 0]
    assert {row["n_words"] for row in corpus.sentences()} <= {0}
    assert {row["flesch"] for row in corpus.sentences()} <= {None}


def test_no_names_are_no_pairs() -> None:
    for nobody in ({}, [], lm.Gazetteer({})):
        assert len(lm.entity_cooccurrences(["Ada met Babbage."], nobody)) == 0
        assert len(ONE.mentions(nobody)) == 0
        assert len(ONE.cooccurrences(nobody).nodes()) == 0


@pytest.mark.parametrize(
    "frame",
    [pd.DataFrame({"name": ["Ada"], "aliases": [[]]}), pl.DataFrame({"name": ["Ada"], "aliases": [["A."]]})],
    ids=["pandas", "polars"],
)
def test_a_table_of_names(frame: Any) -> None:
    assert list(lm.Gazetteer(frame)) == ["Ada"]


@pytest.mark.parametrize(
    "table",
    [
        lambda: lm.entity_cooccurrences(["Ada met Babbage."], PAIR, measures=["npmi", "npmi"]),
        lambda: lm.Corpus(["a"], meta={"term": ["x"]}).frequencies(by="term"),
        lambda: lm.Corpus(["a"], ids=["i"], meta={"doc_id": ["x"]}).meta,
    ],
    ids=["measure twice", "group called like a column", "metadata called doc_id"],
)
def test_no_table_has_two_columns_of_one_name(table: Callable[[], lm.Result]) -> None:
    try:
        columns = table().columns
    except ValueError:
        return
    assert len(columns) == len(set(columns))
