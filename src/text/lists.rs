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
    cut("s", "")
        || cut("es", "")
        || cut("ies", "y")
        || cut("ed", "")
        || cut("ed", "e")
        || cut("ing", "")
        || cut("ing", "e")
        || cut("ly", "")
        || cut("ise", "ize")
        || cut("isation", "ization")
        || cut("isations", "ization")
        || cut("our", "or")
        || cut("ours", "or")
        || cut("ised", "ized")
        || cut("ising", "izing")
        || cut("tre", "ter")
        || cut("tres", "ter")
        || cut("ness", "")
        || cut("ers", "")
        || cut("ism", "ist")
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
