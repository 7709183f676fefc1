"""Who lives with whom: told from addresses and names, without making anybody one person."""

from typing import Any

import pyarrow as pa
import pytest

from hearth.linkage.columns import Columns
from hearth.linkage.engine import connect
from hearth.linkage.households import COMMUNAL, find_households
from hearth.linkage.pipeline import Settings
from hearth.linkage.records import number_records
from hearth.linkage.tests.town import build, linked, precision_and_recall

CONNECTION = connect(threads=1)
COLUMNS = Columns(
    id=("id",), source=("source",), given_name=("given",), family_name=("family",), address=("address",), postcode=("postcode",),
    place=("place",), uprn=("uprn",),
)  # fmt: skip
NAMES = ("source", "given", "family", "address", "postcode", "place", "uprn")


def homes(*people: dict[str, str]) -> list[dict[str, Any]]:
    """The household of each person, in the order given; everybody is of one source unless said otherwise."""
    rows = [{"source": "roll", "given": f"Name{place}", **person} for place, person in enumerate(people)]
    table: dict[str, Any] = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in NAMES}
    CONNECTION.register("given", pa.table({"id": [f"{place:03d}" for place in range(len(rows))], **table}))
    number_records(CONNECTION, {"file": "given"}, COLUMNS)
    find_households(CONNECTION)
    return (
        CONNECTION.sql("select household, communal from households join records using (rid) order by id")
        .to_arrow_table()
        .to_pylist()
    )


def person(address: str = "", family: str = "Holt", postcode: str = "BB11 2AA", **more: str) -> dict[str, str]:
    """Somebody at an address."""
    return {"address": address, "family": family, "postcode": postcode, **more}


TOGETHER = {
    "one address written in two ways": (person("12 Mill Street"), person("12, MILL ST.")),
    "one address without its postcode once": (
        person("12 Mill Street", family="Pye"),
        person("12 Mill Street", postcode=""),
    ),
    "a slip in the street at one door": (person("12 Mill Street", family="Pye"), person("12 Mlil Street")),
    "one property number whatever is written": (
        person("12 Mill Street", uprn="100010"),
        person("Flat A, The Mill", "Pye", uprn="100010"),
    ),
    "one name, and a street without its number once": (person("12 Weavers Row"), person("Weavers Row")),
    "one name, and a slip in a long number": (person("1421 Weavers Row"), person("1427 Weavers Row")),
    "one name, and the number alone once": (person("12 Weavers Row"), person("12")),
}
APART = {
    "next door with one name": (person("12 Mill Street"), person("14 Mill Street")),
    "one street and number in two towns": (person("12 High Street"), person("12 High Street", postcode="FY8 1AA")),
    "one street without numbers and two names": (
        person("Weavers Row"),
        person("Weavers Row", family="Pye", postcode="BB11 7ZZ"),
    ),
    "two property numbers at one written address": (
        person("12 Mill Street", uprn="100010"),
        person("12 Mill Street", uprn="100999"),
    ),
    "two sources": (person("12 Mill Street"), person("12 Mill Street", source="book")),
}


@pytest.mark.parametrize("name", TOGETHER)
def test_they_live_together(name: str) -> None:
    one, other = homes(*TOGETHER[name])
    assert one["household"] == other["household"] is not None


@pytest.mark.parametrize("name", APART)
def test_they_live_apart(name: str) -> None:
    one, other = homes(*APART[name])
    assert one["household"] != other["household"]


def test_nobody_is_given_a_household_where_no_address_is_known() -> None:
    assert [home["household"] for home in homes(person(""), person(""))] == [None, None]


def test_so_many_people_at_one_address_are_told_as_communal() -> None:
    assert not any(home["communal"] for home in homes(*[person("1 Mill Street")] * (COMMUNAL - 1)))
    assert all(home["communal"] for home in homes(*[person("1 Mill Street")] * COMMUNAL))


def test_the_households_of_a_town_are_found_and_nobody_in_them_is_melted() -> None:
    town = build(120, seed=31)
    result = linked({"roll": town.roll}, Settings())
    rows = result.households().to_pylist()
    found = {row["id"]: row["household"] for row in rows}
    truth = {f"r{place}": row.home for place, row in enumerate(town.roll)}
    precision, recall = precision_and_recall(found, truth)
    assert precision >= 0.99
    assert recall >= 0.99
    assert result.counts()[1] == len(town.roll)
