"""From whatever holds texts to texts, ids and metadata columns."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, NamedTuple

from lexmill import _check, _core
from lexmill._errors import ColumnError
from lexmill._options import READING

Columns = list[tuple[str, Any]]


class Documents(NamedTuple):
    """A column of texts with what is known of them."""

    texts: Any
    ids: Any
    meta: Columns
    by: Any
    """What makes the groups; a column of the table is among `meta`, and this is its name."""


def documents(
    source: Any, ids: Any, meta: Any, text: Any = None, id: Any = None, *, by: Any = None
) -> Documents:
    """Sorts out a column of texts, a table with such a column, or a mapping from ids to texts."""
    if hasattr(source, "collect") and hasattr(source, "lazy") and not hasattr(source, "__arrow_c_stream__"):
        raise TypeError("texts is a lazy frame; call .collect() first")
    if isinstance(source, Mapping) and text is None and not _is_mapping_of_columns(source):
        if ids is not None:
            raise ValueError("ids: the texts are a mapping, whose keys are the ids; leave ids= out")
        given = Documents(list(source.values()), list(source.keys()), _meta_columns(meta), by)
    else:
        frame = _frame(source, named=text is not None or id is not None)
        given = (
            _of_column(source, ids, meta, text, id, by)
            if frame is None
            else _of_frame(frame, ids, meta, text, id, by)
        )
    columns = [("ids", ids), ("by", by), *((f"meta[{name!r}]", values) for name, values in given.meta)]
    for argument, values in columns:
        _check_order(argument, values, given.texts)
    names = ["doc_id"] if given.ids is not None else []
    for name, _ in given.meta:
        _check.text("a name in meta", name)
        if name in names:
            told = "the column of ids" if name == "doc_id" else "another column"
            raise ValueError(f"meta: the column {name!r} has the name of {told}; rename it or leave it out")
        names.append(name)
    return given


def _check_order(argument: str, values: Any, texts: Any) -> None:
    """Values go by their position. Where pandas holds both and its labels tell another order, that is a
    mistake."""
    ours: Any = getattr(texts, "index", None)
    theirs: Any = getattr(values, "index", None)
    if not hasattr(ours, "equals") or not hasattr(theirs, "equals") or len(ours) != len(theirs):
        return
    if not ours.equals(theirs) and ours.isin(theirs).all():
        raise ValueError(
            f"{argument}: its index has the labels of the texts in another order; put it in theirs with "
            ".reindex(texts.index), or give .to_numpy() to go by position"
        )


def _of_column(source: Any, ids: Any, meta: Any, text: Any, id: Any, by: Any) -> Documents:
    for name, value in (("text", text), ("id", id)):
        if value is not None:
            raise TypeError(
                f"{name}={value!r} names a column, but texts is {type(source).__name__}, not a table"
            )
    return Documents(source, ids, _meta_columns(meta), by)


def _of_frame(frame: _Frame, ids: Any, meta: Any, text: Any, id: Any, by: Any) -> Documents:
    names = [meta] if isinstance(meta, str) else meta
    if not isinstance(names, Iterable) or isinstance(names, Mapping) or _is_frame(names):
        columns = _meta_columns(names)
    else:
        columns = [(str(name), frame.column("meta", name)) for name in dict.fromkeys(names)]
    if isinstance(by, (str, int)):
        # "date:month" is a slice of the column "date", unless a column is called so.
        column = by.rpartition(":")[0] if isinstance(by, str) else ""
        name = column if by not in frame.names and column in frame.names else by
        columns = [(str(name), frame.column("by", name))]
        by = str(by)
    if id is not None and ids is not None:
        raise ValueError("id= names the column of ids and ids= gives the ids; leave one of them out")
    texts = frame.column("text", frame.text_column() if text is None else text)
    return Documents(texts, ids if id is None else frame.column("id", id), columns, by)


def refuse_fixed(**options: Any) -> None:
    """An error for each option that is given although the corpus has settled it."""
    for name, value in options.items():
        left_out = READING.get(name)
        if value is not left_out and not (isinstance(value, type(left_out)) and value == left_out):
            raise ValueError(f"{name}: the corpus has its own; build it with Corpus(..., {name}=...)")


def _meta_columns(meta: Any) -> Columns:
    if meta is None:
        return []
    if isinstance(meta, Mapping):
        return [(str(name), values) for name, values in meta.items()]
    frame = _frame(meta)
    if frame is not None:
        return [(str(name), frame.column("meta", name)) for name in frame.names]
    raise TypeError(
        "meta is no mapping from names to values and no table; names of columns need a table of texts"
    )


def _is_mapping_of_columns(source: Mapping[Any, Any]) -> bool:
    return any(isinstance(v, (list, tuple)) or hasattr(v, "__arrow_c_stream__") for v in source.values())


def _is_frame(source: Any) -> bool:
    if isinstance(source, Mapping):
        return _is_mapping_of_columns(source)
    if isinstance(source, _core.Frame) or type(source).__name__ == "DataFrame":
        return True
    return _core.is_table(source)


def _frame(source: Any, *, named: bool = False) -> _Frame | None:
    """The table that `source` is; `named` if the caller names a column, so that a bare stream is one."""
    if _is_frame(source):
        return _Frame(source)
    if named and hasattr(source, "__arrow_c_stream__") and not isinstance(source, Iterable):
        try:
            return _Frame(_core.Frame(source))
        except TypeError:
            return None
    return None


class _Frame:
    """A table of any library, column by column."""

    def __init__(self, source: Any) -> None:
        # Series of pandas and polars leave without their neighbours; the rest comes as one stream.
        by_name = isinstance(source, Mapping) or (hasattr(source, "columns") and hasattr(source, "iloc"))
        by_name = by_name or type(source).__module__.partition(".")[0] == "polars"
        by_name = by_name or isinstance(source, _core.Frame)
        self._source = source if by_name else _core.Frame(source)
        self.names: list[Any] = list(source if isinstance(source, Mapping) else self._source.columns)

    def column(self, argument: str, name: Any) -> Any:
        """The one column of this name; a label of pandas that is no str answers to its spelling too."""
        if not isinstance(name, Hashable):
            raise TypeError(f"{argument} is {type(name).__name__}; give the name of a column")
        labels = [label for label in self.names if label == name]
        labels = labels or [label for label in self.names if str(label) == name]
        if not labels:
            raise no_column(argument, name, [str(n) for n in self.names])
        if len(labels) > 1:
            raise ValueError(
                f"{argument}={name!r}: the table has {len(labels)} columns of this name; rename all but one"
            )
        return self._source[labels[0]]

    def text_column(self) -> Any:
        """The column called text, or the only one; else the caller must choose."""
        if "text" in self.names:
            return "text"
        if len(self.names) == 1:
            return self.names[0]
        names = ", ".join(map(str, self.names))
        raise ValueError(f'the texts are a table with the columns {names}; choose one with text="..."')


def no_column(argument: str, name: Any, names: Iterable[str], of: str = "table") -> ColumnError:
    """The error for a column that is not there."""
    nearest = _core.nearest(str(name), list(names))
    hint = f" Did you mean {nearest!r}?" if nearest else ""
    told = f"the {of} has no such column.{hint} The columns are {', '.join(names)}."
    return ColumnError(f"{argument}={name!r}: {told}")
