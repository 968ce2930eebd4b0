"""From whatever holds texts to texts, ids and metadata columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from lexmill import _core
from lexmill._errors import ColumnError


class Documents(NamedTuple):
    """A column of texts with what is known of them."""

    texts: Any
    ids: Any
    meta: list[tuple[str, Any]]


def documents(source: Any, ids: Any, meta: Any, text: str | None = None, id: str | None = None) -> Documents:
    """Sorts out a column of texts, a table with such a column, or a mapping from ids to texts."""
    if isinstance(source, Mapping) and text is None and not _is_mapping_of_columns(source):
        if ids is not None:
            raise ValueError("ids: the texts are a mapping, whose keys are the ids; leave ids= out")
        return Documents(list(source.values()), list(source.keys()), _meta_columns(meta))
    if not _is_frame(source):
        for name, value in (("text", text), ("id", id)):
            if value is not None:
                raise TypeError(
                    f"{name}={value!r} names a column, but texts is {type(source).__name__}, not a table"
                )
        return Documents(source, ids, _meta_columns(meta))
    frame = _Frame(source)
    names = [meta] if isinstance(meta, str) else meta
    if names is None or isinstance(names, Mapping) or _is_frame(names):
        columns = _meta_columns(names)
    else:
        columns = [(name, frame.column("meta", name)) for name in names]
    if id is not None and ids is not None:
        raise ValueError("id= names the column of ids and ids= gives the ids; leave one of them out")
    texts = frame.column("text", frame.text_column() if text is None else text)
    return Documents(texts, ids if id is None else frame.column("id", id), columns)


def _meta_columns(meta: Any) -> list[tuple[str, Any]]:
    if meta is None:
        return []
    if _is_frame(meta):
        frame = _Frame(meta)
        return [(name, frame.column("meta", name)) for name in frame.names]
    if isinstance(meta, Mapping):
        return [(str(name), values) for name, values in meta.items()]
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


class _Frame:
    """A table of any library, column by column."""

    def __init__(self, source: Any) -> None:
        # Series of pandas and polars leave without their neighbours; the rest comes as one stream.
        by_name = isinstance(source, Mapping) or (hasattr(source, "columns") and hasattr(source, "iloc"))
        by_name = by_name or type(source).__module__.partition(".")[0] == "polars"
        self._source = source if by_name else _core.Frame(source)
        self.names = [str(n) for n in (source if isinstance(source, Mapping) else self._source.columns)]

    def column(self, argument: str, name: Any) -> Any:
        if name not in self.names:
            raise ColumnError(_no_column(argument, str(name), self.names))
        return self._source[name]

    def text_column(self) -> str:
        """The column called text, or the only one; else the caller must choose."""
        if "text" in self.names:
            return "text"
        if len(self.names) == 1:
            return self.names[0]
        raise ValueError(
            f'the texts are a table with the columns {", ".join(self.names)}; choose one with text="..."'
        )


def _no_column(argument: str, name: str, names: Iterable[str]) -> str:
    nearest = _core.nearest(name, list(names))
    hint = f" Did you mean {nearest!r}?" if nearest else ""
    return f"{argument}={name!r}: the table has no such column.{hint} The columns are {', '.join(names)}."
