//! The state between two candidates, and the dispatch of a candidate to the rules.

use super::chars::{self, Gap, Stop, at, before, gap, is_bullet, is_space, trim_end};
use super::item::{self, Item};
use super::scan::TWO_WORDSPACES;
use super::stops::Class;
use super::{Rule, Sentence, Splitter};

/// Who hears of the decisions.
pub(super) trait Sink {
    /// Whether frequent cases are decided by a look at a few bytes; not, where the rules are to be tested.
    const AT_A_GLANCE: bool = true;

    /// A sentence ended.
    fn end(&mut self, sentence: Sentence);
    /// A sentence did not end at `offset`.
    fn near(&mut self, offset: usize, rule: Rule);
    /// Whether to go on.
    fn goes_on(&mut self) -> bool {
        true
    }
}

/// A pass over one text. Candidates must come in ascending order; those before [`Walk::position`]
/// are ignored, so that whoever finds them need not know what a rule has consumed.
pub(super) struct Walk<'a, S> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) splitter: &'a Splitter,
    pub(super) sink: S,
    /// The first byte of the current sentence.
    pub(super) start: usize,
    /// Behind the list marker of the current sentence, or `start`.
    pub(super) body: usize,
    /// The list marker of the current sentence.
    pub(super) item: Option<Item>,
    /// The first byte of the current line.
    pub(super) line: usize,
    /// The length of the longest earlier line of this paragraph.
    pub(super) width: usize,
    /// Everything before it is decided.
    resume: usize,
    /// For words in small letters; kept to save allocations.
    pub(super) fold: String,
}

/// The answer of a rule.
pub(super) struct Verdict {
    pub(super) ends: bool,
    pub(super) rule: Rule,
}

impl Verdict {
    pub(super) fn end(rule: Rule) -> Self {
        Self { ends: true, rule }
    }

    pub(super) fn go_on(rule: Rule) -> Self {
        Self { ends: false, rule }
    }
}

impl<'a, S: Sink> Walk<'a, S> {
    pub(super) fn new(splitter: &'a Splitter, text: &'a str, sink: S) -> Self {
        // A byte order mark is no part of the first sentence.
        let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let mut walk = Self {
            text,
            bytes: text.as_bytes(),
            splitter,
            sink,
            start: bom,
            body: bom,
            item: None,
            line: bom,
            width: 0,
            resume: bom,
            fold: String::new(),
        };
        let g = gap(text, bom);
        if g.breaks > 0 {
            walk.line = g.line;
        }
        walk.begin(g.end);
        walk.formula(true);
        walk
    }

    /// Everything before it is decided.
    pub(super) fn position(&self) -> usize {
        self.resume
    }

    /// Decides the candidate at `i`; returns where to look for the next one.
    pub(super) fn candidate(&mut self, i: usize) -> usize {
        if i < self.resume {
            return self.resume;
        }
        let next = self.dispatch(i).max(i + 1);
        self.resume = self.resume.max(next);
        self.resume
    }

    fn dispatch(&mut self, i: usize) -> usize {
        let (kind, length) = match self.bytes[i] {
            b'.' => match if S::AT_A_GLANCE { self.common(i) } else { None } {
                Some(next) => return next,
                None => (Stop::Dot, 1),
            },
            b'!' | b'?' => (Stop::Mark, 1),
            b'\n' | b'\r' | 0x0b | 0x0c => return self.line_break(i),
            b')' => return self.marker(i).unwrap_or(i + 1),
            b':' | b';' | b'|' => match self.seldom_stop(i) {
                Ok(kind) => (kind, 1),
                Err(next) => return next,
            },
            b'*' | b'=' | b'_' | b'~' | b'-' => return self.ruled_line(i),
            _ if self.bytes[i..].starts_with(TWO_WORDSPACES) => (Stop::Script, TWO_WORDSPACES.len()),
            _ => match at(self.text, i) {
                Some(c) if chars::is_break(c) => return self.line_break(i),
                Some(c) if is_bullet(c) => return self.bullet(i, c),
                Some(c) => match chars::stop(c) {
                    Some(kind) => (kind, c.len_utf8()),
                    None => return i + c.len_utf8(),
                },
                None => return self.bytes.len(),
            },
        };
        self.stop(i, kind, length)
    }

    /// A mark that seldom is a stop: its kind, or where to go on.
    #[cold]
    fn seldom_stop(&mut self, i: usize) -> Result<Stop, usize> {
        let previous = if i == 0 { b' ' } else { self.bytes[i - 1] };
        match self.bytes[i] {
            // A line that begins with a bar is a row of a table.
            b'|' if self.bytes[self.line] == b'|' => Err(i + 1),
            b':' | b';' if previous == b' ' => Err(self.smiley(i)),
            b':' if previous.is_ascii_digit() => Err(self.stamp(i)),
            b';' => Ok(Stop::Mark),
            _ => Ok(Stop::Script),
        }
    }

    /// The rest of the text is the last sentence.
    pub(super) fn finish(mut self) {
        let end = trim_end(self.text, self.start, self.bytes.len());
        if end > self.start {
            self.sink.end(Sentence { start: self.start, end, rule: Rule::TextEnd, paragraph: true });
        }
    }

    /// A sentence begins at `i`.
    pub(super) fn begin(&mut self, i: usize) {
        self.start = i;
        self.body = i;
        self.item = item::parse(self.text, i);
        if let Some(item) = self.item {
            self.body = item.end;
        }
        self.resume = self.resume.max(i);
    }

    /// The current sentence ends at `end`, the white space `g` follows it. Returns where to go on.
    pub(super) fn end(&mut self, end: usize, rule: Rule, g: Gap) -> usize {
        let last = g.end >= self.bytes.len();
        let paragraph = last || g.breaks >= 2;
        self.close(end, rule, g, paragraph);
        self.formula(paragraph && !last).unwrap_or(g.end)
    }

    /// [`Walk::end`] without a look at what begins behind it.
    pub(super) fn close(&mut self, end: usize, rule: Rule, g: Gap, paragraph: bool) {
        if end > self.start {
            self.sink.end(Sentence { start: self.start, end, rule, paragraph });
        }
        self.new_line(end, g);
        self.begin(g.end);
    }

    /// Takes note of the line breaks in the white space `g` behind `end`.
    pub(super) fn new_line(&mut self, end: usize, g: Gap) {
        if g.breaks > 0 {
            self.width = if g.breaks > 1 { 0 } else { self.width.max(end.saturating_sub(self.line)) };
            self.line = g.line;
        }
    }

    /// A `.` or `)` at `i` that closes the next marker of the list which the sentence belongs to.
    pub(super) fn marker(&mut self, i: usize) -> Option<usize> {
        let current = self.item?;
        if i < self.body {
            return None;
        }
        let mut from = i;
        while from > self.body && i - from < 5 && matches!(self.bytes[from - 1], b'.' | b'(') {
            from -= 1;
        }
        while from > self.body && i - from < 5 && self.bytes[from - 1].is_ascii_alphanumeric() {
            from -= 1;
        }
        if from > self.body && self.bytes[from - 1] == b'(' {
            from -= 1;
        }
        let spaced = before(self.text, from).is_some_and(is_space);
        let next = item::parse(self.text, from)?;
        if from <= self.body || !spaced || current.bullet.is_some() || !next.follows(&current) {
            return None;
        }
        let end = trim_end(self.text, self.start, from);
        self.end(end, Rule::NewItem, Gap { end: from, breaks: 0, line: from });
        Some(self.body.max(i + 1))
    }

    /// A bullet within a line: begins an item if the sentence began with the same bullet.
    fn bullet(&mut self, i: usize, bullet: char) -> usize {
        let behind = i + bullet.len_utf8();
        let same = self.item.is_some_and(|item| item.bullet == Some(bullet));
        if !same || i < self.body || !before(self.text, i).is_some_and(is_space) {
            return behind;
        }
        let end = trim_end(self.text, self.start, i);
        self.end(end, Rule::NewItem, Gap { end: i, breaks: 0, line: i });
        self.body.max(behind)
    }

    /// A smiley at `i`, behind a space: people put it where a stop would be.
    fn smiley(&mut self, i: usize) -> usize {
        let Some(end) = self.detached(i) else { return i + 1 };
        let g = gap(self.text, end);
        if i <= self.body || g.end == end || g.breaks > 0 || self.next_token(g.end).class != Class::Upper {
            return end;
        }
        self.end(end, Rule::Smiley, g)
    }

    /// A run of `*`, `=`, `-` that stands alone is a sentence of its own.
    fn ruled_line(&mut self, i: usize) -> usize {
        let mark = self.bytes[i];
        let length = self.bytes[i..].iter().take_while(|&&b| b == mark).count();
        let end = i + length;
        let least = match mark {
            b'*' | b'~' => 3,
            b'_' => 10,
            _ => 5,
        };
        let g = gap(self.text, end);
        let opens = i == self.start || before(self.text, i).is_some_and(is_space);
        if length < least || (g.end == end && end < self.bytes.len()) || (!opens && length < 8) {
            return end;
        }
        if opens && i > self.start {
            let line = self.line;
            let before = trim_end(self.text, self.start, i);
            self.end(before, Rule::Separator, Gap { end: i, breaks: 0, line });
        }
        self.end(end, Rule::Separator, g)
    }

    /// The word that ends at `end`: back to a delimiter, at most 40 bytes, not before `self.body`.
    pub(super) fn word_before(&self, end: usize) -> &'a str {
        let least = self.body.max(end.saturating_sub(40));
        let mut from = end;
        while from > least {
            let b = self.bytes[from - 1];
            if b.is_ascii_alphanumeric() || b == b'.' || b == b'&' {
                from -= 1;
                continue;
            }
            match before(self.text, from) {
                Some(c) if b >= 0x80 && !delimits(c) && from - c.len_utf8() >= least => from -= c.len_utf8(),
                _ => break,
            }
        }
        self.text.get(from..end).unwrap_or_default()
    }

    /// The word that begins at `i`, at most 40 bytes long.
    pub(super) fn word_at(&self, i: usize) -> &'a str {
        let mut to = i;
        while to < i + 40 {
            match at(self.text, to) {
                Some(c) if c.is_ascii_alphanumeric() || (!c.is_ascii() && !delimits(c)) => to += c.len_utf8(),
                _ => break,
            }
        }
        self.text.get(i..to).unwrap_or_default()
    }
}

/// Does `c`, which is not ASCII, separate words?
fn delimits(c: char) -> bool {
    is_space(c)
        || chars::is_opener(c)
        || chars::is_closer(c)
        || chars::is_dash(c)
        || chars::is_continuation(c)
        || is_bullet(c)
        || matches!(c, '\u{2024}'..='\u{2026}' | '\u{3000}'..='\u{3003}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff1f}')
        || chars::stop(c).is_some()
}
