"""Linking as a whole: sure of itself, the same each time, and plain about what it cannot do."""

import random
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from hearth.linkage import files
from hearth.linkage.columns import Columns, LinkageProblem, from_mapping, from_toml
from hearth.linkage.pipeline import Settings
from hearth.linkage.tests.town import COLUMNS, Row, build, linked, precision_and_recall, table

TOWN = build(80, seed=23)
BOTH = [*TOWN.roll, *TOWN.book]
SETTINGS = Settings()


def people(rows: list[Row], settings: Settings = SETTINGS, columns: Columns = COLUMNS) -> set[frozenset[int]]:
    """The groups found among rows of one source, each a set of places."""
    found: dict[str, set[int]] = {}
    for record in linked({"file": rows}, settings, columns).clusters().to_pylist():
        found.setdefault(record["cluster"], set()).add(int(record["id"][1:]))
    return {frozenset(group) for group in found.values()}


@cache
def people_of_both() -> set[frozenset[int]]:
    """The groups found in the roll and the book as if they were one file."""
    return people(BOTH)


def test_one_file_is_cleared_of_the_people_it_lists_twice() -> None:
    found = {str(place): str(min(group)) for group in people_of_both() for place in group}
    truth = {str(place): row.person for place, row in enumerate(BOTH)}
    precision, recall = precision_and_recall(found, truth)
    assert precision >= 0.99
    assert recall >= 0.96


def test_the_order_of_rows_changes_nothing() -> None:
    order = list(range(len(BOTH)))
    random.Random(3).shuffle(order)
    again = {frozenset(order[place] for place in group) for group in people([BOTH[place] for place in order])}
    assert again == people_of_both()


def test_linking_across_sources_pairs_nobody_within_one() -> None:
    result = linked({"roll": TOWN.roll, "book": TOWN.book}, Settings(mode="link"))
    assert all(pair["source_a"] != pair["source_b"] for pair in result.pairs().to_pylist())


def test_another_sex_is_no_evidence_against() -> None:
    rows = [replace(row, sex={"f": "m", "m": "f"}.get(row.sex or "")) for row in TOWN.book]
    result = linked({"roll": TOWN.roll, "book": rows}, Settings(mode="link"))
    told = [
        result.explain((p["source_a"], p["id_a"]), (p["source_b"], p["id_b"])) for p in result.pairs().to_pylist()[:40]
    ]
    weights = [line.bits for evidence in told for line in evidence.lines if line.attribute == "sex"]
    assert weights
    assert min(weights) >= 0


def test_a_rare_name_weighs_more_than_a_common_one() -> None:
    result = linked({"roll": TOWN.roll, "book": TOWN.book}, Settings(mode="link"))
    counts = Counter(row.family for row in BOTH)
    bits: dict[str | None, float] = {}
    for pair in result.pairs().to_pylist()[:80]:
        evidence = result.explain((pair["source_a"], pair["id_a"]), (pair["source_b"], pair["id_b"]))
        place = int(pair["id_b" if pair["source_b"] == "roll" else "id_a"][1:])
        bits[TOWN.roll[place].family] = max(
            (line.bits for line in evidence.lines if line.words == "the same family name"), default=0
        )
    bits = {name: weight for name, weight in bits.items() if weight}
    common, rare = max(bits, key=lambda name: counts[name]), min(bits, key=lambda name: counts[name])
    assert bits[rare] > bits[common] > 0


def test_one_record_is_one_person() -> None:
    assert people(TOWN.roll[:1]) == {frozenset({0})}


def test_two_strangers_are_two_people_and_the_same_person_twice_is_one() -> None:
    one, other = TOWN.roll[0], TOWN.roll[-1]
    assert people([one, other]) == {frozenset({0}), frozenset({1})}
    assert people([one, other, one]) == {frozenset({0, 2}), frozenset({1})}


def test_records_without_anything_in_them_are_refused() -> None:
    with pytest.raises(LinkageProblem, match="blank"):
        people(
            [replace(TOWN.roll[0], given=None, family=None, born=None, sex=None, address=None, postcode=None, nhs=None)]
            * 2
        )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"mode": "guess"}, "mode is 'guess'"),
        ({"threshold": 1.0}, "probabilities"),
        ({"threshold": 0.5, "review": 0.6}, "probabilities"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(LinkageProblem, match=said):
        Settings(**wrong)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"shoe_size": "s"}, "not something a column can mean"),
        ({"id": "i"}, "says who somebody is"),
        ({"given_name": "g", "date_order": "ydm"}, "date_order"),
    ],
)
def test_columns_that_say_too_little_or_something_unknown_are_refused(given: dict[str, str], said: str) -> None:
    with pytest.raises(LinkageProblem, match=said):
        from_mapping(given)


def test_a_column_that_the_file_does_not_have_is_named() -> None:
    with pytest.raises(LinkageProblem, match="no column surname"):
        linked({"roll": TOWN.roll}, SETTINGS, Columns(family_name=("surname",)))


def test_a_columns_file_without_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text("mode = 'link'\n")
    with pytest.raises(LinkageProblem, match=r"no \[columns\]"):
        from_toml(tmp_path / "c.toml")


def test_what_is_written_is_whole_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(LinkageProblem, match="cannot be written"):
        files.write(table(TOWN.roll, "r"), tmp_path / "no such folder" / "people.csv")
    with pytest.raises(LinkageProblem, match=r"\.csv or a \.parquet"):
        files.write(table(TOWN.roll, "r"), tmp_path / "people.xlsx")
