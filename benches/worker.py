"""One tool on one task in a process of its own; told by lines on stdin what to do.

first        the first call: time and peak memory above what reading the texts took
answer FILE  the result of the first call, pickled in comparable form
run SECONDS  calls until that much time is spent, at least one: CPU and wall time of each
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import sys
import time
from pathlib import Path
from typing import Any

import peers
import peers_scores  # noqa: F401
import peers_texts  # noqa: F401  registers its tools
import peers_words  # noqa: F401


def _memory(field: str) -> int:
    """Bytes of this process: VmRSS now, VmHWM at its peak."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1024
    return 0


def _timed(call: Any) -> tuple[float, float, Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    result = call()
    return time.process_time() - cpu, time.perf_counter() - wall, result


def _first(job: peers.Job) -> tuple[dict[str, Any], Any]:
    gc.collect()
    before = _memory("VmRSS")
    try:
        # The peak from here on, not that of reading the texts.
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        before = 0
    cpu, wall, result = _timed(job.run)
    return {"cpu": cpu, "wall": wall, "peak": _memory("VmHWM") - before if before else None}, result


def _runs(job: peers.Job, seconds: float) -> list[list[float]]:
    runs: list[list[float]] = []
    spent = 0.0
    while not runs or spent < seconds:
        gc.collect()
        cpu, wall, result = _timed(job.run)
        # What it costs to free the result belongs to no one's call.
        del result
        off = _timed(job.off)[:2] if job.off else (0.0, 0.0)
        runs.append([cpu, wall, *off])
        spent += wall + off[1]
    return runs


def main() -> None:
    task, name, path, limit, names = sys.argv[1:]
    # Libraries that print must not disturb the replies.
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def reply(content: Any) -> None:
        print(json.dumps(content), file=replies, flush=True)

    tool = next(tool for tool in peers.TASKS[task].tools if tool.name == name)
    held = Path(names).read_text(encoding="utf-8").splitlines() if names else None
    texts = peers.Texts(Path(path), float(limit) if limit else None, held)
    import lexmill

    if not eval(tool.needs, {"lm": lexmill}):
        reply({"error": "not built yet"})
        return
    # Strings are made before the baseline of memory is taken: all tools start with the same texts.
    size = texts.bytes if texts.list else 0
    job = tool.ready(texts)
    reply({"bytes": size})
    result: Any = None
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        if command == "first":
            told, result = _first(job)
            reply(told)
        elif command == "answer":
            Path(argument).write_bytes(pickle.dumps(job.answer(result)))
            result = None
            reply({})
        elif command == "run":
            reply(_runs(job, float(argument)))


if __name__ == "__main__":
    main()
