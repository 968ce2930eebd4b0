"""How hard texts are to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

from lexmill._options import WordLists
from lexmill._result import Result
from lexmill.corpus import asked


def readability(
    texts: Any,
    *,
    measures: Sequence[str] = ("flesch", "flesch_kincaid"),
    by: Any = "document",
    counts: bool = True,
    word_lists: WordLists | None = None,
    band: bool = False,
    language: str = "en",
    abbreviations: Iterable[str] = (),
    repair_breaks: bool = False,
    line_breaks: Literal["auto", "space", "end"] = "auto",
    text: str | None = None,
    id: str | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Result:
    """Readability scores of a collection of texts, with the counts behind them.

    The texts are not kept: of a corpus that is asked more than this, `Corpus.readability` answers sooner.

    Parameters
    ----------
    texts : column of str, table or Corpus
        As in `word_frequencies`.
    measures, by, counts, word_lists, band
        As in `Corpus.readability`.
    language, abbreviations, repair_breaks, line_breaks
        As in `Corpus`.
    text, id : str, optional
        The columns of texts and of ids, where `texts` is a table.
    threads, progress
        As in `word_frequencies`.

    Returns
    -------
    Result
        One row a document, or what `by` says, as in `Corpus.readability`.

    Raises
    ------
    TypeError, ValueError, ColumnError
        As in `Corpus` and `Corpus.readability`.

    Examples
    --------
    >>> import lexmill as lm
    >>> round(lm.readability(["The cat sat on the mat."])[0]["flesch"], 3)  # 206.835 - 1.015·6/1 - 84.6·6/6
    116.145
    """
    # The names of units are no columns.
    column = None if isinstance(by, str) and by in _UNITS else by
    corpus, groups = asked(
        texts,
        text,
        id,
        by=column,
        language=language,
        abbreviations=abbreviations,
        repair_breaks=repair_breaks,
        line_breaks=line_breaks,
        threads=threads,
        progress=progress,
    )
    by = by if column is None else groups
    return corpus.readability(measures=measures, by=by, counts=counts, word_lists=word_lists, band=band)


_UNITS = ("document", "paragraph", "sentence")
