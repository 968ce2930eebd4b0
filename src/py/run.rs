//! The one door through which every long call goes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use pyo3::prelude::*;

use crate::error::{Error, Result};
use crate::parallel::{self, INLINE_BYTES, Job};

/// How often the calling thread looks for Ctrl-C.
const POLL: Duration = Duration::from_millis(20);
/// How often it tells the progress.
const TELL: Duration = Duration::from_millis(100);

/// How a call is to be run.
pub(super) struct Call {
    /// The number of threads; `None` for all cores.
    pub(super) threads: Option<usize>,
    /// Called with (documents done, documents in all).
    pub(super) progress: Option<Py<PyAny>>,
    /// Documents in all.
    pub(super) docs: usize,
    /// Bytes of text, which decide whether threads are worth it.
    pub(super) bytes: u64,
}

impl Call {
    /// A call on one thread that nobody watches.
    pub(super) fn quiet(bytes: u64) -> Self {
        Self { threads: None, progress: None, docs: 0, bytes }
    }
}

/// Runs `work` with the GIL released. Ctrl-C stops it within 100 ms, a panic becomes
/// `lexmill.InternalError`, an exception in the progress callback stops the work and is raised.
pub(super) fn run<T: Send>(
    py: Python<'_>,
    call: &Call,
    work: impl FnOnce(&Job) -> Result<T> + Send,
) -> PyResult<T> {
    let job = Job::new(call.threads);
    let caught = |job: &Job| {
        catch_unwind(AssertUnwindSafe(|| work(job))).unwrap_or_else(|p| Err(parallel::panicked(p.as_ref())))
    };
    if call.bytes < INLINE_BYTES {
        let result = py.detach(|| caught(&job))?;
        tell(py, call, call.docs as u64)?;
        return Ok(result);
    }
    let result = py.detach(|| {
        std::thread::scope(|scope| {
            let (send, receive) = channel();
            let job = &job;
            let worker = std::thread::Builder::new().name("lexmill".to_owned());
            let spawned = worker.spawn_scoped(scope, move || {
                // The receiver lives until this thread has been joined.
                let _ = send.send(caught(job));
            });
            if let Err(e) = spawned {
                return Err(Error::value(format!("cannot start a thread: {e}")).into());
            }
            let mut told = Instant::now();
            loop {
                match receive.recv_timeout(POLL) {
                    Ok(result) => return result.map_err(PyErr::from),
                    Err(RecvTimeoutError::Disconnected) => {
                        return Err(Error::new(crate::error::Kind::Internal, "the worker is gone").into());
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                }
                let due = told.elapsed() >= TELL;
                let seen = Python::attach(|py| {
                    py.check_signals()?;
                    if due { tell(py, call, job.done()) } else { Ok(()) }
                });
                if due {
                    told = Instant::now();
                }
                if let Err(e) = seen {
                    // The scope waits for the workers, so nothing runs on behind the user's back.
                    job.stop();
                    return Err(e);
                }
            }
        })
    })?;
    tell(py, call, call.docs as u64)?;
    Ok(result)
}

fn tell(py: Python<'_>, call: &Call, done: u64) -> PyResult<()> {
    if let Some(progress) = &call.progress {
        // One pass may count a document more than once.
        progress.call1(py, (done.min(call.docs as u64), call.docs))?;
    }
    Ok(())
}

/// Work for the tests of the door: spins for `seconds` on `threads` threads, or panics.
#[pyfunction]
#[pyo3(name = "_self_test", signature = (what, seconds = 0.0, threads = None, progress = None))]
pub(super) fn self_test(
    py: Python<'_>,
    what: &str,
    seconds: f64,
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
) -> PyResult<usize> {
    let call = Call { threads, progress, docs: 100, bytes: u64::MAX };
    let panics = what == "panic";
    run(py, &call, |job| {
        let started = Instant::now();
        let spun = parallel::map(job, 100, u64::MAX, |chunk| {
            assert!(!(panics && chunk == 50), "planted by the test");
            while started.elapsed().as_secs_f64() < seconds {
                job.check()?;
                std::thread::sleep(Duration::from_millis(1));
            }
            job.advance(1);
            Ok(())
        })?;
        Ok(spun.len())
    })
}
