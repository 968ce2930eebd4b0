"""What a wheel must do where nothing else is installed."""

import sys

import lexmill as lm

corpus, names = lm.sample()
net = corpus.cooccurrences(names)
assert len(corpus) == 48, corpus
assert net[0]["count"] > 1, net
row = net.evidence()[0]
assert row["source_text"] in row["text"] and row["target_text"] in row["text"], row
assert lm.word_frequencies(["a rose is a rose"])[0]["count"] == 2
assert lm.sentence_metrics(["One. Two."]).column("n_words") == [1, 1]
optional = {"numpy", "pandas", "polars", "pyarrow", "networkx"} & set(sys.modules)
assert not optional, optional
sys.stdout.write(f"lexmill {lm.__version__} on Python {sys.version.split()[0]}: {corpus}\n")
