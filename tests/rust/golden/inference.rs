use lexmill::stats::contingency::Contingency;
use lexmill::stats::inference::{INTERVALS, P_ADJUST, P_VALUES, p_adjust};

use super::{Case, float, run};

fn answer(case: &Case) -> Vec<f64> {
    let name = case.measure.as_str();
    if let Some(method) = name.strip_prefix("p_adjust.") {
        let p: Vec<f64> = case.input["p"].as_array().unwrap().iter().filter_map(float).collect();
        return p_adjust(&p, method).unwrap();
    }
    if let Some(p_value) = P_VALUES.iter().find(|m| m.name == name) {
        return vec![p_value.of(&case.number("x"))];
    }
    let interval = INTERVALS.iter().find(|m| m.name == name).unwrap_or_else(|| panic!("unknown {name}"));
    let [o11, o12, o21, o22] = ["o11", "o12", "o21", "o22"].map(|name| case.count(name));
    let table = Contingency::from_cells(o11, o12, o21, o22).unwrap();
    let interval = interval.of(&table, case.number("level")).unwrap();
    vec![interval.low, interval.high]
}

#[test]
fn worked_examples() {
    let adjustments: Vec<String> = P_ADJUST.iter().map(|a| format!("p_adjust.{}", a.name)).collect();
    let names: Vec<&str> = P_VALUES
        .iter()
        .map(|m| m.name)
        .chain(INTERVALS.iter().map(|m| m.name))
        .chain(adjustments.iter().map(String::as_str))
        .collect();
    run("inference.toml", &names, answer);
}

#[test]
fn bad_arguments_are_named() {
    assert!(p_adjust(&[0.1, 1.5], "holm").unwrap_err().to_string().contains("p[1]=1.5"));
    assert!(p_adjust(&[], "benjamini").unwrap_err().to_string().contains("p_adjust=\"benjamini\""));
    let table = Contingency::from_cells(1, 2, 3, 4).unwrap();
    assert!(INTERVALS[0].of(&table, 95.0).unwrap_err().to_string().contains("level=95"));
    assert!(INTERVALS[0].of(&table, f64::NAN).is_err());
}

#[test]
fn conservative_effect_sizes_lean_to_zero() {
    let of = |cells: [u64; 4]| {
        let [o11, o12, o21, o22] = cells;
        let table = Contingency::from_cells(o11, o12, o21, o22).unwrap();
        let interval = INTERVALS[0].of(&table, 0.95).unwrap();
        (interval, interval.conservative())
    };
    let (strong, lower) = of([30, 170, 70, 9730]);
    assert_eq!(lower, strong.low);
    let (weak, zero) = of([2, 10, 10, 40]);
    assert!(weak.low < 0.0 && weak.high > 0.0);
    assert_eq!(zero, 0.0);
    let (rare, upper) = of([5, 500, 500, 500]);
    assert_eq!(upper, rare.high);
    assert!(of([0, 1, 1, 1]).1.is_nan());
}
