use lexmill::measure::{Measure, select};
use lexmill::stats::readability::{Profile, READABILITY, Rates, needs};
use serde_json::Value;

use super::{Case, data, run};

fn measure(name: &str) -> &'static Measure<Rates> {
    select(READABILITY, "measures", &[name]).unwrap()[0]
}

fn answer(case: &Case) -> Vec<f64> {
    let counts: Vec<(&str, u64)> = case.input.keys().map(|k| (k.as_str(), case.count(k))).collect();
    vec![measure(&case.measure).of(&Rates::of(&Profile::from_counts(&counts).unwrap()))]
}

#[test]
fn worked_examples() {
    let names: Vec<&str> = READABILITY.iter().map(|m| m.name).collect();
    run("readability.toml", &names, answer);
}

/// An example that leaves out a count would pass with a zero in its place.
#[test]
fn worked_examples_give_all_that_the_formula_reads() {
    let suite: super::Suite = toml::from_str(&data("readability.toml")).unwrap();
    for case in suite.case.iter().filter(|c| !c.expected.as_float().is_some_and(f64::is_nan)) {
        for count in needs(measure(&case.measure)) {
            assert!(case.input.contains_key(count), "{case:?}: no {count}");
        }
    }
}

/// 200 random counts scored by npm's readability packages.
#[test]
fn random_counts_agree_with_npm() {
    let names = [
        ("w", "words"),
        ("s", "sentences"),
        ("syl", "syllables"),
        ("let", "letters"),
        ("ch", "characters"),
        ("poly", "polysyllables"),
        ("cplx", "complex_words"),
        ("diff", "unfamiliar_dale_chall"),
    ];
    let scores = ["flesch", "flesch_kincaid", "fog", "smog", "ari", "coleman_liau", "dale_chall_adjusted"];
    let rows: Vec<Value> = serde_json::from_str(&data("generated_formula_npm.json")).unwrap();
    assert_eq!(rows.len(), 200);
    for row in &rows {
        let count = |key: &str| row["counts"][key].as_u64().unwrap();
        let counts: Vec<(&str, u64)> = names.iter().map(|&(key, name)| (name, count(key))).collect();
        let profile = Profile::from_counts(&counts).unwrap();
        for name in scores {
            let (expected, got) = (row[name].as_f64().unwrap(), measure(name).of(&Rates::of(&profile)));
            assert!((got - expected).abs() <= 1e-9 * (1.0 + expected.abs()), "{name} of {row}: got {got}");
        }
    }
}
