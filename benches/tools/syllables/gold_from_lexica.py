"""Syllable counts from the pronunciation lexica of gruut (PyPI: gruut-lang-de, -es, -fr, ...), to measure
the vowel rules of other languages. Nothing of the lexica is kept in the repository.

    pip download --no-deps gruut-lang-de gruut-lang-es gruut-lang-fr gruut-lang-it gruut-lang-nl \\
        gruut-lang-pt gruut-lang-ru gruut-lang-sv        # and unpack them in FOLDER
    python gold_from_lexica.py FOLDER OUT
    LEXMILL_SYLLABLE_GOLD=OUT cargo test -- --nocapture against_pronunciation_lexica

A vowel phone is a syllable. Where a lexicon writes a falling diphthong as two phones ("m a i",
"h œː y s", "a ɪ n"), they are joined. For German the package's espeak lexicon is taken: its other one
writes diphthongs and vocalic r in too many ways to tell them from hiatus.
"""

import argparse
import glob
import pathlib
import re
import sqlite3
import unicodedata

VOWELS = set("aeiouyɑɐɒæɔəɘɚɛɜɝɞɤɨɪɯɵøœɶʉʊʌʏᵻ")
NON_SYLLABIC, SYLLABIC = "\u032f", "\u0329"
JOIN = {
    "de": re.compile(r"a (ɪ|ʊ)(?= |$)|ɔ (ø|ʏ|ɪ)(?= |$)"),
    "it": re.compile(r"[aeoɛɔu] i(?= |$)|[aeoɛɔ] u(?= |$)"),
    "nl": re.compile(r"œː? (y|ʏ)(?= |$)|ɛ ɪ(?= |$)|ʌ u(?= |$)|[ɑa]ː? u(?= |$)"),
}


def nuclei(phones):
    n = 0
    for phone in phones.split():
        phone = unicodedata.normalize("NFD", phone)
        vowel = any(c in VOWELS and phone[i + 1 : i + 2] != NON_SYLLABIC for i, c in enumerate(phone))
        n += vowel or SYLLABIC in phone
    return n


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder")
    parser.add_argument("out")
    args = parser.parse_args()
    for db in sorted(glob.glob(f"{args.folder}/**/lexicon.db", recursive=True)):
        package = next(p.name for p in pathlib.Path(db).parents if p.name.startswith("gruut_lang_"))
        code, by_espeak = package[11:13], pathlib.Path(db).parent.name == "espeak"
        if by_espeak != (code == "de"):
            continue
        counts = {}
        rows = sqlite3.connect(db).execute(
            "select word, phonemes from word_phonemes order by word, pron_order"
        )
        for word, phones in rows:
            if word in counts or not re.fullmatch(r"[^\W\d_]+", word):
                continue
            bare = re.sub("[ˈˌ']", "", phones) if code != "it" else phones
            if code in JOIN:
                bare = JOIN[code].sub(lambda m: m.group(0).replace(" ", ""), bare)
            n = nuclei(bare)
            if n:
                counts[word] = n
        lines = [f"{w}\t{n}\n" for w, n in sorted(counts.items())]
        pathlib.Path(args.out, f"gold_{code}.tsv").write_text("".join(lines), encoding="utf-8")
        print(code, len(lines))


if __name__ == "__main__":
    main()
