"""A network as a graph: in memory for other libraries, and as files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexmill import _dates
from lexmill._files import write_whole
from lexmill._optional import optional

if TYPE_CHECKING:
    from lexmill._graph import Graph

_Path = str | PathLike[str]
# What XML 1.0 cannot hold, and white space that its readers change.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+")


def merged(net: Graph) -> list[dict[str, Any]]:
    """One row a pair: source, target, weight, then what else is known of it. Groups are added up."""
    net._level()
    by = net._by()
    rows = []
    if by is None:
        for row in net:
            row.pop("within", None)
            rest = {k: v for k, v in row.items() if k not in ("source", "target", "count")}
            rows.append({"source": row["source"], "target": row["target"], "weight": row["count"], **rest})
        return rows
    sums: dict[tuple[str, str], Any] = {}
    for pair, count in zip(net._pairs(), net.column("count"), strict=True):
        sums[pair] = sums.get(pair, 0) + count
    ordered = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    return [{"source": a, "target": b, "weight": weight} for (a, b), weight in ordered]


def _nodes(net: Graph, isolates: bool) -> list[dict[str, Any]]:
    return [row for row in net.nodes() if isolates or row["degree"]]


def _there(row: dict[str, Any], *without: str) -> dict[str, Any]:
    """The attributes that have a value."""
    return {k: v for k, v in row.items() if v is not None and k not in without}


def to_networkx(net: Graph, isolates: bool) -> Any:
    """The graph of networkx."""
    networkx = optional("networkx", "network")
    graph = networkx.DiGraph() if net.directed else networkx.Graph()
    for node in _nodes(net, isolates):
        graph.add_node(node["entity"], **_there(node, "entity"))
    for edge in merged(net):
        graph.add_edge(edge["source"], edge["target"], **_there(edge, "source", "target"))
    return graph


def louvain(graph: Any, names: Sequence[str], seed: int, resolution: float) -> dict[str, int]:
    """The community of each of `names`, by number from 0 for the largest; of those as large, the one with the
    first of the names."""
    found_by = optional("networkx.algorithms.community", "network").louvain_communities
    if not names:
        return {}
    # As numbers: sets of names would be gone through in an order that depends on the hash seed.
    place = {name: row for row, name in enumerate(names)}
    numbered = optional("networkx", "network").relabel_nodes(graph, place)
    found = found_by(numbered, weight="weight", seed=seed, resolution=resolution)
    ordered = sorted(found, key=lambda group: (-len(group), min(group)))
    return {names[row]: i for i, group in enumerate(ordered) for row in group}


def to_igraph(net: Graph, isolates: bool) -> Any:
    """The graph of igraph."""
    igraph = optional("igraph", "igraph")
    nodes, edges = _nodes(net, isolates), merged(net)
    place = {node["entity"]: i for i, node in enumerate(nodes)}
    ends = [(place[edge["source"]], place[edge["target"]]) for edge in edges]
    graph = igraph.Graph(n=len(nodes), edges=ends, directed=net.directed)
    for name in nodes[0] if nodes else ():
        graph.vs["name" if name == "entity" else name] = [node[name] for node in nodes]
    for name in edges[0] if edges else ():
        if name not in ("source", "target"):
            graph.es[name] = [edge[name] for edge in edges]
    return graph


def to_scipy(net: Graph) -> tuple[Any, list[str]]:
    """The matrix and the names of its rows."""
    sparse = optional("scipy.sparse", "scipy")
    names = [node["entity"] for node in net.nodes()]
    place = {name: i for i, name in enumerate(names)}
    rows, columns, weights = [], [], []
    for edge in merged(net):
        ends = (place[edge["source"]], place[edge["target"]])
        for a, b in [ends] if net.directed else [ends, ends[::-1]]:
            rows.append(a)
            columns.append(b)
            weights.append(edge["weight"])
    kind = float if net._fractions else "int64"
    entries = (weights, (rows, columns))
    matrix = sparse.coo_array(entries, shape=(len(names), len(names)), dtype=kind).tocsr()
    return matrix, names


def clean(text: str) -> str:
    """The text without characters that XML cannot hold: white space becomes a space, others U+FFFD."""
    return _CONTROL.sub("\ufffd", _SPACE.sub(" ", text))


def _labels(names: list[str], clean_one: Any = clean) -> dict[str, str]:
    """A name for each node that its file can hold; no two the same."""
    out: dict[str, str] = {}
    taken = {name for name in names if clean_one(name) == name}
    for name in names:
        label = clean_one(name)
        if label != name:
            number, base = 2, label
            while label in taken:
                label, number = f"{base} ({number})", number + 1
            taken.add(label)
        out[name] = label
    return out


def _clean_graph(net: Graph, isolates: bool) -> Any:
    """The graph with names and texts that XML can hold."""
    networkx = optional("networkx", "network")
    graph = networkx.relabel_nodes(to_networkx(net, isolates), _labels([n["entity"] for n in net.nodes()]))
    for _, attributes in graph.nodes(data=True):
        attributes.update({k: clean(v) for k, v in attributes.items() if isinstance(v, str)})
    for *_, attributes in graph.edges(data=True):
        attributes.update({k: clean(v) for k, v in attributes.items() if isinstance(v, str)})
    return graph


def to_graphml(net: Graph, path: _Path, isolates: bool) -> None:
    """GraphML by networkx."""
    networkx = optional("networkx", "network")
    lines = networkx.generate_graphml(_clean_graph(net, isolates))
    write_whole(path, "<?xml version='1.0' encoding='utf-8'?>\n" + "\n".join(lines) + "\n")


def to_gexf(net: Graph, path: _Path, isolates: bool) -> None:
    """GEXF by networkx."""
    networkx = optional("networkx", "network")
    graph = _clean_graph(net, isolates)
    by = net._by()
    slices = {} if by is None else {g: _dates.span_of(str(g)) for g in set(net.column(by)) - {None}}
    if slices and None not in slices.values():
        labels = _labels([n["entity"] for n in net.nodes()])
        graph.graph["mode"] = "dynamic"
        spells: dict[tuple[str, str], list[tuple[Any, str, str]]] = {}
        counts = zip(net._pairs(), net.column(by or ""), net.column("count"), strict=True)
        for (source, target), group, count in counts:
            span = slices.get(group)
            if span is not None:
                first, last = (day.isoformat() for day in span)
                spells.setdefault((labels[source], labels[target]), []).append((count, first, last))
        for pair, values in spells.items():
            values.sort(key=lambda value: value[1])
            graph.edges[pair]["count"] = values
            graph.edges[pair]["spells"] = [(first, last) for _, first, last in values]
    lines = networkx.generate_gexf(graph)
    write_whole(path, "<?xml version='1.0' encoding='utf-8'?>\n" + "\n".join(lines) + "\n")


def to_pajek(net: Graph, path: _Path, isolates: bool) -> None:
    """Pajek's format has no escapes."""
    nodes = [node["entity"] for node in _nodes(net, isolates)]
    labels = _labels(nodes, lambda name: clean(name).replace('"', "'").replace("\\", "/"))
    place = {name: i for i, name in enumerate(nodes, 1)}
    lines = [f"*Vertices {len(nodes)}", *(f'{place[name]} "{labels[name]}"' for name in nodes)]
    lines.append("*Arcs" if net.directed else "*Edges")
    lines += [f"{place[e['source']]} {place[e['target']]} {e['weight']}" for e in merged(net)]
    write_whole(path, "\n".join(lines) + "\n")


def to_node_link(net: Graph, path: _Path, isolates: bool) -> None:
    """JSON, in which there is no NaN: undefined values are left out."""
    nodes = [{"id": node["entity"], **_there(node, "entity", "degree")} for node in _nodes(net, isolates)]
    content = {
        "directed": net.directed,
        "multigraph": False,
        "graph": {},
        "nodes": nodes,
        "edges": [_there(edge) for edge in merged(net)],
    }
    write_whole(path, json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n")


def _table(rows: Iterator[list[Any]] | list[list[Any]], **dialect: Any) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", **dialect).writerows(rows)
    return out.getvalue()


def to_csv(net: Graph, folder: _Path, isolates: bool, excel_safe: bool) -> None:
    """Two tables with the headings that Gephi knows."""

    def text(value: str) -> str:
        return f"'{value}" if excel_safe and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value

    if Path(folder).suffix.lower() in (".csv", ".tsv", ".txt"):
        raise ValueError(
            f"{folder}: the nodes and edges are two files; give a folder, or write the pairs alone with "
            "net.to_pandas().to_csv(...)"
        )
    nodes, edges = _nodes(net, isolates), merged(net)
    place = {node["entity"]: i for i, node in enumerate(nodes)}
    more = [name for name in (nodes[0] if nodes else ()) if name != "entity"]
    rows: list[list[Any]] = [["Id", "Label", *more]]
    for node in nodes:
        values = [text(v) if isinstance(v, str) else v for v in (node[name] for name in more)]
        rows.append([place[node["entity"]], text(node["entity"]), *values])
    more = [name for name in (edges[0] if edges else ()) if name not in ("source", "target", "weight")]
    kind = "Directed" if net.directed else "Undirected"
    lines: list[list[Any]] = [["Source", "Target", "Type", "Weight", *more]]
    for edge in edges:
        ends = [place[edge["source"]], place[edge["target"]]]
        lines.append([*ends, kind, edge["weight"], *(edge[name] for name in more)])
    Path(folder).mkdir(parents=True, exist_ok=True)
    write_whole(Path(folder) / "nodes.csv", _table(rows))
    write_whole(Path(folder) / "edges.csv", _table(lines))


def to_vosviewer(net: Graph, folder: _Path, isolates: bool) -> None:
    """A map of items and a network of links, separated by tabs."""
    nodes = _nodes(net, isolates)
    place = {node["entity"]: i for i, node in enumerate(nodes, 1)}
    heads = [
        "id",
        "label",
        "weight<Mentions>",
        "weight<Documents>",
        "weight<Links>",
        "weight<Total link strength>",
    ]
    rows: list[list[Any]] = [heads]
    for node in nodes:
        counts = [node[name] for name in ("mentions", "documents", "degree", "strength")]
        rows.append([place[node["entity"]], clean(node["entity"]), *counts])
    links = [[place[e["source"]], place[e["target"]], e["weight"]] for e in merged(net)]
    Path(folder).mkdir(parents=True, exist_ok=True)
    write_whole(Path(folder) / "map.txt", _table(rows, delimiter="\t"))
    write_whole(Path(folder) / "network.txt", _table(links, delimiter="\t"))
