"""The plot for the README: speed of each tool on the main tasks, on a logarithmic axis.

Drawn by hand: no dependency, and colours that read on light and dark pages alike.
"""

from __future__ import annotations

import math
from html import escape
from typing import Any

SHOWN = {
    "words": "Word frequencies",
    "ngrams": "One- and two-word terms",
    "dtm": "Document-term matrix",
    "pairs": "Names in one sentence",
    "sentences": "Sentences",
    "readability": "Readability",
}
WIDTH, LABELS, RIGHT, BAR, GAP, HEAD = 760, 170, 90, 15, 5, 30
OURS, OTHERS = "#e8590c", "#868e96"


def svg(content: dict[str, Any]) -> str:
    """The picture of a record."""
    tasks = {name: _bars(content.get("tasks", {}).get(name, [])) for name in SHOWN}
    tasks = {name: bars for name, bars in tasks.items() if any(ours for _, _, ours in bars)}
    if not tasks:
        return "<svg xmlns='http://www.w3.org/2000/svg'/>\n"
    speeds = [speed for bars in tasks.values() for _, speed, _ in bars]
    low, high = math.floor(math.log10(min(speeds))), math.log10(max(speeds))
    scale = (WIDTH - LABELS - RIGHT) / (high - low)
    parts = []
    y = 10
    for name, bars in tasks.items():
        y += HEAD
        parts.append(f"<text class='h' x='0' y='{y - 8}'>{escape(SHOWN[name])}</text>")
        for tool, speed, ours in bars:
            length = max((math.log10(speed) - low) * scale, 2)
            middle = y + BAR - 3
            css = " class='o'" if ours else ""
            parts.append(
                f"<text x='{LABELS - 8}' y='{middle}' text-anchor='end'{css}>{escape(tool)}</text>"
                f"<rect x='{LABELS}' y='{y}' width='{length:.1f}' height='{BAR}' rx='2' "
                f"fill='{OURS if ours else OTHERS}'/>"
                f"<text x='{LABELS + length + 6:.1f}' y='{middle}'{css}>{_number(speed)}</text>"
            )
            y += BAR + GAP
    y += 24
    told = "MB of text per second of CPU time, one core, logarithmic"
    told = f"{told}; {content['machine']['cpu']}, {content['date']}"
    parts.append(f"<text x='0' y='{y}' font-size='11'>{escape(told)}</text>")
    style = (
        "text{font:12px system-ui,sans-serif;fill:#57606a}.h,.o{font-weight:600;fill:#24292f}"
        "@media(prefers-color-scheme:dark){text{fill:#9198a1}.h,.o{fill:#f0f6fc}}"
    )
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {y + 12}' width='{WIDTH}' role='img'>"
        f"<title>Speed of lexmill and other tools</title><style>{style}</style>"
        + "\n".join(parts)
        + "</svg>\n"
    )


def _number(speed: float) -> str:
    return f"{speed:,.0f}" if speed >= 10 else f"{speed:.1f}"


def _bars(rows: list[dict[str, Any]]) -> list[tuple[str, float, bool]]:
    """lexmill in its plain form and its peers, the fastest first."""
    kept = [row for row in rows if not row["error"] and ("," not in row["tool"])]
    bars = [(row["tool"], row["speed"], row["tool"] == "lexmill") for row in kept]
    return sorted(bars, key=lambda bar: -bar[1])
