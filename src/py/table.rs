//! What every verb returns.

use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyCapsule, PyDict, PyList, PyTuple};

use super::{arrow, columns};
use crate::error::Error;
use crate::table::{Column, Strings, Table};

/// A table of the core; `lexmill.Result` is its public face.
#[pyclass(name = "Table", module = "lexmill._core", frozen)]
pub(super) struct PyTable(pub(super) Table);

/// The value of `column` in `row`; None where it is missing or undefined.
fn value<'py>(py: Python<'py>, column: &Column, row: usize) -> PyResult<Bound<'py, PyAny>> {
    match column {
        Column::Text(v) => Ok(v.get(row).into_pyobject(py)?),
        Column::Int(v, valid) => {
            Ok(valid.as_ref().is_none_or(|f| f[row]).then(|| v[row]).into_pyobject(py)?)
        }
        Column::Float(v) => Ok((!v[row].is_nan()).then(|| v[row]).into_pyobject(py)?),
        Column::Bool(v) => Ok(v[row].into_pyobject(py)?.to_owned().into_any()),
    }
}

/// The column of type `kind` with these values.
fn column_of(kind: &str, values: &Bound<'_, PyAny>) -> PyResult<Column> {
    match kind {
        "text" => {
            let mut out = Strings::default();
            values.extract::<Vec<Option<PyBackedStr>>>()?.iter().for_each(|v| out.push_option(v.as_deref()));
            Ok(Column::Text(out))
        }
        "int" => Ok(Column::optional_ints(values.extract::<Vec<Option<i64>>>()?)?),
        "float" => {
            let values = values.extract::<Vec<Option<f64>>>()?;
            Ok(Column::Float(values.into_iter().map(|v| v.unwrap_or(f64::NAN)).collect()))
        }
        "bool" => Ok(Column::Bool(values.extract()?)),
        _ => Err(Error::choice("kind", kind, &["text", "int", "float", "bool"]).into()),
    }
}

#[pymethods]
impl PyTable {
    /// A table of columns by name, of the types that their values have.
    #[staticmethod]
    fn of(columns: Vec<(String, Bound<'_, PyAny>)>) -> PyResult<Self> {
        let mut out = Table::new();
        for (name, values) in columns {
            let column = columns::read(&name, &values)?;
            if out.columns().first().is_some_and(|(_, first)| first.len() != column.len()) {
                return Err(PyValueError::new_err(format!("column {name:?} has {} rows", column.len())));
            }
            out = out.with(&name, column);
        }
        Ok(Self(out))
    }

    /// The columns named first in `columns`, under the names that stand second.
    fn select(&self, columns: Vec<(String, String)>) -> PyResult<Self> {
        let mut out = Table::new();
        for (name, new) in columns {
            out = out.with(&new, self.0.column(&name)?.clone());
        }
        Ok(Self(out))
    }

    /// The columns of this table followed by those of `other`, which has as many rows.
    fn join(&self, other: &Self) -> PyResult<Self> {
        if self.0.len() != other.0.len() {
            return Err(PyValueError::new_err(format!("{} rows and {} rows", self.0.len(), other.0.len())));
        }
        Ok(Self(self.0.clone().join(other.0.clone())))
    }

    /// The table of `columns`: name, type and values of each.
    #[new]
    fn new(columns: Vec<(String, String, Bound<'_, PyAny>)>) -> PyResult<Self> {
        let mut table = Table::new();
        for (name, kind, values) in columns {
            let column = column_of(&kind, &values)?;
            if table.columns().first().is_some_and(|(_, c)| c.len() != column.len()) {
                return Err(PyValueError::new_err(format!(
                    "{name}: {} values in {} rows",
                    column.len(),
                    table.len()
                )));
            }
            table = table.with(&name, column);
        }
        Ok(Self(table))
    }

    /// How a table travels: as its columns.
    #[pyo3(signature = () -> "tuple[Any, ...]")]
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let py = slf.py();
        let table = slf.get();
        let columns = PyList::empty(py);
        for ((name, column), kind) in table.0.columns().iter().zip(table.types()) {
            let values = (0..column.len()).map(|row| value(py, column, row)).collect::<PyResult<Vec<_>>>()?;
            columns.append((name, kind, values))?;
        }
        (slf.get_type(), (columns,)).into_pyobject(py)
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.0.columns().iter().map(|(n, _)| n.as_str()).collect()
    }

    /// The type of each column: text, int, float or bool.
    #[getter]
    fn types(&self) -> Vec<&'static str> {
        let kind = |c: &Column| match c {
            Column::Text(_) => "text",
            Column::Int(..) => "int",
            Column::Float(_) => "float",
            Column::Bool(_) => "bool",
        };
        self.0.columns().iter().map(|(_, c)| kind(c)).collect()
    }

    /// The values of one column.
    #[pyo3(signature = (name) -> "list[Any]")]
    fn column<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        let column = self.0.column(name)?;
        let values = (0..column.len()).map(|row| value(py, column, row));
        PyList::new(py, values.collect::<PyResult<Vec<_>>>()?)
    }

    /// The rows from `start` to `stop`, each a dict.
    #[pyo3(signature = (start, stop) -> "list[dict[str, Any]]")]
    fn rows<'py>(&self, py: Python<'py>, start: usize, stop: usize) -> PyResult<Bound<'py, PyList>> {
        if start > stop || stop > self.0.len() {
            return Err(PyIndexError::new_err(format!("rows {start}:{stop} of {}", self.0.len())));
        }
        let rows = PyList::empty(py);
        for row in start..stop {
            let out = PyDict::new(py);
            for (name, column) in self.0.columns() {
                out.set_item(name, value(py, column, row)?)?;
            }
            rows.append(out)?;
        }
        Ok(rows)
    }

    /// The rows at `positions`, in that order, as a table.
    fn take(&self, positions: Vec<usize>) -> PyResult<Self> {
        if let Some(bad) = positions.iter().find(|&&p| p >= self.0.len()) {
            return Err(PyIndexError::new_err(format!("row {bad} of {}", self.0.len())));
        }
        Ok(Self(self.0.take(&positions.into_iter().map(Some).collect::<Vec<_>>())))
    }

    // The type of a capsule has a name from Python 3.13 on only.
    #[pyo3(signature = (requested_schema: "object | None" = None) -> "object")]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The protocol lets a producer ignore the wish; consumers cast.
        let _ = requested_schema;
        arrow::export(py, arrow::batch(self.0.clone())?)
    }
}
