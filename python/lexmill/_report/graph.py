"""A network as a picture: which names and pairs are drawn, where they stand, and their SVG."""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

from lexmill import _graphs
from lexmill._optional import optional
from lexmill._report.html import Html, el, number

WIDTH, HEIGHT = 1000, 680
MARGIN = 34
# Colours for the largest communities (or types); the last is that of all others.
COLOURS = 6
_LONGEST_LABEL = 28
# A label that finds no room is tried smaller: such ones are for print, and for looking closely.
_SMALL = (8.0, 5.5)
_ROUNDS = 300


class Node(NamedTuple):
    """A name as it is drawn."""

    name: str
    kind: str | None
    mentions: int
    strength: float
    colour: int
    x: float
    y: float
    r: float


class Edge(NamedTuple):
    """A pair as it is drawn: the numbers of its names, and its row."""

    source: int
    target: int
    value: float
    wide: float
    row: dict[str, Any]


class Drawn(NamedTuple):
    """What is drawn, the most mentioned name and the strongest pair first."""

    nodes: list[Node]
    edges: list[Edge]
    keys: list[tuple[str, int]]
    """What the colours stand for, and for how many names each."""
    positive: bool
    """Whether any pair of the network could be drawn."""


def drawn(net: Any, names: int, pairs: int, weight: str, colour: str, seed: int) -> Drawn:
    """The `names` with the largest sums of counts, and of the pairs among them the `pairs` that hold them
    together or are the strongest."""
    networkx = optional("networkx", "network")
    nodes = {row["entity"]: row for row in net.nodes()}
    rows = [row for row in _graphs.merged(net) if (row[weight] or 0) > 0]
    top = sorted((n for n in nodes if nodes[n]["degree"]), key=lambda n: (-nodes[n]["strength"], n))[:names]
    among, positive = set(top), bool(rows)
    rows = [row for row in rows if row["source"] in among and row["target"] in among]
    rows.sort(key=lambda row: (-row[weight], row["source"], row["target"]))
    whole = networkx.Graph()
    for row in rows:
        # Of the two directions of a pair the stronger stands for both.
        if not whole.has_edge(row["source"], row["target"]):
            whole.add_edge(row["source"], row["target"], weight=row[weight])
    spanning = {
        frozenset(edge[:2]) for edge in networkx.maximum_spanning_edges(whole, weight="weight", data=False)
    }
    rows.sort(key=lambda row: frozenset((row["source"], row["target"])) not in spanning)
    rows = sorted(rows[:pairs], key=lambda row: (-row[weight], row["source"], row["target"]))

    held = {row[end] for row in rows for end in ("source", "target")}
    if not held and positive:
        # Too few names for a pair are seen to be so.
        held = among
    order = sorted(held, key=lambda n: (-nodes[n]["mentions"], -nodes[n]["strength"], n))
    graph = networkx.Graph()
    graph.add_nodes_from(order)
    for row in rows:
        if not graph.has_edge(row["source"], row["target"]):
            graph.add_edge(row["source"], row["target"], weight=row[weight])
    most = max((nodes[n]["mentions"] for n in order), default=1)
    largest = 22.0 if len(order) <= 150 else 15.0
    # The area tells the mentions; the smallest can still be seen and hit.
    radii = {n: max(largest * math.sqrt(nodes[n]["mentions"] / most), 3.0) for n in order}
    places = _places(graph, radii, seed)
    colours, keys = _colours(graph, order, nodes, colour, seed)
    shown = [
        Node(
            n, nodes[n]["type"], nodes[n]["mentions"], nodes[n]["strength"], colours[n], *places[n], radii[n]
        )
        for n in order
    ]
    place = {n: i for i, n in enumerate(order)}
    strongest = max((row[weight] for row in rows), default=1)
    edges = [
        Edge(
            place[row["source"]],
            place[row["target"]],
            row[weight],
            max(7.0 * row[weight] / strongest, 0.6),
            row,
        )
        for row in rows
    ]
    return Drawn(shown, edges, keys, positive)


def _places(graph: Any, radii: dict[str, float], seed: int) -> dict[str, tuple[float, float]]:
    """Where each node stands on the canvas, by networkx's ForceAtlas2."""
    networkx = optional("networkx", "network")
    optional("numpy", "network")
    if not graph.number_of_edges():
        # Nothing is near anything: in a row.
        step = WIDTH / (len(graph) + 1)
        return {name: (round(step * (i + 1), 1), HEIGHT / 2) for i, name in enumerate(graph)}
    # Strong gravity keeps small groups near; without weights one strong pair does not collapse into a point.
    options = {"scaling_ratio": 40, "gravity": 0.05, "strong_gravity": True, "seed": seed}
    found = networkx.forceatlas2_layout(graph, max_iter=_ROUNDS, **options)
    # Once more from there, the circles with their size.
    wide = max((max(v) - min(v) for v in zip(*found.values(), strict=True)), default=0.0)
    sizes = {name: float(r * wide / WIDTH) for name, r in radii.items()}
    found = networkx.forceatlas2_layout(graph, pos=found, max_iter=_ROUNDS // 3, node_size=sizes, **options)
    points = {name: (float(x), float(y)) for name, (x, y) in found.items()}
    spans = [(min(v), max(v)) for v in zip(*points.values(), strict=True)]
    if spans[1][1] - spans[1][0] > spans[0][1] - spans[0][0]:
        points = {name: (y, x) for name, (x, y) in points.items()}
        spans.reverse()

    def scaled(value: float, span: tuple[float, float], size: int) -> float:
        low, high = span
        share = (value - low) / (high - low) if high > low else 0.5
        return round(MARGIN + share * (size - 2 * MARGIN), 1)

    return {
        name: (scaled(x, spans[0], WIDTH), scaled(y, spans[1], HEIGHT)) for name, (x, y) in points.items()
    }


def _colours(
    graph: Any, order: Sequence[str], nodes: dict[str, Any], colour: str, seed: int
) -> tuple[dict[str, int], list[tuple[str, int]]]:
    """The colour of each name, and what the colours stand for."""
    groups: dict[str, list[str]] = defaultdict(list)
    if colour == "type":
        for name in order:
            groups[nodes[name]["type"] or "no type"].append(name)
        found = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    else:
        of = _graphs.louvain(graph, order, seed, 1.0)
        for name in order:
            groups[str(of[name])].append(name)
        ranked = sorted(groups.values(), key=len, reverse=True)
        found = [(", ".join(group[:3]), group) for group in ranked]
    out = {
        name: min(i, COLOURS - 1) if len(found) > COLOURS else i
        for i, (_, group) in enumerate(found)
        for name in group
    }
    if len(found) > COLOURS:
        rest = sum(len(group) for _, group in found[COLOURS - 1 :])
        found = found[: COLOURS - 1]
        return out, [*((told, len(group)) for told, group in found), ("others", rest)]
    return out, [(told, len(group)) for told, group in found]


def svg(
    picture: Drawn, directed: bool, told: str, *, linked: bool, style: str = "", captions: Sequence[str] = ()
) -> Html:
    """The picture; `linked` if its lines and circles lead to the parts of a page. Captions stand below it."""
    lines = [_line(picture, i, directed, linked) for i in reversed(range(len(picture.edges)))]
    near: dict[int, set[int]] = defaultdict(set)
    for edge in picture.edges:
        near[edge.source].add(edge.target)
        near[edge.target].add(edge.source)
    labels = _labels(picture.nodes)
    points = [_point(picture, i, near[i], labels[i], linked) for i in reversed(range(len(picture.nodes)))]
    below = [
        el("text", line, x=12, y=HEIGHT + 12 + 17 * i, font_size=13 - 2 * i, class_="caption")
        for i, line in enumerate(captions)
    ]
    return el(
        "svg",
        el("style", Html(style)) if style else None,
        el("g", lines),
        el("g", points),
        below,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {HEIGHT + 18 * len(captions)}",
        role="group" if linked else "img",
        aria_label=told,
        class_="graph",
    )


def pair_told(picture: Drawn, edge: Edge, weight: str) -> str:
    """A pair in words."""
    value = number(edge.row["weight"]) if isinstance(edge.row["weight"], int) else f"{edge.row['weight']:.4g}"
    more = "" if weight == "weight" else f", {weight} {edge.value:.4g}"
    return f"{picture.nodes[edge.source].name} – {picture.nodes[edge.target].name}: {value}{more}"


def _line(picture: Drawn, i: int, directed: bool, linked: bool) -> Html:
    edge = picture.edges[i]
    a, b = picture.nodes[edge.source], picture.nodes[edge.target]
    colour = f"g{a.colour}" if a.colour == b.colour else "between"
    ends = {"x1": a.x, "y1": a.y, "x2": b.x, "y2": b.y}
    if directed:
        # Wide where it starts, pointed where it ends.
        length = math.hypot(b.x - a.x, b.y - a.y) or 1.0
        half = edge.wide / 2 + 0.8
        dx, dy = -(b.y - a.y) / length * half, (b.x - a.x) / length * half
        corners = [(a.x + dx, a.y + dy), (a.x - dx, a.y - dy), (b.x, b.y)]
        shape = el("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in corners), class_=colour)
    else:
        shape = el("line", **ends, stroke_width=f"{edge.wide:.2f}", class_=colour)
    title = el("title", pair_told(picture, edge, "weight"))
    around = f"e k{edge.source} k{edge.target}"
    if not linked:
        return el("g", title, shape, class_=around)
    # A thin line is easier to hit where nothing is seen of its width.
    return el("a", title, el("line", **ends, class_="hit"), shape, href=f"#p{i}", id=f"e{i}", class_=around)


def _point(picture: Drawn, i: int, near: set[int], label: _Label, linked: bool) -> Html:
    node = picture.nodes[i]
    parts = [
        el("title", f"{node.name}: {number(node.mentions)} mention{'s' if node.mentions != 1 else ''}"),
        el("circle", cx=node.x, cy=node.y, r=f"{node.r:.1f}", class_=f"g{node.colour}"),
        el(
            "text",
            _short(node.name),
            x=f"{label.x:.1f}",
            y=f"{label.y:.1f}",
            text_anchor=label.anchor,
            font_size=f"{label.size:g}",
            direction="ltr",
            class_="quiet" if not label.fits else "small" if label.size < 9 else None,
        ),
    ]
    around = " ".join(["n", *(f"k{j}" for j in sorted({i} | near))])
    if not linked:
        return el("g", parts, class_=around)
    return el("a", parts, href=f"#n{i}", id=f"c{i}", class_=around)


def _short(name: str) -> str:
    told = " ".join(name.split())
    return told if len(told) <= _LONGEST_LABEL else told[: _LONGEST_LABEL - 1].rstrip() + "…"


class _Label(NamedTuple):
    x: float
    y: float
    anchor: str
    size: float
    fits: bool


_Box = tuple[float, float, float, float]


class _Room:
    """What of the canvas is taken."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[float, _Box]]] = defaultdict(list)

    @staticmethod
    def _near(box: _Box) -> Iterator[tuple[int, int]]:
        left, top, right, bottom = (int(v // 40) for v in box)
        return product(range(left, right + 1), range(top, bottom + 1))

    def take(self, size: float, box: _Box) -> None:
        for cell in self._near(box):
            self._cells[cell].append((size, box))

    def free(self, size: float, box: _Box) -> bool:
        """Whether nothing stands there that is as large."""
        if box[0] < 2 or box[1] < 2 or box[2] > WIDTH - 2 or box[3] > HEIGHT - 2:
            return False
        return not any(
            taken >= size
            and there[0] < box[2]
            and box[0] < there[2]
            and there[1] < box[3]
            and box[1] < there[3]
            for cell in self._near(box)
            for taken, there in self._cells[cell]
        )


def _labels(nodes: Sequence[Node]) -> list[_Label]:
    """A place beside each circle where its label covers nothing, the largest circles first."""
    room = _Room()
    for n in nodes:
        room.take(n.r, (n.x - n.r, n.y - n.r, n.x + n.r, n.y + n.r))
    out = []
    largest = max((n.r for n in nodes), default=1.0)
    for node in nodes:
        usual = 10.5 + 6.5 * node.r / largest
        # Rather than become small, the label of a large circle may cover small ones.
        tried = (
            (s, over, *place)
            for s in (usual, 0.8 * usual, *_SMALL)
            for over in (0, 0.5)
            for place in _beside(node, s)
        )
        for size, over, x, y, anchor, box in tried:
            if room.free(over * node.r, box):
                room.take(math.inf, box)
                out.append(_Label(x, y, anchor, size, True))
                break
        else:
            _, y, _, _ = next(_beside(node, usual))
            left = node.x > WIDTH / 2
            x = node.x + (-node.r - 3 if left else node.r + 3)
            out.append(_Label(x, y, "end" if left else "start", _SMALL[0], False))
    return out


def _beside(node: Node, size: float) -> Iterator[tuple[float, float, str, _Box]]:
    """Right, left, above, below, then the corners: where the text starts, and what it covers."""
    wide, gap = _wide(_short(node.name)) * size, 3.0
    corner = node.r * 0.7 + 1
    sides = [
        (node.x + node.r + gap, node.y, "start"),
        (node.x - node.r - gap, node.y, "end"),
        (node.x, node.y - node.r - gap - size * 0.4, "middle"),
        (node.x, node.y + node.r + gap + size * 0.4, "middle"),
        (node.x + corner, node.y - corner - size * 0.3, "start"),
        (node.x + corner, node.y + corner + size * 0.3, "start"),
        (node.x - corner, node.y - corner - size * 0.3, "end"),
        (node.x - corner, node.y + corner + size * 0.3, "end"),
    ]
    for x, middle, anchor in sides:
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        yield x, middle + size * 0.35, anchor, (left, middle - size * 0.55, left + wide, middle + size * 0.55)


def _wide(text: str) -> float:
    """About how wide a text is, in units of its size: no font is at hand."""
    return sum(
        0.0 if unicodedata.combining(c) else 1.0 if unicodedata.east_asian_width(c) in "WF" else _letter(c)
        for c in text
    )


def _letter(c: str) -> float:
    if c in "iljtfr.,;:'’|!() -":
        return 0.38
    return 0.74 if c.isupper() or c in "mw@%" else 0.6
