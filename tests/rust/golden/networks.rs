use lexmill::stats::networks::{BACKBONE, Share, Slice, TREND};
use lexmill::stats::resample::{Exceeding, PERMUTATION};

use super::{Case, float, run};

fn list(case: &Case, name: &str) -> Vec<f64> {
    case.input[name].as_array().unwrap().iter().filter_map(float).collect()
}

fn answer(case: &Case) -> Vec<f64> {
    let name = case.measure.as_str();
    if let Some(m) = BACKBONE.iter().find(|m| m.name == name) {
        let (weight, strength) = (case.number("weight"), case.number("strength"));
        return vec![m.of(&Share { weight, strength, degree: case.count("degree") })];
    }
    if let Some(m) = PERMUTATION.iter().find(|m| m.name == name) {
        return vec![m.of(&Exceeding { hits: case.count("hits"), permutations: case.count("permutations") })];
    }
    let trend = TREND.iter().find(|m| m.name == name).unwrap_or_else(|| panic!("unknown {name}"));
    let (hits, units) = (list(case, "hits"), list(case, "units"));
    let slice = |(i, &time): (usize, &f64)| Slice { time, hits: hits[i] as u64, units: units[i] as u64 };
    vec![trend.of(&list(case, "time").iter().enumerate().map(slice).collect())]
}

#[test]
fn worked_examples() {
    let names: Vec<&str> = BACKBONE.iter().map(|m| m.name).chain(TREND.iter().map(|m| m.name)).collect();
    run("networks.toml", &[names, PERMUTATION.iter().map(|m| m.name).collect()].concat(), answer);
}
