"""Texts from files, and the sample that ships with the package."""

from __future__ import annotations

import codecs
import csv
import glob
import io
import json
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Literal

from lexmill import _check
from lexmill._errors import ColumnError
from lexmill.corpus import Corpus
from lexmill.gazetteer import Gazetteer
from lexmill.tokens import Tokens

Row = dict[str, Any]
Paths = str | PathLike[str] | Iterable[str | PathLike[str]]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(
    paths: Paths,
    *,
    text: str = "text",
    id: str | None = None,
    meta: Iterable[str] = (),
    encoding: str | None = None,
    tokens: Tokens | None = None,
    language: str = "en",
    abbreviations: Iterable[str] = (),
    repair_breaks: bool = False,
    line_breaks: Literal["auto", "space", "end"] = "auto",
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Corpus:
    """Read files into a corpus.

    Parameters
    ----------
    paths : path, glob pattern, or iterable of them
        `.txt` and `.md` hold one document each, `.jsonl`, `.ndjson`, `.csv` and `.tsv` one a row,
        `.parquet` too (with pyarrow). The matches of a pattern come in the order of their names.
    text : str, default "text"
        The field or column with the text.
    id : str, optional
        The field with the id, kept as a str; null is a missing id. Default: the name of the file, with
        the row's number where a file holds several.
    meta : iterable of str, optional
        Further fields to keep.
    encoding : str, optional
        Default: UTF-8, or what the byte order mark says.
    tokens, language, abbreviations, repair_breaks, line_breaks, threads, progress
        As in `Corpus`.

    Returns
    -------
    Corpus
        With ids and metadata.

    Raises
    ------
    FileNotFoundError
        If there is no such file, or a pattern matches none.
    ColumnError
        If a row lacks a named field; the message names file and row.
    ValueError
        If a file cannot be read, or a wanted field stands there twice; the message names file and line
        or byte.

    Examples
    --------
    >>> import lexmill as lm, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("One text.", encoding="utf-8")
    >>> lm.read(folder / "*.txt")
    Corpus(1 document, 1 sentence, 2 tokens, 2 types)
    """
    _check.text("text", text)
    _check.progress(progress)
    meta = _check.names("meta", meta)
    rows: list[Row] = []
    for path in find(paths):
        rows.extend(_read_file(path, text, id, meta, encoding))
    return Corpus(
        [row["text"] for row in rows],
        ids=[row["id"] for row in rows],
        meta={name: [row["meta"][name] for row in rows] for name in meta},
        tokens=tokens,
        language=language,
        abbreviations=abbreviations,
        repair_breaks=repair_breaks,
        line_breaks=line_breaks,
        threads=threads,
        progress=progress,
    )


def find(paths: Paths) -> list[Path]:
    """The files that `paths` names, in order."""
    if isinstance(paths, (str, PathLike)):
        paths = [paths]
    if isinstance(paths, bytes) or not isinstance(paths, Iterable):
        raise TypeError(f"paths is {type(paths).__name__}; give a path, a pattern, or a list of them")
    found: list[Path] = []
    for i, entry in enumerate(paths):
        if not isinstance(entry, (str, PathLike)):
            raise TypeError(f"paths[{i}] is {type(entry).__name__}, expected a path or a pattern")
        path = Path(fspath(entry))
        if path.is_dir():
            raise IsADirectoryError(f"{path} is a folder; name its files, e.g. {str(path / '*.txt')!r}")
        if path.exists():
            found.append(path)
            continue
        matches = sorted(glob.glob(str(path), recursive=True))
        if not matches:
            problem = "no file matches" if glob.has_magic(str(path)) else "no such file:"
            raise FileNotFoundError(f"{problem} {str(path)!r}")
        found.extend(Path(match) for match in matches if not Path(match).is_dir())
    return found


def _read_file(path: Path, text: str, id: str | None, meta: list[str], encoding: str | None) -> Iterator[Row]:
    kind = path.suffix.lower()
    if kind in (".txt", ".md", ""):
        if meta:
            raise ValueError(f"meta: {path} is plain text and has no fields")
        yield {"id": path.name, "text": _decode(path, encoding), "meta": {}}
        return
    wanted = [text, *([id] if id else []), *meta]
    readers: dict[str, Callable[[Path, str | None, list[str]], Iterator[tuple[str, Row]]]] = {
        ".jsonl": _jsonl,
        ".ndjson": _jsonl,
        ".csv": _csv,
        ".tsv": _csv,
        ".parquet": _parquet,
    }
    if kind not in readers:
        known = ", ".join([".txt", ".md", *readers])
        raise ValueError(f"{path}: files ending in {kind!r} cannot be read; the known ones are {known}")
    for i, (place, row) in enumerate(readers[kind](path, encoding, wanted)):
        for name in wanted:
            if name not in row:
                raise ColumnError(f"{place} has no field {name!r}; it has {', '.join(map(str, row))}")
        value = row[text]
        if value is not None and not isinstance(value, str):
            found = type(value).__name__
            raise ValueError(f"{place}: the field {text!r} is {found}, expected a text or null")
        if id is None:
            label: str | None = f"{path.name}:{i + 1}"
        else:
            label = None if row[id] is None else str(row[id])
        yield {"id": label, "text": value, "meta": {m: row[m] for m in meta}}


def _decode(path: Path, encoding: str | None) -> str:
    raw = path.read_bytes()
    if encoding is None:
        encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        # Line ends are kept: positions in the text are positions in the file.
        return raw.decode(encoding)
    except UnicodeDecodeError as e:
        line = raw.count(b"\n", 0, e.start) + 1
        raise ValueError(
            f"{path}, line {line}: byte {e.start} (0x{raw[e.start]:02x}) is not {encoding}; "
            'name the encoding of the file, e.g. encoding="latin-1"'
        ) from None


def _refuse_twice(place: str, names: list[str], wanted: list[str]) -> None:
    """A row holds one value of a name; which of two was meant cannot be known."""
    for name in wanted:
        if names.count(name) > 1:
            raise ValueError(f"{place} has {names.count(name)} fields {name!r}; rename all but one")


def _jsonl(path: Path, encoding: str | None, wanted: list[str]) -> Iterator[tuple[str, Row]]:
    for number, line in enumerate(_decode(path, encoding).split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path}, line {number}"
        try:
            row = json.loads(line, object_pairs_hook=_Object)
        except ValueError as e:
            raise ValueError(f"{place} is no JSON: {e}") from None
        if not isinstance(row, _Object):
            raise ValueError(f"{place} is {type(row).__name__}, expected a JSON object")
        if row.names is not None:
            _refuse_twice(place, row.names, wanted)
        yield place, row


class _Object(dict[str, Any]):
    """A JSON object that remembers its names where one stands twice."""

    __slots__ = ("names",)

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.names = [name for name, _ in pairs] if len(self) < len(pairs) else None


def _csv(path: Path, encoding: str | None, wanted: list[str]) -> Iterator[tuple[str, Row]]:
    content = _decode(path, encoding)
    # A text may be longer than the module's limit of 131,072 characters for a field.
    limit = csv.field_size_limit(max(len(content) + 1, 131_072))
    try:
        separator = "\t" if path.suffix.lower() == ".tsv" else ","
        # Rows end where CSV has them end; form feeds, U+0085, U+2028 and their like are text.
        rows = csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=True)
        header = next(rows, [])
        _refuse_twice(f"{path}, line {rows.line_num}", header, wanted)
        for name in wanted:
            if header and name not in header:
                told = f"it has {', '.join(header)}"
                raise ColumnError(f"{path}, line {rows.line_num} has no field {name!r}; {told}")
        for row in rows:
            place = f"{path}, line {rows.line_num}"
            if len(row) != len(header):
                if not row:
                    continue
                raise ValueError(f"{place} has {len(row)} fields, the header has {len(header)}")
            yield place, dict(zip(header, row, strict=True))
    except csv.Error as e:
        raise ValueError(f"{path}: {e}") from None
    finally:
        csv.field_size_limit(limit)


def _parquet(path: Path, encoding: str | None, wanted: list[str]) -> Iterator[tuple[str, Row]]:
    from lexmill._optional import optional

    if encoding is not None:
        raise ValueError(f"encoding: {path} is Parquet, whose texts are always UTF-8")
    optional("pyarrow", "arrow")
    table = optional("pyarrow.parquet", "arrow").read_table(path)
    _refuse_twice(str(path), table.column_names, wanted)
    for i, row in enumerate(table.to_pylist()):
        yield f"{path}, row {i + 1}", row


def sample(*, tokens: Tokens | None = None, threads: int | None = None) -> tuple[Corpus, Gazetteer]:
    """The sample that ships with the package, and the names in it.

    48 short articles of two invented outlets over six months (CC0), with `outlet`, `date`, `month`,
    `section` and `headline` as metadata.

    Examples
    --------
    >>> import lexmill as lm
    >>> corpus, names = lm.sample()
    >>> len(corpus), len(names)
    (48, 80)
    """
    data = resources.files("lexmill") / "data"
    lines = (data / "sample.jsonl").read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    meta = {name: [row[name] for row in rows] for name in ("outlet", "date", "section", "headline")}
    meta["month"] = [row["date"][:7] for row in rows]
    corpus = Corpus(
        [row["text"] for row in rows],
        ids=[row["id"] for row in rows],
        meta=meta,
        tokens=tokens,
        threads=threads,
    )
    content = json.loads((data / "sample_gazetteer.json").read_text(encoding="utf-8"))
    return corpus, Gazetteer(content["entities"])
