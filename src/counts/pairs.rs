//! Which entities occur in the same unit, how often, and where.

use ahash::AHashMap;

use super::groups::Groups;
use crate::corpus::Corpus;
use crate::entities::Mention;
use crate::error::{Error, Kind, Result};
use crate::parallel::{self, Job};

/// The stretch of text within which two mentions count as occurring together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
    /// A document.
    Document,
}

impl Unit {
    /// The option `within` by name.
    pub fn parse(name: &str) -> Result<Self> {
        match name {
            "sentence" => Ok(Self::Sentence),
            "paragraph" => Ok(Self::Paragraph),
            "document" => Ok(Self::Document),
            _ => Err(Error::choice("within", name, &["sentence", "paragraph", "document"])),
        }
    }
}

/// How a unit that names two entities counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Once, however often they are named there.
    Boolean,
    /// The product of the numbers of their mentions.
    Frequency,
}

impl Weight {
    /// The option `count` by name.
    pub fn parse(name: &str) -> Result<Self> {
        match name {
            "boolean" => Ok(Self::Boolean),
            "frequency" => Ok(Self::Frequency),
            _ => Err(Error::choice("count", name, &["boolean", "frequency"])),
        }
    }
}

/// What is counted and how much of it is kept.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The unit.
    pub within: Unit,
    /// How a unit counts.
    pub weight: Weight,
    /// How many places are kept for each pair.
    pub evidence: usize,
    /// The most distinct pairs that may be held.
    pub max_pairs: usize,
}

/// What is known of a pair.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pair {
    /// Units with both.
    pub units: u64,
    /// The count under the chosen weight.
    pub count: u64,
    /// The first places: a mention of each, the two of the unit that stand closest together.
    pub evidence: Vec<[Mention; 2]>,
}

/// The pairs of one group of documents.
#[derive(Debug, Clone, Default)]
pub struct GroupPairs {
    /// (lower entity, higher entity) to what is known of them.
    pub pairs: AHashMap<(u32, u32), Pair>,
    /// For each entity the units that name it.
    pub units_of: Vec<u64>,
    /// Units in all, whether they name an entity or not.
    pub n_units: u64,
}

impl GroupPairs {
    fn new(entities: usize) -> Self {
        Self { units_of: vec![0; entities], ..Self::default() }
    }

    /// Adds what a later run of documents has.
    fn merge(&mut self, other: Self, evidence: usize, max_pairs: usize) -> Result<()> {
        self.n_units += other.n_units;
        self.units_of.iter_mut().zip(&other.units_of).for_each(|(a, b)| *a += b);
        for (key, pair) in other.pairs {
            let into = self.pairs.entry(key).or_default();
            into.units += pair.units;
            into.count += pair.count;
            let free = evidence - into.evidence.len().min(evidence);
            into.evidence.extend(pair.evidence.into_iter().take(free));
        }
        if self.pairs.len() > max_pairs {
            return Err(too_many(self.pairs.len(), max_pairs, "the collection"));
        }
        Ok(())
    }
}

fn too_many(pairs: usize, max_pairs: usize, place: &str) -> Error {
    Error::new(
        Kind::Limit,
        format!(
            "{place} has {pairs} pairs of entities, more than max_pairs={max_pairs}; choose a smaller unit \
             (within=\"sentence\"), fewer entities, or raise max_pairs= (about 100 bytes a pair)"
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
    let sizes = corpus.texts().sizes();
    let chunks = groups.chunks(&sizes, job.threads());
    let parts = parallel::map(job, chunks.len(), sizes.iter().sum(), |chunk| {
        let mut counter = Counter { corpus, options, out: GroupPairs::new(entities), unit: Vec::new() };
        for &doc in &chunks[chunk].docs {
            job.check()?;
            let first = mentions.partition_point(|m| m.doc < doc);
            let count = mentions[first..].partition_point(|m| m.doc == doc);
            counter.doc(doc, &mentions[first..first + count], job)?;
        }
        Ok(counter.out)
    })?;
    let mut merged: Vec<GroupPairs> = (0..groups.len()).map(|_| GroupPairs::new(entities)).collect();
    for (chunk, part) in chunks.iter().zip(parts) {
        job.check()?;
        merged[chunk.group].merge(part, options.evidence, options.max_pairs)?;
    }
    Ok(merged)
}

struct Counter<'a> {
    corpus: &'a Corpus,
    options: Options,
    out: GroupPairs,
    /// The mentions of the current unit, by entity.
    unit: Vec<Mention>,
}

impl Counter<'_> {
    fn doc(&mut self, doc: usize, mut mentions: &[Mention], job: &Job) -> Result<()> {
        let columns = self.corpus.columns();
        let sentences = columns.sentences_of(doc);
        let mut start = sentences.start;
        for sentence in sentences.clone() {
            let ends = match self.options.within {
                Unit::Sentence => true,
                Unit::Paragraph => columns.ends_paragraph(sentence) || sentence + 1 == sentences.end,
                Unit::Document => sentence + 1 == sentences.end,
            };
            if !ends {
                continue;
            }
            let count = mentions.iter().take_while(|m| m.sentence <= sentence).count();
            self.unit(doc, start, &mentions[..count], job)?;
            mentions = &mentions[count..];
            start = sentence + 1;
        }
        Ok(())
    }

    fn unit(&mut self, doc: usize, sentence: usize, mentions: &[Mention], job: &Job) -> Result<()> {
        self.out.n_units += 1;
        if mentions.is_empty() {
            return Ok(());
        }
        self.unit.clear();
        self.unit.extend_from_slice(mentions);
        // Stable: the mentions of one entity stay in the order of the text.
        self.unit.sort_by_key(|m| m.entity);
        let runs: Vec<&[Mention]> = self.unit.chunk_by(|a, b| a.entity == b.entity).collect();
        let k = runs.len();
        if k * (k - 1) / 2 > self.options.max_pairs {
            let place = format!("documents[{doc}] (the unit that starts with its sentence {sentence})");
            return Err(too_many(k * (k - 1) / 2, self.options.max_pairs, &place));
        }
        for (i, a) in runs.iter().enumerate() {
            self.out.units_of[a[0].entity as usize] += 1;
            if i % 64 == 0 {
                job.check()?;
            }
            for b in &runs[i + 1..] {
                let pair = self.out.pairs.entry((a[0].entity, b[0].entity)).or_default();
                pair.units += 1;
                pair.count += match self.options.weight {
                    Weight::Boolean => 1,
                    Weight::Frequency => a.len() as u64 * b.len() as u64,
                };
                if pair.evidence.len() < self.options.evidence {
                    pair.evidence.push(closest(a, b));
                }
            }
        }
        Ok(())
    }
}

/// The mention of each that stand closest together; the first such two of the text.
fn closest(a: &[Mention], b: &[Mention]) -> [Mention; 2] {
    let (mut i, mut j) = (0, 0);
    let mut best = (usize::MAX, 0, 0);
    while i < a.len() && j < b.len() {
        let distance = a[i].start.abs_diff(b[j].start);
        if distance < best.0 {
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
