"""
The compiled core of lexmill; its public face is the package around it.
"""

from _typeshed import Incomplete, SupportsGetItem
from typing import Any, Final, SupportsFloat, SupportsIndex, final

DEBUG: Final[bool]
"""
Whether this is a debug build, whose speed says nothing.
"""

@final
class ArrowColumn:
    """
    One column of a [`Frame`].
    """

@final
class Buffer:
    """
    A read-only column of integers.
    """
    def __len__(self, /) -> int: ...
    def __new__(cls, /, dtype: str, bytes: bytes) -> Buffer:
        """
        The integers of type `dtype` in `bytes`, the lowest byte of each first.
        """
    def __reduce__(self, /) -> "tuple[Any, ...]":
        """
        How a column travels: as its bytes.
        """
    @property
    def dtype(self, /) -> str:
        """
        The name of the type in numpy.
        """

@final
class Corpus:
    """
    A corpus of the core; `lexmill.Corpus` is its public face.
    """
    def __len__(self, /) -> int: ...
    def __new__(cls, /, texts: Any, *, ids: Any | None, meta: SupportsGetItem[int, tuple[str, Any]], tokens: Tokens, language: str, abbreviations: SupportsGetItem[int, str], repair_breaks: bool, line_breaks: str, threads: SupportsIndex | None, progress: Any | None) -> Corpus: ...
    def boundaries(self, /) -> Table:
        """
        One row a boundary or near miss.
        """
    def chain(self, /, other: Corpus) -> Corpus:
        """
        These documents followed by those of `other`.
        """
    def cooccurrences(self, /, names: Gazetteer | Spans | Terms, within: SupportsGetItem[int, tuple[str, SupportsIndex | None]], cross_sentences: bool, count: str, ordered: bool, by: Any | None, evidence: SupportsIndex, max_pairs: SupportsIndex, shown: Shown) -> Network:
        """
        The pairs of names in units of each kind: a name, with the size of a window.
        """
    def describe(self, /, measures: SupportsGetItem[int, str], by: Any | None, word_lists: SupportsGetItem[int, tuple[str, SupportsGetItem[int, str]]], n_boot: SupportsIndex, level: SupportsFloat | SupportsIndex, seed: SupportsIndex) -> Table:
        """
        Lengths and scores by group, with bootstrap intervals.
        """
    def discover(self, /, min_count: SupportsIndex, demonyms: bool, titles: bool, progress: Any | None) -> tuple[Table, list[tuple[str, str | None, list[tuple[str, str | None]]]]]:
        """
        The names in the texts: one row an alias with the rule that linked it, and the entities as
        `Gazetteer` takes them.
        """
    def dtm(self, /, ngrams: tuple[SupportsIndex, SupportsIndex], min_docs: SupportsIndex, max_docs: SupportsIndex | None, max_terms: SupportsIndex | None, vocabulary: SupportsGetItem[int, str] | None, boolean: bool) -> tuple[Buffer, Buffer, Buffer, Table]:
        """
        Documents by terms: indptr, indices, counts, and the terms as a table.
        """
    def frequencies(self, /, ngrams: tuple[SupportsIndex, SupportsIndex], by: Any | None, min_count: SupportsIndex, ties: str) -> Table:
        """
        The frequency list.
        """
    @property
    def has_ids(self, /) -> bool:
        """
        Whether the documents have ids.
        """
    def labels(self, /, by: Any) -> Table:
        """
        The group of each document, as every table calls it.
        """
    def mentions(self, /, names: Gazetteer | Spans | Terms) -> Table:
        """
        Where each name stands.
        """
    def meta(self, /) -> Table:
        """
        The metadata, with the ids as column `doc_id` where they were given.
        """
    @property
    def n_bytes(self, /) -> tuple[int, int]:
        """
        Bytes of text and bytes of columns held beside them.
        """
    @property
    def n_sentences(self, /) -> int:
        """
        The number of sentences.
        """
    @property
    def n_tokens(self, /) -> int:
        """
        The number of counted tokens.
        """
    @property
    def n_types(self, /) -> int:
        """
        The number of distinct terms.
        """
    def paragraphs(self, /, measures: SupportsGetItem[int, str], text: bool, word_lists: SupportsGetItem[int, tuple[str, SupportsGetItem[int, str]]]) -> Table:
        """
        One row a paragraph, with the counts and the scores `measures`.
        """
    def readability(self, /, measures: SupportsGetItem[int, str], by: Any, counts: bool, band: bool, word_lists: SupportsGetItem[int, tuple[str, SupportsGetItem[int, str]]]) -> Table:
        """
        Scores by document, paragraph, sentence or group, with the counts behind them.
        """
    def select(self, /, docs: SupportsGetItem[int, SupportsIndex]) -> Corpus:
        """
        The documents `docs` alone.
        """
    def sentences(self, /, measures: SupportsGetItem[int, str], counts: bool, text: bool, rule: bool, entities: Gazetteer | None, word_lists: SupportsGetItem[int, tuple[str, SupportsGetItem[int, str]]]) -> Table:
        """
        One row a sentence, with the counts and the scores `measures`.
        """
    def spans(self, /, rows: SupportsGetItem[int, tuple[SupportsIndex, SupportsIndex, SupportsIndex, str | None, str | None, str | None]]) -> Spans:
        """
        Spans of another tool, checked against the texts: (doc, start, end, entity, type, text).
        """
    def terms(self, /, names: Gazetteer | Spans | Terms | None, most: SupportsIndex | None, words: SupportsGetItem[int, str] | None, min_count: SupportsIndex, stop_words: SupportsGetItem[int, str], stop_language: str | None) -> Terms:
        """
        Counted words in the place of names, alone or beside `names`: the most frequent, or `words`.
        """
    def text(self, /, doc: SupportsIndex) -> str | None:
        """
        The text of document `doc`, None where missing.
        """
    def tokens(self, /) -> Table:
        """
        One row a word.
        """

@final
class Differing:
    """
    What is shown of the differences between two groups: of a log odds ratio, with adjusted p-values and intervals.
    """
    def __new__(cls, /, measure: str, adjust: str, confidence: SupportsFloat | SupportsIndex) -> Differing: ...

@final
class Frame:
    """
    The columns behind `__arrow_c_stream__` or `__arrow_c_array__`.
    """
    def __getitem__(self, name: str, /) -> ArrowColumn: ...
    def __new__(cls, /, source: Any) -> Frame: ...
    @property
    def columns(self, /) -> list[str]:
        """
        The names of the columns.
        """

@final
class Gazetteer:
    """
    A compiled gazetteer; `lexmill.Gazetteer` is its public face.
    """
    def __len__(self, /) -> int: ...
    def __new__(cls, /, rows: SupportsGetItem[int, tuple[str, str | None, SupportsGetItem[int, tuple[str, str | None]]]], case: str, overlap: str, ambiguous: str) -> Gazetteer: ...
    def ambiguous(self, /) -> list[tuple[str, list[int]]]:
        """
        The names that several entities claim, with the places of these.
        """
    def find(self, /, name: str) -> str | None:
        """
        The canonical name that `name` stands for, None if it stands for none or for several.
        """

@final
class Network:
    """
    Counted pairs with the texts behind them; `lexmill.Network` is its public face.
    """
    def __len__(self, /) -> int:
        """
        The number of entities that were looked for or given.
        """
    def canonical(self, /, argument: str, name: str) -> str:
        """
        The canonical name of an entity or alias.
        """
    def compare(self, /, level: SupportsIndex, a: str | None, b: str | None, min_count: SupportsIndex, shown: Shown) -> Table:
        """
        Which pairs differ between two groups.
        """
    def differences(self, /, level: SupportsIndex, a: str | None, b: str | None, min_count: SupportsIndex, differing: Differing) -> Table:
        """
        Which associations differ between two groups.
        """
    def evidence(self, /, pairs: SupportsGetItem[int, tuple[str, str, str | None]], level: SupportsIndex, min_count: SupportsFloat | SupportsIndex) -> Table:
        """
        The places kept for each of the pairs in its group, as far as they occur together `min_count` times.
        """
    def evidence_of(self, /, source: str, target: str, groups: SupportsGetItem[int, str | None], level: SupportsIndex) -> Table:
        """
        Every place of one pair in some of the groups.
        """
    @property
    def groups(self, /) -> list[str | None]:
        """
        The names of the groups.
        """
    @property
    def levels(self, /) -> list[str]:
        """
        The names of the units in which pairs were counted.
        """
    def mentions(self, /) -> Table:
        """
        One row a mention.
        """
    @property
    def n_units(self, /) -> list[int]:
        """
        Units in each group.
        """
    def nodes(self, /, level: SupportsIndex) -> Table:
        """
        One row an entity.
        """
    def parts(self, /) -> Table:
        """
        The integers behind weighted counts.
        """
    def table(self, /, shown: Shown, min_count: SupportsFloat | SupportsIndex) -> Table:
        """
        One row a pair, with what is shown of it.
        """
    def trends(self, /, level: SupportsIndex, times: SupportsGetItem[int, SupportsFloat | SupportsIndex], min_count: SupportsIndex, adjust: str) -> Table:
        """
        How pairs rise and fall; a time for each group, NaN for one to be left out.
        """

@final
class Shown:
    """
    What is shown of pairs: measures, and on request cells, p- and q-values, intervals, permutations (number, seed).
    """
    def __new__(cls, /, measures: SupportsGetItem[int, str], contingency: bool, test: str | None, adjust: str | None, confidence: SupportsFloat | SupportsIndex | None, permutations: tuple[SupportsIndex, SupportsIndex] | None) -> Shown: ...

@final
class Spans:
    """
    Spans checked against the texts of a corpus.
    """
    def __len__(self, /) -> int:
        """
        The number of entities.
        """

@final
class Table:
    """
    A table of the core; `lexmill.Result` is its public face.
    """
    def __arrow_c_stream__(self, /, requested_schema: "object | None" = None) -> "object": ...
    def __len__(self, /) -> int: ...
    def __new__(cls, /, columns: SupportsGetItem[int, tuple[str, str, Any]]) -> Table:
        """
        The table of `columns`: name, type and values of each.
        """
    def __reduce__(self, /) -> "tuple[Any, ...]":
        """
        How a table travels: as its columns.
        """
    def column(self, /, name: str) -> "list[Any]":
        """
        The values of one column.
        """
    @property
    def columns(self, /) -> list[str]:
        """
        The names of the columns.
        """
    def join(self, /, other: Table) -> Table:
        """
        The columns of this table followed by those of `other`, which has as many rows.
        """
    @staticmethod
    def of(columns: SupportsGetItem[int, tuple[str, Any]]) -> Table:
        """
        A table of columns by name, of the types that their values have.
        """
    def rows(self, /, start: SupportsIndex, stop: SupportsIndex) -> "list[dict[str, Any]]":
        """
        The rows from `start` to `stop`, each a dict.
        """
    def select(self, /, columns: SupportsGetItem[int, tuple[str, str]]) -> Table:
        """
        The columns named first in `columns`, under the names that stand second.
        """
    def take(self, /, positions: SupportsGetItem[int, SupportsIndex]) -> Table:
        """
        The rows at `positions`, in that order, as a table.
        """
    @property
    def types(self, /) -> list[str]:
        """
        The type of each column: text, int, float or bool.
        """

@final
class Terms:
    """
    Counted words of a corpus, alone or beside names.
    """
    def __len__(self, /) -> int:
        """
        The number of entities: of names and of terms.
        """

@final
class Tokens:
    """
    The compiled form of `lexmill.Tokens`.
    """
    def __new__(cls, /, *, case: str, apostrophes: str, hyphens: str, possessives: str, numbers: str, normalize: str | None, stop_words: SupportsGetItem[int, str] | None, stop_language: str | None, stem: str | None, min_chars: SupportsIndex) -> Tokens: ...

@final
class Unread:
    """
    The texts of one call, with their labels.
    """
    def __len__(self, /) -> int: ...
    def __new__(cls, /, texts: Any, *, ids: Any | None, meta: SupportsGetItem[int, tuple[str, Any]], tokens: Tokens, language: str, abbreviations: SupportsGetItem[int, str], repair_breaks: bool, line_breaks: str, threads: SupportsIndex | None, progress: Any | None) -> Unread: ...
    def cooccurrences(self, /, names: Gazetteer, within: SupportsGetItem[int, tuple[str, SupportsIndex | None]], cross_sentences: bool, count: str, ordered: bool, by: Any | None, evidence: SupportsIndex, max_pairs: SupportsIndex, shown: Shown) -> Network:
        """
        The pairs of names in units of each kind: a name, with the size of a window.
        """
    def labels(self, /, by: Any) -> Table:
        """
        The group of each document, as every table calls it.
        """
    def mentions(self, /, names: Gazetteer) -> Table:
        """
        Where each name stands.
        """
    def meta(self, /) -> Table:
        """
        The metadata.
        """
    def readability(self, /, measures: SupportsGetItem[int, str], by: Any, counts: bool, band: bool, word_lists: SupportsGetItem[int, tuple[str, SupportsGetItem[int, str]]]) -> Table:
        """
        Scores by document, paragraph, sentence or group, with the counts behind them.
        """
    def sentences(self, /, measures: SupportsGetItem[int, str], counts: bool, text: bool, rule: bool, entities: Gazetteer | None, word_lists: SupportsGetItem[int, tuple[str, SupportsGetItem[int, str]]]) -> Table:
        """
        One row a sentence, with the counts and the scores `measures`.
        """

def _self_test(what: str, seconds: SupportsFloat | SupportsIndex = 0.0, threads: SupportsIndex | None = None, progress: Any | None = None) -> int:
    """
    Work for the tests of the door: spins for `seconds` on `threads` threads, or panics.
    """

def association_from_counts(joint: SupportsIndex, first: SupportsIndex, second: SupportsIndex, n: SupportsIndex, measures: SupportsGetItem[int, str]) -> list[tuple[str, float]]:
    """
    Measures of association of one 2x2 table, given by its counts.
    """

def disparity(edges: SupportsGetItem[int, tuple[SupportsFloat | SupportsIndex, SupportsFloat | SupportsIndex, SupportsIndex]]) -> list[float]:
    """
    The chance of each edge's share of its node, from (weight, strength, degree).
    """

def document_term_matrix(texts: Any, tokens: Tokens, ngrams: tuple[SupportsIndex, SupportsIndex], min_docs: SupportsIndex, max_docs: SupportsIndex | None, max_terms: SupportsIndex | None, vocabulary: SupportsGetItem[int, str] | None, boolean: bool, threads: SupportsIndex | None, progress: Any | None) -> tuple[Buffer, Buffer, Buffer, Table]:
    """
    The matrix of texts that are not kept.
    """

def group_name(argument: str, value: Any) -> str | None:
    """
    What the group is called whose documents have `value`, as [`read`] would read it; None if it is missing.
    """

def is_table(source: Any) -> bool:
    """
    Whether an object is a table: Arrow columns with names, asked for without reading them.
    """

def measures(kind: str | None = None) -> Table:
    """
    One row a measure: family, name, formula, source, range, undefined.
    """

def nearest(value: str, candidates: SupportsGetItem[int, str]) -> str | None:
    """
    The candidate that is closest to what was typed, None if none is close.
    """

def readability_from_counts(counts: SupportsGetItem[int, tuple[str, SupportsIndex]], measures: SupportsGetItem[int, str]) -> list[tuple[str, float]]:
    """
    Readability scores from counts; a count that a formula needs and that is not given is an error.
    """

def sentences(texts: Any, *, ids: Any | None, language: str, abbreviations: SupportsGetItem[int, str], repair_breaks: bool, line_breaks: str, text: bool, rule: bool, threads: SupportsIndex | None, progress: Any | None) -> tuple[Table, int]:
    """
    The sentences of texts that are not kept, and the number of texts.
    """

def tests() -> list[str]:
    """
    The measures of association that are tests.
    """

def word_frequencies(texts: Any, tokens: Tokens, ngrams: tuple[SupportsIndex, SupportsIndex], min_count: SupportsIndex, ties: str, threads: SupportsIndex | None, progress: Any | None) -> tuple[Table, int]:
    """
    The frequency list of texts that are not kept, and their number.
    """

def __getattr__(name: str) -> Incomplete: ...
