//! N-grams as numbers: the n-grams of each size get ids of their own, and the counts of a document
//! come as a list of (id, count). Frequency lists and matrices are sums and rows of these lists.

use ahash::AHashMap;
use std::ops::RangeInclusive;

use crate::corpus::{Corpus, Vocabulary};
use crate::error::{Error, Kind, Result};

/// The longest n-gram that is counted.
pub const MAX_NGRAM: usize = 6;

/// The n-grams of one size, each made of one a word shorter and its last term.
#[derive(Debug, Clone, Default)]
struct Size {
    ids: AHashMap<u64, u32>,
    /// (id of all but the last word, last term) of each id.
    keys: Vec<(u32, u32)>,
}

impl Size {
    fn intern(&mut self, before: u32, term: u32) -> Result<u32> {
        let next = self.keys.len() as u32;
        let id = *self.ids.entry(u64::from(before) << 32 | u64::from(term)).or_insert(next);
        if id == next {
            if next == u32::MAX {
                return Err(Error::new(
                    Kind::Limit,
                    "more than 4,294,967,295 distinct n-grams; count fewer at a time",
                ));
            }
            self.keys.push((before, term));
        }
        Ok(id)
    }
}

/// The n-grams met so far. A unigram's id is its term.
#[derive(Debug, Clone)]
pub struct Grams {
    sizes: RangeInclusive<usize>,
    n_terms: usize,
    /// From two words up to the longest asked for.
    longer: Vec<Size>,
}

impl Grams {
    /// No n-grams yet, of a corpus with `n_terms` terms.
    pub fn new(sizes: RangeInclusive<usize>, n_terms: usize) -> Result<Self> {
        let (low, high) = (*sizes.start(), *sizes.end());
        if low < 1 || high < low || high > MAX_NGRAM {
            return Err(Error::value(format!(
                "ngrams=({low}, {high}): choose a size from 1 to {MAX_NGRAM}, or (smallest, largest)"
            )));
        }
        Ok(Self { n_terms, longer: vec![Size::default(); high - 1], sizes })
    }

    /// The sizes that are counted.
    pub fn sizes(&self) -> RangeInclusive<usize> {
        self.sizes.clone()
    }

    /// The number of distinct n-grams of `size` words.
    pub fn len(&self, size: usize) -> usize {
        if size == 1 { self.n_terms } else { self.longer[size - 2].keys.len() }
    }

    /// Adds those of `other`; the result gives for each size and each of its ids ours.
    pub fn merge(&mut self, other: &Self) -> Result<Vec<Vec<u32>>> {
        let mut maps: Vec<Vec<u32>> = vec![(0..self.n_terms as u32).collect()];
        for (ours, theirs) in self.longer.iter_mut().zip(&other.longer) {
            let before = &maps[maps.len() - 1];
            let map = theirs.keys.iter().map(|&(b, term)| ours.intern(before[b as usize], term));
            let map: Result<Vec<u32>> = map.collect();
            maps.push(map?);
        }
        Ok(maps)
    }

    /// The terms of n-gram `id` of `size` words; unused places are 0, used ones the term plus one.
    fn terms(&self, size: usize, mut id: u32) -> [u32; MAX_NGRAM] {
        let mut out = [0; MAX_NGRAM];
        for place in (1..size).rev() {
            let (before, term) = self.longer[place - 1].keys[id as usize];
            out[place] = term + 1;
            id = before;
        }
        out[0] = id + 1;
        out
    }

    /// Puts things that have an n-gram, as (size, id), in the order of its string.
    ///
    /// The words of an n-gram are joined by a space, which sorts before every character of a word, so
    /// comparing the ranks of the words one by one is comparing the strings.
    pub fn sort_by_string<T>(&self, names: &Vocabulary, things: &mut [T], gram: impl Fn(&T) -> (usize, u32)) {
        let mut order: Vec<u32> = (0..names.len() as u32).collect();
        order.sort_unstable_by(|&a, &b| names.str(a).cmp(names.str(b)));
        let mut rank = vec![0u32; names.len() + 1];
        order.iter().zip(1..).for_each(|(&term, r)| rank[term as usize + 1] = r);
        let key = |thing: &T| {
            let (size, id) = gram(thing);
            self.terms(size, id).map(|t| rank[t as usize])
        };
        if *self.sizes.end() <= 2 {
            // Two ranks fit one number, which sorts faster.
            things.sort_by_cached_key(|t| {
                let k = key(t);
                u64::from(k[0]) << 32 | u64::from(k[1])
            });
        } else {
            things.sort_by_cached_key(key);
        }
    }

    /// Appends the n-gram to `out`, its words joined by spaces.
    pub fn spell(&self, names: &Vocabulary, size: usize, id: u32, out: &mut String) {
        for (i, &term) in self.terms(size, id)[..size].iter().enumerate() {
            if i > 0 {
                out.push(' ');
            }
            out.push_str(names.str(term - 1));
        }
    }
}

/// Counts the n-grams of one document at a time.
pub struct DocCounter {
    /// The n-grams met so far.
    pub grams: Grams,
    /// For each size, the count of each n-gram in the current document: zero between documents.
    counts: Vec<Vec<u32>>,
    /// For each size, the n-grams of the current document, in the order of the text.
    touched: Vec<Vec<u32>>,
}

impl DocCounter {
    /// A counter for `grams`.
    pub fn new(grams: Grams) -> Self {
        let high = *grams.sizes.end();
        let mut counts = vec![Vec::new(); high];
        counts[0] = vec![0; grams.n_terms];
        Self { grams, counts, touched: vec![Vec::new(); high] }
    }

    /// Counts document `doc` and calls `f` with (size, n-gram, count) of each of its n-grams.
    pub fn doc(&mut self, corpus: &Corpus, doc: usize, mut f: impl FnMut(usize, u32, u32)) -> Result<()> {
        let (low, high) = (*self.grams.sizes.start(), *self.grams.sizes.end());
        // The n-grams that end at the last word, by size; the first `filled` of them are there.
        let (mut last, mut filled) = ([0u32; MAX_NGRAM], 0);
        for term in corpus.terms_in(corpus.columns().tokens_of(doc)) {
            for size in (2..=high.min(filled + 1)).rev() {
                last[size - 1] = self.grams.longer[size - 2].intern(last[size - 2], term)?;
            }
            last[0] = term;
            filled = (filled + 1).min(high);
            for size in low..=filled {
                let (counts, id) = (&mut self.counts[size - 1], last[size - 1]);
                if id as usize >= counts.len() {
                    counts.resize((id as usize + 1).next_power_of_two(), 0);
                }
                let count = &mut counts[id as usize];
                if *count == 0 {
                    self.touched[size - 1].push(id);
                }
                *count += 1;
            }
        }
        for size in low..=high {
            for id in self.touched[size - 1].drain(..) {
                f(size, id, std::mem::take(&mut self.counts[size - 1][id as usize]));
            }
        }
        Ok(())
    }
}
