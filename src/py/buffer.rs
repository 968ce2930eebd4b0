//! Columns of numbers through the buffer protocol: numpy sees them where they are, without a copy.
#![allow(unsafe_code)]

use std::ffi::{CStr, c_int, c_void};
use std::ptr;

use pyo3::exceptions::PyBufferError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::error::Error;

/// The numbers of a buffer.
pub(super) enum Numbers {
    /// 32-bit integers.
    Int32(Vec<i32>),
    /// 64-bit integers.
    Int64(Vec<i64>),
}

impl From<Vec<i32>> for Numbers {
    fn from(numbers: Vec<i32>) -> Self {
        Self::Int32(numbers)
    }
}

impl From<Vec<i64>> for Numbers {
    fn from(numbers: Vec<i64>) -> Self {
        Self::Int64(numbers)
    }
}

/// A read-only column of integers.
#[pyclass(name = "Buffer", module = "lexmill._core", frozen)]
pub(super) struct PyBuffer {
    numbers: Numbers,
    /// Number of elements and bytes of each, where the view can point to them.
    shape: [ffi::Py_ssize_t; 1],
    strides: [ffi::Py_ssize_t; 1],
}

impl PyBuffer {
    pub(super) fn new(numbers: Numbers) -> Self {
        let (len, size) = match &numbers {
            Numbers::Int32(v) => (v.len(), size_of::<i32>()),
            Numbers::Int64(v) => (v.len(), size_of::<i64>()),
        };
        // A Vec never has more than isize::MAX bytes.
        Self { numbers, shape: [len as ffi::Py_ssize_t], strides: [size as ffi::Py_ssize_t] }
    }
}

#[pymethods]
impl PyBuffer {
    /// The integers of type `dtype` in `bytes`, the lowest byte of each first.
    #[new]
    fn of_bytes(dtype: &str, bytes: &[u8]) -> PyResult<Self> {
        let numbers = match dtype {
            "int32" => bytes.as_chunks().0.iter().map(|b| i32::from_le_bytes(*b)).collect::<Vec<_>>().into(),
            "int64" => bytes.as_chunks().0.iter().map(|b| i64::from_le_bytes(*b)).collect::<Vec<_>>().into(),
            _ => return Err(Error::choice("dtype", dtype, &["int32", "int64"]).into()),
        };
        Ok(Self::new(numbers))
    }

    /// How a column travels: as its bytes.
    #[pyo3(signature = () -> "tuple[Any, ...]")]
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let py = slf.py();
        let bytes: Vec<u8> = match &slf.get().numbers {
            Numbers::Int32(v) => v.iter().flat_map(|n| n.to_le_bytes()).collect(),
            Numbers::Int64(v) => v.iter().flat_map(|n| n.to_le_bytes()).collect(),
        };
        (slf.get_type(), (slf.get().dtype(), PyBytes::new(py, &bytes))).into_pyobject(py)
    }

    fn __len__(&self) -> usize {
        match &self.numbers {
            Numbers::Int32(v) => v.len(),
            Numbers::Int64(v) => v.len(),
        }
    }

    /// The name of the type in numpy.
    #[getter]
    fn dtype(&self) -> &'static str {
        match &self.numbers {
            Numbers::Int32(_) => "int32",
            Numbers::Int64(_) => "int64",
        }
    }

    /// # Safety
    /// Python calls this with a valid view.
    unsafe fn __getbuffer__(slf: Bound<'_, Self>, view: *mut ffi::Py_buffer, flags: c_int) -> PyResult<()> {
        if view.is_null() {
            return Err(PyBufferError::new_err("no view"));
        }
        if flags & ffi::PyBUF_WRITABLE == ffi::PyBUF_WRITABLE {
            return Err(PyBufferError::new_err("the column is read-only; copy it first"));
        }
        let this = slf.get();
        let (data, format): (*const c_void, &'static CStr) = match &this.numbers {
            Numbers::Int32(v) => (v.as_ptr().cast(), c"i"),
            Numbers::Int64(v) => (v.as_ptr().cast(), c"q"),
        };
        let asked = |flag: c_int| flags & flag == flag;
        // SAFETY: `view` is valid for writing; data, shape and strides live in a frozen object that the
        // view keeps alive through `obj`, and nothing changes them.
        unsafe {
            (*view).buf = data.cast_mut();
            (*view).len = this.shape[0] * this.strides[0];
            (*view).readonly = 1;
            (*view).itemsize = this.strides[0];
            (*view).format =
                if asked(ffi::PyBUF_FORMAT) { format.as_ptr().cast_mut() } else { ptr::null_mut() };
            (*view).ndim = 1;
            (*view).shape =
                if asked(ffi::PyBUF_ND) { this.shape.as_ptr().cast_mut() } else { ptr::null_mut() };
            (*view).strides =
                if asked(ffi::PyBUF_STRIDES) { this.strides.as_ptr().cast_mut() } else { ptr::null_mut() };
            (*view).suboffsets = ptr::null_mut();
            (*view).internal = ptr::null_mut();
            (*view).obj = slf.into_any().into_ptr();
        }
        Ok(())
    }
}
