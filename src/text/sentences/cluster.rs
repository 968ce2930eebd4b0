//! What belongs to a stop: further stops, closing marks, citation marks, a smiley.

use super::chars::{self, Stop, at, before, is_space};
use super::walk::{Sink, Walk};

/// A run of terminators with the closing marks behind it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cluster {
    /// Where the first terminator is.
    pub(super) start: usize,
    /// Behind the last terminator of the run.
    pub(super) stops: usize,
    /// Behind the closing marks.
    pub(super) end: usize,
    /// `?` or `!` is in it.
    pub(super) mark: bool,
    /// A stop that needs no space behind it is in it.
    pub(super) script: bool,
    /// Two full stops or more, or `…`.
    pub(super) ellipsis: bool,
    /// A single full stop is followed by an ellipsis with spaces, `. . . .`
    pub(super) attached: bool,
    /// A closing bracket or quotation mark is in it.
    pub(super) closed: bool,
    /// A closing quotation mark is in it.
    pub(super) quoted: bool,
    /// A single stop and a closing bracket are all of it.
    pub(super) remark: bool,
}

impl<S: Sink> Walk<'_, S> {
    /// Reads the run of terminators at `i` and what closes behind it.
    pub(super) fn cluster(&self, i: usize, kind: Stop, len: usize) -> Cluster {
        let mut c = Cluster {
            start: i,
            stops: i + len,
            end: i + len,
            mark: kind == Stop::Mark,
            script: kind == Stop::Script,
            ellipsis: kind == Stop::Ellipsis,
            attached: false,
            closed: false,
            quoted: false,
            remark: false,
        };
        self.run_of_stops(&mut c, kind);
        self.spaced_dots(&mut c, kind);
        c.stops = c.end;
        self.closing_marks(&mut c);
        c.remark = c.end == i + 2 && matches!(self.bytes[i + 1], b')' | b']');
        c
    }

    fn run_of_stops(&self, c: &mut Cluster, kind: Stop) {
        let mut last = kind;
        while let Some((next, stop)) = at(self.text, c.end).and_then(|n| Some((n, chars::stop(n)?))) {
            match stop {
                Stop::Mark => c.mark = true,
                Stop::Script => c.script = true,
                Stop::Ellipsis => c.ellipsis = true,
                Stop::Dot => c.ellipsis |= last == Stop::Dot,
            }
            last = stop;
            c.end += next.len_utf8();
        }
        // `? !`, as French has a space before each of its marks.
        if c.mark
            && let Some([b' ', b'?' | b'!', rest @ ..]) = self.bytes.get(c.end..)
            && rest.first().is_none_or(u8::is_ascii_whitespace)
        {
            c.end += 2;
        }
    }

    /// `. . .`: full stops with single spaces between them.
    fn spaced_dots(&self, c: &mut Cluster, kind: Stop) {
        let single = kind == Stop::Dot && c.end == c.start + 1;
        if single && self.bytes.get(c.end) == Some(&b' ') {
            // A solid ellipsis behind a full stop: `well. ... They`
            let dots = self.bytes[c.end + 1..].iter().take_while(|&&b| b == b'.').count();
            let behind = c.end + 1 + dots;
            if dots >= 2 && at(self.text, behind).is_none_or(is_space) {
                c.ellipsis = true;
                c.end = behind;
                return;
            }
        }
        let byte = |k: usize| self.bytes.get(k).copied().unwrap_or(b' ');
        let mut more = 0;
        if self.bytes[c.end - 1] != b'.' {
            return;
        }
        while byte(c.end) == b' ' && self.bytes.get(c.end + 1) == Some(&b'.') {
            let after = byte(c.end + 2);
            if after.is_ascii_alphanumeric() || after == b'.' {
                break;
            }
            c.end += 2;
            more += 1;
        }
        if more > 0 {
            c.ellipsis = true;
            let worded = before(self.text, c.start).is_some_and(|p| !is_space(p));
            c.attached = single && more >= 3 && worded;
        }
    }

    /// Closing quotation marks and brackets, further stops behind them, citation and footnote marks,
    /// a smiley: all belong to the sentence that ends.
    fn closing_marks(&self, c: &mut Cluster) {
        loop {
            let Some(next) = at(self.text, c.end) else { return };
            let behind = c.end + next.len_utf8();
            let word_behind = || at(self.text, behind).is_some_and(char::is_alphanumeric);
            if chars::is_closer(next) {
                let apostrophe = matches!(next, '\'' | '\u{2019}');
                if apostrophe && word_behind() {
                    return;
                }
                c.closed = true;
                c.quoted |= chars::is_quote(next);
                c.end = behind;
            } else if chars::is_two_way(next) && !word_behind() {
                c.closed = true;
                c.quoted = true;
                c.end = behind;
            } else if next == '[' {
                match self.citation(c.end) {
                    Some(end) => c.end = end,
                    None => return,
                }
            } else if matches!(next, '*' | '_') && self.emphasis_ends(c.end) {
                c.end = behind;
            } else if c.closed && chars::stop(next).is_some() {
                match chars::stop(next) {
                    Some(Stop::Mark) => c.mark = true,
                    Some(Stop::Script) => c.script = true,
                    _ => {}
                }
                c.end = behind;
            } else if chars::is_superscript(next) || chars::is_emoji(next) {
                c.end = behind;
            } else if is_space(next) && !chars::is_break(next) {
                match self.detached(behind) {
                    Some(end) => {
                        c.closed |= at(self.text, behind).is_some_and(chars::is_closer);
                        c.end = end;
                    }
                    None => return,
                }
            } else {
                return;
            }
        }
    }

    /// `[12]`, `[3, 4]` at `i`.
    fn citation(&self, i: usize) -> Option<usize> {
        let inner = self.bytes.get(i + 1..)?;
        let n = inner.iter().take(12).take_while(|b| matches!(b, b'0'..=b'9' | b',' | b' ' | b'-')).count();
        let numbered = inner.first().is_some_and(u8::is_ascii_digit);
        (numbered && inner.get(n) == Some(&b']')).then_some(i + n + 2)
    }

    /// Do the asterisks or underscores at `i` end an emphasis (rather than begin one)?
    fn emphasis_ends(&self, i: usize) -> bool {
        let behind = self.bytes[i..].iter().take(3).take_while(|b| matches!(b, b'*' | b'_')).count();
        at(self.text, i + behind).is_none_or(|c| !c.is_alphanumeric() && c != '*' && c != '_')
    }

    /// A closing mark, a smiley or an emoji at `i`, behind a space.
    pub(super) fn detached(&self, i: usize) -> Option<usize> {
        let c = at(self.text, i)?;
        let alone = |end: usize| at(self.text, end).is_none_or(is_space);
        if chars::is_emoji(c) {
            return Some(i + c.len_utf8());
        }
        let behind = i + c.len_utf8();
        // `« Non ! », dit-il`
        let guillemet = c == '»' && at(self.text, behind).is_some_and(chars::is_continuation);
        if guillemet || chars::is_closer(c) && alone(behind) {
            return Some(behind);
        }
        let rest = self.bytes.get(i..)?;
        let eyes = matches!(rest.first(), Some(b':' | b';' | b'='));
        let nose = usize::from(matches!(rest.get(1), Some(b'-' | b'\'' | b'o')));
        let mouth =
            matches!(rest.get(1 + nose), Some(b')' | b'(' | b'D' | b'P' | b'p' | b'/' | b'|' | b'3' | b'*'));
        (eyes && mouth && alone(i + 2 + nose)).then_some(i + 2 + nose)
    }
}
