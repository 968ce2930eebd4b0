"""Tools that find names, pairs of names and sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import Any

from peers import Job, Texts, tool

# Splitting at ". " is what a pipeline without a sentence splitter does; ends of paragraphs are missed.
_SENTENCES = "compared on lexmill's sentences"


def _gazetteer(texts: Texts) -> Any:
    import lexmill as lm

    return lm.Gazetteer(texts.names, case="exact")


@tool("names", "lexmill", note="entity_mentions: words by UAX #29, sentences with them, a row a mention")
def _(texts: Texts) -> Job:
    import lexmill as lm

    gazetteer = _gazetteer(texts)
    return Job(
        lambda: lm.entity_mentions(texts.list, gazetteer, threads=1),
        lambda mentions: dict(Counter(mentions.column("entity"))),
    )


@tool("names", "lexmill, Corpus given", "same", "mentions alone")
def _(texts: Texts) -> Job:
    import lexmill as lm

    gazetteer, corpus = _gazetteer(texts), lm.Corpus(texts.list, threads=1)
    return Job(lambda: corpus.mentions(gazetteer), lambda mentions: dict(Counter(mentions.column("entity"))))


@tool("names", "polars", "differs", "str.find_many: any substring, no word boundaries")
def _(texts: Texts) -> Job:
    import polars as pl

    column = pl.DataFrame(texts.table)["text"]

    def answer(_: Any) -> dict[str, int]:
        found = column.str.extract_many(texts.names, leftmost=True)
        return dict(Counter(found.explode().drop_nulls().to_list()))

    return Job(lambda: column.str.find_many(texts.names, leftmost=True), answer)


def _is_bounded(text: str, start: int, end: int) -> bool:
    before = start == 0 or not (text[start - 1].isalnum() or text[start - 1] == "_")
    return before and (end == len(text) or not (text[end].isalnum() or text[end] == "_"))


@tool(
    "names",
    "ahocorasick_rs",
    "near",
    "find_matches_as_indexes, leftmost-longest; matches inside words dropped in Python",
)
def _(texts: Texts) -> Job:
    find = _automaton(texts.names)

    def run() -> list[tuple[int, int, int]]:
        return [hit for text in texts.list for hit in find(text) if _is_bounded(text, hit[1], hit[2])]

    return Job(run, lambda hits: dict(Counter(texts.names[i] for i, _, _ in hits)))


def _automaton(names: list[str]) -> Callable[[str], list[tuple[int, int, int]]]:
    import ahocorasick_rs

    automaton = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    find: Callable[[str], list[tuple[int, int, int]]] = automaton.find_matches_as_indexes
    return find


@tool("names", "flashtext2", "differs", "extract_keywords_with_span; misses possessives")
def _(texts: Texts) -> Job:
    from flashtext2 import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=True)
    for name in texts.names:
        processor.add_keyword(name)

    def run() -> list[Any]:
        return [processor.extract_keywords_with_span(text) for text in texts.list]

    return Job(run, lambda found: dict(Counter(hit[0] for hits in found for hit in hits)))


def _pairs(result: Any) -> dict[tuple[str, str], int]:
    columns = (result.column(name) for name in ("source", "target", "count"))
    return {tuple(sorted((a, b))): n for a, b, n in zip(*columns, strict=True)}


def _lexmill_pairs(**options: Any) -> Callable[[Texts], Job]:
    def ready(texts: Texts) -> Job:
        import lexmill as lm

        gazetteer = _gazetteer(texts)
        return Job(lambda: lm.entity_cooccurrences(texts.list, gazetteer, threads=1, **options), _pairs)

    return ready


tool("pairs", "lexmill", note="counts alone, as the others")(_lexmill_pairs(measures=(), evidence=0))
tool(
    "pairs",
    "lexmill, defaults",
    "same",
    "with npmi, log-likelihood and three places of evidence for each pair",
)(_lexmill_pairs())


@tool(
    "pairs",
    "polars",
    "differs",
    f"split at '. ', extract_many, self-join on the sentence; no word boundaries; {_SENTENCES}",
)
def _(texts: Texts) -> Job:
    import polars as pl

    frame = pl.DataFrame(texts.table)

    def pairs(sentences: Any) -> Any:
        found = sentences.lazy().select(
            "sentence",
            pl.col("text").str.extract_many(texts.names, leftmost=True).list.unique().alias("name"),
        )
        found = found.filter(pl.col("name").list.len() > 1).explode("name")
        both = found.join(found, on="sentence").filter(pl.col("name") < pl.col("name_right"))
        return both.group_by("name", "name_right").len().sort("len", descending=True).collect()

    def run() -> Any:
        split = frame.select(pl.col("text").str.split(". ")).explode("text")
        return pairs(split.with_row_index("sentence"))

    def answer(_: Any) -> dict[tuple[str, ...], int]:
        table = pairs(pl.DataFrame({"text": _our_sentences(texts)}).with_row_index("sentence"))
        return {tuple(sorted((a, b))): n for a, b, n in table.iter_rows()}

    return Job(run, answer)


@tool("pairs", "ahocorasick_rs", "near", f"split at '. ', find, boundaries and pairs in Python; {_SENTENCES}")
def _(texts: Texts) -> Job:
    find = _automaton(texts.names)

    def pairs(sentences: Iterable[str]) -> Counter[tuple[int, int]]:
        counts: Counter[tuple[int, int]] = Counter()
        for sentence in sentences:
            hits = find(sentence)
            if len(hits) > 1:
                names = {i for i, start, end in hits if _is_bounded(sentence, start, end)}
                counts.update(combinations(sorted(names), 2))
        return counts

    def answer(_: Any) -> dict[tuple[str, ...], int]:
        counts = pairs(_our_sentences(texts))
        return {tuple(sorted((texts.names[a], texts.names[b]))): n for (a, b), n in counts.items()}

    return Job(lambda: pairs(sentence for text in texts.list for sentence in text.split(". ")), answer)


@tool(
    "pairs",
    "ahocorasick_rs, re",
    "near",
    "the same as mostly written: re.split at white space after . ! or ?, a set of names for each sentence, "
    f"pairs counted one by one; {_SENTENCES}",
)
def _(texts: Texts) -> Job:
    find = _automaton(texts.names)
    end = re.compile(r"(?<=[.!?])\s+")

    def pairs(sentences: Iterable[str]) -> dict[tuple[str, str], int]:
        counts: dict[tuple[str, str], int] = {}
        for sentence in sentences:
            names = set()
            for i, first, last in find(sentence):
                if _is_bounded(sentence, first, last):
                    names.add(texts.names[i])
            for pair in combinations(sorted(names), 2):
                counts[pair] = counts.get(pair, 0) + 1
        return counts

    return Job(
        lambda: pairs(sentence for text in texts.list for sentence in end.split(text)),
        lambda _: dict(pairs(_our_sentences(texts))),
    )


def _our_sentences(texts: Texts) -> list[str]:
    """Sentences as lexmill cuts them: whether names are paired alike shows only where these are the same."""
    import lexmill as lm

    found: list[str] = lm.sentences(texts.list, threads=1).column("text")
    return found


def _sentences(source: Callable[[Texts], Any], **options: Any) -> Callable[[Texts], Job]:
    def ready(texts: Texts) -> Job:
        import lexmill as lm

        given = source(texts)

        def answer(result: Any) -> dict[str, int]:
            places = (result.column(name) for name in ("doc", "start", "end"))
            found = (texts.list[doc][start:end] for doc, start, end in zip(*places, strict=True))
            return dict(Counter(" ".join(sentence.split()) for sentence in found))

        return Job(lambda: lm.sentences(given, threads=1, **options), answer)

    return ready


tool("sentences", "lexmill", note="positions, list of str")(_sentences(lambda t: t.list, positions_only=True))
tool("sentences", "lexmill, text", "same", "positions and the sentence itself")(_sentences(lambda t: t.list))
tool("sentences", "lexmill, Arrow", "same", "positions, Arrow column")(
    _sentences(lambda t: t.table["text"], positions_only=True)
)


def _cut(
    per_text: Callable[[str], Any], pieces: Callable[[str, Any], Iterator[str]]
) -> Callable[[Texts], Job]:
    def ready(texts: Texts) -> Job:
        def answer(found: list[Any]) -> dict[str, int]:
            cut = (piece for text, one in zip(texts.list, found, strict=True) for piece in pieces(text, one))
            counts = Counter(" ".join(piece.split()) for piece in cut)
            del counts[""]
            return dict(counts)

        return Job(lambda: [per_text(text) for text in texts.list], answer)

    return ready


def _between(text: str, ends: list[int]) -> Iterator[str]:
    starts = [0, *ends[:-1]]
    return (text[start:end] for start, end in zip(starts, ends, strict=True))


@tool("sentences", "PyICU", "agreement", "BreakIterator, positions of ends in UTF-16")
def _(texts: Texts) -> Job:
    import icu

    iterator = icu.BreakIterator.createSentenceInstance(icu.Locale("en"))

    def one(text: str) -> list[int]:
        iterator.setText(text)
        return list(iterator)

    return _cut(one, _between)(texts)


@tool("sentences", "sentencex", "agreement", "segment('en')")
def _(texts: Texts) -> Job:
    from sentencex import segment

    return _cut(lambda text: segment("en", text), lambda _, found: iter(found))(texts)


@tool("sentences", "blingfire", "agreement", "text_to_sentences_and_offsets; cuts words too", limit=5)
def _(texts: Texts) -> Job:
    from blingfire import text_to_sentences_and_offsets

    return _cut(text_to_sentences_and_offsets, lambda text, found: (text[a:b] for a, b in found[1]))(texts)


@tool(
    "sentences",
    "nltk",
    "agreement",
    "Punkt with no trained model (it is not on PyPI): same code, fewer abbreviations",
    limit=2,
)
def _(texts: Texts) -> Job:
    from nltk.tokenize import PunktSentenceTokenizer

    punkt = PunktSentenceTokenizer()
    return _cut(
        lambda text: list(punkt.span_tokenize(text)), lambda text, found: (text[a:b] for a, b in found)
    )(texts)


@tool("sentences", "re", "agreement", r"re.split(r'(?<=[.!?])\s+')")
def _(texts: Texts) -> Job:
    return _cut(re.compile(r"(?<=[.!?])\s+").split, lambda _, found: iter(found))(texts)
