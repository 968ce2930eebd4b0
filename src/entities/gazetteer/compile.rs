//! From entities to a [`Gazetteer`]: names as paths, and the names that several claim.

use ahash::{AHashMap, AHashSet};
use std::collections::hash_map::Entry as Slot;

use super::super::filter::{FIRST, Filter, Hasher, Head, Initial, LATER, WHOLE};
use super::super::nodes::{NO_NAME, Nodes, too_many};
use super::super::openings::{self, Openings};
use super::super::pattern::{self, Pattern};
use super::{Ambiguous, CasePolicy, Closeness, Entity, Entry, Gazetteer, Overlap, SPACE};
use crate::error::{Error, Result};
use crate::parallel::Job;
use crate::text::{fold, lists};

impl Gazetteer {
    /// Compiles `entities`; `ambiguous` says what to do with a name that several of them claim.
    pub fn with(
        entities: Vec<Entity>,
        case: CasePolicy,
        overlap: Overlap,
        ambiguous: Ambiguous,
    ) -> Result<Self> {
        Self::compile(entities, case, overlap, ambiguous, &Job::default())
    }

    /// [`with`](Self::with), until `job` is stopped.
    pub fn compile(
        entities: Vec<Entity>,
        case: CasePolicy,
        overlap: Overlap,
        ambiguous: Ambiguous,
        job: &Job,
    ) -> Result<Self> {
        let mut names: AHashSet<&str> = AHashSet::with_capacity(entities.len());
        for entity in &entities {
            if !names.insert(&entity.name) {
                let name = &entity.name;
                return Err(Error::value(format!("entities: {name:?} stands there twice; merge the two")));
            }
        }
        drop(names);
        let mut compiler = Compiler::new();
        for (i, entity) in entities.iter().enumerate() {
            if i % 1024 == 0 {
                job.check()?;
            }
            // The canonical name may have a policy of its own, given as its own alias.
            if entity.aliases.iter().all(|alias| alias.case.is_none() || alias.text != entity.name) {
                compiler.add(i, entity, &entity.name, case)?;
            }
            for alias in &entity.aliases {
                compiler.add(i, entity, &alias.text, alias.case.unwrap_or(case))?;
            }
        }
        job.check()?;
        compiler.close(entities, overlap, ambiguous)
    }
}

/// A name on its way into the gazetteer.
struct Compiler {
    hasher: Hasher,
    entries: Vec<Entry>,
    texts: String,
    affixes: Vec<(Box<str>, Box<str>)>,
    gaps: AHashMap<String, u64>,
    /// Each path with the entry that ends there.
    paths: Vec<(u64, u32)>,
    /// The words of all names by their hash, and whether they are common, where that was asked for.
    words: AHashMap<u64, Option<bool>>,
    /// What the filter is to know of the words.
    marked: AHashSet<(u64, Head, Initial, u8)>,
    /// The entries in capitals that are ordinary words too, in their order.
    words_too: Vec<u32>,
    /// How the names begin.
    openings: Vec<u64>,
    /// Each path with the word that a name goes on with.
    steps: AHashSet<(u64, u64)>,
    longest: usize,
    pattern: Pattern,
    hashes: Vec<u64>,
}

impl Compiler {
    fn new() -> Self {
        Self {
            hasher: Hasher::random(),
            entries: Vec::new(),
            texts: String::new(),
            affixes: Vec::new(),
            gaps: AHashMap::new(),
            paths: Vec::new(),
            words: AHashMap::new(),
            marked: AHashSet::new(),
            words_too: Vec::new(),
            openings: Vec::new(),
            steps: AHashSet::new(),
            longest: 0,
            pattern: Pattern::default(),
            hashes: Vec::new(),
        }
    }

    fn add(&mut self, entity: usize, of: &Entity, alias: &str, case: CasePolicy) -> Result<()> {
        if case == CasePolicy::Never {
            return Ok(());
        }
        if !self.pattern.read(alias) {
            return Err(Error::value(format!(
                "entities[{entity}] {:?}: the alias {alias:?} holds no letter or digit; remove it",
                of.name
            )));
        }
        let text = pattern::surface(alias.trim());
        self.hash_words();
        let closeness = self.closeness(&text, case);
        let capitals = text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
        if case == CasePolicy::Smart && capitals && self.all_common() {
            self.words_too.push(u32::try_from(self.entries.len()).map_err(|_| too_many())?);
        }
        let entry = Entry {
            entity: u32::try_from(entity).map_err(|_| too_many())?,
            start: 0,
            affixes: 0,
            closeness,
            smart: case == CasePolicy::Smart,
            dropped: false,
        };
        self.push(entry, &text, alias)?;
        // Some apostrophes belong to the word that they stand before and others do not: each way to write the
        // name is a path of its own.
        if text.contains('\'') {
            let mut known = vec![self.pattern.clone()];
            for apostrophe in fold::APOSTROPHES {
                let spelled: String =
                    alias.chars().map(|c| if fold::is_apostrophe(c) { apostrophe } else { c }).collect();
                if self.pattern.read(&spelled) && known.iter().all(|other| !other.is_alike(&self.pattern)) {
                    self.hash_words();
                    self.push(entry, &text, &spelled)?;
                    known.push(self.pattern.clone());
                }
            }
        }
        Ok(())
    }

    fn hash_words(&mut self) {
        self.hashes.clear();
        self.hashes.extend(self.pattern.words.iter().map(|word| self.hasher.word(word)));
    }

    /// Adds `entry`, compared as `text`, at the end of the path of the pattern just read from `alias`.
    fn push(&mut self, entry: Entry, text: &str, alias: &str) -> Result<()> {
        let id = u32::try_from(self.entries.len()).ok().filter(|&e| e < NO_NAME).ok_or_else(too_many)?;
        let written = |i: usize| self.pattern.written(alias, i);
        let initial = |i: usize| match entry.closeness {
            Closeness::Any => Initial::Either,
            Closeness::Written => Initial::of(written(i)),
            Closeness::WrittenOrCapitals => {
                Initial::of(written(i)).or(Initial::of(&written(i).to_uppercase()))
            }
        };
        openings::of(&self.pattern.words, initial, &mut self.openings);
        let mut path = 0;
        for (i, &hash) in self.hashes.iter().enumerate() {
            self.words.entry(hash).or_default();
            if i == 0 {
                path = hash;
                continue;
            }
            self.steps.insert((path, hash));
            self.paths.push((path, NO_NAME));
            let gap = &self.pattern.gaps[i - 1];
            let gap = if gap == " " {
                SPACE
            } else if let Some(&gap) = self.gaps.get(gap) {
                gap
            } else {
                // Two names that differ by this gap alone are compared with the text: any number will do.
                let hash = self.hasher.word(gap);
                self.gaps.insert(gap.clone(), hash);
                hash
            };
            path = self.hasher.step(path, gap, hash);
        }
        self.paths.push((path, id));
        self.longest = self.longest.max(self.hashes.len());
        let mut affixes = 0;
        if !self.pattern.prefix.is_empty() || !self.pattern.suffix.is_empty() {
            self.affixes.push((self.pattern.prefix.as_str().into(), self.pattern.suffix.as_str().into()));
            affixes = u32::try_from(self.affixes.len()).map_err(|_| too_many())?;
        }
        for (i, (&hash, word)) in self.hashes.iter().zip(&self.pattern.words).enumerate() {
            let marks = match i {
                0 if self.hashes.len() == 1 => FIRST | WHOLE,
                0 => FIRST,
                _ => LATER,
            };
            self.marked.insert((hash, Head::of(word), initial(i), marks));
        }
        let start = u32::try_from(self.texts.len()).map_err(|_| too_many())?;
        self.texts.push_str(text);
        self.entries.push(Entry { start, affixes, ..entry });
        Ok(())
    }

    /// How closely the alias just read must agree under `case`.
    fn closeness(&mut self, text: &str, case: CasePolicy) -> Closeness {
        match case {
            CasePolicy::Exact => Closeness::Written,
            CasePolicy::Ignore | CasePolicy::Never => Closeness::Any,
            CasePolicy::Smart => {
                let upper = text.chars().any(char::is_uppercase);
                let lower = text.chars().any(char::is_lowercase);
                if upper && !lower {
                    Closeness::Written
                } else if upper && self.all_common() {
                    Closeness::WrittenOrCapitals
                } else {
                    Closeness::Any
                }
            }
        }
    }

    fn all_common(&mut self) -> bool {
        self.hashes.iter().zip(&self.pattern.words).all(|(hash, word)| {
            let known = self.words.entry(*hash).or_default();
            *known.get_or_insert_with(|| lists::is_ordinary_word(word))
        })
    }

    fn close(mut self, entities: Vec<Entity>, overlap: Overlap, ambiguous: Ambiguous) -> Result<Gazetteer> {
        let mut filter = Filter::new(self.hasher, self.words.len(), self.steps.len());
        self.marked.iter().for_each(|&(hash, head, initial, marks)| filter.add(hash, head, initial, marks));
        self.steps.iter().for_each(|&(path, word)| filter.add_step(path, word));
        let mut out = Gazetteer {
            entities,
            overlap,
            words_too: self.words_too,
            openings: Openings::new(&self.openings),
            entries: self.entries,
            texts: self.texts,
            affixes: self.affixes,
            hasher: self.hasher,
            gaps: self.gaps,
            nodes: Nodes::default(),
            filter,
            longest: self.longest,
            ambiguous: Vec::new(),
        };
        out.entries.shrink_to_fit();
        out.texts.shrink_to_fit();
        out.nodes = Nodes::new(std::mem::take(&mut self.paths), |several, kept| out.settle(several, kept))?;
        // By name, not by hash; and a name with several paths once.
        out.ambiguous.sort_unstable();
        let mut told = AHashSet::new();
        let mut ambiguous_names = std::mem::take(&mut out.ambiguous);
        ambiguous_names.retain(|claim| {
            let entry = |&id: &u32| (out.text(id).to_owned(), out.entries[id as usize].entity);
            told.insert(claim.iter().map(entry).collect::<Vec<_>>())
        });
        out.ambiguous = ambiguous_names;
        if ambiguous == Ambiguous::Error
            && let Some(first) = out.ambiguous.first()
        {
            return Err(out.refused(first));
        }
        Ok(out)
    }
}

impl Gazetteer {
    fn refused(&self, claimed: &[u32]) -> Error {
        // A claim is made by two entities at least.
        let (first, second) = (claimed[0], claimed[1]);
        let [a, b] = [first, second].map(|entry| self.entries[entry as usize].entity as usize);
        let more = match self.ambiguous.len() - 1 {
            0 => String::new(),
            1 => " (one more name is claimed so)".to_owned(),
            n => format!(" ({n} more names are claimed so)"),
        };
        Error::value(format!(
            "the alias {:?} belongs to entities[{a}] {:?} and to entities[{b}] {:?}{more}; remove it from one of \
             them, or leave out what is claimed twice by ambiguous=\"drop\"",
            self.text(second),
            self.entities[a].name,
            self.entities[b].name
        ))
    }

    /// Settles which of `several` entries of one node count, and adds them to `kept`, the closest first.
    ///
    /// Names of two entities that differ in nothing but case match only as written if their policy lets us
    /// decide; an entity may claim the same name twice, but what two entities claim counts for none, not even
    /// for a less close name of one of them.
    fn settle(&mut self, several: &[u32], kept: &mut Vec<u32>) {
        let open = |e: &Entry| e.smart && e.closeness == Closeness::Any;
        let around = |e: &Entry| self.affixes(e).unwrap_or_default();
        // Paths of the same hash may be different words.
        let folded = |id: u32| Pattern::new(self.text(id)).map(|p| (p.words, p.gaps)).unwrap_or_default();
        let mut owners: AHashMap<_, (u32, bool)> = AHashMap::new();
        for &id in several {
            let e = &self.entries[id as usize];
            if open(e) {
                let owner = owners.entry((around(e), folded(id))).or_insert((e.entity, false));
                owner.1 |= owner.0 != e.entity;
            }
        }
        let shared = |&id: &u32| {
            let e = &self.entries[id as usize];
            open(e) && owners.get(&(around(e), folded(id))).is_some_and(|owner| owner.1)
        };
        let written: Vec<u32> = several.iter().copied().filter(shared).collect();
        drop(owners);
        written.into_iter().for_each(|id| self.entries[id as usize].closeness = Closeness::Written);

        let around = |e: &Entry| self.affixes(e).unwrap_or_default();
        let folded = |id: u32| Pattern::new(self.text(id)).map(|p| (p.words, p.gaps)).unwrap_or_default();
        // For each name that is told apart its first entry, and all further ones of other entities.
        let mut seen: AHashMap<_, usize> = AHashMap::new();
        let mut claims: Vec<Vec<u32>> = Vec::new();
        for &id in several {
            let e = &self.entries[id as usize];
            let (text, words) = match e.closeness {
                Closeness::Any => ("", folded(id)),
                _ => (self.text(id), Default::default()),
            };
            match seen.entry((around(e), e.closeness, text, words)) {
                Slot::Vacant(slot) => {
                    slot.insert(claims.len());
                    claims.push(vec![id]);
                }
                Slot::Occupied(slot) => claims[*slot.get()].push(id),
            }
        }
        drop(seen);
        let first = kept.len();
        let mut dropped = Vec::new();
        for mut claim in claims {
            let owner = |id: u32| self.entries[id as usize].entity;
            if claim.iter().all(|&id| owner(id) == owner(claim[0])) {
                kept.push(claim[0]);
                continue;
            }
            claim.iter().for_each(|&id| self.entries[id as usize].dropped = true);
            dropped.push(claim[0]);
            claim.dedup_by_key(|id| self.entries[*id as usize].entity);
            self.ambiguous.push(claim);
        }
        // Behind what is kept, so that of equally close ones the dropped do not decide.
        if kept.len() > first {
            kept.append(&mut dropped);
        }
        kept[first..].sort_by_key(|&id| std::cmp::Reverse(self.entries[id as usize].closeness));
    }
}
