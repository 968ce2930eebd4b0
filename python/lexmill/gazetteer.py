"""The names to look for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, Literal

from lexmill import _check, _core
from lexmill._errors import EntityError
from lexmill._result import Frozen

Case = Literal["smart", "exact", "ignore"]
# name, type, aliases with their own case policy or None
_Row = tuple[str, str | None, list[tuple[str, str | None]]]


class Gazetteer(Frozen):
    """Names to look for: canonical names with their aliases, types and case policies.

    A name is matched by words: "Pakistan" is found in "Pakistan's" and "Pakistan-led", never in
    "Pakistani". Of overlapping names the longest from the left counts: "Tehrik-i-Taliban Pakistan"
    is neither "Taliban" nor "Pakistan". Any run of white space but a paragraph break matches a space,
    any hyphen a hyphen, curly apostrophes straight ones.

    Parameters
    ----------
    entities : mapping, iterable of str, or iterable of mappings
        Canonical name to aliases; or names without aliases; or rows with `name`, `aliases` and `type`.
        An alias is a str or a pair (str, case policy). The canonical name is looked for too.
    types : mapping, optional
        Canonical name to type, such as "PER", "ORG", "GPE".
    case : {"smart", "exact", "ignore"}, default "smart"
        smart: an alias in capitals ("US", "TTP") matches only as written, never "told us"; a name made
        of ordinary English words ("Turkey", "White House") as written or in capitals; any other name
        in any case. exact: as written. ignore: in any case.
    overlap : {"longest", "all"}, default "longest"
        Keep the longest match from the left, or every match.

    Raises
    ------
    ValueError
        If an alias holds no letter or digit, or two entities claim it; the message names them.

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

    __slots__ = ("_case", "_core", "_overlap", "_rows")

    def __init__(
        self,
        entities: Mapping[str, Iterable[Any]] | Iterable[Any],
        types: Mapping[str, str] | None = None,
        *,
        case: Case = "smart",
        overlap: Literal["longest", "all"] = "longest",
    ) -> None:
        _check.text("case", case)
        _check.text("overlap", overlap)
        self._rows = _rows(entities, types or {})
        self._case, self._overlap = case, overlap
        self._core = _core.Gazetteer(self._rows, case, overlap)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self.to_dicts(), self._case, self._overlap)

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
        return isinstance(name, str) and self._core.find(name) is not None

    def __repr__(self) -> str:
        aliases = sum(len(aliases) for _, _, aliases in self._rows)
        size = f"{len(self):,} entities, {aliases:,} aliases"
        return f"Gazetteer({size}, case={self._case!r}, overlap={self._overlap!r})"

    def find(self, name: str) -> str:
        """The canonical name that `name`, canonical or alias, stands for.

        Raises
        ------
        EntityError
            If it stands for no entity, or for several.
        """
        found = self._core.find(name)
        if found is None:
            raise EntityError(f"{name!r} is no entity or alias of this gazetteer, or of several entities")
        return found

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

    def save(self, path: str | PathLike[str]) -> None:
        """Writes the gazetteer as JSON, to be read by `Gazetteer.load` or edited by hand."""
        content = {"case": self._case, "overlap": self._overlap, "entities": self.to_dicts()}
        Path(path).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Gazetteer:
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
        if isinstance(content, Mapping) and "entities" in content:
            options = {k: content[k] for k in ("case", "overlap") if k in content}
            return cls(content["entities"], **options)
        return cls(content)


def _restore(rows: list[dict[str, Any]], case: Case, overlap: Literal["longest", "all"]) -> Gazetteer:
    return Gazetteer(rows, case=case, overlap=overlap)


def _rows(entities: Any, types: Mapping[str, str]) -> list[_Row]:
    if isinstance(entities, (str, bytes)):
        raise TypeError("entities is one str, not a collection of names; wrap it in a list")
    if isinstance(entities, Mapping):
        rows = [
            _row(i, {"name": name, "aliases": aliases}) for i, (name, aliases) in enumerate(entities.items())
        ]
    else:
        try:
            rows = [_row(i, item) for i, item in enumerate(entities)]
        except TypeError as e:
            if "not iterable" in str(e):
                raise TypeError(
                    f"entities is {type(entities).__name__}; give a mapping from names to aliases, "
                    "a list of names, or a Gazetteer"
                ) from None
            raise
    if not isinstance(types, Mapping):
        raise TypeError(f"types is {type(types).__name__}; give a mapping from names to types")
    for name, kind in types.items():
        _check.text(f"types[{name!r}]", kind)
    unknown = set(types).difference(name for name, _, _ in rows)
    if unknown:
        raise ValueError(f"types: {sorted(unknown)[0]!r} is no entity of this gazetteer")
    return [(name, types.get(name, kind), aliases) for name, kind, aliases in rows]


def _row(i: int, item: Any) -> _Row:
    if isinstance(item, str):
        return _check.text(f"entities[{i}]", item), None, []
    if not isinstance(item, Mapping) or not isinstance(item.get("name"), str):
        raise TypeError(f"entities[{i}] is {item!r:.60}; give a name, or a row with name, aliases and type")
    name, kind, aliases = item["name"], item.get("type"), item.get("aliases") or []
    _check.text(f"entities[{i}]", name)
    if kind is not None:
        _check.text(f"entities[{i}] {name!r}: type", kind)
    if isinstance(aliases, str):
        raise TypeError(f"entities[{i}] {name!r}: aliases is one str; wrap it in a list")
    if isinstance(aliases, Mapping) or not isinstance(aliases, Iterable):
        raise TypeError(f"entities[{i}] {name!r}: aliases is {type(aliases).__name__}; give a list of str")
    return name, kind, [_alias(i, name, alias) for alias in aliases]


def _alias(i: int, name: str, alias: Any) -> tuple[str, str | None]:
    place = f"entities[{i}] {name!r}: the alias {alias!r:.60}"
    if isinstance(alias, str):
        return _check.text(place, alias), None
    if isinstance(alias, (list, tuple)) and len(alias) == 2 and all(isinstance(part, str) for part in alias):
        return _check.text(place, alias[0]), alias[1]
    raise TypeError(f"{place} is no str and no pair (str, case policy)")
