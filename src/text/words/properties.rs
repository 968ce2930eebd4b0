//! Characters as the word rules see them: one byte a character, from a two-stage table.
//!
//! The low five bits are the class, bit 6 says whether the character is alphanumeric. Bit 5 is
//! always set, which keeps every entry a printable ASCII byte: the table is then a text that can
//! be read, compared and kept under version control.

use super::table::{INDEX, LEAVES, TAIL};

/// The class of a character: its Word_Break value, split where the rules or the sentence
/// splitter need more.
///
/// The order carries meaning: see [`is_hard`] and [`is_stop`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// Stands alone and is no word: punctuation, symbols, most controls.
    Other = 1,
    /// `Other` and Extended_Pictographic: joined to a zero-width joiner before it.
    Pict,
    /// Horizontal white space.
    WSegSpace,
    /// A letter of an alphabet.
    ALetter,
    /// `ALetter` and Extended_Pictographic, such as U+2139.
    ALetterPict,
    /// A digit.
    Numeric,
    /// A connector such as the underscore.
    ExtendNumLet,
    /// The straight apostrophe.
    SingleQuote,
    /// The straight double quote.
    DoubleQuote,
    /// Joins letters, such as the colon.
    MidLetter,
    /// Joins letters and digits, such as the curly apostrophe.
    MidNumLet,
    /// Joins digits, such as the comma.
    MidNum,
    /// Half of a flag.
    RegionalIndicator,
    /// Continues the character before it.
    Extend,
    /// Invisible, continues the character before it.
    Format,
    /// `Other` and alphanumeric: an ideograph, a Thai or Hiragana letter; a word of its own.
    Alone,
    /// Katakana, joined to Katakana only.
    Katakana,
    /// Hebrew, the only letter that quotes join to.
    Hebrew,
    /// The zero-width joiner.
    Zwj,
    /// Carriage return.
    Cr,
    /// Line feed.
    Lf,
    /// Other ends of lines and paragraphs.
    Newline,
    /// `Other`, may end a sentence.
    OtherStop,
    /// `Pict`, may end a sentence, such as U+203C.
    PictStop,
    /// `MidNumLet`, may end a sentence: the full stop.
    MidNumLetStop,
    /// `MidNum`, may end a sentence, such as U+0589.
    MidNumStop,
}

/// Set in the table byte of an alphanumeric character.
pub const ALPHANUMERIC: u8 = 0x40;

/// The number of classes, counting the unused 0.
pub const CLASSES: usize = Class::MidNumStop as usize + 1;

/// The class number in a table byte.
#[inline(always)]
pub fn class(property: u8) -> u8 {
    property & 0x1f
}

/// Whether a class ends a line or may end a sentence.
#[inline(always)]
pub fn is_stop(class: u8) -> bool {
    class >= Class::Cr as u8
}

/// Whether the 64-byte masks cannot express a class and leave it to the machine.
#[inline(always)]
pub fn is_hard(class: u8) -> bool {
    class.wrapping_sub(Class::Alone as u8) <= Class::Zwj as u8 - Class::Alone as u8
}

/// The table byte of a code point below 2^21.
#[inline(always)]
pub fn property_of(code: u32) -> u8 {
    match INDEX.get((code >> 7) as usize) {
        Some(&leaf) => LEAVES[usize::from(leaf)][(code & 0x7f) as usize],
        None => tail(code),
    }
}

/// The table byte of a character.
#[inline(always)]
pub fn property(c: char) -> u8 {
    property_of(c as u32)
}

/// The few assigned ranges above the table: tags and variation selectors.
#[cold]
fn tail(code: u32) -> u8 {
    TAIL.iter()
        .find(|&&(first, last, _)| (first..=last).contains(&code))
        .map_or(0x20 | Class::Other as u8, |&(_, _, property)| property)
}
