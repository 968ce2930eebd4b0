//! The one place that makes threads: an ordered fold over chunks of work with a stop flag, a
//! progress count and a pool that survives `fork()`.
//!
//! Rayon's global pool is never used: its threads do not exist in a forked child, which then waits
//! for ever. Our pool is tied to a fork generation; a child builds its own on first use.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::{Error, Kind, Result};

/// Work smaller than this many bytes of text is done on the calling thread: waking threads costs more.
pub const INLINE_BYTES: u64 = 64 * 1024;

/// What a running job shares with whoever waits for it.
#[derive(Debug, Default)]
pub struct Job {
    stop: AtomicBool,
    done: AtomicU64,
    threads: Option<usize>,
}

impl Job {
    /// A job on `threads` threads (all cores of this process if `None`).
    pub fn new(threads: Option<usize>) -> Self {
        Self { threads, ..Self::default() }
    }

    /// Asks the job to stop; workers look at this at least every 64 KiB of text.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// An error once the job was asked to stop.
    pub fn check(&self) -> Result<()> {
        if self.stop.load(Ordering::Relaxed) { Err(Error::interrupted()) } else { Ok(()) }
    }

    /// Adds to the number of documents done.
    pub fn advance(&self, documents: u64) {
        self.done.fetch_add(documents, Ordering::Relaxed);
    }

    /// The number of documents done.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// The number of threads that a large piece of work gets.
    pub fn threads(&self) -> usize {
        self.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1)
    }
}

/// Counts the forks that this process went through as a child.
static GENERATION: AtomicUsize = AtomicUsize::new(0);

struct Slot {
    generation: usize,
    threads: usize,
    pool: Arc<rayon::ThreadPool>,
}

/// The kept pool. Only ever tried, never waited for: at the moment of a fork another thread may hold
/// it, and then the child makes a pool for each call instead of hanging.
static SLOT: Mutex<Option<Slot>> = Mutex::new(None);

/// To be called in a forked child before any other use.
pub fn after_fork_in_child() {
    GENERATION.fetch_add(1, Ordering::SeqCst);
}

/// A pool of `threads` threads for this process, kept for the next call of the same size.
fn pool(threads: usize) -> Result<Arc<rayon::ThreadPool>> {
    let generation = GENERATION.load(Ordering::SeqCst);
    let fits = |s: &Slot| s.generation == generation && s.threads == threads;
    if let Ok(slot) = SLOT.try_lock()
        && let Some(slot) = slot.as_ref().filter(|s| fits(s))
    {
        return Ok(Arc::clone(&slot.pool));
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|i| format!("lexmill-{i}"))
        .build()
        .map_err(|e| {
            Error::new(Kind::Limit, format!("cannot start {threads} threads: {e}; pass threads=1"))
        })?;
    let pool = Arc::new(pool);
    if let Ok(mut slot) = SLOT.try_lock() {
        let old = slot.replace(Slot { generation, threads, pool: Arc::clone(&pool) });
        // A pool of the parent process must not be dropped: its threads are not here to be ended.
        std::mem::forget(old.filter(|s| s.generation != generation));
    }
    Ok(pool)
}

/// The workers' states, and each chunk's output with the place of the state it was made with.
pub type Folded<S, T> = (Vec<S>, Vec<(usize, T)>);

/// Runs `step` over `0..chunks`: every worker has a state of its own made by `init` and takes the next
/// chunk when it is free. Gives the states (their number and contents depend on the schedule, so
/// they may only be merged in ways that do not show it) and the outputs in the order of the chunks,
/// each with the place of its worker's state.
pub fn fold<S: Send, T: Send>(
    job: &Job,
    chunks: usize,
    bytes: u64,
    init: impl Fn() -> S + Sync,
    step: impl Fn(&mut S, usize) -> Result<T> + Sync,
) -> Result<Folded<S, T>> {
    let workers = if bytes < INLINE_BYTES { 1 } else { job.threads().min(chunks).max(1) };
    if workers == 1 {
        let mut state = init();
        let mut outputs = Vec::with_capacity(chunks);
        for chunk in 0..chunks {
            job.check()?;
            outputs.push((0, step(&mut state, chunk)?));
        }
        return Ok((vec![state], outputs));
    }
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<Worker<S, T>>> = Mutex::new(Vec::new());
    let work = || -> Result<(S, Vec<(usize, T)>)> {
        let mut state = init();
        let mut outputs = Vec::new();
        loop {
            job.check()?;
            let chunk = next.fetch_add(1, Ordering::Relaxed);
            if chunk >= chunks {
                return Ok((state, outputs));
            }
            outputs.push((chunk, step(&mut state, chunk)?));
        }
    };
    pool(workers)?.in_place_scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|_| {
                let result =
                    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|p| Err(panicked(p.as_ref())));
                if result.is_err() {
                    job.stop();
                }
                results.lock().unwrap_or_else(PoisonError::into_inner).push(result);
            });
        }
    });
    let results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    collect(results, chunks)
}

type Worker<S, T> = Result<(S, Vec<(usize, T)>)>;

/// Puts the workers' outputs in the order of the chunks, or gives the most telling error.
fn collect<S, T>(results: Vec<Worker<S, T>>, chunks: usize) -> Result<Folded<S, T>> {
    let mut states = Vec::new();
    let mut slots: Vec<Option<(usize, T)>> = (0..chunks).map(|_| None).collect();
    let mut failure: Option<Error> = None;
    for result in results {
        match result {
            Ok((state, outputs)) => {
                for (chunk, output) in outputs {
                    slots[chunk] = Some((states.len(), output));
                }
                states.push(state);
            }
            // The others stop because the first one failed: its error says why.
            Err(e) if failure.as_ref().is_none_or(|f| f.kind() == Kind::Interrupted) => failure = Some(e),
            Err(_) => {}
        }
    }
    if let Some(e) = failure {
        return Err(e);
    }
    let outputs: Vec<(usize, T)> = slots.into_iter().flatten().collect();
    Ok((states, outputs))
}

/// The outputs of `step` over `0..chunks`, in order, where no state is needed.
pub fn map<T: Send>(
    job: &Job,
    chunks: usize,
    bytes: u64,
    step: impl Fn(usize) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let (_, outputs) = fold(job, chunks, bytes, || (), |(), chunk| step(chunk))?;
    Ok(outputs.into_iter().map(|(_, t)| t).collect())
}

/// A caught panic as an error.
pub fn panicked(payload: &(dyn std::any::Any + Send)) -> Error {
    let text = payload
        .downcast_ref::<&str>()
        .map(|s| (*s).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned());
    Error::new(Kind::Internal, format!("this is a defect of lexmill, please report it: {text}"))
}

/// Cuts `sizes` into runs of about equal sums, in order: the chunks that workers take. Enough of
/// them that no worker waits long for the last, few enough that each is worth taking.
pub fn balance(sizes: &[u64], threads: usize) -> Vec<std::ops::Range<usize>> {
    let total: u64 = sizes.iter().sum();
    let target = (total / (threads as u64 * 8).max(1)).clamp(256 * 1024, 8 << 20);
    let mut chunks = Vec::new();
    let (mut start, mut sum) = (0, 0);
    for (i, &size) in sizes.iter().enumerate() {
        // A document costs something even when it is empty.
        sum += size + 16;
        if sum >= target {
            chunks.push(start..i + 1);
            (start, sum) = (i + 1, 0);
        }
    }
    if start < sizes.len() {
        chunks.push(start..sizes.len());
    }
    chunks
}

/// [`balance`], but all at once for one thread: nothing to share out, nothing to put together again.
pub fn shares(sizes: &[u64], threads: usize) -> Vec<std::ops::Range<usize>> {
    if threads == 1 { std::iter::once(0..sizes.len()).collect() } else { balance(sizes, threads) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_come_in_order_for_any_number_of_threads() {
        for threads in [1, 2, 3, 8] {
            let job = Job::new(Some(threads));
            let (states, outputs) = fold(
                &job,
                100,
                1 << 30,
                || 0usize,
                |sum, i| {
                    *sum += i;
                    Ok(i * i)
                },
            )
            .unwrap();
            assert_eq!(states.iter().sum::<usize>(), 4950);
            assert!(outputs.iter().enumerate().all(|(i, (_, o))| *o == i * i));
        }
    }

    #[test]
    fn a_failure_stops_the_others_and_is_the_error_shown() {
        let job = Job::new(Some(2));
        let e = map(&job, 1000, 1 << 30, |i| if i == 7 { Err(Error::value("seven")) } else { Ok(()) });
        assert_eq!(e.unwrap_err().message(), "seven");
    }

    #[test]
    fn a_panic_becomes_an_error_and_the_pool_goes_on() {
        let job = Job::new(Some(2));
        let e = map(&job, 10, 1 << 30, |i| if i == 3 { panic!("planted") } else { Ok(()) }).unwrap_err();
        assert_eq!(e.kind(), Kind::Internal);
        assert!(e.message().contains("planted"));
        assert_eq!(map(&Job::new(Some(2)), 3, 1 << 30, Ok).unwrap(), [0, 1, 2]);
    }

    #[test]
    fn a_stopped_job_says_so() {
        let job = Job::new(Some(2));
        job.stop();
        assert_eq!(map(&job, 10, 1 << 30, Ok).unwrap_err().kind(), Kind::Interrupted);
    }

    #[test]
    fn a_forked_generation_builds_a_new_pool() {
        assert!(map(&Job::new(Some(2)), 3, 1 << 30, Ok).is_ok());
        after_fork_in_child();
        assert!(map(&Job::new(Some(2)), 3, 1 << 30, Ok).is_ok());
    }

    #[test]
    fn chunks_cover_everything_in_order() {
        let sizes: Vec<u64> = (0..10_000).map(|i| (i * 7919) % 5000).collect();
        let chunks = balance(&sizes, 2);
        assert_eq!(chunks[0].start, 0);
        assert!(chunks.windows(2).all(|w| w[0].end == w[1].start));
        assert_eq!(chunks[chunks.len() - 1].end, sizes.len());
        assert!(balance(&[], 4).is_empty());
    }
}
