"""Mentions that another tool found: tables of spans, spaCy documents, output of Hugging Face pipelines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from lexmill import _core
from lexmill._input import _Frame, _is_frame
from lexmill.gazetteer import Gazetteer

if TYPE_CHECKING:
    from lexmill.corpus import Corpus

# doc, start, end, entity, type, text
_Row = tuple[int, int, int, str | None, str | None, str | None]
_TOLD = ("type", "entity", "label", "text")
_COLUMNS = ("doc", "doc_id", "start", "end", "label", "entity", "id", "type", "text")
# What taggers call the types of names: those of CoNLL-2003, OntoNotes 5, ACE, WikiNEuRal and spaCy's models.
# A column `label` of nothing else says what kind of name stands there, not whose.
# fmt: off
_TYPES = frozenset({
    "CARDINAL", "DATE", "EVENT", "EVT", "FAC", "FACILITY", "GPE", "LANG", "LANGUAGE", "LAW", "LOC",
    "LOCATION", "MISC", "MONEY", "NORP", "ORDINAL", "ORG", "ORGANISATION", "ORGANIZATION", "PER", "PERCENT",
    "PERS", "PERSON", "PROD", "PRODUCT", "QUANTITY", "TIME", "VEH", "WEA", "WORK_OF_ART",
})
# fmt: on


_END = object()


def gazetteer_of(entities: Any) -> _core.Gazetteer | None:
    """The compiled gazetteer that `entities` makes; None where they are spans, or that is not seen yet."""
    if isinstance(entities, _core.Gazetteer):
        return entities
    if isinstance(entities, Gazetteer):
        return entities._core
    if isinstance(entities, (str, bytes)):
        return Gazetteer._of(entities)._core
    if hasattr(entities, "ents"):
        return None
    if _is_frame(entities):
        return None if {"start", "end"} <= set(_Frame(entities).names) else Gazetteer._of(entities)._core
    if isinstance(entities, (list, tuple)):
        first = entities[0] if entities else None
        several = isinstance(first, (list, tuple)) and all(_is_span(span) for span in first)
        if any(hasattr(item, "ents") for item in entities[:1000]) or _is_span(first) or several:
            return None
        return Gazetteer._of(list(entities))._core
    if isinstance(entities, Mapping) or not isinstance(entities, Iterable):
        return Gazetteer._of(entities)._core
    return None


def names_of(corpus: Corpus, entities: Any) -> _core.Gazetteer | _core.Spans:
    """The compiled gazetteer that `entities` makes, or the spans that they are."""
    names = gazetteer_of(entities)
    if names is not None:
        return names
    if _is_frame(entities):
        return corpus._core.spans(_table_rows(corpus, _Frame(entities)))
    # One document of spaCy is gone through word by word.
    rest = iter([entities] if hasattr(entities, "ents") else entities)
    missing: list[None] = []
    while (first := next(rest, _END)) is None:
        missing.append(None)
    items = chain(missing, [] if first is _END else [first], rest)
    if hasattr(first, "ents"):
        return corpus._core.spans(_spacy_rows(corpus, items))
    if _is_span(first):
        return corpus._core.spans(_dict_rows(corpus, list(items)))
    if isinstance(first, (list, tuple)) and all(_is_span(span) for span in first):
        # A list for each document; the first may be empty.
        return corpus._core.spans(_pipeline_rows(corpus, list(items)))
    return Gazetteer._of(list(items))._core


def _is_span(item: Any) -> bool:
    return isinstance(item, Mapping) and "start" in item and "end" in item


def _whole(row: int, name: str, value: Any) -> int:
    """A position, also as one of numpy's integers or a float without a fraction."""
    try:
        number = int(value)
        if number == value and number >= 0 and not isinstance(value, bool):
            return number
    except (TypeError, ValueError, OverflowError):
        pass
    wanted = "the number of a document" if name == "doc" else "a number of characters"
    raise ValueError(f"spans[{row}]: {name}={value!r} is no position; give {wanted} from 0")


def _said(value: Any) -> str | None:
    """A text, or none where it is missing or empty."""
    if value is None or value == "" or value != value:
        return None
    return str(value)


def _places(corpus: Corpus) -> dict[Any, int]:
    """The document of each id."""
    if not corpus._core.has_ids:
        raise ValueError("spans: they name doc_id, but the corpus has no ids; give doc, the position from 0")
    return {doc_id: doc for doc, doc_id in enumerate(corpus._core.meta().column("doc_id"))}


def _dict_rows(corpus: Corpus, items: list[Any]) -> list[_Row]:
    named = {name for item in items if isinstance(item, Mapping) for name in item}
    # What pipelines say of a span is its type; the words as their tokenizer has them are no text to compare.
    piped = bool({"entity_group", "word"} & named)
    columns: dict[str, list[Any]] = {n: [] for n in _COLUMNS if n in named and not (piped and n in _TOLD)}
    if piped:
        columns["type"] = []
    for row, item in enumerate(items):
        if not _is_span(item):
            raise TypeError(f"spans[{row}] is {item!r:.60}; give a mapping with doc, start and end")
        if piped and "entity_group" not in item and "index" in item:
            raise ValueError(
                f"spans[{row}] is a piece of a name ({item.get('entity')!r:.20}, {item.get('word')!r:.40}); "
                'let the pipeline put them together: pipeline(..., aggregation_strategy="simple")'
            )
        for name, values in columns.items():
            piped_type = piped and name == "type"
            values.append(item.get("entity_group", item.get("entity")) if piped_type else item.get(name))
    if not {"doc", "doc_id"} & named and len(corpus) == 1:
        columns["doc"] = [0] * len(items)
    return _rows(corpus, columns) if items else []


def _table_rows(corpus: Corpus, frame: _Frame) -> list[_Row]:
    table = _core.Table.of([(n, frame.column("spans", n)) for n in _COLUMNS if n in frame.names])
    columns = {name: table.column(name) for name in table.columns}
    return _rows(corpus, columns)


def _rows(corpus: Corpus, columns: Mapping[str, list[Any]]) -> list[_Row]:
    if not {"doc", "doc_id"} & set(columns):
        raise ValueError(
            "spans: no column doc (the position of the document, from 0) and no doc_id says whose they are"
        )
    starts, ends = columns["start"], columns["end"]
    if "doc" in columns:
        docs = [_whole(row, "doc", doc) for row, doc in enumerate(columns["doc"])]
    else:
        docs, places = [], _places(corpus)
        for row, doc_id in enumerate(columns["doc_id"]):
            if doc_id not in places:
                raise ValueError(f"spans[{row}]: the corpus has no document with doc_id={doc_id!r}")
            docs.append(places[doc_id])
    nothing = [None] * len(starts)
    ids, labels = columns.get("id", nothing), columns.get("label", columns.get("entity", nothing))
    kinds, texts = columns.get("type", nothing), columns.get("text", nothing)
    said = {label for label in map(_said, labels) if label is not None}
    if said and "type" not in columns and said <= _TYPES:
        labels, kinds = nothing, labels
    return [
        (
            docs[row],
            _whole(row, "start", starts[row]),
            _whole(row, "end", ends[row]),
            _said(ids[row]) or _said(labels[row]),
            _said(kinds[row]),
            _said(texts[row]),
        )
        for row in range(len(starts))
    ]


def _spacy_rows(corpus: Corpus, items: Iterable[Any]) -> list[_Row]:
    rows: list[_Row] = []
    number = -1
    for number, item in enumerate(items):
        text = corpus.text(number) if number < len(corpus) else None
        if item is None and text is None:
            continue
        if not hasattr(item, "ents"):
            raise TypeError(f"spans[{number}] is {type(item).__name__}, the others are spaCy documents")
        if text is not None and item.text != text:
            raise ValueError(
                f"spans: spaCy document {number} is not the text of documents[{number}]; "
                "give one for each document, in their order, made from the same text"
            )
        for ent in item.ents:
            entity = _said(getattr(ent, "kb_id_", None)) or _said(getattr(ent, "ent_id_", None))
            rows.append((number, ent.start_char, ent.end_char, entity, _said(ent.label_), ent.text))
    if number + 1 != len(corpus):
        raise ValueError(
            f"spans: {number + 1} spaCy documents for a corpus of {len(corpus)}; give one for each"
        )
    return rows


def _pipeline_rows(corpus: Corpus, items: list[Any]) -> list[_Row]:
    if len(items) != len(corpus):
        raise ValueError(
            f"spans: {len(items)} lists of spans for a corpus of {len(corpus)} documents; give one for each"
        )
    rows: list[_Row] = []
    for doc, spans in enumerate(items):
        rows += _dict_rows(corpus, [{**span, "doc": doc} for span in spans or []])
    return rows
