"""Slices of time, rise and fall, differences between groups: against scipy and arithmetic."""

from __future__ import annotations

import datetime
from typing import Any

import lexmill as lm
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lexmill import _dates

NAMES = ["Ada", "Babbage", "Curie"]
DATES = ["2023-12-31", "2024-01-01", "2024-02-29T10:00:00", None, "2024-11-22"]
SLICES = {
    "year": ["2023", "2024", "2024", None, "2024"],
    "quarter": ["2023-Q4", "2024-Q1", "2024-Q1", None, "2024-Q4"],
    "month": ["2023-12", "2024-01", "2024-02", None, "2024-11"],
    "week": ["2023-W52", "2024-W01", "2024-W09", None, "2024-W47"],
    "day": ["2023-12-31", "2024-01-01", "2024-02-29", None, "2024-11-22"],
}


@pytest.mark.parametrize("unit", SLICES)
def test_slices_of_dates(unit: str) -> None:
    corpus = lm.Corpus(["Ada met Babbage."] * 5, meta={"date": DATES, "outlet": list("abcde")})
    for by in (unit, f"date:{unit}"):
        net = corpus.cooccurrences(NAMES, by=by)
        expected = sorted(set(SLICES[unit]) - {None}, key=str)
        assert net.column(unit) == [*expected, None] or set(net.column(unit)) == {*expected, None}
        counts = dict(zip(net.column(unit), net.column("count"), strict=True))
        assert counts == {label: SLICES[unit].count(label) for label in counts}


def test_a_column_of_that_name_goes_before_dates() -> None:
    corpus = lm.Corpus(["Ada met Babbage."], meta={"date": ["2024-01-01"], "month": ["May"]})
    assert corpus.cooccurrences(NAMES, by="month").column("month") == ["May"]


BAD = [
    ({"date": ["2024"]}, "date:month", r"documents\[0\] does not tell its month"),
    ({"date": ["2024-13-01"]}, "date:month", r"'2024-13-01' of documents\[0\]"),
    ({"date": ["May 2024"]}, "date:year", r"'May 2024' of documents\[0\]"),
    ({"date": ["2024-01-01"]}, "date:decade", r"'decade' is no slice of time"),
]


@pytest.mark.parametrize(("meta", "by", "message"), BAD)
def test_dates_that_tell_no_slice_are_named(meta: Any, by: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        lm.Corpus(["Ada."], meta=meta).cooccurrences(NAMES, by=by)


def test_two_columns_of_dates_leave_no_guess() -> None:
    meta = {"date": ["2024-01-01"], "seen": ["2024-01-02"]}
    with pytest.raises(lm.ColumnError, match="month"):
        lm.Corpus(["Ada."], meta=meta).cooccurrences(NAMES, by="month")


@given(st.dates(min_value=datetime.date(1000, 1, 1), max_value=datetime.date(9998, 12, 1)))
def test_a_slice_holds_its_days(day: datetime.date) -> None:
    for unit in SLICES:
        label = _dates._slice("", unit, 0, day.isoformat())
        assert label is not None
        span = _dates.span_of(label)
        assert span is not None and span[0] <= day <= span[1]
        before = _dates._slice("", unit, 0, (span[0] - datetime.timedelta(days=1)).isoformat())
        assert before != label


def test_times_know_gaps() -> None:
    assert _dates.times(["2023-11", "2024-01", None][:2]) == [2023 * 12 + 10, 2024 * 12]
    assert _dates.times(["2020", "2024"]) == [2020, 2024]
    assert _dates.times(["2020-W53", "2021-W01"])[1] - _dates.times(["2020-W53", "2021-W01"])[0] == 1
    assert _dates.times(["3", "10"]) == [3, 10]
    assert _dates.times(["early", "late"]) == [0, 1]


def test_trends_are_cochran_armitages() -> None:
    # Units with both of units in all, by year; z and its p-value worked out from the definition.
    slices = {2019: (1, 10), 2020: (3, 10), 2023: (8, 12)}
    texts, years = [], []
    for year, (hits, units) in slices.items():
        texts += ["Ada met Babbage."] * hits + ["Ada."] * (units - hits)
        years += [year] * units
    net = lm.Corpus(texts, meta={"year": years}).cooccurrences(NAMES, by="year")
    n = sum(units for _, units in slices.values())
    share = sum(hits for hits, _ in slices.values()) / n
    t = {year: year - 2019 for year in slices}
    top = sum(t[y] * (hits - units * share) for y, (hits, units) in slices.items())
    spread = (
        sum(u * t[y] ** 2 for y, (_, u) in slices.items())
        - sum(u * t[y] for y, (_, u) in slices.items()) ** 2 / n
    )
    row = net.trends()[0]
    assert row["trend_z"] == pytest.approx(top / (share * (1 - share) * spread) ** 0.5)
    assert row["trend_slope"] == pytest.approx(top / spread)
    from scipy import stats

    assert row["p_value"] == pytest.approx(2 * stats.norm.sf(row["trend_z"]))
    assert (row["first_seen"], row["last_seen"], row["slices"], row["n"]) == ("2019", "2023", 3, 32)


def test_trends_leave_out_documents_without_a_date() -> None:
    texts = ["Ada met Babbage."] * 4 + ["Curie met Ada."]
    meta = {"date": ["2023-01-01", "2024-01-01", "2024-01-01", None, None]}
    trends = lm.Corpus(texts, meta=meta).cooccurrences(NAMES, by="date:year").trends()
    assert [(r["target"], r["count"], r["n"]) for r in trends] == [("Babbage", 3, 3)]
    assert trends[0]["trend_z"] is None, "always together: no rise can be told"


def test_compare_two_groups() -> None:
    texts = (
        ["Ada met Babbage."] * 6
        + ["Ada."] * 4
        + ["Ada met Babbage."] * 2
        + ["Ada met Curie."] * 8
        + ["x", None]
    )
    outlet = ["x"] * 10 + ["y"] * 10 + ["z", None]
    net = lm.Corpus(texts, meta={"outlet": outlet}).cooccurrences(NAMES, by="outlet")
    found = {r["target"]: r for r in net.compare("x", "y")}
    row = found["Babbage"]
    assert [row[c] for c in ("count_a", "count_b", "n_a", "n_b", "share_a")] == [6, 2, 10, 10, 0.6]
    from scipy import stats

    g, p, *_ = stats.chi2_contingency([[6, 4], [2, 8]], correction=False, lambda_="log-likelihood")
    assert (row["log_likelihood"], row["p_value"]) == pytest.approx((g, p))
    assert row["log_ratio_low"] < row["log_ratio"] < row["log_ratio_high"]
    assert found["Curie"]["log_ratio"] is None
    assert net.compare("x", "y", min_count=9).shape[0] == 0
    assert [r["count_a"] for r in net.compare("z", "x")] == [0]
    for a, b, message in (("x", "q", 'b="q"'), ("x", "x", "same group"), (None, None, "same group")):
        with pytest.raises(ValueError, match=message):
            net.compare(a, b)


def test_change_needs_groups() -> None:
    net = lm.entity_cooccurrences(["Ada met Babbage."], NAMES)
    for ask in (net.trends, lambda: net.compare("a", "b")):
        with pytest.raises(ValueError, match="needs groups: count with by="):
            ask()
