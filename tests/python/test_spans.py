"""Spans that another tool found: in as tables, spaCy documents, pipeline output; out as a graph."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import lexmill as lm
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

TEXTS = ["👍 Zoë Ada met “Babbage” & Ada.", None, "Curie met Ada Lovelace."]
ROWS = [
    {"doc": 0, "start": 6, "end": 9, "label": "Ada Lovelace", "type": "PER"},
    {"doc": 0, "start": 15, "end": 22, "label": "Babbage", "type": "PER"},
    {"doc": 0, "start": 26, "end": 29, "label": "Ada Lovelace", "type": "PER"},
    {"doc": 2, "start": 0, "end": 5, "label": "Curie", "type": None},
    {"doc": 2, "start": 10, "end": 22, "label": "Ada Lovelace", "type": "PER"},
]
DRESSES = {
    "dicts": lambda rows: rows,
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "arrow": pa.Table.from_pylist,
    "columns": lambda rows: {name: [row[name] for row in rows] for name in rows[0]},
}


@pytest.mark.parametrize("dress", DRESSES.values(), ids=DRESSES.keys())
def test_spans_in_every_dress(dress: Any) -> None:
    corpus = lm.Corpus(TEXTS)
    found = corpus.mentions(dress(ROWS))
    assert found.column("text") == ["Ada", "Babbage", "Ada", "Curie", "Ada Lovelace"]
    assert [(r["doc"], r["start"], r["end"], r["entity"], r["type"]) for r in found] == [
        (r["doc"], r["start"], r["end"], r["label"], r["type"]) for r in ROWS
    ]
    net = corpus.cooccurrences(dress(ROWS), count="frequency")
    assert [(r["source"], r["target"], r["count"]) for r in net] == [
        ("Ada Lovelace", "Babbage", 2),
        ("Ada Lovelace", "Curie", 1),
    ]
    # What spans call an entity finds it too.
    assert len(net.evidence("Ada", "Babbage")) == 1


def test_spans_by_the_ids_of_documents() -> None:
    corpus = lm.Corpus(TEXTS, ids=["a", "b", "c"])
    rows = [{**row, "doc_id": "abc"[row["doc"]]} for row in ROWS]
    for row in rows:
        del row["doc"]
    assert corpus.mentions(rows).column("entity") == lm.Corpus(TEXTS).mentions(ROWS).column("entity")
    with pytest.raises(ValueError, match=r"spans\[0\].*doc_id='x'"):
        corpus.mentions([{**rows[0], "doc_id": "x"}])
    with pytest.raises(ValueError, match="the corpus has no ids"):
        lm.Corpus(TEXTS).mentions(rows)


def test_our_own_mentions_are_spans() -> None:
    corpus = lm.Corpus(TEXTS)
    names = {"Ada Lovelace": ["Ada"], "Babbage": []}
    expected = corpus.cooccurrences(names).to_dicts()
    assert corpus.cooccurrences(corpus.mentions(names)).to_dicts() == expected
    assert corpus.cooccurrences(corpus.mentions(names).to_dicts()).to_dicts() == expected


def test_an_id_goes_before_a_label_and_the_text_stands_in_for_both() -> None:
    rows = [
        {"doc": 0, "start": 6, "end": 9, "label": "Ada", "id": "Q7259"},
        {"doc": 2, "start": 0, "end": 5, "label": None, "id": None},
        {"doc": 2, "start": 10, "end": 22, "label": "Ada Lovelace", "id": "Q7259"},
    ]
    assert lm.Corpus(TEXTS).mentions(rows).column("entity") == ["Q7259", "Curie", "Q7259"]


def doc(text: str, *ents: tuple[int, int, str, str]) -> Any:
    """What of a spaCy document is read."""
    of = [
        SimpleNamespace(start_char=s, end_char=e, label_=label, text=text[s:e], kb_id_=kb)
        for s, e, label, kb in ents
    ]
    return SimpleNamespace(text=text, ents=of)


def test_spacy_documents() -> None:
    texts = ["Ada met Babbage.", "No one."]
    docs = [doc(texts[0], (0, 3, "PERSON", "Q7259"), (8, 15, "PERSON", "")), doc(texts[1])]
    # As nlp.pipe gives them: once.
    found = lm.Corpus(texts).mentions(d for d in docs)
    assert [(r["entity"], r["type"], r["text"]) for r in found] == [
        ("Q7259", "PERSON", "Ada"),
        ("Babbage", "PERSON", "Babbage"),
    ]
    with pytest.raises(ValueError, match="1 spaCy documents for a corpus of 2"):
        lm.Corpus(texts).mentions(docs[:1])
    with pytest.raises(ValueError, match=r"spaCy document 0 is not the text of documents\[0\]"):
        lm.Corpus(texts).mentions(docs[::-1])


def test_pipeline_output() -> None:
    spans = [{"entity_group": "PER", "score": 0.9, "word": "ada", "start": 0, "end": 3}]
    found = lm.Corpus(["Ada met no one.", "x"]).mentions([spans, []])
    assert found[0]["entity"] == "Ada" and found[0]["type"] == "PER"
    assert len(lm.Corpus(["x", "Ada"]).mentions([[], spans])) == 1
    assert len(lm.Corpus(["Ada"]).mentions(spans)) == 1
    assert len(lm.Corpus(["Ada"]).mentions([[]])) == 0


def test_pieces_of_names_are_refused() -> None:
    pieces = [{"entity": "B-PER", "score": 0.9, "index": 1, "word": "Ad", "start": 0, "end": 2}]
    with pytest.raises(ValueError, match=r"spans\[0\] is a piece of a name \('B-PER', 'Ad'\).*\"simple\""):
        lm.Corpus(["Ada met no one."]).mentions([pieces])


def test_labels_of_taggers_are_types() -> None:
    table = pd.DataFrame(
        {"doc": [0, 0, 2], "start": [6, 15, 0], "end": [9, 22, 5], "label": ["PER", "PERSON", "ORG"]}
    )
    found = lm.Corpus(TEXTS).mentions(table)
    assert found.column("entity") == found.column("text")
    assert found.column("type") == ["PER", "PERSON", "ORG"]
    # With another label among them, or types of their own, they are entities.
    other = table.assign(label=["PER", "Babbage", "ORG"])
    assert lm.Corpus(TEXTS).mentions(other).column("entity") == ["PER", "Babbage", "ORG"]
    typed = table.assign(type="X")
    assert lm.Corpus(TEXTS).mentions(typed).column("entity") == ["PER", "PERSON", "ORG"]


BAD = [
    ({"start": 3, "end": 3}, r"spans\[0\] .*at 3:3 of documents\[0\]: a span ends after it starts"),
    ({"start": 20, "end": 99}, r"spans\[0\] .*at 20:99 of documents\[0\]: the text has 30 characters"),
    ({"doc": 1}, r"documents\[1\]: the document is missing"),
    ({"doc": 3}, r"documents\[3\]: the corpus has 3 documents"),
    ({"start": -1}, r"spans\[0\]: start=-1 is no position"),
    ({"start": 1.5}, r"start=1.5 is no position"),
    ({"text": "Adam"}, r'the text there is "Ada", not "Adam"; positions are characters'),
]


@pytest.mark.parametrize(("change", "message"), BAD)
def test_a_span_that_does_not_fit_is_named(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        lm.Corpus(TEXTS).mentions([{**ROWS[0], **change}])


def test_spans_without_a_document() -> None:
    with pytest.raises(ValueError, match="no column doc"):
        lm.Corpus(TEXTS).mentions(pd.DataFrame({"start": [0], "end": [1]}))


def test_a_span_that_starts_before_its_sentence_or_within_a_word() -> None:
    corpus = lm.Corpus(["  Ada's Babbage-led."])
    rows = [{"doc": 0, "start": 1, "end": 5}, {"doc": 0, "start": 12, "end": 15}]
    net = corpus.cooccurrences(rows, within=("window", 1))
    assert net[0]["count"] == 1
    assert net.evidence()[0]["text"] == " Ada's Babbage-led."


def encounters(path: Path) -> tuple[list[str], list[dict[str, Any]]]:
    """Knuth's encounters as texts, one paragraph each, with a span for each character."""
    texts, spans = [], []
    for line in path.read_text(encoding="ascii").splitlines():
        if not (found := re.fullmatch(r"[\d.]+:(.*)", line)):
            continue
        text = ""
        for group in found[1].split(";"):
            for code in group.split(","):
                at = len(text)
                text += code + " "
                spans.append({"doc": len(texts), "start": at, "end": at + 2, "label": code})
            text += "\n\n"
        texts.append(text)
    return texts, spans


def test_les_miserables(shared: Path) -> None:
    """The Stanford GraphBase's encounters give the graph that networkx ships, number for number."""
    networkx = pytest.importorskip("networkx")
    texts, spans = encounters(shared / "oracles" / "entities" / "jean.dat")
    ours = lm.Corpus(texts).cooccurrences(spans, within="paragraph").to_networkx(isolates=False)
    theirs = networkx.les_miserables_graph()
    assert (len(ours), ours.size(), ours.size(weight="weight")) == (77, 254, 820)
    # Theirs has full names: the same graph but for those, node by node.
    weights = lambda graph: sorted(  # noqa: E731
        (graph.degree(n), graph.degree(n, weight="weight")) for n in graph
    )
    assert weights(ours) == weights(theirs)
    match = networkx.algorithms.isomorphism.numerical_edge_match("weight", 0)
    assert networkx.is_isomorphic(ours, theirs, edge_match=match)


def test_a_name_is_one_over_a_line_break_or_with_a_space_before_it() -> None:
    corpus = lm.Corpus(["Ada Lovelace met Ada\nLovelace."])
    rows = [{"doc": 0, "start": 0, "end": 12}, {"doc": 0, "start": 16, "end": 29}]
    assert corpus.mentions(rows).column("entity") == ["Ada Lovelace"] * 2


def test_spacy_documents_one_or_none() -> None:
    text = "Ada met Babbage."
    ents = [SimpleNamespace(start_char=0, end_char=3, label_="PERSON", text="Ada", kb_id_="")]
    doc = SimpleNamespace(text=text, ents=ents)
    assert lm.Corpus([text]).mentions(doc).column("entity") == ["Ada"]
    for docs in ([None, doc], iter([None, doc])):
        assert lm.Corpus([None, text]).mentions(docs).column("doc") == [1]
    with pytest.raises(TypeError, match=r"spans\[0\] is NoneType"):
        lm.Corpus([text, text]).mentions([None, doc])
