"""The report: one page that shows what a collection says, and how each number was made."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any

from lexmill import _check, _core
from lexmill._files import kind_of, write_whole
from lexmill._report.html import Html, el, number, page
from lexmill._report.method import method
from lexmill._report.names import Names
from lexmill._report.seen import Seen
from lexmill._report.sentences import sentences
from lexmill._report.words import groups, words
from lexmill.corpus import Corpus
from lexmill.gazetteer import Gazetteer


def report(
    corpus: Corpus, entities: Any = None, *, title: str | None = None, by: str | None = None, top: int = 25
) -> str:
    """A page of HTML about a corpus: words, names that occur together, sentences, and the method.

    The page holds no script and loads nothing; the same corpus gives the same bytes.

    Parameters
    ----------
    corpus : Corpus
        The texts.
    entities : Gazetteer, or mapping, list or rows that make one, optional
        The names to look for. Without them the page has no part about names.
    title : str, optional
        The heading of the page.
    by : str, optional
        The metadata column whose groups are compared, or slices of time such as "date:year". Default: the
        first column with two to six values.
    top : int, default 25
        How many words and names are listed, and half as many pairs.

    Returns
    -------
    str
        The HTML.

    Raises
    ------
    ColumnError
        If the corpus has no column `by`.
    ValueError
        If `top` is no number from 1.

    Examples
    --------
    >>> import lexmill as lm
    >>> from lexmill.report import report
    >>> html = report(lm.Corpus(["Ada met Ben. Ben left."]), ["Ada", "Ben"], title="A meeting")
    >>> html[:15], "<script" in html
    ('<!doctype html>', False)
    """
    if not isinstance(corpus, Corpus):
        raise TypeError(f"corpus is {type(corpus).__name__}, expected lexmill.Corpus(...)")
    top = _check.whole("top", top, 1)
    title = None if title is None else _check.text("title", title)
    seen = Seen(corpus, by, top)
    gazetteer = None if entities is None else Gazetteer._of(entities)
    names = None if gazetteer is None else Names(seen, gazetteer)
    parts = [
        ("words", "Words", words(seen)),
        ("groups", f"By {seen.group}", groups(seen)),
        ("names", "Names", None if names is None else names.section()),
        ("sentences", "Sentences", sentences(seen)),
        ("method", "How each number was made", method(seen, gazetteer)),
    ]
    shown = [(anchor, label, content) for anchor, label, content in parts if content]
    heading = title or (
        f"What {seen.ids[0]} says" if len(corpus) == 1 else f"What {number(len(corpus))} documents say"
    )
    return page(
        heading,
        seen.language,
        el(
            "header",
            el("p", "Text report", class_="kicker"),
            el("h1", heading, dir="auto"),
            _lede(seen),
            _facts(seen, names),
            el("nav", [el("a", label, href=f"#{anchor}") for anchor, label, _ in shown], aria_label="Parts"),
        ),
        el("main", [el("section", content, id=anchor) for anchor, _, content in shown]),
        el("footer", f"Made with lexmill {_core.__version__}. This page holds no script and loads nothing."),
    )


def write_report(
    path: str | PathLike[str],
    corpus: Corpus,
    entities: Any = None,
    *,
    title: str | None = None,
    by: str | None = None,
    top: int = 25,
) -> Path:
    """Writes `report(...)` to a file, which is either complete or as it was before; returns its path.

    Raises
    ------
    ValueError
        If the name ends in anything but .html or .htm, and as for `report`.

    Examples
    --------
    >>> import lexmill as lm, pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "meeting.html"
    >>> lm.write_report(path, lm.Corpus(["Ada met Ben. Ben left."]), ["Ada", "Ben"]).name
    'meeting.html'
    >>> path.read_text(encoding="utf-8")[:15]
    '<!doctype html>'
    """
    kind_of(path, ".html", ".htm")
    content = report(corpus, entities, title=title, by=by, top=top)
    write_whole(path, content)
    return Path(path)


def _lede(seen: Seen) -> Html | None:
    """What the collection is made of, where there is more to say than its size."""
    told = []
    if seen.groups:
        sizes = ", ".join(f"{g} ({number(seen.group_of.count(g))})" for g in seen.groups)
        most = f", the {len(seen.groups)} largest" if seen.n_groups > len(seen.groups) else ""
        told.append(f"{number(seen.n_groups)} groups by {seen.group}{most}: {sizes}.")
    missing = sum(text is None for text in seen.corpus)
    if missing:
        told.append(f"{number(missing)} of {number(len(seen.corpus))} documents have no text.")
    return el("p", " ".join(told), class_="lede", dir="auto") if told else None


def _facts(seen: Seen, names: Names | None) -> Html:
    corpus = seen.corpus
    facts = [
        ("document" if len(corpus) == 1 else "documents", len(corpus)),
        ("sentences", corpus.n_sentences),
        ("words (tokens)", corpus.n_tokens),
        ("different words (types)", corpus.n_types),
    ]
    if names is not None:
        facts.append((f"of {number(len(names.gazetteer))} names found", len(names.nodes)))
    return el("dl", [el("div", el("dt", name), el("dd", number(n))) for name, n in facts], class_="facts")
