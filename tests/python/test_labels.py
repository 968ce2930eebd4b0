"""Ids, metadata and groups: values of any type come back as they went in, or are refused by name."""

from __future__ import annotations

import datetime
import decimal
import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lexmill as lm
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

NOON = datetime.datetime(2026, 1, 2, 12)
HALF = NOON.replace(microsecond=500_000)


def meta(values: Any) -> list[Any]:
    n = len(values)
    return lm.Corpus(["a"] * n, meta={"m": values}).meta.column("m")


KEPT: dict[str, tuple[Any, list[Any]]] = {
    "instants": ([NOON, None], ["2026-01-02T12:00:00", None]),
    "arrow instants": (pa.array([NOON, None]), ["2026-01-02T12:00:00", None]),
    "dates at midnight and not": (
        pa.chunked_array([pa.array([NOON.replace(hour=0)]), pa.array([NOON])]),
        ["2026-01-02T00:00:00", "2026-01-02T12:00:00"],
    ),
    "nulls first": (pa.chunked_array([pa.nulls(1, pa.int64()), pa.array([3])]), [None, 3]),
    "numbers of two kinds": ([1, 2.5], [1.0, 2.5]),
    "numpy texts": (np.array(["x", "y"]), ["x", "y"]),
    "truth with nulls": (pa.array([True, None]), ["true", None]),
    "no rows": (pa.array([], pa.int64()), []),
    "fractions of a second": (pa.array([HALF]), ["2026-01-02T12:00:00.500000"]),
    "nanoseconds": (
        pd.Series(pd.to_datetime(["2026-01-02T12:00:00.000000001", "2026-01-02"], format="ISO8601")),
        ["2026-01-02T12:00:00.000000001", "2026-01-02T00:00:00"],
    ),
    "instants of a time zone": (
        pa.array([NOON, NOON.replace(hour=0)], pa.timestamp("s", "Europe/Berlin")),
        ["2026-01-02T12:00:00+00:00", "2026-01-02T00:00:00+00:00"],
    ),
    "truth with nulls in chunks": (
        pa.chunked_array([pa.array([True]), pa.nulls(1, pa.bool_())]),
        ["true", None],
    ),
    "categories of truth": (pd.Series([True, None, False], dtype="category"), ["true", None, "false"]),
    "categories in chunks": (
        pa.chunked_array([pa.array(["x"]).dictionary_encode(), pa.array(["y", None]).dictionary_encode()]),
        ["x", "y", None],
    ),
    "numpy truth": (np.array([True, False]), [True, False]),
    "numpy float32": (np.array([1.5, np.nan], dtype=np.float32), [1.5, None]),
    "numpy dates": (np.array(["2026-01-02", "NaT"], dtype="datetime64[D]"), ["2026-01-02", None]),
    "numpy midnights": (np.array(["2026-01-02"], dtype="datetime64[ns]"), ["2026-01-02"]),
    "numpy instants": (
        np.array(["2026-01-02T12:30", "2026-01-02T12:30:01.5"], dtype="datetime64[ms]"),
        ["2026-01-02T12:30:00", "2026-01-02T12:30:01.500000"],
    ),
    "numpy minutes": (np.array(["2026-01-02T12:30"], dtype="datetime64[m]"), ["2026-01-02T12:30:00"]),
    "float16": (pa.array([np.float16(1.5)], pa.float16()), [1.5]),
    "objects of pandas": (pd.Series([datetime.date(2026, 1, 2), None], dtype=object), ["2026-01-02", None]),
    "nulls of polars": (pl.Series([None, None]), [None, None]),
}


@pytest.mark.parametrize(("values", "expected"), KEPT.values(), ids=KEPT.keys())
def test_values_come_back(values: Any, expected: list[Any]) -> None:
    assert meta(values) == expected


REFUSED: dict[str, tuple[Any, str]] = {
    "lists": ([[1]], r'^meta\["m"\]\[0\] is list'),
    "dicts": ([{"x": 1}], r'^meta\["m"\]\[0\] is dict'),
    "ids as objects": ([uuid.UUID(int=1)], r'^meta\["m"\]\[0\] is UUID'),
    "decimals": ([decimal.Decimal("1.5")], r'^meta\["m"\]\[0\] is Decimal; .*all numbers \(int, float\)'),
    "arrow decimals": (pa.array([decimal.Decimal("1.5")]), r'^meta\["m"\] .*type Decimal128.*cast it'),
    "truth among numbers": ([1.5, np.True_], r'^meta\["m"\]\[1\] is bool'),
    "a set": ({1}, r'^meta\["m"\] is a set; give a value for each document'),
    "times": (pa.array([datetime.time(3)]), r'^meta\["m"\] is an Arrow column of type Time64'),
}


@pytest.mark.parametrize(("values", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_values_are_refused(values: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        meta(values)


@pytest.mark.parametrize(
    "values",
    [[2**70], pa.array([2**63 + 5], pa.uint64()), [2**53 + 1, 0.5]],
    ids=["int", "uint64", "inexact among numbers"],
)
def test_numbers_beyond_63_bits(values: Any) -> None:
    with pytest.raises(ValueError, match=r'^meta\["m"\]\[0\]'):
        meta(values)


def test_the_value_that_differs_is_named() -> None:
    with pytest.raises(TypeError, match=r'^meta\["m"\]\[2\] is int'):
        meta(["x", "y", 3])


def test_a_truth_value_is_no_number() -> None:
    with pytest.raises(TypeError, match=r'^meta\["m"\]\[1\] is bool'):
        meta([1, True])


def test_the_order_of_groups_and_their_names() -> None:
    def groups(by: Any) -> list[Any]:
        return lm.word_frequencies(["a"] * len(by), by=by).column("group")

    assert groups(["z", "a", None, "m"]) == ["a", "m", "z", None]
    assert groups([10, 9, 2]) == [2, 9, 10]
    assert groups([1.0, 10.5, 2.5, float("-inf")]) == [float("-inf"), 1.0, 2.5, 10.5]
    assert groups([True, None, False]) == ["false", "true", None]
    by = pd.Series(["z"], name="outlet")
    assert lm.word_frequencies(["a"], by=by).columns[0] == "outlet"


def test_groups_go_by_position_not_by_index() -> None:
    texts = pd.Series(["a", "b"], index=[1, 0])
    for index in ([1, 0], [7, 8]):
        table = lm.word_frequencies(texts, by=pd.Series(["x", "y"], index=index))
        assert [(row["group"], row["term"]) for row in table] == [("x", "a"), ("y", "b")]


@pytest.mark.parametrize("argument", ["by", "ids", "meta['o']"])
def test_labels_in_another_order_are_refused(argument: str) -> None:
    texts, values = pd.Series(["a", "b"]), pd.Series(["x", "y"], index=[1, 0])
    ask: dict[str, Callable[[], Any]] = {
        "by": lambda: lm.word_frequencies(texts, by=values),
        "ids": lambda: lm.Corpus(texts, ids=values),
        "meta['o']": lambda: lm.Corpus(texts, meta=pd.DataFrame({"o": values})),
    }
    with pytest.raises(ValueError, match=f"^{re.escape(argument)}: its index has the labels of the texts in"):
        ask[argument]()


VERBS: dict[str, Callable[[Any], lm.Result]] = {
    "word_frequencies": lambda table: lm.word_frequencies(table, text="text", by="outlet"),
    "entity_cooccurrences": lambda table: lm.entity_cooccurrences(
        table, ["a", "b"], text="text", by="outlet"
    ),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS.keys())
def test_groups_by_a_column_of_the_table(verb: Callable[[Any], lm.Result]) -> None:
    table = pd.DataFrame({"text": ["a b", "a b"], "outlet": ["x", "y"]})
    assert set(verb(table).column("outlet")) == {"x", "y"}


def test_slices_of_time_of_a_column_of_the_table() -> None:
    table = pd.DataFrame({"text": ["a b", "a b"], "date": pd.to_datetime(["2026-01-02", "2026-02-03"])})
    pairs = lm.entity_cooccurrences(table, ["a", "b"], by="date:month")
    assert pairs.column("month") == ["2026-01", "2026-02"]


def test_a_missing_id_in_a_file_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text('{"text": "a", "id": null}\n{"text": "b", "id": "x"}', encoding="utf-8")
    assert lm.read(path, id="id").meta.column("doc_id") == [None, "x"]


def test_two_columns_of_one_name_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    path.write_text("text,text\na,b\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"texts\.csv, line 1 has 2 fields 'text'; rename"):
        lm.read(path)
    path.write_text("text,,\na,,\n", encoding="utf-8")
    assert list(lm.read(path)) == ["a"]
    path = tmp_path / "texts.jsonl"
    path.write_text('{"text": "a"}\n{"text": "b", "text": "c"}', encoding="utf-8")
    with pytest.raises(ValueError, match=r"texts\.jsonl, line 2 has 2 fields 'text'"):
        lm.read(path)


def test_two_columns_of_one_name_in_a_table() -> None:
    frame = pd.DataFrame([["a", "b", "c"]], columns=["text", "x", "x"])
    assert list(lm.Corpus(frame)) == ["a"]
    for table in (frame, pa.Table.from_arrays([pa.array(["a"])] * 3, names=["text", "x", "x"])):
        with pytest.raises(ValueError, match=r"^meta='x': the table has 2 columns of this name"):
            lm.Corpus(table, meta=["x"])
    with pytest.raises(ValueError, match=r"^meta: the column '1' has the name of another column"):
        lm.Corpus(["a"], meta={1: ["x"], "1": ["y"]})
    with pytest.raises(ValueError, match=r"^meta: the column 'doc_id' has the name of the column of ids"):
        lm.Corpus(["a"], ids=["i"], meta={"doc_id": ["x"]})
    with pytest.raises(
        ValueError, match=r"two columns 'term'.*rename that one, or pass its values as a list"
    ):
        lm.word_frequencies(["a"], by=pd.Series(["x"], name="term"))


def test_labels_of_pandas_that_are_no_str() -> None:
    frame = pd.DataFrame([["i", "a b", "x"]])
    corpus = lm.Corpus(frame, text=1, id=0, meta=[2])
    assert corpus.meta.to_dicts() == [{"doc_id": "i", "2": "x"}]
    assert lm.word_frequencies(frame, text="1", by=2).columns[0] == "2"
