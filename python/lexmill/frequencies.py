"""How often each word occurs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from lexmill import _check, _core
from lexmill._input import documents, refuse_fixed
from lexmill._result import Result
from lexmill.corpus import Corpus, by_name, ngram_sizes
from lexmill.tokens import Tokens, compiled


def word_frequencies(
    texts: Any,
    *,
    tokens: Tokens | None = None,
    ngrams: int | tuple[int, int] = 1,
    by: Any = None,
    min_count: int = 1,
    ties: Literal["min", "max", "dense", "first"] = "min",
    text: str | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Result:
    """Count the words of a collection of texts.

    Parameters
    ----------
    texts : column of str, table or Corpus
        A list, a pandas or polars Series, an Arrow array, any iterable of `str` and None; or a table
        with such a column, named by `text`.
    tokens : Tokens, optional
        What counts as a word. Default: UAX #29 words in lower case.
    ngrams : int or (int, int), default 1
        Words in a row, one size or from one to another, up to 6. They may cross the end of a
        sentence, never that of a document.
    by : str or sequence, optional
        Count in groups: a column of the table, a metadata column of the corpus, a value for each document,
        or slices of time from a column of dates: "date:year", "date:quarter", "date:month", "date:week",
        "date:day", or "month" alone, if there is one column of dates. Groups keep the type of their
        values and come in their order, a missing value last.
    min_count : int, default 1
        Leave out rarer terms; totals and ranks keep counting them.
    ties : {"min", "max", "dense", "first"}, default "min"
        The rank of terms that occur equally often.
    text : str, optional
        The column with the texts, where `texts` is a table.
    threads : int, optional
        Default: all cores. The result is the same for any number.
    progress : callable, optional
        Called with the documents done and the documents in all.

    Returns
    -------
    Result
        One row a term, the most frequent first, ties in the order of their characters:
        `term`; `count`, occurrences; `rank`; `per_million`, occurrences in a million counted tokens
        (n-grams of all sizes asked for); `doc_freq`, documents with the term; `doc_share`, their share
        of the documents that are there. With `by`, the group's column comes first and all of this is
        within the group.

    Raises
    ------
    TypeError
        If `texts` is one str, bytes, a set or holds something that is neither str nor None; the
        message names the document.
    ValueError
        If an option is unknown or a text holds a lone surrogate.

    Examples
    --------
    >>> import lexmill as lm
    >>> lm.word_frequencies(["The cat sat.", None, "The dog!"]).head(2)
    term  count  rank  per_million  doc_freq  doc_share
    the       2     1    400,000.0         2      1.000
    cat       1     2    200,000.0         1      0.500
    2 rows · word_frequencies(tokens=Tokens(), ngrams=1, min_count=1, ties='min', documents=3)
    """
    if isinstance(texts, Corpus):
        refuse_fixed(tokens=tokens, text=text, threads=threads, progress=progress)
        return texts.frequencies(by=by, ngrams=ngrams, min_count=min_count, ties=ties)
    given = documents(texts, None, None, text, by=by)
    options, threads = compiled(tokens), _check.threads(threads)
    _check.progress(progress)
    compounds = tokens is not None and tokens.hyphens == "keep"
    if by is not None or compounds:
        # These need to know where words stand; the rest is counted without keeping that.
        corpus = Corpus(given.texts, meta=dict(given.meta), tokens=tokens, threads=threads, progress=progress)
        return corpus.frequencies(by=given.by, ngrams=ngrams, min_count=min_count, ties=ties)
    min_count, _ = _check.whole("min_count", min_count), _check.text("ties", ties)
    table, n_documents = _core.word_frequencies(
        given.texts, options, ngram_sizes(ngrams), min_count, ties, threads, progress
    )
    question = {
        "verb": "word_frequencies",
        "tokens": tokens or Tokens(),
        "ngrams": ngrams,
        "by": by_name(by),
        "min_count": min_count,
        "ties": ties,
        "documents": n_documents,
    }
    return Result(table, question)
