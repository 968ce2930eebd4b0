"""More text of the same kind: the shape of real documents, a vocabulary that goes on growing.

Repeating a corpus leaves its vocabulary as it is, while that of real text grows with its length
(Heaps' law) and its words stay as unevenly frequent (Zipf's law). So every generated document is a
real one in which the rarer words are drawn anew: with the probability that Heaps' law asks for, a
word never seen before; else one of those drawn before, each as probable as it was frequent. That is
a Pitman-Yor process whose discount is the Heaps exponent of the real part. Frequent words,
punctuation, capitals and the length of sentences stay as they are; so pairs of frequent words grow
more slowly than in real text, which favours no tool here.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter

_WORD = re.compile(r"[A-Za-z]+")
# The most frequent forms stay; about a fifth of running words are rarer.
KEPT = 2_000
SEED = 20_240_229


def heaps(texts: list[str]) -> float:
    """The exponent b of V(n) = k n^b over the second half of the texts in random order."""
    shuffled = random.Random(SEED).sample(texts, len(texts))
    seen: set[str] = set()
    words = 0
    points = []
    for text in shuffled:
        found = _WORD.findall(text.lower())
        words += len(found)
        seen.update(found)
        points.append((math.log(words or 1), math.log(len(seen) or 1)))
    (x0, y0), (x1, y1) = points[len(points) // 2], points[-1]
    return (y1 - y0) / (x1 - x0)


def more(texts: list[str], size: int, kept: int = KEPT) -> tuple[list[str], str]:
    """Documents of `size` bytes in all, and how they were made."""
    random_ = random.Random(SEED)
    exponent = heaps(texts)
    counts: Counter[str] = Counter(word for text in texts for word in _WORD.findall(text.lower()))
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    common, rare = set(ranked[:kept]), ranked[kept:]
    history = [word for word in rare for _ in range(counts[word])]
    seen, types = set(ranked), len(rare)
    # theta is such that at the end of the real part new words come at the rate that Heaps' law has
    # there, V'(n) = b V / n, where a rare word comes once in n / len(history) words.
    rate = min(exponent * len(ranked) / len(history), 0.9)
    theta = (exponent * types - rate * len(history)) / (rate - 1)

    def draw() -> str:
        nonlocal types
        n = len(history)
        if random_.random() * (theta + n) < theta + exponent * types:
            while True:
                # The head of one word and the tail of another: pronounceable, of a likely length.
                head, tail = random_.choice(rare), random_.choice(rare)
                word = head[: len(head) // 2 + 1] + tail[len(tail) // 2 :]
                if word not in seen:
                    break
            seen.add(word)
            types += 1
        else:
            word = history[int(random_.random() * n)]
        history.append(word)
        return word

    def replaced(match: re.Match[str]) -> str:
        old = str(match[0])
        if old.lower() in common:
            return old
        new = draw()
        if old.islower():
            return new
        return new.upper() if old.isupper() and len(old) > 1 else new.capitalize()

    made: list[str] = []
    total = 0
    while total < size:
        text = _WORD.sub(replaced, random_.choice(texts))
        made.append(text)
        total += len(text.encode())
    told = (
        f"generated: {len(made):,} documents, {total / 1e6:.2f} MB, from the real ones with all but their "
        f"{kept:,} most frequent words drawn anew; Heaps exponent {exponent:.3f}, "
        f"{len(ranked):,} types grow to {len(seen):,} (seed {SEED})"
    )
    return made, told
