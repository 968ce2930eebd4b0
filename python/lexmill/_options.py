"""Options that several verbs take, in the form in which the core takes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lexmill import _check, _core

# What the options of reading are when they are not given.
READING = {"language": "en", "abbreviations": (), "repair_breaks": False, "line_breaks": "auto"}
WordLists = Mapping[str, Iterable[str]]


def by_name(by: Any) -> str | None:
    """What a result says of the groups that were asked for."""
    if by is None or isinstance(by, str):
        return by
    name = getattr(by, "name", None)
    return name if isinstance(name, str) else "group"


def group_name(argument: str, group: Any, by: str | None, known: Mapping[str | None, Any]) -> str | None:
    """What a group is called in the core, given by its value or its name; `known` are the values by name."""
    name = _core.group_name(argument, group)
    # A day is a moment where it comes as one.
    for found in (name, name and name.removesuffix("T00:00:00")):
        if found in known:
            return found
    told = ", ".join(sorted(map(repr, known.values())))
    raise ValueError(f"{argument}={group!r:.60} is no group of by={by!r}. The groups are {told}.")


def named_lists(lists: WordLists | None) -> list[tuple[str, list[str]]]:
    """Lists of familiar words by name."""
    if lists is None:
        return []
    if not isinstance(lists, Mapping):
        raise TypeError(
            f"word_lists is {type(lists).__name__}; give a mapping such as {{'spache': ['a', 'able', ...]}}"
        )
    return [
        (_check.text("a name in word_lists", name), _check.texts(f"word_lists[{name!r}]", words))
        for name, words in lists.items()
    ]


def list_sizes(lists: list[tuple[str, list[str]]]) -> dict[str, int] | None:
    """What a result says of the lists: their names and how many words each has."""
    return {name: len(words) for name, words in lists} or None
