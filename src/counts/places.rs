//! The places kept of each pair: a sample by lot, the same for any number of threads.

/// A list among [`Places`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct List {
    len: u32,
    first: u32,
    last: u32,
    /// The highest lot of its places.
    highest: u32,
}

impl List {
    pub(super) fn len(&self) -> usize {
        self.len as usize
    }

    /// The highest lot of its places, 0 if there is none.
    pub(super) fn highest(&self) -> u32 {
        self.highest
    }
}

/// A place that is kept: a mention of each of the pair, by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kept {
    /// What decides whether it is kept: the lowest are.
    pub(super) lot: u32,
    pub(super) mentions: [u32; 2],
    next: u32,
}

/// The places of many pairs. All lie in one vector: a vector for each of a million pairs takes long to let go, and
/// nobody can interrupt that.
#[derive(Debug, Clone, Default)]
pub(super) struct Places(Vec<Kept>);

impl Places {
    fn numbers(&self, list: List) -> impl Iterator<Item = usize> + '_ {
        let mut at = list.first as usize;
        (0..list.len).map(move |_| {
            let now = at;
            at = self.0[now].next as usize;
            now
        })
    }

    pub(super) fn of(&self, list: List) -> impl Iterator<Item = Kept> + '_ {
        self.numbers(list).map(|at| self.0[at])
    }

    /// Keeps the place, if it is among the `most` with the lowest lots; of equal ones the first in the text.
    pub(super) fn offer(&mut self, list: &mut List, most: usize, lot: u32, mentions: [u32; 2]) {
        if (list.len as usize) < most {
            // There are no more places than pairs of mentions, of which 4 billion would have taken all memory.
            let at = self.0.len() as u32;
            self.0.push(Kept { lot, mentions, next: at });
            if list.len == 0 {
                list.first = at;
            } else {
                self.0[list.last as usize].next = at;
            }
            (list.last, list.len) = (at, list.len + 1);
            list.highest = list.highest.max(lot);
            return;
        }
        let order = |kept: Kept| (kept.lot, kept.mentions);
        if let Some(worst) = self.numbers(*list).max_by_key(|&at| order(self.0[at]))
            && (lot, mentions) < order(self.0[worst])
        {
            (self.0[worst].lot, self.0[worst].mentions) = (lot, mentions);
            list.highest = self.of(*list).map(|kept| kept.lot).max().unwrap_or(0);
        }
    }
}

/// A number as if by chance, and always the same: the lot of a place in document `doc` whose first mention starts at
/// `start`. Which places of a pair are kept depends on nothing but these.
pub(super) fn lot(doc: usize, start: usize) -> u32 {
    let mixed = (doc as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ start as u64;
    let mixed = (mixed ^ mixed >> 31).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (mixed >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_places_with_the_lowest_lots_are_kept() {
        for most in [0, 1, 3, 1000] {
            let mut places = Places::default();
            type Twin = Vec<(u32, [u32; 2])>;
            let mut lists: [(List, Twin); 3] = Default::default();
            for i in 0..80u32 {
                let (list, twin) = &mut lists[(i * i % 7 % 3) as usize];
                // Some lots are the same.
                let lot = lot(i as usize / 2, 7) % 16;
                places.offer(list, most, lot, [i, i]);
                twin.push((lot, [i, i]));
                for (list, twin) in &lists {
                    let mut expected = twin.clone();
                    expected.sort_unstable();
                    expected.truncate(most);
                    let mut found: Vec<_> = places.of(*list).map(|k| (k.lot, k.mentions)).collect();
                    found.sort_unstable();
                    assert_eq!(found, expected);
                    assert_eq!(list.highest, expected.last().map_or(0, |last| last.0));
                }
            }
            assert!(lists.iter().all(|(_, twin)| twin.len() > 9));
        }
    }
}
