"""What a run leaves behind: JSON to compare with, Markdown to read, a plot for the README."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import environment
import plot
from peers import TASKS, is_ours
from timing import Measured

FOLDER = Path(__file__).parent / "record"

# What the engine is meant to reach: lexmill's speed over a peer's on a task.
GOALS = {
    ("words", "chdb"): 4.5,
    ("words", "polars"): 10,
    ("words", "CountVectorizer"): 45,
    ("dtm", "CountVectorizer"): 22,
    ("dtm", "lenlp"): 10,
    ("ngrams", "CountVectorizer"): 30,
    ("ngrams", "lenlp"): 9,
    ("ngram_dtm", "CountVectorizer"): 30,
    ("ngram_dtm", "lenlp"): 9,
    ("sentences", "PyICU"): 2.5,
    ("sentences", "sentencex"): 4,
    ("sentences", "blingfire"): 30,
    ("readability", "corpa"): 5,
    ("readability", "textstat"): 75,
    ("pairs", "polars"): 2,
    ("pairs", "ahocorasick_rs"): 10,
    ("pairs", "ahocorasick_rs, re"): 10,
}
# Where less memory than the peer's is wanted too.
LIGHT = {"words", "dtm", "ngrams", "ngram_dtm"}
# MB per CPU second on this machine's one core.
SPEEDS = {"words": 450, "corpus": 150, "names": 250, "pairs": 200, "sentences": 500, "readability": 180}
# Share of the speed on English.
SHARES = {
    "English, curly quotes": 0.7,
    "French": 0.4,
    "Russian": 0.4,
    "Arabic": 0.4,
    "Chinese": 0.15,
    "Japanese": 0.15,
}
# A tenth of the text, time per MB: the whole may cost at most this many times as much.
GROWTH = 1.3
THREADS = 1.2


def _ours(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """lexmill's plain row, from list of str."""
    return next((row for row in rows if row["tool"] == "lexmill" and not row["error"]), None)


def _row(measured: Measured) -> dict[str, Any]:
    return {**measured._asdict(), "speed": round(measured.speed, 2)}


def ratios(found: list[Measured]) -> dict[str, float]:
    """lexmill's speed over that of each peer."""
    rows = [_row(one) for one in found]
    ours = _ours(rows)
    peers = [row for row in rows if not is_ours(row["tool"]) and not row["error"]]
    return {row["tool"]: ours["speed"] / row["speed"] for row in peers} if ours else {}


def ratios_in(key: str) -> dict[tuple[str, str], float]:
    """The ratios of a record."""
    path = FOLDER / f"{key}.json"
    if not path.exists():
        raise SystemExit(f"there is no record of {key}: run benches/run.py --size {key} --record")
    tasks = json.loads(path.read_text(encoding="utf-8"))["tasks"]
    found = {}
    for name, rows in tasks.items():
        ours = _ours(rows)
        for row in rows:
            if ours and not is_ours(row["tool"]) and not row["error"]:
                found[name, row["tool"]] = ours["speed"] / row["speed"]
    return found


class Record:
    """The findings of a run, on top of what an earlier run of other parts left."""

    def __init__(self, key: str, recipe: list[str], record: bool) -> None:
        self.key, self.record = key, record
        path = FOLDER / f"{key}.json"
        self.content: dict[str, Any] = {}
        if record and path.exists():
            self.content = json.loads(path.read_text(encoding="utf-8"))
        self.content |= {
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "measured": environment.measured(),
            "machine": environment.machine(),
            "versions": environment.versions(),
            "not_installed": environment.failed(),
            "corpus": recipe,
        }
        # A record may be put together from several runs: each says what it measured and under what load.
        machine = self.content["machine"]
        run = {"date": self.content["date"], "measured": self.content["measured"], "load": machine["load"][0]}
        self.run: dict[str, Any] = {**run, "parts": []}
        self.content["runs"] = [*self.content.get("runs", []), self.run]
        self.disagreements: list[str] = []

    def add(self, part: str, found: dict[str, list[Measured]]) -> None:
        """Findings of a part, printed and written at once: a run that breaks leaves its first half."""
        rows = {name: [_row(one) for one in measured] for name, measured in found.items()}
        self._measured([name if part == "tasks" else f"{part}: {name}" for name in found])
        merged = {**self.content.get(part, {}), **rows}
        self.content[part] = {name: merged[name] for name in TASKS if name in merged}
        for name, measured in found.items():
            title = TASKS[name].title if part == "tasks" else f"{part}: {TASKS[name].title}"
            print("\n" + "\n".join(table(title, rows[name])), flush=True)
            self.disagreements += [f"{name}: {m.tool}" for m in measured if "answers differ" in m.error]
        self._write()

    def add_starts(self, found: dict[str, Any]) -> None:
        """Times from the interpreter's start to an answer."""
        self.content["start"] = found
        self._measured(["start"])
        print("\n" + "\n".join(_starts(found)), flush=True)
        self._write()

    def _measured(self, parts: list[str]) -> None:
        # What was measured before is not shown any more.
        for run in self.content["runs"]:
            run["parts"] = [part for part in run["parts"] if part not in parts]
        self.run["parts"] += parts
        self.content["runs"] = [run for run in self.content["runs"] if run["parts"]]

    def finish(self) -> None:
        """The goals, and what went wrong."""
        print("\n" + "\n".join(_goals(self.content)))
        for one in self.disagreements:
            print(f"*** the answers differ in {one}")

    def _write(self) -> None:
        if not self.record:
            return
        FOLDER.mkdir(exist_ok=True)
        text = json.dumps(self.content, indent=1, ensure_ascii=False) + "\n"
        (FOLDER / f"{self.key}.json").write_text(text, encoding="utf-8")
        (FOLDER / f"{self.key}.md").write_text(
            "\n".join(_markdown(self.key, self.content)) + "\n", encoding="utf-8"
        )
        if self.key == "medium":
            (FOLDER / "bench.svg").write_text(plot.svg(self.content), encoding="utf-8")


def table(title: str, rows: list[dict[str, Any]]) -> list[str]:
    """A Markdown table of a task."""
    ours = _ours(rows) or next((row for row in rows if not row["error"]), None)
    lines = [f"### {title}", ""]
    if ours is None:
        return [*lines, *(f"{row['tool']}: {row['error']}" for row in rows)]
    lines += [
        "| tool | MB/CPU s | CPU s | wall s | spread | first call s | peak MB | lexmill is |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in sorted(rows, key=lambda row: -row["speed"]):
        if row["error"]:
            lines.append(f"| {row['tool']} | {row['error']} | | | | | | |")
            continue
        ratio = "" if row is ours else f"{ours['speed'] / row['speed']:.2f}x"
        size = "" if row["megabytes"] == ours["megabytes"] else f" ({row['megabytes']:.1f} MB)"
        peak = "" if row["peak_mb"] is None else f"{row['peak_mb']:,.0f}"
        lines.append(
            f"| {row['tool']}{size} | {row['speed']:,.1f} | {row['cpu']:.3f} | {row['wall']:.3f} | "
            f"+{row['cpu_spread']:.0%} | {row['first_cpu']:.3f} | {peak} | {ratio} |"
        )
    return lines


def _definitions(rows: list[dict[str, Any]]) -> list[str]:
    told = []
    for row in rows:
        parts = [part for part in (row["note"], row["answer"]) if part]
        if parts:
            told.append(f"- **{row['tool']}**: {'. '.join(parts)}".replace("|", "\\|"))
    return ["", *told]


def _starts(found: dict[str, Any]) -> list[str]:
    lines = [
        "### From the interpreter's start to a first answer",
        "",
        "| | CPU ms | wall ms |",
        "|---|--:|--:|",
    ]
    for name, one in sorted(found.items(), key=lambda item: item[1]["cpu"]):
        told = f" ({one['error']})" if one["error"] else ""
        lines.append(f"| {name}{told} | {one['cpu'] * 1000:.0f} | {one['wall'] * 1000:.0f} |")
    return lines


def _goals(content: dict[str, Any]) -> list[str]:
    lines = ["## Goals", "", "| goal | wanted | found | |", "|---|--:|--:|---|"]

    def add(what: str, wanted: float, found: float | None, unit: str, most: bool = False) -> None:
        if found is None:
            lines.append(f"| {what} | {wanted:g}{unit} | | not built yet |")
            return
        reached = found <= wanted if most else found >= wanted
        sign, told = "≤ " if most else "≥ ", "reached" if reached else "**missed**"
        lines.append(f"| {what} | {sign}{wanted:g}{unit} | {found:.3g}{unit} | {told} |")

    tasks: dict[str, Any] = content.get("tasks", {})
    for (name, peer), wanted in GOALS.items():
        rows = {row["tool"]: row for row in tasks.get(name, []) if not row["error"]}
        if peer in rows:
            ours = rows.get("lexmill")
            add(f"{name}, over {peer}", wanted, ours["speed"] / rows[peer]["speed"] if ours else None, "x")
            if name in LIGHT and ours and ours["peak_mb"] and rows[peer]["peak_mb"]:
                add(
                    f"{name}, peak memory over {peer}'s",
                    1,
                    ours["peak_mb"] / rows[peer]["peak_mb"],
                    "x",
                    most=True,
                )
    for name, wanted in SPEEDS.items():
        if ours := _ours(tasks.get(name, [])):
            add(f"{name}, MB per CPU second", wanted, ours["speed"], "")
    for name, rows in content.get("alphabets", {}).items():
        speeds = {row["tool"]: row["speed"] for row in rows if not row["error"]}
        for script, wanted in SHARES.items():
            base = speeds.get("English" if script.startswith("English") else "English, first MB")
            if base and script in speeds:
                add(f"{name}: {script}, share of English", wanted, speeds[script] / base, "")
    for name, rows in content.get("growth", {}).items():
        speeds = {row["tool"]: row["speed"] for row in rows if not row["error"]}
        if len(speeds) == 2:
            add(
                f"{name}: time per MB at ten times the size",
                GROWTH,
                speeds["a tenth"] / speeds["whole"],
                "x",
                most=True,
            )
    both = [row["cpu"] for rows in content.get("threads", {}).values() for row in rows if not row["error"]]
    if len(both) == 2:
        add("CPU time of two threads over one", THREADS, both[1] / both[0], "x", most=True)
    return lines


def _markdown(key: str, content: dict[str, Any]) -> list[str]:
    machine = content["machine"]
    lines = [
        f"# lexmill beside other tools: {key}",
        "",
        f"{content['date']}, {content['measured']}. {machine['cpu']}, {machine['cores']} cores "
        f"({', '.join(machine['instructions'])}), {machine['memory_gb']} GB, {machine['kernel']}, "
        f"Python {machine['python']}, {machine['rustc']}.",
        "",
        "CPU time of one thread on one core, the minimum of several runs, tools in turn; each tool is a "
        "process of its own. MB are 10^6 bytes of UTF-8. Spread: how far the median run lies above the "
        "minimum. First call: "
        "CPU time of the first call in a process. Peak: memory of the first call above that of the texts. "
        "Wall time suffers from whatever else the machine does. Answers are compared before anything is "
        "timed.",
        "",
        *(
            f"- {run['date']}, {run['measured']}, load {run['load']} when it began: {', '.join(run['parts'])}"
            for run in content["runs"]
        ),
        "",
        "Corpus:",
        *(f"- {line}" for line in content["corpus"]),
        "",
        *_goals(content),
        "",
        "## Tasks",
    ]
    for name, rows in content.get("tasks", {}).items():
        lines += ["", *table(TASKS[name].title, rows), *_definitions(rows)]
    for part, title in (("alphabets", "Scripts"), ("growth", "Growth"), ("threads", "Threads")):
        for name, rows in content.get(part, {}).items():
            lines += ["", *table(f"{title}: {TASKS[name].title}", rows)]
    if "start" in content:
        lines += ["", *_starts(content["start"])]
    lines += [
        "",
        "## Versions",
        "",
        ", ".join(f"{name} {version}" for name, version in content["versions"].items()),
    ]
    lines += [f"- not installed: {name}: {why}" for name, why in content["not_installed"].items()]
    return lines
