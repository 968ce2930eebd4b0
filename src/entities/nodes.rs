//! The trie of the names, as a table of paths: a path is the hash of the words and gaps that lead to a node,
//! so that each word of a text costs one look-up, whose place is known before it is needed.
//!
//! A slot holds half of the hash. Two paths that share it share a node: what is found there is compared with
//! the text anyway.

use crate::error::{Error, Kind, Result};

/// No name ends at a node.
pub(super) const NO_NAME: u32 = u32::MAX >> 2;

/// Where a path leads: nowhere, through a node at which no name ends, to one name or to several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node(u32);

impl Node {
    /// Whether a name goes on from here.
    #[inline(always)]
    pub(super) fn goes_on(self) -> bool {
        self.0 & ON != 0
    }

    /// Whether a name ends here.
    #[inline(always)]
    pub(super) fn ends(self) -> bool {
        self.0 & !ON != NO_NAME
    }

    /// The name that ends here, if it is one alone.
    #[inline(always)]
    pub(super) fn only(self) -> Option<u32> {
        (self.0 & SEVERAL == 0).then_some(self.0 & NO_NAME).filter(|&name| name != NO_NAME)
    }
}

#[derive(Debug, Clone)]
pub(super) struct Nodes {
    /// Half of the hash of a path, and its node; empty if all ones.
    slots: Vec<u64>,
    /// `path >> shift` is the home slot: the table is a power of two long.
    shift: u32,
    /// Where names share a node: each node's number of names, then these.
    several: Vec<u32>,
}

const EMPTY: u64 = u64::MAX;
const SEVERAL: u32 = 1 << 31;
const ON: u32 = 1 << 30;

impl Default for Nodes {
    fn default() -> Self {
        Self { slots: vec![EMPTY; 2], shift: 63, several: Vec::new() }
    }
}

impl Nodes {
    /// The nodes of `paths`: each with a name that ends there, or [`NO_NAME`] if one goes on. `settle` says which
    /// of several names of one node stay, in the order in which they are to be tried.
    pub(super) fn new(
        mut paths: Vec<(u64, u32)>,
        mut settle: impl FnMut(&[u32], &mut Vec<u32>),
    ) -> Result<Self> {
        paths.sort_unstable();
        paths.dedup();
        let count = paths.chunk_by(|a, b| a.0 == b.0).count();
        let size = (count + count / 2 + 2).next_power_of_two();
        let mut slots = Vec::new();
        slots.try_reserve_exact(size).map_err(|_| too_many())?;
        slots.resize(size, EMPTY);
        let mut out = Self { slots, shift: 64 - size.trailing_zeros(), several: Vec::new() };
        let (mut names, mut kept) = (Vec::new(), Vec::new());
        for node in paths.chunk_by(|a, b| a.0 == b.0) {
            names.clear();
            names.extend(node.iter().map(|n| n.1).filter(|&name| name != NO_NAME));
            kept.clear();
            match names.as_slice() {
                [] => {}
                [one] => kept.push(*one),
                several => settle(several, &mut kept),
            }
            // The last, if it is there.
            let on = node.iter().any(|n| n.1 == NO_NAME);
            out.add(node[0].0, &kept, on)?;
        }
        Ok(out)
    }

    fn add(&mut self, path: u64, names: &[u32], on: bool) -> Result<()> {
        let mask = self.slots.len() - 1;
        let mut at = self.home(path);
        while self.slots[at] != EMPTY && (self.slots[at] >> 32) as u32 != path as u32 {
            at = (at + 1) & mask;
        }
        let node = if self.slots[at] == EMPTY {
            self.node(names)?
        } else {
            // Another path with the same half of its hash: the names of both.
            let other = Node(self.slots[at] as u32);
            let both: Vec<u32> = self.names(other).chain(names.iter().copied()).collect();
            self.node(&both)? | other.0 & ON
        };
        let node = if on { node | ON } else { node };
        self.slots[at] = u64::from(path as u32) << 32 | u64::from(node);
        Ok(())
    }

    fn node(&mut self, names: &[u32]) -> Result<u32> {
        Ok(match names {
            [] => NO_NAME,
            [one] => *one,
            several => {
                let place = u32::try_from(self.several.len()).ok().filter(|&place| place < NO_NAME);
                self.several.push(several.len() as u32);
                self.several.extend_from_slice(several);
                SEVERAL | place.ok_or_else(too_many)?
            }
        })
    }

    #[inline(always)]
    fn home(&self, path: u64) -> usize {
        (path >> self.shift) as usize
    }

    /// Where `path` leads.
    #[inline]
    pub(super) fn get(&self, path: u64) -> Option<Node> {
        let mask = self.slots.len() - 1;
        let mut at = self.home(path);
        loop {
            let slot = self.slots[at];
            if (slot >> 32) as u32 == path as u32 && slot != EMPTY {
                return Some(Node(slot as u32));
            }
            if slot == EMPTY {
                return None;
            }
            at = (at + 1) & mask;
        }
    }

    /// The names that end at `node`.
    #[inline]
    pub(super) fn names(&self, node: Node) -> impl Iterator<Item = u32> + Clone + use<'_> {
        let several = if node.0 & SEVERAL == 0 {
            &[][..]
        } else {
            let at = (node.0 & NO_NAME) as usize;
            &self.several[at + 1..=at + self.several[at] as usize]
        };
        node.only().into_iter().chain(several.iter().copied())
    }
}

/// There are more names than can be numbered.
pub(super) fn too_many() -> Error {
    Error::new(Kind::Limit, "too many names; take fewer at a time")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn every_path_leads_to_its_names() {
        let mut state = 3u64;
        let mut random = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        for size in [0, 1, 2, 3, 100, 5_000] {
            let mut expected: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
            let mut paths = Vec::new();
            let mut on = std::collections::BTreeSet::new();
            for name in 0..size {
                // All in a few homes, many of the same path.
                let path = random(4) << 62 | random(2) << 40 | random(1 + size / 2);
                let name = if random(3) == 0 { NO_NAME } else { name as u32 };
                paths.push((path, name));
                let names = expected.entry(path).or_default();
                if name != NO_NAME {
                    names.push(name);
                } else {
                    on.insert(path);
                }
            }
            let mut ends = 0;
            let nodes = Nodes::new(paths, |several, kept| kept.extend(several)).unwrap();
            for (path, names) in expected {
                let found = nodes.get(path).unwrap();
                assert!(found.goes_on() || !on.contains(&path));
                ends += usize::from(!found.goes_on());
                // Those of a path that shares half of its hash may be there too.
                let found: Vec<u32> = nodes.names(found).collect();
                assert!(names.iter().all(|n| found.contains(n)), "{path:x} {names:?} {found:?}");
            }
            assert_eq!(nodes.get(u64::MAX / 3), None);
            assert!(size < 100 || ends > 0, "{size}");
        }
    }
}
