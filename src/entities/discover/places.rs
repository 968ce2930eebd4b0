//! Where names were seen, and the places that are kept as examples.

/// Where something stands in the corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// The document.
    pub doc: usize,
    /// The sentence, counted over the corpus.
    pub sentence: usize,
    /// Where it starts, in bytes of the document.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// How many places are kept as examples.
pub(super) const EXAMPLES: usize = 3;

/// The first places of something.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Examples {
    places: [Place; EXAMPLES],
    len: u8,
}

impl Examples {
    /// The places kept.
    pub(super) fn as_slice(&self) -> &[Place] {
        &self.places[..usize::from(self.len)]
    }

    /// Keeps those of `places` for which there is room.
    pub(super) fn extend(&mut self, places: impl IntoIterator<Item = Place>) {
        let room = EXAMPLES - usize::from(self.len);
        for place in places.into_iter().take(room) {
            self.places[usize::from(self.len)] = place;
            self.len += 1;
        }
    }
}
