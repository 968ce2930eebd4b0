//! Line breaks, page breaks and the fixed formulas of letters.

use super::chars::{self, Gap, at, before, gap, is_space, trim_end};
use super::item;
use super::stops::Class;
use super::walk::{Sink, Walk};
use super::{LineBreaks, Rule};

/// Text is not wrapped to lines this short: such lines are headings, names, dates.
const SHORT: usize = 32;
/// What stands before a colon at the beginning of a line is no longer than this.
const LABEL: usize = 60;
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
        let length_of_line = end.saturating_sub(self.line);
        let last = before(self.text, end).unwrap_or(' ');
        let first = at(self.text, next).unwrap_or(' ');
        if self.bytes.get(self.line) == Some(&b'#') || first == '#' || first == '|' {
            return Ok(Rule::LineEnd);
        }
        if self.begins_item(next, last) {
            return Ok(Rule::NewItem);
        }
        if last == ',' && length_of_line <= SHORT + 8 && token.class == Class::Upper && self.line_greets() {
            return Ok(Rule::Letter);
        }
        let carries_on = matches!(last, ',' | ';' | '-' | '(' | '&' | '/' | '\u{2014}' | '\u{2013}');
        if carries_on || token.class == Class::Continuation {
            return soft;
        }
        if chars::stop(last).is_some() {
            // The stop has been judged: no end.
            return soft;
        }
        if self.is_label(self.line) && self.is_label(next) {
            return Ok(Rule::LineEnd);
        }
        if token.class == Class::Lower {
            return soft;
        }
        let ahead = &self.bytes[next..self.bytes.len().min(next + LOOK_AHEAD)];
        let next_length = memchr::memchr2(b'\n', b'\r', ahead).unwrap_or(ahead.len());
        let width = self.width.max(length_of_line).max(next_length);
        if token.class == Class::Letter {
            // Without capitals only the length tells: a heading is much shorter than the text.
            return if length_of_line * 2 < width { Ok(Rule::LineEnd) } else { soft };
        }
        if self.splitter.lexicon.open.contains(self.word_before(end), &mut self.fold) {
            return soft;
        }
        // Two spaces at the end of a line are a break in Markdown.
        if brk - end >= 2 {
            return Ok(Rule::LineEnd);
        }
        let word = ahead.iter().take_while(|b| !b.is_ascii_whitespace()).count();
        // The next word would have fitted: the line was not wrapped.
        let fitted = length_of_line + 1 + word <= width;
        if fitted || width <= SHORT || self.is_capitals(self.line, end) { Ok(Rule::LineEnd) } else { soft }
    }

    /// Does the current line begin as the first or the last line of a letter does?
    fn line_greets(&mut self) -> bool {
        let lexicon = &self.splitter.lexicon;
        let first = self.word_at(self.line);
        let second = self.word_at(self.line + first.len() + 1);
        lexicon.greetings.contains(first, &mut self.fold)
            || lexicon.letters.contains(first, &mut self.fold)
            || lexicon.letters.contains(second, &mut self.fold)
    }

    /// `Anna: `, `Place of birth: `: up to three words and a colon at `i`, as in dialogues and forms.
    fn is_label(&self, i: usize) -> bool {
        let (mut words, mut end) = (1, i);
        while end < i + LABEL {
            match at(self.text, end) {
                Some(':') => return end > i && at(self.text, end + 1).is_some_and(is_space),
                Some('\u{ff1a}') => return end > i,
                Some(' ') => words += 1,
                Some(c) if c.is_alphanumeric() || chars::is_mark(c) => {}
                _ => return false,
            }
            if words > 3 || end == i && !at(self.text, i).is_some_and(char::is_alphabetic) {
                return false;
            }
            end += at(self.text, end).map_or(1, char::len_utf8);
        }
        false
    }

    /// `二、`: how lists are numbered in Chinese and Japanese.
    fn is_numeral_item(&self, i: usize) -> bool {
        let digits = self.text.get(i..).unwrap_or_default().chars().take(4);
        let digits = digits.take_while(|c| "一二三四五六七八九十".contains(*c)).count();
        // Each of these digits has three bytes.
        (1..=3).contains(&digits) && at(self.text, i + 3 * digits) == Some('、')
    }

    /// Does a list item begin at `next`, after a line that ends with `last`?
    fn begins_item(&self, next: usize, last: char) -> bool {
        if let Some(found) = item::parse(self.text, next) {
            let same = self.item.is_some_and(|own| found.follows(&own) || found.bullet.is_some());
            return same || found.bullet.is_some() || (found.is_plain() && (found.is_first() || last == ':'));
        }
        if self.is_numeral_item(next) {
            return matches!(last, ':' | '\u{ff1a}') || self.is_numeral_item(self.start);
        }
        let dash = |i: usize| {
            matches!(at(self.text, i), Some('-' | '*' | '+' | '\u{2013}' | '\u{2014}'))
                && before_space(self.text, i)
        };
        if !dash(next) {
            return false;
        }
        // A list has more than one item; a dash between clauses seldom begins two lines.
        let ahead = &self.bytes[next..self.bytes.len().min(next + LOOK_AHEAD)];
        let another = memchr::memchr(b'\n', ahead).is_some_and(|k| dash(next + k + 1));
        let marked = matches!(self.bytes.get(next), Some(b'*' | b'+'));
        dash(self.start) || last == ':' || marked || another || self.next_token(next).class != Class::Lower
    }

    /// Is `from..to` a line all in capitals?
    fn is_capitals(&self, from: usize, to: usize) -> bool {
        let Some(line) = self.text.get(from..to) else { return false };
        let mut capitals = 0;
        for c in line.chars().take(80) {
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
        let last = self.word_before(end);
        first.is_alphanumeric() && self.splitter.lexicon.open.contains(last, &mut self.fold)
    }

    /// `Regards,` or `Dear Anna,` at the beginning of a sentence: ends it. Returns where to go on.
    /// `opens`: a paragraph begins here.
    pub(super) fn formula(&mut self, opens: bool) -> Option<usize> {
        let ahead = &self.bytes[self.start..self.bytes.len().min(self.start + 32)];
        // Three quarters of all sentences have no comma so early, and most of the others go on behind it.
        if let Some(ahead) = ahead.first_chunk::<32>()
            && !ahead.iter().fold(false, |any, &b| any | (b == b','))
        {
            return None;
        }
        let length = memchr::memchr(b',', ahead)?;
        let comma = self.start + length;
        if let Some([b' ', b'a'..=b'z' | b'0'..=b'9']) = self.bytes.get(comma + 1..comma + 3) {
            return None;
        }
        let words = self.text.get(self.start..comma)?;
        if !words.starts_with(char::is_uppercase) {
            return None;
        }
        if words.bytes().filter(|b| *b == b' ').count() > 3
            || memchr::memchr3(b'.', b'\n', b'!', &ahead[..length]).is_some()
        {
            return None;
        }
        let lexicon = &self.splitter.lexicon;
        let last = words.rsplit(' ').next().unwrap_or_default();
        let closes = lexicon.letters.contains(last, &mut self.fold);
        let greets = opens && {
            let first = self.word_at(self.start);
            words.len() > first.len() && lexicon.greetings.contains(first, &mut self.fold)
        };
        if !(closes || greets) {
            return None;
        }
        let g = gap(self.text, comma + 1);
        let next = self.next_token(g.end);
        if g.end == comma + 1 || g.breaks > 1 || next.class != Class::Upper {
            return None;
        }
        // `Thanks, I will.`
        if closes && !greets && g.breaks == 0 && self.begins_sentence(&next) {
            return None;
        }
        self.close(comma + 1, Rule::Letter, g, false);
        Some(g.end)
    }

    /// `9 am - 5:30 pm` with its last colon at `i`, before a capital: the end of opening hours.
    fn hours(&mut self, i: usize) -> usize {
        let end = i + 6;
        let g = gap(self.text, end);
        let meridiem = self.text.get(i + 3..end).unwrap_or_default();
        let word = self.word_at(g.end);
        let common =
            word.len() > 3 && word.starts_with(char::is_uppercase) && word.ends_with(char::is_lowercase);
        if !matches!(meridiem, " am" | " pm" | " AM" | " PM") || g.end == end || !common || is_of_time(word) {
            return i + 1;
        }
        self.end(end, Rule::Stamp, g)
    }

    /// `04/26/2001 07:17 AM`, with its clock's first colon at `i`: what mail programs put between a
    /// name and a message, each of which is a unit.
    pub(super) fn stamp(&mut self, i: usize) -> usize {
        let clock = self.bytes[..i].iter().rev().take(2).take_while(|b| b.is_ascii_digit()).count();
        let Some(date_end) = (i - clock).checked_sub(1).filter(|&k| self.bytes[k] == b' ') else {
            return i + 1;
        };
        if self.bytes[..date_end].ends_with(b" -") {
            return self.hours(i);
        }
        let date = self.bytes[..date_end]
            .iter()
            .rev()
            .take(10)
            .take_while(|b| matches!(b, b'0'..=b'9' | b'/'))
            .count();
        let from = date_end - date;
        let slashes = self.bytes[from..date_end].iter().filter(|b| **b == b'/').count();
        if slashes != 2 || from < self.start {
            return i + 1;
        }
        let rest = &self.bytes[i..self.bytes.len().min(i + 10)];
        let mut end = i + rest.iter().take_while(|b| matches!(b, b'0'..=b'9' | b':')).count();
        let meridiem = self.text.get(end..end + 3).unwrap_or_default();
        if matches!(meridiem, " AM" | " PM" | " am" | " pm") {
            end += 3;
        }
        let g = gap(self.text, end);
        if g.end == end || self.next_token(g.end).class != Class::Upper {
            return end;
        }
        // Names and addresses before it are a unit of their own.
        let name = self.text.get(self.start..from).unwrap_or_default();
        let is_name = name.len() <= 80
            && name.split_whitespace().count() <= 5
            && name.split_whitespace().all(|w| w.contains('@') || !w.starts_with(char::is_lowercase));
        if is_name && !name.is_empty() {
            let before = trim_end(self.text, self.start, from);
            self.end(before, Rule::Stamp, Gap { end: from, breaks: 0, line: from });
        }
        self.end(end, Rule::Stamp, g)
    }
}

/// Days, months and time zones, which go on after a clock time.
pub(super) fn is_of_time(word: &str) -> bool {
    let three = word.get(..3).unwrap_or_default();
    let names = "Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Eas Pac Cen Mou Atl Eur Loc";
    names.split(' ').any(|n| n == three)
}

fn before_space(text: &str, i: usize) -> bool {
    at(text, i).is_some_and(|c| at(text, i + c.len_utf8()).is_some_and(is_space))
}
