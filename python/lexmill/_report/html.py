"""HTML that cannot be injected into: elements escape what they hold, and `Html` alone passes as it is."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import Any

from lexmill._report.style import STYLE


class Html(str):
    """Text that is HTML already; only `el`, `joined` and `page` make it."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """In a notebook: a whole page in a frame of its own."""
        # There a link to a part of the page must name the page.
        if not self.startswith("<!doctype"):
            return str(self)
        return frame(self.replace('href="#', 'href="about:srcdoc#'), "page", "46rem")


# What no HTML text may hold: control characters, and surrogates, which cannot be written as UTF-8.
_FORBIDDEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_VOID = frozenset({"meta", "br", "hr", "input"})

Child = str | int | float | None | Iterable[Any]


def escape(value: object) -> Html:
    """The one way from text to HTML, for elements and attributes alike."""
    return value if isinstance(value, Html) else Html(html.escape(_FORBIDDEN.sub("\ufffd", str(value))))


def joined(*children: Child) -> Html:
    """Children side by side: text is escaped, None is left out, lists are opened."""
    parts: list[str] = []
    for child in children:
        if child is None:
            continue
        if isinstance(child, (str, int, float)):
            parts.append(escape(child))
        else:
            parts.append(joined(*child))
    return Html("".join(parts))


def el(name: str, /, *children: Child, **attributes: object) -> Html:
    """An element. `class_` is written class, `text_anchor` text-anchor; None leaves an attribute out."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Html(f"<{name}{told}>")
    return Html(f"<{name}{told}>{joined(*children)}</{name}>")


def number(value: int | None) -> str:
    """A count with separators."""
    return "–" if value is None else f"{value:,}"


def decimal(value: float | None, digits: int = 1) -> str:
    """A measure with so many digits and a true minus; a dash where it is undefined."""
    if value is None:
        return "–"
    told = f"{value:,.{digits}f}"
    # What rounds to nothing is not negative.
    return told.lstrip("-") if float(told.replace(",", "")) == 0 else told.replace("-", "−")


def marked(
    text: str,
    spans: Sequence[tuple[int, int]],
    start: int = 0,
    end: int | None = None,
    *,
    most: int | None = None,
) -> Html:
    """A stretch of a text with spans of it marked, by position: never by searching for the words.

    Of two spans at one place the first is marked. Between marks `most` characters are shown.
    """
    parts: list[Child] = []
    at, last = start, len(text) if end is None else end
    for first, after in sorted(spans):
        if first >= at:
            keep = "end" if not parts else "both"
            parts += [plain(_cut(text[at:first], most, keep)), el("mark", plain(text[first:after]))]
            at = after
    parts.append(plain(_cut(text[at:last], most, "start")))
    return el("span", parts, dir="auto")


def _cut(text: str, most: int | None, keep: str) -> str:
    if most is None or len(text) <= most:
        return text
    half = most // 2
    return {
        "start": f"{text[:half].rstrip()} …",
        "end": f"… {text[-half:].lstrip()}",
        "both": f"{text[:half].rstrip()} … {text[-half:].lstrip()}",
    }[keep]


def plain(text: str) -> str:
    """The text with its line breaks and runs of spaces as single spaces."""
    return re.sub(r"\s+", " ", text)


def table(columns: Iterable[tuple[str, str]], bodies: Iterable[Child], **attributes: object) -> Html:
    """A table. A column is its heading and "text", "number" or "bar"."""
    heads = [el("th", heading, class_=kind, scope="col") for heading, kind in columns]
    shown = el("table", el("thead", el("tr", heads)), *bodies, **attributes)
    return el("div", shown, class_="scroll")


# No script, no network: a page that is opened from a mail or a shared folder can do nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def page(title: str, language: str, *body: Child, style: str = "", framed: bool = False) -> Html:
    """The whole document, which needs nothing but itself. `style` is CSS of our own, never a user's.

    A page that is `framed` in another one has less room.
    """
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", title),
        el("style", Html(STYLE + style)),
    )
    content = el("body", *body, class_="framed" if framed else None)
    return Html(f"<!doctype html>\n{el('html', head, content, lang=language)}\n")


# A frame is light or dark as what is around it says: JupyterLab, VS Code, Colab; else as the system is.
_AROUND = """
:is([data-jp-theme-light="true"], .vscode-light) iframe.lexmill { color-scheme: light; }
:is([data-jp-theme-light="false"], .vscode-dark, .vscode-high-contrast, html[theme="dark"]) iframe.lexmill {
  color-scheme: dark; }
"""


def frame(content: str, title: str, height: str) -> Html:
    """A page in a frame of its own: neither does it style the notebook nor the notebook the page."""
    return joined(
        el("style", Html(_AROUND)),
        el(
            "iframe",
            srcdoc=content,
            sandbox="",
            title=title,
            class_="lexmill",
            style=f"width:100%;height:{height};border:1px solid #8886;resize:vertical",
        ),
    )
