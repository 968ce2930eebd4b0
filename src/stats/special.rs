//! Special functions, each to nearly full double precision where tables of counts need them.
//! `tests/data/inference.toml` holds them to SciPy.

use std::f64::consts::{LN_2, LN_10, PI, SQRT_2};

/// (1 + x)·ln(1 + x) − x for x ≥ −1: how far an observation 1 + x times its expectation departs
/// from it. It is ≥ 0, and close to 0 the two terms cancel, so a series takes over there. Loader
/// (2000), "Fast and accurate computation of binomial probabilities", calls e·gap(o/e − 1) `bd0`.
pub(crate) fn entropy_gap(x: f64) -> f64 {
    if x.abs() < 0.1 {
        // Σ (−1)^k x^k / (k(k − 1)) from k = 2; 0.1^18 is below the last bit.
        let mut power = x * x;
        let mut sum = 0.0;
        for k in 2..20u32 {
            sum += power / f64::from(k * (k - 1));
            power *= -x;
        }
        sum
    } else if x <= -1.0 {
        1.0
    } else {
        (1.0 + x) * x.ln_1p() - x
    }
}

/// ln(x!) − (x·ln x − x), Stirling's remainder with its square root: ½·ln(2πx) + 1/12x − …
/// For 0 it is 0, since 0·ln 0 = 0.
pub(crate) fn stirling_rest(x: u64) -> f64 {
    if x == 0 {
        return 0.0;
    }
    let real = x as f64;
    if x <= 16 {
        // 16! is exact in a double.
        let factorial: f64 = (1..=x).map(|k| k as f64).product();
        return factorial.ln() - (real * real.ln() - real);
    }
    let square = real * real;
    let series = 1.0 / 12.0
        - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - (1.0 / 1188.0) / square) / square) / square)
            / square;
    0.5 * (2.0 * PI * real).ln() + series / real
}

/// ln erfc(x), finite where erfc itself has underflowed (from x = 27 on).
pub(crate) fn ln_erfc(x: f64) -> f64 {
    if x < 8.0 {
        return libm::erfc(x).ln();
    }
    // erfc(x) = exp(−x²) / (x√π) · (1 − 1/2x² + 1·3/(2x²)² − …); 8 makes the terms fall below the
    // last bit long before the series turns.
    let step = 1.0 / (2.0 * x * x);
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 0..16u32 {
        term *= -f64::from(2 * k + 1) * step;
        sum += term;
    }
    -x * x - (x * PI.sqrt()).ln() + sum.ln()
}

/// P(Z > z) of the standard normal distribution.
pub(crate) fn normal_upper(z: f64) -> f64 {
    0.5 * libm::erfc(z / SQRT_2)
}

/// log10 of [`normal_upper`]; does not underflow.
pub(crate) fn normal_upper_log10(z: f64) -> f64 {
    (ln_erfc(z / SQRT_2) - LN_2) / LN_10
}

/// The z with P(Z ≤ z) = p: Wichura (1988), Applied Statistics 37, algorithm AS 241, PPND16
/// (about 16 digits). NaN outside of [0, 1], infinite at its ends.
pub(crate) fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * polynomial(&CENTRE[0], r) / polynomial(&CENTRE[1], r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail == 0.0 {
        return f64::INFINITY.copysign(q);
    }
    let r = (-tail.ln()).sqrt();
    let (table, r) = if r <= 5.0 { (&MIDDLE, r - 1.6) } else { (&FAR, r - 5.0) };
    (polynomial(&table[0], r) / polynomial(&table[1], r)).copysign(q)
}

/// Horner's rule, constant term first.
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, &c| sum * x + c)
}

// AS 241: numerators and denominators for |p − ½| ≤ 0.425, the shoulders and the far tails.
const CENTRE: [[f64; 8]; 2] = [
    [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_545,
    ],
];
const MIDDLE: [[f64; 8]; 2] = [
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
];
const FAR: [[f64; 8]; 2] = [
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        0.599_832_206_555_888,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_7e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_7e-15,
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entropy_gap_is_smooth_where_the_series_takes_over() {
        for x in [0.1, -0.1] {
            let (series, direct) = (entropy_gap(x * 0.999_999_999), (1.0 + x) * f64::ln_1p(x) - x);
            assert!((series / direct - 1.0).abs() < 1e-8, "{x}: {series} {direct}");
        }
        assert_eq!(entropy_gap(0.0), 0.0);
        assert_eq!(entropy_gap(-1.0), 1.0);
        // x²/2 − x³/6 to the last digits, where the direct form has lost half of them.
        assert!((entropy_gap(1e-6) / (0.5e-12 - 1e-18 / 6.0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn stirling_rest_agrees_with_lgamma() {
        for x in [1u64, 2, 5, 16, 17, 40, 1000] {
            let real = x as f64;
            let direct = libm::lgamma(real + 1.0) - (real * real.ln() - real);
            assert!((stirling_rest(x) - direct).abs() < 1e-12 * (1.0 + real), "{x}");
        }
    }

    #[test]
    fn ln_erfc_is_smooth_where_the_series_takes_over() {
        let below = ln_erfc(8.0 - 1e-12);
        assert!((ln_erfc(8.0) / below - 1.0).abs() < 1e-12);
        assert!(ln_erfc(1e6).is_finite());
    }

    #[test]
    fn quantile_inverts_the_tail() {
        for p in [1e-300, 1e-20, 1e-9, 0.01, 0.074, 0.076, 0.3, 0.5] {
            let z = normal_quantile(p);
            assert!((normal_upper(-z) / p - 1.0).abs() < 1e-12, "{p}");
        }
        assert!(normal_quantile(1.1).is_nan() && normal_quantile(f64::NAN).is_nan());
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
    }
}
