"""The texts behind a pair."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from lexmill._result import Result


class Evidence(Result):
    """Texts in which two entities occur together; a notebook shows them with both names marked."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        shown = self.head(50)
        items = "".join(f"<li style='margin-bottom:.5em'>{_where(row)} {marked(row)}</li>" for row in shown)
        more = f"<p>… {len(self) - len(shown):,} more</p>" if len(self) > len(shown) else ""
        return f"<ol>{items}</ol>{more}<p style='opacity:.7'>{html.escape(self._caption())}</p>"


def _where(row: Mapping[str, Any]) -> str:
    document = row["doc_id"] if row.get("doc_id") is not None else f"document {row['doc']}"
    place = f"{document}, sentence {row['sentence']}"
    told = html.escape(f"{row['source']} – {row['target']} · {place}")
    return f"<small style='opacity:.7'>{told}</small><br>"


def marked(row: Mapping[str, Any]) -> str:
    """The text of a row of evidence as HTML, both names marked where they stand."""
    text, offset = row["text"], row["start"]
    spans = sorted((row[f"{end}_start"] - offset, row[f"{end}_text"]) for end in ("source", "target"))
    out, at = [], 0
    for start, name in spans:
        # Of two names at one place (overlap="all") the first is marked.
        if start >= at:
            out += [html.escape(text[at:start]), f"<mark>{html.escape(name)}</mark>"]
            at = start + len(name)
    out.append(html.escape(text[at:]))
    return " ".join("".join(out).split())
