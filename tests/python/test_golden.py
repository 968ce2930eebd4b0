"""The worked examples of `tests/data`, which the Rust tests read too, through the public functions."""

from __future__ import annotations

import json
import math
import tomllib
from pathlib import Path
from typing import Any

import lexmill as lm
import pytest

DATA = Path(__file__).resolve().parents[1] / "data"


def cases(name: str) -> list[dict[str, Any]]:
    with (DATA / name).open("rb") as file:
        return tomllib.load(file)["case"]


def association(case: dict[str, Any]) -> float:
    cells = case["input"]
    o11, o12, o21, o22 = (cells[c] for c in ("o11", "o12", "o21", "o22"))
    counts = {"joint": o11, "first": o11 + o12, "second": o11 + o21, "n": o11 + o12 + o21 + o22}
    return lm.association_from_counts(**counts, measures=[case["measure"]])[case["measure"]]


def readability(case: dict[str, Any]) -> float:
    try:
        return lm.readability_from_counts(case["input"], measures=case["measure"])[case["measure"]]
    except ValueError:
        # A count that is not given is an error here; the value of the formula is undefined.
        if math.isnan(case["expected"]):
            return math.nan
        raise


def accepts(case: dict[str, Any], got: float) -> bool:
    expected = case["expected"]
    if math.isnan(expected) or math.isinf(expected):
        return math.isnan(got) if math.isnan(expected) else got == expected
    if "decimals" in case:
        return abs(got - expected) <= 0.5 * 10 ** -case["decimals"] * (1 + 1e-9)
    return abs(got - expected) <= case["tolerance"] * abs(expected)


SUITES = {"association": association, "readability": readability}


@pytest.mark.parametrize("family", SUITES)
def test_worked_examples(family: str) -> None:
    wrong = [
        f"{case['measure']} of {case['input']}: expected {case['expected']}, got {got} ({case['how']})"
        for case in cases(f"{family}.toml")
        for got in [SUITES[family](case)]
        if not accepts(case, got)
    ]
    assert wrong == []


@pytest.mark.parametrize("family", SUITES)
def test_every_measure_has_a_worked_example(family: str) -> None:
    rows = lm.measures(family).column("name")
    shown = {case["measure"] for case in cases(f"{family}.toml") if not math.isnan(case["expected"])}
    assert sorted(set(rows) - shown) == []
    assert len(rows) == len(set(rows))


def test_the_measures_say_how_they_are_made() -> None:
    for row in lm.measures():
        assert all(isinstance(v, str) and v.strip() for k, v in row.items() if k != "undefined"), row
        assert lm.cite(row["name"]) == row["source"]
    families = set(lm.measures().column("family"))
    assert {"association", "readability"} <= families
    assert len(lm.measures()) == sum(len(lm.measures(f)) for f in families)


def test_random_counts_scored_by_another_tool() -> None:
    names = {
        "w": "words",
        "s": "sentences",
        "syl": "syllables",
        "let": "letters",
        "ch": "characters",
        "poly": "polysyllables",
        "cplx": "complex_words",
        "diff": "unfamiliar_dale_chall",
    }
    scores = ["flesch", "flesch_kincaid", "fog", "smog", "ari", "coleman_liau", "dale_chall_adjusted"]
    for row in json.loads((DATA / "generated_formula_npm.json").read_text(encoding="utf-8")):
        counts = {name: row["counts"][key] for key, name in names.items()}
        got = lm.readability_from_counts(counts, measures=scores)
        assert got == {name: pytest.approx(row[name], rel=1e-9, abs=1e-9) for name in scores}


# What scipy and nltk call it, what it is called here. Yates's correction is capped here.
OTHER_TOOLS = {
    "chi2_scipy": "chi_squared",
    "g2_scipy": "log_likelihood",
    "g2_nltk": "log_likelihood",
    "fisher_greater_p": "fisher_p",
    "fisher_two_p": "fisher_p_two_sided",
    "pmi_nltk": "pmi",
    "t_nltk": "t_score",
    "dice_nltk": "dice",
    "jaccard_nltk": "jaccard",
    "phi2_nltk": "phi_squared",
    "poisson_stirling_nltk": "poisson_stirling",
}


def test_random_tables_scored_by_other_tools() -> None:
    lines = (DATA / "generated_2x2.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 500
    wrong = []
    for row in map(json.loads, lines):
        counts = {"joint": row["f"], "first": row["f1"], "second": row["f2"], "n": row["N"]}
        got = lm.association_from_counts(**counts, measures=sorted(set(OTHER_TOOLS.values())))
        for other, name in OTHER_TOOLS.items():
            theirs, ours = row.get(other), got[name]
            # Where all the digits cancel, or a tail is below the least float, theirs have none.
            if theirs is None or math.isnan(ours) or not math.isfinite(theirs) or theirs < 1e-290:
                continue
            if not math.isclose(ours, theirs, rel_tol=1e-6, abs_tol=1e-6):
                wrong.append(f"{name} of {counts}: {ours}, {other} has {theirs}")
    assert wrong == []
