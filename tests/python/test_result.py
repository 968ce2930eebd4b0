"""Tables on their way out: types, nulls, hostile text, and no second dataframe."""

from __future__ import annotations

import html.parser
from typing import Any

import duckdb
import lexmill as lm
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from helpers import NAMES, TEXTS, VERBS, each_verb, python
from hypothesis import given
from hypothesis import strategies as st
from lexmill import _core

TYPES = {
    int: (pa.int64(), pl.Int64, "BIGINT"),
    float: (pa.float64(), pl.Float64, "DOUBLE"),
    bool: (pa.bool_(), pl.Boolean, "BOOLEAN"),
    str: (pa.large_string(), pl.String, "VARCHAR"),
}
KINDS = {
    "str": {"term", "text", "entity", "alias", "type", "source", "target", "source_text", "target_text"}
    | {"form", "rule", "why", "context", "entities"},
    "float": {
        "per_million",
        "doc_share",
        "flesch",
        "flesch_kincaid",
        "npmi",
        "log_likelihood",
        "e11",
        "syllables_estimated",
    },
}


def kind(column: str) -> type:
    """What a column holds, by its name, whatever the texts are."""
    if column == "is_boundary":
        return bool
    ratio = "_per_" in column or column.endswith(("_low", "_high"))
    return str if column in KINDS["str"] else float if ratio or column in KINDS["float"] else int


@each_verb
@pytest.mark.parametrize("texts", [TEXTS, [], [None], [""]], ids=["texts", "none", "missing", "empty"])
def test_types_do_not_depend_on_the_texts(verb: Any, texts: Any) -> None:
    result = verb(texts)
    arrow, polars = result.to_arrow(), result.to_polars()
    frame = result
    sql = duckdb.sql("select * from frame")
    assert frame is result
    for i, name in enumerate(result.columns):
        expected = TYPES[kind(name)]
        assert arrow.schema.field(name).type == expected[0], name
        assert arrow.schema.field(name).nullable
        assert polars.schema[name] == expected[1], name
        assert str(sql.types[i]) == expected[2], name


@each_verb
def test_the_same_rows_in_every_library(verb: Any) -> None:
    result = verb(TEXTS)
    rows = result.to_dicts()
    assert list(result) == rows == [result[i] for i in range(len(result))]
    assert result.to_arrow().to_pylist() == rows
    assert pa.table(result).to_pylist() == rows
    assert result.to_polars().to_dicts() == pl.DataFrame(result).to_dicts() == rows
    assert pl.from_arrow(result.to_arrow()).to_dicts() == rows  # type: ignore[union-attr]
    frame = result
    assert duckdb.sql("select * from frame").to_arrow_table().to_pylist() == rows
    assert frame.column(result.columns[0]) == [row[result.columns[0]] for row in rows]
    pandas = result.to_pandas()
    assert pandas.astype(object).where(pandas.notna(), None).to_dict("records") == rows
    assert list(pandas.columns) == result.columns
    if hasattr(pd.DataFrame, "from_arrow"):
        assert len(pd.DataFrame.from_arrow(result)) == len(rows)


def test_undefined_is_null_and_never_nan_or_zero() -> None:
    result = lm.sentence_metrics(["One.", None, "…"])
    assert result.column("flesch")[1:] == [None] * (len(result) - 1)
    assert result.to_arrow()["flesch"].null_count == len(result) - 1
    assert result.to_polars()["flesch"].null_count() == len(result) - 1
    assert result.to_polars()["flesch"].is_nan().sum() == 0
    assert result.to_pandas()["n_words"].isna().sum() == 1
    everything = lm.entity_cooccurrences(
        ["a b."], ["a", "b"], measures=lm.measures("association").column("name")
    )
    assert everything.to_polars().select(pl.selectors.float().is_nan().any()).row(0).count(True) == 0


def test_the_question_travels() -> None:
    result = lm.word_frequencies(["a b"], min_count=2, ties="dense")
    question = result.question
    assert (question["verb"], question["min_count"], question["ties"]) == ("word_frequencies", 2, "dense")
    assert b"word_frequencies" in result.to_arrow().schema.metadata[b"lexmill"]
    with pytest.raises(TypeError):
        question["verb"] = "x"  # type: ignore[index]
    measures = lm.entity_cooccurrences(TEXTS, NAMES).question["measures"]
    assert measures["npmi"]["source"] == lm.cite("npmi")


def test_rows_columns_and_their_errors() -> None:
    result = lm.word_frequencies(["a b b c c c"])
    assert (len(result), result.shape, result[0], result[-1]) == (
        3,
        (3, 6),
        result.to_dicts()[0],
        result.to_dicts()[2],
    )
    assert result.head(2).to_dicts() == result.to_dicts()[:2]
    assert result.head(99).to_dicts() == result.to_dicts()
    assert result.head().question == result.question
    for bad in (3, -4):
        with pytest.raises(IndexError, match=f"row {bad} of 3"):
            result[bad]
    with pytest.raises(TypeError, match=r"see column\(name\)"):
        result["term"]  # type: ignore[index]
    with pytest.raises(lm.ColumnError, match=r'no column "trem"\. Did you mean "term"\?'):
        result.column("trem")
    with pytest.raises(AttributeError):
        result.extra = 1  # type: ignore[attr-defined]


def test_head_of_a_negative_number() -> None:
    result = lm.word_frequencies(["a b b c c c"])
    try:
        rows = result.head(-1)
    except ValueError:
        return
    assert rows.to_dicts() == result.to_dicts()[:-1]


def test_long_tables_are_read_in_pieces() -> None:
    result = lm.word_frequencies([" ".join(f"w{i}" for i in range(10_000))])
    assert [row["term"] for row in result] == result.column("term")
    assert result[9_999] == result.to_dicts()[-1]


class Tags(html.parser.HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: set[tuple[str, str | None]] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {(tag, None), *((tag, name) for name, _ in attrs)}


HARMLESS = {"span", "table", "thead", "tbody", "tr", "th", "td", "p", "ol", "li", "small", "br", "mark"}
HOSTILE = [
    "<script>alert(1)</script> Ada met Babbage",
    '"><img src=x onerror=alert(1)> Ada met Babbage',
    "' onmouseover='alert(1) Ada met Babbage",
    "</td></table><iframe srcdoc='x'> Ada met Babbage",
    "Ada \x00 met \x01 Babbage &lt;script&gt;",
    "Ada\u202e met \u2066Babbage",
]


def harmless(page: str) -> bool:
    seen = Tags(page).seen
    return {tag for tag, _ in seen} <= HARMLESS and {name for _, name in seen} <= {
        None,
        "style",
        "colspan",
        "dir",
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    corpus = lm.Corpus([text], ids=[text], meta={text: [text]})
    names = {"Ada": ["met <b>bold</b>"], "<script>alert(2)</script> Babbage": ["Babbage"], text: []}
    net = corpus.cooccurrences(names)
    for table in (
        corpus.meta,
        corpus.sentences(),
        corpus.mentions(names),
        net,
        net.nodes(),
        net.evidence(),
        corpus.frequencies(by=text),
    ):
        assert harmless(table._repr_html_())


@given(st.text(max_size=60), st.text(alphabet="<>&'\"/ab =", min_size=1, max_size=20))
def test_any_text_stays_text(text: str, name: str) -> None:
    try:
        names = lm.Gazetteer({"Ada": [], f"Ada {name}": []})
    except ValueError:
        return
    net = lm.entity_cooccurrences([f"Ada {text} Ada {name} Ada"], names)
    for table in (net, net.evidence(), lm.Corpus([text], meta={name: [text]}).meta):
        assert harmless(table._repr_html_())
        assert "\n" not in repr(table).splitlines()[0]


def test_the_text_view() -> None:
    result = lm.word_frequencies(["the cat the dog"], min_count=2)
    assert repr(result).splitlines() == [
        "term  count  rank  per_million  doc_freq  doc_share",
        "the       2     1    500,000.0         1      1.000",
        "1 row · word_frequencies(tokens=Tokens(), ngrams=1, min_count=2, ties='min', documents=1)",
    ]
    long = lm.sentence_metrics(["word " * 100 + "\n\nline\nbreak. " * 15])
    assert "… 6 more" in repr(long)
    assert "6 more" in long._repr_html_()
    assert max(len(line) for line in repr(long).splitlines()[1:11]) < 250
    # Positions are shown plain, amounts with separators.
    shown = repr(lm.Corpus(["x" * 12344 + "\n\nA."]).sentences(measures=[])).splitlines()
    assert "12346" in shown[2].split()
    assert "12,344" in shown[1].split()


def test_numbers_of_a_column_have_as_many_decimals() -> None:
    table = _core.Table(
        [
            ("share", "float", [0.02618, 0.004329, None, 0.0]),
            ("p", "float", [0.5, 1.5e-7, 0.00056, 1.0]),
            ("score", "float", [15870.831, -3.0, 37.53, 0.02]),
        ]
    )
    assert repr(lm.Result(table, {})).splitlines()[:-1] == [
        "  share        p     score",
        "0.02618    0.500  15,870.8",
        "0.00433  1.5e-07      -3.0",
        "         0.00056      37.5",
        "0.00000    1.000      0.02",
    ]


def test_texts_are_cut_later_where_they_have_lines() -> None:
    text = "One two three " * 12
    table = lm.Result(_core.Table.of([("name", ["Ada"]), ("text", [text])]), {})
    assert text.strip() in table._repr_html_() and "white-space:nowrap'>Ada" in table._repr_html_()
    assert text.strip() not in repr(table)


@each_verb
def test_every_view_of_every_table(verb: Any) -> None:
    for texts in (TEXTS, [], [None]):
        result = verb(texts)
        assert harmless(result._repr_html_())
        lines = repr(result).splitlines()
        assert "rows" in lines[-1] or "1 row" in lines[-1]
        if 0 < len(result) <= 3 and len(result.columns) > 12:
            # A column a line, where the columns would run out of the page.
            assert [line.split()[0] for line in lines[:-1]] == result.columns
            continue
        assert lines[0].split() == result.columns
        assert len(lines) == min(len(result), 10) + 2 + (len(result) > 10)


def test_tables_go_in_again() -> None:
    """What leaves can be asked again: a table is a table of texts to lexmill too."""
    sentences = lm.sentence_metrics(TEXTS)
    again = lm.Corpus(sentences, text="text", id="sentence", meta=["doc", "n_words"])
    assert again.meta.column("doc") == sentences.column("doc")
    counted = lm.word_frequencies(sentences, text="text")
    assert counted.column("count") == lm.word_frequencies(TEXTS).column("count")
    assert len(again) == len(sentences)


def test_pandas_without_pyarrow_gets_numbers_too() -> None:
    code = """
        import sys; sys.modules["pyarrow"] = None
        import lexmill as lm, pandas as pd
        frame = lm.word_frequencies(["a b a", "c"]).to_pandas()
        types = [str(t) for t in frame.dtypes[1:]]
        assert types == ["int64", "int64", "float64", "int64", "float64"], types
        frame = lm.sentence_metrics(["One.", None]).to_pandas()
        assert frame["flesch"].isna().tolist() == [False, True]
        print(len(frame))
    """
    assert python(code) == "2\n"


def test_nothing_here_is_a_second_dataframe() -> None:
    public = {name for name in dir(lm.Result) if not name.startswith("_")}
    assert public == {
        "column",
        "columns",
        "head",
        "question",
        "shape",
        "to_arrow",
        "to_dicts",
        "to_pandas",
        "to_polars",
    }
    assert set(VERBS)
