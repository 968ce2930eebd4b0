//! The pass that finds runs of capitalised words. A run is as long as any reading allows, with small
//! words, hyphens and titles inside; what it consists of is decided later, once per distinct run.

use std::borrow::Cow;
use std::ops::Range;

use ahash::AHashMap;

use super::forms::{Form, Forms, Shape, Style};
use super::gaps::Gap;
use super::places::{Examples, Place};
use crate::corpus::Corpus;
use crate::entities::acronyms::{self, Order};
use crate::entities::pattern;
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::text::fold;
use crate::text::lists::names::Roles;

/// A distinct run.
#[derive(Debug, Clone)]
pub(super) struct Run<'a> {
    pub(super) surface: Cow<'a, str>,
    /// Whether it begins where any word has a capital.
    pub(super) initial: bool,
    /// How often a place word ("in") stands before it, or it opens a report: "YSTAD, March 3 -".
    pub(super) places: u64,
    pub(super) examples: Examples,
    /// Its words in [`Runs::words`]; none where the surface is not as it stands in the text.
    words: Range<u32>,
}

/// A word of a run: its form and where it starts in the surface.
#[derive(Debug, Clone, Copy)]
pub(super) struct RunWord {
    pub(super) form: u32,
    pub(super) start: u32,
}

/// A pair of short and long form in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) doc: usize,
    pub(super) short: String,
    pub(super) long: String,
    pub(super) place: Place,
}

/// All runs of a corpus.
#[derive(Debug, Default)]
pub(super) struct Runs<'a> {
    pub(super) runs: Vec<Run<'a>>,
    words: Vec<RunWord>,
    /// (document, run, how often), by document.
    pub(super) in_docs: Vec<(usize, u32, u32)>,
    pub(super) pairs: Vec<Pair>,
}

impl Runs<'_> {
    /// The words of `run`, if they are the same in the text.
    pub(super) fn words(&self, run: &Run<'_>) -> &[RunWord] {
        &self.words[run.words.start as usize..run.words.end as usize]
    }

    /// How often each run stands in the corpus.
    pub(super) fn counts(&self) -> Vec<u64> {
        let mut counts = vec![0u64; self.runs.len()];
        self.in_docs.iter().for_each(|&(_, run, n)| counts[run as usize] += u64::from(n));
        counts
    }
}

#[derive(Default)]
struct Chunk<'a> {
    /// Runs within sentences, and those at their start.
    ids: [AHashMap<Cow<'a, str>, u32>; 2],
    out: Runs<'a>,
    /// For each run its last row of `in_docs`.
    last: Vec<usize>,
}

/// Finds the runs. Ids are in the order of the texts, whatever the threads.
pub(super) fn runs<'a>(
    corpus: &'a Corpus,
    forms: &Forms<'_>,
    chunks: &[Range<usize>],
    bytes: u64,
    job: &Job,
) -> Result<Runs<'a>> {
    let parts = parallel::map(job, chunks.len(), bytes, |chunk| {
        let part = Chunk::default();
        let (of, ids) = (&forms.of[..], &[][..]);
        let mut scan =
            Scan { corpus, forms, text: "", doc: 0, part, sentence: 0, tokens: 0..0, ids, of, first: 0 };
        for doc in chunks[chunk].clone() {
            job.check()?;
            scan.doc(doc);
            job.advance(1);
        }
        Ok(scan.part)
    })?;
    let mut parts = parts.into_iter();
    let mut all = parts.next().unwrap_or_default();
    for part in parts {
        job.check()?;
        let words = part.out.words;
        let names: Vec<u32> = part.out.runs.into_iter().map(|run| all.add(run, &words)).collect();
        all.out.in_docs.extend(part.out.in_docs.into_iter().map(|(d, r, n)| (d, names[r as usize], n)));
        all.out.pairs.extend(part.out.pairs);
    }
    Ok(all.out)
}

impl<'a> Chunk<'a> {
    /// The id of `run`, which came from another chunk where its words are among `words`.
    fn add(&mut self, mut run: Run<'a>, words: &[RunWord]) -> u32 {
        let ids = &mut self.ids[usize::from(run.initial)];
        if let Some(&id) = ids.get(&run.surface) {
            let known = &mut self.out.runs[id as usize];
            known.places += run.places;
            known.examples.extend(run.examples.as_slice().iter().copied());
            return id;
        }
        let id = self.out.runs.len() as u32;
        let first = self.out.words.len() as u32;
        self.out.words.extend(&words[run.words.start as usize..run.words.end as usize]);
        run.words = first..self.out.words.len() as u32;
        ids.insert(run.surface.clone(), id);
        self.out.runs.push(run);
        id
    }

    /// The id of the run `surface`; a new one has the words `words`.
    fn id(&mut self, surface: Cow<'a, str>, initial: bool, words: impl Iterator<Item = RunWord>) -> u32 {
        let ids = &mut self.ids[usize::from(initial)];
        if let Some(&id) = ids.get(&surface) {
            return id;
        }
        let id = self.out.runs.len() as u32;
        let first = self.out.words.len() as u32;
        self.out.words.extend(words);
        let words = first..self.out.words.len() as u32;
        ids.insert(surface.clone(), id);
        self.out.runs.push(Run { surface, initial, places: 0, examples: Examples::default(), words });
        self.last.push(usize::MAX);
        id
    }

    /// Counts the run `id` at `place`.
    fn count(&mut self, id: u32, in_place: bool, place: Place) {
        let run = &mut self.out.runs[id as usize];
        run.places += u64::from(in_place);
        run.examples.extend([place]);
        let last = &mut self.last[id as usize];
        match self.out.in_docs.get_mut(*last) {
            Some(row) if row.0 == place.doc => row.2 += 1,
            _ => {
                *last = self.out.in_docs.len();
                self.out.in_docs.push((place.doc, id, 1));
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Token<'f> {
    form: &'f Form,
    start: usize,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + self.form.len as usize
    }
}

struct Scan<'a, 'f> {
    corpus: &'a Corpus,
    forms: &'f Forms<'f>,
    text: &'a str,
    doc: usize,
    part: Chunk<'a>,
    /// The sentence that is read, its tokens, and what their forms are in it.
    sentence: usize,
    tokens: Range<usize>,
    ids: &'a [u32],
    of: &'f [Form],
    /// The first token that is a word.
    first: usize,
}

/// No name has more words than this.
const LONGEST: usize = 24;

impl Scan<'_, '_> {
    fn doc(&mut self, doc: usize) {
        (self.doc, self.text) = (doc, self.corpus.texts().text(doc));
        let sentences = self.corpus.columns().sentences_of(doc);
        for sentence in sentences.clone() {
            match self.forms.styles[sentence] {
                Style::Body => self.sentence(sentence, false),
                Style::Heading => self.sentence(sentence, true),
                Style::Capitals => {}
            }
        }
        let mut sentence = sentences.start;
        for pair in acronyms::acronyms(self.text) {
            let (first, last) = match pair.order {
                Order::LongFirst => (pair.long.start, pair.short.end),
                Order::ShortFirst => (pair.short.start, pair.long.end),
            };
            while sentence + 1 < sentences.end
                && self.corpus.columns().sentence_span(sentence + 1).start <= first
            {
                sentence += 1;
            }
            self.part.out.pairs.push(Pair {
                doc: self.doc,
                short: pattern::surface(&self.text[pair.short]).into_owned(),
                long: pattern::surface(&self.text[pair.long]).into_owned(),
                place: Place { doc: self.doc, sentence, start: first, end: last },
            });
        }
    }

    fn sentence(&mut self, sentence: usize, heading: bool) {
        let columns = self.corpus.columns();
        self.of = if heading { &self.forms.in_headings } else { &self.forms.of };
        self.sentence = sentence;
        self.tokens = columns.tokens_of_sentence(sentence);
        self.ids = &columns.forms()[self.tokens.clone()];
        let is_word = |&id: &u32| self.of[id as usize].shape != Shape::Other;
        self.first = self.ids.iter().position(is_word).unwrap_or(0);
        let mut i = 0;
        while i < self.ids.len() {
            if !self.forms.may_start(self.ids[i]) || !self.starts(i) {
                i += 1;
                continue;
            }
            let end = self.run(i);
            // Names stand side by side in headings: "Iran US Talks". Only a person's name is surely one.
            if !heading || end - i == 1 || self.at(i).form.any(Roles::FORENAME) && end - i <= 3 {
                self.push(sentence, i, end);
            }
            i = end;
        }
    }

    fn at(&self, i: usize) -> Token<'_> {
        let id = self.ids[i];
        let start = self.corpus.columns().token_start(self.sentence, self.tokens.start + i);
        Token { form: &self.of[id as usize], start }
    }

    fn get(&self, i: usize) -> Option<Token<'_>> {
        (i < self.ids.len()).then(|| self.at(i))
    }

    /// Whether a capital of token `i`, or a small word that begins a name, says nothing here.
    fn is_initial(&self, i: usize) -> bool {
        if i <= self.first {
            return true;
        }
        let (before, token) = (self.at(i - 1), self.at(i));
        let gap = &self.text[before.end()..token.start];
        // In brackets only sentences begin with a capital, and those begin with small words.
        let opens = gap.ends_with(['(', '[', '<']) && !token.form.any(Roles::FUNCTION);
        !(Gap::is_plain(gap) || opens)
    }

    fn gap(&self, i: usize) -> Gap {
        match (self.get(i), self.get(i + 1)) {
            (Some(a), Some(b)) => Gap::of(&self.text[a.end()..b.start]),
            _ => Gap::End,
        }
    }

    /// Whether token `i` has a capital and follows directly.
    fn goes_on(&self, i: usize) -> bool {
        matches!(self.gap(i), Gap::Space) && self.get(i + 1).is_some_and(|t| t.form.shape.is_capital())
    }

    /// Whether a run may start with token `i`.
    fn starts(&self, i: usize) -> bool {
        let token = self.at(i);
        let form = token.form;
        // Addresses, tags and tickers are no names.
        if self.text[..token.start].ends_with(['@', '#', '/', '_']) || self.is_tag(token.start) {
            return false;
        }
        match form.shape {
            Shape::Lower => {
                // "de Witt", "van den Berg".
                let small = |&j: &usize| self.is_particle(j) && self.gap(j) == Gap::Space;
                let last = i + (i + 1..i + 3).take_while(small).count();
                let capital = |t: Token<'_>| t.form.shape == Shape::Capital && !t.form.any(Roles::FUNCTION);
                !form.is_possessive()
                    && matches!(self.gap(i), Gap::Space | Gap::Hyphen)
                    && self.get(last + 1).is_some_and(capital)
            }
            Shape::Other => false,
            Shape::Initial => {
                // "A. Smith", "X-Men", but not "I" and not "A man".
                matches!(self.gap(i), Gap::Stop | Gap::Hyphen)
                    && self.get(i + 1).is_some_and(|t| t.form.shape.is_capital())
            }
            Shape::Capital | Shape::Capitals => {
                if form.any(Roles::CALENDAR) {
                    let next = self.get(i + 1).map_or(Roles::NONE, |t| t.form.roles);
                    return form.shape == Shape::Capital
                        && self.goes_on(i)
                        && next.any(Roles::ORG.or(Roles::WORK).or(Roles::LOC));
                }
                if form.any(Roles::FUNCTION.or(Roles::NUMBER)) {
                    return self.goes_on(i)
                        && !form.is_possessive()
                        && !self.at(i + 1).form.any(Roles::FUNCTION.or(Roles::CALENDAR));
                }
                true
            }
        }
    }

    /// Whether what starts at `start` is a tag or a ticker: "<TITLE>", "<IBM.N>". A name in pointed brackets is
    /// several words with nothing but marks of names between: "<Corvane Marine Inc>".
    fn is_tag(&self, start: usize) -> bool {
        const LONGEST: usize = 80;
        let Some(_) = self.text[..start].strip_suffix('<') else { return false };
        let bytes = &self.text.as_bytes()[start..self.text.len().min(start + LONGEST)];
        let Some(end) = memchr::memchr2(b'>', b'<', bytes).filter(|&end| bytes[end] == b'>') else {
            return true;
        };
        let words = &bytes[..end];
        let mark = |b: u8| b.is_ascii_alphanumeric() || b >= 128 || b" .,&'-()".contains(&b);
        !(words.contains(&b' ') && words.iter().all(|&b| mark(b)))
    }

    /// The token after the run that starts with `i`.
    fn run(&self, i: usize) -> usize {
        let mut last = i;
        while last + 1 < self.ids.len() && last - i < LONGEST {
            match self.next(i, last) {
                Some(next) => last = next,
                None => break,
            }
        }
        last + 1
    }

    /// The token with which the run `i..=last` goes on.
    fn next(&self, i: usize, last: usize) -> Option<usize> {
        let (t, u) = (self.at(last), self.get(last + 1)?);
        let gap = self.gap(last);
        if t.form.is_possessive() && !self.possessive_goes_on(last) {
            return None;
        }
        if u.form.shape.is_capital() {
            let ok = match gap {
                Gap::Space | Gap::And => self.capital_goes_on(last + 1),
                Gap::Hyphen => !u.form.any(Roles::CALENDAR),
                Gap::Stop => self.abbreviated(last) && !u.form.any(Roles::CALENDAR.or(Roles::FUNCTION)),
                Gap::Comma => {
                    last > i && u.form.any(Roles::COMPANY.or(Roles::SUFFIX)) && !u.form.any(Roles::FUNCTION)
                }
                Gap::Apostrophe => self.plural_goes_on(last),
                Gap::End => false,
            };
            return ok.then_some(last + 1);
        }
        if u.form.shape == Shape::Other {
            // "Pier 9", "Radio 1": a small number after an ordinary word.
            let text = &self.text[u.start..u.end()];
            let small = text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
            let common = t.form.shape == Shape::Capital && self.forms.words[t.form.word as usize].common;
            let head = common
                && !t.form.any(Roles::FUNCTION.or(Roles::CALENDAR).or(Roles::NUMBER).or(Roles::COUNTRY));
            // A result or a share goes on: "Giants 3-0", "Miller 6/1".
            let result = self.text[u.end()..].starts_with(['-', '/', ':', '\u{2013}', '%']);
            let named = small && head && gap == Gap::Space && !result && !self.is_initial(i);
            return named.then_some(last + 1);
        }
        self.small_words(last, gap)
    }

    /// Whether the capital token `i` may stand inside of a run.
    fn capital_goes_on(&self, i: usize) -> bool {
        let form = self.at(i).form;
        // "Edward Said", "Dick Spring": a capital that no heading and no sentence asks for.
        let surname = form.any(Roles::FUNCTION) || form.any(Roles::SEASON);
        if surname && !self.goes_on(i) && self.follows_forename(i) {
            return true;
        }
        if form.any(Roles::FUNCTION) {
            return form.shape == Shape::Capital
                && !form.is_possessive()
                && self.goes_on(i)
                && !self.at(i + 1).form.any(Roles::CALENDAR);
        }
        if form.shape == Shape::Initial && &self.text[self.at(i).start..self.at(i).end()] == "I" {
            return false;
        }
        if !form.any(Roles::CALENDAR) {
            return true;
        }
        // "Theresa May", but not "Trump May 10".
        let dated = self.get(i + 1).is_some_and(|t| t.form.shape == Shape::Other);
        form.any(Roles::MONTH_NAME) && !dated && self.at(i - 1).form.any(Roles::FORENAME.or(Roles::TITLE))
    }

    /// Whether a first name stands directly before token `i`, and it is written as a surname is.
    fn follows_forename(&self, i: usize) -> bool {
        let before = self.at(i - 1).form;
        self.at(i).form.shape == Shape::Capital
            && before.shape == Shape::Capital
            && before.any(Roles::FORENAME)
            && !before.is_possessive()
            && self.gap(i - 1) == Gap::Space
    }

    /// "George W. Bush", "U.S. State Department", "St. Odrun".
    fn abbreviated(&self, i: usize) -> bool {
        let t = self.at(i);
        let text = &self.text[t.start..t.end()];
        t.form.shape == Shape::Initial
            || text.contains('.')
            || text.chars().count() <= 4
                && t.form.any(Roles::TITLE.or(Roles::PREFIX_TITLE).or(Roles::LOC_FIRST).or(Roles::SUFFIX))
            || text == "Messrs"
            || text == "Capt"
    }

    /// "Lord's Resistance Army", but not "Pakistan's Foreign Ministry".
    fn possessive_goes_on(&self, i: usize) -> bool {
        let t = self.at(i);
        let word = &self.forms.words[t.form.word as usize];
        // "Weaver's Row": a word that is only ever written so, or is no name.
        let never_alone = word.bare == 0 || !word.is_name();
        self.gap(i) == Gap::Space && t.form.shape == Shape::Capital && never_alone && self.is_common_noun(i)
    }

    /// "Skippers' Guild", but not "Williams' Ferrari".
    fn plural_goes_on(&self, i: usize) -> bool {
        let t = self.at(i);
        let plural = self.text[t.start..t.end()].ends_with(['s', 'S']) && !t.form.is_possessive();
        plural && t.form.shape == Shape::Capital && self.is_common_noun(i)
    }

    fn is_common_noun(&self, i: usize) -> bool {
        let form = self.at(i).form;
        let word = &self.forms.words[form.word as usize];
        let person =
            Roles::FUNCTION.or(Roles::CALENDAR).or(Roles::COUNTRY).or(Roles::TITLE).or(Roles::DEMONYM);
        word.common && !form.any(person)
    }

    /// Whether token `i` is a small word inside of a name, and no English one.
    fn is_particle(&self, i: usize) -> bool {
        self.get(i).is_some_and(|t| {
            let english = ["as", "us", "ad", "do", "ten", "o", "i", "e", "ud", "az"];
            t.form.shape == Shape::Lower
                && t.form.any(Roles::PARTICLE.or(Roles::LEAD))
                && !english.contains(&&self.text[t.start..t.end()])
        })
    }

    /// Small words after `last` that lead to another capital: "of the", "de la", "-i-".
    fn small_words(&self, last: usize, gap: Gap) -> Option<usize> {
        let u = self.get(last + 1)?;
        // "Mr. van den Berg", "J. van den Berg".
        let before = self.at(last).form;
        let stop = gap == Gap::Stop && (before.shape == Shape::Initial || before.any(Roles::TITLE));
        if u.form.is_possessive() || !(stop || matches!(gap, Gap::Space | Gap::Hyphen)) {
            return None;
        }
        let capital = |i: usize| {
            self.get(i).filter(|t| {
                let any = |roles| t.form.any(roles);
                t.form.shape.is_capital()
                    && !any(Roles::CALENDAR)
                    && (!any(Roles::FUNCTION) || self.goes_on(i))
                    && &self.text[t.start..t.end()] != "I"
            })
        };
        let word = |i: usize| self.get(i).map_or("", |t| &self.text[t.start..t.end()]);
        if gap == Gap::Hyphen {
            // "Tehrik-i-Taliban"; a hyphen before the small word asks for one after it.
            let compound = u.form.any(Roles::COMPOUND) && self.gap(last + 1) == Gap::Hyphen;
            return (compound && capital(last + 2).is_some()).then_some(last + 2);
        }
        let next_is = |i: usize, gap: Gap| self.gap(i) == gap && capital(i + 1).is_some();
        match word(last + 1) {
            "of" | "for" | "on" | "and" if next_is(last + 1, Gap::Space) => return Some(last + 2),
            "of" | "for"
                if self.gap(last + 1) == Gap::Space
                    && word(last + 2) == "the"
                    && next_is(last + 2, Gap::Space) =>
            {
                return Some(last + 3);
            }
            _ => {}
        }
        for more in 0..3 {
            if !self.is_particle(last + 1 + more) {
                return None;
            }
            match self.gap(last + 1 + more) {
                Gap::Space | Gap::Hyphen if capital(last + 2 + more).is_some() => {
                    return Some(last + 2 + more);
                }
                Gap::Space => {}
                _ => return None,
            }
        }
        None
    }

    /// Whether a report opens with what ends at `end`: "YSTAD, March 3 - ", "PORT SKARROW, Maine, April 12 - ".
    fn is_dateline(&self, end: usize) -> bool {
        const LONGEST: usize = 40;
        let rest = &self.text.as_bytes()[end..self.text.len().min(end + LONGEST)];
        let dash = memchr::memmem::find(rest, b" - ").or_else(|| memchr::memmem::find(rest, b" -- "));
        dash.is_some_and(|dash| rest[0] == b',' && rest[dash - 1].is_ascii_digit())
    }

    /// Counts the run of the tokens `i..end`.
    fn push(&mut self, sentence: usize, i: usize, end: usize) {
        let (first, last) = (self.at(i), self.at(end - 1));
        let start = first.start;
        let mut stop = last.end() - (last.form.len - last.form.stem) as usize;
        let tail = &self.text[last.start..stop];
        // The stop of an abbreviation belongs to the name: "U.S.", "Corvane Marine Inc.", but not that after
        // "Corvane Company".
        let street = matches!(tail, "St" | "Ave" | "Blvd" | "Rd");
        let abbreviation = tail.contains('.')
            || end - i > 1
                && (street || tail.len() <= 4 && last.form.any(Roles::COMPANY.or(Roles::SUFFIX)))
                && !tail.ends_with(char::is_uppercase);
        if !last.form.is_possessive() && self.text[stop..].starts_with('.') && abbreviation {
            stop += 1;
        }
        // Not borrowed from `self`: the text outlives the scan.
        let text = &self.corpus.texts().text(self.doc)[start..stop];
        let simple = text.is_ascii() && !text.contains("  ") && !text.contains(['\n', '\t', '\r']);
        let surface = if simple { Cow::Borrowed(text) } else { pattern::surface(text) };
        // "in Corvane's report" says nothing of places.
        let in_place = i > 0
            && !last.form.is_possessive()
            && matches!(
                &self.text[self.at(i - 1).start..self.at(i - 1).end()],
                "in" | "near" | "across" | "throughout" | "In" | "inside"
            )
            && self.gap(i - 1) == Gap::Space
            || i <= self.first && first.form.shape == Shape::Capitals && self.is_dateline(stop);
        let place = Place { doc: self.doc, sentence, start, end: stop };
        debug_assert!(fold::possessive_stem(&surface) == surface.len() || surface.contains(' '));
        let (columns, tokens, ids) = (self.corpus.columns(), self.tokens.start, self.ids);
        let word = |t: usize| RunWord {
            form: ids[t],
            start: (columns.token_start(sentence, tokens + t) - start) as u32,
        };
        let initial = self.is_initial(i);
        let id = self.part.id(surface, initial, (i..end).filter(|_| simple).map(word));
        self.part.count(id, in_place, place);
    }
}
