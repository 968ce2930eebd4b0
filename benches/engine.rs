//! Speed of the engine's parts on a text file: `cargo bench --bench engine -- FILE [FILE ...]`.
//!
//! Prints MB/s, the best of several runs, on one thread.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods)]

use lexmill::text::words::{self, Level, Sink};
use std::hint::black_box;
use std::time::{Duration, Instant};

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    if files.is_empty() {
        println!("usage: cargo bench --bench engine -- FILE [FILE ...]");
    }
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        println!("{file}: {:.1} MB", text.len() as f64 / 1e6);
        segmentation(&text);
    }
}

/// Runs `job` for about a second and prints the speed of the fastest run.
fn measure(name: &str, text: &str, mut job: impl FnMut() -> usize) {
    let began = Instant::now();
    let mut best = Duration::MAX;
    let mut answer = 0;
    while began.elapsed() < Duration::from_millis(700) || best == Duration::MAX {
        let run = Instant::now();
        answer = black_box(job());
        best = best.min(run.elapsed());
    }
    println!("  {name:24} {:7.0} MB/s  ({answer})", text.len() as f64 / 1e6 / best.as_secs_f64());
}

/// Keeps the scan honest: every position is used.
#[derive(Default)]
struct Sum {
    words: usize,
    bytes: usize,
    stops: usize,
}

impl Sink for Sum {
    const STOPS: bool = true;

    #[inline(always)]
    fn word(&mut self, start: usize, end: usize) {
        self.words += 1;
        self.bytes += end - start;
    }

    #[inline(always)]
    fn stop(&mut self, position: usize) {
        self.stops ^= position;
    }
}

fn segmentation(text: &str) {
    for level in Level::ALL {
        measure(&format!("words {level:?}"), text, || {
            let (mut words, mut bytes) = (0, 0);
            words::for_each_word_at(level, text, |start, end| {
                words += 1;
                bytes += end - start;
            });
            words + black_box(bytes) * 0
        });
        measure(&format!("words, stops {level:?}"), text, || {
            let mut sum = Sum::default();
            words::scan_at(level, text, &mut sum);
            black_box(sum.bytes + sum.stops);
            sum.words
        });
    }
    measure("words scalar", text, || {
        let mut sum = Sum::default();
        words::scan_scalar(text, &mut sum);
        black_box(sum.bytes + sum.stops);
        sum.words
    });
}
