"""`Result`: a typed table and the question that made it."""

from __future__ import annotations

import html
import math
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
# In a notebook, where a text has lines; and what stays on one there.
_LONGEST, _ONE_LINE = 200, 36
# A table of so few rows and so many columns is shown a column a line.
_FEW_ROWS, _MANY_COLUMNS = 3, 12


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

    def _take(self, rows: list[int]) -> Self:
        return type(self)(self._table.take(rows), self._question)

    def head(self, rows: int = SHOWN_ROWS) -> Self:
        """The first rows, as a result of the same question and kind."""
        return self._take(list(range(min(_check.whole("rows", rows), len(self)))))

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
        return f"{_text(self._table, self._by())}\n{self._caption()}"

    def _repr_html_(self) -> str:
        return f"{_html(self._table, self._by())}<p style='opacity:.7'>{html.escape(self._caption())}</p>"

    def _by(self) -> str | None:
        """What the documents were grouped by."""
        return self._question.get("by")

    def _caption(self) -> str:
        """The question in one line."""
        options = {k: v for k, v in self._question.items() if k not in ("verb", "measures")}
        told = ", ".join(f"{k}={v!r}" for k, v in options.items() if v is not None)
        measures = ", ".join(self._question.get("measures", {}))
        rows = amount(len(self), "row")
        made = f"{self._question.get('verb', 'result')}({told})"
        return f"{rows} · {made}" + (f" · measures: {measures}" if measures else "")


def amount(n: int, one: str, many: str = "") -> str:
    """A number of things: "1 term", "2 terms"."""
    return f"{n:,} {one if n == 1 else many or f'{one}s'}"


# Positions and numbers of things are names, not amounts: shown without separators. So are the years that
# documents are grouped `by`.
_NAMES = frozenset(
    {"doc", "sentence", "paragraph", "token", "start", "end", "position", "source_start", "target_start"}
    | {"doc_id", "first_seen", "last_seen"}
)


def shown(
    table: _core.Table, rows: int, longest: int = SHOWN_CHARACTERS, by: str | None = None
) -> list[list[str]]:
    """The first rows as people read them: numbers with separators, those of a column with as many decimals,
    nothing for null, texts on one line of `longest` characters. The column `by` names groups."""
    columns = []
    some = table.rows(0, min(rows, len(table)))
    for name in table.columns:
        values = [row[name] for row in some]
        if name in _NAMES or name == by:
            values = [str(v) if type(v) in (int, float) else v for v in values]
        digits = _digits(values)
        columns.append([_cell(v, digits, longest) for v in values])
    return [list(row) for row in zip(*columns, strict=True)]


def _digits(values: list[Any]) -> int:
    """How many decimals show four digits of the largest."""
    sizes = [abs(v) for v in values if isinstance(v, float) and 0 < abs(v) < math.inf]
    return min(max(3 - math.floor(math.log10(max(sizes))), 1), 6) if sizes else 1


def _cell(value: Any, digits: int, longest: int) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        # Of a value far below the others two digits are left, in powers of ten if need be.
        return f"{value:.2g}" if 0 < abs(value) < 10 ** (1 - digits) else f"{value:,.{digits}f}"
    text = " ".join(str(value).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


def lines(names: list[str], kinds: list[str], cells: list[list[str]]) -> Iterator[str]:
    """A table in letters of one width: texts to the left, numbers to the right."""
    widths = [max([len(n)] + [len(row[i]) for row in cells]) for i, n in enumerate(names)]
    for line in [names, *cells]:
        fit = (
            v.ljust(w) if kind == "text" else v.rjust(w)
            for v, w, kind in zip(line, widths, kinds, strict=True)
        )
        yield "  ".join(fit).rstrip()


def _is_upright(table: _core.Table) -> bool:
    """Whether columns are shown below each other: a few rows that would run out of every page."""
    return 0 < len(table) <= _FEW_ROWS and len(table.columns) > _MANY_COLUMNS


def _text(table: _core.Table, by: str | None) -> str:
    names, kinds, cells = table.columns, table.types, shown(table, SHOWN_ROWS, by=by)
    if not names:
        return "(no columns)"
    if _is_upright(table):
        width = max(map(len, names))
        columns = zip(*cells, strict=True)
        widths = [max(map(len, row)) for row in cells]
        return "\n".join(
            "  ".join([n.ljust(width), *(v.ljust(w) for v, w in zip(column, widths, strict=True))]).rstrip()
            for n, column in zip(names, columns, strict=True)
        )
    more = [f"… {len(table) - len(cells):,} more"] if len(table) > len(cells) else []
    return "\n".join([*lines(names, kinds, cells), *more])


def _html(table: _core.Table, by: str | None) -> str:
    names, kinds = table.columns, table.types
    # What is too wide is scrolled: numbers and names stay on one line, longer texts keep some width. Where a
    # text may be out of sight, it does not push the rows apart.
    wide = len(names) > _MANY_COLUMNS
    cells = shown(table, SHOWN_ROWS, SHOWN_CHARACTERS if wide else _LONGEST, by)
    line = SHOWN_CHARACTERS if wide else _ONE_LINE
    styles = [_style(kind, [row[i] for row in cells], line) for i, kind in enumerate(kinds)]

    def row(tag: str, values: list[str]) -> str:
        return "".join(
            f"<{tag} style='{style}'>{html.escape(v)}</{tag}>"
            for v, style in zip(values, styles, strict=True)
        )

    if _is_upright(table):
        left = "text-align:left;vertical-align:top"
        rows = (
            f"<th style='{left}'>{html.escape(name)}</th>"
            + "".join(f"<td style='{left}'>{html.escape(line[i])}</td>" for line in cells)
            for i, name in enumerate(names)
        )
        return f"<table><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"
    body = "".join(f"<tr>{row('td', values)}</tr>" for values in cells)
    more = len(table) - len(cells)
    told = f"<td colspan='{max(len(kinds), 1)}' style='text-align:left'>… {more:,} more</td>"
    foot = f"<tr>{told}</tr>" if more else ""
    return f"<table><thead><tr>{row('th', names)}</tr></thead><tbody>{body}{foot}</tbody></table>"


def _style(kind: str, values: list[str], line: int) -> str:
    if kind != "text":
        return "text-align:right;vertical-align:top;white-space:nowrap"
    if max(map(len, values), default=0) <= line:
        return "text-align:left;vertical-align:top;white-space:nowrap"
    return "text-align:left;vertical-align:top;min-width:20em;max-width:40em"
