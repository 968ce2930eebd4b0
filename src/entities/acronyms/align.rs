//! How well the letters of a short form fit the words of a long form: a dynamic programme over the
//! letters of both, at most a dozen by a few hundred.

use super::words::{self, Word};

/// What leaving out a content word costs.
const SKIPPED_WORD: u32 = 5;
/// A letter right after the one matched before: "deoxyribonucleic", "alpha".
const NEXT_LETTER: u32 = 2;
/// A letter further inside of a word whose start is matched: "immunoglobulin (Ig)".
const INNER_LETTER: u32 = 3;
/// A letter inside of a word whose start is not matched.
const STRAY_LETTER: u32 = 9;
/// A long form that starts with a small word ("of Exporting Countries") or in the midst of its first word
/// ("pre-T cell receptor"): what fits as well without that is meant.
const POOR_START: u32 = 2;
/// The most that an alignment may cost on average per letter.
const MOST_PER_LETTER: u32 = 4;

/// The letters and digits of a short form as they are compared; a plural `s` is left out ("NGOs").
pub(super) fn letters(short: &str) -> Vec<char> {
    let bare = match short.strip_suffix("'s").or_else(|| short.strip_suffix("\u{2019}s")) {
        Some(stem) => stem,
        None => short,
    };
    let mut chars: Vec<char> = Vec::new();
    bare.chars().for_each(|c| push(c, &mut chars));
    let plural = bare.ends_with('s')
        && bare.chars().filter(|c| c.is_uppercase()).count() >= 2
        && bare.chars().rev().nth(1).is_some_and(char::is_uppercase);
    if plural {
        chars.pop();
    }
    chars
}

/// Adds the comparable letters of `c`: lower case, Greek by the Latin letter its name starts with.
fn push(c: char, out: &mut Vec<char>) {
    if c.is_alphanumeric() {
        out.push(folded(c));
    }
}

/// One letter for what is written in several ways: α, alpha and a.
fn folded(c: char) -> char {
    let c = c.to_lowercase().next().unwrap_or(c);
    match c {
        'α' => 'a',
        'β' | 'ß' => 'b',
        'γ' => 'g',
        'δ' => 'd',
        'ε' | 'η' | 'é' | 'è' | 'ê' | 'ë' => 'e',
        'κ' => 'k',
        'λ' => 'l',
        'μ' | 'µ' => 'm',
        'ω' | 'ö' | 'ó' | 'ò' | 'ô' | 'ø' => 'o',
        'π' | 'φ' | 'ψ' => 'p',
        'σ' => 's',
        'τ' | 'θ' => 't',
        'χ' | 'ç' => 'c',
        'ζ' => 'z',
        'ä' | 'á' | 'à' | 'â' | 'å' => 'a',
        'ü' | 'ú' | 'ù' | 'û' => 'u',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ł' => 'l',
        _ => c,
    }
}

/// The word of `before` at which the long form starts: the best aligned, the nearest of equals.
pub(super) fn best_start(text: &str, letters: &[char], before: &[Word]) -> Option<usize> {
    let most = (letters.len() + 5).min(letters.len() * 2 + 1).max(3);
    let mut best: Option<(u32, usize)> = None;
    for start in (0..before.len()).rev().take(most + 4) {
        let word = &text[before[start].start..before[start].end];
        if !may_begin_with(word, letters) || before.len() - start > most + particles(text, &before[start..]) {
            continue;
        }
        let Some(cost) = cost(text, letters, &before[start..]) else { continue };
        let small = words::is_particle(word) && word.starts_with(char::is_lowercase);
        let cost = cost + if small { POOR_START } else { 0 };
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, start));
        }
    }
    best.map(|(_, start)| start)
}

/// The same for a formula: "nitrous oxide (N2O)", "inositol trisphosphate (IP3)" have figures that stand for no
/// letters, and each other letter begins a word or a part of one; a single word begins with all of them, as the
/// gene "lantern (LAN3)".
pub(super) fn start_without_figures(text: &str, letters: &[char], before: &[Word]) -> Option<usize> {
    let bare: Vec<char> = letters.iter().copied().filter(|c| c.is_alphabetic()).collect();
    // A figure at the start stands for a word: "four-wheel drive (4WD)".
    if bare.len() < 2 || bare.len() == letters.len() || bare.first() != letters.first() {
        return None;
    }
    let start = best_start(text, &bare, before)?;
    fits_without_figures(text, &bare, &before[start..]).then_some(start)
}

/// Whether the letters without their figures fit `long` well enough.
fn fits_without_figures(text: &str, bare: &[char], long: &[Word]) -> bool {
    match long {
        [word] => {
            let mut name = text[word.start..word.end].chars().map(folded);
            bare.len() >= 3 && bare.iter().all(|&c| name.next() == Some(c))
        }
        _ => cost(text, bare, long).is_some_and(|cost| cost <= bare.len() as u32),
    }
}

/// Whether `letters` fit all of `long`, with their figures or without.
pub(super) fn fits(text: &str, letters: &[char], long: &[Word]) -> bool {
    let bare: Vec<char> = letters.iter().copied().filter(|c| c.is_alphabetic()).collect();
    cost(text, letters, long).is_some()
        || (bare.len() >= 2 && bare.len() < letters.len() && bare[0] == letters[0])
            && fits_without_figures(text, &bare, long)
}

/// The same for what chemists write otherwise than they speak: "6-hydroxydopamine (6-OHDA)".
pub(super) fn start_of_hydroxy(text: &str, letters: &[char], before: &[Word]) -> Option<usize> {
    let oh = letters.windows(2).position(|pair| pair == ['o', 'h'])?;
    let mut spoken = letters.to_vec();
    spoken.remove(oh);
    best_start(text, &spoken, before)
}

/// The same with the Greek letter in the other place: "gamma-interferon (IFN-gamma)".
pub(super) fn start_with_greek(text: &str, letters: &[char], before: &[Word]) -> Option<usize> {
    let (start, last) = before.len().checked_sub(1).map(|i| (i, before[i]))?;
    let (greek, _) = text[last.start..last.end].split_once('-').filter(|(part, _)| is_greek(part))?;
    let greek: Vec<char> = greek.to_lowercase().chars().collect();
    let rest = letters.strip_suffix(greek.as_slice()).filter(|rest| !rest.is_empty())?;
    let turned: Vec<char> = greek.iter().chain(rest).copied().collect();
    cost(text, &turned, &before[start..]).map(|_| start)
}

fn particles(text: &str, words: &[Word]) -> usize {
    words.iter().filter(|w| words::is_particle(&text[w.start..w.end])).count()
}

/// Whether `word` begins with the first of `letters`, itself, behind its locants or behind a hyphen.
fn may_begin_with(word: &str, letters: &[char]) -> bool {
    let Some(&first) = letters.first() else { return false };
    let letter = |part: &str| {
        part.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| folded(c) == first)
            || first.is_ascii_digit() && figure(part) == Some(first)
    };
    let named = bare_name(word);
    letter(word)
        || named > 0 && letter(&word[named..])
        || letters.len() >= FEWEST_BEHIND_HYPHEN && word.split('-').skip(1).any(letter)
}

/// Fewer letters than this start no long form behind a hyphen.
const FEWEST_BEHIND_HYPHEN: usize = 3;

/// How many letters stand before each part of a compound but the first: 3 in "pre-T".
fn behind_hyphens(word: &str) -> impl Iterator<Item = usize> {
    let letters = |part: &str| part.chars().filter(|c| c.is_alphanumeric()).count();
    word.match_indices('-').map(move |(i, _)| letters(&word[..i]))
}

pub(super) fn is_greek(part: &str) -> bool {
    let part = part.to_lowercase();
    matches!(part.as_str(), "alpha" | "beta" | "gamma" | "delta" | "epsilon" | "kappa" | "lambda" | "omega")
}

/// Where the name of a compound begins, behind figures, single letters and Greek ones: the `d` of
/// `7,12-dimethyl`, the `J` of `c-Jun`; 0 if it has none of them.
fn bare_name(word: &str) -> usize {
    let mut from = 0;
    while let Some(end) = word[from..].find('-') {
        let mut parts = word[from..from + end].split([',', '\'', '(', ')', '[', ']']);
        let locant = |part: &str| {
            let letters = part.chars().filter(|c| c.is_alphabetic()).count();
            letters <= 1 || is_greek(part) || matches!(part, "cis" | "trans" | "sn" | "tert")
        };
        if !parts.all(locant) {
            break;
        }
        from += end + 1;
    }
    from
}

/// A letter of the long form.
struct Letter {
    c: char,
    /// What else may stand for the letters from here: `2` at "two", `x` at "ectomy".
    sign: Option<char>,
    /// Whether a word or a part of a compound starts here.
    starts: bool,
    word: usize,
    /// What it costs to leave this letter's word out.
    skip: u32,
}

impl Letter {
    fn is(&self, wanted: char) -> bool {
        self.c == wanted || self.sign == Some(wanted)
    }
}

/// The figure that the first word of `text` stands for.
fn figure(text: &str) -> Option<char> {
    let word = &text[..text.bytes().take_while(u8::is_ascii_alphabetic).count()];
    let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    words.iter().position(|w| w.eq_ignore_ascii_case(word)).and_then(|i| char::from_digit(i as u32 + 1, 10))
}

/// What it costs to align `letters` with all of `long`, starting at its first letter; `None` if they
/// do not fit or fit by accident only.
pub(super) fn cost(text: &str, letters: &[char], long: &[Word]) -> Option<u32> {
    let spread = spread(text, long);
    let (m, n) = (letters.len(), spread.len());
    if m < 2 || n <= m {
        return None;
    }
    let first = &text[long[0].start..long[0].end];
    let locants = first[..bare_name(first)].chars().filter(|c| c.is_alphanumeric()).count();
    let begins = |j: usize| spread.get(j).is_some_and(|l| l.is(letters[0]));
    let inner: Vec<usize> = if m < FEWEST_BEHIND_HYPHEN || begins(0) || begins(locants) {
        Vec::new()
    } else {
        behind_hyphens(first).filter(|&j| begins(j)).collect()
    };
    if !begins(0) && !begins(locants) && inner.is_empty() {
        return None;
    }
    // skipped[w]: the cost of leaving out all words before w.
    let last_word = spread[n - 1].word;
    let mut skipped = vec![0u32; last_word + 2];
    for letter in spread.iter().rev() {
        skipped[letter.word + 1] = letter.skip;
    }
    for w in 1..skipped.len() {
        skipped[w] += skipped[w - 1];
    }
    const NEVER: u32 = u32::MAX / 4;
    // at[j]: the least cost with letter i of the short form at letter j of the long form; `rooted`
    // tells whether the start of j's word is matched on that way.
    let mut at: Vec<(u32, bool)> = vec![(NEVER, false); n];
    for j in [locants, 0] {
        if begins(j) {
            at[j] = (0, true);
        }
    }
    inner.iter().for_each(|&j| at[j] = (POOR_START, true));
    for &wanted in &letters[1..] {
        let mut next = vec![(NEVER, false); n];
        // The best of the words before the current one, less what was skipped up to it.
        let mut best_before: u32 = NEVER;
        let mut word_start = 0;
        for j in 1..n {
            if spread[j].word != spread[j - 1].word {
                for k in word_start..j {
                    let after = skipped[spread[k].word + 1];
                    if at[k].0 < NEVER {
                        // Costs stay comparable by adding the total and subtracting what lies before.
                        best_before = best_before.min(at[k].0 + skipped[last_word + 1] - after);
                    }
                }
                word_start = j;
            }
            if !spread[j].is(wanted) {
                continue;
            }
            let mut least = (NEVER, false);
            // From an earlier word.
            if best_before < NEVER {
                let jump = best_before + skipped[spread[j].word] - skipped[last_word + 1];
                least = if spread[j].starts { (jump, true) } else { (jump + STRAY_LETTER, false) };
            }
            // From an earlier letter of the same word.
            for (k, &(cost, rooted)) in at.iter().enumerate().take(j).skip(word_start) {
                if cost >= NEVER {
                    continue;
                }
                let step = if spread[j].starts {
                    1
                } else if k + 1 == j {
                    NEXT_LETTER
                } else if rooted {
                    INNER_LETTER
                } else {
                    INNER_LETTER + 2
                };
                if cost + step < least.0 {
                    least = (cost + step, rooted);
                }
            }
            next[j] = least;
        }
        at = next;
    }
    let total = |k: usize| at[k].0 + skipped[last_word + 1] - skipped[spread[k].word + 1];
    let least = (0..n).filter(|&k| at[k].0 < NEVER).map(total).min()?;
    (least <= MOST_PER_LETTER * m as u32).then_some(least)
}

/// The letters of the long form, compounds taken apart.
fn spread(text: &str, long: &[Word]) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::new();
    let mut part = 0;
    for word in long {
        let whole = &text[word.start..word.end];
        let skip = if words::is_particle(whole) { 0 } else { SKIPPED_WORD };
        let mut starts = true;
        let mut named = false;
        let mut previous = ' ';
        let (name, unit) = (bare_name(whole), behind_multiplier(whole));
        for (i, c) in whole.char_indices() {
            if !c.is_alphanumeric() {
                starts = true;
            } else {
                // "GeneXpert", "IL2": a capital after a small letter and a digit start a part.
                let inside =
                    previous.is_lowercase() && c.is_uppercase() || previous.is_alphabetic() && c.is_numeric();
                let starts_part = starts || inside;
                if starts_part && !out.is_empty() {
                    part += 1;
                }
                // Leaving out locants costs nothing, the parts behind the first of a compound little.
                let skip = match (i < name, named) {
                    (true, _) => 0,
                    (_, false) => skip,
                    _ => skip.min(1),
                };
                named |= starts_part && i >= name;
                let sign = if starts_part { figure(&whole[i..]) } else { None };
                // "thymectomized (TMX)"
                let sign = sign.or_else(|| whole[i..].starts_with("ectom").then_some('x'));
                let at_start = starts_part || unit == Some(i);
                out.push(Letter { c: folded(c), sign, starts: at_start, word: part, skip });
                starts = false;
            }
            previous = c;
        }
    }
    out
}

/// Where the group begins that a chemical name counts: the `o` of `dioxide`, the `p` of `4,5-bisphosphate`.
fn behind_multiplier(word: &str) -> Option<usize> {
    const GROUPS: [&str; 8] = ["oxide", "phosphat", "sulf", "nitr", "chlor", "fluor", "hydr", "methyl"];
    let name = bare_name(word);
    let counts = ["mono", "mon", "di", "tri", "tetra", "tetr", "bis", "tris", "per"];
    let mut groups = counts.iter().filter_map(|count| {
        let group = word[name..].strip_prefix(count)?;
        GROUPS.iter().any(|g| group.starts_with(g)).then_some(name + count.len())
    });
    groups.next()
}
