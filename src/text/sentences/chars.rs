//! Classes of characters that matter at the end of a sentence.

/// What a terminator can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// `.`: ends sentences and much else.
    Dot,
    /// `?`, `!` and their kin.
    Mark,
    /// A stop of a script in which it has no other use: no space needs to follow.
    Script,
    /// `…`
    Ellipsis,
}

/// The terminator class of `c`, after Unicode's property Sentence_Terminal.
pub(super) fn stop(c: char) -> Option<Stop> {
    Some(match c {
        '.' | '\u{2024}' | '\u{fe52}' => Stop::Dot,
        '!'
        | '?'
        | '\u{203c}'
        | '\u{203d}'
        | '\u{2047}'..='\u{2049}'
        | '\u{2e2e}'
        | '\u{37e}'
        | '\u{fe56}'
        | '\u{fe57}' => Stop::Mark,
        '\u{2026}' | '\u{2025}' => Stop::Ellipsis,
        '\u{589}'
        | '\u{61d}'..='\u{61f}'
        | '\u{6d4}'
        | '\u{700}'..='\u{702}'
        | '\u{7f9}'
        | '\u{837}'
        | '\u{839}'
        | '\u{83d}'
        | '\u{83e}'
        | '\u{964}'
        | '\u{965}'
        | '\u{104b}'
        | '\u{1362}'
        | '\u{1367}'
        | '\u{1368}'
        | '\u{166e}'
        | '\u{1735}'
        | '\u{1736}'
        | '\u{17d4}'
        | '\u{17d5}'
        | '\u{1803}'
        | '\u{1809}'
        | '\u{1944}'
        | '\u{1945}'
        | '\u{1aa8}'..='\u{1aab}'
        | '\u{1b5a}'
        | '\u{1b5b}'
        | '\u{1b5e}'
        | '\u{1b5f}'
        | '\u{1c3b}'
        | '\u{1c3c}'
        | '\u{1c7e}'
        | '\u{1c7f}'
        | '\u{2e3c}'
        | '\u{2e53}'
        | '\u{2e54}'
        | '\u{3002}'
        | '\u{a4ff}'
        | '\u{a60e}'
        | '\u{a60f}'
        | '\u{a6f3}'
        | '\u{a6f7}'
        | '\u{a876}'
        | '\u{a877}'
        | '\u{a8ce}'
        | '\u{a8cf}'
        | '\u{a92f}'
        | '\u{a9c8}'
        | '\u{a9c9}'
        | '\u{aa5d}'..='\u{aa5f}'
        | '\u{aaf0}'
        | '\u{aaf1}'
        | '\u{abeb}'
        | '\u{fe12}'
        | '\u{fe15}'
        | '\u{fe16}'
        | '\u{ff01}'
        | '\u{ff0e}'
        | '\u{ff1f}'
        | '\u{ff61}'
        | '\u{11047}'
        | '\u{11048}'
        | '\u{110be}'..='\u{110c1}'
        | '\u{11141}'..='\u{11143}' => Stop::Script,
        _ => return None,
    })
}

/// White space between sentences. U+FEFF counts only at the start of a text; see `leading`.
pub(super) fn is_space(c: char) -> bool {
    match c {
        ' ' | '\t'..='\r' => true,
        c if c.is_ascii() => c == '\u{1c}' || c == '\u{1d}' || c == '\u{1e}' || c == '\u{1f}',
        c => c.is_whitespace(),
    }
}

/// Quotation marks and brackets that close when they stand right after a stop.
pub(super) fn is_closer(c: char) -> bool {
    matches!(
        c,
        ')' | ']'
            | '}'
            | '"'
            | '\''
            | '\u{2019}'
            | '\u{201d}'
            | '\u{bb}'
            | '\u{203a}'
            | '\u{300b}'
            | '\u{300d}'
            | '\u{300f}'
            | '\u{3011}'
            | '\u{3009}'
            | '\u{3015}'
            | '\u{3017}'
            | '\u{ff09}'
            | '\u{ff3d}'
            | '\u{ff5d}'
            | '\u{ff02}'
            | '\u{301e}'
            | '\u{301f}'
            | '\u{ff63}'
    )
}

/// Quotation marks that open in one language and close in another.
pub(super) fn is_two_way(c: char) -> bool {
    matches!(c, '\u{201c}' | '\u{2018}' | '\u{ab}' | '\u{2039}')
}

/// What may stand before the first word of a sentence.
pub(super) fn is_opener(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '{' | '"' | '\'' | '\u{2018}'
            ..='\u{201f}'
                | '\u{ab}'
                | '\u{bb}'
                | '\u{2039}'
                | '\u{203a}'
                | '\u{bf}'
                | '\u{a1}'
                | '\u{3008}'
                | '\u{300a}'
                | '\u{300c}'
                | '\u{300e}'
                | '\u{3010}'
                | '\u{ff08}'
                | '\u{ff3b}'
                | '*'
                | '_'
                | '`'
                | '<'
    )
}

/// Quotation marks proper (not brackets).
pub(super) fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2039}' | '\u{203a}'
            | '\u{300c}'..='\u{300f}' | '\u{301d}'..='\u{301f}' | '\u{ff02}'
    )
}

/// Dashes that may open a turn of a dialogue.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Bullets that open a list item.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '\u{2022}'
            | '\u{2023}'
            | '\u{2043}'
            | '\u{204c}'
            | '\u{204d}'
            | '\u{2219}'
            | '\u{25aa}'
            | '\u{25ab}'
            | '\u{25cf}'
            | '\u{25e6}'
            | '\u{25a0}'
            | '\u{25a1}'
            | '\u{2713}'
            | '\u{2714}'
            | '\u{27a2}'
            | '\u{27a4}'
            | '\u{25ba}'
            | '\u{25b6}'
            | '\u{f0b7}'
    )
}

/// Marks that cannot begin a sentence: one that follows a stop carries the sentence on.
pub(super) fn is_continuation(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | ':'
            | '\u{3001}'
            | '\u{ff0c}'
            | '\u{ff1b}'
            | '\u{ff1a}'
            | '\u{60c}'
            | '\u{61b}'
            | '%'
            | '/'
            | '='
    )
}

/// Pictographs that people put behind a sentence.
pub(super) fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{26ff}' | '\u{2702}'..='\u{27b0}'
        | '\u{fe0f}' | '\u{200d}' | '\u{1f1e6}'..='\u{1f1ff}')
}

/// Marks upon letters, in the scripts where they are characters of their own, and joiners.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{5b0}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{93a}'..='\u{94f}'
        | '\u{981}'..='\u{9cd}' | '\u{200c}' | '\u{200d}' | '-' | '\'' | '\u{2019}')
}

/// Superscript digits, as footnote marks.
pub(super) fn is_superscript(c: char) -> bool {
    matches!(c, '\u{b9}' | '\u{b2}' | '\u{b3}' | '\u{2070}'..='\u{2079}')
}

/// Does a mark of this line-break class end a line? (CR LF is seen as its LF.)
pub(super) fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The character that begins at `i`.
#[inline]
pub(super) fn at(text: &str, i: usize) -> Option<char> {
    match text.as_bytes().get(i) {
        Some(&b) if b < 0x80 => Some(char::from(b)),
        Some(_) => text.get(i..)?.chars().next(),
        None => None,
    }
}

/// The character that ends at `i`.
#[inline]
pub(super) fn before(text: &str, i: usize) -> Option<char> {
    match text.as_bytes().get(i.checked_sub(1)?) {
        Some(&b) if b < 0x80 => Some(char::from(b)),
        _ => text.get(..i)?.chars().next_back(),
    }
}

/// A run of white space.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Gap {
    /// Where it ends.
    pub(super) end: usize,
    /// How many line breaks it holds; a paragraph or page break counts as two.
    pub(super) breaks: u32,
    /// Where its last line begins, if it holds a line break.
    pub(super) line: usize,
}

/// The white space that begins at `i`.
#[inline]
pub(super) fn gap(text: &str, i: usize) -> Gap {
    // Most are one space or one blank line.
    match text.as_bytes().get(i..) {
        Some([b' ', b, ..]) if b.is_ascii_graphic() => Gap { end: i + 1, breaks: 0, line: i },
        Some([b'\n', b'\n', b, ..]) if b.is_ascii_graphic() => Gap { end: i + 2, breaks: 2, line: i + 2 },
        _ => any_gap(text, i),
    }
}

fn any_gap(text: &str, i: usize) -> Gap {
    let bytes = text.as_bytes();
    let mut g = Gap { end: i, breaks: 0, line: i };
    while let Some(c) = at(text, g.end) {
        if !is_space(c) {
            break;
        }
        g.end += c.len_utf8();
        match c {
            '\r' if bytes.get(g.end) == Some(&b'\n') => continue,
            '\u{c}' | '\u{2029}' => g.breaks = g.breaks.saturating_add(2),
            c if is_break(c) => g.breaks = g.breaks.saturating_add(1),
            _ => continue,
        }
        g.line = g.end;
    }
    g
}

/// `end` moved back over white space, not before `from`.
#[inline]
pub(super) fn trim_end(text: &str, from: usize, end: usize) -> usize {
    if end > from && text.as_bytes()[end - 1].is_ascii_graphic() {
        return end;
    }
    trim_any(text, from, end)
}

fn trim_any(text: &str, from: usize, end: usize) -> usize {
    let mut e = end;
    while e > from {
        match before(text, e) {
            Some(c) if is_space(c) => e -= c.len_utf8(),
            _ => break,
        }
    }
    e.max(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frequent_gaps_are_like_any() {
        let parts = [" ", "\n", "\n", "\r", "\t", "a", "A", ".", "~", "\u{7f}", "\u{1f}", "é", "\u{a0}"];
        for n in 0..parts.len().pow(4) {
            let text: String = (0..4).map(|place| parts[n / parts.len().pow(place) % parts.len()]).collect();
            for (i, _) in text.char_indices().chain([(text.len(), ' ')]) {
                assert_eq!(gap(&text, i), any_gap(&text, i), "{text:?} {i}");
                for from in 0..=i {
                    assert_eq!(trim_end(&text, from, i), trim_any(&text, from, i), "{text:?} {from} {i}");
                }
            }
        }
    }
}
