//! Any text column to borrowed texts, in one place and without a copy of the text.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type};
use arrow_array::{Array, ArrayRef, StringViewArray};
use arrow_schema::{DataType, Field};
use pyo3::exceptions::{PyTypeError, PyUnicodeEncodeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBytes, PyDict, PyFrozenSet, PyMapping, PySet, PyString};
use std::sync::Arc;

use super::arrow;
use super::frame::PyColumn;
use crate::corpus::{Source, Texts};

/// The texts in `object`; `argument` is what an error names.
pub(super) fn read(argument: &str, object: &Bound<'_, PyAny>) -> PyResult<Texts> {
    if let Ok(column) = object.cast::<PyColumn>() {
        return Ok(Texts::new(self::column(argument, column.get().0.clone())?));
    }
    if let Some(kind) = misfit(object)? {
        let problem = match kind {
            Misfit::Str => "not a column of texts; wrap it in a list",
            Misfit::Bytes => "decode it and wrap it in a list",
            Misfit::Set => "whose order is not defined; pass sorted(...) or a list",
            Misfit::Mapping => "pass its values, and its keys as ids=",
            Misfit::Path => "read it with lexmill.read(path)",
        };
        let joint = if matches!(kind, Misfit::Str | Misfit::Set) { "," } else { ";" };
        return Err(PyTypeError::new_err(format!("{argument} is {}{joint} {problem}", kind.name())));
    }
    match arrow::import_column(object)? {
        Some((field, chunks)) => from_arrow(argument, &field, chunks),
        None => iterate(argument, object),
    }
}

/// Things that can be iterated over but are no columns.
#[derive(Clone, Copy)]
pub(super) enum Misfit {
    Str,
    Bytes,
    Set,
    Mapping,
    Path,
}

impl Misfit {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Str => "one str",
            Self::Bytes => "bytes",
            Self::Set => "a set",
            Self::Mapping => "a mapping",
            Self::Path => "a path",
        }
    }
}

/// What `object` is, if it is no column of any kind.
pub(super) fn misfit(object: &Bound<'_, PyAny>) -> PyResult<Option<Misfit>> {
    Ok(if object.is_instance_of::<PyString>() {
        Some(Misfit::Str)
    } else if object.is_instance_of::<PyBytes>() || object.hasattr("decode")? {
        Some(Misfit::Bytes)
    } else if object.is_instance_of::<PySet>() || object.is_instance_of::<PyFrozenSet>() {
        Some(Misfit::Set)
    } else if object.is_instance_of::<PyDict>() || object.cast::<PyMapping>().is_ok() {
        Some(Misfit::Mapping)
    } else if object.hasattr("__fspath__")? {
        Some(Misfit::Path)
    } else {
        None
    })
}

/// Python strings, borrowed.
struct Strings(Vec<Option<PyBackedStr>>);

impl Source for Strings {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn get(&self, row: usize) -> Option<&str> {
        self.0[row].as_deref()
    }
}

fn iterate(argument: &str, object: &Bound<'_, PyAny>) -> PyResult<Texts> {
    let py = object.py();
    let items = object.try_iter().map_err(|_| {
        let kind = type_name(object);
        PyTypeError::new_err(format!(
            "{argument} is {kind}; expected a list, a Series, an Arrow array or another column of str and None"
        ))
    })?;
    let mut texts = Vec::with_capacity(object.len().unwrap_or(0));
    for (i, item) in items.enumerate() {
        if i % 4096 == 0 {
            py.check_signals()?;
        }
        texts.push(text(argument, i, &item?)?);
    }
    Ok(Texts::new(Strings(texts)))
}

/// Item `i` of a column: a text, or `None` where it is None, NaN, NaT or pandas' NA.
fn text(argument: &str, i: usize, item: &Bound<'_, PyAny>) -> PyResult<Option<PyBackedStr>> {
    if item.is_none() {
        return Ok(None);
    }
    if let Ok(string) = item.cast::<PyString>() {
        return string.extract::<PyBackedStr>().map(Some).map_err(|e| surrogate(argument, i, e, item.py()));
    }
    if is_missing(item) {
        return Ok(None);
    }
    let kind = type_name(item);
    let hint = if item.is_instance_of::<PyBytes>() {
        "decode it first, e.g. raw.decode(\"utf-8\")"
    } else if item.is_instance_of::<PyDict>() {
        "select the text field first"
    } else {
        "convert it with str(...), or put None where a text is missing"
    };
    Err(PyTypeError::new_err(format!("{argument}[{i}] is {kind}, expected str or None; {hint}")))
}

/// NaN, NaT, pandas' NA and polars' null in any dress.
pub(super) fn is_missing(item: &Bound<'_, PyAny>) -> bool {
    item.is_none()
        || item.extract::<f64>().is_ok_and(f64::is_nan)
        || matches!(type_name(item).as_str(), "NAType" | "NaTType")
}

pub(super) fn type_name(object: &Bound<'_, PyAny>) -> String {
    object.get_type().name().map_or_else(|_| "an object".to_owned(), |n| n.to_string())
}

pub(super) fn surrogate(argument: &str, i: usize, e: PyErr, py: Python<'_>) -> PyErr {
    if !e.is_instance_of::<PyUnicodeEncodeError>(py) {
        return e;
    }
    let place = e.value(py).getattr("start").and_then(|s| s.extract::<usize>());
    let place = place.map_or(String::new(), |p| format!(" at character {p}"));
    PyValueError::new_err(format!(
        "{argument}[{i}] has a lone surrogate{place}, which is no text; replace it with \
         text.encode(\"utf-16\", \"surrogatepass\").decode(\"utf-16\", \"replace\")"
    ))
}

/// Arrow arrays, borrowed.
struct Chunks {
    chunks: Vec<ArrayRef>,
    /// The row with which each chunk starts.
    starts: Vec<usize>,
    len: usize,
}

impl Source for Chunks {
    fn len(&self) -> usize {
        self.len
    }

    fn get(&self, row: usize) -> Option<&str> {
        let chunk = match self.starts.as_slice() {
            [_] => 0,
            starts => starts.partition_point(|&s| s <= row) - 1,
        };
        let (array, row) = (&self.chunks[chunk], row - self.starts[chunk]);
        if array.is_null(row) {
            return None;
        }
        match array.data_type() {
            DataType::Utf8 => Some(array.as_string::<i32>().value(row)),
            DataType::LargeUtf8 => Some(array.as_string::<i64>().value(row)),
            DataType::Utf8View => Some(array.as_string_view().value(row)),
            _ => None,
        }
    }
}

fn from_arrow(argument: &str, field: &Field, chunks: Vec<ArrayRef>) -> PyResult<Texts> {
    if let DataType::Struct(fields) = field.data_type() {
        let names: Vec<&str> = fields.iter().map(|f| f.name().as_str()).collect();
        return Err(PyTypeError::new_err(format!(
            "{argument} is a table with the columns {}; name the one with the texts: text=\"...\"",
            names.join(", ")
        )));
    }
    Ok(Texts::new(column(argument, chunks)?))
}

fn column(argument: &str, chunks: Vec<ArrayRef>) -> PyResult<Chunks> {
    let chunks = chunks.iter().map(|a| plain(argument, a)).collect::<PyResult<Vec<_>>>()?;
    let mut starts = Vec::with_capacity(chunks.len());
    let mut len = 0;
    for chunk in &chunks {
        starts.push(len);
        len += chunk.len();
    }
    Ok(Chunks { chunks, starts, len })
}

/// An array of one of the three string layouts.
fn plain(argument: &str, array: &ArrayRef) -> PyResult<ArrayRef> {
    match array.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
            arrow::validate(array)?;
            Ok(Arc::clone(array))
        }
        DataType::Null => Ok(Arc::new(StringViewArray::new_null(array.len()))),
        // A list of NaN and None, which pandas holds as numbers.
        DataType::Float32 if array.as_primitive::<Float32Type>().iter().flatten().all(f32::is_nan) => {
            Ok(Arc::new(StringViewArray::new_null(array.len())))
        }
        DataType::Float64 if array.as_primitive::<Float64Type>().iter().flatten().all(f64::is_nan) => {
            Ok(Arc::new(StringViewArray::new_null(array.len())))
        }
        DataType::Dictionary(..) => {
            let dictionary = array.as_any_dictionary();
            arrow::validate(array)?;
            let values = column(argument, vec![Arc::clone(dictionary.values())])?;
            if values.len == 0 {
                return Ok(Arc::new(StringViewArray::new_null(array.len())));
            }
            let keys = dictionary.normalized_keys();
            let text = |row: usize| if array.is_null(row) { None } else { values.get(keys[row]) };
            Ok(Arc::new(StringViewArray::from_iter((0..array.len()).map(text))))
        }
        other => Err(PyTypeError::new_err(format!(
            "{argument} is an Arrow column of type {other}, expected texts (string, large_string, string_view \
             or a dictionary of them); cast it first"
        ))),
    }
}
