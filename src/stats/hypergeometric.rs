//! Tails of the hypergeometric distribution: the exact tests of a 2×2 table, in logarithms.
//!
//! With the margins fixed, the chance of a table is, exactly,
//!
//! ln P = −G²/2 + s(r1) + s(r2) + s(c1) + s(c2) − s(n) − Σ s(oij),
//!
//! where G² is the log-likelihood ratio and s(x) = ln x! − (x ln x − x) is small. Differences of
//! log-factorials, the usual way, lose eight digits in a corpus of ten million words; here no large
//! numbers are subtracted (Loader 2000 derives the binomial case).

use std::f64::consts::LN_10;

use super::contingency::Contingency;
use super::special::{entropy_gap, stirling_rest};

/// A tail longer than this is not summed and the test answers NaN. The tail has some ten standard
/// deviations, so that takes a balanced table of more than 10^13 units.
const MAX_TERMS: u64 = 20_000_000;

/// Two tables this close in probability count as equally likely (as in R's `fisher.test`).
const TIE: f64 = 1e-7;

/// G² of the table, Σ 2·oij·ln(oij / eij), as a sum of terms ≥ 0; NaN where a margin is 0.
pub(crate) fn log_likelihood_ratio(t: &Contingency) -> f64 {
    if t.is_degenerate() {
        return f64::NAN;
    }
    let expected = [t.e11(), t.e12(), t.e21(), t.e22()];
    let gaps = t.deviations().map(entropy_gap);
    2.0 * expected.iter().zip(gaps).map(|(e, gap)| e * gap).sum::<f64>()
}

/// ln P(table) given its margins.
pub(crate) fn ln_probability(t: &Contingency) -> f64 {
    let margins: f64 = [t.r1(), t.r2(), t.c1(), t.c2()].into_iter().map(stirling_rest).sum();
    let cells: f64 = [t.o11, t.o12, t.o21, t.o22].into_iter().map(stirling_rest).sum();
    -log_likelihood_ratio(t) / 2.0 + margins - stirling_rest(t.n()) - cells
}

/// ln P(O11 ≥ o11).
pub(crate) fn ln_upper(t: &Contingency) -> f64 {
    if t.is_degenerate() {
        return f64::NAN;
    }
    if t.o11 > mode(t) {
        return ln_far_tail(t, Side::Up);
    }
    match shifted(t, Side::Down) {
        // 1 − P(below): below the mode the lower tail is at most about a half.
        Some(below) => (-ln_far_tail(&below, Side::Down).exp()).ln_1p(),
        None => 0.0,
    }
}

/// ln P(O11 ≤ o11).
pub(crate) fn ln_lower(t: &Contingency) -> f64 {
    if t.is_degenerate() {
        return f64::NAN;
    }
    if t.o11 < mode(t) {
        return ln_far_tail(t, Side::Down);
    }
    match shifted(t, Side::Up) {
        Some(above) => (-ln_far_tail(&above, Side::Up).exp()).ln_1p(),
        None => 0.0,
    }
}

/// ln of the chance of a table at most as likely as this one.
pub(crate) fn ln_two_sided(t: &Contingency) -> f64 {
    if t.is_degenerate() {
        return f64::NAN;
    }
    let (low, high) = bounds(t);
    let mode = mode(t);
    let here = ln_probability(t);
    let limit = here + TIE;
    if ln_probability(&at(t, mode)) <= limit {
        return 0.0;
    }
    // The first table on the other side of the mode that is no more likely; probabilities fall
    // monotonically away from the mode, so bisection finds it.
    let unlikely = |o11: u64| ln_probability(&at(t, o11)) <= limit;
    if t.o11 > mode {
        let near = ln_far_tail(t, Side::Up);
        if !unlikely(low) {
            return near;
        }
        let (mut yes, mut no) = (low, mode);
        while no - yes > 1 {
            let middle = yes + (no - yes) / 2;
            if unlikely(middle) { yes = middle } else { no = middle }
        }
        ln_sum(near, ln_far_tail(&at(t, yes), Side::Down))
    } else {
        let near = ln_far_tail(t, Side::Down);
        if !unlikely(high) {
            return near;
        }
        let (mut no, mut yes) = (mode, high);
        while yes - no > 1 {
            let middle = no + (yes - no) / 2;
            if unlikely(middle) { yes = middle } else { no = middle }
        }
        ln_sum(near, ln_far_tail(&at(t, yes), Side::Up))
    }
}

/// Lafon's specificity: −log10 P(O11 ≥ o11) from the expected count on, log10 P(O11 ≤ o11) below it.
pub(crate) fn specificity(t: &Contingency) -> f64 {
    if t.determinant() >= 0.0 { 0.0 - ln_upper(t) / LN_10 } else { ln_lower(t) / LN_10 }
}

/// The most likely o11: ⌊(r1 + 1)(c1 + 1) / (n + 2)⌋.
fn mode(t: &Contingency) -> u64 {
    let product = (u128::from(t.r1()) + 1) * (u128::from(t.c1()) + 1) / (u128::from(t.n()) + 2);
    let (low, high) = bounds(t);
    u64::try_from(product).unwrap_or(u64::MAX).clamp(low, high)
}

/// The smallest and the largest o11 that the margins allow.
fn bounds(t: &Contingency) -> (u64, u64) {
    (t.r1().saturating_sub(t.c2()), t.r1().min(t.c1()))
}

/// The table with the same margins and another o11 within [`bounds`].
fn at(t: &Contingency, o11: u64) -> Contingency {
    let (o12, o21) = (t.r1() - o11, t.c1() - o11);
    Contingency { o11, o12, o21, o22: t.r2() - o21 }
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Up,
    Down,
}

/// The next table on that side, if there is one.
fn shifted(t: &Contingency, side: Side) -> Option<Contingency> {
    let (low, high) = bounds(t);
    match side {
        Side::Up => (t.o11 < high).then(|| at(t, t.o11 + 1)),
        Side::Down => (t.o11 > low).then(|| at(t, t.o11 - 1)),
    }
}

/// ln of this table's probability and all those beyond it, where they only become less likely:
/// the first term in logarithms, the others as a sum of falling ratios to it.
fn ln_far_tail(t: &Contingency, side: Side) -> f64 {
    // Towards larger o11 the cells 12 and 21 shrink, towards smaller o11 the cells 11 and 22.
    let (mut shrinking, mut growing) = match side {
        Side::Up => ((t.o12 as f64, t.o21 as f64), (t.o11 as f64, t.o22 as f64)),
        Side::Down => ((t.o11 as f64, t.o22 as f64), (t.o12 as f64, t.o21 as f64)),
    };
    let (mut term, mut sum) = (1.0, 1.0);
    let mut steps = 0;
    while shrinking.0 > 0.0 && shrinking.1 > 0.0 {
        growing = (growing.0 + 1.0, growing.1 + 1.0);
        term *= shrinking.0 * shrinking.1 / (growing.0 * growing.1);
        shrinking = (shrinking.0 - 1.0, shrinking.1 - 1.0);
        sum += term;
        // The ratios fall, so what is left is less than term / (1 − ratio) and soon nothing.
        if term < sum * 1e-19 {
            break;
        }
        steps += 1;
        if steps > MAX_TERMS {
            return f64::NAN;
        }
    }
    // A tail is at most 1; rounding must not carry it beyond.
    (ln_probability(t) + f64::ln(sum)).min(0.0)
}

/// ln(e^a + e^b).
fn ln_sum(a: f64, b: f64) -> f64 {
    let (large, small) = if a > b { (a, b) } else { (b, a) };
    (large + (small - large).exp().ln_1p()).min(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_cover_everything() {
        for (o11, first, second, n) in [(0, 3, 4, 10), (2, 3, 4, 10), (3, 3, 4, 10), (5, 9, 8, 10)] {
            let t =
                Contingency::from_counts(o11.max(first + second - n.min(first + second)), first, second, n);
            let t = t.unwrap();
            let (low, high) = bounds(&t);
            let total: f64 = (low..=high).map(|k| ln_probability(&at(&t, k)).exp()).sum();
            assert!((total - 1.0).abs() < 1e-13, "{t:?}: {total}");
            let both = ln_upper(&t).exp() + ln_lower(&t).exp() - ln_probability(&t).exp();
            assert!((both - 1.0).abs() < 1e-13, "{t:?}: {both}");
        }
    }

    #[test]
    fn hopeless_tails_are_refused_not_summed() {
        let big = 1 << 60;
        let t = Contingency { o11: big, o12: big, o21: big, o22: big };
        assert!(ln_upper(&t).is_nan());
    }
}
