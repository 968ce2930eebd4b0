"""The picture of a network: safe with hostile names, true to the table, the same each time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import lexmill as lm
import pytest
from lexmill._report import graph
from lexmill._report.html import marked

nx = pytest.importorskip("networkx")
pytest.importorskip("numpy")

EVIL = "<script>alert('x')</script>"
IMG = '"><img src=x onerror=alert(1)>'
NAMES = ["Ada", "Babbage", "Curie", "Darwin"]
TEXTS = ["Ada met Babbage. Ada met Babbage and Curie.", "Curie met Darwin & wrote. Ada left."]


class Elements(HTMLParser):
    """Every element with its attributes and the text within each part."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, str | None]] = []
        self.texts: dict[str, str] = {}
        self.marks: dict[str, list[str]] = {}
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "hr", "input"):
            self.open.append((tag, dict(attrs).get("id")))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for part in {part for _, part in self.open if part}:
            self.texts[part] = self.texts.get(part, "") + data
            if self.open[-1][0] == "mark":
                self.marks.setdefault(part, []).append(data)


def safe(page: str) -> Elements:
    """The elements, of which none can run, load or send anything, and whose links lead somewhere."""
    elements = Elements(page)
    ids = [a["id"] for _, a in elements.found if "id" in a]
    assert len(ids) == len(set(ids))
    for tag, attributes in elements.found:
        assert tag not in {"script", "img", "iframe", "object", "embed", "link", "form", "base", "use"}
        assert not [
            n for n in attributes if n.startswith("on") or n in ("src", "srcdoc", "style", "xlink:href")
        ]
        if "href" in attributes:
            assert str(attributes["href"])[0] == "#" and str(attributes["href"])[1:] in ids
    assert "url(" not in page and "@import" not in page
    assert "://" not in page.replace("http://www.w3.org/2000/svg", "")
    policies = [
        str(a["content"]) for _, a in elements.found if a.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(policies) == 1 and policies[0].startswith("default-src 'none'; style-src 'unsafe-inline'")
    return elements


def of_names(names: list[str], **options: Any) -> lm.Network:
    """Every name with the next; spans, for names that are no words."""
    texts = [f"{a} | {b}" for a, b in pairwise(names)]
    spans = []
    for doc, (a, b) in enumerate(pairwise(names)):
        spans.append({"doc": doc, "start": 0, "end": len(a), "label": a, "type": EVIL})
        spans.append({"doc": doc, "start": len(a) + 3, "end": len(a) + 3 + len(b), "label": b, "type": IMG})
    return lm.Corpus(texts, ids=[f"{IMG}{i}" for i in range(len(texts))]).cooccurrences(
        spans, within="document", **options
    )


HOSTILE = [
    EVIL,
    IMG,
    "</style></svg></title>",
    "tab\tnull\x00vt\x0b",
    "👍🏽 שלום",
    "]]>&amp;",
    "x" * 300,
    "日本語の名前",
]


def test_hostile_names_stay_names() -> None:
    for color in ("community", "type"):
        view = of_names(HOSTILE).plot(color=color, title=f"{EVIL}{IMG}")
        elements = safe(view.to_html())
        assert EVIL in elements.texts["n" + str(_number(view, EVIL))]
        assert any(IMG in text for text in elements.texts.values())
        ElementTree.fromstring(view.to_svg())  # well-formed, or it raises
        assert "<script" not in view.to_svg()


def _number(view: lm.Picture, name: str) -> int:
    return [node.name for node in view._drawn.nodes].index(name)


def test_a_line_leads_to_the_texts_that_name_both() -> None:
    corpus = lm.Corpus(TEXTS, ids=["first", "second"])
    net = corpus.cooccurrences(NAMES)
    elements = safe(net.plot().to_html())
    lines = {a["id"]: a["href"] for t, a in elements.found if t == "a" and str(a.get("id")).startswith("e")}
    assert len(lines) == len(net) == 4
    for i, pair in enumerate(net):
        panel = str(lines[f"e{i}"])[1:]
        shown = elements.texts[panel]
        for row in net.evidence(pair["source"], pair["target"]):
            assert row["text"] in shown
            assert f"{row['doc_id']}, sentence\u00a0{row['sentence']}" in shown
        assert set(elements.marks[panel]) == {pair["source"], pair["target"]}
        assert f"count {pair['count']}; {pair['n_source']} units name the first" in shown
        assert f"npmi {pair['npmi']:.3f}".replace("-", "−") in shown


def test_a_circle_leads_to_the_pairs_of_its_name() -> None:
    net = lm.entity_cooccurrences(TEXTS, NAMES)
    view = net.plot()
    elements = safe(view.to_html())
    for row in net.nodes():
        text = elements.texts[f"n{_number(view, row['entity'])}"]
        assert f"{row['mentions']} mention" in text
        assert sum(other in text.replace(row["entity"], "", 1) for other in NAMES) == row["degree"]


def test_it_says_what_of_what_is_shown() -> None:
    names = [f"N{i}" for i in range(12)]
    texts = [f"{a} {b}." for a, b in combinations(names, 2)] + ["N0 N1."] * 3 + ["N2 N3."] * 2 + ["Alone."]
    net = lm.entity_cooccurrences(texts, [*names, "Alone"], within=("sentences", 2)).filter(min_count=1)
    view = net.plot(names=6, pairs=7)
    assert repr(view) == "Picture(6 of 13 names, 7 of 66 pairs)"
    page = view.to_html()
    assert "6 of 13 names and 7 of 66 pairs: those that hold the names together, then" in page
    assert "2 sentences in a row; n = " in page and "min_count = 1" in page
    assert "<h1" in page and "N0 and N1 stand together most</h1>" in page
    # The strongest are there, and no name is torn from the rest.
    drawn = {frozenset((e.row["source"], e.row["target"])) for e in view._drawn.edges}
    assert {frozenset(("N0", "N1")), frozenset(("N2", "N3"))} <= drawn
    assert nx.is_connected(nx.Graph([tuple(pair) for pair in drawn]))


def test_areas_and_widths_are_in_proportion() -> None:
    texts = ["Ada met Babbage."] * 16 + ["Curie met Darwin."] * 4 + ["Ada met Curie."] * 2
    view = lm.entity_cooccurrences(texts, NAMES).plot()
    nodes = {n.name: n for n in view._drawn.nodes}
    assert nodes["Babbage"].r ** 2 / nodes["Darwin"].r ** 2 == pytest.approx(16 / 4)
    wide = {(e.row["source"], e.row["target"]): e.wide for e in view._drawn.edges}
    assert wide["Ada", "Babbage"] / wide["Curie", "Darwin"] == pytest.approx(4)
    svg = view.to_svg()
    circles = [float(r) for r in re.findall(r'<circle [^>]*r="([\d.]+)"', svg)]
    assert sorted(circles) == pytest.approx(sorted(n.r for n in nodes.values()), abs=0.05)
    for n in nodes.values():
        assert graph.MARGIN <= n.x <= graph.WIDTH - graph.MARGIN
        assert graph.MARGIN <= n.y <= graph.HEIGHT - graph.MARGIN


def test_another_column_makes_pairs_large() -> None:
    texts = ["Ada Babbage."] * 5 + ["Ada."] * 20 + ["Babbage."] * 20 + ["Curie Darwin."] * 3 + ["x."] * 5
    net = lm.entity_cooccurrences(texts, NAMES)
    assert "Ada and Babbage stand together most" in net.plot().to_html()
    view = net.plot(weight="npmi")
    assert "Curie and Darwin are the strongest pair by npmi</h1>" in view.to_html()
    # Ada and Babbage avoid each other: a pair below 0 is not drawn.
    assert [(e.row["source"], e.value) for e in view._drawn.edges] == [("Curie", 1.0)]
    assert repr(view) == "Picture(2 of 4 names, 1 of 2 pairs)"


def test_directed_lines_start_wide() -> None:
    net = lm.entity_cooccurrences(["Ada met Babbage. Babbage met Ada. Ada met Babbage."], NAMES, ordered=True)
    view = net.plot()
    assert len(view._drawn.edges) == 2
    assert view.to_svg().count("<polygon") == 2 and "<line" not in view.to_svg()
    assert "It starts wide at the one that stands first." in view.to_html()
    safe(view.to_html())


def test_groups_are_added_up() -> None:
    corpus = lm.Corpus(TEXTS, meta={"outlet": ["x", "y"]})
    view = corpus.cooccurrences(NAMES, by="outlet").plot()
    safe(view.to_html())
    assert {(e.row["source"], e.row["target"]): e.row["weight"] for e in view._drawn.edges} == {
        ("Ada", "Babbage"): 2,
        ("Ada", "Curie"): 1,
        ("Babbage", "Curie"): 1,
        ("Curie", "Darwin"): 1,
    }
    assert "Groups by outlet are added up." in view.to_html()


@pytest.mark.parametrize("texts", [[], [None], ["x"], ["Ada left."]])
def test_nothing_to_draw(texts: list[Any]) -> None:
    view = lm.entity_cooccurrences(texts, NAMES).plot()
    assert "No two names stand together" in view.to_html()
    safe(view.to_html())
    ElementTree.fromstring(view.to_svg())


def test_where_no_pair_can_be_drawn_it_says_why() -> None:
    net = lm.entity_cooccurrences(["Ada Babbage.", "Curie Darwin.", "Curie Darwin."], NAMES)
    one = net.plot(names=1)
    # A circle without a line, and no claim that there are no pairs.
    assert [n.name for n in one._drawn.nodes] == ["Curie"]
    assert "Too few of 4 names are drawn for a pair</h1>" in one.to_html()
    apart = lm.entity_cooccurrences(["Ada Babbage.", "Ada.", "Babbage."], NAMES)
    assert "No pair has a npmi above 0</h1>" in apart.plot(weight="npmi").to_html()
    for view in (one, apart.plot(weight="npmi")):
        safe(view.to_html())
        ElementTree.fromstring(view.to_svg())


def test_without_evidence_it_says_so() -> None:
    page = lm.entity_cooccurrences(TEXTS, NAMES, evidence=0).plot().to_html()
    assert page.count("No text was kept; count with evidence=3.") == 4


def test_long_texts_are_cut_between_the_names() -> None:
    text = f"Ada wrote. {'Nothing happened here. ' * 400}Then came Babbage. {'And more. ' * 300}"
    page = lm.entity_cooccurrences([text], NAMES, within="document").plot().to_html()
    assert len(page) < 40_000 and "Then came <mark>Babbage</mark>" in page and " … " in page
    assert marked("a b c", [(0, 1), (4, 5)]).count("<mark>") == 2
    assert "<mark>ab</mark>" in marked("abc", [(0, 2), (1, 3)]) and "<mark>bc" not in marked(
        "abc", [(0, 2), (1, 3)]
    )


def test_files_and_notebook(tmp_path: Path) -> None:
    net = lm.entity_cooccurrences(TEXTS, NAMES)
    net.to_html(tmp_path / "net.html", names=3)
    assert (tmp_path / "net.html").read_text("utf-8") == net.plot(names=3).to_html()
    net.plot().save(tmp_path / "net.SVG")
    assert (tmp_path / "net.SVG").read_text("utf-8").startswith("<svg")
    shown = net.plot()._repr_html_()
    (frame,) = [a for t, a in Elements(shown).found if t == "iframe"]
    # Within a notebook "#p0" would lead to the notebook's own page.
    assert 'href="#' not in str(frame["srcdoc"]) and 'href="about:srcdoc#p0"' in str(frame["srcdoc"])
    assert frame["sandbox"] == ""


def test_labels_cover_no_label() -> None:
    net = lm.sample()[0].cooccurrences(lm.sample()[1])
    nodes = net.plot()._drawn.nodes
    boxes = []
    for node, label in zip(nodes, graph._labels(nodes), strict=True):
        if label.fits:
            wide = graph._wide(graph._short(node.name)) * label.size
            left = label.x - {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
            boxes.append((left, label.y - label.size * 0.9, left + wide, label.y + label.size * 0.2))
    assert len(boxes) > 0.9 * len(nodes)
    for a, b in combinations(boxes, 2):
        assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])


def test_the_same_picture_with_any_hash_seed() -> None:
    code = (
        "import hashlib, lexmill as lm; c, g = lm.sample(); v = c.cooccurrences(g).plot();"
        "print(hashlib.sha256((v.to_html() + v.to_svg()).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "7")
    }
    assert len(found) == 1 and len(found.pop().strip()) == 64


WRONG = [
    ({"names": 0}, ValueError, "names=0: give a whole number from 1"),
    ({"pairs": 2.5}, TypeError, "pairs=2.5"),
    ({"weight": "nmpi"}, ValueError, "weight='nmpi' is no column of numbers. Allowed: count, n_source"),
    ({"weight": "source"}, ValueError, "weight='source'"),
    ({"color": "red"}, ValueError, "color='red' is unknown. Allowed: community, type."),
    ({"seed": -1}, ValueError, "seed=-1"),
    ({"title": 3}, TypeError, "title is int, expected str"),
]


@pytest.mark.parametrize(("options", "kind", "message"), WRONG)
def test_wrong_options_are_named(options: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind, match=re.escape(message)):
        lm.entity_cooccurrences(TEXTS, NAMES).plot(**options)


def test_several_units_leave_no_guess() -> None:
    net = lm.entity_cooccurrences(TEXTS, NAMES, within=["sentence", "document"])
    with pytest.raises(ValueError, match="choose one"):
        net.plot()
    assert len(net.filter(within="sentence").plot()._drawn.edges) == 4


def test_without_networkx_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(ImportError, match=re.escape("pip install 'lexmill[network]'")):
        lm.entity_cooccurrences(TEXTS, NAMES).plot()
