"""The names to look for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from lexmill import _aliases, _check, _core
from lexmill._aliases import Row as _Row
from lexmill._errors import EntityError
from lexmill._files import write_whole
from lexmill._input import _is_frame
from lexmill._result import Frozen, Result, amount

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Case = Literal["smart", "exact", "ignore"]
Overlap = Literal["longest", "nested", "all"]
Ambiguous = Literal["error", "drop"]
# What is saved beside the names.
_OPTIONS = {"case": "smart", "overlap": "longest", "ambiguous": "error"}


class Gazetteer(Frozen):
    """Names to look for: canonical names with their aliases, types and case policies.

    A name is matched by words: "Pakistan" is found in "Pakistan's" and "Pakistan-led", never in
    "Pakistani". Of overlapping names the longest from the left counts: "Tehrik-i-Taliban Pakistan"
    is neither "Taliban" nor "Pakistan". Any run of white space but a paragraph break matches a space,
    any hyphen a hyphen, curly apostrophes and quotation marks straight ones.

    Parameters
    ----------
    entities : mapping, iterable of str, iterable of mappings, table, or Gazetteer
        Canonical name to aliases; or names without aliases; or rows with `name`, `aliases` and `type`.
        An alias is a str or a pair (str, case policy). The canonical name is looked for too, under the
        policy of the gazetteer unless it is among its own aliases with another. Or a table of any
        library with a row an alias (or an entity with a list): `canonical` or `name`, `alias`, and, where
        there are such columns, `type` and `case`. Or patterns of spaCy's EntityRuler; or another
        gazetteer, whose options hold where none are given.
    types : mapping, optional
        Canonical name to type, such as "PER", "ORG", "GPE".
    case : {"smart", "exact", "ignore"}, default "smart"
        smart: an alias in capitals ("US", "TTP") matches only as written, never "told us", and if it is an
        ordinary word too ("US", "WHO") not where the whole sentence is in capitals; a name made of
        ordinary English words ("Turkey", "White House") as written or in capitals; any other name in any
        case. exact: as written. ignore: in any case. An alias may also have never: it is known to `find`,
        not looked for.
    overlap : {"longest", "nested", "all"}, default "longest"
        longest: keep the longest match from the left ("Bank of England"). nested: also every match within
        it ("England"); `Corpus.mentions` then tells in the column `depth` how many mentions one stands
        within. all: every match, also those that cross one another.
    ambiguous : {"error", "drop"}, default "error"
        What to do with an alias that two entities claim, which no text can decide. error: refuse it.
        drop: do not look for it, nor take it for another alias that differs in case; `ambiguous` lists
        what was dropped.

    Raises
    ------
    ValueError
        If an alias holds no letter or digit, or two entities claim it (with `ambiguous="error"`); the
        message names them.

    Examples
    --------
    >>> import lexmill as lm
    >>> gaz = lm.Gazetteer({"Tehrik-i-Taliban Pakistan": ["TTP"], "Pakistan": [], "United States": ["US"]})
    >>> text = "Tehrik-i-Taliban Pakistan (TTP) told us: the US left Pakistan's border."
    >>> lm.Corpus([text]).mentions(gaz).column("text")
    ['Tehrik-i-Taliban Pakistan', 'TTP', 'US', 'Pakistan']
    >>> gaz.find("TTP")
    'Tehrik-i-Taliban Pakistan'
    """

    __slots__ = ("_core", "_options", "_rows")

    def __init__(
        self,
        entities: Mapping[str, Iterable[Any]] | Iterable[Any],
        types: Mapping[str, str] | None = None,
        *,
        case: Case | None = None,
        overlap: Overlap | None = None,
        ambiguous: Ambiguous | None = None,
    ) -> None:
        given = {"case": case, "overlap": overlap, "ambiguous": ambiguous}
        known = entities._options if isinstance(entities, Gazetteer) else _OPTIONS
        self._options: dict[str, Any] = {
            name: known[name] if value is None else _check.text(name, value) for name, value in given.items()
        }
        self._rows = _rows(entities, types or {})
        try:
            self._core = _core.Gazetteer(self._rows, **self._options)
        except ValueError as e:
            rows = self._rows
            told = _no_text(rows) if isinstance(e, UnicodeEncodeError) else e
            raise (rows.told(told) if isinstance(rows, _aliases.Rows) else told) from None

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self.to_dicts(), self._options)

    @classmethod
    def _of(cls, entities: Any) -> Gazetteer:
        """A gazetteer from whatever makes one."""
        return entities if isinstance(entities, cls) else cls(entities)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[str]:
        """The canonical names."""
        return (name for name, _, _ in self._rows)

    def __contains__(self, name: object) -> bool:
        try:
            return isinstance(name, str) and self._core.find(name) is not None
        except UnicodeEncodeError:
            return False

    def __repr__(self) -> str:
        aliases = sum(len(aliases) for _, _, aliases in self._rows)
        size = f"{amount(len(self), 'entity', 'entities')}, {amount(aliases, 'alias', 'aliases')}"
        options = f"case={self._options['case']!r}, overlap={self._options['overlap']!r}"
        return f"{type(self).__name__}({size}, {options})"

    def find(self, name: str) -> str:
        """The canonical name that `name`, canonical or alias, stands for.

        A canonical name stands for itself, also where `ambiguous` lists it; an alias that is listed there
        stands for no entity.

        Raises
        ------
        EntityError
            If it stands for no entity, or for several.
        """
        found = self._core.find(_check.text("name", name))
        if found is None:
            claimed = dict(self._core.ambiguous()).get(name, [])
            if claimed:
                of = " and ".join(repr(self._rows[i][0]) for i in claimed[:3])
                raise EntityError(f"{name!r} is an alias of {of}; name the entity")
            near = _core.nearest(name, [n for row, _, aliases in self._rows for n in (row, *dict(aliases))])
            hint = f" Did you mean {near!r}?" if near else ""
            raise EntityError(f"{name!r} is no entity or alias of this gazetteer.{hint}")
        return found

    def ambiguous(self) -> Result:
        """The names that several entities claim and that are therefore not looked for.

        Returns
        -------
        Result
            One row a claim: `alias`, `canonical`, `type`. Empty unless made with `ambiguous="drop"`.

        Examples
        --------
        >>> import lexmill as lm
        >>> names = {"John F. Kennedy": ["JFK"], "Kennedy Airport": ["JFK"]}
        >>> gaz = lm.Gazetteer(names, ambiguous="drop")
        >>> gaz.ambiguous().to_dicts()[0]
        {'alias': 'JFK', 'canonical': 'John F. Kennedy', 'type': None}
        """
        rows = [(alias, *self._rows[i][:2]) for alias, claimed in self._core.ambiguous() for i in claimed]
        columns = [(c, [row[i] for row in rows]) for i, c in enumerate(("alias", "canonical", "type"))]
        return Result(_core.Table.of(columns), {"verb": "ambiguous", **self._options})

    def to_dicts(self) -> list[dict[str, Any]]:
        """One row an entity: `name`, `type`, `aliases`. What `Gazetteer(...)` takes."""
        return [
            {
                "name": name,
                "type": kind,
                "aliases": [text if case is None else [text, case] for text, case in aliases],
            }
            for name, kind, aliases in self._rows
        ]

    def table(self) -> Result:
        """The names as a table, which `Gazetteer(...)` takes again.

        Returns
        -------
        Result
            One row a name that is looked for, the canonical one first: `canonical`, `alias`, `type`, `case`
            (the alias's own policy, null where it has that of the gazetteer).
        """
        rows = [
            (name, text, kind, case)
            for name, kind, aliases in self._rows
            for text, case in [(name, None), *aliases]
            # The canonical name may have a policy of its own.
            if text != name or case or all(alias != name or own is None for alias, own in aliases)
        ]
        columns = [
            (c, [row[i] for row in rows]) for i, c in enumerate(("canonical", "alias", "type", "case"))
        ]
        return Result(_core.Table.of(columns), {"verb": "gazetteer", **self._options})

    def to_polars(self) -> pl.DataFrame:
        """`table` in polars."""
        return self.table().to_polars()

    def to_arrow(self) -> pa.Table:
        """`table` in pyarrow."""
        return self.table().to_arrow()

    def to_pandas(self) -> pd.DataFrame:
        """`table` in pandas."""
        return self.table().to_pandas()

    def _with(self, rows: list[_Row]) -> Gazetteer:
        new = Gazetteer.__new__(Gazetteer)
        new._rows, new._options = rows, self._options
        new._core = _core.Gazetteer(rows, **self._options)
        return new

    def add(self, name: str, aliases: Iterable[Any] = (), type: str | None = None) -> Gazetteer:
        """A new gazetteer with one entity more; aliases of a name that is there are added to it, and `type`,
        if given, is its type from now on.

        Examples
        --------
        >>> import lexmill as lm
        >>> gaz = lm.Gazetteer(["Pakistan"]).add("Tehrik-i-Taliban Pakistan", ["TTP"], "ORG")
        >>> gaz.rename("Tehrik-i-Taliban Pakistan", "Pakistani Taliban").drop("Pakistan").to_dicts()
        [{'name': 'Pakistani Taliban', 'type': 'ORG', 'aliases': ['TTP', 'Tehrik-i-Taliban Pakistan']}]
        """
        name = _check.text("name", name)
        more = self | Gazetteer([{"name": name, "aliases": _listed(aliases), "type": type}], **self._options)
        if type is None:
            return more
        return more._with([(row[0], type if row[0] == name else row[1], row[2]) for row in more._rows])

    def __or__(self, other: object) -> Gazetteer:
        """The names of both; what both know of an entity is put together, under the type it has here.

        Raises
        ------
        ValueError
            If an alias stands for different entities, or the options of the two differ.
        """
        if not isinstance(other, Gazetteer):
            return NotImplemented
        for option, value in self._options.items():
            theirs = other._options[option]
            if theirs != value:
                raise ValueError(f"{option}={value!r} here and {option}={theirs!r} there: make both alike")
        rows = {row[0]: row for row in self._rows}
        for name, kind, aliases in other._rows:
            if name in rows:
                _, known, there = rows[name]
                rows[name] = (name, known or kind, [*there, *(a for a in aliases if a not in there)])
            else:
                rows[name] = (name, kind, aliases)
        return self._with(list(rows.values()))

    def merge(self, name: str, *others: str) -> Gazetteer:
        """A new gazetteer in which `others` are aliases of `name`, with all that they had.

        Raises
        ------
        EntityError
            If one of them is no entity or alias.
        """
        kept = self.find(name)
        gone = {self.find(other) for other in others} - {kept}
        rows = {row[0]: row for row in self._rows}
        _, kind, aliases = rows[kept]
        aliases = list(aliases)
        for other, other_kind, more in (row for row in self._rows if row[0] in gone):
            kind = kind or other_kind
            aliases += [alias for alias in [(other, None), *more] if alias not in aliases]
        rows[kept] = (kept, kind, aliases)
        return self._with([row for row in rows.values() if row[0] not in gone])

    def drop(self, *names: str) -> Gazetteer:
        """A new gazetteer without the entities that `names` stand for.

        Raises
        ------
        EntityError
            If one of them is no entity or alias.
        """
        gone = {self.find(name) for name in names}
        return self._with([row for row in self._rows if row[0] not in gone])

    def unlink(self, *aliases: str) -> Gazetteer:
        """A new gazetteer in which these aliases stand for no entity; the entities stay.

        Raises
        ------
        EntityError
            If one of them is no alias.
        ValueError
            If one of them is a canonical name: `rename` or `drop` that.

        Examples
        --------
        >>> import lexmill as lm
        >>> gaz = lm.Gazetteer({"Prime Minister": ["PM", "Prime"]}).unlink("Prime")
        >>> gaz.to_dicts()
        [{'name': 'Prime Minister', 'type': None, 'aliases': ['PM']}]
        """
        gone = set(_check.texts("aliases", aliases))
        names = {name for name, _, _ in self._rows}
        for alias in aliases:
            if alias in names:
                raise ValueError(f"{alias!r} is a canonical name; rename or drop the entity")
            if not any(alias == text for _, _, of in self._rows for text, _ in of):
                raise EntityError(f"{alias!r} is no alias of this gazetteer, as written there")
        return self._with(
            [(name, kind, [alias for alias in of if alias[0] not in gone]) for name, kind, of in self._rows]
        )

    def rename(self, old: str, new: str) -> Gazetteer:
        """A new gazetteer in which the entity `old` is called `new`; its former name stays an alias.

        Raises
        ------
        EntityError
            If `old` is no entity or alias.
        ValueError
            If another entity has the name `new`.
        """
        name, new = self.find(old), _check.text("new", new)
        rows: list[_Row] = []
        for row in self._rows:
            if row[0] == name != new:
                aliases = [alias for alias in row[2] if alias != (new, None)]
                rows.append((new, row[1], [*aliases, (name, None)]))
            else:
                rows.append(row)
        return self._with(rows)

    def save(self, path: str | PathLike[str]) -> None:
        """Writes the gazetteer as JSON, to be read by `Gazetteer.load` or edited by hand."""
        write_whole(path, json.dumps(self._saved(), ensure_ascii=False, indent=1) + "\n")

    def _saved(self) -> dict[str, Any]:
        return {**self._options, "entities": self.to_dicts()}

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """The gazetteer in a JSON file: what `save` wrote, or any JSON that `Gazetteer(...)` takes.

        Raises
        ------
        FileNotFoundError
            If there is no such file.
        ValueError
            If it holds no gazetteer.
        """
        try:
            content = json.loads(Path(path).read_text(encoding="utf-8"))
        except ValueError as e:
            raise ValueError(f"{path} is no JSON file: {e}") from e
        return cls._loaded(content)

    @classmethod
    def _loaded(cls, content: Any) -> Self:
        if isinstance(content, Mapping) and "entities" in content:
            options = {k: content[k] for k in _OPTIONS if k in content}
            return cls(content["entities"], **options)
        return cls(content)

    @classmethod
    def read(cls, path: str | PathLike[str], **options: Any) -> Gazetteer:
        """The gazetteer in a file of names.

        Parameters
        ----------
        path : str or PathLike
            `.csv`, `.tsv`, `.parquet`: a row an alias (or an entity), with the columns `canonical` or `name`,
            `alias`, `type`, `case`; or Wikidata's `itemLabel` and `itemAltLabel` or `altLabel`.
            `.jsonl`: the same as objects, or patterns of spaCy's EntityRuler (`label` is the type, `id` the
            canonical name; phrases, and words by LOWER, TEXT, ORTH). `.json`: what `load` reads.
        **options
            `types`, `case`, `overlap` and `ambiguous`, as for `Gazetteer`.

        Raises
        ------
        FileNotFoundError
            If there is no such file.
        ValueError
            If it holds no names, or an alias stands for two entities; the message names the rows
            (of the file, the heading being row 1).

        Examples
        --------
        >>> import lexmill as lm, pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp(), "names.csv")
        >>> _ = path.write_text("canonical,alias,type\\nPakistan,Islamabad,GPE\\nPakistan,PK,GPE\\n")
        >>> lm.Gazetteer.read(path).to_dicts()
        [{'name': 'Pakistan', 'type': 'GPE', 'aliases': ['Islamabad', 'PK']}]
        """
        entities, beside = _aliases.of_file(path)
        try:
            return cls(entities, **{**beside, **options})
        except (TypeError, ValueError) as e:
            raise type(e)(f"{path}: {e}") from None


def _listed(aliases: Any) -> list[Any]:
    if isinstance(aliases, str):
        raise TypeError("aliases is one str; wrap it in a list")
    if isinstance(aliases, Mapping) or not isinstance(aliases, Iterable):
        raise TypeError(f"aliases is {type(aliases).__name__}; give a list of str")
    return list(aliases)


def _restore(rows: list[dict[str, Any]], options: dict[str, Any]) -> Gazetteer:
    return Gazetteer(rows, **options)


def _rows(entities: Any, types: Mapping[str, str]) -> list[_Row]:
    if isinstance(entities, (str, bytes)):
        raise TypeError("entities is one str, not a collection of names; wrap it in a list")
    if not isinstance(types, Mapping):
        raise TypeError(f"types is {type(types).__name__}; give a mapping from names to types")
    rows: list[_Row]
    if isinstance(entities, _aliases.Rows):
        rows = entities
    elif isinstance(entities, Gazetteer):
        rows = list(entities._rows)
    elif _is_names_table(entities):
        rows = _aliases.of_table(entities)
    elif isinstance(entities, Mapping):
        rows = [_row(i, {"name": name, "aliases": of}) for i, (name, of) in enumerate(entities.items())]
    else:
        try:
            items = list(entities)
            if items and isinstance(items[0], Mapping) and "pattern" in items[0]:
                rows = _aliases.of_items(enumerate(items), "pattern")
            else:
                rows = [_row(i, item) for i, item in enumerate(items)]
        except TypeError as e:
            if "not iterable" in str(e):
                raise TypeError(
                    f"entities is {type(entities).__name__}; give a mapping from names to aliases, "
                    "a list of names, or a Gazetteer"
                ) from None
            raise
    if types:
        for name, kind in types.items():
            _check.text(f"types[{name!r}]", kind)
        _known(types, rows)
        for i, (name, own, aliases) in enumerate(rows):
            rows[i] = (name, types.get(name, own), aliases)
    return rows


def _no_text(rows: list[_Row]) -> ValueError:
    """Which of the names is no text. The core says only that one is; to ask each beforehand takes long."""
    try:
        for i, (name, kind, aliases) in enumerate(rows):
            _check.text(f"entities[{i}]", name)
            _check.text(f"entities[{i}] {name!r}: type", kind or "")
            for alias, case in aliases:
                _check.text(f"entities[{i}] {name!r}: the alias {alias!r:.60}", alias + (case or ""))
    except ValueError as e:
        return e
    return ValueError("entities: a name is no text")


def _known(types: Mapping[str, str], rows: list[_Row]) -> None:
    unknown = set(types).difference(name for name, _, _ in rows)
    if unknown:
        raise ValueError(f"types: {sorted(unknown)[0]!r} is no entity of this gazetteer")


def _is_names_table(entities: Any) -> bool:
    """Whether it is a table of names; a mapping is one if it has their columns, else names to aliases."""
    if isinstance(entities, Mapping):
        heads = set(entities)
        return bool(heads & {"canonical", "name"}) and heads <= {"canonical", "name", "alias", "type", "case"}
    return not isinstance(entities, (list, tuple)) and _is_frame(entities)


def _row(i: int, item: Any) -> _Row:
    if isinstance(item, str):
        return item, None, ()
    if not isinstance(item, Mapping) or not isinstance(item.get("name"), str):
        raise TypeError(f"entities[{i}] is {item!r:.60}; give a name, or a row with name, aliases and type")
    name, kind, aliases = item["name"], item.get("type"), item.get("aliases") or []
    if kind is not None and not isinstance(kind, str):
        _check.text(f"entities[{i}] {name!r}: type", kind)
    if isinstance(aliases, str):
        raise TypeError(f"entities[{i}] {name!r}: aliases is one str; wrap it in a list")
    if isinstance(aliases, Mapping) or not isinstance(aliases, Iterable):
        raise TypeError(f"entities[{i}] {name!r}: aliases is {type(aliases).__name__}; give a list of str")
    return name, kind, [_alias(i, name, alias) for alias in aliases]


def _alias(i: int, name: str, alias: Any) -> tuple[str, str | None]:
    if isinstance(alias, str):
        return alias, None
    if isinstance(alias, (list, tuple)) and len(alias) == 2 and all(isinstance(part, str) for part in alias):
        return alias[0], alias[1]
    raise TypeError(
        f"entities[{i}] {name!r}: the alias {alias!r:.60} is no str and no pair (str, case policy)"
    )
