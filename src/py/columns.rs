//! Ids, metadata and groups: any column of plain values.

use std::fmt::Display;

use arrow_array::cast::AsArray;
use arrow_array::temporal_conversions as temporal;
use arrow_array::types::{
    Date32Type, Date64Type, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType};
use arrow_schema::{DataType, TimeUnit};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBool, PyFloat, PyInt, PyString};

use super::arrow;
use super::frame::PyColumn;
use super::texts::{is_missing, misfit, surrogate, type_name};
use crate::corpus::Labels;
use crate::table::{Column, Strings, Table};

/// The end of an instant that is the start of a day.
const MIDNIGHT: &str = "T00:00:00";
/// Integers up to here are exact among numbers.
const EXACT: i64 = 1 << 53;

/// The values in `object`, one a document; `argument` is what an error names. Dates become ISO texts.
pub(super) fn read(argument: &str, object: &Bound<'_, PyAny>) -> PyResult<Column> {
    if let Ok(column) = object.cast::<PyColumn>() {
        return from_arrow(argument, &column.get().0);
    }
    let remedy = "give a value for each document, in their order";
    if let Some(kind) = misfit(object)? {
        return Err(PyTypeError::new_err(format!("{argument} is {}; {remedy}", kind.name())));
    }
    if let Some((_, chunks)) = arrow::import_column(object)? {
        return from_arrow(argument, &chunks);
    }
    let items = object
        .try_iter()
        .map_err(|_| PyTypeError::new_err(format!("{argument} is {}; {remedy}", type_name(object))))?;
    from_values(argument, &items.collect::<PyResult<Vec<_>>>()?)
}

/// What the group is called whose documents have `value`, as [`read`] would read it; None if it is missing.
#[pyfunction]
pub(super) fn group_name(argument: &str, value: Bound<'_, PyAny>) -> PyResult<Option<String>> {
    Ok(from_values(argument, &[value])?.label(0))
}

/// What a value of Python is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Bool,
    Int,
    Float,
    Text,
    /// numpy's dates.
    Instant,
}

fn kind(item: &Bound<'_, PyAny>) -> PyResult<Option<Kind>> {
    Ok(if item.is_instance_of::<PyBool>() {
        Some(Kind::Bool)
    } else if item.is_instance_of::<PyString>() {
        Some(Kind::Text)
    } else if item.is_instance_of::<PyFloat>() {
        Some(Kind::Float)
    } else if type_name(item) == "datetime64" {
        Some(Kind::Instant)
    } else if item.is_instance_of::<PyInt>() || item.hasattr("__index__")? {
        Some(Kind::Int)
    } else if item.hasattr("isoformat")? {
        Some(Kind::Text)
    } else {
        None
    })
}

/// A scalar of numpy as a value of Python; others as they are.
fn plain<'py>(item: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let known = item.is_instance_of::<PyString>() || item.is_instance_of::<PyInt>();
    if known || type_name(item) == "datetime64" || !item.hasattr("dtype")? || !item.hasattr("item")? {
        return Ok(item.clone());
    }
    item.call_method0("item")
}

/// One type for all values: truth values, integers, numbers, or texts, which dates are too.
fn from_values(argument: &str, items: &[Bound<'_, PyAny>]) -> PyResult<Column> {
    let mut values = Vec::with_capacity(items.len());
    let mut common: Option<Kind> = None;
    for (row, item) in items.iter().enumerate() {
        if is_missing(item) {
            values.push(None);
            continue;
        }
        let value = plain(item)?;
        let found = kind(&value)?;
        common = Some(match (common, found) {
            (None, Some(found)) => found,
            (Some(before), Some(found)) if before == found => found,
            (Some(Kind::Int | Kind::Float), Some(Kind::Int | Kind::Float)) => Kind::Float,
            (Some(Kind::Text | Kind::Instant), Some(Kind::Text | Kind::Instant)) => Kind::Text,
            _ => {
                return Err(PyTypeError::new_err(format!(
                    "{argument}[{row}] is {}; the values of a column are all str, all numbers (int, float), \
                     all dates or all bool",
                    type_name(item)
                )));
            }
        });
        values.push(Some(value));
    }
    let present = || values.iter().enumerate().filter_map(|(row, v)| v.as_ref().map(|v| (row, v)));
    match common {
        Some(Kind::Bool) => {
            let truth = |v: &Option<Bound<'_, PyAny>>| v.as_ref().map(|v| v.is_truthy()).transpose();
            bools(values.iter().map(truth).collect::<PyResult<_>>()?)
        }
        Some(Kind::Int) => {
            let mut out = vec![None; values.len()];
            for (row, value) in present() {
                out[row] = Some(value.extract::<i64>().map_err(|_| beyond(argument, row, value))?);
            }
            Ok(Column::optional_ints(out)?)
        }
        Some(Kind::Float) => {
            let mut out = vec![f64::NAN; values.len()];
            for (row, value) in present() {
                let inexact = |i: i64| !(-EXACT..=EXACT).contains(&i);
                if !value.is_instance_of::<PyFloat>() && value.extract::<i64>().map_or(true, inexact) {
                    return Err(beyond(argument, row, value));
                }
                out[row] = value.extract()?;
            }
            Ok(Column::Float(out))
        }
        Some(Kind::Instant) => {
            let mut out = vec![None; values.len()];
            for (row, value) in present() {
                out[row] = numpy_instant(&value.to_string());
            }
            Ok(instants(out))
        }
        Some(Kind::Text) | None => {
            let mut out = Strings::default();
            for (row, value) in values.iter().enumerate() {
                match value {
                    None => out.push_null(),
                    Some(value) => out.push_option(text(argument, row, value)?.as_deref()),
                }
            }
            Ok(Column::Text(out))
        }
    }
}

/// A text, or a date as one.
fn text(argument: &str, row: usize, value: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    if let Ok(string) = value.cast::<PyString>() {
        let text = string.extract::<PyBackedStr>().map_err(|e| surrogate(argument, row, e, value.py()))?;
        return Ok(Some(text.to_string()));
    }
    if kind(value)? == Some(Kind::Instant) {
        return Ok(numpy_instant(&value.to_string()));
    }
    value.call_method0("isoformat")?.extract().map(Some)
}

fn beyond(argument: &str, row: usize, value: &impl Display) -> PyErr {
    PyValueError::new_err(format!(
        "{argument}[{row}] is {value}, which is beyond the integers that a column can hold; pass the values as str"
    ))
}

/// How numpy writes an instant, with whole seconds, and a fraction only where there is one.
fn numpy_instant(written: &str) -> Option<String> {
    let (whole, fraction) = written.split_once('.').unwrap_or((written, ""));
    if whole == "NaT" {
        return None;
    }
    let rest = match whole.split_once('T').map_or(0, |(_, time)| time.len()) {
        2 => ":00:00",
        5 => ":00",
        _ => "",
    };
    let fraction = match fraction.trim_end_matches('0') {
        "" => String::new(),
        digits if digits.len() <= 6 => format!(".{digits:0<6}"),
        digits => format!(".{digits:0<9}"),
    };
    Some(format!("{whole}{rest}{fraction}"))
}

/// ISO texts; where all are midnights they are dates, which is how pandas holds dates.
fn instants(mut spelled: Vec<Option<String>>) -> Column {
    if spelled.iter().flatten().all(|v| v.ends_with(MIDNIGHT)) {
        spelled.iter_mut().flatten().for_each(|v| v.truncate(v.len() - MIDNIGHT.len()));
    }
    texts(spelled.into_iter())
}

fn texts<S: AsRef<str>>(values: impl Iterator<Item = Option<S>>) -> Column {
    let mut out = Strings::default();
    values.for_each(|v| out.push_option(v.as_ref().map(AsRef::as_ref)));
    Column::Text(out)
}

/// Truth values; with gaps as texts, which is how their groups are named.
fn bools(values: Vec<Option<bool>>) -> PyResult<Column> {
    Ok(match values.iter().copied().collect::<Option<Vec<bool>>>() {
        Some(values) => Column::Bool(values),
        None => texts(values.into_iter().map(|v| v.map(|v| v.to_string()))),
    })
}

fn from_arrow(argument: &str, chunks: &[ArrayRef]) -> PyResult<Column> {
    chunks.iter().try_for_each(arrow::validate)?;
    match chunks.first() {
        Some(first) => from_chunks(argument, first.data_type(), chunks),
        None => Ok(Column::Text(Strings::default())),
    }
}

/// The values of all chunks in their order.
fn values<T: ArrowPrimitiveType>(chunks: &[ArrayRef]) -> impl Iterator<Item = Option<T::Native>> {
    chunks.iter().flat_map(|c| c.as_primitive::<T>().iter())
}

fn ints<T: ArrowPrimitiveType>(argument: &str, chunks: &[ArrayRef]) -> PyResult<Column>
where
    T::Native: TryInto<i64> + Display,
{
    let fit = |(row, value): (usize, Option<T::Native>)| {
        value.map(|v| v.try_into().map_err(|_| beyond(argument, row, &v))).transpose()
    };
    let values: Vec<Option<i64>> = values::<T>(chunks).enumerate().map(fit).collect::<PyResult<_>>()?;
    Ok(Column::optional_ints(values)?)
}

fn floats<T: ArrowPrimitiveType>(chunks: &[ArrayRef]) -> PyResult<Column>
where
    T::Native: Into<f64>,
{
    Ok(Column::Float(values::<T>(chunks).map(|v| v.map_or(f64::NAN, Into::into)).collect()))
}

/// Instants as ISO texts: with a fraction of the second where there is one, with "+00:00" where the
/// column has a time zone, because Arrow then holds them in universal time.
fn times<T: ArrowPrimitiveType>(argument: &str, zone: bool, chunks: &[ArrayRef]) -> PyResult<Column>
where
    i64: From<T::Native>,
{
    let spell = |(row, value): (usize, Option<T::Native>)| {
        let Some(value) = value.map(i64::from) else { return Ok(None) };
        let Some(time) = temporal::as_datetime::<T>(value) else {
            return Err(PyValueError::new_err(format!("{argument}[{row}] is {value}, which is no date")));
        };
        let format = match time.and_utc().timestamp_subsec_nanos() {
            0 => "%Y-%m-%dT%H:%M:%S",
            n if n % 1000 == 0 => "%Y-%m-%dT%H:%M:%S%.6f",
            _ => "%Y-%m-%dT%H:%M:%S%.9f",
        };
        Ok(Some(format!("{}{}", time.format(format), if zone { "+00:00" } else { "" })))
    };
    Ok(instants(values::<T>(chunks).enumerate().map(spell).collect::<PyResult<_>>()?))
}

/// One column of all chunks: what it becomes depends on its values, never on where they are cut.
fn from_chunks(argument: &str, kind: &DataType, chunks: &[ArrayRef]) -> PyResult<Column> {
    match kind {
        DataType::Utf8 => Ok(texts(chunks.iter().flat_map(|c| c.as_string::<i32>().iter()))),
        DataType::LargeUtf8 => Ok(texts(chunks.iter().flat_map(|c| c.as_string::<i64>().iter()))),
        DataType::Utf8View => Ok(texts(chunks.iter().flat_map(|c| c.as_string_view().iter()))),
        DataType::Boolean => bools(chunks.iter().flat_map(|c| c.as_boolean().iter()).collect()),
        DataType::Null => Ok(texts(chunks.iter().flat_map(|c| (0..c.len()).map(|_| None::<&str>)))),
        DataType::Int8 => ints::<Int8Type>(argument, chunks),
        DataType::Int16 => ints::<Int16Type>(argument, chunks),
        DataType::Int32 => ints::<Int32Type>(argument, chunks),
        DataType::Int64 => ints::<Int64Type>(argument, chunks),
        DataType::UInt8 => ints::<UInt8Type>(argument, chunks),
        DataType::UInt16 => ints::<UInt16Type>(argument, chunks),
        DataType::UInt32 => ints::<UInt32Type>(argument, chunks),
        DataType::UInt64 => ints::<UInt64Type>(argument, chunks),
        DataType::Float16 => floats::<Float16Type>(chunks),
        DataType::Float32 => floats::<Float32Type>(chunks),
        DataType::Float64 => floats::<Float64Type>(chunks),
        DataType::Date32 => times::<Date32Type>(argument, false, chunks),
        DataType::Date64 => times::<Date64Type>(argument, false, chunks),
        DataType::Timestamp(unit, zone) => {
            let zone = zone.is_some();
            match unit {
                TimeUnit::Second => times::<TimestampSecondType>(argument, zone, chunks),
                TimeUnit::Millisecond => times::<TimestampMillisecondType>(argument, zone, chunks),
                TimeUnit::Microsecond => times::<TimestampMicrosecondType>(argument, zone, chunks),
                TimeUnit::Nanosecond => times::<TimestampNanosecondType>(argument, zone, chunks),
            }
        }
        DataType::Dictionary(_, kind) => from_dictionary(argument, kind, chunks),
        other => Err(PyTypeError::new_err(format!(
            "{argument} is an Arrow column of type {other}; cast it to text, integers, floats, dates or bool first"
        ))),
    }
}

fn from_dictionary(argument: &str, kind: &DataType, chunks: &[ArrayRef]) -> PyResult<Column> {
    let mut dictionaries = Vec::with_capacity(chunks.len());
    let mut rows = Vec::new();
    let mut before = 0;
    for chunk in chunks {
        let dictionary = chunk.as_any_dictionary();
        let values = dictionary.values();
        if values.is_empty() {
            rows.extend(std::iter::repeat_n(None, chunk.len()));
        } else {
            let keys = dictionary.normalized_keys();
            rows.extend((0..chunk.len()).map(|i| (!chunk.is_null(i)).then(|| before + keys[i])));
        }
        before += values.len();
        dictionaries.push(values.clone());
    }
    match from_chunks(argument, kind, &dictionaries)? {
        Column::Bool(values) => bools(rows.into_iter().map(|r| r.map(|r| values[r])).collect()),
        values => Ok(values.take(&rows)),
    }
}

/// What is known of documents: ids and metadata.
pub(super) fn labels(
    ids: Option<&Bound<'_, PyAny>>,
    meta: Vec<(String, Bound<'_, PyAny>)>,
) -> PyResult<Labels> {
    let mut labels = Labels { ids: ids.map(|ids| read("ids", ids)).transpose()?, meta: Table::new() };
    for (name, values) in meta {
        let column = read(&format!("meta[{name:?}]"), &values)?;
        labels.meta = labels.meta.with(&name, column);
    }
    Ok(labels)
}
