"""The three questions on the sample: a short summary, and a report to open in a browser.

python examples/demo.py [lexmill-report.html]
"""

from __future__ import annotations

import sys
import textwrap

import lexmill as lm
from lexmill.report import write_report

WIDTH = 100


def heading(told: str) -> None:
    """A line that begins a part."""
    print(f"\n{told}")


def quote(told: str) -> None:
    """A sentence, cut to one line and indented."""
    print("      " + textwrap.shorten(told, WIDTH - 6, placeholder=" …"))


def main() -> None:
    """Prints the summary and writes the report."""
    # A terminal that cannot show the bars or a name shows a question mark there.
    sys.stdout.reconfigure(errors="replace")
    corpus, names = lm.sample()
    print(
        f"{len(corpus)} articles of two invented newspapers: {corpus.n_tokens:,} words, "
        f"{corpus.n_types:,} of them different, in {corpus.n_sentences:,} sentences."
    )

    heading("Words: the most frequent, stop words left out")
    words = lm.word_frequencies(list(corpus), tokens=lm.Tokens(stop_words="english")).head(8)
    for row in words:
        bar = "█" * round(40 * row["count"] / words[0]["count"])
        print(f"  {row['term']:<10} {row['count']:>4}  {bar}")

    heading("Names: the pairs named together most, each with a sentence that shows it")
    network = corpus.cooccurrences(names, measures=("npmi", "log_likelihood"))
    print(f"  {'':<55} {'sentences':>9} {'npmi':>6} {'log-likelihood':>15}")
    for row in network.head(5):
        pair = f"{row['source']} – {row['target']}"
        print(f"  {pair:<55} {row['count']:>9} {row['npmi']:>6.2f} {row['log_likelihood']:>15.1f}")
        sentences = network.evidence(row["source"], row["target"]).column("text")
        quote(min(sentences, key=lambda text: (len(text) < 60, len(text))))

    heading("Sentences: length and readability")
    for row in corpus.readability(by="outlet"):
        length = row["n_words"] / row["n_sentences"]
        print(
            f"  {row['outlet']:<22} {length:>5.1f} words a sentence   "
            f"Flesch {row['flesch']:>5.1f}   Flesch-Kincaid grade {row['flesch_kincaid']:>4.1f}"
        )
    longest = max(corpus.sentences(), key=lambda row: row["n_words"] or 0)
    print(f"  The longest has {longest['n_words']} words ({longest['doc_id']}):")
    quote(longest["text"])

    path = write_report(
        sys.argv[1] if len(sys.argv) > 1 else "lexmill-report.html",
        corpus,
        names,
        title="Two newspapers, one harbour",
    )
    print(f"\nThe whole report: {path.resolve()}")


if __name__ == "__main__":
    main()
