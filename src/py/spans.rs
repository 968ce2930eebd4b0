//! Mentions that another tool found.

use std::sync::Arc;

use pyo3::prelude::*;

use super::gazetteer::PyGazetteer;
use crate::entities::{Names, Span, Spans, TermNames};

/// Spans checked against the texts of a corpus.
#[pyclass(name = "Spans", module = "lexmill._core", frozen)]
pub(super) struct PySpans(pub(super) Arc<Spans>);

#[pymethods]
impl PySpans {
    /// The number of entities.
    fn __len__(&self) -> usize {
        self.0.len()
    }
}

/// Counted words of a corpus, alone or beside names.
#[pyclass(name = "Terms", module = "lexmill._core", frozen)]
pub(super) struct PyTerms(pub(super) Arc<TermNames>);

#[pymethods]
impl PyTerms {
    /// The number of entities: of names and of terms.
    fn __len__(&self) -> usize {
        self.0.entities().len()
    }
}

/// doc, start, end, entity, type, text.
pub(super) type SpanRow = (usize, usize, usize, Option<String>, Option<String>, Option<String>);

pub(super) fn span((doc, start, end, entity, kind, text): SpanRow) -> Span {
    Span { doc, start, end, entity, kind, text }
}

/// A gazetteer, or spans or terms of the same corpus.
#[derive(FromPyObject)]
pub(super) enum PyNames<'py> {
    Gazetteer(Bound<'py, PyGazetteer>),
    Spans(Bound<'py, PySpans>),
    Terms(Bound<'py, PyTerms>),
}

impl PyNames<'_> {
    pub(super) fn names(&self) -> Names {
        match self {
            Self::Gazetteer(g) => Names::Gazetteer(Arc::clone(&g.get().0)),
            Self::Spans(s) => Names::Spans(Arc::clone(&s.get().0)),
            Self::Terms(t) => Names::Terms(Arc::clone(&t.get().0)),
        }
    }
}
