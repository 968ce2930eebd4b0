//! How often each term occurs and in how many documents.

use std::ops::RangeInclusive;

use super::group_column;
use crate::corpus::{Corpus, Texts, Tokens};
use crate::counts::groups::Groups;
use crate::counts::stream::stream;
use crate::counts::terms::{self, Count, GroupCounts};
use crate::error::{Error, Result};
use crate::parallel::Job;
use crate::table::{Column, Strings, Table};

/// The rank of terms that occur equally often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ties {
    /// The best rank of the tie: 1, 2, 2, 4.
    Min,
    /// The worst: 1, 3, 3, 4.
    Max,
    /// Ranks without holes: 1, 2, 2, 3.
    Dense,
    /// By term: 1, 2, 3, 4.
    First,
}

impl Ties {
    /// The option `ties` by name.
    pub fn parse(name: &str) -> Result<Self> {
        match name {
            "min" => Ok(Self::Min),
            "max" => Ok(Self::Max),
            "dense" => Ok(Self::Dense),
            "first" => Ok(Self::First),
            _ => Err(Error::choice("ties", name, &["min", "max", "dense", "first"])),
        }
    }
}

/// What of the counts is shown.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Terms that occur less often are left out of the table, never out of the totals.
    pub min_count: u64,
    /// The rank of ties.
    pub ties: Ties,
}

/// The frequency list of n-grams of `sizes` words in `texts`: `term, count, rank, per_million, doc_freq,
/// doc_share`.
pub fn of_texts(
    texts: &Texts,
    tokens: &Tokens,
    sizes: RangeInclusive<usize>,
    options: Options,
    job: &Job,
) -> Result<Table> {
    let counts = if sizes == (1..=1) {
        stream(texts, tokens, options.min_count, job)?
    } else {
        terms::ngrams_of_texts(texts, tokens, sizes, options.min_count, job)?
    };
    table(&Groups::one(), "", vec![counts], options)
}

/// The frequency list of n-grams of `sizes` words in each group of documents of `corpus`; `by` names
/// the group column, which comes first.
pub fn of_corpus(
    corpus: &Corpus,
    sizes: RangeInclusive<usize>,
    groups: &Groups,
    by: &str,
    options: Options,
    job: &Job,
) -> Result<Table> {
    let counts = terms::ngrams(corpus, sizes, groups, options.min_count, job)?;
    table(groups, by, counts, options)
}

fn table(groups: &Groups, by: &str, counts: Vec<GroupCounts>, options: Options) -> Result<Table> {
    let rows = counts.iter().map(|c| c.counts.len()).sum();
    let mut group = Vec::new();
    let mut term = Strings::default();
    let (mut count, mut doc_freq) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    let (mut per_million, mut doc_share) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    let mut rank = Vec::with_capacity(rows);
    for (g, slice) in counts.into_iter().enumerate() {
        if groups.is_grouped() {
            group.resize(count.len() + slice.counts.len(), g);
        }
        ranks(&slice.counts, options.ties, &mut rank);
        for c in &slice.counts {
            count.push(c.count);
            per_million.push(c.count as f64 * 1e6 / slice.total as f64);
            doc_freq.push(c.docs);
            doc_share.push(c.docs as f64 / slice.docs as f64);
        }
        term.append(slice.terms);
    }
    Ok(group_column(groups, by, &group)
        .with("term", Column::Text(term))
        .with("count", Column::ints(count)?)
        .with("rank", Column::ints(rank)?)
        .with("per_million", Column::Float(per_million))
        .with("doc_freq", Column::ints(doc_freq)?)
        .with("doc_share", Column::Float(doc_share)))
}

/// Appends the ranks of `counts`, which descend.
fn ranks(counts: &[Count], ties: Ties, ranks: &mut Vec<u64>) {
    let mut before = 0;
    for (tie, run) in (1..).zip(counts.chunk_by(|a, b| a.count == b.count)) {
        let last = before + run.len() as u64;
        match ties {
            Ties::Min => ranks.extend(run.iter().map(|_| before + 1)),
            Ties::Max => ranks.extend(run.iter().map(|_| last)),
            Ties::Dense => ranks.extend(run.iter().map(|_| tie)),
            Ties::First => ranks.extend(before + 1..=last),
        }
        before = last;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_as_named() {
        let counts = [9, 5, 5, 1].map(|count| Count { count, docs: count % 4 });
        let ranks = |counts: &[Count], ties| {
            let mut out = Vec::new();
            super::ranks(counts, ties, &mut out);
            out
        };
        assert_eq!(ranks(&counts, Ties::Min), [1, 2, 2, 4]);
        assert_eq!(ranks(&counts, Ties::Max), [1, 3, 3, 4]);
        assert_eq!(ranks(&counts, Ties::Dense), [1, 2, 2, 3]);
        assert_eq!(ranks(&counts, Ties::First), [1, 2, 3, 4]);
    }
}
