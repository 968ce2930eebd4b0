"""What cannot be used is refused by name: the argument or the document, the value, the way out.

Each row is a call as a person would write it, the exception, a pattern of its message, and, where the
package does not do so yet, what it does instead.
"""

from __future__ import annotations

import itertools
import pathlib
from collections.abc import Callable
from typing import Any

import lexmill as lm
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from helpers import each_verb, python

SURROGATE = "abc \ud800 def"
TWO = lm.Corpus(["Ada met Babbage."] * 2, meta={"date": ["2024-02-01", "2024-02-30"], "o": ["a", "b"]})
NAMES = {
    "Corpus": lm.Corpus,
    "Gazetteer": lm.Gazetteer,
    "Tokens": lm.Tokens,
    "ONE": lm.Corpus(["Ada met Babbage."]),
    "TWO": TWO,
    "NET": TWO.cooccurrences(["Ada", "Babbage"], by="o"),
    "PAIR": {"Ada": [], "Babbage": []},
    "FRAME": pd.DataFrame({"body": ["x"], "other": ["y"]}),
    "SURROGATE": SURROGATE,
    "HERE": pathlib.Path(__file__).parent,
    "dated": lambda date: lm.Corpus(["a"], meta={"date": [date]}),
    "lm": lm,
    "np": np,
    "pa": pa,
    "pathlib": pathlib,
    "pd": pd,
    "pl": pl,
}
Row = tuple[Any, ...]

NO_COLUMN = r"='bdy': the table has no such column\. Did you mean 'body'\? The columns are body, other\."
DROPPED = "dropped without a word"


def unknown(argument: str, value: str, nearest: str | None, allowed: str) -> str:
    hint = rf' Did you mean "{nearest}"\?' if nearest else ""
    return rf'^{argument}="{value}" is unknown\.{hint} Allowed: .*{allowed}'


def table(*rows: Row) -> Any:
    def mark(defect: str) -> Any:
        return pytest.mark.xfail(strict=True, reason=defect)

    params = [pytest.param(*row[:3], id=row[0], marks=[mark(d) for d in row[3:]]) for row in rows]
    return pytest.mark.parametrize(("call", "kind", "message"), params)


def check(call: str, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind, match=message) as caught:
        eval(call, dict(NAMES))
    # Exactly this kind: a ValueError is not a UnicodeEncodeError of some encoder within.
    assert caught.type is kind


@table(
    ("Corpus('abc')", TypeError, r"^texts is one str.*wrap it in a list"),
    ("Corpus(b'abc')", TypeError, r"^texts is bytes; decode"),
    ("Corpus(bytearray(b'abc'))", TypeError, r"^texts is bytes; decode"),
    ("Corpus(memoryview(b'abc'))", TypeError, r"^texts\[0\] is int"),
    ("Corpus(None)", TypeError, r"^texts is NoneType; expected a list"),
    ("Corpus(3)", TypeError, r"^texts is int; expected"),
    ("Corpus({'a'})", TypeError, r"^texts is a set.*sorted"),
    ("Corpus(frozenset('a'))", TypeError, r"^texts is a set"),
    ("Corpus(pathlib.Path('x'))", TypeError, r"^texts is a path.*lexmill\.read"),
    ("Corpus(['a', 1])", TypeError, r"^texts\[1\] is int, expected str or None; .*str\("),
    ("Corpus(['a', 1.5])", TypeError, r"^texts\[1\] is float, "),
    ("Corpus([float('inf')])", TypeError, r"^texts\[0\] is float, "),
    ("Corpus([False])", TypeError, r"^texts\[0\] is bool, "),
    ("Corpus(['a', None, b'x'])", TypeError, r"^texts\[2\] is bytes, .*decode"),
    ("Corpus([{'text': 'a'}])", TypeError, r"^texts\[0\] is dict, .*select the text field"),
    ("Corpus([['a']])", TypeError, r"^texts\[0\] is list, "),
    ("Corpus(['a', SURROGATE])", ValueError, r"^texts\[1\] has a lone surrogate at character 4,"),
    ("Corpus(['👍a\\udfff'])", ValueError, r"at character 2,"),
    ("Corpus(np.array([['a', 'b']]))", TypeError, r"^texts\[0\] is ndarray"),
    ("Corpus(np.array([['a', None]], dtype=object))", TypeError, r"^texts\[0\] is ndarray"),
    ("Corpus(np.array('a'))", TypeError, r"^texts is ndarray; expected"),
    ("Corpus(np.array([1, 2]))", TypeError, r"^texts\[0\] is int64"),
    ("Corpus(np.array([b'a']))", TypeError, r"^texts\[0\] is bytes_, .*decode"),
    ("Corpus(pd.Series([1]))", TypeError, r"^texts is an Arrow column of type Int64.*cast"),
    ("Corpus(pd.Series(['a', 1], dtype=object))", TypeError, r"^texts\[1\] is int"),
    ("Corpus(pd.Series([b'a'], dtype=object))", TypeError, r"^texts\b.*(bytes|Binary)"),
    (
        "Corpus(pd.Series(['a', SURROGATE], dtype=object))",
        ValueError,
        r"^texts\[1\] has a lone surrogate at character 4",
    ),
    ("Corpus(pl.Series([1]))", TypeError, r"^texts is an Arrow column of type Int64"),
    ("Corpus(pl.Series([['a']]))", TypeError, r"^texts is an Arrow column of type LargeList"),
    ("Corpus(pl.LazyFrame({'a': ['b']}))", TypeError, r"^texts is a lazy frame; call \.collect\(\)"),
    (
        "Corpus(pl.LazyFrame({'a': ['b']}), text='a')",
        TypeError,
        r"lazy frame; call \.collect\(\)",
    ),
    ("Corpus(pa.array([{'a': 'x', 'b': 1}]))", TypeError, r"^texts is a table with the columns a, b;"),
    ("Corpus(pa.array([b'a']))", TypeError, r"^texts is an Arrow column of type Binary"),
    (
        "Corpus(pa.RunEndEncodedArray.from_arrays([2], pa.array(['a'])))",
        TypeError,
        r"^texts is an Arrow column of type RunEnd",
    ),
    ("Corpus(pa.array([1]).dictionary_encode())", TypeError, r"^texts is an Arrow column of type Int64"),
    ("Corpus((1 // x for x in [0]))", ZeroDivisionError, "division"),
)
def test_texts(call: str, kind: type[Exception], message: str) -> None:
    check(call, kind, message)


@table(
    ("Corpus(FRAME)", ValueError, r'columns body, other; choose one with text="'),
    ("Corpus(FRAME, text='bdy')", lm.ColumnError, "^text" + NO_COLUMN),
    ("Corpus(pl.DataFrame(FRAME.to_dict('list')), text='bdy')", lm.ColumnError, "^text" + NO_COLUMN),
    ("Corpus(pa.table(FRAME.to_dict('list')), text='bdy')", lm.ColumnError, "^text" + NO_COLUMN),
    ("Corpus(FRAME, text='body', id='bdy')", lm.ColumnError, "^id" + NO_COLUMN),
    ("Corpus(FRAME, text='body', meta=['bdy'])", lm.ColumnError, "^meta" + NO_COLUMN),
    ("lm.word_frequencies(FRAME, text='bdy')", lm.ColumnError, "^text" + NO_COLUMN),
    ("Corpus(pd.DataFrame({'a': [1]}), text='a')", TypeError, "Arrow column of type Int64"),
    ("Corpus(['a'], text='b')", TypeError, "^text='b' names a column, but texts is list"),
    ("Corpus(['a'], id='b')", TypeError, "^id='b' names a column, but texts is list"),
    ("Corpus(pd.DataFrame([['x']]), text='1')", lm.ColumnError, "^text='1': the table has no such column"),
    ("Corpus(FRAME, ids=['a'], text='body', id='other')", ValueError, "leave one of them out"),
)
def test_tables(call: str, kind: type[Exception], message: str) -> None:
    check(call, kind, message)


@table(
    ("Corpus(['a', 'b'], ids=['x'])", ValueError, r"^ids: 1 values for 2 documents; give one"),
    ("Corpus(['a', 'b'], meta={'m': ['x']})", ValueError, r'^meta\["m"\]: 1 values for 2 documents'),
    ("lm.word_frequencies(['a', 'b'], by=['x'])", ValueError, r"^by= has 1 values for 2 documents"),
    ("Corpus(['a', 'b']).readability(by=[1, 2, 3])", ValueError, r"^by= has 3 values for 2"),
    ("Corpus(['a', 'b'], ids='ab')", TypeError, r"^ids is one str; give a value for each"),
    ("Corpus(['a'], ids=3)", TypeError, r"^ids is int; give a value"),
    ("Corpus(['a', 'b'], ids=['x', 1])", TypeError, r"^ids\[1\] is int; .*all str, all numbers"),
    ("Corpus(['a'], ids=[(1, 2)])", TypeError, r"^ids\[0\] is tuple"),
    ("Corpus({'a': 'b'}, ids=['x'])", ValueError, r"^ids: the texts are a mapping"),
    ("Corpus(['a'], meta=['m'])", TypeError, r"^meta is no mapping.*need a table"),
    ("Corpus(FRAME, text='body', meta=3)", TypeError, r"^meta is no mapping"),
    ("Corpus(['a'], ids=[SURROGATE])", ValueError, r"^ids\[0\] has a lone surrogate"),
    ("Corpus(['a'], meta={SURROGATE: ['x']})", ValueError, r"^a name in meta has a lone surrogate"),
    ("lm.word_frequencies(FRAME, text='body', by='bdy')", lm.ColumnError, "^by" + NO_COLUMN),
    ("Corpus(['a'], meta=3)", TypeError, r"^meta is no mapping"),
    (
        "Corpus(['a'], meta={'m': [SURROGATE]})",
        ValueError,
        r'^meta\["m"\]\[0\] has a lone surrogate',
    ),
    (
        "Corpus(['a'], meta={'outlet': ['x']}).frequencies(by='outlt')",
        lm.ColumnError,
        r"^by='outlt': the corpus has no such column\. Did you mean 'outlet'\? The columns are outlet\.",
    ),
    ("TWO.cooccurrences(PAIR, by='nope')", lm.ColumnError, r"^by='nope': .*The columns are date, o\."),
    ("TWO.sentences(by='nope')", lm.ColumnError, r"^by='nope': "),
    ("TWO.describe(by='nope')", lm.ColumnError, r"^by='nope': "),
    ("TWO.compare_networks(PAIR, 'a', 'b', by='nope')", lm.ColumnError, r"^by='nope': "),
    ("TWO.readability(by='nope')", ValueError, r'^by="nope" is unknown.*document, paragraph, sentence'),
    ("TWO.frequencies(by=SURROGATE)", ValueError, r"^by has a lone surrogate"),
    ("TWO.readability(by=SURROGATE)", ValueError, r"^by has a lone surrogate"),
    (
        "TWO.frequencies(by='date:month')",
        ValueError,
        r"'2024-02-30' of documents\[1\] does not tell its month",
    ),
    ("TWO.frequencies(by='date:year')", ValueError, r"'2024-02-30' of documents\[1\] does not tell its year"),
    ("dated('2024-13').frequencies(by='date:year')", ValueError, r"'2024-13' of documents\[0\]"),
    ("dated('2024-02-01T25:00').frequencies(by='date:month')", ValueError, r"T25:00' of documents\[0\]"),
    ("dated('2024-02-01 23:60').frequencies(by='date:day')", ValueError, r"23:60' of documents\[0\]"),
    ("dated('2024-02-01T24:00:01Z').frequencies(by='date:day')", ValueError, r"01Z' of documents\[0\]"),
    ("ONE.frequencies(by='outlt')", lm.ColumnError, r'^by="outlt": there is no metadata; give a table'),
    (
        "Corpus(['a'], ids=['x']).frequencies(by='doc_id')",
        lm.ColumnError,
        r'^by="doc_id": ids are no metadata.*by=corpus\.meta\.column\("doc_id"\)',
    ),
    ("ONE.frequencies(by=3)", TypeError, r"^by is int; give a value for each"),
    ("Corpus(['a', 'b'], ids={'x', 'y'})", TypeError, r"^ids is a set"),
    (
        "Corpus(['a', 'b']).frequencies(by={'x': 1, 'y': 2})",
        TypeError,
        r"^by is a mapping",
    ),
)
def test_ids_metadata_and_groups(call: str, kind: type[Exception], message: str) -> None:
    check(call, kind, message)


@table(
    ("Tokens(case='lwer')", ValueError, unknown("case", "lwer", "lower", "lower, keep")),
    ("Tokens(apostrophes='x')", ValueError, unknown("apostrophes", "x", None, "fold, keep")),
    ("Tokens(hyphens='splt')", ValueError, unknown("hyphens", "splt", "split", "split, keep")),
    ("Tokens(possessives='strp')", ValueError, unknown("possessives", "strp", "strip", "keep, strip")),
    ("Tokens(numbers='drp')", ValueError, unknown("numbers", "drp", "drop", "keep, drop")),
    ("Tokens(normalize='nfc')", ValueError, unknown("normalize", "nfc", "NFC", "NFC, NFKC")),
    ("Tokens(stop_words='englsh')", ValueError, unknown("stop_words", "englsh", "english", "turkish")),
    ("Tokens(stem='englsh')", ValueError, unknown("stem", "englsh", "english", "turkish")),
    ("lm.word_frequencies([], ties='mn')", ValueError, unknown("ties", "mn", "min", "min, max, dense")),
    (
        "lm.entity_cooccurrences([], PAIR, within='sentense')",
        ValueError,
        unknown("within", "sentense", "sentence", "sentence, paragraph, document"),
    ),
    (
        "lm.entity_cooccurrences([], PAIR, count='bolean')",
        ValueError,
        unknown("count", "bolean", "boolean", "boolean, frequency"),
    ),
    (
        "lm.entity_cooccurrences([], PAIR, measures=['nmpi'])",
        ValueError,
        unknown("measures", "nmpi", "npmi", "jaccard"),
    ),
    ("lm.sentence_metrics([], measures='flsch')", ValueError, unknown("measures", "flsch", "flesch", "smog")),
    ("Corpus([], language='xx')", ValueError, r'^language="xx" is unknown\. Give a code, .*: en, de'),
    ("Gazetteer([], case='smrt')", ValueError, unknown("case", "smrt", "smart", "smart, exact, ignore")),
    (
        "Gazetteer([], overlap='longst')",
        ValueError,
        unknown("overlap", "longst", "longest", "longest, nested, all"),
    ),
    ("Gazetteer([]).add('b', 3)", TypeError, r"^aliases is int; give a list of str"),
    ("Gazetteer([]).add('b', 'c')", TypeError, r"^aliases is one str; wrap it in a list"),
    ("Gazetteer([]).add(3)", TypeError, r"^name is int, expected str"),
    ("lm.report(ONE, title=3)", TypeError, r"^title is int, expected str"),
    ("lm.write_report('x.png', ONE)", ValueError, r"^path='x\.png': can be written as \.html or \.htm"),
    ("ONE.dtm(vocabulary=['met', 'Ada', 'Curie'])", ValueError, r'^vocabulary\[1\]="Ada" .*"ada" \(1 more'),
    (
        "lm.document_term_matrix(['a'], vocabulary=['a b'])",
        ValueError,
        r'^vocabulary\[0\]="a b" .* 2 words, and ngrams=\(1, 1\)',
    ),
    ("Gazetteer({'a': [('b', 'smrt')]})", ValueError, r'^entities\[0\] "a": case="smrt" is unknown.*smart'),
    ("lm.measures('asociation')", ValueError, unknown("kind", "asociation", "association", "readability")),
    ("lm.cite('nmpi')", ValueError, r"^name='nmpi' is no measure\. Did you mean 'npmi'\?"),
    (
        "ONE.readability(by='sentense')",
        ValueError,
        r'by="sentense".*"sentence".*document, paragraph, sentence',
    ),
    ("Corpus(['a'], threads=0)", ValueError, r"^threads=0: give a whole number from 1, or None"),
    ("Corpus(['a'], threads=-1)", ValueError, r"^threads=-1: "),
    ("Corpus(['a'], threads='2')", TypeError, r"^threads='2': "),
    ("lm.word_frequencies(['a'], threads=0)", ValueError, r"^threads=0: "),
    ("lm.word_frequencies(['a'], threads=-1)", ValueError, r"^threads=-1: "),
    ("lm.word_frequencies([], ngrams=0)", ValueError, r"^ngrams=0: choose a size from 1 to 6"),
    ("lm.word_frequencies([], ngrams=7)", ValueError, r"^ngrams=7: choose"),
    ("lm.word_frequencies([], ngrams=(2, 1))", ValueError, r"^ngrams=\(2, 1\)"),
    ("lm.word_frequencies([], ngrams='2')", TypeError, r"^ngrams='2': give a size"),
    ("lm.word_frequencies([], ngrams=True)", TypeError, r"^ngrams=True: give a size"),
    ("lm.word_frequencies([], ngrams=-1)", ValueError, r"^ngrams=-1|^ngrams=\(-1"),
    ("ONE.cooccurrences(PAIR, evidence=-1)", ValueError, r"^evidence=-1: give a whole number from 0"),
    ("Corpus([], tokens={'case': 'keep'})", TypeError, r"^tokens is dict, expected lexmill\.Tokens"),
    ("Corpus([], abbreviations=[''])", ValueError, r'^abbreviations: "" holds no letter or digit'),
    ("lm.sentences([], abbreviations=['Dr.', ' .'])", ValueError, r'^abbreviations: " \." holds no letter'),
    ("Corpus([], abbreviations='Dr')", TypeError, r"^abbreviations is one str; wrap"),
    ("lm.word_frequencies([], min_count=-1)", ValueError, r"^min_count=-1"),
    ("lm.word_frequencies([], min_count='x')", TypeError, r"^min_count\b"),
    ("Tokens(min_chars=-1)", ValueError, r"^min_chars=-1"),
    ("ONE.cooccurrences(PAIR, within=('window', 1.5))", ValueError, r"^within=\('window', 1\.5\): give"),
    ("ONE.cooccurrences(PAIR, max_pairs=-1)", ValueError, r"^max_pairs=-1"),
    ("ONE.cooccurrences(PAIR, evidence='3')", TypeError, r"^evidence\b"),
    ("Tokens(hyphens=True)", TypeError, r"^hyphens\b"),
    ("Corpus([], language=3)", TypeError, r"^language\b"),
    ("lm.sentence_metrics([], measures=[3])", TypeError, r"^measures\b"),
    ("lm.sentence_metrics([], measures=None)", TypeError, r"^measures\b"),
    ("Tokens(stop_words=3)", TypeError, r"^stop_words\b"),
    ("Tokens(stop_words=[3])", TypeError, r"^stop_words\[0\] is int, expected str"),
    ("Tokens(stop_words=[SURROGATE])", ValueError, r"^stop_words\b.*surrogate"),
    ("lm.association_from_counts(joint=-1, first=1, second=1, n=1)", ValueError, r"^joint=-1"),
    (
        "lm.association_from_counts(joint=5, first=1, second=9, n=10)",
        ValueError,
        r"^joint=5 is larger than first=1",
    ),
    (
        "lm.association_from_counts(joint=1, first=10, second=10, n=10)",
        ValueError,
        r"need 19 units, but n=10",
    ),
    ("lm.readability_from_counts({'words': 3})", ValueError, r'"flesch" needs sentences, syllables'),
    ("lm.readability_from_counts({'wrds': 3})", ValueError, unknown("counts", "wrds", "words", "sentences")),
    (
        "lm.readability_from_counts({'words': 3, 'n_words': 3})",
        ValueError,
        r"^counts: a count is given twice",
    ),
    ("lm.readability_from_counts([1])", TypeError, r"^counts is list; give a mapping"),
    ("lm.sentence_metrics([], measures='pmi')", ValueError, r"^measures='pmi' is of the family association"),
    ("ONE.cooccurrences(PAIR, measures='holm')", ValueError, r"^measures='holm' is of the family p_adjust"),
    ("lm.word_frequencies([], min_count=2**70)", ValueError, r"^min_count=1180.*below 2\*\*63"),
    ("lm.word_frequencies(['a'], threads=True)", TypeError, r"^threads=True: give a whole number"),
    ("lm.word_frequencies([], ties=None)", TypeError, r"^ties is NoneType, expected str"),
    ("lm.word_frequencies([], ngrams=(1, -2))", ValueError, r"^ngrams=\(1, -2\)"),
    ("ONE.cooccurrences(PAIR, contingency='no')", TypeError, r"^contingency='no': give True or False"),
    ("Corpus([], abbreviations=[1])", TypeError, r"^abbreviations\[0\] is int, expected str"),
    ("Corpus([], repair_breaks=2)", TypeError, r"^repair_breaks=2: give True or False"),
    ("lm.measures(3)", TypeError, r"^kind is int"),
    ("lm.cite(3)", TypeError, r"^name is int"),
    ("lm.readability_from_counts({'words': -3})", ValueError, r"counts.*words"),
    ("lm.word_frequencies(['a'], tokens='zz')", TypeError, r"^tokens is str, expected lexmill\.Tokens"),
    ("lm.document_term_matrix(['a'], threads=-1)", ValueError, r"^threads=-1: give a whole number from 1"),
    ("lm.document_term_matrix(['a'], threads=0)", ValueError, r"^threads=0: "),
    ("lm.document_term_matrix(['a'], threads=True)", TypeError, r"^threads=True: "),
    ("lm.document_term_matrix(['a'], max_df=10**30)", ValueError, r"^max_df=1000.*below 2\*\*63"),
    ("ONE.dtm(max_df=10**30)", ValueError, r"^max_df=1000.*below 2\*\*63"),
    (
        "lm.entity_cooccurrences(['a'], PAIR, ci='95%')",
        TypeError,
        r"^ci='95%': give a number between 0 and 1",
    ),
    ("ONE.cooccurrences(PAIR, ci=[1])", TypeError, r"^ci=\[1\]: give a number"),
    ("ONE.cooccurrences(PAIR, ci=True)", TypeError, r"^ci=True: give a number"),
    ("ONE.cooccurrences(PAIR, ci=10**400)", ValueError, r"^ci=1000"),
    ("ONE.cooccurrences(PAIR, count=3)", TypeError, r"^count is int, expected str"),
    ("ONE.cooccurrences(PAIR, p_adjust=3)", TypeError, r"^p_adjust is int, expected str"),
    ("ONE.cooccurrences(PAIR, min_count=10**30)", ValueError, r"^min_count=1000.*below 2\*\*63"),
    ("ONE.cooccurrences(PAIR, within=SURROGATE)", ValueError, r"^within has a lone surrogate"),
    ("ONE.cooccurrences(PAIR, within=(SURROGATE, 3))", ValueError, r"^within has a lone surrogate"),
    ("ONE.cooccurrences(PAIR, count=SURROGATE)", ValueError, r"^count has a lone surrogate"),
    ("ONE.cooccurrences(PAIR, p_value=SURROGATE)", ValueError, r"^p_value has a lone surrogate"),
    ("ONE.cooccurrences(PAIR, p_adjust=SURROGATE)", ValueError, r"^p_adjust has a lone surrogate"),
    ("ONE.cooccurrences('terms', stop_words=SURROGATE)", ValueError, r"^stop_words has a lone surrogate"),
    ("Tokens(stop_words=SURROGATE)", ValueError, r"^stop_words has a lone surrogate"),
    ("TWO.compare_networks(PAIR, 'a', 'b', by='o', ci=None)", TypeError, r"^ci=None: give a number between"),
    ("TWO.compare_networks(PAIR, 'a', 'b', by='o', min_count=10**30)", ValueError, r"^min_count=1000"),
    ("TWO.compare_networks(PAIR, 'a', 'b', by='o', min_count=np.inf)", ValueError, r"^min_count=inf"),
    ("NET.trends(min_count=10**30)", ValueError, r"^min_count=1000.*below 2\*\*63"),
    ("NET.trends(min_count='x')", TypeError, r"^min_count='x': give a number from 0"),
    ("NET.trends(min_count=np.nan)", ValueError, r"^min_count=nan: give a number from 0"),
    ("NET.trends(p_adjust=3)", TypeError, r"^p_adjust is int, expected str"),
    ("NET.trends(p_adjust=SURROGATE)", ValueError, r"^p_adjust has a lone surrogate"),
    ("NET.compare('a', 'b', ci='x')", TypeError, r"^ci='x': give a number between 0 and 1"),
    ("NET.compare('a', SURROGATE)", ValueError, r"^b\[0\] has a lone surrogate"),
    ("NET.neighbors(3)", TypeError, r"^entity is int, expected str"),
    ("NET.neighbors(SURROGATE)", ValueError, r"^entity has a lone surrogate"),
    ("NET.evidence(3, 'Ada')", TypeError, r"^source is int, expected str"),
    ("NET.evidence('Ada', SURROGATE)", ValueError, r"^target has a lone surrogate"),
    ("ONE.describe(level='x')", TypeError, r"^level='x': give a number between 0 and 1"),
    ("NET.compare('a', 'b', p_value=3)", TypeError, r"^p_value is int, expected str"),
    ("NET.compare('a', 'b', min_count=10**30)", ValueError, r"^min_count=1000"),
    ("NET.backbone('x')", TypeError, r"^alpha='x': give a chance between 0 and 1"),
    ("NET.backbone(10**400)", ValueError, r"^alpha=1000.*give a chance"),
    ("NET.filter(min_count='x')", TypeError, r"^min_count='x': give a number"),
    ("NET.filter(min_count=np.nan)", ValueError, r"^min_count=nan: give a number"),
    ("NET.filter([None, True])", TypeError, r"^mask\[0\] is None; give True or False for each pair"),
    ("NET.filter([True])", ValueError, r"^mask: 1 values for 2 pairs; give one for each pair"),
    ("NET.filter(o=3)", TypeError, r"^o=3: the column holds texts; give '3'"),
    ("NET.filter(o=['a', 3])", TypeError, r"^o=3: the column holds texts; give '3'"),
    ("NET.filter(count='1')", TypeError, r"^count='1': the column holds numbers; give a number"),
    ("NET.compare(2023, 'b')", ValueError, r"^a=2023 is no group of by='o'. The groups are 'a', 'b'"),
    ("NET.filter(max_source=3)", TypeError, r"^max_source=3: the column holds texts; give a str"),
    ("lm.discover(ONE, min_count=-1)", ValueError, r"^min_count=-1: give a whole number from 0"),
    ("lm.discover(ONE, min_count='x')", TypeError, r"^min_count='x': "),
    ("lm.discover(ONE, demonyms=1)", TypeError, r"^demonyms=1: give True or False"),
    ("lm.discover(ONE, titles='x')", TypeError, r"^titles='x': give True or False"),
    ("lm.discover(ONE, progress=3)", TypeError, r"^progress=3: give a function"),
    ("lm.document_term_matrix(['a'], progress=True)", TypeError, r"^progress=True: give a function"),
    ("Corpus(['a'], progress=3)", TypeError, r"^progress=.*: give a function"),
    ("lm.word_frequencies(['a'], progress=3)", TypeError, r"^progress=.*: give a function"),
    ("lm.word_frequencies(['a'], ngrams=2, progress=3)", TypeError, r"^progress=.*: give a function"),
    ("lm.sentences(['a'], progress=3)", TypeError, r"^progress=.*: give a function"),
    ("lm.sentence_metrics(['a'], progress='x')", TypeError, r"^progress=.*: give a function"),
    ("lm.readability(['a'], progress='x')", TypeError, r"^progress=.*: give a function"),
    ("lm.readability('a')", TypeError, r"texts"),
    ("lm.entity_cooccurrences(['a'], PAIR, progress=3)", TypeError, r"^progress=.*: give a function"),
    ("lm.entity_mentions(['a'], PAIR, progress=3)", TypeError, r"^progress=.*: give a function"),
    ("lm.read(HERE / '*.py', progress=3)", TypeError, r"^progress=3: give a function"),
)
def test_options(call: str, kind: type[Exception], message: str) -> None:
    check(call, kind, message)


@table(
    ("Gazetteer('abc')", TypeError, r"^entities is one str"),
    ("Gazetteer(3)", TypeError, r"^entities is int; give a mapping"),
    ("Gazetteer(None)", TypeError, r"^entities is NoneType; give"),
    ("Gazetteer([1])", TypeError, r"^entities\[0\] is 1; give a name"),
    ("Gazetteer({1: ['a']})", TypeError, r"^entities\[0\] is "),
    ("Gazetteer({'a': 'b'})", TypeError, r"^entities\[0\] 'a': aliases is one str"),
    ("Gazetteer({'a': {'b': 1}})", TypeError, r"^entities\[0\] 'a': aliases is dict"),
    ("Gazetteer({'a': [1]})", TypeError, r"^entities\[0\] 'a': the alias 1 is no str"),
    ("Gazetteer({'a': ['']})", ValueError, r'^entities\[0\] "a": the alias "" holds no letter'),
    ("Gazetteer({'a': ['  ']})", ValueError, r'the alias "  " holds no letter'),
    ("Gazetteer({'a': ['--!']})", ValueError, r'the alias "--!" holds no letter'),
    ("Gazetteer([''])", ValueError, r'the alias "" holds no letter'),
    (
        "Gazetteer({'A': ['x'], 'B': ['x']})",
        ValueError,
        r'^the alias "x" belongs to entities\[0\] "A" and to entities\[1\] "B"',
    ),
    ("Gazetteer({'Abc': ['Xyz'], 'B': ['xYZ']}, case='ignore')", ValueError, r'^the alias "xYZ" belongs to'),
    ("Gazetteer({'é': [], 'é': []})", ValueError, "belongs to"),
    ("Gazetteer({'A': ['B'], 'B': []})", ValueError, r'^the alias "B" belongs to'),
    ("Gazetteer({'A': ['B'], 'B': ['A']})", ValueError, r"belongs to"),
    ("Gazetteer(['a', 'a'])", ValueError, r'^entities: "a" stands there twice'),
    ("Gazetteer(['a'], types={'b': 'X'})", ValueError, r"^types: 'b' is no entity"),
    ("Gazetteer([SURROGATE])", ValueError, r"^entities\[0\].*surrogate"),
    ("Gazetteer({'a': [SURROGATE]})", ValueError, r"^entities\[0\] 'a': the alias .*lone surrogate"),
    ("Gazetteer(['a'], types=['PER'])", TypeError, r"^types is list; give a mapping"),
    ("Gazetteer([], case=3)", TypeError, r"^case is int"),
    ("Gazetteer(['a'], types={'a': 1})", TypeError, r"^types\b|^entities\[0\]"),
    ("Gazetteer([{'name': 'a', 'alias': ['b']}])", (TypeError, ValueError), r"alias", DROPPED),
    ("Gazetteer(['abc']).find('abd')", lm.EntityError, r"^'abd' is no entity"),
    ("Gazetteer.load('nowhere.json')", FileNotFoundError, r"nowhere\.json"),
    (
        "lm.entity_cooccurrences(['a b c d.'], list('abcd'), max_pairs=2)",
        MemoryError,
        r"^documents\[0\].*6 pairs.*more than max_pairs=2; choose fewer entities, or raise max_pairs",
    ),
    ("ONE.cooccurrences(PAIR).evidence('Ada')", TypeError, r"name both entities"),
    (
        "ONE.cooccurrences(PAIR).evidence('Ada', 'Babage')",
        lm.EntityError,
        r'^target="Babage" .*Did you mean "Babbage"',
    ),
    ("ONE.cooccurrences(PAIR).evidence('Ada', 'Ada')", ValueError, r'source and target are both "Ada"'),
    ("ONE.cooccurrences(PAIR).neighbors('Babage')", lm.EntityError, r"Babage"),
    ("Gazetteer(['Ada']).rename('Ada', 5)", TypeError, r"^new is int, expected str"),
    ("lm.discover(['We saw Ada Lovelace.']).rename('Ada Lovelace', 5)", TypeError, r"^new is int"),
    ("Gazetteer(['Ada']).rename('Ada', SURROGATE)", ValueError, r"^new has a lone surrogate"),
)
def test_names(call: str, kind: type[Exception], message: str) -> None:
    check(call, kind, message)


@table(
    ("ONE.text(5)", IndexError, r"^document 5 of a corpus of 1"),
    ("ONE.text(-2)", IndexError, r"^document -2 of a corpus of 1"),
    ("ONE[1]", IndexError, r"^document 1 of a corpus of 1"),
    ("ONE['a']", TypeError, r"by its number, not by str"),
    ("ONE.filter([True, False])", ValueError, r"^mask: 2 values for 1 documents"),
    ("ONE + Corpus(['a'], tokens=Tokens(case='keep'))", ValueError, r"read differently.*case='keep'"),
    ("ONE + Corpus(['a'], language='de')", ValueError, r"read differently"),
    ("ONE + Corpus(['a'], abbreviations=['Zz'])", ValueError, r"read differently"),
    ("ONE + Corpus(['a'], meta={'m': [1]})", ValueError, r"differ in their metadata"),
    (
        "Corpus(['a'], meta={'m': ['x']}) + Corpus(['a'], meta={'m': [1]})",
        ValueError,
        r'type of the metadata column "m"',
    ),
    ("ONE + Corpus(['a'], ids=['x'])", ValueError, r"whether they have ids"),
    ("ONE + 1", TypeError, r"unsupported operand"),
    ("lm.word_frequencies(ONE, tokens=Tokens())", ValueError, r"^tokens: the corpus has its own"),
    (
        "lm.sentence_metrics(ONE, tokens=Tokens(case='keep'))",
        ValueError,
        r"^tokens: the corpus has its own",
    ),
    (
        "lm.entity_cooccurrences(ONE, PAIR, language='de')",
        ValueError,
        r"^language: the corpus has its own",
    ),
    (
        "lm.sentence_metrics(ONE, repair_breaks=True)",
        ValueError,
        r"^repair_breaks: the corpus has its own",
    ),
    ("lm.word_frequencies(ONE, threads=2)", ValueError, r"^threads: the corpus has its own"),
    ("lm.word_frequencies(ONE, text='x')", ValueError, r"^text: the corpus has its own"),
    ("lm.sentence_metrics(ONE, abbreviations=['x'])", ValueError, r"^abbreviations: the corpus has its own"),
    ("lm.entity_cooccurrences(ONE, PAIR, id='x')", ValueError, r"^id: the corpus has its own"),
    ("lm.entity_cooccurrences(ONE, PAIR, progress=print)", ValueError, r"^progress: the corpus has its own"),
    ("ONE.frequencies().head('3')", TypeError, r"^rows='3': give a whole number from 0"),
    ("NET.plot().save('x.png')", ValueError, r"^path='x\.png': can be written as \.html or \.htm or \.svg"),
    ("NET.plot().save(3)", TypeError, r"^path is int; give a path"),
    ("NET.to_html('x.svg')", ValueError, r"^path='x\.svg': can be written as \.html or \.htm, not as \.svg"),
    ("ONE.heatmap().save('x.png')", ValueError, r"^path='x\.png': can be written as \.html"),
    ("lm.read(3)", TypeError, r"^paths is int; give a path"),
    ("lm.read([3])", TypeError, r"^paths\[0\] is int"),
    ("lm.read('nowhere.txt')", FileNotFoundError, r"^no such file: 'nowhere\.txt'"),
    ("lm.read('nowhere*.txt')", FileNotFoundError, r"^no file matches 'nowhere\*\.txt'"),
    ("lm.read(HERE)", IsADirectoryError, r"is a folder; name its files"),
)
def test_corpora_and_files(call: str, kind: type[Exception], message: str) -> None:
    check(call, kind, message)


@each_verb
@pytest.mark.parametrize("bad", ["abc", b"abc", {"a"}, ["a", 1], ["a", SURROGATE], None, 3, [b"x"]], ids=repr)
def test_every_verb_refuses_the_same(verb: Callable[[Any], lm.Result], bad: Any) -> None:
    with pytest.raises((TypeError, ValueError), match=r"^texts"):
        verb(bad)


@pytest.mark.parametrize(
    "date",
    ["2024-02-29", "2024-02-29T23:59:60Z", "2024-02-29T24:00", "2024-02-29 07:05:00.123456+02:00", "2024-02"],
)
def test_a_possible_date_is_taken(date: str) -> None:
    table = NAMES["dated"](date).frequencies(by="date:month")
    assert table.column("month") == ["2024-02"]


def test_no_error_is_a_surprise() -> None:
    """The package's own errors are also what Python's would be."""
    assert issubclass(lm.ColumnError, KeyError)
    assert issubclass(lm.EntityError, KeyError)
    assert issubclass(lm.InternalError, RuntimeError)
    with pytest.raises(lm.ColumnError) as caught:
        lm.measures().column("nme")
    columns = "family, name, formula, source, range, undefined"
    assert str(caught.value) == f'no column "nme". Did you mean "name"? The columns are {columns}.'


def test_an_endless_iterator_can_be_interrupted() -> None:
    code = """
        import itertools, os, subprocess, time, lexmill as lm
        subprocess.Popen(["sh", "-c", f"sleep 0.3; kill -INT {os.getpid()}"])
        started = time.monotonic()
        try: lm.word_frequencies(itertools.repeat("a b c"))
        except KeyboardInterrupt: assert time.monotonic() - started < 2
        print(lm.Corpus(["still there"]).n_tokens)
    """
    assert python(code, timeout=20) == "2\n"


def test_an_iterator_is_read_once_and_no_further_than_its_error() -> None:
    texts = itertools.chain(["a", "b", 3], itertools.repeat("c"))
    with pytest.raises(TypeError, match=r"^texts\[2\]"):
        lm.Corpus(texts)
    assert next(texts) == "c"
