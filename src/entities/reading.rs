//! Names found while the texts are read: no word is numbered and no place of a word is kept, only the
//! sentences and the mentions. The answer is that of [`super::mentions`] in a corpus of the same texts.

use std::ops::Range;

use super::filter::{Hasher, LATER, POSSESSIVE, Seen};
use super::gazetteer::Gazetteer;
use super::matcher::{Mention, begins, keep_followed};
use super::pattern;
use super::walk::{self, Walk};
use crate::corpus::columns::Columns;
use crate::corpus::pieces::{self, Piece};
use crate::corpus::short::Short;
use crate::corpus::{Corpus, Vocabulary};
use crate::error::Result;
use crate::parallel::Job;
use crate::text::sentences::Splitter;
use crate::text::{fold, words};

/// The texts of `corpus`, which need not be read, with their sentences and without their words; and every
/// mention of `gazetteer`.
pub fn read(corpus: &Corpus, gazetteer: &Gazetteer, job: &Job) -> Result<(Corpus, Vec<Mention>)> {
    let splitter = &corpus.reader().splitter;
    let init = || Scan {
        gazetteer,
        splitter,
        words: Vec::new(),
        seen: Vec::new(),
        places: Vec::new(),
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
    let mut all: Vec<Mention> =
        Vec::with_capacity(read.outputs.iter().map(|(_, (_, found))| found.len()).sum());
    for (sentences, (before, found)) in read.outputs {
        all.extend(found.into_iter().map(|m| Mention { sentence: m.sentence - before + sentences, ..m }));
    }
    Ok((corpus.with_sentences(read.columns)?, all))
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
    /// The words of the current stretch, and what the filter knows of them.
    words: Vec<(usize, usize)>,
    seen: Vec<Seen>,
    /// Those with which a name may begin.
    places: Vec<usize>,
    memory: Memory,
    /// The mentions of the current chunk, their sentences counted over the columns.
    found: Vec<Mention>,
}

/// How much text is read between two looks at a stop request.
const WINDOW: usize = 256 * 1024;

impl Scan<'_> {
    /// Reads short documents, the first of which is `first`: their words at once, then one by one.
    fn short(&mut self, columns: &mut Columns, first: usize, short: &Short) -> Result<()> {
        let text = &short.text;
        self.clear();
        words::append_words(text, 0, &mut self.words);
        self.look(text, 0)?;
        self.end();
        let mut places = std::mem::take(&mut self.places);
        self.keep_followed(&mut places);
        let mut walk = Walk::new(self.gazetteer, text);
        let (mut places_before, mut words_before) = (0, 0);
        for (doc, range) in (first..).zip(short.docs()) {
            let document = &text[range.clone()];
            let words = words_before + self.words[words_before..].partition_point(|word| word.0 < range.end);
            let places_to = places_before + places[places_before..].partition_point(|&place| place < words);
            let mut sentence = columns.n_sentences();
            let mut result = Ok(());
            self.splitter.while_each(document, |sentence| {
                result = columns.push_sentence(sentence, 0);
                result.is_ok()
            });
            result?;
            if columns.n_sentences() > sentence && words > words_before {
                columns.reach(sentence, self.words[words_before].0 - range.start);
                walk.turn_to(document);
                let own = &places[places_before..places_to];
                self.names(own, columns, doc, (document, range.start, words), &mut sentence, &mut walk);
            }
            columns.close_doc();
            (places_before, words_before) = (places_to, words);
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
        let mut sentence = columns.n_sentences();
        let mut result = Ok(());
        self.splitter.while_each(&text[range.clone()], |sentence| {
            result = job.check().and_then(|()| columns.push_sentence(sentence, range.start));
            result.is_ok()
        });
        result?;
        if columns.n_sentences() == sentence {
            return Ok(());
        }
        self.clear();
        let mut walk = Walk::new(self.gazetteer, text);
        let mut start = range.start;
        while start < end {
            job.check()?;
            let stop = words::next_cut(&text[..end], end.min(start + WINDOW));
            let known = self.words.len();
            words::append_words(&text[start..stop], start, &mut self.words);
            if start == range.start
                && let Some(&(word, _)) = self.words.first()
            {
                columns.reach(sentence, word);
            }
            self.look(text, known)?;
            start = stop;
            // Names may go on behind the window.
            let mut decided = self.words.len();
            if start == end {
                self.end();
            } else {
                decided = decided.saturating_sub(self.gazetteer.longest);
            }
            let mut places = std::mem::take(&mut self.places);
            let later = places.split_off(places.partition_point(|&place| place < decided));
            self.places.extend(later.iter().map(|place| place - decided));
            self.keep_followed(&mut places);
            self.names(&places, columns, doc, (text, 0, self.words.len()), &mut sentence, &mut walk);
            self.words.drain(..decided);
            self.seen.drain(..decided);
        }
        Ok(())
    }

    fn clear(&mut self) {
        self.words.clear();
        self.seen.clear();
        self.places.clear();
    }

    /// Asks the filter for the words from `known` on, and finds where names may begin: all but the last word,
    /// of which it is not known what follows.
    fn look(&mut self, text: &str, known: usize) -> Result<()> {
        let Self { gazetteer, words, seen, places, memory, .. } = self;
        let (filter, bytes) = (&gazetteer.filter, text.as_bytes());
        seen.resize(words.len(), Seen::default());
        let mut before = known.checked_sub(1).map_or(0, |last| seen[last].marks);
        let mut found = places.len();
        places.resize(found + words.len() - known + 1, 0);
        words::widest(
            #[inline(always)]
            || {
                for (i, (&(start, end), to)) in words.iter().zip(seen.iter_mut()).enumerate().skip(known) {
                    let seen = match filter.plain(bytes, start, end) {
                        Some(seen) => seen,
                        None => memory.seen(gazetteer, &text[start..end])?,
                    };
                    places[found] = i.wrapping_sub(1);
                    found += usize::from(begins(before, seen.marks));
                    before = seen.marks;
                    *to = seen;
                }
                Ok(())
            },
        )?;
        places.truncate(found);
        Ok(())
    }

    /// Nothing follows the last word.
    fn end(&mut self) {
        if self.seen.last().is_some_and(|seen| begins(seen.marks, 0) == 1) {
            self.places.push(self.seen.len() - 1);
        }
    }

    fn keep_followed(&self, places: &mut Vec<usize>) {
        let seen = &self.seen;
        keep_followed(self.gazetteer, places, seen.len(), |t| seen[t].marks, |t| seen[t].hash);
    }

    /// Adds the names that begin at `places`. The text of document `doc`, the byte of the words' text at which
    /// it begins and the number of words up to its end; `sentence` is the current one.
    fn names(
        &mut self,
        places: &[usize],
        columns: &Columns,
        doc: usize,
        (text, begin, end): (&str, usize, usize),
        sentence: &mut usize,
        walk: &mut Walk<'_>,
    ) {
        let folded = &mut self.memory.folded;
        let (words, seen) = (&self.words[..end], &self.seen[..end]);
        let mut own = Tokens { hasher: self.gazetteer.hasher, text, begin, words, seen, folded };
        for &token in places {
            let start = self.words[token].0 - begin;
            // A word belongs to the last sentence that starts at or before it.
            while *sentence + 1 < columns.n_sentences() && columns.sentence_span(*sentence + 1).start <= start
            {
                *sentence += 1;
            }
            let at = Mention { doc, sentence: *sentence, start, end: start, entity: 0, alias: 0 };
            walk.names_at(token, at, &mut own, &mut self.found);
        }
    }
}

impl Memory {
    #[cold]
    #[inline(never)]
    fn seen(&mut self, gazetteer: &Gazetteer, word: &str) -> Result<Seen> {
        let form = self.forms.intern(word)? as usize;
        if form == self.seen.len() {
            self.seen.push(gazetteer.filter.written(word, &mut self.folded));
        }
        Ok(self.seen[form])
    }
}

/// The words of a window.
struct Tokens<'a> {
    hasher: Hasher,
    /// The document, and at which byte it begins among the words.
    text: &'a str,
    begin: usize,
    words: &'a [(usize, usize)],
    seen: &'a [Seen],
    folded: &'a mut String,
}

impl walk::Tokens for Tokens<'_> {
    fn hashes(&mut self, token: usize) -> (u64, Option<u64>) {
        let Seen { hash, marks } = self.seen[token];
        if marks & POSSESSIVE == 0 {
            return (hash, None);
        }
        let (start, end) = self.span(token);
        let form = &self.text[start..end];
        pattern::fold_into(&form[..fold::possessive_stem(form)], self.folded);
        (hash, Some(self.hasher.word(self.folded)))
    }

    fn may_go_on(&self, token: usize) -> bool {
        self.seen.get(token).is_some_and(|seen| seen.marks & LATER != 0)
    }

    fn span(&mut self, token: usize) -> (usize, usize) {
        let (start, end) = self.words[token];
        (start - self.begin, end - self.begin)
    }
}
