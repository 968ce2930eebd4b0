"""What a tool of a task is, and the texts as each tool wants them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq


class Texts:
    """The texts of a task: the first `limit` MB of a corpus, in any form."""

    def __init__(self, path: Path, limit: float | None = None, names: list[str] | None = None) -> None:
        self.path, self.names = path, names or []
        table = pq.read_table(path, columns=["text"])
        if limit is not None:
            table = table.slice(0, _documents_in(table, limit * 1e6))
        self.table = table.combine_chunks().cast(pa.schema([("text", pa.large_string())]))

    @cached_property
    def bytes(self) -> int:
        """Bytes of UTF-8."""
        return _bytes(self.table)

    @cached_property
    def list(self) -> list[str]:
        """The texts as Python strings."""
        texts: list[str] = self.table["text"].to_pylist()
        return texts

    @cached_property
    def file(self) -> Path:
        """These texts alone as a Parquet file."""
        if self.table.num_rows == pq.read_metadata(self.path).num_rows:
            return self.path
        cut = self.path.with_name(f"{self.path.stem}-first-{self.table.num_rows}.parquet")
        if not cut.exists():
            pq.write_table(self.table, cut, compression="none")
        return cut


def _bytes(table: pa.Table) -> int:
    import pyarrow.compute as pc

    return int(pc.sum(pc.binary_length(table["text"])).as_py() or 0)


def _documents_in(table: pa.Table, limit: float) -> int:
    import numpy as np
    import pyarrow.compute as pc

    ends = np.cumsum(pc.fill_null(pc.binary_length(table["text"]), 0).to_numpy())
    return int(np.searchsorted(ends, limit)) + 1


class Job(NamedTuple):
    """A tool made ready: imports done, texts in the form it wants, names compiled."""

    run: Callable[[], Any]
    # The result in the form that tools are compared in; not timed.
    answer: Callable[[Any], Any]
    # Work that is not the task, measured by itself and taken off: reading a file.
    off: Callable[[], Any] | None = None


class Tool(NamedTuple):
    """A way of doing a task."""

    name: str
    ready: Callable[[Texts], Job]
    # How its answer has to agree with lexmill's, a function of `answers`; None: nothing to compare.
    agrees: str | None
    # What it does and how that differs.
    note: str
    # Slow tools get the first MB of the corpus only.
    limit: float | None = None
    # A Python expression on lexmill as `lm`: whether this is built yet.
    needs: str = "True"


class Task(NamedTuple):
    """Work that lexmill and others do."""

    name: str
    title: str
    tools: list[Tool]


# In the order of the record; the modules named peers_* add the tools.
TASKS = {
    name: Task(name, title, [])
    for name, title in {
        "words": "Word frequencies, lower case",
        "corpus": "Building a Corpus: ids, spans, sentences, paragraphs",
        "dtm": "Document-term matrix",
        "ngrams": "Frequencies of one- and two-word terms",
        "ngram_dtm": "Document-term matrix of one- and two-word terms",
        "names": "Names of a gazetteer, tokenising included",
        "pairs": "Pairs of names within a sentence",
        "sentences": "Sentences with their positions",
        "sentence_metrics": "Every sentence with counts, Flesch and Flesch-Kincaid",
        "readability": "Readability of each document",
        "diversity": "Lexical diversity of each document",
        "threads": "Two threads",
    }.items()
}


def tool(
    tasks: str,
    name: str,
    agrees: str | None = None,
    note: str = "",
    limit: float | None = None,
    needs: str = "True",
) -> Callable[[Callable[[Texts], Job]], Callable[[Texts], Job]]:
    """Adds a tool to a task."""

    def add(ready: Callable[[Texts], Job]) -> Callable[[Texts], Job]:
        TASKS[tasks].tools.append(Tool(name, ready, agrees, note, limit, needs))
        return ready

    return add


def is_ours(tool_name: str) -> bool:
    """Whether a tool is lexmill, in one of its forms."""
    return tool_name.split(",")[0] == "lexmill"
