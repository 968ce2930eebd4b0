//! The bootstrap and random orders, by a small generator of our own, so that the same seed gives the
//! same draws on every machine, with any number of threads and in every later version.

use crate::measure::Measure;

/// xoshiro256++ 1.0 (Blackman & Vigna, 2019), seeded by splitmix64 as its authors advise.
#[derive(Debug, Clone)]
pub struct Rng([u64; 4]);

/// One step of splitmix64 (Steele, Lea & Flood, 2014; Vigna's constants).
fn splitmix64(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Rng {
    /// The generator of stream `stream` of `seed`. Streams are unrelated, so each replicate has its own
    /// and it does not matter which thread draws it.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut state = seed;
        let mut state = splitmix64(&mut state) ^ stream.wrapping_mul(0xd134_2543_de82_ef95);
        Self(std::array::from_fn(|_| splitmix64(&mut state)))
    }

    /// The next 64 bits.
    fn bits(&mut self) -> u64 {
        let s = &mut self.0;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// An integer below `n`, each with the same chance (Lemire 2019); 0 for n = 0.
    pub fn below(&mut self, n: u64) -> u64 {
        loop {
            let product = u128::from(self.bits()) * u128::from(n);
            let low = product as u64;
            // The few low products that would favour some integers are drawn again.
            if low >= n || low >= n.wrapping_neg() % n.max(1) {
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

/// The sums of the columns over as many rows as there are, drawn with replacement. `rows` holds
/// `width` integers a row.
pub fn drawn_sums(rows: &[u64], width: usize, rng: &mut Rng) -> Vec<u64> {
    let mut sums = vec![0; width];
    let n = rows.len().checked_div(width).unwrap_or(0);
    for _ in 0..n {
        let row = rng.below(n as u64) as usize * width;
        sums.iter_mut().zip(&rows[row..row + width]).for_each(|(sum, value)| *sum += value);
    }
    sums
}

/// The percentile interval at `level` of replicated values; undefined ones are left out, and without a
/// defined one the limits are NaN.
pub fn interval(values: &mut Vec<f64>, level: f64) -> (f64, f64) {
    values.retain(|v| !v.is_nan());
    values.sort_unstable_by(f64::total_cmp);
    let tail = (1.0 - level) / 2.0;
    (quantile(values, tail), quantile(values, 1.0 - tail))
}

/// The quantile of sorted values, by linear interpolation between them (type 7 of Hyndman & Fan 1996).
fn quantile(sorted: &[f64], q: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let place = q.clamp(0.0, 1.0) * last as f64;
    let below = (place.floor() as usize).min(last);
    let (a, b) = (sorted[below], sorted[(below + 1).min(last)]);
    a + (b - a) * (place - below as f64)
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
    fn the_generators_are_the_published_ones() {
        let mut rng = Rng([1, 2, 3, 4]);
        let first: [u64; 5] = std::array::from_fn(|_| rng.bits());
        // The first outputs for this state, as in the tests of rand_xoshiro 0.6.
        assert_eq!(first, [41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205]);
        let mut state = 1477776061723855037;
        let first: [u64; 3] = std::array::from_fn(|_| splitmix64(&mut state));
        assert_eq!(first, [1985237415132408290, 2979275885539914483, 13511426838097143398]);
    }

    #[test]
    fn draws_are_even_and_repeat() {
        let mut counts = [0u32; 7];
        let mut rng = Rng::new(0, 3);
        (0..70_000).for_each(|_| counts[rng.below(7) as usize] += 1);
        // 10,000 each; the standard deviation is 93.
        assert!(counts.iter().all(|&c| (9_600..10_400).contains(&c)), "{counts:?}");
        assert_eq!(Rng::new(5, 1).below(1 << 40), Rng::new(5, 1).below(1 << 40));
        assert_ne!(Rng::new(5, 1).below(1 << 40), Rng::new(5, 2).below(1 << 40));
        assert_eq!(rng.below(1), 0);
        assert_eq!(rng.below(0), 0);
    }

    #[test]
    fn sums_are_of_whole_rows() {
        let sums = drawn_sums(&[1, 10, 2, 20, 3, 30], 2, &mut Rng::new(0, 0));
        assert_eq!(sums[1], 10 * sums[0]);
        assert!((3..=9).contains(&sums[0]));
        assert_eq!(drawn_sums(&[4, 5], 2, &mut Rng::new(9, 9)), [4, 5]);
        assert_eq!(drawn_sums(&[], 2, &mut Rng::new(9, 9)), [0, 0]);
    }

    #[test]
    fn quantiles_by_hand() {
        let mut values = vec![4.0, f64::NAN, 1.0, 3.0, 2.0];
        // 0.25 · 3 = 0.75: between 1 and 2.
        assert_eq!(interval(&mut values, 0.5), (1.75, 3.25));
        assert!(interval(&mut vec![f64::NAN], 0.95).0.is_nan());
        assert_eq!(interval(&mut vec![7.0], 0.95), (7.0, 7.0));
    }

    #[test]
    fn every_order_is_as_likely() {
        let mut seen = std::collections::BTreeMap::new();
        for stream in 0..60_000 {
            let mut items = [0, 1, 2, 3];
            Rng::new(11, stream).shuffle(&mut items);
            *seen.entry(items).or_insert(0u32) += 1;
        }
        // 24 orders of 2,500 each; a standard deviation is 49.
        assert_eq!(seen.len(), 24);
        assert!(seen.values().all(|&n| (2_250..2_750).contains(&n)), "{seen:?}");
    }
}
