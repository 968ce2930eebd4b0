//! The Python bindings: convert, call [`run`], wrap. No loop over text, no arithmetic.
//!
//! * [`run`]: the one door: GIL released, Ctrl-C seen, panics caught, progress told
//! * [`error`]: our errors as Python's
//! * [`arrow`]: the Arrow C interface, in and out
//! * [`buffer`]: numbers for numpy
//! * [`texts`]: any text column to borrowed texts
//! * [`columns`]: ids, metadata and groups
//! * [`frame`]: a table, column by column
//! * [`options`]: options by name
//! * [`table`]: what every verb returns
//! * [`corpus`], [`gazetteer`], [`spans`], [`network`]: the nouns
//! * [`matrix`]: documents by terms
//! * [`measures`]: the tables of measures

mod arrow;
mod buffer;
mod columns;
mod corpus;
mod error;
mod frame;
mod gazetteer;
mod matrix;
mod measures;
mod network;
mod options;
mod run;
mod spans;
mod table;
mod texts;
mod unread;

use pyo3::prelude::*;

/// For the tables of the compiled core; Python's own memory is not touched.
#[cfg(target_os = "linux")]
#[global_allocator]
static MEMORY: crate::memory::LargePages = crate::memory::LargePages;

/// The compiled core of lexmill; its public face is the package around it.
#[pymodule(gil_used = false)]
mod _core {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::buffer::PyBuffer;
    #[pymodule_export]
    use super::columns::group_name;
    #[pymodule_export]
    use super::corpus::{PyCorpus, sentences, word_frequencies};
    #[pymodule_export]
    use super::frame::{PyColumn, PyFrame, is_table, nearest};
    #[pymodule_export]
    use super::gazetteer::PyGazetteer;
    #[pymodule_export]
    use super::matrix::document_term_matrix;
    #[pymodule_export]
    use super::measures::{association_from_counts, measures, readability_from_counts};
    #[pymodule_export]
    use super::network::{PyDiffering, PyNetwork, PyShown, disparity, tests};
    #[pymodule_export]
    use super::options::PyTokens;
    #[pymodule_export]
    use super::run::self_test;
    #[pymodule_export]
    use super::spans::{PySpans, PyTerms};
    #[pymodule_export]
    use super::table::PyTable;
    #[pymodule_export]
    use super::unread::PyUnread;

    /// Whether this is a debug build, whose speed says nothing.
    #[pymodule_export]
    const DEBUG: bool = cfg!(debug_assertions);

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        crate::text::warm();
        super::after_fork(module.py())
    }
}

/// Tells Python to tell us when a process was forked: the child must not use the parent's threads.
fn after_fork(py: Python<'_>) -> PyResult<()> {
    #[pyfunction]
    fn in_child() {
        crate::parallel::after_fork_in_child();
    }
    let os = py.import("os")?;
    if let Ok(register) = os.getattr("register_at_fork") {
        let options = pyo3::types::PyDict::new(py);
        options.set_item("after_in_child", wrap_pyfunction!(in_child, py)?)?;
        register.call((), Some(&options))?;
    }
    Ok(())
}
