"""The names in a corpus, found by rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lexmill._result import Result
from lexmill.corpus import Corpus
from lexmill.gazetteer import Gazetteer


class Discovery(Gazetteer):
    """A gazetteer of names that were found, with the rule that linked each alias.

    Attributes
    ----------
    links : Result
        One row an alias: `canonical`, `alias`, `type` (where certain, else null), `rule` (why the alias
        stands for the name), `count` and `documents` (where it was seen), `examples`.

    Examples
    --------
    >>> import lexmill as lm
    >>> found = lm.discover(["Charles Babbage met Ada Lovelace. Babbage smiled."])
    >>> [(row["canonical"], row["alias"], row["rule"]) for row in found.links if row["rule"] != "name"]
    [('Charles Babbage', 'Babbage', 'surname')]
    """

    __slots__ = ("links",)

    links: Result

    def _repr_html_(self) -> str:
        return self.links._repr_html_()


def discover(
    texts: Any,
    *,
    min_count: int = 1,
    demonyms: bool = False,
    titles: bool = False,
    progress: Callable[[int, int], object] | None = None,
) -> Discovery:
    """Find the names of persons, organisations and places, and what else each is called.

    By rule, from the corpus alone: no model, no download. Runs of capitalised words are names if they are
    not capitalised for another reason (the start of a sentence, a heading), decided by how the words behave
    elsewhere in the corpus. Acronyms are linked to their long forms in both orders, surnames and short forms
    to full names where nobody else in the document has them, titles are split off.

    Parameters
    ----------
    texts : Corpus or column of str
        What to search. English texts.
    min_count : int, default 1
        Leave out entities that are named less often.
    demonyms : bool, default False
        Whether "Afghan", "American" alone are entities of their own.
    titles : bool, default False
        Whether a mention includes the title: "Field Marshall Asim Munir" or "Asim Munir".
    progress : callable, optional
        Called with the documents done and the documents in all.

    Returns
    -------
    Discovery
        A `Gazetteer` to count with, save or edit; `links` tells for each alias the rule that linked it
        and where it was seen. An alias that could stand for several names is left to none of them.

    Examples
    --------
    >>> import lexmill as lm
    >>> text = "The International Monetary Fund (IMF) met Ada Lovelace in Paris. Lovelace thanked the IMF."
    >>> found = lm.discover([text])
    >>> found.find("IMF"), found.find("Lovelace")
    ('International Monetary Fund', 'Ada Lovelace')
    >>> [row["rule"] for row in found.links if row["alias"] == "IMF"]
    ['acronym']
    """
    corpus = texts if isinstance(texts, Corpus) else Corpus(texts)
    table, rows = corpus._core.discover(min_count, demonyms, titles, progress)
    found = Discovery(
        {"name": name, "type": kind, "aliases": [a if case is None else (a, case) for a, case in aliases]}
        for name, kind, aliases in rows
    )
    asked = {"min_count": min_count, "demonyms": demonyms, "titles": titles, "documents": len(corpus)}
    found.links = Result(table, {"verb": "discover", **asked})
    return found
