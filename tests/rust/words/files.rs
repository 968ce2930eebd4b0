//! The Unicode test files and real texts.

use super::{check, scalar, show};
use lexmill::text::words::twin;
use std::path::PathBuf;
use unicode_segmentation::UnicodeSegmentation;

fn data(name: &str) -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/unicode/");
    std::fs::read_to_string(format!("{path}{name}")).unwrap()
}

/// A file of the shared folder beside the repository, if there is one.
fn shared(name: &str) -> Option<String> {
    let root = std::env::var_os("LEXMILL_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")), PathBuf::from);
    let text = std::fs::read_to_string(root.join(name)).ok();
    if text.is_none() {
        eprintln!("skipped: no {name} in {} (set LEXMILL_SHARED)", root.display());
    }
    text
}

/// A line of a Unicode break test: the text and its boundaries.
fn parse(line: &str) -> Option<(String, Vec<usize>)> {
    let line = line.split('#').next()?.trim();
    if line.is_empty() {
        return None;
    }
    let (mut text, mut boundaries) = (String::new(), Vec::new());
    for token in line.split_whitespace() {
        match token {
            "÷" => boundaries.push(text.len()),
            "×" => {}
            code => text.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap()),
        }
    }
    Some((text, boundaries))
}

fn run(file: &str) -> usize {
    let cases: Vec<_> = file.lines().filter_map(parse).collect();
    for (text, boundaries) in &cases {
        assert_eq!(twin::boundaries(text), *boundaries, "twin on {}", show(text));
        check(text);
    }
    cases.len()
}

#[test]
fn official_word_break_tests() {
    assert_eq!(run(&data("WordBreakTest_17.txt")), 1944);
}

#[test]
fn monkey_tests() {
    assert!(run(&data("WordBreakRandomTest_17_head.txt")) >= 100);
    if let Some(all) = shared("oracles/unicode/WordBreakRandomTest_17.txt") {
        assert_eq!(run(&all), 1000);
    }
}

/// Where `unicode-segmentation` departs from UAX #29 we follow UAX #29.
#[test]
fn zero_width_joiner_divergences() {
    let file = data("zwj_divergences.tsv");
    let mut cases = 0;
    for line in file.lines().filter(|l| !l.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let numbers = fields[2].trim_matches(['[', ']']).split(", ").map(|n| n.parse().unwrap());
        let boundaries: Vec<usize> = numbers.collect();
        let text: String = fields[0]
            .split(' ')
            .map(|c| char::from_u32(u32::from_str_radix(c, 16).unwrap()).unwrap())
            .collect();
        assert_eq!(twin::boundaries(&text), boundaries, "{}", show(&text));
        check(&text);
        cases += 1;
    }
    assert_eq!(cases, 283);
}

/// Without joiners the published segmenter gives the same words.
#[test]
fn real_texts_agree_with_unicode_segmentation() {
    let mut texts = vec![
        include_str!("../../../src/text/words.rs").to_owned(),
        "Ça n’est pas “vrai”, dit-il : 3,14 ≠ 3.14… Привет, мир! 你好，世界。すごいデータ שלום \"צה\"ל\" العربية".repeat(40),
    ];
    for name in ["data/news_article.txt", "naughty/blns.json", "oracles/sentences/ewt_dev.jsonl"] {
        texts.extend(shared(name));
    }
    texts.extend(shared("data/news_article.txt").map(|t| t.replace('\'', "’").replace("\" ", "” ")));
    for text in texts {
        for part in text.split_inclusive('\n').filter(|t| !t.contains('\u{200d}')) {
            let expected: Vec<_> =
                part.unicode_word_indices().map(|(start, word)| (start, start + word.len())).collect();
            assert_eq!(scalar(part).words, expected, "{part:?}");
        }
        check(&text);
    }
}
