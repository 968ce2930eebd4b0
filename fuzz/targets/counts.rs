//! Frequencies counted while reading, frequencies of a corpus, and frequencies by a map of strings are
//! the same; so is the sum of the matrix, and a corpus in two halves.
#![no_main]

use std::collections::BTreeMap;
use std::sync::Arc;

use lexmill::corpus::{Reader, Texts, Tokens, build};
use lexmill::counts::groups::Groups;
use lexmill::counts::matrix::{Selection, of_texts};
use lexmill::counts::stream::stream;
use lexmill::counts::terms::{GroupCounts, ngrams};
use lexmill::parallel::Job;
use lexmill::text::sentences::Options;
use lexmill::text::words::twin;
use libfuzzer_sys::fuzz_target;

fn naive(texts: &[&str], tokens: &Tokens) -> BTreeMap<String, (u64, u64)> {
    let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for text in texts {
        let mut here: BTreeMap<String, u64> = BTreeMap::new();
        let mut term = String::new();
        for (start, end) in twin::words(text) {
            if tokens.term(&text[start..end], &mut term) {
                *here.entry(term.clone()).or_default() += 1;
            }
        }
        for (term, n) in here {
            let count = counts.entry(term).or_default();
            *count = (count.0 + n, count.1 + 1);
        }
    }
    counts
}

fn shown(counts: &GroupCounts) -> BTreeMap<String, (u64, u64)> {
    counts.iter().map(|(term, c)| (term.to_owned(), (c.count, c.docs))).collect()
}

fuzz_target!(|text: &str| {
    // A line is a document.
    let lines: Vec<&str> = text.lines().collect();
    let tokens = Tokens::default();
    let texts = |lines: &[&str]| Texts::new(lines.iter().map(|&line| Some(line.to_owned())).collect::<Vec<_>>());
    let all = texts(&lines);
    let job = Job::new(Some(1));
    let expected = naive(&lines, &tokens);
    let streamed = stream(&all, &tokens, 1, &job).expect("counts");
    assert_eq!(shown(&streamed), expected);
    let reader = Arc::new(Reader::new(Tokens::default(), &Options::default()).expect("English"));
    let corpus = build(all.clone(), Arc::clone(&reader), &job).expect("a corpus");
    let sizes = 1..=2;
    let counted = ngrams(&corpus, sizes.clone(), &Groups::one(), 1, &job).expect("counts");
    let single: BTreeMap<_, _> =
        shown(&counted[0]).into_iter().filter(|(term, _)| expected.contains_key(term)).collect();
    assert_eq!(single, expected);
    let matrix = of_texts(&all, &tokens, 1..=1, &Selection::default(), false, &job).expect("a matrix");
    let mut sums = vec![0i64; matrix.terms.len()];
    matrix.indices.iter().zip(&matrix.data).for_each(|(&column, n)| sums[column as usize] += n);
    let summed = (0..sums.len()).filter_map(|i| Some((matrix.terms.get(i)?.to_owned(), sums[i] as u64)));
    assert!(summed.eq(expected.iter().map(|(term, (count, _))| (term.clone(), *count))));
    let (first, second) = lines.split_at(lines.len() / 2);
    let halves = [first, second].map(|half| build(texts(half), Arc::clone(&reader), &job).expect("a corpus"));
    let joined = halves[0].chain(&halves[1]).expect("a corpus");
    assert_eq!(ngrams(&joined, sizes, &Groups::one(), 1, &job).expect("counts"), counted);
});
