"""The graph that a network is: its nodes and edges, for other libraries and as files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from os import PathLike
from typing import TYPE_CHECKING, Any, NamedTuple

from lexmill import _core, _graphs
from lexmill._optional import optional
from lexmill._result import Result

if TYPE_CHECKING:
    import igraph
    import networkx as nx
    import scipy.sparse

Path = str | PathLike[str]


class Adjacency(NamedTuple):
    """A network as a matrix: row and column `i` are `names[i]`."""

    matrix: scipy.sparse.csr_array
    names: list[str]


class Graph(Result):
    """Pairs as a table that is also a graph; `Network` is its public face."""

    __slots__ = ("_network",)

    def __init__(self, table: _core.Table, question: Mapping[str, Any], network: _core.Network) -> None:
        super().__init__(table, question)
        self._network = network

    # What the rows are of.

    @property
    def directed(self) -> bool:
        """Whether the source of a pair stands before the target (`ordered=True`)."""
        return bool(self._question.get("ordered"))

    def _level(self) -> int:
        """The unit of the rows, if there is one."""
        levels = self._network.levels
        if len(levels) == 1:
            return 0
        here = set(self.column("within"))
        if len(here) == 1:
            return levels.index(here.pop())
        raise ValueError(
            f"the pairs are counted within {' and '.join(levels)}; choose one, as in "
            f"net.filter(within={levels[0]!r})"
        )

    @property
    def _fractions(self) -> bool:
        """Whether counts are sums of fractions."""
        return self._question["count"] in ("fractional", "weighted")

    def _pairs(self) -> list[tuple[str, str]]:
        return list(zip(self.column("source"), self.column("target"), strict=True))

    def nodes(self) -> Result:
        """The entities.

        Returns
        -------
        Result
            One row an entity that is mentioned, the most mentioned first: `entity`, `type`, `mentions`,
            `units` and `documents` that name it (`units` as in `n_source`); `degree`, the entities it is
            shown with, and `strength`, the sum of its counts.
        """
        edges = _graphs.merged(self)
        near: dict[str, set[str]] = defaultdict(set)
        strength: dict[str, float] = defaultdict(int)
        for edge in edges:
            for one, other in ((edge["source"], edge["target"]), (edge["target"], edge["source"])):
                near[one].add(other)
                strength[one] += edge["weight"]
        table = self._network.nodes(self._level())
        names = table.column("entity")
        zero = 0.0 if self._fractions else 0
        extra: list[tuple[str, list[Any]]] = [
            ("degree", [len(near[n]) for n in names]),
            ("strength", [strength[n] + zero for n in names]),
        ]
        table = table.join(numbers(extra, [0, zero]))
        return Result(table, {**self._question, "verb": "nodes"})

    def edges(self) -> Result:
        """The pairs as a graph library takes them.

        Returns
        -------
        Result
            One row a pair: `source`, `target`, `weight` (the count), then the other columns. Of a network in
            groups (`by=`) the weight is the sum over the groups, without measures, which do not add up.
        """
        if self._by() is None:
            self._level()
            first = ("source", "target", "count")
            rest = [(name, name) for name in self.columns if name not in (*first, "within")]
            table = self._table.select(
                [("source", "source"), ("target", "target"), ("count", "weight"), *rest]
            )
        else:
            edges = _graphs.merged(self)
            ends = [(end, [*(edge[end] for edge in edges), ""]) for end in ("source", "target")]
            table = _core.Table.of(ends).take(list(range(len(edges))))
            weights = [("weight", [edge["weight"] for edge in edges])]
            table = table.join(numbers(weights, [0.0 if self._fractions else 0]))
        return Result(table, {**self._question, "verb": "edges"})

    def communities(self, *, seed: int = 0, resolution: float = 1.0) -> Result:
        """The nodes with the community that each belongs to, by networkx's Louvain method.

        Parameters
        ----------
        seed : int, default 0
            The same seed gives the same communities.
        resolution : float, default 1.0
            Above 1: smaller communities.

        Returns
        -------
        Result
            The columns of `nodes` and `community`, a number from 0 for the largest; an entity
            without a pair is a community of its own.

        Raises
        ------
        ImportError
            If networkx is not installed.

        Examples
        --------
        >>> import lexmill as lm
        >>> texts = ["Ada met Babbage.", "Curie met Darwin."]
        >>> net = lm.entity_cooccurrences(texts, ["Ada", "Babbage", "Curie", "Darwin"])
        >>> net.communities().column("community")
        [0, 0, 1, 1]
        """
        optional("networkx", "network")
        nodes = self.nodes()
        names = nodes.column("entity")
        number = _graphs.louvain(self.to_networkx(), names, seed, resolution)
        table = nodes._table.join(numbers([("community", [number[name] for name in names])], [0]))
        return Result(
            table, {**self._question, "verb": "communities", "seed": seed, "resolution": resolution}
        )

    def to_networkx(self, *, isolates: bool = True) -> nx.Graph:
        """The network as a weighted graph, directed if it is ordered.

        Parameters
        ----------
        isolates : bool, default True
            Whether entities without a pair are nodes.

        Returns
        -------
        networkx.Graph or networkx.DiGraph
            `weight` is the count, measures are attributes of edges; nodes have `type`, `mentions`, `units`,
            `documents`, `strength`.
        """
        return _graphs.to_networkx(self, isolates)

    def to_igraph(self, *, isolates: bool = True) -> igraph.Graph:
        """The network as a graph of igraph: attributes as in `to_networkx`, names as `name`."""
        return _graphs.to_igraph(self, isolates)

    def to_scipy(self) -> Adjacency:
        """The network as a matrix.

        Returns
        -------
        Adjacency
            `matrix`, a scipy CSR array of counts, symmetric unless the network is directed (row: source,
            column: target), and `names`, in the order of `nodes`.
        """
        return Adjacency(*_graphs.to_scipy(self))

    def to_graphml(self, path: Path, *, isolates: bool = True) -> None:
        """Writes GraphML, by networkx. Control characters, which XML cannot hold, are replaced."""
        _graphs.to_graphml(self, path, isolates)

    def to_gexf(self, path: Path, *, isolates: bool = True) -> None:
        """Writes GEXF for Gephi, by networkx. A network in slices of time becomes a dynamic graph: edges
        have a spell for each slice and a count that changes. Control characters are replaced."""
        _graphs.to_gexf(self, path, isolates)

    def to_pajek(self, path: Path, *, isolates: bool = True) -> None:
        """Writes a Pajek network (.net). Double quotes and backslashes in names are replaced."""
        _graphs.to_pajek(self, path, isolates)

    def to_node_link(self, path: Path, *, isolates: bool = True) -> None:
        """Writes node-link JSON, as D3 and `networkx.node_link_graph(data, edges="edges")` read it."""
        _graphs.to_node_link(self, path, isolates)

    def to_csv(self, folder: Path, *, isolates: bool = True, excel_safe: bool = True) -> None:
        """Writes `nodes.csv` and `edges.csv` for Gephi, the nodes by number.

        With `excel_safe` a label that a spreadsheet would run as a formula gets an apostrophe before it.
        """
        _graphs.to_csv(self, folder, isolates, excel_safe)

    def to_vosviewer(self, folder: Path, *, isolates: bool = True) -> None:
        """Writes `map.txt` and `network.txt` for VOSviewer."""
        _graphs.to_vosviewer(self, folder, isolates)


def numbers(columns: list[tuple[str, list[Any]]], like: list[Any]) -> _core.Table:
    """A table of numbers, each column of the type of its `like`, also where there is no row."""
    rows = len(columns[0][1])
    table = _core.Table.of(
        [(name, [*values, one]) for (name, values), one in zip(columns, like, strict=True)]
    )
    return table.take(list(range(rows)))
