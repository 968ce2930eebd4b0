//! Random strings over awkward characters.

use super::{Found, check, scalar};
use lexmill::text::words::{self, Level};

/// Characters that take part in some rule, several of a kind where their length differs.
const AWKWARD: &[char] = &[
    'a',
    'b',
    'Z',
    '1',
    '9',
    '_',
    ' ',
    ' ',
    '\n',
    '\r',
    '\t',
    '\u{b}',
    '\0',
    '.',
    ',',
    ':',
    ';',
    '\'',
    '"',
    '!',
    '?',
    '-',
    '@',
    '\u{85}',
    '\u{a0}',
    '\u{ad}',
    '·',
    'é',
    'ß',
    'ъ',
    'Ω',
    '×',
    'ل',
    '،',
    '٫',
    '٣',
    '\u{64b}',
    'א',
    'ת',
    '״',
    '\u{5b0}',
    '’',
    '‘',
    '“',
    '…',
    '‼',
    'ℹ',
    '‿',
    '\u{200b}',
    '\u{200c}',
    '\u{200d}',
    '\u{200d}',
    '\u{200e}',
    '\u{202f}',
    '\u{2003}',
    '\u{2028}',
    '\u{2060}',
    '\u{fe0f}',
    '\u{feff}',
    '\u{308}',
    '\u{93e}',
    'क',
    'ก',
    'カ',
    'ー',
    'ひ',
    '漢',
    '한',
    '。',
    '，',
    '\u{3000}',
    '＿',
    'Ⓜ',
    '🇦',
    '🇧',
    '👍',
    '🏽',
    '🛑',
    '𝒳',
    '𐍈',
    '𠀀',
    '\u{e0020}',
    '\u{110bd}',
    '˂',
    '՚',
    '։',
    'ᄀ',
    '１',
];

/// xorshift64*: small, good enough, the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32;
        (high as usize * n) >> 32
    }

    fn pick(&mut self, from: &[char]) -> char {
        from[self.below(from.len())]
    }
}

/// A string of `length` characters, some of them from a small part of the alphabet so that rules
/// that need several characters in a row meet.
fn string(random: &mut Random, length: usize) -> String {
    let few: Vec<char> = (0..1 + random.below(6)).map(|_| random.pick(AWKWARD)).collect();
    let mix = random.below(4);
    (0..length)
        .map(|_| match random.below(4) {
            k if k < mix => random.pick(&few),
            _ => random.pick(AWKWARD),
        })
        .collect()
}

/// The number of strings: more with `LEXMILL_RANDOM=1000000`.
fn rounds(default: usize) -> usize {
    std::env::var("LEXMILL_RANDOM").ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

#[test]
fn short_strings() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..rounds(300_000) {
        let length = 1 + random.below(12);
        check(&string(&mut random, length));
    }
}

/// Long enough to cross blocks of 64 bytes, with plain text between the awkward parts so that
/// every alignment and every change of path occurs.
#[test]
fn long_strings() {
    let mut random = Random(0x0123_4567_89ab_cdef);
    for _ in 0..rounds(300_000) / 30 {
        let mut text = String::new();
        for _ in 0..1 + random.below(8) {
            let plain = ["word ", "don't ", "3.14, ", "élan ", "слово ", "a", " ", "x_y-z ", "’s ", "سلام "];
            for _ in 0..random.below(24) {
                text.push_str(plain[random.below(plain.len())]);
            }
            let length = random.below(24);
            text.push_str(&string(&mut random, length));
        }
        check(&text);
    }
}

/// Short strings where a block of 64 bytes ends, after every kind of text.
#[test]
fn at_the_ends_of_blocks() {
    let mut random = Random(0xfeed_5eed_0bad_cafe);
    let before = ["a", " ", "a b ", "1", "_", "é", "x'", "日"];
    for round in 0..rounds(300_000) / 10 {
        let mut text = String::new();
        let unit = before[random.below(before.len())];
        while text.len() < 48 + round % 20 {
            text.push_str(unit);
        }
        let length = 1 + random.below(8);
        text.push_str(&string(&mut random, length));
        text.push_str(
            ["", "a", " b", "2", "'c and more of the same text, until the next block ends too"]
                [random.below(5)],
        );
        check(&text);
    }
}

/// Each character between letters, digits, marks and itself, in a block that is dense with
/// letters of two bytes and in one that is not.
#[test]
fn every_kind_of_character() {
    let codes = (0..0x3100).chain((0x3100..0x11_0000).step_by(61));
    for c in codes.filter_map(char::from_u32) {
        check(&format!("x{c}y {c} 1{c}2 a'{c}'b{c}{c}."));
        check(&format!("слово, ещё слово и x{c}y {c} 1{c}2 а{c}б a'{c}'b{c}{c}. И ещё одно слово"));
    }
}

/// A text that is cut gives what it gives whole.
#[test]
fn cuts() {
    let mut random = Random(0x0dd_ba11);
    for _ in 0..rounds(300_000) / 10 {
        let length = 1 + random.below(16);
        let text = string(&mut random, length);
        let whole = scalar(&text);
        for at in
            (0..=text.len()).filter(|&at| text.is_char_boundary(at) && words::is_cut(text.as_bytes(), at))
        {
            let mut parts = scalar(&text[..at]);
            let right = scalar(&text[at..]);
            parts.words.extend(right.words.iter().map(|(start, end)| (start + at, end + at)));
            parts.stops.extend(right.stops.iter().map(|stop| stop + at));
            assert_eq!(parts, whole, "{text:?} at {at}");
        }
    }
}

/// Long runs of one thing, with and without white space: nothing is quadratic, nothing overflows.
#[test]
fn long_runs() {
    let units = [
        "a",
        " ",
        "_",
        "1.",
        "a'",
        "a'\u{301}",
        " \u{93e}",
        "a\u{301}",
        "漢",
        "漢 ",
        "漢 a ",
        "aカ",
        "カ",
        "א\"",
        "\u{200d}",
        "🇦",
        "👩\u{200d}👩 ",
        "é",
        "é ",
        "’",
        "٫",
        "\r\n",
        "a\u{2003}",
        "слово",
        "_\u{200c}",
        "𝒳",
        "-a\u{ad}",
    ];
    for unit in units {
        let text = unit.repeat(400_000 / unit.len()) + " end";
        let expected = scalar(&text);
        for level in Level::ALL {
            let mut found = Found::default();
            words::scan_at(level, &text, &mut found);
            assert!(found == expected, "{level:?} on a run of {unit:?}");
        }
    }
}
