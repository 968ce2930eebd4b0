"""The last part of the report: how each number was made."""

from __future__ import annotations

from collections.abc import Sequence

from lexmill import _core
from lexmill._report.html import Html, decimal, el, joined, number, table
from lexmill._report.seen import Seen
from lexmill.corpus import Corpus
from lexmill.gazetteer import Gazetteer
from lexmill.measures import measures
from lexmill.tokens import Tokens

# Each with the measures whose formulas need it.
_SYMBOLS = (
    ("o11", "sentences with both, the count of the pair", {"npmi"}),
    ("e11 = r1 c1 / n", "the same to expect by chance; r1 and c1 name the first, the second", {"npmi"}),
    ("n", "all sentences, whether they name anything or not", {"npmi"}),
    (
        "oij, eij",
        "observed and expected, in the four cells with / without each of the two",
        {"log_likelihood"},
    ),
    ("asl", "words per sentence", {"flesch", "lix"}),
    ("asw", "syllables per word", {"flesch"}),
    ("share(x)", "x per 100 words", {"lix"}),
    ("words_7plus", "words of seven letters or more", {"lix"}),
)


def method(seen: Seen, gazetteer: Gazetteer | None) -> Html:
    """Definitions, what was counted, and formula and source of each measure on the page."""
    grouped = len(seen.groups) > 1
    used = [*(["pmi", "npmi"] if gazetteer else []), *(["log_likelihood"] if gazetteer or grouped else [])]
    return joined(
        el("h2", "How each number was made"),
        el("dl", _definitions(seen.corpus, gazetteer, seen.language, grouped), class_="method"),
        el("h3", "The measures"),
        _formulas([*used, *seen.measures]),
        el(
            "p",
            "Undefined values are shown as a dash, never as 0. ",
            "Counts are exact; a measure is computed once, from whole numbers.",
            class_="note",
        ),
    )


def _definitions(corpus: Corpus, gazetteer: Gazetteer | None, language: str, grouped: bool) -> Html:
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
                _tokens(corpus.token_options),
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
    if grouped:
        told = (
            "In the comparison of groups the four cells are this word and all others, in this group and in "
            "the others. Words that occur fewer than three times are left out of it."
        )
        entries.append(("Log-likelihood of words", [told]))
    told = "The sentences of a document, and documents without a name, are counted from 0, as in the tables."
    entries.append(("Places", [told]))
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
    symbols = [
        el("tr", el("td", el("code", sign)), el("td", told))
        for sign, told, needed in _SYMBOLS
        if needed.intersection(names)
    ]
    return joined(
        table(columns, [el("tbody", lines)]),
        table([("Symbol", "text"), ("What it stands for", "text")], [el("tbody", symbols)]),
    )
