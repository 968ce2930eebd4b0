"""Documents by terms."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from lexmill._optional import optional
from lexmill._result import Frozen

if TYPE_CHECKING:
    import scipy.sparse as sp

    from lexmill import _core


class DocumentTermMatrix(Frozen):
    """Documents by terms: one row a document, one column a term, counts where they are not zero.

    Attributes
    ----------
    terms : list of str
        What the columns are, in order.
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
        """What the columns are, in order."""
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
        return f"DocumentTermMatrix({docs:,} documents, {terms:,} terms, {len(self._data):,} counts)"
