"""Whether two tools gave the same answer, and if they are not meant to, how they differ.

Every comparison returns whether the answers agree as they have to and what to write into the record.
Tools that define a word as lexmill does must agree with it. Those that define it as `\\w+` must agree
with lexmill's words after these are cut at every other character. Nothing is timed that does not.
"""

from __future__ import annotations

import math
import re
import statistics
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

# Share of occurrences that may differ where definitions are the same: characters on whose class or
# lower case versions of Unicode disagree.
TOLERANCE = 0.001
# Documents that a correlation is believed on.
FEWEST = 5

# A document's score, and whether it holds no digit.
Scored = list[tuple[float | None, bool]]


class Verdict(NamedTuple):
    """The outcome of a comparison."""

    agrees: bool
    told: str


def _difference(ours: dict[Any, int], theirs: dict[Any, int]) -> tuple[int, list[Any]]:
    """Occurrences that only one of them has, and the keys with most of them."""
    differing = {key: theirs.get(key, 0) - ours.get(key, 0) for key in ours.keys() | theirs.keys()}
    differing = {key: n for key, n in differing.items() if n}
    worst = sorted(differing, key=lambda key: (-abs(differing[key]), str(key)))
    return sum(map(abs, differing.values())), [f"{_shown(key)} {differing[key]:+,}" for key in worst[:6]]


def _totals(ours: dict[Any, int], theirs: dict[Any, int]) -> str:
    mine = f"lexmill {sum(ours.values()):,} of {len(ours):,}"
    return f"{sum(theirs.values()):,} of {len(theirs):,} kinds, {mine}"


def _shown(key: Any) -> str:
    return " – ".join(key) if isinstance(key, tuple) else repr(key)


def same(ours: dict[Any, int], theirs: dict[Any, int]) -> Verdict:
    """The same things counted."""
    differing, worst = _difference(ours, theirs)
    total = sum(ours.values())
    if differing == 0:
        return Verdict(True, f"equal ({total:,} of {len(ours):,} kinds)")
    told = f"{differing:,} of {total:,} occurrences differ: {', '.join(worst)}"
    return Verdict(differing <= TOLERANCE * total, told)


def near(ours: dict[Any, int], theirs: dict[Any, int]) -> Verdict:
    """The same things found by rules that differ at rare characters: 2 % may differ."""
    differing, worst = _difference(ours, theirs)
    told = f"{_totals(ours, theirs)}; differing: {differing:,}, most {', '.join(worst) or 'none'}"
    return Verdict(differing <= 0.02 * sum(ours.values()), told)


def _cut(pattern: str, flags: int = 0) -> Callable[[dict[str, int], dict[str, int]], Verdict]:
    find = re.compile(pattern, flags).findall

    def compare(ours: dict[str, int], theirs: dict[str, int]) -> Verdict:
        pieces: Counter[str] = Counter()
        for term, n in ours.items():
            for piece in find(term):
                pieces[piece] += n
        agrees, told = same(pieces, {k: n for k, n in theirs.items() if k.strip("_")})
        cut = f"lexmill's words cut at what is not in {pattern}: {told}"
        return Verdict(agrees, f"{_totals(ours, theirs)}; {cut}")

    return compare


def differs(ours: dict[Any, int], theirs: dict[Any, int]) -> Verdict:
    """Another definition: the size of the difference is told."""
    differing, worst = _difference(ours, theirs)
    if not theirs or differing > sum(ours.values()) + sum(theirs.values()) - 1:
        return Verdict(False, "nothing in common")
    return Verdict(True, f"{_totals(ours, theirs)}; largest differences: {', '.join(worst)}")


def agreement(ours: dict[str, int], theirs: dict[str, int]) -> Verdict:
    """Sentences: how many are the same string."""
    shared = sum((Counter(ours) & Counter(theirs)).values())
    n, m = sum(ours.values()), sum(theirs.values())
    told = f"{m:,} sentences, lexmill {n:,}; {shared / n:.1%} of lexmill's are among them"
    return Verdict(shared > 0.3 * n, told)


def close(ours: int, theirs: int) -> Verdict:
    """Two totals."""
    return Verdict(abs(ours - theirs) <= 0.1 * ours, f"{theirs:,} tokens, lexmill {ours:,}")


def scores(ours: list[float | None], theirs: list[float | None]) -> Verdict:
    """Scores of documents by the same formula on slightly different words: the same order."""
    apart, correlation, n = _apart(ours, theirs)
    told = f"median difference {apart:.2f}, correlation {correlation:.3f} over {n:,} documents"
    return Verdict(n > 0.9 * len(ours) and correlation > 0.9, told)


def readability(ours: Scored, theirs: Scored) -> Verdict:
    """Readability scores: held to the documents without a digit.

    lexmill reads numbers out ("1987" has six syllables), the others give each one syllable. In tables
    of prices that alone turns the order of documents round, so all documents are told, not asserted.
    """
    plain = [i for i, (_, is_plain) in enumerate(ours) if is_plain]
    apart, correlation, n = _apart([ours[i][0] for i in plain], [theirs[i][0] for i in plain])
    told = (
        f"without a digit: median difference {apart:.2f}, correlation {correlation:.3f} over {n:,} documents"
    )
    all_apart, all_correlation, all_n = _apart([one[0] for one in ours], [one[0] for one in theirs])
    told += f"; all, where numbers are read out or not: {all_apart:.2f}, {all_correlation:.3f} over {all_n:,}"
    return Verdict(n >= FEWEST and correlation > 0.9, told)


def _apart(ours: list[float | None], theirs: list[float | None]) -> tuple[float, float, int]:
    both = [(a, b) for a, b in zip(ours, theirs, strict=True) if a is not None and b is not None]
    if len(both) < 3:
        return math.nan, math.nan, len(both)
    apart = statistics.median(abs(a - b) for a, b in both)
    return apart, statistics.correlation([a for a, _ in both], [b for _, b in both]), len(both)


COMPARISONS: dict[str, Callable[[Any, Any], Verdict]] = {
    "same": same,
    "near": near,
    "cut": _cut(r"\w+"),
    "cut_ascii": _cut(r"\w+", re.ASCII),
    "cut_two": _cut(r"\b\w\w+\b"),
    "differs": differs,
    "agreement": agreement,
    "close": close,
    "scores": scores,
    "readability": readability,
}
