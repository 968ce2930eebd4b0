"""Boundaries with their rules, paragraphs, words, word lists, bands, groups with intervals."""

from __future__ import annotations

import random
import statistics
from typing import Any

import lexmill as lm
import pytest
from helpers import prose
from hypothesis import given, settings
from hypothesis import strategies as st

LETTER = "Dr. Smith met J. R. Ewing at 5 p.m. on Monday. He left!\n\nVersion 3.5 is “done.” Yes"
TEXT = st.lists(
    st.sampled_from(
        [*"abAB.!?… \n'\"()-–é1", "\n\n", "Mr. ", "No. 5", "The cat sat. ", "the-end ", "\u00a0", "👍🏽"]
    ),
    max_size=40,
).map("".join)
TEXTS = st.lists(st.one_of(st.none(), TEXT), max_size=4)


# Boundaries


def test_every_boundary_and_near_miss_has_its_rule() -> None:
    rows = lm.Corpus([LETTER]).boundaries().to_dicts()
    told = {(row["position"], row["is_boundary"], row["rule"]) for row in rows}
    assert {(3, False, "title"), (46, True, "full_stop"), (len(LETTER), True, "text_end")} <= told
    assert next(r for r in rows if r["rule"] == "title")["context"].startswith("Dr.| Smith met")
    assert all(row["why"].endswith(".") and "\n" not in row["context"] for row in rows)
    assert [row["position"] for row in rows] == sorted(row["position"] for row in rows)


@given(TEXTS, st.booleans(), st.sampled_from(["auto", "space", "end"]))
def test_the_two_ways_to_a_rule_agree(texts: list[str | None], repair: bool, breaks: Any) -> None:
    corpus = lm.Corpus(texts, repair_breaks=repair, line_breaks=breaks)
    sentences = [r for r in corpus.sentences(explain=True) if r["sentence"] is not None]
    ends = {(r["doc"], r["position"]): r["rule"] for r in corpus.boundaries() if r["is_boundary"]}
    assert {(r["doc"], r["end"]): r["rule"] for r in sentences} == ends
    assert all(r["rule"] for r in sentences)


def test_rules_of_a_long_text_cut_in_pieces() -> None:
    text = prose(400_000) + "\n\nAt last. The end"
    corpus = lm.Corpus([text, None, "One. Two."])
    rules = corpus.sentences(explain=True, text=False).column("rule")
    assert rules.count(None) == 1  # the missing document
    assert rules[-4:] == ["text_end", None, "full_stop", "full_stop"]


def test_line_breaks() -> None:
    text = "A heading\nThe first line goes on\nand ends here. Then more\nand more of it until the very end."
    by = {name: len(lm.sentence_metrics([text], line_breaks=name)) for name in ("auto", "space", "end")}
    assert by["space"] == 2
    assert by["end"] == 5
    assert by["space"] <= by["auto"] <= by["end"]
    assert lm.Corpus([text], line_breaks="end").n_sentences == 5
    with pytest.raises(ValueError, match=r'^line_breaks="ends" is unknown. Did you mean "end"\?'):
        lm.sentence_metrics([text], line_breaks="ends")
    assert lm.Corpus([], line_breaks="end").boundaries().question["line_breaks"] == "end"
    with pytest.raises(ValueError, match=r"^the two corpora were read differently"):
        lm.Corpus([text]) + lm.Corpus([text], line_breaks="end")


# Paragraphs and words


@given(TEXTS)
def test_paragraphs_tile_the_sentences(texts: list[str | None]) -> None:
    corpus = lm.Corpus(texts)
    rows = corpus.paragraphs(measures=["flesch"], text=True).to_dicts()
    sentences = corpus.sentences().to_dicts()
    for doc, text in enumerate(texts):
        mine = [r for r in rows if r["doc"] == doc]
        if text is None:
            assert [set(r.values()) for r in mine] == [{doc, None}]
            continue
        assert [r["paragraph"] for r in mine] == list(range(len(mine)))
        for row in mine:
            parts = [
                s
                for s in sentences
                if s["doc"] == doc and row["start"] <= s["start"] and s["end"] <= row["end"]
            ]
            assert text[row["start"] : row["end"]] == row["text"]
            assert row["n_sentences"] == sum(s["n_words"] > 0 for s in parts)
            for name in ("n_words", "n_characters", "n_syllables", "n_long_words"):
                assert row[name] == sum(s[name] for s in parts)
        assert sum(r["n_words"] for r in mine) == sum(s["n_words"] or 0 for s in sentences if s["doc"] == doc)
    whole = corpus.readability(by="paragraph", measures="flesch").column("flesch")
    assert [r["flesch"] for r in rows if r["paragraph"] is not None] == whole


@given(TEXTS)
def test_words_stand_where_they_say(texts: list[str | None]) -> None:
    corpus = lm.Corpus(texts)
    rows = corpus.tokens().to_dicts()
    for doc, text in enumerate(texts):
        mine = [r for r in rows if r["doc"] == doc]
        assert [r["token"] for r in mine] == list(range(len(mine)))
        assert all(text is not None and text[r["start"] : r["end"]] == r["form"] for r in mine)
    spans = {(s["doc"], s["sentence"]): (s["start"], s["end"]) for s in corpus.sentences()}
    assert all(
        spans[r["doc"], r["sentence"]][0] <= r["start"] < spans[r["doc"], r["sentence"]][1] for r in rows
    )
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["term"]] = counts.get(row["term"], 0) + 1
    assert counts == {r["term"]: r["count"] for r in corpus.frequencies()}


def test_words_that_are_not_counted_have_no_term() -> None:
    corpus = lm.Corpus(
        ["The Taliban-led US left.", None, ""],
        ids=["a", "b", "c"],
        tokens=lm.Tokens(hyphens="keep", stop_words="english"),
    )
    rows = corpus.tokens()
    assert rows.columns == ["doc", "doc_id", "sentence", "token", "start", "end", "form", "term"]
    assert rows.column("form") == ["The", "Taliban", "led", "US", "left"]
    assert rows.column("term") == [None, "taliban-led", None, "us", "left"]
    assert corpus.token_options.hyphens == "keep"


# Names in sentences


def test_names_in_sentences() -> None:
    texts = ["Ada met Babbage. Babbage and Ada; Ada left.", None, "Nobody."]
    names = {"Charles Babbage": ["Babbage"], "Ada Lovelace": ["Ada"]}
    table = lm.Corpus(texts).sentences(entities=names, text=False)
    both = ["Ada Lovelace; Charles Babbage", "Charles Babbage; Ada Lovelace"]
    assert table.column("entities") == [*both, None, ""]
    assert table.question["entities"] == 2
    assert lm.sentence_metrics(texts, entities=lm.Gazetteer(names)).column("entities") == table.column(
        "entities"
    )
    assert lm.sentence_metrics(texts, entities=names, explain=True).columns[-3:] == [
        "rule",
        "entities",
        "text",
    ]


# Word lists


def test_unfamiliar_words_by_hand() -> None:
    lists = {"dale_chall": ["the", "Cat", "sit", "big", "carry", "well", "know", "can't", "mat"]}
    text = "The cats' biggest carried mats. Well-known zebras can’t sit; 25 zebras unwell!"
    # zebras twice, unwell, and the compound with -n, which is not one of the endings.
    (row,) = lm.Corpus([text]).readability(measures=["dale_chall_1948"], word_lists=lists)
    assert row["n_unfamiliar_dale_chall"] == 4
    assert row["n_words"] == 12
    # 0.1579 · 100 · 4/12 + 0.0496 · 12/2 + 3.6365
    assert row["dale_chall_1948"] == pytest.approx(5.26333 + 0.2976 + 3.6365, abs=1e-5)
    by_sentence = lm.Corpus([text]).sentences(measures="dale_chall_1948", word_lists=lists)
    assert by_sentence.column("n_unfamiliar_dale_chall") == [0, 4]
    assert by_sentence.column("dale_chall_1948")[0] == pytest.approx(0.0496 * 5 + 3.6365)
    assert by_sentence.question["word_lists"] == {"dale_chall": 9}
    assert lm.Corpus([text]).paragraphs(word_lists=lists).column("n_unfamiliar_dale_chall") == [4]
    listed = {"dale_chall": [*lists["dale_chall"], "well-known"]}
    assert lm.Corpus([text]).readability(word_lists=listed).column("n_unfamiliar_dale_chall") == [3]


@pytest.mark.parametrize("by", ["document", "sentence", "paragraph", [1, 1]])
def test_every_formula_with_a_list_runs_with_it(by: Any) -> None:
    needing = {
        row["name"]: row["undefined"].split(" not given")[0].removeprefix("unfamiliar_")
        for row in lm.measures("readability")
        if row["undefined"].startswith("unfamiliar_")
    }
    assert set(needing.values()) == {"dale_chall", "spache", "harris_jacobson"}
    corpus = lm.Corpus(["The cat sat on the mat. It was black.", "A dog barked."])
    every = {name: ["the", "cat"] for name in set(needing.values())}
    table = corpus.readability(measures=list(needing), by=by, word_lists=every)
    for name, given_list in needing.items():
        assert None not in table.column(name)
        with pytest.raises(ValueError, match=rf'^measures: "{name}" needs a list .*"{given_list}": \[...\]'):
            corpus.readability(measures=[name], by=by)
        others = {k: v for k, v in every.items() if k != given_list}
        with pytest.raises(ValueError, match=rf'"{given_list}"'):
            corpus.sentences(measures=[name], word_lists=others)


def test_formulas_that_need_a_tagger_say_so() -> None:
    with pytest.raises(ValueError, match=r'^measures: "coleman_3" needs the count "pronouns".*_from_counts'):
        lm.Corpus(["One."]).readability(measures=["coleman_3"])


@pytest.mark.parametrize(
    ("lists", "kind", "message"),
    [
        (
            {"dale_chal": ["a"]},
            ValueError,
            r'^word_lists="dale_chal" is unknown. Did you mean "dale_chall"\?',
        ),
        ({"spache": []}, ValueError, r'^word_lists\["spache"\] holds no word'),
        ({"spache": "the cat"}, TypeError, r"^word_lists\['spache'\] is one str"),
        ({"spache": ["a", 1]}, TypeError, r"^word_lists\['spache'\]\[1\] is int"),
        (["a"], TypeError, r"^word_lists is list; give a mapping"),
    ],
)
def test_bad_lists(lists: Any, kind: type[Exception], message: str) -> None:
    for verb in (lm.Corpus(["a"]).readability, lm.Corpus(["a"]).sentences, lm.Corpus(["a"]).describe):
        with pytest.raises(kind, match=message):
            verb(word_lists=lists)


# The band of Flesch's score


def test_the_band_of_estimated_syllables() -> None:
    texts = ["The cat sat on the mat.", "The zxqwvping brlfth sat on the mat.", "", None]
    rows = lm.Corpus(texts).readability(band=True).to_dicts()
    assert rows[0]["flesch_low"] == rows[0]["flesch"] == rows[0]["flesch_high"]
    words, syllables = rows[1]["n_words"], rows[1]["n_syllables"]
    estimated = round(rows[1]["syllables_estimated"] * words)
    assert estimated == 2
    least = max(syllables - estimated, words)
    assert rows[1]["flesch_low"] == pytest.approx(206.835 - 1.015 * words - 84.6 * (syllables + 2) / words)
    assert rows[1]["flesch_high"] == pytest.approx(206.835 - 1.015 * words - 84.6 * least / words)
    assert rows[2]["flesch_low"] is None and rows[3]["flesch_high"] is None
    assert "flesch_low" not in lm.Corpus(texts).readability().columns
    for by in ("sentence", "paragraph", [1, 1, 1, 1]):
        for row in lm.Corpus(texts).readability(by=by, band=True):
            if row["n_words"]:
                assert row["flesch_low"] <= row["flesch"] <= row["flesch_high"]


# Groups with intervals


def test_groups_by_hand() -> None:
    texts = ["One two three. One two.", None, "One.", "", "One two three four five. A b."]
    groups = ["a", "a", "a", "a", "b"]
    a, b = lm.Corpus(texts, meta={"g": groups}).describe(by="g", measures=["lix"]).to_dicts()
    assert (a["g"], a["n_documents"], a["n_sentences"], a["n_words"]) == ("a", 3, 3, 6)
    assert (a["words_per_sentence"], a["words_per_sentence_sd"], a["words_per_sentence_median"]) == (2, 1, 2)
    assert (b["words_per_sentence"], b["words_per_sentence_median"]) == (3.5, 3.5)
    assert b["words_per_sentence_sd"] == pytest.approx(statistics.stdev([5, 2]))
    # One document does not tell how documents differ; nor do one and an empty one.
    assert (
        b["words_per_sentence_low"] is b["words_per_sentence_high"] is b["lix_low"] is b["lix_high"] is None
    )
    (one,) = lm.Corpus(["One two.", "", None]).describe()
    assert one["flesch_low"] is one["flesch_high"] is None
    assert a["words_per_sentence_low"] < 2 < a["words_per_sentence_high"]
    assert a["syllables_per_word"] == a["n_syllables"] / a["n_words"]


def test_descriptives_against_the_statistics_of_python() -> None:
    texts = [prose(3000, seed) for seed in range(12)]
    corpus = lm.Corpus(texts, meta={"g": ["x", "y", "z"] * 4})
    for row in corpus.describe(by="g", n_boot=0):
        part = corpus.filter(g == row["g"] for g in corpus.meta.column("g"))
        lengths = [r["n_words"] for r in part.sentences()]
        letters = [len(r["form"]) for r in part.tokens()]
        for name, values in (("words_per_sentence", lengths), ("characters_per_word", letters)):
            assert row[name] == pytest.approx(statistics.fmean(values), rel=1e-12)
            assert row[f"{name}_sd"] == pytest.approx(statistics.stdev(values), rel=1e-12)
            assert row[f"{name}_median"] == statistics.median(values)
            assert row[f"{name}_low"] is None
    together = corpus.readability(by="g", measures=["flesch", "smog"]).to_dicts()
    for mine, other in zip(corpus.describe(by="g", measures=["flesch", "smog"]), together, strict=True):
        assert (mine["flesch"], mine["smog"]) == (other["flesch"], other["smog"])
        assert mine["flesch_low"] < mine["flesch"] < mine["flesch_high"]


def test_intervals_do_not_depend_on_threads_or_other_groups() -> None:
    texts = [prose(2000, seed) for seed in range(30)]
    meta = {"g": [i % 2 for i in range(30)]}
    one = lm.Corpus(texts, meta=meta, threads=1).describe(by="g").to_dicts()
    assert lm.Corpus(texts, meta=meta, threads=3).describe(by="g").to_dicts() == one
    alone = lm.Corpus(texts[1::2]).describe().to_dicts()
    assert [{k: v for k, v in one[1].items() if k != "g"}] == alone
    assert lm.Corpus(texts).describe(seed=1).to_dicts() != lm.Corpus(texts).describe(seed=2).to_dicts()
    wide, narrow = (lm.Corpus(texts).describe(level=level)[0] for level in (0.99, 0.5))
    assert wide["flesch_low"] < narrow["flesch_low"] < narrow["flesch_high"] < wide["flesch_high"]


def test_intervals_are_those_of_a_plain_bootstrap() -> None:
    """Other draws, the same distribution: the limits agree within the error of resampling."""
    texts = [prose(500 + 200 * (seed % 7), seed) for seed in range(40)]
    corpus = lm.Corpus(texts)
    docs = corpus.readability().to_dicts()
    rng = random.Random(0)
    scores = []
    for _ in range(4000):
        drawn = rng.choices(docs, k=len(docs))
        w, s, y = (sum(d[name] for d in drawn) for name in ("n_words", "n_sentences", "n_syllables"))
        scores.append(206.835 - 1.015 * w / s - 84.6 * y / w)
    cuts = statistics.quantiles(scores, n=40, method="inclusive")
    row = corpus.describe(n_boot=4000)[0]
    spread = statistics.stdev(scores)
    assert row["flesch_low"] == pytest.approx(cuts[0], abs=0.15 * spread)
    assert row["flesch_high"] == pytest.approx(cuts[-1], abs=0.15 * spread)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_boot": -1}, r"^n_boot=-1"),
        ({"n_boot": 2**40}, r"^n_boot=.*at most"),
        ({"seed": -1}, r"^seed=-1"),
        ({"level": 1.0}, r"^level=1"),
        ({"level": float("nan")}, r"^level=NaN"),
        ({"measures": ["dickes_steiwer"]}, r'^measures: "dickes_steiwer" counts distinct words'),
        ({"measures": ["spache_1953"]}, r'^measures: "spache_1953" needs a list'),
    ],
)
def test_bad_options_of_describe(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        lm.Corpus(["One."]).describe(**options)


def test_nothing_to_describe() -> None:
    (row,) = lm.Corpus([]).describe()
    assert (row["n_documents"], row["n_words"], row["flesch"], row["flesch_low"]) == (0, 0, None, None)
    (row,) = lm.Corpus([None, ""]).describe()
    assert (row["n_documents"], row["words_per_sentence_sd"]) == (1, None)
    for table in (lm.Corpus([]).paragraphs(), lm.Corpus([]).tokens(), lm.Corpus([]).boundaries()):
        assert len(table) == 0


@settings(max_examples=20)
@given(TEXTS)
def test_word_counts_of_groups_are_those_of_their_texts(texts: list[str | None]) -> None:
    (row,) = lm.Corpus(texts).describe(n_boot=2)
    rows = lm.Corpus(texts).readability().to_dicts()
    for name in ("n_words", "n_sentences", "n_syllables"):
        assert row[name] == sum(r[name] or 0 for r in rows)


# A count by hand


def test_the_article_as_counted_by_hand(article: str) -> None:
    """docs/validation.md: sentences 3 to 12. "Empire" has three syllables in CMUdict, two by hand."""
    words = [25, 37, 24, 11, 12, 13, 27, 16, 33, 32]
    syllables = [51, 64, 64, 21, 16, 28, 53, 28, 71, 55]
    rows = lm.Corpus([article]).sentences().to_dicts()[3:13]
    assert [r["n_words"] for r in rows] == words
    off = [r["n_syllables"] - s for r, s in zip(rows, syllables, strict=True)]
    assert off == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    (told,) = lm.Corpus([article]).readability(band=True)
    curly = lm.Corpus([article.replace("'", "’")]).readability(band=True)
    assert curly.to_dicts() == [told]
    shown = {k: round(told[k], 1) for k in ("flesch", "flesch_low", "flesch_high", "flesch_kincaid")}
    assert shown == {"flesch": 20.1, "flesch_low": 18.7, "flesch_high": 21.5, "flesch_kincaid": 16.3}
    assert (told["n_sentences"], told["n_words"], told["n_syllables"]) == (71, 1680, 3231)
