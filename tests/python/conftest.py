"""Fixtures of the whole suite: the reference texts that live beside the repository, hypothesis."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No deadlines: a loaded machine is no defect. The same examples in every run: a failure can be repeated.
settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
settings.load_profile("suite")

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of texts and answers that are not part of the repository."""
    path = Path(os.environ.get("LEXMILL_SHARED", ROOT.parent / "shared"))
    if not (path / "oracles").is_dir():
        pytest.skip(f"no reference texts at {path}; name their folder in LEXMILL_SHARED")
    return path


@pytest.fixture(scope="session")
def article(shared: Path) -> str:
    """A news article of 1,727 words."""
    return (shared / "data" / "news_article.txt").read_bytes().decode("utf-8")


@pytest.fixture(scope="session")
def gold_sentences(shared: Path) -> dict[str, list[dict[str, object]]]:
    """Its sentences as read by hand."""
    return json.loads((shared / "oracles" / "seed" / "sentences.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def gold_names(shared: Path) -> dict[str, object]:
    """The names in it, with the kinds of aliases that make up each layer."""
    return json.loads((shared / "oracles" / "seed" / "gazetteer.json").read_text(encoding="utf-8"))
