//! Texts that are read only as far as one question needs, and not kept.

use std::sync::Arc;

use pyo3::prelude::*;

use super::corpus::{labels, levels, meta, readability_by};
use super::gazetteer::PyGazetteer;
use super::network::{PyNetwork, PyShown};
use super::options::{self, PyTokens};
use super::run::{Call, run};
use super::table::PyTable;
use super::{columns, texts};
use crate::corpus::Corpus;
use crate::entities::{Names, reading};
use crate::verbs::cooccurrences::Network;
use crate::verbs::{readability, sentences};

/// The texts of one call, with their labels.
#[pyclass(name = "Unread", module = "lexmill._core", frozen)]
pub(super) struct PyUnread {
    corpus: Corpus,
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
    bytes: u64,
}

impl PyUnread {
    fn call(&self, py: Python<'_>) -> Call {
        let progress = self.progress.as_ref().map(|progress| progress.clone_ref(py));
        Call { threads: self.threads, progress, docs: self.corpus.texts().len(), bytes: self.bytes }
    }
}

#[pymethods]
impl PyUnread {
    #[new]
    #[pyo3(signature = (texts, *, ids, meta, tokens, language, abbreviations, repair_breaks, line_breaks, threads, progress))]
    #[expect(clippy::too_many_arguments, reason = "one keyword an option")]
    fn new(
        texts: &Bound<'_, PyAny>,
        ids: Option<&Bound<'_, PyAny>>,
        meta: Vec<(String, Bound<'_, PyAny>)>,
        tokens: &PyTokens,
        language: &str,
        abbreviations: Vec<String>,
        repair_breaks: bool,
        line_breaks: &str,
        threads: Option<usize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Self> {
        let reader = options::reader(tokens, language, abbreviations, repair_breaks, line_breaks)?;
        let (texts, labels) = (texts::read("texts", texts)?, columns::labels(ids, meta)?);
        let bytes = texts.sizes().iter().sum();
        Ok(Self { corpus: Corpus::unread(texts, reader)?.with_labels(labels)?, threads, progress, bytes })
    }

    fn __len__(&self) -> usize {
        self.corpus.texts().len()
    }

    /// The metadata.
    fn meta(&self) -> PyTable {
        meta(&self.corpus)
    }

    /// The group of each document, as every table calls it.
    fn labels(&self, by: &Bound<'_, PyAny>) -> PyResult<PyTable> {
        labels(&self.corpus, by)
    }

    /// One row a sentence, with the counts and the scores `measures`.
    #[pyo3(signature = (measures, counts, text, rule, entities, word_lists))]
    #[expect(clippy::too_many_arguments, reason = "one keyword an option")]
    fn sentences(
        &self,
        py: Python<'_>,
        measures: Vec<String>,
        counts: bool,
        text: bool,
        rule: bool,
        entities: Option<&PyGazetteer>,
        word_lists: Vec<(String, Vec<String>)>,
    ) -> PyResult<PyTable> {
        let lists = options::word_lists(word_lists)?;
        let shown = sentences::Shown { counts, text, rule, entities: entities.map(|g| &*g.0), lists };
        let table = run(py, &self.call(py), |job| sentences::table(&self.corpus, &measures, &shown, job))?;
        Ok(PyTable(table))
    }

    /// Scores by document, paragraph, sentence or group, with the counts behind them.
    #[pyo3(signature = (measures, by, counts, band, word_lists))]
    fn readability(
        &self,
        py: Python<'_>,
        measures: Vec<String>,
        by: &Bound<'_, PyAny>,
        counts: bool,
        band: bool,
        word_lists: Vec<(String, Vec<String>)>,
    ) -> PyResult<PyTable> {
        let shown = readability::Shown { counts, band, lists: options::word_lists(word_lists)? };
        let by = readability_by(&self.corpus, by)?;
        let call = self.call(py);
        let table = run(py, &call, |job| readability::table(&self.corpus, &measures, &by, &shown, job))?;
        Ok(PyTable(table))
    }

    /// Where each name stands.
    fn mentions(&self, py: Python<'_>, names: &PyGazetteer) -> PyResult<PyTable> {
        let names = Arc::clone(&names.0);
        let table = run(py, &self.call(py), |job| {
            let (corpus, mentions) = reading::read(&self.corpus, &names, job)?;
            crate::verbs::mentions::table(&corpus, &Names::Gazetteer(names), &mentions)
        })?;
        Ok(PyTable(table))
    }

    /// The pairs of names in units of each kind: a name, with the size of a window.
    #[pyo3(signature = (names, within, cross_sentences, count, ordered, by, evidence, max_pairs, shown))]
    #[expect(clippy::too_many_arguments, reason = "one keyword an option")]
    fn cooccurrences(
        &self,
        py: Python<'_>,
        names: &PyGazetteer,
        within: Vec<(String, Option<u32>)>,
        cross_sentences: bool,
        count: &str,
        ordered: bool,
        by: Option<&Bound<'_, PyAny>>,
        evidence: usize,
        max_pairs: usize,
        shown: &PyShown,
    ) -> PyResult<PyNetwork> {
        let levels = levels(&within, cross_sentences, count, ordered, evidence, max_pairs, shown)?;
        let (groups, by) = options::groups(&self.corpus, by)?;
        let names = Arc::clone(&names.0);
        let network = run(py, &self.call(py), |job| {
            Network::of_unread(&self.corpus, names, groups, &by, &levels, job)
        })?;
        Ok(PyNetwork { network, threads: self.threads, bytes: self.bytes })
    }
}
