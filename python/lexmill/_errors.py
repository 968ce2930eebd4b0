"""The exceptions that Python has no name for. Everywhere else the built-in one is raised:
`TypeError` for a thing of the wrong kind, `ValueError` for a value that cannot be used,
`FileNotFoundError` for a missing file, `MemoryError` for an answer beyond a stated limit,
`ImportError` for an optional library that is not installed."""

from __future__ import annotations


class ColumnError(KeyError):
    """A column that the table does not have; the message names those it has."""

    def __str__(self) -> str:
        # A KeyError shows the repr of its argument, which hides what the message says.
        return str(self.args[0]) if self.args else ""


class EntityError(KeyError):
    """A name that is no entity or alias of the gazetteer."""

    __str__ = ColumnError.__str__


class InternalError(RuntimeError):
    """A defect of lexmill, never of your data: please report it with the message."""
