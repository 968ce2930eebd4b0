"""Fit the patterns of the English syllable rules: src/text/lists/syllables-en.txt.

    python fit_rules.py cmudict.dict --out ../../../src/text/lists/syllables-en.txt
    python fit_rules.py cmudict.dict --fold 1        # measure on another tenth, write nothing

The model. A word's syllables are counted by asking of each letter that can carry one (a vowel
letter, the m of -ism, the c of Mc-, the n of -n't) whether it does: the letter's score is the sum
of the weights of all patterns that fit around it, and a score above zero is a syllable. A pattern is a
piece of the word with the asked letter in capitals, `^` and `$` for the word's ends. Which letter
carries a syllable is not known, only how many a word has; so the fit maximises the likelihood
of the count, summed over all ways to place it (forward-backward over the letters), with an L1
penalty that keeps the table small. Weights are then rounded to integers.

Words with sha1(word) % 10 == 0 are never looked at: they are kept for the evaluation.
Needs numpy. Same input, same output: the seed is fixed.
"""

import argparse
import hashlib
import re
import time
from pathlib import Path

import numpy as np

MAX_LEFT, MAX_RIGHT, MAX_PIECE = 4, 5, 6
SCALE = 16
EXTRA = re.compile(r"(?<=[sh])m|(?<=^\^m)c|n(?=')")


def first_pronunciations(path):
    """word -> syllables, of the first pronunciation of every word of letters and apostrophes."""
    counts = {}
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        fields = line.split("#")[0].split()
        word = fields[0]
        if re.fullmatch(r"[a-z']+", word) and word not in counts:
            counts[word] = sum(p[-1].isdigit() for p in fields[1:])
    return counts


def fold(word):
    return int(hashlib.sha1(word.encode()).hexdigest(), 16) % 10


def candidates(padded):
    """Positions in `^word$` that can carry a syllable."""
    extra = {m.start() for m in EXTRA.finditer(padded)}
    return [i for i, c in enumerate(padded) if c in "aeiouy" or i in extra]


def pieces(padded, i):
    """Every pattern that fits around letter i."""
    n = len(padded)
    for left in range(min(MAX_LEFT, i) + 1):
        for right in range(min(MAX_RIGHT, n - 1 - i) + 1):
            if left + right < MAX_PIECE:
                yield padded[i - left : i] + padded[i].upper() + padded[i + 1 : i + 1 + right]


def stem(word):
    """The word without a possessive ending, which has its own rule."""
    return word[:-2] if word.endswith("'s") else word.rstrip("'")


class Data:
    """Words flattened to candidate letters; ids[c] are the pattern ids of candidate c."""

    def __init__(self, words, counts, index=None, min_count=3):
        self.words, grow = words, index is None
        rows, starts = [], [0]
        if grow:
            tally = {}
            for w in words:
                p = f"^{w}$"
                for i in candidates(p):
                    for f in pieces(p, i):
                        tally[f] = tally.get(f, 0) + 1
            index = {f: k + 1 for k, f in enumerate(sorted(f for f, c in tally.items() if c >= min_count))}
        self.index = index
        width = sum(1 for _ in pieces("^" + "a" * 20 + "$", 10))
        for w in words:
            p = f"^{w}$"
            for i in candidates(p):
                row = [index.get(f, 0) for f in pieces(p, i)]
                rows.append(row + [0] * (width - len(row)))
            starts.append(len(rows))
        self.ids = np.array(rows, dtype=np.int32)
        self.starts = np.array(starts)
        self.y = np.array([counts[w] for w in words])

    def predict(self, w):
        on = np.concatenate([[0], np.cumsum(w[self.ids].sum(1) > 0)])
        return np.maximum(on[self.starts[1:]] - on[self.starts[:-1]], 1)


def posterior(s, y):
    """Per letter P(carries one | the word's count) and its prior; s is (words, letters), -inf padded."""
    p = 1 / (1 + np.exp(-np.clip(s, -30, 30)))
    n, c = s.shape
    k = int(y.max()) + 1
    forward, backward = np.zeros((c + 1, n, k)), np.zeros((c + 1, n, k))
    forward[0, :, 0] = backward[c, :, 0] = 1
    for j in range(c):
        pj = p[:, j, None]
        forward[j + 1] = forward[j] * (1 - pj)
        forward[j + 1][:, 1:] += forward[j][:, :-1] * pj
    for j in range(c - 1, -1, -1):
        pj = p[:, j, None]
        backward[j] = backward[j + 1] * (1 - pj)
        backward[j][:, 1:] += backward[j + 1][:, :-1] * pj
    rows = np.arange(n)
    z = np.maximum(forward[c][rows, y], 1e-30)
    q = np.zeros_like(p)
    for j in range(c):
        # the other letters make y - 1
        for a in range(k - 1):
            rest = y - 1 - a
            ok = rest >= 0
            q[:, j] += np.where(ok, forward[j][:, a] * backward[j + 1][rows, np.maximum(rest, 0)], 0)
    return q * p / z[:, None], p, -np.log(z).sum()


def fit(data, dev, epochs, l1, rate, batch=2048, mask=None, w=None):
    rng = np.random.default_rng(7)
    size = len(data.index) + 1
    if w is None:
        w = np.zeros(size)
        for f, k in data.index.items():
            if f in ("A", "E", "I", "O", "U", "Y"):
                w[k] = 1.0
            if re.fullmatch(r"[aeiou][AEIOUY]", f) or f == "E$":
                w[k] = -1.5
            if f in ("M", "C", "N"):
                w[k] = -1.0
    g2 = np.full(size, 1e-3)
    length = np.diff(data.starts)
    # a word whose count its letters cannot make teaches nothing
    use = np.flatnonzero((length >= data.y) & (length > 0) & (data.y > 0))
    for epoch in range(epochs):
        t, loss, order = time.time(), 0.0, rng.permutation(use)
        for b in range(0, len(order), batch):
            pick = order[b : b + batch]
            pick = pick[np.argsort(length[pick], kind="stable")]
            for part in np.array_split(pick, 4):
                c = int(length[part].max())
                at = data.starts[part][:, None] + np.arange(c)
                live = np.arange(c) < length[part][:, None]
                ids = data.ids[np.minimum(at, len(data.ids) - 1)]
                s = np.where(live, w[ids].sum(2), -30)
                q, p, nll = posterior(s, data.y[part])
                loss += nll
                d = np.where(live, q - p, 0)
                flat = ids[live]
                g = np.bincount(flat.ravel(), np.repeat(d[live], flat.shape[1]), size) / len(part)
                g[0] = 0
                if mask is not None:
                    g *= mask
                g2 += g * g
                step = rate / np.sqrt(g2)
                moved = w + step * g
                w = np.sign(moved) * np.maximum(np.abs(moved) - step * l1, 0)
                w[0] = 0
        right = np.mean(data.predict(w) == data.y)
        report = f"epoch {epoch} loss {loss / len(use):.4f} patterns {np.count_nonzero(w)} train {right:.4f}"
        if dev is not None:
            report += f" held out {np.mean(dev.predict(w) == dev.y):.4f}"
        print(report, f"{time.time() - t:.1f}s", flush=True)
    return w


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cmudict")
    parser.add_argument("--out")
    parser.add_argument("--fold", type=int, help="measure on this tenth (1 to 9), fit on the other eight")
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--refit", type=int, default=20)
    parser.add_argument("--l1", type=float, default=1e-5)
    parser.add_argument("--rate", type=float, default=0.6)
    parser.add_argument("--keep", type=int, default=24000)
    args = parser.parse_args()

    counts = {w: c for w, c in first_pronunciations(args.cmudict).items() if fold(w) != 0}
    words = sorted(w for w in counts if stem(w) == w and fold(w) != args.fold)
    data = Data(words, counts)
    dev = None
    if args.fold:
        held = sorted(w for w in counts if stem(w) == w and fold(w) == args.fold)
        dev = Data(held, counts, data.index)
    print(len(words), "words", len(data.index), "patterns", flush=True)
    w = fit(data, dev, args.epochs, args.l1, args.rate)
    cut = np.sort(np.abs(w))[-args.keep] if np.count_nonzero(w) > args.keep else 0
    w = np.where(np.abs(w) >= cut, w, 0)
    if args.refit:
        w = fit(data, dev, args.refit, 0, args.rate, mask=w != 0, w=w)
    whole = np.rint(w * SCALE)
    right = np.mean(data.predict(whole) == data.y)
    print(f"as integers: {np.count_nonzero(whole)} patterns, fitted {right:.4f}", end=" ")
    if dev is not None:
        right = dev.predict(whole) == dev.y
        print(f"held out {right.mean():.4f}")
    else:
        print()
    if args.out:
        lines = [f"{f} {int(whole[k])}\n" for f, k in sorted(data.index.items()) if whole[k]]
        Path(args.out).write_text("".join(lines), encoding="ascii", newline="\n")
        print(args.out, sum(map(len, lines)), "bytes")


if __name__ == "__main__":
    main()
