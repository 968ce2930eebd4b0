"""Names from tables and files: one row an alias, one row an entity, spaCy's patterns, Wikidata's labels."""

from __future__ import annotations

import csv
import json
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from lexmill import _core
from lexmill._errors import ColumnError
from lexmill._input import _Frame
from lexmill._result import amount

# name, type, aliases with their own case policy or None
Row = tuple[str, str | None, Sequence[tuple[str, str | None]]]
# What tables call a column, the first that is there.
_NAMES = ("canonical", "name", "entity", "itemLabel", "label")
_ALIASES = ("alias", "aliases", "altLabel", "itemAltLabel")
# Wikidata's label service writes all further labels of an item into one cell.
_SEVERAL = {"itemAltLabel"}
# Labels that nobody chose as names to look for: those without a letter, such as flags, are left out, with a
# warning.
_LABELS = {"altLabel", "itemAltLabel"}
# What tells two entities of one name apart.
_ITEM = "item"
_KNOWN = {*_NAMES, *_ALIASES, "type", "case", _ITEM}


class Rows(list[Row]):
    """Entities with the rows of the table that they come from."""

    def __init__(self) -> None:
        super().__init__()
        self.of: list[list[int]] = []
        self._items: list[str | None] = []
        self._place: dict[tuple[str, str | None], int] = {}

    def put(
        self,
        row: int,
        name: str,
        kind: str | None,
        aliases: Sequence[tuple[str, str | None]],
        item: str | None = None,
    ) -> None:
        """One row more of entity `name`, or of that of several of this name which `item` tells apart."""
        place = self._place.setdefault((name, item), len(self))
        if place == len(self):
            self.append((name, kind, aliases))
            self.of.append([row])
            self._items.append(item)
            return
        _, known, there = self[place]
        if kind is not None and known is not None and kind != known:
            first = self.of[place][0]
            raise ValueError(f"row {row}: {name!r} has the type {kind!r}, in row {first} it has {known!r}")
        self[place] = (name, known if kind is None else kind, [*there, *aliases])
        self.of[place].append(row)

    def apart(self) -> Rows:
        """These rows, where several entities of one name are called by their item too: "Georgia (Q230)". The
        name itself is then an alias that several claim."""
        often = Counter(name for name, _, _ in self)
        for place, item in enumerate(self._items):
            name, kind, aliases = self[place]
            if often[name] > 1 and item is not None:
                self[place] = (f"{name} ({item})", kind, [(name, None), *aliases])
        return self

    def told(self, error: ValueError) -> ValueError:
        """The error with the rows of the entities that it names."""

        def rows(found: re.Match[str]) -> str:
            of = self.of[int(found[1])]
            several = ", ".join(map(str, of[:3])) + (", …" if len(of) > 3 else "")
            return f"{found[0]} (row{'s' if len(of) > 1 else ''} {several})"

        return ValueError(re.sub(r"entities\[(\d+)\]", rows, str(error)))


def _text(value: Any) -> str | None:
    """A text without white space around it; none where it is missing or empty."""
    if value is None or value != value:
        return None
    return str(value).strip() or None


def of_table(source: Any) -> Rows:
    """The entities of a table: of any library, or a mapping from names to columns."""
    frame = _Frame(source)
    wanted = [name for name in frame.names if name in _KNOWN]
    if hasattr(source, "to_pydict"):
        # A table of pyarrow's may hold lists.
        return of_columns(source.select(wanted).to_pydict() if wanted else {name: [] for name in frame.names})
    columns = {name: _values(frame.column("entities", name)) for name in wanted}
    return of_columns(columns or {name: [] for name in frame.names})


def _values(column: Any) -> list[Any]:
    """The values of a column of texts or of lists of texts."""
    for read in ("to_list", "tolist"):
        if hasattr(column, read):
            return list(getattr(column, read)())
    return list(column) if isinstance(column, (list, tuple)) else _core.Table.of([("x", column)]).column("x")


def of_columns(columns: Mapping[str, list[Any]], first: int = 0) -> Rows:
    """The entities of columns by name; errors count rows from `first`."""
    name_column = next((c for c in _NAMES if c in columns), None)
    if name_column is None:
        raise ColumnError(
            f"entities: no column canonical or name; the columns are {', '.join(columns) or 'none'}"
        )
    alias_column = next((c for c in _ALIASES if c in columns), None)
    size = len(columns[name_column])
    nothing: list[Any] = [None] * size
    aliases = nothing if alias_column is None else columns[alias_column]
    kinds, cases = columns.get("type", nothing), columns.get("case", nothing)
    items = columns.get(_ITEM, nothing)
    rows = Rows()
    wordless: list[tuple[int, str]] = []
    for row in range(size):
        name = _text(columns[name_column][row])
        if name is None:
            raise ValueError(f"entities: row {first + row} has no {name_column}")
        found = aliases[row]
        if isinstance(found, str) and alias_column in _SEVERAL:
            found = found.split(", ")
        if hasattr(found, "tolist"):
            found = found.tolist()
        several = [found] if isinstance(found, str) or not isinstance(found, (list, tuple)) else found
        case = _text(cases[row])
        texts = [text for text in map(_text, several) if text is not None and (text != name or case)]
        if alias_column in _LABELS:
            wordless += [(first + row, text) for text in texts if not _has_word(text)]
            texts = [text for text in texts if _has_word(text)]
        rows.put(first + row, name, _text(kinds[row]), [(text, case) for text in texts], _item(items[row]))
    if wordless:
        told = ", ".join(f"{text!r} (row {row})" for row, text in wordless[:3])
        more = ", …" if len(wordless) > 3 else ""
        warnings.warn(
            f"entities: {amount(len(wordless), 'label')} without a letter or digit, not looked for: "
            f"{told}{more}",
            stacklevel=2,
        )
    return rows.apart()


def _item(value: Any) -> str | None:
    """An item of Wikidata, which gives it by its address."""
    return (_text(value) or "").rpartition("/")[2] or None


def _has_word(text: str) -> bool:
    return any(c.isalnum() for c in text)


def of_file(path: str | PathLike[str]) -> tuple[Any, dict[str, Any]]:
    """What a file holds, and the options that stand beside it."""
    file = Path(path)
    kind = file.suffix.lower()
    if kind == ".parquet":
        from lexmill._optional import optional

        return of_table(optional("pyarrow.parquet", "arrow").read_table(file)), {}
    try:
        content = file.read_text(encoding="utf-8-sig")
        if kind in (".csv", ".tsv"):
            return _of_csv(content, "\t" if kind == ".tsv" else ","), {}
        if kind in (".jsonl", ".ndjson"):
            return _of_lines(content), {}
        if kind != ".json":
            raise ValueError("give .json, .jsonl, .ndjson, .csv, .tsv or .parquet")
        found = json.loads(content)
    except UnicodeDecodeError as e:
        raise ValueError(f"{path} is no UTF-8: {e}") from None
    except json.JSONDecodeError as e:
        raise ValueError(f"{path} is no JSON file: {e}") from e
    except (ValueError, ColumnError) as e:
        raise type(e)(f"{path}: {e}") from None
    if isinstance(found, Mapping) and "entities" in found:
        return found["entities"], {k: found[k] for k in ("case", "overlap", "ambiguous") if k in found}
    return found, {}


def _of_csv(content: str, separator: str) -> Rows:
    lines = list(csv.reader(content.splitlines(keepends=True), delimiter=separator, strict=True))
    head, body = (lines[0], lines[1:]) if lines else ([], [])
    for row, line in enumerate(body, 2):
        if line and len(line) != len(head):
            raise ValueError(f"row {row} has {len(line)} cells, the first row has {len(head)}")
    full = [line for line in body if line]
    return of_columns({name: [line[i] for line in full] for i, name in enumerate(head)}, first=2)


def _of_lines(content: str) -> Rows:
    """One JSON value a line: spaCy's patterns, rows of aliases, or rows of entities."""
    items = []
    for number, line in enumerate(content.splitlines(), 1):
        if line.strip():
            try:
                items.append((number, json.loads(line)))
            except ValueError as e:
                raise ValueError(f"line {number} is no JSON: {e}") from None
    return of_items(items, "line")


def of_items(items: Iterable[tuple[int, Any]], kind: str) -> Rows:
    """Names, spaCy's patterns, rows of aliases or rows of entities; errors count them as lines or items."""
    rows = Rows()
    patterns: dict[str, list[tuple[str, str | None]]] = {}
    for number, item in items:
        if isinstance(item, str):
            rows.put(number, item, None, [])
        elif not isinstance(item, Mapping):
            raise ValueError(f"{kind} {number} is {item!r:.60}; give a name or an object")
        elif "pattern" in item:
            alias = _pattern(f"{kind} {number}", item["pattern"])
            called = _text(item.get("id")) or alias[0]
            rows.put(number, called, _text(item.get("label")), [] if alias == (called, None) else [alias])
            patterns.setdefault(called, []).append(alias)
        else:
            name, of, aliases = of_columns({key: [value] for key, value in item.items()}, first=number)[0]
            rows.put(number, name, of, aliases, _item(item.get(_ITEM)))
    # An id that is no pattern itself is a name for us, nothing to look for.
    for place, (name, of, aliases) in enumerate(rows):
        own = patterns.get(name, [(name, None)])
        if all(text != name and (case != "ignore" or text.lower() != name.lower()) for text, case in own):
            rows[place] = (name, of, [*aliases, (name, "never")])
    return rows.apart()


def _pattern(place: str, pattern: Any) -> tuple[str, str | None]:
    """A pattern of spaCy's EntityRuler as an alias with its case policy."""
    if isinstance(pattern, str):
        return pattern, None
    words, case = [], None
    for token in pattern if isinstance(pattern, list) else [None]:
        known = next(iter(token)) if isinstance(token, Mapping) and len(token) == 1 else None
        word = token[known] if known in ("LOWER", "TEXT", "ORTH") and isinstance(token, Mapping) else None
        if not isinstance(word, str):
            raise ValueError(
                f"{place}: the pattern {pattern!r:.80} is more than words by LOWER, TEXT or ORTH, "
                "which is all that a gazetteer knows"
            )
        case = "ignore" if known == "LOWER" else case
        words.append(word)
    return " ".join(words), case
