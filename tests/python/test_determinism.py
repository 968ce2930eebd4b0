"""One answer: for any number of threads, any order of documents, any hash seed, any run."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import lexmill as lm
import pyarrow as pa
import pytest
from helpers import prose, python

NAMES = {"Ada Lovelace": ["Lovelace"], "Charles Babbage": ["Babbage"], "The": [], "Naïve": []}
TEXTS: list[str | None] = [
    prose(size, seed) for seed, size in enumerate([900_000, 3, 400_000, *[9_000] * 70])
]
TEXTS[5:5] = [None, "", "Babbage."]
THREADS = (1, 2, 3, 8)
TOKENS = lm.Tokens(hyphens="keep", possessives="strip", stop_words="english", stem="english")
SCORES = [r["name"] for r in lm.measures("readability") if "not given" not in r["undefined"]]
GROUPS = [f"g{i % 3}" for i in range(len(TEXTS))]


def arrow(table: lm.Result) -> bytes:
    """The table as the bytes that leave it."""
    sink = pa.BufferOutputStream()
    batch = pa.table(table)
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_table(batch)
    return sink.getvalue().to_pybytes()


def tables(threads: int) -> dict[str, bytes]:
    """Every kind of table."""
    corpus = lm.Corpus(TEXTS, meta={"g": GROUPS}, threads=threads)
    net = corpus.cooccurrences(NAMES, measures=lm.measures("association").column("name"), contingency=True)
    made = {
        "word_frequencies": lm.word_frequencies(TEXTS, threads=threads),
        "word_frequencies with options": lm.word_frequencies(TEXTS, tokens=TOKENS, threads=threads),
        "frequencies": corpus.frequencies(),
        "frequencies by": corpus.frequencies(by="g"),
        "bigrams": corpus[1:].frequencies(ngrams=(1, 2), min_count=3),
        "sentences": corpus.sentences(),
        "readability": corpus.readability(measures=SCORES, band=True),
        "readability by": corpus.readability(by="g"),
        "sentences explained": corpus.sentences(explain=True, entities=NAMES),
        "boundaries": corpus.boundaries(),
        "paragraphs": corpus.paragraphs(),
        "tokens": corpus.tokens(),
        "describe": corpus.describe(by="g"),
        "readability by paragraph": corpus.readability(by="paragraph"),
        "mentions": corpus.mentions(NAMES),
        "pairs": net,
        "pairs by": corpus.cooccurrences(NAMES, by="g", within="paragraph"),
        "nodes": net.nodes(),
        "evidence": net.evidence(),
        "evidence of": net.evidence("Lovelace", "Babbage"),
    }
    return {name: arrow(table) for name, table in made.items()}


@pytest.fixture(scope="module")
def expected() -> dict[str, bytes]:
    return tables(1)


@pytest.mark.parametrize("threads", THREADS[1:])
def test_any_number_of_threads(expected: dict[str, bytes], threads: int) -> None:
    got = tables(threads)
    assert [name for name in expected if got[name] != expected[name]] == []


def test_again_and_again(expected: dict[str, bytes]) -> None:
    for _ in range(4):
        assert arrow(lm.word_frequencies(TEXTS, threads=3)) == expected["word_frequencies"]
        assert arrow(lm.Corpus(TEXTS, threads=3).mentions(NAMES)) == expected["mentions"]


def test_the_order_of_documents() -> None:
    """Tables that are not about single documents know nothing of their order."""
    order = list(range(len(TEXTS)))
    random.Random(7).shuffle(order)
    texts, groups = [TEXTS[i] for i in order], [GROUPS[i] for i in order]
    here, there = lm.Corpus(TEXTS, meta={"g": GROUPS}), lm.Corpus(texts, meta={"g": groups})
    calls: list[Callable[[lm.Corpus], lm.Result]] = [
        lambda c: c.frequencies(by="g"),
        lambda c: c.frequencies(ties="dense"),
        lambda c: c.readability(by="g", measures=SCORES),
        lambda c: c.cooccurrences(
            NAMES, by="g", contingency=True, measures=["pmi", "log_likelihood", "fisher_p"]
        ),
        lambda c: c.cooccurrences(NAMES).nodes(),
    ]
    for call in calls:
        assert arrow(call(here)) == arrow(call(there))
    assert arrow(lm.word_frequencies(TEXTS)) == arrow(lm.word_frequencies(texts))


def test_parts_are_as_the_whole() -> None:
    """Documents one by one, their tables put together, and all at once."""
    texts = [t for t in TEXTS if t is not None][3:20]
    whole = lm.Corpus(texts)
    rows: list[dict[str, Any]] = []
    for doc, text in enumerate(texts):
        rows += [{**row, "doc": doc} for row in lm.sentence_metrics([text])]
    assert whole.sentences().to_dicts() == rows


def test_hash_seeds() -> None:
    code = """
        import hashlib, lexmill as lm, random
        rng = random.Random(1)
        words = ["w%d" % i for i in range(500)] + ["Ada", "Babbage", "Curie"]
        texts = [" ".join(rng.choices(words, k=60)) + ". Ada met Babbage and Curie." for _ in range(300)]
        corpus = lm.Corpus(texts, threads=2)
        net = corpus.cooccurrences({"Ada": ["w1"], "Babbage": ["w2"], "Curie": []}, evidence=9)
        tables = (corpus.frequencies(), corpus.sentences(), net, net.nodes(), net.evidence())
        told = [t.to_dicts() for t in tables]
        told += [repr(net), repr(lm.measures()), net.question]
        print(hashlib.sha256(repr(told).encode()).hexdigest())
    """
    assert len({python(code, env={"PYTHONHASHSEED": seed}) for seed in ("0", "1", "random")}) == 1
