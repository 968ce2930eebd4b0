"""The last part of the report: how each number was made."""

from __future__ import annotations

from collections.abc import Sequence

from lexmill import _core
from lexmill._report.html import Html, decimal, el, joined, number, table
from lexmill.corpus import Corpus
from lexmill.gazetteer import Gazetteer
from lexmill.measures import measures
from lexmill.tokens import Tokens

_SYMBOLS = (
    ("o11", "sentences (or words) with both, the count of the pair"),
    ("r1, c1", "those with the first, those with the second"),
    ("n", "all of them, whether they name anything or not"),
    ("e11 = r1 c1 / n", "those with both to expect if the two were independent: “by chance”"),
    ("oij, eij", "observed and expected counts in the four cells with / without each of the two"),
    ("asl, asw", "words per sentence, syllables per word"),
    ("share(x)", "x per 100 words"),
    ("words_7plus", "words of seven letters or more"),
)


def method(corpus: Corpus, gazetteer: Gazetteer | None, language: str, scores: Sequence[str]) -> Html:
    """Definitions, what was counted, and formula and source of each measure on the page."""
    return joined(
        el("h2", "How each number was made"),
        el("dl", _definitions(corpus, gazetteer, language), class_="method"),
        el("h3", "The measures"),
        _formulas([*(["pmi", "npmi"] if gazetteer else []), "log_likelihood", *scores]),
        el(
            "p",
            "Undefined values are shown as a dash, never as 0. ",
            "Counts are exact; a measure is computed once, from whole numbers.",
            class_="note",
        ),
    )


def _definitions(corpus: Corpus, gazetteer: Gazetteer | None, language: str) -> Html:
    estimated, words = 0.0, 0
    for row in corpus.readability(measures=(), by="document"):
        if row["n_words"]:
            estimated += (row["syllables_estimated"] or 0.0) * row["n_words"]
            words += row["n_words"]
    entries: list[tuple[str, list[Html | str]]] = [
        (
            "Word",
            [
                "A segment between the word boundaries of Unicode (UAX #29) that holds a letter, a digit "
                "or an ideograph. ",
                _tokens(corpus.tokens),
            ],
        ),
        (
            "Sentence",
            [
                "Found by rules: a stop, question or exclamation mark ends it, but not after "
                "abbreviations, initials or within numbers; a paragraph break always ends it. ",
                f"Language: {language}.",
            ],
        ),
        (
            "Word in the sentence figures",
            [
                "A hyphenated compound is one word, a contraction is one word, numbers count. Acronyms and "
                "numbers have the syllables of being read out, other words those of a pronouncing "
                "dictionary where the language has one. The rest were estimated by rule: "
                f"{decimal(100 * estimated / words if words else None)} per cent of the words.",
            ],
        ),
    ]
    if gazetteer is not None:
        aliases = sum(len(row["aliases"]) for row in gazetteer.to_dicts())
        entries += [
            (
                "Name",
                [
                    f"{number(len(gazetteer))} names with {number(aliases)} aliases were looked for by "
                    "whole words; of overlapping names the longest counts. Pronouns and descriptions "
                    "(“she”, “the minister”) are not resolved. ",
                    el("code", repr(gazetteer)),
                ],
            ),
            (
                "Co-occurrence",
                [
                    "Two names in one sentence. A sentence counts a pair once, however often it names them. "
                    f"N is all {number(corpus.n_sentences)} sentences, whether they name anything or not. ",
                    "Being named together is no proof of a connection: read the sentences.",
                ],
            ),
        ]
    entries.append(
        (
            "Log-likelihood of words",
            [
                "In the comparison of groups the four cells are this word / other words in this group / "
                "the others. Words that occur fewer than three times are left out of it.",
            ],
        )
    )
    entries.append(("Made with", [f"lexmill {_core.__version__}"]))
    return joined([joined(el("dt", name), el("dd", told)) for name, told in entries])


def _tokens(tokens: Tokens) -> Html:
    options = tokens.options()
    words = options.pop("stop_words")
    told = [f"{name} {'none' if value is None else value}" for name, value in options.items()]
    if words is not None:
        told.append(
            f"stop words {words}" if isinstance(words, str) else f"{len(words):,} stop words of your own"
        )
    return joined("Options: ", el("code", ", ".join(told)), ".")


def _formulas(names: Sequence[str]) -> Html:
    known = {row["name"]: row for row in measures()}
    columns = [("Measure", "text"), ("Formula", "text"), ("Range", "text"), ("Source", "text")]
    lines = [
        el(
            "tr",
            el("td", el("code", name), class_="text"),
            el("td", el("code", known[name]["formula"]), class_="text"),
            el("td", known[name]["range"], class_="text"),
            el("td", known[name]["source"], class_="text"),
        )
        for name in names
    ]
    symbols = [el("tr", el("td", el("code", sign)), el("td", told)) for sign, told in _SYMBOLS]
    return joined(
        table(columns, [el("tbody", lines)]),
        table([("Symbol", "text"), ("What it stands for", "text")], [el("tbody", symbols)]),
    )
