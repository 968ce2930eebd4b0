//! Speed of the engine's parts on a text file: `cargo bench --bench engine -- FILE [FILE ...]`,
//! with `--only=words`, `--only=count` or `--only=stages` a part of them.
//!
//! Prints MB/s of processor time, the best of three series, on one thread.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods)]

use ahash::AHashMap;
use lexmill::corpus::vocabulary::{Case, Vocabulary};
use lexmill::corpus::{Texts, Tokens};
use lexmill::parallel::Job;
use lexmill::text::words::{self, Level, Sink};
use lexmill::verbs::frequencies::{Options, Ties, of_texts};
use std::hint::black_box;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let part = arguments.iter().find_map(|a| a.strip_prefix("--only="));
    let files: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    if files.is_empty() {
        println!("usage: cargo bench --bench engine -- FILE [FILE ...]");
    }
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        println!("{file}: {:.1} MB", text.len() as f64 / 1e6);
        if part.is_none_or(|p| p == "words") {
            segmentation(&text);
        }
        if part.is_none_or(|p| p == "count") {
            counting(&text);
        }
        if part.is_none_or(|p| p == "stages") {
            stages(&text);
        }
    }
}

/// The processor time of this thread, where the system tells; else the time of day.
fn clock() -> Duration {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = spent.and_then(|s| s.split(' ').next().and_then(|n| n.parse().ok()));
    spent.map_or_else(|| BEGAN.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

/// Runs `job` again and again and returns the time of one run, the best of three series. The
/// clock of a thread ticks every few milliseconds: one run is too short for it.
fn fastest<T>(mut job: impl FnMut() -> T) -> (Duration, T) {
    let (mut best, mut answer) = (Duration::MAX, job());
    for _ in 0..3 {
        let (began, series, mut runs) = (clock(), Instant::now(), 0);
        while series.elapsed() < Duration::from_millis(400) {
            answer = black_box(job());
            runs += 1;
        }
        best = best.min((clock() - began) / runs);
    }
    (best, answer)
}

fn measure(name: &str, text: &str, job: impl FnMut() -> usize) {
    let (best, answer) = fastest(job);
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
            black_box(bytes);
            words
        });
        measure(&format!("words, stops {level:?}"), text, || {
            let mut sum = Sum::default();
            words::scan_at(level, text, &mut sum);
            black_box(sum.bytes + sum.stops);
            sum.words
        });
    }
    measure("words, line by line", text, || {
        let mut sum = Sum::default();
        text.lines().for_each(|line| words::scan(line, &mut sum));
        black_box(sum.bytes + sum.stops);
        sum.words
    });
    measure("words scalar", text, || {
        let mut sum = Sum::default();
        words::scan_scalar(text, &mut sum);
        black_box(sum.bytes + sum.stops);
        sum.words
    });
}

/// What each stage of a frequency list adds, a word: 800 bytes or more up to a blank line are a document.
fn stages(text: &str) {
    let mut docs = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let from = (rest.len().min(800)..=rest.len()).find(|&i| rest.is_char_boundary(i)).unwrap();
        let end = rest[from..].find("\n\n").map_or(rest.len(), |at| from + at + 2);
        docs.push(Some(rest[..end].to_owned()));
        rest = &rest[end..];
    }
    let texts = Texts::new(docs.clone());
    let docs: Vec<&str> = docs.iter().flatten().map(String::as_str).collect();
    let (mut spans, mut ids, mut together) = (Vec::new(), Vec::new(), String::new());
    // As the engine does: short documents are copied one behind the other and read together.
    let mut read = |vocabulary: Option<&mut Vocabulary>| {
        let (mut n, mut vocabulary) = (0, vocabulary);
        for (i, doc) in docs.iter().enumerate() {
            together.push_str(doc);
            together.push_str("\n\n");
            if together.len() < 32 * 1024 && i + 1 < docs.len() {
                continue;
            }
            spans.clear();
            words::append_words(&together, 0, &mut spans);
            n += spans.len();
            if let Some(vocabulary) = vocabulary.as_deref_mut() {
                ids.clear();
                vocabulary.intern_words(&together, &spans, Case::AsciiLower, &mut ids).unwrap();
            }
            together.clear();
        }
        n
    };
    let mut known = Vocabulary::new();
    read(Some(&mut known));
    let (scan, n) = fastest(|| read(None));
    let (again, _) = fastest(|| read(Some(&mut known)));
    let (new, _) = fastest(|| read(Some(&mut Vocabulary::new())));
    let (job, tokens) = (Job::new(Some(1)), Tokens::default());
    let shown = Options { min_count: 1, ties: Ties::Min };
    let (all, _) = fastest(|| of_texts(&texts, &tokens, 1..=1, shown, &job).unwrap().len());
    println!("  {} documents, {n} words, {} forms; ns a word:", docs.len(), known.len());
    let each = |time: Duration| time.as_nanos() as f64 / n as f64;
    println!("  words and where they stand {:9.2}", each(scan));
    println!("  their numbers, all known   {:9.2}", each(again) - each(scan));
    println!("  numbers for new forms      {:9.2}", each(new) - each(again));
    println!("  counts, order, table       {:9.2}", each(all) - each(new));
}

/// Frequencies of the words of a text, lower-cased as far as ASCII goes.
struct Count<'a> {
    text: &'a str,
    case: Case,
    vocabulary: Vocabulary,
    spans: Vec<(usize, usize)>,
    ids: Vec<u32>,
    counts: Vec<u64>,
}

impl<'a> Count<'a> {
    const BATCH: usize = 1024;

    fn run(text: &'a str, level: Level, case: Case) -> Self {
        let vocabulary = Vocabulary::new();
        let (spans, ids) = (Vec::with_capacity(Self::BATCH), Vec::with_capacity(Self::BATCH));
        let mut count = Self { text, case, vocabulary, spans, ids, counts: Vec::new() };
        words::for_each_word_at(level, text, |start, end| {
            count.spans.push((start, end));
            if count.spans.len() == Self::BATCH {
                count.flush();
            }
        });
        count.flush();
        count
    }

    fn flush(&mut self) {
        self.ids.clear();
        self.vocabulary.intern_words(self.text, &self.spans, self.case, &mut self.ids).unwrap();
        self.spans.clear();
        self.counts.resize(self.vocabulary.len(), 0);
        for &id in &self.ids {
            self.counts[id as usize] += 1;
        }
    }
}

fn counting(text: &str) {
    let naive = || {
        let mut counts: AHashMap<String, u64> = AHashMap::new();
        words::for_each_word(text, |start, end| {
            *counts.entry(text[start..end].to_ascii_lowercase()).or_default() += 1;
        });
        counts
    };
    let expected = naive();
    let count = Count::run(text, words::level(), Case::AsciiLower);
    assert_eq!(count.vocabulary.len(), expected.len());
    assert!(count.vocabulary.iter().zip(&count.counts).all(|(word, n)| expected[word] == *n));
    for level in Level::ALL {
        measure(&format!("count {level:?}"), text, || Count::run(text, level, Case::AsciiLower).counts.len());
    }
    measure("count, case kept", text, || Count::run(text, words::level(), Case::Keep).counts.len());
    measure("count by hash map", text, || naive().len());
    let half = (text.len() / 2..text.len()).find(|&i| text.is_char_boundary(i)).unwrap();
    let [left, right] =
        [&text[..half], &text[half..]].map(|t| Count::run(t, words::level(), Case::Keep).vocabulary);
    let (best, merged) = fastest(|| left.clone().merge(&right).unwrap());
    assert_eq!(merged.len(), right.len());
    let each = best.as_nanos() as f64 / right.len() as f64;
    println!("  merge of {} words into {}: {each:.0} ns a word", right.len(), left.len());
}
