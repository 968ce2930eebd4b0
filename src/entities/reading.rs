//! Names found while the texts are read: no word is numbered and no place of a word is kept, only the
//! sentences and the mentions. The answer is that of [`super::mentions`] in a corpus of the same texts.

use std::ops::Range;

use super::filter::{FIRST, Filter, LATER, POSSESSIVE, Seen, WHOLE};
use super::gazetteer::{Gazetteer, SPACE};
use super::matcher::{Mention, begins, is_followed};
use super::pattern;
use super::walk::{self, Walk};
use crate::corpus::columns::Columns;
use crate::corpus::pieces::{self, Piece};
use crate::corpus::short::Short;
use crate::corpus::{Corpus, Vocabulary};
use crate::error::Result;
use crate::parallel::Job;
use crate::text::sentences::Splitter;
use crate::text::words::Sink;
use crate::text::{fold, words};

/// The texts of `corpus`, which need not be read, with their sentences and without their words; and every
/// mention of `gazetteer`.
pub fn read(corpus: &Corpus, gazetteer: &Gazetteer, job: &Job) -> Result<(Corpus, Vec<Mention>)> {
    let splitter = &corpus.reader().splitter;
    let init = || Scan {
        gazetteer,
        splitter,
        words: Vec::new(),
        starts: Vec::new(),
        head: 0,
        places: Vec::new(),
        paths: Vec::new(),
        ends: Vec::new(),
        memory: Memory::default(),
        found: Vec::new(),
    };
    let read = pieces::fold(
        corpus.texts(),
        splitter,
        job,
        init,
        |scan: &mut Scan<'_>, columns, piece| match piece {
            Piece::Short { first, short } => scan.short(columns, first, short),
            Piece::Long { doc, document, range } => scan.long(columns, doc, document, range, job),
        },
        |scan, sentences| (sentences, std::mem::take(&mut scan.found)),
    )?;
    let mut count: usize = read.outputs.iter().map(|(_, (_, found))| found.len()).sum();
    let mut all = Vec::new();
    for (sentences, (before, mut found)) in read.outputs {
        count -= found.len();
        found.iter_mut().for_each(|m| m.sentence = m.sentence - before + sentences);
        if all.is_empty() {
            // Of one thread these are all.
            all = found;
            all.reserve_exact(count);
        } else {
            all.append(&mut found);
        }
    }
    let corpus = corpus.with_sentences(read.columns)?;
    gazetteer.hush(&corpus, &mut all);
    Ok((corpus, all))
}

/// The forms that must be folded before the filter knows them, with what it knows.
#[derive(Default)]
struct Memory {
    forms: Vocabulary,
    seen: Vec<Seen>,
    folded: String,
}

struct Scan<'a> {
    gazetteer: &'a Gazetteer,
    splitter: &'a Splitter,
    /// The words of the current stretch.
    words: Vec<(usize, usize)>,
    /// Those with whose first letters, and those of the next, a name begins.
    starts: Vec<usize>,
    /// What the first letters of the last word tell.
    head: u8,
    /// Those with which one may begin.
    places: Vec<Place>,
    /// Paths that lead on from there, and the words at which the first of these end.
    paths: Vec<u64>,
    ends: Vec<usize>,
    memory: Memory,
    /// The mentions of the current chunk, their sentences counted over the columns.
    found: Vec<Mention>,
}

/// A word with which a name may begin, and what the filter knows of it and of the next.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    token: usize,
    first: Seen,
    second: Seen,
}

/// A document whose words were read.
struct Document<'a> {
    number: usize,
    text: &'a str,
    /// Where it stands in what was read.
    range: Range<usize>,
    /// Its sentences from the current one on.
    sentences: Range<usize>,
}

/// How much text is read between two looks at a stop request.
const WINDOW: usize = 256 * 1024;

impl Scan<'_> {
    /// Reads short documents, the first of which is `first`: their words at once, then one by one.
    fn short(&mut self, columns: &mut Columns, first: usize, short: &Short) -> Result<()> {
        let text = &short.text;
        self.clear();
        self.read(text, 0..text.len());
        self.end();
        let closed = columns.n_docs();
        for range in short.docs() {
            let sentence = columns.n_sentences();
            let mut result = Ok(());
            self.splitter.while_each(&text[range.clone()], |sentence| {
                result = columns.push_sentence(sentence, 0);
                result.is_ok()
            });
            result?;
            // Nothing stands before a sentence that a document begins with.
            if columns.n_sentences() > sentence && columns.sentence_span(sentence).start > 0 {
                let word = self.words.partition_point(|word| word.0 < range.start);
                if let Some(&(start, _)) = self.words.get(word).filter(|word| word.0 < range.end) {
                    columns.reach(sentence, start - range.start);
                }
            }
            columns.close_doc();
        }
        self.look(text, self.words.len())?;
        let places = std::mem::take(&mut self.places);
        let mut walk = Walk::new(self.gazetteer, text);
        let mut rest = places.as_slice();
        for (i, range) in short.docs().enumerate() {
            let count = rest.iter().take_while(|place| self.words[place.token].0 < range.end).count();
            let (own, later) = rest.split_at(count);
            rest = later;
            let sentences = columns.sentences_of(closed + i);
            if !own.is_empty() && !sentences.is_empty() {
                let text = &text[range.clone()];
                walk.turn_to(text);
                let mut document = Document { number: first + i, text, range, sentences };
                self.names(own, &mut document, columns, &mut walk);
            }
        }
        self.places = places;
        Ok(())
    }

    /// Reads a piece of a document that no name and no sentence crosses the ends of.
    fn long(
        &mut self,
        columns: &mut Columns,
        doc: usize,
        text: &str,
        range: Range<usize>,
        job: &Job,
    ) -> Result<()> {
        let end = range.end;
        let sentence = columns.n_sentences();
        let mut result = Ok(());
        self.splitter.while_each(&text[range.clone()], |sentence| {
            result = job.check().and_then(|()| columns.push_sentence(sentence, range.start));
            result.is_ok()
        });
        result?;
        let sentences = sentence..columns.n_sentences();
        if sentences.is_empty() {
            return Ok(());
        }
        self.clear();
        let mut document = Document { number: doc, text, range: 0..text.len(), sentences };
        let mut walk = Walk::new(self.gazetteer, text);
        let mut start = range.start;
        while start < end {
            job.check()?;
            let stop = words::next_cut(&text[..end], end.min(start + WINDOW));
            self.read(text, start..stop);
            if start == range.start
                && let Some(&(word, _)) = self.words.first()
            {
                columns.reach(sentence, word);
            }
            start = stop;
            // Names may go on behind the window.
            let mut decided = self.words.len();
            if start < end {
                decided = decided.saturating_sub(self.gazetteer.longest.max(1));
            } else {
                self.end();
            }
            self.look(text, decided)?;
            let places = std::mem::take(&mut self.places);
            self.names(&places, &mut document, columns, &mut walk);
            self.places = places;
            self.words.drain(..decided);
        }
        Ok(())
    }

    fn clear(&mut self) {
        self.words.clear();
        self.starts.clear();
        self.head = 0;
    }

    /// Reads the words of the stretch `range` of `text`.
    fn read(&mut self, text: &str, range: Range<usize>) {
        let Self { gazetteer, words, starts, head, .. } = self;
        let (filter, bytes, origin) = (&gazetteer.filter, text.as_bytes(), range.start);
        let count = starts.len();
        let mut read = Words { filter, text: bytes, origin, words, starts, count, head };
        words::scan(&text[range], &mut read);
        let count = read.count;
        starts.truncate(count);
    }

    /// Nothing follows the last word.
    fn end(&mut self) {
        if begins(std::mem::take(&mut self.head), 0) == 1 {
            self.starts.push(self.words.len() - 1);
        }
    }

    /// Finds the places before the word `decided`. Those behind it are looked at next time, when words are
    /// counted from there.
    fn look(&mut self, text: &str, decided: usize) -> Result<()> {
        let Self { gazetteer, words, starts, places, memory, .. } = self;
        let count = starts.partition_point(|&token| token < decided);
        if places.len() < count {
            places.resize(count, Place::default());
        }
        // Twice without a branch that depends on the text: the first look leaves few for the second.
        words::widest(
            #[inline(always)]
            || {
                let mut kept = 0;
                for &token in &starts[..count] {
                    let first = memory.seen(gazetteer, text, words.get(token))?;
                    (places[kept].token, places[kept].first) = (token, first);
                    kept += usize::from(first.marks & FIRST);
                }
                let count = std::mem::take(&mut kept);
                for i in 0..count {
                    let Place { token, first, .. } = places[i];
                    let second = memory.seen(gazetteer, text, words.get(token + 1))?;
                    places[kept] = Place { token, first, second };
                    kept += usize::from(is_followed(gazetteer, first, second));
                }
                places.truncate(kept);
                Ok(())
            },
        )?;
        starts.drain(..count);
        starts.iter_mut().for_each(|token| *token -= decided);
        self.ask(text)
    }

    /// Asks the memory for what the walks from the places will most likely read: it is far apart, and each thing
    /// tells where the next is. All places at once, so that no walk waits.
    fn ask(&mut self, text: &str) -> Result<()> {
        let Self { gazetteer, words, places, paths, ends, memory, .. } = self;
        let Gazetteer { filter, hasher, nodes, .. } = gazetteer;
        paths.clear();
        ends.clear();
        for Place { token, first, second } in &*places {
            let alone = first.marks & WHOLE != 0;
            paths.push(if alone { first.hash } else { hasher.step(first.hash, SPACE, second.hash) });
            ends.push(token + usize::from(!alone));
        }
        paths.iter().for_each(|&path| nodes.prefetch(path));
        // One word more: longer names are few, and may be as long as the text.
        for i in 0..ends.len() {
            let path = paths[i];
            if nodes.may_go_on(path) {
                let seen = memory.seen(gazetteer, text, words.get(ends[i] + 1))?;
                if filter.may_go_on(path, seen.hash) {
                    let longer = hasher.step(path, SPACE, seen.hash);
                    nodes.prefetch(longer);
                    paths.push(longer);
                }
            }
        }
        gazetteer.ask(paths);
        Ok(())
    }

    /// Adds the names that begin at `places` of `document`.
    fn names(
        &mut self,
        places: &[Place],
        document: &mut Document<'_>,
        columns: &Columns,
        walk: &mut Walk<'_>,
    ) {
        let Self { gazetteer, words, memory, found, .. } = self;
        let Document { number, text, ref range, ref mut sentences } = *document;
        let folded = &mut memory.folded;
        let (begin, end) = (range.start, range.end);
        let mut own = Tokens { gazetteer, text, begin, end, words, at: 0, seen: Default::default(), folded };
        for place in places {
            (own.at, own.seen) = (place.token, [place.first, place.second]);
            let start = own.words[place.token].0 - begin;
            // A word belongs to the last sentence that starts at or before it.
            while sentences.len() > 1 && columns.sentence_span(sentences.start + 1).start <= start {
                sentences.start += 1;
            }
            let sentence = sentences.start;
            let at = Mention { doc: number, sentence, start, end: start, entity: 0, alias: 0 };
            walk.names_at(place.token, place.first.marks & WHOLE != 0, at, &mut own, found);
        }
    }
}

/// Takes the words of a stretch of `text` that begins at byte `origin`, and notes those with whose first letters,
/// and those of the next, a name begins.
struct Words<'a> {
    filter: &'a Filter,
    text: &'a [u8],
    origin: usize,
    words: &'a mut Vec<(usize, usize)>,
    /// As many as `count`; behind them is room.
    starts: &'a mut Vec<usize>,
    count: usize,
    /// What the first letters of the last word tell.
    head: &'a mut u8,
}

impl Sink for Words<'_> {
    const STOPS: bool = false;

    #[inline(always)]
    fn word(&mut self, start: usize, end: usize) {
        let word = (self.origin + start, self.origin + end);
        let head = self.filter.head(self.text, word.0);
        // Before the first word nothing begins.
        if begins(std::mem::replace(self.head, head), head) == 1 {
            self.starts.truncate(self.count);
            self.starts.push(self.words.len() - 1);
            self.count += 1;
        }
        self.words.push(word);
    }

    #[inline(always)]
    fn words(&mut self, base: usize, words: &[[u16; 2]]) {
        let Self { filter, text, origin, words: all, starts, count, head } = self;
        let base = *origin + base;
        let first = all.len();
        // The vectors grow once for all of them, and nothing is jumped over.
        all.extend(words.iter().map(|&[start, end]| (base + usize::from(start), base + usize::from(end))));
        if starts.len() < *count + words.len() {
            starts.resize(2 * (*count + words.len()), 0);
        }
        let room = &mut starts[*count..];
        let (mut more, mut before) = (0, **head);
        for (token, &[start, _]) in (first..).zip(words) {
            let head = filter.head(text, base + usize::from(start));
            room[more] = token.wrapping_sub(1);
            more += usize::from(begins(before, head));
            before = head;
        }
        (*count, **head) = (*count + more, before);
    }

    #[inline(always)]
    fn stop(&mut self, _: usize) {}
}

impl Memory {
    /// What the filter knows of the word at `span` of `text`, if there is one.
    #[inline(always)]
    fn seen(&mut self, gazetteer: &Gazetteer, text: &str, span: Option<&(usize, usize)>) -> Result<Seen> {
        let Some(&(start, end)) = span else { return Ok(Seen::default()) };
        match gazetteer.filter.plain(text.as_bytes(), start, end) {
            Some(seen) => Ok(seen),
            None => self.folded(gazetteer, &text[start..end]),
        }
    }

    #[cold]
    #[inline(never)]
    fn folded(&mut self, gazetteer: &Gazetteer, word: &str) -> Result<Seen> {
        let form = self.forms.intern(word)? as usize;
        if form == self.seen.len() {
            self.seen.push(gazetteer.filter.written(word, &mut self.folded));
        }
        Ok(self.seen[form])
    }
}

/// The words of a document.
struct Tokens<'a> {
    gazetteer: &'a Gazetteer,
    text: &'a str,
    /// Where it begins and ends in what was read.
    begin: usize,
    end: usize,
    words: &'a [(usize, usize)],
    /// A token, and what the filter knows of it and of the one after it.
    at: usize,
    seen: [Seen; 2],
    folded: &'a mut String,
}

impl walk::Tokens for Tokens<'_> {
    fn hashes(&mut self, token: usize) -> (u64, Option<u64>) {
        let Seen { hash, marks } = self.seen[token - self.at];
        if marks & POSSESSIVE == 0 {
            return (hash, None);
        }
        let (start, end) = self.span(token);
        let form = &self.text[start..end];
        pattern::fold_into(&form[..fold::possessive_stem(form)], self.folded);
        (hash, Some(self.gazetteer.hasher.word(self.folded)))
    }

    fn may_go_on(&mut self, token: usize) -> bool {
        if self.words.get(token).is_none_or(|word| word.0 >= self.end) {
            return false;
        }
        if token - self.at == self.seen.len() {
            let (start, end) = self.span(token);
            let seen = self.gazetteer.filter.plain(self.text.as_bytes(), start, end);
            let seen =
                seen.unwrap_or_else(|| self.gazetteer.filter.written(&self.text[start..end], self.folded));
            (self.at, self.seen) = (self.at + 1, [self.seen[1], seen]);
        }
        self.seen[token - self.at].marks & LATER != 0
    }

    fn span(&mut self, token: usize) -> (usize, usize) {
        let (start, end) = self.words[token];
        (start - self.begin, end - self.begin)
    }
}
