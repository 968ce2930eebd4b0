"""Gazetteers from tables and files, edited by steps that leave the old one as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import lexmill as lm
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

ROWS = [
    {"canonical": "Pakistan", "alias": "Islamabad", "type": "GPE", "case": None},
    {"canonical": "Tehrik-i-Taliban Pakistan", "alias": "TTP", "type": "ORG", "case": "exact"},
    {"canonical": "Pakistan", "alias": "PK", "type": None, "case": None},
    {"canonical": "Ada", "alias": None, "type": None, "case": None},
]
EXPECTED = [
    {"name": "Pakistan", "type": "GPE", "aliases": ["Islamabad", "PK"]},
    {"name": "Tehrik-i-Taliban Pakistan", "type": "ORG", "aliases": [["TTP", "exact"]]},
    {"name": "Ada", "type": None, "aliases": []},
]
COLUMNS = {name: [row[name] for row in ROWS] for name in ROWS[0]}


@pytest.mark.parametrize(
    "make", [pd.DataFrame, pl.DataFrame, pa.table, dict], ids=["pandas", "polars", "arrow", "columns"]
)
def test_tables(make: Any) -> None:
    assert lm.Gazetteer(make(COLUMNS)).to_dicts() == EXPECTED
    assert len(lm.Corpus(["TTP"]).mentions(make(COLUMNS))) == 1


def test_a_table_with_lists_of_aliases() -> None:
    table = {"name": ["Pakistan", "Ada"], "aliases": [["PK", "Islamabad"], []]}
    expected = lm.Gazetteer({"Pakistan": ["PK", "Islamabad"], "Ada": []}).to_dicts()
    assert lm.Gazetteer(pl.DataFrame(table)).to_dicts() == expected
    assert lm.Gazetteer(pa.table(table)).to_dicts() == expected
    assert lm.Gazetteer(pd.DataFrame(table)).to_dicts() == expected


def test_the_table_of_a_gazetteer_makes_it_again() -> None:
    gaz = lm.Gazetteer(COLUMNS)
    assert gaz.table().columns == ["canonical", "alias", "type", "case"]
    for table in (gaz.table(), gaz.to_polars(), gaz.to_arrow(), gaz.to_pandas()):
        assert lm.Gazetteer(table).to_dicts() == EXPECTED


def written(folder: Path) -> dict[str, Path]:
    paths = {kind: folder / f"names.{kind}" for kind in ("csv", "tsv", "jsonl", "parquet", "json")}
    pd.DataFrame(ROWS).to_csv(paths["csv"], index=False, encoding="utf-8-sig")
    pd.DataFrame(ROWS).to_csv(paths["tsv"], index=False, sep="\t")
    paths["jsonl"].write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    pq.write_table(pa.Table.from_pylist(ROWS), paths["parquet"])
    lm.Gazetteer(COLUMNS).save(paths["json"])
    return paths


@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl", "parquet", "json"])
def test_files(kind: str, tmp_path: Path) -> None:
    gaz = lm.Gazetteer.read(written(tmp_path)[kind])
    assert gaz.to_dicts() == EXPECTED
    assert "case='exact'" in repr(lm.Gazetteer.read(written(tmp_path)[kind], case="exact"))


def test_patterns_of_spacy(tmp_path: Path) -> None:
    path = tmp_path / "patterns.jsonl"
    lines = [
        {"label": "ORG", "pattern": "Apple"},
        {"label": "GPE", "pattern": [{"LOWER": "san"}, {"LOWER": "francisco"}], "id": "San Francisco"},
        {"label": "GPE", "pattern": "SF", "id": "San Francisco"},
    ]
    path.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    assert lm.Gazetteer.read(path).to_dicts() == [
        {"name": "Apple", "type": "ORG", "aliases": []},
        {"name": "San Francisco", "type": "GPE", "aliases": [["san francisco", "ignore"], "SF"]},
    ]
    path.write_text(json.dumps({"label": "X", "pattern": [{"POS": "NOUN"}]}), encoding="utf-8")
    with pytest.raises(ValueError, match=r"patterns.jsonl: line 1: the pattern"):
        lm.Gazetteer.read(path)


def test_tables_of_wikidata(tmp_path: Path) -> None:
    path = tmp_path / "query.csv"
    path.write_text(
        'item,itemLabel,itemAltLabel\nQ843,Pakistan,"PK, Islamic Republic of Pakistan"\n',
        encoding="utf-8",
    )
    expected = [{"name": "Pakistan", "type": None, "aliases": ["PK", "Islamic Republic of Pakistan"]}]
    assert lm.Gazetteer.read(path).to_dicts() == expected


BAD = [
    (
        "canonical,alias\nA,x\nB,x\n",
        r'names.csv: the alias "x" belongs to entities\[0\] \(row 2\) "A".*\(row 3\)',
    ),
    ("canonical,alias\nA,x\n,y\n", r"names.csv: entities: row 3 has no canonical"),
    ("canonical,alias,type\nA,x,ORG\nA,y,PER\n", r"row 3: 'A' has the type 'PER', in row 2 it has 'ORG'"),
    ("canonical,alias\nA,...\n", r"\(row 2\).*holds no letter or digit"),
    ("canonical,alias\nA,x,y\n", r"row 2 has 3 cells, the first row has 2"),
    ("who,what\nA,x\n", r"no column canonical or name; the columns are who, what"),
    ("", "no column canonical or name"),
]


@pytest.mark.parametrize(("content", "message"), BAD)
def test_rows_that_make_no_gazetteer_are_named(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises((ValueError, lm.ColumnError), match=message):
        lm.Gazetteer.read(path)


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("Ada")
    with pytest.raises(ValueError, match=r"names.txt: give .json"):
        lm.Gazetteer.read(tmp_path / "names.txt")
    with pytest.raises(FileNotFoundError):
        lm.Gazetteer.read(tmp_path / "none.csv")


def test_editing_gives_a_new_gazetteer() -> None:
    gaz = lm.Gazetteer({"A": ["a1"], "B": ["b1"], "C": []}, {"B": "ORG"})
    before = gaz.to_dicts()
    merged = gaz.merge("A", "b1", "C")
    assert merged.to_dicts() == [{"name": "A", "type": "ORG", "aliases": ["a1", "B", "b1", "C"]}]
    assert gaz.drop("a1", "C").to_dicts() == [{"name": "B", "type": "ORG", "aliases": ["b1"]}]
    assert list(gaz.rename("A", "Alpha")) == ["Alpha", "B", "C"]
    assert gaz.rename("A", "Alpha").find("A") == "Alpha"
    assert gaz.rename("A", "a1").to_dicts()[0] == {"name": "a1", "type": None, "aliases": ["A"]}
    assert gaz.add("D", ["d1"], "PER").find("d1") == "D"
    assert (gaz | lm.Gazetteer({"C": ["c1"]}, {"C": "PER"})).to_dicts()[2] == {
        "name": "C",
        "type": "PER",
        "aliases": ["c1"],
    }
    assert gaz.to_dicts() == before
    for edit in (lambda: gaz.merge("A", "X"), lambda: gaz.drop("X"), lambda: gaz.rename("X", "Y")):
        with pytest.raises(lm.EntityError, match="'X'"):
            edit()
    with pytest.raises(ValueError, match="b1"):
        gaz.add("D", ["b1"])
    with pytest.raises(ValueError, match="make both alike"):
        gaz | lm.Gazetteer(["X"], case="exact")
    with pytest.raises(ValueError, match="stands there twice"):
        gaz.rename("A", "B")
