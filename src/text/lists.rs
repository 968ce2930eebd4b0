//! Word lists that ship with the crate; origins and licences are in `lists/SOURCES.md`.

pub mod names;

use std::sync::LazyLock;

use ahash::AHashSet;

/// English words that are written in lower case.
static COMMON_EN: LazyLock<AHashSet<&str>> =
    LazyLock::new(|| include_str!("lists/common_en.txt").lines().collect());

/// Whether `word`, in lower case, is an ordinary English word ("turkey", "may", "us").
pub fn is_common_word(word: &str) -> bool {
    COMMON_EN.contains(word)
}

/// Whether `word`, in lower case, is an ordinary English word, an inflection of one or its British
/// spelling ("labour", "organisations").
pub fn is_ordinary_word(word: &str) -> bool {
    if is_common_word(word) {
        return true;
    }
    let cut = |end: &str, add: &str| {
        word.strip_suffix(end).is_some_and(|s| s.len() > 2 && is_common_word(&format!("{s}{add}")))
    };
    let any = |ends: &[(&str, &str)]| ends.iter().any(|(end, add)| cut(end, add));
    match word.as_bytes().last() {
        Some(b's') => any(&[
            ("s", ""),
            ("es", ""),
            ("ies", "y"),
            ("ers", ""),
            ("isations", "ization"),
            ("ours", "or"),
            ("tres", "ter"),
            ("ness", ""),
        ]),
        Some(b'd') => any(&[("ed", ""), ("ed", "e"), ("ised", "ized")]),
        Some(b'g') => any(&[("ing", ""), ("ing", "e"), ("ising", "izing")]),
        Some(b'y') => cut("ly", ""),
        Some(b'e') => any(&[("ise", "ize"), ("tre", "ter")]),
        Some(b'n') => cut("isation", "ization"),
        Some(b'r') => cut("our", "or"),
        Some(b'm') => cut("ism", "ist"),
        _ => false,
    }
}

/// Reads the lists now: a table half read when a process forks would stay so in the child.
pub fn warm() {
    LazyLock::force(&COMMON_EN);
    names::warm();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflections_and_british_spellings_are_ordinary() {
        for word in ["labour", "organisations", "centres", "ministries", "apples", "hosting"] {
            assert!(is_ordinary_word(word), "{word}");
        }
        for word in ["munir", "kabul", "as"] {
            assert_eq!(is_ordinary_word(word), is_common_word(word), "{word}");
        }
    }

    #[test]
    fn common_words_are_sorted_and_found() {
        let all: Vec<&str> = include_str!("lists/common_en.txt").lines().collect();
        assert!(all.windows(2).all(|w| w[0] < w[1]));
        for word in ["turkey", "us", "may", "apple", "who"] {
            assert!(is_common_word(word), "{word}");
        }
        for word in ["pakistan", "munir", "Turkey", ""] {
            assert!(!is_common_word(word), "{word}");
        }
    }
}
