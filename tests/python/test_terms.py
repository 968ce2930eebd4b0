"""Words in the place of names: recounted from the table of words, and by spans made of it."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from itertools import combinations
from typing import Any

import lexmill as lm
import pytest
from hypothesis import given
from hypothesis import strategies as st

WORDS = st.lists(
    st.sampled_from(["Ada", "met", "the", "Curie", "well-being", "Mary Ann", "so", "Cats", "cat's"]),
    min_size=1,
    max_size=8,
)
SENTENCE = WORDS.map(lambda words: "So " + " ".join(words) + ".")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=3).map(" ".join)
TEXT = st.lists(PARAGRAPH, max_size=3).map("\n\n".join)
TEXTS = st.lists(st.one_of(TEXT, st.none()), max_size=4)
TOKENS = st.sampled_from(
    [
        lm.Tokens(),
        lm.Tokens(hyphens="keep", possessives="strip"),
        lm.Tokens(stop_words=["so", "the"], stem="english"),
        lm.Tokens(case="keep", min_chars=3),
    ]
)
NAMES = {"Ada": [], "Mary Ann": ["Ann"]}


def units_of(corpus: lm.Corpus, within: str) -> list[Counter[str]]:
    """The words of each unit, by the tables of words, sentences and paragraphs."""
    words: dict[tuple[int, int], list[str]] = defaultdict(list)
    for row in corpus.tokens():
        if row["term"] is not None:
            words[row["doc"], row["sentence"]].append(row["term"])
    places = [(r["doc"], r["sentence"], r["start"]) for r in corpus.sentences(measures=())]
    places = [place for place in places if place[1] is not None]
    if within == "sentence":
        return [Counter(words[doc, number]) for doc, number, _ in places]
    inside: dict[Any, Counter[str]] = {}
    starts = [(r["doc"], r["start"], r["end"]) for r in corpus.paragraphs() if r["start"] is not None]
    for doc, number, start in places:
        if within == "document":
            unit: Any = doc
        else:
            (unit,) = [place for place in starts if place[0] == doc and place[1] <= start < place[2]]
        inside.setdefault(unit, Counter()).update(words[doc, number])
    return list(inside.values())


@given(TEXTS, TOKENS, st.sampled_from(["sentence", "paragraph", "document"]), st.booleans())
def test_against_sets(texts: list[Any], tokens: Any, within: str, product: bool) -> None:
    corpus = lm.Corpus(texts, tokens=tokens)
    count: Any = "frequency" if product else "boolean"
    net = corpus.cooccurrences("terms", within=within, count=count, contingency=True)
    units = units_of(corpus, within)
    counts: Counter[tuple[str, str]] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    with_term = Counter(term for unit in units for term in unit)
    for unit in units:
        for a, b in combinations(sorted(unit), 2):
            counts[a, b] += unit[a] * unit[b] if product else 1
            both[a, b] += 1
    rows = {(r["source"], r["target"]): r for r in net}
    assert {pair: row["count"] for pair, row in rows.items()} == counts
    for (a, b), row in rows.items():
        assert (row["o11"], row["n_source"], row["n_target"]) == (both[a, b], with_term[a], with_term[b])
        assert row["n"] == len(units)


UNITS = st.sampled_from(
    ["sentence", "paragraph", "document", ("window", 1), ("window", 3), ("sentences", 1), ("sentences", 2)]
)


def as_spans(corpus: lm.Corpus, names: Any) -> list[dict[str, Any]]:
    """The words that are counted, those within a name left out, and the names, as another tool gives them."""
    named = [] if names is None else corpus.mentions(names).to_dicts()
    spans = [
        {"doc": r["doc"], "start": r["start"], "end": r["end"], "label": "N" + r["entity"]} for r in named
    ]
    rows = corpus.tokens().to_dicts()
    hyphens = corpus.token_options.hyphens == "keep"
    for i, row in enumerate(rows):
        if row["term"] is None:
            continue
        end = row["end"]
        text = corpus.text(row["doc"]) or ""
        for later in rows[i + 1 :]:
            if not hyphens or later["doc"] != row["doc"] or text[end : later["start"]] != "-":
                break
            end = later["end"]
        if any(n["doc"] == row["doc"] and row["start"] < n["end"] and n["start"] < end for n in named):
            continue
        spans.append({"doc": row["doc"], "start": row["start"], "end": end, "label": "w" + row["term"]})
    return spans


@given(TEXTS, TOKENS, UNITS, st.booleans(), st.booleans(), st.booleans(), st.data())
def test_against_spans(
    texts: list[Any], tokens: Any, within: Any, ordered: bool, cross: bool, beside: bool, data: Any
) -> None:
    corpus = lm.Corpus(texts, tokens=tokens)
    counts = ["boolean", "weighted"] + (["frequency"] if isinstance(within, str) else [])
    options: Any = {
        "within": within,
        "ordered": ordered,
        "cross_sentences": cross,
        "count": data.draw(st.sampled_from(counts)),
        "contingency": True,
        "evidence": 99,
        "by": data.draw(st.one_of(st.none(), st.just([i % 2 for i in range(len(texts))]))),
        "min_count": 0,
    }
    names = NAMES if beside else None
    spans = as_spans(corpus, names)
    slow = corpus.cooccurrences(spans, **options) if spans else None
    fast = corpus.cooccurrences(names or "terms", terms=500 if beside else None, **options)
    label = {**{f"w{r['term']}": r["term"] for r in corpus.tokens()}, **{f"N{name}": name for name in NAMES}}
    wanted: dict[Any, dict[str, Any]] = {}
    for row in slow or ():
        pair = (row["source"], row["target"])
        if beside and pair[0][0] == pair[1][0]:
            continue
        if beside and not ordered and pair[0][0] == "w":
            pair = pair[::-1]
            row["n_source"], row["n_target"] = row["n_target"], row["n_source"]
            row["o12"], row["o21"] = row["o21"], row["o12"]
        row["source"], row["target"] = (label[end] for end in pair)
        wanted[row.get("group"), row["source"], row["target"]] = row
    found = {(row.get("group"), row["source"], row["target"]): row for row in fast}
    assert found.keys() == wanted.keys()
    for key, row in found.items():
        assert row.keys() == wanted[key].keys()
        for name, value in row.items():
            same = value == wanted[key][name] or math.isclose(value, wanted[key][name], rel_tol=1e-12)
            assert same, (key, name, value, wanted[key][name])
    if slow is not None:
        places = ["source", "target", "doc", "start", "source_start", "target_start", "target_text", "text"]
        seen = {tuple(row[name] for name in places) for row in fast.evidence()}
        swap = {"source": "target", "target": "source"}
        told = set()
        for row in slow.evidence():
            pair = (row["source"], row["target"])
            turn = beside and not ordered and pair[0][0] == "w"
            if beside and pair[0][0] == pair[1][0]:
                continue
            named = {
                f"{end}_{what}": row[f"{swap[end] if turn else end}_{what}"]
                for end in swap
                for what in ("start", "text")
            }
            ends = {end: label[row[swap[end] if turn else end]] for end in swap}
            told.add(tuple({**row, **named, **ends}[name] for name in places))
        assert seen == told


@given(TEXTS, st.integers(0, 6), st.integers(0, 3), st.sets(st.sampled_from(["so", "the", "ada"])))
def test_which_words_are_taken(texts: list[Any], most: int, least: int, stops: set[str]) -> None:
    corpus = lm.Corpus(texts)
    net = corpus.cooccurrences("terms", terms=most, min_term_count=least, stop_words=stops)
    there = [r["term"] for r in corpus.frequencies(min_count=least) if r["term"] not in stops][:most]
    assert set(net.nodes().column("entity")) == set(there)
    assert net.question["entities"] == len(there) and net.question["terms"] == most
    chosen = ["ADA", "met", "met", "absent"]
    found = corpus.cooccurrences("terms", terms=chosen).nodes().column("entity")
    assert set(found) == {"ada", "met"} & set(corpus.frequencies().column("term"))


def test_the_same_for_any_number_of_threads() -> None:
    corpora = [lm.sample(threads=threads)[0] for threads in (1, 2, 5)]
    names = lm.sample()[1]
    for ask in (
        lambda c: c.cooccurrences("terms", terms=200, stop_words="english"),
        lambda c: c.cooccurrences(names, terms=200, stop_words="english", within=("window", 5)),
    ):
        first, *others = [ask(corpus) for corpus in corpora]
        assert len(first) > 1000
        assert all(other.to_dicts() == first.to_dicts() for other in others)
        assert all(other.evidence().to_dicts() == first.evidence().to_dicts() for other in others)


def test_stop_words_are_spelled_as_words_are_counted() -> None:
    texts = ["The runner was running."]
    stemmed = lm.Corpus(texts, tokens=lm.Tokens(stem="english"))
    assert stemmed.cooccurrences("terms", stop_words=["Running"]).nodes().column("entity") == [
        "runner",
        "the",
        "was",
    ]
    net = lm.Corpus(texts).cooccurrences("terms", stop_words="english")
    assert (net[0]["source"], net[0]["target"], len(net)) == ("runner", "running", 1)
    assert net.question["stop_words"] == "english"


def test_words_and_names_stay_apart() -> None:
    # "war" is a name where it is written in capitals, and a word elsewhere.
    gaz = lm.Gazetteer({"war": ["WAR"], "Ada": []}, case="exact")
    corpus = lm.Corpus(["WAR is peace. A great War."], tokens=lm.Tokens())
    net = corpus.cooccurrences(gaz, terms=["war", "peace"], within="document")
    assert [(r["source"], r["target"]) for r in net] == [("war", "peace"), ("war", "war (term)")]
    assert [(r["entity"], r["type"]) for r in net.nodes()] == [
        ("peace", "term"),
        ("war", None),
        ("war (term)", "term"),
    ]
    assert net.evidence("WAR", "war (term)").column("target_text") == ["War"]
    assert len(net.neighbors("Peace")) == 1


def test_every_view_of_words() -> None:
    corpus, names = lm.sample()
    net = corpus.cooccurrences(names, terms=100, stop_words="english", by="date:month", p_value=True)
    assert {"source", "target", "month", "q_value"} <= set(net.columns)
    assert len(net.trends()) and len(net.compare("2025-01", "2025-02"))
    graph = pytest.importorskip("networkx").Graph(net.to_networkx())
    kinds = {name: data.get("type") for name, data in graph.nodes(data=True)}
    assert all((kinds[a] == "term") != (kinds[b] == "term") for a, b in graph.edges)
    assert "80 of 180 names and words" in net.plot().to_html()
    words = corpus.cooccurrences("terms", terms=100, stop_words="english")
    assert repr(words.plot()).startswith("Picture(80 of 100 words, 200 of ")


def test_the_bound_holds() -> None:
    corpus = lm.Corpus([" ".join(f"w{i}" for i in range(300)) + "."])
    with pytest.raises(MemoryError, match=r"max_pairs=1000"):
        corpus.cooccurrences("terms", max_pairs=1000)
    assert len(corpus.cooccurrences(["w0"], terms=300, max_pairs=1000)) == 299


WRONG: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"terms": -1}, ValueError, "terms=-1: give a whole number from 0, or a list of words"),
    ({"terms": "war"}, TypeError, "terms is one str; wrap it in a list"),
    ({"terms": ["climate change"]}, ValueError, "terms[0]='climate change' is no single word"),
    ({"terms": ["ok", "the"]}, ValueError, 'terms[1]="the" is a word that the corpus does not count'),
    ({"terms": 5, "stop_words": "englisch"}, ValueError, "englisch"),
    ({"terms": 5, "stop_words": [1]}, TypeError, "stop_words[0] is int"),
    ({"terms": 5, "min_term_count": 1.5}, TypeError, "min_term_count=1.5"),
    ({"stop_words": "english"}, ValueError, "stop_words is about words; give terms= too"),
    ({"min_term_count": 2}, ValueError, "min_term_count is about words"),
    ({"terms": 5, "count": "fractional"}, ValueError, "leave out terms="),
]


@pytest.mark.parametrize(("options", "kind", "message"), WRONG)
def test_wrong_options_are_named(options: Any, kind: type[Exception], message: str) -> None:
    corpus = lm.Corpus(["The war."], tokens=lm.Tokens(stop_words=["the"]))
    with pytest.raises(kind, match=re.escape(message)):
        corpus.cooccurrences(["Ada"], **options)


def test_terms_are_asked_for_as_they_are_written() -> None:
    corpus = lm.Corpus(["The U.S. sent troops at 3 p.m. today."])
    net = corpus.cooccurrences("terms", terms=["U.S.", "troops", "p.m."])
    assert {*net.column("source"), *net.column("target")} == {"u.s", "troops", "p.m"}
    assert len(corpus.cooccurrences("terms", terms=["U.S.", "troops"], stop_words=["u.s."])) == 0
