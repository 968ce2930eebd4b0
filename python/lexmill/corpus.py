"""Texts held with their columns."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar, Literal, SupportsIndex

from lexmill import _check, _core, _dates
from lexmill._conditions import met
from lexmill._errors import ColumnError
from lexmill._input import documents, no_column, refuse_fixed
from lexmill._options import READING
from lexmill._options import by_name as by_name
from lexmill._pairs import Pairs
from lexmill._reading import Reading
from lexmill._result import Frozen, Result, amount
from lexmill.matrix import DocumentTermMatrix, selection
from lexmill.tokens import Tokens, compiled

# A size beyond all that are allowed, which the core names.
_LARGE = 2**31


class Corpus(Reading, Pairs, Frozen):
    """Texts held with their columns of integers: read once, asked often.

    Every verb answers from the columns without reading the texts again, and every answer can point to
    the characters it came from. A pickle holds the texts, their labels and the options; the texts are
    read again when it is loaded, which takes as long as the first time.

    Parameters
    ----------
    texts : column of str, table, or mapping from ids to texts
        A list, a pandas or polars Series, an Arrow array, any iterable of `str` and None; or a table
        with such a column, named by `text`. None, NaN and null are missing documents: they keep their
        row everywhere. The texts are borrowed, not copied, where their owner allows it.
    ids : sequence, optional
        A name for each document, shown as `doc_id` beside `doc`.
    meta : mapping, table or list of column names, optional
        What is known of the documents, for `by=`: columns by name, or names of columns where `texts`
        is a table. The values of a column are all str, all numbers, all dates (kept as ISO texts) or
        all bool; None, NaN and null are missing.
    tokens : Tokens, optional
        What counts as a word. Default: UAX #29 words in lower case.
    language : str, default "en"
        The language whose abbreviations and syllables are known, as a code such as "en" or "de".
    threads : int, optional
        Default: all cores. Results are the same for any number.
    progress : callable, optional
        Called with the documents done and the documents in all.
    text, id : str, optional
        The columns of texts and of ids, where `texts` is a table.
    abbreviations : iterable of str, optional
        Further abbreviations after which no sentence ends.
    repair_breaks : bool, default False
        Join sentences that a blank line cuts, as page breaks do.
    line_breaks : {"auto", "space", "end"}, default "auto"
        What a line break within a paragraph means. auto: a space, unless the line was plainly ended on
        purpose (list items, headings, short lines); space: always a space; end: always the end of a
        sentence.

    Raises
    ------
    TypeError
        If `texts` is one str, bytes, a set or holds something that is neither str nor None; the
        message names the document.
    ValueError
        If an option is unknown, a text holds a lone surrogate, or ids or metadata do not fit.
    ColumnError
        If a table lacks a named column.

    Examples
    --------
    >>> import lexmill as lm
    >>> corpus = lm.Corpus(["One. Two.", None, "Three."], ids=["a", "b", "c"])
    >>> corpus
    Corpus(3 documents, 3 sentences, 3 tokens, 3 types)
    >>> corpus.text(1) is None
    True
    """

    __slots__ = ("_core", "_options", "_threads", "_tokens")
    _made: ClassVar[Any] = _core.Corpus

    def __init__(
        self,
        texts: Any,
        ids: Any = None,
        meta: Any = None,
        tokens: Tokens | None = None,
        language: str = "en",
        threads: int | None = None,
        progress: Callable[[int, int], object] | None = None,
        *,
        text: str | None = None,
        id: str | None = None,
        abbreviations: Iterable[str] = (),
        repair_breaks: bool = False,
        line_breaks: Literal["auto", "space", "end"] = "auto",
    ) -> None:
        # How texts are read: corpora are alike only if all of it is.
        self._options: dict[str, Any] = {
            "language": _check.text("language", language),
            "abbreviations": tuple(sorted(set(_check.texts("abbreviations", abbreviations)))),
            "repair_breaks": _check.flag("repair_breaks", repair_breaks),
            "line_breaks": _check.text("line_breaks", line_breaks),
        }
        self._threads = _check.threads(threads)
        _check.progress(progress)
        options = compiled(tokens)
        given = documents(texts, ids, meta, text, id)
        self._core: _core.Corpus = self._made(
            given.texts,
            ids=given.ids,
            meta=given.meta,
            tokens=options,
            **self._options,
            threads=self._threads,
            progress=progress,
        )
        self._tokens = tokens or Tokens()

    @classmethod
    def _wrap(cls, core: _core.Corpus, like: Corpus) -> Corpus:
        corpus = cls.__new__(cls)
        corpus._core, corpus._tokens, corpus._options = core, like._tokens, like._options
        corpus._threads = like._threads
        return corpus

    def __reduce__(self) -> tuple[Any, ...]:
        options = {**self._options, "tokens": self._tokens, "threads": self._threads}
        return _restore, (list(self), self._core.meta(), self._core.has_ids, options)

    def __len__(self) -> int:
        return len(self._core)

    def __repr__(self) -> str:
        sizes = (
            (len(self), "document"),
            (self.n_sentences, "sentence"),
            (self.n_tokens, "token"),
            (self.n_types, "type"),
        )
        return f"Corpus({', '.join(amount(n, one) for n, one in sizes)})"

    @property
    def token_options(self) -> Tokens:
        """What counts as a word: the `tokens` that the corpus was built with."""
        return self._tokens

    @property
    def n_tokens(self) -> int:
        """Counted tokens."""
        return self._core.n_tokens

    @property
    def n_types(self) -> int:
        """Distinct terms."""
        return self._core.n_types

    @property
    def n_sentences(self) -> int:
        """Sentences."""
        return self._core.n_sentences

    @property
    def meta(self) -> Result:
        """The metadata, one row a document, with `doc_id` first where ids were given."""
        return Result(self._core.meta(), {"verb": "meta"})

    def text(self, doc: SupportsIndex) -> str | None:
        """The text of a document, None where it is missing.

        Raises
        ------
        IndexError
            If there is no such document.
        """
        return self._core.text(_check.position("document", doc, len(self), "filter(mask)", "a corpus of "))

    def __getitem__(self, docs: SupportsIndex | slice) -> Corpus:
        """The document or documents as a corpus of its own."""
        if isinstance(docs, slice):
            return self._select(list(range(*docs.indices(len(self)))))
        return self._select([_check.position("document", docs, len(self), "filter(mask)", "a corpus of ")])

    def __iter__(self) -> Iterator[str | None]:
        """The texts, in order."""
        return (self._core.text(doc) for doc in range(len(self)))

    def _select(self, docs: list[int]) -> Corpus:
        return self._wrap(self._core.select(docs), self)

    def filter(self, mask: Iterable[bool] | None = None, /, **conditions: Any) -> Corpus:
        """The documents that meet all conditions.

        Parameters
        ----------
        mask : iterable of bool, optional
            One value for each document.
        **conditions
            A column of the metadata by its name, or `doc_id`, for one value or a list of values; `min_X=`
            and `max_X=` for a column X.

        Raises
        ------
        ColumnError
            If there is no such column.
        ValueError
            Unless the mask has one value for each document.
        TypeError
            If a value is of another kind than its column, or one of the mask is neither true nor false: None,
            NaN, a text, a number but 0 and 1.

        Examples
        --------
        >>> import lexmill as lm
        >>> corpus = lm.Corpus(["One.", "Two.", "Three."], meta={"year": [2022, 2023, 2024]})
        >>> list(corpus.filter(min_year=2023)), list(corpus.filter(year=[2022, 2024]))
        (['Two.', 'Three.'], ['One.', 'Three.'])
        """
        keep = [True] * len(self) if mask is None else _check.mask("mask", mask, len(self))
        if conditions:
            meta = self._core.meta()
            keep = met(conditions, meta.columns, meta.column, keep)
        return self._select([doc for doc, wanted in enumerate(keep) if wanted])

    def __add__(self, other: Corpus) -> Corpus:
        """These documents followed by those; both must have been built with the same options."""
        if not isinstance(other, Corpus):
            return NotImplemented
        if self._tokens != other._tokens or self._options != other._options:
            raise ValueError(
                f"the two corpora were read differently ({self._tokens}, {self._options} and "
                f"{other._tokens}, {other._options}); build both with the same options"
            )
        return self._wrap(self._core.chain(other._core), self)

    def _question(self, verb: str, **options: Any) -> dict[str, Any]:
        made = {"verb": verb, **options, "tokens": self._tokens, "documents": len(self)}
        return {**made, **{k: v for k, v in self._options.items() if v != READING[k]}}

    def _groups(self, by: Any) -> Any:
        """What `by=` means in every verb: a column, values, or slices of time."""
        groups = _dates.sliced(self._core, by)
        if isinstance(groups, str):
            columns = self._core.meta().columns
            if groups == "doc_id" and self._core.has_ids:
                raise ColumnError(
                    'by="doc_id": ids are no metadata; for a group a document pass them as '
                    'by=corpus.meta.column("doc_id")'
                )
            names = [name for name in columns if name != "doc_id"]
            # The core tells what to do where there is no metadata at all.
            if _check.text("by", groups) not in columns and names:
                raise no_column("by", groups, names, "corpus")
        return groups

    def frequencies(
        self,
        *,
        by: Any = None,
        ngrams: int | tuple[int, int] = 1,
        min_count: int = 1,
        ties: Literal["min", "max", "dense", "first"] = "min",
    ) -> Result:
        """How often each term occurs; see `word_frequencies` for parameters and columns."""
        min_count, by = _check.whole("min_count", min_count), self._groups(by)
        table = self._core.frequencies(ngram_sizes(ngrams), by, min_count, _check.text("ties", ties))
        asked = {"ngrams": ngrams, "by": by_name(by), "min_count": min_count, "ties": ties}
        return Result(table, self._question("frequencies", **asked))

    def dtm(
        self,
        *,
        ngrams: int | tuple[int, int] = 1,
        min_df: float = 1,
        max_df: float = 1.0,
        max_features: int | None = None,
        vocabulary: Sequence[str] | None = None,
        weight: Literal["count", "boolean"] = "count",
    ) -> DocumentTermMatrix:
        """Documents by terms, for scikit-learn and its kin.

        Parameters
        ----------
        ngrams : int or (int, int), default 1
            As in `word_frequencies`.
        min_df, max_df : int or float, default 1 and 1.0
            Keep terms in at least and at most so many documents; a float is a share of all rows.
        max_features : int, optional
            Keep the most frequent so many; ties in the order of their characters.
        vocabulary : sequence of str, optional
            Count these terms and no others, in this order; spelled as `Tokens` has them counted.
        weight : {"count", "boolean"}, default "count"
            Occurrences, or 1 where a term occurs.

        Returns
        -------
        DocumentTermMatrix
            With `matrix` (a scipy CSR array, needs `lexmill[scipy]`), `terms` and `doc_ids`. Columns are
            in the order of their characters; a missing document is an empty row.

        Raises
        ------
        ValueError
            If no term fits, or one of the vocabulary can never be counted ("Running", where words are
            lower-cased); the message says how it is counted.

        Examples
        --------
        >>> import lexmill as lm
        >>> lm.Corpus(["a b", "b c"]).dtm(min_df=2).terms
        ['b']
        """
        chosen = selection(min_df, max_df, max_features, vocabulary, weight, len(self))
        parts = self._core.dtm(ngram_sizes(ngrams), *chosen)
        asked = {
            "ngrams": ngrams,
            "min_df": min_df,
            "max_df": max_df,
            "max_features": max_features,
            "weight": weight,
        }
        meta = self._core.meta()
        ids = meta.column("doc_id") if self._core.has_ids else None
        return DocumentTermMatrix(parts, ids, self._question("dtm", **asked))

    def mentions(self, entities: Any, *, by: Any = None) -> Result:
        """Where each name stands.

        Parameters
        ----------
        entities : Gazetteer, or mapping, list or table that makes one; or spans
            The names to look for; or what another tool found, a row a span: `doc` (the position of the
            document) or `doc_id`, `start` and `end` (characters of its string), `id` or `label` (the
            entity; else the span's own text), `type`, and `text`, which is then compared. Where all
            labels are types of taggers (PER, ORG, GPE, ...), they are taken as `type`. As a table of any
            library, a list of dicts, spaCy documents (one for each document, also from `nlp.pipe`) or
            the output of a Hugging Face pipeline (a list for each document, of whole names).
        by : metadata column or sequence, optional
            Adds the group of each mention as the first column, as in `word_frequencies`.

        Returns
        -------
        Result
            One row a mention, in the order of the texts: `doc`, `doc_id` where ids were given,
            `sentence` (counted within the document), `start` and `end` (positions in its string),
            `entity` (the canonical name), `text` (as it stands there, without a possessive ending),
            `alias` (the entry of the gazetteer that matched), `type`.

        Raises
        ------
        ValueError
            If a span lies outside of its text or is not what it says; the message names both.

        Examples
        --------
        >>> import lexmill as lm
        >>> spans = [{"doc": 0, "start": 4, "end": 7, "label": "Ada Lovelace", "type": "PER"}]
        >>> lm.Corpus(["Did Ada write?"]).mentions(spans)[0]["entity"]
        'Ada Lovelace'
        """
        from lexmill._spans import names_of

        return self._mentions(names_of(self, entities), by)

    def _mentions(self, names: _core.Gazetteer | _core.Spans, by: Any) -> Result:
        by = self._groups(by)
        table = self._labelled(by, lambda: self._core.mentions(names))
        return Result(table, self._question("mentions", entities=len(names), by=by_name(by)))


class Unread(Corpus):
    """The texts of a call that does not keep them: read only as far as its one question needs."""

    __slots__ = ()
    _made = _core.Unread


def asked(texts: Any, text: Any, id: Any, *, by: Any = None, **options: Any) -> tuple[Corpus, Any]:
    """The corpus that a call asks, and its groups `by`: `texts` if it is one, or the texts unread."""
    if isinstance(texts, Corpus):
        refuse_fixed(text=text, id=id, **options)
        return texts, by
    given = documents(texts, None, None, text, id, by=by)
    return Unread(given.texts, given.ids, dict(given.meta), **options), given.by


def ngram_sizes(ngrams: int | tuple[int, int]) -> tuple[int, int]:
    """The smallest and the largest size."""
    given = ngrams if isinstance(ngrams, (tuple, list)) else (ngrams, ngrams)
    wanted = f"ngrams={ngrams!r:.60}: give a size such as 2, or (smallest, largest)"
    if len(given) != 2 or any(isinstance(n, bool) or not hasattr(n, "__index__") for n in given):
        raise TypeError(wanted)
    low, high = (operator.index(n) for n in given)
    if not 0 <= low <= _LARGE or not 0 <= high <= _LARGE:
        raise ValueError(wanted)
    return low, high


def _restore(texts: list[str | None], labels: _core.Table, has_ids: bool, options: dict[str, Any]) -> Corpus:
    """The corpus that `__reduce__` wrote; the types of ids and metadata are those of the table."""
    frame = _core.Frame(labels)
    meta = {name: frame[name] for name in labels.columns}
    ids = meta.pop("doc_id") if has_ids else None
    return Corpus(texts, ids, meta, **options)
