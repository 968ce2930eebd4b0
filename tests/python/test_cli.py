"""The command line, run as people run it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import lexmill as lm
import pytest
from lexmill import cli

ROWS = [
    {"id": "a", "outlet": "North", "text": "Ada Lovelace met Charles Babbage. He told us: =1+1 is two."},
    {"id": "b", "outlet": "South", "text": "Babbage's engine, Lovelace-approved. Café naïve 👍🏽."},
    {"id": "c", "outlet": "South", "text": None},
]
NAMES = {"Ada Lovelace": ["Lovelace"], "Charles Babbage": ["Babbage"], "Nobody": []}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)
    (tmp_path / "rows.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "names.json").write_text(json.dumps(NAMES), encoding="utf-8")
    (tmp_path / "plain.txt").write_text("One text. Two sentences.", encoding="utf-8")
    (tmp_path / "latin.txt").write_bytes("café".encode("latin-1"))
    return tmp_path


def lexmill(
    *arguments: str, cwd: Path, stdin: bytes = b"", env: dict[str, str] | None = None
) -> tuple[int, bytes, str]:
    done = subprocess.run(
        [sys.executable, "-m", "lexmill", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        timeout=60,
        env={**os.environ, **(env or {})},
    )
    return done.returncode, done.stdout, done.stderr.decode()


def ok(*arguments: str, cwd: Path, stdin: bytes = b"", env: dict[str, str] | None = None) -> bytes:
    code, out, err = lexmill(*arguments, cwd=cwd, stdin=stdin, env=env)
    assert (code, err) == (0, "")
    return out


def run(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, bytes, str]:
    """In this process, which is faster than a new one."""
    code = cli.main(list(arguments))
    out, err = capfdbinary.readouterr()
    return code, out, err.decode()


@pytest.fixture
def here(files: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(files)
    return files


def test_version_and_help(files: Path) -> None:
    assert ok("--version", cwd=files).decode().strip() == f"lexmill {lm.__version__}"
    told = ok("--help", cwd=files).decode()
    assert all(command in told for command in ("freq", "cooc", "sentences", "report", "examples:"))


def test_table_is_what_python_gives(files: Path) -> None:
    told = ok("freq", "rows.jsonl", "--stop-words", "english", "--top", "2", cwd=files).decode().splitlines()
    assert told[0].split() == ["term", "count", "rank", "per_million", "doc_freq", "doc_share"]
    assert told[1].split()[:3] == ["1", "2", "1"]
    assert "more (--top 0 for all)" in told[3]
    assert "stop_words='english'" in told[4]


def test_csv_and_json_hold_every_row_and_digit(files: Path) -> None:
    corpus = lm.read(files / "rows.jsonl", meta=["outlet"])
    expected = corpus.frequencies(by="outlet").to_dicts()
    ask = ("freq", "rows.jsonl", "--by", "outlet")
    out = ok(*ask, "--format", "csv", cwd=files)
    assert out.count(b"\r\n") == len(expected) + 1
    rows = list(csv.DictReader(io.StringIO(out.decode(), newline="")))
    assert [float(row["per_million"]) for row in rows] == [row["per_million"] for row in expected]
    assert json.loads(ok(*ask, "--format", "json", cwd=files)) == expected


def test_null_is_empty_in_csv_and_null_in_json(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    _, out, _ = run(capfdbinary, "sentences", "rows.jsonl", "--format", "csv", "--id", "id")
    rows = list(csv.DictReader(io.StringIO(out.decode(), newline="")))
    assert rows[-1]["doc_id"] == "c"
    assert rows[-1]["flesch"] == rows[-1]["text"] == ""
    _, out, _ = run(capfdbinary, "sentences", "rows.jsonl", "--format", "json", "--no-text")
    last = json.loads(out)[-1]
    assert last["flesch"] is None
    assert "text" not in last


def test_sentences_and_readability(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    def ask(*options: str) -> list[dict[str, Any]]:
        code, out, _ = run(capfdbinary, "sentences", "rows.jsonl", "--format", "json", *options)
        assert code == 0
        rows: list[dict[str, Any]] = json.loads(out)
        return rows

    corpus = lm.read("rows.jsonl", meta=["outlet"])
    plain = corpus.sentences(measures=(), counts=False, explain=True).to_dicts()
    assert ask("--measures", "", "--no-counts", "--explain") == plain
    for by in ("document", "paragraph", "outlet"):
        assert ask("--by", by) == corpus.readability(by=by).to_dicts()
    (here / "lines.txt").write_text("One line\nAnother line\nand more.\n\nTorn in the\n\nmiddle.", "utf-8")
    for options, expected in (((), 4), (("--line-breaks", "end"), 5), (("--line-breaks", "space"), 3)):
        _, out, _ = run(capfdbinary, "sentences", "lines.txt", "--format", "json", *options)
        assert len(json.loads(out)) == expected


def test_arrow_is_a_stream(files: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    out = ok("freq", "rows.jsonl", "--format", "arrow", cwd=files)
    table = pa.ipc.open_stream(out).read_all()
    assert table.to_pylist() == lm.read(files / "rows.jsonl").frequencies().to_dicts()
    ok("freq", "rows.jsonl", "--format", "arrow", "--top", "2", "--output", "t.arrows", cwd=files)
    assert pa.ipc.open_stream((files / "t.arrows").read_bytes()).read_all().num_rows == 2


def test_arrow_without_pyarrow_names_the_extra(
    here: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    code, out, err = run(capfdbinary, "freq", "rows.jsonl", "--format", "arrow")
    assert (code, out) == (1, b"")
    assert "pip install 'lexmill[arrow]'" in err


def test_arrow_is_not_for_a_terminal(
    here: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    code, _, err = run(capfdbinary, "freq", "rows.jsonl", "--format", "arrow")
    assert code == 2
    assert "--output" in err


def test_formulas_are_told_as_they_are_unless_asked(
    here: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (here / "evil.csv").write_text('text\r\n"=HYPERLINK(""x""), said Ann."\r\n', encoding="utf-8", newline="")
    ask = ("sentences", "evil.csv", "--format", "csv")
    _, out, _ = run(capfdbinary, *ask)
    row = next(csv.DictReader(io.StringIO(out.decode(), newline="")))
    assert row["text"] == '=HYPERLINK("x"), said Ann.'
    assert not row["flesch"].startswith("'")
    _, out, _ = run(capfdbinary, *ask, "--excel-safe")
    assert next(csv.DictReader(io.StringIO(out.decode(), newline="")))["text"].startswith("'=")


def test_cooc(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    _, out, _ = run(
        capfdbinary,
        *("cooc", "rows.jsonl", "--entities", "names.json", "--measures", "dice,pmi"),
        *("--contingency", "--within", "document", "--format", "json"),
    )
    (row,) = json.loads(out)
    assert (row["source"], row["target"], row["count"]) == ("Ada Lovelace", "Charles Babbage", 2)
    assert {"dice", "pmi", "o11", "e11"} <= set(row)
    _, out, _ = run(
        capfdbinary, "cooc", "rows.jsonl", "--names", "Lovelace, Babbage", "--evidence", "--format", "json"
    )
    places = json.loads(out)
    assert len(places) == 2
    assert all("Babbage" in place["text"] and "Lovelace" in place["text"] for place in places)
    ask = ("cooc", "rows.jsonl", "--entities", "names.json", "--evidence", "--format", "json")
    assert len(json.loads(run(capfdbinary, *ask, "--places", "1")[1])) == 1
    assert json.loads(run(capfdbinary, *ask, "--min-count", "3")[1]) == []


def test_cooc_of_words_groups_and_pictures(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    rows = [
        {"text": text, "date": date}
        for date, texts in {
            "2023-05-01": ["war peace", "war", "x"],
            "2024-02-03": ["war", "peace", "x"],
        }.items()
        for text in texts
    ]
    (here / "dated.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    json_rows = ("--format", "json")

    def ask(*arguments: str) -> list[dict[str, object]]:
        code, out, err = run(capfdbinary, "cooc", "dated.jsonl", *arguments, *json_rows)
        assert (code, err) == (0, "")
        return json.loads(out)

    words = ask("--terms", "5", "--stop-words", "english")
    assert [(row["source"], row["target"]) for row in words] == [("peace", "war")]
    beside = ask("--names", "war", "--terms", "peace,x")
    assert [(row["source"], row["target"], row["count"]) for row in beside] == [("war", "peace", 1)]
    years = ask("--terms", "5", "--by", "date:year")
    assert [row["year"] for row in years] == ["2023"]
    (row,) = ask("--terms", "5", "--by", "date:year", "--compare", "2023,2024")
    assert (row["count_a"], row["count_b"], row["n_a"]) == (1, 0, 3)
    assert row["log_odds_ratio_haldane_difference"]
    pytest.importorskip("networkx")
    for name, start in (("net.html", "<!doctype html>"), ("net.svg", "<svg")):
        assert ask("--terms", "5", "--plot", name) == ask("--terms", "5")
        assert (here / name).read_text("utf-8").startswith(start)
    assert "<mark>war</mark>" in (here / "net.html").read_text("utf-8")
    code, out, _ = run(capfdbinary, "freq", "dated.jsonl", "--by", "date:year", *json_rows)
    assert code == 0 and {row["year"] for row in json.loads(out)} == {"2023", "2024"}


def test_token_options(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    options = [
        "--keep-case",
        "--hyphens",
        "keep",
        "--possessives",
        "strip",
        "--numbers",
        "drop",
        "--min-chars",
        "2",
    ]
    _, out, _ = run(capfdbinary, "freq", "rows.jsonl", *options, "--format", "json")
    terms = {row["term"] for row in json.loads(out)}
    assert {"Babbage", "Lovelace-approved", "Café"} <= terms
    assert not {"Babbage's", "1"} & terms
    _, out, _ = run(
        capfdbinary, "freq", "plain.txt", "--ngrams", "1-2", "--min-count", "1", "--format", "json"
    )
    assert {"one", "one text"} <= {row["term"] for row in json.loads(out)}


def test_encodings(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    code, _, err = run(capfdbinary, "freq", "latin.txt")
    assert code == 1
    assert "latin.txt" in err and "utf-8" in err
    code, out, _ = run(capfdbinary, "freq", "latin.txt", "--encoding", "latin-1", "--format", "csv")
    assert code == 0
    assert out.decode().splitlines()[1].startswith("café,1")


def test_output_is_utf8_whatever_the_locale(files: Path) -> None:
    env = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    for kind in ("table", "csv", "json"):
        assert "café" in ok("freq", "rows.jsonl", "--format", kind, cwd=files, env=env).decode("utf-8")


def test_standard_input(files: Path) -> None:
    out = ok("freq", "-", "--format", "json", cwd=files, stdin="Été. Été!".encode())
    assert json.loads(out)[0]["term"] == "été"
    code, _, err = lexmill("freq", "-", "plain.txt", cwd=files)
    assert (code, err.count("\n")) == (2, 1)


def test_output_file_is_whole_or_untouched(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    target = here / "out.csv"
    target.write_text("before")
    code, _, _ = run(capfdbinary, "freq", "latin.txt", "--output", "out.csv", "--format", "csv")
    assert (code, target.read_text()) == (1, "before")
    before = set(here.iterdir())
    code, out, _ = run(capfdbinary, "freq", "plain.txt", "--output", "out.csv", "--format", "csv")
    assert (code, out) == (0, b"")
    assert target.read_text().startswith("term,")
    assert set(here.iterdir()) == before
    code, _, err = run(capfdbinary, "freq", "plain.txt", "--output", "no/such/folder.csv")
    assert code == 1
    assert "no/such" in err


WRONG_USAGE = [
    [],
    ["nonsense"],
    ["freq"],
    ["freq", "plain.txt", "--format", "xlsx"],
    ["freq", "plain.txt", "--top", "-1"],
    ["freq", "plain.txt", "--ngrams", "x"],
    ["freq", "plain.txt", "--ngrams", "9"],
    ["freq", "plain.txt", "--stop-words", "englsh"],
    ["freq", "plain.txt", "--stem", "klingon"],
    ["freq", "plain.txt", "--language", "xx"],
    ["freq", "plain.txt", "--encoding", "utf-9"],
    ["freq", "plain.txt", "--threads", "0"],
    ["cooc", "plain.txt"],
    ["cooc", "plain.txt", "--names", "A", "--entities", "names.json"],
    ["cooc", "plain.txt", "--names", "A", "--measures", "nmpi"],
    ["cooc", "plain.txt", "--names", "..."],
    ["cooc", "plain.txt", "--terms", "x y,z"],
    ["cooc", "plain.txt", "--names", "A", "--stop-words", "english"],
    ["cooc", "plain.txt", "--terms", "9", "--stop-words", "englsh"],
    ["cooc", "plain.txt", "--names", "A", "--plot", "net.png"],
    ["report", "missing.txt", "--output", "page.png"],
    ["cooc", "plain.txt", "--names", "A", "--compare", "x,y"],
    ["cooc", "plain.txt", "--names", "A", "--by", "outlet", "--compare", "x"],
    ["sentences", "plain.txt", "--measures", "fleshc"],
    ["sentences", "plain.txt", "--line-breaks", "never"],
    ["sentences", "plain.txt", "--by", "document", "--explain"],
]


@pytest.mark.parametrize("arguments", WRONG_USAGE, ids=" ".join)
def test_wrong_usage_is_one_line_and_2(
    arguments: list[str], here: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    code, out, err = run(capfdbinary, *arguments)
    assert (code, out) == (2, b"")
    assert err.startswith("lexmill: error: ") and err.count("\n") == 1


BAD_DATA = [
    ["freq", "missing.txt"],
    ["freq", "*.nothing"],
    ["freq", "../"],
    ["freq", "rows.jsonl", "--text", "body"],
    ["freq", "rows.jsonl", "--by", "month"],
    ["freq", "broken.jsonl"],
    ["cooc", "plain.txt", "--entities", "missing.json"],
    ["cooc", "plain.txt", "--entities", "plain.txt"],
    ["report", "missing.txt"],
    ["report", "plain.txt", "--output", "no/such/report.html"],
]


@pytest.mark.parametrize("arguments", BAD_DATA, ids=" ".join)
def test_bad_data_is_one_line_and_1(
    arguments: list[str], here: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (here / "broken.jsonl").write_text('{"text": "fine"}\n{"text": \n', encoding="utf-8")
    code, out, err = run(capfdbinary, *arguments)
    assert (code, out) == (1, b"")
    assert err.startswith("lexmill: error: ") and err.count("\n") == 1
    named = next(part for part in reversed(arguments) if not part.startswith("--"))
    assert named.strip("*/") in err


def test_interrupted(
    here: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*args: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "read", stop)
    code, _, err = run(capfdbinary, "freq", "plain.txt")
    assert (code, err) == (130, "lexmill: error: interrupted\n")


@pytest.mark.skipif(os.name == "nt", reason="pipes of another kind")
@pytest.mark.parametrize("kind", ["table", "csv", "json", "arrow"])
def test_a_closed_pipe_is_quiet(kind: str, files: Path) -> None:
    if kind == "arrow":
        pytest.importorskip("pyarrow")
    (files / "long.txt").write_text(" ".join(f"word{i}" for i in range(50_000)), encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "lexmill", "freq", "long.txt", "--top", "0", "--format", kind],
            cwd=files,
            stdout=writing,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_report(files: Path) -> None:
    out = ok(
        *("report", "rows.jsonl", "--by", "outlet", "--entities", "names.json"),
        *("--title", "Ada & Charles", "--output", "r.html"),
        cwd=files,
    )
    assert out == b""
    page = (files / "r.html").read_text(encoding="utf-8")
    assert '<h1 dir="auto">Ada &amp; Charles</h1>' in page
    assert ok("report", "plain.txt", cwd=files).startswith(b"<!doctype html>")
