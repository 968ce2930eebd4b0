//! Words in capitals: spelled letter by letter, said as a word, or a Roman numeral.

/// How a word in capitals is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// Letter by letter.
    Spelled(u32),
    /// As a word of the dictionary, `NATO`.
    Known(u32),
    /// As the number that a Roman numeral stands for.
    Numeral(u8),
    /// As a word that only the rules can judge, `ISAF`.
    Word,
}

/// Words of two and three letters that are words also when a headline writes them in capitals, and
/// acronyms that are said as words. What is neither is spelled. `US`, `IT` and `WHO` are not here:
/// in running text their capitals mean the country, the trade and the organisation.
#[rustfmt::skip]
const SHORT_WORDS: &[&str] = &[
    "add", "age", "ago", "aid", "aim", "air", "all", "am", "an", "and", "any", "arm", "art", "as", "ask",
    "at", "bad", "ban", "bar", "be", "bed", "bid", "big", "bus", "but", "buy", "by", "can", "car", "cut",
    "day", "did", "die", "do", "due", "end", "far", "few", "for", "gap", "gas", "get", "gif", "god",
    "got", "gun", "had", "has", "he", "her", "him", "his", "hit", "hot", "how", "if", "in", "is", "its",
    "job", "key", "lan", "law", "led", "let", "lot", "low", "man", "may", "me", "men", "mr", "mrs", "my",
    "new", "no", "nor", "not", "now", "of", "off", "oh", "oil", "old", "on", "one", "or", "our", "out",
    "own", "pay", "per", "pin", "put", "ram", "ran", "red", "rom", "run", "say", "see", "set", "she",
    "sim", "sit", "six", "so", "son", "tax", "ten", "the", "to", "too", "top", "try", "two", "up", "use",
    "wan", "war", "was", "way", "we", "why", "win", "won", "yes", "yet", "you", "zip",
];

/// How `letters` (lower-case ASCII letters that stood in capitals) is said; `known`: what the dictionary has of it.
pub(super) fn said(letters: &str, known: impl FnOnce() -> Option<u32>) -> Said {
    match letters.len() {
        0 | 1 => Said::Spelled(spelled(letters)),
        n => {
            if let Some(value) = roman(letters) {
                Said::Numeral(value)
            } else if n <= 3 && SHORT_WORDS.binary_search(&letters).is_err() {
                Said::Spelled(spelled(letters))
            } else if let Some(count) = known() {
                Said::Known(count)
            } else if is_pronounceable(letters) {
                Said::Word
            } else {
                Said::Spelled(spelled(letters))
            }
        }
    }
}

/// The names of the letters: one syllable each, "double-u" three.
pub(super) fn spelled(letters: &str) -> u32 {
    let each = letters.bytes().filter(u8::is_ascii_alphabetic).map(|b| if b | 32 == b'w' { 3 } else { 1 });
    each.fold(0, u32::saturating_add)
}

/// II to XXXIX in the form that Romans and Popes use; one letter is a letter.
fn roman(letters: &str) -> Option<u8> {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    if !letters.starts_with(['i', 'v', 'x']) {
        return None;
    }
    let tens = letters.bytes().take_while(|&b| b == b'x').count();
    let one = ONES.iter().position(|&o| o == &letters[tens..])?;
    (tens <= 3 && letters.len() > 1).then(|| (tens * 10 + one) as u8)
}

/// Whether a speaker of English would try to say it: from seven letters on always, below if it
/// opens with a known cluster, has vowels, and no heap of vowels or consonants.
fn is_pronounceable(letters: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "bl", "br", "ch", "cl", "cr", "dr", "fl", "fr", "gl", "gr", "kh", "kl", "kr", "ph", "pl", "pr", "qu",
        "rh", "sc", "sch", "scr", "sh", "sk", "sl", "sm", "sn", "sp", "spl", "spr", "st", "str", "sw", "th",
        "thr", "tr", "tw", "wh", "wr", "zh",
    ];
    const ENDINGS: &[&str] = &[
        "cht", "ck", "cks", "ct", "cts", "ff", "ft", "ght", "gh", "ld", "lf", "lk", "ll", "lls", "lm", "lp",
        "lt", "mb", "mp", "mps", "nce", "nch", "nd", "nds", "ng", "ngs", "nk", "nks", "nn", "ns", "nt",
        "nts", "ps", "pt", "rb", "rc", "rch", "rd", "rds", "rf", "rg", "rk", "rks", "rl", "rm", "rn", "rns",
        "rp", "rs", "rst", "rt", "rts", "sh", "sk", "sm", "sp", "ss", "st", "sts", "th", "ths", "tt", "tz",
        "ch", "ts", "ks", "ls", "ms", "ds",
    ];
    if letters.len() >= 7 {
        return true;
    }
    let is_vowel = |c: char| "aeiouy".contains(c);
    let is_consonant = |c: char| !is_vowel(c);
    let Some(first) = letters.find(is_vowel) else { return false };
    let last = letters.rfind(is_vowel).unwrap_or(first);
    let (opening, ending) = (&letters[..first], &letters[last + 1..]);
    let longest_between =
        |border: &dyn Fn(char) -> bool| letters.split(border).map(str::len).max().unwrap_or(0);
    (opening.len() < 2 || OPENINGS.contains(&opening))
        && (ending.len() < 2 || ENDINGS.contains(&ending))
        && longest_between(&is_vowel) <= 2
        && longest_between(&is_consonant) <= 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::syllables::english::Lexicon;

    #[test]
    fn capitals() {
        assert!(SHORT_WORDS.is_sorted());
        for (letters, expected) in [
            ("us", Said::Spelled(2)),
            ("ttp", Said::Spelled(3)),
            ("w", Said::Spelled(3)),
            ("un", Said::Spelled(2)),
            ("who", Said::Spelled(5)),
            ("nwfp", Said::Spelled(6)),
            ("unhcr", Said::Spelled(5)),
            ("undp", Said::Spelled(4)),
            ("iaea", Said::Spelled(4)),
            ("oecd", Said::Known(4)),
            ("nato", Said::Known(2)),
            ("unesco", Said::Known(3)),
            ("the", Said::Known(1)),
            ("ii", Said::Numeral(2)),
            ("xix", Said::Numeral(19)),
            ("isaf", Said::Word),
            ("musharraf", Said::Word),
        ] {
            assert_eq!(said(letters, || Lexicon::Open.lookup(letters)), expected, "{letters}");
        }
    }
}
