"""Which entities occur together."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from lexmill import _core
from lexmill._input import documents, refuse_fixed
from lexmill._optional import optional
from lexmill._result import Result
from lexmill.corpus import Corpus

if TYPE_CHECKING:
    import networkx as nx


class Network(Result):
    """Pairs of entities that occur together: a table that knows the sentences behind each row."""

    __slots__ = ("_network",)

    def __init__(self, table: _core.Table, question: Mapping[str, Any], network: _core.Network) -> None:
        super().__init__(table, question)
        self._network = network

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError(
            "a network holds the texts behind its pairs and cannot be pickled; pickle its table, "
            "network.head(len(network)), or the corpus and the gazetteer, and count again"
        )

    def evidence(self, source: str | None = None, target: str | None = None) -> Evidence:
        """The texts in which two entities occur together.

        Parameters
        ----------
        source, target : str, optional
            Two entities, by canonical name or alias: every place where they stand in one unit.
            Without them, the places kept for each pair (`evidence=`), the strongest pair first.

        Returns
        -------
        Evidence
            One row a place, in the order of the texts: `source`, `target`, `doc`, `doc_id` where ids
            were given, `sentence`, `start`, `end` (positions in the document's string), `source_start`,
            `source_text`, `target_start`, `target_text` (the names as they stand there) and `text`: the
            sentence with both names, or the sentences from the one to the other where the unit is larger.

        Raises
        ------
        EntityError
            If a name is no entity or alias.
        """
        if (source is None) != (target is None):
            raise TypeError("evidence(source, target): name both entities, or neither for all pairs")
        pair = None if source is None or target is None else (source, target)
        question = {
            "verb": "evidence",
            "source": source,
            "target": target,
            "within": self._question["within"],
        }
        return Evidence(self._network.evidence(pair, self._question["min_count"]), question)

    def mentions(self) -> Result:
        """The mentions that the pairs were counted from; see `Corpus.mentions` for the columns."""
        return Result(self._network.mentions(), {**self._question, "verb": "mentions"})

    def nodes(self) -> Result:
        """One row an entity that is mentioned: `entity`, `type`, `mentions`, `units` and `documents`
        that name it, and `degree`, the entities it occurs with."""
        return Result(self._network.nodes(), {**self._question, "verb": "nodes"})

    def neighbors(self, entity: str) -> Result:
        """The pairs of one entity, by canonical name."""
        pairs = zip(self.column("source"), self.column("target"), strict=True)
        rows = [i for i, pair in enumerate(pairs) if entity in pair]
        return Result(self._table.take(rows), {**self._question, "verb": "neighbors", "entity": entity})

    def to_networkx(self) -> nx.Graph:
        """The network as a weighted graph: `weight` is the count, measures are edge attributes; nodes
        have `type`, `mentions`, `units`, `documents`."""
        networkx = optional("networkx", "network")
        graph: nx.Graph = networkx.Graph()
        for row in self.nodes():
            graph.add_node(
                row.pop("entity"), **{k: v for k, v in row.items() if v is not None and k != "degree"}
            )
        for row in self:
            source, target = row.pop("source"), row.pop("target")
            weight = row.pop("count")
            graph.add_edge(source, target, weight=weight, **{k: v for k, v in row.items() if v is not None})
        return graph


class Evidence(Result):
    """Texts in which two entities occur together; a notebook shows them with both names marked."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        shown = self.head(50)
        items = "".join(f"<li>{_where(row)} {marked(row)}</li>" for row in shown)
        more = f"<p>… {len(self) - len(shown):,} more</p>" if len(self) > len(shown) else ""
        return f"<ol>{items}</ol>{more}<p style='opacity:.7'>{html.escape(self._caption())}</p>"


def _where(row: Mapping[str, Any]) -> str:
    place = f"{row.get('doc_id', row['doc'])}, sentence {row['sentence']}"
    told = html.escape(f"{row['source']} – {row['target']} · {place}")
    return f"<small style='opacity:.7'>{told}</small><br>"


def marked(row: Mapping[str, Any]) -> str:
    """The text of a row of evidence as HTML, both names marked where they stand."""
    text, offset = row["text"], row["start"]
    spans = sorted((row[f"{end}_start"] - offset, row[f"{end}_text"]) for end in ("source", "target"))
    out, at = [], 0
    for start, name in spans:
        # Of two names at one place (overlap="all") the first is marked.
        if start >= at:
            out += [html.escape(text[at:start]), f"<mark>{html.escape(name)}</mark>"]
            at = start + len(name)
    out.append(html.escape(text[at:]))
    return " ".join("".join(out).split())


def entity_cooccurrences(
    texts: Any,
    entities: Any,
    *,
    within: Literal["sentence", "paragraph", "document"] = "sentence",
    measures: Sequence[str] = ("npmi", "log_likelihood"),
    count: Literal["boolean", "frequency"] = "boolean",
    contingency: bool = False,
    min_count: int = 1,
    by: Any = None,
    evidence: int = 3,
    max_pairs: int = 10_000_000,
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
    entities : Gazetteer, mapping, list or rows
        The names to look for, see `Gazetteer`.
    within : {"sentence", "paragraph", "document"}, default "sentence"
        The unit in which two entities count as occurring together.
    measures : sequence of str, default ("npmi", "log_likelihood")
        Measures of association, computed from the units; see `lexmill.measures("association")`.
    count : {"boolean", "frequency"}, default "boolean"
        A unit counts a pair once, or as often as the product of their mentions. Measures are always
        computed from units counted once.
    contingency : bool, default False
        Whether the cells of each pair's table come as columns: `o11`, `o12`, `o21`, `o22`, `e11`.
    min_count : int, default 1
        Leave out pairs with a smaller count.
    by : str or sequence, optional
        Count in groups: a column of the table, a metadata column of the corpus, or a value for each
        document.
    evidence : int, default 3
        How many places to keep for each pair; `evidence(a, b)` finds all of them.
    max_pairs : int, default 10,000,000
        The most distinct pairs; more is an error that names the document, never a dead process.
    text, id : str, optional
        The columns of texts and of ids, where `texts` is a table.
    language : str, default "en"
        The language whose abbreviations are known.
    threads, progress
        As in `word_frequencies`.

    Returns
    -------
    Network
        One row a pair, the most frequent first: `source`, `target` (in the order of their characters);
        `count`; `n_source` and `n_target`, the units that name each; `n`, all units, whether they name
        an entity or not; then the measures. It also answers `evidence`, `mentions`, `nodes`,
        `neighbors` and `to_networkx`.

    Raises
    ------
    TypeError, ValueError
        As in `word_frequencies`, and for unknown measures, units or names claimed twice.
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
        corpus = Corpus(given.texts, given.ids, meta, language=language, threads=threads, progress=progress)
    return corpus.cooccurrences(
        entities,
        within=within,
        count=count,
        measures=measures,
        contingency=contingency,
        min_count=min_count,
        by=by,
        evidence=evidence,
        max_pairs=max_pairs,
    )
