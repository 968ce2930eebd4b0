//! Formulas made for languages other than English, and those for any language.

use super::{
    Rates, asl, asw, characters_per_word, letters_per_word, per_sentence, per_word, percent, percent_given,
    ratio,
};
use crate::measure::Measure;

const EASIER: &str = "(-inf, inf), about 0 to 100; higher is easier";
const EMPTY: &str = "words = 0 or sentences = 0";
const NO_WORDS: &str = "words = 0";
const NO_SENTENCES: &str = "sentences = 0";
const GERMAN_GRADE: &str = "(-inf, inf), German school grade 4 to 15; higher is harder";

/// asl = words / sentences, asw = syllables / words; "share" of x is 100 x / words.
pub(super) const OTHER: &[Measure<Rates>] = &[
    Measure {
        name: "lix",
        formula: "asl + share(words_7plus)",
        source: "Björnsson (1968), Läsbarhet; Swedish, used for many languages",
        range: "[1, inf); below 25 very easy, 45 and more hard",
        undefined: EMPTY,
        compute: |p| asl(p) + percent(p.words_7plus, p),
    },
    Measure {
        name: "rix",
        formula: "words_7plus / sentences",
        source: "Anderson (1983), Journal of Reading 26(6); any language",
        range: "[0, inf); below 0.2 is grade 1, from 7.2 college",
        undefined: NO_SENTENCES,
        compute: |p| per_sentence(p.words_7plus, p),
    },
    Measure {
        name: "tuldava",
        formula: "asw ln(asl)",
        source: "Tuldava (1975), Ob izmerenii trudnosti tekstov, Tartu; any language",
        range: "[0, inf); higher is harder",
        undefined: EMPTY,
        compute: |p| {
            let value = asw(p) * asl(p).ln();
            if value.is_finite() { value } else { f64::NAN }
        },
    },
    Measure {
        name: "reading_time",
        formula: "0.01469 visible_characters",
        source: "Demberg & Keller (2008), Cognition 109(2), 14.69 ms per character; as in textstat",
        range: "[0, inf), seconds",
        undefined: "never",
        compute: |p| 14.69 * p.visible_characters as f64 / 1000.0,
    },
    Measure {
        name: "amstad",
        formula: "180 - asl - 58.5 asw",
        source: "Amstad (1978), Wie verständlich sind unsere Zeitungen?, Zürich; German Flesch",
        range: "(-inf, 120.5], about 0 to 100; higher is easier",
        undefined: EMPTY,
        compute: |p| 180.0 - asl(p) - 58.5 * asw(p),
    },
    Measure {
        name: "wiener_1",
        formula: "0.1935 share(polysyllables) + 0.1672 asl + 0.1297 share(words_7plus) - 0.0327 share(monosyllables) - 0.875",
        source: "Bamberger & Vanecek (1984), Lesen-Verstehen-Lernen-Schreiben, p. 83; German",
        range: GERMAN_GRADE,
        undefined: EMPTY,
        compute: |p| wiener_1(p, p.words_7plus),
    },
    Measure {
        name: "wiener_1_6plus",
        formula: "wiener_1 with words_6plus for words_7plus",
        source: "Bamberger & Vanecek (1984) as quanteda computes it: six letters or more",
        range: GERMAN_GRADE,
        undefined: EMPTY,
        compute: |p| wiener_1(p, p.words_6plus),
    },
    Measure {
        name: "wiener_2",
        formula: "0.2007 share(polysyllables) + 0.1682 asl + 0.1373 share(words_7plus) - 2.779",
        source: "Bamberger & Vanecek (1984), Lesen-Verstehen-Lernen-Schreiben, p. 84; German",
        range: GERMAN_GRADE,
        undefined: EMPTY,
        compute: |p| wiener_2(p, p.words_7plus),
    },
    Measure {
        name: "wiener_2_6plus",
        formula: "wiener_2 with words_6plus for words_7plus",
        source: "Bamberger & Vanecek (1984) as quanteda computes it: six letters or more",
        range: GERMAN_GRADE,
        undefined: EMPTY,
        compute: |p| wiener_2(p, p.words_6plus),
    },
    Measure {
        name: "wiener_3",
        formula: "0.2963 share(polysyllables) + 0.1905 asl - 1.1144",
        source: "Bamberger & Vanecek (1984), Lesen-Verstehen-Lernen-Schreiben, p. 84; German",
        range: GERMAN_GRADE,
        undefined: EMPTY,
        compute: |p| 0.2963 * percent(p.polysyllables, p) + 0.1905 * asl(p) - 1.1144,
    },
    Measure {
        name: "wiener_4",
        formula: "0.2744 share(polysyllables) + 0.2656 asl - 1.693",
        source: "Bamberger & Vanecek (1984), Lesen-Verstehen-Lernen-Schreiben; German",
        range: GERMAN_GRADE,
        undefined: EMPTY,
        compute: |p| 0.2744 * percent(p.polysyllables, p) + 0.2656 * asl(p) - 1.693,
    },
    Measure {
        name: "smog_de",
        formula: "sqrt(30 polysyllables / sentences) - 2",
        source: "Bamberger & Vanecek (1984), p. 78 (\"Qu\"); German",
        range: "[-2, inf), German school grade",
        undefined: NO_SENTENCES,
        compute: |p| (30.0 * per_sentence(p.polysyllables, p)).sqrt() - 2.0,
    },
    Measure {
        name: "dickes_steiwer",
        formula: "235.95993 - 73.021 ln(letters / words + 1) - 12.56438 ln(asl + 1) - 50.03293 types / words",
        source: "Dickes & Steiwer (1977), Zeitschrift für Entwicklungspsychologie 9(1), Handformel; German",
        range: EASIER,
        undefined: EMPTY,
        compute: |p| {
            235.95993
                - 73.021 * letters_per_word(p).ln_1p()
                - 12.56438 * asl(p).ln_1p()
                - 50.03293 * per_word(p.types, p)
        },
    },
    Measure {
        name: "traenkle_bailer_1",
        formula: "224.6814 - 79.8304 ln(characters / words + 1) - 12.24032 ln(asl + 1) - 1.292857 share(prepositions)",
        source: "Tränkle & Bailer (1984), Zeitschrift für Entwicklungspsychologie 16(3); German",
        range: EASIER,
        undefined: "prepositions not given; words = 0 or sentences = 0",
        compute: |p| {
            224.6814
                - 79.8304 * characters_per_word(p).ln_1p()
                - 12.24032 * asl(p).ln_1p()
                - 1.292857 * percent_given(p.prepositions, p)
        },
    },
    Measure {
        name: "traenkle_bailer_2",
        formula: "234.1063 - 96.11069 ln(characters / words + 1) - 2.05444 share(prepositions) - 1.02805 share(conjunctions)",
        source: "Tränkle & Bailer (1984), Zeitschrift für Entwicklungspsychologie 16(3); German",
        range: EASIER,
        undefined: "prepositions or conjunctions not given; words = 0",
        compute: |p| {
            234.1063
                - 96.11069 * characters_per_word(p).ln_1p()
                - 2.05444 * percent_given(p.prepositions, p)
                - 1.02805 * percent_given(p.conjunctions, p)
        },
    },
    Measure {
        name: "fucks",
        formula: "syllables / sentences (asw asl)",
        source: "Fucks (1955), Sprachforum 1, Stilcharakteristik; German",
        range: "[0, inf); its square root is a school grade",
        undefined: NO_SENTENCES,
        compute: |p| per_sentence(p.syllables, p),
    },
    Measure {
        name: "fernandez_huerta",
        formula: "206.84 - 60 asw - 1.02 asl",
        source: "Fernández Huerta (1959), Consigna 214, in the form of common use; Spanish",
        range: "(-inf, 145.82], about 0 to 100; higher is easier",
        undefined: EMPTY,
        compute: |p| 206.84 - 60.0 * asw(p) - 1.02 * asl(p),
    },
    Measure {
        name: "fernandez_huerta_206_835",
        formula: "206.835 - 60 asw - 1.02 asl",
        source: "Fernández Huerta (1959) with Flesch's constant, as in koRpus and textacy; Spanish",
        range: "(-inf, 145.815], about 0 to 100; higher is easier",
        undefined: EMPTY,
        compute: |p| 206.835 - 60.0 * asw(p) - 1.02 * asl(p),
    },
    Measure {
        name: "fernandez_huerta_1959",
        formula: "206.84 - 60 asw - 1.02 share(sentences)",
        source: "Fernández Huerta (1959), Consigna 214, as printed: sentences per 100 words; Spanish",
        range: EASIER,
        undefined: NO_WORDS,
        compute: |p| 206.84 - 60.0 * asw(p) - 1.02 * percent(p.sentences, p),
    },
    Measure {
        name: "szigriszt_pazos",
        formula: "206.835 - 62.3 asw - asl",
        source: "Szigriszt Pazos (1993), thesis, Madrid, perspicuidad; INFLESZ reads the same number; Spanish",
        range: "(-inf, 143.535], about 0 to 100; higher is easier",
        undefined: EMPTY,
        compute: |p| 206.835 - 62.3 * asw(p) - asl(p),
    },
    Measure {
        name: "gutierrez_polini",
        formula: "95.2 - 9.7 letters / words - 0.35 asl",
        source: "Gutiérrez de Polini (1972), Caracas, comprensibilidad; Spanish",
        range: "(-inf, 94.85]; higher is easier",
        undefined: EMPTY,
        compute: |p| 95.2 - 9.7 * letters_per_word(p) - 0.35 * asl(p),
    },
    Measure {
        name: "crawford",
        formula: "-0.205 share(sentences) + 0.049 share(syllables) - 3.407",
        source: "Crawford (1985), Lectura y Vida 6(4); Spanish, primary school",
        range: "(-inf, inf), years of schooling",
        undefined: NO_WORDS,
        compute: |p| -0.205 * percent(p.sentences, p) + 0.049 * percent(p.syllables, p) - 3.407,
    },
    Measure {
        name: "mu",
        formula: "100 n / (n - 1) mean / variance of the letters per word, n = words, variance over n",
        source: "Muñoz Baquedano & Muñoz Urra (2006), Legibilidad Mµ, Viña del Mar, as in Wordless; Spanish",
        range: "[0, inf); higher is easier",
        undefined: "words < 2; all words of equal length",
        compute: |p| mu(p, p.words),
    },
    Measure {
        name: "mu_sample",
        formula: "mu with the variance over n - 1",
        source: "Muñoz Baquedano & Muñoz Urra (2006), Legibilidad Mµ, as in textacy; Spanish",
        range: "[0, inf); higher is easier",
        undefined: "words < 2; all words of equal length",
        compute: |p| mu(p, p.words.saturating_sub(1)),
    },
    Measure {
        name: "kandel_moles_207",
        formula: "207 - 1.015 asl - 73.6 asw",
        source: "Kandel & Moles (1958), Cahiers d'études de radio-télévision 19, as in textstat, textacy and Wordless; French",
        range: "(-inf, 132.385], about 0 to 100; higher is easier",
        undefined: EMPTY,
        compute: |p| 207.0 - 1.015 * asl(p) - 73.6 * asw(p),
    },
    Measure {
        name: "kandel_moles_209",
        formula: "209 - 1.15 asl - 68 asw",
        source: "Kandel & Moles (1958), Cahiers d'études de radio-télévision 19, as in koRpus; French",
        range: "(-inf, 139.85], about 0 to 100; higher is easier",
        undefined: EMPTY,
        compute: |p| 209.0 - 1.15 * asl(p) - 68.0 * asw(p),
    },
    Measure {
        name: "gulpease",
        formula: "89 + (300 sentences - 10 letters) / words",
        source: "Lucisano & Piemontese (1988), Scuola e città 39(3); Italian",
        range: "(-inf, inf), about 0 to 100; higher is easier",
        undefined: NO_WORDS,
        compute: |p| 89.0 + 300.0 * per_word(p.sentences, p) - 10.0 * letters_per_word(p),
    },
    Measure {
        name: "flesch_vacca",
        formula: "217 - 1.3 asl - 60 asw",
        source: "Franchina & Vacca (1986), Linguaggi 3; Italian Flesch",
        range: "(-inf, 155.7], about 0 to 100; higher is easier",
        undefined: EMPTY,
        compute: |p| 217.0 - 1.3 * asl(p) - 60.0 * asw(p),
    },
    Measure {
        name: "douma",
        formula: "206.835 - 0.93 asl - 77 asw",
        source: "Douma (1960), De leesbaarheid van landbouwbladen, Wageningen; Dutch Flesch",
        range: "(-inf, 128.905], about 0 to 100; higher is easier",
        undefined: EMPTY,
        compute: |p| 206.835 - 0.93 * asl(p) - 77.0 * asw(p),
    },
    Measure {
        name: "brouwer",
        formula: "195 - 2 asl - 67 asw",
        source: "Brouwer (1963), Paedagogische Studiën 40, Leesindex A, rounded as in koRpus; Dutch",
        range: "(-inf, 126], about 0 to 100; higher is easier",
        undefined: EMPTY,
        compute: |p| 195.0 - 2.0 * asl(p) - 67.0 * asw(p),
    },
    Measure {
        name: "brouwer_1963",
        formula: "195 - 2 asl - 200/3 asw",
        source: "Brouwer (1963), Paedagogische Studiën 40, Leesindex A, as in Wordless; Dutch",
        range: "(-inf, 126.33], about 0 to 100; higher is easier",
        undefined: EMPTY,
        compute: |p| 195.0 - 2.0 * asl(p) - 200.0 / 3.0 * asw(p),
    },
    Measure {
        name: "martins",
        formula: "248.835 - 1.015 asl - 84.6 asw",
        source: "Martins, Ghiraldelo, Nunes & Oliveira (1996), ICMC-USP notas 28; Portuguese Flesch",
        range: "(-inf, 163.22], about 0 to 100; higher is easier",
        undefined: EMPTY,
        compute: |p| 248.835 - 1.015 * asl(p) - 84.6 * asw(p),
    },
    Measure {
        name: "oborneva",
        formula: "206.835 - 1.3 asl - 60.1 asw",
        source: "Oborneva (2006), thesis, Moscow; Russian Flesch",
        range: "(-inf, 145.435], about 0 to 100; higher is easier",
        undefined: EMPTY,
        compute: |p| 206.835 - 1.3 * asl(p) - 60.1 * asw(p),
    },
    Measure {
        name: "partiko",
        formula: "206.84 - 5.93 asl - 28.3 asw",
        source: "Partiko (2001), Zahal'ne redahuvannja; in Grzybek (2010); Ukrainian Flesch",
        range: "(-inf, 172.61], about 0 to 100; higher is easier",
        undefined: EMPTY,
        compute: |p| 206.84 - 5.93 * asl(p) - 28.3 * asw(p),
    },
    Measure {
        name: "atesman",
        formula: "198.825 - 2.610 asl - 40.175 asw",
        source: "Ateşman (1997), Dil Dergisi 58; Turkish Flesch",
        range: "(-inf, 156.04], about 0 to 100; higher is easier",
        undefined: EMPTY,
        compute: |p| 198.825 - 2.610 * asl(p) - 40.175 * asw(p),
    },
    Measure {
        name: "aari",
        formula: "3.28 characters + 1.43 characters / words + 1.24 asl",
        source: "Al Tamimi, Jaradat, Al-Jarrah & Ghanem (2014), IAJIT 11(4); Arabic. Grows with the length of the text, as published",
        range: "[0, inf); higher is harder",
        undefined: EMPTY,
        compute: |p| 3.28 * p.characters as f64 + 1.43 * characters_per_word(p) + 1.24 * asl(p),
    },
    Measure {
        name: "osman",
        formula: "200.791 - 1.015 asl - 24.181 (words_6plus + syllables + words_5plus_syllables + faseeh_words) / words",
        source: "El-Haj & Rayson (2016), LREC; Arabic",
        range: "(-inf, inf), about 0 to 100; higher is easier",
        undefined: "faseeh_words not given; words = 0 or sentences = 0",
        compute: |p| {
            let hard = per_word(p.words_6plus, p) + asw(p) + per_word(p.words_5plus_syllables, p);
            200.791 - 1.015 * asl(p) - 24.181 * (hard + percent_given(p.faseeh_words, p) / 100.0)
        },
    },
];

fn wiener_1(p: &Rates, long_words: u64) -> f64 {
    0.1935 * percent(p.polysyllables, p) + 0.1672 * asl(p) + 0.1297 * percent(long_words, p)
        - 0.0327 * percent(p.monosyllables, p)
        - 0.875
}

fn wiener_2(p: &Rates, long_words: u64) -> f64 {
    0.2007 * percent(p.polysyllables, p) + 0.1682 * asl(p) + 0.1373 * percent(long_words, p) - 2.779
}

/// 100·n/(n − 1)·mean/variance. With L letters in n words and Q the sum of squares, the variance is
/// (n·Q − L²) / (n·divisor); the difference is taken among integers, so it cannot cancel.
fn mu(p: &Rates, divisor: u64) -> f64 {
    let (n, l, q) = (u128::from(p.words), u128::from(p.letters), u128::from(p.letters_squared));
    let Some(spread) = (n * q).checked_sub(l * l).filter(|&spread| spread > 0) else {
        return f64::NAN;
    };
    if p.words < 2 {
        return f64::NAN;
    }
    let variance = spread as f64 / (p.words as f64 * divisor as f64);
    100.0 * ratio(p.words, p.words - 1) * letters_per_word(p) / variance
}
