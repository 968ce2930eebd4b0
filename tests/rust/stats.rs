//! Properties of the measures on random tables.

// clippy.toml allows these in functions marked #[test]; here the functions they call need them too.
#![allow(clippy::unwrap_used)]

use lexmill::measure::{Measure, select};
use lexmill::stats::association::ASSOCIATION;
use lexmill::stats::contingency::Contingency;
use lexmill::stats::inference::{P_ADJUST, P_VALUES, TESTS, p_adjust, test_of};
use lexmill::stats::readability::{Profile, READABILITY, Rates, needs};

/// A small generator of its own (xorshift64*), so that failures repeat.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }

    /// Mostly small, sometimes 0, sometimes millions: counts as corpora have them.
    fn count(&mut self) -> u64 {
        let bits = self.next() % 24;
        self.next() % (1 << bits)
    }

    fn table(&mut self) -> Contingency {
        Contingency::from_cells(self.count(), self.count(), self.count(), self.count()).unwrap()
    }
}

fn tables() -> impl Iterator<Item = Contingency> {
    let mut random = Random(20_260_101);
    std::iter::repeat_with(move || random.table()).take(20_000)
}

fn measure(name: &str) -> &'static Measure<Contingency> {
    select(ASSOCIATION, "measures", &[name]).unwrap()[0]
}

/// Those that tell the first from the second.
const DIRECTED: [&str; 6] =
    ["log_likelihood_2", "liddell", "log_ratio", "log_ratio_walter", "delta_p_2_1", "delta_p_1_2"];

fn close(a: f64, b: f64) -> bool {
    (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-9 * (1.0 + a.abs())
}

#[test]
fn no_measure_is_ever_infinite() {
    for t in tables() {
        for m in ASSOCIATION {
            assert!(!m.of(&t).is_infinite(), "{} of {t:?}", m.name);
        }
    }
}

#[test]
fn symmetric_measures_do_not_care_for_order() {
    for t in tables() {
        for m in ASSOCIATION.iter().filter(|m| !DIRECTED.contains(&m.name)) {
            let (one, other) = (m.of(&t), m.of(&t.transposed()));
            assert!(close(one, other), "{} of {t:?}: {one} and {other}", m.name);
        }
        assert!(close(measure("delta_p_2_1").of(&t), measure("delta_p_1_2").of(&t.transposed())));
    }
}

#[test]
fn ranges_hold() {
    let unit = ["dice", "jaccard", "cosine", "overlap", "equivalence", "min_sensitivity"];
    let more = ["phi_squared", "mutual_information", "fisher_p", "fisher_p_less", "fisher_p_two_sided"];
    let signed = ["npmi", "liddell", "phi", "yule_q", "delta_p_2_1", "delta_p_1_2"];
    let positive =
        ["ppmi", "log_likelihood", "log_likelihood_2", "chi_squared", "chi_squared_yates", "odds_ratio"];
    let bounds = unit.iter().chain(&more).map(|n| (*n, 0.0, 1.0 + 1e-12));
    let bounds = bounds.chain(signed.iter().map(|n| (*n, -1.0 - 1e-12, 1.0 + 1e-12)));
    let bounds: Vec<_> = bounds
        .chain(positive.iter().map(|n| (*n, 0.0, f64::INFINITY)))
        .chain([("fisher_neg_log10_p", 0.0, f64::INFINITY), ("log_dice", f64::NEG_INFINITY, 14.0)])
        .collect();
    for t in tables() {
        for &(name, low, high) in &bounds {
            let value = measure(name).of(&t);
            assert!(value.is_nan() || (low..=high).contains(&value), "{name} of {t:?} = {value}");
        }
    }
}

#[test]
fn undefined_means_what_the_rows_say() {
    for t in tables() {
        let no_margin = t.r1() == 0 || t.r2() == 0 || t.c1() == 0 || t.c2() == 0;
        let no_word = t.r1() == 0 || t.c1() == 0;
        let any_zero = [t.o11, t.o12, t.o21, t.o22].contains(&0);
        for m in ASSOCIATION {
            let expected = match m.undefined {
                "never" => false,
                "o11 = 0" => t.o11 == 0,
                "r1 = 0 or c1 = 0" => no_word,
                "r1 = 0 or c1 = 0; o11 = n" => no_word || t.o11 == t.n(),
                "r1, r2 or c1 = 0" => no_word || t.r2() == 0,
                "r1 = 0 or r2 = 0" => t.r1() == 0 || t.r2() == 0,
                "c1 = 0 or c2 = 0" => t.c1() == 0 || t.c2() == 0,
                "r1 + c1 = 0" | "o11 + o12 + o21 = 0" => t.r1() == 0 && t.c1() == 0,
                "o12 = 0 or o21 = 0" => t.o12 == 0 || t.o21 == 0,
                "o11 = 0 or o21 = 0" => t.o11 == 0 || t.o21 == 0,
                "any oij = 0" => any_zero,
                "o11 o22 + o12 o21 = 0" => (t.o11 == 0 || t.o22 == 0) && (t.o12 == 0 || t.o21 == 0),
                _ if m.undefined.starts_with("r1, r2, c1 or c2 = 0") => no_margin,
                other => unreachable!("{}: test the case {other:?} too", m.name),
            };
            assert_eq!(m.of(&t).is_nan(), expected, "{} of {t:?} = {}: {}", m.name, m.of(&t), m.undefined);
        }
    }
}

#[test]
fn independence_is_exactly_zero() {
    let t =
        Contingency::from_counts(10_000_019 * 7, 10_000_019 * 21, 10_000_019 * 35, 10_000_019 * 105).unwrap();
    for name in ["pmi", "npmi", "log_likelihood", "log_likelihood_2", "chi_squared", "phi", "delta_p_2_1"] {
        assert_eq!(measure(name).of(&t), 0.0, "{name}");
    }
}

#[test]
fn p_values_fall_and_agree_with_their_logarithms() {
    for (plain, log) in [(0, 1), (2, 3)] {
        let mut last = f64::INFINITY;
        for i in 0..2_000 {
            let x = f64::from(i) * if plain == 0 { 0.5 } else { 0.015 };
            let (p, log10) = (P_VALUES[plain].of(&x), P_VALUES[log].of(&x));
            assert!(p <= last);
            last = p;
            if p > 1e-300 {
                assert!((p.log10() - log10).abs() <= 1e-12 * log10.abs().max(1.0), "{x}: {p} {log10}");
            }
        }
    }
}

#[test]
fn adjusting_keeps_order_and_never_lowers_p() {
    let mut random = Random(77);
    for size in [0, 1, 2, 17, 400] {
        let p: Vec<f64> = (0..size)
            .map(|_| {
                if random.next().is_multiple_of(9) {
                    f64::NAN
                } else {
                    (random.next() % 1000) as f64 / 1000.0
                }
            })
            .collect();
        let reversed: Vec<f64> = p.iter().rev().copied().collect();
        for method in P_ADJUST.iter().map(|a| a.name) {
            let q = p_adjust(&p, method).unwrap();
            for (&p, &q) in p.iter().zip(&q) {
                // Šidák is computed as 1 − (1 − p)^m, which for m = 1 is p up to rounding.
                let kept = if p.is_nan() { q.is_nan() } else { (p - 1e-15..=1.0).contains(&q) };
                assert!(kept, "{method}: {p} became {q}");
            }
            for (i, j) in (1..q.len()).map(|i| (i - 1, i)) {
                assert!(!(p[i] < p[j] && q[i] > q[j]), "{method}: order of {} and {}", p[i], p[j]);
            }
            let mut back = p_adjust(&reversed, method).unwrap();
            back.reverse();
            assert!(q.iter().zip(&back).all(|(a, b)| a.total_cmp(b).is_eq()), "{method}: order mattered");
        }
    }
}

/// Any counts at all, even impossible ones.
fn profile(random: &mut Random) -> Profile {
    let mut profile = Profile::default();
    for field in Profile::FIELDS {
        if !field.optional || random.next().is_multiple_of(2) {
            field.set(&mut profile, random.count());
        }
    }
    profile
}

#[test]
fn readability_is_a_number_or_undefined_as_documented() {
    let mut random = Random(20_260_102);
    for _ in 0..20_000 {
        let p = profile(&mut random);
        for m in READABILITY {
            let value = m.of(&Rates::of(&p));
            assert!(!value.is_infinite(), "{} of {p:?}", m.name);
            let absent = Profile::FIELDS.iter().any(|f| f.get(&p).is_none() && m.undefined.contains(f.name));
            let expected = absent
                || (m.undefined.contains("words = 0") && p.words == 0)
                || (m.undefined.contains("sentences = 0") && p.sentences == 0)
                || (m.undefined.contains("words < 2") && p.words < 2);
            // mu is undefined for some impossible sums of squares, too.
            assert!(value.is_nan() == expected || m.name.starts_with("mu"), "{} of {p:?} = {value}", m.name);
        }
    }
}

#[test]
fn readability_does_not_change_when_a_text_is_doubled() {
    let absolute = ["reading_time", "aari", "danielson_bryan_1", "danielson_bryan_2", "mu"];
    let mut random = Random(20_260_103);
    for _ in 0..5_000 {
        let once = profile(&mut random);
        let mut twice = once;
        for field in Profile::FIELDS {
            if let Some(count) = field.get(&once) {
                field.set(&mut twice, 2 * count);
            }
        }
        for m in READABILITY.iter().filter(|m| !absolute.contains(&m.name)) {
            let (a, b) = (m.of(&Rates::of(&once)), m.of(&Rates::of(&twice)));
            // One and two words differ in whether a variance exists.
            let undefined = m.name == "mu_sample" && once.words < 2;
            assert!(undefined || close(a, b), "{} of {once:?}: {a} and {b}", m.name);
        }
    }
}

#[test]
fn no_formula_reads_counts_it_does_not_name() {
    for m in READABILITY {
        let named = |count: &str| m.formula.contains(count) || m.source.contains(count);
        for count in needs(m) {
            // asl, asw and the names of other formulas stand for counts.
            let shorthand = match count {
                "words" => m.formula.contains("share") || m.formula.contains("as"),
                "sentences" => m.formula.contains("asl"),
                "syllables" => m.formula.contains("asw"),
                _ => false,
            };
            let other = READABILITY
                .iter()
                .any(|o| o.name != m.name && m.formula.contains(o.name) && needs(o).contains(&count));
            assert!(
                named(count) || shorthand || other || m.name.starts_with("mu"),
                "{} reads {count}",
                m.name
            );
        }
    }
}

#[test]
fn tests_are_of_measures_and_agree_with_them() {
    assert!(test_of("pmi").is_none() && test_of("dice").is_none());
    for t in tables().take(3_000) {
        for test in TESTS {
            let (value, p, log10_p) = (measure(test.measure).of(&t), (test.p)(&t), (test.log10_p)(&t));
            let expected = match test.measure {
                "fisher_p" | "fisher_p_less" | "fisher_p_two_sided" => value,
                "fisher_neg_log10_p" => 10f64.powf(-value),
                _ => P_VALUES[0].of(&value),
            };
            assert!(close(p, expected), "{} of {t:?}: {p} and {expected}", test.measure);
            assert!(close(p, 10f64.powf(log10_p)), "{} of {t:?}: {p} and 10^{log10_p}", test.measure);
            assert!(p.is_nan() == log10_p.is_nan() && !log10_p.is_infinite());
        }
    }
}
