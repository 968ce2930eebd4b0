//! Pairs of numbers to dense numbers: the n-grams of one size, each a shorter n-gram and a term.
//!
//! An open-addressed table of 16-byte slots. Lookups come in batches whose slots are all asked for
//! before the first is read: the table outgrows the caches, and waiting for one slot at a time is
//! what a hash map spends its time on. The hash is seeded at random; ids follow first occurrence.

use crate::error::{Error, Kind, Result};
use crate::text::words::prefetch;

/// Distinct pairs, numbered from 0 in the order in which they first came.
#[derive(Debug, Clone)]
pub(crate) struct PairTable {
    slots: Vec<Slot>,
    /// `hash >> shift` is the home slot: the table is a power of two long.
    shift: u32,
    seed: u64,
    /// The pair of each id.
    keys: Vec<u64>,
}

#[derive(Debug, Clone, Copy, Default)]
#[repr(align(16))]
struct Slot {
    key: u64,
    /// The id plus one; 0 in an empty slot.
    next_id: u32,
}

const BATCH: usize = 64;
const SMALLEST: usize = 1 << 10;

impl Default for PairTable {
    fn default() -> Self {
        let seed = ahash::RandomState::new().hash_one(0);
        Self { slots: Vec::new(), shift: 63, seed, keys: Vec::new() }
    }
}

impl PairTable {
    /// How many distinct pairs there are.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The pair of a number.
    #[inline]
    pub(crate) fn pair(&self, id: u32) -> (u32, u32) {
        let key = self.keys[id as usize];
        ((key >> 32) as u32, key as u32)
    }

    /// Asks the memory for what [`pair`](Self::pair) will read.
    #[inline]
    pub(crate) fn prefetch_pair(&self, id: u32) {
        prefetch(&self.keys[id as usize]);
    }

    /// The pairs in the order of their numbers.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.keys.iter().map(|key| ((key >> 32) as u32, *key as u32))
    }

    /// Replaces `firsts[i]` by the number of the pair (`firsts[i]`, `seconds[i]`), which is added if it
    /// is new.
    pub(crate) fn intern(&mut self, firsts: &mut [u32], seconds: &[u32]) -> Result<()> {
        if self.slots.is_empty() {
            self.grow(SMALLEST)?;
        }
        for (ids, seconds) in firsts.chunks_mut(BATCH).zip(seconds.chunks(BATCH)) {
            let mut wanted = [(0u64, 0usize); BATCH];
            for ((want, &first), &second) in wanted.iter_mut().zip(&*ids).zip(seconds) {
                let key = u64::from(first) << 32 | u64::from(second);
                *want = (key, self.home(key));
                prefetch(&self.slots[want.1]);
            }
            // No branch depends on a slot, so the next ones are fetched while this one is.
            let mut missing = 0u64;
            for (i, ((key, home), id)) in wanted.iter().zip(ids.iter_mut()).enumerate() {
                let slot = &self.slots[*home];
                *id = slot.next_id.wrapping_sub(1);
                missing |= u64::from((slot.key != *key) | (slot.next_id == 0)) << i;
            }
            while missing != 0 {
                let i = missing.trailing_zeros() as usize;
                missing &= missing - 1;
                ids[i] = self.one(wanted[i].0)?;
            }
        }
        Ok(())
    }

    /// The number of one pair, which is added if it is new.
    fn one(&mut self, key: u64) -> Result<u32> {
        let mask = self.slots.len() - 1;
        let mut at = self.home(key);
        loop {
            let slot = &self.slots[at];
            if slot.next_id == 0 {
                break;
            }
            if slot.key == key {
                return Ok(slot.next_id - 1);
            }
            at = (at + 1) & mask;
        }
        let next_id = u32::try_from(self.keys.len() + 1).map_err(|_| too_many())?;
        if self.keys.len() == self.keys.capacity() {
            self.keys.try_reserve(1).map_err(no_memory)?;
        }
        self.keys.push(key);
        self.slots[at] = Slot { key, next_id };
        if self.keys.len() * 3 > self.slots.len() * 2 {
            // Small tables grow faster: they cost little, and each step costs a pass.
            self.grow(self.slots.len() * if self.slots.len() < 1 << 16 { 4 } else { 2 })?;
        }
        Ok(next_id - 1)
    }

    fn grow(&mut self, slots: usize) -> Result<()> {
        let mut table = Vec::new();
        table.try_reserve_exact(slots).map_err(no_memory)?;
        table.resize(slots, Slot::default());
        let old = std::mem::replace(&mut self.slots, table);
        self.shift = 64 - slots.trailing_zeros();
        let mask = slots - 1;
        // The old table is in the order of the hashes, and so is the new one: both are swept.
        for slot in old.into_iter().filter(|s| s.next_id != 0) {
            let mut at = self.home(slot.key);
            while self.slots[at].next_id != 0 {
                at = (at + 1) & mask;
            }
            self.slots[at] = slot;
        }
        Ok(())
    }

    #[inline(always)]
    fn home(&self, key: u64) -> usize {
        let product = u128::from(key ^ self.seed) * 0x9e37_79b9_7f4a_7c15;
        ((product as u64 ^ (product >> 64) as u64) >> self.shift) as usize
    }
}

fn too_many() -> Error {
    Error::new(Kind::Limit, "more than 4,294,967,295 distinct n-grams; take fewer at a time")
}

fn no_memory<E>(_: E) -> Error {
    Error::new(Kind::Limit, "no memory for more distinct n-grams; take fewer at a time")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ahash::AHashMap;

    #[test]
    fn equals_a_hash_map() {
        let (mut table, mut naive) = (PairTable::default(), AHashMap::new());
        let mut state = 7u64;
        for round in 0..200 {
            let mut pairs = Vec::new();
            for _ in 0..round * 13 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                pairs.push(((state >> 40) as u32 % 300, (state >> 20) as u32 % (round + 1)));
            }
            let (mut ids, seconds): (Vec<u32>, Vec<u32>) = pairs.iter().copied().unzip();
            table.intern(&mut ids, &seconds).unwrap();
            for (pair, id) in pairs.into_iter().zip(ids) {
                let next = naive.len() as u32;
                assert_eq!(id, *naive.entry(pair).or_insert(next));
                assert_eq!(table.pair(id), pair);
            }
        }
        assert_eq!(table.len(), naive.len());
        assert!(table.len() > 10_000);
    }
}
