"""Names: the pairs they make, who is named with whom, how often each is named."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from lexmill._report.charts import bar, matrix, ordered
from lexmill._report.html import Html, decimal, el, joined, marked, number, table
from lexmill._report.seen import Seen
from lexmill.gazetteer import Gazetteer
from lexmill.network import Network

_MATRIX = 20
# Chi-squared with one degree of freedom, 5 per cent.
_FIVE_PER_CENT = 3.84
_STOPS = (".", "!", "?", "…", "”", "’", '"', "»", "。")


class Names:
    """The part about names and the pairs they make."""

    def __init__(self, seen: Seen, gazetteer: Gazetteer) -> None:
        self.seen, self.gazetteer = seen, gazetteer
        self.network: Network = seen.corpus.cooccurrences(
            gazetteer, measures=("npmi", "log_likelihood"), contingency=True
        )
        self._mentioned: dict[int, list[tuple[int, int, str]]] = {}
        self.pairs = self.network.to_dicts()
        self.nodes = sorted(self.network.nodes(), key=lambda row: (-row["mentions"], row["entity"]))

    def section(self) -> Html:
        if not self.nodes:
            return joined(
                el("h2", "None of the names is found"),
                el("p", f"Looked for: {_listed(list(self.gazetteer))}."),
            )
        parts = [self._strongest() if self.pairs else el("h2", "No two names stand in one sentence")]
        return joined(*parts, self._matrix() if len(self.pairs) > 1 else None, self._entities())

    def _strongest(self) -> Html:
        pairs = sorted(
            self.pairs, key=lambda p: (-p["count"], -(p["log_likelihood"] or 0), p["source"], p["target"])
        )
        shown = pairs[: max(self.seen.top // 2, 1)]
        first = pairs[0]
        times = "one sentence" if first["count"] == 1 else f"{number(first['count'])} sentences"
        columns = [("Pair, and one sentence that names both", "text"), ("Sentences", "number")]
        columns += [("By chance", "number"), ("NPMI", "number"), ("Log-likelihood", "number")]
        rest = [p for p in pairs[len(shown) :] if p["count"] > max(p["e11"], 1)]
        marking = [p for p in rest if (p["log_likelihood"] or 0) >= _FIVE_PER_CENT]
        marking.sort(key=lambda p: (-p["log_likelihood"], p["source"], p["target"]))
        return joined(
            el("h2", f"{first['source']} and {first['target']} are named together most", dir="auto"),
            el(
                "p",
                f"They stand together in {times} of {number(first['n'])}. “By chance” is the number to "
                "expect if the two names fell on sentences independently of each other. NPMI sets the two "
                "numbers in relation: 0 is chance, 1 is never apart. Log-likelihood says how strong the "
                f"evidence is that it is not chance; {_FIVE_PER_CENT} is the 5 per cent level for a single "
                "pair, and among many pairs some pass it by luck.",
            ),
            table(columns, [self._pair(pair) for pair in shown], class_="pairs"),
            self._beyond_chance(marking[:10]) if marking else None,
        )

    def _pair(self, pair: dict[str, Any]) -> Html:
        return el(
            "tbody",
            el("tr", el("td", _both(pair), class_="text name"), _pair_numbers(pair)),
            el("tr", el("td", self._quote(pair), class_="quote", colspan=5)),
        )

    def _quote(self, pair: dict[str, Any]) -> Html | None:
        rows = list(self.network.evidence(pair["source"], pair["target"]))
        if not rows:
            return None

        def rank(row: dict[str, Any]) -> tuple[bool, int, int, int]:
            # A short sentence shows best, but a very short one, or one without a stop, is a headline.
            told = row["text"].rstrip()
            headline = len(told) < 60 or not told.endswith(_STOPS)
            return headline, len(told), row["doc"], row["start"]

        row = min(rows, key=rank)
        text = self.seen.corpus.text(row["doc"]) or ""
        spans = self._spans(row["doc"], row["start"], row["end"], {pair["source"], pair["target"]})
        place = f" {self.seen.place(row['doc'], row['sentence'])}"
        return joined(marked(text, spans, row["start"], row["end"]), el("span", place, class_="where"))

    def _spans(self, doc: int, start: int, end: int, names: set[str]) -> list[tuple[int, int]]:
        """Where the names stand in a stretch of a document."""
        if doc not in self._mentioned:
            told = self.seen.corpus[doc].mentions(self.gazetteer)
            columns = (told.column(name) for name in ("start", "end", "entity"))
            self._mentioned[doc] = sorted(zip(*columns, strict=True))
        mentions = self._mentioned[doc]
        found = []
        for first, last, entity in mentions[bisect_left(mentions, start, key=itemgetter(0)) :]:
            if first >= end:
                break
            if entity in names:
                found.append((first, last))
        return found

    def _beyond_chance(self, pairs: Sequence[dict[str, Any]]) -> Html:
        columns = [("Pair", "text"), ("Sentences", "number"), ("By chance", "number")]
        columns += [("NPMI", "number"), ("Log-likelihood", "number")]
        lines = [el("tr", el("td", _both(pair), class_="text name"), _pair_numbers(pair)) for pair in pairs]
        return joined(
            el("h3", "Rarer pairs that chance explains least"),
            el(
                "p",
                "Pairs not listed above, with two sentences or more and a log-likelihood from "
                f"{_FIVE_PER_CENT}, the highest first.",
                class_="note",
            ),
            table(columns, [el("tbody", lines)]),
        )

    def _matrix(self) -> Html:
        counts = {(p["source"], p["target"]): p["count"] for p in self.pairs}
        weight: dict[str, int] = {}
        for (source, target), count in counts.items():
            weight[source] = weight.get(source, 0) + count
            weight[target] = weight.get(target, 0) + count
        chosen = sorted(weight, key=lambda name: (-weight[name], name))[:_MATRIX]
        among = {pair: n for pair, n in counts.items() if pair[0] in chosen and pair[1] in chosen}
        return joined(
            el("h3", "Who is named with whom"),
            el(
                "figure",
                el(
                    "figcaption",
                    f"The {len(chosen)} names with the most sentences shared with others"
                    f"{f', of {number(len(weight))}' if len(weight) > len(chosen) else ''}. A cell is a "
                    "pair: the row’s name is at the left, the column’s name stands at its top. Names are "
                    "ordered so that those named together are near each other; the order carries no other "
                    "meaning.",
                ),
                matrix(among, ordered(among, chosen), "sentence"),
            ),
        )

    def _entities(self) -> Html:
        typed = any(row["type"] for row in self.nodes)
        columns = [
            ("Name", "text"),
            *([("Type", "text")] if typed else []),
            ("", "bar"),
            ("Mentions", "number"),
        ]
        columns += [("Sentences", "number"), ("Documents", "number"), ("Named with", "number")]
        counts = ["mentions", "units", "documents", "degree"]
        if len(self.seen.corpus) == 1:
            columns.pop(-2)
            counts.remove("documents")
        most = self.nodes[0]["mentions"]
        lines = [
            el(
                "tr",
                el("td", row["entity"], class_="text name", dir="auto"),
                el("td", row["type"] or "–", class_="text") if typed else None,
                el("td", bar(row["mentions"], most), class_="bar"),
                [el("td", number(row[name]), class_="number") for name in counts],
            )
            for row in self.nodes[: self.seen.top]
        ]
        found = {row["entity"] for row in self.nodes}
        absent = [name for name in self.gazetteer if name not in found]
        rest = len(self.nodes) - len(lines)
        more = f"{number(rest)} more are found." if rest else "All names that are found are listed."
        gone = (
            f" Not found: {_listed(absent)}." if absent else " No name of the list is missing from the texts."
        )
        return joined(
            el("h3", f"{self.nodes[0]['entity']} is the most mentioned name", dir="auto"),
            el(
                "p",
                "“Named with” is the number of other names that share a sentence with it. " + more + gone,
                class_="note",
            ),
            table(columns, [el("tbody", lines)], class_="mentions"),
        )


def _both(pair: dict[str, Any]) -> Html:
    # Isolated from each other: a name written from right to left must not turn the line around.
    return joined(el("bdi", pair["source"]), " · ", el("bdi", pair["target"]))


def _pair_numbers(pair: dict[str, Any]) -> list[Html]:
    told = (
        number(pair["count"]),
        decimal(pair["e11"]),
        decimal(pair["npmi"], 2),
        decimal(pair["log_likelihood"]),
    )
    return [el("td", value, class_="number") for value in told]


def _listed(names: Sequence[str], most: int = 30) -> str:
    shown = ", ".join(names[:most])
    return shown + (f" and {number(len(names) - most)} more" if len(names) > most else "")
