"""What several test files use."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from typing import Any

import lexmill as lm
import pytest

NAMES = {"Ada Lovelace": ["Lovelace"], "Charles Babbage": ["Babbage"], "United States": ["US"]}
TEXTS = [
    "Ada Lovelace met Charles Babbage. He told us.",
    None,
    "",
    "Babbage left the US! Café naïve 👍🏽 ok.",
]

# Every public way from texts to a table, under the name of its verb.
VERBS: dict[str, Callable[[Any], lm.Result]] = {
    "word_frequencies": lm.word_frequencies,
    "bigrams": lambda texts: lm.word_frequencies(texts, ngrams=(1, 2)),
    "sentence_metrics": lm.sentence_metrics,
    "sentences_alone": lambda texts: lm.sentences(texts, explain=True),
    "entity_cooccurrences": lambda texts: lm.entity_cooccurrences(texts, NAMES, contingency=True),
    "frequencies": lambda texts: lm.Corpus(texts).frequencies(),
    "sentences": lambda texts: lm.Corpus(texts).sentences(),
    "readability": lambda texts: lm.Corpus(texts).readability(),
    "readability_by_sentence": lambda texts: lm.Corpus(texts).readability(by="sentence"),
    "readability_by_paragraph": lambda texts: lm.Corpus(texts).readability(by="paragraph"),
    "sentences_explained": lambda texts: lm.Corpus(texts).sentences(explain=True, entities=NAMES),
    "boundaries": lambda texts: lm.Corpus(texts).boundaries(),
    "paragraphs": lambda texts: lm.Corpus(texts).paragraphs(measures="flesch", text=True),
    "tokens": lambda texts: lm.Corpus(texts).tokens(),
    "describe": lambda texts: lm.Corpus(texts).describe(n_boot=20),
    "entity_mentions": lambda texts: lm.entity_mentions(texts, NAMES),
    "mentions": lambda texts: lm.Corpus(texts).mentions(NAMES),
    "evidence": lambda texts: lm.Corpus(texts).cooccurrences(NAMES).evidence(),
    "nodes": lambda texts: lm.Corpus(texts).cooccurrences(NAMES, within="document").nodes(),
}

each_verb = pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS.keys())


def python(code: str, *, timeout: float = 60, env: dict[str, str] | None = None) -> str:
    """What a fresh interpreter prints for `code`. It fails with what that one wrote if it fails or
    does not end in time, as a hanging child would not."""
    command = [sys.executable, "-X", "faulthandler", "-c", textwrap.dedent(code)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        # Its children too: the group is its own.
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        pytest.fail(f"no end after {timeout} s\n{out}\n{err}")
    if process.returncode:
        pytest.fail(f"exit status {process.returncode}\n{out}\n{err}")
    return out


def prose(characters: int, seed: int = 1, paragraph: int = 6) -> str:
    """Text that looks like text: words by Zipf's law, sentences, paragraphs, names."""
    rng = random.Random(seed)
    words = ["".join(rng.choices("abcdefghiklmnoprstuvw", k=rng.randint(1, 11))) for _ in range(3000)]
    words[:4] = ["the", "naïve", "Ada Lovelace", "Babbage"]
    weights = [1 / (rank + 2) for rank in range(len(words))]
    parts: list[str] = []
    size = 0
    while size < characters:
        sentence = " ".join(rng.choices(words, weights, k=rng.randint(3, 25)))
        sentence = sentence[0].upper() + sentence[1:] + rng.choice(".?!..")
        sentence += "\n\n" if len(parts) % paragraph == paragraph - 1 else " "
        parts.append(sentence)
        size += len(sentence)
    return "".join(parts)


def rows(table: lm.Result) -> list[dict[str, Any]]:
    """The rows of a table."""
    return table.to_dicts()
