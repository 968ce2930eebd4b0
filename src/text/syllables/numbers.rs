//! Numbers as they are read out. English has years, ordinals, plurals and decimals; other languages
//! read the cardinal number from a table of their number words' syllables.
//!
//! The one rule for English: four digits from 1100 to 1999 and from 2010 to 2099 without a comma are
//! read as a year, in two pairs ("nineteen eighty-four", "twenty twenty-three", "nineteen hundred",
//! "nineteen oh five"); every other number is a cardinal without "and" ("two thousand six hundred
//! forty"). A full stop between digits is "point" and the digits after it are read one by one. Digits
//! after a leading zero, and numbers of more than 15 digits, are read one by one.

use super::Language;

/// Syllables of the number words of a language, as far as a cardinal number needs them.
struct Words {
    language: Language,
    /// 0 to 19.
    ones: [u8; 20],
    /// 20, 30 ... 90; French counts 70 and 90 on from 60 and 80.
    tens: [u8; 8],
    /// What joins tens and ones ("und", "en", "y", "e"), and the first ten that has it.
    link: (u8, u8),
    /// The words for 100, 1,000 and 1,000,000; what is larger is taken to be as long as the last.
    big: [u8; 3],
    /// Whether one hundred says its one.
    says_one: bool,
    /// "point" or "comma".
    point: u8,
}

#[rustfmt::skip]
const WORDS: [Words; 14] = [
    Words { language: Language::English, ones: [2,1,1,1,1,1,1,2,1,1,1,3,1,2,2,2,2,3,2,2], tens: [2,2,2,2,2,3,2,2], link: (0,2), big: [2,2,2], says_one: true, point: 1 },
    Words { language: Language::German, ones: [1,1,1,1,1,1,1,2,1,1,1,1,1,2,2,2,2,2,2,2], tens: [2,2,2,2,2,2,2,2], link: (1,2), big: [2,2,4], says_one: false, point: 2 },
    Words { language: Language::French, ones: [2,1,1,1,1,1,1,1,1,1,1,1,1,1,2,1,1,2,2,2], tens: [1,1,2,2,2,2,3,3], link: (0,2), big: [1,1,2], says_one: false, point: 2 },
    Words { language: Language::Spanish, ones: [2,2,1,1,2,2,1,2,2,2,1,2,2,2,3,2,3,4,4,4], tens: [2,2,3,3,3,3,3,3], link: (1,3), big: [2,1,3], says_one: false, point: 2 },
    Words { language: Language::Italian, ones: [2,2,2,1,2,2,1,2,2,2,2,3,3,3,4,3,3,4,3,4], tens: [2,2,3,3,3,3,3,3], link: (0,2), big: [2,2,3], says_one: false, point: 3 },
    Words { language: Language::Portuguese, ones: [2,1,1,1,2,2,1,2,2,2,1,2,2,2,3,2,4,4,3,4], tens: [2,2,3,3,3,3,3,3], link: (1,2), big: [2,1,2], says_one: false, point: 3 },
    Words { language: Language::Dutch, ones: [1,1,1,1,1,1,1,2,1,2,1,1,1,2,2,2,2,3,2,3], tens: [2,2,2,2,2,3,2,3], link: (1,2), big: [2,2,2], says_one: false, point: 2 },
    Words { language: Language::Russian, ones: [1,2,1,1,3,1,1,1,2,2,2,4,3,3,4,3,3,3,4,4], tens: [2,2,2,3,3,3,4,4], link: (0,2), big: [1,3,3], says_one: false, point: 3 },
    Words { language: Language::Polish, ones: [2,2,1,1,2,1,1,2,2,2,2,4,3,3,3,3,3,4,4,4], tens: [3,3,3,3,3,4,4,4], link: (0,2), big: [1,3,3], says_one: false, point: 2 },
    Words { language: Language::Swedish, ones: [1,1,1,1,2,1,1,1,2,2,2,2,1,2,2,2,2,2,2,2], tens: [2,3,3,3,3,3,3,3], link: (0,2), big: [2,2,3], says_one: true, point: 2 },
    Words { language: Language::Danish, ones: [1,1,1,1,2,1,1,1,2,1,1,2,1,2,2,2,2,2,2,2], tens: [2,3,2,2,1,2,1,2], link: (1,2), big: [2,2,4], says_one: true, point: 2 },
    Words { language: Language::Norwegian, ones: [1,1,1,1,2,1,1,1,2,1,1,3,1,2,2,2,2,2,2,2], tens: [2,2,2,2,2,2,2,2], link: (0,2), big: [2,2,4], says_one: true, point: 2 },
    Words { language: Language::Finnish, ones: [2,2,2,2,2,2,2,3,3,3,3,5,5,5,5,5,5,6,6,6], tens: [5,5,5,5,5,6,6,6], link: (0,2), big: [3,3,4], says_one: false, point: 2 },
    Words { language: Language::Turkish, ones: [2,1,2,1,1,1,2,2,2,2,1,2,3,2,2,2,3,3,3,3], tens: [2,2,1,2,2,2,2,2], link: (0,2), big: [1,1,2], says_one: false, point: 2 },
];

/// What stands behind the digits, as in "1st", "1990s".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    None,
    Ordinal,
    Plural,
}

/// The syllables of a word that is nothing but a number: digits with single commas and full stops between.
pub(super) fn plain(word: &str, language: Language) -> Option<u32> {
    let mut after_digit = false;
    for b in word.bytes() {
        match b {
            b'0'..=b'9' => after_digit = true,
            b',' | b'.' if after_digit => after_digit = false,
            _ => return None,
        }
    }
    after_digit.then(|| syllables(word, Ending::None, language).max(1))
}

/// `number` read out: ASCII digits with single commas and full stops between them.
pub(super) fn syllables(number: &str, ending: Ending, language: Language) -> u32 {
    let Some(words) = WORDS.iter().find(|w| w.language == language) else {
        // Nothing is known of the language's number words: a syllable a digit.
        return number.bytes().filter(u8::is_ascii_digit).fold(0, |n, _| n.saturating_add(1));
    };
    let english = language == Language::English;
    // Which mark groups digits by thousands and which one is the decimal mark.
    let (group, point) = if english { (b',', b'.') } else { (b'.', b',') };
    let mut sum = 0u32;
    for (i, piece) in number.as_bytes().split(|&b| b == point).enumerate() {
        if i > 0 {
            sum = sum.saturating_add(u32::from(words.point)).saturating_add(one_by_one(words, piece));
        } else if !piece.contains(&group) {
            sum = sum.saturating_add(integer(words, piece, english));
        } else if is_grouped(piece, group) {
            let digits: Vec<u8> = piece.iter().copied().filter(u8::is_ascii_digit).collect();
            sum = sum.saturating_add(integer(words, &digits, false));
        } else {
            // "1,2" is no grouped number: two numbers in a row.
            let each = piece.split(|&b| b == group).map(|p| integer(words, p, english));
            sum = each.fold(sum, u32::saturating_add);
        }
    }
    sum.saturating_add(if english { ending_syllables(number, ending) } else { 0 })
}

fn is_grouped(piece: &[u8], group: u8) -> bool {
    piece
        .split(|&b| b == group)
        .enumerate()
        .all(|(i, p)| if i == 0 { (1..=3).contains(&p.len()) } else { p.len() == 3 })
}

fn integer(words: &Words, digits: &[u8], years: bool) -> u32 {
    if digits.len() > 15 || (digits.len() > 1 && digits.starts_with(b"0")) {
        return one_by_one(words, digits);
    }
    let n = digits.iter().fold(0, |n, d| n * 10 + u64::from(d - b'0'));
    if years && digits.len() == 4 && matches!(n, 1100..=1999 | 2010..=2099) {
        let pair = |n: u64| below_hundred(words, n);
        return match n % 100 {
            0 => pair(n / 100) + u32::from(words.big[0]),
            // "oh five"
            low @ 1..=9 => pair(n / 100) + 1 + pair(low),
            low => pair(n / 100) + pair(low),
        };
    }
    if n == 0 { u32::from(words.ones[0]) } else { cardinal(words, n) }
}

fn cardinal(words: &Words, n: u64) -> u32 {
    const STEPS: [(u64, usize); 4] = [(1_000_000_000_000, 2), (1_000_000_000, 2), (1_000_000, 2), (1_000, 1)];
    let (mut n, mut sum) = (n, 0);
    for (step, word) in STEPS {
        let many = n / step;
        if many > 0 {
            // A language that says "thousand" for 1,000 still says "one million".
            let silent = many == 1 && word == 1 && !words.says_one;
            sum += if silent { 0 } else { below_thousand(words, many) };
            sum += u32::from(words.big[word]);
        }
        n %= step;
    }
    sum + below_thousand(words, n)
}

fn below_thousand(words: &Words, n: u64) -> u32 {
    let hundreds = match n / 100 {
        0 => 0,
        1 if !words.says_one => u32::from(words.big[0]),
        h => below_hundred(words, h) + u32::from(words.big[0]),
    };
    hundreds + below_hundred(words, n % 100)
}

/// Below 100 (and whatever is left of a number beyond all steps); 0 is silent.
fn below_hundred(words: &Words, n: u64) -> u32 {
    let small = |n: u64| u32::from(words.ones.get(n as usize).copied().unwrap_or(0));
    match (n, n / 10 % 10, n % 10) {
        (0, ..) => 0,
        (1..20, ..) => small(n),
        // soixante-dix, quatre-vingt-treize
        (_, ten @ (7 | 9), one) if words.language == Language::French => {
            u32::from(words.tens[ten as usize - 2]) + small(10 + one)
        }
        (_, ten, one) => {
            let ten_word = words.tens.get((ten as usize).wrapping_sub(2)).copied().unwrap_or(0);
            let link = if one > 0 && ten >= u64::from(words.link.1) { words.link.0 } else { 0 };
            u32::from(ten_word) + u32::from(link) + if one > 0 { small(one) } else { 0 }
        }
    }
}

fn one_by_one(words: &Words, digits: &[u8]) -> u32 {
    let each =
        digits.iter().filter(|d| d.is_ascii_digit()).map(|d| u32::from(words.ones[usize::from(d - b'0')]));
    each.fold(0, u32::saturating_add)
}

/// What an English ending adds: twenty, twentieth; six, sixes.
fn ending_syllables(number: &str, ending: Ending) -> u32 {
    let b = number.as_bytes();
    let last = b.last().copied().unwrap_or(b'0');
    let teen = b.len() > 1 && b[b.len() - 2] == b'1';
    match ending {
        Ending::None => 0,
        // second has one more than two, eleventh and the others none; the tens gain one.
        Ending::Ordinal => match last {
            b'2' if !teen => 1,
            b'0' if !teen && b.len() > 1 && b[b.len() - 2] != b'0' => 1,
            _ => 0,
        },
        Ending::Plural => u32::from(last == b'6' && !teen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_numbers() {
        use Ending::{None as Plain, Ordinal, Plural};
        for (number, ending, expected) in [
            ("0", Plain, 2),
            ("7", Plain, 2),
            ("11", Plain, 3),
            ("16", Plain, 2),
            ("17", Plain, 3),
            ("20", Plain, 2),
            ("77", Plain, 5),
            ("100", Plain, 3),
            ("101", Plain, 4),
            ("999", Plain, 6),
            ("1000", Plain, 3),
            ("1066", Plain, 6),  // one thousand sixty-six
            ("1100", Plain, 5),  // eleven hundred
            ("1905", Plain, 4),  // nineteen oh five
            ("1984", Plain, 5),  // nineteen eighty-four
            ("1,984", Plain, 9), // one thousand nine hundred eighty-four
            ("2000", Plain, 3),
            ("2009", Plain, 4),
            ("2010", Plain, 3), // twenty ten
            ("2023", Plain, 5), // twenty twenty-three
            ("2640", Plain, 8), // two thousand six hundred forty
            ("2,640", Plain, 8),
            ("1,000,000", Plain, 3),
            ("3.5", Plain, 3),
            ("0.05", Plain, 6), // zero point zero five
            ("3.5.2", Plain, 5),
            ("007", Plain, 6),
            ("1,2", Plain, 2),
            ("1", Ordinal, 1),
            ("2", Ordinal, 2),
            ("12", Ordinal, 1),
            ("20", Ordinal, 3),
            ("22", Ordinal, 4),
            ("100", Ordinal, 3),
            ("1990", Plural, 4),
            ("80", Plural, 2),
            ("6", Plural, 2),
            ("999999999999999", Plain, 38),
            ("12345678901234567890", Plain, 24),
        ] {
            assert_eq!(syllables(number, ending, Language::English), expected, "{number} {ending:?}");
        }
    }

    #[test]
    fn other_languages_read_cardinals() {
        for (number, language, expected) in [
            ("21", Language::German, 4),    // einundzwanzig
            ("100", Language::German, 2),   // hundert
            ("1.500", Language::German, 5), // tausendfünfhundert
            ("3,5", Language::German, 4),   // drei Komma fünf
            ("77", Language::French, 4),    // soixante-dix-sept
            ("95", Language::French, 4),    // quatre-vingt-quinze
            ("31", Language::Spanish, 5),   // treinta y uno
            ("21", Language::Spanish, 4),   // veintiuno
            ("1000", Language::Italian, 2), // mille
            ("25", Language::Finnish, 7),   // kaksikymmentäviisi
            ("999", Language::Turkish, 7),  // dokuz yüz doksan dokuz
            ("123", Language::Generic, 3),
        ] {
            assert_eq!(syllables(number, Ending::None, language), expected, "{number} {language:?}");
        }
    }
}
