"""With the real libraries, where they are installed: spaCy, networkx, igraph, scipy. None is needed."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import lexmill as lm
import pytest

TEXTS = [
    "Ada Lovelace met Charles Babbage in London. 👍🏽 Babbage met Ada Lovelace.",
    "",
    "The Taliban left Kabul. Lovelace — or “Ada” — stayed in London.",
]
NAMES = {
    "Ada Lovelace": ["Lovelace"],
    "Charles Babbage": ["Babbage"],
    "London": [],
    "Kabul": [],
    "Taliban": [],
}
TYPES = {
    "Ada Lovelace": "PERSON",
    "Charles Babbage": "PERSON",
    "London": "GPE",
    "Kabul": "GPE",
    "Taliban": "ORG",
}


def pairs(net: Any) -> dict[tuple[str, str], Any]:
    return {(row["source"], row["target"]): row["count"] for row in net}


def test_spacy_documents_of_a_real_pipeline() -> None:
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    patterns = [
        {"label": TYPES[name], "pattern": alias, "id": name}
        for name, aliases in NAMES.items()
        for alias in [name, *aliases]
    ]
    ruler.add_patterns(patterns)
    corpus = lm.Corpus(TEXTS)
    ours = lm.Gazetteer(NAMES, types=TYPES)
    for documents in (list(nlp.pipe(TEXTS)), nlp.pipe(TEXTS), (nlp(text) for text in TEXTS)):
        theirs = corpus.mentions(documents).to_dicts()
        columns = ["doc", "sentence", "start", "end", "entity", "text", "type"]
        assert [[row[c] for c in columns] for row in theirs] == [
            [row[c] for c in columns] for row in corpus.mentions(ours)
        ]
    net = corpus.cooccurrences(nlp.pipe(TEXTS), by=["x", "y", "x"], terms=["met", "left"])
    assert pairs(net) == pairs(corpus.cooccurrences(ours, by=["x", "y", "x"], terms=["met", "left"]))
    with pytest.raises(ValueError, match=r"spaCy document 0 is not the text of documents\[0\]"):
        corpus.mentions([nlp("other"), nlp(""), nlp("x")])


def test_patterns_of_a_real_ruler(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    ruler = spacy.blank("en").add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "Ada Lovelace", "id": "Ada Lovelace"}])
    ruler.to_disk(tmp_path / "ruler")
    (file,) = (tmp_path / "ruler").rglob("*.jsonl")
    gazetteer = lm.Gazetteer.read(file)
    assert lm.Corpus(TEXTS).mentions(gazetteer).column("type") == ["PERSON", "PERSON"]


def test_output_of_a_token_classification_pipeline() -> None:
    """Rows as transformers documents them for aggregation_strategy="simple", with numpy's numbers."""
    numpy = pytest.importorskip("numpy")
    corpus = lm.Corpus(TEXTS)
    output = [
        [
            {
                "entity_group": TYPES[row["entity"]],
                "score": numpy.float32(0.99),
                "word": row["text"].lower().replace(" ", " ##"),
                "start": row["start"],
                "end": row["end"],
            }
            for row in corpus.mentions(NAMES)
            if row["doc"] == doc
        ]
        for doc in range(len(TEXTS))
    ]
    found = corpus.mentions(output)
    assert found.column("text") == corpus.mentions(NAMES).column("text")
    assert set(found.column("type")) == {"PERSON", "GPE", "ORG"}
    first = lm.Corpus(TEXTS[:1]).mentions(output[0])
    assert first.column("text") == ["Ada Lovelace", "Charles Babbage", "London", "Babbage", "Ada Lovelace"]


def test_centrality_is_the_same_in_every_library() -> None:
    networkx, igraph = pytest.importorskip("networkx"), pytest.importorskip("igraph")
    pytest.importorskip("scipy")
    corpus, names = lm.sample()
    net = corpus.cooccurrences(names).filter(min_count=2)
    graph, other = net.to_networkx(isolates=False), net.to_igraph(isolates=False)
    matrix, order = net.to_scipy()
    strength = dict(graph.degree(weight="weight"))
    assert dict(zip(other.vs["name"], other.strength(weights="weight"), strict=True)) == strength
    sums = dict(zip(order, matrix.sum(axis=0).tolist(), strict=True))
    assert {name: sums[name] for name in strength} == strength
    assert {r["entity"]: r["strength"] for r in net.nodes() if r["degree"]} == strength
    between = networkx.betweenness_centrality(graph, normalized=False)
    assert dict(zip(other.vs["name"], other.betweenness(), strict=True)) == pytest.approx(between)
    assert igraph.Graph.from_networkx(graph).ecount() == other.ecount() == len(net)


def test_files_go_from_library_to_library(tmp_path: Path) -> None:
    networkx, igraph = pytest.importorskip("networkx"), pytest.importorskip("igraph")
    net = lm.sample()[0].cooccurrences(lm.sample()[1])
    wanted = {frozenset((a, b)): float(w) for a, b, w in net.to_networkx().edges(data="weight")}

    def edges(graph: Any, name: str) -> dict[Any, float]:
        names = graph.vs[name]
        return {frozenset((names[e.source], names[e.target])): e["weight"] for e in graph.es}

    net.to_graphml(tmp_path / "net.graphml")
    assert edges(igraph.Graph.Read_GraphML(str(tmp_path / "net.graphml")), "id") == wanted
    net.to_pajek(tmp_path / "net.net")
    assert edges(igraph.Graph.Read_Pajek(str(tmp_path / "net.net")), "name") == wanted
    again = networkx.Graph(networkx.read_pajek(tmp_path / "net.net"))
    assert {frozenset((a, b)): w for a, b, w in again.edges(data="weight")} == wanted
    net.to_gexf(tmp_path / "net.gexf")
    again = networkx.read_gexf(tmp_path / "net.gexf", relabel=True)
    assert {frozenset((a, b)): float(w) for a, b, w in again.edges(data="weight")} == wanted
    assert all(data["mentions"] for _, data in again.nodes(data=True))
    net.to_csv(tmp_path / "gephi")
    nodes, rows = (
        list(csv.DictReader((tmp_path / "gephi" / name).read_text("utf-8").splitlines()))
        for name in ("nodes.csv", "edges.csv")
    )
    labels = {row["Id"]: row["Label"] for row in nodes}
    found = {frozenset((labels[r["Source"]], labels[r["Target"]])): float(r["Weight"]) for r in rows}
    assert found == wanted
    net.to_vosviewer(tmp_path / "vos")
    items = [line.split("\t") for line in (tmp_path / "vos" / "map.txt").read_text("utf-8").splitlines()]
    labels = {item[0]: item[1] for item in items[1:]}
    links = [line.split("\t") for line in (tmp_path / "vos" / "network.txt").read_text("utf-8").splitlines()]
    assert {frozenset((labels[a], labels[b])): float(w) for a, b, w in links} == wanted


def test_modularity_of_communities_by_igraph() -> None:
    pytest.importorskip("networkx")
    pytest.importorskip("igraph")
    net = lm.sample()[0].cooccurrences(lm.sample()[1])
    found = {row["entity"]: row["community"] for row in net.communities()}
    graph = net.to_igraph()
    ours = graph.modularity([found[name] for name in graph.vs["name"]], weights="weight")
    # Louvain's of igraph takes the nodes in another order, and comes out about as well.
    theirs = graph.modularity(graph.community_multilevel(weights="weight").membership, weights="weight")
    assert ours == pytest.approx(theirs, abs=0.03)
