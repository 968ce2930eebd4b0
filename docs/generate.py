"""Writes docs/measures.md from the tables of measures, so that the facts exist once."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

import lexmill as lm

HEAD = """# Measures

Generated from the tables that compute them; do not edit. `lexmill.measures()` gives the same in Python,
`lexmill.cite(name)` the source alone.
"""

ABOUT = {
    "association": "Of a 2x2 table: o11 units with both, r1 = o11 + o12 with the first, c1 = o11 + o21 with "
    "the second, n in all; e11 = r1·c1/n. See [definitions](definitions.md).",
    "p_values": "Tail probabilities of a test statistic.",
    "intervals": "Confidence intervals over the 2x2 table; z is the normal quantile of the level.",
    "p_adjust": "Adjustment of m p-values for their number; p is the i-th smallest. Results are at most 1.",
    "difference": "How the association of two names differs between two groups a and b of units, each with "
    "a 2x2 table of its own.",
    "readability": "Of the counts of a text; the counts are defined in [definitions](definitions.md).",
}


def page() -> str:
    """The page as Markdown."""
    parts = [HEAD]
    for family, rows in groupby(lm.measures(), key=lambda row: str(row["family"])):
        parts.append(f"\n## {family}\n")
        if family in ABOUT:
            parts.append(f"\n{ABOUT[family]}\n")
        parts.append("\n| name | formula | range | undefined | source |\n|---|---|---|---|---|\n")
        for row in rows:
            cells = (
                f"`{row['name']}`",
                row["formula"],
                row["range"],
                row["undefined"] or "never",
                row["source"],
            )
            # In Markdown a bar ends the cell and a star starts emphasis.
            parts.append("| " + " | ".join(c.replace("|", "\\|").replace("*", "\\*") for c in cells) + " |\n")
    return "".join(parts)


if __name__ == "__main__":
    target = Path(__file__).with_name("measures.md")
    if "--check" in sys.argv:
        if target.read_text(encoding="utf-8") != page():
            sys.exit(f"{target.name} is stale: run make docs")
    else:
        target.write_text(page(), encoding="utf-8")
