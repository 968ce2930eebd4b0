//! Mentions that another tool found.

use std::sync::Arc;

use pyo3::prelude::*;

use super::gazetteer::PyGazetteer;
use crate::entities::{Names, Span, Spans};

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

/// doc, start, end, entity, type, text.
pub(super) type SpanRow = (usize, usize, usize, Option<String>, Option<String>, Option<String>);

pub(super) fn span((doc, start, end, entity, kind, text): SpanRow) -> Span {
    Span { doc, start, end, entity, kind, text }
}

/// A gazetteer, or spans of the same corpus.
#[derive(FromPyObject)]
pub(super) enum PyNames<'py> {
    Gazetteer(Bound<'py, PyGazetteer>),
    Spans(Bound<'py, PySpans>),
}

impl PyNames<'_> {
    pub(super) fn names(&self) -> Names {
        match self {
            Self::Gazetteer(g) => Names::Gazetteer(Arc::clone(&g.get().0)),
            Self::Spans(s) => Names::Spans(Arc::clone(&s.get().0)),
        }
    }
}
