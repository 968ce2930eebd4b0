"""Sentences: how long, how hard to read, and which stand out."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from typing import Any

from lexmill._report.charts import histogram, strip
from lexmill._report.html import Html, decimal, el, joined, number, plain, table
from lexmill._report.seen import Seen, ratio

_MOST_DOTS = 500
_LISTED_DOCUMENTS = 20
_SHOWN_CHARACTERS = 700
_HARD_WORDS = 8


def sentences(seen: Seen) -> Html:
    """Lengths, readability, and the sentences at the far end of both."""
    measure = seen.measures[0]
    told = seen.corpus.sentences(measures=seen.measures, text=False)
    names = ("doc", "sentence", "start", "end", "n_words", measure)
    # Missing documents and those without a word have no sentence to measure.
    rows = [r for r in zip(*(told.column(n) for n in names), strict=True) if r[4]]
    if not rows:
        return joined(el("h2", "There are no sentences to measure"))
    lengths = [row[4] for row in rows]
    mean, median = statistics.fmean(lengths), statistics.median(lengths)
    longest = sorted(rows, key=lambda r: (-r[4], r[0], r[2]))[:5]
    sign = 1 if seen.harder_left else -1
    hard = [r for r in rows if r[4] >= _HARD_WORDS and r[5] is not None]
    hardest = sorted(hard, key=lambda r: (sign * r[5], r[0], r[2]))[:5]
    name = _title(measure)
    return joined(
        el("h2", f"Half of the sentences have {median:g} words or fewer"),
        el(
            "p",
            f"{number(len(rows))} sentences with {decimal(mean)} words on average; the longest has "
            f"{number(max(lengths))}. Here a hyphenated compound is one word, as the readability formulas "
            "want it.",
        ),
        el("figure", histogram(lengths, mean, median)),
        _readability(seen, rows),
        el(
            "div",
            el(
                "div",
                el("h3", "The longest sentences"),
                _quoted(seen, longest, lambda r: f"{number(r[4])} words"),
            ),
            el(
                "div",
                el("h3", "The hardest sentences"),
                _quoted(seen, hardest, lambda r: f"{name} {decimal(r[5])}, {number(r[4])} words")
                if hardest
                else el("p", f"No sentence has {_HARD_WORDS} words.", class_="note"),
                el("p", f"By {name}, among sentences of {_HARD_WORDS} words or more.", class_="note"),
            ),
            class_="columns",
        ),
    )


def _quoted(seen: Seen, rows: Sequence[Any], told: Callable[[Any], str]) -> Html:
    items = []
    for row in rows:
        text = plain((seen.corpus.text(row[0]) or "")[row[2] : row[3]])
        cut = text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + " …"
        place = f"{told(row)} · {seen.place(row[0], row[1])}"
        items.append(el("li", el("div", cut, dir="auto"), el("div", place, class_="where")))
    return el("ol", items, class_="sentences")


def _title(measure: str) -> str:
    return {
        "flesch": "Flesch reading ease",
        "flesch_kincaid": "Flesch-Kincaid grade",
        "lix": "LIX",
        "rix": "RIX",
    }[measure]


def _readability(seen: Seen, rows: Sequence[Any]) -> Html | None:
    first, second = seen.measures
    documents = [d for d in seen.corpus.readability(measures=seen.measures) if d[first] is not None]
    if not documents:
        return None
    grouped: list[dict[str, Any]] = []
    lengths: dict[Any, list[int]] = {}
    kind = "Document"
    if len(seen.groups) > 1 and seen.group is not None:
        kind = seen.group
        every = seen.corpus.readability(measures=seen.measures, by=seen.by)
        grouped = [
            {**g, "key": str(g[kind]), "label": str(g[kind])} for g in every if str(g[kind]) in seen.groups
        ]
        for row in rows:
            lengths.setdefault(seen.group_of[row[0]], []).append(row[4])
    elif len(documents) <= _LISTED_DOCUMENTS:
        grouped = [{**d, "key": d["doc"], "label": seen.ids[d["doc"]]} for d in documents]
        for row in rows:
            lengths.setdefault(row[0], []).append(row[4])
    middle = {key: statistics.median(values) for key, values in lengths.items()}
    columns = [(kind[:1].upper() + kind[1:], "text"), ("Sentences", "number"), ("Words", "number")]
    columns += [("Words a sentence", "number"), ("Median", "number"), ("Syllables a word", "number")]
    columns += [(_title(first), "number"), (_title(second), "number")]
    lines = [
        el(
            "tr",
            el("td", row["label"], class_="text name", dir="auto"),
            el("td", number(row["n_sentences"]), class_="number"),
            el("td", number(row["n_words"]), class_="number"),
            el("td", decimal(ratio(row["n_words"], row["n_sentences"])), class_="number"),
            el("td", decimal(middle.get(row["key"])), class_="number"),
            el("td", decimal(ratio(row["n_syllables"], row["n_words"]), 2), class_="number"),
            el("td", decimal(row[first]), class_="number"),
            el("td", decimal(row[second]), class_="number"),
        )
        for row in grouped
    ]
    dots: list[tuple[str, list[tuple[str, float]]]] = []
    if 5 <= len(documents) <= _MOST_DOTS:
        names: list[str | None] = list(seen.groups) if len(seen.groups) > 1 else [None]
        for name in names:
            members = [d for d in documents if name is None or seen.group_of[d["doc"]] == name]
            dots.append((name or "All documents", [(seen.ids[d["doc"]], d[first]) for d in members]))
    scale = (
        f"{_title(first)} runs from about 0 (very hard) to 100 (very easy); {_title(second)} is a US "
        "school grade."
        if seen.harder_left
        else f"{_title(first)} below 25 is very easy, 45 and more hard."
    )
    figure = None
    if any(values for _, values in dots):
        caption = f"Each dot is a document by {_title(first)}; the upright line is the median."
        figure = el("figure", el("figcaption", caption), strip(dots, _title(first), seen.harder_left))
    return joined(
        el("h3", _heading(seen, grouped, first), dir="auto"),
        el("p", scale + " Such scores count lengths; they know nothing of meaning.", class_="note"),
        table(columns, [el("tbody", lines)]) if lines else None,
        figure,
    )


def _heading(seen: Seen, grouped: Sequence[dict[str, Any]], measure: str) -> str:
    scored = [row for row in grouped if row[measure] is not None]
    if len(scored) < 2:
        return "How hard the texts are to read"
    order = sorted(scored, key=lambda row: row[measure], reverse=seen.harder_left)
    if len(order) == 2:
        return f"{order[0]['label']} is easier to read than {order[1]['label']}"
    return f"{order[0]['label']} is the easiest to read, {order[-1]['label']} the hardest"
