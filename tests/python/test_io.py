"""Files in, with every error naming file and line."""

from __future__ import annotations

import codecs
import csv
import json
from pathlib import Path
from typing import Any

import lexmill as lm
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

ROWS = [
    {"id": "a", "text": 'One, "two".\nThree.', "outlet": "x"},
    {"id": "b", "text": "", "outlet": None},
    {"id": "c", "text": "Naïve 👍🏽 café;\ttabs", "outlet": "y"},
]


def write(folder: Path, kind: str, rows: list[dict[str, Any]] = ROWS) -> Path:
    path = folder / f"texts.{kind}"
    if kind in ("jsonl", "ndjson"):
        path.write_text("".join(json.dumps(row) + "\n\n" for row in rows), encoding="utf-8")
    elif kind in ("csv", "tsv"):
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), delimiter="\t" if kind == "tsv" else ",")
            writer.writeheader()
            writer.writerows({k: v or "" for k, v in row.items()} for row in rows)
    elif kind == "parquet":
        pyarrow.parquet.write_table(pa.Table.from_pylist(rows), path)
    return path


@pytest.mark.parametrize("kind", ["jsonl", "ndjson", "csv", "tsv", "parquet"])
def test_tables_in_files(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path, kind)
    corpus = lm.read(path, id="id", meta=["outlet"])
    assert list(corpus) == [row["text"] for row in ROWS]
    assert corpus.meta.column("doc_id") == ["a", "b", "c"]
    assert [v or None for v in corpus.meta.column("outlet")] == ["x", None, "y"]
    assert lm.read([str(path)]).meta.column("doc_id") == [f"{path.name}:{i}" for i in (1, 2, 3)]


def test_a_missing_text_in_json_is_a_missing_document(tmp_path: Path) -> None:
    path = write(tmp_path, "jsonl", [{"text": None}, {"text": "a"}])
    assert list(lm.read(path)) == [None, "a"]


def test_text_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name, text in (("b.txt", "Two.\r\n"), ("a.txt", "One."), ("c.md", "# Three")):
        (tmp_path / name).write_bytes(text.encode())
    corpus = lm.read(tmp_path / "*.txt")
    assert corpus.meta.column("doc_id") == ["a.txt", "b.txt"]
    assert list(corpus) == ["One.", "Two.\r\n"]
    assert len(lm.read([tmp_path / "c.md", str(tmp_path / "*.txt")])) == 3
    assert len(lm.read([])) == 0


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_byte_order_marks(tmp_path: Path, mark: bytes, encoding: str) -> None:
    text = "Naïve café 👍🏽."
    path = tmp_path / "a.txt"
    path.write_bytes(mark + text.encode(encoding))
    assert list(lm.read(path)) == [text]


def test_encodings_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Eins.\nZwei für".encode("latin-1"))
    assert list(lm.read(path, encoding="latin-1")) == ["Eins.\nZwei für"]
    with pytest.raises(ValueError, match=r"a\.txt, line 2: byte 12 \(0xfc\) is not utf-8; .*encoding="):
        lm.read(path)


ERRORS = {
    "no json": ("jsonl", b'{"text": "a"}\n{"text": \n', ValueError, r"line 2 is no JSON"),
    "no object": ("jsonl", b'["a"]\n', ValueError, r"line 1 is list, expected a JSON object"),
    "no field": (
        "jsonl",
        b'{"text": "a"}\n{"txt": "b"}',
        lm.ColumnError,
        r"line 2 has no field 'text'; it has txt",
    ),
    "no text": ("jsonl", b'{"text": 3}', ValueError, r"line 1: the field 'text' is int"),
    "few fields": ("csv", b"id,text\n1,a\n2\n", ValueError, r"line 3 has 1 fields, the header has 2"),
    "no column": ("csv", b"id,body\n1,a\n", lm.ColumnError, r"line 1 has no field 'text'; it has id, body"),
    "no column, no row": (
        "csv",
        b"id,body\n",
        lm.ColumnError,
        r"line 1 has no field 'text'; it has id, body",
    ),
    "open quote": ("csv", b'text\n"a\n', ValueError, r"texts\.csv"),
    "unknown kind": (
        "docx",
        b"PK",
        ValueError,
        r"files ending in '\.docx' cannot be read; the known ones are \.txt",
    ),
    "surrogate": ("jsonl", b'{"text": "\\ud800"}', ValueError, r"lone surrogate"),
    "no parquet": ("parquet", b"PAR0", ValueError, r"texts\.parquet"),
}


@pytest.mark.parametrize(("kind", "content", "error", "message"), ERRORS.values(), ids=ERRORS.keys())
def test_errors_name_file_and_line(
    tmp_path: Path, kind: str, content: bytes, error: Any, message: str
) -> None:
    path = tmp_path / f"texts.{kind}"
    path.write_bytes(content)
    with pytest.raises(error, match=message):
        lm.read(path)


def test_metadata_of_plain_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(ValueError, match=r"meta: .*a\.txt is plain text and has no fields"):
        lm.read(tmp_path / "a.txt", meta=["outlet"])


def test_a_header_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    for content in ("id,text\n", ""):
        path.write_text(content)
        assert len(lm.read(path)) == 0


def test_a_field_longer_than_the_limit_of_the_csv_module(tmp_path: Path) -> None:
    path = write(tmp_path, "csv", [{"text": "word " * 100_000}])
    limit = csv.field_size_limit()
    assert lm.read(path).n_tokens == 100_000
    assert csv.field_size_limit() == limit


# Line ends to `str.splitlines`, but not to CSV.
ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)


@pytest.mark.parametrize("end", ENDS, ids=ascii)
def test_other_line_ends_are_text(tmp_path: Path, end: str) -> None:
    for kind in ("jsonl", "csv", "tsv"):
        for text in (f"one{end}two", f'"one"{end}two,'):
            assert list(lm.read(write(tmp_path, kind, [{"text": text}]))) == [text]


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_any_text_through_any_file(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("any")
    rows = [{"n": str(i), "text": text} for i, text in enumerate(texts)]
    for kind in ("jsonl", "csv", "tsv", "parquet"):
        assert list(lm.read(write(folder, kind, rows))) == texts, kind
