//! The vocabulary gives what a hash map of strings gives.

use ahash::AHashMap;
use lexmill::corpus::vocabulary::{Case, Vocabulary};
use std::time::Instant;

/// The twin.
#[derive(Default)]
struct Naive {
    ids: AHashMap<String, u32>,
    strings: Vec<String>,
}

impl Naive {
    fn intern(&mut self, word: &str) -> u32 {
        let next = self.strings.len() as u32;
        *self.ids.entry(word.to_owned()).or_insert_with(|| {
            self.strings.push(word.to_owned());
            next
        })
    }
}

/// Words of every length around the limits of an entry, in a text that ends with one.
fn words(seed: u64, count: usize) -> (String, Vec<(usize, usize)>) {
    let mut state = seed;
    let mut below = |n: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % n
    };
    let letters = ['a', 'A', 'b', 'Z', '9', '\'', '\0', 'é', 'É', '字', '🙂'];
    let (mut text, mut spans) = (String::new(), Vec::new());
    for _ in 0..count {
        let start = text.len();
        let longest = if below(4) == 0 { 30 } else { 4 };
        for _ in 0..below(longest) {
            text.push(letters[below(11) as usize]);
        }
        spans.push((start, text.len()));
    }
    (text, spans)
}

#[test]
fn equals_a_hash_map() {
    for seed in 0..300 {
        let (text, spans) = words(seed, 1 + (seed as usize * 7) % 900);
        for case in [Case::Keep, Case::AsciiLower] {
            let (mut one, mut batch, mut naive) = (Vocabulary::new(), Vocabulary::new(), Naive::default());
            let mut ids = Vec::new();
            batch.intern_words(&text, &spans, case, &mut ids).unwrap();
            for (&(start, end), id) in spans.iter().zip(ids) {
                let word = match case {
                    Case::Keep => text[start..end].to_owned(),
                    Case::AsciiLower => text[start..end].to_ascii_lowercase(),
                };
                let expected = naive.intern(&word);
                assert_eq!(id, expected, "{word:?}");
                assert_eq!(one.intern(&word).unwrap(), expected, "{word:?}");
                assert_eq!(batch.get(&word), Some(expected));
            }
            assert_eq!(batch.iter().collect::<Vec<_>>(), naive.strings);
            assert!((0..batch.len() as u32).all(|id| batch.str(id) == naive.strings[id as usize]));
            assert_eq!(one.len(), naive.strings.len());
            assert_eq!((one.joined().0, one.joined().1.len()), (&*naive.strings.concat(), one.len()));
            assert_eq!(batch.get("not there"), None);
        }
    }
}

/// Both cases in one vocabulary: a word is never taken for another that differs in case.
#[test]
fn cases_may_be_mixed() {
    for seed in 0..100 {
        let (text, spans) = words(seed + 5000, 400);
        let (mut vocabulary, mut naive) = (Vocabulary::new(), Naive::default());
        for (round, spans) in spans.chunks(50).enumerate() {
            let case = if round % 2 == 0 { Case::Keep } else { Case::AsciiLower };
            let mut ids = Vec::new();
            vocabulary.intern_words(&text, spans, case, &mut ids).unwrap();
            for (&(start, end), id) in spans.iter().zip(ids) {
                let word = &text[start..end];
                let lower = word.to_ascii_lowercase();
                assert_eq!(id, naive.intern(if case == Case::Keep { word } else { &lower }));
            }
        }
    }
}

#[test]
fn merging_maps_every_number() {
    for seed in 0..50 {
        let (mut left, mut right) = (Vocabulary::new(), Vocabulary::new());
        for (vocabulary, seed) in [(&mut left, seed), (&mut right, seed + 1000)] {
            let (text, spans) = words(seed, 700);
            vocabulary.intern_words(&text, &spans, Case::Keep, &mut Vec::new()).unwrap();
        }
        let before: Vec<String> = left.iter().map(str::to_owned).collect();
        let map = left.merge(&right).unwrap();
        assert_eq!(map.len(), right.len());
        assert!(right.iter().zip(&map).all(|(word, &id)| left.str(id) == word));
        assert!(left.iter().zip(&before).all(|(now, then)| now == then));
        let distinct: std::collections::BTreeSet<&str> = left.iter().collect();
        assert_eq!(distinct.len(), left.len());
    }
}

#[test]
fn empty() {
    let mut vocabulary = Vocabulary::new();
    assert!(vocabulary.is_empty());
    assert_eq!(vocabulary.get(""), None);
    assert_eq!(vocabulary.intern("").unwrap(), 0);
    assert_eq!(vocabulary.get("\0"), None);
    assert_eq!(vocabulary.intern("\0").unwrap(), 1);
    assert_eq!((vocabulary.str(0), vocabulary.str(1), vocabulary.len()), ("", "\0", 2));
}

/// Words made to be alike cost no more than others.
#[test]
fn similar_words_do_not_collide() {
    let time = |word: &dyn Fn(u32) -> String| {
        let all: Vec<String> = (0..200_000).map(word).collect();
        let began = Instant::now();
        let mut vocabulary = Vocabulary::new();
        all.iter().for_each(|w| assert!(vocabulary.intern(w).is_ok()));
        assert_eq!(vocabulary.len(), all.len());
        began.elapsed()
    };
    let plain = time(&|i| i.to_string());
    let shapes: [(&str, &dyn Fn(u32) -> String); 4] = [
        ("high half", &|i| format!("aaaaaaaa{i:08}")),
        ("low half", &|i| format!("{i:08}aaaaaaaa")),
        ("long", &|i| format!("a long word with one number {i:08} in it")),
        ("powers", &|i| {
            "ab".repeat(8)
                .bytes()
                .enumerate()
                .map(|(k, b)| (b ^ (i >> k & 1) as u8) as char)
                .collect::<String>()
                + &i.to_string()
        }),
    ];
    for (name, shape) in shapes {
        let taken = time(shape);
        assert!(
            taken < plain * 20 + std::time::Duration::from_millis(200),
            "{name}: {taken:?}, plain {plain:?}"
        );
    }
}
