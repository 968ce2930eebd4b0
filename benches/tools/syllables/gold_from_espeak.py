"""Syllable counts from what eSpeak NG says, to measure the vowel rules of languages for which no free
pronunciation lexicon is at hand. Nothing of it is kept in the repository.

    pip install espeakng-loader==0.2.4 wordfreq==3.1.1        # eSpeak NG 1.52.0
    python gold_from_espeak.py OUT
    LEXMILL_SYLLABLE_GOLD=OUT cargo test -- --nocapture against_pronunciation_lexica

The words are the 20,000 most frequent of wordfreq that are letters alone; a phoneme with a vowel in it, or
a syllabic consonant, is a syllable. eSpeak NG is rules itself: agreement with it is weaker evidence than
agreement with a lexicon.
"""

import argparse
import ctypes
import pathlib
import unicodedata

VOWELS = set("aeiouyɑɐɒæɔəɘɚɛɜɝɞɤɨɪɯɵøœɶʉʊʌʏᵻ")
SYLLABIC = "\u0329"
# Our code, wordfreq's, the voice.
LANGUAGES = [
    ("pl", "pl", "pl"),
    ("da", "da", "da"),
    ("no", "nb", "nb"),
    ("fi", "fi", "fi"),
    ("tr", "tr", "tr"),
]
UTF8, IPA = 1, 2


def nuclei(phonemes: str) -> int:
    """The phonemes that carry a syllable."""
    found = 0
    for phoneme in phonemes.replace(" ", "_").split("_"):
        plain = unicodedata.normalize("NFD", phoneme)
        found += SYLLABIC in plain or any(c in VOWELS for c in plain)
    return found


def main() -> None:
    """Writes gold_pl.tsv and so on: a word and its count a line."""
    import espeakng_loader
    from wordfreq import top_n_list

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=pathlib.Path)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    espeak = ctypes.CDLL(espeakng_loader.get_library_path())
    espeak.espeak_TextToPhonemes.restype = ctypes.c_char_p
    espeak.espeak_Info.restype = ctypes.c_char_p
    retrieval = 1
    espeak.espeak_Initialize(retrieval, 0, espeakng_loader.get_data_path().encode(), 0)
    print("eSpeak NG", espeak.espeak_Info(None).decode())
    for code, frequent, voice in LANGUAGES:
        if espeak.espeak_SetVoiceByName(voice.encode()) != 0:
            raise SystemExit(f"eSpeak NG has no voice {voice}")
        lines = []
        for word in top_n_list(frequent, 20_000):
            if word.isalpha():
                place = ctypes.c_char_p(word.encode())
                said = espeak.espeak_TextToPhonemes(ctypes.byref(place), UTF8, IPA | ord("_") << 8)
                if (count := nuclei(said.decode())) > 0:
                    lines.append(f"{word}\t{count}\n")
        (out / f"gold_{code}.tsv").write_text("".join(lines), encoding="utf-8")
        print(code, len(lines))


if __name__ == "__main__":
    main()
