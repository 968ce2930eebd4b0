//! Names found while the texts are read: no word is numbered and no place of a word is kept, only the
//! sentences and the mentions. The answer is that of [`super::mentions`] in a corpus of the same texts.

use super::filter::{Hasher, LATER, POSSESSIVE, Seen};
use super::gazetteer::Gazetteer;
use super::matcher::{Mention, begins, keep_followed};
use super::pattern;
use super::walk::{self, Walk};
use crate::corpus::columns::Columns;
use crate::corpus::{Corpus, Vocabulary, pieces};
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
        |scan: &mut Scan<'_>, columns, piece| scan.piece(columns, piece, job),
        |scan| std::mem::take(&mut scan.found),
    )?;
    let mut all: Vec<Mention> = Vec::with_capacity(read.outputs.iter().map(|(_, found)| found.len()).sum());
    for (sentences, found) in read.outputs {
        all.extend(found.into_iter().map(|m| Mention { sentence: m.sentence + sentences, ..m }));
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
    /// The mentions of the current chunk, their sentences counted from its first.
    found: Vec<Mention>,
}

/// How much text is read between two looks at a stop request.
const WINDOW: usize = 256 * 1024;

impl Scan<'_> {
    /// Reads a piece of a document that no name and no sentence crosses the ends of.
    fn piece(&mut self, columns: &mut Columns, piece: pieces::Piece<'_>, job: &Job) -> Result<()> {
        let (text, end) = (piece.document, piece.range.end);
        let first = columns.n_sentences();
        let mut result = Ok(());
        self.splitter.while_each(&text[piece.range.clone()], |sentence| {
            result = job.check().and_then(|()| columns.push_sentence(sentence, piece.range.start));
            result.is_ok()
        });
        result?;
        if columns.n_sentences() == first {
            return Ok(());
        }
        self.words.clear();
        self.seen.clear();
        self.places.clear();
        let mut walk = Walk::new(self.gazetteer, text);
        let (mut start, mut sentence) = (piece.range.start, first);
        while start < end {
            job.check()?;
            let stop = words::next_cut(&text[..end], end.min(start + WINDOW));
            let known = self.words.len();
            words::for_each_word(&text[start..stop], |a, b| self.words.push((start + a, start + b)));
            if start == piece.range.start
                && let Some(&(word, _)) = self.words.first()
            {
                columns.reach(first, word);
            }
            self.look(text, known)?;
            start = stop;
            // Names may go on behind the window.
            let last = start == end;
            let decided =
                if last { self.words.len() } else { self.words.len().saturating_sub(self.gazetteer.longest) };
            if last && self.seen.last().is_some_and(|seen| begins(seen.marks, 0) == 1) {
                self.places.push(decided - 1);
            }
            self.walk(columns, &piece, decided, &mut sentence, &mut walk);
            self.words.drain(..decided);
            self.seen.drain(..decided);
        }
        Ok(())
    }

    /// Asks the filter for the words from `known` on, and finds where names may begin: all but the last word,
    /// of which it is not known what follows.
    fn look(&mut self, text: &str, known: usize) -> Result<()> {
        let (filter, bytes) = (&self.gazetteer.filter, text.as_bytes());
        self.seen.resize(self.words.len(), Seen::default());
        let mut before = known.checked_sub(1).map_or(0, |last| self.seen[last].marks);
        let mut found = self.places.len();
        self.places.resize(found + self.words.len() - known + 1, 0);
        for (i, &(start, end)) in self.words.iter().enumerate().skip(known) {
            let seen = match filter.plain(bytes, start, end) {
                Some(seen) => seen,
                None => self.memory.seen(self.gazetteer, &text[start..end])?,
            };
            self.places[found] = i.wrapping_sub(1);
            found += usize::from(begins(before, seen.marks));
            before = seen.marks;
            self.seen[i] = seen;
        }
        self.places.truncate(found);
        Ok(())
    }

    /// Adds the names that begin with the first `decided` words.
    fn walk(
        &mut self,
        columns: &Columns,
        piece: &pieces::Piece<'_>,
        decided: usize,
        sentence: &mut usize,
        walk: &mut Walk<'_>,
    ) {
        let seen = &self.seen;
        let undecided: Vec<usize> =
            self.places.iter().filter(|&&p| p >= decided).map(|p| p - decided).collect();
        self.places.truncate(self.places.len() - undecided.len());
        keep_followed(self.gazetteer, &mut self.places, seen.len(), |t| seen[t].marks, |t| seen[t].hash);
        let folded = &mut self.memory.folded;
        let mut own =
            Tokens { hasher: self.gazetteer.hasher, text: piece.document, words: &self.words, seen, folded };
        for &token in &self.places {
            let (start, _) = self.words[token];
            // A word belongs to the last sentence that starts at or before it.
            while *sentence + 1 < columns.n_sentences() && columns.sentence_span(*sentence + 1).start <= start
            {
                *sentence += 1;
            }
            let sentence = *sentence - piece.sentences;
            let at = Mention { doc: piece.doc, sentence, start, end: start, entity: 0, alias: 0 };
            walk.names_at(token, at, &mut own, &mut self.found);
        }
        self.places = undecided;
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
    text: &'a str,
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
        let (start, end) = self.words[token];
        let form = &self.text[start..end];
        pattern::fold_into(&form[..fold::possessive_stem(form)], self.folded);
        (hash, Some(self.hasher.word(self.folded)))
    }

    fn may_go_on(&self, token: usize) -> bool {
        self.seen.get(token).is_some_and(|seen| seen.marks & LATER != 0)
    }

    fn span(&mut self, token: usize) -> (usize, usize) {
        self.words[token]
    }
}
