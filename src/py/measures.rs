//! The tables of measures, and scores from counts that the caller has.

use pyo3::prelude::*;

use super::table::PyTable;
use crate::error::Error;
use crate::measure;
use crate::stats;
use crate::stats::association::ASSOCIATION;
use crate::stats::contingency::Contingency;
use crate::stats::readability::{READABILITY, scores_from_counts};
use crate::table::{Column, Table};

/// One row a measure: family, name, formula, source, range, undefined.
#[pyfunction]
#[pyo3(signature = (kind = None))]
pub(super) fn measures(kind: Option<&str>) -> PyResult<PyTable> {
    let families = stats::families();
    let names: Vec<&str> = families.iter().map(|f| f.name).collect();
    if let Some(kind) = kind.filter(|k| !names.contains(k)) {
        return Err(Error::choice("kind", kind, &names).into());
    }
    let shown = families.iter().filter(|f| kind.is_none_or(|k| f.name == k));
    let rows: Vec<_> = shown.flat_map(|f| f.rows.iter().map(|r| (f.name, r))).collect();
    let table = Table::new()
        .with("family", Column::texts(rows.iter().map(|r| r.0)))
        .with("name", Column::texts(rows.iter().map(|r| r.1.name)))
        .with("formula", Column::texts(rows.iter().map(|r| r.1.formula)))
        .with("source", Column::texts(rows.iter().map(|r| r.1.source)))
        .with("range", Column::texts(rows.iter().map(|r| r.1.range)))
        .with("undefined", Column::texts(rows.iter().map(|r| r.1.undefined)));
    Ok(PyTable(table))
}

/// Measures of association of one 2x2 table, given by its counts.
#[pyfunction]
pub(super) fn association_from_counts(
    joint: u64,
    first: u64,
    second: u64,
    n: u64,
    measures: Vec<String>,
) -> PyResult<Vec<(&'static str, f64)>> {
    let table = Contingency::from_counts(joint, first, second, n)?;
    Ok(measure::select(ASSOCIATION, "measures", &measures)?
        .into_iter()
        .map(|m| (m.name, m.of(&table)))
        .collect())
}

/// Readability scores from counts; a count that a formula needs and that is not given is an error.
#[pyfunction]
pub(super) fn readability_from_counts(
    counts: Vec<(String, u64)>,
    measures: Vec<String>,
) -> PyResult<Vec<(&'static str, f64)>> {
    let given: Vec<(&str, u64)> = counts.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    let selected = measure::select(READABILITY, "measures", &measures)?;
    let scores = scores_from_counts(&selected, &given)?;
    Ok(selected.iter().map(|m| m.name).zip(scores).collect())
}
