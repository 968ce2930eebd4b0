//! N-grams in the order of their strings.
//!
//! Words are numbered by their ranks, so the order of numbers is that of strings. The places of a text are
//! sorted by the word that stands there, those of one word by the next word, and so on: the places of
//! an n-gram come together, in the order of the text, and n-grams come in their own order. No n-gram is
//! looked up, and a place moves within a stretch of memory that is as small as its first word is rare.
//!
//! The words of an n-gram are joined by a space, which sorts before every character of a word, so
//! comparing the ranks of the words one by one is comparing the strings.

use std::ops::{Range, RangeInclusive};

use super::source::Source;
use super::terms::Count;
use crate::error::{Error, Kind, Result};
use crate::parallel::{self, Job};
use crate::text::words::prefetch;

/// The longest n-gram that is counted.
pub const MAX_NGRAM: usize = 6;

/// How many words are moved between two looks at a stop request.
const STRETCH: usize = 1 << 16;

/// How many words ahead the list is asked for that a word goes to.
const SOON: usize = 32;

/// Fewer places are sorted by comparison.
const SHORT: usize = 96;

/// An error if there are no n-grams of `sizes` words.
pub(super) fn check_sizes(sizes: &RangeInclusive<usize>) -> Result<()> {
    let (low, high) = (*sizes.start(), *sizes.end());
    if low < 1 || high < low || high > MAX_NGRAM {
        return Err(Error::value(format!(
            "ngrams=({low}, {high}): choose a size from 1 to {MAX_NGRAM}, or (smallest, largest)"
        )));
    }
    Ok(())
}

/// What is told of n-grams.
pub(super) trait Sink {
    /// An n-gram of the ranks `words`, followed by zeros, at `places`, which `doc` gives the document of:
    /// its number among those that are walked, ascending.
    fn gram<T: Copy>(&mut self, words: &[u32], places: &[T], doc: impl Fn(T) -> u32);
}

/// Where a word stands. Compares as the next word does, then as the place.
trait Place: Copy + Default + Ord {
    /// The place `at`, or its document, with the rank of the next word.
    fn new(next: u32, at: u32) -> Self;
    fn at(self) -> u32;
    fn next(self) -> u32;
}

impl Place for u64 {
    fn new(next: u32, at: u32) -> Self {
        u64::from(next) << 32 | u64::from(at)
    }

    fn at(self) -> u32 {
        self as u32
    }

    fn next(self) -> u32 {
        (self >> 32) as u32
    }
}

/// Where the next word does not matter.
impl Place for u32 {
    fn new(_: u32, at: u32) -> Self {
        at
    }

    fn at(self) -> u32 {
        self
    }

    fn next(self) -> u32 {
        0
    }
}

/// Tells `sink` of the n-grams of `sizes` words of the documents `docs`, whose words have ranks up to
/// `ranks`. An n-gram never crosses the end of a document.
pub(super) fn walk(
    source: &impl Source,
    docs: impl Iterator<Item = usize>,
    ranks: usize,
    sizes: &RangeInclusive<usize>,
    job: &Job,
    sink: &mut impl Sink,
) -> Result<()> {
    // Zero ends a document.
    let mut words = Vec::new();
    for doc in docs {
        job.check()?;
        source.append(doc, &mut words);
        words.push(0);
    }
    if u32::try_from(words.len()).is_err() {
        return Err(Error::new(Kind::Limit, "a document of more than 4,294,967,295 words; cut it"));
    }
    let high = *sizes.end();
    let bits = usize::BITS - ranks.leading_zeros();
    let mut walk = Walk { words: Vec::new(), low: *sizes.start(), high, bits, job, spare: Vec::new(), sink };
    if high == 1 {
        let mut lists = Lists::<u32>::new(&words, ranks, |_, doc| doc, job)?;
        drop(words);
        lists.each(|rank, places| {
            job.check()?;
            walk.sink.gram(&[rank], places, Place::at);
            Ok(())
        })
    } else if high == 2 {
        let mut lists = Lists::<u64>::new(&words, ranks, |_, doc| doc, job)?;
        drop(words);
        lists.each(|rank, places| walk.grams(&mut [rank, 0], 1, places, |p| p.at()))
    } else {
        let mut docs = vec![0; words.len()];
        let mut lists = Lists::<u64>::new(&words, ranks, |place, _| place, job)?;
        let mut doc = 0;
        for (of, &word) in docs.iter_mut().zip(&words) {
            *of = doc;
            doc += u32::from(word == 0);
        }
        walk.words = words;
        lists.each(|rank, places| {
            let mut gram = [0; MAX_NGRAM];
            gram[0] = rank;
            walk.grams(&mut gram[..high], 1, places, |p| docs[p.at() as usize])
        })
    }
}

/// The places of each word, in the order of the text.
struct Lists<T> {
    places: Vec<T>,
    ends: Vec<u32>,
}

impl<T: Place> Lists<T> {
    fn new(words: &[u32], ranks: usize, at: impl Fn(u32, u32) -> u32, job: &Job) -> Result<Self> {
        let mut ends = vec![0u32; ranks + 1];
        for words in words.chunks(STRETCH) {
            job.check()?;
            words.iter().for_each(|&word| ends[word as usize] += 1);
        }
        let docs = std::mem::take(&mut ends[0]);
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum - *end;
        }
        let mut places = vec![T::default(); words.len() - docs as usize];
        let mut doc = 0;
        for start in (0..words.len()).step_by(STRETCH) {
            job.check()?;
            let stretch = &words[start..words.len().min(start + STRETCH + 1)];
            // Each list is far from the others: what is written is asked for before. The next place of a
            // list may be written until then; what follows it is nearby.
            let soon = words[start..].iter().skip(SOON).chain(std::iter::repeat(&0));
            // There are fewer than 2^32 places.
            for ((two, place), &soon) in stretch.windows(2).zip(start as u32..).zip(soon) {
                if let Some(place) = places.get(ends[soon as usize] as usize) {
                    prefetch(place);
                }
                if two[0] == 0 {
                    doc += 1;
                    continue;
                }
                let end = &mut ends[two[0] as usize];
                places[*end as usize] = T::new(two[1], at(place, doc));
                *end += 1;
            }
        }
        Ok(Self { places, ends })
    }

    fn each(&mut self, mut f: impl FnMut(u32, &mut [T]) -> Result<()>) -> Result<()> {
        let mut start = 0;
        for (&end, rank) in self.ends.iter().zip(0..).skip(1) {
            if end > start {
                f(rank, &mut self.places[start as usize..end as usize])?;
                start = end;
            }
        }
        Ok(())
    }
}

struct Walk<'a, S> {
    /// The words of all documents, where n-grams of three words or more are walked.
    words: Vec<u32>,
    low: usize,
    high: usize,
    /// How many bits a rank has.
    bits: u32,
    job: &'a Job,
    /// Where places are moved to and fro.
    spare: Vec<u64>,
    sink: &'a mut S,
}

impl<S: Sink> Walk<'_, S> {
    /// Tells of the n-grams that begin with the `size` words of `gram`, which stands at `places`.
    fn grams(
        &mut self,
        gram: &mut [u32],
        size: usize,
        places: &mut [u64],
        doc: impl Fn(u64) -> u32 + Copy,
    ) -> Result<()> {
        self.job.check()?;
        if size >= self.low {
            self.sink.gram(gram, places, doc);
        }
        self.sort(places);
        // Zero is the end of a document.
        let ended = places.partition_point(|p| p.next() == 0);
        for places in places[ended..].chunk_by_mut(|a, b| a.next() == b.next()) {
            gram[size] = places[0].next();
            if size + 1 == self.high {
                self.sink.gram(gram, places, doc);
                continue;
            }
            for place in &mut *places {
                *place = Place::new(self.words[place.at() as usize + size + 1], place.at());
            }
            self.grams(gram, size + 1, places, doc)?;
        }
        gram[size] = 0;
        Ok(())
    }

    /// Sorts by the next word; places of the same keep their order, which is that of the text.
    fn sort(&mut self, places: &mut [u64]) {
        if places.len() < SHORT {
            return places.sort_unstable();
        }
        let passes = self.bits.div_ceil(11);
        let width = self.bits.div_ceil(passes);
        if self.spare.len() < places.len() {
            self.spare.resize(places.len(), 0);
        }
        let spare = &mut self.spare[..places.len()];
        let mut ends = [0u32; 1 << 11];
        for pass in 0..passes {
            let ends = &mut ends[..1 << width];
            let digit = |p: u64| (p.next() >> (pass * width)) as usize & ((1 << width) - 1);
            ends.fill(0);
            let (from, to): (&mut [u64], &mut [u64]) =
                if pass % 2 == 0 { (&mut *places, &mut *spare) } else { (&mut *spare, &mut *places) };
            from.iter().for_each(|&p| ends[digit(p)] += 1);
            let mut sum = 0;
            for end in &mut *ends {
                sum += *end;
                *end = sum - *end;
            }
            for &place in &*from {
                let end = &mut ends[digit(place)];
                to[*end as usize] = place;
                *end += 1;
            }
        }
        if passes % 2 == 1 {
            places.copy_from_slice(spare);
        }
    }
}

/// N-grams in their order, with their counts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Grams {
    /// The longest.
    high: usize,
    /// The ranks of the words of each, and zeros up to the longest.
    words: Vec<u32>,
    pub(super) counts: Vec<Count>,
}

impl Grams {
    /// None yet.
    pub(super) fn new(high: usize) -> Self {
        Self { high, words: Vec::new(), counts: Vec::new() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.counts.len()
    }

    /// Adds one that stands behind all others.
    #[inline]
    pub(super) fn push(&mut self, words: &[u32], count: Count) {
        // Pairs are the most: their length should be known where they are copied.
        match *words {
            [first, second] => self.words.extend_from_slice(&[first, second]),
            _ => self.words.extend_from_slice(words),
        }
        self.counts.push(count);
    }

    /// Asks the memory for what [`words`](Self::words) will read.
    #[inline]
    pub(super) fn prefetch(&self, place: usize) {
        prefetch(&self.words[place * self.high]);
    }

    /// The words of an n-gram.
    #[inline]
    pub(super) fn words(&self, place: usize) -> &[u32] {
        let words = &self.words[place * self.high..][..self.high];
        let size = words.iter().position(|&w| w == 0).unwrap_or(self.high);
        &words[..size]
    }

    /// The place of an n-gram, if it is there.
    pub(super) fn find(&self, words: &[u32]) -> Option<usize> {
        let place = self.lower(0..self.len(), words);
        (place < self.len() && self.words(place) == words).then_some(place)
    }

    /// The first of `places` that does not stand before `words`.
    fn lower(&self, places: Range<usize>, words: &[u32]) -> usize {
        let (mut low, mut high) = (places.start, places.end);
        while low < high {
            let middle = low.midpoint(high);
            if self.words(middle) < words { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Leaves out those that occur less than `least` times.
    pub(super) fn at_least(self, least: u64) -> Self {
        if self.counts.iter().all(|c| c.count >= least) {
            return self;
        }
        let mut kept = Self::new(self.high);
        for (words, &count) in self.words.chunks_exact(self.high).zip(&self.counts) {
            if count.count >= least {
                kept.push(words, count);
            }
        }
        kept
    }

    /// Brings n-grams of different documents together; gives for each part the places of its n-grams, `None`
    /// where they are as before.
    pub(super) fn merge(mut parts: Vec<Self>, job: &Job) -> Result<(Self, Vec<Option<Vec<u32>>>)> {
        if u32::try_from(parts.iter().map(Self::len).max().unwrap_or(0)).is_err() {
            return Err(too_many());
        }
        if parts.len() < 2 {
            let places = vec![None; parts.len()];
            return Ok((parts.pop().unwrap_or_default(), places));
        }
        let Some(longest) = parts.iter().max_by_key(|p| p.len()).filter(|p| p.len() > 0) else {
            let places = vec![None; parts.len()];
            return Ok((parts.swap_remove(0), places));
        };
        // Ranges of first words, which nothing crosses.
        let step = longest.len().div_ceil(if job.threads() == 1 { 1 } else { job.threads() * 4 });
        let mut cuts: Vec<u32> = (0..longest.len()).step_by(step).map(|i| longest.words(i)[0]).collect();
        cuts[0] = 0;
        cuts.dedup();
        let entries: usize = parts.iter().map(Self::len).sum();
        let mut merged = parallel::map(job, cuts.len(), entries as u64 * 16, |i| {
            let range = |p: &Self| {
                let start = p.lower(0..p.len(), &cuts[i..=i]);
                start..cuts.get(i + 1).map_or(p.len(), |&cut| p.lower(start..p.len(), &[cut]))
            };
            Self::merge_ranges(&parts, &parts.iter().map(range).collect::<Vec<_>>(), job)
        })?;
        let high = longest.high;
        let lengths: Vec<usize> = parts.iter().map(Self::len).collect();
        drop(parts);
        let mut places: Vec<Vec<u32>> = lengths.into_iter().map(Vec::with_capacity).collect();
        let mut all = Self::new(high);
        for (grams, of_parts) in &mut merged {
            let before = u32::try_from(all.len() + grams.len()).map_err(|_| too_many())? - grams.len() as u32;
            for (places, more) in places.iter_mut().zip(of_parts) {
                places.extend(more.drain(..).map(|place| before + place));
            }
            all.words.append(&mut grams.words);
            all.counts.append(&mut grams.counts);
        }
        Ok((all, places.into_iter().map(Some).collect()))
    }

    /// [`merge`](Self::merge) of a range of each part, half of the parts with the other half; the places count
    /// from the first merged here.
    fn merge_ranges(parts: &[Self], ranges: &[Range<usize>], job: &Job) -> Result<(Self, Vec<Vec<u32>>)> {
        if let ([part], [range]) = (parts, ranges) {
            let words = part.words[range.start * part.high..range.end * part.high].to_vec();
            let counts = part.counts[range.clone()].to_vec();
            // There are fewer than 2^32, as `merge` made sure.
            return Ok((Self { high: part.high, words, counts }, vec![(0..range.len() as u32).collect()]));
        }
        let half = parts.len() / 2;
        let (a, mut places) = Self::merge_ranges(&parts[..half], &ranges[..half], job)?;
        let (b, more) = Self::merge_ranges(&parts[half..], &ranges[half..], job)?;
        let (out, of_a, of_b) = if a.high == 2 {
            Self::merge_two(&a, &b, |words| u64::from(words[0]) << 32 | u64::from(words[1]), job)?
        } else {
            Self::merge_two(
                &a,
                &b,
                |words| std::array::from_fn::<u32, MAX_NGRAM, _>(|i| *words.get(i).unwrap_or(&0)),
                job,
            )?
        };
        let split = places.len();
        places.extend(more);
        for (i, places) in places.iter_mut().enumerate() {
            let of = if i < split { &of_a } else { &of_b };
            places.iter_mut().for_each(|place| *place = of[*place as usize]);
        }
        Ok((out, places))
    }

    /// The n-grams of both, by keys that sort as their words do; and the places there of those of each.
    fn merge_two<K: Ord + Copy>(
        a: &Self,
        b: &Self,
        key: impl Fn(&[u32]) -> K,
        job: &Job,
    ) -> Result<(Self, Vec<u32>, Vec<u32>)> {
        let keys = |grams: &Self| -> Vec<K> { grams.words.chunks_exact(grams.high).map(&key).collect() };
        let (keys_a, keys_b) = (keys(a), keys(b));
        let mut out = Self::new(a.high);
        let (mut of_a, mut of_b) = (vec![0; a.len()], vec![0; b.len()]);
        let (mut i, mut j) = (0, 0);
        while i < a.len() && j < b.len() {
            if out.len().is_multiple_of(STRETCH) {
                job.check()?;
            }
            let (from_a, from_b) = (keys_a[i] <= keys_b[j], keys_b[j] <= keys_a[i]);
            let (grams, place) = if from_a { (a, i) } else { (b, j) };
            let mut count = grams.counts[place];
            if from_a && from_b {
                count.add(b.counts[j]);
            }
            // Either place is written; the next one stays the same unless it was taken.
            of_a[i] = out.len() as u32;
            of_b[j] = out.len() as u32;
            out.push(&grams.words[place * a.high..][..a.high], count);
            i += usize::from(from_a);
            j += usize::from(from_b);
        }
        for (grams, from, of) in [(a, i, &mut of_a), (b, j, &mut of_b)] {
            let before = out.len();
            out.words.extend_from_slice(&grams.words[from * grams.high..]);
            out.counts.extend_from_slice(&grams.counts[from..]);
            of[from..].iter_mut().zip(before as u32..).for_each(|(of, place)| *of = place);
        }
        if u32::try_from(out.len()).is_err() { Err(too_many()) } else { Ok((out, of_a, of_b)) }
    }
}

fn too_many() -> Error {
    Error::new(Kind::Limit, "more than 4,294,967,295 distinct n-grams; count fewer at a time")
}

/// The most words that are walked at a time: their places take 12 bytes a word.
pub(super) const MOST_WORDS: usize = 1 << 26;

/// The most documents that are walked at a time.
const MOST_DOCS: usize = 1 << 24;

/// Cuts documents of `sizes` words into runs, one for each worker and more if there are more than `most`
/// words.
pub(super) fn runs(sizes: &[usize], most: usize, threads: usize) -> Vec<Range<usize>> {
    const LEAST: usize = 1 << 16;
    // A document costs something even when it is empty.
    let total = sizes.iter().sum::<usize>() + sizes.len();
    let most = total.div_ceil(threads).max(LEAST).min(most);
    let mut runs = Vec::new();
    let (mut start, mut sum) = (0, 0);
    for (i, &size) in sizes.iter().enumerate() {
        sum += size + 1;
        if sum >= most || i + 1 - start == MOST_DOCS {
            runs.push(start..i + 1);
            (start, sum) = (i + 1, 0);
        }
    }
    if start < sizes.len() {
        runs.push(start..sizes.len());
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn merged_n_grams_equal_a_map() {
        let mut state = 1u64;
        let mut below = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        for (parts, most, length) in [(1, 9, 20), (2, 1, 9), (3, 5, 0), (5, 60, 900), (9, 300, 70)] {
            let mut expected: BTreeMap<[u32; 2], Count> = BTreeMap::new();
            let mut separate = Vec::new();
            for _ in 0..parts {
                let mut part: BTreeMap<[u32; 2], Count> = BTreeMap::new();
                for _ in 0..length {
                    let gram = [below(most) as u32 + 1, below(most) as u32];
                    part.entry(gram).or_default().add(Count { count: 1 + below(5), docs: 1 });
                }
                let mut grams = Grams::new(2);
                for (words, &count) in &part {
                    expected.entry(*words).or_default().add(count);
                    grams.push(words, count);
                }
                separate.push(grams);
            }
            let before: Vec<Vec<u32>> = separate.iter().map(|g| g.words.clone()).collect();
            for threads in [1, 2, 4] {
                let again =
                    separate.iter().map(|g| Grams { words: g.words.clone(), counts: g.counts.clone(), ..*g });
                let (all, places) = Grams::merge(again.collect(), &Job::new(Some(threads))).unwrap();
                assert!(all.words.chunks(2).eq(expected.keys()));
                assert!(all.counts.iter().eq(expected.values()));
                for (places, words) in places.iter().zip(&before) {
                    let same = |i: usize| places.as_ref().map_or(i, |places| places[i] as usize);
                    assert!(
                        words.chunks(2).enumerate().all(|(i, gram)| all.words[same(i) * 2..][..2] == *gram)
                    );
                }
                assert!((0..all.len()).all(|place| all.find(all.words(place)) == Some(place)));
                assert_eq!(all.find(&[most as u32 + 1]), None);
            }
        }
    }

    #[test]
    fn runs_cover_all_documents() {
        for (sizes, threads) in
            [(vec![], 2), (vec![0; 9], 3), (vec![40_000; 100], 1), (vec![40_000; 1000], 8)]
        {
            let runs = runs(&sizes, 1 << 24, threads);
            assert!(runs.iter().flat_map(Clone::clone).eq(0..sizes.len()));
            assert!(
                runs.iter().all(|run| !run.is_empty() && sizes[run.clone()].iter().sum::<usize>() < 1 << 25)
            );
            assert!(sizes.len() < 1000 || runs.len() == threads);
        }
    }
}
