//! What each distinct form and word of the corpus is, worked out once, and how often a word stands in
//! lower case and with a capital where a capital says something.

use std::borrow::Cow;

use super::gaps::Gap;
use crate::corpus::{Corpus, Vocabulary};
use crate::error::Result;
use crate::parallel::{self, Job};
use crate::text::lists::names::{self, Roles};
use crate::text::{fold, lists};

/// How a form is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// No letter.
    Other,
    /// A small letter first.
    Lower,
    /// A capital first, small letters after: "Munir", "McDonald", "iPhone".
    Capital,
    /// Two capitals or more and no small letter: "TTP", "U.S", "G8".
    Capitals,
    /// One capital: "W".
    Initial,
}

impl Shape {
    /// The shape of `form`, which has no possessive ending.
    pub(super) fn of(form: &str) -> Self {
        // Most words.
        if !form.is_empty() && form.bytes().all(|b| b.is_ascii_lowercase()) {
            return Self::Lower;
        }
        let mut chars = form.chars();
        let Some(first) = chars.next() else { return Self::Other };
        let (mut upper, mut lower, mut letters) = (0, 0, 0);
        for c in form.chars() {
            letters += usize::from(c.is_alphabetic());
            upper += usize::from(c.is_uppercase());
            lower += usize::from(c.is_lowercase());
        }
        // "US1,000" is a sum.
        if letters == 0 || form.contains(',') {
            return Self::Other;
        }
        if first.is_uppercase() {
            let plain = form.chars().filter(|c| c.is_alphanumeric()).count();
            return match (lower, plain) {
                (0, 1) => Self::Initial,
                (0, _) if upper == letters => Self::Capitals,
                _ => Self::Capital,
            };
        }
        if first.is_numeric() {
            return Self::Other;
        }
        // "d'Ivoire", "eBay"; a small letter alone before capitals is a unit or a gene ("pH").
        let apostrophe = chars.next().is_some_and(fold::is_apostrophe);
        let mixed = upper == 1 && letters >= 4 && form.chars().nth(1).is_some_and(char::is_uppercase);
        if upper > 0 && apostrophe || mixed { Self::Capital } else { Self::Lower }
    }

    /// Whether it may be part of a name as it stands.
    pub(super) fn is_capital(self) -> bool {
        matches!(self, Self::Capital | Self::Capitals | Self::Initial)
    }
}

/// A distinct form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    pub(super) len: u32,
    /// Its length without a possessive ending.
    pub(super) stem: u32,
    pub(super) word: u32,
    pub(super) shape: Shape,
    pub(super) roles: Roles,
}

impl Form {
    pub(super) fn is_possessive(&self) -> bool {
        self.stem < self.len
    }

    /// A word in its usual spelling has the roles of the lists; an acronym spelled like one has not
    /// ("IT", "WHO"), but for titles ("MP").
    pub(super) fn any(&self, roles: Roles) -> bool {
        self.roles.any(roles)
    }
}

/// A word: forms that differ in case and possessive ending only.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    /// How often it stands in lower case.
    pub(super) lower: u64,
    /// How often it has a capital where a capital says something.
    pub(super) capital: u64,
    /// How often it has one without a possessive ending.
    pub(super) bare: u64,
    /// How often it is written as an acronym: in capitals, as the words around it are not.
    pub(super) acronym: u64,
    /// How often it stands in capitals where every word does.
    pub(super) headed: u64,
    pub(super) common: bool,
}

impl Word {
    /// Whether a capital at the start of a sentence is that of a name.
    pub(super) fn is_name(&self) -> bool {
        if self.lower + self.capital == 0 { !self.common } else { self.capital > self.lower }
    }
}

/// What the passes over the tokens ask of a form most often, in one byte.
mod mask {
    /// [`Shape::Lower`](super::Shape::Lower), or one of the three that are capitals.
    pub(super) const LOWER: u8 = 1;
    pub(super) const CAPITAL: u8 = 2;
    pub(super) const CAPITALS: u8 = 4;
    pub(super) const INITIAL: u8 = 8;
    /// In small letters also in headings.
    pub(super) const SMALL: u8 = 16;
    /// An ordinary word.
    pub(super) const COMMON: u8 = 32;
    /// Its shape lets a run begin with it.
    pub(super) const START: u8 = 64;
}

/// The forms and words of a corpus.
pub(super) struct Forms<'a> {
    pub(super) of: Vec<Form>,
    pub(super) words: Vec<Word>,
    /// The same forms as headings have them: what is no name for certain has no shape there.
    pub(super) in_headings: Vec<Form>,
    /// How each sentence is written.
    pub(super) styles: Vec<Style>,
    masks: Vec<u8>,
    /// The forms as they stand in the texts.
    vocabulary: &'a Vocabulary,
    /// The words as they are compared, and their roles in the spelling of the lists.
    spelled: Vocabulary,
    base: Vec<Roles>,
}

/// A word in the spelling that words are compared in.
pub(super) fn spelled(form: &str) -> String {
    if form.is_ascii() { form.to_ascii_lowercase() } else { fold::apostrophes(form).to_lowercase() }
}

/// The roles of `word` written as `shape`.
pub(super) fn roles(word: &str, shape: Shape) -> Roles {
    shaped(word, base_roles(word), shape)
}

/// The roles of `word` in the spelling of the lists.
fn base_roles(word: &str) -> Roles {
    let mut roles = names::roles(word);
    if roles == Roles::NONE
        && let Some(one) = word.strip_suffix('s')
        && names::roles(one).any(Roles::DEMONYM)
    {
        // "Americans".
        roles = Roles::DEMONYM;
    }
    roles
}

/// The roles that `word`, which has `roles`, keeps when written as `shape`.
fn shaped(word: &str, roles: Roles, shape: Shape) -> Roles {
    let acronym = shape == Shape::Capitals && word.len() <= 5;
    let keeps =
        roles.any(Roles::TITLE.or(Roles::CALENDAR).or(Roles::COMPANY).or(Roles::SUFFIX).or(Roles::NOT_NAME));
    if acronym && !keeps && !roles.any(Roles::COUNTRY) { Roles::NONE } else { roles }
}

impl<'a> Forms<'a> {
    /// Classes of all forms; the counts are still zero.
    fn new(vocabulary: &'a Vocabulary) -> Result<Self> {
        let of = Vec::with_capacity(vocabulary.len());
        let mut out = Self {
            of,
            words: Vec::new(),
            in_headings: Vec::new(),
            styles: Vec::new(),
            masks: Vec::with_capacity(vocabulary.len()),
            vocabulary,
            spelled: Vocabulary::default(),
            base: Vec::new(),
        };
        for id in 0..vocabulary.len() {
            let form = vocabulary.str(id as u32);
            let stem = fold::possessive_stem(form);
            let bare = &form[..stem];
            let shape = Shape::of(bare);
            let (mut word, mut roles_) = (u32::MAX, Roles::NONE);
            if shape != Shape::Other {
                let small = shape == Shape::Lower && bare.bytes().all(|b| b.is_ascii_lowercase());
                let text = if small { Cow::Borrowed(bare) } else { spelled(bare).into() };
                word = out.spelled.intern(&text)?;
                if word as usize == out.words.len() {
                    out.words.push(Word::default());
                    out.base.push(base_roles(&text));
                }
                roles_ = shaped(&text, out.base[word as usize], shape);
                if shape.is_capital() && !out.words[word as usize].common {
                    out.words[word as usize].common = lists::is_ordinary_word(&text);
                }
            }
            let start = shape.is_capital() || shape == Shape::Lower && roles_.any(Roles::LEAD);
            let start = if start { mask::START } else { 0 };
            out.masks.push(
                start
                    | match shape {
                        Shape::Other => 0,
                        Shape::Lower if roles_.any(Roles::FUNCTION.or(Roles::PARTICLE)) => {
                            mask::LOWER | mask::SMALL
                        }
                        Shape::Lower => mask::LOWER,
                        Shape::Capital if out.words[word as usize].common => mask::CAPITAL | mask::COMMON,
                        Shape::Capital => mask::CAPITAL,
                        Shape::Capitals => mask::CAPITALS,
                        Shape::Initial => mask::INITIAL,
                    },
            );
            out.of.push(Form { len: form.len() as u32, stem: stem as u32, word, shape, roles: roles_ });
        }
        Ok(out)
    }

    /// What is known of `form` and its word, if the corpus holds it just so.
    pub(super) fn get(&self, form: &str) -> Option<(&Form, Word, &str)> {
        let form = &self.of[self.vocabulary.get(form)? as usize];
        let word = self.words.get(form.word as usize)?;
        Some((form, *word, self.spelled.str(form.word)))
    }

    /// Whether the shape of form `id` lets a run begin with it.
    #[inline]
    pub(super) fn may_start(&self, id: u32) -> bool {
        self.masks[id as usize] & mask::START != 0
    }

    /// The word `word` as words are compared.
    pub(super) fn spelled(&self, word: u32) -> &str {
        self.spelled.str(word)
    }

    /// Whether `form` is a name or part of one even where every word has a capital.
    fn is_certain(&self, form: &Form) -> bool {
        if !form.shape.is_capital() || form.any(Roles::FUNCTION.or(Roles::CALENDAR).or(Roles::NUMBER)) {
            return false;
        }
        let word = &self.words[form.word as usize];
        let known = form.any(Roles::COUNTRY.or(Roles::FORENAME)) || word.is_name();
        !word.common && known || word.capital > 2 * word.lower
    }

    /// What is known of `word`, and its roles when written as `shape`.
    pub(super) fn described(&self, word: &str, shape: Shape) -> (Word, Roles) {
        match self.spelled.get(word) {
            Some(id) => (self.words[id as usize], shaped(word, self.base[id as usize], shape)),
            None => (self.word(word), roles(word, shape)),
        }
    }

    /// What is known of `word`.
    pub(super) fn word(&self, word: &str) -> Word {
        self.spelled.get(word).map_or_else(
            || Word { common: lists::is_ordinary_word(word), ..Word::default() },
            |id| self.words[id as usize],
        )
    }

    /// Reads the corpus once: how often each word has a capital where that tells a name.
    pub(super) fn count(
        corpus: &'a Corpus,
        chunks: &[std::ops::Range<usize>],
        bytes: u64,
        job: &Job,
    ) -> Result<Self> {
        let mut forms = Self::new(corpus.forms())?;
        let (counts, styles) = parallel::fold(
            job,
            chunks.len(),
            bytes,
            || vec![0u32; 2 * forms.of.len()],
            |counts, chunk| {
                let mut styles = Vec::new();
                for doc in chunks[chunk].clone() {
                    job.check()?;
                    count_doc(corpus, &forms, doc, counts, &mut styles);
                }
                Ok(styles)
            },
        )?;
        forms.styles = styles.into_iter().flat_map(|(_, styles)| styles).collect();
        for counts in counts {
            let (body, headed) = counts.split_at(forms.of.len());
            for ((form, &count), &headed) in forms.of.iter().zip(body).zip(headed) {
                let Some(word) = forms.words.get_mut(form.word as usize) else { continue };
                word.headed += u64::from(headed);
                if form.shape.is_capital() {
                    word.capital += u64::from(count);
                    word.bare += if form.is_possessive() { 0 } else { u64::from(count) };
                    word.acronym += if form.shape == Shape::Capitals { u64::from(count) } else { 0 };
                } else {
                    word.lower += u64::from(count);
                }
            }
        }
        if forms.styles.contains(&Style::Heading) {
            let certain = |form: &Form| match forms.is_certain(form) {
                true => *form,
                false => Form { shape: Shape::Other, roles: Roles::NONE, ..*form },
            };
            forms.in_headings = forms.of.iter().map(certain).collect();
        }
        Ok(forms)
    }
}

/// How a sentence is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Body,
    /// A heading in which every word has a capital: only words that are names for certain are names.
    Heading,
    /// A heading in capitals: it tells nothing about names.
    Capitals,
}

/// How `sentence` is written, from the shapes of its words.
fn style(corpus: &Corpus, forms: &Forms<'_>, text: &str, sentence: usize) -> Style {
    let columns = corpus.columns();
    let (mut lower, mut capital, mut capitals, mut common) = (0u32, 0u32, 0u32, 0u32);
    for &id in &columns.forms()[columns.tokens_of_sentence(sentence)] {
        let mask = forms.masks[id as usize];
        // A small letter in a word that headings would capitalise: running text.
        lower += u32::from(mask & (mask::LOWER | mask::SMALL) == mask::LOWER);
        capital += u32::from(mask & mask::CAPITAL != 0);
        common += u32::from(mask & mask::COMMON != 0);
        capitals += u32::from(mask & mask::CAPITALS != 0);
        if lower > 2 && lower > capitals {
            return Style::Body;
        }
    }
    if capitals >= 2 && capitals > 2 * (lower + capital) {
        return Style::Capitals;
    }
    if lower > 0 || capital + capitals < 3 || common < 2 {
        return Style::Body;
    }
    let end =
        text[corpus.columns().sentence_span(sentence)].trim_end_matches(['"', '\'', '\u{201D}', '\u{2019}']);
    let stopped = end.ends_with(['.', '!', '?', ';']);
    if corpus.columns().ends_paragraph(sentence) && !stopped { Style::Heading } else { Style::Body }
}

/// Counts the forms of a document in running text, and behind those what stands where all is in capitals.
fn count_doc(corpus: &Corpus, forms: &Forms<'_>, doc: usize, counts: &mut [u32], styles: &mut Vec<Style>) {
    let columns = corpus.columns();
    let text = corpus.texts().text(doc);
    for sentence in columns.sentences_of(doc) {
        let style = style(corpus, forms, text, sentence);
        styles.push(style);
        let tokens = columns.tokens_of_sentence(sentence);
        if style == Style::Capitals {
            for &id in &columns.forms()[tokens] {
                counts[forms.of.len() + id as usize] += 1;
            }
            continue;
        }
        if style != Style::Body {
            continue;
        }
        let mut before: Option<usize> = None;
        let ids = &columns.forms()[tokens.clone()];
        for (token, &id) in tokens.clone().zip(ids) {
            let mask = forms.masks[id as usize];
            if mask & mask::LOWER != 0 {
                counts[id as usize] += 1;
            } else if mask != 0
                && let Some(before) = before
            {
                let end = columns.token_start(sentence, before)
                    + forms.of[columns.form(before) as usize].len as usize;
                let plain = Gap::is_plain(&text[end..columns.token_start(sentence, token)]);
                counts[id as usize] += u32::from(plain);
            }
            // Figures and marks before the first word leave it the first ("1. Trump").
            if mask != 0 || before.is_some() {
                before = Some(token);
            }
        }
    }
}
