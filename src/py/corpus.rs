//! Texts held with their columns, and the short way to a frequency list.

use std::sync::Arc;

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;

use super::gazetteer::{self, EntityRow, PyGazetteer};
use super::network::{PyNetwork, PyShown};
use super::options::{self, PyTokens};
use super::run::{Call, run};
use super::spans::{self, PyNames, PySpans, PyTerms, SpanRow};
use super::table::PyTable;
use super::{columns, texts};
use crate::corpus::{self, Corpus, Labels, Tokens};
use crate::counts::matrix::{Selection, matrix};
use crate::counts::pairs::Options;
use crate::counts::units::{Unit, Weight};
use crate::entities::terms::{Choice, TermNames};
use crate::entities::{self, discover};
use crate::error::Error;
use crate::table::Table;
use crate::text::sentences::Splitter;
use crate::verbs;
use crate::verbs::cooccurrences::Network;
use crate::verbs::frequencies::{self, Ties};
use crate::verbs::readability::{self, By, Shown};

/// A corpus of the core; `lexmill.Corpus` is its public face.
#[pyclass(name = "Corpus", module = "lexmill._core", frozen)]
pub(super) struct PyCorpus {
    corpus: Corpus,
    threads: Option<usize>,
    bytes: u64,
}

impl PyCorpus {
    fn wrap(corpus: Corpus, threads: Option<usize>) -> Self {
        let bytes = corpus.texts().sizes().iter().sum();
        Self { corpus, threads, bytes }
    }

    fn call(&self, progress: Option<Py<PyAny>>) -> Call {
        Call { threads: self.threads, progress, docs: self.corpus.texts().len(), bytes: self.bytes }
    }

    fn check(&self, doc: usize) -> PyResult<()> {
        let n = self.corpus.texts().len();
        if doc < n {
            return Ok(());
        }
        Err(PyIndexError::new_err(format!("document {doc} of a corpus of {n}")))
    }
}

#[pymethods]
impl PyCorpus {
    #[new]
    #[pyo3(signature = (texts, *, ids, meta, tokens, language, abbreviations, repair_breaks, line_breaks, threads, progress))]
    #[expect(clippy::too_many_arguments, reason = "one keyword an option")]
    fn new(
        py: Python<'_>,
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
        let call = Call { threads, progress, docs: texts.len(), bytes };
        let corpus = run(py, &call, |job| corpus::build(texts, reader, job)?.with_labels(labels))?;
        Ok(Self { corpus, threads, bytes })
    }

    fn __len__(&self) -> usize {
        self.corpus.texts().len()
    }

    /// The text of document `doc`, None where missing.
    fn text(&self, doc: usize) -> PyResult<Option<&str>> {
        self.check(doc)?;
        Ok(self.corpus.texts().get(doc))
    }

    /// The number of counted tokens.
    #[getter]
    fn n_tokens(&self, py: Python<'_>) -> usize {
        py.detach(|| self.corpus.n_tokens())
    }

    /// The number of distinct terms.
    #[getter]
    fn n_types(&self, py: Python<'_>) -> usize {
        py.detach(|| self.corpus.n_types())
    }

    /// The number of sentences.
    #[getter]
    fn n_sentences(&self) -> usize {
        self.corpus.columns().n_sentences()
    }

    /// Bytes of text and bytes of columns held beside them.
    #[getter]
    fn n_bytes(&self) -> (u64, usize) {
        (self.bytes, self.corpus.columns().bytes())
    }

    /// The metadata, with the ids as column `doc_id` where they were given.
    fn meta(&self) -> PyTable {
        meta(&self.corpus)
    }

    /// Whether the documents have ids.
    #[getter]
    fn has_ids(&self) -> bool {
        self.corpus.labels().ids.is_some()
    }

    /// The documents `docs` alone.
    fn select(&self, py: Python<'_>, docs: Vec<usize>) -> PyResult<Self> {
        docs.iter().try_for_each(|&doc| self.check(doc))?;
        let corpus = run(py, &self.call(None), |_| self.corpus.select(&docs))?;
        Ok(Self::wrap(corpus, self.threads))
    }

    /// These documents followed by those of `other`.
    fn chain(&self, py: Python<'_>, other: &Self) -> PyResult<Self> {
        let corpus = run(py, &self.call(None), |_| self.corpus.chain(&other.corpus))?;
        Ok(Self::wrap(corpus, self.threads))
    }

    /// The group of each document, as every table calls it.
    fn labels(&self, by: &Bound<'_, PyAny>) -> PyResult<PyTable> {
        labels(&self.corpus, by)
    }

    /// The frequency list.
    #[pyo3(signature = (ngrams, by, min_count, ties))]
    fn frequencies(
        &self,
        py: Python<'_>,
        ngrams: (usize, usize),
        by: Option<&Bound<'_, PyAny>>,
        min_count: u64,
        ties: &str,
    ) -> PyResult<PyTable> {
        let sizes = options::sizes(ngrams.0, ngrams.1)?;
        let shown = frequencies::Options { min_count, ties: Ties::parse(ties)? };
        let (groups, by) = options::groups(&self.corpus, by)?;
        let table = run(py, &self.call(None), |job| {
            frequencies::of_corpus(&self.corpus, sizes, &groups, &by, shown, job)
        })?;
        Ok(PyTable(table))
    }

    /// Documents by terms: indptr, indices, counts, and the terms as a table.
    #[pyo3(signature = (ngrams, min_docs, max_docs, max_terms, vocabulary, boolean))]
    #[expect(clippy::too_many_arguments, reason = "one keyword an option")]
    fn dtm(
        &self,
        py: Python<'_>,
        ngrams: (usize, usize),
        min_docs: u64,
        max_docs: Option<u64>,
        max_terms: Option<usize>,
        vocabulary: Option<Vec<String>>,
        boolean: bool,
    ) -> PyResult<super::matrix::Parts> {
        let sizes = options::sizes(ngrams.0, ngrams.1)?;
        if let Some(terms) = &vocabulary {
            self.corpus.reader().tokens.check_terms("vocabulary", terms, &sizes)?;
        }
        let selection = Selection { min_docs, max_docs, max_terms, vocabulary };
        let call = self.call(None);
        Ok(super::matrix::parts(run(py, &call, |job| matrix(&self.corpus, sizes, &selection, boolean, job))?))
    }

    /// The names in the texts: one row an alias with the rule that linked it, and the entities as
    /// `Gazetteer` takes them.
    #[pyo3(signature = (min_count, demonyms, titles, progress))]
    fn discover(
        &self,
        py: Python<'_>,
        min_count: u64,
        demonyms: bool,
        titles: bool,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<(PyTable, Vec<EntityRow>)> {
        let options = discover::Options { min_count, demonyms };
        let (table, entities) = run(py, &self.call(progress), |job| {
            let found = discover::discover(&self.corpus, &options, job)?;
            Ok((verbs::discover::table(&self.corpus, &found)?, found.to_entities(titles)))
        })?;
        Ok((PyTable(table), entities.into_iter().map(gazetteer::row).collect()))
    }

    /// Spans of another tool, checked against the texts: (doc, start, end, entity, type, text).
    fn spans(&self, py: Python<'_>, rows: Vec<SpanRow>) -> PyResult<PySpans> {
        let spans: Vec<_> = rows.into_iter().map(spans::span).collect();
        let checked = run(py, &self.call(None), |_| entities::Spans::new(&self.corpus, &spans))?;
        Ok(PySpans(Arc::new(checked)))
    }

    /// Counted words in the place of names, alone or beside `names`: the most frequent, or `words`.
    #[pyo3(signature = (names, most, words, min_count, stop_words, stop_language))]
    #[expect(clippy::too_many_arguments, reason = "one keyword an option")]
    fn terms(
        &self,
        py: Python<'_>,
        names: Option<PyNames<'_>>,
        most: Option<usize>,
        words: Option<Vec<String>>,
        min_count: u64,
        stop_words: Vec<String>,
        stop_language: Option<&str>,
    ) -> PyResult<PyTerms> {
        let mut stop_words = stop_words;
        if let Some(language) = stop_language {
            stop_words = Tokens::nltk_stop_words(language)?.iter().map(|&w| w.to_owned()).collect();
        }
        let names = names.map(|n| n.names());
        let choice = Choice { most, words, min_count, stop_words };
        let terms = run(py, &self.call(None), |job| TermNames::new(&self.corpus, names, &choice, job))?;
        Ok(PyTerms(Arc::new(terms)))
    }

    /// Where each name stands.
    fn mentions(&self, py: Python<'_>, names: PyNames<'_>) -> PyResult<PyTable> {
        let names = names.names();
        let table = run(py, &self.call(None), |job| {
            let mentions = names.mentions(&self.corpus, job)?;
            verbs::mentions::table(&self.corpus, &names, &mentions)
        })?;
        Ok(PyTable(table))
    }

    /// The pairs of names in units of each kind: a name, with the size of a window.
    #[pyo3(signature = (names, within, cross_sentences, count, ordered, by, evidence, max_pairs, shown))]
    #[expect(clippy::too_many_arguments, reason = "one keyword an option")]
    fn cooccurrences(
        &self,
        py: Python<'_>,
        names: PyNames<'_>,
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
        let names = names.names();
        let network = run(py, &self.call(None), |job| {
            Network::new(self.corpus.clone(), names, groups, &by, &levels, job)
        })?;
        Ok(PyNetwork { network, threads: self.threads, bytes: self.bytes })
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
        let shown = verbs::sentences::Shown { counts, text, rule, entities: entities.map(|g| &*g.0), lists };
        let call = self.call(None);
        let table = run(py, &call, |job| verbs::sentences::table(&self.corpus, &measures, &shown, job))?;
        Ok(PyTable(table))
    }

    /// One row a paragraph, with the counts and the scores `measures`.
    fn paragraphs(
        &self,
        py: Python<'_>,
        measures: Vec<String>,
        text: bool,
        word_lists: Vec<(String, Vec<String>)>,
    ) -> PyResult<PyTable> {
        let lists = options::word_lists(word_lists)?;
        let table = run(py, &self.call(None), |job| {
            verbs::paragraphs::table(&self.corpus, &measures, &lists, text, job)
        })?;
        Ok(PyTable(table))
    }

    /// One row a word.
    fn tokens(&self, py: Python<'_>) -> PyResult<PyTable> {
        let table = run(py, &self.call(None), |job| verbs::tokens::table(&self.corpus, job))?;
        Ok(PyTable(table))
    }

    /// One row a boundary or near miss.
    fn boundaries(&self, py: Python<'_>) -> PyResult<PyTable> {
        let table = run(py, &self.call(None), |job| verbs::boundaries::table(&self.corpus, job))?;
        Ok(PyTable(table))
    }

    /// Lengths and scores by group, with bootstrap intervals.
    #[pyo3(signature = (measures, by, word_lists, n_boot, level, seed))]
    #[expect(clippy::too_many_arguments, reason = "one keyword an option")]
    fn describe(
        &self,
        py: Python<'_>,
        measures: Vec<String>,
        by: Option<&Bound<'_, PyAny>>,
        word_lists: Vec<(String, Vec<String>)>,
        n_boot: usize,
        level: f64,
        seed: u64,
    ) -> PyResult<PyTable> {
        use crate::verbs::describe::{self, Bootstrap};
        let lists = options::word_lists(word_lists)?;
        let (groups, name) = options::groups(&self.corpus, by)?;
        let bootstrap = Bootstrap { replicates: n_boot, level, seed };
        // Short texts may be drawn many times: the door must know.
        let work = (self.corpus.texts().len() as u64 + 1).saturating_mul(n_boot as u64).saturating_mul(64);
        let call = Call { bytes: self.bytes.max(work), ..self.call(None) };
        let table = run(py, &call, |job| {
            describe::table(&self.corpus, &measures, &lists, (&groups, &name), bootstrap, job)
        })?;
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
        let shown = Shown { counts, band, lists: options::word_lists(word_lists)? };
        let by = readability_by(&self.corpus, by)?;
        let table =
            run(py, &self.call(None), |job| readability::table(&self.corpus, &measures, &by, &shown, job))?;
        Ok(PyTable(table))
    }
}

/// What is known of the documents, with the ids as column `doc_id` where they were given.
pub(super) fn meta(corpus: &Corpus) -> PyTable {
    let labels = corpus.labels();
    let ids = labels.ids.iter().fold(Table::new(), |t, c| t.with("doc_id", c.clone()));
    PyTable(ids.join(labels.meta.clone()))
}

/// The group of each document, as every table calls it.
pub(super) fn labels(corpus: &Corpus, by: &Bound<'_, PyAny>) -> PyResult<PyTable> {
    let (groups, by) = options::groups(corpus, Some(by))?;
    let of_doc: Vec<usize> = (0..corpus.texts().len()).map(|doc| groups.of(doc)).collect();
    Ok(PyTable(verbs::group_column(&groups, &by, &of_doc)))
}

/// What a row of readability is about.
pub(super) fn readability_by(corpus: &Corpus, by: &Bound<'_, PyAny>) -> PyResult<By> {
    Ok(match by.extract::<String>().ok().as_deref() {
        Some("document") => By::Document,
        Some("paragraph") => By::Paragraph,
        Some("sentence") => By::Sentence,
        Some(name) if corpus.labels().meta.column(name).is_err() => {
            let columns = corpus.labels().meta.columns().iter().map(|(name, _)| name.as_str());
            let allowed: Vec<&str> =
                ["document", "paragraph", "sentence"].into_iter().chain(columns).collect();
            return Err(Error::choice("by", name, &allowed).into());
        }
        _ => {
            let (groups, name) = options::groups(corpus, Some(by))?;
            By::Group(groups, name)
        }
    })
}

/// What is counted in units of each kind; what cannot be shown of that is told before the counting.
pub(super) fn levels(
    within: &[(String, Option<u32>)],
    cross_sentences: bool,
    count: &str,
    ordered: bool,
    evidence: usize,
    max_pairs: usize,
    shown: &PyShown,
) -> crate::Result<Vec<Options>> {
    let weight = Weight::parse(count)?;
    let level = |(name, size): &(String, Option<u32>)| {
        let within = Unit::new(name, *size, cross_sentences)?;
        Ok(Options { within, weight, ordered, evidence, max_pairs, split: None })
    };
    let levels: Vec<Options> = within.iter().map(level).collect::<crate::Result<_>>()?;
    shown.0.check(&levels)?;
    Ok(levels)
}

/// The frequency list of texts that are not kept, and their number.
#[pyfunction]
#[pyo3(signature = (texts, tokens, ngrams, min_count, ties, threads, progress))]
#[expect(clippy::too_many_arguments, reason = "one keyword an option")]
pub(super) fn word_frequencies(
    py: Python<'_>,
    texts: &Bound<'_, PyAny>,
    tokens: &PyTokens,
    ngrams: (usize, usize),
    min_count: u64,
    ties: &str,
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
) -> PyResult<(PyTable, usize)> {
    let sizes = options::sizes(ngrams.0, ngrams.1)?;
    let shown = frequencies::Options { min_count, ties: Ties::parse(ties)? };
    let texts = texts::read("texts", texts)?;
    let bytes = texts.sizes().iter().sum();
    let call = Call { threads, progress, docs: texts.len(), bytes };
    let table = run(py, &call, |job| frequencies::of_texts(&texts, &tokens.0, sizes, shown, job))?;
    Ok((PyTable(table), texts.len()))
}

/// The sentences of texts that are not kept, and the number of texts.
#[pyfunction]
#[pyo3(signature = (texts, *, ids, language, abbreviations, repair_breaks, line_breaks, text, rule, threads, progress))]
#[expect(clippy::too_many_arguments, reason = "one keyword an option")]
pub(super) fn sentences(
    py: Python<'_>,
    texts: &Bound<'_, PyAny>,
    ids: Option<&Bound<'_, PyAny>>,
    language: &str,
    abbreviations: Vec<String>,
    repair_breaks: bool,
    line_breaks: &str,
    text: bool,
    rule: bool,
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
) -> PyResult<(PyTable, usize)> {
    let options = options::sentences(language, abbreviations, repair_breaks, line_breaks)?;
    let splitter = Splitter::new(&options)?;
    let texts = texts::read("texts", texts)?;
    let labels = Labels { ids: ids.map(|i| columns::read("ids", i)).transpose()?, meta: Table::new() };
    labels.check(texts.len())?;
    let call = Call { threads, progress, docs: texts.len(), bytes: texts.sizes().iter().sum() };
    let table = run(py, &call, |job| {
        verbs::sentences::of_texts(&texts, labels.ids.as_ref(), &splitter, (text, rule), job)
    })?;
    Ok((PyTable(table), texts.len()))
}
