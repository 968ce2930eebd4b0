//! Formulas made for English.

use super::{
    Rates, adjusted, asl, asw, characters_per_word, letters_per_word, median, per_sentence, per_word,
    percent, percent_given,
};
use crate::measure::Measure;

const EASIER: &str = "(-inf, inf), about 0 to 100; higher is easier";
const GRADE: &str = "(-inf, inf), US school grade; higher is harder";
const CLOZE: &str = "(-inf, inf), expected cloze score in percent; higher is easier";
const EMPTY: &str = "words = 0 or sentences = 0";
const NO_WORDS: &str = "words = 0";
const NO_SENTENCES: &str = "sentences = 0";
const DALE: &str = "unfamiliar_dale_chall not given; words = 0 or sentences = 0";
const SPACHE: &str = "unfamiliar_spache not given; words = 0 or sentences = 0";
const HARRIS: &str = "unfamiliar_harris_jacobson not given; words = 0 or sentences = 0";

/// asl = words / sentences, asw = syllables / words; "share" of x is 100 x / words.
pub(super) const ENGLISH: &[Measure<Rates>] = &[
    Measure {
        name: "flesch",
        formula: "206.835 - 1.015 asl - 84.6 asw",
        source: "Flesch (1948), Journal of Applied Psychology 32(3)",
        range: "(-inf, 121.22], about 0 to 100; higher is easier",
        undefined: EMPTY,
        compute: |p| 206.835 - 1.015 * asl(p) - 84.6 * asw(p),
    },
    Measure {
        name: "flesch_psk",
        formula: "0.0778 asl + 4.55 asw - 2.2029",
        source: "Powers, Sumner & Kearl (1958), Journal of Educational Psychology 49(2)",
        range: GRADE,
        undefined: EMPTY,
        compute: |p| 0.0778 * asl(p) + 4.55 * asw(p) - 2.2029,
    },
    Measure {
        name: "flesch_kincaid",
        formula: "0.39 asl + 11.8 asw - 15.59",
        source: "Kincaid, Fishburne, Rogers & Chissom (1975), Navy Research Branch Report 8-75",
        range: "[-3.4, inf), US school grade; higher is harder",
        undefined: EMPTY,
        compute: flesch_kincaid,
    },
    Measure {
        name: "farr_jenkins_paterson",
        formula: "1.599 share(monosyllables) - 1.015 asl - 31.517",
        source: "Farr, Jenkins & Paterson (1951), Journal of Applied Psychology 35(5)",
        range: EASIER,
        undefined: EMPTY,
        compute: |p| 1.599 * percent(p.monosyllables, p) - 1.015 * asl(p) - 31.517,
    },
    Measure {
        name: "farr_jenkins_paterson_psk",
        formula: "8.4335 + 0.0923 asl - 0.0648 share(monosyllables)",
        source: "Powers, Sumner & Kearl (1958), Journal of Educational Psychology 49(2)",
        range: GRADE,
        undefined: EMPTY,
        compute: |p| 8.4335 + 0.0923 * asl(p) - 0.0648 * percent(p.monosyllables, p),
    },
    Measure {
        name: "ari",
        formula: "0.5 asl + 4.71 characters / words - 21.43",
        source: "Senter & Smith (1967), AMRL-TR-66-220",
        range: GRADE,
        undefined: EMPTY,
        compute: ari,
    },
    Measure {
        name: "ari_navy",
        formula: "0.37 asl + 5.84 characters / words - 26.01",
        source: "Kincaid et al. (1975), p. 14: recalculated for Navy personnel",
        range: GRADE,
        undefined: EMPTY,
        compute: |p| 0.37 * asl(p) + 5.84 * characters_per_word(p) - 26.01,
    },
    Measure {
        name: "ari_nri",
        formula: "0.4 asl + 6 characters / words - 27.4",
        source: "Kincaid et al. (1975): ari_navy rounded for use by hand (Navy Readability Index)",
        range: GRADE,
        undefined: EMPTY,
        compute: |p| 0.4 * asl(p) + 6.0 * characters_per_word(p) - 27.4,
    },
    Measure {
        name: "ari_simple",
        formula: "asl + 9 characters / words",
        source: "Senter & Smith (1967), AMRL-TR-66-220",
        range: "[0, inf); higher is harder",
        undefined: EMPTY,
        compute: |p| asl(p) + 9.0 * characters_per_word(p),
    },
    Measure {
        name: "coleman_liau",
        formula: "5.88 letters / words - 29.6 sentences / words - 15.8",
        source: "Coleman & Liau (1975), Journal of Applied Psychology 60(2), short form",
        range: GRADE,
        undefined: NO_WORDS,
        compute: coleman_liau,
    },
    Measure {
        name: "coleman_liau_ecp",
        formula: "141.8401 - 0.214590 (100 letters / words) + 1.079812 share(sentences)",
        source: "Coleman & Liau (1975), Journal of Applied Psychology 60(2), estimated cloze percent",
        range: CLOZE,
        undefined: NO_WORDS,
        compute: coleman_liau_ecp,
    },
    Measure {
        name: "coleman_liau_grade",
        formula: "23.06395 - 27.4004 coleman_liau_ecp / 100",
        source: "Coleman & Liau (1975), Journal of Applied Psychology 60(2)",
        range: GRADE,
        undefined: NO_WORDS,
        compute: |p| 23.06395 - 27.4004 * coleman_liau_ecp(p) / 100.0,
    },
    Measure {
        name: "coleman_1",
        formula: "1.29 share(monosyllables) - 38.45",
        source: "Coleman (1965), NSF report GB-2604; Szalay (1965)",
        range: CLOZE,
        undefined: NO_WORDS,
        compute: |p| 1.29 * percent(p.monosyllables, p) - 38.45,
    },
    Measure {
        name: "coleman_2",
        formula: "1.16 share(monosyllables) + 1.48 share(sentences) - 37.95",
        source: "Coleman (1965), NSF report GB-2604; Szalay (1965)",
        range: CLOZE,
        undefined: NO_WORDS,
        compute: |p| 1.16 * percent(p.monosyllables, p) + 1.48 * percent(p.sentences, p) - 37.95,
    },
    Measure {
        name: "coleman_3",
        formula: "1.07 share(monosyllables) + 1.18 share(sentences) + 0.76 share(pronouns) - 34.02",
        source: "Coleman (1965), NSF report GB-2604; Szalay (1965)",
        range: CLOZE,
        undefined: "pronouns not given; words = 0",
        compute: |p| {
            1.07 * percent(p.monosyllables, p)
                + 1.18 * percent(p.sentences, p)
                + 0.76 * percent_given(p.pronouns, p)
                - 34.02
        },
    },
    Measure {
        name: "coleman_4",
        formula: "1.04 share(monosyllables) + 1.06 share(sentences) + 0.56 share(pronouns) - 0.36 share(prepositions) - 26.01",
        source: "Coleman (1965), NSF report GB-2604; Szalay (1965)",
        range: CLOZE,
        undefined: "pronouns or prepositions not given; words = 0",
        compute: |p| {
            1.04 * percent(p.monosyllables, p)
                + 1.06 * percent(p.sentences, p)
                + 0.56 * percent_given(p.pronouns, p)
                - 0.36 * percent_given(p.prepositions, p)
                - 26.01
        },
    },
    Measure {
        name: "smog",
        formula: "1.043 sqrt(30 polysyllables / sentences) + 3.1291",
        source: "McLaughlin (1969), Journal of Reading 12(8), equation D",
        range: "[3.1291, inf), US school grade; meant for 30 sentences or more",
        undefined: NO_SENTENCES,
        compute: smog,
    },
    Measure {
        name: "smog_c",
        formula: "0.9986 sqrt(30 polysyllables / sentences + 5) + 2.8795",
        source: "McLaughlin (1969), Journal of Reading 12(8), equation C",
        range: "[5.11, inf), US school grade",
        undefined: NO_SENTENCES,
        compute: |p| 0.9986 * (30.0 * per_sentence(p.polysyllables, p) + 5.0).sqrt() + 2.8795,
    },
    Measure {
        name: "smog_simple",
        formula: "sqrt(30 polysyllables / sentences) + 3",
        source: "McLaughlin (1969), Journal of Reading 12(8), without rounding the root",
        range: "[3, inf), US school grade",
        undefined: NO_SENTENCES,
        compute: |p| (30.0 * per_sentence(p.polysyllables, p)).sqrt() + 3.0,
    },
    Measure {
        name: "fog",
        formula: "0.4 (asl + share(complex_words))",
        source: "Gunning (1952), The technique of clear writing",
        range: "[0.4, inf), years of schooling",
        undefined: EMPTY,
        compute: fog,
    },
    Measure {
        name: "fog_polysyllables",
        formula: "0.4 (asl + share(polysyllables))",
        source: "Gunning (1952) without his exceptions, as in quanteda and textacy",
        range: "[0.4, inf), years of schooling",
        undefined: EMPTY,
        compute: |p| 0.4 * (asl(p) + percent(p.polysyllables, p)),
    },
    Measure {
        name: "fog_psk",
        formula: "3.0680 + 0.0877 asl + 0.0984 share(complex_words)",
        source: "Powers, Sumner & Kearl (1958), Journal of Educational Psychology 49(2)",
        range: "[3.068, inf), US school grade",
        undefined: EMPTY,
        compute: |p| 3.0680 + 0.0877 * asl(p) + 0.0984 * percent(p.complex_words, p),
    },
    Measure {
        name: "fog_nri",
        formula: "((words + 2 polysyllables) / sentences - 3) / 2",
        source: "Kincaid et al. (1975), p. 14: easy words count 1, words of three syllables or more 3",
        range: "[-1, inf), US school grade",
        undefined: NO_SENTENCES,
        compute: |p| (asl(p) + 2.0 * per_sentence(p.polysyllables, p) - 3.0) / 2.0,
    },
    Measure {
        name: "forcast",
        formula: "20 - 150 monosyllables / words / 10",
        source: "Caylor, Sticht, Fox & Ford (1973), HumRRO technical report 73-5",
        range: "[5, 20], US school grade",
        undefined: NO_WORDS,
        compute: |p| 20.0 - 150.0 * per_word(p.monosyllables, p) / 10.0,
    },
    Measure {
        name: "forcast_rgl",
        formula: "20.43 - 0.11 * 150 monosyllables / words",
        source: "Caylor & Sticht (1973), HumRRO; before rounding for use by hand",
        range: "[3.93, 20.43], US school grade",
        undefined: NO_WORDS,
        compute: |p| 20.43 - 0.11 * 150.0 * per_word(p.monosyllables, p),
    },
    Measure {
        name: "linsear_write",
        formula: "r / 2 if r > 20, else (r - 2) / 2, with r = (words + 2 polysyllables) / sentences",
        source: "US Air Force, in Klare (1974), Reading Research Quarterly 10(1): easy words 1, others 3",
        range: "[-0.5, inf), US school grade",
        undefined: NO_SENTENCES,
        compute: |p| {
            let r = asl(p) + 2.0 * per_sentence(p.polysyllables, p);
            if r > 20.0 { r / 2.0 } else { (r - 2.0) / 2.0 }
        },
    },
    Measure {
        name: "elf",
        formula: "(syllables - words) / sentences",
        source: "Fang (1966), Journal of Broadcasting 11(1): each syllable above one per word",
        range: "[0, inf); Fang's newscasts average below 12",
        undefined: NO_SENTENCES,
        compute: |p| per_sentence(p.syllables, p) - asl(p),
    },
    Measure {
        name: "elf_words",
        formula: "(words - monosyllables) / sentences",
        source: "Fang (1966) as koRpus and quanteda read it: words of two syllables or more",
        range: "[0, inf)",
        undefined: NO_SENTENCES,
        compute: |p| asl(p) - per_sentence(p.monosyllables, p),
    },
    Measure {
        name: "eflaw",
        formula: "(words + words_3minus) / sentences",
        source: "McAlpine (2006), From plain English to global English",
        range: "[1, inf); 20 and less is easy for learners, above 30 hard",
        undefined: NO_SENTENCES,
        compute: |p| asl(p) + per_sentence(p.words_3minus, p),
    },
    Measure {
        name: "danielson_bryan_1",
        formula: "1.0364 visible_characters / (words - 1) + 0.0194 visible_characters / sentences - 0.6059",
        source: "Danielson & Bryan (1963), Journalism Quarterly 40(2); blanks taken as words - 1",
        range: GRADE,
        undefined: "words < 2 or sentences = 0",
        compute: |p| {
            1.0364 * characters_per_blank(p) + 0.0194 * per_sentence(p.visible_characters, p) - 0.6059
        },
    },
    Measure {
        name: "danielson_bryan_2",
        formula: "131.059 - 10.364 visible_characters / (words - 1) - 0.194 visible_characters / sentences",
        source: "Danielson & Bryan (1963), Journalism Quarterly 40(2); blanks taken as words - 1",
        range: EASIER,
        undefined: "words < 2 or sentences = 0",
        compute: |p| {
            131.059 - 10.364 * characters_per_blank(p) - 0.194 * per_sentence(p.visible_characters, p)
        },
    },
    Measure {
        name: "devereux",
        formula: "1.56 characters / words + 0.19 asl - 6.49",
        source: "Smith (1961), Journal of Educational Research 54(8)",
        range: GRADE,
        undefined: EMPTY,
        compute: |p| 1.56 * characters_per_word(p) + 0.19 * asl(p) - 6.49,
    },
    Measure {
        name: "strain",
        formula: "3 syllables / sentences / 10",
        source: "Solomon (2006), Qualitative analysis of media language, Madurai",
        range: "[0, inf); higher is harder",
        undefined: NO_SENTENCES,
        compute: |p| 3.0 * per_sentence(p.syllables, p) / 10.0,
    },
    Measure {
        name: "wheeler_smith",
        formula: "10 asl (words - monosyllables) / words",
        source: "Wheeler & Smith (1954), Elementary English 31(7)",
        range: "[0, inf); 8 to 11.5 is grade 1, from 34.5 above grade 4",
        undefined: NO_SENTENCES,
        compute: |p| 10.0 * (asl(p) - per_sentence(p.monosyllables, p)),
    },
    Measure {
        name: "bormuth_mc",
        formula: "0.886593 - 0.083640 letters / words + 0.161911 f^3 - 0.021401 asl + 0.000577 asl^2 - 0.000005 asl^3, f = 1 - unfamiliar_dale_chall / words",
        source: "Bormuth (1969), Development of readability analyses, p. 152",
        range: "(-inf, inf), about 0 to 1: mean cloze score; higher is easier",
        undefined: DALE,
        compute: bormuth_mean_cloze,
    },
    Measure {
        name: "bormuth_gp",
        formula: "4.275 + 12.881 m - 34.934 m^2 + 20.388 m^3 + 26.194 c - 2.046 c^2 - 11.767 c^3 - 44.285 mc + 97.620 (mc)^2 - 59.538 (mc)^3, m = bormuth_mc, c = 0.35",
        source: "Bormuth (1969), Development of readability analyses, p. 160; criterion score 35 %",
        range: GRADE,
        undefined: DALE,
        compute: |p| {
            let (m, c) = (bormuth_mean_cloze(p), 0.35f64);
            let mc = m * c;
            4.275 + 12.881 * m - 34.934 * m.powi(2) + 20.388 * m.powi(3) + 26.194 * c
                - 2.046 * c.powi(2)
                - 11.767 * c.powi(3)
                - 44.285 * mc
                + 97.620 * mc.powi(2)
                - 59.538 * mc.powi(3)
        },
    },
    Measure {
        name: "drp",
        formula: "100 (1 - bormuth_mc)",
        source: "College Entrance Examination Board (1981), Degrees of Reading Power; Carver (1985)",
        range: "(-inf, inf), about 0 to 100; higher is harder",
        undefined: DALE,
        compute: |p| 100.0 * (1.0 - bormuth_mean_cloze(p)),
    },
    Measure {
        name: "dale_chall_1948",
        formula: "0.1579 share(unfamiliar_dale_chall) + 0.0496 asl + 3.6365",
        source: "Dale & Chall (1948), Educational Research Bulletin 27(1-2)",
        range: "[3.6365, inf); 4.9 and less is grade 4, 10 and more college graduate",
        undefined: DALE,
        compute: |p| dale_chall_raw(p) + 3.6365,
    },
    Measure {
        name: "dale_chall_adjusted",
        formula: "0.1579 share(unfamiliar_dale_chall) + 0.0496 asl, + 3.6365 if the share is above 5",
        source: "Dale & Chall (1948) as in common use (textstat, npm dale-chall-formula)",
        range: "[0, inf); 4.9 and less is grade 4, 10 and more college graduate",
        undefined: DALE,
        compute: |p| dale_chall_raw(p) + adjusted(p.unfamiliar_dale_chall, p),
    },
    Measure {
        name: "dale_chall_psk",
        formula: "3.2672 + 0.1155 share(unfamiliar_dale_chall) + 0.0596 asl",
        source: "Powers, Sumner & Kearl (1958), Journal of Educational Psychology 49(2)",
        range: "[3.2672, inf), US school grade",
        undefined: DALE,
        compute: |p| 3.2672 + 0.1155 * percent_given(p.unfamiliar_dale_chall, p) + 0.0596 * asl(p),
    },
    Measure {
        name: "dale_chall_1995",
        formula: "64 - 0.95 share(unfamiliar_dale_chall) - 0.69 asl",
        source: "Chall & Dale (1995), Readability revisited, p. 66",
        range: "(-inf, 64], cloze score; higher is easier",
        undefined: DALE,
        compute: |p| 64.0 - 0.95 * percent_given(p.unfamiliar_dale_chall, p) - 0.69 * asl(p),
    },
    Measure {
        name: "spache_1953",
        formula: "0.141 asl + 0.086 share(unfamiliar_spache) + 0.839",
        source: "Spache (1953), Elementary School Journal 53(7)",
        range: "[0.839, inf), US school grade, for grades 1 to 3",
        undefined: SPACHE,
        compute: |p| 0.141 * asl(p) + 0.086 * percent_given(p.unfamiliar_spache, p) + 0.839,
    },
    Measure {
        name: "spache_1974",
        formula: "0.121 asl + 0.082 share(unfamiliar_spache) + 0.659",
        source: "Spache (1974), Good reading for poor readers, 9th edition",
        range: "[0.659, inf), US school grade, for grades 1 to 3",
        undefined: SPACHE,
        compute: |p| 0.121 * asl(p) + 0.082 * percent_given(p.unfamiliar_spache, p) + 0.659,
    },
    Measure {
        name: "harris_jacobson_1",
        formula: "0.094 share(unfamiliar_harris_jacobson) + 0.168 asl + 0.502",
        source: "Harris & Jacobson (1974), formula 1, primary grades",
        range: GRADE,
        undefined: HARRIS,
        compute: |p| 0.094 * harris(p) + 0.168 * asl(p) + 0.502,
    },
    Measure {
        name: "harris_jacobson_2",
        formula: "0.140 share(unfamiliar_harris_jacobson) + 0.153 asl + 0.560",
        source: "Harris & Jacobson (1974), formula 2, above grade 3",
        range: GRADE,
        undefined: HARRIS,
        compute: |p| 0.140 * harris(p) + 0.153 * asl(p) + 0.560,
    },
    Measure {
        name: "harris_jacobson_3",
        formula: "0.158 asl + 0.055 share(words_6plus) + 0.355",
        source: "Harris & Jacobson (1974), formula 3, below grade 4",
        range: GRADE,
        undefined: EMPTY,
        compute: |p| 0.158 * asl(p) + 0.055 * percent(p.words_6plus, p) + 0.355,
    },
    Measure {
        name: "harris_jacobson_4",
        formula: "0.070 share(unfamiliar_harris_jacobson) + 0.125 asl + 0.037 share(words_6plus) + 0.497",
        source: "Harris & Jacobson (1974), formula 4, below grade 4",
        range: GRADE,
        undefined: HARRIS,
        compute: |p| 0.070 * harris(p) + 0.125 * asl(p) + 0.037 * percent(p.words_6plus, p) + 0.497,
    },
    Measure {
        name: "harris_jacobson_5",
        formula: "0.118 share(unfamiliar_harris_jacobson) + 0.134 asl + 0.032 share(words_6plus) + 0.424",
        source: "Harris & Jacobson (1974), formula 5, above grade 3",
        range: GRADE,
        undefined: HARRIS,
        compute: |p| 0.118 * harris(p) + 0.134 * asl(p) + 0.032 * percent(p.words_6plus, p) + 0.424,
    },
    Measure {
        name: "consensus_grade",
        formula: "median of flesch_kincaid, ari, coleman_liau, smog and fog",
        source: "lexmill; no published formula",
        range: GRADE,
        undefined: EMPTY,
        compute: |p| median([flesch_kincaid(p), ari(p), coleman_liau(p), smog(p), fog(p)]),
    },
];

fn flesch_kincaid(p: &Rates) -> f64 {
    0.39 * asl(p) + 11.8 * asw(p) - 15.59
}

fn ari(p: &Rates) -> f64 {
    0.5 * asl(p) + 4.71 * characters_per_word(p) - 21.43
}

fn coleman_liau(p: &Rates) -> f64 {
    5.88 * letters_per_word(p) - 29.6 * per_word(p.sentences, p) - 15.8
}

fn coleman_liau_ecp(p: &Rates) -> f64 {
    141.8401 - 0.214590 * (100.0 * letters_per_word(p)) + 1.079812 * percent(p.sentences, p)
}

fn smog(p: &Rates) -> f64 {
    1.043 * (30.0 * per_sentence(p.polysyllables, p)).sqrt() + 3.1291
}

fn fog(p: &Rates) -> f64 {
    0.4 * (asl(p) + percent(p.complex_words, p))
}

fn harris(p: &Rates) -> f64 {
    percent_given(p.unfamiliar_harris_jacobson, p)
}

fn dale_chall_raw(p: &Rates) -> f64 {
    0.1579 * percent_given(p.unfamiliar_dale_chall, p) + 0.0496 * asl(p)
}

fn characters_per_blank(p: &Rates) -> f64 {
    super::ratio(p.visible_characters, p.words.saturating_sub(1))
}

/// Bormuth asks for *familiar* words and an asl coefficient of 0.021401; 0.21401, which is printed
/// in several places, makes the mean cloze of a text with ten words a sentence negative.
fn bormuth_mean_cloze(p: &Rates) -> f64 {
    let familiar = 1.0 - percent_given(p.unfamiliar_dale_chall, p) / 100.0;
    let asl = asl(p);
    0.886593 - 0.083640 * letters_per_word(p) + 0.161911 * familiar.powi(3) - 0.021401 * asl
        + 0.000577 * asl.powi(2)
        - 0.000005 * asl.powi(3)
}
