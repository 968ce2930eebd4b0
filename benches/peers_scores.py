"""Tools that measure: readability, sentences with their scores, lexical diversity."""

from __future__ import annotations

import re
from typing import Any

from peers import Job, Texts, tool


def _scored(texts: Texts, scores: list[float | None]) -> list[tuple[float | None, bool]]:
    """Each score, and whether the document holds no digit."""
    digit = re.compile(r"\d").search
    return [(score, digit(text) is None) for score, text in zip(scores, texts.list, strict=True)]


def _formulas() -> list[str]:
    """The formulas that need no word list and no tagger: those that texts alone answer."""
    import lexmill as lm

    corpus = lm.Corpus(["One text."])

    def answered(name: str) -> bool:
        try:
            corpus.readability(measures=[name])
        except ValueError:
            return False
        return True

    return [row["name"] for row in lm.measures("readability") if answered(row["name"])]


@tool("readability", "lexmill", note="every formula that needs no list, and the counts")
def _(texts: Texts) -> Job:
    import lexmill as lm

    names = _formulas()
    return Job(
        lambda: lm.readability(texts.list, measures=names, threads=1),
        lambda result: _scored(texts, result.column("flesch")),
    )


@tool("readability", "corpa", "readability", "readability(): five formulas")
def _(texts: Texts) -> Job:
    import corpa

    def run() -> list[Any]:
        return [corpa.readability(text=text) if text.strip() else {} for text in texts.list]

    return Job(run, lambda found: _scored(texts, [one.get("flesch_reading_ease") for one in found]))


@tool("readability", "textstat", "readability", "flesch_reading_ease alone", limit=1)
def _(texts: Texts) -> Job:
    from textstat import flesch_reading_ease

    flesch_reading_ease("The first call reads the dictionary.")
    return Job(
        lambda: [flesch_reading_ease(text) for text in texts.list], lambda found: _scored(texts, found)
    )


@tool("sentence_metrics", "lexmill", note="list of str")
def _(texts: Texts) -> Job:
    import lexmill as lm

    return Job(lambda: lm.sentence_metrics(texts.list, threads=1), lambda result: result.column("flesch"))


@tool(
    "sentence_metrics",
    "sentencex + textstat",
    None,
    "flesch_reading_ease and flesch_kincaid_grade of each segment",
    limit=0.3,
)
def _(texts: Texts) -> Job:
    import textstat
    from sentencex import segment

    def run() -> list[tuple[str, float, float]]:
        return [
            (sentence, textstat.flesch_reading_ease(sentence), textstat.flesch_kincaid_grade(sentence))
            for text in texts.list
            for sentence in segment("en", text)
            if sentence.strip()
        ]

    textstat.flesch_reading_ease("The first call reads the dictionary.")
    return Job(run, lambda found: [one[1] for one in found])


@tool("diversity", "lexmill", note="MTLD and MATTR", needs="hasattr(lm.Corpus, 'lexical_diversity')")
def _(texts: Texts) -> Job:
    import lexmill as lm

    def run() -> Any:
        corpus: Any = lm.Corpus(texts.list, threads=1)
        return corpus.lexical_diversity(measures=("mtld", "mattr"))

    return Job(run, lambda result: result.column("mtld"))


@tool("diversity", "LexicalRichness", "scores", "mtld() alone", limit=2)
def _(texts: Texts) -> Job:
    from lexicalrichness import LexicalRichness

    def run() -> list[float | None]:
        made = (LexicalRichness(text) for text in texts.list)
        return [one.mtld() if one.words else None for one in made]

    return Job(run, lambda found: found)
