//! [`Gazetteer`]: the names to look for. Building one checks it: an empty alias or an alias that two
//! entities claim is an error that names them, never a guess.

use ahash::AHashMap;

use super::pattern::{self, Pattern};
use crate::error::{Error, Result};
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Closeness {
    Any,
    WrittenOrCapitals,
    Written,
}

/// An alias ready to be compared with a text.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) entity: u32,
    pub(super) text: String,
    pub(super) capitals: String,
    pub(super) closeness: Closeness,
    pub(super) prefix: String,
    pub(super) suffix: String,
}

impl Entry {
    /// Whether the stretch `found` of a text is this alias as far as its case goes.
    pub(super) fn accepts(&self, found: &str) -> bool {
        match self.closeness {
            Closeness::Any => true,
            _ if found == self.text => true,
            closeness => {
                let found = pattern::surface(found);
                found == self.text || closeness == Closeness::WrittenOrCapitals && found == self.capitals
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
    pub(super) words: AHashMap<String, u32>,
    pub(super) gaps: AHashMap<String, u32>,
    /// (node, gap, word) to the next node; node 0 is the root, whose gap is 0.
    pub(super) edges: AHashMap<(u32, u32, u32), u32>,
    /// For each node the entries that end there, the closest first.
    pub(super) ends: Vec<Vec<u32>>,
}

/// The gap before the first word of a pattern.
pub(super) const NO_GAP: u32 = 0;

impl Gazetteer {
    /// Compiles `entities`.
    pub fn new(entities: Vec<Entity>, case: CasePolicy, overlap: Overlap) -> Result<Self> {
        let mut out = Self { overlap, ends: vec![Vec::new()], ..Self::default() };
        out.gaps.insert(" ".to_owned(), 1);
        let mut names: AHashMap<&str, ()> = AHashMap::new();
        for (i, entity) in entities.iter().enumerate() {
            if names.insert(&entity.name, ()).is_some() {
                return Err(Error::value(format!(
                    "entities: {:?} stands there twice; merge the two",
                    entity.name
                )));
            }
            let own = Alias { text: entity.name.clone(), case: None };
            for alias in std::iter::once(&own).chain(&entity.aliases) {
                out.add(i, &entities, alias, alias.case.unwrap_or(case))?;
            }
        }
        for ends in &mut out.ends {
            ends.sort_by_key(|&e| std::cmp::Reverse(out.entries[e as usize].closeness));
        }
        out.entities = entities;
        Ok(out)
    }

    fn add(&mut self, entity: usize, entities: &[Entity], alias: &Alias, case: CasePolicy) -> Result<()> {
        let name = &entities[entity].name;
        let Some(pattern) = Pattern::new(&alias.text) else {
            return Err(Error::value(format!(
                "entities[{entity}] {name:?}: the alias {:?} holds no letter or digit; remove it",
                alias.text
            )));
        };
        let mut node = 0;
        for (i, word) in pattern.words.iter().enumerate() {
            let gap = if i == 0 { NO_GAP } else { id(&mut self.gaps, &pattern.gaps[i - 1]) };
            let word = id(&mut self.words, word);
            let fresh = self.ends.len() as u32;
            node = *self.edges.entry((node, gap, word)).or_insert(fresh);
            if node == fresh {
                self.ends.push(Vec::new());
            }
        }
        let text = pattern::surface(alias.text.trim());
        let entry = Entry {
            entity: entity as u32,
            capitals: text.to_uppercase(),
            closeness: closeness(&text, &pattern, case),
            text,
            prefix: pattern.prefix,
            suffix: pattern.suffix,
        };
        for &other in &self.ends[node as usize] {
            let other = &self.entries[other as usize];
            let same_edges = other.prefix == entry.prefix && other.suffix == entry.suffix;
            let same_text = other.closeness == entry.closeness
                && (entry.closeness == Closeness::Any || other.text == entry.text);
            if !(same_edges && same_text) {
                continue;
            }
            if other.entity == entry.entity {
                return Ok(());
            }
            return Err(Error::value(format!(
                "the alias {:?} belongs to entities[{}] {:?} and to entities[{entity}] {name:?}; \
                 remove it from one of them",
                alias.text, other.entity, entities[other.entity as usize].name
            )));
        }
        self.ends[node as usize].push(self.entries.len() as u32);
        self.entries.push(entry);
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
        let exact = self.entries.iter().find(|e| e.text == text);
        let folded = || {
            let mut found = self.entries.iter().filter(|e| e.text.to_lowercase() == text.to_lowercase());
            let first = found.next()?;
            found.all(|e| e.entity == first.entity).then_some(first)
        };
        exact.or_else(folded).map(|e| e.entity)
    }
}

fn id(ids: &mut AHashMap<String, u32>, key: &str) -> u32 {
    if let Some(&id) = ids.get(key) {
        return id;
    }
    let id = ids.len() as u32 + 1;
    ids.insert(key.to_owned(), id);
    id
}

/// How closely an alias must agree under `case`.
fn closeness(text: &str, pattern: &Pattern, case: CasePolicy) -> Closeness {
    match case {
        CasePolicy::Exact => Closeness::Written,
        CasePolicy::Ignore => Closeness::Any,
        CasePolicy::Smart => {
            let upper = text.chars().any(char::is_uppercase);
            let lower = text.chars().any(char::is_lowercase);
            if upper && !lower {
                Closeness::Written
            } else if upper && pattern.words.iter().all(|w| lists::is_common_word(w)) {
                Closeness::WrittenOrCapitals
            } else {
                Closeness::Any
            }
        }
    }
}
