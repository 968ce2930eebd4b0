"""Which rows of a table meet what `filter` is asked for."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lexmill import _check


def met(
    conditions: Mapping[str, Any], names: Iterable[str], column: Callable[[str], list[Any]], keep: list[bool]
) -> list[bool]:
    """Those of `keep` that meet all conditions: `min_X` and `max_X` of a column X, or a column by its name
    for one value or several. An undefined value meets no condition but None."""
    known = set(names)
    for name, wanted in conditions.items():
        bound, _, of = name.partition("_")
        if name in known or bound not in ("min", "max") or not of:
            allowed = list(wanted) if isinstance(wanted, (list, set, frozenset, range)) else [wanted]
            values = column(name)
            _check_values(name, allowed, values)
            now = [value in allowed for value in values]
        else:
            values = column(of)
            _check_bound(name, wanted, values)
            if bound == "min":
                now = [value is not None and value >= wanted for value in values]
            else:
                now = [value is not None and value <= wanted for value in values]
        keep = [before and one for before, one in zip(keep, now, strict=True)]
    return keep


def _check_values(name: str, wanted: Iterable[Any], values: list[Any]) -> None:
    """Values must be of the kind that the column holds, or none could be met."""
    texts = any(isinstance(value, str) for value in values)
    for one in wanted:
        if texts and not isinstance(one, str) and one is not None:
            raise TypeError(f"{name}={one!r:.60}: the column holds texts; give {str(one)!r:.60}")
        if values and not texts and isinstance(one, str) and any(value is not None for value in values):
            raise TypeError(f"{name}={one!r:.60}: the column holds numbers; give a number")


def _check_bound(name: str, wanted: Any, values: list[Any]) -> None:
    """A bound must be comparable with what the column holds."""
    there = next((value for value in values if value is not None), None)
    if isinstance(there, str):
        if not isinstance(wanted, str):
            raise TypeError(f"{name}={wanted!r:.60}: the column holds texts; give a str")
    elif there is not None and math.isnan(_check.real(name, wanted)):
        raise ValueError(f"{name}={wanted!r:.60}: give a number")
