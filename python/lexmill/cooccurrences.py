"""Which entities occur together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from lexmill import _check, _core, _dates, _spans
from lexmill._input import documents, refuse_fixed
from lexmill.corpus import Corpus, Unread, by_name
from lexmill.measures import described, selected
from lexmill.network import Network, units

if TYPE_CHECKING:
    Within = str | tuple[str, int] | list[str | tuple[str, int]]

Count = Literal["boolean", "frequency", "fractional", "weighted"]


def counted(
    corpus: Corpus,
    entities: _core.Gazetteer | _core.Spans,
    *,
    within: Within,
    cross_sentences: bool,
    count: Count,
    ordered: bool,
    measures: Sequence[str],
    contingency: bool,
    min_count: float,
    by: Any,
    evidence: int,
    max_pairs: int,
    p_value: bool | str,
    p_adjust: str | None,
    ci: float | None,
    permutations: int | None,
    seed: int,
) -> Network:
    """The network behind `Corpus.cooccurrences` and `entity_cooccurrences`."""
    names = selected("association", measures)
    evidence, max_pairs = _check.whole("evidence", evidence), _check.whole("max_pairs", max_pairs)
    contingency = _check.flag("contingency", contingency)
    for argument, value in (("permutations", permutations), ("seed", seed)):
        if value is not None and (
            isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**64
        ):
            raise ValueError(f"{argument}={value!r}: give a whole number from 0")
    test = _test(p_value, names, asked=p_adjust is not None and permutations is None)
    if p_adjust is None and (test or permutations):
        p_adjust = "fdr_bh"
    levels = units(within)
    by = _dates.sliced(corpus._core, by)
    core = corpus._core.cooccurrences(
        entities, levels, cross_sentences, count, ordered, by, evidence, max_pairs
    )
    labels = core.levels
    asked: dict[str, Any] = {
        "within": labels[0] if len(labels) == 1 else labels,
        "cross_sentences": cross_sentences or None,
        "count": count,
        "ordered": ordered or None,
        "entities": len(core),
        "by": by_name(by),
        "min_count": min_count,
        "units": sum(core.n_units),
        "p_value": test,
        "p_adjust": p_adjust,
        "ci": ci,
        "permutations": permutations,
        "seed": seed if permutations else None,
    }
    chance = None if permutations is None else (permutations, seed)
    table = core.table(names, contingency, min_count, test, p_adjust, ci, chance)
    # Those asked for, and one that an interval brought with it.
    asked["measures"] = described("association", table.columns)
    return Network(table, corpus._question("cooccurrences", **asked), core)


def _test(p_value: bool | str, names: Iterable[str], *, asked: bool) -> str | None:
    """The test whose p-value is shown: the one named, or the first measure that is one."""
    if isinstance(p_value, str):
        return p_value
    if not p_value and not asked:
        return None
    tests = _core.tests()
    for name in names:
        if name in tests:
            return name
    raise ValueError(
        f'p_value: none of the measures {", ".join(names)} is a test; ask for p_value="log_likelihood" '
        f"or another of {', '.join(tests)}"
    )


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
        The names to look for, see `Gazetteer`; or spans that another tool found, see `Corpus.mentions`.
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
        Count in groups: a column of the table, a metadata column of the corpus, a value for each document,
        or slices of time from a column of dates: "date:year", "date:quarter", "date:month", "date:week",
        "date:day", or "month" alone, if there is one column of dates.
    evidence : int, default 3
        How many places to keep for each pair; `evidence(a, b)` finds all of them.
    max_pairs : int, default 10,000,000
        The most distinct pairs; more is an error that names the document, never a dead process.
    ordered : bool, default False
        Whether the source must stand before the target: (a, b) and (b, a) are two pairs.
    cross_sentences : bool, default False
        Whether a window of words reaches into other sentences of the document.
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
        groups; `source`, `target` (in the order of their characters, or of the text if `ordered`);
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
        corpus, names = texts, _spans.names_of(texts, entities)
    else:
        given = documents(texts, None, None, text, id, by=by)
        meta, by = dict(given.meta), given.by
        options: dict[str, Any] = {"language": language, "threads": threads, "progress": progress}
        gazetteer = _spans.gazetteer_of(entities)
        # Spans are compared with the texts, which must have been read; for names one pass does.
        corpus = (Corpus if gazetteer is None else Unread)(given.texts, given.ids, meta, **options)
        names = _spans.names_of(corpus, entities) if gazetteer is None else gazetteer
    return counted(
        corpus,
        names,
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
        p_value=p_value,
        p_adjust=p_adjust,
        ci=ci,
        permutations=permutations,
        seed=seed,
    )
