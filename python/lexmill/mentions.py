"""Where names stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lexmill import _spans
from lexmill._input import documents, refuse_fixed
from lexmill._result import Result
from lexmill.corpus import Corpus, Unread


def entity_mentions(
    texts: Any,
    entities: Any,
    *,
    by: Any = None,
    text: str | None = None,
    id: str | None = None,
    language: str = "en",
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Result:
    """Find where each name stands.

    The texts are not kept: of a corpus that is asked more than this, `Corpus.mentions` answers sooner.

    Parameters
    ----------
    texts : column of str, table or Corpus
        As in `word_frequencies`.
    entities : Gazetteer, mapping, list, rows, or spans
        The names to look for, see `Gazetteer`; or spans that another tool found, see `Corpus.mentions`.
    by : str or sequence, optional
        Adds the group of each mention as the first column, as in `word_frequencies`.
    text, id : str, optional
        The columns of texts and of ids, where `texts` is a table.
    language : str, default "en"
        The language whose abbreviations are known.
    threads, progress
        As in `word_frequencies`.

    Returns
    -------
    Result
        One row a mention, as in `Corpus.mentions`.

    Raises
    ------
    TypeError, ValueError
        As in `word_frequencies` and `Gazetteer`.

    Examples
    --------
    >>> import lexmill as lm
    >>> found = lm.entity_mentions(["Ada Lovelace wrote. Lovelace's notes."], {"Ada Lovelace": ["Lovelace"]})
    >>> [(m["sentence"], m["start"], m["text"]) for m in found]
    [(0, 0, 'Ada Lovelace'), (1, 20, 'Lovelace')]
    """
    if isinstance(texts, Corpus):
        refuse_fixed(language=language, text=text, id=id, threads=threads, progress=progress)
        return texts.mentions(entities, by=by)
    given = documents(texts, None, None, text, id, by=by)
    options: dict[str, Any] = {"language": language, "threads": threads, "progress": progress}
    names = _spans.gazetteer_of(entities)
    if names is None:
        return Corpus(given.texts, given.ids, dict(given.meta), **options).mentions(entities, by=given.by)
    return Unread(given.texts, given.ids, dict(given.meta), **options)._mentions(names, given.by)
