//! Which entities occur in the same unit, how often, and where.

use std::collections::BTreeMap;

use ahash::AHashMap;

use super::groups::Groups;
use super::units::{self, Unit, Weight};
use super::windows;
use crate::corpus::Corpus;
use crate::entities::Mention;
use crate::error::{Error, Kind, Result};
use crate::parallel::{self, Job};

/// What is counted and how much of it is kept.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The unit.
    pub within: Unit,
    /// How a unit counts.
    pub weight: Weight,
    /// Whether the first of a pair must stand before the second.
    pub ordered: bool,
    /// How many places are kept for each pair.
    pub evidence: usize,
    /// The most distinct pairs that may be held.
    pub max_pairs: usize,
    /// If names stand beside terms: the first entity that is a term. Each pairs with those of the other kind.
    pub split: Option<u32>,
}

impl Options {
    /// Whether counting takes the places of all words, not of sentences and mentions alone.
    pub fn needs_words(&self) -> bool {
        match self.within {
            Unit::Window { .. } => true,
            within => within.is_block() && self.weight == Weight::Weighted,
        }
    }

    /// An error if the weight has no meaning for the unit.
    pub fn check(&self) -> Result<()> {
        if self.weight == Weight::Fractional && !self.within.is_block() {
            return Err(Error::value(format!(
                "count=\"fractional\" shares a unit among its entities, and within=\"{}\" has no such unit; \
                 choose within=\"sentence\", \"paragraph\" or \"document\"",
                self.within.label()
            )));
        }
        if self.weight == Weight::Fractional && self.split.is_some() {
            return Err(Error::value(
                "count=\"fractional\" shares a unit among entities of one kind; leave out terms=, or count otherwise",
            ));
        }
        Ok(())
    }

    /// Whether mentions of the two entities make a pair.
    pub(super) fn pair_up(&self, a: u32, b: u32) -> bool {
        a != b && self.split.is_none_or(|terms| (a < terms) != (b < terms))
    }
}

/// What is known of a pair.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pair {
    /// Units with both, in whatever order: what measures are computed from.
    pub both: u64,
    /// Units with both, in the order of the pair if that matters.
    pub units: u64,
    /// The count, where it is an integer.
    pub count: u64,
    /// Of a count that is a sum of fractions the integers: units by the number of their entities, or by distance.
    /// In windows always the units by distance.
    pub parts: BTreeMap<u32, u64>,
    /// The first places: a mention of each, the two of the unit that stand closest together.
    pub evidence: Vec<[Mention; 2]>,
}

/// The pairs of one group of documents.
#[derive(Debug, Clone, Default)]
pub struct GroupPairs {
    /// Two entities to what is known of them: the lower first, or the one that stands first.
    pub pairs: AHashMap<(u32, u32), Pair>,
    /// For each entity the units that name it, as the first of a pair.
    pub first_of: Vec<u64>,
    /// The same as the second of a pair, where that differs: in ordered windows.
    pub second_of: Vec<u64>,
    /// Units in all, whether they name an entity or not.
    pub n_units: u64,
}

impl GroupPairs {
    fn new(entities: usize, options: &Options) -> Self {
        let second = if options.ordered && !options.within.is_block() { entities } else { 0 };
        Self { first_of: vec![0; entities], second_of: vec![0; second], ..Self::default() }
    }

    /// The units that name `entity` as the first of a pair.
    pub fn first(&self, entity: u32) -> u64 {
        self.first_of[entity as usize]
    }

    /// The units that name `entity` as the second of a pair.
    pub fn second(&self, entity: u32) -> u64 {
        if self.second_of.is_empty() { self.first(entity) } else { self.second_of[entity as usize] }
    }

    /// Adds what another worker has counted in documents of its own.
    fn merge(&mut self, mut other: Self, options: &Options, job: &Job) -> Result<()> {
        if self.pairs.len() < other.pairs.len() {
            std::mem::swap(self, &mut other);
        }
        self.n_units += other.n_units;
        self.first_of.iter_mut().zip(&other.first_of).for_each(|(a, b)| *a += b);
        self.second_of.iter_mut().zip(&other.second_of).for_each(|(a, b)| *a += b);
        for (i, (key, pair)) in other.pairs.into_iter().enumerate() {
            if i % 4096 == 0 {
                job.check()?;
            }
            let into = self.pairs.entry(key).or_default();
            into.both += pair.both;
            into.units += pair.units;
            into.count += pair.count;
            pair.parts.into_iter().for_each(|(part, n)| *into.parts.entry(part).or_default() += n);
            into.evidence.extend(pair.evidence);
            // Stable: the places of a document stay in their order.
            into.evidence.sort_by_key(|place| place[0].doc);
            into.evidence.truncate(options.evidence);
        }
        if self.pairs.len() > options.max_pairs {
            return Err(too_many(self.pairs.len(), options.max_pairs, "the collection"));
        }
        Ok(())
    }
}

/// How many places a pair may have before room is made for more than one at a time.
const FEW: usize = 4;
/// What a pair takes with the usual three places, measured.
const BYTES: usize = 500;

fn too_many(pairs: usize, max_pairs: usize, place: &str) -> Error {
    Error::new(
        Kind::Limit,
        format!(
            "{place} has {pairs} pairs of entities, more than max_pairs={max_pairs}; choose a smaller unit \
             (within=\"sentence\"), fewer entities, or raise max_pairs= (about {BYTES} bytes a pair)"
        ),
    )
}

/// Counts the pairs among `mentions`, which are in the order of the texts.
pub fn pairs(
    corpus: &Corpus,
    mentions: &[Mention],
    entities: usize,
    options: Options,
    groups: &Groups,
    job: &Job,
) -> Result<Vec<GroupPairs>> {
    options.check()?;
    let sizes = corpus.texts().sizes();
    let chunks = groups.chunks(&sizes, job.threads());
    // A worker adds to what it has, so that a pair is held once by each and not once by every chunk; it takes the
    // chunks in their order, so that the places it keeps are the first of its documents.
    let (workers, _) =
        parallel::fold(job, chunks.len(), sizes.iter().sum(), AHashMap::new, |groups, chunk| {
            let chunk = &chunks[chunk];
            let out = groups.remove(&chunk.group);
            let out = out.unwrap_or_else(|| GroupPairs::new(entities, &options));
            let mut counter = Counter::new(corpus, options, out, job);
            for &doc in &chunk.docs {
                job.check()?;
                counter.doc(doc, units::of_doc(mentions, doc))?;
            }
            groups.insert(chunk.group, counter.out);
            Ok(())
        })?;
    let mut merged: Vec<GroupPairs> =
        (0..groups.len()).map(|_| GroupPairs::new(entities, &options)).collect();
    for (group, part) in workers.into_iter().flatten() {
        job.check()?;
        merged[group].merge(part, &options, job)?;
    }
    Ok(merged)
}

/// Counts the documents of a chunk one after the other.
pub(super) struct Counter<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) options: Options,
    pub(super) out: GroupPairs,
    pub(super) job: &'a Job,
    /// The mentions of the current unit, by entity.
    unit: Vec<Mention>,
}

impl<'a> Counter<'a> {
    fn new(corpus: &'a Corpus, options: Options, out: GroupPairs, job: &'a Job) -> Self {
        Self { corpus, options, out, job, unit: Vec::new() }
    }

    fn doc(&mut self, doc: usize, mentions: &[Mention]) -> Result<()> {
        match self.options.within {
            Unit::Window { words, cross } => windows::of_words(self, doc, mentions, words, cross)?,
            Unit::Sentences(size) => windows::of_sentences(self, doc, mentions, size)?,
            within => {
                units::blocks(self.corpus, within, doc, mentions, |start, m| self.block(doc, start, m))?;
            }
        }
        self.limit(self.out.pairs.len(), || format!("the collection up to documents[{doc}]"))
    }

    /// An error if there are, or would be, more than `max_pairs` pairs.
    pub(super) fn limit(&self, pairs: usize, place: impl Fn() -> String) -> Result<()> {
        let most = self.options.max_pairs;
        if pairs > most { Err(too_many(pairs, most, &place())) } else { Ok(()) }
    }

    /// One unit more for the pair `key`, counted `count` times.
    pub(super) fn add(
        &mut self,
        key: (u32, u32),
        count: u64,
        part: Option<u32>,
        place: impl FnOnce() -> [Mention; 2],
    ) {
        let pair = self.out.pairs.entry(key).or_default();
        pair.both += 1;
        pair.units += 1;
        pair.count += count;
        if let Some(part) = part {
            *pair.parts.entry(part).or_default() += 1;
        }
        if pair.evidence.len() < self.options.evidence {
            // Most pairs have one place; room for four would be most of their memory.
            if pair.evidence.len() < FEW {
                pair.evidence.reserve_exact(1);
            }
            pair.evidence.push(place());
        }
    }

    fn block(&mut self, doc: usize, sentence: usize, mentions: &[Mention]) -> Result<()> {
        self.out.n_units += 1;
        if mentions.is_empty() {
            return Ok(());
        }
        let mut unit = std::mem::take(&mut self.unit);
        unit.clear();
        unit.extend_from_slice(mentions);
        // Stable: the mentions of one entity stay in the order of the text.
        unit.sort_by_key(|m| m.entity);
        let runs: Vec<&[Mention]> = unit.chunk_by(|a, b| a.entity == b.entity).collect();
        runs.iter().for_each(|run| self.out.first_of[run[0].entity as usize] += 1);
        self.runs(doc, sentence, &runs, None)?;
        self.unit = unit;
        Ok(())
    }

    /// The pairs among `runs`, the mentions of each entity in one unit; `part` if they are all at one distance.
    pub(super) fn runs(
        &mut self,
        doc: usize,
        sentence: usize,
        runs: &[&[Mention]],
        part: Option<u32>,
    ) -> Result<()> {
        let k = runs.len();
        // By entity, so that names stand before terms.
        let names = self.options.split.map(|terms| runs.partition_point(|r| r[0].entity < terms));
        self.limit(names.map_or(k * k.saturating_sub(1) / 2, |n| n * (k - n)), || {
            format!("documents[{doc}] (the unit that starts with its sentence {sentence})")
        })?;
        for (i, a) in runs.iter().enumerate().take(names.unwrap_or(k)) {
            if i % 64 == 0 {
                self.job.check()?;
            }
            for b in &runs[names.unwrap_or(i + 1)..] {
                if self.options.ordered {
                    self.pair(a, b, k, part);
                    self.pair(b, a, k, part);
                } else {
                    self.pair(a, b, k, part);
                }
            }
        }
        Ok(())
    }

    /// The pair of `a` and `b` in a unit that names `k` entities.
    fn pair(&mut self, a: &[Mention], b: &[Mention], k: usize, part: Option<u32>) {
        let Options { ordered, weight, .. } = self.options;
        if ordered && a[0].start >= b[b.len() - 1].start {
            self.out.pairs.entry((a[0].entity, b[0].entity)).or_default().both += 1;
            return;
        }
        let count = match weight {
            Weight::Frequency if ordered => before(a, b),
            Weight::Frequency => a.len() as u64 * b.len() as u64,
            _ => 1,
        };
        let part = part.or_else(|| match weight {
            // A unit of more than 4 billion entities would have been refused.
            Weight::Fractional => Some(k as u32),
            Weight::Weighted => Some(windows::distance(self.corpus, a, b, ordered)),
            _ => None,
        });
        self.add((a[0].entity, b[0].entity), count, part, || closest(a, b, ordered));
    }
}

/// How many mentions of `a` stand before one of `b`: the pairs, counted.
fn before(a: &[Mention], b: &[Mention]) -> u64 {
    b.iter().map(|b| a.partition_point(|a| a.start < b.start) as u64).sum()
}

/// The mention of each that stand closest together, `a` before `b` if `ordered`; the first such two of the text.
pub(super) fn closest(a: &[Mention], b: &[Mention], ordered: bool) -> [Mention; 2] {
    let (mut i, mut j) = (0, 0);
    let mut best = (usize::MAX, 0, 0);
    while i < a.len() && j < b.len() {
        let distance = a[i].start.abs_diff(b[j].start);
        let right_way = !ordered || a[i].start < b[j].start;
        if right_way && distance < best.0 {
            best = (distance, i, j);
        }
        if a[i].start < b[j].start {
            i += 1;
        } else {
            j += 1;
        }
    }
    [a[best.1], b[best.2]]
}
