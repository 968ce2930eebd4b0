//! Measures of association: how strongly two words or names attract one another.
//!
//! Undefined is NaN: nothing is added inside a logarithm to avoid a zero. Measures that are limits
//! at o11 = 0 (0·ln 0 = 0, npmi = −1) take the limit, and their row says so. All logarithms of
//! information (pmi and its kin) are to base 2; those of tests and odds are natural.

use std::f64::consts::{LN_2, LN_10};

use super::contingency::Contingency;
use super::hypergeometric::{ln_lower, ln_two_sided, ln_upper, log_likelihood_ratio, specificity};
use super::special::entropy_gap;
use crate::measure::Measure;

/// The family `association`.
pub static ASSOCIATION: &[Measure<Contingency>] = &[
    Measure {
        name: "pmi",
        formula: "log2(o11 / e11)",
        source: "Fano (1961); Church & Hanks (1990), Computational Linguistics 16(1)",
        range: "(-inf, log2 n]",
        undefined: "o11 = 0",
        compute: pmi,
    },
    Measure {
        name: "pmi2",
        formula: "log2(o11^2 / e11)",
        source: "Daille (1994), thesis, Paris 7 (MI^k with k = 2)",
        range: "(-inf, log2(o11 n)]",
        undefined: "o11 = 0",
        compute: |t| pmi(t) + log2(t.o11),
    },
    Measure {
        name: "pmi3",
        formula: "log2(o11^3 / e11)",
        source: "Daille (1994), thesis, Paris 7 (MI^k with k = 3, the \"cubic association ratio\")",
        range: "(-inf, log2(o11^2 n)]",
        undefined: "o11 = 0",
        compute: |t| pmi(t) + 2.0 * log2(t.o11),
    },
    Measure {
        name: "npmi",
        formula: "pmi / -log2(o11 / n)",
        source: "Bouma (2009), GSCL",
        range: "[-1, 1]; -1 at o11 = 0, the limit",
        undefined: "r1 = 0 or c1 = 0; o11 = n",
        compute: npmi,
    },
    Measure {
        name: "ppmi",
        formula: "max(0, pmi)",
        source: "Niwa & Nitta (1994), COLING; Levy & Goldberg (2014), NIPS",
        range: "[0, log2 n]; 0 at o11 = 0",
        undefined: "r1 = 0 or c1 = 0",
        // `max` would turn an undefined pmi into 0.
        compute: |t| at_zero(t, 0.0, |t| if pmi(t) < 0.0 { 0.0 } else { pmi(t) }),
    },
    Measure {
        name: "local_mi",
        formula: "o11 log2(o11 / e11)",
        source: "Evert (2005), thesis, Stuttgart",
        range: "(-inf, inf); 0 at o11 = 0, the limit",
        undefined: "r1 = 0 or c1 = 0",
        compute: |t| at_zero(t, 0.0, |t| real(t.o11) * pmi(t)),
    },
    Measure {
        name: "poisson_stirling",
        formula: "o11 (log2(o11 / e11) - 1)",
        source: "Quasthoff & Wolff (2002), Workshop on computational approaches to collocations, Vienna; base 2 as in NLTK",
        range: "(-inf, inf); 0 at o11 = 0, the limit",
        undefined: "r1 = 0 or c1 = 0",
        compute: |t| at_zero(t, 0.0, |t| real(t.o11) * (pmi(t) - 1.0)),
    },
    Measure {
        name: "salience",
        formula: "log2(o11 / e11) ln(o11 + 1)",
        source: "Kilgarriff & Tugwell (2001), ACL workshop on collocation; MI.log-f in Sketch Engine",
        range: "(-inf, inf)",
        undefined: "o11 = 0",
        compute: |t| pmi(t) * real(t.o11).ln_1p(),
    },
    Measure {
        name: "t_score",
        formula: "(o11 - e11) / sqrt(o11)",
        source: "Church, Gale, Hanks & Hindle (1991), Lexical acquisition",
        range: "(-inf, sqrt n]",
        undefined: "o11 = 0",
        compute: |t| if t.o11 == 0 { f64::NAN } else { surplus(t) / real(t.o11).sqrt() },
    },
    Measure {
        name: "z_score",
        formula: "(o11 - e11) / sqrt(e11)",
        source: "Dennis (1965); Evert (2005). Berry-Rogghe (1973) divides by sqrt(e11 (1 - p)) instead",
        range: "(-inf, inf)",
        undefined: "r1 = 0 or c1 = 0",
        compute: |t| finite(surplus(t) / t.e11().sqrt()),
    },
    Measure {
        name: "simple_log_likelihood",
        formula: "sign(o11 - e11) 2 (o11 ln(o11 / e11) - (o11 - e11))",
        source: "Evert (2008), Corpora and collocations",
        range: "(-inf, inf); negative for fewer than expected",
        undefined: "r1 = 0 or c1 = 0",
        compute: simple_log_likelihood,
    },
    Measure {
        name: "log_likelihood",
        formula: "2 sum(oij ln(oij / eij)), four cells",
        source: "Dunning (1993), Computational Linguistics 19(1)",
        range: "[0, inf)",
        undefined: "r1, r2, c1 or c2 = 0",
        compute: log_likelihood_ratio,
    },
    Measure {
        name: "log_likelihood_2",
        formula: "2 (o11 ln(o11 / e11) + o21 ln(o21 / e21)), two cells",
        source: "Rayson & Garside (2000), Workshop on comparing corpora",
        range: "[0, inf)",
        undefined: "r1, r2 or c1 = 0",
        compute: log_likelihood_2,
    },
    Measure {
        name: "chi_squared",
        formula: "n (o11 o22 - o12 o21)^2 / (r1 r2 c1 c2)",
        source: "Pearson (1900), Philosophical Magazine 50",
        range: "[0, n]",
        undefined: "r1, r2, c1 or c2 = 0",
        compute: chi_squared,
    },
    Measure {
        name: "chi_squared_yates",
        formula: "n max(0, |o11 o22 - o12 o21| - n/2)^2 / (r1 r2 c1 c2)",
        source: "Yates (1934), Supplement to the JRSS 1(2); the difference is not taken below 0",
        range: "[0, n)",
        undefined: "r1, r2, c1 or c2 = 0",
        compute: chi_squared_yates,
    },
    Measure {
        name: "fisher_p",
        formula: "P(O11 >= o11), hypergeometric, one-sided",
        source: "Fisher (1935), JRSS 98; Pedersen (1996), SCSUG",
        range: "[0, 1]; 0 where p < 1e-308, see fisher_neg_log10_p",
        undefined: "r1, r2, c1 or c2 = 0; balanced tables of more than 10^13 units",
        compute: |t| ln_upper(t).exp(),
    },
    Measure {
        name: "fisher_p_less",
        formula: "P(O11 <= o11), hypergeometric, one-sided",
        source: "Fisher (1935), JRSS 98",
        range: "[0, 1]; 0 where p < 1e-308",
        undefined: "r1, r2, c1 or c2 = 0; balanced tables of more than 10^13 units",
        compute: |t| ln_lower(t).exp(),
    },
    Measure {
        name: "fisher_p_two_sided",
        formula: "sum of the probabilities of all tables at most as likely, hypergeometric",
        source: "Fisher (1935), JRSS 98; Freeman & Halton (1951), Biometrika 38",
        range: "[0, 1]; 0 where p < 1e-308",
        undefined: "r1, r2, c1 or c2 = 0; balanced tables of more than 10^13 units",
        compute: |t| ln_two_sided(t).exp(),
    },
    Measure {
        name: "fisher_neg_log10_p",
        formula: "-log10 P(O11 >= o11), hypergeometric, one-sided",
        source: "Evert (2005), thesis, Stuttgart",
        range: "[0, inf); does not underflow",
        undefined: "r1, r2, c1 or c2 = 0; balanced tables of more than 10^13 units",
        // Subtracted from 0 so that p = 1 gives 0, not −0.
        compute: |t| 0.0 - ln_upper(t) / LN_10,
    },
    Measure {
        name: "specificity",
        formula: "-log10 P(O11 >= o11) if o11 >= e11, else log10 P(O11 <= o11), hypergeometric",
        source: "Lafon (1980), Mots 1, signed as in TXM",
        range: "(-inf, inf); negative for fewer than expected",
        undefined: "r1, r2, c1 or c2 = 0; balanced tables of more than 10^13 units",
        compute: specificity,
    },
    Measure {
        name: "dice",
        formula: "2 o11 / (r1 + c1)",
        source: "Dice (1945), Ecology 26(3)",
        range: "[0, 1]",
        undefined: "r1 + c1 = 0",
        compute: |t| 2.0 * real(t.o11) / (real(t.r1()) + real(t.c1())),
    },
    Measure {
        name: "log_dice",
        formula: "14 + log2(2 o11 / (r1 + c1))",
        source: "Rychlý (2008), RASLAN",
        range: "(-inf, 14]",
        undefined: "o11 = 0",
        compute: |t| 14.0 + finite((2.0 * real(t.o11) / (real(t.r1()) + real(t.c1()))).log2()),
    },
    Measure {
        name: "jaccard",
        formula: "o11 / (o11 + o12 + o21)",
        source: "Jaccard (1901), Bulletin de la Société vaudoise des sciences naturelles 37",
        range: "[0, 1]",
        undefined: "o11 + o12 + o21 = 0",
        compute: |t| real(t.o11) / (real(t.r1()) + real(t.o21)),
    },
    Measure {
        name: "cosine",
        formula: "o11 / sqrt(r1 c1)",
        source: "Ochiai (1957); Salton & McGill (1983); Daille's and Evert's geometric mean",
        range: "[0, 1]",
        undefined: "r1 = 0 or c1 = 0",
        compute: |t| real(t.o11) / (real(t.r1()).sqrt() * real(t.c1()).sqrt()),
    },
    Measure {
        name: "overlap",
        formula: "o11 / min(r1, c1)",
        source: "Szymkiewicz (1934); Simpson (1943), American Journal of Science 241",
        range: "[0, 1]",
        undefined: "r1 = 0 or c1 = 0",
        compute: |t| real(t.o11) / real(t.r1().min(t.c1())),
    },
    Measure {
        name: "equivalence",
        formula: "o11^2 / (r1 c1)",
        source: "Callon, Courtial & Laville (1991), Scientometrics 22(1)",
        range: "[0, 1]",
        undefined: "r1 = 0 or c1 = 0",
        compute: |t| (real(t.o11) / real(t.r1())) * (real(t.o11) / real(t.c1())),
    },
    Measure {
        name: "association_strength",
        formula: "o11 n / (r1 c1)",
        source: "van Eck & Waltman (2009), JASIST 60(8), scaled by n: observed over expected",
        range: "[0, n]",
        undefined: "r1 = 0 or c1 = 0",
        compute: |t| real(t.o11) / t.e11(),
    },
    Measure {
        name: "min_sensitivity",
        formula: "min(o11 / r1, o11 / c1)",
        source: "Pedersen & Bruce (1996), SMU technical report 96-CSE-01",
        range: "[0, 1]",
        undefined: "r1 = 0 or c1 = 0",
        compute: |t| {
            if t.r1() == 0 || t.c1() == 0 { f64::NAN } else { real(t.o11) / real(t.r1().max(t.c1())) }
        },
    },
    Measure {
        name: "liddell",
        formula: "(o11 o22 - o12 o21) / (c1 c2)",
        source: "Liddell (1976), The Statistician 25(4); the same number as delta_p_1_2",
        range: "[-1, 1]",
        undefined: "c1 = 0 or c2 = 0",
        compute: |t| t.determinant() / (real(t.c1()) * real(t.c2())),
    },
    Measure {
        name: "phi",
        formula: "(o11 o22 - o12 o21) / sqrt(r1 r2 c1 c2)",
        source: "Yule (1912), JRSS 75; Pearson's correlation of the two events",
        range: "[-1, 1]",
        undefined: "r1, r2, c1 or c2 = 0",
        compute: phi,
    },
    Measure {
        name: "phi_squared",
        formula: "(o11 o22 - o12 o21)^2 / (r1 r2 c1 c2)",
        source: "Church & Gale (1991), Concordances for parallel text; chi_squared / n",
        range: "[0, 1]",
        undefined: "r1, r2, c1 or c2 = 0",
        compute: |t| phi(t).powi(2),
    },
    Measure {
        name: "mutual_information",
        formula: "sum(oij / n log2(oij / eij)), four cells: log_likelihood / (2 n ln 2)",
        source: "Dunning (1998), thesis, Sheffield; Shannon (1948)",
        range: "[0, 1]",
        undefined: "r1, r2, c1 or c2 = 0",
        compute: |t| log_likelihood_ratio(t) / (2.0 * LN_2 * real(t.n())),
    },
    Measure {
        name: "yule_q",
        formula: "(o11 o22 - o12 o21) / (o11 o22 + o12 o21)",
        source: "Yule (1900), Philosophical Transactions A 194",
        range: "[-1, 1]",
        undefined: "o11 o22 + o12 o21 = 0",
        compute: |t| t.determinant() / (real(t.o11) * real(t.o22) + real(t.o12) * real(t.o21)),
    },
    Measure {
        name: "odds_ratio",
        formula: "o11 o22 / (o12 o21)",
        source: "Cornfield (1951), JNCI 11; Evert (2005)",
        range: "[0, inf)",
        undefined: "o12 = 0 or o21 = 0",
        compute: |t| finite((real(t.o11) / real(t.o12)) * (real(t.o22) / real(t.o21))),
    },
    Measure {
        name: "odds_ratio_haldane",
        formula: "(o11 + 1/2) (o22 + 1/2) / ((o12 + 1/2) (o21 + 1/2))",
        source: "Haldane (1956), Annals of Human Genetics 20; Anscombe (1956), Biometrika 43",
        range: "(0, inf)",
        undefined: "never",
        compute: |t| {
            let [o11, o12, o21, o22] = [t.o11, t.o12, t.o21, t.o22].map(|o| real(o) + 0.5);
            (o11 / o12) * (o22 / o21)
        },
    },
    Measure {
        name: "log_odds_ratio",
        formula: "ln(o11 o22 / (o12 o21))",
        source: "Woolf (1955), Annals of Human Genetics 19; Evert (2005)",
        range: "(-inf, inf)",
        undefined: "any oij = 0",
        compute: |t| log_odds_ratio(t, 0.0),
    },
    Measure {
        name: "log_odds_ratio_haldane",
        formula: "ln((o11 + 1/2) (o22 + 1/2) / ((o12 + 1/2) (o21 + 1/2)))",
        source: "Haldane (1956), Annals of Human Genetics 20; Anscombe (1956), Biometrika 43",
        range: "(-inf, inf)",
        undefined: "never",
        compute: |t| log_odds_ratio(t, 0.5),
    },
    Measure {
        name: "log_ratio",
        formula: "log2((o11 / r1) / (o21 / r2))",
        source: "Hardie (2014), CASS blog, without his 0.5 for zeros",
        range: "(-inf, inf)",
        undefined: "o11 = 0 or o21 = 0",
        compute: |t| finite(((real(t.o11) / real(t.r1())) / (real(t.o21) / real(t.r2()))).log2()),
    },
    Measure {
        name: "log_ratio_walter",
        formula: "log2(((o11 + 1/2) / (r1 + 1/2)) / ((o21 + 1/2) / (r2 + 1/2)))",
        source: "Walter (1975), Biometrika 62(2); Evert (2022), DH",
        range: "(-inf, inf)",
        undefined: "r1 = 0 or r2 = 0",
        compute: log_ratio_walter,
    },
    Measure {
        name: "delta_p_2_1",
        formula: "o11 / r1 - o21 / r2: of the second given the first",
        source: "Ellis (2006), Applied Linguistics 27(1); Gries (2013), IJCL 18(1), delta P(2|1)",
        range: "[-1, 1]",
        undefined: "r1 = 0 or r2 = 0",
        compute: delta_p,
    },
    Measure {
        name: "delta_p_1_2",
        formula: "o11 / c1 - o12 / c2: of the first given the second",
        source: "Ellis (2006), Applied Linguistics 27(1); Gries (2013), IJCL 18(1), delta P(1|2)",
        range: "[-1, 1]",
        undefined: "c1 = 0 or c2 = 0",
        compute: |t| delta_p(&t.transposed()),
    },
];

fn real(count: u64) -> f64 {
    count as f64
}

/// The value, or NaN for an infinity (a division by a count of zero or the logarithm of one).
fn finite(value: f64) -> f64 {
    if value.is_finite() { value } else { f64::NAN }
}

fn log2(count: u64) -> f64 {
    finite(real(count).log2())
}

/// o11 − e11, from the exactly subtracted determinant.
fn surplus(t: &Contingency) -> f64 {
    t.determinant() / real(t.n())
}

/// The documented `limit` if the two never meet though both occur, otherwise the formula.
fn at_zero(t: &Contingency, limit: f64, formula: fn(&Contingency) -> f64) -> f64 {
    if t.o11 == 0 && t.r1() > 0 && t.c1() > 0 { limit } else { formula(t) }
}

fn pmi(t: &Contingency) -> f64 {
    if t.o11 == 0 {
        return f64::NAN;
    }
    let deviation = t.determinant() / (real(t.r1()) * real(t.c1()));
    // Near independence the ratio o11 / e11 would be rounded before its logarithm is taken.
    if deviation.abs() < 0.5 { deviation.ln_1p() / LN_2 } else { (real(t.o11) / t.e11()).log2() }
}

fn npmi(t: &Contingency) -> f64 {
    at_zero(t, -1.0, |t| {
        // −log2(o11 / n); log2 n − log2 o11 would cancel for a pair that is nearly everywhere.
        let (o11, rest) = (real(t.o11), real(t.n() - t.o11));
        let information = if rest < o11 { (rest / o11).ln_1p() / LN_2 } else { -(o11 / real(t.n())).log2() };
        // Rounding must not carry a perfect pair beyond 1.
        if information > 0.0 { (pmi(t) / information).clamp(-1.0, 1.0) } else { f64::NAN }
    })
}

fn simple_log_likelihood(t: &Contingency) -> f64 {
    let e11 = t.e11();
    // Written so that NaN, from an empty table, is refused too.
    if !matches!(e11.partial_cmp(&0.0), Some(std::cmp::Ordering::Greater)) {
        return f64::NAN;
    }
    let deviation = t.determinant() / (real(t.r1()) * real(t.c1()));
    let strength = 2.0 * e11 * entropy_gap(deviation);
    if deviation < 0.0 { -strength } else { strength }
}

/// Both cells of the column, rows as the two corpora. Their deviations cancel (Σ oi1 = Σ ei1), so
/// the sum of gaps is the same number without the cancellation.
pub(super) fn log_likelihood_2(t: &Contingency) -> f64 {
    if t.r1() == 0 || t.r2() == 0 || t.c1() == 0 {
        return f64::NAN;
    }
    let determinant = t.determinant();
    let column = real(t.c1());
    let gap = |expected: f64, row: u64, sign: f64| {
        expected * entropy_gap(sign * determinant / (real(row) * column))
    };
    2.0 * (gap(t.e11(), t.r1(), 1.0) + gap(t.e21(), t.r2(), -1.0))
}

pub(super) fn chi_squared(t: &Contingency) -> f64 {
    scaled_square(t, t.determinant())
}

pub(super) fn chi_squared_yates(t: &Contingency) -> f64 {
    scaled_square(t, (t.determinant().abs() - real(t.n()) / 2.0).max(0.0))
}

/// n·d² / (r1·r2·c1·c2), multiplied in an order that neither overflows nor underflows.
fn scaled_square(t: &Contingency, d: f64) -> f64 {
    if t.is_degenerate() {
        return f64::NAN;
    }
    (d / (real(t.r1()) * real(t.c1()))) * (d / (real(t.r2()) * real(t.c2()))) * real(t.n())
}

fn phi(t: &Contingency) -> f64 {
    let scale = (real(t.r1()) * real(t.c1())).sqrt() * (real(t.r2()) * real(t.c2())).sqrt();
    (t.determinant() / scale).clamp(-1.0, 1.0)
}

fn log_odds_ratio(t: &Contingency, added: f64) -> f64 {
    let [o11, o12, o21, o22] = [t.o11, t.o12, t.o21, t.o22].map(|o| real(o) + added);
    finite((o11 / o12).ln() + (o22 / o21).ln())
}

fn log_ratio_walter(t: &Contingency) -> f64 {
    if t.r1() == 0 || t.r2() == 0 {
        return f64::NAN;
    }
    let [o11, r1, o21, r2] = [t.o11, t.r1(), t.o21, t.r2()].map(|o| real(o) + 0.5);
    (o11 / r1).log2() - (o21 / r2).log2()
}

/// o11/r1 − o21/r2 in the form d / (r1·r2), which does not cancel.
fn delta_p(t: &Contingency) -> f64 {
    t.determinant() / (real(t.r1()) * real(t.r2()))
}
