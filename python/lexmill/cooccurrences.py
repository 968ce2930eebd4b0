"""Which entities occur together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from lexmill._input import documents, refuse_fixed
from lexmill._pairs import Count, Within, is_terms
from lexmill._spans import gazetteer_of
from lexmill.corpus import Corpus, Unread
from lexmill.network import Network


def entity_cooccurrences(
    texts: Any,
    entities: Any,
    *,
    within: Within = "sentence",
    measures: Sequence[str] = ("npmi", "log_likelihood"),
    count: Count = "boolean",
    contingency: bool = False,
    min_count: float = 1,
    by: Any = None,
    evidence: int = 3,
    max_pairs: int = 10_000_000,
    ordered: bool = False,
    cross_sentences: bool = False,
    terms: int | Sequence[str] | None = None,
    min_term_count: int = 1,
    stop_words: str | Iterable[str] | None = None,
    p_value: bool | str = False,
    p_adjust: str | None = None,
    ci: float | None = None,
    permutations: int | None = None,
    seed: int = 0,
    text: str | None = None,
    id: str | None = None,
    language: str = "en",
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Network:
    """Count which entities occur together, how strongly, and keep the sentences that show it.

    Parameters
    ----------
    texts : column of str, table or Corpus
        As in `word_frequencies`.
    entities : Gazetteer, mapping, list, rows, or spans
        The names to look for, see `Gazetteer`; or spans that another tool found, see `Corpus.mentions`; or
        "terms", to count pairs of words.
    within : str, tuple or list, default "sentence"
        Where two entities count as occurring together: in a "sentence", "paragraph" or "document"; within
        ("window", k) words, from the end of one mention to the start of the next, neighbours being one
        word apart; within ("sentences", k) sentences in a row. A list of those counts in each of them.
    measures : sequence of str, default ("npmi", "log_likelihood")
        Measures of association, computed from the units; see `lexmill.measures("association")`.
    count : {"boolean", "frequency", "fractional", "weighted"}, default "boolean"
        What a unit with both adds to the count: 1; the product of their mentions; 1 / (n - 1), if it names n
        entities (Newman 2001); 1 / d, if they stand d words apart (in windows of sentences: 1 for the same
        sentence, 1/2 for the next). Measures are always computed from units counted once.
    contingency : bool, default False
        Whether the cells of each pair's table come as columns: `o11`, `o12`, `o21`, `o22`, `e11`.
    min_count : int or float, default 1
        Leave out pairs with a smaller count; 0 for fractions keeps all.
    by : str or sequence, optional
        Count in groups, as in `word_frequencies`.
    evidence : int, default 3
        How many places to keep for each pair, drawn as if by chance and always the same;
        `evidence(a, b)` finds all of them.
    max_pairs : int, default 10,000,000
        The most distinct pairs; more is an error that names the document, never a dead process.
    ordered : bool, default False
        Whether the source must stand before the target: (a, b) and (b, a) are two pairs.
    cross_sentences : bool, default False
        Whether a window of words reaches into other sentences of the document.
    terms : int or sequence of str, optional
        Count words beside names, each name with each word: the most frequent so many, or these. Words are
        spelled as `Tokens` has them counted; those within a mention of a name are no words. With "terms" for
        the names alone, pairs of words; then the default is 1000.
    min_term_count : int, default 1
        Leave out words that occur less often.
    stop_words : str or iterable of str, optional
        Leave out these words beyond those of the corpus: the name of a language ("english") for NLTK's list,
        or your own.
    p_value : bool or str, default False
        Show the p-value of a test: the one named, or True for the first of the measures that is one.
    p_adjust : str, optional
        How p-values are adjusted for the number of pairs in the table, see `lexmill.measures("p_adjust")`.
        Default: "fdr_bh" wherever there are p-values.
    ci : float, optional
        Show confidence intervals at this level, such as 0.95, of the measures that have one
        (`log_odds_ratio`, `log_odds_ratio_haldane`, `log_ratio`); of `log_odds_ratio`, if none is asked for.
    permutations : int, optional
        Show the p-value of so many permutations by document, for example 1000: the documents of the
        target are put in random order and its units laid beside those of the source. Unlike the other
        tests it does not take the sentences of a document for independent of one another.
    seed : int, default 0
        The same seed gives the same permutations.
    text, id : str, optional
        The columns of texts and of ids, where `texts` is a table.
    language : str, default "en"
        The language whose abbreviations are known.
    threads, progress
        As in `word_frequencies`.

    Returns
    -------
    Network
        One row a pair, the most frequent first: `within` if there are several units; the column of the
        groups; `source`, `target` (in the order of their characters, the name before the word, or that of the
        text if `ordered`);
        `count`; `n_source` and `n_target`, the units that name each; `n`, all units, whether they name
        an entity or not; the measures, each followed by its interval (`_low`, `_high`); `p_value`,
        `q_value`; `p_permutation`, `q_permutation`. What a unit is in windows is told in
        docs/definitions.md. A network also answers `evidence`, `filter`, `backbone`, `trends`,
        `compare`, `nodes`, `to_networkx` and more.

    Raises
    ------
    TypeError, ValueError
        As in `word_frequencies`, and for unknown measures, units or names claimed twice, for spans
        that do not fit their text, and for a p-value of a measure that is no test.
    MemoryError
        If there are more than `max_pairs` pairs.

    Examples
    --------
    >>> import lexmill as lm
    >>> texts = ["Ada Lovelace met Charles Babbage. Babbage wrote.", "Lovelace and Babbage worked."]
    >>> net = lm.entity_cooccurrences(texts, {"Ada Lovelace": ["Lovelace"], "Charles Babbage": ["Babbage"]})
    >>> net[0]["source"], net[0]["target"], net[0]["count"], net[0]["n"]
    ('Ada Lovelace', 'Charles Babbage', 2, 3)
    >>> net.evidence("Lovelace", "Babbage").column("text")
    ['Ada Lovelace met Charles Babbage.', 'Lovelace and Babbage worked.']
    """
    if isinstance(texts, Corpus):
        refuse_fixed(language=language, text=text, id=id, threads=threads, progress=progress)
        corpus = texts
    else:
        given = documents(texts, None, None, text, id, by=by)
        meta, by = dict(given.meta), given.by
        # Spans are compared with the texts, words counted in them, which must have been read; for names one
        # pass does.
        gazetteer = None if terms is not None or is_terms(entities) else gazetteer_of(entities)
        options: dict[str, Any] = {"language": language, "threads": threads, "progress": progress}
        corpus = (Corpus if gazetteer is None else Unread)(given.texts, given.ids, meta, **options)
        entities = entities if gazetteer is None else gazetteer
    return corpus.cooccurrences(
        entities,
        within=within,
        cross_sentences=cross_sentences,
        count=count,
        ordered=ordered,
        measures=measures,
        contingency=contingency,
        min_count=min_count,
        by=by,
        evidence=evidence,
        max_pairs=max_pairs,
        terms=terms,
        min_term_count=min_term_count,
        stop_words=stop_words,
        p_value=p_value,
        p_adjust=p_adjust,
        ci=ci,
        permutations=permutations,
        seed=seed,
    )
