"""What several parts of the report use, computed once."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from typing import Any

from lexmill._options import by_name
from lexmill.corpus import Corpus
from lexmill.frequencies import word_frequencies

# The list of stop words of each language that has one.
_STOP_WORDS = {"ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english"}
_STOP_WORDS |= {"es": "spanish", "fi": "finnish", "fr": "french", "hu": "hungarian", "id": "indonesian"}
_STOP_WORDS |= {"it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian"}
_STOP_WORDS |= {"ru": "russian", "sv": "swedish", "tr": "turkish"}

MOST_GROUPS = 6


class Seen:
    """What several parts of the page use, computed once."""

    def __init__(self, corpus: Corpus, by: str | None, top: int) -> None:
        self.corpus, self.top = corpus, top
        self.frequencies = corpus.frequencies()
        self.language = str(self.frequencies.question.get("language", "en"))
        # The formulas of Flesch were fitted to English; LIX and RIX need no syllables and travel.
        english = self.language.startswith("en")
        self.measures = ("flesch", "flesch_kincaid") if english else ("lix", "rix")
        self.harder_left = english
        meta = corpus.meta
        self.ids = [
            str(i) for i in (meta.column("doc_id") if "doc_id" in meta.columns else range(len(corpus)))
        ]
        if by is None:
            for name in [n for n in meta.columns if n != "doc_id"]:
                if 2 <= len(set(meta.column(name)) - {None}) <= MOST_GROUPS:
                    by = name
                    break
        # What verbs are asked for, and what their tables call it; slices of time have a name of their own.
        self.by = corpus._groups(by)
        self.group = by_name(self.by)
        self.group_of: list[str | None] = [None] * len(corpus)
        sizes: Counter[Any] = Counter()
        if self.group is not None:
            values = corpus._core.labels(self.by).column(self.group)
            sizes = Counter(value for value in values if value is not None)
            self.group_of = [None if value is None else str(value) for value in values]
        # In the order of the tables that are grouped.
        largest = sorted(sizes, key=lambda g: (-sizes[g], g))[:MOST_GROUPS]
        self.groups: list[str] = [str(group) for group in sorted(largest)]
        self.n_groups = len(sizes)

    def content_words(self, terms: Sequence[str]) -> set[str]:
        """Those of the terms that are no stop words; all of them where the language has no list."""
        tokens = self.corpus.token_options
        if not self.stop_list or not terms:
            return set(terms)
        # Each term is a text of its own: those that leave a word behind are content.
        probe = dataclasses.replace(tokens, stop_words=self.stop_list, stem=None, min_chars=1)
        return set(word_frequencies(list(terms), tokens=probe).column("term"))

    @property
    def stop_list(self) -> str | None:
        """The list to leave out, unless the corpus has left one out already."""
        return (
            None if self.corpus.token_options.stop_words else _STOP_WORDS.get(self.language.partition("-")[0])
        )

    def place(self, doc: int, sentence: int) -> str:
        """Where a sentence stands; counted as in tables, its number never torn from the word before."""
        told = f"sentence\u00a0{sentence}"
        return told if len(self.corpus) == 1 else f"{self.ids[doc]}, {told}"


def ratio(a: float, b: float) -> float | None:
    """A share; None of nothing."""
    return a / b if b else None
