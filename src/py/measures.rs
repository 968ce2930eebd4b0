//! The tables of measures, and scores from counts that the caller has.

use pyo3::prelude::*;

use super::table::PyTable;
use crate::error::Error;
use crate::measure::{self, Measure};
use crate::stats::association::ASSOCIATION;
use crate::stats::contingency::Contingency;
use crate::stats::readability::{Profile, READABILITY, needs};
use crate::table::{Column, Table};

/// One row a measure: family, name, formula, source, range, undefined.
#[pyfunction]
#[pyo3(signature = (kind = None))]
pub(super) fn measures(kind: Option<&str>) -> PyResult<PyTable> {
    fn rows<I>(family: &'static str, table: &'static [Measure<I>]) -> Vec<[&'static str; 6]> {
        table.iter().map(|m| [family, m.name, m.formula, m.source, m.range, m.undefined]).collect()
    }
    let all = [rows("association", ASSOCIATION), rows("readability", READABILITY)].concat();
    let families = ["association", "readability"];
    if let Some(kind) = kind.filter(|k| !families.contains(k)) {
        return Err(Error::choice("kind", kind, &families).into());
    }
    let shown: Vec<_> = all.into_iter().filter(|r| kind.is_none_or(|k| r[0] == k)).collect();
    let names = ["family", "name", "formula", "source", "range", "undefined"];
    let column = |i: usize| Column::texts(shown.iter().map(|r| r[i]));
    Ok(PyTable(names.iter().enumerate().fold(Table::new(), |t, (i, name)| t.with(name, column(i)))))
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
    Ok(measure::select(ASSOCIATION, "measures", &measures)?.into_iter().map(|m| (m.name, m.of(&table))).collect())
}

/// Readability scores from counts; a count that a formula needs and that is not given is an error.
#[pyfunction]
pub(super) fn readability_from_counts(
    counts: Vec<(String, u64)>,
    measures: Vec<String>,
) -> PyResult<Vec<(&'static str, f64)>> {
    let given: Vec<(&str, u64)> = counts.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    let profile = Profile::from_counts(&given)?;
    let selected = measure::select(READABILITY, "measures", &measures)?;
    for m in &selected {
        let missing: Vec<&str> =
            needs(m).into_iter().filter(|need| !given.iter().any(|(name, _)| name == need)).collect();
        if !missing.is_empty() {
            return Err(Error::value(format!("{} needs the counts {}", m.name, missing.join(", "))).into());
        }
    }
    Ok(selected.into_iter().map(|m| (m.name, m.of(&profile))).collect())
}
