"""Names found while the texts are read equal names found in a corpus; names within names; claimed names."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import lexmill as lm
import pytest
from helpers import NAMES, prose, python, rows
from hypothesis import given
from hypothesis import strategies as st

WORDS = ["Ada", "Lovelace", "Babbage", "Babbage's", "ÉCOLE", "École", "E\u0301cole", "the", "US", "us", "in"]
GAPS = [" ", " ", " ", "-", ". ", "\n", "\n\n", ", ", "\u2011", "  "]
FOUND: dict[str, list[str]] = {
    "Ada Lovelace": ["Lovelace", "Ada"],
    "Babbage": ["in the US"],
    "École": ["the École", "Pneumonoultramicroscopic École"],
    "US": ["Lovelace-Babbage"],
}
OPTIONS: list[dict[str, Any]] = [
    {},
    {"within": "paragraph", "count": "frequency", "ordered": True},
    {"within": "document", "count": "fractional", "min_count": 0},
    {"within": ("sentences", 2), "count": "weighted", "min_count": 0},
    {"within": ("window", 4), "cross_sentences": True},
    {"within": ["sentence", ("window", 3)], "count": "weighted", "min_count": 0},
    {"within": "sentence", "permutations": 20, "ci": 0.9},
]


def text_of(parts: list[tuple[str, str]]) -> str:
    return "".join(word + gap for word, gap in parts)


texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=40).map(text_of)


@given(st.lists(st.none() | texts, max_size=4), st.sampled_from(["longest", "nested", "all"]))
def test_reading_finds_what_a_corpus_holds(documents: list[str | None], overlap: Any) -> None:
    gazetteer = lm.Gazetteer(FOUND, types={"US": "GPE"}, overlap=overlap)
    corpus = lm.Corpus(documents)
    assert rows(lm.entity_mentions(documents, gazetteer)) == rows(corpus.mentions(gazetteer))


def answer(ask: Callable[[lm.Network], lm.Result], net: lm.Network) -> Any:
    try:
        return [{k: repr(v) for k, v in row.items()} for row in ask(net)]
    except ValueError as e:
        return str(e)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("threads", [1, 3])
def test_reading_counts_what_a_corpus_counts(options: dict[str, Any], threads: int) -> None:
    documents = [prose(30_000, seed) for seed in range(4)] + [None, "", "Ada Lovelace. Babbage\n\nUS Babbage"]
    by = ["x", "y", "x", None, "y", "x", "y"]
    names = NAMES | {"The": [], "Naïve": ["the naïve"]}
    read = lm.entity_cooccurrences(documents, names, threads=threads, by=by, **options)
    kept = lm.Corpus(documents).cooccurrences(names, by=by, **options)
    # An answer of nothing says nothing.
    assert len(read) > 5
    for ask in (
        lambda net: net,
        lambda net: net.evidence(),
        lambda net: net.nodes(),
        lambda net: net.mentions(),
        lambda net: net.evidence("Lovelace", "Babbage"),
        lambda net: net.compare("x", "y"),
    ):
        assert answer(ask, read) == answer(ask, kept)
    assert read.question == kept.question


def test_spans_and_a_corpus_may_be_given() -> None:
    text = "Did Ada write? Babbage did."
    spans = [{"doc": 0, "start": 4, "end": 7}]
    assert lm.entity_mentions([text], spans).column("text") == ["Ada"]
    assert lm.entity_mentions(lm.Corpus([text]), NAMES).column("text") == ["Babbage"]
    table = {"body": [text], "key": ["k"]}
    assert lm.entity_mentions(table, NAMES, text="body", id="key").column("doc_id") == ["k"]
    with pytest.raises(ValueError, match="language"):
        lm.entity_mentions(lm.Corpus([text]), NAMES, language="de")


def test_a_name_across_every_edge_of_what_is_read_at_once() -> None:
    # One paragraph of half a megabyte: wherever a window ends, a name stands across it.
    text = "Ada Lovelace-Babbage of the Ada " * 17_000
    names = {"x": ["Ada Lovelace-Babbage of the Ada Ada Lovelace"], "y": ["Lovelace-Babbage of", "the Ada"]}
    for overlap in ("longest", "nested", "all"):
        gazetteer = lm.Gazetteer(names, overlap=overlap)
        read = lm.entity_mentions([text], gazetteer)
        assert len(read) >= 17_000
        assert rows(read) == rows(lm.Corpus([text]).mentions(gazetteer))


def test_names_within_names_have_a_depth() -> None:
    names = ["Bank of England Museum", "Bank of England", "England", "Museum shop", "of"]
    corpus = lm.Corpus(["The Bank of England Museum shop in England."])

    def of(overlap: Any) -> list[tuple[str, int]]:
        table = corpus.mentions(lm.Gazetteer(names, case="ignore", overlap=overlap))
        return [(row["text"], row.get("depth", 0)) for row in table]

    assert of("longest") == [("Bank of England Museum", 0), ("England", 0)]
    assert of("nested") == [
        ("Bank of England", 1),
        ("Bank of England Museum", 0),
        ("of", 2),
        ("England", 2),
        ("England", 0),
    ]
    assert [text for text, _ in of("all")] == [
        "Bank of England",
        "Bank of England Museum",
        "of",
        "England",
        "Museum shop",
        "England",
    ]
    assert "depth" not in corpus.mentions(lm.Gazetteer(names)).columns


CLAIMED = {"John Kennedy": ["JFK", "Kennedy"], "Kennedy Airport": ["JFK", "kennedy"], "Queens": ["NY"]}


def test_claimed_names_are_refused_or_dropped_and_listed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r'"JFK" belongs to entities\[0\] .* and to entities\[1\] .*drop'):
        lm.Gazetteer(CLAIMED)
    with pytest.raises(ValueError, match=r"one more name is claimed"):
        lm.Gazetteer(CLAIMED, case="ignore")
    gazetteer = lm.Gazetteer(CLAIMED, ambiguous="drop", case="ignore")
    listed = [(row["alias"], row["canonical"]) for row in gazetteer.ambiguous()]
    assert listed == [
        ("JFK", "John Kennedy"),
        ("JFK", "Kennedy Airport"),
        ("Kennedy", "John Kennedy"),
        ("Kennedy", "Kennedy Airport"),
    ]
    text = "JFK left Kennedy Airport for NY; Kennedy stayed."
    assert lm.Corpus([text]).mentions(gazetteer).column("text") == ["Kennedy Airport", "NY"]
    with pytest.raises(lm.EntityError, match="is an alias of"):
        gazetteer.find("JFK")
    assert "JFK" not in gazetteer
    gazetteer.save(tmp_path / "names.json")
    for same in (pickle.loads(pickle.dumps(gazetteer)), lm.Gazetteer.load(tmp_path / "names.json")):
        assert rows(same.ambiguous()) == rows(gazetteer.ambiguous())
    assert len(gazetteer.drop("Kennedy Airport").ambiguous()) == 0


def test_a_dropped_name_is_not_found_as_another_that_differs_in_case() -> None:
    names = {"Apple Inc.": ["Apple", "apple", "#apple"], "Apple Records": ["Apple", "Pear"], "Pear": []}
    gazetteer = lm.Gazetteer(names, ambiguous="drop")
    assert [row["alias"] for row in gazetteer.ambiguous()] == ["Apple", "Apple", "Pear", "Pear"]
    found = lm.Corpus(["We saw Apple and apple pie, APPLE, Apple's, #Apple, apple's."]).mentions(gazetteer)
    assert found.column("text") == ["apple", "#Apple", "apple"]
    assert gazetteer.find("apple") == "Apple Inc." and gazetteer.find("Pear") == "Pear"
    assert "Apple" not in gazetteer and "APPLE" not in gazetteer and "pear" not in gazetteer


def test_the_closest_aliases_decide_also_where_they_are_dropped() -> None:
    forms, random = ["Zorbix", "zorbix", "ZORBIX", "zOrbix"], Random(7)
    dropped = 0
    for _ in range(200):
        names = {
            name: [
                (random.choice(forms), random.choice(["exact", "ignore"]))
                for _ in range(random.randint(0, 3))
            ]
            for name in ("One", "Two", "Three")
        }
        gazetteer = lm.Gazetteer(names, ambiguous="drop")
        expected = {}
        for form in forms:
            claims = [
                {
                    name
                    for name, aliases in names.items()
                    for text, case in aliases
                    if case == of and fits(text)
                }
                for of, fits in (("exact", form.__eq__), ("ignore", lambda _: True))
            ]
            closest = next(filter(None, claims), set())
            dropped += len(closest) > 1 and len(claims[1]) == 1
            expected[form] = closest.pop() if len(closest) == 1 else None
        found = lm.Corpus([", ".join(forms)]).mentions(gazetteer)
        assert dict(zip(found.column("text"), found.column("entity"), strict=True)) == {
            form: name for form, name in expected.items() if name
        }
        for form, name in expected.items():
            if name:
                assert gazetteer.find(form) == name
            elif any(form == text for aliases in names.values() for text, _ in aliases):
                assert form not in gazetteer
    assert dropped > 10


def test_smart_case_tells_names_apart_that_differ_in_case_alone() -> None:
    names = {"John Kennedy": ["Zorba Kennedy"], "Kennedy Airport": ["zorba kennedy"]}
    gazetteer = lm.Gazetteer(names, ambiguous="drop")
    assert len(gazetteer.ambiguous()) == 0
    found = lm.Corpus(["Zorba Kennedy, zorba kennedy, ZORBA KENNEDY"]).mentions(gazetteer)
    assert found.column("entity") == ["John Kennedy", "Kennedy Airport"]


@pytest.mark.parametrize("name", ["Ecole\u0301", "ECOL\u00c9", "ecol\u00e9"])
def test_composition_and_case_make_one_name(name: str) -> None:
    with pytest.raises(ValueError, match=r"entities\[0\].*entities\[1\]"):
        lm.Gazetteer({"a": ["Ecol\u00e9"], "b": [name]}, case="ignore")
    gazetteer = lm.Gazetteer({"a": [name]}, case="ignore")
    assert gazetteer.find("Ecol\u00e9") == "a"
    assert lm.Corpus(["L'ecole\u0301, Ecol\u00e9."]).mentions(gazetteer).column("text")[-1] == "Ecol\u00e9"


def test_a_lone_surrogate_is_no_name() -> None:
    gazetteer = lm.Gazetteer(["Ada"])
    with pytest.raises(ValueError, match="name has a lone surrogate"):
        gazetteer.find("\ud800")
    with pytest.raises(ValueError, match="lone surrogate"):
        lm.Gazetteer(["Ada\ud800"])
    with pytest.raises(ValueError, match="lone surrogate"):
        gazetteer.merge("Ada", "\ud800")
    assert "\ud800" not in gazetteer


BOUNDED = """
import resource
import lexmill as lm

names = [f"name{i}x" for i in range(10_000)]
gazetteer = lm.Gazetteer(names)
text = " and ".join(names)
apart = ".\\n\\n".join(names)
corpus = lm.Corpus([text] * 2, threads=1)
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = peak()
for texts in ([text], [apart], ["", text, apart]):
    for within in ("sentence", "paragraph", "document", ("sentences", 20_000), ("window", 40_000)):
        one_by_one = texts == [apart] and within in ("sentence", "paragraph")
        window = within[0] in ("sentences", "window")
        for options in ({}, {"by": ["x"] * len(texts)}, {"ordered": True}, {"count": "frequency"}):
            try:
                found = lm.entity_cooccurrences(
                    texts, gazetteer, within=within, cross_sentences=window, threads=1, evidence=3,
                    max_pairs=200_000, **options
                )
            except MemoryError as e:
                assert "max_pairs=200000" in str(e), e
                assert window or one_by_one or "documents[" in str(e), e
            else:
                assert one_by_one and len(found) == 0, (within, options)
try:
    # 50 million pairs are more than the default.
    corpus.cooccurrences(gazetteer, within="document", by=["x", "y"])
except MemoryError as e:
    assert "documents[0]" in str(e) and "49995000 pairs" in str(e), e
else:
    raise AssertionError("not refused")
print((peak() - before) // 1024)
"""


def test_what_would_take_all_memory_is_refused_before_it_is_taken() -> None:
    assert int(python(BOUNDED, timeout=60)) < 400


def test_pairs_of_many_documents_count_as_one_limit_for_any_number_of_threads() -> None:
    names = [f"name{i}x" for i in range(2_000)]
    documents = [" ".join(names[i : i + 100]) + " filler" * 10_000 for i in range(0, 2_000, 100)]
    gazetteer = lm.Gazetteer(names)
    for threads in (1, 4):
        for by in (None, [str(i) for i in range(20)]):
            with pytest.raises(MemoryError, match="more than max_pairs=98999"):
                lm.entity_cooccurrences(documents, gazetteer, threads=threads, by=by, max_pairs=98_999)
            found = lm.entity_cooccurrences(documents, gazetteer, threads=threads, by=by, max_pairs=99_000)
            assert len(found) == 99_000


ACRONYMS = {"United States": ["US"], "WHO": [], "Aid Agency": ["AID"], "Tehrik": ["TTP"]}
CAPITALS = [
    ("BANK ASKS US TO AID OIL FIRMS, AND WHO KNOWS?", []),
    ("TTP WARNS US.", ["TTP"]),
    ("The US told us. WHO", ["US", "WHO"]),
    ("US (1987)\n\nIT HELPS US.\n\nUS-led talks.", ["US", "US"]),
    ("AID, \u5317\u4eac", ["AID"]),
]


@pytest.mark.parametrize(("text", "found"), CAPITALS)
def test_nothing_tells_acronyms_from_words_in_capitals(text: str, found: list[str]) -> None:
    assert lm.entity_mentions([text], ACRONYMS).column("text") == found
    assert lm.Corpus([text]).mentions(ACRONYMS).column("text") == found
    exact = lm.Corpus(["WARNS US."]).mentions(lm.Gazetteer(ACRONYMS, case="exact"))
    assert exact.column("text") == ["US"]
