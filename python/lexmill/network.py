"""Entities that occur together: a table that knows its graph and the texts behind it."""

from __future__ import annotations

import math
import operator
from collections import defaultdict
from collections.abc import Iterable, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal, cast

from lexmill import _check, _core, _dates
from lexmill._conditions import met
from lexmill._evidence import Evidence
from lexmill._files import kind_of, write_whole
from lexmill._graph import Graph, numbers
from lexmill._options import group_name
from lexmill._result import Result

if TYPE_CHECKING:
    from lexmill.picture import Picture


class Network(Graph):
    """Pairs of entities that occur together: a table that knows the sentences behind each row.

    `Corpus.cooccurrences` and `entity_cooccurrences` make one; see there for the columns.

    Examples
    --------
    >>> import lexmill as lm
    >>> texts = ["Ada met Babbage.", "Ada wrote to Babbage and Curie.", "Curie worked."]
    >>> net = lm.entity_cooccurrences(texts, ["Ada", "Babbage", "Curie"], p_value=True)
    >>> net.filter(min_count=2).column("target")
    ['Babbage']
    >>> net.evidence("Ada", "Curie").column("text")
    ['Ada wrote to Babbage and Curie.']
    >>> [(row["entity"], row["degree"], row["strength"]) for row in net.nodes()]
    [('Ada', 2, 3), ('Babbage', 2, 3), ('Curie', 2, 2)]
    """

    __slots__ = ()

    def table(self) -> Result:
        """The pairs alone, without the texts behind them."""
        return Result(self._table, self._question)

    def _take(
        self, rows: list[int], extra: list[tuple[str, list[Any]]] | None = None, **asked: Any
    ) -> Network:
        table = self._table.take(rows)
        if extra:
            chosen = [(name, [values[row] for row in rows]) for name, values in extra]
            table = table.join(numbers(chosen, [0.0] * len(chosen)))
        return Network(table, {**self._question, **asked}, self._network)

    # The texts behind the rows.

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError(
            "a network holds the texts behind its pairs and cannot be pickled; pickle its table, "
            "network.table(), or the corpus and the gazetteer, and count again"
        )

    def evidence(self, source: str | None = None, target: str | None = None) -> Evidence:
        """The texts in which two entities occur together.

        Parameters
        ----------
        source, target : str, optional
            Two entities, by canonical name or alias: every place where they stand in one unit.
            Without them, the places kept for each pair shown (`evidence=`), the strongest pair first.

        Returns
        -------
        Evidence
            One row a place, in the order of the texts: the group where the pairs were counted `by=` one
            (those of the groups shown), `source`, `target`, `doc`, `doc_id` where ids
            were given, `sentence`, `start`, `end` (positions in the document's string), `source_start`,
            `source_text`, `target_start`, `target_text` (the names as they stand there) and `text`: the
            sentence with both names, or the sentences from the one to the other where the unit is larger.

        Raises
        ------
        EntityError
            If a name is no entity or alias.
        ValueError
            If the pairs were counted in several units; choose one with `filter(within=...)`.
        """
        if (source is None) != (target is None):
            raise TypeError("evidence(source, target): name both entities, or neither for all pairs")
        level = self._level()
        if source is None or target is None:
            return self._kept(set(self._pairs()))
        source, target = _check.text("source", source), _check.text("target", target)
        # Of the groups that are shown: of this pair, or of all where it is not shown itself.
        ends = {self._network.canonical("source", source), self._network.canonical("target", target)}
        shown = self._group_names()
        of_pair = [group for pair, group in zip(self._pairs(), shown, strict=True) if set(pair) == ends]
        groups = list(dict.fromkeys(of_pair or shown or self._network.groups))
        places = self._network.evidence_of(source, target, groups, level)
        within = self._network.levels[level]
        asked = {"source": source, "target": target, "within": within, "by": self._by()}
        return Evidence(places, {"verb": "evidence", **asked})

    def _kept(self, pairs: Iterable[tuple[str, str]]) -> Evidence:
        """The places kept for some of the pairs in the groups in which they are shown."""
        level, wanted = self._level(), set(pairs)
        rows = [(*pair, group) for pair, group in zip(self._pairs(), self._group_names(), strict=True)]
        rows = [row for row in rows if row[:2] in wanted]
        places = self._network.evidence(rows, level, self._question["min_count"])
        return Evidence(places, {"verb": "evidence", "within": self._network.levels[level], "by": self._by()})

    def _group_names(self) -> list[str | None]:
        """What the core calls the group of each row."""
        by = self._by()
        if by is None:
            return [None] * len(self)
        values = self.column(by)
        names = {value: _core.group_name("by", value) for value in dict.fromkeys(values)}
        return [names[value] for value in values]

    def mentions(self) -> Result:
        """The mentions that the pairs were counted from; see `Corpus.mentions` for the columns."""
        return Result(self._network.mentions(), {**self._question, "verb": "mentions"})

    # Which rows.

    def neighbors(self, entity: str) -> Network:
        """The pairs of one entity, by canonical name or alias.

        Raises
        ------
        EntityError
            If the name is no entity or alias.
        """
        name = self._network.canonical("entity", _check.text("entity", entity))
        rows = [row for row, pair in enumerate(self._pairs()) if name in pair]
        return self._take(rows, verb="neighbors", entity=name)

    def filter(self, mask: Iterable[bool] | None = None, /, **conditions: Any) -> Network:
        """The pairs that meet all conditions.

        Parameters
        ----------
        mask : iterable of bool, optional
            One value for each row.
        **conditions
            `min_X=` and `max_X=` for a column X, such as `min_count=3`, `min_npmi=0.2`,
            `max_q_value=0.05`; a column by its name for one value or a list of values, such as
            `within="sentence"`, `source="Ada"` (also by alias). A pair whose value is undefined does not
            meet a condition.

        Raises
        ------
        ColumnError
            If there is no such column.
        EntityError
            If a source or target is no entity or alias.
        ValueError
            Unless the mask has one value for each row.
        TypeError
            If a value is of another kind than its column, or one of the mask is neither true nor false.

        Examples
        --------
        >>> import lexmill as lm
        >>> net = lm.entity_cooccurrences(["Ada met Babbage.", "Ada met Curie. Curie."],
        ...                               ["Ada", "Babbage", "Curie", "Darwin"])
        >>> net.filter(target=["Babbage", "Darwin"]).shape[0], net.filter(min_n_target=2).shape[0]
        (1, 1)
        """
        asked = dict(conditions)
        for name, wanted in conditions.items():
            several = isinstance(wanted, (list, set, frozenset))
            if name == "within":
                asked[name] = [_label(value) for value in (wanted if several else [wanted])]
            elif name in ("source", "target"):
                names = _check.texts(name, wanted if several else [wanted])
                asked[name] = [self._network.canonical(name, one) for one in names]
        keep = [True] * len(self) if mask is None else _check.mask("mask", mask, len(self), "pair")
        keep = met(asked, self.columns, self.column, keep)
        given = {} if mask is None else {"mask": "given"}
        told = {**self._question.get("filter", {}), **conditions, **given}
        return self._take([row for row, kept in enumerate(keep) if kept], filter=told)

    def backbone(self, alpha: float = 0.05, *, ends: Literal["either", "both"] = "either") -> Network:
        """The pairs that stand out among those of their entities: the disparity filter.

        Of an entity with k pairs whose counts sum to s, a pair of count w has the chance
        (1 - w/s)^(k-1) to have so large a share if s were spread over the k at random (Serrano, Boguñá &
        Vespignani 2009, PNAS 106). In a directed network the source is judged by the pairs that leave
        it, the target by those that reach it. Groups and units are judged each by itself.

        Parameters
        ----------
        alpha : float, default 0.05
            Keep pairs whose chance is below.
        ends : {"either", "both"}, default "either"
            Whether a pair must stand out for one of its entities, as in the paper, or for both.

        Returns
        -------
        Network
            With the columns `disparity_source` and `disparity_target`. The only pair of an entity
            cannot stand out for it: its chance is 1.

        Examples
        --------
        >>> import lexmill as lm
        >>> names = ["Ada", "Babbage", "Curie", "Darwin"]
        >>> texts = ["Ada met Babbage."] * 30 + ["Ada met Curie.", "Ada met Darwin."]
        >>> net = lm.entity_cooccurrences(texts, names).backbone(0.05)
        >>> [(row["target"], round(row["disparity_source"], 4)) for row in net]  # (1 - 30/32)^2
        [('Babbage', 0.0039)]
        """
        if not 0 < _check.real("alpha", alpha, "a chance between 0 and 1, such as 0.05") <= 1:
            raise ValueError(f"alpha={alpha!r}: give a chance between 0 and 1, such as 0.05")
        if ends not in ("either", "both"):
            raise ValueError(f"ends={ends!r} is unknown. Allowed: either, both.")
        parts = [self.column(name) for name in ("within", self._by()) if name and name in self.columns]
        places = list(zip(*parts, strict=True)) if parts else [()] * len(self)
        weights = [float(w) for w in self.column("count")]
        strength: dict[Any, float] = defaultdict(float)
        degree: dict[Any, int] = defaultdict(int)
        out, into = ("out", "in") if self.directed else ("", "")
        edges = []
        for place, (source, target), weight in zip(places, self._pairs(), weights, strict=True):
            nodes = ((place, out, source), (place, into, target))
            edges.append(nodes)
            for node in nodes:
                strength[node] += weight
                degree[node] += 1
        chances = [
            _core.disparity(
                [(w, strength[e[end]], degree[e[end]]) for w, e in zip(weights, edges, strict=True)]
            )
            for end in (0, 1)
        ]
        met = any if ends == "either" else all
        rows = [row for row in range(len(self)) if met(chance[row] < alpha for chance in chances)]
        extra = [("disparity_source", chances[0]), ("disparity_target", chances[1])]
        return self._take(rows, extra, backbone=alpha, ends=ends)

    # The picture.

    def plot(
        self,
        *,
        names: int = 80,
        pairs: int = 200,
        weight: str = "count",
        color: Literal["community", "type"] = "community",
        title: str | None = None,
        seed: int = 0,
    ) -> Picture:
        """The network as a picture, which a notebook shows and `save` writes.

        Communities and places are networkx's (Louvain, ForceAtlas2); the same network and seed give the
        same picture. Groups (`by=`) are added up.

        Parameters
        ----------
        names : int, default 80
            The most names drawn, those with the largest sums of counts.
        pairs : int, default 200
            The most pairs drawn: those that hold the names together, then the largest.
        weight : str, default "count"
            The column that makes a pair large and its line wide: the count or a measure. Pairs whose value
            is undefined or not above 0 are not drawn.
        color : {"community", "type"}, default "community"
            What colours mean.
        title : str, optional
            The heading of the page. Default: the strongest pair.
        seed : int, default 0
            Another seed gives another picture.

        Returns
        -------
        Picture
            `save("net.html")` writes a page on which each line leads to the texts behind it, without script
            and without network; `save("net.svg")` the picture alone.

        Raises
        ------
        ImportError
            If networkx or numpy is not installed.
        ValueError
            If an option is unknown, or the pairs were counted in several units.

        Examples
        --------
        >>> import lexmill as lm
        >>> net = lm.entity_cooccurrences(["Ada met Babbage.", "Ada met Curie."], ["Ada", "Babbage", "Curie"])
        >>> net.plot()
        Picture(3 of 3 names, 2 of 2 pairs)
        """
        from lexmill.picture import Picture

        return Picture(self, names=names, pairs=pairs, weight=weight, color=color, title=title, seed=seed)

    def to_html(self, path: str | PathLike[str], **options: Any) -> None:
        """Writes the page of `plot`, which takes the options."""
        kind_of(path, ".html", ".htm")
        write_whole(path, self.plot(**options).to_html())

    # Change.

    def trends(
        self,
        *,
        order: Iterable[Any] | None = None,
        min_count: int | None = None,
        p_adjust: str = "fdr_bh",
    ) -> Result:
        """Which pairs rise or fall from slice to slice, and when they were first and last seen.

        The network must be counted in slices of time, as with `by="date:month"`. Groups that are years,
        quarters, months, weeks, days or numbers are placed in time by what they say. Documents without a
        date are left out. All pairs of the count are tested, also those that a `filter` leaves out.

        Parameters
        ----------
        order : iterable, optional
            The groups in their order, one step of time from each to the next, where they do not tell it
            themselves: `["before", "during", "after"]`. Groups that are not named are left out.
        min_count : int, optional
            Leave out pairs with fewer units. Default: that of the network.
        p_adjust : str, default "fdr_bh"
            How p-values are adjusted for their number, see `lexmill.measures("p_adjust")`.

        Returns
        -------
        Result
            One row a pair, the most frequent first: `source`, `target`; `count`, the units with both; `n`,
            all units; `slices`, in how many they occur together; `first_seen`, `last_seen`; `trend_z`
            (Cochran–Armitage: above 0 where the share of units rises), `trend_slope` (its change in one
            step of time), `p_value` (two-sided), `q_value`.

        Raises
        ------
        ValueError
            If the network was counted without `by=`, or its groups tell no time and there is no `order`.

        Examples
        --------
        >>> import lexmill as lm
        >>> texts = ["Ada met Babbage."] * 3 + ["Ada."] * 3 + ["Ada met Babbage."] * 6
        >>> meta = {"date": ["2023-01-05"] * 6 + ["2024-02-01"] * 6}
        >>> net = lm.Corpus(texts, meta=meta).cooccurrences(["Ada", "Babbage"], by="date:year")
        >>> row = net.trends()[0]
        >>> row["count"], row["first_seen"], row["trend_slope"], round(row["trend_z"], 3)
        (9, '2023', 0.5, 2.0)
        """
        least, p_adjust = self._least(min_count), _check.text("p_adjust", p_adjust)
        by, groups = self._by(), self._network.groups
        when: list[float] | None = []
        if by and order is None:
            when = _dates.times(groups)
        elif by:
            known = {name: name for name in groups}
            ordered = _check.several("order", order)
            steps = {group_name(f"order[{i}]", one, by, known): float(i) for i, one in enumerate(ordered)}
            when = [steps.get(group, math.nan) for group in groups]
        if when is None:
            told = ", ".join([repr(group) for group in groups if group is not None][:3])
            raise ValueError(
                f"trends: the groups of by={by!r} ({told}, ...) tell no time; give them in their order, "
                "trends(order=[...]), or ask compare(a, b)"
            )
        table = self._network.trends(self._level(), when, math.ceil(least), p_adjust)
        asked = {"by": by, "min_count": least, "p_adjust": p_adjust}
        return Result(table, {"verb": "trends", **asked})

    def compare(
        self,
        a: Any,
        b: Any,
        *,
        measures: Sequence[str] = ("log_likelihood", "log_ratio"),
        p_value: str = "log_likelihood",
        p_adjust: str = "fdr_bh",
        ci: float = 0.95,
        min_count: int | None = None,
    ) -> Result:
        """Which pairs differ between two groups.

        For each pair the units with both are compared with all units of the group: o11 and o12 are the
        units of `a` with and without the pair, o21 and o22 those of `b`.

        Parameters
        ----------
        a, b : str, number, date or None
            Two values of the column that `by=` named; None for documents without a value.
        measures : sequence of str
            Measures of association of that table; see `lexmill.measures("association")`.
        p_value : str, default "log_likelihood"
            The test whose p-value is shown.
        p_adjust : str, default "fdr_bh"
            How p-values are adjusted for their number, see `lexmill.measures("p_adjust")`.
        ci : float, default 0.95
            The confidence of intervals, of the measures that have one.
        min_count : int, optional
            Leave out pairs with fewer units in both groups together. Default: that of the network.

        Returns
        -------
        Result
            One row a pair of either group, the most frequent first: `source`, `target`, `count_a`,
            `count_b`, `n_a`, `n_b` (all units), `share_a`, `share_b`, the measures with their intervals
            (`log_ratio_low`, `log_ratio_high`), `p_value`, `q_value`.

        Raises
        ------
        ValueError
            If the network was counted without `by=`, or has no such group.

        Examples
        --------
        >>> import lexmill as lm
        >>> texts = ["Ada met Babbage."] * 6 + ["Ada."] * 2 + ["Ada met Babbage."] + ["Ada."] * 7
        >>> corpus = lm.Corpus(texts, meta={"outlet": ["x"] * 8 + ["y"] * 8})
        >>> row = corpus.cooccurrences(["Ada", "Babbage"], by="outlet").compare("x", "y")[0]
        >>> row["count_a"], row["count_b"], round(row["log_ratio"], 3)  # log2((6/8) / (1/8))
        (6, 1, 2.585)
        """
        from lexmill.measures import described, selected

        least = self._least(min_count)
        # None is taken too: no intervals, as in `cooccurrences`.
        ci = ci if ci is None else _check.confidence("ci", ci)
        known, by = {name: name for name in self._network.groups}, self._by()
        # Without groups the core tells that they are needed.
        name_a, name_b = (by and group_name(name, one, by, known) for name, one in (("a", a), ("b", b)))
        p_value, p_adjust = _check.text("p_value", p_value), _check.text("p_adjust", p_adjust)
        names = selected("association", measures)
        shown = _core.Shown(names, False, p_value, p_adjust, ci, None)
        table = self._network.compare(self._level(), name_a, name_b, math.ceil(least), shown)
        asked = {
            "a": a,
            "b": b,
            "by": by,
            "min_count": least,
            "p_value": p_value,
            "p_adjust": p_adjust,
        }
        return Result(
            table, {"verb": "compare", **asked, "ci": ci, "measures": described("association", names)}
        )

    def _least(self, min_count: Any) -> float:
        """The smallest count shown: that of the network where none is given."""
        given = self._question["min_count"] if min_count is None else min_count
        return cast("float", _check.least("min_count", given))

    def parts(self) -> Result:
        """The integers behind weighted counts, from which other weights and smaller windows follow.

        Returns
        -------
        Result
            One row a pair and part: `source`, `target`, `part`, `count`. Of `count="weighted"` and in windows
            `part` is a distance (1 for neighbours; of sentences, 1 for the same one), of `count="fractional"`
            the number of entities in a unit. Empty for other counts.

        Examples
        --------
        >>> import lexmill as lm
        >>> net = lm.entity_cooccurrences(["Ada met Babbage. Ada wrote."], ["Ada", "Babbage"],
        ...                               within=("window", 5), cross_sentences=True)
        >>> [(row["part"], row["count"]) for row in net.parts()]
        [(1, 1), (2, 1)]
        """
        return Result(self._network.parts(), {**self._question, "verb": "parts"})


def unit(within: Any) -> tuple[str, int | None]:
    """The name of a unit and its size: "sentence", ("window", 10) or "window:10"."""
    if isinstance(within, str):
        _check.text("within", within)
        name, _, size = within.partition(":")
        return (name, int(size)) if size.isdecimal() else (within, None)
    if isinstance(within, (tuple, list)) and len(within) == 2:
        name, size = within
        if isinstance(name, str) and hasattr(size, "__index__") and not isinstance(size, bool):
            number = operator.index(size)
            if 0 < number < 2**31:
                return _check.text("within", name), number
    raise ValueError(
        f'within={within!r}: give "sentence", "paragraph", "document", ("window", words), '
        '("sentences", number), or a list of those'
    )


def units(within: Any) -> list[tuple[str, int | None]]:
    """The units of one call: one, or a list of several."""
    several = isinstance(within, (list, set)) or (
        isinstance(within, tuple) and all(isinstance(one, (str, tuple, list)) for one in within)
    )
    if isinstance(within, tuple) and len(within) == 2 and str(within[1]).isdecimal():
        several = False
    if several and len(within) == 2 and str(within[-1]).isdecimal():
        several = False
    found = [unit(one) for one in within] if several else [unit(within)]
    if not found:
        raise ValueError("within is empty: give at least one unit")
    if len(set(found)) < len(found):
        raise ValueError(f"within={within!r}: a unit stands there twice")
    return found


def _label(within: Any) -> str:
    name, size = unit(within)
    return name if size is None else f"{name}:{size}"
