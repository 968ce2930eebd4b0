//! Syllables of other languages: every vowel is one, but for the groups that a language says in one
//! breath. A row a language.
//!
//! What is missed most, measured against pronunciations (docs/validation.md has the figures): Spanish hiatus
//! that is not written ("ahusar"); Swedish e + u across a border; German vowels that meet in compounds;
//! Portuguese u after g and q; Dutch and Norwegian English words; Italian i before a vowel, stressed or not;
//! the French e that may fall, -ent.

use unicode_normalization::UnicodeNormalization;

use super::Language;

/// What a vowel letter is worth in its place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A syllable, alone or in a unit.
    Vowel,
    /// A syllable of its own: no unit starts here.
    Alone,
    /// None: silent, or a consonant.
    Silent,
}

impl Role {
    fn silent_if(silent: bool) -> Self {
        if silent { Self::Silent } else { Self::Vowel }
    }
}

/// The vowels of a language and what it says as one syllable.
struct Rules {
    language: Language,
    /// Letters that carry a syllable.
    vowels: &'static str,
    /// Groups of vowels that are one syllable; the longest that fits is taken.
    units: &'static [&'static str],
    /// What a vowel letter is worth by its surroundings.
    role: fn(&[char], usize) -> Role,
}

const RULES: [Rules; 13] = [
    Rules {
        language: Language::German,
        vowels: "aeiouyäöüáàâéèêëíìîïóòôúùû",
        units: &[
            "aa", "ee", "oo", "ie", "ei", "ai", "au", "eu", "äu", "ey", "ay", "oi", "oy", "ou", "ieu", "eau",
        ],
        role: german,
    },
    Rules {
        language: Language::French,
        vowels: "aeiouyàâäéèêëîïôöùûüæœ",
        units: &[
            "ai", "aî", "au", "ei", "eî", "eu", "eû", "oi", "oî", "ou", "où", "oû", "oe", "eau", "oeu", "œu",
            "ui", "uî", "ia", "iâ", "ie", "ié", "iè", "iê", "io", "iô", "ieu", "iai", "iau", "oua", "oui",
            "oué", "ouai", "aou", "aoû", "ay", "ey", "oy", "uy", "ée", "uie", "aie", "oie", "eui", "ouie",
            "iou", "ya", "ye", "yé", "yo", "oê", "uè", "oin", "uei", "oeil", "aî",
        ],
        role: french,
    },
    Rules {
        language: Language::Spanish,
        vowels: "aeiouáéíóúüy",
        units: &[
            "ai", "au", "ei", "eu", "oi", "ou", "ái", "áu", "éi", "éu", "ói", "ia", "ie", "io", "iá", "ié",
            "ió", "ua", "ue", "uo", "uá", "ué", "uó", "üe", "üi", "üé", "üí", "iu", "ui", "iú", "uí", "iái",
            "iéi", "uái", "uéi", "iai", "uai", "uei", "uau", "ay", "ey", "oy", "uy", "uay", "uey", "áy",
            "éy", "óy", "ioi",
        ],
        role: spanish,
    },
    Rules {
        language: Language::Italian,
        vowels: "aeiouyàèéìíîòóùú",
        units: &[
            "ai", "ei", "oi", "ui", "au", "eu", "ia", "ie", "io", "iu", "ua", "ue", "uo", "ià", "iè", "ié",
            "iò", "iù", "uà", "uè", "uò", "iei", "iai", "ioi", "iuo", "uoi", "uie", "uai", "uei", "àu", "ài",
            "èi", "òi",
        ],
        role: italian,
    },
    Rules {
        language: Language::Portuguese,
        vowels: "aeiouyáàâãéêíóôõúü",
        units: &[
            "ai", "au", "ei", "eu", "oi", "ou", "iu", "ui", "ão", "ãe", "õe", "ãi", "ái", "áu", "éi", "éu",
            "ói", "êi", "ôi", "âi", "ii",
        ],
        role: portuguese,
    },
    Rules {
        language: Language::Dutch,
        vowels: "aeiouyäëïöüáàâéèêíóòôúû",
        units: &[
            "aa", "ee", "oo", "uu", "ie", "oe", "eu", "ui", "ei", "au", "ou", "aai", "ooi", "oei", "ieu",
            "eeu", "ai", "oi", "éé", "ay", "ey", "oy", "eau", "aie", "áá", "óó",
        ],
        role: dutch,
    },
    Rules {
        language: Language::Russian, vowels: "аеёиоуыэюяіѣѵ", units: &[], role: |_, _| Role::Vowel
    },
    Rules { language: Language::Polish, vowels: "aąeęioóuy", units: &["au", "eu"], role: polish },
    Rules {
        language: Language::Swedish,
        vowels: "aeiouyåäöéèáàüæø",
        units: &["au", "eu", "ou", "eau", "oi", "ai", "ee", "oo"],
        role: nordic,
    },
    Rules {
        language: Language::Danish,
        vowels: "aeiouyæøåéèáóöäü",
        units: &["au", "eu", "ou", "ai", "ei", "oi", "øi", "ee", "oo", "aa", "ui", "eau"],
        role: nordic,
    },
    Rules {
        language: Language::Norwegian,
        vowels: "aeiouyæøåéèêóòôöäü",
        units: &["au", "eu", "ou", "ai", "ei", "oi", "øy", "ee", "oo", "aa", "ui", "eau"],
        role: nordic,
    },
    Rules {
        language: Language::Finnish,
        vowels: "aeiouyäöå",
        units: &[
            "aa", "ee", "ii", "oo", "uu", "yy", "ää", "öö", "ai", "ei", "oi", "ui", "yi", "äi", "öi", "au",
            "eu", "iu", "ou", "ey", "iy", "äy", "öy", "ie", "uo", "yö",
        ],
        role: |_, _| Role::Vowel,
    },
    Rules { language: Language::Turkish, vowels: "aeıioöuüâîû", units: &[], role: |_, _| Role::Vowel },
];

/// The syllables of a stretch of letters; 0 where it has none to count (a lone apostrophe).
pub(super) fn count(letters: &str, language: Language) -> u32 {
    let spoken = |c: &char| !matches!(c, '\'' | '’' | '‘' | 'ʼ' | '＇' | '\u{AD}');
    let letters: Vec<char> = letters.nfc().flat_map(char::to_lowercase).filter(spoken).collect();
    let Some(rules) = RULES.iter().find(|r| r.language == language) else {
        return any_script(&letters);
    };
    let n = by_rules(&letters, rules);
    // A word of another script, or one without vowels.
    if n == 0 { any_script(&letters) } else { n }
}

fn by_rules(w: &[char], rules: &Rules) -> u32 {
    let (mut i, mut n) = (0, 0u32);
    while i < w.len() {
        let role = (rules.role)(w, i);
        if !rules.vowels.contains(w[i]) || role == Role::Silent {
            i += 1;
            continue;
        }
        n = n.saturating_add(1);
        if role == Role::Alone {
            i += 1;
            continue;
        }
        let fits = |unit: &&&str| {
            let mut at = i;
            unit.chars().all(|c| {
                let fit = w.get(at) == Some(&c) && (rules.role)(w, at) != Role::Silent;
                at += 1;
                fit
            })
        };
        let longest = rules.units.iter().filter(fits).map(|u| u.chars().count()).max();
        i += longest.unwrap_or(1);
    }
    n
}

/// The letter `k` places from `i`, or a space beyond the word's ends.
fn at(w: &[char], i: usize, k: isize) -> char {
    i.checked_add_signed(k).and_then(|j| w.get(j)).copied().unwrap_or(' ')
}

fn is_vowel(c: char) -> bool {
    "aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüœąęóı".contains(c)
}

/// The u of "qu".
fn after_q(w: &[char], i: usize) -> bool {
    w[i] == 'u' && at(w, i, -1) == 'q'
}

/// Whether `w` ends in `ending` with its first letter at `i`.
fn ends_at(w: &[char], i: usize, ending: &str) -> bool {
    ending.chars().eq(w[i.min(w.len())..].iter().copied())
}

/// The i of -tion and -sion, where a language makes one syllable of them.
fn glides_in_tion(w: &[char], i: usize) -> bool {
    w[i] == 'i' && matches!(at(w, i, -1), 't' | 's') && at(w, i, 1) == 'o' && at(w, i, 2) == 'n'
}

/// "Fe-ri-en", "I-ta-li-en", but "Wien".
fn german(w: &[char], i: usize) -> Role {
    let after_one_consonant = matches!(at(w, i, -1), 'd' | 'l' | 'n' | 'r') && is_vowel(at(w, i, -2));
    if after_one_consonant && ends_at(w, i, "ien") {
        return Role::Alone;
    }
    Role::silent_if(after_q(w, i) || (w[i] == 'y' && is_vowel(at(w, i, 1))))
}

fn dutch(w: &[char], i: usize) -> Role {
    Role::silent_if(after_q(w, i) || glides_in_tion(w, i) || (w[i] == 'y' && i == 0 && is_vowel(at(w, i, 1))))
}

fn nordic(w: &[char], i: usize) -> Role {
    dutch(w, i)
}

/// qu, gu before e and i; y is a vowel only where no vowel follows.
fn spanish(w: &[char], i: usize) -> Role {
    let next = at(w, i, 1);
    Role::silent_if(match w[i] {
        'u' => after_q(w, i) || (at(w, i, -1) == 'g' && matches!(next, 'e' | 'i' | 'é' | 'í')),
        'y' => is_vowel(next),
        _ => false,
    })
}

/// The Greek endings stress their i: "bi-o-lo-gi-a"; spelling does not show it elsewhere.
fn italian(w: &[char], i: usize) -> Role {
    const STRESSED: [&str; 16] = [
        "log", "graf", "er", "em", "pat", "craz", "nom", "tom", "sof", "metr", "scop", "arch", "man", "fob",
        "fon", "term",
    ];
    let stressed = |before: &&str| w[..i].ends_with(&before.chars().collect::<Vec<_>>());
    if (ends_at(w, i, "ia") || ends_at(w, i, "ie")) && STRESSED.iter().any(stressed) {
        return Role::Alone;
    }
    Role::Vowel
}

fn portuguese(w: &[char], i: usize) -> Role {
    Role::silent_if(w[i] == 'u' && (after_q(w, i) || at(w, i, -1) == 'g') && is_vowel(at(w, i, 1)))
}

/// An i before a vowel softens the consonant and is not said itself; "na-uka", "za-ufać", but "autor".
fn polish(w: &[char], i: usize) -> Role {
    if i == 1 && w[1] == 'a' && matches!(w[0], 'n' | 'z') && at(w, 2, 0) == 'u' {
        return Role::Alone;
    }
    Role::silent_if(w[i] == 'i' && i > 0 && "aąeęioóu".contains(at(w, i, 1)))
}

/// The final e and what stands for it, the e between single consonants ("seul(e)ment"), qu, gu
/// before e and i, ge before a and o.
fn french(w: &[char], i: usize) -> Role {
    let next = at(w, i, 1);
    Role::silent_if(match w[i] {
        'u' => after_q(w, i) || (at(w, i, -1) == 'g' && matches!(next, 'e' | 'i' | 'é' | 'è' | 'ê')),
        'e' => {
            let before = at(w, i, -1);
            let ends = next == ' ' || ends_at(w, i, "es");
            // "parlent" but "moment", "président", "récent", "argent".
            let third_person = ends_at(w, i, "ent") && !matches!(before, 'm' | 'd' | 'c' | 'g' | 'i' | 'u');
            let single = |c: char| c.is_alphabetic() && !is_vowel(c);
            let between = is_vowel(at(w, i, -2))
                && single(before)
                && single(next)
                && is_vowel(at(w, i, 2))
                && at(w, i, -2) != 'e'
                && before != next;
            // "le" and "des" keep theirs: it is all they have.
            let heard_before = || w[..i].iter().any(|&c| is_vowel(c));
            between
                || ((ends || third_person) && heard_before())
                || (before == 'g' && matches!(next, 'a' | 'o' | 'â' | 'ô'))
        }
        _ => false,
    })
}

/// Any script, for a language without rules of its own.
fn any_script(w: &[char]) -> u32 {
    let mut n = 0u32;
    let mut unwritten = 0u32;
    let mut in_group = false;
    for &c in w {
        let latin_or_greek = is_vowel(c) || "αεηιουωάέήίόύώϊϋΐΰ".contains(c);
        let one_each = match c {
            'а' | 'е' | 'ё' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я' | 'і' | 'ї' | 'є' => true,
            // Kana but the small ones, which belong to the one before; Han; Hangul.
            'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ァ' | 'ィ' | 'ゥ' | 'ェ'
            | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ー' => false,
            '\u{3040}'..='\u{30FF}'
            | '\u{3400}'..='\u{9FFF}'
            | '\u{AC00}'..='\u{D7A3}'
            | '\u{20000}'..='\u{3FFFF}' => true,
            _ => false,
        };
        if one_each || (latin_or_greek && !in_group) {
            n = n.saturating_add(1);
        }
        // Scripts that leave short vowels out, or put them in signs: two letters a syllable is a guess.
        if matches!(c, '\u{590}'..='\u{8FF}' | '\u{900}'..='\u{DFF}' | '\u{E00}'..='\u{109F}' | '\u{1200}'..='\u{137F}')
            && c.is_alphabetic()
        {
            unwritten = unwritten.saturating_add(1);
        }
        in_group = latin_or_greek;
    }
    n.saturating_add(unwritten.div_ceil(2))
}
