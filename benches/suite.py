"""The parts of a run: tasks against peers, alphabets, growth with size, two threads, start-up."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import peers_scores  # noqa: F401
import peers_texts  # noqa: F401  registers its tools
import peers_words  # noqa: F401
from peers import TASKS, is_ours
from timing import Entry, Measured, measure

import corpus

# The peers that get the whole of a large corpus; the others get its first 20 MB.
FAST = {"chdb", "polars", "duckdb", "ahocorasick_rs", "PyICU", "re"}
LARGE_LIMIT = 20.0
LANGUAGE_LIMIT = 1.0

# What a user writes first, from the interpreter's start to the answer.
STARTS = {
    "python alone": "pass",
    "lexmill, import": "import lexmill",
    "lexmill": "import lexmill as lm; lm.word_frequencies(['a rose is a rose'])",
    "polars": (
        "import polars as pl; pl.DataFrame({'t': ['a rose is a rose']}).select("
        r"pl.col('t').str.extract_all('\\w+').explode().value_counts(sort=True))"
    ),
    "duckdb": (
        'import duckdb; duckdb.sql("select w, count(*) from (select unnest(regexp_extract_all('
        r"'a rose is a rose', '\\w+')) as w) group by w"
        '").fetchall()'
    ),
    "chdb": (
        'import chdb; chdb.query("select w, count() from (select arrayJoin(extractAll('
        r"'a rose is a rose', '\\w+')) as w) group by w"
        '")'
    ),
    "CountVectorizer": (
        "from sklearn.feature_extraction.text import CountVectorizer as C; "
        "C().fit_transform(['a rose is a rose'])"
    ),
    "spaCy": "import spacy; spacy.blank('en')('a rose is a rose')",
    "nltk": "import nltk; nltk.FreqDist(nltk.tokenize.NLTKWordTokenizer().tokenize('a rose is a rose'))",
}


def against_peers(
    name: str, texts: corpus.Corpus, names: Path, size: str, rounds: int, only: set[str]
) -> list[Measured]:
    """One task, lexmill and its peers."""
    entries = []
    for tool in TASKS[name].tools:
        limit = tool.limit
        if limit is None and size == "large" and not is_ours(tool.name) and tool.name not in FAST:
            limit = LARGE_LIMIT
        if not only or tool.name in only or is_ours(tool.name):
            entries.append(Entry(name, tool, texts.path, limit, names))
    return measure(entries, rounds)


def alphabets(texts: corpus.Corpus, rounds: int) -> dict[str, list[Measured]]:
    """lexmill on other scripts, against English of the same size, and on curly quotes."""
    samples = {name: corpus.language(name).path for name in corpus.LANGUAGES}
    curly = corpus.curly(texts).path
    found = {}
    for task, wanted in (("words", "lexmill, Arrow"), ("corpus", "lexmill, Arrow")):
        tool = next(tool for tool in TASKS[task].tools if tool.name == wanted)
        entries = [
            Entry(task, tool, texts.path, label="English"),
            Entry(task, tool, curly, label="English, curly quotes"),
            Entry(task, tool, texts.path, LANGUAGE_LIMIT, label="English, first MB"),
            *(Entry(task, tool, path, LANGUAGE_LIMIT, label=name) for name, path in samples.items()),
        ]
        found[task] = measure(entries, rounds, compare=False)
    return found


def growth(texts: corpus.Corpus, megabytes: float, rounds: int) -> dict[str, list[Measured]]:
    """lexmill on a tenth and on the whole of the corpus."""
    found = {}
    for task in ("words", "corpus", "ngrams"):
        tool = TASKS[task].tools[0]
        entries = [
            Entry(task, tool, texts.path, megabytes / 10, label="a tenth"),
            Entry(task, tool, texts.path, label="whole"),
        ]
        found[task] = measure(entries, rounds, compare=False)
    return found


def threads(texts: corpus.Corpus, rounds: int) -> list[Measured]:
    """CPU time with one thread and with two, free to use every core."""
    entries = [Entry("threads", tool, texts.path) for tool in TASKS["threads"].tools]
    return measure(entries, rounds, compare=False, pinned=False)


def starts(rounds: int) -> dict[str, dict[str, Any]]:
    """Fresh processes: import and a first answer."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in STARTS}
    errors: dict[str, str] = {}
    for _ in range(rounds):
        for name, code in STARTS.items():
            before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            times[name].append((cpu, time.perf_counter() - began))
            if run.returncode:
                errors[name] = (run.stderr.strip().splitlines() or ["failed"])[-1][:200]
    return {
        name: {"cpu": min(t[0] for t in runs), "wall": min(t[1] for t in runs), "error": errors.get(name, "")}
        for name, runs in times.items()
    }
