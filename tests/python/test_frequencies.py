"""Frequency lists against `collections.Counter` over words found in the simplest way."""

from __future__ import annotations

import copy
import pickle
import random
import re
import time
from collections import Counter
from typing import Any

import lexmill as lm
import pytest
from helpers import prose
from hypothesis import given
from hypothesis import strategies as st
from lexmill import Tokens

# Texts whose words are nothing but runs of these letters: no method can disagree about them.
WORDS = st.text(alphabet="abcdeABCDE", min_size=1, max_size=3)
SEPARATORS = st.sampled_from([" ", "  ", "\n", "\n\n", " — ", "! ", "... ", " (", ") ", "; ", " – ", " / "])
TEXTS = st.lists(
    st.one_of(
        st.none(),
        st.lists(st.tuples(WORDS, SEPARATORS), max_size=25).map(lambda ws: "".join(w + s for w, s in ws)),
    ),
    max_size=6,
)


def words(text: str | None) -> list[str]:
    return [w.lower() for w in re.findall(r"[A-Za-z]+", text or "")]


def grams(tokens: list[str], low: int, high: int) -> list[str]:
    return [" ".join(tokens[i : i + n]) for n in range(low, high + 1) for i in range(len(tokens) - n + 1)]


def by_counting(texts: list[str | None], low: int = 1, high: int = 1) -> list[dict[str, Any]]:
    """The frequency list as its documentation describes it."""
    docs = [grams(words(t), low, high) for t in texts]
    count = Counter(g for doc in docs for g in doc)
    doc_freq = Counter(g for doc in docs for g in set(doc))
    total, there = sum(count.values()), sum(t is not None for t in texts)
    order = sorted(count, key=lambda g: (-count[g], g))
    return [
        {
            "term": g,
            "count": count[g],
            "rank": 1 + sum(c > count[g] for c in count.values()),
            "per_million": count[g] * 1e6 / total,
            "doc_freq": doc_freq[g],
            "doc_share": doc_freq[g] / there,
        }
        for g in order
    ]


@given(TEXTS)
def test_against_a_counter(texts: list[str | None]) -> None:
    expected = by_counting(texts)
    assert lm.word_frequencies(texts).to_dicts() == expected
    assert lm.Corpus(texts).frequencies().to_dicts() == expected


@given(TEXTS, st.tuples(st.integers(1, 6), st.integers(1, 6)).map(lambda t: (min(t), max(t))))
def test_ngrams_against_a_counter(texts: list[str | None], sizes: tuple[int, int]) -> None:
    expected = by_counting(texts, *sizes)
    assert lm.word_frequencies(texts, ngrams=sizes).to_dicts() == expected
    assert lm.Corpus(texts).frequencies(ngrams=sizes).to_dicts() == expected


def test_a_long_text_against_a_counter() -> None:
    text = re.sub(r"[^a-zA-Z\s.?!]", "", prose(400_000))
    texts = [text[: len(text) // 3], None, text[len(text) // 3 :]]
    assert lm.word_frequencies(texts).to_dicts() == by_counting_fast(texts)
    assert lm.word_frequencies(texts, ngrams=2).to_dicts() == by_counting_fast(texts, 2)


def by_counting_fast(texts: list[str | None], size: int = 1) -> list[dict[str, Any]]:
    """`by_counting` without its quadratic ranks."""
    count: Counter[str] = Counter()
    docs: Counter[str] = Counter()
    for text in texts:
        found = grams(words(text), size, size)
        count.update(found)
        docs.update(set(found))
    total, rows, rank = sum(count.values()), [], 0
    for i, (g, c) in enumerate(sorted(count.items(), key=lambda item: (-item[1], item[0]))):
        rank = i + 1 if not rows or c < rows[-1]["count"] else rank
        row = {"term": g, "count": c, "rank": rank, "per_million": c * 1e6 / total}
        rows.append({**row, "doc_freq": docs[g], "doc_share": docs[g] / 2})
    return rows


@pytest.mark.parametrize(
    ("ties", "ranks"),
    [("min", [1, 2, 2, 4]), ("max", [1, 3, 3, 4]), ("dense", [1, 2, 2, 3]), ("first", [1, 2, 3, 4])],
)
def test_ranks_of_ties(ties: Any, ranks: list[int]) -> None:
    texts = ["c c c b b a a d"]
    result = lm.word_frequencies(texts, ties=ties)
    assert result.column("term") == ["c", "a", "b", "d"]
    assert result.column("rank") == lm.Corpus(texts).frequencies(ties=ties).column("rank") == ranks


def test_min_count_hides_and_does_not_forget() -> None:
    texts = ["a a a b b c", "a c"]
    full, cut = lm.word_frequencies(texts), lm.word_frequencies(texts, min_count=3)
    assert cut.to_dicts() == [row for row in full if row["count"] >= 3] == full.to_dicts()[:1]
    assert lm.word_frequencies(texts, min_count=99).shape == (0, 6)
    grouped = lm.word_frequencies(texts, by=["x", "y"], min_count=2)
    assert [(r["group"], r["term"], r["per_million"]) for r in grouped] == [
        ("x", "a", 500_000.0),
        ("x", "b", 1e6 / 3),
    ]


@given(TEXTS, st.randoms())
def test_groups_are_separate_runs(texts: list[str | None], rng: random.Random) -> None:
    groups = [rng.choice(["x", "y", None]) for _ in texts]
    got = lm.Corpus(texts, meta={"g": groups}).frequencies(by="g", ngrams=(1, 2))
    expected = []
    for name in ("x", "y", None):
        part = [t for t, g in zip(texts, groups, strict=True) if g == name]
        expected += [{"g": name, **row} for row in by_counting(part, 1, 2)]
    assert got.to_dicts() == expected
    same = lm.word_frequencies(texts, by=groups, ngrams=(1, 2)).to_dicts()
    assert [list(r.values()) for r in same] == [list(r.values()) for r in expected]


def test_groups_of_any_type() -> None:
    texts = ["a", "b", "c", "d"]
    for values, names in [
        ([2, 10, 2, None], [2, 10, None]),
        ([1.5, 1.5, float("nan"), 0.5], [0.5, 1.5, None]),
        ([True, False, True, False], [False, True]),
    ]:
        seen = list(dict.fromkeys(lm.word_frequencies(texts, by=values).column("group")))
        assert seen == names


# One row an option: tokens, text, terms in the order of the text.
OPTIONS = [
    (
        Tokens(),
        "The US told us: Taliban-led Pakistan’s 2,640 m",
        "the us told us taliban led pakistan's 2,640 m",
    ),
    (Tokens(case="keep"), "The US told us", "The US told us"),
    (Tokens(hyphens="keep"), "Taliban-led co‐op non‑stop", "taliban-led co-op non-stop"),
    (
        Tokens(hyphens="keep"),
        "a well--known fact—so it is – maybe -x- y-",
        "a well known fact so it is maybe x y",
    ),
    (Tokens(hyphens="keep"), "state-of-the-art e-\nmail", "state-of-the-art e mail"),
    (Tokens(possessives="strip"), "Pakistan's Pakistan’s JAMES'S boss 's", "pakistan pakistan james boss s"),
    (Tokens(possessives="strip"), "don't O'Brien's dogs' it's", "don't o'brien dogs it"),
    (Tokens(possessives="strip", hyphens="keep"), "The Taliban-led's", "the taliban-led"),
    (Tokens(numbers="drop"), "F16 flew 3.5 km in 2026 on 2nd", "f16 flew km in on 2nd"),
    (Tokens(stop_words=["the", "Don't"]), "The dog don’t bark", "dog bark"),
    (Tokens(stop_words="english"), "the dog and I didn't bark", "dog bark"),
    (Tokens(stop_words=[]), "the dog", "the dog"),
    (Tokens(stem="english"), "Running runners ran easily added", "run runner ran easili add"),
    (Tokens(stem="german"), "Häuser Hauses", "haus haus"),
    (Tokens(min_chars=3), "a to the cafés é", "the cafés"),
    (Tokens(normalize="NFC"), "café cafe\u0301", "café café"),
    (Tokens(normalize="NFKC"), "ﬁnance ²", "finance 2"),
    (Tokens(), "café cafe\u0301", "café cafe\u0301"),
    (Tokens(), "STRASSE Straße İ ΟΔΟΣ", "strasse straße i\u0307 οδος"),
    (Tokens(apostrophes="keep"), "don't don’t", "don't don’t"),
    (Tokens(), "don't don’t donʼt don＇t", "don't don't don't don't"),
    (Tokens(), "\ufeffHello \u200fworld\u200e", "hello world\u200e"),
]


def counted(result: lm.Result) -> list[str]:
    return sorted(term for row in result for term in [row["term"]] * row["count"])


@pytest.mark.parametrize(("tokens", "text", "terms"), OPTIONS, ids=[f"{o[0]} {o[1]}" for o in OPTIONS])
def test_options(tokens: Tokens, text: str, terms: str) -> None:
    assert counted(lm.Corpus([text], tokens=tokens).frequencies()) == sorted(terms.split())
    assert counted(lm.word_frequencies([text], tokens=tokens)) == sorted(terms.split())


@pytest.mark.parametrize("tokens", [o[0] for o in OPTIONS], ids=repr)
def test_tokens_travel(tokens: Tokens) -> None:
    for same in (
        pickle.loads(pickle.dumps(tokens)),
        copy.copy(tokens),
        copy.deepcopy(tokens),
        eval(repr(tokens)),
    ):
        assert same == tokens
        assert hash(same) == hash(tokens)
        assert repr(same) == repr(tokens)
        text = ["The Taliban-led Pakistan's 3 runners, café"]
        assert (
            lm.word_frequencies(text, tokens=same).to_dicts()
            == lm.word_frequencies(text, tokens=tokens).to_dicts()
        )


def test_tokens_are_frozen_and_kept_with_the_result() -> None:
    tokens = Tokens(case="keep", stop_words=iter(["a"]))
    with pytest.raises(AttributeError):
        tokens.case = "lower"  # type: ignore[misc]
    assert tokens.stop_words == ("a",)
    assert Tokens().options()["case"] == "lower"
    assert lm.word_frequencies(["A b"], tokens=tokens).question["tokens"] is tokens
    assert "Tokens(case='keep', stop_words=('a',))" in repr(lm.word_frequencies(["b"], tokens=tokens))


@given(
    st.lists(
        st.sampled_from(["don't", "Pakistan's", "it's", "'tis", "rock'n'roll", "dogs'", "a", "O'Neill's"]),
        max_size=9,
    )
)
def test_curly_and_straight_apostrophes_are_one(parts: list[str]) -> None:
    straight = " ".join(parts)
    for options in ({}, {"possessives": "strip"}, {"stop_words": "english"}, {"stem": "english"}):
        tokens = Tokens(**options)
        expected = lm.word_frequencies([straight], tokens=tokens).to_dicts()
        assert lm.word_frequencies([straight.replace("'", "’")], tokens=tokens).to_dicts() == expected


@pytest.mark.xfail(
    strict=True, reason="U+02BC is a letter to UAX #29: at the edge of a word it stays, ' goes"
)
def test_the_letter_apostrophe_at_the_edge_of_a_word() -> None:
    assert lm.word_frequencies(["ʼtis dogsʼ"]).column("term") == lm.word_frequencies(["'tis dogs'"]).column(
        "term"
    )


def test_the_article(article: str) -> None:
    for text in (article, article.replace("'", "’")):
        result = lm.word_frequencies([text])
        assert (sum(result.column("count")), len(result)) == (1727, 741)
        # By `tr -cs a-z '\\n' | sort | uniq -c` of the text in lower case: none of the four stands
        # in a contraction or an abbreviation.
        top = [(row["term"], row["count"]) for row in result.head(3)]
        assert top == [("the", 83), ("and", 62), ("to", 46)]
        corpus = lm.Corpus([text])
        assert (corpus.n_tokens, corpus.n_types, corpus.n_sentences) == (1727, 741, 71)
    straight, curly = lm.word_frequencies([article]), lm.word_frequencies([article.replace("'", "’")])
    assert straight.to_dicts() == curly.to_dicts()


def test_many_groups_take_their_time_and_no_more() -> None:
    """Four times the groups in far less than sixteen times the time."""
    times = []
    for n in (10_000, 40_000):
        corpus = lm.Corpus(["a"] * n)
        started = time.process_time()
        assert len(corpus.frequencies(by=list(range(n)))) == n
        times.append(time.process_time() - started)
    assert times[1] < 9 * times[0] + 0.05


@given(st.lists(st.text(max_size=30), max_size=5))
def test_two_ways_to_one_list(texts: list[str]) -> None:
    """The short way that keeps nothing and the corpus; the options that change nothing."""
    expected = lm.Corpus(texts).frequencies().to_dicts()
    assert lm.word_frequencies(texts).to_dicts() == expected
    assert lm.word_frequencies(texts, tokens=Tokens(min_chars=0)).to_dicts() == expected
    assert lm.word_frequencies(texts, tokens=Tokens(stop_words=[])).to_dicts() == expected
    assert lm.word_frequencies(texts, by=["x"] * len(texts)).column("term") == [r["term"] for r in expected]
