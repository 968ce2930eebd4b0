//! The 2×2 table behind every measure of association.
//!
//! |             | second word | not second | sum |
//! |-------------|-------------|------------|-----|
//! | first word  | o11         | o12        | r1  |
//! | not first   | o21         | o22        | r2  |
//! | sum         | c1          | c2         | n   |
//!
//! The cells are counts of *units*: tokens, sentences, windows or documents. Which one is the
//! caller's choice and changes every value, so results must say what n is.

use crate::error::{Error, Result};

/// Observed counts of two events over `n` units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Contingency {
    /// Units with both.
    pub o11: u64,
    /// Units with the first only.
    pub o12: u64,
    /// Units with the second only.
    pub o21: u64,
    /// Units with neither.
    pub o22: u64,
}

impl Contingency {
    /// A table from its four cells; an error if they do not add up within 64 bits.
    pub fn from_cells(o11: u64, o12: u64, o21: u64, o22: u64) -> Result<Self> {
        let sum: u128 = [o11, o12, o21, o22].into_iter().map(u128::from).sum();
        if u64::try_from(sum).is_err() {
            return Err(Error::value(format!(
                "the cells o11={o11}, o12={o12}, o21={o21}, o22={o22} add up to {sum}, \
                 which is more than 64 bits hold"
            )));
        }
        Ok(Self { o11, o12, o21, o22 })
    }

    /// A table from the joint count, the counts of the first and of the second, and the units.
    ///
    /// ```
    /// use lexmill::stats::contingency::Contingency;
    /// let t = Contingency::from_counts(8, 15_828, 4_675, 14_307_668).unwrap();
    /// assert_eq!((t.o11, t.o12, t.o21, t.o22), (8, 15_820, 4_667, 14_287_173));
    /// ```
    pub fn from_counts(joint: u64, first: u64, second: u64, n: u64) -> Result<Self> {
        let margins = [("first", first), ("second", second)];
        for (name, count) in margins {
            if joint > count {
                return Err(Error::value(format!(
                    "joint={joint} is larger than {name}={count}: \
                     two events cannot occur together more often than one of them occurs"
                )));
            }
            if count > n {
                return Err(Error::value(format!(
                    "{name}={count} is larger than n={n}: count the units that hold it, not its occurrences"
                )));
            }
        }
        let either = u128::from(first) + u128::from(second) - u128::from(joint);
        if either > u128::from(n) {
            return Err(Error::value(format!(
                "first={first} and second={second} with joint={joint} need {either} units, but n={n}"
            )));
        }
        // The checks above leave no subtraction below zero.
        let (o12, o21) = (first - joint, second - joint);
        Ok(Self { o11: joint, o12, o21, o22: n - first - o21 })
    }

    /// Units with the first: o11 + o12.
    pub fn r1(&self) -> u64 {
        self.o11.saturating_add(self.o12)
    }

    /// Units without the first: o21 + o22.
    pub fn r2(&self) -> u64 {
        self.o21.saturating_add(self.o22)
    }

    /// Units with the second: o11 + o21.
    pub fn c1(&self) -> u64 {
        self.o11.saturating_add(self.o21)
    }

    /// Units without the second: o12 + o22.
    pub fn c2(&self) -> u64 {
        self.o12.saturating_add(self.o22)
    }

    /// All units.
    pub fn n(&self) -> u64 {
        self.r1().saturating_add(self.r2())
    }

    /// o11 expected if the two were independent: r1·c1 / n.
    pub fn e11(&self) -> f64 {
        expected(self.r1(), self.c1(), self.n())
    }

    /// o12 expected if the two were independent: r1·c2 / n.
    pub fn e12(&self) -> f64 {
        expected(self.r1(), self.c2(), self.n())
    }

    /// o21 expected if the two were independent: r2·c1 / n.
    pub fn e21(&self) -> f64 {
        expected(self.r2(), self.c1(), self.n())
    }

    /// o22 expected if the two were independent: r2·c2 / n.
    pub fn e22(&self) -> f64 {
        expected(self.r2(), self.c2(), self.n())
    }

    /// o11·o22 − o12·o21, subtracted as integers and rounded once.
    ///
    /// It equals n·(o11 − e11) and, up to sign, n·(oij − eij) of every cell, so with it the distance
    /// from independence keeps all its digits even where observed and expected nearly agree.
    pub fn determinant(&self) -> f64 {
        let main = u128::from(self.o11) * u128::from(self.o22);
        let other = u128::from(self.o12) * u128::from(self.o21);
        if main >= other { (main - other) as f64 } else { -((other - main) as f64) }
    }

    /// The relative deviations oij / eij − 1 of the cells 11, 12, 21, 22; NaN where a margin is 0.
    pub fn deviations(&self) -> [f64; 4] {
        let d = self.determinant();
        let [r1, r2, c1, c2] = [self.r1(), self.r2(), self.c1(), self.c2()].map(|m| m as f64);
        [d / (r1 * c1), -d / (r1 * c2), -d / (r2 * c1), d / (r2 * c2)]
    }

    /// True if a row or column sum is 0, when no statement about association is possible.
    pub fn is_degenerate(&self) -> bool {
        self.r1() == 0 || self.r2() == 0 || self.c1() == 0 || self.c2() == 0
    }

    /// The same table with the two events exchanged.
    #[must_use]
    pub fn transposed(&self) -> Self {
        Self { o12: self.o21, o21: self.o12, ..*self }
    }
}

/// Row sum times column sum over n; NaN for an empty table.
fn expected(row: u64, column: u64, n: u64) -> f64 {
    row as f64 * column as f64 / n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_cells_agree() {
        let t = Contingency::from_counts(3, 10, 7, 100).unwrap();
        assert_eq!(t, Contingency::from_cells(3, 7, 4, 86).unwrap());
        assert_eq!((t.r1(), t.r2(), t.c1(), t.c2(), t.n()), (10, 90, 7, 93, 100));
        assert_eq!([t.e11(), t.e12(), t.e21(), t.e22()], [0.7, 9.3, 6.3, 83.7]);
        assert_eq!(t.determinant(), 230.0);
    }

    #[test]
    fn inconsistent_counts_are_refused_by_name() {
        let message = |j, f, s, n| Contingency::from_counts(j, f, s, n).unwrap_err().to_string();
        assert!(message(5, 4, 9, 10).contains("joint=5 is larger than first=4"));
        assert!(message(5, 9, 4, 10).contains("joint=5 is larger than second=4"));
        assert!(message(1, 11, 4, 10).contains("first=11 is larger than n=10"));
        assert!(message(1, 8, 8, 10).contains("need 15 units, but n=10"));
        assert!(Contingency::from_cells(u64::MAX, 1, 0, 0).is_err());
        assert!(Contingency::from_counts(u64::MAX, u64::MAX, u64::MAX, u64::MAX).is_ok());
    }

    #[test]
    fn determinant_keeps_its_digits() {
        let big = 3_000_000_000;
        let t = Contingency::from_cells(big + 1, big, big, big).unwrap();
        assert_eq!(t.determinant(), 3e9);
    }
}
