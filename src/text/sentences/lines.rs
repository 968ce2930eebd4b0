//! Line breaks, page breaks and the fixed formulas of letters.

use super::chars::{self, at, before, gap, is_space, trim_end};
use super::item;
use super::stops::Class;
use super::walk::{Sink, Walk};
use super::{LineBreaks, Rule};

/// Lines up to this length are no wrapped prose.
const SHORT: usize = 40;
/// How far to look for the end of the next line.
const LOOK_AHEAD: usize = 160;

impl<S: Sink> Walk<'_, S> {
    /// Decides at the line break at `i`.
    pub(super) fn line_break(&mut self, i: usize) -> usize {
        let end = trim_end(self.text, self.start, i);
        let g = gap(self.text, i);
        if end <= self.start || g.end >= self.bytes.len() {
            self.new_line(end, g);
            return g.end;
        }
        let rule = if g.breaks >= 2 {
            if self.splitter.repair && self.plainly_goes_on(end, g.end) {
                Err(Rule::Repaired)
            } else {
                Ok(Rule::Paragraph)
            }
        } else {
            match self.splitter.lines {
                LineBreaks::Space => Err(Rule::SoftBreak),
                LineBreaks::End => Ok(Rule::LineEnd),
                LineBreaks::Auto => self.line_rule(end, i, g.end),
            }
        };
        match rule {
            Ok(rule) => self.end(end, rule, g),
            Err(rule) => {
                self.sink.near(end, rule);
                self.new_line(end, g);
                g.end
            }
        }
    }

    /// Was the line that ends at `end` ended on purpose? The next one begins at `next`.
    fn line_rule(&mut self, end: usize, brk: usize, next: usize) -> Result<Rule, Rule> {
        let soft = Err(Rule::SoftBreak);
        let token = self.next_token(next);
        let last = before(self.text, end).unwrap_or(' ');
        let first = at(self.text, next).unwrap_or(' ');
        if self.bytes.get(self.line) == Some(&b'#') || first == '#' || first == '|' {
            return Ok(Rule::LineEnd);
        }
        if self.begins_item(next, last) {
            return Ok(Rule::NewItem);
        }
        let carries_on = matches!(last, ',' | ';' | '-' | '(' | '&' | '/' | '\u{2014}' | '\u{2013}');
        if carries_on || token.class == Class::Continuation || token.class == Class::Letter {
            return soft;
        }
        if chars::stop(last).is_some() {
            // The stop has been judged: no end.
            return soft;
        }
        if token.class == Class::Lower {
            return soft;
        }
        self.fold_word(self.word_before(end));
        if self.splitter.lexicon.is_open(&self.fold) {
            return soft;
        }
        // Two spaces at the end of a line are a break in Markdown.
        if brk - end >= 2 {
            return Ok(Rule::LineEnd);
        }
        let length = end.saturating_sub(self.line);
        let ahead = &self.bytes[next..self.bytes.len().min(next + LOOK_AHEAD)];
        let next_length = memchr::memchr2(b'\n', b'\r', ahead).unwrap_or(ahead.len());
        let width = self.width.max(length).max(next_length);
        let word = ahead.iter().take_while(|b| !b.is_ascii_whitespace()).count();
        // The next word would have fitted: the line was not wrapped.
        let fitted = length + 1 + word <= width;
        if fitted || width <= SHORT || self.is_capitals(self.line, end) { Ok(Rule::LineEnd) } else { soft }
    }

    /// Does a list item begin at `next`, after a line that ends with `last`?
    fn begins_item(&self, next: usize, last: char) -> bool {
        if let Some(found) = item::parse(self.text, next) {
            let same = self.item.is_some_and(|own| found.follows(&own) || found.bullet.is_some());
            return same || found.bullet.is_some() || (found.is_plain() && (found.is_first() || last == ':'));
        }
        let dash = |i: usize| {
            matches!(at(self.text, i), Some('-' | '*' | '+' | '\u{2013}' | '\u{2014}'))
                && before_space(self.text, i)
        };
        dash(next) && (dash(self.start) || last == ':' || matches!(self.bytes.get(next), Some(b'*' | b'+')))
            || dash(next) && self.next_token(next).class != Class::Lower
    }

    /// Is `from..to` a line all in capitals?
    fn is_capitals(&self, from: usize, to: usize) -> bool {
        let Some(line) = self.text.get(from..to) else { return false };
        let mut capitals = 0;
        for c in line.chars().take(SHORT * 2) {
            if c.is_lowercase() {
                return false;
            }
            capitals += usize::from(c.is_uppercase());
        }
        capitals > 3
    }

    /// A blank line after `end`: does the sentence plainly go on at `next`?
    fn plainly_goes_on(&mut self, end: usize, next: usize) -> bool {
        let last = before(self.text, end).unwrap_or('.');
        let closed = chars::is_closer(last) && last != ')' || last == ':' || chars::stop(last).is_some();
        // A page break stands in running text, not behind a heading or in a list.
        let prose = self.bytes[self.start..end].iter().take(200).filter(|b| **b == b' ').count() >= 4;
        let heading = self.bytes.get(self.start) == Some(&b'#') || self.is_capitals(self.start, end);
        if closed || !prose || heading || item::parse(self.text, next).is_some() {
            return false;
        }
        let first = at(self.text, next).unwrap_or(' ');
        if first.is_lowercase() {
            return true;
        }
        self.fold_word(self.word_before(end));
        first.is_alphanumeric() && self.splitter.lexicon.is_open(&self.fold)
    }

    /// `Regards,` or `Dear Anna,` at the beginning of a sentence: ends it. Returns where to go on.
    pub(super) fn formula(&mut self, _paragraph: bool) -> Option<usize> {
        None
    }

    /// A date and time as mail programs write them, with its clock's colon at `i`.
    pub(super) fn stamp(&mut self, i: usize) -> usize {
        i + 1
    }
}

fn before_space(text: &str, i: usize) -> bool {
    at(text, i).is_some_and(|c| at(text, i + c.len_utf8()).is_some_and(is_space))
}
