"""Tools that count: words, the document-term matrix, one- and two-word terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from peers import Job, Texts, tool


def _terms(result: Any) -> dict[str, int]:
    return dict(zip(result.column("term"), result.column("count"), strict=True))


def _lexmill_words(form: Callable[[Texts], Any], **options: Any) -> Callable[[Texts], Job]:
    def ready(texts: Texts) -> Job:
        import lexmill as lm

        held = form(texts)
        return Job(lambda: lm.word_frequencies(held, threads=1, **options), _terms)

    return ready


tool("words", "lexmill", note="list of str")(_lexmill_words(lambda texts: texts.list))
tool("words", "lexmill, Arrow", "same", "Arrow column")(_lexmill_words(lambda texts: texts.table["text"]))
tool("ngrams", "lexmill", note="list of str")(_lexmill_words(lambda texts: texts.list, ngrams=(1, 2)))


@tool(
    "words",
    "chdb",
    "cut_ascii",
    r"extractAll(lowerUTF8(text), '\\w+'), grouped and sorted; ASCII letters only; reading taken off",
)
def _(texts: Texts) -> Job:
    import chdb

    count = (
        r"select word, count() as n from (select arrayJoin(extractAll(lowerUTF8(text), '\\w+')) as word "
        f"from file('{texts.file}')) group by word order by n desc, word settings max_threads=1"
    )
    read = f"select sum(length(text)) from file('{texts.file}') settings max_threads=1"

    def answer(table: Any) -> dict[str, int]:
        return dict(zip(table["word"].to_pylist(), table["n"].to_pylist(), strict=True))

    return Job(lambda: chdb.query(count, "ArrowTable"), answer, lambda: chdb.query(read, "ArrowTable"))


@tool("words", "polars", "cut", r"extract_all('\w+'), explode, group_by, sort; streaming")
def _(texts: Texts) -> Job:
    import polars as pl

    frame = pl.DataFrame(texts.table).lazy()
    word = pl.col("text").str.to_lowercase().str.extract_all(r"\w+").alias("word")
    query = (
        frame.select(word).explode("word").drop_nulls().group_by("word").len().sort("len", descending=True)
    )

    def answer(table: Any) -> dict[str, int]:
        return dict(table.iter_rows())

    return Job(lambda: query.collect(engine="streaming"), answer)


@tool(
    "words",
    "duckdb",
    "cut_ascii",
    r"regexp_extract_all(lower(text), '\w+'), unnest, group by; ASCII letters only",
)
def _(texts: Texts) -> Job:
    import duckdb

    connection = duckdb.connect()
    connection.execute("set threads = 1")
    connection.register("texts", texts.table)
    query = r"""select word, count(*) as n from
        (select unnest(regexp_extract_all(lower(text), '\w+')) as word from texts)
        group by word order by n desc, word"""

    def answer(table: Any) -> dict[str, int]:
        return dict(zip(table["word"].to_pylist(), table["n"].to_pylist(), strict=True))

    return Job(lambda: connection.sql(query).to_arrow_table(), answer)


@tool("words", "Counter(re)", "cut", r"Counter over re.findall(r'\w+', text.lower())")
def _(texts: Texts) -> Job:
    find = re.compile(r"\w+").findall

    def run() -> Counter[str]:
        counts: Counter[str] = Counter()
        for text in texts.list:
            counts.update(find(text.lower()))
        return counts

    return Job(run, dict)


def _count_vectorizer(ngrams: tuple[int, int], matrix: bool) -> Callable[[Texts], Job]:
    def ready(texts: Texts) -> Job:
        from sklearn.feature_extraction.text import CountVectorizer

        def run() -> Any:
            vectorizer = CountVectorizer(ngram_range=ngrams)
            counted = vectorizer.fit_transform(texts.list)
            terms = vectorizer.get_feature_names_out()
            return counted if matrix else None, terms, counted.sum(axis=0).A1

        def answer(result: Any) -> dict[str, int]:
            return dict(zip(result[1].tolist(), result[2].tolist(), strict=True))

        return Job(run, answer)

    return ready


def _lenlp(ngrams: tuple[int, int]) -> Callable[[Texts], Job]:
    def ready(texts: Texts) -> Job:
        from lenlp import sparse

        def run() -> Any:
            vectorizer = sparse.CountVectorizer(ngram_range=ngrams)
            matrix = vectorizer.fit_transform(texts.list)
            return matrix, vectorizer

        def answer(result: Any) -> dict[str, int]:
            totals = result[0].sum(axis=0).A1
            return {term: int(totals[i]) for term, i in result[1].vocabulary.items()}

        return Job(run, answer)

    return ready


_SKLEARN = "default token pattern: words of one character are left out, then words in a row"
_LENLP = "punctuation is deleted, not split at; accents are dropped"
tool("words", "CountVectorizer", "cut_two", "default token pattern; the matrix summed")(
    _count_vectorizer((1, 1), matrix=False)
)
tool("words", "lenlp", "differs", _LENLP)(_lenlp((1, 1)))
tool("dtm", "lexmill", note="list of str to CSR", needs="hasattr(lm, 'document_term_matrix')")(
    lambda texts: _dtm(texts, 1)
)
tool("dtm", "CountVectorizer", "cut_two", _SKLEARN)(_count_vectorizer((1, 1), matrix=True))
tool("dtm", "lenlp", "differs", _LENLP)(_lenlp((1, 1)))
tool("ngrams", "CountVectorizer", "differs", _SKLEARN)(_count_vectorizer((1, 2), matrix=False))
tool("ngrams", "lenlp", "differs", _LENLP)(_lenlp((1, 2)))
tool("ngram_dtm", "lexmill", note="list of str to CSR", needs="hasattr(lm, 'document_term_matrix')")(
    lambda texts: _dtm(texts, (1, 2))
)
tool("ngram_dtm", "CountVectorizer", "differs", _SKLEARN)(_count_vectorizer((1, 2), matrix=True))
tool("ngram_dtm", "lenlp", "differs", _LENLP)(_lenlp((1, 2)))


def _dtm(texts: Texts, ngrams: int | tuple[int, int]) -> Job:
    # The matrix is one of scipy's, which the peers' modules import before their first call as well.
    import lexmill as lm
    import scipy.sparse  # noqa: F401

    def run() -> Any:
        found = lm.document_term_matrix(texts.list, ngrams=ngrams, threads=1)
        return found.matrix, found

    def answer(result: Any) -> dict[str, int]:
        matrix, found = result
        return dict(zip(list(found.terms), matrix.sum(axis=0).ravel().tolist(), strict=True))

    return Job(run, answer)


@tool("words", "corpa", "differs", "ngrams(n=1) of the lower-cased texts; hyphenated compounds are one word")
def _(texts: Texts) -> Job:
    import corpa

    def answer(rows: Any) -> dict[str, int]:
        return _folded({row["ngram"]: row["frequency"] for row in rows})

    return Job(lambda: corpa.ngrams(text="\n".join(texts.list).lower(), n=1, top=10**9), answer)


def _folded(counts: dict[str, int]) -> dict[str, int]:
    """Curly apostrophes as straight ones, as lexmill counts them."""
    folded: Counter[str] = Counter()
    for term, n in counts.items():
        folded[term.replace("’", "'")] += n
    return dict(folded)


@tool("words", "PyICU", "same", "BreakIterator for words, Counter over the lower-cased ones", limit=3)
def _(texts: Texts) -> Job:
    import icu

    words = icu.BreakIterator.createWordInstance(icu.Locale("en"))

    def run() -> Counter[str]:
        counts: Counter[str] = Counter()
        for text in texts.list:
            # The iterator counts in UTF-16; its own string is cut by the same positions.
            held = icu.UnicodeString(text)
            words.setText(held)
            begin = 0
            for end in words:
                if words.getRuleStatus() >= 100:
                    counts[str(held[begin:end]).lower()] += 1
                begin = end
        return counts

    return Job(run, lambda counts: _folded(counts))


@tool(
    "words",
    "blingfire",
    "differs",
    "text_to_words, lower-cased, Counter over its pieces; punctuation is a word",
    limit=5,
)
def _(texts: Texts) -> Job:
    from blingfire import text_to_words

    def run() -> Counter[str]:
        counts: Counter[str] = Counter()
        for text in texts.list:
            counts.update(text_to_words(text.lower()).split(" "))
        return counts

    return Job(run, dict)


@tool(
    "words", "nltk", "differs", "NLTKWordTokenizer (word_tokenize less its sentence model), FreqDist", limit=2
)
def _(texts: Texts) -> Job:
    from nltk import FreqDist
    from nltk.tokenize import NLTKWordTokenizer

    tokenize = NLTKWordTokenizer().tokenize

    def run() -> Any:
        counts = FreqDist()
        for text in texts.list:
            counts.update(tokenize(text.lower()))
        return counts

    return Job(run, dict)


@tool("words", "spaCy", "differs", "blank('en'), Counter over token.lower_; punctuation is a word", limit=2)
def _(texts: Texts) -> Job:
    import spacy

    def run() -> Counter[str]:
        # A new pipeline each time: its string store and cache of words grow.
        counts: Counter[str] = Counter()
        for doc in spacy.blank("en").pipe(texts.list):
            counts.update(token.lower_ for token in doc)
        return counts

    return Job(run, dict)


@tool("corpus", "lexmill", note="list of str")
def _(texts: Texts) -> Job:
    import lexmill as lm

    return Job(lambda: lm.Corpus(texts.list, threads=1), lambda corpus: corpus.n_tokens)


@tool("corpus", "lexmill, Arrow", "close", "Arrow column")
def _(texts: Texts) -> Job:
    import lexmill as lm

    return Job(lambda: lm.Corpus(texts.table["text"], threads=1), lambda corpus: corpus.n_tokens)


@tool(
    "corpus",
    "spaCy",
    "close",
    "blank('en') with the sentencizer, documents kept; punctuation is a token",
    limit=2,
)
def _(texts: Texts) -> Job:
    import spacy

    def run() -> list[Any]:
        pipeline = spacy.blank("en")
        pipeline.add_pipe("sentencizer")
        return list(pipeline.pipe(texts.list))

    def answer(docs: list[Any]) -> int:
        return sum(any(c.isalnum() for c in token.text) for doc in docs for token in doc)

    return Job(run, answer)


def _threads(threads: int) -> Callable[[Texts], Job]:
    def ready(texts: Texts) -> Job:
        import lexmill as lm

        held = texts.table["text"]
        return Job(lambda: lm.Corpus(held, threads=threads).frequencies(), _terms)

    return ready


tool("threads", "lexmill, 1 thread", note="Corpus and its frequencies")(_threads(1))
tool("threads", "lexmill, 2 threads", note="Corpus and its frequencies")(_threads(2))
