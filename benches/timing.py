"""Tools in turn: A, B, C, A, B, C, so that whatever disturbs the machine disturbs all of them."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import answers
from environment import LIMITS
from packages import CACHE
from peers import TASKS, Tool, is_ours

# A fast tool is called again and again for this long in each round.
TURN = 0.3
# A tool this slow takes part in fewer rounds.
SLOW = 3.0


class Entry(NamedTuple):
    """A tool on a text."""

    task: str
    tool: Tool
    path: Path
    limit: float | None = None
    names: Path | None = None
    label: str = ""


class Measured(NamedTuple):
    """What was found of an entry."""

    tool: str
    note: str
    megabytes: float = 0.0
    cpu: float = 0.0
    cpu_spread: float = 0.0
    wall: float = 0.0
    first_cpu: float = 0.0
    peak_mb: float | None = None
    runs: int = 0
    answer: str = ""
    error: str = ""

    @property
    def speed(self) -> float:
        """MB per CPU second."""
        return self.megabytes / self.cpu if self.cpu > 0 else 0.0


class Worker:
    """The process of an entry."""

    def __init__(self, entry: Entry, pinned: bool = True) -> None:
        self.entry = entry
        limit = "" if entry.limit is None else str(entry.limit)
        script = str(Path(__file__).parent / "worker.py")
        command = [
            sys.executable,
            script,
            entry.task,
            entry.tool.name,
            str(entry.path),
            limit,
            str(entry.names or ""),
        ]
        if pinned and shutil.which("taskset"):
            command = ["taskset", "-c", str((os.cpu_count() or 1) - 1), *command]
        environment = {
            **os.environ,
            **LIMITS,
            "NLTK_DATA": str(CACHE / "nltk_data"),
            "PYTHONHASHSEED": "0",
        }
        # Not a file object: it must outlive this method and be read when the worker has failed.
        self.errors = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
            env=environment,
        )

    def reply(self) -> Any:
        """The next line it says."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            self.errors.seek(0)
            told = self.errors.read().strip().splitlines() or [f"ended with status {self.process.returncode}"]
            raise RuntimeError(told[-1][:300])
        content = json.loads(line)
        if isinstance(content, dict) and "error" in content:
            raise RuntimeError(content["error"])
        return content

    def ask(self, command: str) -> Any:
        """What it says to a command."""
        assert self.process.stdin is not None
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self.reply()

    def close(self) -> None:
        """Ends it."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        if self.process.stdout is not None:
            self.process.stdout.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.errors.close()


def measure(entries: list[Entry], rounds: int, compare: bool = True, pinned: bool = True) -> list[Measured]:
    """Checks the answers of all entries, then times them in turn."""
    with tempfile.TemporaryDirectory() as folder:
        workers, first, failed, told = _started(entries, Path(folder), compare, pinned)
        times: dict[int, list[list[float]]] = {i: [] for i in workers}
        try:
            for round_ in range(rounds):
                for i, worker in workers.items():
                    if round_ < 2 or first[i]["wall"] < SLOW:
                        times[i] += worker.ask(f"run {TURN}")
        finally:
            for worker in workers.values():
                worker.close()
    return [
        _measured(entry, first[i], times[i], told.get(i, "")) if i in times else _failed(entry, failed[i])
        for i, entry in enumerate(entries)
    ]


def _started(
    entries: list[Entry], folder: Path, compare: bool, pinned: bool
) -> tuple[dict[int, Worker], dict[int, Any], dict[int, str], dict[int, str]]:
    workers: dict[int, Worker] = {}
    first: dict[int, Any] = {}
    failed: dict[int, str] = {}
    told: dict[int, str] = {}
    ours: dict[float | None, Any] = {}
    for i, entry in enumerate(entries):
        worker = Worker(entry, pinned)
        try:
            size = worker.reply()["bytes"]
            first[i] = {**worker.ask("first"), "bytes": size}
            if compare and entry.tool.agrees:
                verdict = answers.COMPARISONS[entry.tool.agrees](
                    _reference(entry, folder, ours, pinned), _answer(worker, folder / f"{i}.pickle")
                )
                told[i] = verdict.told
                if not verdict.agrees:
                    raise RuntimeError(f"not timed, the answers differ: {verdict.told}")
            workers[i] = worker
        except (RuntimeError, OSError, ValueError) as e:
            failed[i] = str(e)
            worker.close()
    return workers, first, failed, told


def _answer(worker: Worker, path: Path) -> Any:
    worker.ask(f"answer {path}")
    answer = pickle.loads(path.read_bytes())
    path.unlink()
    return answer


def _reference(entry: Entry, folder: Path, ours: dict[float | None, Any], pinned: bool) -> Any:
    """What lexmill answers on the same texts, once for each cut of the corpus."""
    if entry.limit not in ours:
        tool = next(tool for tool in TASKS[entry.task].tools if is_ours(tool.name))
        worker = Worker(entry._replace(tool=tool), pinned)
        try:
            worker.reply()
            worker.ask("first")
            ours[entry.limit] = _answer(worker, folder / "ours.pickle")
        finally:
            worker.close()
    return ours[entry.limit]


def _measured(entry: Entry, first: Any, runs: list[list[float]], told: str) -> Measured:
    off = min(run[2] for run in runs)
    off_wall = min(run[3] for run in runs)
    cpus = sorted(run[0] - off for run in runs)
    return Measured(
        tool=entry.label or entry.tool.name,
        note=entry.tool.note,
        megabytes=first["bytes"] / 1e6,
        cpu=cpus[0],
        # From the fastest to the median: how far a typical run lies above the minimum.
        cpu_spread=cpus[len(cpus) // 2] / cpus[0] - 1 if cpus[0] > 0 else 0.0,
        wall=min(run[1] for run in runs) - off_wall,
        first_cpu=first["cpu"] - off,
        peak_mb=None if first["peak"] is None else first["peak"] / 1e6,
        runs=len(runs),
        answer=told,
    )


def _failed(entry: Entry, error: str) -> Measured:
    return Measured(tool=entry.label or entry.tool.name, note=entry.tool.note, error=error)
