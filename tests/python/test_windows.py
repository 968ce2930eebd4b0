"""Windows of words and of sentences, order, fractions: recounted from lists of words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations
from typing import Any

import lexmill as lm
import pytest
from hypothesis import given
from hypothesis import strategies as st

NAMES = ["Ada", "Babbage", "Curie", "Darwin", "Van Eyck"]
WORDS = st.lists(st.sampled_from([*NAMES, "met", "and", "then"]), min_size=1, max_size=9)
DOCUMENTS = st.lists(st.lists(WORDS, max_size=4), max_size=3)
Pairs = Counter[tuple[str, str]]


def write(document: list[list[str]]) -> str:
    return " ".join("So " + " ".join(words) + "." for words in document)


def places(words: list[str]) -> tuple[list[tuple[str, int, int]], int]:
    """The names of a run of words with their first and last position, and how many words there are."""
    out, at = [], 0
    for word in words:
        length = len(word.split())
        if word in NAMES:
            out.append((word, at, at + length - 1))
        at += length
    return out, at


def runs(documents: list[list[list[str]]], cross: bool) -> list[list[str]]:
    """The stretches that no window leaves."""
    sentences = [[["So", *words] for words in document] for document in documents]
    if not cross:
        return [words for document in sentences for words in document]
    return [[word for words in document for word in words] for document in sentences]


def by_positions(documents: list[list[list[str]]], k: int, cross: bool, ordered: bool) -> dict[str, Any]:
    """Units as a list of (position, position) that are at most k apart, in both orders unless ordered."""
    units = 0
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    distances: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for run in runs(documents, cross):
        names, length = places(run)
        near = [(x, y) for x in range(length) for y in range(length) if x != y and abs(x - y) <= k]
        near = [(x, y) for x, y in near if x < y or not ordered]
        units += len(near)
        for name, start, end in names:
            # As the first of two a name is at its end for what follows, at its start for what precedes.
            first[name] += sum(x == (end if x < y else start) for x, y in near)
            second[name] += sum(y == (start if x < y else end) for x, y in near)
        for (a, _, end), (b, start, _) in combinations(names, 2):
            if a != b and start - end <= k:
                distances[(a, b) if ordered or a < b else (b, a)][start - end] += 1
    return {"n": units, "first": first, "second": second, "distances": distances}


@given(DOCUMENTS, st.integers(1, 6), st.booleans(), st.booleans())
def test_windows_of_words(documents: list[list[list[str]]], k: int, cross: bool, ordered: bool) -> None:
    expected = by_positions(documents, k, cross, ordered)
    net = lm.entity_cooccurrences(
        [write(d) for d in documents],
        NAMES,
        within=("window", k),
        cross_sentences=cross,
        ordered=ordered,
        contingency=True,
    )
    rows = {(row["source"], row["target"]): row for row in net}
    assert set(rows) == set(expected["distances"])
    for (a, b), row in rows.items():
        assert row["count"] == row["o11"] == expected["distances"][a, b].total()
        assert (row["n_source"], row["n_target"]) == (expected["first"][a], expected["second"][b])
        assert row["n"] == expected["n"]
    parts = {(row["source"], row["target"], row["part"]): row["count"] for row in net.parts()}
    listed = {(a, b, d): n for (a, b), of in expected["distances"].items() for d, n in of.items()}
    assert parts == listed
    weighted = lm.entity_cooccurrences(
        [write(d) for d in documents],
        NAMES,
        within=f"window:{k}",
        cross_sentences=cross,
        ordered=ordered,
        count="weighted",
        min_count=0,
    )
    for row in weighted:
        distances = expected["distances"][row["source"], row["target"]]
        assert row["count"] == pytest.approx(sum(n / d for d, n in distances.items()))


@given(DOCUMENTS, st.integers(1, 4), st.booleans())
def test_windows_of_sentences(documents: list[list[list[str]]], k: int, ordered: bool) -> None:
    units = 0
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    both: Pairs = Counter()
    count: Pairs = Counter()
    for document in documents:
        for s, x in enumerate(document):
            for t, y in enumerate(document):
                if abs(s - t) >= k or (ordered and t < s):
                    continue
                units += 1
                first.update({name for name in x if name in NAMES})
                second.update({name for name in y if name in NAMES})
                for a in set(x) & set(NAMES):
                    for b in (set(y) & set(NAMES)) - {a}:
                        last = len(y) - 1 - y[::-1].index(b)
                        # Measures ask whether they are together, the count in which order.
                        both[a, b] += 1
                        count[a, b] += not ordered or s < t or x.index(a) < last
    net = lm.entity_cooccurrences(
        [write(d) for d in documents], NAMES, within=("sentences", k), ordered=ordered, contingency=True
    )
    for row in net:
        a, b = row["source"], row["target"]
        assert (row["count"], row["o11"]) == (count[a, b], both[a, b])
        assert (row["n_source"], row["n_target"], row["n"]) == (first[a], second[b], units)
    shown = {(row["source"], row["target"]) for row in net}
    assert shown == {(a, b) for (a, b), n in count.items() if n and (ordered or a < b)}


@given(DOCUMENTS)
def test_a_window_of_one_sentence_is_the_sentence(documents: list[list[list[str]]]) -> None:
    texts = [write(d) for d in documents]
    for ordered in (False, True):
        for count in ("boolean", "frequency"):
            options: dict[str, Any] = {"ordered": ordered, "count": count, "contingency": True}
            one = lm.entity_cooccurrences(texts, NAMES, within=("sentences", 1), **options)
            assert one.to_dicts() == lm.entity_cooccurrences(texts, NAMES, **options).to_dicts()


def test_no_pair_is_inflated_by_its_place() -> None:
    """A pair is counted once however many windows hold it: the inner pairs of a text are not favoured."""
    names = ["Ada", "Bob", "Cid", "Dan", "Eve"]
    for within in (("window", 3), ("sentences", 3)):
        net = lm.entity_cooccurrences([" ".join(names) + "."], names, within=within)
        assert set(net.column("count")) == {1}
    assert len(lm.entity_cooccurrences([" ".join(names)], names, within=("window", 3))) == 9


def test_distance_is_from_end_to_start() -> None:
    text = "Jan van Eyck met x Ada Lovelace."
    names = ["Jan van Eyck", "Ada Lovelace"]
    counts = [len(lm.entity_cooccurrences([text], names, within=("window", k))) for k in (2, 3)]
    assert counts == [0, 1]


def test_windows_stay_in_their_sentence_unless_asked() -> None:
    texts = ["It was Ada. Babbage came."]
    assert len(lm.entity_cooccurrences(texts, NAMES, within=("window", 1))) == 0
    net = lm.entity_cooccurrences(texts, NAMES, within=("window", 1), cross_sentences=True)
    assert net.evidence()[0]["text"] == texts[0]


def test_names_that_overlap_are_no_pair_of_a_window() -> None:
    gaz = lm.Gazetteer(["New York", "New York Times", "York"], overlap="all")
    assert len(lm.entity_cooccurrences(["The New York Times."], gaz, within=("window", 5))) == 0


@given(DOCUMENTS)
def test_fractional_counts_are_newmans(documents: list[list[list[str]]]) -> None:
    expected: dict[tuple[str, str], float] = defaultdict(float)
    for words in (words for document in documents for words in document):
        there = sorted({w for w in words if w in NAMES})
        for pair in combinations(there, 2):
            expected[pair] += 1 / (len(there) - 1)
    net = lm.entity_cooccurrences([write(d) for d in documents], NAMES, count="fractional", min_count=0)
    assert {(r["source"], r["target"]): r["count"] for r in net} == pytest.approx(dict(expected))


@given(DOCUMENTS)
def test_order_within_units(documents: list[list[list[str]]]) -> None:
    boolean: Pairs = Counter()
    frequency: Pairs = Counter()
    for words in (words for document in documents for words in document):
        pairs = [(a, b) for a, b in combinations([w for w in words if w in NAMES], 2) if a != b]
        frequency.update(pairs)
        boolean.update(set(pairs))
    texts = [write(d) for d in documents]
    for count, expected in (("boolean", boolean), ("frequency", frequency)):
        net = lm.entity_cooccurrences(texts, NAMES, count=count, ordered=True)
        assert {(r["source"], r["target"]): r["count"] for r in net} == dict(expected)


def test_evidence_of_ordered_pairs_has_their_order() -> None:
    net = lm.entity_cooccurrences(["Ada met Babbage.", "Babbage met Ada."], NAMES, ordered=True)
    assert net.evidence("Ada", "Babbage").column("text") == ["Ada met Babbage."]
    assert net.evidence("Babbage", "Ada").column("text") == ["Babbage met Ada."]
    assert net.to_networkx().is_directed()


def test_weighted_in_sentences_takes_the_closest_two() -> None:
    net = lm.entity_cooccurrences(["Ada and so Babbage met Ada."], NAMES, count="weighted", min_count=0)
    assert net.column("count") == [0.5]
    assert net.parts().to_dicts() == [{"source": "Ada", "target": "Babbage", "part": 2, "count": 1}]


def test_several_units_in_one_call() -> None:
    texts = ["Ada met Curie. Babbage came.\n\nDarwin."]
    net = lm.entity_cooccurrences(texts, NAMES, within=["sentence", "paragraph", ("window", 2), "document"])
    found = Counter(net.column("within"))
    assert found == {"sentence": 1, "paragraph": 3, "window:2": 1, "document": 6}
    for within in ("sentence", "paragraph", "document", ("window", 2)):
        alone = lm.entity_cooccurrences(texts, NAMES, within=within).to_dicts()
        assert [{k: v for k, v in r.items() if k != "within"} for r in net.filter(within=within)] == alone
        assert len(net.filter(within=within).evidence()) == len(alone)
    with pytest.raises(ValueError, match=r"filter\(within='sentence'\)"):
        net.to_networkx()


BAD: list[tuple[dict[str, Any], str]] = [
    ({"within": ("window", 0)}, r"within=\('window', 0\)"),
    ({"within": "window"}, r'within="window" has no size'),
    ({"within": ("paragraph", 2)}, "only .window. and .sentences. have a size"),
    ({"within": ("windw", 2)}, "Did you mean .window."),
    ({"within": []}, "within is empty"),
    ({"within": ["sentence", "sentence"]}, "twice"),
    ({"within": ("window", 3), "count": "fractional"}, "fractional"),
    ({"count": "fractionel"}, "Did you mean .fractional."),
    ({"permutations": 0}, "permutations=0"),
    ({"permutations": 10, "within": ("window", 3)}, "permutations="),
    ({"permutations": 10, "ordered": True}, "ordered=True"),
    ({"p_value": "npmi"}, "measure of strength"),
    ({"p_value": True, "measures": ["npmi"]}, "none of the measures npmi is a test"),
    ({"p_adjust": "fdr"}, "p_adjust"),
    ({"ci": 95}, "ci=95"),
]


@pytest.mark.parametrize(("options", "message"), BAD)
def test_what_cannot_be_counted_is_named(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        lm.entity_cooccurrences(["Ada met Babbage."], NAMES, **options)


def certain(**options: Any) -> lm.Network:
    texts = ["Ada met Babbage."] * 4 + ["Ada met Curie. Darwin."] + ["Curie.", "Darwin. Ada.", "x."]
    return lm.entity_cooccurrences(texts, NAMES, **options)


def test_p_and_q_values() -> None:
    from scipy import stats

    net = certain(p_value=True)
    assert net.columns[-2:] == ["p_value", "q_value"]
    for row in net:
        assert row["p_value"] == pytest.approx(stats.chi2.sf(row["log_likelihood"], 1))
    assert net.column("q_value") == pytest.approx(list(stats.false_discovery_control(net.column("p_value"))))
    assert "p_value" in certain(p_adjust="holm").columns
    fisher = certain(p_value="fisher_p", contingency=True)
    for row in fisher:
        cells = [[row["o11"], row["o12"]], [row["o21"], row["o22"]]]
        assert row["p_value"] == pytest.approx(stats.fisher_exact(cells, "greater").pvalue)


def test_intervals() -> None:
    net = certain(ci=0.95, contingency=True)
    assert [c for c in net.columns if "odds" in c] == [
        "log_odds_ratio",
        "log_odds_ratio_low",
        "log_odds_ratio_high",
    ]
    row = next(r for r in net if r["target"] == "Curie")
    cells = [row[c] for c in ("o11", "o12", "o21", "o22")]
    centre = math.log(cells[0] * cells[3] / (cells[1] * cells[2]))
    reach = 1.959963984540054 * math.sqrt(sum(1 / c for c in cells))
    assert row["log_odds_ratio_low"] == pytest.approx(centre - reach)
    assert row["log_odds_ratio_high"] == pytest.approx(centre + reach)
    both = certain(ci=0.9, measures=["log_ratio", "npmi", "log_odds_ratio_haldane"]).columns
    assert both[both.index("log_ratio") :][:3] == ["log_ratio", "log_ratio_low", "log_ratio_high"]
    assert "log_odds_ratio" not in both


def test_permutations_of_single_units_are_fishers_test() -> None:
    """With one unit a document, chance is the hypergeometric distribution."""
    from scipy import stats

    net = certain(within="document", permutations=20_000, seed=3, contingency=True)
    for row in net:
        cells = [[row["o11"], row["o12"]], [row["o21"], row["o22"]]]
        assert row["p_permutation"] == pytest.approx(stats.fisher_exact(cells, "greater").pvalue, abs=0.015)


def test_permutations_know_that_sentences_of_a_document_are_not_independent() -> None:
    """Two names that fill one long document each, and share one: sentences prove it, documents do not."""
    texts = ["Ada met Babbage. " * 40] + ["Curie came. " * 40] * 9
    net = lm.entity_cooccurrences(texts, NAMES, p_value=True, permutations=999)
    row = net[0]
    assert row["p_value"] < 1e-50
    assert row["p_permutation"] == pytest.approx(0.1, abs=0.03)


def test_permutations_repeat() -> None:
    run: Callable[..., Any] = lambda **o: certain(permutations=200, **o).column("p_permutation")  # noqa: E731
    assert run(seed=1) == run(seed=1) != run(seed=2)
