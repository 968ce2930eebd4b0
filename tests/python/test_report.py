"""The report: safe with hostile texts, the same bytes each time, true to the tables."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import lexmill as lm
import pytest
from lexmill._files import replaced
from lexmill._report.charts import histogram, matrix, ordered
from lexmill._report.html import decimal, el, escape
from lexmill.report import report, write_report

EVIL = "<script>alert('x')</script>"
IMG = '"><img src=x onerror=alert(1)>'


class Elements(HTMLParser):
    """Every element with its attributes, as a browser reads them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def sample() -> tuple[lm.Corpus, lm.Gazetteer]:
    return lm.sample()


@pytest.fixture(scope="module")
def page(sample: tuple[lm.Corpus, lm.Gazetteer]) -> str:
    return report(*sample)


def safe(html: str) -> Elements:
    """The elements, of which none can run, load or send anything."""
    elements = Elements(html)
    assert not elements.open
    for tag, attributes in elements.found:
        assert tag not in {
            "script",
            "img",
            "iframe",
            "object",
            "embed",
            "link",
            "form",
            "base",
            "a:href",
            "use",
        }
        assert not [
            name for name in attributes if name.startswith("on") or name in ("src", "srcdoc", "xlink:href")
        ]
        if "href" in attributes:
            assert re.fullmatch("#[a-z]+", attributes["href"] or "")
        if "style" in attributes:
            assert re.fullmatch(r"width:\d+\.\d\d%", attributes["style"] or "")
    return elements


def test_holds_no_script_and_loads_nothing(page: str) -> None:
    elements = safe(page)
    assert "<script" not in page.lower()
    assert "://" not in page and "url(" not in page and "@import" not in page
    policies = [a["content"] for t, a in elements.found if a.get("http-equiv") == "Content-Security-Policy"]
    assert len(policies) == 1
    assert str(policies[0]).startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")


def test_the_same_bytes_each_time(page: str, sample: tuple[lm.Corpus, lm.Gazetteer]) -> None:
    corpus, names = lm.sample(threads=1)
    assert report(corpus, names) == page


def test_hostile_words_stay_words_everywhere() -> None:
    text = f"{EVIL} met Bad{IMG} today. Then Bad{IMG} told {EVIL} a long story about nothing at all, again."
    corpus = lm.Corpus(
        [text, f"{EVIL} and Bad saw </style></svg></title>{EVIL}.", "Quiet."],
        ids=[EVIL, IMG, "'"],
        meta={EVIL: [EVIL, IMG, IMG]},
        tokens=lm.Tokens(hyphens="keep", stop_words=[EVIL, IMG]),
    )
    names = lm.Gazetteer(
        [
            {"name": EVIL, "type": IMG, "aliases": ["script>alert", IMG]},
            {"name": "Bad", "type": EVIL, "aliases": [f"Bad{IMG}"]},
            {"name": f"absent {EVIL}", "aliases": []},
        ]
    )
    html = report(corpus, names, title=f"{EVIL}{IMG}</title>")
    elements = safe(html)
    # It was not left out either: the text is there, as text.
    assert EVIL in elements.text
    assert IMG in elements.text
    assert elements.text.count(f"absent {EVIL}") == 1
    safe(report(corpus, names, by=EVIL))
    safe(report(corpus, ["a"], title=IMG))


def test_control_characters_cannot_spoil_the_page(tmp_path: Path) -> None:
    corpus = lm.Corpus(["A\x00b met C\x1bd\x0b here.\x07"])
    path = write_report(tmp_path / "r.html", corpus, ["A", "C"], title="x\x00")
    content = path.read_text(encoding="utf-8")
    assert "x\ufffd" in content
    assert not re.search("[\x00-\x08\x0b-\x1f]", content)


@pytest.mark.parametrize(
    "texts", [[], [None], [""], ["", None], ["..."], ["One"], ["A. B. C."], ["a b"] * 7], ids=repr
)
def test_small_and_empty_corpora(texts: list[str | None]) -> None:
    for names in (None, [], ["One"], ["A", "B", "a"]):
        corpus = lm.Corpus(texts)
        safe(report(corpus, names))
        safe(report(lm.Corpus(texts, meta={"g": [str(i % 2) for i in range(len(texts))]}), names, top=1))


def test_groups_that_are_numbers_truths_or_missing() -> None:
    texts = ["One word. Two words here.", "Three words are here.", None, "Four and five words."]
    columns: list[list[object]] = [[1, 2, None, 1], [1.5, 2.5, 2.5, None], ["x", "", None, "x"]]
    columns += [[True, False, True, None], [True, False, False, True]]
    for column in columns:
        elements = safe(report(lm.Corpus(texts * 3, meta={"g": column * 3}), by="g"))
        assert "that mark each g" in elements.text


def test_groups_may_be_slices_of_time() -> None:
    texts = ["War came. War went on, and on."] * 4 + ["Peace came. Peace went on, they said."] * 4
    meta = {"date": ["2023-05-01"] * 4 + ["2024-06-01"] * 4, "year": ["2023"] * 4 + ["2024"] * 4}
    corpus = lm.Corpus(texts, meta={"date": meta["date"]})
    page = report(corpus, by="date:year", title="x")
    assert page == report(lm.Corpus(texts, meta={"year": meta["year"]}), by="year", title="x")
    assert "The words that mark each year" in page


def test_many_groups_are_cut_and_said() -> None:
    corpus = lm.Corpus(["word here. " * 3] * 9, meta={"g": list("abcdefghi")})
    assert "9 groups by g, the 6 largest" in safe(report(corpus, by="g")).text
    assert "that mark each" not in safe(report(corpus)).text


def test_numbers_are_those_of_the_tables(page: str, sample: tuple[lm.Corpus, lm.Gazetteer]) -> None:
    corpus, names = sample
    text = safe(page).text
    pair = corpus.cooccurrences(names)[0]
    assert f"{pair['source']} and {pair['target']} are named together most" in text
    assert f"They stand together in {pair['count']} sentences of {corpus.n_sentences}" in text
    assert f"{corpus.n_tokens:,}" in text and f"{corpus.n_types:,}" in text
    for measure in ("npmi", "log_likelihood", "flesch", "flesch_kincaid"):
        assert lm.cite(measure) in text


def test_evidence_marks_both_names_where_they_stand() -> None:
    # "US" stands within "USSR" too, and "amp" within the escape of the ampersand.
    corpus = lm.Corpus(["The USSR & the US met amp today, in the rain."])
    html = report(corpus, ["US", "amp"])
    assert "The USSR &amp; the <mark>US</mark> met <mark>amp</mark> today" in html


def test_scores_fit_the_language() -> None:
    html = report(lm.Corpus(["Das ist ein Satz mit mehreren langen Wörtern."], language="de"))
    assert "LIX" in html and "Flesch" not in html
    assert 'lang="de"' in html and "“german”" in html


def test_refusals(sample: tuple[lm.Corpus, lm.Gazetteer]) -> None:
    with pytest.raises(TypeError, match="corpus is list"):
        report(["a"])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="top=0"):
        report(sample[0], top=0)
    with pytest.raises(lm.ColumnError, match="colour"):
        report(sample[0], by="colour")


def test_a_file_is_replaced_or_left(tmp_path: Path) -> None:
    target = tmp_path / "r.html"
    target.write_text("before")
    link = tmp_path / "link.html"
    link.symlink_to(target)
    with pytest.raises(RuntimeError), replaced(target) as file:
        file.write(b"half")
        raise RuntimeError
    assert target.read_text() == "before"
    with replaced(link) as file:
        file.write(b"after")
    assert target.read_text() == "after" and link.is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.html", "r.html"]


def test_elements_escape_what_they_hold() -> None:
    assert el("b", "<", ["&", 1, None], title='"', class_="x") == '<b title="&quot;" class="x">&lt;&amp;1</b>'
    # HTML that is an attribute is text there.
    assert el("b", title=el("i", "x")) == '<b title="&lt;i&gt;x&lt;/i&gt;"></b>'
    assert escape(escape("<")) == "&lt;"
    assert [decimal(v) for v in (-1.25, -0.04, None, 12345.678)] == ["−1.2", "0.0", "–", "12,345.7"]


def test_matrix_shows_each_pair_once() -> None:
    counts = {("a", "b"): 3, ("b", "c"): 1}
    names = ordered(counts, ["c", "a", "b"])
    assert sorted(names) == ["a", "b", "c"]
    assert names[0] == "b"
    drawn = matrix(counts, names, "sentence")
    assert drawn.count("<g>") == 3
    assert drawn.count("3 sentences</title>") == 1 and drawn.count("1 sentence</title>") == 1


def test_histogram_counts_every_sentence_once() -> None:
    lengths = [1, 1, 2, 3, 5, 8, 13] * 30 + [400]
    drawn = histogram(lengths, 10.0, 3)
    told = [int(n.replace(",", "")) for n in re.findall(r"words[^:<]*: ([\d,]+) sentence", drawn)]
    assert sum(told) == len(lengths)


def test_sentences_have_the_numbers_of_the_tables() -> None:
    corpus = lm.Corpus(
        ["Short. " * 3 + "Ada met Ben in a very long sentence of a few words more."], ids=["x"]
    )
    place = "sentence\u00a03"
    assert corpus.mentions(["Ada"]).column("sentence") == [3]
    page = report(corpus, ["Ada", "Ben"])
    assert place in page and "sentence\u00a04" not in page
    assert place.replace("\u00a0", " ") in corpus.cooccurrences(["Ada", "Ben"]).evidence()._repr_html_()
    assert place in corpus.cooccurrences(["Ada", "Ben"]).plot().to_html()


def test_a_notebook_shows_the_page_in_a_frame() -> None:
    page = lm.report(lm.Corpus(["Ada met Ben."]))
    shown = page._repr_html_()  # type: ignore[attr-defined]
    assert "<iframe" in shown and "srcdoc=" in shown and "<!doctype" not in shown
