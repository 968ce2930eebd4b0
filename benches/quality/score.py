"""How well found spans agree with marked ones.

Both sides are first brought to one convention: a leading article and a possessive ending do not belong to a
name (some corpora mark them, some do not). `exact` asks for the same characters, `overlap` for one in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gold import Document, Name

_EDGES = re.compile(r"^(?:(?:the|a|an)\s+|[\s\"'“‘(]+)+|(?:['’]s?|[\s\"”.,;:)]+)+$", re.IGNORECASE)


class Counts(NamedTuple):
    """Found spans that are right, found spans, marked names that were found, marked names."""

    right: int = 0
    found: int = 0
    met: int = 0
    marked: int = 0

    def plus(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else float("nan")

    @property
    def recall(self) -> float:
        return self.met / self.marked if self.marked else float("nan")

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Score(NamedTuple):
    """Both ways to agree."""

    exact: Counts
    overlap: Counts


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without article, possessive ending, quotes and stops at its edges."""
    words = text[start:end]
    while (shorter := _EDGES.sub("", words, count=1)) != words and shorter:
        start += words.index(shorter)
        words = shorter
    return start, start + len(words)


def score(
    documents: Sequence[Document],
    found: Iterable[tuple[int, int, int]],
    wanted: frozenset[str],
) -> Score:
    """Compares `(document, start, end)` with the names of the wanted kinds.

    Names of other kinds are open: to find them is neither right nor wrong.
    """
    spans: list[set[tuple[int, int]]] = [set() for _ in documents]
    for doc, start, end in found:
        spans[doc].add(trimmed(documents[doc].text, start, end))
    exact = overlap = Counts()
    for document, here in zip(documents, spans, strict=True):
        marked = {_span(document, name) for name in document.names if name.kind in wanted}
        free = {_span(document, name) for name in document.names if name.kind not in wanted} - marked
        counted = {s for s in here if s in marked or _touches(s, marked) or not _touches(s, free)}
        same = len(counted & marked)
        exact = exact.plus(Counts(same, len(counted), same, len(marked)))
        right = sum(_touches(s, marked) for s in counted)
        met = sum(_touches(m, counted) for m in marked)
        overlap = overlap.plus(Counts(right, len(counted), met, len(marked)))
    return Score(exact, overlap)


def _span(document: Document, name: Name) -> tuple[int, int]:
    return trimmed(document.text, name.start, name.end)


def _touches(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
