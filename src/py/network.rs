//! Entities that occur together.

use pyo3::prelude::*;

use super::run::{Call, run};
use super::table::PyTable;
use crate::measure;
use crate::stats::inference::TESTS;
use crate::stats::networks::{BACKBONE, Share};
use crate::verbs::cooccurrences::{Certainty, Differing, Network, Shown};

/// Counted pairs with the texts behind them; `lexmill.Network` is its public face.
#[pyclass(name = "Network", module = "lexmill._core", frozen)]
pub(super) struct PyNetwork {
    pub(super) network: Network,
    pub(super) threads: Option<usize>,
    pub(super) bytes: u64,
}

impl PyNetwork {
    fn call(&self) -> Call {
        Call { threads: self.threads, ..Call::quiet(self.bytes) }
    }
}

/// What is shown of pairs: measures, and on request cells, p- and q-values, intervals, permutations (number, seed).
#[pyclass(name = "Shown", module = "lexmill._core", frozen)]
pub(super) struct PyShown(pub(super) Shown);

#[pymethods]
impl PyShown {
    #[new]
    #[pyo3(signature = (measures, contingency, test, adjust, confidence, permutations))]
    fn new(
        measures: Vec<String>,
        contingency: bool,
        test: Option<String>,
        adjust: Option<String>,
        confidence: Option<f64>,
        permutations: Option<(u64, u64)>,
    ) -> PyResult<Self> {
        let certainty = Certainty { test, adjust, confidence, permutations };
        Ok(Self(Shown::new(&measures, contingency, &certainty)?))
    }
}

/// What is shown of the differences between two groups: of a log odds ratio, with adjusted p-values and intervals.
#[pyclass(name = "Differing", module = "lexmill._core", frozen)]
pub(super) struct PyDiffering(Differing);

#[pymethods]
impl PyDiffering {
    #[new]
    #[pyo3(signature = (measure, adjust, confidence))]
    fn new(measure: &str, adjust: &str, confidence: f64) -> PyResult<Self> {
        Ok(Self(Differing::new(measure, adjust, confidence)?))
    }
}

#[pymethods]
impl PyNetwork {
    /// One row a pair, with what is shown of it.
    fn table(&self, py: Python<'_>, shown: &PyShown, min_count: f64) -> PyResult<PyTable> {
        // Permutations take long however short the texts are.
        let bytes = if shown.0.permutes() { u64::MAX } else { self.bytes };
        let call = Call { bytes, ..self.call() };
        Ok(PyTable(run(py, &call, |job| self.network.table(&shown.0, min_count, job))?))
    }

    /// One row an entity.
    fn nodes(&self, py: Python<'_>, level: usize) -> PyResult<PyTable> {
        Ok(PyTable(run(py, &self.call(), |_| self.network.nodes(level))?))
    }

    /// One row a mention.
    fn mentions(&self, py: Python<'_>) -> PyResult<PyTable> {
        Ok(PyTable(run(py, &self.call(), |_| self.network.mentions())?))
    }

    /// The integers behind weighted counts.
    fn parts(&self, py: Python<'_>) -> PyResult<PyTable> {
        Ok(PyTable(run(py, &self.call(), |_| self.network.parts())?))
    }

    /// The places kept for each of the pairs in its group, as far as they occur together `min_count` times.
    fn evidence(
        &self,
        py: Python<'_>,
        pairs: Vec<(String, String, Option<String>)>,
        level: usize,
        min_count: f64,
    ) -> PyResult<PyTable> {
        Ok(PyTable(run(py, &self.call(), |_| self.network.evidence(level, min_count, &pairs))?))
    }

    /// Every place of one pair in some of the groups.
    fn evidence_of(
        &self,
        py: Python<'_>,
        source: &str,
        target: &str,
        groups: Vec<Option<String>>,
        level: usize,
    ) -> PyResult<PyTable> {
        let ask = |job: &_| self.network.evidence_of(level, source, target, &groups, job);
        Ok(PyTable(run(py, &self.call(), ask)?))
    }

    /// How pairs rise and fall; a time for each group, NaN for one to be left out.
    fn trends(
        &self,
        py: Python<'_>,
        level: usize,
        times: Vec<f64>,
        min_count: u64,
        adjust: &str,
    ) -> PyResult<PyTable> {
        Ok(PyTable(run(py, &self.call(), |_| self.network.trends(level, &times, min_count, adjust))?))
    }

    /// Which pairs differ between two groups.
    #[pyo3(signature = (level, a, b, min_count, shown))]
    fn compare(
        &self,
        py: Python<'_>,
        level: usize,
        a: Option<&str>,
        b: Option<&str>,
        min_count: u64,
        shown: &PyShown,
    ) -> PyResult<PyTable> {
        Ok(PyTable(run(py, &self.call(), |_| self.network.compare(level, a, b, min_count, &shown.0))?))
    }

    /// Which associations differ between two groups.
    #[pyo3(signature = (level, a, b, min_count, differing))]
    fn differences(
        &self,
        py: Python<'_>,
        level: usize,
        a: Option<&str>,
        b: Option<&str>,
        min_count: u64,
        differing: &PyDiffering,
    ) -> PyResult<PyTable> {
        let ask = |_: &_| self.network.differences(level, (a, b), min_count, &differing.0);
        Ok(PyTable(run(py, &self.call(), ask)?))
    }

    /// The canonical name of an entity or alias.
    fn canonical(&self, argument: &str, name: &str) -> PyResult<&str> {
        Ok(self.network.canonical(argument, name)?)
    }

    /// The number of entities that were looked for or given.
    fn __len__(&self) -> usize {
        self.network.n_entities()
    }

    /// Units in each group.
    #[getter]
    fn n_units(&self) -> Vec<u64> {
        self.network.n_units()
    }

    /// The names of the groups.
    #[getter]
    fn groups(&self) -> Vec<Option<&str>> {
        self.network.group_names()
    }

    /// The names of the units in which pairs were counted.
    #[getter]
    fn levels(&self) -> Vec<String> {
        self.network.level_names()
    }
}

/// The chance of each edge's share of its node, from (weight, strength, degree).
#[pyfunction]
pub(super) fn disparity(edges: Vec<(f64, f64, u64)>) -> PyResult<Vec<f64>> {
    let measure = measure::select(BACKBONE, "measure", &["disparity"])?[0];
    let of = |(weight, strength, degree)| measure.of(&Share { weight, strength, degree });
    Ok(edges.into_iter().map(of).collect())
}

/// The measures of association that are tests.
#[pyfunction]
pub(super) fn tests() -> Vec<&'static str> {
    TESTS.iter().map(|t| t.measure).collect()
}
