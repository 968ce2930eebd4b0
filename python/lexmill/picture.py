"""A network as a picture: one page that needs nothing else, or its SVG alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from os import PathLike
from typing import TYPE_CHECKING, Any

from lexmill import _check
from lexmill._evidence import marked_row
from lexmill._files import kind_of, write_whole
from lexmill._report.graph import Drawn, drawn, svg
from lexmill._report.graph_style import PAGE_STYLE, SVG_STYLE, lit
from lexmill._report.html import Html, decimal, el, frame, joined, number, page, table
from lexmill._result import Frozen

if TYPE_CHECKING:
    from lexmill.network import Network

_UNITS = {"sentence": "sentences", "paragraph": "paragraphs", "document": "documents"}
_COUNTS = {
    "boolean": "how often",
    "frequency": "the products of mentions",
    "fractional": "the sums of 1 / (names − 1)",
    "weighted": "the sums of 1 / distance",
}
# Between two names of a large unit more is not shown: a page of hundreds of pairs must still be sent.
_MOST_TEXT = 400
# Below the picture, where no line is broken.
_LONGEST_LINE = 100


class Picture(Frozen):
    """A network drawn: made by `Network.plot`.

    The page holds no script and loads nothing. A line leads to the sentences behind it, a circle to the
    pairs of its name, by mouse or by keyboard.

    Examples
    --------
    >>> import lexmill as lm, pathlib, tempfile
    >>> net = lm.entity_cooccurrences(["Ada met Babbage.", "Curie left."], ["Ada", "Babbage", "Curie"])
    >>> view = net.plot()
    >>> view
    Picture(2 of 3 names, 1 of 1 pairs)
    >>> view.save(pathlib.Path(tempfile.mkdtemp()) / "net.svg")
    """

    __slots__ = ("_color", "_drawn", "_evidence", "_net", "_of", "_title", "_weight")

    def __init__(
        self, net: Network, *, names: int, pairs: int, weight: str, color: str, title: str | None, seed: int
    ) -> None:
        names, pairs = _check.whole("names", names, 1), _check.whole("pairs", pairs, 1)
        seed = _check.whole("seed", seed)
        title = None if title is None else _check.text("title", title)
        if color not in ("community", "type"):
            raise ValueError(f"color={color!r} is unknown. Allowed: community, type.")
        self._net, self._title, self._color = net, title, color
        self._weight = "weight" if weight == "count" else weight
        edges = net.edges()
        if (
            self._weight not in edges.columns
            or edges._table.types[edges.columns.index(self._weight)] == "text"
        ):
            numeric = ["count", *edges.columns[3:]]
            raise ValueError(f"weight={weight!r} is no column of numbers. Allowed: {', '.join(numeric)}.")
        self._drawn = drawn(net, names, pairs, self._weight, color, seed)
        self._of = (len(net.nodes()), len(edges))
        self._evidence = _evidence(net, self._drawn)

    def __repr__(self) -> str:
        names, pairs = self._of
        return (
            f"Picture({len(self._drawn.nodes):,} of {names:,} {self._nouns}, "
            f"{len(self._drawn.edges):,} of {pairs:,} pairs)"
        )

    @property
    def _nouns(self) -> str:
        if self._net.question.get("terms") is None:
            return "names"
        return "names and words" if "term" in self._net.nodes().column("type") else "words"

    @property
    def _heading(self) -> str:
        if self._title is not None:
            return self._title
        if not self._drawn.edges:
            return self._alone()
        first = self._drawn.edges[0]
        a, b = (self._drawn.nodes[i].name for i in (first.source, first.target))
        if self._weight != "weight":
            return f"{a} and {b} are the strongest pair by {self._weight}"
        return f"{a} and {b} stand together most"

    def _alone(self) -> str:
        """Why there is no line."""
        names, pairs = self._of
        if not pairs:
            return f"No two {self._nouns} stand together"
        if not self._drawn.positive:
            return f"No pair has a {self._weight} above 0"
        return f"Too few of {number(names)} {self._nouns} are drawn for a pair"

    def to_svg(self) -> str:
        """The picture alone with its captions, light and dark."""
        shown = [" ".join(self._heading.split())[:_LONGEST_LINE], self._told()[: 2 * _LONGEST_LINE]]
        directed = self._net.directed
        image = svg(self._drawn, directed, self._heading, linked=False, style=SVG_STYLE, captions=shown)
        return f"{image}\n"

    def to_html(self) -> str:
        """The page."""
        return self._page()

    def _page(self, *, framed: bool = False) -> str:
        body = [
            el("p", "Network", class_="kicker"),
            el("h1", self._heading, dir="auto"),
            el("p", self._told(), class_="note"),
            self._map(),
            el("aside", self._start(), self._panels()),
            self._table(),
        ]
        language = str(self._net.question.get("language", "en"))
        style = SVG_STYLE + PAGE_STYLE + lit(self._drawn)
        return page(self._heading, language, el("main", *body), style=style, framed=framed)

    def _repr_html_(self) -> str:
        # In a frame a link to a part of the page must name the page, or it would lead to the notebook's own.
        content = self._page(framed=True).replace('href="#', 'href="about:srcdoc#')
        return frame(content, self._heading, "46rem")

    def save(self, path: str | PathLike[str]) -> None:
        """Writes the page, or the picture alone if the name ends in .svg; neither needs another file.

        Raises
        ------
        ValueError
            If the name ends in anything but .html, .htm or .svg.
        """
        kind = kind_of(path, ".html", ".htm", ".svg")
        write_whole(path, self.to_svg() if kind == ".svg" else self.to_html())

    # The page.

    def _told(self) -> str:
        """What is shown of what, and what was asked."""
        asked = self._net.question
        names, pairs = self._of
        unit = self._unit()
        shown = [
            f"{number(len(self._drawn.nodes))} of {number(names)} {self._nouns} and "
            f"{number(len(self._drawn.edges))} of {number(pairs)} pairs"
        ]
        if len(self._drawn.edges) < pairs:
            by = "count" if self._weight == "weight" else self._weight
            shown.append(f": those that hold the {self._nouns} together, then the largest by {by}")
        told = ["".join(shown) + ".", f"Counted within: {unit}; n = {number(asked['units'])}."]
        limits = [f"count ≥ {asked['min_count']:g}"] if asked.get("min_count", 1) > 1 else []
        limits += [f"{name} = {value}" for name, value in asked.get("filter", {}).items()]
        limits += [f"backbone at {asked['backbone']:g}"] if "backbone" in asked else []
        if self._net._by() is not None:
            told.append(f"Groups by {self._net._by()} are added up.")
        if limits:
            told.append(f"Thresholds: {', '.join(limits)}.")
        return " ".join(told)

    def _unit(self) -> str:
        label = self._net._network.levels[self._net._level()]
        name, _, size = label.partition(":")
        if name == "window":
            return f"two words at most {size} apart"
        return f"{size} sentences in a row" if name == "sentences" else name

    def _map(self) -> Html:
        zooms = [("fit", 1), ("×2", 2), ("×4", 4)]
        choices = [
            el("label", el("input", type="radio", name="zoom", id=f"z{n}", checked=n == 1 or None), told)
            for told, n in zooms
        ]
        asked = self._net.question
        width = _COUNTS[asked["count"]] if self._weight == "weight" else self._weight
        directed = " It starts wide at the one that stands first." if self._net.directed else ""
        colours = (
            "Colours are communities: groups with more pairs among themselves than with others (Louvain)."
            if self._color == "community"
            else "Colours are types."
        )
        legend = [
            el("li", el("span", class_=f"swatch g{i}"), told, f" ({number(n)})", dir="auto")
            for i, (told, n) in enumerate(self._drawn.keys)
        ]
        together = "they stand together" if self._weight == "weight" else "of the pair"
        return el(
            "figure",
            el("fieldset", el("legend", "Size"), choices, class_="zoom"),
            el(
                "div",
                svg(self._drawn, self._net.directed, "The network; its pairs follow as a table", linked=True),
                class_="pan",
                tabindex=0,
                role="region",
                aria_label="Picture of the network",
            ),
            el("ul", legend, class_="legend"),
            el(
                "figcaption",
                f"The area of a circle shows mentions, the width of a line {width} {together}.{directed} "
                f"{colours} What is near is connected; left, right, up and down mean nothing (ForceAtlas2).",
            ),
            class_="map",
        )

    def _start(self) -> Html:
        if not self._drawn.edges:
            return el("section", el("h2", self._heading), class_="start", id="start")
        told = "Choose a line for the texts behind it, a circle for all pairs of it."
        most = self._drawn.edges[:12]
        return el(
            "section",
            el("h2", "The strongest pairs"),
            el("p", told, class_="note"),
            el("ol", [el("li", self._link(i), self._strength(i)) for i in range(len(most))]),
            class_="start",
            id="start",
        )

    def _link(self, i: int, of: int | None = None) -> Html:
        """The way to a pair: its names, or the other one `of` a name."""
        edge = self._drawn.edges[i]
        # Isolated from each other: a name written from right to left must not turn the line around.
        names = [el("bdi", self._drawn.nodes[n].name) for n in (edge.source, edge.target) if n != of]
        return el("a", names[0], [[" · ", name] for name in names[1:]], href=f"#p{i}")

    def _strength(self, i: int) -> list[Html | str]:
        return ["\u00a0", el("small", _number(self._drawn.edges[i].value))]

    def _panels(self) -> Iterator[Html]:
        of_name: dict[int, list[int]] = defaultdict(list)
        for i, edge in enumerate(self._drawn.edges):
            of_name[edge.source].append(i)
            of_name[edge.target].append(i)
            names = (self._drawn.nodes[edge.source].name, self._drawn.nodes[edge.target].name)
            places = self._evidence.get(names, [])
            kept = el("p", "No text was kept; count with evidence=3.", class_="note") if not places else None
            yield self._panel(
                f"p{i}",
                joined(el("bdi", names[0]), " · ", el("bdi", names[1])),
                el("p", _numbers(edge.row), class_="note"),
                kept or el("ol", [el("li", _place(row)) for row in places], class_="sentences"),
            )
        for i, node in enumerate(self._drawn.nodes):
            mentions = f"{number(node.mentions)} mention{'s' if node.mentions != 1 else ''}"
            yield self._panel(
                f"n{i}",
                el("bdi", node.name),
                el("p", f"{node.kind}, {mentions}" if node.kind else mentions, class_="note"),
                el("ol", [el("li", self._link(e, i), self._strength(e)) for e in of_name[i]]),
            )

    def _panel(self, anchor: str, heading: Html, *content: Html) -> Html:
        back = el("a", "×", href="#start", class_="close", aria_label="Close")
        return el("section", back, el("h2", heading, dir="auto"), *content, id=anchor, class_="panel")

    def _table(self) -> Html | None:
        if not self._drawn.edges:
            return None
        first = self._drawn.edges[0].row
        names = [name for name in first if name not in ("source", "target")]
        columns = [("Pair", "text"), *(("count" if n == "weight" else n, "number") for n in names)]
        lines = [
            el(
                "tr",
                el("td", self._link(i), class_="text"),
                [el("td", _number(edge.row[name], name), class_="number") for name in names],
            )
            for i, edge in enumerate(self._drawn.edges)
        ]
        return el(
            "section", el("h2", "The pairs shown"), table(columns, [el("tbody", lines)]), class_="pairs"
        )


def _number(value: Any, name: str = "") -> str:
    if name.startswith(("p_", "q_")) and value is not None and value < 0.001:
        return "<0.001"
    if isinstance(value, float):
        return decimal(value, 0 if abs(value) >= 1000 else 1 if abs(value) >= 10 else 3)
    return number(value)


def _numbers(row: dict[str, Any]) -> str:
    """What is known of a pair."""
    units = ""
    if "n_source" in row:
        each = f"{number(row['n_source'])} units name the first, {number(row['n_target'])} the second"
        units = f"; {each}, of {number(row['n'])}"
    rest = {k: v for k, v in row.items() if isinstance(v, (int, float))}
    told = [
        f"{k} {_number(v, k)}" for k, v in rest.items() if k not in ("weight", "n_source", "n_target", "n")
    ]
    return f"count {_number(row['weight'])}{units}{'; ' * bool(told)}{', '.join(told)}"


def _place(row: dict[str, Any]) -> Html:
    document = row["doc_id"] if row.get("doc_id") is not None else f"document {row['doc']}"
    place = f"{document}, sentence\u00a0{row['sentence']}"
    return joined(marked_row(row, most=_MOST_TEXT), " ", el("span", place, class_="where"))


def _evidence(net: Network, picture: Drawn) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The places kept for the pairs that are drawn."""
    pairs = {(picture.nodes[e.source].name, picture.nodes[e.target].name) for e in picture.edges}
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in net._kept(pairs):
        found[row["source"], row["target"]].append(row)
    return found
