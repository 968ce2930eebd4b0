//! What stands between two words, as far as names are concerned.

use crate::text::fold;

/// A gap between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// White space within a paragraph.
    Space,
    /// One hyphen.
    Hyphen,
    /// A full stop and white space: goes on after an initial or an abbreviation only.
    Stop,
    /// A comma and white space: goes on before "Inc" only.
    Comma,
    /// An ampersand.
    And,
    /// An apostrophe and white space: "Skippers' Guild".
    Apostrophe,
    /// Anything else ends a name.
    End,
}

impl Gap {
    /// The kind of the gap `text`.
    pub(super) fn of(text: &str) -> Self {
        match text.as_bytes() {
            b" " => return Self::Space,
            b"-" => return Self::Hyphen,
            b". " => return Self::Stop,
            b", " => return Self::Comma,
            [] => return Self::End,
            _ if text.len() > 64 => return Self::End,
            _ => {}
        }
        let bare = text.trim();
        if text.matches('\n').count() > 1 {
            return Self::End;
        }
        let spaced = text.ends_with(char::is_whitespace);
        let mut chars = bare.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Self::Space,
            (Some('&'), None) => Self::And,
            (Some('.'), None) if text.starts_with('.') => Self::Stop,
            (Some(','), None) if spaced && text.starts_with(',') => Self::Comma,
            (Some(c), None) if fold::is_apostrophe(c) && spaced && !text.starts_with(char::is_whitespace) => {
                Self::Apostrophe
            }
            // An en dash between names is a hyphen to the eye ("Baden–Württemberg").
            (Some(c), None) if fold::is_hyphen(c) && bare.len() == text.len() => Self::Hyphen,
            _ => Self::End,
        }
    }

    /// Whether a capital after this gap says something: not after a quote, a colon, a dash or a bracket,
    /// where sentences begin.
    pub(super) fn is_plain(text: &str) -> bool {
        match text.as_bytes() {
            b" " | b", " | b"-" => true,
            bytes => {
                let mut hyphens = 0;
                let plain = bytes.iter().all(|&b| {
                    hyphens += usize::from(b == b'-');
                    matches!(
                        b,
                        b' ' | b',' | b';' | b'-' | b'&' | b'/' | b'\n' | b'\r' | b'\t' | b')' | b']' | b'.'
                    )
                });
                // " - " and "--" are dashes; "..." begins anew.
                plain
                    && (hyphens == 0 || text.len() == 1 || hyphens == 1 && !text.contains(' '))
                    && !text.contains("..")
                    || matches!(Self::of(text), Self::Apostrophe | Self::Hyphen)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        let table = [
            (" ", Gap::Space),
            ("\n", Gap::Space),
            ("\n\n", Gap::End),
            ("-", Gap::Hyphen),
            ("\u{2011}", Gap::Hyphen),
            (" - ", Gap::End),
            ("\u{2014}", Gap::End),
            (". ", Gap::Stop),
            (".", Gap::Stop),
            (" & ", Gap::And),
            ("' ", Gap::Apostrophe),
            ("\u{2019} ", Gap::Apostrophe),
            (" '", Gap::End),
            (" (", Gap::End),
        ];
        for (text, gap) in table {
            assert_eq!(Gap::of(text), gap, "{text:?}");
        }
        for plain in [" ", ", ", "-", ") ", ". ", "' "] {
            assert!(Gap::is_plain(plain), "{plain:?}");
        }
        for soft in [" \"", ": ", " - ", "--", "\u{2014}", " \u{2018}", "... ", " ("] {
            assert!(!Gap::is_plain(soft), "{soft:?}");
        }
    }
}
