#!/usr/bin/env python3
"""Whether hostile texts take linear work: each at one size and at four times that, through eight verbs.

    .venv/bin/python benches/linear.py                      all patterns, 512 KiB and 2 MiB
    .venv/bin/python benches/linear.py --most 4194304       1 MiB and 4 MiB: half an hour or more on two cores
    .venv/bin/python benches/linear.py --only commas tabs   some patterns
    .venv/bin/python benches/linear.py --record             writes benches/record/linear.md

Instructions are counted by valgrind, which no load disturbs; time is not: the system clears fresh memory page
by page, which a small text does not need, so that the first text beyond some size takes longer than it works.
What is set up once is not counted: each verb has read a short text before.
Says so and passes where there is no valgrind.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

RECORD = Path(__file__).parent / "record" / "linear.md"
SHORT = 1024
TIMES = 4
# Linear work is four times as much, sorting 4.4; what reads the rest of a text for each of its parts, 16.
BOUND = 5.0

PATTERNS = {
    "full stops and spaces": ". ",
    "brackets that open": "(",
    "brackets that close": "a.)",
    "quotation marks": '"',
    "quoted ends": '."',
    "quotation marks within others": "“‘a.’” ",
    "full stops": ".",
    "letters with full stops": "a.",
    "initials": "A. B. ",
    "initials without spaces": "A.B.",
    "ellipses with spaces": ". . . ",
    "ellipses between letters": "a...b ",
    "line breaks": "\n",
    "lines of a letter": "a\n",
    "paragraphs of a letter": "a.\n\n",
    "numbers of sections": "1.2.3. ",
    "decimals": "3.14 ",
    "addresses of pages": "http://a.b/c?d=e.f ",
    "addresses of mail": "a.b@c.de ",
    "Chinese stops": "。",
    "Chinese sentences": "我爱你。",
    "Japanese quotations": "「。」",
    "marks upon letters": "e\u0301\u0302. ",
    "marks alone": "\u0301",
    "joiners": "a\u200d",
    "pictographs": "👩\u200d👧. ",
    "citations": ".[1]",
    "citations never closed": ".[1",
    "numbered items": "1. a ",
    "bullets": "• ",
    "hyphens": "a-",
    "asterisks": "* ",
    "abbreviations": "Dr. ",
    "abbreviations of parts": "z. B. ",
    "smileys": ".:-) ",
    "semicolons": "a; b? ",
    "clocks": "09/10/2001 10:30 AM ",
    "one long word": "x",
    "white space": " ",
    "spaces that do not break": "\u00a0",
    "tabs": "a\t",
    "Arabic": "م؟ ",
    "Hindi": "क।",
    "Thai": "กขค ",
    "Armenian": "ա: ",
    "headings": "# a\n",
    "greetings": "Dear A,\n",
    "capitals": "AB ",
    "apostrophes": "a'",
    "commas": "a,",
    "pairs of names": "Ann met Bob. ",
    "names in one sentence": "Ann Bob ",
}
# What is set up before, and what is measured.
VERBS = {
    "sentences": ("", "lm.sentences([text], threads=1)"),
    "sentences, explained": ("", "lm.sentences([text], explain=True, threads=1)"),
    "Corpus": ("", "lm.Corpus([text], threads=1)"),
    "boundaries": ("corpus = lm.Corpus([text], threads=1)", "corpus.boundaries()"),
    "table of sentences": ("corpus = lm.Corpus([text], threads=1)", "corpus.sentences(entities=names)"),
    "readability": ("corpus = lm.Corpus([text], threads=1)", "corpus.readability(by='paragraph')"),
    "heat map": ("corpus = lm.Corpus([text], threads=1)", "corpus.heatmap(0)._repr_html_()"),
    "pairs and evidence": ("", "lm.entity_cooccurrences([text], names, threads=1).evidence()._repr_html_()"),
}
# These write something for every sentence or boundary; they read texts of a quarter of the size.
WRITERS = {"sentences, explained", "boundaries", "heat map"}


def text_of(pattern: str, size: int) -> str:
    """The pattern repeated to `size` bytes."""
    unit = PATTERNS[pattern]
    return unit * (size // len(unit.encode()))


def size_for(verb: str, size: int) -> int:
    """How much of `size` a verb reads."""
    return size // 4 if verb in WRITERS else size


def work(pattern: str, sizes: list[int]) -> None:
    """Calls every verb. Whoever counts is told by the yields where one begins and ends."""
    import lexmill as lm

    for size in [SHORT, *sizes]:
        for verb, (before, call) in VERBS.items():
            text, people = text_of(pattern, size_for(verb, size)), lm.Gazetteer(["Ann", "Bob"])
            names: dict[str, Any] = {"lm": lm, "text": text, "names": people}
            exec(before, names)
            os.sched_yield()
            eval(call, names)
            os.sched_yield()


def instructions(pattern: str, sizes: list[int]) -> list[dict[str, int]]:
    """What each verb executes at each size."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "valgrind",
            "--tool=callgrind",
            "--dump-before=sched_yield",
            f"--callgrind-out-file={folder}/out",
        ]
        run = subprocess.run(
            [*command, sys.executable, __file__, "--worker", *map(str, sizes), "--only", pattern],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": "0"},
        )
        # A part is what was executed since the last: before the first call, in it, before the second, ...
        parts = [
            int(found[1])
            for part in _parts(Path(folder))
            if (found := re.search(r"^summary: (\d+)", part, re.M))
        ]
    calls = (1 + len(sizes)) * len(VERBS)
    if run.returncode or len(parts) not in (2 * calls, 2 * calls + 1):
        raise RuntimeError(run.stderr[-2000:])
    counts = parts[1 : 2 * calls : 2]
    return [
        dict(zip(VERBS, counts[n : n + len(VERBS)], strict=True))
        for n in range(len(VERBS), calls, len(VERBS))
    ]


def _parts(folder: Path) -> list[str]:
    numbered = [(int(path.suffix[1:]), path) for path in folder.glob("out.*") if path.suffix[1:].isdigit()]
    return [path.read_text(encoding="utf-8", errors="replace") for _, path in sorted(numbered)]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only", nargs="+", default=list(PATTERNS), choices=list(PATTERNS), metavar="PATTERN"
    )
    parser.add_argument("--most", type=int, default=1 << 21, help="the size of the largest text in bytes")
    parser.add_argument("--record", action="store_true", help="write benches/record/linear.md")
    parser.add_argument("--worker", type=int, nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        work(options.only[0], options.worker)
        return 0
    if shutil.which("valgrind") is None:
        print("linear: there is no valgrind here; nothing was counted")
        return 0
    sizes = [options.most // TIMES, options.most]
    growths: dict[str, dict[str, float]] = {verb: {} for verb in VERBS}
    for_a_byte: dict[str, dict[str, float]] = {verb: {} for verb in VERBS}
    pool = ThreadPoolExecutor(os.cpu_count())
    counts = pool.map(lambda pattern: instructions(pattern, sizes), options.only)
    for pattern, (small, large) in zip(options.only, counts, strict=True):
        for verb in VERBS:
            growths[verb][pattern] = large[verb] / small[verb]
            for_a_byte[verb][pattern] = large[verb] / size_for(verb, sizes[-1])
        told = "  ".join(
            f"{verb} {growths[verb][pattern]:.2f} {for_a_byte[verb][pattern]:.0f}" for verb in VERBS
        )
        print(f"  {pattern:30} {told}", flush=True)
    report = _report(growths, for_a_byte, sizes)
    print(report)
    if options.record:
        RECORD.write_text(report, encoding="utf-8")
    return int(any(g > BOUND for of in growths.values() for g in of.values()))


def _report(
    growths: dict[str, dict[str, float]], for_a_byte: dict[str, dict[str, float]], sizes: list[int]
) -> str:
    patterns = growths[next(iter(VERBS))]
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    report = f"""# Hostile texts take linear work

Written by `benches/linear.py --record` ({machine}). {len(patterns)} of {len(PATTERNS)} patterns
are repeated to {sizes[0] >> 10} KiB and to {sizes[-1] >> 10} KiB, one document, one thread; for those that
write something for every sentence ({"; ".join(sorted(WRITERS))}) to a quarter of that. The growth is the
instructions of the larger text over those of the smaller, {TIMES} times shorter; goal: at most {BOUND:g}.

| verb | median growth | largest | of pattern | instructions a byte, median | most | of pattern |
|---|--:|--:|---|--:|--:|---|
"""
    for verb in VERBS:
        grew, took = growths[verb], for_a_byte[verb]
        worst, dearest = max(grew, key=lambda p: grew[p]), max(took, key=lambda p: took[p])
        report += f"| {verb} | {statistics.median(grew.values()):.2f} | {grew[worst]:.2f} | {worst} "
        report += f"| {statistics.median(took.values()):.0f} | {took[dearest]:.0f} | {dearest} |\n"
    return report + f"\nThe patterns: {', '.join(patterns)}.\n"


if __name__ == "__main__":
    sys.exit(main())
