"""What the documentation says is run, and what it names is there."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
import shlex
from pathlib import Path

import lexmill as lm
import pytest

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
MODULES = sorted(
    {
        "lexmill",
        *(m.name for m in pkgutil.iter_modules(lm.__path__, "lexmill.") if m.name != "lexmill.__main__"),
    }
)
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/definitions.md",
    "docs/architecture.md",
    "docs/validation.md",
    "CHANGELOG.md",
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name: str) -> None:
    if name == "lexmill._core":
        pytest.skip("compiled: its public face is documented")
    module = importlib.import_module(name)
    outcome = doctest.testmod(module, optionflags=FLAGS)
    assert outcome.failed == 0


def blocks(page: Path, language: str) -> list[str]:
    if not page.exists():
        pytest.skip(f"{page.name} is not written yet")
    return re.findall(
        rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )


@pytest.mark.parametrize("page", PAGES)
def test_examples_on_pages(root: Path, page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python blocks of a page run one after the other as one session, with the outputs they show."""
    sessions = [b for kind in ("python", "pycon") for b in blocks(root / page, kind)]
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    failed = 0
    for i, block in enumerate(sessions):
        if ">>>" in block:
            test = doctest.DocTestParser().get_doctest(block, names, f"{page} block {i}", page, 0)
            failed += doctest.DocTestRunner(optionflags=FLAGS).run(test, clear_globs=False).failed
            names = test.globs
        else:
            exec(compile(block, f"{page} block {i}", "exec"), names)
    assert failed == 0


@pytest.mark.parametrize("name", [n for n in lm.__all__ if not n.startswith("__")])
def test_every_public_name_is_explained_with_an_example(name: str) -> None:
    thing = getattr(lm, name)
    doc = inspect.getdoc(thing) or ""
    assert len(doc) > 20
    if inspect.isclass(thing) and issubclass(thing, BaseException):
        return
    where = (
        doc + "".join(inspect.getdoc(m) or "" for m in vars(thing).values())
        if inspect.isclass(thing)
        else doc
    )
    if name == "Network":
        where += inspect.getdoc(lm.entity_cooccurrences) or ""
    assert ">>>" in where


def test_every_parameter_is_explained() -> None:
    missing = []
    for name in lm.__all__:
        thing = getattr(lm, name)
        if name.startswith("__") or not (
            inspect.isfunction(thing) or name in ("Corpus", "Gazetteer", "Tokens")
        ):
            continue
        section = (inspect.getdoc(thing) or "").partition("Parameters\n")[2].partition("Returns\n")[0]
        explained = set(
            re.findall(r"\w+", " ".join(re.findall(r"^(\w[\w, ]*?)(?: :|$)", section, re.MULTILINE)))
        )
        parameters = inspect.signature(thing).parameters if section else ()
        missing += [f"{name}({parameter}=)" for parameter in parameters if parameter not in explained]
    assert missing == []


def test_the_public_list_is_what_there_is() -> None:
    assert list(lm.__all__) == sorted(lm.__all__)
    assert all(hasattr(lm, name) for name in lm.__all__)
    public = {n for n, v in vars(lm).items() if not n.startswith("_") and not inspect.ismodule(v)}
    assert public == {n for n in lm.__all__ if n != "__version__"}


@pytest.mark.parametrize("page", PAGES)
def test_paths_on_pages_exist(root: Path, page: str) -> None:
    if not (root / page).exists():
        pytest.skip(f"{page} is not written yet")
    text = (root / page).read_text(encoding="utf-8")
    named = re.findall(r"`((?:src|python|tests|docs|benches|examples)/[\w./*-]*)`", text)
    links = re.findall(r"\]\(([\w][\w./-]*)(?:#[\w-]*)?\)", text)
    base = (root / page).parent
    # Written by `make docs` and `make bench`.
    made = {"docs/measures.md", "measures.md", "benches/record"}
    absent = [p for p in named if "*" not in p and not (root / p).exists() and p not in made]
    absent += [p for p in links if not (base / p).exists() and p not in made]
    assert absent == []


def test_commands_on_pages_are_targets_of_make(root: Path) -> None:
    makefile = root / "Makefile"
    if not makefile.exists():
        pytest.skip("no Makefile")
    targets = set(re.findall(r"^([a-z-]+):", makefile.read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        if not (root / page).exists():
            continue
        text = (root / page).read_text(encoding="utf-8")
        asked = re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)
        assert set(asked) <= targets, page


def test_the_command_line_on_the_first_page_is_one_that_exists(root: Path) -> None:
    for block in blocks(root / "README.md", "(?:sh|bash|console|shell)"):
        for line in block.splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            if words[:1] == ["lexmill"] and len(words) > 1:
                assert words[1] in ("freq", "cooc", "sentences", "report", "--help", "--version"), line


def test_data_files_say_where_they_come_from(root: Path) -> None:
    sources = (root / "tests" / "data" / "SOURCES.md").read_text(encoding="utf-8")
    files = [f for f in (root / "tests" / "data").rglob("*") if f.is_file() and f.name != "SOURCES.md"]
    assert [f.name for f in files if f.name not in sources and f.parent.name not in sources] == []
