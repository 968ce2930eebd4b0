"""The verbs of a corpus about what stands together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, cast

from lexmill import _check, _core
from lexmill._options import by_name, group_name
from lexmill._result import Result
from lexmill.measures import described, selected

if TYPE_CHECKING:
    from lexmill.corpus import Corpus
    from lexmill.network import Network

    Found = _core.Gazetteer | _core.Spans | _core.Terms

Within = str | tuple[str, int] | list[str | tuple[str, int]]
Count = Literal["boolean", "frequency", "fractional", "weighted"]
# How many words are taken where nobody says: half a million pairs at most.
_TERMS = 1000


class Pairs:
    """What `Corpus` answers about names and words that stand together; not to be made by itself."""

    __slots__ = ()

    if TYPE_CHECKING:
        _core: _core.Corpus

        def _question(self, verb: str, **options: Any) -> dict[str, Any]: ...
        def _groups(self, by: Any) -> Any: ...

    def cooccurrences(
        self,
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
    ) -> Network:
        """Which names or words occur together; see `entity_cooccurrences` for parameters and columns.

        Examples
        --------
        >>> import lexmill as lm
        >>> corpus = lm.Corpus(["War and peace.", "No war, no peace.", "Ada wants peace."])
        >>> corpus.cooccurrences("terms", stop_words=["and", "no"], min_count=2).column("count")
        [2]
        >>> net = corpus.cooccurrences(["Ada"], terms=["peace", "war"])
        >>> [(row["source"], row["target"], row["count"]) for row in net]
        [('Ada', 'peace', 1)]
        """
        from lexmill.network import Network, units

        # Whatever can be wrong with an option is told before the counting.
        names = selected("association", measures)
        evidence, max_pairs = _check.whole("evidence", evidence), _check.whole("max_pairs", max_pairs)
        contingency = _check.flag("contingency", contingency)
        ordered = _check.flag("ordered", ordered)
        cross_sentences = _check.flag("cross_sentences", cross_sentences)
        min_count, count = _check.least("min_count", min_count), cast("Count", _check.text("count", count))
        p_adjust = None if p_adjust is None else _check.text("p_adjust", p_adjust)
        ci = None if ci is None else _check.confidence("ci", ci)
        permutations = None if permutations is None else _check.whole("permutations", permutations)
        seed = _check.whole("seed", seed)
        test = _test(p_value, names, asked=p_adjust is not None and permutations is None)
        if p_adjust is None and (test or permutations):
            p_adjust = "fdr_bh"
        chance = None if permutations is None else (permutations, seed)
        shown = _core.Shown(names, contingency, test, p_adjust, ci, chance)
        levels = units(within)
        by = self._groups(by)
        if by_name(by) in ("source", "target"):
            raise ValueError(
                f"by={by_name(by)!r}: a network has a column of this name; rename that of the metadata, or "
                "pass its values as a list, by=[...], whose column is called 'group'"
            )
        found, told = self._found(entities, terms, min_term_count, stop_words)
        core = self._core.cooccurrences(
            found, levels, cross_sentences, count, ordered, by, evidence, max_pairs, shown
        )
        table = core.table(shown, min_count)
        labels = core.levels
        asked: dict[str, Any] = {
            "within": labels[0] if len(labels) == 1 else labels,
            "cross_sentences": cross_sentences or None,
            "count": count,
            "ordered": ordered or None,
            "entities": len(core),
            **told,
            "by": by_name(by),
            "min_count": min_count,
            "units": sum(core.n_units),
            "p_value": test,
            "p_adjust": p_adjust,
            "ci": ci,
            "permutations": permutations,
            "seed": seed if permutations else None,
        }
        # Those asked for, and one that an interval brought with it.
        asked["measures"] = described("association", table.columns)
        return Network(table, self._question("cooccurrences", **asked), core)

    def _found(
        self, entities: Any, terms: Any, min_term_count: Any, stop_words: Any
    ) -> tuple[Found, dict[str, Any]]:
        """What is counted, and what a result says of the words among it."""
        from lexmill._spans import names_of

        alone = is_terms(entities)
        least = _check.whole("min_term_count", min_term_count)
        if not alone and terms is None:
            for name, value, default in (
                ("min_term_count", least, 1),
                ("stop_words", stop_words, None),
            ):
                if value != default:
                    raise ValueError(f'{name} is about words; give terms= too, or "terms" for the names')
            return names_of(cast("Corpus", self), entities), {}
        words, most = None, None
        if terms is None:
            most = _TERMS
        elif isinstance(terms, (str, bytes)) or hasattr(terms, "__iter__"):
            words = _check.texts("terms", terms)
            for i, word in enumerate(words):
                if len(word.split()) > 1:
                    raise ValueError(
                        f"terms[{i}]={word!r} is no single word; names of several words are a gazetteer's"
                    )
        else:
            most = _check.whole("terms", terms, otherwise=", or a list of words")
        language = _check.text("stop_words", stop_words) if isinstance(stop_words, str) else None
        stops = [] if stop_words is None or language else _check.texts("stop_words", stop_words)
        names = None if alone else names_of(cast("Corpus", self), entities)
        found = self._core.terms(names, most, words, least, stops, language)
        told = {
            "terms": most if words is None else len(found) - (0 if names is None else len(names)),
            "min_term_count": least,
            "stop_words": language or (tuple(stops) or None),
        }
        return found, told

    def compare_networks(
        self,
        entities: Any,
        a: Any,
        b: Any,
        *,
        by: Any,
        measure: Literal["log_odds_ratio_haldane", "log_odds_ratio"] = "log_odds_ratio_haldane",
        p_adjust: str = "fdr_bh",
        ci: float = 0.95,
        min_count: int = 1,
        **counting: Any,
    ) -> Result:
        """Which pairs are tied more closely in one group of documents than in another.

        Each group has a table of its own for a pair: its units with both, with the one, with the other and
        with neither. Compared are the log odds ratios, which do not grow because a name is mentioned more
        often; `Network.compare` compares how often the pair occurs.

        Parameters
        ----------
        entities, by
            As in `cooccurrences`, whose further options (`within`, `terms` and so on) are taken too.
        a, b : str, number, date or None
            Two values of the column that `by` names; None for documents without a value.
        measure : {"log_odds_ratio_haldane", "log_odds_ratio"}, default "log_odds_ratio_haldane"
            The first adds 1/2 to every cell, so that a pair of one group alone can be compared.
        p_adjust : str, default "fdr_bh"
            How p-values are adjusted for their number, see `lexmill.measures("p_adjust")`.
        ci : float, default 0.95
            The confidence of the interval.
        min_count : int, default 1
            Leave out pairs with fewer units in both groups together.

        Returns
        -------
        Result
            One row a pair of either group, the most certain difference first: `source`, `target`; `count_a`
            (units with both), `n_source_a`, `n_target_a`, `n_a`, the same of b; the measure of each
            (`log_odds_ratio_haldane_a`, `…_b`), `log_odds_ratio_haldane_difference` (above 0: closer in a)
            with `…_low` and `…_high`; `p_value` (two-sided), `q_value`. Null where a group knows nothing of
            the association, because one of the two never occurs there or always. Formulas:
            `lexmill.measures("difference")`.

        Raises
        ------
        ValueError
            If there is no such group or measure, or an option of `cooccurrences` does not fit.

        Examples
        --------
        >>> import lexmill as lm
        >>> x = ["Ada met Babbage."] * 8 + ["Ada.", "Babbage.", "x", "x"]
        >>> y = ["Ada met Babbage.", "x", "x", "x"] + ["Ada.", "Babbage."] * 4
        >>> corpus = lm.Corpus(x + y, meta={"outlet": ["x"] * 12 + ["y"] * 12})
        >>> net = corpus.compare_networks(["Ada", "Babbage"], "x", "y", by="outlet", measure="log_odds_ratio")
        >>> row = net[0]
        >>> row["count_a"], row["count_b"], round(row["log_odds_ratio_difference"], 3)  # ln 16 - ln 3/16
        (8, 1, 4.447)
        """
        for name in ("measures", "evidence", "contingency", "p_value", "permutations", "seed"):
            if name in counting:
                raise TypeError(f"compare_networks() takes no {name}; it belongs to cooccurrences()")
        least, ci = _check.least("min_count", min_count), _check.confidence("ci", ci)
        if by is None:
            raise TypeError("by is None; name what tells the two groups apart, such as by='outlet'")
        differing = _core.Differing(_check.text("measure", measure), _check.text("p_adjust", p_adjust), ci)
        labels = self._core.labels(self._groups(by))
        groups = {_core.group_name("by", one): one for one in dict.fromkeys(labels.column(labels.columns[0]))}
        name_a, name_b = (group_name(name, one, by_name(by), groups) for name, one in (("a", a), ("b", b)))
        net = self.cooccurrences(entities, by=by, measures=(), evidence=0, **counting)
        table = net._network.differences(net._level(), name_a, name_b, math.ceil(least), differing)
        asked = {"a": a, "b": b, "p_adjust": p_adjust, "ci": ci, "min_count": least}
        formulas = {**described("association", [measure]), **described("difference", table.columns)}
        return Result(table, {**net.question, "verb": "compare_networks", **asked, "measures": formulas})


def is_terms(entities: Any) -> bool:
    """Whether words are asked for in the place of names."""
    return isinstance(entities, str) and entities == "terms"


def _test(p_value: bool | str, names: Iterable[str], *, asked: bool) -> str | None:
    """The test whose p-value is shown: the one named, or the first measure that is one."""
    if isinstance(p_value, str):
        return _check.text("p_value", p_value)
    if not _check.flag("p_value", p_value) and not asked:
        return None
    tests = _core.tests()
    for name in names:
        if name in tests:
            return name
    raise ValueError(
        f'p_value: none of the measures {", ".join(names)} is a test; ask for p_value="log_likelihood" '
        f"or another of {', '.join(tests)}"
    )
