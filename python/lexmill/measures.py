"""The tables of measures: every number says how it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from lexmill import _check, _core
from lexmill._result import Result

Family = Literal[
    "association",
    "p_values",
    "intervals",
    "p_adjust",
    "permutation",
    "backbone",
    "trend",
    "difference",
    "readability",
]


def measures(kind: Family | None = None) -> Result:
    """The measures that lexmill computes.

    Parameters
    ----------
    kind : str, optional
        One family: "association", "p_values", "intervals", "p_adjust", "permutation", "backbone", "trend",
        "difference" or "readability". Default: all.

    Returns
    -------
    Result
        One row a measure: `family`, `name` (also the name of its column), `formula`, `source`,
        `range`, `undefined` (when it has no value).

    Examples
    --------
    >>> import lexmill as lm
    >>> {row["name"]: row["formula"] for row in lm.measures("association")}["pmi"]
    'log2(o11 / e11)'
    """
    name = None if kind is None else _check.text("kind", kind)
    return Result(_core.measures(name), {"verb": "measures", "kind": kind})


def cite(name: str) -> str:
    """The source of a measure, for a footnote.

    Raises
    ------
    ValueError
        If there is no such measure; the message names the nearest.

    Examples
    --------
    >>> import lexmill as lm
    >>> lm.cite("npmi")
    'Bouma (2009), GSCL'
    """
    _check.text("name", name)
    rows = list(measures())
    for row in rows:
        if row["name"] == name:
            return str(row["source"])
    nearest = _core.nearest(name, [row["name"] for row in rows])
    hint = f" Did you mean {nearest!r}?" if nearest else ""
    raise ValueError(f"name={name!r} is no measure.{hint} See lexmill.measures().")


def selected(family: Family, names: Any) -> list[str]:
    """The measures `names` of a family, one or several, each once; of another family they are refused."""
    chosen = _check.names("measures", names)
    family_of = {row["name"]: row["family"] for row in measures()}
    for name in chosen:
        if (found := family_of.get(name, family)) != family:
            raise ValueError(
                f"measures={name!r} is of the family {found}; here are wanted those of {family}, "
                f'see lexmill.measures("{family}")'
            )
    return chosen


def described(family: Family, names: Sequence[str]) -> dict[str, Mapping[str, str]]:
    """Formula and source of each measure, for the question of a result."""
    rows = {row["name"]: {"formula": row["formula"], "source": row["source"]} for row in measures(family)}
    return {name: rows[name] for name in names if name in rows}


def association_from_counts(
    *, joint: int, first: int, second: int, n: int, measures: Sequence[str] = ("npmi", "log_likelihood")
) -> dict[str, float]:
    """Measures of association from counts that you have.

    Parameters
    ----------
    joint : int
        Units with both.
    first, second : int
        Units with the first, with the second.
    n : int
        Units in all.
    measures : sequence of str
        See `lexmill.measures("association")`.

    Returns
    -------
    dict
        Name to value; NaN where undefined.

    Examples
    --------
    >>> import lexmill as lm
    >>> lm.association_from_counts(joint=10, first=20, second=40, n=800, measures=["pmi"])
    {'pmi': 3.321928094887362}
    """
    joint, first = _check.whole("joint", joint), _check.whole("first", first)
    second, n = _check.whole("second", second), _check.whole("n", n)
    return dict(_core.association_from_counts(joint, first, second, n, selected("association", measures)))


def readability_from_counts(
    counts: Mapping[str, int], *, measures: Sequence[str] = ("flesch", "flesch_kincaid")
) -> dict[str, float]:
    """Readability scores from counts that you have.

    Parameters
    ----------
    counts : mapping
        Counts by name: `words`, `sentences`, `syllables`, `letters` and so on, or as the columns of
        `Corpus.readability` are called, with `n_`.
    measures : sequence of str
        See `lexmill.measures("readability")`.

    Returns
    -------
    dict
        Name to score; NaN where undefined.

    Raises
    ------
    ValueError
        If a formula needs a count that is not given; the message names it.

    Examples
    --------
    >>> import lexmill as lm
    >>> counts = {"words": 13, "sentences": 1, "syllables": 24}
    >>> round(lm.readability_from_counts(counts)["flesch_kincaid"], 1)
    11.3
    """
    given = [(name.removeprefix("n_"), n) for name, n in _check.counts("counts", counts)]
    if len(dict(given)) < len(given):
        raise ValueError("counts: a count is given twice, with n_ and without; leave one of them out")
    return dict(_core.readability_from_counts(given, selected("readability", measures)))


__all__: list[Any] = ["association_from_counts", "cite", "measures", "readability_from_counts"]
