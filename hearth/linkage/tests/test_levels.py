"""Each way in which two records can agree is told apart from the others."""

from typing import Any

import pyarrow as pa
import pytest

from hearth.linkage.columns import Columns
from hearth.linkage.engine import connect
from hearth.linkage.levels import attributes
from hearth.linkage.records import number_records

COLUMNS = Columns(
    id=("id",), given_name=("given",), middle_name=("middle",), family_name=("family",), birth_date=("born",), sex=("sex",),
    address=("address",), postcode=("postcode",), place=("place",), email=("email",), nhs_number=("nhs",), age=("age",), as_at=("at",),
)  # fmt: skip
NAMES = ("given", "middle", "family", "born", "sex", "address", "postcode", "place", "email", "nhs", "age", "at")


CONNECTION = connect(threads=1)
EVERY = {
    a.name: a
    for a in attributes(
        {"given", "family", "middle", "birth_year", "sex", "street", "place", "email", "nhs_number", "aged"}, (), ()
    )
}


def level(attribute: str, one: dict[str, str], other: dict[str, str]) -> str:
    """The words of the level that two records are on, "no data" for none; the same whichever comes first."""
    table: dict[str, Any] = {name: pa.array([one.get(name), other.get(name)], pa.string()) for name in NAMES}
    CONNECTION.register("given", pa.table({"id": ["1", "2"], **table}))
    number_records(CONNECTION, {"file": "given"}, COLUMNS)
    levels = EVERY[attribute].levels
    sql = f"select {EVERY[attribute].sql()} from records l join records r on l.rid <> r.rid"
    told = {levels[place - 1].words if place else "no data" for (place,) in CONNECTION.sql(sql).fetchall()}
    assert len(told) == 1, told
    return told.pop()


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("Robert", "robert", "the same given name"),
        ("Robert", "Bob", "a known form of the same given name"),
        ("Mohammed", "Muhammad", "a known form of the same given name"),
        ("Katherine", "Kathreine", "given names a slip apart"),
        ("J", "Joyce", "an initial or a second name of the other"),
        ("Marlon", "Marvin", "similar given names"),
        ("Amy", "Leo", "different given names"),
        ("", "Leo", "no data"),
    ],
)
def test_given_names(one: str, other: str, words: str) -> None:
    assert level("given", {"given": one, "family": "Holt"}, {"given": other, "family": "Holt"}) == words


def test_a_second_name_used_as_the_first_is_known() -> None:
    one, other = {"given": "Ann", "middle": "Rose", "family": "Holt"}, {"given": "Rose", "family": "Holt"}
    assert level("given", one, other) == "an initial or a second name of the other"


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("Ashworth", "ashworth", "the same family name"),
        ("Ashworth", "Ashwroth", "family names a slip apart"),
        ("Smith-Nuttall", "Nuttall", "one part of the family name the same"),
        ("Ashworth", "Pickup", "different family names"),
        ("Ashworth", "", "no data"),
    ],
)
def test_family_names(one: str, other: str, words: str) -> None:
    assert level("family", {"given": "Amy", "family": one}, {"given": "Amy", "family": other}) == words


def test_swapped_names_are_told_once_and_not_twice() -> None:
    one, other = {"given": "Tariq", "family": "Mahmood"}, {"given": "Mahmood", "family": "Tariq"}
    assert level("given", one, other) == "given and family name swapped"
    assert level("family", one, other) == "no data"


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("2011-04-03", "2011-04-03", "the same birth date"),
        ("2011-04-03", "2011-03-04", "day and month of birth swapped"),
        ("2011-04-13", "2011-04-18", "birth dates a slip apart"),
        ("2011-04-13", "2011-04-31", "birth dates a slip apart"),
        ("2011-04-13", "2011-04-28", "two parts of the birth date the same"),
        ("2011-04-13", "2018-04-15", "birth dates two slips apart"),
        ("2011-04-13", "2011", "what is known of the birth date the same"),
        ("2011-04-13", "2011-11-29", "the same year of birth"),
        ("2011-04-13", "1979-11-29", "different birth dates"),
        ("2011-04-13", "", "no data"),
    ],
)
def test_birth_dates(one: str, other: str, words: str) -> None:
    assert level("born", {"given": "Amy", "born": one}, {"given": "Amy", "born": other}) == words


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ({"age": "9", "at": "2020"}, {"age": "19", "at": "2030"}, "the same age, give or take a year"),
        ({"age": "9", "at": "2020"}, {"age": "20", "at": "2030"}, "the same age, give or take a year"),
        ({"age": "9", "at": "2020"}, {"age": "22", "at": "2030"}, "ages two or three years apart"),
        ({"age": "9", "at": "2020"}, {"age": "9", "at": "2030"}, "another age"),
        ({"age": "9", "at": "2020"}, {"born": "2010-11-29"}, "the same age, give or take a year"),
        # Its own birth date is compared as one already: an age that is missing beside it is not made of it.
        ({"age": "9", "at": "2020", "born": "2010-11-29"}, {"born": "2010-11-29"}, "no data"),
        ({"age": "9", "at": "2020"}, {}, "no data"),
        ({"born": "2010-11-29"}, {"born": "2010-11-29"}, "no data"),
    ],
)
def test_ages(one: dict[str, str], other: dict[str, str], words: str) -> None:
    assert level("age", {"given": "Amy", **one}, {"given": "Amy", **other}) == words


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (("1 Mill Street", "BB11 2AA"), ("1 Mill St", "BB112AA"), "the same address and postcode"),
        (("1 Mill Street", "BB11 2AA"), ("1 Mill Street", "PR1 9ZZ"), "the same address"),
        (("1 Mill Street", "BB11 2AA"), ("1 Mil Street", "BB11 2AA"), "the same postcode, and an address alike"),
        (("1 Mill Street", "BB11 2AA"), ("", "BB11 2AA"), "the same postcode"),
        (("1 Mill Street", "BB11 2AA"), ("94 Queens Drive", "BB11 7ZZ"), "postcodes near"),
        (("1 Mill Street", "BB11 2AA"), ("94 Queens Drive", "FY8 1AA"), "another address"),
        (("1 Mill Street", ""), ("", "BB11 2AA"), "no data"),
    ],
)
def test_homes(one: tuple[str, str], other: tuple[str, str], words: str) -> None:
    left, right = ({"given": "Amy", "address": street, "postcode": code} for street, code in (one, other))
    assert level("home", left, right) == words


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("9990001235", "999 000 1235", "the same NHS number"),
        ("9990001235", "9990001285", "NHS numbers a slip apart"),
        ("9990001235", "9998887776", "another NHS number"),
        ("9990001235", "0000000000", "no data"),
    ],
)
def test_numbers(one: str, other: str, words: str) -> None:
    assert level("nhs_number", {"given": "Amy", "nhs": one}, {"given": "Amy", "nhs": other}) == words
