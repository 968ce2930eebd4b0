//! How often each term and n-gram occurs, and in how many documents.

use ahash::AHashMap;

use super::groups::Groups;
use crate::corpus::{Corpus, Terms, Texts, Tokens, Vocabulary, terms::NONE};
use crate::error::{Error, Result};
use crate::parallel::{self, Job};
use crate::text::words;

/// The counts of one group of documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupCounts {
    /// For each term: occurrences, documents with it. Sorted by term.
    pub counts: Vec<(String, Count)>,
    /// Counted tokens or n-grams.
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
    /// The document seen last, plus one: tells a second occurrence in one document from a first.
    last: u64,
}

impl Count {
    fn see(&mut self, doc: usize) {
        self.count += 1;
        self.docs += u64::from(self.last != doc as u64 + 1);
        self.last = doc as u64 + 1;
    }

    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.docs += other.docs;
    }
}

/// The longest n-gram that is counted.
pub const MAX_NGRAM: usize = 6;

/// Counts the n-grams of `sizes` words in each group of documents of `corpus`. An n-gram may cross
/// the end of a sentence, never that of a document; words left out do not stand between their
/// neighbours.
pub fn ngrams(
    corpus: &Corpus,
    sizes: std::ops::RangeInclusive<usize>,
    groups: &Groups,
    job: &Job,
) -> Result<Vec<GroupCounts>> {
    let mut out = vec![GroupCounts::default(); groups.len()];
    for size in sizes {
        let part = match size {
            1 => sized::<1>(corpus, groups, job),
            2 => sized::<2>(corpus, groups, job),
            3 => sized::<3>(corpus, groups, job),
            4 => sized::<4>(corpus, groups, job),
            5 => sized::<5>(corpus, groups, job),
            6 => sized::<6>(corpus, groups, job),
            _ => Err(Error::value(format!("ngrams={size}: choose 1 to {MAX_NGRAM}"))),
        }?;
        for (all, part) in out.iter_mut().zip(part) {
            all.counts.extend(part.counts);
            all.total += part.total;
            all.docs = part.docs;
        }
    }
    out.iter_mut().for_each(|g| g.counts.sort_unstable_by(|a, b| a.0.cmp(&b.0)));
    Ok(out)
}

fn sized<const N: usize>(corpus: &Corpus, groups: &Groups, job: &Job) -> Result<Vec<GroupCounts>> {
    let sizes = corpus.texts().sizes();
    let chunks = groups.chunks(&sizes, job.threads());
    let parts = parallel::map(job, chunks.len(), sizes.iter().sum(), |chunk| {
        let mut counts: AHashMap<[u32; N], Count> = AHashMap::new();
        let (mut total, mut docs) = (0, 0);
        for &doc in &chunks[chunk].docs {
            job.check()?;
            docs += u64::from(corpus.texts().get(doc).is_some());
            let (mut gram, mut filled) = ([0; N], 0);
            for term in corpus.terms_in(corpus.columns().tokens_of(doc)) {
                gram.rotate_left(1);
                gram[N - 1] = term;
                filled += 1;
                if filled >= N {
                    counts.entry(gram).or_default().see(doc);
                    total += 1;
                }
            }
        }
        Ok((counts, total, docs))
    })?;
    let mut merged: Vec<(AHashMap<[u32; N], Count>, u64, u64)> =
        (0..groups.len()).map(|_| (AHashMap::new(), 0, 0)).collect();
    for (chunk, (counts, total, docs)) in chunks.iter().zip(parts) {
        job.check()?;
        let into = &mut merged[chunk.group];
        into.1 += total;
        into.2 += docs;
        if into.0.is_empty() {
            into.0 = counts;
        } else {
            counts.into_iter().for_each(|(gram, count)| into.0.entry(gram).or_default().add(count));
        }
    }
    let names = corpus.terms().names();
    let spell = |gram: [u32; N]| gram.map(|term| names.str(term)).join(" ");
    Ok(merged
        .into_iter()
        .map(|(counts, total, docs)| GroupCounts {
            counts: counts.into_iter().map(|(gram, count)| (spell(gram), count)).collect(),
            total,
            docs,
        })
        .collect())
}

/// Counts the words of `texts` without keeping where they stand: the short way to a frequency list.
pub fn stream(texts: &Texts, tokens: &Tokens, job: &Job) -> Result<GroupCounts> {
    let sizes = texts.sizes();
    let chunks = parallel::balance(&sizes, job.threads());
    let (workers, _) =
        parallel::fold(job, chunks.len(), sizes.iter().sum(), Stream::default, |worker, chunk| {
            for doc in chunks[chunk].clone() {
                job.check()?;
                if let Some(text) = texts.get(doc) {
                    worker.doc(doc, text, tokens)?;
                }
                job.advance(1);
            }
            Ok(())
        })?;
    let mut all = GroupCounts::default();
    let mut merged: AHashMap<String, Count> = AHashMap::new();
    let single = workers.len() == 1;
    for worker in workers {
        job.check()?;
        all.docs += worker.docs;
        all.total += worker.counts.iter().map(|c| c.count).sum::<u64>();
        let names = worker.terms.names();
        let named = worker.counts.iter().enumerate().map(|(id, c)| (names.str(id as u32), *c));
        if single {
            all.counts = named.map(|(name, c)| (name.to_owned(), c)).collect();
        } else {
            for (name, count) in named {
                match merged.get_mut(name) {
                    Some(into) => into.add(count),
                    None => drop(merged.insert(name.to_owned(), count)),
                }
            }
        }
    }
    if !single {
        all.counts = merged.into_iter().collect();
    }
    all.counts.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Ok(all)
}

/// What one worker has counted.
#[derive(Default)]
struct Stream {
    forms: Vocabulary,
    terms: Terms,
    counts: Vec<Count>,
    docs: u64,
}

impl Stream {
    fn doc(&mut self, doc: usize, text: &str, tokens: &Tokens) -> Result<()> {
        self.docs += 1;
        let mut result = Ok(());
        words::for_each_word(text, |start, end| {
            if result.is_ok() {
                result = self.word(doc, &text[start..end], tokens);
            }
        });
        result
    }

    fn word(&mut self, doc: usize, form: &str, tokens: &Tokens) -> Result<()> {
        let known = self.forms.len();
        let form = self.forms.intern(form)?;
        if self.forms.len() > known {
            self.terms.extend(&self.forms, tokens)?;
            self.counts.resize(self.terms.names().len(), Count::default());
        }
        let term = self.terms.of_form(form);
        if term != NONE {
            self.counts[term as usize].see(doc);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Reader, build};
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
        let streamed = stream(&texts(), &Tokens::default(), &job).unwrap();
        let corpus = build(texts(), reader(), &job).unwrap();
        let counted = ngrams(&corpus, 1..=1, &Groups::one(), &job).unwrap();
        let plain = |g: &GroupCounts| -> Vec<(String, u64, u64)> {
            g.counts.iter().map(|(t, c)| (t.clone(), c.count, c.docs)).collect()
        };
        assert_eq!(plain(&streamed), plain(&counted[0]));
        assert_eq!((streamed.total, streamed.docs), (6, 3));
        assert_eq!(plain(&streamed)[3], ("the".to_owned(), 2, 1));
    }

    #[test]
    fn ngrams_stay_within_documents() {
        let job = Job::new(Some(1));
        let corpus = build(texts(), reader(), &job).unwrap();
        let pairs = ngrams(&corpus, 2..=2, &Groups::one(), &job).unwrap();
        let terms: Vec<&str> = pairs[0].counts.iter().map(|(t, _)| t.as_str()).collect();
        assert_eq!(terms, ["a cat", "cat the", "the cat", "the dog"]);
        assert!(ngrams(&corpus, 7..=7, &Groups::one(), &job).is_err());
    }
}
