"""The pictures of the report, as SVG within the page: no library, no script, the same bytes every time."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from lexmill._report.html import Html, decimal, el, joined, number

WIDTH = 980
_MOST_BARS = 40
_LONGEST_LABEL = 30

Pair = tuple[str, str]


def bar(value: float, largest: float, group: int | None = None) -> Html:
    """A bar as a part of the largest."""
    share = 100 * value / largest if largest else 0
    return el("span", style=f"width:{share:.2f}%", class_=None if group is None else f"g{group}")


def ordered(counts: Mapping[Pair, int], names: Sequence[str]) -> list[str]:
    """The names so that those which occur together stand together: from the one with the most company
    on, next always the one closest to the last few placed."""
    left = list(names)
    company = {name: sum(_count(counts, name, other) for other in names) for name in names}
    placed: list[str] = []
    while left:
        last = placed[-3:]
        best = max(left, key=lambda name: (sum(_count(counts, name, other) for other in last), company[name]))
        left.remove(best)
        placed.append(best)
    return placed


def _count(counts: Mapping[Pair, int], a: str, b: str) -> int:
    return counts.get((a, b), counts.get((b, a), 0))


def matrix(counts: Mapping[Pair, int], names: Sequence[str], unit: str) -> Html:
    """The lower half of the table of pairs, each name at the left of its row and on top of its column."""
    cell, left, top = 26, 232, 8
    steps = _steps(max(counts.values(), default=1))
    rows: list[Html] = []
    for i, row in enumerate(names):
        y = top + i * cell
        rows.append(_label(row, left - 8, y + 17, "end"))
        for j, column in enumerate(names[:i]):
            count = _count(counts, row, column)
            step = sum(count >= start for start in steps)
            x = left + j * cell
            rows.append(
                el(
                    "g",
                    el("title", f"{row} and {column}: {number(count)} {unit}{'' if count == 1 else 's'}"),
                    el("rect", x=x + 1, y=y + 1, width=cell - 2, height=cell - 2, class_=f"q{step}"),
                    _cell_text(count, step, x + cell / 2, y + 17) if count else None,
                )
            )
        if i < len(names) - 1:
            rows.append(_label(row, left + i * cell + 4, y + 17, "start"))
    key = [
        joined(
            el("rect", x=WIDTH - 40 - 46 * (len(steps) - i), y=top, width=44, height=14, class_=f"q{i + 1}"),
            el(
                "text",
                number(start),
                x=WIDTH - 40 - 46 * (len(steps) - i) + 2,
                y=top + 28,
                font_size=11,
                class_="soft",
            ),
        )
        for i, start in enumerate(steps)
    ]
    key.append(
        el(
            "text",
            f"{unit}s with both, from",
            x=WIDTH - 48 - 46 * len(steps),
            y=top + 12,
            font_size=12,
            text_anchor="end",
            class_="soft",
        )
    )
    return _svg(
        top + len(names) * cell + 6, "Table of the pairs; darker cells are more frequent", *rows, *key
    )


def _steps(largest: int) -> list[int]:
    """Where the colours begin: up to five, even on a scale of ratios, as counts of pairs are."""
    return sorted({max(1, round(largest ** (i / 5))) for i in range(5)})


def _cell_text(count: int, step: int, x: float, y: float) -> Html:
    on = "on-high" if step >= 4 else "on-low"
    return el(
        "text", number(count), x=x, y=y, text_anchor="middle", font_size=12 if count < 1000 else 9, class_=on
    )


def _label(name: str, x: float, y: float, anchor: str) -> Html:
    shown = name if len(name) <= _LONGEST_LABEL else name[: _LONGEST_LABEL - 1] + "…"
    return el("text", el("title", name), shown, x=x, y=y, text_anchor=anchor, font_size=13, direction="ltr")


def histogram(lengths: Sequence[int], mean: float, median: float) -> Html:
    """How many sentences have how many words; the longest hundredth may share the last bar."""
    left, right, top, height = 46, 16, 34, 210
    usual = sorted(lengths)[min(len(lengths) - 1, math.ceil(len(lengths) * 0.99))]
    step = max(1, math.ceil((usual + 1) / _MOST_BARS))
    n_bars = usual // step + 1
    over = sum(length >= n_bars * step for length in lengths)
    bars = [0] * (n_bars + (1 if over else 0))
    for length in lengths:
        bars[min(length // step, len(bars) - 1)] += 1
    highest = max(bars)
    wide = (WIDTH - left - right) / len(bars)
    parts: list[Html] = []
    for tick in _ticks(0, highest):
        y = top + height - height * tick / highest
        parts.append(el("line", x1=left, x2=WIDTH - right, y1=f"{y:.1f}", y2=f"{y:.1f}", class_="rule"))
        parts.append(
            el(
                "text",
                number(tick),
                x=left - 8,
                y=f"{y + 4:.1f}",
                text_anchor="end",
                font_size=12,
                class_="soft",
            )
        )
    for i, count in enumerate(bars):
        tall = height * count / highest
        last = over and i == len(bars) - 1
        words = f"{i * step} words" if step == 1 else f"{i * step} to {i * step + step - 1} words"
        told = f"{i * step} words and more" if last else words
        parts.append(
            el(
                "rect",
                el("title", f"{told}: {number(count)} sentence{'' if count == 1 else 's'}"),
                x=f"{left + i * wide + 0.75:.2f}",
                y=f"{top + height - tall:.2f}",
                width=f"{max(wide - 1.5, 0.5):.2f}",
                height=f"{tall:.2f}",
                class_="fill",
            )
        )
    for tick in _ticks(0, n_bars * step - 1):
        x = left + (tick / step + 0.5 / step) * wide
        parts.append(el("text", tick, x=f"{x:.1f}", y=top + height + 18, text_anchor="middle", font_size=12))
    if over:
        x = left + (len(bars) - 0.5) * wide
        told = f"{n_bars * step}+"
        parts.append(el("text", told, x=f"{x:.1f}", y=top + height + 18, text_anchor="middle", font_size=12))
    parts.append(
        el("text", "words in the sentence", x=left, y=top + height + 38, font_size=12, class_="soft")
    )
    parts.append(el("text", "sentences", x=left, y=12, text_anchor="start", font_size=12, class_="soft"))
    lines = (("median", median), ("mean", mean))
    # The smaller value is told to the left of its line, the larger to the right: they never overlap.
    for (name, value), anchor, shift in zip(
        sorted(lines, key=lambda p: p[1]), ("end", "start"), (-5, 5), strict=True
    ):
        x = left + (value / step + 0.5 / step) * wide
        anchor, shift = (
            ("start", 5) if anchor == "end" and x < left + 90 and median == mean else (anchor, shift)
        )
        parts.append(
            el(
                "line",
                x1=f"{x:.1f}",
                x2=f"{x:.1f}",
                y1=top - 12,
                y2=top + height,
                class_="line",
            )
        )
        told = f"{name} {decimal(value)}"
        parts.append(el("text", told, x=f"{x + shift:.1f}", y=top - 4, text_anchor=anchor, font_size=13))
    return _svg(top + height + 46, "Histogram of the length of sentences", *parts)


def strip(rows: Sequence[tuple[str, Sequence[tuple[str, float]]]], measure: str, harder_left: bool) -> Html:
    """A dot for each document on the scale of a measure, a row for each group; a tick shows the median."""
    left, right, top, tall = 232, 20, 22, 46
    values = [value for _, dots in rows for _, value in dots]
    low, high = math.floor(min(values) / 5) * 5, math.ceil(max(values) / 5) * 5
    high = max(high, low + 5)

    def at(value: float) -> str:
        return f"{left + (WIDTH - left - right) * (value - low) / (high - low):.1f}"

    bottom = top + tall * len(rows)
    parts: list[Html] = []
    for tick in _ticks(low, high):
        parts.append(el("line", x1=at(tick), x2=at(tick), y1=top, y2=bottom, class_="rule"))
        parts.append(
            el(
                "text",
                decimal(tick, 0),
                x=at(tick),
                y=bottom + 18,
                text_anchor="middle",
                font_size=12,
                class_="soft",
            )
        )
    for i, (name, dots) in enumerate(rows):
        y = top + tall * i + tall / 2
        parts.append(_label(name, left - 14, y + 4, "end"))
        parts.extend(
            el(
                "circle",
                el("title", f"{doc}: {measure} {decimal(value)}"),
                cx=at(value),
                cy=y,
                r=6,
                fill_opacity=0.55,
                class_=f"g{i}",
            )
            for doc, value in dots
        )
        middle = sorted(value for _, value in dots)
        if middle:
            value = (middle[(len(middle) - 1) // 2] + middle[len(middle) // 2]) / 2
            parts.append(el("line", x1=at(value), x2=at(value), y1=y - 15, y2=y + 15, class_="line"))
    ends = (
        ("← harder to read", "easier to read →") if harder_left else ("← easier to read", "harder to read →")
    )
    parts.append(el("text", ends[0], x=left, y=12, font_size=12, class_="soft"))
    parts.append(el("text", ends[1], x=WIDTH - right, y=12, text_anchor="end", font_size=12, class_="soft"))
    return _svg(bottom + 26, f"Documents by {measure}", *parts)


def _ticks(low: float, high: float) -> list[int]:
    """Round numbers between, about six."""
    rough = max((high - low) / 6, 1)
    power = 10 ** math.floor(math.log10(rough))
    step = next(int(power * m) for m in (1, 2, 5, 10) if power * m >= rough)
    return list(range(math.ceil(low / step) * step, math.floor(high) + 1, step))


def _svg(height: float, told: str, *parts: Html) -> Html:
    drawn = el("svg", *parts, viewBox=f"0 0 {WIDTH} {height:.0f}", role="img", aria_label=told)
    return el("div", drawn, class_="scroll")
