"""The texts behind a pair."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from lexmill._report.html import Html, marked
from lexmill._result import Result


class Evidence(Result):
    """Texts in which two entities occur together; a notebook shows them with both names marked."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        shown = self.head(50)
        # One pair stands in the caption.
        several = "source" not in self.question
        items = "".join(
            f"<li style='margin-bottom:.5em'>{_where(row, several)} {marked_row(row)}</li>" for row in shown
        )
        more = f"<p>… {len(self) - len(shown):,} more</p>" if len(self) > len(shown) else ""
        return f"<ol>{items}</ol>{more}<p style='opacity:.7'>{html.escape(self._caption())}</p>"


def _where(row: Mapping[str, Any], several: bool) -> str:
    document = row["doc_id"] if row.get("doc_id") is not None else f"document {row['doc']}"
    place = f"{document}, sentence {row['sentence']}"
    told = html.escape(f"{row['source']} – {row['target']} · {place}" if several else place)
    return f"<small style='opacity:.7'>{told}</small><br>"


def marked_row(row: Mapping[str, Any], *, most: int | None = None) -> Html:
    """The text of a row of evidence, both names marked where they stand."""
    starts = {end: row[f"{end}_start"] - row["start"] for end in ("source", "target")}
    spans = [(at, at + len(row[f"{end}_text"])) for end, at in starts.items()]
    return marked(row["text"], spans, most=most)
