//! [`Gazetteer`]: the names to look for. Building one checks it: an empty alias or an alias that two
//! entities claim is an error that names them, never a guess.

mod compile;

use ahash::AHashMap;

use super::filter::{Filter, Hasher};
use super::matcher::Mention;
use super::nodes::Nodes;
use super::pattern;
use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::text::fold;
use crate::text::words::prefetch;

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
    /// Not at all: of one alias, or of the canonical name given as its own alias.
    Never,
}

impl CasePolicy {
    /// The name of the policy.
    pub fn name(self) -> &'static str {
        match self {
            Self::Smart => "smart",
            Self::Exact => "exact",
            Self::Ignore => "ignore",
            Self::Never => "never",
        }
    }

    /// The policy of a gazetteer by name; `argument` is what an error names.
    pub fn parse(argument: &str, name: &str) -> Result<Self> {
        Self::choose(&[Self::Smart, Self::Exact, Self::Ignore], argument, name)
    }

    /// The policy of one alias by name.
    pub fn of_alias(argument: &str, name: &str) -> Result<Self> {
        Self::choose(&[Self::Smart, Self::Exact, Self::Ignore, Self::Never], argument, name)
    }

    fn choose(allowed: &[Self], argument: &str, name: &str) -> Result<Self> {
        let found = allowed.iter().find(|policy| policy.name() == name).copied();
        let names = || allowed.iter().map(|policy| policy.name()).collect::<Vec<_>>();
        found.ok_or_else(|| Error::choice(argument, name, &names()))
    }
}

/// Which matches are kept where they overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Overlap {
    /// From left to right the longest, no two overlapping.
    #[default]
    Longest,
    /// The longest, and every match within one of them.
    Nested,
    /// Every match.
    All,
}

impl Overlap {
    /// The option `overlap` by name.
    pub fn parse(name: &str) -> Result<Self> {
        match name {
            "longest" => Ok(Self::Longest),
            "nested" => Ok(Self::Nested),
            "all" => Ok(Self::All),
            _ => Err(Error::choice("overlap", name, &["longest", "nested", "all"])),
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
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) entity: u32,
    /// Where it starts among the texts of all entries, one after another.
    start: u32,
    /// What stands around its words: a place in the list of these, counted from 1; 0 for nothing.
    pub(super) affixes: u32,
    pub(super) closeness: Closeness,
    /// Gives way to [`Closeness::Written`] where another entity has the same name but for its case.
    pub(super) smart: bool,
    /// Not looked for because several entities claim it; what it accepts, no entry less close may have.
    pub(super) dropped: bool,
}

impl Entry {
    /// Whether the stretch `found` of a text is this alias, written `written`, as far as its case goes.
    pub(super) fn accepts(&self, written: &str, found: &str) -> bool {
        match self.closeness {
            Closeness::Any => found.eq_ignore_ascii_case(written) || pattern::is_same(written, found),
            _ if found == written => true,
            closeness => {
                let found = pattern::surface(found);
                *found == *written
                    || closeness == Closeness::WrittenOrCapitals && *found == *written.to_uppercase()
            }
        }
    }
}

/// What to do with a name that several entities claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ambiguous {
    /// Refuse the gazetteer.
    #[default]
    Error,
    /// Do not look for the name, and tell of it.
    Drop,
}

impl Ambiguous {
    /// The option `ambiguous` by name.
    pub fn parse(name: &str) -> Result<Self> {
        match name {
            "error" => Ok(Self::Error),
            "drop" => Ok(Self::Drop),
            _ => Err(Error::choice("ambiguous", name, &["error", "drop"])),
        }
    }
}

/// Names compiled to a trie over words and gaps.
#[derive(Debug, Clone)]
pub struct Gazetteer {
    entities: Vec<Entity>,
    overlap: Overlap,
    pub(super) entries: Vec<Entry>,
    /// The entries as written, one after another.
    texts: String,
    /// What stands before the first and behind the last word of an entry, such as `#` or `!`.
    affixes: Vec<(Box<str>, Box<str>)>,
    pub(super) hasher: Hasher,
    /// The gaps within names that are not one space, and their hashes.
    gaps: AHashMap<String, u64>,
    pub(super) nodes: Nodes,
    /// The words that begin names and go on with them.
    pub(super) filter: Filter,
    /// The words of the longest name.
    pub(super) longest: usize,
    /// The entries in capitals that are ordinary words too, such as "US", in their order.
    words_too: Vec<u32>,
    /// The entries that are not looked for because several entities claim them, name by name.
    ambiguous: Vec<Vec<u32>>,
}

/// The hash of a gap of one space.
pub(super) const SPACE: u64 = 0;

impl Gazetteer {
    /// Compiles `entities`; a name that two of them claim is an error.
    pub fn new(entities: Vec<Entity>, case: CasePolicy, overlap: Overlap) -> Result<Self> {
        Self::with(entities, case, overlap, Ambiguous::Error)
    }

    /// The hash of the gap `between` two words of a text, if there is such a gap in a name.
    pub(super) fn gap(&self, between: &str) -> Option<u64> {
        if between == " " {
            return Some(SPACE);
        }
        // No name has a gap this long once white space is one space; do not read pages of it.
        if between.len() > 256 {
            return None;
        }
        let gap = pattern::gap(between)?;
        if gap == " " { Some(SPACE) } else { self.gaps.get(&gap).copied() }
    }

    /// Asks the memory for the names that most likely end where these paths lead, which was asked for before.
    pub(super) fn ask(&self, paths: &[u64]) {
        let Some(last) = self.entries.len().checked_sub(1) else { return };
        let entry = |&path: &u64| &self.entries[last.min(self.nodes.guess(path) as usize)];
        paths.iter().map(entry).for_each(prefetch);
        paths.iter().map(entry).for_each(|entry| prefetch(&self.texts.as_bytes()[entry.start as usize]));
    }

    /// Leaves out the mentions of acronyms that are ordinary words too where all of the sentence is in capitals: there
    /// nothing tells "US" from "us". `corpus` holds the sentences.
    pub(super) fn hush(&self, corpus: &Corpus, mentions: &mut Vec<Mention>) {
        if self.words_too.is_empty() {
            return;
        }
        let mut is_word = vec![false; self.entries.len()];
        self.words_too.iter().for_each(|&entry| is_word[entry as usize] = true);
        mentions.retain(|m| {
            if !is_word[m.alias as usize] {
                return true;
            }
            let (text, sentence) = (corpus.texts().text(m.doc), corpus.columns().sentence_span(m.sentence));
            let around = [sentence.start.min(m.start)..m.start, m.end..sentence.end.max(m.end)];
            let letters = || around.iter().flat_map(|range| text[range.clone()].chars());
            letters().any(char::is_lowercase) || !letters().any(char::is_uppercase)
        });
    }

    /// What stands before the first and behind the last word of `entry`, if anything does.
    #[inline]
    pub(super) fn affixes(&self, entry: &Entry) -> Option<(&str, &str)> {
        let place = (entry.affixes as usize).checked_sub(1)?;
        let (prefix, suffix) = &self.affixes[place];
        Some((prefix, suffix))
    }

    /// The entry `entry` as it is compared: as written but for white space, apostrophes and hyphens.
    #[inline]
    pub(super) fn text(&self, entry: u32) -> &str {
        let at = entry as usize;
        let end = self.entries.get(at + 1).map_or(self.texts.len(), |next| next.start as usize);
        &self.texts[self.entries[at].start as usize..end]
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
        self.text(entry)
    }

    /// The names that several entities claim and that are therefore not looked for: as written, with the
    /// entities, in the order of the gazetteer.
    pub fn ambiguous(&self) -> impl Iterator<Item = (&str, Vec<u32>)> {
        self.ambiguous.iter().map(|entries| {
            let mut entities: Vec<u32> =
                entries.iter().map(|&entry| self.entries[entry as usize].entity).collect();
            entities.dedup();
            (self.text(entries[0]), entities)
        })
    }

    /// The entity that `name` stands for: its canonical name, or an alias of one entity that is not dropped.
    pub fn find(&self, name: &str) -> Option<u32> {
        if let Some(i) = self.entities.iter().position(|e| e.name == name) {
            return Some(i as u32);
        }
        let text = pattern::surface(name.trim());
        let folded = fold::caseless(&text);
        // The closest that accept the name decide, as in a text; where none does, all that differ in case alone.
        let mut closest = None;
        let mut found: Vec<&Entry> = Vec::new();
        for (id, entry) in (0..).zip(&self.entries) {
            let written = self.text(id);
            let same = if written.is_ascii() && text.is_ascii() {
                written.eq_ignore_ascii_case(&text)
            } else {
                written == text || fold::caseless(written) == folded
            };
            if !same {
                continue;
            }
            let close = entry.accepts(written, &text).then_some(entry.closeness);
            if close > closest {
                closest = close;
                found.clear();
            }
            if close == closest {
                found.push(entry);
            }
        }
        let entity = found.first()?.entity;
        found.iter().all(|e| e.entity == entity && !e.dropped).then_some(entity)
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
            let written = (0..).zip(&g.entries).filter(|(_, e)| e.closeness == Closeness::Written);
            let mut written: Vec<&str> = written.map(|(id, _)| g.text(id)).collect();
            written.sort_unstable();
            assert_eq!(written, ["ZORBA Corp", "Zorba CORP", "Zorba Corp", "zorba corp"]);
        }
    }

    #[test]
    fn what_is_dropped_stands_for_nobody() {
        let with = |entities| {
            Gazetteer::with(entities, CasePolicy::Smart, Overlap::Longest, Ambiguous::Drop).unwrap()
        };
        let g = with(vec![entity("Apple Inc.", &["Apple", "apple"]), entity("Apple Records", &["Apple"])]);
        assert_eq!(["Apple", "APPLE", "apple"].map(|name| g.find(name)), [None, None, Some(0)]);
        let mut records = entity("Zorbix Records", &[]);
        records.aliases.push(Alias { text: "zorbix".to_owned(), case: Some(CasePolicy::Ignore) });
        let g = with(vec![entity("Zorbix", &[]), records]);
        // The canonical name always names its entity.
        assert_eq!(["zorbix", "ZORBIX", "Zorbix"].map(|name| g.find(name)), [None, None, Some(0)]);
        // An acronym does not match in lower case; it can be asked for so.
        assert_eq!(with(vec![entity("a", &["TTP"])]).find("ttp"), Some(0));
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
        let node = g.nodes.get(g.hasher.step(g.hasher.word("zorba"), SPACE, g.hasher.word("corp"))).unwrap();
        assert_eq!(g.nodes.names(node).count(), 1);
    }
}
