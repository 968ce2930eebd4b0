"""Ids, metadata and groups: values of any type come back as they went in, or are refused by name."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lexmill as lm
import numpy as np
import pandas as pd
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
        ["2026-01-02", "2026-01-02T12:00:00"],
    ),
    "nulls first": (pa.chunked_array([pa.nulls(1, pa.int64()), pa.array([3])]), [None, 3]),
    "numbers of two kinds": ([1, 2.5], [1.0, 2.5]),
    "numpy texts": (np.array(["x", "y"]), ["x", "y"]),
    "truth with nulls": (pa.array([True, None]), ["true", None]),
    "no rows": (pa.array([], pa.int64()), []),
}


@pytest.mark.parametrize(("values", "expected"), KEPT.values(), ids=KEPT.keys())
def test_values_come_back(values: Any, expected: list[Any]) -> None:
    assert meta(values) == expected


LOST: dict[str, tuple[Any, list[Any], str]] = {
    "fractions of a second": (pa.array([HALF]), ["2026-01-02T12:00:00.500000"], "cut off"),
    "truth with nulls in chunks": (
        pa.chunked_array([pa.array([True]), pa.nulls(1, pa.bool_())]),
        ["true", None],
        "told that there are 0 values",
    ),
    "numpy truth": (np.array([True, False]), [True, False], "told that bool is not all bool"),
    "numpy float32": (np.array([1.5], dtype=np.float32), [1.5], "refused"),
    "numpy dates": (np.array(["2026-01-02"], dtype="datetime64[D]"), ["2026-01-02"], "refused"),
    "float16": (pa.array([np.float16(1.5)], pa.float16()), [1.5], "refused"),
}


@pytest.mark.parametrize(
    ("values", "expected"),
    [pytest.param(*v[:2], id=k, marks=pytest.mark.xfail(strict=True, reason=v[2])) for k, v in LOST.items()],
)
def test_values_come_back_later(values: Any, expected: list[Any]) -> None:
    assert meta(values) == expected


REFUSED: dict[str, tuple[Any, str]] = {
    "lists": ([[1]], r'^meta\["m"\]\[0\] is list'),
    "dicts": ([{"x": 1}], r'^meta\["m"\]\[0\] is dict'),
    "ids as objects": ([uuid.UUID(int=1)], r'^meta\["m"\]\[0\] is UUID'),
    "times": (pa.array([datetime.time(3)]), r'^meta\["m"\] is an Arrow column of type Time64'),
}


@pytest.mark.parametrize(("values", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_values_are_refused(values: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        meta(values)


@pytest.mark.xfail(
    strict=True, reason="OverflowError, or MemoryError that speaks of a count; neither names meta"
)
@pytest.mark.parametrize("values", [[2**70], pa.array([2**63 + 5], pa.uint64())], ids=["int", "uint64"])
def test_numbers_beyond_63_bits(values: Any) -> None:
    with pytest.raises(ValueError, match=r'^meta\["m"\]\[0\]'):
        meta(values)


def test_the_value_that_differs_is_named() -> None:
    with pytest.raises(TypeError, match=r'^meta\["m"\]\[2\] is int'):
        meta(["x", "y", 3])


@pytest.mark.xfail(strict=True, reason="a truth value among numbers becomes 1.0")
def test_a_truth_value_is_no_number() -> None:
    with pytest.raises(TypeError, match=r'^meta\["m"\]\[1\] is bool'):
        meta([1, True])


def test_the_order_of_groups_and_their_names() -> None:
    def groups(by: Any) -> list[Any]:
        return lm.word_frequencies(["a"] * len(by), by=by).column("group")

    assert groups(["z", "a", None, "m"]) == ["a", "m", "z", None]
    assert groups([10, 9, 2]) == ["2", "9", "10"]
    assert groups([1.0, 2.5, float("-inf")]) == ["-inf", "1", "2.5"]
    by = pd.Series(["z"], name="outlet")
    assert lm.word_frequencies(["a"], by=by).columns[0] == "outlet"


def test_groups_go_by_position_not_by_index() -> None:
    texts = pd.Series(["a", "b"], index=[1, 0])
    table = lm.word_frequencies(texts, by=pd.Series(["x", "y"], index=[0, 1]))
    assert [(row["group"], row["term"]) for row in table] == [("x", "a"), ("y", "b")]


VERBS: dict[str, Callable[[Any], lm.Result]] = {
    "word_frequencies": lambda table: lm.word_frequencies(table, text="text", by="outlet"),
    "entity_cooccurrences": lambda table: lm.entity_cooccurrences(
        table, ["a", "b"], text="text", by="outlet"
    ),
}


@pytest.mark.xfail(strict=True, reason="by= does not know the columns of the table of texts")
@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS.keys())
def test_groups_by_a_column_of_the_table(verb: Callable[[Any], lm.Result]) -> None:
    table = pd.DataFrame({"text": ["a b", "a b"], "outlet": ["x", "y"]})
    assert set(verb(table).column("outlet")) == {"x", "y"}


@pytest.mark.xfail(strict=True, reason="the text None is made of it")
def test_a_missing_id_in_a_file_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text('{"text": "a", "id": null}\n{"text": "b", "id": "x"}', encoding="utf-8")
    assert lm.read(path, id="id").meta.column("doc_id") == [None, "x"]


@pytest.mark.xfail(strict=True, reason="the last column of a name hides the others")
def test_two_columns_of_one_name_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    path.write_text("text,text\na,b\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"texts\.csv.*'text'"):
        lm.read(path)
