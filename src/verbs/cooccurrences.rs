//! Which entities occur together, how strongly, how certain that is, and the sentences that show it.

mod change;
mod evidence;
mod shown;

pub use change::Differing;
pub use shown::{Certainty, Shown};

use std::sync::Arc;

use super::group_column;
use crate::corpus::Corpus;
use crate::counts::groups::Groups;
use crate::counts::order::prefix;
use crate::counts::pairs::{self, GroupPairs, Options, Pair};
use crate::counts::shuffle;
use crate::entities::{Entity, Gazetteer, Mention, Names, reading};
use crate::error::{Error, Kind, Result};
use crate::parallel::Job;
use crate::stats::contingency::Contingency;
use crate::stats::resample::{Exceeding, PERMUTATION};
use crate::table::{Column, Strings, Table};

/// The pairs of a corpus with what they were counted from.
#[derive(Debug)]
pub struct Network {
    corpus: Corpus,
    names: Names,
    /// The place of each entity among the names in the order of their characters; those that nothing mentions stand
    /// last.
    ranks: Vec<u32>,
    mentions: Vec<Mention>,
    groups: Groups,
    by: String,
    levels: Vec<Level>,
}

/// The pairs within one kind of unit.
#[derive(Debug)]
struct Level {
    options: Options,
    groups: Vec<GroupPairs>,
}

/// A pair to be shown.
struct Row<'a> {
    level: usize,
    group: usize,
    /// The pair as it was counted.
    key: (u32, u32),
    source: u32,
    target: u32,
    pair: &'a Pair,
    /// The count, where it is a sum of fractions.
    sum: f64,
    table: Contingency,
}

/// What [`Network`] keeps as the ranks of `entities`.
fn ranks(entities: &[Entity], mentions: &[Mention]) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let mut ranks = vec![NONE; entities.len()];
    // The first letters decide for most, and are not as far away as the names.
    let mut order: Vec<(u64, u32)> = Vec::new();
    for m in mentions {
        if std::mem::replace(&mut ranks[m.entity as usize], 0) == NONE {
            let name = entities[m.entity as usize].name.as_bytes();
            order.push((prefix(name, 0, name.len()), m.entity));
        }
    }
    let name = |e: u32| &entities[e as usize].name;
    order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| (name(a.1), a.1).cmp(&(name(b.1), b.1))));
    order.iter().zip(0..).for_each(|(&(_, e), rank)| ranks[e as usize] = rank);
    let rest = ranks.iter_mut().filter(|rank| **rank == NONE);
    rest.zip(order.len() as u32..).for_each(|(rank, next)| *rank = next);
    ranks
}

impl Network {
    /// Finds `names` in `corpus` and counts their pairs in each group, in the units of each of `levels`.
    pub fn new(
        corpus: Corpus,
        names: Names,
        groups: Groups,
        by: &str,
        levels: &[Options],
        job: &Job,
    ) -> Result<Self> {
        let levels: Vec<Options> = levels.iter().map(|&o| Options { split: names.split(), ..o }).collect();
        levels.iter().try_for_each(Options::check)?;
        let mentions = names.mentions(&corpus, job)?;
        Self::counted(corpus, names, mentions, groups, by, &levels, job)
    }

    /// The same for the texts of `corpus`, which need not be read; they are read only as far as the units ask.
    pub fn of_unread(
        corpus: &Corpus,
        gazetteer: Arc<Gazetteer>,
        groups: Groups,
        by: &str,
        levels: &[Options],
        job: &Job,
    ) -> Result<Self> {
        if levels.iter().any(Options::needs_words) {
            return Self::new(corpus.read(job)?, Names::Gazetteer(gazetteer), groups, by, levels, job);
        }
        levels.iter().try_for_each(Options::check)?;
        let (corpus, mentions) = reading::read(corpus, &gazetteer, job)?;
        Self::counted(corpus, Names::Gazetteer(gazetteer), mentions, groups, by, levels, job)
    }

    fn counted(
        corpus: Corpus,
        names: Names,
        mentions: Vec<Mention>,
        groups: Groups,
        by: &str,
        levels: &[Options],
        job: &Job,
    ) -> Result<Self> {
        let count = |&options: &Options| {
            let groups = pairs::pairs(&corpus, &mentions, options, &groups, job)?;
            Ok(Level { options, groups })
        };
        let levels = levels.iter().map(count).collect::<Result<_>>()?;
        let ranks = ranks(names.entities(), &mentions);
        Ok(Self { corpus, names, ranks, mentions, groups, by: by.to_owned(), levels })
    }

    /// The mentions that the pairs were counted from, as a table.
    pub fn mentions(&self) -> Result<Table> {
        super::mentions::table(&self.corpus, &self.names, &self.mentions)
    }

    /// The number of entities.
    pub fn n_entities(&self) -> usize {
        self.names.entities().len()
    }

    /// Units in each group of the first level, in the order of the groups.
    pub fn n_units(&self) -> Vec<u64> {
        self.levels.first().map_or_else(Vec::new, |l| l.groups.iter().map(|g| g.n_units).collect())
    }

    /// The names of the groups, `None` for documents without a value.
    pub fn group_names(&self) -> Vec<Option<&str>> {
        (0..self.groups.len()).map(|g| self.groups.name(g)).collect()
    }

    /// The names of the levels.
    pub fn level_names(&self) -> Vec<String> {
        self.levels.iter().map(|l| l.options.within.label()).collect()
    }

    fn name(&self, entity: u32) -> &str {
        &self.names.entities()[entity as usize].name
    }

    /// The pair in the order it is shown: the first first, or the name before the term, or by name, so that no order
    /// depends on the gazetteer's.
    fn shown_order(&self, level: &Level, (a, b): (u32, u32)) -> (u32, u32) {
        if level.options.split.is_some() && !level.options.ordered {
            (a.min(b), a.max(b))
        } else if level.options.ordered || self.ranks[a as usize] <= self.ranks[b as usize] {
            (a, b)
        } else {
            (b, a)
        }
    }

    fn level(&self, level: usize) -> Result<&Level> {
        self.levels.get(level).ok_or_else(|| Error::new(Kind::Internal, "no such unit"))
    }

    fn rows(&self, levels: std::ops::Range<usize>, min_count: f64) -> Result<Vec<Row<'_>>> {
        let mut rows = Vec::new();
        for at in levels {
            let level = self.level(at)?;
            let weight = level.options.weight;
            for (group, slice) in level.groups.iter().enumerate() {
                let parts = weight.is_fraction().then(|| slice.parts());
                for (&key, pair) in &slice.pairs {
                    let sum = parts.as_ref().map_or(f64::NAN, |parts| weight.sum(parts.of(key)));
                    let count = if weight.is_fraction() { sum } else { pair.count as f64 };
                    // A pair that never stood in this order has no count.
                    if count < min_count || pair.count == 0 {
                        continue;
                    }
                    let (source, target) = self.shown_order(level, key);
                    let (first, second) = (slice.first(source), slice.second(target));
                    let table = Contingency::from_counts(pair.both, first, second, slice.n_units)?;
                    rows.push(Row { level: at, group, key, source, target, pair, sum, table });
                }
            }
        }
        let rank = |e: u32| self.ranks[e as usize];
        rows.sort_unstable_by(|a, b| {
            (a.level, a.group)
                .cmp(&(b.level, b.group))
                .then_with(|| b.sum.total_cmp(&a.sum))
                .then_with(|| b.pair.count.cmp(&a.pair.count))
                .then_with(|| (rank(a.source), rank(a.target)).cmp(&(rank(b.source), rank(b.target))))
        });
        Ok(rows)
    }

    /// One row a pair: `[within], [group], source, target, count, n_source, n_target, n`, the measures, and on
    /// request intervals, p-values and cells. `n_source`, `n_target` and `n` are units: those that name the
    /// source, the target, and all of the group.
    pub fn table(&self, shown: &Shown, min_count: f64, job: &Job) -> Result<Table> {
        shown.check(&self.levels.iter().map(|l| l.options).collect::<Vec<_>>())?;
        let rows = self.rows(0..self.levels.len(), min_count)?;
        let tables: Vec<Contingency> = rows.iter().map(|r| r.table).collect();
        let chance = shown.permutations.map(|(n, seed)| self.chance(&rows, n, seed, job)).transpose()?;
        let mut table = Table::new();
        if self.levels.len() > 1 {
            let names = self.level_names();
            table = table.with("within", Column::texts(rows.iter().map(|r| &names[r.level])));
        }
        let groups: Vec<usize> = rows.iter().map(|r| r.group).collect();
        let fractions = self.levels.iter().any(|l| l.options.weight.is_fraction());
        let count = if fractions {
            Column::Float(rows.iter().map(|r| r.sum).collect())
        } else {
            Column::ints(rows.iter().map(|r| r.pair.count))?
        };
        let table = table
            .join(group_column(&self.groups, &self.by, &groups))
            .with("source", Column::texts(rows.iter().map(|r| self.name(r.source))))
            .with("target", Column::texts(rows.iter().map(|r| self.name(r.target))))
            .with("count", count)
            .with("n_source", Column::ints(tables.iter().map(Contingency::r1))?)
            .with("n_target", Column::ints(tables.iter().map(Contingency::c1))?)
            .with("n", Column::ints(tables.iter().map(Contingency::n))?);
        // What is asked for beside a group or unit does not change its own q-values.
        let families: Vec<usize> =
            rows.chunk_by(|a, b| (a.level, a.group) == (b.level, b.group)).map(<[Row]>::len).collect();
        Ok(table.join(shown.columns(&tables, chance, &families)?))
    }

    /// The p-value of each row by permutation of the documents.
    fn chance(&self, rows: &[Row<'_>], permutations: u64, seed: u64, job: &Job) -> Result<Vec<f64>> {
        let mut out = Vec::with_capacity(rows.len());
        for run in rows.chunk_by(|a, b| (a.level, a.group) == (b.level, b.group)) {
            let options = self.level(run[0].level)?.options;
            let (n, within) = (self.n_entities(), options.within);
            let sheets = shuffle::sheets(&self.corpus, &self.mentions, n, within, &self.groups, job)?;
            let pairs: Vec<_> = run.iter().map(|r| (r.source, r.target, r.pair.units)).collect();
            let hits = sheets[run[0].group].exceed(&pairs, permutations, seed, job)?;
            out.extend(hits.into_iter().map(|hits| PERMUTATION[0].of(&Exceeding { hits, permutations })));
        }
        Ok(out)
    }

    /// One row an entity: `entity, type, mentions, units, documents`; `units` are those of one level.
    pub fn nodes(&self, level: usize) -> Result<Table> {
        let entities = self.names.entities();
        let n = entities.len();
        let (mut count, mut docs, mut last) = (vec![0u64; n], vec![0u64; n], vec![usize::MAX; n]);
        for m in &self.mentions {
            let e = m.entity as usize;
            count[e] += 1;
            docs[e] += u64::from(last[e] != m.doc);
            last[e] = m.doc;
        }
        let mut units = vec![0u64; n];
        for slice in &self.level(level)?.groups {
            slice.first_of.iter().for_each(|(entity, n)| units[entity as usize] += n);
        }
        let mut order: Vec<usize> = (0..n).filter(|&e| count[e] > 0).collect();
        order.sort_by_key(|&e| (std::cmp::Reverse(count[e]), self.ranks[e]));
        let mut kinds = Strings::default();
        order.iter().for_each(|&e| kinds.push_option(entities[e].kind.as_deref()));
        Ok(Table::new()
            .with("entity", Column::texts(order.iter().map(|&e| &entities[e].name)))
            .with("type", Column::Text(kinds))
            .with("mentions", Column::ints(order.iter().map(|&e| count[e]))?)
            .with("units", Column::ints(order.iter().map(|&e| units[e]))?)
            .with("documents", Column::ints(order.iter().map(|&e| docs[e]))?))
    }

    /// The integers behind weighted counts: one row a pair and part, `[within], [group], source, target, part,
    /// count`. `part` is a distance, or the number of entities in a unit.
    pub fn parts(&self) -> Result<Table> {
        let rows = self.rows(0..self.levels.len(), 0.0)?;
        let mut parts: Vec<(&Row, u32, u64)> = Vec::new();
        for run in rows.chunk_by(|a, b| (a.level, a.group) == (b.level, b.group)) {
            let of_pairs = self.level(run[0].level)?.groups[run[0].group].parts();
            run.iter().for_each(|r| parts.extend(of_pairs.of(r.key).map(|(part, n)| (r, part, n))));
        }
        let groups: Vec<usize> = parts.iter().map(|p| p.0.group).collect();
        let mut table = Table::new();
        if self.levels.len() > 1 {
            let names = self.level_names();
            table = table.with("within", Column::texts(parts.iter().map(|p| &names[p.0.level])));
        }
        Ok(table
            .join(group_column(&self.groups, &self.by, &groups))
            .with("source", Column::texts(parts.iter().map(|p| self.name(p.0.source))))
            .with("target", Column::texts(parts.iter().map(|p| self.name(p.0.target))))
            .with("part", Column::ints(parts.iter().map(|p| p.1))?)
            .with("count", Column::ints(parts.iter().map(|p| p.2))?))
    }

    /// The canonical name of `name`, which is an entity or an alias; `argument` is what an error names.
    pub fn canonical(&self, argument: &str, name: &str) -> Result<&str> {
        Ok(self.name(self.find(argument, name)?))
    }

    fn find(&self, argument: &str, name: &str) -> Result<u32> {
        self.names.find(name, &self.corpus.reader().tokens).ok_or_else(|| {
            let names: Vec<&str> = self.names.entities().iter().map(|e| e.name.as_str()).collect();
            let hint = crate::error::nearest(name, &names);
            let hint = hint.map_or(String::new(), |n| format!(" Did you mean {n:?}?"));
            Error::new(Kind::Key, format!("{argument}={name:?} is no entity or alias of this network.{hint}"))
        })
    }
}
