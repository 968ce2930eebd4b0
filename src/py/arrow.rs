//! The Arrow C interface, in and out, over arrow-array alone.
#![allow(unsafe_code)]

use std::ptr::NonNull;
use std::sync::Arc;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::types::{ArrowPrimitiveType, Float64Type, Int64Type};
use arrow_array::{
    Array, ArrayReader, ArrayRef, BooleanArray, LargeStringArray, PrimitiveArray, RecordBatch,
    RecordBatchIterator, RecordBatchOptions, make_array,
};
use arrow_data::ArrayData;
use arrow_schema::{ArrowError, DataType, Field, Schema};
use pyo3::exceptions::{PyException, PyMemoryError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::table::{Column, Table};

fn refused(e: ArrowError) -> PyErr {
    PyValueError::new_err(format!("Arrow data cannot be read: {e}"))
}

/// What an object hands over through the Arrow C interface.
enum Export<'py> {
    Stream(Bound<'py, PyCapsule>),
    Array(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>),
}

/// The capsules behind `__arrow_c_stream__` or `__arrow_c_array__`; `None` if the object has neither.
fn capsules<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Export<'py>>> {
    if object.hasattr("__arrow_c_stream__")? {
        return Ok(Some(Export::Stream(object.call_method0("__arrow_c_stream__")?.cast_into()?)));
    }
    if object.hasattr("__arrow_c_array__")? {
        let (schema, array) = object.call_method0("__arrow_c_array__")?.extract()?;
        return Ok(Some(Export::Array(schema, array)));
    }
    Ok(None)
}

/// The arrays in `export`, without a copy; the type is known even where they cannot be read.
fn arrays(export: Export<'_>) -> PyResult<(Field, Result<Vec<ArrayRef>, ArrowError>)> {
    match export {
        Export::Stream(capsule) => {
            let stream: NonNull<FFI_ArrowArrayStream> =
                capsule.pointer_checked(Some(c"arrow_array_stream"))?.cast();
            // SAFETY: a capsule of this name holds a valid stream; `from_raw` moves it out and leaves a
            // released one behind, so the capsule's destructor does nothing.
            let reader = unsafe { ArrayStreamReader::from_raw(stream.as_ptr()) }.map_err(refused)?;
            Ok((reader.field().as_ref().clone(), reader.collect()))
        }
        Export::Array(schema, array) => {
            let schema: NonNull<FFI_ArrowSchema> = schema.pointer_checked(Some(c"arrow_schema"))?.cast();
            let array: NonNull<FFI_ArrowArray> = array.pointer_checked(Some(c"arrow_array"))?.cast();
            // SAFETY: capsules of these names hold a valid schema and array; the schema is only read, the
            // array is moved out as above.
            let (field, data) = unsafe {
                let schema = schema.as_ref();
                let field = Field::try_from(schema).map_err(refused)?;
                (field, from_ffi(FFI_ArrowArray::from_raw(array.as_ptr()), schema))
            };
            Ok((field, data.map(|data| vec![make_array(data)])))
        }
    }
}

/// The arrays that an object exports; `None` if it exports none.
pub(super) fn import(object: &Bound<'_, PyAny>) -> PyResult<Option<(Field, Vec<ArrayRef>)>> {
    let Some(export) = capsules(object)? else { return Ok(None) };
    let (field, chunks) = arrays(export)?;
    Ok(Some((field, chunks.map_err(refused)?)))
}

/// The arrays of a column; `None` if its values must be iterated over. So they must where the exporter
/// fails: pandas refuses objects of mixed types and lone surrogates without naming the value at fault,
/// and without pyarrow it exports nothing. polars gives its null type a buffer, against the format.
pub(super) fn import_column(object: &Bound<'_, PyAny>) -> PyResult<Option<(Field, Vec<ArrayRef>)>> {
    let can_be_iterated = || object.try_iter().is_ok();
    let failed = |e: &PyErr| {
        // An interrupt is no `Exception`.
        e.is_instance_of::<PyException>(object.py()) && !e.is_instance_of::<PyMemoryError>(object.py())
    };
    let export = match capsules(object) {
        Err(e) if failed(&e) && can_be_iterated() => return Ok(None),
        export => export?,
    };
    let Some(export) = export else { return Ok(None) };
    match arrays(export)? {
        (field, Err(_)) if *field.data_type() == DataType::Null && can_be_iterated() => Ok(None),
        (field, chunks) => Ok(Some((field, chunks.map_err(refused)?))),
    }
}

/// The schema behind `__arrow_c_schema__`.
pub(super) fn schema(object: &Bound<'_, PyAny>) -> PyResult<Field> {
    let capsule = object.call_method0("__arrow_c_schema__")?.cast_into::<PyCapsule>()?;
    let schema: NonNull<FFI_ArrowSchema> = capsule.pointer_checked(Some(c"arrow_schema"))?.cast();
    // SAFETY: a capsule of this name holds a valid schema, which is only read.
    Field::try_from(unsafe { schema.as_ref() }).map_err(refused)
}

/// Offsets in bounds and valid UTF-8, or an error: the C interface itself promises neither.
pub(super) fn validate(array: &ArrayRef) -> PyResult<()> {
    array.to_data().validate_full().map_err(refused)
}

/// A stream of the columns of `table`, which are handed over without a copy.
pub(super) fn export<'py>(py: Python<'py>, batch: RecordBatch) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = batch.schema();
    let stream = FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new([Ok(batch)], schema)));
    PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
}

/// The columns of `table` as Arrow arrays.
pub(super) fn batch(table: Table) -> PyResult<RecordBatch> {
    let rows = table.len();
    let mut fields = Vec::new();
    let mut arrays = Vec::new();
    for (name, column) in table.into_columns() {
        let array = array(column)?;
        // Every column may hold nulls: a consumer's schema must not depend on the data.
        fields.push(Field::new(name, array.data_type().clone(), true));
        arrays.push(array);
    }
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options).map_err(refused)
}

fn array(column: Column) -> PyResult<ArrayRef> {
    Ok(match column {
        Column::Text(strings) => {
            let (offsets, bytes, valid) = strings.into_parts();
            let data = ArrayData::builder(DataType::LargeUtf8)
                .len(offsets.len() - 1)
                .add_buffer(offsets.into())
                .add_buffer(bytes.into())
                .nulls(valid.map(Into::into));
            // SAFETY: `Strings` only ever appends whole `str`s and their ends.
            Arc::new(LargeStringArray::from(unsafe { data.build_unchecked() }))
        }
        Column::Int(values, valid) => primitive::<Int64Type>(values, valid),
        Column::Float(values) => {
            let undefined = values.iter().any(|v| v.is_nan());
            let valid = undefined.then(|| values.iter().map(|v| !v.is_nan()).collect());
            primitive::<Float64Type>(values, valid)
        }
        Column::Bool(values) => Arc::new(BooleanArray::from(values)),
    })
}

fn primitive<T: ArrowPrimitiveType>(values: Vec<T::Native>, valid: Option<Vec<bool>>) -> ArrayRef {
    Arc::new(PrimitiveArray::<T>::new(values.into(), valid.map(Into::into)))
}
