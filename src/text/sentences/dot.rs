//! The decision at a single full stop with white space behind it: abbreviation or end?

use super::Rule;
use super::chars::{at, before, is_space};
use super::cluster::Cluster;
use super::language::{Class as Abbreviation, fold};
use super::lines::is_of_time;
use super::stops::{Class, Next};
use super::walk::{Sink, Verdict, Walk};

impl<S: Sink> Walk<'_, S> {
    pub(super) fn dot(&mut self, c: &Cluster, next: &Next) -> Verdict {
        let word = self.word_before(c.start);
        let Some(last) = word.chars().next_back() else {
            return self.plain(word, next);
        };
        // `isn't`, `we'll`: the rest of a contraction is no abbreviation; `l'A.`, `l'Ing.` may be.
        let behind = before(self.text, c.start - word.len());
        if matches!(behind, Some('\'' | '\u{2019}'))
            && matches!(word, "s" | "t" | "m" | "d" | "ll" | "ve" | "re")
        {
            return self.plain("", next);
        }
        if word.bytes().all(|b| b.is_ascii_digit()) {
            return self.number(word, c, next);
        }
        // `(b. 1950)`, whatever its letters are.
        if behind == Some('(') && next.class == Class::Digit && !c.closed && word.chars().nth(3).is_none() {
            return Verdict::go_on(Rule::Abbreviation);
        }
        // `9 in. pan`: a word everywhere else.
        let inches = word == "in" && next.class == Class::Lower && !c.closed;
        if inches && !self.number_before(c.start - word.len()).is_empty() {
            return Verdict::go_on(Rule::Abbreviation);
        }
        let single = word.len() == last.len_utf8() && last.is_alphabetic() && !is_syllable(last);
        if single && !c.closed && self.is_initial_at(next) {
            return Verdict::go_on(Rule::Initial);
        }
        if let Some(class) = self.abbreviation(word, c.start) {
            if self.is_ticker(c.end) {
                return Verdict::go_on(Rule::Abbreviation);
            }
            return self.abbreviated(class, word, c, next);
        }
        if single {
            return self.initial(word, c, next);
        }
        if is_acronym(word) {
            return if self.begins_sentence(next) && !c.closed || c.closed && next.class != Class::Lower {
                Verdict::end(Rule::AbbreviationEnd)
            } else {
                Verdict::go_on(Rule::Acronym)
            };
        }
        // `XII. Pluk`, `Ludwig XIV. Bourbon`
        let ordinal = self.splitter.lexicon.ordinals && is_roman(word) && next.class == Class::Upper;
        if ordinal && !c.closed && !self.begins_sentence(next) {
            return Verdict::go_on(Rule::Ordinal);
        }
        if !c.closed && self.completes_title(word, c.start, next) {
            return Verdict::go_on(Rule::Title);
        }
        if !c.closed && self.spells(word, c.start, next) {
            return Verdict::go_on(Rule::Acronym);
        }
        self.plain(word, next)
    }

    /// `Boeing Co. <BA>`: the sign of a share behind white space at `i`.
    fn is_ticker(&self, i: usize) -> bool {
        let Some(sign) = self.bytes.get(i + 1..).and_then(|rest| rest.strip_prefix(b"<")) else {
            return false;
        };
        let length =
            sign.iter().take(12).take_while(|b| b.is_ascii_uppercase() || matches!(b, b'.' | b'-')).count();
        length > 0 && sign.get(length) == Some(&b'>')
    }

    /// `Prof. em. Anna`, `Dr. sc. Weber`: a small short word between a title and a name.
    fn completes_title(&mut self, word: &str, end: usize, next: &Next) -> bool {
        let from = end - word.len();
        if next.class != Class::Upper
            || !word.starts_with(char::is_lowercase)
            || word.chars().nth(3).is_some()
            || from < self.body + 3
            || !self.bytes[..from].ends_with(b". ")
            || self.begins_sentence(next)
        {
            return false;
        }
        let title = self.word_before(from - 2);
        fold(title, &mut self.fold);
        let capital = title.starts_with(char::is_uppercase);
        self.splitter.lexicon.class(&self.fold, capital) == Some(Abbreviation::Title)
    }

    /// `बी.जे.पी.`, `ए. पी. जे. कलाम`: letters that are spelt by their names, which have vowel signs.
    fn spells(&self, word: &str, end: usize, next: &Next) -> bool {
        if next.class != Class::Letter || next.opened || word.is_ascii() {
            return false;
        }
        if word.contains('.') {
            return word
                .split('.')
                .all(|part| is_akshara(part) || is_indic(part) && part.chars().count() == 2);
        }
        let from = end - word.len();
        let follows = from > self.body + 2
            && self.bytes[..from].ends_with(b". ")
            && is_akshara(self.word_before(from - 2).rsplit('.').next().unwrap_or_default());
        let after = self.word_at(next.word);
        let precedes = is_akshara(after) && self.bytes.get(next.word + after.len()) == Some(&b'.');
        is_akshara(word) && (follows || precedes)
    }

    /// An ordinary word or none before the full stop.
    fn plain(&mut self, word: &str, next: &Next) -> Verdict {
        if next.class != Class::Lower {
            return Verdict::end(Rule::FullStop);
        }
        // Small letters after a full stop: an abbreviation that no list has, or a writer in a hurry.
        let hurry = self.splitter.lexicon.small_starts || self.is_loose();
        if hurry && !is_vowelless(word) {
            Verdict::end(Rule::FullStop)
        } else {
            Verdict::go_on(Rule::LowerCase)
        }
    }

    fn number(&mut self, word: &str, c: &Cluster, next: &Next) -> Verdict {
        if !self.splitter.lexicon.ordinals || word.len() > 3 || c.closed || next.opened {
            return self.plain(word, next);
        }
        let ordinal = match next.class {
            Class::Lower | Class::Digit => true,
            Class::Upper => {
                let noun = self.splitter.lexicon.capital_nouns
                    && word.len() <= 2
                    && !self.is_numbered(c.start - word.len());
                noun && !self.begins_sentence(next) || self.is_after_ordinal(next)
            }
            _ => false,
        };
        if ordinal { Verdict::go_on(Rule::Ordinal) } else { self.plain(word, next) }
    }

    /// `Kap. 5. Mehr`: the number at `i` belongs to the abbreviation before it.
    fn is_numbered(&mut self, i: usize) -> bool {
        if i < self.body + 3 || !self.bytes[..i].ends_with(b". ") {
            return false;
        }
        let word = self.word_before(i - 2);
        fold(word, &mut self.fold);
        let capital = word.starts_with(char::is_uppercase);
        self.splitter.lexicon.class(&self.fold, capital) == Some(Abbreviation::Number)
    }

    fn is_after_ordinal(&mut self, next: &Next) -> bool {
        let word = self.word_at(next.word);
        self.splitter.lexicon.after_ordinal.contains(word, &mut self.fold)
    }

    /// The class of `word`, which ends at `end`, alone or as the last part of `z. B.`
    fn abbreviation(&mut self, word: &str, end: usize) -> Option<Abbreviation> {
        if let Some(class) = self.joined_abbreviation(word, end) {
            return Some(class);
        }
        let letters = word.bytes().all(|b| b.is_ascii_alphabetic());
        if letters && !self.splitter.lexicon.may_abbreviate(word) {
            return None;
        }
        let capital = word.starts_with(char::is_uppercase);
        fold(word.trim_start_matches('.'), &mut self.fold);
        let lexicon = &self.splitter.lexicon;
        lexicon.class(&self.fold, capital).or_else(|| {
            // `Dipl.-Ing.`, `Sig.ra`: the part behind the last stop decides.
            let tail = self.fold.rsplit('.').next().filter(|t| t.chars().nth(1).is_some())?;
            lexicon.class(tail, capital)
        })
    }

    /// Up to four short parts with white space between them, looked up without it.
    fn joined_abbreviation(&mut self, word: &str, end: usize) -> Option<Abbreviation> {
        let mut from = end - word.len();
        let mut part = word;
        for _ in 0..3 {
            let space = before(self.text, from).filter(|&c| is_space(c))?;
            let stop = from - space.len_utf8();
            if part.chars().nth(3).is_some() || stop <= self.body || self.bytes[stop - 1] != b'.' {
                return None;
            }
            part = self.word_before(stop - 1);
            if part.is_empty() || part.chars().nth(3).is_some() {
                return None;
            }
            from = stop - 1 - part.len();
            let capital = part.starts_with(char::is_uppercase);
            self.fold.clear();
            for c in self.text.get(from..end)?.chars().filter(|&c| !is_space(c)) {
                match c {
                    c if c.is_ascii() => self.fold.push(c.to_ascii_lowercase()),
                    c => self.fold.extend(c.to_lowercase()),
                }
            }
            if let Some(class) = self.splitter.lexicon.class(&self.fold, capital) {
                return Some(class);
            }
        }
        None
    }

    fn abbreviated(&mut self, class: Abbreviation, word: &str, c: &Cluster, next: &Next) -> Verdict {
        let on = |rule| Verdict::go_on(rule);
        let end = Verdict::end(Rule::AbbreviationEnd);
        if c.closed {
            // `(2010 г.) — 5 тыс.`, `(Ill.) Anna`: the stop within a remark is not the sentence's.
            let remark = c.remark && !matches!(self.bytes[self.start], b'(' | b'[');
            let goes_on = next.class == Class::Lower || remark && !self.begins_sentence(next);
            return if goes_on { on(Rule::QuoteContinues) } else { end };
        }
        match class {
            Abbreviation::User => on(Rule::UserAbbreviation),
            Abbreviation::Title => on(Rule::Title),
            Abbreviation::Number => match next.class {
                Class::Digit => on(Rule::BeforeNumber),
                Class::Upper if is_roman(self.word_at(next.word)) => on(Rule::BeforeNumber),
                // `no` is a word of its own; `op. cit.` is not.
                Class::Lower if !word.eq_ignore_ascii_case("no") => on(Rule::Abbreviation),
                // `319 S. Denver`
                _ if word.chars().nth(1).is_none() => self.initial(word, c, next),
                _ => self.plain(word, next),
            },
            _ if matches!(next.class, Class::Lower | Class::Digit | Class::Stop) => on(Rule::Abbreviation),
            _ if self.begins_sentence(next) => end,
            // `5 p.m. Monday`, `5 p.m. EST`
            Abbreviation::End if word.ends_with(['m', 'M']) && word.contains('.') && self.is_time(next) => {
                on(Rule::Abbreviation)
            }
            _ if next.bracket => on(Rule::Abbreviation),
            // `At 5 p.m. Mr. Smith left.`: too early for an end.
            Abbreviation::End if self.words_before(c.start) > 3 => end,
            _ if next.class == Class::Letter => end,
            Abbreviation::Mid | Abbreviation::End
                if next.class == Class::Upper
                    && !word.contains('.')
                    && !self.splitter.lexicon.capital_nouns
                    && self.is_unit(word, c, next) =>
            {
                end
            }
            Abbreviation::Mid if next.opened && next.class == Class::Upper => end,
            _ => on(Rule::Abbreviation),
        }
    }

    /// A day, a month or a time zone.
    fn is_time(&self, next: &Next) -> bool {
        let word = self.word_at(next.word);
        let zone = (2..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
        zone || is_of_time(word)
    }

    /// `5 kg. Anna`: behind a number it is a unit or a date.
    fn is_unit(&self, word: &str, c: &Cluster, next: &Next) -> bool {
        let number = self.number_before(c.start - word.len());
        // `W 1905 r. Anna`: too early for an end.
        let early = number.len() == 4 && self.words_before(c.start) <= 3;
        !number.is_empty() && !early && !self.is_code(next)
    }

    /// The number before the white space before `i`, or nothing.
    fn number_before(&self, i: usize) -> &str {
        let Some(space) = before(self.text, i).filter(|&c| is_space(c)) else { return "" };
        let number = self.word_before(i - space.len_utf8());
        if number.bytes().all(|b| b.is_ascii_digit() || b == b'.') { number } else { "" }
    }

    /// `3 mil. Kč`, `5 mil. USD`: two letters, or capitals only.
    fn is_code(&self, next: &Next) -> bool {
        let word = self.word_at(next.word);
        !next.opened && word.chars().nth(1).is_some() && {
            word.chars().nth(2).is_none() || word.chars().all(char::is_uppercase)
        }
    }

    /// A single letter before the full stop.
    fn initial(&mut self, word: &str, c: &Cluster, next: &Next) -> Verdict {
        let on = Verdict::go_on(Rule::Initial);
        if c.closed {
            return if next.class == Class::Lower { on } else { Verdict::end(Rule::InitialEnd) };
        }
        match next.class {
            Class::Upper if self.begins_sentence(next) => {
                // `W. In ...`: another initial or a name never begins like a sentence.
                Verdict::end(Rule::InitialEnd)
            }
            Class::Upper | Class::Letter => {
                let small = word.starts_with(char::is_lowercase);
                let previous = before(self.text, c.start - word.len());
                // A letter that is glued to a number is a unit (`5m.`), not an initial; so are some behind a space.
                let degrees = self.text[..c.start - word.len()].trim_end_matches(is_space).ends_with('°');
                let unit = degrees
                    || small && previous.is_some_and(|p| p.is_numeric())
                    || matches!(word, "m" | "g" | "l" | "h" | "s" | "t")
                        && next.class == Class::Upper
                        && !self.number_before(c.start - word.len()).is_empty();
                if unit { self.plain(word, next) } else { on }
            }
            Class::Lower | Class::Digit | Class::Stop | Class::Continuation => on,
            Class::Symbol => Verdict::end(Rule::InitialEnd),
        }
    }

    /// Does what follows begin with a single letter and a full stop?
    fn is_initial_at(&self, next: &Next) -> bool {
        let word = self.word_at(next.word);
        let mut letters = word.chars();
        let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        single && !next.opened && !next.dash && self.bytes.get(next.word + word.len()) == Some(&b'.')
    }

    /// Does what follows begin with a word that begins sentences and is no name?
    pub(super) fn begins_sentence(&mut self, next: &Next) -> bool {
        if next.class != Class::Upper {
            return false;
        }
        let word = self.word_at(next.word);
        let behind = at(self.text, next.word + word.len());
        // `I.` is an initial; `The-` is no word.
        if !behind.is_none_or(|b| is_space(b) || matches!(b, ',' | '\'' | '\u{2019}' | ':' | '!' | '?')) {
            return false;
        }
        // Among capitals a capital tells nothing: `U.S. ON TRADE MOVES`.
        let shouted = word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
        !shouted && self.splitter.lexicon.starters.contains(word, &mut self.fold)
    }

    /// How many words of the sentence stand before `i`, counted up to five.
    fn words_before(&self, i: usize) -> usize {
        let from = self.body.max(i.saturating_sub(60));
        if from > self.body {
            return 5;
        }
        self.bytes[from..i].split(u8::is_ascii_whitespace).filter(|w| !w.is_empty()).count()
    }
}

/// Single letters with full stops between them: `U.S`, `а.б`.
fn is_acronym(word: &str) -> bool {
    let mut parts = 0;
    for part in word.split('.') {
        let mut letters = part.chars();
        if !letters.next().is_some_and(char::is_alphabetic) || letters.next().is_some() {
            return false;
        }
        parts += 1;
    }
    parts > 1
}

/// A character that writes a whole syllable or word: no initial.
fn is_syllable(c: char) -> bool {
    matches!(c, '\u{1200}'..='\u{137f}' | '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// A consonant or vowel of a script of India with its signs.
fn is_akshara(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic)
        && is_indic(word)
        && letters.clone().count() < 3
        && letters.all(|c| matches!(u32::from(c) & 0x7f, 1..=3 | 0x3c | 0x3e..=0x4d))
}

fn is_indic(word: &str) -> bool {
    word.chars().all(|c| matches!(c, '\u{900}'..='\u{dff}'))
}

/// A Roman numeral in capitals (not `I`, which is more often a pronoun).
fn is_roman(word: &str) -> bool {
    !word.is_empty() && word != "I" && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C'))
}

/// A short Latin word without a vowel is an abbreviation (`blvd`), unless it is all capitals.
fn is_vowelless(word: &str) -> bool {
    (2..=5).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_alphabetic())
        && !word.bytes().any(|b| matches!(b | 0x20, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'))
        && word.bytes().any(|b| b.is_ascii_lowercase())
}
