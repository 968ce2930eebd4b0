#!/usr/bin/env python3
"""Instructions that lexmill spends on a word, counted by valgrind: a guard that no load disturbs.

    make instructions             compares with benches/record/instructions.json, as CI does
    make instructions RECORD=1    writes it

A fresh interpreter reads a fixed text of about 1.5 MB under callgrind, once with and once without the
call; the difference is the call's. Valgrind knows no AVX-512, so every machine with AVX2 runs the same
code; seeds of hashes make a difference of half a percent. Says so and passes where there is no valgrind,
or where the record was made with other instruction sets in reach.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import generate

RECORD = Path(__file__).parent / "record" / "instructions.json"
SIZE = 1_500_000
TOLERANCE = 0.10
CALLS = {
    "nothing": "pass",
    "word_frequencies": "lm.word_frequencies(texts, threads=1)",
    "document_term_matrix": "lm.document_term_matrix(texts, threads=1)",
    "entity_cooccurrences": "lm.entity_cooccurrences(texts, names, threads=1)",
    "Corpus": "lm.Corpus(texts, threads=1)",
    "Corpus and its sentences": "lm.Corpus(texts, threads=1).sentences()",
}
SCRIPT = """
import sys
import lexmill as lm
texts = open(sys.argv[1], encoding="utf-8").read().split("\\0")
names = lm.sample()[1]
{call}
"""


def fixed_texts() -> list[str]:
    """The sample that ships with lexmill, and more of its kind."""
    import lexmill as lm

    texts = [text or "" for text in lm.sample()[0]]
    more, _ = generate.more(texts, SIZE - sum(map(len, texts)), kept=300)
    return texts + more


def instructions(call: str, texts: Path) -> int:
    """What one interpreter executes."""
    script = SCRIPT.format(call=call)
    # What is imported for the first time is compiled, which must not count.
    subprocess.run([sys.executable, "-I", "-c", script, str(texts)], check=True)
    with tempfile.TemporaryDirectory() as folder:
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out"]
        # Seeds of hashes differ between runs by less than the tolerance; Python's own is fixed.
        environment = {**os.environ, "PYTHONHASHSEED": "0", "RAYON_NUM_THREADS": "1"}
        run = subprocess.run(
            [*command, sys.executable, "-I", "-c", script, str(texts)],
            capture_output=True,
            text=True,
            env=environment,
        )
    found = re.search(r"Collected\s*:\s*(\d+)", run.stderr)
    if run.returncode or not found:
        raise RuntimeError(run.stderr[-2000:])
    return int(found[1])


def main() -> int:
    if shutil.which("valgrind") is None:
        print("instructions: there is no valgrind here; nothing was compared")
        return 0
    import lexmill as lm
    from lexmill import _core

    if getattr(_core, "DEBUG", False):
        print("instructions: lexmill is a debug build; nothing was compared")
        return 0
    texts = fixed_texts()
    words = lm.Corpus(texts).n_tokens
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        file.write("\0".join(texts))
        file.flush()
        counted = {name: instructions(call, Path(file.name)) for name, call in CALLS.items()}
    nothing = counted.pop("nothing")
    each = {name: round((n - nothing) / words, 1) for name, n in counted.items()}
    machine = f"{platform.machine()}{' avx2' if 'avx2' in _flags() else ''}"
    if "--record" in sys.argv:
        RECORD.parent.mkdir(exist_ok=True)
        content = {"machine": machine, "words": words, "instructions_per_word": each}
        RECORD.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    recorded = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    known = recorded.get("instructions_per_word", {})
    comparable = recorded.get("machine") == machine
    more, less = [], []
    for name, n in each.items():
        told = f"recorded {known[name]:.1f}" if name in known else "not recorded"
        print(f"  {name:26} {n:8.1f} instructions a word, {told}")
        if name in known and comparable and n > known[name] * (1 + TOLERANCE):
            more.append(name)
        if name in known and comparable and n < known[name] * (1 - TOLERANCE):
            less.append(name)
    if less:
        print(f"fewer than recorded: {', '.join(less)}; make instructions RECORD=1 keeps it so")
    if not comparable:
        of = recorded.get("machine", "no machine")
        print(f"the record is of {of}, this is {machine}: nothing was compared")
    if more:
        print(f"more instructions than recorded, by over {TOLERANCE:.0%}: {', '.join(more)}")
    return 1 if more else 0


def _flags() -> str:
    path = Path("/proc/cpuinfo")
    found = re.search(r"^flags\s*:(.*)$", path.read_text(encoding="utf-8"), re.M) if path.exists() else None
    return found[1] if found else ""


if __name__ == "__main__":
    sys.exit(main())
