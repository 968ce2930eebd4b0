"""Names found by rule."""

from __future__ import annotations

import pickle

import lexmill as lm

TEXTS = [
    "The Tehrik-i-Taliban Pakistan (TTP) fought in Pakistan. On Sunday the Taliban denied it.",
    "Field Marshall Asim Munir met Donald Trump. Most of all, Trump praised Munir. IMF (International "
    "Monetary Fund) money flows to Pakistan's government. All of it is spent on Sunday.",
    "The Central Intelligence Agency's (CIA) partner was Pakistan.",
]


def test_acronyms_surnames_and_titles_are_linked() -> None:
    found = lm.discover(TEXTS)
    assert found.find("TTP") == "Tehrik-i-Taliban Pakistan"
    assert found.find("IMF") == "International Monetary Fund"
    assert found.find("CIA") == "Central Intelligence Agency"
    assert found.find("Trump") == "Donald Trump"
    assert found.find("Munir") == "Asim Munir"


def test_junk_is_not_proposed() -> None:
    names = set(lm.discover(TEXTS))
    assert names.isdisjoint({"Most", "All", "Sunday", "On Sunday", "On", "Most of"})
    assert {"Taliban", "Pakistan"} <= names


def test_what_is_found_can_be_counted_and_saved(tmp_path) -> None:
    corpus = lm.Corpus(TEXTS)
    found = lm.discover(corpus)
    net = corpus.cooccurrences(found)
    assert ("Asim Munir", "Donald Trump") in set(zip(net.column("source"), net.column("target"), strict=True))
    found.save(tmp_path / "names.json")
    assert list(lm.Gazetteer.load(tmp_path / "names.json")) == list(found)


def test_every_alias_says_its_rule() -> None:
    links = lm.discover(TEXTS).links
    assert links.columns == ["canonical", "alias", "type", "rule", "count", "documents", "examples"]
    assert all(row["rule"] for row in links)


def test_edited_names_keep_their_rules_and_counts() -> None:
    found = lm.discover(TEXTS)
    edited = (
        found.merge("Donald Trump", "Asim Munir")
        .rename("IMF", "The Fund")
        .drop("CIA")
        .add("Nessie", ["Ness"])
    )
    rows = {row["alias"]: row for row in edited.links}
    before = {row["alias"]: row for row in found.links}
    assert "Central Intelligence Agency" not in rows and "CIA" not in rows
    assert rows["Munir"] == {**before["Munir"], "canonical": "Donald Trump"}
    assert rows["IMF"]["rule"] == "acronym" and rows["IMF"]["canonical"] == "The Fund"
    assert rows["International Monetary Fund"]["count"] == before["International Monetary Fund"]["count"]
    given = [(row["canonical"], alias) for alias, row in rows.items() if row["rule"] == "given"]
    assert set(given) == {
        ("Donald Trump", "Asim Munir"),
        ("The Fund", "The Fund"),
        ("The Fund", "International Monetary Fund"),
        ("Nessie", "Nessie"),
        ("Nessie", "Ness"),
    }
    assert [row["canonical"] for row in edited.links if row["alias"] == row["canonical"]] == list(edited)
    again = pickle.loads(pickle.dumps(edited))
    assert again.links.to_dicts() == edited.links.to_dicts() and list(again) == list(edited)


# A name without its diacritic that stands there behind a title alone; one to be edited away.
EDITED = [
    "On Monday Beata Norrgård met Ilse Varga. Later Beata Norrgård smiled.",
    "On Monday Governor Beata Norrgard left. Then Governor Norrgard met Ilse Varga.",
    "On Monday Max Ledger came.",
]


def test_an_edit_leaves_the_links_of_all_other_names_as_they_were() -> None:
    found = lm.discover(EDITED)
    before = found.links.to_dicts()
    assert sum(row["rule"] == "name" and row["alias"] != row["canonical"] for row in before) == 1
    for name in found:
        rest = [row for row in before if row["canonical"] != name]
        assert found.drop(name).links.to_dicts() == rest
    added = found.add("Nessie").links.to_dicts()
    assert [row for row in added if row["canonical"] != "Nessie"] == before
    assert [row["rule"] for row in added if row["canonical"] == "Nessie"] == ["given"]


def test_pickling_changes_no_link() -> None:
    found = lm.discover(EDITED)
    again = pickle.loads(pickle.dumps(found))
    assert again.links.to_dicts() == found.links.to_dicts() and again.links.question == found.links.question
    # Edited, whether or not its links were looked at.
    for edited in (found.drop("Max Ledger"), again.drop("Max Ledger")):
        copy = pickle.loads(pickle.dumps(edited))
        assert copy.links.to_dicts() == edited.links.to_dicts()
        assert pickle.loads(pickle.dumps(edited)).links.question == edited.links.question


def test_an_alias_of_a_dropped_name_may_go_to_another() -> None:
    found = lm.discover(TEXTS)
    edited = found.drop("Donald Trump").add("Trump Tower", ["Trump"]).add("Donald Trump")
    trump = [(row["canonical"], row["rule"]) for row in edited.links if row["alias"] == "Trump"]
    assert trump == [("Trump Tower", "given")]


def test_everything_may_be_dropped() -> None:
    found = lm.discover(["Ada Lovelace smiled."])
    none = found.drop("Ada Lovelace")
    assert len(none) == len(none.links) == 0 and none.links.columns == found.links.columns


def test_results_do_not_depend_on_threads() -> None:
    tables = [lm.discover(lm.Corpus(TEXTS * 200, threads=n)).links.to_dicts() for n in (1, 2, 3)]
    assert tables[0] == tables[1] == tables[2]


def test_empty_collections_have_no_names() -> None:
    for texts in ([], [None], [""]):
        assert len(lm.discover(texts)) == 0


def test_what_is_hardly_ever_capitalised_is_no_name() -> None:
    quotes = "Shares fell to 12 dlrs. Net was 30 mln dlrs a share of the oper net. " * 20
    table = "The bank of Kestria said Dlrs and Mln were fixed. Ada Lovelace met Oper Net on Monday."
    found = lm.discover([quotes, table])
    assert not {"Dlrs", "Mln", "Oper Net"} & set(found) and "Ada Lovelace" in set(found)


def test_an_acronym_with_small_letters_is_one_as_written() -> None:
    texts = ["The Ministry of Defence (MoD) paid.", "The MoD said so. A mod is no mod."]
    found = lm.discover(texts)
    assert lm.Corpus(texts).mentions(found).column("text") == ["Ministry of Defence", "MoD", "MoD"]
    # One ordinary word with an abbreviation is no name either.
    assert "certificates" not in lm.discover(["It sold discount certificates (CTs) and certificates."])
