//! Random orders that can be repeated, and p-values from them.

use crate::measure::Measure;

/// Random numbers by SplitMix64 (Steele, Lea & Flood 2014, OOPSLA): the same for the same seed and stream.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
}

impl Random {
    /// Stream `stream` of `seed`.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut first = Self { state: seed };
        let start = first.next().wrapping_add(stream.wrapping_mul(0xD1B5_4A32_D192_ED03));
        let mut second = Self { state: start };
        Self { state: second.next() }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`, each as likely as the others (Lemire 2019, TOMACS 29(1)).
    fn below(&mut self, n: u64) -> u64 {
        loop {
            let product = u128::from(self.next()) * u128::from(n);
            if product as u64 >= n.wrapping_neg() % n {
                return (product >> 64) as u64;
            }
        }
    }

    /// Puts `items` in random order (Fisher & Yates 1938; Durstenfeld 1964).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let j = self.below(i as u64 + 1) as usize;
            items.swap(i, j);
        }
    }
}

/// What a permutation test counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exceeding {
    /// Permutations at least as extreme as what was observed.
    pub hits: u64,
    /// Permutations in all.
    pub permutations: u64,
}

/// The family `permutation`.
pub static PERMUTATION: &[Measure<Exceeding>] = &[Measure {
    name: "permutation_p",
    formula: "(hits + 1) / (permutations + 1)",
    source: "Phipson & Smyth (2010), SAGMB 9(1); Davison & Hinkley (1997), Bootstrap Methods, 4.2",
    range: "[1 / (permutations + 1), 1]",
    undefined: "never",
    compute: |e| (e.hits as f64 + 1.0) / (e.permutations as f64 + 1.0),
}];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_is_as_likely() {
        let mut seen = std::collections::BTreeMap::new();
        for stream in 0..60_000 {
            let mut items = [0, 1, 2, 3];
            Random::new(11, stream).shuffle(&mut items);
            *seen.entry(items).or_insert(0u32) += 1;
        }
        // 24 orders of 2,500 each; a standard deviation is 49.
        assert_eq!(seen.len(), 24);
        assert!(seen.values().all(|&n| (2_250..2_750).contains(&n)), "{seen:?}");
    }

    #[test]
    fn streams_repeat_and_differ() {
        let numbers = |seed, stream| (0..4).map(|_| Random::new(seed, stream).next()).collect::<Vec<_>>();
        assert_eq!(numbers(1, 2), numbers(1, 2));
        assert_ne!(numbers(1, 2), numbers(1, 3));
        assert_ne!(numbers(1, 2), numbers(2, 2));
    }
}
