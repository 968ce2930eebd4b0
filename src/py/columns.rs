//! Ids, metadata and groups: any column of plain values.

use arrow_array::cast::AsArray;
use arrow_array::temporal_conversions as temporal;
use arrow_array::types::{
    Date32Type, Date64Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, PrimitiveArray};
use arrow_schema::{DataType, TimeUnit};
use pyo3::exceptions::{PyImportError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyString};

use super::arrow;
use super::frame::PyColumn;
use super::texts::{is_missing, type_name};
use crate::table::{Column, Strings};

/// The values in `object`, one a document; `argument` is what an error names. Dates become ISO texts.
pub(super) fn read(argument: &str, object: &Bound<'_, PyAny>) -> PyResult<Column> {
    if let Ok(column) = object.cast::<PyColumn>() {
        return from_arrow(argument, &column.get().0);
    }
    if object.is_instance_of::<PyString>() {
        return Err(PyTypeError::new_err(format!("{argument} is one str; give a value for each document")));
    }
    match arrow::import(object) {
        Ok(Some((_, chunks))) => return from_arrow(argument, &chunks),
        Ok(None) => {}
        Err(e) if e.is_instance_of::<PyImportError>(object.py()) => {}
        Err(e) => return Err(e),
    }
    let items = object.try_iter().map_err(|_| {
        PyTypeError::new_err(format!("{argument} is {}; give a value for each document", type_name(object)))
    })?;
    from_values(argument, &items.collect::<PyResult<Vec<_>>>()?)
}

/// One type for all values, the first that holds them: truth values, integers, numbers, texts.
fn from_values(argument: &str, items: &[Bound<'_, PyAny>]) -> PyResult<Column> {
    let present: Vec<&Bound<'_, PyAny>> = items.iter().filter(|i| !is_missing(i)).collect();
    let all = |is: fn(&Bound<'_, PyAny>) -> bool| !present.is_empty() && present.iter().all(|i| is(i));
    if all(|i| i.is_instance_of::<PyBool>()) && present.len() == items.len() {
        return Ok(Column::Bool(items.iter().map(|i| i.is_truthy()).collect::<PyResult<_>>()?));
    }
    if all(|i| i.is_instance_of::<PyBool>()) {
        // Truth with gaps: as texts, which is how its groups are named.
        let text = |i: &Bound<'_, PyAny>| if is_missing(i) { Ok(None) } else { i.is_truthy().map(Some) };
        let values = items.iter().map(text).collect::<PyResult<Vec<_>>>()?;
        return Ok(texts(values.into_iter().map(|v| v.map(|v| v.to_string()))));
    }
    // numpy's integers are not ints but know their index.
    let is_int = |i: &Bound<'_, PyAny>| {
        !i.is_instance_of::<PyBool>()
            && (i.is_instance_of::<PyInt>() || i.hasattr("__index__").unwrap_or(false))
    };
    if all(is_int) {
        let value =
            |i: &Bound<'_, PyAny>| if is_missing(i) { Ok(None) } else { i.extract::<i64>().map(Some) };
        let values = items.iter().map(value).collect::<PyResult<Vec<_>>>()?;
        return Ok(Column::optional_ints(values)?);
    }
    let is_number = |i: &Bound<'_, PyAny>| i.is_instance_of::<PyFloat>() || i.is_instance_of::<PyInt>();
    if all(is_number) {
        let value = |i: &Bound<'_, PyAny>| if is_missing(i) { Ok(f64::NAN) } else { i.extract() };
        return Ok(Column::Float(items.iter().map(value).collect::<PyResult<_>>()?));
    }
    let mut out = Strings::default();
    for (row, item) in items.iter().enumerate() {
        if is_missing(item) {
            out.push_null();
        } else if let Ok(text) = item.cast::<PyString>() {
            out.push(text.to_str().map_err(|_| {
                PyTypeError::new_err(format!("{argument}[{row}] has a lone surrogate, which is no text"))
            })?);
        } else if item.hasattr("isoformat")? {
            out.push(item.call_method0("isoformat")?.extract::<std::borrow::Cow<'_, str>>()?.as_ref());
        } else {
            return Err(PyTypeError::new_err(format!(
                "{argument}[{row}] is {}; the values of a column are all str, all numbers, all dates or all bool",
                type_name(item)
            )));
        }
    }
    Ok(Column::Text(out))
}

fn from_arrow(argument: &str, chunks: &[ArrayRef]) -> PyResult<Column> {
    let mut out: Option<Column> = None;
    for chunk in chunks {
        arrow::validate(chunk)?;
        let column = from_array(argument, chunk)?;
        out = match out {
            None => Some(column),
            Some(before) => before.chain(&column),
        };
    }
    Ok(out.unwrap_or_else(|| Column::Text(Strings::default())))
}

fn ints<T: ArrowPrimitiveType>(array: &ArrayRef) -> PyResult<Column>
where
    T::Native: TryInto<i64>,
{
    let array: &PrimitiveArray<T> = array.as_primitive();
    Ok(Column::optional_ints(array.iter())?)
}

fn floats<T: ArrowPrimitiveType>(array: &ArrayRef) -> Column
where
    T::Native: Into<f64>,
{
    let array: &PrimitiveArray<T> = array.as_primitive();
    Column::Float(array.iter().map(|v| v.map_or(f64::NAN, Into::into)).collect())
}

fn texts<S: AsRef<str>>(values: impl Iterator<Item = Option<S>>) -> Column {
    let mut out = Strings::default();
    values.for_each(|v| out.push_option(v.as_ref().map(AsRef::as_ref)));
    Column::Text(out)
}

/// Instants as ISO texts; all of them at midnight are dates, which is how pandas holds dates.
fn instants<T: ArrowPrimitiveType>(array: &ArrayRef) -> Column
where
    i64: From<T::Native>,
{
    const MIDNIGHT: &str = "T00:00:00";
    let array: &PrimitiveArray<T> = array.as_primitive();
    let spell = |v: T::Native| {
        temporal::as_datetime::<T>(i64::from(v)).map(|v| v.format("%Y-%m-%dT%H:%M:%S").to_string())
    };
    let mut spelled: Vec<Option<String>> = array.iter().map(|v| v.and_then(spell)).collect();
    if spelled.iter().flatten().all(|v| v.ends_with(MIDNIGHT)) {
        spelled.iter_mut().flatten().for_each(|v| v.truncate(v.len() - MIDNIGHT.len()));
    }
    texts(spelled.into_iter())
}

fn from_array(argument: &str, array: &ArrayRef) -> PyResult<Column> {
    Ok(match array.data_type() {
        DataType::Utf8 => texts(array.as_string::<i32>().iter()),
        DataType::LargeUtf8 => texts(array.as_string::<i64>().iter()),
        DataType::Utf8View => texts(array.as_string_view().iter()),
        DataType::Boolean if array.null_count() == 0 => {
            Column::Bool(array.as_boolean().values().iter().collect())
        }
        DataType::Boolean => texts(array.as_boolean().iter().map(|v| v.map(|v| v.to_string()))),
        DataType::Null => texts((0..array.len()).map(|_| None::<&str>)),
        DataType::Int8 => ints::<Int8Type>(array)?,
        DataType::Int16 => ints::<Int16Type>(array)?,
        DataType::Int32 => ints::<Int32Type>(array)?,
        DataType::Int64 => ints::<Int64Type>(array)?,
        DataType::UInt8 => ints::<UInt8Type>(array)?,
        DataType::UInt16 => ints::<UInt16Type>(array)?,
        DataType::UInt32 => ints::<UInt32Type>(array)?,
        DataType::UInt64 => ints::<UInt64Type>(array)?,
        DataType::Date32 => instants::<Date32Type>(array),
        DataType::Date64 => instants::<Date64Type>(array),
        DataType::Timestamp(TimeUnit::Second, _) => instants::<TimestampSecondType>(array),
        DataType::Timestamp(TimeUnit::Millisecond, _) => instants::<TimestampMillisecondType>(array),
        DataType::Timestamp(TimeUnit::Microsecond, _) => instants::<TimestampMicrosecondType>(array),
        DataType::Timestamp(TimeUnit::Nanosecond, _) => instants::<TimestampNanosecondType>(array),
        DataType::Dictionary(..) => {
            let dictionary = array.as_any_dictionary();
            let values = from_array(argument, dictionary.values())?;
            let keys = dictionary.normalized_keys();
            let rows = (0..array.len()).map(|i| (!array.is_null(i)).then(|| keys[i]));
            values.take(&rows.collect::<Vec<_>>())
        }
        DataType::Float32 => floats::<Float32Type>(array),
        DataType::Float64 => floats::<Float64Type>(array),
        _ => {
            return Err(PyTypeError::new_err(format!(
                "{argument} is an Arrow column of type {}; cast it to text, numbers or dates first",
                array.data_type()
            )));
        }
    })
}
