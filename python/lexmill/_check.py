"""Options as callers give them: an error names the argument, what was given and what is wanted."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from typing import Any

_MOST = 2**63 - 1


def whole(name: str, value: Any, least: int = 0, otherwise: str = "") -> int:
    """A whole number from `least`; `otherwise` says what else the caller may give."""
    wanted = f"{name}={value!r:.60}: give a whole number from {least}{otherwise}"
    if isinstance(value, bool):
        raise TypeError(wanted)
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(wanted) from None
    if number < least:
        raise ValueError(wanted)
    if number > _MOST:
        raise ValueError(f"{name}={value!r:.60}: give a whole number below 2**63")
    return number


def threads(value: Any) -> int | None:
    """A number of threads, None for all cores."""
    return None if value is None else whole("threads", value, 1, ", or None for all cores")


def progress(value: Any) -> Any:
    """What is called with the documents done and in all, or None."""
    if value is not None and not callable(value):
        raise TypeError(
            f"progress={value!r:.60}: give a function of the documents done and in all, or None for silence"
        )
    return value


def real(name: str, value: Any, wanted: str = "a number") -> float:
    """A number that a float can hold."""
    plain = isinstance(value, (str, bytes)) or type(value).__name__ in ("bool", "bool_")
    if plain or not hasattr(value, "__float__"):
        raise TypeError(f"{name}={value!r:.60}: give {wanted}")
    try:
        return float(value)
    except TypeError:
        raise TypeError(f"{name}={value!r:.60}: give {wanted}") from None
    except OverflowError:
        raise ValueError(f"{name}={value!r:.60}: give {wanted}") from None


def confidence(name: str, value: Any) -> float:
    """The confidence of an interval; the core knows its range."""
    return real(name, value, "a number between 0 and 1, such as 0.95")


def least(name: str, value: Any) -> Any:
    """The smallest count shown, as given; sums of fractions have one too."""
    number = real(name, value, "a number from 0, below 2**63")
    if not 0 <= number < _MOST:
        raise ValueError(f"{name}={value!r:.60}: give a number from 0, below 2**63")
    return value


def flag(name: str, value: Any) -> bool:
    """True or False, numpy's too."""
    if not isinstance(value, bool) and type(value).__name__ not in ("bool", "bool_"):
        raise TypeError(f"{name}={value!r:.60}: give True or False")
    return bool(value)


def text(place: str, value: Any) -> str:
    """A str that is text."""
    if not isinstance(value, str):
        raise TypeError(f"{place} is {type(value).__name__}, expected str")
    try:
        value.encode()
    except UnicodeEncodeError as e:
        raise ValueError(
            f"{place} has a lone surrogate at character {e.start}, which is no text; replace it with "
            'text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")'
        ) from None
    return value


def texts(name: str, values: Any) -> list[str]:
    """A collection of str; a bare one is not taken for its characters."""
    if isinstance(values, (str, bytes)):
        raise TypeError(f"{name} is one {type(values).__name__}; wrap it in a list")
    if isinstance(values, Mapping) or not isinstance(values, Iterable):
        raise TypeError(f"{name} is {type(values).__name__}, expected a list of str")
    return [text(f"{name}[{i}]", value) for i, value in enumerate(values)]


def several(name: str, values: Any) -> list[Any]:
    """A collection of anything; one str is none."""
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise TypeError(f"{name} is {type(values).__name__}, expected a list")
    return list(values)


def names(name: str, values: Any) -> list[str]:
    """One name or several, each once and in their order."""
    return list(dict.fromkeys([text(name, values)] if isinstance(values, str) else texts(name, values)))


def counts(name: str, values: Any) -> list[tuple[str, int]]:
    """Counts by name."""
    if not isinstance(values, Mapping):
        raise TypeError(f"{name} is {type(values).__name__}; give a mapping from names to counts")
    return [(text(f"a name in {name}", key), whole(f"{name}[{key!r}]", n)) for key, n in values.items()]


def position(what: str, value: Any, size: int, see: str, of: str = "") -> int:
    """A position among `size`, counted from the end if negative."""
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(
            f"a {what} is asked for by its number, not by {type(value).__name__}; see {see}"
        ) from None
    at = number + size if number < 0 else number
    if not 0 <= at < size:
        raise IndexError(f"{what} {number} of {of}{size}")
    return at


def mask(name: str, values: Any, size: int, what: str = "document") -> list[bool]:
    """A truth value for each of `size` documents or other things; 0 and 1 are taken for them."""
    if isinstance(values, (str, bytes, Mapping, set, frozenset)) or not isinstance(values, Iterable):
        raise TypeError(f"{name} is {type(values).__name__}; give True or False for each {what}, in order")
    if hasattr(values, "to_pylist"):
        values = values.to_pylist()
    keep = []
    for i, value in enumerate(values):
        plain = type(value).__name__ in ("bool", "bool_") or hasattr(value, "__index__")
        if not plain or int(value) not in (0, 1):
            raise TypeError(f"{name}[{i}] is {value!r:.60}; give True or False for each {what}")
        keep.append(bool(value))
    if len(keep) != size:
        raise ValueError(f"{name}: {len(keep)} values for {size} {what}s; give one for each {what}")
    return keep
