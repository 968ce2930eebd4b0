//! Which forms are the same word: each by the first form that folds as it does.

use ahash::RandomState;

use crate::corpus::Tokens;
use crate::text::words::prefetch;

/// Forms told apart as the default options fold them, whatever is counted elsewhere.
pub(super) struct Folds {
    /// Open-addressed, a power of two long and never more than half full: hashes of folds with their first
    /// forms. [`FREE`] marks a free slot.
    slots: Vec<(u32, u32)>,
    taken: usize,
    /// The first form of each term.
    of_terms: Vec<u32>,
    state: RandomState,
    tokens: Tokens,
    /// The form in question folded, and one that it is compared with.
    folded: [String; 2],
}

const FREE: u32 = u32::MAX;

impl Folds {
    pub(super) fn new() -> Self {
        Self {
            slots: vec![(0, FREE); 1 << 10],
            taken: 0,
            of_terms: Vec::new(),
            state: RandomState::new(),
            tokens: Tokens::default(),
            folded: [const { String::new() }; 2],
        }
    }

    /// The hash of a form folded; its slot is on its way.
    pub(super) fn ask(&mut self, form: &str) -> u32 {
        let [folded, _] = &mut self.folded;
        self.tokens.term(form, folded);
        let hash = (self.state.hash_one(folded.as_bytes()) >> 32) as u32;
        prefetch(&self.slots[self.slot(hash)]);
        hash
    }

    /// The first form that folds as the form `id` does, whose hash is `hash`; `form` gives the string of a form.
    pub(super) fn first<'a>(&mut self, id: u32, hash: u32, form: impl Fn(u32) -> &'a str) -> u32 {
        if self.taken * 2 >= self.slots.len() {
            self.grow();
        }
        let mut slot = self.slot(hash);
        loop {
            let (known, first) = self.slots[slot];
            if first == FREE {
                self.slots[slot] = (hash, id);
                self.taken += 1;
                return id;
            }
            if known == hash && self.is_same(form(id), form(first)) {
                return first;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// The same for who knows the term of the form, by the default options.
    pub(super) fn first_of_term(&mut self, id: u32, term: u32) -> u32 {
        let place = term as usize;
        if place >= self.of_terms.len() {
            self.of_terms.resize(place + 1, FREE);
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
    fn slot(&self, hash: u32) -> usize {
        hash as usize >> (32 - self.slots.len().trailing_zeros())
    }

    #[cold]
    fn grow(&mut self) {
        let slots = vec![(0, FREE); self.slots.len() * 4];
        for entry in std::mem::replace(&mut self.slots, slots) {
            let mut slot = self.slot(entry.0);
            while entry.1 != FREE && self.slots[slot].1 != FREE {
                slot = (slot + 1) & (self.slots.len() - 1);
            }
            if entry.1 != FREE {
                self.slots[slot] = entry;
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
        }
        let terms = Terms::of_forms(&vocabulary, &Tokens::default()).unwrap();
        let mut first_of_term = std::collections::HashMap::new();
        for id in 0..vocabulary.len() as u32 {
            let hash = folds.ask(vocabulary.str(id));
            let expected = *first_of_term.entry(terms.of_form(id)).or_insert(id);
            assert_eq!(folds.first(id, hash, |id| vocabulary.str(id)), expected);
            assert_eq!(folds.first_of_term(id, terms.of_form(id)), expected);
        }
        assert_eq!(first_of_term.len(), 9_000);
    }
}
