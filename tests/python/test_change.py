"""Slices of time, rise and fall, differences between groups: against scipy and arithmetic."""

from __future__ import annotations

import datetime
import inspect
import itertools
import math
from typing import Any

import lexmill as lm
import numpy as np
import pandas as pd
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
    first, second = _dates.times(["2020-W53", "2021-W01"]) or ()
    assert second - first == 1
    assert _dates.times(["3", "10"]) == [3, 10]
    assert _dates.times(["early", "late"]) is None


def test_groups_of_no_time_need_an_order() -> None:
    texts = ["Ada met Babbage."] * 4 + ["Ada.", "Ada met Babbage."] * 2 + ["Ada."] * 4 + ["Ada."]
    when = ["late"] * 4 + ["mid"] * 4 + ["early"] * 4 + ["other"]
    net = lm.Corpus(texts, meta={"when": when}).cooccurrences(NAMES, by="when")
    with pytest.raises(
        ValueError, match=r"^trends: the groups of by='when' \('early', 'late', 'mid', ...\) tell"
    ):
        net.trends()
    row = net.trends(order=["early", "mid", "late"])[0]
    assert (row["first_seen"], row["last_seen"], row["n"]) == ("mid", "late", 12)
    # The same as of years.
    years = [{"late": 2002, "mid": 2001, "early": 2000, "other": None}[one] for one in when]
    dated = lm.Corpus(texts, meta={"when": years}).cooccurrences(NAMES, by="when").trends()[0]
    assert row["trend_z"] == dated["trend_z"] > 0
    with pytest.raises(ValueError, match=r"order\[1\]='never' is no group of by='when'"):
        net.trends(order=["early", "never"])
    with pytest.raises(TypeError, match="order is str"):
        net.trends(order="early")


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
    assert (row["first_seen"], row["last_seen"], row["slices"], row["n"]) == (2019, 2023, 3, 32)


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
    for a, b, message in (
        ("x", "q", "b='q' is no group"),
        ("x", "x", "same group"),
        (None, None, "same group"),
    ):
        with pytest.raises(ValueError, match=message):
            net.compare(a, b)


def test_change_needs_groups() -> None:
    net = lm.entity_cooccurrences(["Ada met Babbage."], NAMES)
    for ask in (net.trends, lambda: net.compare("a", "b")):
        with pytest.raises(ValueError, match="needs groups: count with by="):
            ask()


def log_odds(cells: list[float]) -> tuple[float, float]:
    """ln of the odds ratio and the square of its error."""
    a, b, c, d = cells
    return math.log(a * d / (b * c)), sum(1 / cell for cell in cells)


UNIT = st.sampled_from(["Ada Babbage.", "Ada Babbage Curie.", "Ada.", "Curie.", "Curie Babbage.", "x."])


@given(st.lists(UNIT, max_size=30), st.lists(UNIT, max_size=30), st.sampled_from(["fdr_bh", "bonferroni"]))
def test_networks_compared_by_hand(a: list[str], b: list[str], p_adjust: str) -> None:
    if not a or not b:
        return
    corpus = lm.Corpus(a + b, meta={"outlet": ["a"] * len(a) + ["b"] * len(b)})
    for measure, add in (("log_odds_ratio", 0.0), ("log_odds_ratio_haldane", 0.5)):
        table = corpus.compare_networks(
            NAMES, "a", "b", by="outlet", measure=measure, p_adjust=p_adjust, ci=0.9
        )
        expected, p_values = {}, {}
        for pair in itertools.combinations(NAMES, 2):
            row: dict[str, Any] = {}
            known = []
            for side, texts in (("a", a), ("b", b)):
                first, second = ([name in text for text in texts] for name in pair)
                o11 = sum(x and y for x, y in zip(first, second, strict=True))
                margins = (sum(first), sum(second), len(texts))
                cells = [o11, margins[0] - o11, margins[1] - o11, margins[2] - sum(margins[:2]) + o11]
                row |= {f"count_{side}": o11, f"n_{side}": len(texts)}
                row |= {f"n_source_{side}": margins[0], f"n_target_{side}": margins[1]}
                varied = all(0 < margin < len(texts) for margin in margins[:2])
                usable = varied and (add or 0 not in cells)
                known.append(log_odds([cell + add for cell in cells]) if usable else None)
                row[f"{measure}_{side}"] = known[-1][0] if known[-1] else None
            if not row["count_a"] + row["count_b"]:
                continue
            ends: list[float | None] = [None, None, None]
            p_values[pair] = None
            if known[0] and known[1]:
                d, error = known[0][0] - known[1][0], math.sqrt(known[0][1] + known[1][1])
                z = 1.6448536269514722  # the normal quantile of 0.95
                ends = [d, d - z * error, d + z * error]
                p_values[pair] = math.erfc(abs(d / error) / math.sqrt(2))
            for name, value in zip(("", "_low", "_high"), ends, strict=True):
                row[f"{measure}_difference{name}"] = value
            expected[pair] = row
        found = {(row["source"], row["target"]): row for row in table}
        assert found.keys() == expected.keys()
        tested = sorted(p for p in p_values.values() if p is not None)
        for pair, row in expected.items():
            for name, value in row.items():
                assert found[pair][name] == (None if value is None else pytest.approx(value, abs=1e-9)), name
            p = p_values[pair]
            assert found[pair]["p_value"] == (None if p is None else pytest.approx(p, abs=1e-12))
            if p is None:
                assert found[pair]["q_value"] is None
            elif p_adjust == "bonferroni":
                assert found[pair]["q_value"] == pytest.approx(min(1, p * len(tested)))
            else:
                above = [(i, other) for i, other in enumerate(tested, 1) if other >= p - 1e-15]
                best = min(other * len(tested) / i for i, other in above)
                assert found[pair]["q_value"] == pytest.approx(min(1, best))
        shown = table.column("p_value")
        assert shown == sorted(p for p in shown if p is not None) + [None] * shown.count(None)


def test_compared_networks_name_their_formulas() -> None:
    corpus = lm.Corpus(
        ["Ada Babbage.", "Ada.", "x"] * 2, meta={"date": ["2023-05-01"] * 3 + ["2024-05-01"] * 3}
    )
    table = corpus.compare_networks(NAMES, "2023", "2024", by="date:year", within="document")
    told = table.question["measures"]
    assert {"log_odds_ratio_haldane", "log_odds_ratio_haldane_difference"} <= told.keys()
    assert "Gart" in told["log_odds_ratio_haldane_difference"]["source"]
    assert (table.question["verb"], table.question["by"], table.question["a"]) == (
        "compare_networks",
        "year",
        "2023",
    )
    words = corpus.compare_networks("terms", "2023", "2024", by="year", min_count=2)
    assert [(r["source"], r["target"]) for r in words] == [("ada", "babbage")]


WRONG_COMPARED: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"a": "z"}, ValueError, r"a='z' is no group of by='outlet'. The groups are 'x', 'y'."),
    ({"b": None}, ValueError, "b=None is no group"),
    ({"b": "x"}, ValueError, "a and b are the same group"),
    ({"by": None}, TypeError, "by is None"),
    ({"by": "outlets"}, lm.ColumnError, "outlets"),
    ({"measure": "npmi"}, ValueError, "log_odds_ratio, log_odds_ratio_haldane"),
    ({"p_adjust": "fdr"}, ValueError, "p_adjust"),
    ({"ci": 95}, ValueError, "ci=95"),
    ({"evidence": 3}, TypeError, "takes no evidence"),
    ({"within": ["sentence", "document"]}, ValueError, "choose one"),
    ({"min_count": -1}, ValueError, "min_count=-1"),
]


@pytest.mark.parametrize(("options", "kind", "message"), WRONG_COMPARED)
def test_wrong_comparisons_are_named(options: Any, kind: type[Exception], message: str) -> None:
    corpus = lm.Corpus(["Ada Babbage."] * 4, meta={"outlet": ["x", "x", "y", "y"]})
    with pytest.raises(kind, match=message):
        corpus.compare_networks(NAMES, **{"a": "x", "b": "y", "by": "outlet", **options})


DATED = ["One two. Three.", "One. Four five six.", None, "Two, two. Six.", "Alone here."]
DAYS = ["2023-12-31", "2024-01-01", "2024-02-29", None, "2024-01-31"]
VERBS: dict[str, Any] = {
    "frequencies": lambda c, by: c.frequencies(by=by),
    "readability": lambda c, by: c.readability(by=by),
    "describe": lambda c, by: c.describe(by=by, n_boot=9),
    "sentences": lambda c, by: c.sentences(by=by),
    "paragraphs": lambda c, by: c.paragraphs(by=by),
    "cooccurrences": lambda c, by: c.cooccurrences("terms", by=by),
    "mentions": lambda c, by: c.mentions(["two", "six"], by=by),
    "tokens": lambda c, by: c.tokens(by=by),
    "boundaries": lambda c, by: c.boundaries(by=by),
    "sentence_metrics": lambda c, by: lm.sentence_metrics(c, by=by),
    "entity_mentions": lambda c, by: lm.entity_mentions(c, ["two", "six"], by=by),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("unit", SLICES)
def test_slices_of_time_in_every_verb(verb: str, unit: str) -> None:
    """A slice is what a column of its labels is."""
    labels = [None if day is None else lm._dates._slice("", unit, 0, day) for day in DAYS]
    corpus = lm.Corpus(DATED, meta={"date": DAYS, "outlet": list("aabba")})
    wanted = VERBS[verb](lm.Corpus(DATED, meta={"label": labels}), "label")
    assert wanted.column("label")
    for by in (unit, f"date:{unit}"):
        found = VERBS[verb](corpus, by)
        assert [unit if name == "label" else name for name in wanted.columns] == found.columns
        assert [list(row.values()) for row in found] == [list(row.values()) for row in wanted]
        assert found.question["by"] == unit


def test_the_group_of_each_sentence() -> None:
    corpus = lm.Corpus(["One. Two.", None, "Three."], meta={"outlet": ["a", "b", None], "n": [1, 2, 3]})
    table = corpus.sentences(by="outlet")
    assert table.columns[:2] == ["outlet", "doc"] and table.column("outlet") == ["a", "a", "b", None]
    assert corpus.sentences(by="n").column("n") == [1, 1, 2, 3]
    assert corpus.paragraphs(by=["x", "y", "z"]).column("group") == ["x", "y", "z"]
    with pytest.raises(lm.ColumnError, match="outlets"):
        corpus.sentences(by="outlets")
    with pytest.raises(ValueError, match="two columns 'doc'"):
        lm.Corpus(["One."], meta={"doc": ["x"]}).sentences(by="doc")


def test_groups_of_texts_that_are_not_kept() -> None:
    frame = pd.DataFrame({"text": DATED, "outlet": list("aabba"), "date": DAYS})
    corpus = lm.Corpus(frame, meta=["outlet", "date"])
    for by in ("outlet", "date:month", ["x", "y", None, "x", "y"]):
        assert (
            lm.entity_mentions(frame, ["two"], by=by).to_dicts() == corpus.mentions(["two"], by=by).to_dicts()
        )
        assert lm.sentence_metrics(frame, by=by).to_dicts() == corpus.sentences(by=by).to_dicts()
    spans = [{"doc": 0, "start": 0, "end": 3}]
    assert lm.entity_mentions(frame, spans, by="outlet").column("outlet") == ["a"]
    with pytest.raises(lm.ColumnError, match="outlets"):
        lm.entity_mentions(frame, ["two"], by="outlets")


def test_a_group_called_source_is_refused_before_the_counting() -> None:
    for by in ("source", pd.Series(["x"], name="target")):
        corpus = lm.Corpus(["Ada Babbage."], meta={"source": ["x"]})
        with pytest.raises(ValueError, match=r"^by='(source|target)': a network has a column of this name"):
            corpus.cooccurrences(["Ada", "Babbage"], by=by, max_pairs=0)


LATE: list[tuple[dict[str, Any], str]] = [
    ({"p_adjust": "fdr"}, "p_adjust"),
    ({"ci": 95}, "ci=95"),
    ({"p_value": "npmi"}, "measure of strength"),
    ({"measures": ["nmpi"]}, "nmpi"),
    ({"permutations": 0}, "permutations=0"),
    ({"permutations": 9, "ordered": True}, "leave out ordered=True"),
    ({"permutations": 9, "within": ("window", 3)}, "permutations= needs units"),
    ({"within": "sentances"}, "sentances"),
    ({"count": "bolean"}, "bolean"),
    ({"by": [1, 2]}, "by= has 2 values for"),
]


@pytest.mark.parametrize(("options", "message"), LATE)
def test_wrong_options_are_told_before_the_counting(options: Any, message: str) -> None:
    # What counting would say first: more pairs than are allowed.
    corpus = lm.Corpus(["Ada Babbage Curie. " * 50])
    with pytest.raises(MemoryError):
        corpus.cooccurrences(NAMES, max_pairs=0)
    with pytest.raises(ValueError, match=message):
        corpus.cooccurrences(NAMES, max_pairs=0, **options)


def test_the_function_takes_what_the_method_takes() -> None:
    function = inspect.signature(lm.entity_cooccurrences).parameters
    method = inspect.signature(lm.Corpus.cooccurrences).parameters
    shared = {name: value for name, value in method.items() if name != "self"}
    assert {name: function[name].default for name in shared} == {n: v.default for n, v in shared.items()}
    assert function.keys() - shared.keys() == {"texts", "text", "id", "language", "threads", "progress"}


@pytest.mark.parametrize(
    ("values", "a", "b"),
    [
        ([2023, 2024], 2023, "2024"),
        ([2023, 2024], np.int64(2023), 2024.0),
        ([2023.5, 2024.0], 2023.5, 2024),
        ([True, False], True, np.False_),
        (["2023-01-02", "2024-01-02"], datetime.date(2023, 1, 2), datetime.datetime(2024, 1, 2)),
        ([datetime.datetime(2023, 1, 2, 3), datetime.datetime(2024, 1, 2)], "2023-01-02T03:00:00", None),
    ],
)
def test_groups_are_named_by_their_values(values: list[Any], a: Any, b: Any) -> None:
    b = values[1] if b is None else b
    texts = ["Ada met Babbage."] * 3 + ["Ada."] * 3
    corpus = lm.Corpus(texts, meta={"when": [values[0]] * 3 + [values[1]] * 3})
    net = corpus.cooccurrences(NAMES, by="when")
    row = net.compare(a, b)[0]
    assert (row["count_a"], row["count_b"]) == (3, 0)
    row = corpus.compare_networks(NAMES, a, b, by="when")[0]
    assert (row["count_a"], row["count_b"]) == (3, 0)
    with pytest.raises(ValueError, match=r"^a=1999 is no group of by='when'\. The groups are "):
        net.compare(1999, b)


def test_years_have_no_separators() -> None:
    texts = ["Ada met Babbage."] * 3
    net = lm.Corpus(texts, meta={"year": [2022, 2023, 2023]}).cooccurrences(NAMES, by="year")
    for shown in (repr(net), net._repr_html_(), repr(net.trends())):
        assert "2023" in shown and "2,023" not in shown


def test_evidence_is_that_of_the_groups_shown() -> None:
    corpus, names = lm.sample()
    net = corpus.cooccurrences(names, by="outlet", p_value=True)
    whole = {(row["source"], row["target"]) for row in corpus.cooccurrences(names)}
    for outlet in dict.fromkeys(net.column("outlet")):
        part = net.filter(outlet=outlet)
        for row in part.head(5):
            found = part.evidence(row["source"], row["target"])
            assert set(found.column("outlet")) == {outlet}
            sentences = set(zip(found.column("doc"), found.column("sentence"), strict=True))
            assert len(sentences) == row["count"]
        assert set(part.evidence().column("outlet")) == {outlet}
        # Not shown in this group: no places of the other.
        shown = {(row["source"], row["target"]) for row in part}
        assert [len(part.evidence(*pair)) for pair in sorted(whole - shown)[:3]] == [0, 0, 0]
        # The same pairs asked for alone have the same q-values.
        alone = corpus.filter(outlet=outlet).cooccurrences(names, p_value=True)
        assert part.column("q_value") == alone.column("q_value")
    row = net[0]
    both = net.evidence(row["source"], row["target"])
    assert len(both) == len(corpus.cooccurrences(names).evidence(row["source"], row["target"]))
    several = corpus.cooccurrences(names, within=["sentence", "document"], p_value=True)
    single = corpus.cooccurrences(names, p_value=True)
    assert several.filter(within="sentence").column("q_value") == single.column("q_value")
