"""Slices of time from a column of dates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

from lexmill import _core

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?$")
# A time of day after the date, as far as it can be wrong.
_CLOCK = re.compile(r".{10}[T ](\d{2})(?::?(\d{2})(?::?(\d{2}))?)?")


class Slices(list[str | None]):
    """The slice of each document, and what it is called."""

    def __init__(self, values: list[str | None], name: str) -> None:
        super().__init__(values)
        self.name = name


def _day(year: int, month: int | None, day: int | None) -> datetime.date:
    if month is None or day is None:
        raise ValueError
    return datetime.date(year, month, day)


def _month(year: int, month: int | None, _day: int | None) -> str:
    if month is None or not 1 <= month <= 12:
        raise ValueError
    return f"{year:04}-{month:02}"


def _quarter(year: int, month: int | None, day: int | None) -> str:
    return f"{year:04}-Q{(int(_month(year, month, day)[5:]) + 2) // 3}"


def _week(year: int, month: int | None, day: int | None) -> str:
    of_year, week, _ = _day(year, month, day).isocalendar()
    return f"{of_year:04}-W{week:02}"


_UNITS: dict[str, Callable[[int, int | None, int | None], str]] = {
    "year": lambda year, _month, _day: f"{year:04}",
    "quarter": _quarter,
    "month": _month,
    "week": _week,
    "day": lambda year, month, day: _day(year, month, day).isoformat(),
}


def column_of(by: str) -> str:
    """The column that is meant: "date" of "date:month"."""
    column, _, unit = by.rpartition(":")
    return column if column and unit in _UNITS else by


def sliced(core: _core.Corpus, by: Any) -> Any:
    """What `by=` means: "date:month" and "month" are worked out from a column of dates."""
    if not isinstance(by, str):
        return by
    meta = core.meta()
    if by in meta.columns:
        return by
    column, colon, unit = by.rpartition(":")
    if unit not in _UNITS or (colon and column not in meta.columns):
        if colon and column in meta.columns:
            raise ValueError(f"by={by!r}: {unit!r} is no slice of time. Allowed: {', '.join(_UNITS)}.")
        return by
    if not colon:
        dated = [name for name in meta.columns if name != "doc_id" and _is_dated(meta.column(name))]
        if len(dated) != 1:
            return by
        column = dated[0]
    values = meta.column(column)
    return Slices([_slice(by, unit, doc, value) for doc, value in enumerate(values)], unit)


def _is_dated(values: list[Any]) -> bool:
    there = [value for value in values if value is not None]
    return bool(there) and all(isinstance(v, str) and "-" in v and _DATE.match(v) for v in there)


def _slice(by: str, unit: str, doc: int, value: Any) -> str | None:
    if value is None:
        return None
    try:
        found = _DATE.match(str(value))
        if found is None:
            raise ValueError
        year, month, day = (None if part is None else int(part) for part in found.groups())
        _possible(str(value), year or 0, month, day)
        return _UNITS[unit](year or 0, month, day)
    except ValueError:
        raise ValueError(
            f"by={by!r}: the value {value!r} of documents[{doc}] does not tell its {unit}; "
            "give dates as 2024-03-15 (ISO 8601), or None"
        ) from None


def _possible(value: str, year: int, month: int | None, day: int | None) -> None:
    """An error for a day that no calendar has, and an hour that no clock shows; 24:00 ends a day, and a
    minute may have a leap second."""
    if month is None:
        return
    datetime.date(year, month, 1 if day is None else day)
    if clock := _CLOCK.match(value):
        hour, minute, second = (int(part or 0) for part in clock.groups())
        if minute > 59 or second > 60 or (hour, minute, second) > (24, 0, 0):
            raise ValueError


def span_of(label: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of a slice; None if the label is no time."""
    one = datetime.timedelta(days=1)
    try:
        if week := re.fullmatch(r"(\d{4})-W(\d{2})", label):
            first = datetime.date.fromisocalendar(int(week[1]), int(week[2]), 1)
            return first, first + 6 * one
        if quarter := re.fullmatch(r"(\d{4})-Q([1-4])", label):
            return _months(int(quarter[1]), 3 * int(quarter[2]) - 2, 3)
        found = _DATE.fullmatch(label)
        if found is None:
            return None
        year, month, day = (None if part is None else int(part) for part in found.groups())
        if month is None:
            return _months(year or 0, 1, 12)
        if day is None:
            return _months(year or 0, month, 1)
        exact = datetime.date(year or 0, month, day)
    except ValueError:
        return None
    return exact, exact


def _months(year: int, month: int, months: int) -> tuple[datetime.date, datetime.date]:
    after = year * 12 + month - 1 + months
    last = datetime.date(after // 12, after % 12 + 1, 1) - datetime.timedelta(days=1)
    return datetime.date(year, month, 1), last


def times(labels: list[str | None]) -> list[float] | None:
    """When each slice is, in steps of its own kind: years, quarters, months, weeks, days, or the numbers that
    the labels are; None where they tell no time. NaN for no label."""
    there = [label for label in labels if label is not None]
    for step in (_step, _number):
        found = {label: step(label) for label in there}
        if there and None not in found.values() and len({type(v) for v in found.values()}) == 1:
            kinds = {v[0] for v in found.values() if isinstance(v, tuple)}
            if len(kinds) <= 1:
                return [float("nan") if label is None else _value(found[label]) for label in labels]
    return None if there else [float("nan") for _ in labels]


def _value(found: Any) -> float:
    return float(found[1] if isinstance(found, tuple) else found)


def _step(label: str) -> tuple[str, int] | None:
    span = span_of(label)
    if span is None:
        return None
    first, last = span
    days = (last - first).days
    if days == 0:
        return "day", first.toordinal()
    if days == 6:
        return "week", first.toordinal() // 7
    months = first.year * 12 + first.month - 1
    if days > 300:
        return "year", first.year
    return ("quarter", months // 3) if days > 80 else ("month", months)


def _number(label: str) -> float | None:
    try:
        return float(label)
    except ValueError:
        return None
