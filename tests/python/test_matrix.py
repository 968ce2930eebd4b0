"""The matrix of documents by terms against a table made of counters."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import lexmill as lm
import pytest
from helpers import prose
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("scipy", reason="the matrix needs scipy")

WORDS = st.lists(st.sampled_from(["a", "B", "c", "é", "a-b"]), max_size=6).map(" ".join)
TEXTS = st.lists(st.one_of(st.none(), WORDS), max_size=5)


def grams(text: str | None, low: int, high: int) -> Counter[str]:
    words = re.findall(r"\w+", (text or "").lower())
    return Counter(
        " ".join(words[i : i + n]) for n in range(low, high + 1) for i in range(len(words) - n + 1)
    )


def table(texts: list[str | None], terms: list[str], low: int, high: int) -> list[list[int]]:
    return [[grams(text, low, high)[term] for term in terms] for text in texts]


def dense(dtm: lm.DocumentTermMatrix) -> list[list[int]]:
    return dtm.matrix.toarray().tolist() if dtm.shape[0] else []


@given(TEXTS, st.sampled_from([(1, 1), (2, 2), (1, 3)]))
def test_against_counters(texts: list[str | None], sizes: tuple[int, int]) -> None:
    dtm = lm.Corpus(texts).dtm(ngrams=sizes)
    terms = sorted(sum((grams(t, *sizes) for t in texts), Counter()))
    assert dtm.terms == terms
    assert dtm.shape == dtm.matrix.shape == (len(texts), len(terms))
    assert dense(dtm) == table(texts, terms, *sizes)
    boolean = lm.Corpus(texts).dtm(ngrams=sizes, weight="boolean")
    assert dense(boolean) == [[int(v > 0) for v in row] for row in dense(dtm)]


@given(TEXTS, st.integers(1, 3), st.sampled_from([0.2, 0.5, 1.0]), st.sampled_from([None, 1, 2]))
def test_choice_of_terms(texts: list[str | None], low: int, high: float, most: int | None) -> None:
    if texts and low > int(high * len(texts)):
        with pytest.raises(ValueError, match="no term fits"):
            lm.Corpus(texts).dtm(min_df=low, max_df=high)
        return
    dtm = lm.Corpus(texts).dtm(min_df=low, max_df=high, max_features=most)
    freq = Counter(term for t in texts for term in grams(t, 1, 1))
    count = sum((grams(t, 1, 1) for t in texts), Counter())
    kept = [t for t in freq if low <= freq[t] <= high * len(texts)]
    kept = sorted(sorted(kept, key=lambda t: (-count[t], t))[:most])
    assert dtm.terms == kept
    assert dense(dtm) == table(texts, kept, 1, 1)


def test_a_vocabulary_of_your_own() -> None:
    dtm = lm.Corpus(["b a b", None, "c"], ids=["x", "y", "z"]).dtm(vocabulary=["b", "nowhere", "a"])
    assert (dtm.terms, dtm.doc_ids) == (["b", "nowhere", "a"], ["x", "y", "z"])
    assert dense(dtm) == [[2, 0, 1], [0, 0, 0], [0, 0, 0]]


def test_sums_are_the_frequency_list() -> None:
    corpus = lm.Corpus([prose(5000, seed) for seed in range(30)])
    dtm = corpus.dtm()
    matrix: Any = dtm.matrix
    assert matrix.has_canonical_format
    counts = dict(zip(dtm.terms, matrix.sum(axis=0).tolist(), strict=True))
    assert counts == {row["term"]: row["count"] for row in corpus.frequencies()}
    documents = dict(zip(dtm.terms, (matrix > 0).sum(axis=0).tolist(), strict=True))
    assert documents == {row["term"]: row["doc_freq"] for row in corpus.frequencies()}
    for threads in (1, 3):
        again = lm.Corpus([prose(5000, seed) for seed in range(30)], threads=threads).dtm()
        assert (again.matrix != matrix).nnz == 0


def test_nothing() -> None:
    for texts in ([], [None], ["", "…"]):
        dtm = lm.Corpus(texts).dtm()
        assert dtm.shape == (len(texts), 0)
        assert dtm.matrix.shape == (len(texts), 0)


def test_against_another_tool() -> None:
    text = pytest.importorskip("sklearn.feature_extraction.text", reason="no scikit-learn to compare with")
    texts = [re.sub(r"[^a-z \n.]", "", prose(4000, seed).lower()) for seed in range(8)]
    theirs = text.CountVectorizer(token_pattern=r"\w+", min_df=2, ngram_range=(1, 2))
    expected = theirs.fit_transform(texts)
    ours = lm.Corpus(texts).dtm(min_df=2, ngrams=(1, 2))
    assert sorted(ours.terms) == sorted(theirs.get_feature_names_out())
    assert ours.matrix.sum() == expected.sum()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"weight": "binary"}, r"^weight=.binary. is unknown"),
        ({"ngrams": 0}, r"^ngrams="),
        ({"min_df": -1}, r"^min_df=-1"),
        ({"max_df": 1.5}, r"^max_df=1\.5"),
        ({"vocabulary": ["a", "a"]}, r"^vocabulary\b"),
        ({"vocabulary": "abc"}, r"^vocabulary\b"),
    ],
    ids=str,
)
def test_refusals(options: dict[str, Any], message: str) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        lm.Corpus(["a b", "a"]).dtm(**options)


def test_a_corpus_gives_its_own_matrix() -> None:
    tokens = lm.Tokens(stem="english", stop_words="english")
    corpus = lm.Corpus(["The cats ran.", "Cats"], ids=["x", "y"], tokens=tokens)
    short = lm.document_term_matrix(corpus)
    assert (short.terms, short.doc_ids) == (corpus.dtm().terms, corpus.dtm().doc_ids)
    assert short.terms == ["cat", "ran"]
    with pytest.raises(ValueError, match=r"^tokens: the corpus has its own"):
        lm.document_term_matrix(corpus, tokens=lm.Tokens())
