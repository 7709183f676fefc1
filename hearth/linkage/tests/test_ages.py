"""Somebody of whom one file has an age and the other a birth date is still one person; and a family's ages keep its people apart."""

import random
from collections.abc import Callable
from dataclasses import replace

import pyarrow as pa
import pytest

from hearth.linkage.columns import Columns
from hearth.linkage.engine import connect
from hearth.linkage.pipeline import Linked, Settings, link
from hearth.linkage.splink_model import comparisons
from hearth.linkage.tests.town import COLUMNS, Row, build, precision_and_recall, table
from hearth.linkage.with_splink import link_with_splink

TOWN = build(260, seed=73)
AT = 2024
WITHOUT = replace(COLUMNS, nhs_number=(), middle_name=())
WITH = replace(WITHOUT, age=("age",), as_at=("at",))
BORN = {row.person: int((row.born or "0").split("-")[0]) for row in TOWN.roll}


def _namesake(row: Row) -> Row:
    """The same of a town of few family names, where a name alone is often somebody else's."""
    return replace(row, family=(row.family or "")[:1] + "olt")


def _aged(row: Row, chance: random.Random) -> str:
    """Their age in that year, before their birthday or after it."""
    return str(AT - BORN[row.person] - chance.randrange(2))


def _book() -> tuple[list[Row], list[str]]:
    """Of every third person of the book there are a name and an age alone: no birth date, no home."""
    chance = random.Random(74)
    known = [_namesake(row) for row in TOWN.book if row.person in BORN]
    rows = [replace(row, born=None, address=None, postcode=None) if k % 3 == 0 else row for k, row in enumerate(known)]
    return rows, [_aged(row, chance) for row in known]


BOOK, AGES = _book()


def _linked(columns: Columns, by: Callable[..., Linked] = link) -> Linked:
    connection = connect(threads=2)
    roll, book = table(map(_namesake, TOWN.roll), "r"), table(BOOK, "b")
    for name, rows, ages in (("roll", roll, [None] * len(TOWN.roll)), ("book", book, AGES)):
        given = rows.append_column("age", pa.array(ages, pa.string()))
        connection.register("given", given.append_column("at", pa.array([str(AT)] * len(ages))))
        connection.execute(f"create table {name} as from given")
        connection.unregister("given")
    return by(connection, {"roll": "roll", "book": "book"}, columns, Settings(mode="link", each_once=True))


def _right(found: Linked) -> tuple[float, float]:
    truth = {f"r{place}": row.person for place, row in enumerate(TOWN.roll)}
    truth |= {f"b{place}": row.person for place, row in enumerate(BOOK)}
    people = {str(row["id"]): str(row["cluster"]) for row in found.clusters().to_pylist()}
    return precision_and_recall(people, truth, {name: name[0] for name in truth})


@pytest.fixture(scope="module")
def right() -> dict[str, tuple[float, float]]:
    """Precision and recall, with the ages and without."""
    return {"with": _right(_linked(WITH)), "without": _right(_linked(WITHOUT))}


def test_ages_find_people_of_whom_one_file_has_no_birth_date(right: dict[str, tuple[float, float]]) -> None:
    assert right["with"][1] > right["without"][1] + 0.02


def test_and_take_hardly_anybody_for_another(right: dict[str, tuple[float, float]]) -> None:
    assert right["with"][0] >= max(0.99, right["without"][0] - 0.002)


def test_splink_is_given_the_ages_too() -> None:
    made = comparisons({"given", "family", "dob", "aged"}, uk=True)
    assert "aged" in [comparison.create_output_column_name() for comparison in made]
    link_with = _linked(WITH, link_with_splink)
    assert _right(link_with)[0] >= 0.99
