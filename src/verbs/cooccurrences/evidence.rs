//! The places where entities stand together.

use ahash::{AHashMap, AHashSet};

use super::Network;
use crate::counts::groups::Groups;
use crate::counts::pairs::{self, Options};
use crate::entities::Mention;
use crate::error::{Error, Result};
use crate::parallel::Job;
use crate::table::{Column, Table};
use crate::verbs::{Positions, doc_columns, group_column};

/// The mentions of these numbers.
fn of(mentions: &[Mention], numbers: [u32; 2]) -> [Mention; 2] {
    numbers.map(|number| mentions[number as usize])
}

impl Network {
    /// The places kept for each of `pairs`, by canonical names and the name of the group, the most frequent pair
    /// first.
    pub fn evidence(
        &self,
        level: usize,
        min_count: f64,
        pairs: &[(String, String, Option<String>)],
    ) -> Result<Table> {
        let names = self.names.entities().iter().map(|e| e.name.as_str()).zip(0..);
        let ids: AHashMap<&str, u32> = names.collect();
        let id = |name: &String| ids.get(name.as_str()).copied();
        let groups: AHashMap<Option<&str>, usize> = self.group_names().into_iter().zip(0..).collect();
        let wanted: AHashSet<(u32, u32, usize)> = pairs
            .iter()
            .filter_map(|(a, b, group)| Some((id(a)?, id(b)?, *groups.get(&group.as_deref())?)))
            .collect();
        let mut rows = self.rows(level..level + 1, min_count)?;
        rows.retain(|r| wanted.contains(&(r.source, r.target, r.group)));
        let groups = &self.level(level)?.groups;
        let places = rows.iter().flat_map(|r| {
            let places = groups[r.group].evidence(r.pair).into_iter();
            places.map(|e| (r.source, r.target, of(&self.mentions, e)))
        });
        self.places(&places.collect::<Vec<_>>())
    }

    /// Every place where the two names stand together in the documents of `groups`, by their names, in the order
    /// of the texts.
    pub fn evidence_of(
        &self,
        level: usize,
        a: &str,
        b: &str,
        groups: &[Option<String>],
        job: &Job,
    ) -> Result<Table> {
        let (source, target) = (self.find("source", a)?, self.find("target", b)?);
        if source == target {
            return Err(Error::value(format!(
                "source and target are both {:?}; name two entities",
                self.name(source)
            )));
        }
        let names = self.group_names();
        let of_groups: Vec<bool> = names.iter().map(|&n| groups.iter().any(|g| g.as_deref() == n)).collect();
        let asked = |m: &&Mention| m.entity == source || m.entity == target;
        let two = self.mentions.iter().filter(asked).filter(|m| of_groups[self.groups.of(m.doc)]);
        let two: Vec<Mention> = two.copied().collect();
        let options = Options { evidence: usize::MAX, ..self.level(level)?.options };
        let found = pairs::pairs(&self.corpus, &two, options, &Groups::one(), job)?;
        let wanted = |key: (u32, u32)| !options.ordered || key == (source, target);
        let pairs = found.iter().flat_map(|g| g.pairs.iter().map(move |(key, pair)| (g, *key, pair)));
        let places = pairs.filter(|(_, key, _)| wanted(*key)).flat_map(|(g, _, pair)| g.evidence(pair));
        self.places(&places.map(|e| (source, target, of(&two, e))).collect::<Vec<_>>())
    }

    /// One row a place: `[group], source, target, doc, [doc_id], sentence, start, end, source_start, source_text,
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
            // A name may run on beyond the sentence in which it starts; a given span may start before it.
            let starts = columns.sentence_span(first).start.min(e[0].start).min(e[1].start);
            let ends = columns.sentence_span(last).end.max(e[0].end).max(e[1].end);
            let span = starts..ends;
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
        let groups: Vec<usize> = docs.iter().map(|&doc| self.groups.of(doc)).collect();
        Ok(group_column(&self.groups, &self.by, &groups)
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
}
