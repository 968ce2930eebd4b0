"""A document's own text with its long or hard sentences tinted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from os import PathLike
from typing import TYPE_CHECKING, Any

from lexmill import _check
from lexmill._files import kind_of, write_whole
from lexmill._options import WordLists
from lexmill._report.html import Html, decimal, el, frame, page
from lexmill.measures import measures

if TYPE_CHECKING:
    from lexmill.corpus import Corpus

_COUNTS = {
    "n_words": "words",
    "n_characters": "letters and digits",
    "n_letters": "letters",
    "n_syllables": "syllables",
    "n_polysyllables": "words of three syllables or more",
    "n_long_words": "words of more than six letters",
}
# Limits that mean the same in every document, so that two pages can be compared.
_LIMITS = {
    "n_words": [10.0, 20.0, 30.0, 40.0],
    "flesch": [10.0, 30.0, 50.0, 70.0],
    "flesch_kincaid": [6.0, 10.0, 14.0, 18.0],
}
_LEVELS = 5

# One hue from paper to ink, told apart by lightness alone; the writing turns where it must.
_STYLE = """
:root { --h0: #fdfcfa; --h1: #e2edf4; --h2: #b9d5e6; --h3: #86b6d2; --h4: #0c4668;
  --t0: #1c1e21; --t1: #1c1e21; --t2: #1c1e21; --t3: #14171a; --t4: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --h0: #15181b; --h1: #1b303d; --h2: #224a62;
  --h3: #6fb3d9; --h4: #c9e8fa;
  --t0: #e9e7e2; --t1: #e9e7e2; --t2: #f3f1ec; --t3: #10171c; --t4: #10171c; } }
.heat { white-space: pre-wrap; max-width: 46rem; line-height: 1.75; margin-top: 2rem; }
.heat span { padding: .14em .1em; border-radius: .15em; box-decoration-break: clone;
  -webkit-box-decoration-break: clone; }
.h0 { background: var(--h0); color: var(--t0); } .h1 { background: var(--h1); color: var(--t1); }
.h2 { background: var(--h2); color: var(--t2); } .h3 { background: var(--h3); color: var(--t3); }
.h4 { background: var(--h4); color: var(--t4); }
ul.legend { list-style: none; margin: 1rem 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem .6rem;
  font: .85rem/1.45 var(--sans); font-variant-numeric: lining-nums tabular-nums; }
ul.legend li { padding: .15rem .6rem; border: 1px solid var(--rule); border-radius: .2rem; }
"""


class Heatmap:
    """A document with each sentence tinted by a measure: made by `Corpus.heatmap`.

    The page holds the whole text and nothing that runs or loads: no script, no link, no font. The tints
    differ in lightness, so that colour-blind readers tell them apart, on light and on dark screens. The
    numbers of a sentence are shown when one points at it.

    Examples
    --------
    >>> import lexmill as lm, pathlib, tempfile
    >>> view = lm.Corpus(["The cat sat. Administrations characterise themselves."]).heatmap(measure="flesch")
    >>> view.save(pathlib.Path(tempfile.mkdtemp()) / "hard.html")
    >>> view.levels
    [0, 4]
    """

    __slots__ = ("_doc", "_easier", "_id", "_language", "_limits", "_measure", "_rows", "_text")

    def __init__(
        self,
        text: str,
        rows: Sequence[dict[str, Any]],
        measure: str,
        *,
        doc: int,
        id: str | None,
        easier: bool,
        language: str,
    ) -> None:
        self._text, self._rows, self._measure = text, rows, measure
        self._doc, self._id, self._easier, self._language = doc, id, easier, language
        self._limits = _LIMITS.get(measure) or limits([r[measure] for r in rows if r[measure] is not None])

    def __repr__(self) -> str:
        return f"Heatmap(document {self._doc}, {len(self._rows)} sentences by {self._measure})"

    @property
    def levels(self) -> list[int | None]:
        """The tint of each sentence, from 0 (short or easy) to 4; None where it has no word."""
        return [self._level(row[self._measure]) if row["n_words"] else None for row in self._rows]

    def _level(self, value: float | None) -> int | None:
        if value is None:
            return None
        above = sum(value > limit for limit in self._limits)
        if self._easier:
            # The limits are where easier begins.
            above = sum(value < limit for limit in self._limits)
        # Few limits still go from the lightest to the darkest.
        return round(above * (_LEVELS - 1) / len(self._limits)) if self._limits else 0

    def to_html(self) -> str:
        """The page."""
        return self._page()

    def _page(self, *, framed: bool = False) -> str:
        name = f"Document {self._doc}" if self._id is None else self._id
        what = _COUNTS.get(self._measure, self._measure)
        kind = "more" if self._measure in _COUNTS else "harder"
        told = f"The stronger the tint, the {kind}: {what} of each sentence. Point at one for its numbers."
        body = [
            el("p", "Sentences", class_="kicker"),
            el("h1", name, dir="auto"),
            el("p", told, class_="note"),
            self._legend(),
            el("div", self._sentences(), class_="heat", dir="auto"),
        ]
        heading = f"{name} by {self._measure}"
        return page(heading, self._language, el("main", *body), style=_STYLE, framed=framed)

    def _sentences(self) -> list[str | Html]:
        parts: list[str | Html] = []
        at = 0
        for row, level in zip(self._rows, self.levels, strict=True):
            parts.append(self._text[at : row["start"]])
            at = row["end"]
            sentence = self._text[row["start"] : at]
            if level is None:
                parts.append(sentence)
            else:
                parts.append(el("span", sentence, class_=f"h{level}", title=self._title(row)))
        parts.append(self._text[at:].rstrip())
        # Blank lines around the text would only push it down.
        parts[0] = parts[0] if isinstance(parts[0], Html) else parts[0].lstrip("\r\n")
        return parts

    def _title(self, row: dict[str, Any]) -> str:
        words = f"{row['n_words']:,} word" + "s" * (row["n_words"] != 1)
        syllables = f"{row['n_syllables']:,} syllable" + "s" * (row["n_syllables"] != 1)
        told = f"Sentence {row['sentence']}: {words}, {syllables}"
        if self._measure not in ("n_words", "n_syllables"):
            value = row[self._measure]
            shown = f"{value:,}" if isinstance(value, int) else decimal(value)
            told += f", {_COUNTS.get(self._measure, self._measure)} {shown}"
        return told

    def _legend(self) -> Html | None:
        if not self._limits:
            return None
        edges = [f"{limit:g}" for limit in self._limits]
        if self._easier:
            tints = [f"{edges[-1]} and more"]
            tints += [f"{low} to {high}" for low, high in zip(edges[-2::-1], edges[:0:-1], strict=True)]
            tints.append(f"below {edges[0]}")
        else:
            tints = [f"up to {edges[0]}"]
            tints += [f"above {low} to {high}" for low, high in pairwise(edges)]
            tints.append(f"above {edges[-1]}")
        last = len(tints) - 1
        shown = [el("li", tint, class_=f"h{round(i * (_LEVELS - 1) / last)}") for i, tint in enumerate(tints)]
        return el("ul", shown, class_="legend")

    def _repr_html_(self) -> str:
        title = f"Sentences of document {self._doc} by {self._measure}"
        return frame(self._page(framed=True), title, "36rem")

    def save(self, path: str | PathLike[str]) -> None:
        """Writes the page, which needs no other file."""
        kind_of(path, ".html", ".htm")
        write_whole(path, self.to_html())


def limits(values: Sequence[float]) -> list[float]:
    """Up to four round numbers that part the middle of `values` evenly."""
    ordered = sorted(values)
    if not ordered:
        return []
    low, high = (ordered[round(share * (len(ordered) - 1))] for share in (0.1, 0.9))
    if low == high:
        return []
    # Round to the size of a step.
    digits = -math.floor(math.log10((high - low) / (_LEVELS - 2)))
    steps = (low + (high - low) * i / (_LEVELS - 2) for i in range(_LEVELS - 1))
    return sorted({round(step, digits) + 0.0 for step in steps})


def heatmap(corpus: Corpus, doc: int, measure: str, word_lists: WordLists | None) -> Heatmap:
    """The view that `Corpus.heatmap` returns."""
    at = _check.position("document", doc, len(corpus), "filter(mask)", "a corpus of ")
    text = corpus.text(at)
    if text is None:
        raise ValueError(f"doc={doc}: this document is missing, so it has no text to show")
    known = {row["name"]: row["range"] for row in measures("readability")}
    if measure not in _COUNTS and measure not in known:
        raise ValueError(
            f"measure={measure!r} is unknown. Allowed: {', '.join(_COUNTS)}, "
            'and the names in lexmill.measures("readability").'
        )
    scores = [measure] if measure in known else []
    rows = corpus[at].sentences(measures=scores, text=False, word_lists=word_lists)
    ids = rows.column("doc_id") if "doc_id" in rows.columns else []
    return Heatmap(
        text,
        rows.to_dicts(),
        measure,
        doc=at,
        id=str(ids[0]) if ids and ids[0] is not None else None,
        easier="higher is easier" in known.get(measure, ""),
        language=str(corpus._options["language"]),
    )
