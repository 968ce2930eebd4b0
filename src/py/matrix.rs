//! Documents by terms.

use pyo3::prelude::*;

use super::buffer::{Numbers, PyBuffer};
use super::options::{self, PyTokens};
use super::run::{Call, run};
use super::table::PyTable;
use super::texts;
use crate::counts::matrix::{self, Matrix, Selection};
use crate::table::{Column, Table};

/// indptr, indices, counts, and the terms as a table.
pub(super) type Parts = (PyBuffer, PyBuffer, PyBuffer, PyTable);

/// A matrix handed over.
pub(super) fn parts(m: Matrix) -> Parts {
    (
        PyBuffer::new(Numbers::Int64(m.indptr)),
        PyBuffer::new(Numbers::Int32(m.indices)),
        PyBuffer::new(Numbers::Int64(m.data)),
        PyTable(Table::new().with("term", Column::Text(m.terms))),
    )
}

/// The matrix of texts that are not kept.
#[pyfunction]
#[pyo3(signature = (texts, tokens, ngrams, min_docs, max_docs, max_terms, vocabulary, boolean, threads, progress))]
#[expect(clippy::too_many_arguments, reason = "one keyword an option")]
pub(super) fn document_term_matrix(
    py: Python<'_>,
    texts: &Bound<'_, PyAny>,
    tokens: &PyTokens,
    ngrams: (usize, usize),
    min_docs: u64,
    max_docs: Option<u64>,
    max_terms: Option<usize>,
    vocabulary: Option<Vec<String>>,
    boolean: bool,
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
) -> PyResult<Parts> {
    let sizes = options::sizes(ngrams.0, ngrams.1)?;
    if let Some(terms) = &vocabulary {
        tokens.0.check_terms("vocabulary", terms, &sizes)?;
    }
    let selection = Selection { min_docs, max_docs, max_terms, vocabulary };
    let texts = texts::read("texts", texts)?;
    let bytes = texts.sizes().iter().sum();
    let call = Call { threads, progress, docs: texts.len(), bytes };
    Ok(parts(run(py, &call, |job| matrix::of_texts(&texts, &tokens.0, sizes, &selection, boolean, job))?))
}
