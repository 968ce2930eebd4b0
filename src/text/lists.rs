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

/// Reads the lists now: a table half read when a process forks would stay so in the child.
pub fn warm() {
    LazyLock::force(&COMMON_EN);
    names::warm();
}

#[cfg(test)]
mod tests {
    use super::*;

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
