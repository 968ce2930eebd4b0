"""Words: the most frequent, and those that mark a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lexmill._report.charts import bar
from lexmill._report.html import Html, decimal, el, joined, number, table
from lexmill._report.seen import Seen
from lexmill.measures import association_from_counts


def words(seen: Seen) -> Html:
    """The most frequent words, as bars and as numbers."""
    candidates = seen.frequencies.head(seen.top * 8 + 400)
    content = seen.content_words(candidates.column("term"))
    rows = [row for row in candidates if row["term"] in content][: seen.top]
    if not rows:
        return joined(el("h2", "There are no words to count"))
    first = rows[0]
    kind = "content word" if seen.stop_list else "word"
    heading = f"“{first['term']}” is the most frequent {kind}"
    most = ", ".join(f"{row['term']} ({number(row['count'])})" for row in seen.frequencies.head(5))
    left_out = (
        f"Left out of the chart, never of the totals: the stop words of NLTK’s list “{seen.stop_list}”. "
        f"With them the most frequent words are {most}."
        if seen.stop_list
        else "Every counted word is listed."
    )
    columns = [("Word", "text"), ("", "bar"), ("Count", "number"), ("Per million words", "number")]
    # In one document every word is in one document.
    spread = len(seen.corpus) > 1
    columns += [*([("Documents", "number")] if spread else []), ("Rank", "number")]
    lines = [
        el(
            "tr",
            el("td", row["term"], class_="text name"),
            el("td", bar(row["count"], first["count"]), class_="bar"),
            el("td", number(row["count"]), class_="number"),
            el("td", number(round(row["per_million"])), class_="number"),
            el("td", number(row["doc_freq"]), class_="number") if spread else None,
            el("td", number(row["rank"]), class_="number"),
        )
        for row in rows
    ]
    return joined(
        el("h2", heading, dir="auto"),
        el("p", _where(first, len(seen.corpus))),
        el("p", f"{left_out} The rank is among all {number(seen.corpus.n_types)} words.", class_="note"),
        table(columns, [el("tbody", lines)]),
    )


def _where(row: Mapping[str, Any], documents: int) -> str:
    times = "once" if row["count"] == 1 else f"{number(row['count'])} times"
    if documents == 1:
        return f"It occurs {times}."
    spread = "all" if row["doc_freq"] == documents else f"{number(row['doc_freq'])} of"
    return f"It occurs {times}, in {spread} {number(documents)} documents."


def groups(seen: Seen) -> Html | None:
    """What sets the groups apart; None where there are no groups."""
    if seen.group is None or len(seen.groups) < 2:
        return None
    grouped = seen.corpus.frequencies(by=seen.by)
    counts: dict[str, dict[str, int]] = {group: {} for group in seen.groups}
    for group, term, count in zip(
        grouped.column(seen.group), grouped.column("term"), grouped.column("count"), strict=True
    ):
        if str(group) in counts:
            counts[str(group)][term] = count
    totals = {group: sum(terms.values()) for group, terms in counts.items()}
    whole = sum(totals.values())
    together: dict[str, int] = {}
    for terms in counts.values():
        for term, count in terms.items():
            together[term] = together.get(term, 0) + count
    frequent = sorted((t for t in together if together[t] >= 3), key=lambda t: (-together[t], t))[:3000]
    content = seen.content_words(frequent)
    frequent = [term for term in frequent if term in content]
    if not frequent:
        return None

    def rate(count: int, total: int) -> float:
        return 10_000 * count / total if total else 0.0

    shared = frequent[: min(12, seen.top)]
    rates = {term: [rate(counts[g].get(term, 0), totals[g]) for g in seen.groups] for term in shared}
    highest = max(max(values) for values in rates.values())
    columns = [("Word", "text"), *((group, "bar") for group in seen.groups)]
    lines = [
        el(
            "tr",
            el("td", term, class_="text name"),
            [
                el("td", el("div", el("b", decimal(v)), el("i", bar(v, highest, i))), class_="bar")
                for i, v in enumerate(rates[term])
            ],
        )
        for term in shared
    ]
    marking = [
        _marking(i, group, counts, totals, together, whole, frequent) for i, group in enumerate(seen.groups)
    ]
    return joined(
        el("h2", f"The words that mark each {seen.group}", dir="auto"),
        el(
            "p",
            "Words that a group uses more often than the others do, by log-likelihood (Dunning’s G²): high "
            "where the difference is large for the number of words behind it. Rates are per 10,000 words.",
        ),
        el("div", marking, class_="columns"),
        el("h3", "The most frequent words, compared"),
        el("p", "Occurrences per 10,000 words of the group, on one scale.", class_="note"),
        table(columns, [el("tbody", lines)], class_="rates"),
    )


def _marking(
    i: int,
    group: str,
    counts: dict[str, dict[str, int]],
    totals: dict[str, int],
    together: dict[str, int],
    whole: int,
    terms: Sequence[str],
) -> Html:
    """The words that a group prefers, with the evidence for it."""
    found: list[tuple[float, str, float, float]] = []
    for term in terms:
        here, total = counts[group].get(term, 0), totals[group]
        elsewhere, rest = together[term] - here, whole - total
        if not here or here * rest <= elsewhere * total:
            continue
        score = association_from_counts(
            joint=here, first=together[term], second=total, n=whole, measures=["log_likelihood"]
        )["log_likelihood"]
        found.append((score, term, 10_000 * here / total, 10_000 * elsewhere / rest if rest else 0.0))
    found.sort(key=lambda row: (-row[0], row[1]))
    columns = [("Word", "text"), ("Here", "number"), ("Elsewhere", "number"), ("Log-likelihood", "number")]
    lines = [
        el(
            "tr",
            el("td", term, class_="text name"),
            [el("td", decimal(value), class_="number") for value in (here, elsewhere, score)],
        )
        for score, term, here, elsewhere in found[:10]
    ]
    return el(
        "div",
        el("h3", el("span", class_=f"swatch g{i}"), group, dir="auto"),
        table(columns, [el("tbody", lines)]) if lines else el("p", "No word stands out.", class_="note"),
    )
