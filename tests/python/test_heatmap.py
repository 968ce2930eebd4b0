"""The view of a document with tinted sentences: its own text, its numbers, nothing that runs."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import lexmill as lm
import pytest
from helpers import prose
from lexmill.heatmap import limits

EVIL = '<script>alert("x")</script> is "a\'b" & <b>. One &amp; two </span></div><img src=x onerror=alert(1)>!'


class Page(HTMLParser):
    """The elements of a page, and the text of the view."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.heat, self.depth = "", 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.depth += tag == "div"

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "div"

    def handle_data(self, data: str) -> None:
        self.heat += data if self.depth else ""

    @property
    def spans(self) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag == "span"]


@pytest.mark.parametrize("text", ["One. Two two!\n\nThree… 👍🏽", EVIL, prose(3000), "", "…"])
def test_the_text_is_the_documents_own(text: str) -> None:
    view = lm.Corpus(["Other.", text]).heatmap(1)
    page = Page(view.to_html())
    assert page.heat == text.strip()
    tags = {tag for tag, _ in page.found}
    assert not tags & {"script", "img", "iframe", "object", "embed", "link", "a", "form", "input", "svg", "b"}
    assert not any(name.startswith("on") for _, attributes in page.found for name in attributes)
    policy = next(a for _, a in page.found if a.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in str(policy["content"])
    rows = [r for r in lm.Corpus([text]).sentences() if r["n_words"]]
    assert len(page.spans) == len(rows)


def test_tints_go_with_the_measure() -> None:
    text = " ".join("Cat " + "sat " * n + "down." for n in (3, 15, 25, 35, 50))
    view = lm.Corpus([text]).heatmap()
    assert view.levels == [0, 1, 2, 3, 4]
    spans = Page(view.to_html()).spans
    assert [s["class"] for s in spans] == ["h0", "h1", "h2", "h3", "h4"]
    assert spans[0]["title"] == "Sentence 0: 5 words, 5 syllables"
    # Flesch runs the other way: higher is easier.
    hard = lm.Corpus(["The cat sat. Administrations characterise themselves."]).heatmap(measure="flesch")
    assert hard.levels == [0, 4]
    title = Page(hard.to_html()).spans[0]["title"]
    assert title == "Sentence 0: 3 words, 3 syllables, flesch 119.2"


@pytest.mark.parametrize(
    "measure", ["n_words", "n_long_words", "flesch", "lix", "flesch_kincaid", "spache_1974"]
)
def test_every_measure_has_a_legend_that_holds(measure: str) -> None:
    lists = {"spache": ["the", "a"]}
    corpus = lm.Corpus([prose(6000)])
    view = corpus.heatmap(measure=measure, word_lists=lists)
    legend = re.findall(r'<li class="h(\d)">([^<]+)</li>', view.to_html())
    assert [int(level) for level, _ in legend] == sorted({int(level) for level, _ in legend})
    scores = corpus.sentences(measures=[] if measure[:2] == "n_" else [measure], word_lists=lists)
    told = dict(legend)
    for level, value in zip(view.levels, scores.column(measure), strict=True):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+(?:e[+-]?\d+)?", told[str(level)])]
        text = told[str(level)]
        if text.startswith(("up to", "below")):
            assert value <= numbers[0]
        elif len(numbers) == 1:
            assert value >= numbers[0]
        else:
            assert numbers[0] <= value <= numbers[1]


def test_contrast_of_writing_on_every_tint() -> None:
    """At least 4.5 to 1, the rule for small text (WCAG 2.2, 1.4.3); tints differ in lightness alone."""
    page = lm.Corpus(["One."]).heatmap().to_html()

    def luminance(colour: str) -> float:
        parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    colours = re.findall(r"--([ht])(\d): (#[0-9a-f]{6})", page)
    assert len(colours) == 20
    for scheme in (colours[:10], colours[10:]):
        grounds = [luminance(c) for kind, _, c in scheme if kind == "h"]
        writing = [luminance(c) for kind, _, c in scheme if kind == "t"]
        for a, b in zip(grounds, writing, strict=True):
            assert (max(a, b) + 0.05) / (min(a, b) + 0.05) >= 4.5
        assert grounds in (sorted(grounds), sorted(grounds, reverse=True))


def test_in_a_notebook_it_is_a_closed_frame() -> None:
    page = Page(lm.Corpus([EVIL]).heatmap()._repr_html_())
    # A style of ours, the same for every text, and the frame.
    (_, _), (tag, attributes) = page.found
    assert (tag, attributes["sandbox"]) == ("iframe", "")
    assert Page(str(attributes["srcdoc"])).heat == EVIL


def test_names_files_and_errors(tmp_path: Path) -> None:
    corpus = lm.Corpus(["One.", None, EVIL], ids=["<a>", "b", "c"], language="de")
    corpus.heatmap(-1).save(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == corpus.heatmap(2).to_html()
    assert '<h1 dir="auto">&lt;a&gt;</h1>' in corpus.heatmap().to_html()
    assert '<html lang="de">' in corpus.heatmap().to_html()
    with pytest.raises(IndexError, match=r"document 3 of a corpus of 3"):
        corpus.heatmap(3)
    with pytest.raises(ValueError, match=r"^doc=1: this document is missing"):
        corpus.heatmap(1)
    with pytest.raises(ValueError, match=r"^measure='flsch' is unknown. Allowed: n_words, "):
        corpus.heatmap(measure="flsch")
    with pytest.raises(ValueError, match=r"needs a list"):
        corpus.heatmap(measure="spache_1974")
    with pytest.raises(TypeError, match="a document is asked for by its number, not by str"):
        corpus.heatmap("b")  # type: ignore[arg-type]


def test_limits() -> None:
    assert limits([]) == limits([3.0]) == limits([2.0, 2.0]) == []
    assert limits([float(i) for i in range(101)]) == [10.0, 40.0, 60.0, 90.0]
    assert limits([0.001, 0.002, 0.003]) == pytest.approx([0.001, 0.0017, 0.0023, 0.003], abs=0.0005)
