//! A table of any Arrow library, column by column: one stream gives texts, ids and metadata.

use arrow_array::ArrayRef;
use arrow_array::cast::AsArray;
use arrow_schema::{DataType, Field};
use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::prelude::*;

use super::arrow;
use super::texts::type_name;

/// One column of a [`Frame`].
#[pyclass(name = "ArrowColumn", module = "lexmill._core", frozen)]
pub(super) struct PyColumn(pub(super) Vec<ArrayRef>);

/// The columns behind `__arrow_c_stream__` or `__arrow_c_array__`.
#[pyclass(name = "Frame", module = "lexmill._core", frozen)]
pub(super) struct PyFrame {
    field: Field,
    chunks: Vec<ArrayRef>,
}

#[pymethods]
impl PyFrame {
    #[new]
    fn new(source: &Bound<'_, PyAny>) -> PyResult<Self> {
        let kind = || PyTypeError::new_err(format!("{} is no table of Arrow columns", type_name(source)));
        let (field, chunks) = arrow::import(source)?.ok_or_else(kind)?;
        if let DataType::Struct(_) = field.data_type() { Ok(Self { field, chunks }) } else { Err(kind()) }
    }

    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        match self.field.data_type() {
            DataType::Struct(fields) => fields.iter().map(|f| f.name().as_str()).collect(),
            _ => Vec::new(),
        }
    }

    fn __getitem__(&self, name: &str) -> PyResult<PyColumn> {
        let missing = || PyKeyError::new_err(name.to_owned());
        let at = self.columns().iter().position(|n| *n == name).ok_or_else(missing)?;
        let column = |chunk: &ArrayRef| chunk.as_struct().column(at).clone();
        Ok(PyColumn(self.chunks.iter().map(column).collect()))
    }
}

/// Whether an object is a table: Arrow columns with names, asked for without reading them.
#[pyfunction]
pub(super) fn is_table(source: &Bound<'_, PyAny>) -> PyResult<bool> {
    if !source.hasattr("__arrow_c_stream__")? && !source.hasattr("__arrow_c_array__")? {
        return Ok(false);
    }
    // A schema capsule tells without consuming a stream; not every library offers it.
    if source.hasattr("__arrow_c_schema__")? {
        return Ok(matches!(arrow::schema(source)?.data_type(), DataType::Struct(_)));
    }
    // Tables name their columns, arrays and series do not.
    Ok(["column_names", "columns", "schema"].into_iter().any(|name| source.hasattr(name).unwrap_or(false)))
}

/// The candidate that is closest to what was typed, None if none is close.
#[pyfunction]
pub(super) fn nearest(value: &str, candidates: Vec<String>) -> Option<String> {
    let candidates: Vec<&str> = candidates.iter().map(String::as_str).collect();
    crate::error::nearest(value, &candidates).map(str::to_owned)
}
