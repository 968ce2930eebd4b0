//! N-grams as numbers: the n-grams of each size get ids of their own, and the counts of a document
//! come as a list of (id, count). Frequency lists and matrices are sums and rows of these lists.

use std::ops::RangeInclusive;

use super::order::ordered;
use super::terms::Entry;
use crate::corpus::Vocabulary;
use crate::corpus::pair_table::PairTable;
use crate::error::{Error, Kind, Result};
use crate::parallel::Job;
use crate::table::Strings;
use crate::text::words::{for_each_far, prefetch};

/// The longest n-gram that is counted.
pub const MAX_NGRAM: usize = 6;

/// How many words are counted between two looks at a stop request.
const STRETCH: usize = 1 << 16;

/// How many counts are asked for before the first of them is read: they are far apart.
const AHEAD: usize = 64;

/// The n-grams met so far. A unigram's id is its term.
#[derive(Debug, Clone)]
pub struct Grams {
    sizes: RangeInclusive<usize>,
    /// From two words up to the longest asked for: those of n words are pairs of one a word shorter and
    /// the last term.
    longer: Vec<PairTable>,
}

impl Grams {
    /// No n-grams yet.
    pub fn new(sizes: RangeInclusive<usize>) -> Result<Self> {
        let (low, high) = (*sizes.start(), *sizes.end());
        if low < 1 || high < low || high > MAX_NGRAM {
            return Err(Error::value(format!(
                "ngrams=({low}, {high}): choose a size from 1 to {MAX_NGRAM}, or (smallest, largest)"
            )));
        }
        Ok(Self { longer: (2..=high).map(|_| PairTable::default()).collect(), sizes })
    }

    /// The sizes that are counted.
    pub fn sizes(&self) -> RangeInclusive<usize> {
        self.sizes.clone()
    }

    /// The number of distinct n-grams of `size` words, of which there are `terms` of one word.
    pub fn len(&self, size: usize, terms: usize) -> usize {
        if size == 1 { terms } else { self.longer[size - 2].len() }
    }

    /// Adds those of `other`, whose terms are `terms` here; the result gives for each size and each of
    /// its ids ours.
    pub fn merge(&mut self, other: &Self, terms: Vec<u32>) -> Result<Vec<Vec<u32>>> {
        let mut maps = vec![terms];
        for (ours, theirs) in self.longer.iter_mut().zip(&other.longer) {
            let before = &maps[maps.len() - 1];
            let (mut ids, last): (Vec<u32>, Vec<u32>) =
                theirs.pairs().map(|(b, term)| (before[b as usize], maps[0][term as usize])).unzip();
            ours.intern(&mut ids, &last)?;
            maps.push(ids);
        }
        Ok(maps)
    }

    /// The terms of n-gram `id` of `size` words; unused places are 0, used ones the term plus one.
    fn terms(&self, size: usize, mut id: u32) -> [u32; MAX_NGRAM] {
        let mut out = [0; MAX_NGRAM];
        for place in (1..size).rev() {
            let (before, term) = self.longer[place - 1].pair(id);
            out[place] = term + 1;
            id = before;
        }
        out[0] = id + 1;
        out
    }

    /// The order of `entries` by their strings, as places among them.
    ///
    /// The words of an n-gram are joined by a space, which sorts before every character of a word, so
    /// comparing the ranks of the words one by one is comparing the strings.
    pub(super) fn order(&self, sorted: &Sorted, entries: &[Entry], job: &Job) -> Result<Vec<u32>> {
        u32::try_from(entries.len()).map_err(|_| {
            Error::new(Kind::Limit, "more than 4,294,967,295 distinct n-grams; count fewer at a time")
        })?;
        let rank = &sorted.ranks;
        let first = |e: &Entry| match e.size {
            1 => e.id,
            2 => self.longer[0].pair(e.id).0,
            _ => self.terms(e.size as usize, e.id)[0] - 1,
        };
        // Into one bucket for each first word, which leaves little to sort.
        let mut ends = vec![0u32; rank.len()];
        entries.iter().for_each(|e| ends[rank[first(e) as usize] as usize] += 1);
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum - *end;
        }
        job.check()?;
        // The rank of the second word plus one, or 0, and the place.
        let mut order = vec![0u64; entries.len()];
        for (entry, place) in entries.iter().zip(0u64..) {
            let second = match entry.size {
                1 => 0,
                2 => rank[self.longer[0].pair(entry.id).1 as usize] + 1,
                _ => rank[self.terms(entry.size as usize, entry.id)[1] as usize - 1] + 1,
            };
            let end = &mut ends[rank[first(entry) as usize] as usize];
            order[*end as usize] = u64::from(second) << 32 | place;
            *end += 1;
        }
        let mut start = 0;
        for end in ends {
            let bucket = &mut order[start..end as usize];
            start = end as usize;
            if bucket.len() > STRETCH / 64 {
                job.check()?;
            }
            if *self.sizes.end() <= 2 {
                bucket.sort_unstable();
            } else {
                bucket.sort_by_cached_key(|&o| {
                    let entry = &entries[o as u32 as usize];
                    let rank = |term: u32| if term == 0 { 0 } else { rank[term as usize - 1] + 1 };
                    self.terms(entry.size as usize, entry.id).map(rank)
                });
            }
        }
        Ok(order.into_iter().map(|o| o as u32).collect())
    }

    /// The strings of the entries at `places`.
    pub(super) fn spelled(
        &self,
        names: &Vocabulary,
        sorted: &Sorted,
        entries: &[Entry],
        places: &[u32],
        job: &Job,
    ) -> Result<Strings> {
        let mut spelled = Strings::with_capacity(places.len());
        let mut text = String::new();
        // Each look-up of an n-gram depends on the one before and is far away: they are made side by
        // side for many n-grams. By rank, the words of n-grams that follow each other stand together.
        let mut ids = [(0, 0); AHEAD];
        for (i, places) in places.chunks(AHEAD).enumerate() {
            if i % (STRETCH / AHEAD) == 0 {
                job.check()?;
            }
            places.iter().for_each(|&place| prefetch(&entries[place as usize]));
            for (to, &place) in ids.iter_mut().zip(places) {
                let entry = &entries[place as usize];
                *to = (entry.size, entry.id);
                if entry.size == 2 {
                    self.longer[0].prefetch_pair(entry.id);
                }
            }
            for &(size, id) in &ids[..places.len()] {
                match size {
                    1 => spelled.push(sorted.str_of(id)),
                    2 => {
                        let (first, second) = self.longer[0].pair(id);
                        spelled.push_pair(sorted.str_of(first), sorted.str_of(second));
                    }
                    _ => {
                        text.clear();
                        self.spell(names, size as usize, id, &mut text);
                        spelled.push(&text);
                    }
                }
            }
        }
        Ok(spelled)
    }

    /// Appends the n-gram to `out`, its words joined by spaces.
    pub fn spell(&self, names: &Vocabulary, size: usize, id: u32, out: &mut String) {
        if size == 1 {
            return out.push_str(names.str(id));
        }
        for (i, &term) in self.terms(size, id)[..size].iter().enumerate() {
            if i > 0 {
                out.push(' ');
            }
            out.push_str(names.str(term - 1));
        }
    }
}

/// The strings of a vocabulary in their own order.
pub(super) struct Sorted {
    /// The rank of each id, from 0.
    ranks: Vec<u32>,
    text: String,
    /// Where the string of each rank ends in `text`, behind a zero.
    ends: Vec<usize>,
}

impl Sorted {
    pub(super) fn new(names: &Vocabulary) -> Self {
        // A vocabulary holds fewer than 2^32 strings.
        let order = ordered(names, (0..names.len()).map(|id| (0, id as u32)));
        let mut ranks = vec![0u32; names.len()];
        let mut text = String::with_capacity(names.joined().0.len());
        let mut ends = Vec::with_capacity(names.len() + 1);
        ends.push(0);
        for (&id, rank) in order.iter().zip(0..) {
            ranks[id as usize] = rank;
            text.push_str(names.str(id));
            ends.push(text.len());
        }
        Self { ranks, text, ends }
    }

    /// The string of an id.
    fn str_of(&self, id: u32) -> &str {
        let rank = self.ranks[id as usize] as usize;
        &self.text[self.ends[rank]..self.ends[rank + 1]]
    }
}

/// The counts of an n-gram, in one place because each of them is a walk to far memory.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(16))]
pub(super) struct Seen {
    /// In all documents before the current one.
    pub(super) count: u64,
    /// How many of those have it.
    pub(super) docs: u32,
    /// In the current document: zero between documents.
    now: u32,
}

/// Counts the n-grams of one document at a time.
pub struct DocCounter {
    /// The n-grams met so far.
    pub grams: Grams,
    /// For each size, the counts of each n-gram.
    pub(super) counts: Vec<Vec<Seen>>,
    /// Documents since the counts were last taken.
    pub(super) docs: u32,
    /// The n-grams that start at each word.
    ids: Vec<u32>,
    /// The distinct ones among them, in the order of the text.
    touched: Vec<u32>,
}

impl DocCounter {
    /// A counter for `grams`.
    pub fn new(grams: Grams) -> Self {
        let counts = vec![Vec::new(); *grams.sizes.end()];
        Self { grams, counts, docs: 0, ids: Vec::new(), touched: Vec::new() }
    }

    /// Counts a document with the words `terms`, below `n_terms`, and calls `f` with (size, n-gram,
    /// count) of each of its n-grams, the shortest first.
    pub fn doc(
        &mut self,
        terms: &[u32],
        n_terms: usize,
        job: &Job,
        mut f: impl FnMut(usize, u32, u32),
    ) -> Result<()> {
        if u32::try_from(terms.len()).is_err() {
            return Err(Error::new(Kind::Limit, "a document of more than 4,294,967,295 words; cut it"));
        }
        self.docs = self.docs.checked_add(1).ok_or_else(|| {
            Error::new(Kind::Limit, "more than 4,294,967,295 documents; count fewer at a time")
        })?;
        let (low, high) = (*self.grams.sizes.start(), *self.grams.sizes.end());
        self.ids.clear();
        self.ids.extend_from_slice(terms);
        for size in 1..=high.min(terms.len()) {
            if size > 1 {
                self.ids.truncate(terms.len() + 1 - size);
                let table = &mut self.grams.longer[size - 2];
                for (ids, last) in self.ids.chunks_mut(STRETCH).zip(terms[size - 1..].chunks(STRETCH)) {
                    job.check()?;
                    table.intern(ids, last)?;
                }
            }
            if size < low {
                continue;
            }
            let counts = &mut self.counts[size - 1];
            let known = self.grams.len(size, n_terms);
            if known > counts.len() {
                counts.resize(known.next_power_of_two(), Seen::default());
            }
            // Every place is written, but the next one stays the same unless the n-gram is new: no
            // branch depends on the text.
            if self.touched.len() < self.ids.len() {
                self.touched.resize(self.ids.len(), 0);
            }
            let mut distinct = 0;
            let touched = &mut self.touched;
            for_each_far(
                &self.ids,
                counts,
                |counts, id| prefetch(&counts[id as usize]),
                |counts, id| {
                    let seen = &mut counts[id as usize];
                    touched[distinct] = id;
                    distinct += usize::from(seen.now == 0);
                    seen.now += 1;
                },
            );
            for &id in &self.touched[..distinct] {
                let seen = &mut counts[id as usize];
                let now = std::mem::take(&mut seen.now);
                seen.count += u64::from(now);
                seen.docs += 1;
                f(size, id, now);
            }
        }
        Ok(())
    }
}
