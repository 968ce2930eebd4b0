//! The distinct names of a corpus: spellings that differ in accents, hyphens, apostrophes, stops,
//! "The" or capitals only are one.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::forms::{Forms, Shape, Word};
use super::places::{Examples, Place};
use crate::corpus::Vocabulary;
use crate::error::Result;
use crate::text::fold;
use crate::text::lists::names::{self as lists, Roles};

/// What spellings of one name share. An acronym of one word starts with `^`, so that "IT" is not "It".
pub(super) fn key(surface: &str) -> String {
    let mut out = String::with_capacity(surface.len() + 1);
    write_key(surface, &mut out);
    out
}

/// Makes `out` the key of `surface`.
pub(super) fn write_key(surface: &str, out: &mut String) {
    out.clear();
    let (upper, mut lower) = if surface.is_ascii() { ascii(surface, out) } else { unicode(surface, out) };
    if out.len() > 4 && out.starts_with("the ") {
        out.drain(..4);
        // "The EC" is an acronym too.
        let rest = surface.split_once([' ', '-']).map_or("", |(_, rest)| rest);
        lower = rest.contains(char::is_lowercase);
    }
    if upper && !lower && !out.contains(' ') {
        out.insert(0, '^');
    }
}

/// The letters and figures of `surface`, and whether there is a capital and a small letter.
fn ascii(surface: &str, out: &mut String) -> (bool, bool) {
    let (mut upper, mut lower, mut space) = (false, false, false);
    for &b in surface.as_bytes() {
        if b.is_ascii_alphanumeric() {
            upper |= b.is_ascii_uppercase();
            lower |= b.is_ascii_lowercase();
            if std::mem::take(&mut space) && !out.is_empty() {
                out.push(' ');
            }
            out.push(char::from(b.to_ascii_lowercase()));
        } else if b == b'&' {
            out.push_str(if out.is_empty() { "and" } else { " and" });
            space = true;
        } else {
            space |= matches!(b, b' ' | b'\t'..=b'\r' | b'-' | b'/' | b',' | b'(' | b')');
        }
    }
    (upper, lower)
}

/// The same for any text.
fn unicode(surface: &str, out: &mut String) -> (bool, bool) {
    let (mut upper, mut lower, mut space) = (false, false, false);
    for c in surface.nfd().filter(|&c| !is_combining_mark(c)) {
        if c.is_alphanumeric() {
            lower |= c.is_lowercase();
            upper |= c.is_uppercase();
            if std::mem::take(&mut space) && !out.is_empty() {
                out.push(' ');
            }
            match c {
                'ł' | 'Ł' => out.push('l'),
                'ø' | 'Ø' => out.push('o'),
                'đ' | 'Đ' => out.push('d'),
                'ı' => out.push('i'),
                'ß' => out.push_str("ss"),
                'æ' | 'Æ' => out.push_str("ae"),
                'œ' | 'Œ' => out.push_str("oe"),
                _ => out.extend(c.to_lowercase().filter(|&c| !is_combining_mark(c))),
            }
        } else if c == '&' {
            out.push_str(if out.is_empty() { "and" } else { " and" });
            space = true;
        } else {
            space |= c.is_whitespace() || fold::is_hyphen(c) || matches!(c, '/' | ',' | '(' | ')');
        }
    }
    (upper, lower)
}

/// A spelling as it stands in the texts.
#[derive(Debug, Clone)]
pub(super) struct Surface {
    pub(super) text: String,
    pub(super) name: u32,
    /// Whether a title stands before the name.
    pub(super) titled: bool,
    pub(super) count: u64,
    pub(super) documents: u64,
    pub(super) examples: Examples,
}

/// A distinct name.
#[derive(Debug, Clone, Default)]
pub(super) struct Name {
    pub(super) key: String,
    pub(super) words: Vec<NameWord>,
    pub(super) count: u64,
    pub(super) documents: u64,
    /// How often a title stands before it.
    pub(super) titled: u64,
    /// How often a place word stands before it, or it opens a report.
    pub(super) places: u64,
    /// One compound: "Gilgit-Baltistan", whose parts are no short forms.
    pub(super) compound: bool,
    /// An ordinary word, mostly in lower case: a name only as another's short form ("the Moot").
    pub(super) weak: bool,
    /// A word that more often has its capital for another reason: "Prime" is mostly a minister's, "OIL" stands in
    /// headings in capitals; or one that hardly ever has it: "Dlrs", "Oper Net" in lines of tables. As an alias it
    /// would be found there too.
    pub(super) spurious: bool,
}

/// A word of a name, as its key spells it.
#[derive(Debug, Clone)]
pub(super) struct NameWord {
    pub(super) text: String,
    pub(super) roles: Roles,
    pub(super) word: Word,
    pub(super) initial: bool,
    /// Whether it is written in capitals: "DS" of "Nintendo DS".
    pub(super) capitals: bool,
}

impl NameWord {
    pub(super) fn any(&self, roles: Roles) -> bool {
        self.roles.any(roles)
    }
}

impl Name {
    pub(super) fn is_acronym(&self) -> bool {
        self.key.starts_with('^')
    }

    /// Whether an acronym would mostly be found where it is a word, in headings in capitals: "OIL PRICES FALL". How
    /// often "oil" and "OIL" stand in running text tells how many of those in headings are the word.
    pub(super) fn is_word_in_capitals(&self) -> bool {
        let [NameWord { word, roles, .. }] = self.words.as_slice() else { return false };
        let (small, here) = (word.lower, word.acronym.max(self.count));
        let more = word.headed * small > here * (small + here) + word.headed * here;
        self.is_acronym() && !roles.any(Roles::COUNTRY) && more
    }
}

/// All names, by key.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) all: Vec<Name>,
    pub(super) surfaces: Vec<Surface>,
    /// The keys, numbered as the names are.
    keys: Vocabulary,
    /// Texts of surfaces, and for each the surface without a title and the one with a title.
    texts: Vocabulary,
    of_text: Vec<[u32; 2]>,
    scratch: String,
}

const NONE: u32 = u32::MAX;

impl Names {
    /// The name with the key `key`.
    pub(super) fn get(&self, key: &str) -> Option<u32> {
        self.keys.get(key)
    }

    /// The surface `text` of the name `bare`; both are added if they are new.
    pub(super) fn add(&mut self, text: &str, bare: &str, titled: bool, forms: &Forms<'_>) -> Result<u32> {
        let at = self.texts.intern(text)? as usize;
        if at == self.of_text.len() {
            self.of_text.push([NONE; 2]);
        }
        let known = self.of_text[at][usize::from(titled)];
        if known != NONE {
            return Ok(known);
        }
        write_key(bare, &mut self.scratch);
        let name = self.keys.intern(&self.scratch)?;
        if name as usize == self.all.len() {
            self.all.push(describe(&self.scratch, bare, forms));
        }
        let id = self.surfaces.len() as u32;
        let examples = Examples::default();
        self.surfaces.push(Surface { text: text.to_owned(), name, titled, count: 0, documents: 0, examples });
        self.of_text[at][usize::from(titled)] = id;
        Ok(id)
    }

    /// Adds places to the examples of `surface`.
    pub(super) fn show(&mut self, surface: u32, places: impl IntoIterator<Item = Place>) {
        self.surfaces[surface as usize].examples.extend(places);
    }
}

/// So many times as often in lower case as with a capital is no name.
const MOSTLY_SMALL: u64 = 9;

/// A name as its key and its words.
fn describe(key: &str, bare: &str, forms: &Forms<'_>) -> Name {
    let acronym = key.starts_with('^');
    let bare = bare.strip_prefix("The ").unwrap_or(bare);
    let mut written = bare.split([' ', '-']);
    let words: Vec<NameWord> = key
        .trim_start_matches('^')
        .split(' ')
        .map(|text| {
            // "US" is no pronoun.
            let capitals = acronym | written.next().is_some_and(|w| Shape::of(w) == Shape::Capitals);
            let shape = if capitals { Shape::Capitals } else { Shape::Capital };
            let (word, roles) = forms.described(text, shape);
            NameWord { text: text.to_owned(), roles, word, initial: text.chars().count() == 1, capitals }
        })
        .collect();
    let small = bare.chars().next().is_some_and(char::is_lowercase);
    let may_be_none = !(acronym || small || lists::is_country(key));
    let ordinary = |w: &NameWord| w.word.common && w.word.capital <= w.word.lower;
    let weak = may_be_none && words.len() == 1 && ordinary(&words[0]);
    // Names of ordinary words are found as written, these would be found everywhere.
    let small_elsewhere = |w: &NameWord| w.word.lower > MOSTLY_SMALL * w.word.capital.max(1);
    let spurious = may_be_none && words.iter().all(small_elsewhere) && !words.iter().all(|w| w.word.common);
    let compound = words.len() > 1 && !bare.contains(char::is_whitespace);
    Name { key: key.to_owned(), words, weak, spurious, compound, ..Name::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_is_a_special_case() {
        let alphabet = b"aZ &-/,.()'\t\nthe Q9";
        let mut random = 7u64;
        for _ in 0..20_000 {
            let text: String = (0..12)
                .map(|_| {
                    random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                    char::from(alphabet[(random >> 33) as usize % alphabet.len()])
                })
                .collect();
            let (mut fast, mut slow) = (String::new(), String::new());
            assert_eq!(ascii(&text, &mut fast), unicode(&text, &mut slow), "{text:?}");
            assert_eq!(fast, slow, "{text:?}");
        }
    }

    #[test]
    fn spellings_of_one_name_share_a_key() {
        let table = [
            ("Łukasz Brandt", "Lukasz Brandt"),
            ("Emeric Doulé", "Emeric Doule\u{301}"),
            ("K.D.L.", "KDL"),
            ("Al-Qaeda", "al Qaeda"),
            ("Skippers' Guild", "Skippers\u{2019} Guild"),
            ("The Hague", "Hague"),
            ("PORT SKARROW", "Port Skarrow"),
            ("The KDL", "KDL"),
            ("The Skippers", "Skippers"),
            ("AT & T Wireless", "AT and T Wireless"),
        ];
        for (a, b) in table {
            assert_eq!(key(a), key(b), "{a} {b}");
        }
        for (a, b) in [("IT", "It"), ("The", "A"), ("Munir", "Munier")] {
            assert_ne!(key(a), key(b), "{a} {b}");
        }
    }
}
