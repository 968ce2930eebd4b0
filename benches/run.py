#!/usr/bin/env python3
"""Compares lexmill with other tools, on texts that it assembles, in an environment of its own.

    python3 benches/run.py                     everything on about 20 MB of English
    python3 benches/run.py --only words        one part
    python3 benches/run.py --size large --record
    python3 benches/run.py --check             fails if a ratio fell by a fifth from the record

All figures are CPU time of one thread, the minimum of several runs, tools in turn.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import environment

# What is measured again by --check: the ratios that are promised, quick enough for every change.
CHECKED = {
    "words": {"chdb", "polars", "CountVectorizer"},
    "dtm": {"CountVectorizer", "lenlp"},
    "ngrams": {"lenlp"},
    "pairs": {"polars"},
    "sentences": {"PyICU", "sentencex"},
    "readability": {"corpa"},
}
FELL = 0.8


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", choices=("small", "medium", "large"), default="medium")
    parser.add_argument(
        "--only", action="append", default=[], help="a task, or alphabets, growth, threads, start"
    )
    parser.add_argument("--texts", type=Path, help="a Parquet file with a column text instead of the corpus")
    parser.add_argument(
        "--names", type=Path, help="a file with a name on each line instead of the corpus's names"
    )
    parser.add_argument("--record", action="store_true", help="write benches/record")
    parser.add_argument("--check", action="store_true", help="compare with benches/record")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--wheel", type=Path, help="a wheel built before, instead of building one")
    parser.add_argument(
        "--as-installed", action="store_true", help="the lexmill that .venv-bench holds, not rebuilt"
    )
    return parser.parse_args()


def main() -> int:
    options = arguments()
    if Path(sys.prefix).resolve() != environment.VENV.resolve():
        environment.install()
        if options.wheel:
            environment.install_wheel(options.wheel)
        elif not options.as_installed:
            environment.build()
        # The same command again, inside the environment.
        return subprocess.run([environment.PYTHON, *sys.argv]).returncode
    return check(options) if options.check else compare(options)


def _texts(options: argparse.Namespace) -> Any:
    import corpus

    corpus.pronunciations()
    texts = corpus.given(options.texts) if options.texts else corpus.english(options.size)
    return texts, options.names or corpus.names(texts)


def compare(options: argparse.Namespace) -> int:
    """Measures, prints, and with --record writes."""
    import record
    import suite
    from peers import TASKS

    environment_warning()
    texts, names = _texts(options)
    for line in texts.recipe:
        print(f"  {line}")
    wanted = [name for name in TASKS if name != "threads"] + ["alphabets", "growth", "threads", "start"]
    unknown = set(options.only) - set(wanted)
    if unknown:
        raise SystemExit(f"--only {min(unknown)}: choose from {', '.join(wanted)}")
    key = options.texts.stem if options.texts else options.size
    held = record.Record(key, texts.recipe, record=options.record)
    for name in options.only or wanted:
        if name == "alphabets":
            held.add(name, suite.alphabets(texts, options.rounds))
        elif name == "growth":
            held.add(name, suite.growth(texts, texts.path.stat().st_size / 1e6, options.rounds))
        elif name == "threads":
            held.add(name, {"threads": suite.threads(texts, options.rounds)})
        elif name == "start":
            held.add_starts(suite.starts(options.rounds))
        else:
            found = suite.against_peers(name, texts, names, options.size, options.rounds, set())
            held.add("tasks", {name: found})
    held.finish()
    return 1 if held.disagreements else 0


def check(options: argparse.Namespace) -> int:
    """Whether the ratios to the strongest peers are still those of the record."""
    import record
    import suite

    environment_warning()
    texts, names = _texts(options)
    recorded = record.ratios_in(options.texts.stem if options.texts else options.size)
    fell = []
    for task, peers in CHECKED.items():
        known = {peer: recorded[task, peer] for peer in sorted(peers) if (task, peer) in recorded}
        for attempt in range(2):
            if not known:
                break
            # A ratio that fell is measured once more before it is believed.
            found = record.ratios(suite.against_peers(task, texts, names, options.size, 3, set(known)))
            low = {peer: ratio for peer, ratio in known.items() if found.get(peer, 0.0) < FELL * ratio}
            for peer in known:
                now = found.get(peer)
                told = "not measured" if now is None else f"{now:.1f}x"
                print(f"  {task:12} {peer:16} {told:>12}   recorded {known[peer]:.1f}x")
            if attempt == 1:
                fell += [f"{task}: {peer}" for peer in low]
            known = low
    print("fell by more than a fifth: " + ", ".join(fell) if fell else "no ratio fell by more than a fifth")
    return 1 if fell else 0


def environment_warning() -> None:
    """Says so loudly if the numbers will mean nothing."""
    if environment.is_debug():
        print("\n*** lexmill is a DEBUG build: these numbers mean nothing. ***\n", file=sys.stderr)
    load = os.getloadavg()[0]
    if load > (os.cpu_count() or 1) / 2:
        print(f"  the machine is busy (load {load:.1f}): trust CPU time and minima, not wall time")


if __name__ == "__main__":
    sys.exit(main())
