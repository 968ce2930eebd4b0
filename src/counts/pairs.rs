//! Which entities occur in the same unit, how often, and where.

use std::ops::{Index, IndexMut};
use std::slice;
use std::sync::{Mutex, PoisonError};

use ahash::AHashMap;

use super::groups::Groups;
use super::places::{Kept, List, Places, lot};
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
    /// The places that are kept.
    evidence: List,
}

/// Units by entity, where most of the entities have none.
#[derive(Debug, Clone, Default)]
pub struct Units(AHashMap<u32, u64>);

impl Units {
    /// Each entity that has units, and their number.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u64)> + '_ {
        self.0.iter().map(|(&entity, &units)| (entity, units))
    }
}

impl Index<usize> for Units {
    type Output = u64;

    fn index(&self, entity: usize) -> &u64 {
        self.0.get(&(entity as u32)).unwrap_or(&0)
    }
}

impl IndexMut<usize> for Units {
    fn index_mut(&mut self, entity: usize) -> &mut u64 {
        self.0.entry(entity as u32).or_insert(0)
    }
}

/// The pairs of one group of documents.
#[derive(Debug, Clone, Default)]
pub struct GroupPairs {
    /// Two entities to what is known of them: the lower first, or the one that stands first.
    pub pairs: AHashMap<(u32, u32), Pair>,
    /// Of counts that are sums of fractions the integers: for a pair and the number of entities in a unit, or their
    /// distance, the units. In windows always the units by distance.
    parts: AHashMap<((u32, u32), u32), u64>,
    places: Places,
    /// For each entity the units that name it, as the first of a pair.
    pub first_of: Units,
    /// The same as the second of a pair, where that differs: in ordered windows.
    pub second_of: Units,
    /// Whether it differs.
    pub is_ordered: bool,
    /// Units in all, whether they name an entity or not.
    pub n_units: u64,
}

impl GroupPairs {
    fn new(options: &Options) -> Self {
        Self { is_ordered: options.ordered && !options.within.is_block(), ..Self::default() }
    }

    /// The units that name `entity` as the first of a pair.
    pub fn first(&self, entity: u32) -> u64 {
        self.first_of[entity as usize]
    }

    /// The units that name `entity` as the second of a pair.
    pub fn second(&self, entity: u32) -> u64 {
        if self.is_ordered { self.second_of[entity as usize] } else { self.first(entity) }
    }

    /// The places kept of `pair`, which is one of these, in the order of the text: a mention of each, the two of the
    /// unit that stand closest together, as their numbers among the mentions that were counted.
    pub fn evidence(&self, pair: &Pair) -> Vec<[u32; 2]> {
        let mut places: Vec<[u32; 2]> = self.places.of(pair.evidence).map(|kept| kept.mentions).collect();
        places.sort_unstable_by_key(|&[a, b]| (a.min(b), a.max(b)));
        places
    }

    /// The integers of counts that are sums of fractions, by pair and part.
    pub fn parts(&self) -> Parts {
        let mut parts: Vec<_> = self.parts.iter().map(|(&(key, part), &units)| (key, part, units)).collect();
        parts.sort_unstable();
        Parts(parts)
    }

    /// Adds what other documents have.
    fn merge(&mut self, other: Self, evidence: usize, job: &Job) -> Result<()> {
        if self.n_units == 0
            && self.first_of.0.is_empty()
            && self.second_of.0.is_empty()
            && self.pairs.is_empty()
        {
            *self = other;
            return Ok(());
        }
        self.n_units += other.n_units;
        other.first_of.iter().for_each(|(entity, units)| self.first_of[entity as usize] += units);
        other.second_of.iter().for_each(|(entity, units)| self.second_of[entity as usize] += units);
        if self.pairs.is_empty() {
            (self.pairs, self.parts, self.places) = (other.pairs, other.parts, other.places);
            return Ok(());
        }
        for (i, (key, units)) in other.parts.into_iter().enumerate() {
            if i % 4096 == 0 {
                job.check()?;
            }
            *self.parts.entry(key).or_default() += units;
        }
        for (i, (key, pair)) in other.pairs.into_iter().enumerate() {
            if i % 4096 == 0 {
                job.check()?;
            }
            let into = self.pairs.entry(key).or_default();
            into.both += pair.both;
            into.units += pair.units;
            into.count += pair.count;
            for Kept { lot, mentions, .. } in other.places.of(pair.evidence) {
                self.places.offer(&mut into.evidence, evidence, lot, mentions);
            }
        }
        Ok(())
    }
}

/// What [`GroupPairs::parts`] are, in the order of pairs and parts.
pub struct Parts(Vec<((u32, u32), u32, u64)>);

impl Parts {
    /// The parts of the pair `key` and the units of each, ascending.
    pub fn of(&self, key: (u32, u32)) -> impl Iterator<Item = (u32, u64)> + '_ {
        let start = self.0.partition_point(|&(other, ..)| other < key);
        self.0[start..].iter().take_while(move |&&(other, ..)| other == key).map(|&(_, part, n)| (part, n))
    }
}

fn too_many(pairs: usize, options: &Options, place: &str) -> Error {
    let smaller = match options.within {
        Unit::Sentence => "",
        Unit::Window { .. } => "a smaller window, ",
        Unit::Sentences(_) => "fewer sentences, ",
        Unit::Paragraph | Unit::Document => "a smaller unit (within=\"sentence\"), ",
    };
    Error::new(
        Kind::Limit,
        format!(
            "{place} has {pairs} pairs of entities, more than max_pairs={}; choose {smaller}fewer entities, or \
             raise max_pairs= (about 200 bytes a pair)",
            options.max_pairs
        ),
    )
}

/// The pairs of each group that workers have handed in, and how many they are.
struct Merged {
    groups: Vec<GroupPairs>,
    pairs: usize,
}

/// Workers hand their pairs in before they are more than this, so that all of them together hold few more than
/// the result has.
const HELD: usize = 1 << 16;

/// Counts the pairs among `mentions`, which are in the order of the texts.
pub fn pairs(
    corpus: &Corpus,
    mentions: &[Mention],
    options: Options,
    groups: &Groups,
    job: &Job,
) -> Result<Vec<GroupPairs>> {
    options.check()?;
    if u32::try_from(mentions.len()).is_err() {
        return Err(Error::new(Kind::Limit, "more than 4,294,967,295 mentions; take fewer texts at a time"));
    }
    let sizes = corpus.texts().sizes();
    let chunks = groups.chunks(&sizes, job.threads());
    let held = HELD.max(options.max_pairs / (2 * job.threads()));
    let new = (0..groups.len()).map(|_| GroupPairs::new(&options)).collect();
    let merged = Mutex::new(Merged { groups: new, pairs: 0 });
    let hand_in = |group: usize, out: GroupPairs| {
        let mut merged = merged.lock().unwrap_or_else(PoisonError::into_inner);
        let before = merged.groups[group].pairs.len();
        merged.groups[group].merge(out, options.evidence, job)?;
        merged.pairs += merged.groups[group].pairs.len() - before;
        if merged.pairs > options.max_pairs {
            return Err(too_many(merged.pairs, &options, "the collection"));
        }
        Ok(())
    };
    let init = || (None, Counter::new(corpus, mentions, options, job));
    let (workers, _) = parallel::fold(job, chunks.len(), sizes.iter().sum(), init, |worker, chunk| {
        let (group, counter) = worker;
        let chunk = &chunks[chunk];
        if let Some(before) = group.replace(chunk.group).filter(|&group| group != chunk.group) {
            hand_in(before, counter.take())?;
        }
        // The documents of a chunk ascend.
        let mut rest = mentions;
        for &doc in &chunk.docs {
            job.check()?;
            rest = &rest[count_near(rest, |m| m.doc < doc)..];
            let (own, later) = rest.split_at(count_near(rest, |m| m.doc == doc));
            rest = later;
            counter.doc(doc, own)?;
            if counter.out.pairs.len() > held {
                hand_in(chunk.group, counter.take())?;
            }
        }
        Ok(())
    })?;
    for (group, mut counter) in workers {
        job.check()?;
        if let Some(group) = group {
            hand_in(group, counter.take())?;
        }
    }
    Ok(merged.into_inner().unwrap_or_else(PoisonError::into_inner).groups)
}

/// How many of the first `mentions` are as `is` says, after which none is; it is likely that they are few.
fn count_near(mentions: &[Mention], is: impl Fn(&Mention) -> bool) -> usize {
    let mut bound = 1;
    while mentions.get(bound - 1).is_some_and(&is) {
        bound *= 2;
    }
    let from = bound / 2;
    from + mentions[from..mentions.len().min(bound)].partition_point(is)
}

/// Counts the documents of a worker one after the other.
pub(super) struct Counter<'a> {
    pub(super) corpus: &'a Corpus,
    mentions: &'a [Mention],
    pub(super) options: Options,
    pub(super) out: GroupPairs,
    pub(super) job: &'a Job,
    /// The mentions of the current unit, by entity.
    unit: Vec<Mention>,
    /// Whether some mentions overlap, as with names within names.
    overlaps: bool,
}

impl<'a> Counter<'a> {
    fn new(corpus: &'a Corpus, mentions: &'a [Mention], options: Options, job: &'a Job) -> Self {
        let overlaps = mentions.windows(2).any(|m| m[0].doc == m[1].doc && m[0].end > m[1].start);
        Self { corpus, mentions, options, out: GroupPairs::new(&options), job, unit: Vec::new(), overlaps }
    }

    /// What was counted since the last call.
    fn take(&mut self) -> GroupPairs {
        std::mem::replace(&mut self.out, GroupPairs::new(&self.options))
    }

    fn doc(&mut self, doc: usize, mentions: &[Mention]) -> Result<()> {
        match self.options.within {
            Unit::Window { words, cross } => windows::of_words(self, doc, mentions, words, cross)?,
            Unit::Sentences(size) => windows::of_sentences(self, doc, mentions, size)?,
            Unit::Sentence => {
                self.out.n_units += self.corpus.columns().sentences_of(doc).len() as u64;
                for unit in mentions.chunk_by(|a, b| a.sentence == b.sentence) {
                    self.block(doc, unit[0].sentence, unit)?;
                }
            }
            within => units::blocks(self.corpus, within, doc, mentions, |start, unit| {
                self.out.n_units += 1;
                self.block(doc, start, unit)
            })?,
        }
        self.limit(self.out.pairs.len(), || format!("the collection up to documents[{doc}]"))
    }

    /// The number of `mention` among all mentions.
    fn number(&self, mention: &Mention) -> u32 {
        // They stand in the order of their words; one with a prefix may start before another at its word.
        let near = self.mentions.partition_point(|m| (m.doc, m.start) < (mention.doc, mention.start));
        let is = |at: &usize| self.mentions.get(*at) == Some(mention);
        let outwards = (0..self.mentions.len()).flat_map(|step| [near + step, near.saturating_sub(step)]);
        // `pairs` refused more than can be numbered.
        outwards.into_iter().find(is).unwrap_or(near) as u32
    }

    /// An error if there are, or would be, more than `max_pairs` pairs.
    pub(super) fn limit(&self, pairs: usize, place: impl Fn() -> String) -> Result<()> {
        if pairs > self.options.max_pairs { Err(too_many(pairs, &self.options, &place())) } else { Ok(()) }
    }

    /// One unit more for the pair `key`, counted `count` times; its place begins at (document, byte).
    pub(super) fn add(
        &mut self,
        key: (u32, u32),
        count: u64,
        part: Option<u32>,
        (doc, start): (usize, usize),
        place: impl FnOnce() -> [Mention; 2],
    ) {
        if self.out.pairs.len() > self.options.max_pairs {
            // Refused when the document ends; no more memory is taken until then.
            return;
        }
        let pair = self.out.pairs.entry(key).or_default();
        pair.both += 1;
        pair.units += 1;
        pair.count += count;
        let most = self.options.evidence;
        let lot = if most == 0 { u32::MAX } else { lot(doc, start) };
        let keeps = (pair.evidence.len()) < most || most > 0 && lot <= pair.evidence.highest();
        if let Some(part) = part {
            *self.out.parts.entry((key, part)).or_default() += 1;
        }
        if keeps {
            let place = place();
            let place = [self.number(&place[0]), self.number(&place[1])];
            let GroupPairs { pairs, places, .. } = &mut self.out;
            places.offer(&mut pairs.entry(key).or_default().evidence, most, lot, place);
        }
    }

    fn block(&mut self, doc: usize, sentence: usize, mentions: &[Mention]) -> Result<()> {
        if let [] | [_] = mentions {
            mentions.iter().for_each(|m| self.out.first_of[m.entity as usize] += 1);
            return Ok(());
        }
        if let [a, b] = mentions
            && a.entity != b.entity
        {
            let (a, b) = if a.entity < b.entity { (a, b) } else { (b, a) };
            self.out.first_of[a.entity as usize] += 1;
            self.out.first_of[b.entity as usize] += 1;
            return self.runs(doc, sentence, &[slice::from_ref(a), slice::from_ref(b)], None);
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
        let pairs = names.map_or(k * k.saturating_sub(1) / 2, |n| n * (k - n));
        let first = self.corpus.columns().sentences_of(doc).start;
        self.limit(pairs * if self.options.ordered { 2 } else { 1 }, || {
            let sentence = sentence - first;
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
        let two;
        let (a, b, count) = match if self.overlaps { apart(a, b, ordered) } else { None } {
            // Some stand within others, which makes no pair of them: the rest is counted one by one.
            Some((count, Some(closest))) => {
                two = closest;
                (&two[..1], &two[1..], count)
            }
            None if !ordered || a[0].start < b[b.len() - 1].start => {
                let in_order = ordered && weight == Weight::Frequency;
                (a, b, if in_order { before(a, b) } else { a.len() as u64 * b.len() as u64 })
            }
            // The unit names both all the same.
            _ => {
                self.out.pairs.entry((a[0].entity, b[0].entity)).or_default().both += 1;
                return;
            }
        };
        let count = if weight == Weight::Frequency { count } else { 1 };
        let part = part.or_else(|| match weight {
            // A unit of more than 4 billion entities would have been refused.
            Weight::Fractional => Some(k as u32),
            Weight::Weighted => Some(windows::distance(self.corpus, a, b, ordered)),
            _ => None,
        });
        let place = (a[0].doc, a[0].start.min(b[0].start));
        self.add((a[0].entity, b[0].entity), count, part, place, || closest(a, b, ordered));
    }
}

/// Of two entities some of whose mentions overlap: how many pairs the others make, and the closest two. `None` if
/// none overlap.
fn apart(a: &[Mention], b: &[Mention], ordered: bool) -> Option<(u64, Option<[Mention; 2]>)> {
    let overlap = |a: &Mention, b: &Mention| a.start < b.end && b.start < a.end;
    let all = || a.iter().flat_map(|&a| b.iter().map(move |&b| [a, b]));
    if !all().any(|[a, b]| overlap(&a, &b)) {
        return None;
    }
    let two = all().filter(|[a, b]| !overlap(a, b) && (!ordered || a.start < b.start));
    let count = two.clone().count() as u64;
    // The first of those as close.
    Some((count, two.min_by_key(|[a, b]| (a.start.abs_diff(b.start), a.start.min(b.start)))))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_ones_are_counted_as_any_others() {
        let of = |doc| Mention { doc, sentence: 0, start: 0, end: 0, entity: 0, alias: 0 };
        for len in 0..40 {
            let mentions: Vec<Mention> = (0..len).map(of).collect();
            for end in 0..=len + 1 {
                let is = |m: &Mention| m.doc < end;
                assert_eq!(count_near(&mentions, is), mentions.partition_point(is), "{len} {end}");
            }
        }
    }
}
