"""Pairs of acronym and long form in biomedical abstracts, against pairs that people marked.

No package of a registry was found to hold such pairs, so they are measured where they are given: the file
`MED1250_labeled` of NCBI's Ab3P (Sohn, Comeau, Kim and Wilbur 2008; 1,250 abstracts, public domain), and the
corpora that Islamaj Dogan, Comeau, Yeganova and Wilbur (2014) revised and published in BioC XML: Ab3P,
BIOADI, Medstract and Schwartz-Hearst.
"""

from __future__ import annotations

import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from score import Counts

Pairs = set[tuple[str, str]]


class Abstract(NamedTuple):
    """A text and its pairs."""

    text: str
    pairs: Pairs


def plain(form: str) -> str:
    """A form as it is compared: case and white space do not count."""
    return " ".join(form.split()).lower()


def med1250(path: Path) -> list[Abstract]:
    """Title and abstract are a line each after the number; pairs stand below with two spaces before them.

    Remarks, and pairs that the annotators left out, begin with two slashes.
    """
    abstracts = []
    for block in path.read_text(encoding="utf-8", errors="replace").split("\n\n"):
        lines = block.strip("\n").split("\n")
        if len(lines) < 2 or not lines[0].strip().isdigit():
            continue
        texts = [line for line in lines[1:] if not line.startswith(("  ", "//"))]
        marked = [line.strip().split("|") for line in lines[1:] if line.startswith("  ") and "|" in line]
        pairs = {(plain(short), plain(long)) for short, long, *_ in marked}
        abstracts.append(Abstract("\n\n".join(texts), pairs))
    return abstracts


def bioc(path: Path) -> list[Abstract]:
    """Documents of BioC XML: a relation joins the annotations of a short and a long form by their roles."""
    abstracts = []
    for document in ElementTree.parse(path).getroot().iter("document"):
        forms = {node.get("id"): node.findtext("text", "") for node in document.iter("annotation")}
        pairs = set()
        for relation in document.iter("relation"):
            roles = {node.get("role"): forms.get(node.get("refid"), "") for node in relation.iter("node")}
            pairs.add((plain(roles["ShortForm"]), plain(roles["LongForm"])))
        texts = [passage.findtext("text", "") for passage in document.iter("passage")]
        abstracts.append(Abstract("\n\n".join(texts), pairs))
    return abstracts


def lexmill(text: str) -> Pairs:
    """The pairs that discovery links by a definition."""
    import lexmill as lm

    links = lm.discover([text]).links
    rows = zip(links.column("alias"), links.column("canonical"), links.column("rule"), strict=True)
    return {(plain(short), plain(long)) for short, long, rule in rows if rule == "acronym"}


def schwartz_hearst(text: str) -> Pairs:
    """The plain algorithm, as the package `abbreviations` has it."""
    from abbreviations import schwartz_hearst

    found = schwartz_hearst.extract_abbreviation_definition_pairs(doc_text=text)
    return {(plain(short), plain(long)) for short, long in found.items()}


def ab3p() -> Callable[[str], Pairs]:
    """NCBI's Ab3P, whose statistics were fitted to abstracts like these."""
    from pyab3p import Ab3p

    finder = Ab3p()
    return lambda text: {(plain(a.short_form), plain(a.long_form)) for a in finder.get_abbrs(text)}


def score(abstracts: Sequence[Abstract], find: Callable[[str], Pairs]) -> tuple[Counts, float]:
    """How the pairs agree, and seconds of CPU."""
    counts, began = Counts(), time.process_time()
    for abstract in abstracts:
        found = find(abstract.text)
        same = len(found & abstract.pairs)
        counts = counts.plus(Counts(same, len(found), same, len(abstract.pairs)))
    return counts, time.process_time() - began


def table(med1250_file: Path | None, bioc_files: Sequence[Path] = ()) -> Iterable[str]:
    """A table for each file, or how to get one."""
    if med1250_file is None and not bioc_files:
        yield (
            "Acronyms: no corpus was at hand in this run. With the file `MED1250_labeled` of NCBI's Ab3P,\n"
            "or a gold file in BioC XML, `benches/quality/run.py --med1250 FILE --bioc FILE` measures; what\n"
            "was measured on passages of two corpora is in `docs/validation.md`."
        )
        return
    corpora = [] if med1250_file is None else [("MED1250", med1250(med1250_file))]
    corpora += [(path.stem, bioc(path)) for path in bioc_files]
    tools = {"lexmill": lexmill, "Schwartz-Hearst": schwartz_hearst, "Ab3P": ab3p()}
    for name, abstracts in corpora:
        size = sum(len(abstract.text.encode()) for abstract in abstracts) / 1e6
        pairs = sum(len(abstract.pairs) for abstract in abstracts)
        yield f"{name}: {len(abstracts)} abstracts, {pairs} pairs, {size:.2f} MB\n"
        yield "| tool | P | R | F1 | MB/s |\n|---|---:|---:|---:|---:|"
        for tool, find in tools.items():
            counts, seconds = score(abstracts, find)
            cells = f"{counts.precision:.3f} | {counts.recall:.3f} | {counts.f1:.3f}"
            yield f"| {tool} | {cells} | {size / max(seconds, 1e-9):.2f} |"
        yield ""
