//! [`Tokens`]: the frozen options that say what counts as a word, and the one function that turns
//! a form as it stands in a text into the term that is counted.

use ahash::AHashSet;
use std::ops::RangeInclusive;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Result};
use crate::text::{fold, words};

/// How case is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Case {
    /// Full Unicode lower-casing, not locale dependent.
    #[default]
    Lower,
    /// As it stands.
    Keep,
}

/// Unicode normalisation of terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Normalize {
    /// As it stands.
    #[default]
    Keep,
    /// Canonical composition: `e` + accent equals `é`.
    Nfc,
    /// Compatibility composition too: the ligature `ﬁ` equals `fi`.
    Nfkc,
}

/// What counts as a word. Every default is written in `docs/definitions.md`.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    /// Lower case or as written.
    pub case: Case,
    /// Keep curly apostrophes apart from straight ones.
    pub keep_apostrophes: bool,
    /// A hyphenated compound is one token.
    pub keep_hyphens: bool,
    /// `Pakistan's` counts as `Pakistan`.
    pub strip_possessives: bool,
    /// Tokens without a letter are left out.
    pub drop_numbers: bool,
    /// Unicode normalisation.
    pub normalize: Normalize,
    /// Terms left out, compared after the folding above.
    pub stop_words: Option<Arc<AHashSet<String>>>,
    /// The Snowball stemmer applied last.
    pub stem: Option<frostem::Algorithm>,
    /// Terms of fewer characters are left out.
    pub min_chars: usize,
}

impl Tokens {
    /// The option `case` by name.
    pub fn case(name: &str) -> Result<Case> {
        match name {
            "lower" => Ok(Case::Lower),
            "keep" => Ok(Case::Keep),
            _ => Err(Error::choice("case", name, &["lower", "keep"])),
        }
    }

    /// The option `normalize` by name.
    pub fn normalize(name: &str) -> Result<Normalize> {
        match name {
            "NFC" => Ok(Normalize::Nfc),
            "NFKC" => Ok(Normalize::Nfkc),
            _ => Err(Error::choice("normalize", name, &["NFC", "NFKC"])),
        }
    }

    /// The Snowball stemmer `name`.
    pub fn stemmer(name: &str) -> Result<frostem::Algorithm> {
        frostem::Algorithm::from_name(name).map_err(|_| {
            let mut names: Vec<String> =
                frostem::Algorithm::all().iter().map(|a| format!("{a:?}").to_lowercase()).collect();
            names.sort();
            Error::choice("stem", name, &names)
        })
    }

    /// NLTK's stop words of a language (`english` or `en`), as `stop_words=` names them.
    pub fn nltk_stop_words(language: &str) -> Result<&'static [&'static str]> {
        let code = STOP_WORD_LANGUAGES.iter().find(|(code, name)| *code == language || *name == language);
        code.and_then(|(code, _)| stop_words::lookup(code)).ok_or_else(|| {
            let names: Vec<&str> = STOP_WORD_LANGUAGES.iter().map(|(_, name)| *name).collect();
            Error::choice("stop_words", language, &names)
        })
    }

    /// Whether every option has its default: the common case, counted by a shorter path.
    pub fn is_default(&self) -> bool {
        self.case == Case::Lower
            && self.normalize == Normalize::Keep
            && !(self.keep_apostrophes || self.keep_hyphens || self.strip_possessives || self.drop_numbers)
            && self.stop_words.is_none()
            && self.stem.is_none()
            && self.min_chars <= 1
    }

    /// The term that `form` counts as, written to `out`; `false` if it is left out.
    pub fn term(&self, form: &str, out: &mut String) -> bool {
        out.clear();
        self.fold(form, out);
        if self.drop_numbers && !out.chars().any(char::is_alphabetic)
            || self.min_chars > 1 && out.chars().count() < self.min_chars
            || self.stop_words.as_ref().is_some_and(|words| words.contains(out.as_str()))
        {
            return false;
        }
        if let Some(algorithm) = self.stem {
            let stem = frostem::Stemmer::new(algorithm).stem(out).into_owned();
            *out = stem;
        }
        true
    }

    /// Everything but leaving out and stemming: what stop words are compared with.
    fn fold(&self, form: &str, out: &mut String) {
        let form = if self.strip_possessives { &form[..fold::possessive_stem(form)] } else { form };
        if form.is_ascii() {
            out.push_str(form);
            if self.case == Case::Lower {
                out.make_ascii_lowercase();
            }
            return;
        }
        let spelled = if self.keep_apostrophes { form.into() } else { fold::apostrophes(form) };
        let cased = match self.case {
            Case::Lower => spelled.to_lowercase().into(),
            Case::Keep => spelled,
        };
        match self.normalize {
            Normalize::Keep => out.push_str(&cased),
            Normalize::Nfc => out.extend(cased.nfc()),
            Normalize::Nfkc => {
                out.extend(cased.nfkc());
                // A term is one word: what NFKC writes with a space stays as it stands.
                if out.contains(char::is_whitespace) {
                    out.clear();
                    out.extend(cased.nfc());
                }
            }
        }
        // ℂ, a capital without a small letter, is C to NFKC.
        if self.normalize == Normalize::Nfkc && self.case == Case::Lower {
            *out = out.to_lowercase();
        }
    }

    /// An error that names the first of `terms` that no words in a row, so many as `sizes` allows, are counted as.
    ///
    pub fn check_terms(&self, argument: &str, terms: &[String], sizes: &RangeInclusive<usize>) -> Result<()> {
        let mut counted = String::new();
        let whole = Self { strip_possessives: false, ..self.clone() };
        let mut is_counted = |word: &str| {
            counted.clear();
            if self.stem.is_some() {
                // A stem may be no word any more, and change if it is stemmed again.
                whole.fold(word, &mut counted);
                return !word.is_empty() && counted == word;
            }
            self.term(word, &mut counted) && counted == word && self.is_word(word)
        };
        let mut wrong = terms.iter().enumerate().filter(|(_, term)| {
            !sizes.contains(&term.split(' ').count()) || !term.split(' ').all(&mut is_counted)
        });
        let Some((i, term)) = wrong.next() else { return Ok(()) };
        let spelled = self.counted(term);
        let why = match spelled.len() {
            0 => "these Tokens leave it out".to_owned(),
            _ if spelled.join(" ") != *term => format!("these Tokens count it as {:?}", spelled.join(" ")),
            n => format!("it has {n} words, and ngrams=({}, {})", sizes.start(), sizes.end()),
        };
        let more = match wrong.count() {
            0 => String::new(),
            n => format!(" ({n} more are like it)"),
        };
        Err(Error::value(format!(
            "{argument}[{i}]={term:?} can never be counted: {why}{more}; spell terms as they are counted"
        )))
    }

    /// Whether `term` may be one word. A term may begin and end with apostrophes that were letters; NFKC may have
    /// made anything of it but several words.
    fn is_word(&self, term: &str) -> bool {
        if self.normalize == Normalize::Nfkc {
            return true;
        }
        if self.keep_hyphens {
            return !term.is_empty();
        }
        let inner = term.trim_matches('\'');
        if inner.is_empty() {
            return !term.is_empty();
        }
        let mut spans = Vec::new();
        words::for_each_word(inner, |start, end| spans.push((start, end)));
        spans == [(0, inner.len())]
    }

    /// The words of a text, as far as they are counted, spelled as they are before they are stemmed.
    fn counted(&self, text: &str) -> Vec<String> {
        let unstemmed = Self { stem: None, ..self.clone() };
        let (mut out, mut term) = (Vec::new(), String::new());
        words::for_each_word(text, |start, end| {
            if unstemmed.term(&text[start..end], &mut term) {
                out.push(term.clone());
            }
        });
        out
    }

    /// The given stop words, spelled as terms are spelled before they are compared.
    pub fn set_stop_words<S: AsRef<str>>(&mut self, words: impl IntoIterator<Item = S>) {
        let mut set = AHashSet::new();
        for word in words {
            let mut folded = String::new();
            self.fold(bare(word.as_ref()), &mut folded);
            set.insert(folded);
        }
        self.stop_words = Some(Arc::new(set));
    }
}

/// The word of `text` as a text has it, if there is one alone: of "U.S." the token "U.S".
pub fn bare(text: &str) -> &str {
    let mut token = None;
    words::for_each_word(text, |start, end| token = Some((start, end, token.is_none())));
    token.filter(|&(.., alone)| alone).map_or(text, |(start, end, _)| &text[start..end])
}

/// The languages of NLTK's stop words: ISO 639-1 code and English name.
const STOP_WORD_LANGUAGES: &[(&str, &str)] = &[
    ("ar", "arabic"),
    ("da", "danish"),
    ("de", "german"),
    ("el", "greek"),
    ("en", "english"),
    ("es", "spanish"),
    ("fi", "finnish"),
    ("fr", "french"),
    ("hu", "hungarian"),
    ("id", "indonesian"),
    ("it", "italian"),
    ("nl", "dutch"),
    ("no", "norwegian"),
    ("pt", "portuguese"),
    ("ro", "romanian"),
    ("ru", "russian"),
    ("sl", "slovene"),
    ("sv", "swedish"),
    ("tr", "turkish"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn term(tokens: &Tokens, form: &str) -> Option<String> {
        let mut out = String::new();
        tokens.term(form, &mut out).then_some(out)
    }

    #[test]
    fn defaults_lower_and_fold_apostrophes() {
        let t = Tokens::default();
        assert!(t.is_default());
        for (form, expected) in
            [("US", "us"), ("Don\u{2019}t", "don't"), ("ÉCOLE", "école"), ("ΟΔΟΣ", "οδος")]
        {
            let expected = if form == "ΟΔΟΣ" { "οδο\u{3c2}" } else { expected };
            assert_eq!(term(&t, form).as_deref(), Some(expected));
        }
    }

    #[test]
    fn options() {
        let strip = Tokens { strip_possessives: true, ..Tokens::default() };
        assert_eq!(term(&strip, "Pakistan\u{2019}s").as_deref(), Some("pakistan"));
        let numbers = Tokens { drop_numbers: true, ..Tokens::default() };
        assert_eq!(term(&numbers, "2,640"), None);
        assert_eq!(term(&numbers, "F16").as_deref(), Some("f16"));
        let stem = Tokens { stem: Tokens::stemmer("english").ok(), ..Tokens::default() };
        assert_eq!(term(&stem, "Running").as_deref(), Some("run"));
        let mut stop = Tokens::default();
        stop.set_stop_words(["The", "don't", "P.M."]);
        assert_eq!(term(&stop, "the"), None);
        assert_eq!(term(&stop, "don\u{2019}t"), None);
        assert_eq!(term(&stop, "p.m"), None);
        let nfc = Tokens { normalize: Normalize::Nfc, ..Tokens::default() };
        assert_eq!(term(&nfc, "cafe\u{301}"), term(&nfc, "café"));
    }

    #[test]
    fn what_is_counted_is_spelled_right_and_other_spellings_are_told() {
        let one = 1..=1;
        let told = |tokens: &Tokens, term: &str, sizes: &RangeInclusive<usize>| {
            tokens.check_terms("vocabulary", &[term.to_owned()], sizes).err().map(|e| e.message().to_owned())
        };
        let plain = Tokens::default();
        for (term, why) in [
            ("Running", "count it as \"running\""),
            ("don\u{2019}t", "count it as \"don't\""),
            ("u.s.", "count it as \"u.s\""),
            ("taliban-led", "count it as \"taliban led\""),
            ("new york", "it has 2 words, and ngrams=(1, 1)"),
            ("new  york", "count it as \"new york\""),
            ("", "leave it out"),
            ("...", "leave it out"),
        ] {
            let message = told(&plain, term, &one).unwrap();
            assert!(message.starts_with("vocabulary[0]=") && message.contains(why), "{message}");
        }
        assert_eq!(told(&plain, "new york", &(1..=2)), None);
        let mut stop = Tokens::default();
        stop.set_stop_words(["the"]);
        assert!(told(&stop, "the", &one).unwrap().contains("leave it out"));
        assert!(told(&stop, "in the", &(2..=2)).unwrap().contains("count it as \"in\""));
        let keep = Tokens { keep_hyphens: true, ..Tokens::default() };
        assert_eq!(told(&keep, "taliban-led", &one), None);
        let stem = Tokens { stem: Tokens::stemmer("english").ok(), ..Tokens::default() };
        for counted in ["agre", "u.", "aa."] {
            assert_eq!(told(&stem, counted, &one), None);
        }
        assert_eq!(told(&plain, &term(&plain, "\u{2bc}").unwrap(), &one), None);
        let nfkc = Tokens { normalize: Normalize::Nfkc, ..Tokens::default() };
        for form in ["1\u{fdfa}2", "\u{fc5e}a", "\u{fb01}\u{fdfa}"] {
            let term = term(&nfkc, form).unwrap();
            assert!(!term.contains(char::is_whitespace), "{term:?}");
            assert_eq!(told(&nfkc, &term, &one), None);
        }

        // Whatever a form is counted as may be asked for.
        let forms = [
            "Don\u{2019}t",
            "\u{2BC}Tis",
            "ΟΔΟΣ",
            "İl",
            "3,5",
            "x_Y",
            "中",
            "\u{2102}",
            "\u{fc5e}a",
            "a'b\u{2bc}",
        ];
        let nfkc = Tokens { normalize: Normalize::Nfkc, ..Tokens::default() };
        let strip = Tokens { strip_possessives: true, ..Tokens::default() };
        for tokens in [&plain, &stop, &keep, &stem, &nfkc, &strip] {
            for form in forms {
                let counted = term(tokens, form).unwrap();
                let sizes = 1..=counted.split(' ').count();
                assert_eq!(told(tokens, &counted, &sizes), None, "{form:?}");
            }
        }
    }

    #[test]
    fn every_named_list_is_there() {
        for (code, name) in STOP_WORD_LANGUAGES {
            assert!(Tokens::nltk_stop_words(code).is_ok(), "{name}");
        }
        assert!(Tokens::nltk_stop_words("englisch").unwrap_err().message().contains("english"));
        assert!(Tokens::stemmer("porterr").is_err());
    }
}
