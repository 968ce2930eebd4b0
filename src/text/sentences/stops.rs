//! The decision at a terminator: what follows it, and who decides.

use super::Rule;
use super::chars::{self, Gap, Stop, at, before, gap};
use super::cluster::Cluster;
use super::walk::{Sink, Verdict, Walk};

/// What follows the white space behind a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Upper,
    Lower,
    Digit,
    /// A letter of a script without case.
    Letter,
    /// A stop that stands alone, such as an ellipsis.
    Stop,
    /// A comma or the like.
    Continuation,
    /// Anything else.
    Symbol,
}

/// The beginning of what follows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Next {
    pub(super) class: Class,
    /// Where its first letter is, behind brackets and quotation marks.
    pub(super) word: usize,
    /// A bracket or quotation mark stands before the word.
    pub(super) opened: bool,
    /// A bracket comes first of all.
    pub(super) bracket: bool,
    /// A dash stands before the word.
    pub(super) dash: bool,
}

impl<S: Sink> Walk<'_, S> {
    /// Decides at the terminator at `i`, which has `len` bytes.
    pub(super) fn stop(&mut self, i: usize, kind: Stop, len: usize) -> usize {
        if i < self.body {
            self.sink.near(i + len, Rule::ItemMarker);
            return i + len;
        }
        if kind == Stop::Dot
            && let Some(next) = self.marker(i)
        {
            return next;
        }
        let c = self.cluster(i, kind, len);
        let g = gap(self.text, c.end);
        if g.end >= self.bytes.len() {
            return self.end(c.end, self.plain_rule(&c), g);
        }
        if self.splitter.lexicon.own_stops && !(c.script || c.mark) && g.breaks < 2 {
            self.sink.near(c.end, Rule::LesserStop);
            return c.end;
        }
        let verdict = if c.script {
            self.script(&c, g)
        } else if g.end == c.end {
            self.glued(&c)
        } else if g.breaks >= 2 {
            Verdict::end(self.plain_rule(&c))
        } else {
            self.spaced(&c, g)
        };
        if verdict.ends {
            if c.attached && c.ellipsis {
                // The ellipsis stands for what is left out before the next sentence.
                let end = i + 1;
                let g = gap(self.text, end);
                let from = c.stops.max(g.end);
                self.end(end, Rule::FullStop, g);
                return from;
            }
            return self.end(c.end, verdict.rule, g);
        }
        self.sink.near(c.end, verdict.rule);
        c.end
    }

    fn plain_rule(&self, c: &Cluster) -> Rule {
        match c {
            Cluster { script: true, .. } => Rule::ScriptStop,
            Cluster { mark: true, .. } => Rule::Mark,
            Cluster { ellipsis: true, .. } => Rule::EllipsisEnd,
            _ => Rule::FullStop,
        }
    }

    /// What begins at `i`, which is not white space.
    pub(super) fn next_token(&self, i: usize) -> Next {
        let mut n = Next { class: Class::Symbol, word: i, opened: false, bracket: false, dash: false };
        for _ in 0..8 {
            let Some(c) = at(self.text, n.word) else { return n };
            if c.is_ascii_uppercase() {
                n.class = Class::Upper;
            } else if c.is_ascii_lowercase() {
                n.class = if n.opened && self.is_clitic(n.word) { Class::Upper } else { Class::Lower };
            } else if c.is_numeric() {
                n.class = Class::Digit;
            } else if c.is_lowercase() {
                n.class = Class::Lower;
            } else if c.is_uppercase() {
                n.class = Class::Upper;
            } else if c.is_alphabetic() {
                // A letter with a title case only (U+01C5) is as good as a capital.
                n.class = Class::Letter;
            } else if chars::is_opener(c) || self.bytes[n.word..].starts_with(b",,") {
                n.bracket |= !n.opened && matches!(c, '(' | '[' | '{' | '\u{ff08}');
                n.opened = true;
                n.word += if c == ',' { 2 } else { c.len_utf8() };
                continue;
            } else if chars::is_dash(c) {
                n.dash = true;
                n.word += c.len_utf8();
                if matches!(at(self.text, n.word), Some(' ' | '\u{a0}' | '\u{2009}')) {
                    n.word += at(self.text, n.word).map_or(0, char::len_utf8);
                }
                continue;
            } else if chars::is_continuation(c) {
                n.class = Class::Continuation;
            } else if chars::stop(c).is_some() {
                n.class = Class::Stop;
            }
            return n;
        }
        n
    }

    /// Dutch `'s Avonds`, `'t Was`: behind an apostrophe, the capital stands in the second word.
    fn is_clitic(&self, i: usize) -> bool {
        matches!(before(self.text, i), Some('\'' | '\u{2019}'))
            && self.bytes.get(i + 1) == Some(&b' ')
            && at(self.text, i + 2).is_some_and(char::is_uppercase)
    }

    /// White space follows the cluster, without the end of a paragraph.
    fn spaced(&mut self, c: &Cluster, g: Gap) -> Verdict {
        let next = self.next_token(g.end);
        // A smiley begins with a colon; a continuation mark does too.
        if next.class == Class::Continuation && !next.opened && !next.dash {
            return Verdict::go_on(Rule::Continues);
        }
        if next.class == Class::Lower && next.dash {
            return Verdict::go_on(Rule::LowerCase);
        }
        if c.closed && next.class == Class::Lower {
            return Verdict::go_on(Rule::QuoteContinues);
        }
        if c.quoted && next.bracket && self.is_reference(g.end) {
            return Verdict::go_on(Rule::QuoteContinues);
        }
        if c.quoted && c.mark && self.is_attribution(&next) {
            return Verdict::go_on(Rule::Attribution);
        }
        if c.mark {
            return self.mark(c, &next);
        }
        if c.ellipsis {
            return self.ellipsis(c, &next);
        }
        self.dot(c, &next)
    }

    fn mark(&mut self, c: &Cluster, next: &Next) -> Verdict {
        if matches!(before(self.text, c.start), Some('(' | '[' | ':')) {
            return Verdict::go_on(Rule::InsideBrackets);
        }
        if self.is_field(c.start, next.word) {
            return Verdict::go_on(Rule::Continues);
        }
        if next.class == Class::Lower {
            let word = self.word_before(c.start);
            let first = self.start + word.len() >= c.start;
            if word.starts_with(char::is_uppercase) && !first && c.end == c.start + 1 {
                return Verdict::go_on(Rule::NameMark);
            }
            if !self.splitter.lexicon.small_starts && !self.is_loose() {
                return Verdict::go_on(Rule::LowerCase);
            }
        }
        Verdict::end(Rule::Mark)
    }

    /// Between two semicolons that are close: an item of a list, with a mark in its middle.
    fn is_field(&self, i: usize, next: usize) -> bool {
        let semicolon = |b: &u8| *b == b';';
        let stop = |b: &u8| matches!(b, b'.' | b'!' | b'?' | b'\n' | b';');
        let left = self.bytes[self.start.max(i.saturating_sub(30))..i].iter().rev().find(|b| stop(b));
        let ahead = &self.bytes[next..self.bytes.len().min(next + 12)];
        left.is_some_and(semicolon) && ahead.iter().find(|b| stop(b)).is_some_and(semicolon)
    }

    fn ellipsis(&mut self, c: &Cluster, next: &Next) -> Verdict {
        let leading =
            c.start == self.start || self.text.get(self.start..c.start).is_some_and(|s| s == "[" || s == "(");
        let goes_on = match next.class {
            Class::Lower | Class::Digit | Class::Stop => true,
            // `I` has a capital wherever it stands.
            Class::Upper if !next.opened && !c.closed => leading || self.is_pronoun_i(next.word),
            _ => leading,
        };
        if goes_on { Verdict::go_on(Rule::EllipsisContinues) } else { Verdict::end(Rule::EllipsisEnd) }
    }

    fn is_pronoun_i(&self, i: usize) -> bool {
        self.splitter.lexicon.small_starts
            && self.bytes.get(i) == Some(&b'I')
            && at(self.text, i + 1).is_some_and(|c| matches!(c, ' ' | '\'' | '\u{2019}'))
    }

    /// The sentence itself began with a small letter: its writer does not care.
    pub(super) fn is_loose(&self) -> bool {
        at(self.text, self.body).is_some_and(char::is_lowercase)
    }

    /// `"Stop!" John said`: the words after a quotation say who spoke.
    fn is_attribution(&mut self, next: &Next) -> bool {
        if !matches!(next.class, Class::Upper | Class::Letter) || next.opened || next.dash {
            return false;
        }
        let mut i = next.word;
        for nth in 0..4 {
            let word = self.word_at(i);
            if word.is_empty() {
                return false;
            }
            // Scripts without case have languages in which the verb comes first.
            let may_say = nth > 0 || next.class == Class::Letter;
            if may_say && self.splitter.lexicon.speech.contains(word, &mut self.fold) {
                return true;
            }
            if nth > 0 && next.class == Class::Upper && !word.starts_with(char::is_uppercase) {
                return false;
            }
            i += word.len();
            if self.bytes.get(i) != Some(&b' ') {
                return false;
            }
            i += 1;
        }
        false
    }

    /// `(Smith 55).` at `i`, behind a quotation: short brackets with a stop behind them and none inside,
    /// but for one before a number.
    fn is_reference(&self, i: usize) -> bool {
        let ahead = &self.bytes[i..self.bytes.len().min(i + 60)];
        let stop = |k: usize| match ahead[k] {
            b'.' => !matches!(ahead[k + 1..], [b' ', b'0'..=b'9', ..]),
            b => matches!(b, b'!' | b'?' | b'\n'),
        };
        let close = (0..ahead.len()).find(|&k| ahead[k] == b')' || stop(k));
        close.is_some_and(|k| ahead[k] == b')' && ahead.get(k + 1) == Some(&b'.'))
    }

    /// No white space follows the cluster, and it is of ASCII stops or an ellipsis.
    fn glued(&mut self, c: &Cluster) -> Verdict {
        let inside = Verdict::go_on(Rule::Inside);
        if c.closed {
            return inside;
        }
        let word = self.word_before(c.start);
        let next = self.word_at(c.end);
        let letters = |w: &str| w.chars().count() >= 2 && w.chars().all(char::is_alphabetic);
        if !letters(word) || !(letters(next) || c.ellipsis) || self.is_address(c.start) {
            return inside;
        }
        // Chinese and Japanese have no spaces, whatever their stops are.
        if word.ends_with(is_han_or_kana) && next.starts_with(is_han_or_kana) && !c.ellipsis {
            return Verdict::end(Rule::Glued);
        }
        let small = word.ends_with(char::is_lowercase);
        if c.ellipsis && !c.mark {
            let ends = small && next.starts_with(char::is_uppercase);
            return if ends { Verdict::end(Rule::Glued) } else { inside };
        }
        if c.mark {
            // An address may hold a question mark before its parameters.
            let ended = !matches!(self.bytes.get(c.end + next.len()), Some(b'=' | b'&' | b'/' | b'@'));
            return if small && ended { Verdict::end(Rule::Glued) } else { inside };
        }
        let capital = next.starts_with(char::is_uppercase);
        if small
            && capital
            && self.splitter.lexicon.starters.contains(next, &mut self.fold)
            && matches!(self.bytes.get(c.end + next.len()), Some(b' ' | b'\''))
        {
            return Verdict::end(Rule::Glued);
        }
        inside
    }

    /// Does what ends at `i` look like an address: `/`, `@` or `=` before any space?
    fn is_address(&self, i: usize) -> bool {
        let from = i.saturating_sub(48).max(self.start);
        self.bytes[from..i]
            .iter()
            .rev()
            .take_while(|b| !b.is_ascii_whitespace())
            .any(|b| matches!(b, b'/' | b'@' | b'=' | b'#'))
    }

    /// Chinese: a verb of saying within the next few characters.
    fn says(&self, i: usize) -> bool {
        let ahead = self.text.get(i..).unwrap_or_default().chars().take(6);
        for c in ahead {
            match c {
                '说' | '說' | '问' | '問' | '道' | '答' | '喊' | '叫' => return true,
                c if chars::stop(c).is_some() || chars::is_opener(c) || chars::is_continuation(c) => {
                    return false;
                }
                _ => {}
            }
        }
        false
    }

    /// Chinese: does the quotation that closes behind `i` follow words that say who speaks, `他说：“`?
    fn is_introduced(&self, i: usize) -> bool {
        let mut before = self.text.get(self.start..i).unwrap_or_default().chars().rev().take(100);
        before.any(|c| matches!(c, '“' | '「' | '『')) && matches!(before.next(), Some('：' | '，' | ':'))
    }

    /// A stop of a script that needs no space behind it.
    fn script(&mut self, c: &Cluster, g: Gap) -> Verdict {
        let next = at(self.text, c.end);
        if c.closed {
            // Particles that tie a quotation to what follows it in Japanese, commas in all.
            let tied = next.is_some_and(|n| {
                chars::is_continuation(n)
                    || matches!(n, 'と' | 'っ' | 'の' | 'な' | 'を' | 'は' | 'が' | 'に' | 'で' | 'も')
            });
            // The title of a book, of which a mark may be the last character.
            let titled = matches!(before(self.text, c.end), Some('\u{300b}' | '\u{3009}'));
            let tied = tied || titled && next.is_some_and(char::is_alphanumeric);
            let tied = tied || self.says(c.end) && !self.is_introduced(c.start);
            if tied {
                return Verdict::go_on(Rule::QuoteContinues);
            }
            if c.quoted && g.breaks == 0 {
                let next = self.next_token(g.end);
                if self.is_attribution(&next) {
                    return Verdict::go_on(Rule::Attribution);
                }
            }
            return Verdict::end(Rule::ScriptStop);
        }
        if next.is_some_and(chars::is_continuation) {
            return Verdict::go_on(Rule::Continues);
        }
        let numeric = |c: Option<char>| c.is_some_and(char::is_numeric);
        let alphanumeric = next.is_some_and(|n| n.is_ascii_alphanumeric());
        // `３．２９` in wide digits, `10:30`.
        if numeric(next) && numeric(before(self.text, c.start))
            || alphanumeric && self.bytes[c.start].is_ascii()
        {
            return Verdict::go_on(Rule::Inside);
        }
        // 《 … ！… 》: look a little ahead for a closing mark that has not been opened behind the stop.
        let ahead = self.text.get(c.end..).unwrap_or_default().chars().take(80);
        for n in ahead {
            match n {
                '》' | '」' | '』' | '）' => return Verdict::go_on(Rule::InsideBrackets),
                '《' | '「' | '『' | '（' | '\n' => break,
                _ => {}
            }
        }
        Verdict::end(Rule::ScriptStop)
    }
}

fn is_han_or_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}
