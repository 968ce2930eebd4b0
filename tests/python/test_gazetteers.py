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


def test_an_id_of_spacy_is_no_name_to_look_for(tmp_path: Path) -> None:
    path = tmp_path / "patterns.jsonl"
    lines = [
        {"label": "ORG", "pattern": "Apple", "id": "apple"},
        {"label": "ORG", "pattern": "Apple Inc.", "id": "apple"},
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    gaz = lm.Gazetteer.read(path)
    mentions = lm.Corpus(["Ate an apple. Apple rose."]).mentions(gaz)
    assert [(row["entity"], row["text"]) for row in mentions] == [("apple", "Apple")]
    assert gaz.find("apple") == gaz.find("Apple Inc.") == "apple"


def test_items_of_one_label_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "query.csv"
    entity = "http://www.wikidata.org/entity/"
    path.write_text(
        f"item,itemLabel,altLabel\n{entity}Q230,Georgia,Sakartvelo\n{entity}Q1428,Georgia,Peach State\n"
        f"{entity}Q230,Georgia,\U0001f1ec\U0001f1ea\n",
        encoding="utf-8",
    )
    told = "1 label without a letter or digit, not looked for: '\U0001f1ec\U0001f1ea' \\(row 4\\)"
    with (
        pytest.warns(UserWarning, match=told),
        pytest.raises(ValueError, match=r"\(rows 2, 4\).*\(row 3\) \"Georgia \(Q1428\)\""),
    ):
        lm.Gazetteer.read(path)
    with pytest.warns(UserWarning, match=told):
        gaz = lm.Gazetteer.read(path, ambiguous="drop")
    assert list(gaz) == ["Georgia (Q230)", "Georgia (Q1428)"]
    assert gaz.ambiguous().column("alias") == ["Georgia", "Georgia"]
    text = "Sakartvelo and the Peach State are Georgia."
    assert lm.Corpus([text]).mentions(gaz).column("entity") == list(gaz)


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


def test_a_gazetteer_of_a_gazetteer_keeps_all_of_it() -> None:
    gaz = lm.Gazetteer({"Ada": [("AL", "exact")]}, {"Ada": "PER"}, case="ignore", overlap="all")
    again = lm.Gazetteer(gaz)
    assert again.to_dicts() == gaz.to_dicts() and repr(again) == repr(gaz)
    assert "overlap='nested'" in repr(lm.Gazetteer(gaz, overlap="nested"))
    found = lm.discover(["Charles Babbage met Ada Lovelace. Babbage smiled."])
    assert lm.Gazetteer(found).to_dicts() == found.to_dicts()


def test_the_canonical_name_may_have_a_policy_of_its_own() -> None:
    corpus = lm.Corpus(["Zorp zorp ZORP met a zarp."])
    for policy, found in [("exact", ["Zorp"]), ("ignore", ["Zorp", "zorp", "ZORP"]), ("never", [])]:
        gaz = lm.Gazetteer({"Zorp": [("Zorp", policy), "zarp"]})
        assert corpus.mentions(gaz).column("text") == [*found, "zarp"]
        assert gaz.find("Zorp") == "Zorp"
        assert len(gaz.table()) == 2
        assert lm.Gazetteer(gaz.table()).to_dicts() == gaz.to_dicts()
    with pytest.raises(ValueError, match='case="never" is unknown'):
        lm.Gazetteer(["Zorp"], case="never")  # type: ignore[arg-type]


def test_curly_quotation_marks_are_straight_ones() -> None:
    texts = ["“Weird Al” Yankovic", '"Weird Al" Yankovic', "Jean „Toots” Thielemans"]
    gaz = lm.Gazetteer(['"Weird Al" Yankovic', 'Jean "Toots" Thielemans'], case="exact")
    assert lm.Corpus(texts).mentions(gaz).column("text") == texts


def test_an_alias_is_unlinked() -> None:
    gaz = lm.Gazetteer({"Prime Minister": ["PM", "Prime"], "Ada": []})
    assert gaz.unlink("Prime").to_dicts()[0]["aliases"] == ["PM"]
    found = lm.discover(["Charles Babbage met Ada Lovelace. Babbage smiled."]).unlink("Babbage")
    assert found.links.column("alias") == ["Charles Babbage", "Ada Lovelace"]
    with pytest.raises(lm.EntityError, match="'Al' is no alias"):
        gaz.unlink("Al")
    with pytest.raises(ValueError, match="'Ada' is a canonical name"):
        gaz.unlink("Ada")
    with pytest.raises(TypeError, match=r"aliases\[0\] is int"):
        gaz.unlink(3)  # type: ignore[arg-type]


def test_patterns_of_spacy_in_memory() -> None:
    patterns = [{"label": "ORG", "pattern": "Apple", "id": "apple"}, {"label": "GPE", "pattern": "Rome"}]
    gaz = lm.Gazetteer(patterns)
    assert lm.Corpus(["Apple and an apple in Rome."]).mentions(gaz).column("type") == ["ORG", "GPE"]
    with pytest.raises(ValueError, match=r"pattern 1: the pattern \[{'POS': 'X'}\]"):
        lm.Gazetteer([patterns[0], {"label": "X", "pattern": [{"POS": "X"}]}])
