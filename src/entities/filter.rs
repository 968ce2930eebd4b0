//! Which words can begin a name or go on with one, told from sixteen bytes of the word and without a look
//! at the names: "no" is certain, "yes" is a reason to look. Of most words two bytes of it and of the next say no.
//!
//! Most words of a text are in no name that is looked for. A word is hashed as it stands, small and capital
//! letters alike; the hash leads to the marks of all words of names that share it. Words that are compared
//! by more than ASCII letters (accents, curly apostrophes) and long ones are folded before they are hashed.

use unicode_normalization::UnicodeNormalization;

use super::pattern;
use crate::text::{bytes, fold};

/// A name begins with the word, as far as the case of its first letter goes.
pub(super) const FIRST: u8 = 1;
/// A name is nothing but the word, as far as can be told.
pub(super) const WHOLE: u8 = 4;
/// A name goes on with the word, as far as the case of its first letter goes.
pub(super) const LATER: u8 = 16;
/// The word has a possessive ending: it may also be the word without.
pub(super) const POSSESSIVE: u8 = 64;
/// What depends on the first letter.
const BY_CASE: u8 = FIRST | WHOLE | LATER;

/// The first letters of a word with which names begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Initial {
    Small,
    Capital,
    Either,
}

impl Initial {
    /// Of a word as written. What is not ASCII may be written in other ways that compose to it.
    pub(super) fn of(word: &str) -> Self {
        match word.as_bytes().first() {
            Some(byte) if !byte.is_ascii() => Self::Either,
            Some(byte) if capital(*byte) == 1 => Self::Capital,
            _ => Self::Small,
        }
    }

    /// This and `other`.
    pub(super) fn or(self, other: Self) -> Self {
        if self == other { self } else { Self::Either }
    }
}

/// 1 for a capital letter. Of other bytes than letters it only matters that the answer is always the same.
#[inline(always)]
fn capital(byte: u8) -> u8 {
    !byte >> 5 & 1
}

/// What is known of a word in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// The hash of the word as names compare it.
    pub(super) hash: u64,
    pub(super) marks: u8,
}

/// The words of names, and how they follow one another.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    hasher: Hasher,
    /// By the first two bytes of a word what is known of all that begin so: [`FIRST`], [`WHOLE`] and [`LATER`].
    heads: Box<[u8; 1 << 16]>,
    /// The same by hash, for words that begin with a small letter; one bit higher for the others.
    marks: Vec<u8>,
    shift: u32,
    /// A bit for each beginning of a name and the word that it goes on with.
    steps: Vec<u64>,
    step_shift: u32,
}

/// Places for each word. More would let fewer words pass in vain, but not stay in the nearest memory.
const SPARSE: usize = 2;
const SMALLEST: usize = 1 << 12;

impl Filter {
    /// An empty filter for so many words and steps from one to the next.
    pub(super) fn new(hasher: Hasher, words: usize, steps: usize) -> Self {
        let places = (words * SPARSE).next_power_of_two().max(SMALLEST);
        let bits = (steps * 4 * SPARSE).next_power_of_two().max(SMALLEST);
        Self {
            hasher,
            heads: heads_outside_ascii(),
            marks: vec![0; places],
            shift: 64 - places.trailing_zeros(),
            steps: vec![0; bits / 64],
            step_shift: 64 - bits.trailing_zeros(),
        }
    }

    /// Names have the word of this hash, which begins with `head`, in the place that `marks` tell.
    pub(super) fn add(&mut self, hash: u64, head: Head, initial: Initial, marks: u8) {
        let at = self.place(hash);
        head.each_written(initial, |two| self.heads[two] |= marks);
        self.marks[at] |= match initial {
            Initial::Small => marks,
            Initial::Capital => marks << 1,
            Initial::Either => marks | marks << 1,
        };
    }

    /// A name that begins with the path `path` goes on with `word`.
    pub(super) fn add_step(&mut self, path: u64, word: u64) {
        let at = self.step(path, word);
        self.steps[at / 64] |= 1 << (at % 64);
    }

    #[inline(always)]
    fn place(&self, hash: u64) -> usize {
        (hash >> self.shift) as usize
    }

    #[inline(always)]
    fn step(&self, path: u64, word: u64) -> usize {
        ((path ^ word.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.step_shift) as usize
    }

    /// Whether a name that begins with the path `path` may go on with `word`.
    #[inline(always)]
    pub(super) fn may_go_on(&self, path: u64, word: u64) -> bool {
        let at = self.step(path, word);
        self.steps[at / 64] >> (at % 64) & 1 != 0
    }

    /// What the first two bytes of the word at `start` tell of it.
    #[inline(always)]
    pub(super) fn head(&self, text: &[u8], start: usize) -> u8 {
        match text[start..].first_chunk() {
            Some(two) => self.heads[usize::from(u16::from_le_bytes(*two))],
            None => BY_CASE,
        }
    }

    /// The word `text[start..end]`, if it can be judged as it stands: short, ASCII, and no possessive.
    #[inline(always)]
    pub(super) fn plain(&self, text: &[u8], start: usize, end: usize) -> Option<Seen> {
        let len = end - start;
        let whole = u128::from_le_bytes(bytes::first(&text[start..])) & KEEP[len.min(INLINE + 1)];
        // Also "don't" and the "a" of "'a": they are few.
        let possessive = text[end.saturating_sub(2)] == b'\'';
        if (len > INLINE) | (whole & HIGH != 0) | possessive {
            return None;
        }
        let hash = self.hasher.short(whole | SMALL, len);
        let marks = self.marks[self.place(hash)];
        Some(Seen { hash, marks: marks >> capital(whole as u8) & BY_CASE })
    }

    /// Any word as written; `folded` is memory to fold it into.
    pub(super) fn written(&self, word: &str, folded: &mut String) -> Seen {
        let whole = self.one(word, folded);
        let stem = &word[..fold::possessive_stem(word)];
        if stem.len() == word.len() {
            return whole;
        }
        // Only the whole word goes on, and only it is followed.
        let marks = whole.marks | self.one(stem, folded).marks;
        Seen { marks: if marks == 0 { 0 } else { marks | POSSESSIVE }, ..whole }
    }

    fn one(&self, word: &str, folded: &mut String) -> Seen {
        pattern::fold_into(word, folded);
        let hash = self.hasher.word(folded);
        let marks = self.marks[self.place(hash)];
        let own = match Initial::of(word) {
            Initial::Small => marks,
            Initial::Capital => marks >> 1,
            Initial::Either => marks | marks >> 1,
        };
        Seen { hash, marks: own & BY_CASE }
    }
}

/// The first two bytes of a word of names, where they are ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Head(u8, Option<u8>);

impl Head {
    /// Of a folded word.
    pub(super) fn of(folded: &str) -> Self {
        match folded.as_bytes() {
            [first] if first.is_ascii() => return Self(*first, None),
            [first, second, ..] if first.is_ascii() && second.is_ascii() => {
                return Self(*first, Some(*second));
            }
            _ => {}
        }
        // A letter and its accent may be two characters in a text; then the letter comes first.
        let mut apart = folded.nfd().map(|c| u8::try_from(c).unwrap_or(0x80));
        Self(apart.next().unwrap_or(0x80), apart.next())
    }

    /// Calls `f` with all that may stand in a text for these bytes, as [`Filter::head`] reads it.
    fn each_written(self, initial: Initial, mut f: impl FnMut(usize)) {
        let Self(first, second) = self;
        let either = |byte: u8| [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()];
        for first in either(first) {
            if initial == Initial::Either || (initial == Initial::Capital) == (capital(first) == 1) {
                let mut add = |second: u8| f(usize::from(u16::from_le_bytes([first, second])));
                match second {
                    Some(second) => either(second).into_iter().for_each(&mut add),
                    // Anything may follow the word.
                    None => (0..=u8::MAX).for_each(add),
                }
            }
        }
    }
}

/// All marks for two bytes of which one is not ASCII: their words must be folded.
fn heads_outside_ascii() -> Box<[u8; 1 << 16]> {
    let mut heads = Box::new([0; 1 << 16]);
    heads.iter_mut().enumerate().filter(|(two, _)| two & 0x8080 != 0).for_each(|(_, marks)| *marks = BY_CASE);
    heads
}

const INLINE: usize = bytes::WIDE;
const HIGH: u128 = u128::from_le_bytes([0x80; INLINE]);
const SMALL: u128 = u128::from_le_bytes([0x20; INLINE]);

/// What is left of sixteen bytes that begin with a word of each length.
static KEEP: [u128; INLINE + 2] = {
    let mut masks = [u128::MAX; INLINE + 2];
    masks[0] = 0;
    let mut len = 1;
    while len <= INLINE {
        masks[len] = u128::MAX >> (128 - 8 * len);
        len += 1;
    }
    masks
};

/// Hashes of words and of paths of words, by secret seeds: nobody can choose names that collide. That two
/// have the same hash is unlikely, and no mistake: what is found is compared with the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hasher {
    seeds: [u64; 3],
}

impl Hasher {
    pub(super) fn random() -> Self {
        let state = ahash::RandomState::new();
        Self { seeds: [0, 1, 2].map(|i| state.hash_one(i)) }
    }

    /// A word of names: folded.
    pub(super) fn word(&self, folded: &str) -> u64 {
        let word = folded.as_bytes();
        if word.len() <= INLINE {
            let whole = u128::from_le_bytes(bytes::first(word));
            // Small and capital letters are one in ASCII alone.
            return self.short(if folded.is_ascii() { whole | SMALL } else { whole }, word.len());
        }
        word.chunks(INLINE).fold(self.seeds[2], |hash, chunk| {
            self.short(u128::from_le_bytes(bytes::first(chunk)) ^ u128::from(hash), chunk.len())
        })
    }

    #[inline(always)]
    fn short(&self, word: u128, len: usize) -> u64 {
        let (low, high) = (word as u64, (word >> 64) as u64);
        folded_product(low ^ self.seeds[0], (high ^ self.seeds[1]).wrapping_add(len as u64))
    }

    /// The path that goes on from `path` by a gap and a word.
    #[inline(always)]
    pub(super) fn step(&self, path: u64, gap: u64, word: u64) -> u64 {
        folded_product(path.rotate_left(23) ^ gap, word ^ self.seeds[2])
    }
}

/// The product of two numbers, its halves folded together.
#[inline(always)]
fn folded_product(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::super::gazetteer::{CasePolicy, Entity, Gazetteer, Overlap};
    use super::*;

    const WORDS: [&str; 28] = [
        "I",
        "i",
        "Ada",
        "ADA",
        "aDa",
        "9",
        "4th",
        "_x",
        "X_y",
        "École",
        "E\u{301}cole",
        "ÉCOLE",
        "be\u{301}a",
        "béA",
        "BÉa",
        "a\u{301}",
        "á",
        "O’Neill",
        "O'neill",
        "straße",
        "STRASSE",
        "\u{212a}elvin",
        "kelvin",
        "ﬁn",
        "FIN",
        "Ωmega",
        "ω",
        "Pneumonoultramicroscopic",
    ];

    #[test]
    fn no_word_of_a_name_is_ruled_out() {
        let mut found = [0; 3];
        for (case, found) in
            [CasePolicy::Exact, CasePolicy::Smart, CasePolicy::Ignore].into_iter().zip(&mut found)
        {
            for name in WORDS {
                let places = [
                    (name.to_owned(), FIRST | WHOLE),
                    (format!("{name} Zed"), FIRST),
                    (format!("Zed {name}"), LATER),
                ];
                for (alias, marks) in places {
                    let entity = Entity { name: alias, kind: None, aliases: Vec::new() };
                    let gazetteer = Gazetteer::new(vec![entity], case, Overlap::Longest).unwrap();
                    let filter = &gazetteer.filter;
                    for (form, ending) in
                        WORDS.iter().flat_map(|form| ["", "'s", "’S"].map(|ending| (*form, ending)))
                    {
                        let is_name = match case {
                            CasePolicy::Ignore => pattern::word(form) == pattern::word(name),
                            _ => pattern::surface(form) == pattern::surface(name),
                        };
                        if is_name {
                            let text = format!("{form}{ending} ");
                            let word = &text[..text.len() - 1];
                            assert_eq!(
                                filter.head(text.as_bytes(), 0) & marks,
                                marks,
                                "{name} {word} {case:?}"
                            );
                            let seen = filter.written(word, &mut String::new());
                            assert_eq!(seen.marks & marks, marks, "{name} {word} {case:?}");
                            let plain = filter.plain(text.as_bytes(), 0, word.len());
                            assert!(plain.is_none_or(|plain| plain == seen), "{name} {word} {case:?}");
                            // The words as they stand around "Zed", or alone.
                            let text = format!("Zed {word} Zed");
                            let (own, last) = ((4, 4 + word.len()), (text.len() - 3, text.len()));
                            let [first, second] = if marks == LATER { [(0, 3), own] } else { [own, last] };
                            for next in [Some(&second), None] {
                                let alone = marks == FIRST | WHOLE;
                                if next.is_some() || alone {
                                    let may = gazetteer.openings.may_open(text.as_bytes(), first, next);
                                    assert!(may, "{name} {word} {case:?}");
                                }
                            }
                            *found += 1;
                        }
                    }
                }
            }
        }
        assert!(found[0] > 28 * 9 && found[0] == found[1] && found[1] < found[2], "{found:?}");
    }

    #[test]
    fn other_first_letters_and_other_case_are_ruled_out() {
        let entity = Entity { name: "Ada Lovelace".to_owned(), kind: None, aliases: Vec::new() };
        let gazetteer = Gazetteer::new(vec![entity], CasePolicy::Exact, Overlap::Longest).unwrap();
        let filter = &gazetteer.filter;
        let head = |text: &str| filter.head(text.as_bytes(), 0);
        assert_eq!(["Adam", "Love", "ADA"].map(head), [FIRST, LATER, FIRST]);
        assert_eq!(["ada", "love", "Bob", "A", "of"].map(head), [0, 0, 0, BY_CASE, 0]);
        let may_open = |two: &str| {
            let first = two.find(' ').unwrap();
            gazetteer.openings.may_open(two.as_bytes(), (0, first), Some(&(first + 1, two.len())))
        };
        let found =
            ["Ada Lovely", "Ad Lovelace", "Ada Law", "Ada's Law", "Ada Öl", "Adam Lovelace"].map(may_open);
        assert_eq!(found, [true, false, false, true, true, false]);
    }
}
