"""Documents by terms."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from lexmill import _check, _core
from lexmill._input import documents, refuse_fixed
from lexmill._optional import optional
from lexmill._result import Frozen, amount
from lexmill.tokens import Tokens, compiled

if TYPE_CHECKING:
    import scipy.sparse as sp


class DocumentTermMatrix(Frozen):
    """Documents by terms: one row a document, one column a term, counts where they are not zero.

    Attributes
    ----------
    terms : list of str
        What the columns are, in order; a new list each time.
    doc_ids : list or None
        The ids of the rows, where the corpus has them.
    shape : (int, int)
        Documents and terms.
    question : mapping
        What was asked, with every option.

    Examples
    --------
    >>> import lexmill as lm
    >>> dtm = lm.Corpus(["a b b", None, "b c"]).dtm()
    >>> dtm
    DocumentTermMatrix(3 documents, 3 terms, 4 counts)
    >>> dtm.terms
    ['a', 'b', 'c']
    >>> dtm.matrix.toarray().tolist()
    [[1, 2, 0], [0, 0, 0], [0, 1, 1]]
    """

    __slots__ = ("_data", "_indices", "_indptr", "_matrix", "_question", "_terms", "doc_ids")

    def __init__(
        self,
        parts: tuple[_core.Buffer, _core.Buffer, _core.Buffer, _core.Table],
        doc_ids: list[Any] | None,
        question: Mapping[str, Any],
    ) -> None:
        self._indptr, self._indices, self._data, self._terms = parts
        self.doc_ids = doc_ids
        self._question = dict(question)
        self._matrix: Any = None

    def __reduce__(self) -> tuple[Any, ...]:
        parts = (self._indptr, self._indices, self._data, self._terms)
        return type(self), (parts, self.doc_ids, self._question)

    @property
    def terms(self) -> list[str]:
        """What the columns are, in order; a new list each time."""
        return self._terms.column("term")

    @property
    def shape(self) -> tuple[int, int]:
        """Documents and terms."""
        return len(self._indptr) - 1, len(self._terms)

    @property
    def question(self) -> Mapping[str, Any]:
        """What was asked, with every option."""
        return MappingProxyType(self._question)

    @property
    def matrix(self) -> sp.csr_array:
        """The counts as `scipy.sparse.csr_array`, over memory that is shared, not copied."""
        if self._matrix is None:
            sparse = optional("scipy.sparse", "scipy")
            numpy = optional("numpy", "scipy")
            arrays = (
                numpy.frombuffer(b, dtype=b.dtype) if len(b) else numpy.empty(0, dtype=b.dtype)
                for b in (self._data, self._indices, self._indptr)
            )
            self._matrix = sparse.csr_array(tuple(arrays), shape=self.shape, copy=False)
            # Columns ascend within a row and none stands twice: scipy need not look.
            self._matrix.has_sorted_indices = self._matrix.has_canonical_format = True
        return self._matrix

    def __repr__(self) -> str:
        docs, terms = self.shape
        counts = amount(len(self._data), "count")
        return f"DocumentTermMatrix({amount(docs, 'document')}, {amount(terms, 'term')}, {counts})"


def document_term_matrix(
    texts: Any,
    *,
    tokens: Tokens | None = None,
    ngrams: int | tuple[int, int] = 1,
    min_df: float = 1,
    max_df: float = 1.0,
    max_features: int | None = None,
    vocabulary: Sequence[str] | None = None,
    weight: Literal["count", "boolean"] = "count",
    text: str | None = None,
    id: str | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> DocumentTermMatrix:
    """Documents by terms, without keeping the texts: the short way to `Corpus.dtm`.

    Parameters
    ----------
    texts : column of str, table or Corpus
        As in `word_frequencies`; a corpus has its own tokens and ids.
    tokens : Tokens, optional
        What counts as a word. `hyphens="keep"` needs a `Corpus`.
    ngrams, min_df, max_df, max_features, vocabulary, weight
        As in `Corpus.dtm`.
    text, id : str, optional
        The columns of texts and of ids, where `texts` is a table.
    threads, progress
        As in `word_frequencies`.

    Returns
    -------
    DocumentTermMatrix
        With `matrix` (a scipy CSR array, needs `lexmill[scipy]`), `terms` and `doc_ids`.

    Examples
    --------
    >>> import lexmill as lm
    >>> dtm = lm.document_term_matrix(["a b b", None, "b c"], ngrams=(1, 2), min_df=2)
    >>> dtm.shape, dtm.terms
    ((3, 1), ['b'])
    """
    from lexmill.corpus import Corpus, ngram_sizes

    if isinstance(texts, Corpus):
        refuse_fixed(tokens=tokens, text=text, id=id, threads=threads, progress=progress)
        return texts.dtm(
            ngrams=ngrams,
            min_df=min_df,
            max_df=max_df,
            max_features=max_features,
            vocabulary=vocabulary,
            weight=weight,
        )
    options, threads = compiled(tokens), _check.threads(threads)
    _check.progress(progress)
    given = documents(texts, None, None, text, id)
    column = given.texts if hasattr(given.texts, "__len__") else list(given.texts)
    chosen = selection(min_df, max_df, max_features, vocabulary, weight, len(column))
    sizes = ngram_sizes(ngrams)
    parts = _core.document_term_matrix(column, options, sizes, *chosen, threads, progress)
    asked = {"ngrams": ngrams, "min_df": min_df, "max_df": max_df, "max_features": max_features}
    question = {"verb": "document_term_matrix", **asked, "weight": weight, "tokens": tokens or Tokens()}
    ids = None if given.ids is None else list(given.ids)
    return DocumentTermMatrix(parts, ids, question)


def selection(
    min_df: float,
    max_df: float,
    max_features: int | None,
    vocabulary: Sequence[str] | None,
    weight: str,
    n_documents: int,
) -> tuple[int, int, int | None, list[str] | None, bool]:
    """What the core takes: least and most documents, most terms, the vocabulary, whether 1 is the count."""
    if _check.text("weight", weight) not in ("count", "boolean"):
        raise ValueError(f"weight={weight!r} is unknown. Allowed: count, boolean.")
    if max_features is not None:
        max_features = _check.whole("max_features", max_features, 0, ", or None for all")
    least = math.ceil(_documents("min_df", min_df, n_documents))
    most = math.floor(_documents("max_df", max_df, n_documents))
    if vocabulary is None and least > most and n_documents:
        raise ValueError(
            f"min_df={min_df!r} is {least} documents and max_df={max_df!r} is {most}: no term fits"
        )
    words = None if vocabulary is None else _check.texts("vocabulary", vocabulary)
    return least, most, max_features, words, weight == "boolean"


def _documents(argument: str, value: float, documents: int) -> float:
    """A number of documents, given as such or as a share."""
    wanted = ", or a share of documents from 0.0 to 1.0"
    if isinstance(value, bool) or hasattr(value, "__index__"):
        return _check.whole(argument, value, otherwise=wanted)
    share = _check.real(argument, value, f"a number of documents{wanted}")
    if not 0 <= share <= 1:
        raise ValueError(f"{argument}={value!r}: a float is a share of documents, from 0.0 to 1.0")
    # Shares such as 0.7 are not exact: 0.7 of 10 documents are 7.
    return round(share * documents, 9)
