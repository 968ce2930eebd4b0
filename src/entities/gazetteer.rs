//! [`Gazetteer`]: the names to look for. Building one checks it: an empty alias or an alias that two
//! entities claim is an error that names them, never a guess.

use ahash::{AHashMap, AHashSet};
use std::collections::hash_map::Entry as Slot;

use super::pattern::{self, Pattern};
use crate::corpus::Vocabulary;
use crate::corpus::pair_table::PairTable;
use crate::error::{Error, Kind, Result};
use crate::text::lists;

/// How the case of a name is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CasePolicy {
    /// An acronym matches only as written; a name of ordinary words as written or in capitals; any
    /// other name in any case.
    #[default]
    Smart,
    /// As written.
    Exact,
    /// In any case.
    Ignore,
}

impl CasePolicy {
    /// The name of the policy.
    pub fn name(self) -> &'static str {
        match self {
            Self::Smart => "smart",
            Self::Exact => "exact",
            Self::Ignore => "ignore",
        }
    }

    /// The policy by name; `argument` is what an error names.
    pub fn parse(argument: &str, name: &str) -> Result<Self> {
        match name {
            "smart" => Ok(Self::Smart),
            "exact" => Ok(Self::Exact),
            "ignore" => Ok(Self::Ignore),
            _ => Err(Error::choice(argument, name, &["smart", "exact", "ignore"])),
        }
    }
}

/// Which matches are kept where they overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Overlap {
    /// From left to right the longest, no two overlapping.
    #[default]
    Longest,
    /// Every match.
    All,
}

impl Overlap {
    /// The option `overlap` by name.
    pub fn parse(name: &str) -> Result<Self> {
        match name {
            "longest" => Ok(Self::Longest),
            "all" => Ok(Self::All),
            _ => Err(Error::choice("overlap", name, &["longest", "all"])),
        }
    }
}

/// One way to write a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// As written.
    pub text: String,
    /// Its own case policy, if it has one.
    pub case: Option<CasePolicy>,
}

/// Someone or something with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The canonical name, which is also looked for.
    pub name: String,
    /// Its type, such as `PER`, `ORG`, `GPE`.
    pub kind: Option<String>,
    /// The other ways to write it.
    pub aliases: Vec<Alias>,
}

/// How closely the case must agree, decided per alias; closer ones win.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Closeness {
    Any,
    WrittenOrCapitals,
    Written,
}

/// An alias ready to be compared with a text.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) entity: u32,
    /// The node of the trie at which it ends.
    node: u32,
    pub(super) closeness: Closeness,
    /// Gives way to [`Closeness::Written`] where another entity has the same name but for its case.
    smart: bool,
    pub(super) text: Box<str>,
    /// In capitals, where those count as written too.
    capitals: Box<str>,
    pub(super) prefix: Box<str>,
    pub(super) suffix: Box<str>,
}

impl Entry {
    /// Whether the stretch `found` of a text is this alias as far as its case goes.
    pub(super) fn accepts(&self, found: &str) -> bool {
        match self.closeness {
            Closeness::Any => true,
            _ if *found == *self.text => true,
            closeness => {
                let found = pattern::surface(found);
                *found == *self.text || closeness == Closeness::WrittenOrCapitals && *found == *self.capitals
            }
        }
    }
}

/// Names compiled to a trie over words and gaps.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    entities: Vec<Entity>,
    overlap: Overlap,
    pub(super) entries: Vec<Entry>,
    /// The folded words of the names.
    pub(super) words: Vocabulary,
    pub(super) gaps: AHashMap<String, u32>,
    /// (node, word or gap) to the next node. A gap of one space has no node of its own.
    edges: PairTable,
    /// The entries that end at node n, the closest first: `ends[starts[n]..starts[n + 1]]`.
    starts: Vec<u32>,
    ends: Vec<u32>,
}

/// The node at which every name begins. That of an edge is the number of the edge plus one.
pub(super) const ROOT: u32 = 0;
/// What tells the label of a gap from that of a word.
const GAP: u32 = 1 << 31;

impl Gazetteer {
    /// Compiles `entities`.
    pub fn new(entities: Vec<Entity>, case: CasePolicy, overlap: Overlap) -> Result<Self> {
        let mut out = Self { overlap, ..Self::default() };
        let mut names: AHashSet<&str> = AHashSet::with_capacity(entities.len());
        for entity in &entities {
            if !names.insert(&entity.name) {
                return Err(Error::value(format!(
                    "entities: {:?} stands there twice; merge the two",
                    entity.name
                )));
            }
        }
        drop(names);
        let mut compiler = Compiler { common: Vec::new(), pattern: Pattern::default() };
        for (i, entity) in entities.iter().enumerate() {
            compiler.add(&mut out, i, entity, &entity.name, case)?;
            for alias in &entity.aliases {
                compiler.add(&mut out, i, entity, &alias.text, alias.case.unwrap_or(case))?;
            }
        }
        out.close(&entities)?;
        out.entities = entities;
        Ok(out)
    }

    /// The node that follows `node` by a gap.
    pub(super) fn gap(&self, node: u32, gap: u32) -> Option<u32> {
        self.edges.get(node, GAP | gap).map(|edge| edge + 1)
    }

    /// The node that follows `node` by a word.
    pub(super) fn word(&self, node: u32, word: u32) -> Option<u32> {
        self.edges.get(node, word).map(|edge| edge + 1)
    }

    /// Asks the memory for what [`word`](Self::word) will read.
    #[inline]
    pub(super) fn prefetch(&self, node: u32, word: u32) {
        self.edges.prefetch(node, word);
    }

    /// The entries that end at `node`, the closest first.
    pub(super) fn ends(&self, node: u32) -> &[u32] {
        let at = node as usize;
        &self.ends[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// All words that follow another in a name.
    pub(super) fn later_words(&self) -> impl Iterator<Item = u32> + '_ {
        self.edges.pairs().filter(|&(node, label)| node != ROOT && label & GAP == 0).map(|(_, word)| word)
    }

    /// The first two words of each name of several.
    pub(super) fn openings(&self) -> Vec<(u32, u32)> {
        // The first word of each node that no second word has led to yet.
        let mut first_of: AHashMap<u32, u32> = AHashMap::new();
        let mut out = Vec::new();
        for ((before, label), node) in self.edges.pairs().zip(1..) {
            if before == ROOT {
                first_of.insert(node, label);
            } else if let Some(&first) = first_of.get(&before) {
                if label & GAP == 0 {
                    out.push((first, label));
                } else {
                    first_of.insert(node, first);
                }
            }
        }
        out
    }

    /// Gives each node its entries, and settles those that claim the same name.
    fn close(&mut self, entities: &[Entity]) -> Result<()> {
        let nodes = self.edges.len() + 1;
        self.starts = vec![0; nodes + 1];
        self.entries.iter().for_each(|e| self.starts[e.node as usize] += 1);
        let mut sum = 0;
        for start in &mut self.starts {
            sum += *start;
            *start = sum;
        }
        // `Compiler::add` gave no entry a number beyond u32.
        self.ends = vec![0; self.entries.len()];
        for (i, entry) in self.entries.iter().enumerate().rev() {
            let start = &mut self.starts[entry.node as usize];
            *start -= 1;
            self.ends[*start as usize] = i as u32;
        }
        let mut ends = Vec::with_capacity(self.ends.len());
        for node in 0..nodes {
            let range = self.starts[node] as usize..self.starts[node + 1] as usize;
            self.starts[node] = ends.len() as u32;
            match &self.ends[range] {
                [] => {}
                [one] => ends.push(*one),
                several => settle(&mut self.entries, several, entities, &mut ends)?,
            }
        }
        self.starts[nodes] = ends.len() as u32;
        self.ends = ends;
        Ok(())
    }

    /// The entities, in the order given.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// Which matches are kept where they overlap.
    pub fn overlap(&self) -> Overlap {
        self.overlap
    }

    /// The alias of entry `entry` as written.
    pub fn alias(&self, entry: u32) -> &str {
        &self.entries[entry as usize].text
    }

    /// The entity that `name` stands for: its canonical name, or an alias of one entity.
    pub fn find(&self, name: &str) -> Option<u32> {
        if let Some(i) = self.entities.iter().position(|e| e.name == name) {
            return Some(i as u32);
        }
        let text = pattern::surface(name.trim());
        let exact = self.entries.iter().find(|e| *e.text == *text);
        let folded = || {
            let mut found = self.entries.iter().filter(|e| e.text.to_lowercase() == text.to_lowercase());
            let first = found.next()?;
            found.all(|e| e.entity == first.entity).then_some(first)
        };
        exact.or_else(folded).map(|e| e.entity)
    }
}

/// Settles which of `several` entries of one node count, and adds them to `ends`, the closest first.
///
/// Names of two entities that differ in nothing but case match only as written if their policy lets us
/// decide; an entity may claim the same name twice, but two entities may not.
fn settle(entries: &mut [Entry], several: &[u32], entities: &[Entity], ends: &mut Vec<u32>) -> Result<()> {
    let open = |e: &Entry| e.smart && e.closeness == Closeness::Any;
    let mut owners: AHashMap<(&str, &str), (u32, bool)> = AHashMap::new();
    for e in several.iter().map(|&e| &entries[e as usize]).filter(|e| open(e)) {
        let owner = owners.entry((&e.prefix, &e.suffix)).or_insert((e.entity, false));
        owner.1 |= owner.0 != e.entity;
    }
    let shared = |e: &Entry| owners.get(&(&e.prefix, &e.suffix)).is_some_and(|o| o.1);
    let written: Vec<u32> = several
        .iter()
        .copied()
        .filter(|&e| open(&entries[e as usize]) && shared(&entries[e as usize]))
        .collect();
    written.into_iter().for_each(|e| entries[e as usize].closeness = Closeness::Written);
    let mut seen: AHashMap<(&str, &str, Closeness, &str), &Entry> = AHashMap::new();
    let first = ends.len();
    for &id in several {
        let e = &entries[id as usize];
        let text = if e.closeness == Closeness::Any { "" } else { &e.text };
        match seen.entry((&e.prefix, &e.suffix, e.closeness, text)) {
            Slot::Vacant(slot) => {
                slot.insert(e);
                ends.push(id);
            }
            Slot::Occupied(slot) if slot.get().entity == e.entity => {}
            Slot::Occupied(slot) => {
                let (a, b) = (slot.get().entity as usize, e.entity as usize);
                return Err(Error::value(format!(
                    "the alias {:?} belongs to entities[{a}] {:?} and to entities[{b}] {:?}; \
                     remove it from one of them",
                    e.text, entities[a].name, entities[b].name
                )));
            }
        }
    }
    ends[first..].sort_by_key(|&e| std::cmp::Reverse(entries[e as usize].closeness));
    Ok(())
}

/// What is kept from name to name while compiling.
struct Compiler {
    /// For each word whether it is a common one, once that was asked.
    common: Vec<Option<bool>>,
    pattern: Pattern,
}

impl Compiler {
    fn add(
        &mut self,
        to: &mut Gazetteer,
        entity: usize,
        of: &Entity,
        alias: &str,
        case: CasePolicy,
    ) -> Result<()> {
        if !self.pattern.read(alias) {
            return Err(Error::value(format!(
                "entities[{entity}] {:?}: the alias {alias:?} holds no letter or digit; remove it",
                of.name
            )));
        }
        let too_many = || Error::new(Kind::Limit, "too many names or words in names; take fewer at a time");
        u32::try_from(to.entries.len() + 1).map_err(|_| too_many())?;
        let mut node = ROOT;
        let mut words = Vec::with_capacity(self.pattern.words.len());
        for (i, word) in self.pattern.words.iter().enumerate() {
            if i > 0 && self.pattern.gaps[i - 1] != " " {
                let next = to.gaps.len() as u32;
                let gap = *to.gaps.entry(self.pattern.gaps[i - 1].clone()).or_insert(next);
                node = to.edges.intern_one(node, GAP | gap)? + 1;
            }
            let word = to.words.intern(word)?;
            if word >= GAP {
                return Err(too_many());
            }
            words.push(word);
            node = to.edges.intern_one(node, word)? + 1;
        }
        let text = pattern::surface(alias.trim());
        let closeness = self.closeness(&text, &words, case);
        let capitals =
            if closeness == Closeness::WrittenOrCapitals { text.to_uppercase() } else { String::new() };
        to.entries.push(Entry {
            entity: u32::try_from(entity).map_err(|_| too_many())?,
            node,
            closeness,
            smart: case == CasePolicy::Smart,
            text: text.into(),
            capitals: capitals.into(),
            prefix: self.pattern.prefix.as_str().into(),
            suffix: self.pattern.suffix.as_str().into(),
        });
        Ok(())
    }

    /// How closely an alias of the words `words` must agree under `case`.
    fn closeness(&mut self, text: &str, words: &[u32], case: CasePolicy) -> Closeness {
        match case {
            CasePolicy::Exact => Closeness::Written,
            CasePolicy::Ignore => Closeness::Any,
            CasePolicy::Smart => {
                let upper = text.chars().any(char::is_uppercase);
                let lower = text.chars().any(char::is_lowercase);
                if upper && !lower {
                    Closeness::Written
                } else if upper && self.all_common(words) {
                    Closeness::WrittenOrCapitals
                } else {
                    Closeness::Any
                }
            }
        }
    }

    fn all_common(&mut self, words: &[u32]) -> bool {
        words.iter().zip(&self.pattern.words).all(|(&id, word)| {
            let at = id as usize;
            if at >= self.common.len() {
                self.common.resize(at + 1, None);
            }
            *self.common[at].get_or_insert_with(|| lists::is_ordinary_word(word))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(name: &str, aliases: &[&str]) -> Entity {
        let alias = |text: &&str| Alias { text: (*text).to_owned(), case: None };
        Entity { name: name.to_owned(), kind: None, aliases: aliases.iter().map(alias).collect() }
    }

    fn closeness(gazetteer: &Gazetteer) -> Vec<Closeness> {
        gazetteer.entries.iter().map(|e| e.closeness).collect()
    }

    #[test]
    fn names_that_differ_in_case_alone_match_as_written() {
        let two = || vec![entity("British Petroleum Co Plc", &[]), entity("British Petroleum Co PLC", &[])];
        let smart = Gazetteer::new(two(), CasePolicy::Smart, Overlap::Longest).unwrap();
        assert_eq!(closeness(&smart), [Closeness::Written; 2]);
        let e = Gazetteer::new(two(), CasePolicy::Ignore, Overlap::Longest).unwrap_err();
        assert!(e.message().contains("entities[0]") && e.message().contains("entities[1]"), "{e}");
        assert!(Gazetteer::new(two(), CasePolicy::Exact, Overlap::Longest).is_ok());
    }

    #[test]
    fn it_does_not_matter_which_came_first_or_how_many() {
        let names = [
            entity("Zorba Corp", &["ZORBA Corp"]),
            entity("zorba corp", &[]),
            entity("Zorba CORP", &["Zorbax"]),
        ];
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let entities = order.iter().map(|&i| names[i].clone()).collect();
            let g = Gazetteer::new(entities, CasePolicy::Smart, Overlap::Longest).unwrap();
            let written = g.entries.iter().filter(|e| e.closeness == Closeness::Written);
            let mut written: Vec<&str> = written.map(|e| &*e.text).collect();
            written.sort_unstable();
            assert_eq!(written, ["ZORBA Corp", "Zorba CORP", "Zorba Corp", "zorba corp"]);
        }
    }

    #[test]
    fn equal_text_of_two_entities_is_an_error_and_of_one_is_not() {
        let clash = vec![entity("Zorba Corp", &["Zorbax"]), entity("Other Zorba", &["Zorbax"])];
        for case in [CasePolicy::Smart, CasePolicy::Exact, CasePolicy::Ignore] {
            assert!(Gazetteer::new(clash.clone(), case, Overlap::Longest).is_err());
        }
        let own = vec![entity("Zorba Corp", &["zorba  corp", "Zorba Corp"])];
        let g = Gazetteer::new(own, CasePolicy::Smart, Overlap::Longest).unwrap();
        assert_eq!(closeness(&g), [Closeness::Any; 3]);
        assert_eq!(g.ends.len(), 1);
    }
}
