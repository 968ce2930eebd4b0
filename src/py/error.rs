//! Our errors as Python's.

use pyo3::exceptions::{PyIndexError, PyMemoryError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::error::{Error, Kind};

impl From<Error> for PyErr {
    fn from(e: Error) -> Self {
        let message = e.message().to_owned();
        match e.kind() {
            Kind::Type => PyTypeError::new_err(message),
            Kind::Value => PyValueError::new_err(message),
            Kind::Index => PyIndexError::new_err(message),
            Kind::Limit => PyMemoryError::new_err(message),
            Kind::Column => ours("ColumnError", message),
            Kind::Key => ours("EntityError", message),
            Kind::Interrupted => PyRuntimeError::new_err(message),
            Kind::Internal => ours("InternalError", message),
        }
    }
}

/// An exception of the package's own, defined in Python where its documentation stands.
fn ours(class: &str, message: String) -> PyErr {
    Python::attach(|py| {
        let class = py.import("lexmill._errors").and_then(|m| m.getattr(class));
        match class.and_then(|c| c.call1((message.clone(),))) {
            Ok(e) => PyErr::from_value(e),
            Err(_) => PyRuntimeError::new_err(message),
        }
    })
}
