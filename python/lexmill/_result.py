"""`Result`: a typed table and the question that made it."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self, SupportsIndex

from lexmill import _check, _core
from lexmill._optional import optional

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

SHOWN_ROWS = 10
SHOWN_CHARACTERS = 60


class Frozen:
    """What nothing changes is its own copy."""

    __slots__ = ()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


class Result(Frozen):
    """A read-only typed table with the question that made it.

    Any Arrow library reads it without a copy: `polars.DataFrame(result)`, `pyarrow.table(result)`,
    `duckdb.sql("from result")`. Undefined values are null, never 0. No two columns have one name, and a
    result can be pickled.

    Attributes
    ----------
    columns : list of str
        The names of the columns.
    question : mapping
        What was asked: the verb, its options, the tokens, and formula and source of each measure.

    Examples
    --------
    >>> import lexmill as lm
    >>> result = lm.word_frequencies(["a rose is a rose"])
    >>> result.columns
    ['term', 'count', 'rank', 'per_million', 'doc_freq', 'doc_share']
    >>> len(result), result[0]["term"], result.column("count")
    (3, 'a', [2, 2, 1])
    """

    __slots__ = ("_question", "_table")

    def __init__(self, table: _core.Table, question: Mapping[str, Any]) -> None:
        names = table.columns
        for name in {name for name in names if names.count(name) > 1}:
            raise ValueError(
                f"the result would have two columns {name!r}, one of them that of by= or of the metadata; "
                f"rename that one, or pass its values as a list, by=[...], whose column is called 'group'"
            )
        self._table = table
        self._question = dict(question)

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return self._table.columns

    @property
    def question(self) -> Mapping[str, Any]:
        """What was asked, with every option."""
        return MappingProxyType(self._question)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self._table), len(self._table.columns)

    def __len__(self) -> int:
        return len(self._table)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._table, self._question)

    def __getitem__(self, row: SupportsIndex) -> dict[str, Any]:
        at = _check.position("row", row, len(self), "column(name)")
        return self._table.rows(at, at + 1)[0]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for start in range(0, len(self), 4096):
            yield from self._table.rows(start, min(start + 4096, len(self)))

    def column(self, name: str) -> list[Any]:
        """The values of one column; None where undefined.

        Raises
        ------
        ColumnError
            If there is no such column.
        """
        return self._table.column(name)

    def head(self, rows: int = SHOWN_ROWS) -> Result:
        """The first rows, as a result of the same question."""
        rows = min(_check.whole("rows", rows), len(self))
        return Result(self._table.take(list(range(rows))), self._question)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Each row as a dict."""
        return self._table.rows(0, len(self))

    def to_polars(self) -> pl.DataFrame:
        """The table in polars, without a copy."""
        polars = optional("polars", "polars")
        frame: pl.DataFrame = polars.DataFrame(self)
        return frame

    def to_arrow(self) -> pa.Table:
        """The table in pyarrow, without a copy. The question stands in the schema's metadata."""
        pyarrow = optional("pyarrow", "arrow")
        table: pa.Table = pyarrow.table(self)
        return table.replace_schema_metadata({"lexmill": repr(self._question)})

    def to_pandas(self) -> pd.DataFrame:
        """The table in pandas; with pyarrow installed through it, else value by value."""
        pandas = optional("pandas", "pandas")
        try:
            import pyarrow
        except ImportError:
            frame: pd.DataFrame = pandas.DataFrame({name: self.column(name) for name in self.columns})
        else:
            frame = pyarrow.table(self).to_pandas()
        return frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"{_text(self._table)}\n{self._caption()}"

    def _repr_html_(self) -> str:
        return f"{_html(self._table)}<p style='opacity:.7'>{html.escape(self._caption())}</p>"

    def _caption(self) -> str:
        """The question in one line."""
        options = {k: v for k, v in self._question.items() if k not in ("verb", "measures")}
        told = ", ".join(f"{k}={v!r}" for k, v in options.items() if v is not None)
        measures = ", ".join(self._question.get("measures", {}))
        rows = f"{len(self):,} rows" if len(self) != 1 else "1 row"
        made = f"{self._question.get('verb', 'result')}({told})"
        return f"{rows} · {made}" + (f" · measures: {measures}" if measures else "")


def cell(value: Any) -> str:
    """A value as people read it: numbers with separators, floats to four digits, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.1f}" if abs(value) >= 1000 else f"{value:.4g}"
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


# Positions and numbers of things are names, not amounts: shown without separators.
_NAMES = frozenset({"doc", "sentence", "paragraph", "token", "start", "end", "position"})


def _cells(table: _core.Table) -> list[list[str]]:
    rows = table.rows(0, min(SHOWN_ROWS, len(table)))
    return [[str(v) if k in _NAMES and v is not None else cell(v) for k, v in row.items()] for row in rows]


def _text(table: _core.Table) -> str:
    names, kinds, cells = table.columns, table.types, _cells(table)
    if not names:
        return "(no columns)"
    widths = [max([len(n)] + [len(row[i]) for row in cells]) for i, n in enumerate(names)]

    def line(values: list[str]) -> str:
        fit = (
            v.ljust(w) if kind == "text" else v.rjust(w)
            for v, w, kind in zip(values, widths, kinds, strict=True)
        )
        return "  ".join(fit).rstrip()

    more = [f"… {len(table) - len(cells):,} more"] if len(table) > len(cells) else []
    return "\n".join([line(names), *(line(row) for row in cells), *more])


def _html(table: _core.Table) -> str:
    kinds = table.types

    def row(tag: str, values: list[str]) -> str:
        align = ("left" if kind == "text" else "right" for kind in kinds)
        return "".join(
            f"<{tag} style='text-align:{a}'>{html.escape(v)}</{tag}>"
            for v, a in zip(values, align, strict=True)
        )

    cells = _cells(table)
    body = "".join(f"<tr>{row('td', values)}</tr>" for values in cells)
    more = len(table) - len(cells)
    foot = f"<tr><td colspan='{max(len(kinds), 1)}'>… {more:,} more</td></tr>" if more else ""
    return f"<table><thead><tr>{row('th', table.columns)}</tr></thead><tbody>{body}{foot}</tbody></table>"
