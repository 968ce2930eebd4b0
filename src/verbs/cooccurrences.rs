//! Which entities occur together, how strongly, and the sentences that show it.

use std::sync::Arc;

use super::{Positions, doc_columns, group_column};
use crate::corpus::Corpus;
use crate::counts::groups::Groups;
use crate::counts::pairs::{self, GroupPairs, Options, Pair, Unit};
use crate::entities::{Gazetteer, Mention, mentions};
use crate::error::{Error, Kind, Result};
use crate::measure::{self, Measure};
use crate::parallel::Job;
use crate::stats::association::ASSOCIATION;
use crate::stats::contingency::Contingency;
use crate::table::{Column, Table};

/// The pairs of a corpus with what they were counted from.
#[derive(Debug)]
pub struct Network {
    corpus: Corpus,
    gazetteer: Arc<Gazetteer>,
    mentions: Vec<Mention>,
    groups: Groups,
    by: String,
    options: Options,
    pairs: Vec<GroupPairs>,
}

/// What of the pairs is shown.
pub struct Shown {
    measures: Vec<&'static Measure<Contingency>>,
    /// Whether the cells of each pair's table are columns.
    pub contingency: bool,
    /// Pairs that occur together less often are left out.
    pub min_count: u64,
}

impl Shown {
    /// The measures `names` and no cells.
    pub fn new(names: &[impl AsRef<str>], contingency: bool, min_count: u64) -> Result<Self> {
        Ok(Self { measures: measure::select(ASSOCIATION, "measures", names)?, contingency, min_count })
    }
}

/// A pair to be shown.
struct Row<'a> {
    group: usize,
    source: u32,
    target: u32,
    pair: &'a Pair,
    table: Contingency,
}

impl Network {
    /// Finds the names of `gazetteer` in `corpus` and counts their pairs in each group.
    pub fn new(
        corpus: Corpus,
        gazetteer: Arc<Gazetteer>,
        groups: Groups,
        by: &str,
        options: Options,
        job: &Job,
    ) -> Result<Self> {
        let mentions = mentions(&corpus, &gazetteer, job)?;
        let pairs = pairs::pairs(&corpus, &mentions, gazetteer.entities().len(), options, &groups, job)?;
        Ok(Self { corpus, gazetteer, mentions, groups, by: by.to_owned(), options, pairs })
    }

    /// The mentions that the pairs were counted from, as a table.
    pub fn mentions(&self) -> Result<Table> {
        super::mentions::table(&self.corpus, &self.gazetteer, &self.mentions)
    }

    /// Units in each group, in the order of the groups.
    pub fn n_units(&self) -> Vec<u64> {
        self.pairs.iter().map(|g| g.n_units).collect()
    }

    fn name(&self, entity: u32) -> &str {
        &self.gazetteer.entities()[entity as usize].name
    }

    /// The pair in the order it is shown: by name, so that no order depends on the gazetteer's.
    fn ordered(&self, a: u32, b: u32) -> (u32, u32) {
        if self.name(a) <= self.name(b) { (a, b) } else { (b, a) }
    }

    fn rows(&self, min_count: u64) -> Result<Vec<Row<'_>>> {
        let mut rows = Vec::new();
        for (group, slice) in self.pairs.iter().enumerate() {
            for (&(a, b), pair) in slice.pairs.iter().filter(|(_, p)| p.count >= min_count) {
                let (source, target) = self.ordered(a, b);
                let of = |e: u32| slice.units_of[e as usize];
                let table = Contingency::from_counts(pair.units, of(source), of(target), slice.n_units)?;
                rows.push(Row { group, source, target, pair, table });
            }
        }
        rows.sort_by(|a, b| {
            let names = |r: &Row| (self.name(r.source).to_owned(), self.name(r.target).to_owned());
            a.group.cmp(&b.group).then(b.pair.count.cmp(&a.pair.count)).then_with(|| names(a).cmp(&names(b)))
        });
        Ok(rows)
    }

    /// One row a pair: `[group], source, target, count, n_source, n_target, n`, the measures, and on
    /// request the cells. `n_source`, `n_target` and `n` are units: those that name the source, the
    /// target, and all of the group.
    pub fn table(&self, shown: &Shown) -> Result<Table> {
        let rows = self.rows(shown.min_count)?;
        let groups: Vec<usize> = rows.iter().map(|r| r.group).collect();
        let int = |f: fn(&Row) -> u64| Column::ints(rows.iter().map(f));
        let mut table = group_column(&self.groups, &self.by, &groups)
            .with("source", Column::texts(rows.iter().map(|r| self.name(r.source))))
            .with("target", Column::texts(rows.iter().map(|r| self.name(r.target))))
            .with("count", int(|r| r.pair.count)?)
            .with("n_source", int(|r| r.table.r1())?)
            .with("n_target", int(|r| r.table.c1())?)
            .with("n", int(|r| r.table.n())?);
        for measure in &shown.measures {
            table =
                table.with(measure.name, Column::Float(rows.iter().map(|r| measure.of(&r.table)).collect()));
        }
        if shown.contingency {
            table = table
                .with("o11", int(|r| r.table.o11)?)
                .with("o12", int(|r| r.table.o12)?)
                .with("o21", int(|r| r.table.o21)?)
                .with("o22", int(|r| r.table.o22)?)
                .with("e11", Column::Float(rows.iter().map(|r| r.table.e11()).collect()));
        }
        Ok(table)
    }

    /// One row an entity: `entity, type, mentions, units, documents, degree`.
    pub fn nodes(&self) -> Result<Table> {
        let n = self.gazetteer.entities().len();
        let (mut count, mut docs, mut last) = (vec![0u64; n], vec![0u64; n], vec![usize::MAX; n]);
        for m in &self.mentions {
            let e = m.entity as usize;
            count[e] += 1;
            docs[e] += u64::from(last[e] != m.doc);
            last[e] = m.doc;
        }
        let (mut units, mut neighbours) = (vec![0u64; n], vec![std::collections::BTreeSet::new(); n]);
        for slice in &self.pairs {
            slice.units_of.iter().zip(&mut units).for_each(|(s, u)| *u += s);
            for &(a, b) in slice.pairs.keys() {
                neighbours[a as usize].insert(b);
                neighbours[b as usize].insert(a);
            }
        }
        let mut order: Vec<usize> = (0..n).filter(|&e| count[e] > 0).collect();
        order.sort_by(|&a, &b| {
            count[b].cmp(&count[a]).then_with(|| self.name(a as u32).cmp(self.name(b as u32)))
        });
        let entities = self.gazetteer.entities();
        let mut kinds = crate::table::Strings::default();
        order.iter().for_each(|&e| kinds.push_option(entities[e].kind.as_deref()));
        Ok(Table::new()
            .with("entity", Column::texts(order.iter().map(|&e| &entities[e].name)))
            .with("type", Column::Text(kinds))
            .with("mentions", Column::ints(order.iter().map(|&e| count[e]))?)
            .with("units", Column::ints(order.iter().map(|&e| units[e]))?)
            .with("documents", Column::ints(order.iter().map(|&e| docs[e]))?)
            .with("degree", Column::ints(order.iter().map(|&e| neighbours[e].len()))?))
    }

    /// The places kept for every pair that is shown, the most frequent pair first.
    pub fn evidence(&self, min_count: u64) -> Result<Table> {
        let rows = self.rows(min_count)?;
        let places = rows.iter().flat_map(|r| r.pair.evidence.iter().map(|e| (r.source, r.target, *e)));
        self.places(&places.collect::<Vec<_>>())
    }

    /// Every place where the two names stand together, in the order of the texts.
    pub fn evidence_of(&self, a: &str, b: &str, job: &Job) -> Result<Table> {
        let (a, b) = (self.find("source", a)?, self.find("target", b)?);
        let (source, target) = (a, b);
        if a == b {
            return Err(Error::value(format!(
                "source and target are both {:?}; name two entities",
                self.name(a)
            )));
        }
        let two: Vec<Mention> =
            self.mentions.iter().filter(|m| m.entity == a || m.entity == b).copied().collect();
        let options = Options { evidence: usize::MAX, ..self.options };
        let entities = self.gazetteer.entities().len();
        let found = pairs::pairs(&self.corpus, &two, entities, options, &Groups::one(), job)?;
        let pairs = found.into_iter().flat_map(|g| g.pairs.into_values());
        let places: Vec<_> = pairs.flat_map(|p| p.evidence).map(|e| (source, target, e)).collect();
        self.places(&places)
    }

    fn find(&self, argument: &str, name: &str) -> Result<u32> {
        self.gazetteer.find(name).ok_or_else(|| {
            let names: Vec<&str> = self.gazetteer.entities().iter().map(|e| e.name.as_str()).collect();
            let hint = crate::error::nearest(name, &names);
            let hint = hint.map_or(String::new(), |n| format!(" Did you mean {n:?}?"));
            Error::new(Kind::Key, format!("{argument}={name:?} is no entity or alias of this network.{hint}"))
        })
    }

    /// One row a place: `source, target, doc, [doc_id], sentence, start, end, source_start, source_text,
    /// target_start, target_text, text`. The text runs from the sentence of the first mention to that of the second.
    fn places(&self, places: &[(u32, u32, [Mention; 2])]) -> Result<Table> {
        let docs: Vec<usize> = places.iter().map(|(_, _, e)| e[0].doc).collect();
        let columns = self.corpus.columns();
        let mut positions = Positions::new(&self.corpus);
        let (mut sentence, mut start, mut end) = (Vec::new(), Vec::new(), Vec::new());
        let (mut source_start, mut target_start) = (Vec::new(), Vec::new());
        let mut spans = Vec::new();
        let mention = |entity: u32, e: &[Mention; 2]| if e[0].entity == entity { e[0] } else { e[1] };
        for (source, target, e) in places {
            let doc = e[0].doc;
            let (first, last) = (e[0].sentence.min(e[1].sentence), e[0].sentence.max(e[1].sentence));
            // A name may run on beyond the sentence in which it starts.
            let ends = columns.sentence_span(last).end.max(e[0].end).max(e[1].end);
            let span = columns.sentence_span(first).start..ends;
            sentence.push(first - columns.sentences_of(doc).start);
            start.push(positions.at(doc, span.start));
            end.push(positions.at(doc, span.end));
            source_start.push(positions.at(doc, mention(*source, e).start));
            target_start.push(positions.at(doc, mention(*target, e).start));
            spans.push(span);
        }
        let written = |entity: u32, e: &[Mention; 2]| {
            let m = mention(entity, e);
            &self.corpus.texts().text(m.doc)[m.start..m.end]
        };
        let text = docs.iter().zip(&spans).map(|(&d, s)| &self.corpus.texts().text(d)[s.clone()]);
        Ok(Table::new()
            .with("source", Column::texts(places.iter().map(|p| self.name(p.0))))
            .with("target", Column::texts(places.iter().map(|p| self.name(p.1))))
            .join(doc_columns(&self.corpus, &docs)?)
            .with("sentence", Column::ints(sentence)?)
            .with("start", Column::ints(start)?)
            .with("end", Column::ints(end)?)
            .with("source_start", Column::ints(source_start)?)
            .with("source_text", Column::texts(places.iter().map(|p| written(p.0, &p.2))))
            .with("target_start", Column::ints(target_start)?)
            .with("target_text", Column::texts(places.iter().map(|p| written(p.1, &p.2))))
            .with("text", Column::texts(text)))
    }

    /// The unit in which pairs were counted.
    pub fn within(&self) -> Unit {
        self.options.within
    }
}
