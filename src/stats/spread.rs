//! Mean, standard deviation and median of integers, from how often each occurs: exact until the last step.

use std::collections::BTreeMap;

/// How often each value was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Histogram {
    /// Of the values below 64, which are nearly all.
    small: [u64; 64],
    large: BTreeMap<u64, u64>,
}

impl Default for Histogram {
    fn default() -> Self {
        Self { small: [0; 64], large: BTreeMap::new() }
    }
}

impl Histogram {
    /// Adds one value.
    pub fn add(&mut self, value: u64) {
        match self.small.get_mut(value as usize) {
            Some(count) => *count += 1,
            None => *self.large.entry(value).or_default() += 1,
        }
    }

    /// Adds all values of `other`.
    pub fn merge(&mut self, other: &Self) {
        self.small.iter_mut().zip(other.small).for_each(|(a, b)| *a += b);
        other.large.iter().for_each(|(&value, count)| *self.large.entry(value).or_default() += count);
    }

    /// The values with their numbers, in ascending order.
    fn values(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        let small = (0..).zip(self.small);
        small.chain(self.large.iter().map(|(&v, &n)| (v, n))).filter(|&(_, n)| n > 0)
    }

    /// How many values there are.
    pub fn len(&self) -> u64 {
        self.values().map(|(_, n)| n).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The mean; NaN without values.
    pub fn mean(&self) -> f64 {
        let sum: u128 = self.values().map(|(v, n)| u128::from(v) * u128::from(n)).sum();
        if self.is_empty() { f64::NAN } else { sum as f64 / self.len() as f64 }
    }

    /// The standard deviation of a sample (n - 1); NaN for fewer than two values.
    pub fn sd(&self) -> f64 {
        let n = u128::from(self.len());
        if n < 2 {
            return f64::NAN;
        }
        let (mut sum, mut squares) = (0u128, 0u128);
        for (value, count) in self.values() {
            let (value, count) = (u128::from(value), u128::from(count));
            sum += value * count;
            squares += value * value * count;
        }
        // n Σx² - (Σx)² is exact; it is 0 where all values are equal.
        ((n * squares - sum * sum) as f64 / (n * (n - 1)) as f64).sqrt()
    }

    /// The middle value, or the mean of the two in the middle; NaN without values.
    pub fn median(&self) -> f64 {
        let n = self.len();
        if n == 0 {
            return f64::NAN;
        }
        let at = |place: u64| {
            let mut seen = 0;
            let found = self.values().find(|&(_, count)| {
                seen += count;
                seen > place
            });
            found.map_or(f64::NAN, |(value, _)| value as f64)
        };
        (at((n - 1) / 2) + at(n / 2)) / 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[u64]) -> Histogram {
        let mut h = Histogram::default();
        values.iter().for_each(|&v| h.add(v));
        h
    }

    #[test]
    fn known_values() {
        // Mean 5, sum of squared deviations 32, sample variance 32 / 7.
        let h = of(&[2, 4, 4, 4, 5, 5, 7, 9]);
        assert_eq!((h.len(), h.mean(), h.median()), (8, 5.0, 4.5));
        assert_eq!(h.sd(), (32.0f64 / 7.0).sqrt());
        let h = of(&[1000, 64, 63]);
        assert_eq!(h.median(), 64.0);
        assert_eq!(of(&[7, 7, 7]).sd(), 0.0);
        assert_eq!((of(&[3]).mean(), of(&[3]).median()), (3.0, 3.0));
        assert!(of(&[3]).sd().is_nan() && of(&[]).mean().is_nan() && of(&[]).median().is_nan());
        assert!(of(&[]).is_empty());
    }

    #[test]
    fn parts_merge_to_the_whole() {
        let mut h = of(&[1, 100, 3]);
        h.merge(&of(&[100, 3, 7]));
        assert_eq!(h, of(&[1, 3, 3, 7, 100, 100]));
    }
}
