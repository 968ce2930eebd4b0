"""The network as a graph: read again by networkx, whatever the names are."""

from __future__ import annotations

import csv
import json
import stat
from itertools import pairwise
from pathlib import Path
from typing import Any

import lexmill as lm
import pytest

nx = pytest.importorskip("networkx")

HOSTILE = [
    "<b>&amp; \"x\" 'y'",
    "tab\tline\nfeed",
    "vt\x0bnull\x00x",
    "=HYPERLINK(1)",
    "back\\slash\\",
    'quote"',
    "quote'",
    "👍🏽 שלום",
    "]]>a",
    "*Vertices 9",
    "a\x01",
    "a\x02",
    "#x",
    "\u2028z",
    "- x -",
]


def hostile(**options: Any) -> lm.Network:
    """Every name occurs with the next."""
    texts = [f"{a} | {b}" for a, b in pairwise(HOSTILE)]
    spans = []
    for doc, (a, b) in enumerate(pairwise(HOSTILE)):
        spans.append({"doc": doc, "start": 0, "end": len(a), "label": a, "type": "<\x0b>"})
        spans.append({"doc": doc, "start": len(a) + 3, "end": len(a) + 3 + len(b), "label": b, "type": "T"})
    return lm.Corpus(texts, **options).cooccurrences(spans, within="document", ci=0.9, p_value=True)


def relabelled(graph: Any) -> Any:
    """networkx's own relabelling refuses an empty graph."""
    return nx.relabel_nodes(graph, dict(graph.nodes(data="label")))


READERS = {
    "graphml": (lm.Network.to_graphml, nx.read_graphml),
    "gexf": (lm.Network.to_gexf, lambda path: relabelled(nx.read_gexf(path))),
    "net": (lm.Network.to_pajek, nx.read_pajek),
    "json": (
        lm.Network.to_node_link,
        lambda path: nx.node_link_graph(json.loads(path.read_text("utf-8")), edges="edges"),
    ),
}


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("make", [lm.Corpus, None], ids=["plain", "hostile"])
def test_files_are_read_again(kind: str, make: Any, tmp_path: Path) -> None:
    write, read = READERS[kind]
    if make is None:
        net = hostile()
    else:
        texts = ["Ada met Babbage.", "Ada met Babbage and Curie. Darwin."]
        net = make(texts).cooccurrences(["Ada", "Babbage", "Curie", "Darwin"])
    path = tmp_path / f"net.{kind}"
    write(net, path)
    again, ours = read(path), net.to_networkx()
    assert len(again) == len(ours)
    assert nx.number_of_selfloops(again) == 0
    weights = lambda graph: sorted(float(w) for *_, w in graph.edges(data="weight"))  # noqa: E731
    assert weights(again) == weights(ours)
    if make is not None:
        assert set(again) == set(ours)
        assert again.number_of_edges() == 3
    if kind == "json":
        assert set(again) == set(ours)
    assert list(tmp_path.iterdir()) == [path], "nothing is left behind"


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: Any) -> None:
    path = tmp_path / "net.net"
    path.write_text("old")

    def fail(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no space"):
        hostile().to_pajek(path)
    assert [p.name for p in tmp_path.iterdir()] == ["net.net"] and path.read_text() == "old"


def test_files_can_be_read_by_others(tmp_path: Path) -> None:
    (tmp_path / "any").write_text("")
    hostile().to_pajek(tmp_path / "net.net")
    modes = {stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()}
    assert len(modes) == 1


def test_tables_for_gephi(tmp_path: Path) -> None:
    net = hostile()
    net.to_csv(tmp_path / "out")
    with (tmp_path / "out" / "nodes.csv").open(encoding="utf-8", newline="") as file:
        nodes = list(csv.DictReader(file))
    with (tmp_path / "out" / "edges.csv").open(encoding="utf-8", newline="") as file:
        edges = list(csv.DictReader(file))
    names = {row["Id"]: row["Label"] for row in nodes}
    assert "'=HYPERLINK(1)" in names.values() and "'- x -" in names.values()
    assert [(names[e["Source"]].lstrip("'"), float(e["Weight"])) for e in edges] == [
        (e["source"].lstrip("'"), e["weight"]) for e in net.edges()
    ]
    assert {e["Type"] for e in edges} == {"Undirected"}
    net.to_csv(tmp_path / "out", excel_safe=False)
    assert "'=HYPERLINK" not in (tmp_path / "out" / "nodes.csv").read_text("utf-8")


def test_tables_for_vosviewer(tmp_path: Path) -> None:
    net = hostile()
    net.to_vosviewer(tmp_path)
    items = list(csv.reader((tmp_path / "map.txt").read_text("utf-8").splitlines(), delimiter="\t"))
    assert items[0][:3] == ["id", "label", "weight<Mentions>"]
    links = [line.split("\t") for line in (tmp_path / "network.txt").read_text("utf-8").splitlines()]
    assert len(items) == 1 + len(HOSTILE) and len(links) == len(net)
    assert {int(end) for link in links for end in link[:2]} == set(range(1, len(HOSTILE) + 1))


def test_a_network_in_slices_of_time_becomes_a_dynamic_graph(tmp_path: Path) -> None:
    texts = ["Ada met Babbage."] * 3 + ["Ada met Curie."]
    dates = ["2024-01-03", "2024-01-09", "2024-02-01", "2024-02-29"]
    net = lm.Corpus(texts, meta={"date": dates}).cooccurrences(["Ada", "Babbage", "Curie"], by="month")
    assert net.column("month") == ["2024-01", "2024-02", "2024-02"]
    net.to_gexf(tmp_path / "net.gexf")
    again = nx.read_gexf(tmp_path / "net.gexf", relabel=True)
    edge = again.edges["Ada", "Babbage"]
    assert edge["spells"] == [("2024-01-01", "2024-01-31"), ("2024-02-01", "2024-02-29")]
    assert [value[0] for value in edge["count"]] == [2, 1]
    assert edge["weight"] == 3
    assert 'timeformat="date"' in (tmp_path / "net.gexf").read_text("utf-8")


def test_groups_are_added_up_not_overwritten() -> None:
    corpus = lm.Corpus(["Ada met Babbage."] * 3, meta={"outlet": ["x", "y", "y"]})
    net = corpus.cooccurrences(["Ada", "Babbage"], by="outlet")
    assert net.edges().to_dicts() == [{"source": "Ada", "target": "Babbage", "weight": 3}]
    assert net.to_networkx().edges["Ada", "Babbage"]["weight"] == 3
    assert net.filter(outlet="x").to_networkx().edges["Ada", "Babbage"]["weight"] == 1


def test_matrices_and_igraph_agree_with_networkx() -> None:
    texts = ["Ada met Babbage.", "Curie met Ada. Babbage met Ada. Darwin."]
    names = ["Ada", "Babbage", "Curie", "Darwin"]
    for ordered in (False, True):
        net = lm.entity_cooccurrences(texts, names, ordered=ordered)
        graph = net.to_networkx()
        matrix, order = net.to_scipy()
        assert (matrix.toarray() == nx.to_numpy_array(graph, nodelist=order, dtype=int)).all()
        assert matrix.format == "csr" and (matrix.toarray() == matrix.toarray().T).all() != ordered
        igraph = pytest.importorskip("igraph")
        theirs = net.to_igraph()
        assert isinstance(theirs, igraph.Graph) and theirs.is_directed() == ordered
        assert theirs.vs["name"] == order
        ends = {(theirs.vs[e.source]["name"], theirs.vs[e.target]["name"]): e["weight"] for e in theirs.es}
        assert ends == {(a, b): w for a, b, w in graph.edges(data="weight")} or not ordered
    fractions = lm.entity_cooccurrences(texts, names, count="fractional").to_scipy().matrix
    assert fractions.dtype == float


def test_an_edge_list_is_what_networkx_takes() -> None:
    net = lm.entity_cooccurrences(["Ada met Babbage."], ["Ada", "Babbage"])
    pytest.importorskip("pandas")
    graph = nx.from_pandas_edgelist(net.edges().to_pandas(), edge_attr="weight")
    assert graph.edges["Ada", "Babbage"]["weight"] == 1


def test_degree_and_strength_are_those_of_the_rows_shown() -> None:
    texts = ["Ada met Babbage."] * 3 + ["Ada met Curie."]
    net = lm.entity_cooccurrences(texts, ["Ada", "Babbage", "Curie"])
    shown = net.filter(min_count=2)
    assert [(r["entity"], r["degree"], r["strength"]) for r in shown.nodes()] == [
        ("Ada", 1, 3),
        ("Babbage", 1, 3),
        ("Curie", 0, 0),
    ]
    assert set(shown.to_networkx(isolates=False)) == {"Ada", "Babbage"}
    assert set(shown.evidence().column("target")) == {"Babbage"}


def test_communities_repeat() -> None:
    names = [f"Name{i}" for i in range(12)]
    texts = [
        f"{a} {b}." for i, a in enumerate(names) for j, b in enumerate(names) if i < j and i // 4 == j // 4
    ]
    texts += ["Name0 Name4.", "Name4 Name8."]
    net = lm.entity_cooccurrences(texts, names)
    found = {r["entity"]: r["community"] for r in net.communities(seed=5)}
    assert all(found[a] == found[names[i // 4 * 4]] for i, a in enumerate(names))
    assert sorted(set(found.values())) == [0, 1, 2]
    assert net.communities(seed=5).to_dicts() == net.communities(seed=5).to_dicts()


def test_disparity_by_networkx_degrees() -> None:
    texts = [
        f"{a} {b}."
        for a, b, n in [("A", "B", 9), ("A", "C", 1), ("A", "D", 1), ("C", "D", 2)]
        for _ in range(n)
    ]
    net = lm.entity_cooccurrences(texts, list("ABCD"))
    graph = net.to_networkx()
    kept = net.backbone(1.0, ends="both")
    whole = net.backbone(1.0)
    assert set(kept.column("target")) <= set(whole.column("target"))
    for row in whole:
        for end in ("source", "target"):
            k, s = graph.degree(row[end]), graph.degree(row[end], weight="weight")
            alpha = 1.0 if k == 1 else (1 - row["count"] / s) ** (k - 1)
            assert row[f"disparity_{end}"] == pytest.approx(alpha)
    assert [r["target"] for r in net.backbone(0.05)] == ["B"]
    assert len(net.backbone(0.05, ends="both")) == 0
    with pytest.raises(ValueError, match="alpha=5"):
        net.backbone(5)


def test_empty_networks_are_graphs_too(tmp_path: Path) -> None:
    for texts, names in (([], []), (["x"], ["Ada"]), (["Ada."], ["Ada"])):
        net = lm.entity_cooccurrences(texts, names)
        net.filter(min_npmi=0.5).backbone().communities()
        shown = lm.entity_cooccurrences(["Ada met Babbage."], ["Ada", "Babbage"])
        for table in ("nodes", "edges", "communities", "backbone"):
            empty, full = getattr(net, table)(), getattr(shown, table)()
            assert (empty.columns, empty._table.types) == (full.columns, full._table.types)
        for write, read in READERS.values():
            write(net, tmp_path / "net")
            assert len(read(tmp_path / "net")) == len(net.nodes())
        net.to_csv(tmp_path)
        net.to_vosviewer(tmp_path)
        assert net.to_scipy().matrix.shape == (len(net.nodes()),) * 2


def test_filter_names_what_is_wrong() -> None:
    net = lm.entity_cooccurrences(["Ada met Babbage."], ["Ada", "Babbage"])
    assert len(net.filter([True])) == 1 and len(net.filter([False])) == 0
    with pytest.raises(ValueError, match="mask: 2 values for 1 pairs"):
        net.filter([True, False])
    with pytest.raises(lm.ColumnError, match="nmpi"):
        net.filter(min_nmpi=0)
    with pytest.raises(lm.ColumnError, match="outlet"):
        net.filter(outlet="x")


def test_filter_takes_aliases_and_no_strangers() -> None:
    names = {"Ada Lovelace": ["Ada"], "Babbage": []}
    net = lm.entity_cooccurrences(["Ada met Babbage."], names)
    assert len(net.filter(source="Ada")) == len(net.filter(source=["Ada", "Babbage"])) == 1
    with pytest.raises(lm.EntityError, match='target="Bab" is no entity'):
        net.filter(target="Bab")
