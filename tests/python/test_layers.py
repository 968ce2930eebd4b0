"""The layers of the crate as its first page tells them: who may use whom, who may name what."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

# Lowest first; a layer may use those below it and itself. Names in one group do not know each other.
LAYERS = [
    {"error", "measure", "memory", "table", "parallel"},
    {"stats", "text"},
    {"corpus"},
    {"entities"},
    {"counts"},
    {"verbs"},
    {"py"},
]
RANK = {name: rank for rank, group in enumerate(LAYERS) for name in group}
ROOT = {"Error", "Result"}  # named at the root for short, they live in `error`

# Crates that belong to one place.
ONLY_IN = {
    "pyo3": r"py/",
    r"arrow_\w+": r"py/",
    "rayon": r"parallel\.rs$",
    "unsafe": r"(memory\.rs$|text/words/|py/)",
}
LINES = 600


def code(source: str) -> str:
    """The source without comments and texts."""
    source = re.sub(r'r#*"(?:.|\n)*?"#*|"(?:\\.|[^"\\])*"', '""', re.sub(r"//[^\n]*", "", source))
    return re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)


def used(source: str) -> set[str]:
    """The modules of the crate that a source names, in `use crate::{a, b::c}` and in paths."""
    names: set[str] = set()
    for path in re.findall(r"\bcrate::(\w+|\{(?:[^{}]|\{[^{}]*\})*\})", code(source)):
        if path.startswith("{"):
            inner = re.sub(r"\{[^{}]*\}", "", path[1:-1])
            names |= {part.strip().split("::")[0] for part in inner.split(",") if part.strip()}
        else:
            names.add(path)
    return names


def complaints(path: str, source: str) -> list[str]:
    """What is wrong with the file at `path` (within `src`)."""
    layer = path.split("/")[0].removesuffix(".rs")
    out = []
    for name in sorted(used(source) - ROOT - {layer}):
        if layer == "lib":
            continue
        if name not in RANK:
            out.append(f"{path} uses crate::{name}, which is no layer")
        elif RANK[name] > RANK[layer] or (RANK[name] == RANK[layer] and RANK[name] > 0):
            out.append(f"{path} uses crate::{name}: {layer} may not know {name}")
    for word, where in ONLY_IN.items():
        if not re.match(where, path) and re.search(rf"\b{word}\b", code(source)):
            out.append(f"{path} names {word}, which belongs to {where}")
    # Paths upwards must not leave the layer either; an inline module is one step more.
    depth = path.count("/") + (not path.endswith("mod.rs")) + len(re.findall(r"\bmod \w+ \{", source))
    if "/" in path and "super::" * depth in code(source):
        out.append(f"{path} climbs out of its layer by super::")
    return out


def test_every_file_keeps_to_its_layer(root: Path) -> None:
    files = sorted((root / "src").rglob("*.rs"))
    assert len(files) > 40
    found = [
        c for f in files for c in complaints(f.relative_to(root / "src").as_posix(), f.read_text("utf-8"))
    ]
    assert found == []


def test_every_module_at_the_root_is_a_layer(root: Path) -> None:
    modules = set(
        re.findall(r"^(?:pub )?mod (\w+);", (root / "src" / "lib.rs").read_text("utf-8"), re.MULTILINE)
    )
    assert modules == set(RANK)


PLANTED = {
    "text/words.rs": "use crate::corpus::Corpus;",
    "stats/readability/mod.rs": "use crate::text::words;",
    "text/fold.rs": "use crate::{error::{Error, Result}, stats::association};",
    "error.rs": "use crate::text::fold;",
    "corpus/build.rs": "fn f() { crate::counts::terms::count() }",
    "entities/matcher.rs": "use crate::{\n    corpus::Corpus,\n    verbs,\n};",
    "counts/terms.rs": "use pyo3::prelude::*;",
    "verbs/frequencies.rs": "use arrow_array::ArrayRef;",
    "verbs/sentences.rs": "use crate::py::run;",
    "stats/mod.rs": "use crate::nowhere::x;",
    "counts/pairs.rs": "fn f() { rayon::join(a, b) }",
    "stats/special.rs": "fn f() { unsafe { g() } }",
    "corpus/terms.rs": "use super::super::verbs;",
}


@pytest.mark.parametrize("path", PLANTED)
def test_planted_violations_are_caught(path: str) -> None:
    assert len(complaints(path, PLANTED[path])) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("counts/profiles.rs", "use crate::stats::readability::Profile;\nuse crate::text::words;"),
        (
            "text/words.rs",
            "//! [`crate::corpus`] uses this; pyo3 does not, nor unsafe code.\nuse crate::error::Result;",
        ),
        ("py/run.rs", "use pyo3::prelude::*;\nuse crate::verbs;\nuse crate::{Error, Result};"),
        ("table.rs", 'use crate::error::{Error, Kind};\nconst X: &str = "crate::verbs pyo3";'),
        ("corpus/tokens.rs", "use super::Corpus;\nuse crate::text::fold;"),
    ],
)
def test_what_is_allowed_is_not_caught(path: str, source: str) -> None:
    assert complaints(path, source) == []


def test_unsafe_blocks_say_why_they_are_sound(root: Path) -> None:
    unexplained = []
    for file in (root / "src").rglob("*.rs"):
        lines = file.read_text("utf-8").splitlines()
        for i, line in enumerate(lines):
            before = "\n".join(lines[max(0, i - 8) : i + 1])
            if re.search(r"\bunsafe \{", code(line)) and "SAFETY" not in before:
                unexplained.append(f"{file.relative_to(root)}:{i + 1}")
    assert unexplained == []


def test_files_stay_small(root: Path) -> None:
    files = [
        f for folder in ("src", "python", "tests/python") for f in (root / folder).rglob("*") if f.is_file()
    ]
    sources = [
        f for f in files if f.suffix in (".rs", ".py", ".js", ".css", ".html") and "data" not in f.parts
    ]
    assert len(sources) > 60
    long = {
        str(f.relative_to(root)): n for f in sources if (n := len(f.read_text("utf-8").splitlines())) > LINES
    }
    assert long == {}


def test_python_prints_nothing_and_keeps_no_state(root: Path) -> None:
    """No module of the package but the command line writes to the terminal."""
    for file in (root / "python" / "lexmill").glob("*.py"):
        if file.stem not in ("cli", "__main__"):
            source = re.sub(r'"""(?:.|\n)*?"""', "", file.read_text("utf-8"))
            assert not re.search(r"^\s*print\(|^\s*global |\bsys\.stdout\b", source, re.MULTILINE), file.name
