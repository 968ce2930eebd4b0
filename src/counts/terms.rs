//! How often each term and n-gram occurs, and in how many documents.

use std::ops::RangeInclusive;

use super::grams::{Grams, MOST_WORDS, Sink, check_sizes, runs, walk};
use super::groups::Groups;
use super::order::{ByName, Sorted, by_count, strings};
use super::source::{Fresh, Kept, Source};
use crate::corpus::{Corpus, Texts, Tokens, Vocabulary};
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::table::Strings;
use crate::text::words::prefetch;

/// The counts of one group of documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupCounts {
    /// The terms, the most frequent first, ties in the order of their strings.
    pub terms: Strings,
    /// The counts of each.
    pub counts: Vec<Count>,
    /// Counted tokens or n-grams, also of terms that were left out as too rare.
    pub total: u64,
    /// Documents that are there.
    pub docs: u64,
}

/// Occurrences and documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Occurrences.
    pub count: u64,
    /// Documents with at least one.
    pub docs: u64,
}

impl Count {
    pub(super) fn add(&mut self, other: Self) {
        self.count += other.count;
        self.docs += other.docs;
    }

    /// Of what stands at `places`, in documents that ascend.
    #[inline]
    fn of<T: Copy>(places: &[T], doc: impl Fn(T) -> u32) -> Self {
        let more = places.windows(2).filter(|two| doc(two[0]) != doc(two[1])).count();
        Self { count: places.len() as u64, docs: 1 + more as u64 }
    }
}

impl GroupCounts {
    /// The terms with their counts.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Count)> {
        (0..self.terms.len()).filter_map(|i| Some((self.terms.get(i)?, self.counts[i])))
    }

    /// The counts of the terms `names` by their ids; those below `least` are left out of the list.
    pub(super) fn of_terms<C: Copy + Into<Count>>(
        names: &Vocabulary,
        counts: &[C],
        docs: u64,
        least: u64,
    ) -> Self {
        let count = |id: u32| counts[id as usize].into();
        let mut order = by_count(counts.len(), |id| counts[id].into().count);
        order.truncate(order.partition_point(|&id| count(id).count >= least.max(1)));
        let mut by_name = ByName::new(names);
        order.chunk_by_mut(|&a, &b| count(a).count == count(b).count).for_each(|ties| by_name.sort(ties));
        Self {
            total: counts.iter().map(|&c| c.into().count).sum(),
            docs,
            terms: strings(names, &order),
            counts: order.iter().map(|&id| count(id)).collect(),
        }
    }
}

/// Counts the n-grams of `sizes` words in each group of documents of `corpus`; those that occur less
/// than `least` times in a group are in its total alone. An n-gram may cross the end of a sentence,
/// never that of a document; words left out do not stand between their neighbours.
pub fn ngrams(
    corpus: &Corpus,
    sizes: RangeInclusive<usize>,
    groups: &Groups,
    least: u64,
    job: &Job,
) -> Result<Vec<GroupCounts>> {
    check_sizes(&sizes)?;
    let sorted = Sorted::new(corpus.terms().names());
    count(&Kept { corpus, sorted: &sorted }, &sorted, corpus.texts(), &sizes, groups, least, job)
}

/// [`ngrams`] of texts that are not kept, as one group.
pub fn ngrams_of_texts(
    texts: &Texts,
    tokens: &Tokens,
    sizes: RangeInclusive<usize>,
    least: u64,
    job: &Job,
) -> Result<GroupCounts> {
    check_sizes(&sizes)?;
    let (source, sorted) = Fresh::read(texts, tokens, job)?;
    Ok(count(&source, &sorted, texts, &sizes, &Groups::one(), least, job)?.pop().unwrap_or_default())
}

fn count(
    source: &impl Source,
    sorted: &Sorted,
    texts: &Texts,
    sizes: &RangeInclusive<usize>,
    groups: &Groups,
    least: u64,
    job: &Job,
) -> Result<Vec<GroupCounts>> {
    let mut out = vec![GroupCounts::default(); groups.len()];
    // The documents of a group stand together, so each n-gram has those of one group after the other.
    let mut docs: Vec<usize> = (0..texts.len()).collect();
    docs.sort_by_key(|&doc| groups.of(doc));
    docs.iter().for_each(|&doc| out[groups.of(doc)].docs += u64::from(texts.get(doc).is_some()));
    let lengths: Vec<usize> = docs.iter().map(|&doc| source.size(doc)).collect();
    let runs = runs(&lengths, MOST_WORDS, job.threads());
    let words: usize = lengths.iter().sum();
    let counted = parallel::map(job, runs.len(), words as u64 * 8, |run| {
        let docs = &docs[runs[run].clone()];
        let first = docs.first().map_or(0, |&doc| groups.of(doc));
        let last = docs.last().map_or(first, |&doc| groups.of(doc));
        let mut sink = Counter {
            of_doc: docs.iter().map(|&doc| (groups.of(doc) - first) as u32).collect(),
            groups: (first..=last).map(|_| Grams::new(*sizes.end())).collect(),
        };
        walk(source, docs.iter().copied(), sorted.len(), sizes, job, &mut sink)?;
        Ok((first, sink.groups))
    })?;
    let mut parts: Vec<Vec<Grams>> = (0..groups.len()).map(|_| Vec::new()).collect();
    for (first, grams) in counted {
        grams.into_iter().zip(first..).for_each(|(grams, group)| parts[group].push(grams));
    }
    for (group, parts) in out.iter_mut().zip(parts) {
        job.check()?;
        let (all, _) = Grams::merge(parts, job)?;
        group.total = all.counts.iter().map(|c| c.count).sum();
        let all = all.at_least(least);
        let places = by_count(all.counts.len(), |place| all.counts[place].count);
        group.terms = sorted.spelled(&all, &places, job)?;
        group.counts = Vec::with_capacity(places.len());
        for places in places.chunks(64) {
            // They are far apart: all are asked for before the first is read.
            places.iter().for_each(|&place| prefetch(&all.counts[place as usize]));
            group.counts.extend(places.iter().map(|&place| all.counts[place as usize]));
        }
    }
    Ok(out)
}

/// Counts n-grams by group.
struct Counter {
    /// The group of each document, ascending.
    of_doc: Vec<u32>,
    groups: Vec<Grams>,
}

impl Sink for Counter {
    #[inline]
    fn gram<T: Copy>(&mut self, words: &[u32], places: &[T], doc: impl Fn(T) -> u32) {
        if let [grams] = self.groups.as_mut_slice() {
            return grams.push(words, Count::of(places, doc));
        }
        let group = |place: T| self.of_doc[doc(place) as usize];
        for places in places.chunk_by(|&a, &b| group(a) == group(b)) {
            self.groups[group(places[0]) as usize].push(words, Count::of(places, &doc));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Reader, Texts, Tokens, build};
    use crate::counts::stream::stream;
    use crate::text::sentences;
    use std::sync::Arc;

    fn reader() -> Arc<Reader> {
        Arc::new(Reader::new(Tokens::default(), &sentences::Options::default()).unwrap())
    }

    fn texts() -> Texts {
        Texts::new(vec![Some("The cat. The dog"), None, Some(""), Some("a cat")])
    }

    #[test]
    fn the_stream_counts_what_the_corpus_counts() {
        let job = Job::new(Some(1));
        let streamed = stream(&texts(), &Tokens::default(), 1, &job).unwrap();
        let corpus = build(texts(), reader(), &job).unwrap();
        let counted = ngrams(&corpus, 1..=1, &Groups::one(), 1, &job).unwrap();
        assert_eq!(streamed, counted[0]);
        assert_eq!((streamed.total, streamed.docs), (6, 3));
        let rows: Vec<_> = streamed.iter().map(|(term, c)| (term, c.count, c.docs)).collect();
        assert_eq!(rows, [("cat", 2, 2), ("the", 2, 1), ("a", 1, 1), ("dog", 1, 1)]);
    }

    #[test]
    fn ngrams_stay_within_documents() {
        let job = Job::new(Some(1));
        let corpus = build(texts(), reader(), &job).unwrap();
        let pairs = ngrams(&corpus, 2..=2, &Groups::one(), 1, &job).unwrap();
        let terms: Vec<&str> = pairs[0].iter().map(|(t, _)| t).collect();
        assert_eq!(terms, ["a cat", "cat the", "the cat", "the dog"]);
        assert!(ngrams(&corpus, 7..=7, &Groups::one(), 1, &job).is_err());
    }
}
