use lexmill::measure::{Measure, select};
use lexmill::stats::association::ASSOCIATION;
use lexmill::stats::contingency::Contingency;
use serde_json::Value;

use super::{Case, data, run};

fn measure(name: &str) -> &'static Measure<Contingency> {
    select(ASSOCIATION, "measures", &[name]).unwrap()[0]
}

fn table(case: &Case) -> Contingency {
    let [o11, o12, o21, o22] = ["o11", "o12", "o21", "o22"].map(|name| case.count(name));
    Contingency::from_cells(o11, o12, o21, o22).unwrap()
}

#[test]
fn worked_examples() {
    let names: Vec<&str> = ASSOCIATION.iter().map(|m| m.name).collect();
    run("association.toml", &names, |case| vec![measure(&case.measure).of(&table(case))]);
}

/// 500 random tables scored by scipy 1.17 and nltk 3.10.
#[test]
fn random_tables_agree_with_scipy_and_nltk() {
    // SciPy takes differences of log-factorials: in the largest tables its p-values keep some eight
    // digits, and its G² and NLTK's sum terms that cancel. `tests/data/association.toml` holds
    // the same tables to 1e-12 with 60-digit arithmetic.
    let columns = [
        ("chi2_scipy", "chi_squared", 1e-9),
        ("chi2_yates_scipy", "chi_squared_yates", 1e-9),
        ("g2_scipy", "log_likelihood", 1e-7),
        ("g2_nltk", "log_likelihood", 1e-6),
        ("fisher_greater_p", "fisher_p", 1e-7),
        ("fisher_two_p", "fisher_p_two_sided", 1e-6),
        ("pmi_nltk", "pmi", 1e-9),
        ("t_nltk", "t_score", 1e-9),
        ("dice_nltk", "dice", 1e-12),
        ("jaccard_nltk", "jaccard", 1e-9),
        ("phi2_nltk", "phi_squared", 1e-9),
        ("poisson_stirling_nltk", "poisson_stirling", 1e-9),
    ];
    let mut complaints = Vec::new();
    let mut compared = 0;
    for line in data("generated_2x2.jsonl").lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let count = |name: &str| row[name].as_u64().unwrap();
        let t = Contingency::from_counts(count("f"), count("f1"), count("f2"), count("N")).unwrap();
        for (column, name, tolerance) in columns {
            let Some(expected) = row[column].as_f64() else { continue };
            let got = measure(name).of(&t);
            compared += 1;
            // Near 0 the other tools' statistics are differences of large sums, and p-values below
            // the smallest normal double have lost their digits.
            let floor = if name.starts_with("fisher") { f64::MIN_POSITIVE } else { 1e-8 };
            if (got - expected).abs() > tolerance * expected.abs() + floor {
                complaints.push(format!("{name} of {t:?}: {column} = {expected:e}, got {got:e}"));
            }
        }
    }
    assert!(complaints.is_empty(), "{} differ:\n{}", complaints.len(), complaints.join("\n"));
    assert_eq!(compared, 5 * 500 + 7 * 449);
}
