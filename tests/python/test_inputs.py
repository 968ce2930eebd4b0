"""One column of texts in every dress that people have: the answer is that of the plain list."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any

import duckdb
import lexmill as lm
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from helpers import NAMES, TEXTS, VERBS, each_verb, python
from hypothesis import given
from hypothesis import strategies as st

CHUNKED = pa.chunked_array([pa.array(TEXTS[:1]), pa.array([], pa.string()), pa.array(TEXTS[1:])])
TABLE = pa.table(
    {"n": [1, 2, 3, 4], "text": TEXTS, "when": [datetime.date(2026, 1, d) for d in (1, 2, 3, 4)]}
)


class ArrayOnly:
    """What offers `__arrow_c_array__` and nothing else."""

    def __init__(self, array: pa.Array) -> None:
        self._array = array

    def __arrow_c_array__(self, requested_schema: object = None) -> object:
        return self._array.__arrow_c_array__(requested_schema)


class StreamOnly:
    """What offers `__arrow_c_stream__` and nothing else."""

    def __init__(self, source: Any) -> None:
        self._source = source

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._source.__arrow_c_stream__(requested_schema)


class Sequence:
    """What can be iterated but has no length."""

    def __getitem__(self, i: int) -> str | None:
        return TEXTS[i]


def generator() -> Iterator[str | None]:
    yield from TEXTS


def series(dtype: Any, index: Any = None) -> pd.Series:
    return pd.Series(TEXTS, dtype=dtype, index=index)


NAN = [TEXTS[0], float("nan"), *TEXTS[2:]]
COLUMNS: dict[str, Callable[[], Any]] = {
    "tuple": lambda: tuple(TEXTS),
    "generator": generator,
    "iterator": lambda: iter(TEXTS),
    "map": lambda: map(TEXTS.__getitem__, range(4)),
    "dict.values": lambda: dict(enumerate(TEXTS)).values(),
    "old sequence protocol": Sequence,
    "str subclass": lambda: [None if t is None else type("S", (str,), {})(t) for t in TEXTS],
    "list with NaN": lambda: NAN,
    "list with pd.NA": lambda: [TEXTS[0], pd.NA, *TEXTS[2:]],
    "list with NaT": lambda: [TEXTS[0], pd.NaT, *TEXTS[2:]],
    "list with np.nan": lambda: [TEXTS[0], np.float64("nan"), *TEXTS[2:]],
    "pandas object": lambda: series(object),
    "pandas object with NaN": lambda: pd.Series(NAN, dtype=object),
    "pandas str": lambda: series("str"),
    "pandas string[pyarrow]": lambda: series("string[pyarrow]"),
    "pandas string[python]": lambda: series("string[python]"),
    "pandas category": lambda: series("category"),
    "pandas ArrowDtype": lambda: series(pd.ArrowDtype(pa.string())),
    "pandas ArrowDtype large": lambda: series(pd.ArrowDtype(pa.large_string())),
    "pandas odd index": lambda: series("str", index=[9, 9, -1, 4]),
    "pandas text index": lambda: series(object, index=list("dcba")),
    "pandas strided": lambda: pd.Series([x for t in TEXTS for x in (t, "not this")], dtype=object)[::2],
    "pandas Index": lambda: pd.Index(TEXTS),
    "pandas array": lambda: pd.array(TEXTS, dtype="string[pyarrow]"),
    "polars": lambda: pl.Series(TEXTS),
    "polars named": lambda: pl.Series("text", TEXTS),
    "polars chunks": lambda: pl.concat([pl.Series(TEXTS[:2]), pl.Series(TEXTS[2:])], rechunk=False),
    "polars Categorical": lambda: pl.Series(TEXTS, dtype=pl.Categorical),
    "polars Enum": lambda: pl.Series(TEXTS, dtype=pl.Enum([t for t in TEXTS if t is not None])),
    "polars slice": lambda: pl.Series(["not this", *TEXTS, "nor this"])[1:-1],
    "pyarrow utf8": lambda: pa.array(TEXTS),
    "pyarrow large_utf8": lambda: pa.array(TEXTS, pa.large_string()),
    "pyarrow string_view": lambda: pa.array(TEXTS, pa.string_view()),
    "pyarrow dictionary": lambda: pa.array(TEXTS).dictionary_encode(),
    "pyarrow dictionary int8": lambda: pa.array(TEXTS, pa.dictionary(pa.int8(), pa.large_string())),
    "pyarrow sliced": lambda: pa.array(["not this", *TEXTS, "nor this"]).slice(1, 4),
    "pyarrow sliced dictionary": lambda: pa.array(["not this", *TEXTS]).dictionary_encode().slice(1),
    "pyarrow sliced view": lambda: pa.array(["not this", *TEXTS], pa.string_view()).slice(1),
    "pyarrow chunked": lambda: CHUNKED,
    "pyarrow chunked dictionary": lambda: pa.chunked_array([c.dictionary_encode() for c in CHUNKED.chunks]),
    "array capsule": lambda: ArrayOnly(pa.array(TEXTS)),
    "stream capsule": lambda: StreamOnly(CHUNKED),
    "numpy object": lambda: np.array(TEXTS, dtype=object),
    "numpy strided": lambda: np.array([x for t in TEXTS for x in (t, "x")], dtype=object)[::2],
}
TABLES: dict[str, Callable[[], Any]] = {
    "pandas": lambda: pd.DataFrame({"n": [1, 2, 3, 4], "text": TEXTS}),
    "pandas odd index": lambda: pd.DataFrame({"n": [1, 2, 3, 4], "text": TEXTS}, index=[7, 7, 2, 1]),
    "pandas ArrowDtype": lambda: TABLE.to_pandas(types_mapper=pd.ArrowDtype),
    "polars": lambda: pl.DataFrame({"n": [1, 2, 3, 4], "text": TEXTS}),
    "pyarrow Table": lambda: TABLE,
    "pyarrow sliced Table": lambda: pa.concat_tables([TABLE, TABLE]).slice(4),
    "pyarrow RecordBatch": lambda: TABLE.to_batches()[0],
    "pyarrow RecordBatchReader": lambda: TABLE.to_reader(max_chunksize=1),
    "duckdb": lambda: duckdb.from_arrow(TABLE),
    "duckdb column": lambda: duckdb.from_arrow(TABLE).select("text"),
    "polars column": lambda: pl.DataFrame({"text": TEXTS}),
    "mapping of columns": lambda: {"n": [1, 2, 3, 4], "text": TEXTS},
    "a result": lambda: lm.Corpus(TEXTS, meta={"text": TEXTS}).meta,
}


def answers(source: Any, **options: Any) -> list[list[dict[str, Any]]]:
    corpus = lm.Corpus(source, **options)
    tables = [corpus.frequencies(), corpus.sentences(), corpus.readability(), corpus.mentions(NAMES)]
    return [list(corpus), *(t.to_dicts() for t in tables)]


EXPECTED = answers(TEXTS)


@pytest.mark.parametrize("make", COLUMNS.values(), ids=COLUMNS.keys())
def test_a_column_in_any_dress(make: Callable[[], Any]) -> None:
    assert answers(make()) == EXPECTED
    assert lm.word_frequencies(make()).to_dicts() == EXPECTED[1]
    assert lm.sentence_metrics(make()).to_dicts() == EXPECTED[2]
    pairs = lm.entity_cooccurrences(make(), NAMES).to_dicts()
    assert pairs == lm.entity_cooccurrences(TEXTS, NAMES).to_dicts() != []


@pytest.mark.parametrize("name", TABLES)
def test_a_table_in_any_dress(name: str) -> None:
    make = TABLES[name]
    # A column called text, or the only one, need not be named.
    for options in ({"text": "text"}, {}):
        assert answers(make(), **options) == EXPECTED
        assert lm.word_frequencies(make(), **options).to_dicts() == EXPECTED[1]
        assert lm.sentence_metrics(make(), **options).to_dicts() == EXPECTED[2]
        assert len(lm.entity_cooccurrences(make(), NAMES, **options)) == 2


def test_a_table_that_is_nothing_but_a_stream() -> None:
    assert answers(StreamOnly(TABLE), text="text") == EXPECTED


def test_numpy_text_has_no_missing_values() -> None:
    texts = [t or "" for t in TEXTS]
    for dtype in ("U99", np.dtypes.StringDType()):
        assert answers(np.array(texts, dtype=dtype)) == answers(texts)


@pytest.mark.parametrize(
    "name", [n for n in TABLES if n not in ("duckdb column", "polars column", "a result")]
)
def test_ids_and_metadata_from_the_columns_of_a_table(name: str) -> None:
    corpus = lm.Corpus(TABLES[name](), text="text", id="n", meta=["n"])
    assert corpus.meta.columns == ["doc_id", "n"]
    assert corpus.meta.column("doc_id") == corpus.meta.column("n") == [1, 2, 3, 4]
    assert corpus.sentences().column("doc_id") == [1, 1, 2, 4, 4]


def test_dates_become_iso_texts() -> None:
    expected = [f"2026-01-0{d}" for d in (1, 2, 3, 4)]
    frame = TABLE.to_pandas()
    for source in (TABLE, frame, frame.assign(when=pd.to_datetime(frame["when"])), pl.DataFrame(TABLE)):
        assert lm.Corpus(source, text="text", meta="when").meta.column("when") == expected
    assert lm.Corpus(TEXTS, meta={"when": TABLE["when"].to_pylist()}).meta.column("when") == expected


META = {
    "ints": ([1, 2, -3, 4], [1, 2, -3, 4]),
    "ints with None": ([1, None, 3, 4], [1, None, 3, 4]),
    "floats": ([1.5, 2.0, float("nan"), 4], [1.5, 2.0, None, 4.0]),
    "texts": (["a", None, "b", "a"], ["a", None, "b", "a"]),
    "booleans": ([True, False, True, False], [True, False, True, False]),
    "numpy ints": (np.array([1, 2, 3, 4], dtype=np.int16), [1, 2, 3, 4]),
    "numpy floats": (np.array([1.5, np.nan, 3, 4]), [1.5, None, 3.0, 4.0]),
    "pandas": (pd.Series([1.0, None, 3.0, 4.0], index=[3, 2, 1, 0]), [1.0, None, 3.0, 4.0]),
    "pandas category": (pd.Series(["x", None, "y", "x"], dtype="category"), ["x", None, "y", "x"]),
    "pandas Int64": (pd.Series([1, None, 3, 4], dtype="Int64"), [1, None, 3, 4]),
    "polars": (pl.Series(["x", None, "y", "x"]), ["x", None, "y", "x"]),
    "polars dates": (pl.Series([datetime.date(2026, 1, 1)] * 4), ["2026-01-01"] * 4),
    "pyarrow": (pa.array([1, None, 3, 4], pa.uint8()), [1, None, 3, 4]),
    "pyarrow booleans": (pa.array([True, False, True, False]), [True, False, True, False]),
    "all missing": ([None] * 4, [None] * 4),
    "iterator": (iter("abcd"), list("abcd")),
}


@pytest.mark.parametrize(("values", "expected"), META.values(), ids=META.keys())
def test_metadata_of_every_kind(values: Any, expected: list[Any]) -> None:
    corpus = lm.Corpus(TEXTS, meta={"m": values})
    assert corpus.meta.column("m") == expected


@pytest.mark.parametrize(
    "by", [["x", "x", "y", None], pd.Series(["x", "x", "y", None]), pl.Series(["x", "x", "y", None])]
)
def test_by_takes_any_column(by: Any) -> None:
    expected = lm.Corpus(TEXTS, meta={"group": ["x", "x", "y", None]}).frequencies(by="group").to_dicts()
    got = lm.word_frequencies(TEXTS, by=by)
    assert [list(row.values()) for row in got.to_dicts()] == [list(row.values()) for row in expected]


def test_a_mapping_is_ids_and_texts() -> None:
    ids = ["a", "b", "c", "d"]
    for mapping in (dict(zip(ids, TEXTS, strict=True)), MappingProxyType(dict(zip(ids, TEXTS, strict=True)))):
        corpus = lm.Corpus(mapping)
        assert corpus.meta.column("doc_id") == ids
        assert list(corpus) == TEXTS
        assert lm.word_frequencies(mapping).to_dicts() == EXPECTED[1]
        assert lm.sentence_metrics(mapping).column("doc_id") == ["a", "a", "b", "d", "d"]


EMPTY: list[Any] = [
    [],
    (),
    {},
    iter(()),
    pd.Series([], dtype=object),
    pd.Series([], dtype="str"),
    pl.Series([], dtype=pl.String),
    pa.array([], pa.string()),
    pa.array([], pa.null()),
    pa.chunked_array([], pa.string()),
    np.array([], dtype=object),
    pa.array([], pa.string_view()),
    pa.array([], pa.string()).dictionary_encode(),
]


@pytest.mark.parametrize("source", EMPTY, ids=lambda s: type(s).__name__)
def test_empty_columns(source: Any) -> None:
    corpus = lm.Corpus(source)
    assert (len(corpus), corpus.n_tokens, corpus.n_types, corpus.n_sentences) == (0, 0, 0, 0)


NULLS: list[Any] = [
    [None, None],
    [float("nan"), None],
    pd.Series([None, None]),
    pd.Series([pd.NA, None], dtype="string[pyarrow]"),
    pl.Series([None, None], dtype=pl.String),
    pa.nulls(2),
    pa.nulls(2, pa.string()),
    pa.nulls(2, pa.string_view()),
    pa.nulls(2, pa.dictionary(pa.int32(), pa.string())),
]


@pytest.mark.parametrize("source", NULLS, ids=lambda s: type(s).__name__)
def test_columns_of_nothing_but_missing_texts(source: Any) -> None:
    corpus = lm.Corpus(source)
    assert list(corpus) == [None, None]
    assert corpus.sentences().column("doc") == [0, 1]


def test_polars_column_of_its_null_type() -> None:
    assert list(lm.Corpus(pl.Series([None, None]))) == [None, None]
    assert lm.Corpus(["a"], meta={"m": pl.Series([None])}).meta.column("m") == [None]


def test_pandas_column_of_nothing_but_nan() -> None:
    for values in ([float("nan"), None], []):
        for dtype in ("float64", "float32"):
            assert list(lm.Corpus(pd.Series(values, dtype=dtype))) == [None] * len(values)
    with pytest.raises(TypeError, match=r"^texts is an Arrow column of type Float64, expected texts"):
        lm.Corpus(pd.Series([float("nan"), 1.5]))


class Failing:
    """A column whose exporter fails."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        raise self._error

    def __iter__(self) -> Iterator[str | None]:
        return generator()


def test_an_exporter_that_fails() -> None:
    for error in (TypeError("x"), OSError("x"), pa.lib.ArrowException("x")):
        assert list(lm.Corpus(Failing(error), meta={"m": Failing(error)})) == TEXTS
    for stop in (KeyboardInterrupt(), MemoryError(), SystemExit()):
        with pytest.raises(type(stop)):
            lm.Corpus(Failing(stop))


def test_the_caller_may_go_on_with_his_objects() -> None:
    """Texts are borrowed: what happens to their owner afterwards must not matter."""
    for make in (lambda: list(TEXTS), lambda: pa.array(TEXTS), lambda: pl.Series(TEXTS)):
        source = make()
        corpus = lm.Corpus(source)
        if isinstance(source, list):
            source[0] = "changed"
            source.clear()
        del source
        assert list(corpus) == TEXTS
    array = np.array(TEXTS, dtype=object)
    corpus = lm.Corpus(array)
    array[:] = "changed"
    assert list(corpus) == TEXTS


BROKEN = b"caf\xe9 \xff\xfe ok"
SMUGGLED: dict[str, Any] = {
    "utf8": lambda: pa.array([b"fine", BROKEN]).view(pa.string()),
    "large_utf8": lambda: pa.array([b"fine", BROKEN], pa.large_binary()).view(pa.large_string()),
    "string_view": lambda: pa.array(
        [b"fine", BROKEN + b" and longer than twelve bytes"], pa.binary_view()
    ).view(pa.string_view()),
    "dictionary": lambda: pa.DictionaryArray.from_arrays(
        [0, 1], pa.array([b"fine", BROKEN]).view(pa.string())
    ),
    "second chunk": lambda: pa.chunked_array([pa.array(["fine"]), pa.array([BROKEN]).view(pa.string())]),
}


@pytest.mark.parametrize("make", SMUGGLED.values(), ids=SMUGGLED.keys())
def test_invalid_utf8_is_refused(make: Callable[[], Any]) -> None:
    with pytest.raises(ValueError, match=r"Arrow data cannot be read: .*UTF-?8"):
        lm.Corpus(make())
    with pytest.raises(ValueError, match=r"UTF-?8"):
        lm.word_frequencies(make())
    with pytest.raises(ValueError, match=r"UTF-?8"):
        lm.Corpus(["a", "b"], meta={"m": make()})


@given(st.lists(st.one_of(st.none(), st.text(max_size=40)), max_size=8))
def test_any_texts_in_four_dresses(texts: list[str | None]) -> None:
    expected = answers(texts)
    dresses = (
        pa.array(texts, pa.large_string()),
        pl.Series(texts, dtype=pl.String),
        pd.Series(texts, dtype=object),
    )
    for source in dresses:
        assert answers(source) == expected


WITHOUT = """
import sys
for name in {blocked!r}: sys.modules[name] = None
import lexmill as lm
texts = {texts!r}
"""


def test_pandas_without_pyarrow() -> None:
    code = WITHOUT.format(blocked=["pyarrow"], texts=TEXTS) + (
        "import pandas as pd\n"
        "expected = lm.sentence_metrics(texts).to_dicts()\n"
        "frame = pd.DataFrame({'n': [1, 2, 3, 4], 'text': texts})\n"
        "columns = [pd.Series(texts, dtype=t) for t in (None, object, 'category')]\n"
        "for source in (*columns, frame):\n"
        "    assert lm.sentence_metrics(source).to_dicts() == expected, type(source)\n"
        "    assert len(lm.Corpus(source)) == 4\n"
        "assert lm.sentence_metrics(frame, text='text').to_dicts() == expected\n"
        "assert lm.Corpus(frame, text='text', id='n', meta=['n']).meta.column('doc_id') == [1, 2, 3, 4]\n"
        "out = lm.sentence_metrics(texts).to_pandas()\n"
        "assert out['doc'].tolist() == [0, 0, 1, 3, 3] and out['n_words'].isna().sum() == 1\n"
        "print('done')"
    )
    assert python(code) == "done\n"


OPTIONAL = ("numpy", "pandas", "polars", "pyarrow", "networkx", "scipy", "altair", "duckdb", "sklearn")


def test_import_needs_nothing_but_the_package() -> None:
    code = (
        f"import sys, lexmill\nprint(sorted({{m.partition('.')[0] for m in sys.modules}} & {set(OPTIONAL)}))"
    )
    assert python(code) == "[]\n"


def test_everything_works_without_any_other_library() -> None:
    code = WITHOUT.format(blocked=list(OPTIONAL), texts=TEXTS) + (
        "import array\n"
        f"names = {NAMES!r}\n"
        "corpus = lm.Corpus(texts, ids=list('abcd'), meta={'n': range(4)})\n"
        "tables = [lm.word_frequencies(texts), lm.sentence_metrics(texts), corpus.cooccurrences(names),\n"
        "          corpus.readability(by='n'), corpus.mentions(names), corpus.meta, lm.measures()]\n"
        "net = corpus.cooccurrences(names)\n"
        "tables += [net.nodes(), net.mentions(), net.evidence(), lm.Corpus({'text': texts}).frequencies()]\n"
        "for t in tables: repr(t), t._repr_html_(), t.to_dicts(), list(t), t.head()\n"
        "for call, library in ((tables[0].to_polars, 'polars'), (tables[0].to_pandas, 'pandas'),\n"
        "                      (tables[0].to_arrow, 'arrow'), (net.to_networkx, 'network')):\n"
        "    try: call()\n"
        "    except ImportError as e: assert f'lexmill[{library}]' in str(e), e\n"
        "    else: raise AssertionError(library)\n"
        "print('done')"
    )
    assert python(code) == "done\n"


@each_verb
def test_every_verb_takes_every_dress(verb: Callable[[Any], lm.Result]) -> None:
    expected = verb(TEXTS).to_dicts()
    for source in (pa.array(TEXTS), pl.Series(TEXTS), pd.Series(TEXTS), pd.DataFrame({"text": TEXTS})):
        assert verb(source).to_dicts() == expected


def test_the_verbs_of_this_suite_are_all_verbs() -> None:
    """A new verb of a corpus must enter the table that every test of all verbs runs over."""
    public = {n for n in vars(lm.Corpus) if not n.startswith("_") and callable(getattr(lm.Corpus, n))}
    assert public <= set(VERBS) | {"cooccurrences", "dtm", "text", "filter"}


def test_whole_numbers_of_numpy_are_whole_numbers() -> None:
    corpus, n = lm.Corpus(["Ada met Bob. Bob left.", "Ada."]), np.int64
    pair = ["Ada", "Bob"]
    assert corpus.dtm(min_df=n(2)).terms == corpus.dtm(min_df=2).terms
    assert corpus.dtm(max_df=np.float32(0.5)).terms == corpus.dtm(max_df=0.5).terms
    assert corpus.describe(n_boot=n(9), seed=n(3)).to_dicts() == corpus.describe(n_boot=9, seed=3).to_dicts()
    assert corpus.heatmap(n(1)).levels == corpus.heatmap(1).levels
    for name, options in (
        ("count", {"within": ("window", n(2)), "evidence": n(1), "max_pairs": n(5)}),
        ("p_permutation", {"permutations": n(9), "seed": n(1)}),
    ):
        assert name in corpus.cooccurrences(pair, **options).columns
    assert lm.report(corpus, pair, top=n(1)) == lm.report(corpus, pair, top=1)
