"""lexmill counts, connects and measures text: tokenise once, ask anything.

Three questions, any text column in, a typed table out:

>>> import lexmill as lm
>>> texts = ["Ada Lovelace met Charles Babbage.", "Babbage built; Lovelace wrote."]
>>> lm.word_frequencies(texts).to_dicts()[0]["term"]
'babbage'
>>> net = lm.entity_cooccurrences(texts, {"Ada Lovelace": ["Lovelace"], "Charles Babbage": ["Babbage"]})
>>> net.to_dicts()[0]["count"]
2
>>> [row["n_words"] for row in lm.sentence_metrics(texts).to_dicts()]
[5, 4]

The nouns behind them are `Tokens` (what counts as a word), `Corpus` (texts held with their columns),
`Gazetteer` (names to look for), `Network` (entities that occur together) and `Result` (every table).
"""

from lexmill._core import __version__
from lexmill._errors import ColumnError, EntityError, InternalError
from lexmill._result import Result
from lexmill.cooccurrences import entity_cooccurrences
from lexmill.corpus import Corpus
from lexmill.discover import Discovery, discover
from lexmill.frequencies import word_frequencies
from lexmill.gazetteer import Gazetteer
from lexmill.heatmap import Heatmap
from lexmill.io import read, sample
from lexmill.matrix import DocumentTermMatrix, document_term_matrix
from lexmill.measures import association_from_counts, cite, measures, readability_from_counts
from lexmill.mentions import entity_mentions
from lexmill.network import Network
from lexmill.picture import Picture
from lexmill.readability import readability
from lexmill.report import report, write_report
from lexmill.sentences import sentence_metrics, sentences
from lexmill.tokens import Tokens

__all__ = [
    "ColumnError",
    "Corpus",
    "Discovery",
    "DocumentTermMatrix",
    "EntityError",
    "Gazetteer",
    "Heatmap",
    "InternalError",
    "Network",
    "Picture",
    "Result",
    "Tokens",
    "__version__",
    "association_from_counts",
    "cite",
    "discover",
    "document_term_matrix",
    "entity_cooccurrences",
    "entity_mentions",
    "measures",
    "read",
    "readability",
    "readability_from_counts",
    "report",
    "sample",
    "sentence_metrics",
    "sentences",
    "word_frequencies",
    "write_report",
]
