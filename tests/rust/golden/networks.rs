use lexmill::stats::contingency::Contingency;
use lexmill::stats::networks::{BACKBONE, DIFFERENCE, Share, Slice, TREND, Two};
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
    if let Some(m) = DIFFERENCE.iter().find(|m| m.name == name) {
        let table = |name: &str| {
            let cells: Vec<u64> = list(case, name).iter().map(|&c| c as u64).collect();
            Contingency::from_cells(cells[0], cells[1], cells[2], cells[3]).unwrap()
        };
        return vec![m.of(&Two { a: table("a"), b: table("b") })];
    }
    let trend = TREND.iter().find(|m| m.name == name).unwrap_or_else(|| panic!("unknown {name}"));
    let (hits, units) = (list(case, "hits"), list(case, "units"));
    let slice = |(i, &time): (usize, &f64)| Slice { time, hits: hits[i] as u64, units: units[i] as u64 };
    vec![trend.of(&list(case, "time").iter().enumerate().map(slice).collect())]
}

#[test]
fn worked_examples() {
    let names: Vec<&str> = BACKBONE.iter().map(|m| m.name).chain(TREND.iter().map(|m| m.name)).collect();
    let more = PERMUTATION.iter().map(|m| m.name).chain(DIFFERENCE.iter().map(|m| m.name)).collect();
    run("networks.toml", &[names, more].concat(), answer);
}
