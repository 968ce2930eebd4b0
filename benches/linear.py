#!/usr/bin/env python3
"""Whether hostile texts take linear time: each doubled and doubled again, through every verb that reads one.

    .venv/bin/python benches/linear.py                      all patterns, all verbs, up to 4 MiB
    .venv/bin/python benches/linear.py --only quotes dots   some patterns
    .venv/bin/python benches/linear.py --record             writes benches/record/linear.md

The time is CPU time, the second best of several runs; twice the text may take 2.5 times as long. The system
hands out fresh memory page by page and clears it, which a small text does not need: so what takes longer is
done again under valgrind, which counts the instructions of lexmill alone.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

RECORD = Path(__file__).parent / "record" / "linear.md"
SIZES = [1 << 19, 1 << 20, 1 << 21, 1 << 22]
BOUND = 2.5
# How often a case is run, and one that takes long.
RUNS, FEWER, LONG = 7, 3, 0.05

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
# Memory that was given back stays at hand, as far as the C library lets it.
MEMORY = "glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824"


def text_of(pattern: str, size: int) -> str:
    """The pattern repeated to `size` bytes."""
    unit = PATTERNS[pattern]
    return unit * (size // len(unit.encode()))


def setting(pattern: str, size: int) -> dict[str, Any]:
    import lexmill as lm

    return {"lm": lm, "text": text_of(pattern, size), "names": lm.Gazetteer(["Ann", "Bob"])}


def measure(pattern: str) -> dict[str, list[float]]:
    """The CPU seconds of every verb at every size."""
    found: dict[str, list[float]] = {verb: [] for verb in VERBS}
    for size in SIZES:
        for verb, (before, call) in VERBS.items():
            names = setting(pattern, size)
            exec(before, names)
            code = compile(call, verb, "eval")
            found[verb].append(_seconds(lambda code=code, names=names: eval(code, names)))
    return found


def _seconds(call: Callable[[], object]) -> float:
    times: list[float] = []
    while len(times) < (RUNS if sum(times) < LONG * RUNS else FEWER):
        started = time.process_time()
        call()
        times.append(time.process_time() - started)
    # The fastest may have been read before the system had brought its account up to date.
    return sorted(times)[1]


def _measured(pattern: str) -> dict[str, list[float]]:
    """What `measure` finds in a process of its own, in which no memory is left over from another pattern."""
    command = [sys.executable, __file__, "--worker", pattern]
    environment = {**os.environ, "GLIBC_TUNABLES": MEMORY}
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return dict(json.loads(run.stdout))


def instructions(pattern: str, verb: str, size: int, *, call: bool) -> int:
    """What one interpreter executes until `verb` is set up, or with its call."""
    before, measured = VERBS[verb]
    here = str(Path(__file__).parent)
    lines = [
        f"import sys; sys.path.insert(0, {here!r}); import linear",
        f"s = linear.setting({pattern!r}, {size})",
    ]
    lines += [f"exec({before!r}, s)", f"eval({measured!r}, s)" if call else ""]
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            [
                "valgrind",
                "--tool=callgrind",
                f"--callgrind-out-file={folder}/out",
                sys.executable,
                "-c",
                "\n".join(lines),
            ],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": "0"},
        )
    found = re.search(r"Collected\s*:\s*(\d+)", run.stderr)
    if run.returncode or not found:
        raise RuntimeError(run.stderr[-2000:])
    return int(found[1])


def growth(values: list[float]) -> float:
    """The largest factor from a size to its double; a tenth of a millisecond is nothing."""
    return max(b / max(a, 1e-4) for a, b in itertools.pairwise(values))


def counted_growth(pattern: str, verb: str, times: list[float]) -> float:
    """The growth in instructions where that in time is largest."""
    i = max(range(len(SIZES) - 1), key=lambda i: times[i + 1] / max(times[i], 1e-4))
    small, large = (
        instructions(pattern, verb, size, call=True) - instructions(pattern, verb, size, call=False)
        for size in SIZES[i : i + 2]
    )
    return large / small


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only", nargs="+", default=list(PATTERNS), choices=list(PATTERNS), metavar="PATTERN"
    )
    parser.add_argument("--record", action="store_true", help="write benches/record/linear.md")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        print(json.dumps(measure(options.worker)))
        return 0
    growths: dict[str, dict[str, float]] = {verb: {} for verb in VERBS}
    slow, more = [], []
    for pattern in options.only:
        looks = [_measured(pattern)]
        if any(growth(times) > BOUND for times in looks[0].values()):
            looks.append(_measured(pattern))
        for verb in VERBS:
            times = [min(same) for same in zip(*(look[verb] for look in looks), strict=True)]
            growths[verb][pattern] = growth(times)
            if growths[verb][pattern] > BOUND:
                slow.append((pattern, verb, times))
        told = "  ".join(f"{verb} {growths[verb][pattern]:.2f}" for verb in VERBS)
        print(f"  {pattern:30} {told}", flush=True)
    lines = []
    for pattern, verb, times in slow:
        if shutil.which("valgrind") is None:
            lines.append(f"| {pattern} | {verb} | {growth(times):.2f} | not counted |")
            more.append((pattern, verb))
            continue
        counted = counted_growth(pattern, verb, times)
        lines.append(f"| {pattern} | {verb} | {growth(times):.2f} | {counted:.2f} |")
        print(lines[-1], flush=True)
        if counted > BOUND:
            more.append((pattern, verb))
    report = _report(growths, lines)
    print(report)
    if options.record:
        RECORD.write_text(report, encoding="utf-8")
    return 1 if more else 0


def _report(growths: dict[str, dict[str, float]], slow: list[str]) -> str:
    patterns = len(next(iter(growths.values())))
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    head = f"""# Hostile texts take linear time

Written by `benches/linear.py --record` ({machine}). {patterns} patterns are repeated to 512 KiB and
doubled up to 4 MiB, one document, one thread. The growth is the CPU time of a text over that of its half,
the second best of several runs, and where it is too large of several more; goal: at most {BOUND}.

| verb | median growth | largest | of pattern | above {BOUND} |
|---|--:|--:|---|--:|
"""
    for verb, of in growths.items():
        ordered = sorted(of.values())
        worst = max(of, key=lambda pattern: of[pattern])
        above = sum(g > BOUND for g in ordered)
        head += f"| {verb} | {ordered[len(ordered) // 2]:.2f} | {of[worst]:.2f} | {worst} | {above} |\n"
    if slow:
        head += f"""
Where the time grew by more than {BOUND}, the instructions of the call were counted for the same two sizes by
valgrind. What they do not explain is the system, which clears fresh memory for the larger text, and chance.

| pattern | verb | growth in time | growth in instructions |
|---|---|--:|--:|
"""
        head += "\n".join(slow) + "\n"
    return head


if __name__ == "__main__":
    sys.exit(main())
