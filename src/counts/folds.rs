//! Which forms are the same word: each by the first form that folds as it does.

use ahash::RandomState;

use crate::corpus::Tokens;
use crate::text::letters::Letters;
use crate::text::words::prefetch;

/// Forms told apart as the default options fold them, whatever is counted elsewhere.
pub(super) struct Folds {
    /// Open-addressed, a power of two long and never more than three quarters full: what is not in the line where
    /// its search begins is in one of the next.
    lines: Vec<Line>,
    taken: usize,
    /// The first form of each term.
    of_terms: Vec<u32>,
    state: RandomState,
    tokens: Tokens,
    /// The form in question folded, and one that it is compared with.
    folded: [String; 2],
}

/// A cache line of the table: marks of folds with their first forms, and at the end free places without a mark.
#[derive(Clone, Copy, Default)]
#[repr(align(64))]
struct Line {
    marks: [u64; PLACES],
    firsts: [u32; PLACES],
}

const PLACES: usize = 5;

/// What a form folds to.
#[derive(Clone, Copy, Default)]
pub(super) struct Fold {
    /// Short words of letters are told apart by their number, others by [`OTHER`] with a hash and then by their
    /// strings.
    mark: u64,
    hash: u64,
}

const OTHER: u64 = 1 << Letters::BITS;
const NONE: u32 = u32::MAX;

impl Folds {
    pub(super) fn new() -> Self {
        Self {
            lines: vec![Line::default(); 1 << 8],
            taken: 0,
            of_terms: Vec::new(),
            state: RandomState::new(),
            tokens: Tokens::default(),
            folded: [const { String::new() }; 2],
        }
    }

    /// The fold of a form, which is `letters` if it is a short word; its line is on its way.
    #[inline]
    pub(super) fn ask(&mut self, form: &str, letters: Option<Letters>) -> Fold {
        let mark = letters.map_or_else(|| self.mark(form), |letters| letters.number);
        let hash = self.state.hash_one(mark);
        prefetch(&self.lines[self.line(hash)]);
        Fold { mark, hash }
    }

    /// The mark of a form that is no short word of letters, though it may fold to one: K is no ASCII letter.
    #[inline(never)]
    fn mark(&mut self, form: &str) -> u64 {
        let [folded, _] = &mut self.folded;
        self.tokens.term(form, folded);
        match Letters::of(folded) {
            Some(letters) => letters.number,
            None => self.state.hash_one(folded.as_bytes()) | OTHER,
        }
    }

    /// The first form that folds as the form `id` does; `form` gives the string of a form.
    #[inline]
    pub(super) fn first<'a>(&mut self, id: u32, fold: Fold, form: impl Fn(u32) -> &'a str) -> u32 {
        if self.taken * 4 >= self.lines.len() * PLACES * 3 {
            self.grow();
        }
        let mut line = self.line(fold.hash);
        loop {
            for place in 0..PLACES {
                let (mark, first) = (self.lines[line].marks[place], self.lines[line].firsts[place]);
                if mark == 0 {
                    self.lines[line].marks[place] = fold.mark;
                    self.lines[line].firsts[place] = id;
                    self.taken += 1;
                    return id;
                }
                if mark == fold.mark && (mark & OTHER == 0 || self.is_same(form(id), form(first))) {
                    return first;
                }
            }
            line = (line + 1) & (self.lines.len() - 1);
        }
    }

    /// The same for who knows the term of the form, by the default options.
    pub(super) fn first_of_term(&mut self, id: u32, term: u32) -> u32 {
        let place = term as usize;
        if place >= self.of_terms.len() {
            self.of_terms.resize(place + 1, NONE);
        }
        self.of_terms[place] = self.of_terms[place].min(id);
        self.of_terms[place]
    }

    fn is_same(&mut self, a: &str, b: &str) -> bool {
        if a.is_ascii() && b.is_ascii() {
            return a.eq_ignore_ascii_case(b);
        }
        let [folded, other] = &mut self.folded;
        self.tokens.term(a, folded);
        self.tokens.term(b, other);
        folded == other
    }

    /// Where a search begins: by the highest bits of the hash.
    fn line(&self, hash: u64) -> usize {
        (hash >> (64 - self.lines.len().trailing_zeros())) as usize
    }

    #[cold]
    fn grow(&mut self) {
        // Small tables grow faster: they cost little, and each step costs a pass.
        let factor = if self.lines.len() < 1 << 14 { 4 } else { 2 };
        let lines = vec![Line::default(); self.lines.len() * factor];
        for old in std::mem::replace(&mut self.lines, lines) {
            for (mark, first) in old.marks.into_iter().zip(old.firsts).filter(|&(mark, _)| mark != 0) {
                let mut line = self.line(self.state.hash_one(mark));
                let place = loop {
                    match self.lines[line].marks.iter().position(|&mark| mark == 0) {
                        Some(place) => break place,
                        None => line = (line + 1) & (self.lines.len() - 1),
                    }
                };
                self.lines[line].marks[place] = mark;
                self.lines[line].firsts[place] = first;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Terms, Vocabulary};

    #[test]
    fn forms_are_one_word_where_their_terms_are() {
        let (mut vocabulary, mut folds) = (Vocabulary::new(), Folds::new());
        for i in 0..3_000u32 {
            for form in
                [format!("Word{i}"), format!("word{i}"), format!("Ä{i}’s"), format!("ä{i}'S"), i.to_string()]
            {
                vocabulary.intern(&form).unwrap();
            }
            let letters =
                i.to_string().replace(|c: char| c.is_ascii_digit(), "k") + &"qwertyuiop"[..i as usize % 10];
            for form in [letters.to_uppercase(), letters.replace('k', "\u{212a}"), letters] {
                vocabulary.intern(&form).unwrap();
            }
        }
        let terms = Terms::of_forms(&vocabulary, &Tokens::default()).unwrap();
        let mut first_of_term = std::collections::HashMap::new();
        for id in 0..vocabulary.len() as u32 {
            let form = vocabulary.str(id);
            let fold = folds.ask(form, Letters::of(form));
            let expected = *first_of_term.entry(terms.of_form(id)).or_insert(id);
            assert_eq!(folds.first(id, fold, |id| vocabulary.str(id)), expected, "{form}");
            assert_eq!(folds.first_of_term(id, terms.of_form(id)), expected);
        }
        assert!(first_of_term.len() > 9_000);
    }
}
