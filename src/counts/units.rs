//! The stretch of text within which two mentions count as occurring together, and how it counts.

use crate::corpus::Corpus;
use crate::entities::Mention;
pub(super) use crate::entities::terms::of_doc;
use crate::error::{Error, Result};

const UNITS: [&str; 5] = ["sentence", "paragraph", "document", "window", "sentences"];

/// The stretch of text within which two mentions count as occurring together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
    /// A document.
    Document,
    /// So many words from the end of one mention to the start of the next.
    Window {
        /// The largest distance in words; neighbours are at 1.
        words: u32,
        /// Whether it may reach into other sentences.
        cross: bool,
    },
    /// So many sentences in a row.
    Sentences(u32),
}

impl Unit {
    /// The option `within`: a name, with the size of a window.
    pub fn new(name: &str, size: Option<u32>, cross: bool) -> Result<Self> {
        let unit = match (name, size) {
            ("sentence", None) => Self::Sentence,
            ("paragraph", None) => Self::Paragraph,
            ("document", None) => Self::Document,
            ("window", Some(words @ 1..)) => Self::Window { words, cross },
            ("sentences", Some(size @ 1..)) => Self::Sentences(size),
            ("window" | "sentences", _) => {
                let size = size.map_or_else(|| "no size".to_owned(), |s| s.to_string());
                return Err(Error::value(format!(
                    "within=\"{name}\" has {size}; give a number from 1, as in within=(\"{name}\", 5)"
                )));
            }
            (_, Some(size)) if UNITS.contains(&name) => {
                return Err(Error::value(format!(
                    "within=(\"{name}\", {size}): only \"window\" and \"sentences\" have a size"
                )));
            }
            _ => return Err(Error::choice("within", name, &UNITS)),
        };
        Ok(unit)
    }

    /// How a table names it.
    pub fn label(self) -> String {
        match self {
            Self::Sentence => "sentence".to_owned(),
            Self::Paragraph => "paragraph".to_owned(),
            Self::Document => "document".to_owned(),
            Self::Window { words, .. } => format!("window:{words}"),
            Self::Sentences(size) => format!("sentences:{size}"),
        }
    }

    /// Whether every mention belongs to exactly one unit.
    pub fn is_block(self) -> bool {
        matches!(self, Self::Sentence | Self::Paragraph | Self::Document)
    }
}

/// How a unit that names two entities counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Once, however often they are named there.
    Boolean,
    /// The product of the numbers of their mentions.
    Frequency,
    /// 1 / (n − 1), if it names n entities.
    Fractional,
    /// 1 / d, if they stand d words (in a window of sentences: d − 1 sentences) apart.
    Weighted,
}

impl Weight {
    /// The option `count` by name.
    pub fn parse(name: &str) -> Result<Self> {
        match name {
            "boolean" => Ok(Self::Boolean),
            "frequency" => Ok(Self::Frequency),
            "fractional" => Ok(Self::Fractional),
            "weighted" => Ok(Self::Weighted),
            _ => Err(Error::choice("count", name, &["boolean", "frequency", "fractional", "weighted"])),
        }
    }

    /// Whether the count of a pair is a sum of fractions.
    pub fn is_fraction(self) -> bool {
        matches!(self, Self::Fractional | Self::Weighted)
    }

    /// The count under this weight of what was counted in parts: units by their number of entities, or by distance.
    pub fn sum(self, parts: impl Iterator<Item = (u32, u64)>) -> f64 {
        let less = u32::from(self == Self::Fractional);
        parts.map(|(part, units)| units as f64 / f64::from(part - less)).sum()
    }
}

/// Calls `each` with every unit of document `doc`: its first sentence, and the mentions in it.
pub(super) fn blocks(
    corpus: &Corpus,
    within: Unit,
    doc: usize,
    mut mentions: &[Mention],
    mut each: impl FnMut(usize, &[Mention]) -> Result<()>,
) -> Result<()> {
    let columns = corpus.columns();
    let sentences = columns.sentences_of(doc);
    let mut start = sentences.start;
    for sentence in sentences.clone() {
        let ends = match within {
            Unit::Paragraph => columns.ends_paragraph(sentence) || sentence + 1 == sentences.end,
            Unit::Document => sentence + 1 == sentences.end,
            _ => true,
        };
        if !ends {
            continue;
        }
        let count = mentions.iter().take_while(|m| m.sentence <= sentence).count();
        each(start, &mentions[..count])?;
        mentions = &mentions[count..];
        start = sentence + 1;
    }
    Ok(())
}
