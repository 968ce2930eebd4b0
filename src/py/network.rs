//! Entities that occur together.

use pyo3::prelude::*;

use super::run::{Call, run};
use super::table::PyTable;
use crate::verbs::cooccurrences::{Network, Shown};

/// Counted pairs with the texts behind them; `lexmill.Network` is its public face.
#[pyclass(name = "Network", module = "lexmill._core", frozen)]
pub(super) struct PyNetwork {
    pub(super) network: Network,
    pub(super) bytes: u64,
}

#[pymethods]
impl PyNetwork {
    /// One row a pair.
    fn table(
        &self,
        py: Python<'_>,
        measures: Vec<String>,
        contingency: bool,
        min_count: u64,
    ) -> PyResult<PyTable> {
        let shown = Shown::new(&measures, contingency, min_count)?;
        Ok(PyTable(run(py, &Call::quiet(self.bytes), |_| self.network.table(&shown))?))
    }

    /// One row an entity.
    fn nodes(&self, py: Python<'_>) -> PyResult<PyTable> {
        Ok(PyTable(run(py, &Call::quiet(self.bytes), |_| self.network.nodes())?))
    }

    /// One row a mention.
    fn mentions(&self, py: Python<'_>) -> PyResult<PyTable> {
        Ok(PyTable(run(py, &Call::quiet(self.bytes), |_| self.network.mentions())?))
    }

    /// The places kept for every pair that occurs together `min_count` times, or all places of one.
    #[pyo3(signature = (pair, min_count))]
    fn evidence(&self, py: Python<'_>, pair: Option<(String, String)>, min_count: u64) -> PyResult<PyTable> {
        let table = run(py, &Call::quiet(self.bytes), |job| match &pair {
            None => self.network.evidence(min_count),
            Some((a, b)) => self.network.evidence_of(a, b, job),
        })?;
        Ok(PyTable(table))
    }

    /// Units in each group.
    #[getter]
    fn n_units(&self) -> Vec<u64> {
        self.network.n_units()
    }
}
