"""The names in a corpus, found by rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from lexmill import _check, _core
from lexmill._aliases import Row
from lexmill._input import refuse_fixed
from lexmill._result import Result
from lexmill.corpus import Corpus
from lexmill.gazetteer import Gazetteer


class Discovery(Gazetteer):
    """A gazetteer of names that were found, with the rule that linked each alias.

    `merge`, `drop`, `rename` and `add` make another that keeps the rules and counts of what stays.

    Attributes
    ----------
    links : Result
        One row an alias: `canonical`, `alias`, `type` (where certain, else null), `rule` (why the alias
        stands for the name), `count` and `documents` (where it was seen), `examples`. What was linked by
        hand has the rule `given`.

    Examples
    --------
    >>> import lexmill as lm
    >>> found = lm.discover(["Charles Babbage met Ada Lovelace. Babbage smiled."])
    >>> [(row["canonical"], row["alias"], row["rule"]) for row in found.links if row["rule"] != "name"]
    [('Charles Babbage', 'Babbage', 'surname')]
    >>> edited = found.drop("Ada Lovelace").rename("Charles Babbage", "C. Babbage")
    >>> [(row["alias"], row["rule"], row["count"]) for row in edited.links]
    [('C. Babbage', 'given', 0), ('Charles Babbage', 'given', 1), ('Babbage', 'surname', 1)]
    """

    __slots__ = ("_found", "_links")

    _found: Result
    _links: Result | None

    def __init__(self, entities: Any, types: Mapping[str, str] | None = None, **options: Any) -> None:
        super().__init__(entities, types, **options)
        # Whoever makes one by hand gives all of its names.
        self._found, self._links = _result([], {"verb": "discover"}), None

    @property
    def links(self) -> Result:
        """One row an alias, with the rule that linked it."""
        if self._links is None:
            self._links = _relabelled(self._found, self._rows)
        return self._links

    def _with(self, rows: list[Row]) -> Discovery:
        return _discovery(super()._with(rows), self._found, None)

    def __reduce__(self) -> tuple[Any, ...]:
        return _discovery, (Gazetteer(self.to_dicts(), **self._options), self._found, self._links)

    def _saved(self) -> dict[str, Any]:
        return {**super()._saved(), "discovered": dict(self.links.question), "links": self.links.to_dicts()}

    @classmethod
    def _loaded(cls, content: Any) -> Self:
        made = super()._loaded(content)
        if isinstance(content, Mapping) and "links" in content:
            links = [tuple(link[name] for name in _COLUMNS) for link in content["links"]]
            made._found = _result(links, {"verb": "discover", **content.get("discovered", {})})
        return made

    def _repr_html_(self) -> str:
        return self._overview()._repr_html_()

    def _overview(self) -> Result:
        """One row an entity: what it is called and how often any of it was seen."""
        names: dict[str, tuple[str | None, int, list[str]]] = {}
        columns = map(self.links.column, ("canonical", "alias", "type", "count"))
        for name, alias, kind, count in zip(*columns, strict=True):
            _, seen, aliases = names.get(name, (None, 0, []))
            names[name] = (kind, seen + count, [*aliases, alias] if alias != name else aliases)
        rows = sorted(
            ((name, kind, count, ", ".join(aliases)) for name, (kind, count, aliases) in names.items()),
            key=lambda row: (-row[2], row[0]),
        )
        kinds = {"canonical": "text", "type": "text", "count": "int", "aliases": "text"}
        made = [(name, of, [row[i] for row in rows]) for i, (name, of) in enumerate(kinds.items())]
        return Result(_core.Table(made), self.links.question)


def _discovery(names: Gazetteer, found: Result, links: Result | None) -> Discovery:
    new = Discovery.__new__(Discovery)
    new._rows, new._options, new._core = names._rows, names._options, names._core
    new._found, new._links = found, links
    return new


def _relabelled(found: Result, rows: list[Row]) -> Result:
    """The links that were found, under the names that their entities have now.

    A name that was edited away is an alias of what it became, or nobody's.
    """
    looked_for = {
        (name, text): kind for name, kind, aliases in rows for text in [name, *(a for a, _ in aliases)]
    }
    now = {text: name for name, text in looked_for} | {name: name for name, _, _ in rows}
    made: dict[str, list[tuple[Any, ...]]] = {name: [] for name, _, _ in rows}
    seen = set()
    for was, alias, _, rule, *where in zip(*map(found.column, found.columns), strict=True):
        name = now.get(was)
        # What a title adds to a name need not be looked for; all else that is not is no alias any more.
        if name is None or ((name, alias) not in looked_for and rule != "title"):
            continue
        by_hand = name != was and alias in (was, name)
        made[name].append((name, alias, looked_for[name, name], "given" if by_hand else rule, *where))
        seen.add((name, alias))
    for (name, text), kind in looked_for.items():
        if (name, text) not in seen:
            made[name].append((name, text, kind, "given", 0, 0, ""))
    for links in made.values():
        links.sort(key=lambda link: (link[1] != link[0], -link[4]))
    return _result([link for links in made.values() for link in links], {**found.question, "edited": True})


_COLUMNS = ("canonical", "alias", "type", "rule", "count", "documents", "examples")


def _result(links: list[tuple[Any, ...]], question: dict[str, Any]) -> Result:
    columns = [
        (name, "int" if name in ("count", "documents") else "text", [link[i] for link in links])
        for i, name in enumerate(_COLUMNS)
    ]
    return Result(_core.Table(columns), question)


def discover(
    texts: Any,
    *,
    min_count: int = 1,
    demonyms: bool = False,
    titles: bool = False,
    text: str | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Discovery:
    """Find the names of persons, organisations and places, and what else each is called.

    By rule, from the corpus alone: no model, no download. Runs of capitalised words are names if they are
    not capitalised for another reason (the start of a sentence, a heading), decided by how the words behave
    elsewhere in the corpus. Acronyms are linked to their long forms in both orders, surnames and short forms
    to full names where nobody else in the document has them, titles are split off.

    Parameters
    ----------
    texts : Corpus, column of str, or table
        What to search. English texts.
    min_count : int, default 1
        Leave out entities that are named less often.
    demonyms : bool, default False
        Whether "Afghan", "American" alone are entities of their own.
    titles : bool, default False
        Whether a mention includes the title: "Field Marshall Asim Munir" or "Asim Munir".
    text : str, optional
        The column with the texts, where `texts` is a table.
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
    min_count = _check.whole("min_count", min_count)
    demonyms, titles = _check.flag("demonyms", demonyms), _check.flag("titles", titles)
    _check.progress(progress)
    if isinstance(texts, Corpus):
        refuse_fixed(text=text)
    corpus = texts if isinstance(texts, Corpus) else Corpus(texts, text=text)
    table, rows = corpus._core.discover(min_count, demonyms, titles, progress)
    names = Gazetteer(
        {"name": name, "type": kind, "aliases": [a if case is None else (a, case) for a, case in aliases]}
        for name, kind, aliases in rows
    )
    asked = {"min_count": min_count, "demonyms": demonyms, "titles": titles, "documents": len(corpus)}
    links = Result(table, {"verb": "discover", **asked})
    return _discovery(names, links, links)
