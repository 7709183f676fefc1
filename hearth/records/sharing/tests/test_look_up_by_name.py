"""Whom the live look-up finds of people who are easily mistaken: by name, each kind of mistake that somebody makes when typing."""

import datetime as dt

import pytest

from hearth.foundation.core import clock
from hearth.foundation.ui.partial_date import PartialDate
from hearth.records.people.actions import add_person
from hearth.records.people.births import stored_birth
from hearth.records.people.facts.actions import add_identifier, add_name, move_home
from hearth.records.people.models import Person, RestrictedSearch
from hearth.records.sharing.look_up.queries import look_up

BORN = PartialDate(2014, 3, 9)


@pytest.fixture
def add(family, cast, as_):
    """Put somebody on record in the family."""

    def added(given, surname, born=None, role="child", expected_on=None):
        on, known = stored_birth(born, expected_on)
        name = {"given_name": given, "family_name": surname}
        with as_(cast.family_worker):
            return add_person(
                by=cast.family_worker, family=family, role=role, **name, born_on=on, birth_precision=known
            )

    return added


@pytest.fixture
def found(cast, family, as_):
    """Names found by the family's own worker, the likeliest first."""

    def look(*typed, **more):
        with as_(cast.family_worker):
            return [one.name for one in look_up(cast.family_worker, *typed, **more)]

    return look


def test_of_twins_the_one_whose_name_was_typed_comes_first(add, found):
    add("Alfie", "Hindle", BORN)
    add("Archie", "Hindle", BORN)
    assert found("Alfie", "Hindle", BORN) == ["Alfie Hindle", "Archie Hindle"]
    assert found("Archie", "Hindle", BORN)[0] == "Archie Hindle"
    assert found("Archy", "Hindle", BORN)[0] == "Archie Hindle"


def test_father_and_son_of_one_name_are_told_apart_by_the_year(add, found, family, cast, as_):
    father = add("John", "Marsh", PartialDate(1986, 5, 2), role="parent")
    son = add("John", "Marsh", PartialDate(2016, 7, 30))
    with as_(cast.family_worker):
        for born, person in ((PartialDate(1986), father), (PartialDate(2016), son), (PartialDate(2016, 7, 30), son)):
            assert look_up(cast.family_worker, "John", "Marsh", born)[0].reference == person.reference
        assert {one.reference for one in look_up(cast.family_worker, "John", "Marsh")} == {
            father.reference,
            son.reference,
        }


def test_a_married_name_and_a_maiden_name_find_one_person_once(add, found, cast, as_):
    kerry = add("Kerry", "Bolton", PartialDate(1990, 1, 20), role="parent")
    with as_(cast.family_worker):
        add_name(by=cast.family_worker, person=kerry, kind="former", given_name="", family_name="Catlow")
    for surname in ("Bolton", "Catlow"):
        assert found("Kerry", surname, PartialDate(1990, 1, 20)) == ["Kerry Bolton"]


def test_a_family_that_moved_is_found_by_both_postcodes(add, found, cast, as_):
    sam = add("Sam", "Rigby")
    with as_(cast.family_worker):
        for address, code in (("4 Tanner Street", "BB11 1AA"), ("9 Mill Lane", "BB12 8BB")):
            move_home(by=cast.family_worker, people=[sam], address=address, postcode=code)
    assert found("Sam", "", None, "BB11 1AA") == found("Sam", "", None, "BB12 8BB") == ["Sam Rigby"]
    assert found("Sam", "", None, "BB12 8BD") == []


@pytest.mark.parametrize(
    ("record", "typed"),
    [
        (("Liam", "O'Connor"), ("Liam", "Connor")), (("Liam", "Connor"), ("Liam", "O'Connor")), (("Liam", "O Connor"), ("Liam", "O’Connor")),
        (("Eve", "Smith-Jones"), ("Eve", "Smith")), (("Eve", "Smith-Jones"), ("Eve", "Jones")), (("Eve", "Smith Jones"), ("Eve", "Smith-Jones")),
        (("Elizabeth", "Duckett"), ("Beth", "Duckett")), (("Bill", "Duckett"), ("William", "Duckett")),
        (("Isla", "Macdonald"), ("Isla", "McDonald")), (("Zofia", "Wójcik"), ("Zofia", "Wojcik")),
        (("Thomas", "Aspinall"), ("Tohmas", "Aspinall")), (("Thomas", "Aspinall"), ("Thomas", "Aspinal")),
        (("Mary Jane", "Heap"), ("Mary", "Heap")), (("Mary Jane", "Heap"), ("Jane", "Heap")), (("Heap", "Mary"), ("Mary", "Heap")),
        (("Ann-Marie", "Heap"), ("Annmarie", "Heap")),
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize(
    "born", [BORN, PartialDate(2014, 3), PartialDate(2014), PartialDate(2015, estimated=True)], ids=str
)
def test_another_way_to_write_a_name_finds_it_with_a_date_as_far_as_known(add, found, record, typed, born):
    add(*record, BORN)
    assert found(*typed, born) == [" ".join(record)]


@pytest.mark.parametrize(
    "born",
    [
        PartialDate(2014, 9, 3),
        PartialDate(2014, 3, 8),
        PartialDate(2014, 4, 9),
        PartialDate(2004, 3, 9),
        dt.date(2014, 3, 19),
    ],
    ids=str,
)
def test_a_date_with_a_slip_or_day_and_month_changed_about_still_finds_the_name(add, found, born):
    add("Reuben", "Sagar", BORN)
    assert found("Reuben", "Sagar", born) == ["Reuben Sagar"]
    assert found("Reuban", "Sagar", born) == ["Reuben Sagar"]


def test_a_date_known_in_part_on_record_is_found_by_the_whole_one(add, found):
    add("Ivy", "Lord", PartialDate(2014, 3))
    add("Una", "Lord", PartialDate(2013, estimated=True))
    add("Ada", "Lord")
    assert found("Ivy", "Lord", BORN)[0] == "Ivy Lord"
    assert found("Una", "Lord", BORN)[0] == "Una Lord"
    assert found("Ada", "Lord", BORN)[0] == "Ada Lord"


def test_an_unborn_child_is_found_once_it_is_born_by_family_name_and_about_when(add, found, cast, as_):
    due = clock.today() + dt.timedelta(days=30)
    add("Baby", "Nutter", expected_on=due)
    assert found("Baby", "Nutter", clock.today()) == ["Baby Nutter"]
    assert found("Baby", "Nutter", clock.today() - dt.timedelta(days=700)) == []


@pytest.mark.parametrize(
    ("kind", "number", "typed"),
    [("nhs", "9990000018", "999 000 0018"), ("upn", "A999000000018", "a999000000018")],
)
def test_a_number_finds_them_at_once_whatever_else_was_typed(add, found, cast, as_, kind, number, typed):
    vera = add("Vera", "Pickles", BORN)
    with as_(cast.family_worker):
        add_identifier(by=cast.family_worker, person=vera, kind=kind, value=number)
        [only] = look_up(cast.family_worker, "", "", None, "", typed)
        assert (only.name, only.reasons) == ("Vera Pickles", ["same NHS number or unique pupil number"])
        [also] = look_up(cast.family_worker, "Nobody", "Else", PartialDate(1970), "", typed)
        assert also.name == "Vera Pickles"
    with as_(cast.other_family_worker):
        assert look_up(cast.other_family_worker, "", "", None, "", typed) == [], "a number alone tells nobody else"
        [known] = look_up(cast.other_family_worker, "Vera", "Pickles", None, "", typed)
        assert not known.may_open and known.name == ""


def test_a_restricted_person_is_found_by_no_number_and_the_safeguarding_desk_is_told(add, cast, as_):
    from hearth.records.people.restrictions.actions import place_restriction

    vera = add("Vera", "Pickles", BORN)
    with as_(cast.family_worker):
        add_identifier(by=cast.family_worker, person=vera, kind="nhs", value="9990000018")
    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=vera.reference, reason="A refuge.")
    with as_(cast.family_worker):
        assert look_up(cast.family_worker, "", "", None, "", "9990000018") == []
        assert look_up(cast.family_worker, "Vera", "Pickles", BORN) == []
    with as_(cast.safeguarding_hub_social_worker):
        assert set(RestrictedSearch.objects.values_list("person_id", flat=True)) == {vera.id}


@pytest.mark.parametrize(
    "typed",
    [
        ("Vera", "Pickels", BORN),
        ("Vira", "Pickles", PartialDate(2014, 9, 3)),
        ("Pickles", "Vera", BORN),
        ("Veera", "Pickles", BORN),
    ],
    ids=str,
)
def test_a_restricted_person_looked_for_with_a_slip_is_told_of_as_well_once(add, cast, as_, typed):
    from hearth.records.people.restrictions.actions import place_restriction

    vera = add("Vera", "Pickles", BORN)
    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=vera.reference, reason="A refuge.")
    for _ in (1, 2):
        with as_(cast.other_family_worker):
            assert look_up(cast.other_family_worker, *typed) == []
    with as_(cast.other_family_worker):
        look_up(cast.other_family_worker, "Vera", "Proctor", PartialDate(1970))
        assert not RestrictedSearch.objects.exists()
    with as_(cast.safeguarding_hub_social_worker):
        assert list(RestrictedSearch.objects.values_list("person_id", "searched_by_id")) == [
            (vera.id, cast.other_family_worker.id)
        ]


def test_reasons_are_said_in_words(add, cast, as_):
    add("Elizabeth", "Duckett", BORN)
    with as_(cast.family_worker):
        [beth] = look_up(cast.family_worker, "Beth", "Ducket", PartialDate(2014, 9, 3))
        assert beth.reasons == [
            "a form of the same first name", "last name a letter out", "birth date with day and month changed about",
        ]  # fmt: skip
        [turned] = look_up(cast.family_worker, "Duckett", "Elizabeth", PartialDate(2014))
        assert turned.reasons == ["first and last name the other way round", "birth date the same as far as known"]


def test_who_changes_their_name_is_found_by_what_is_kept_of_it(add, found, cast, as_):
    zed = add("Zed", "Crabtree", BORN)
    with as_(cast.family_worker):
        row = Person.objects.get(pk=zed.pk)
        row.family_name, row.born_on = "Kershaw", dt.date(2014, 12, 9)
        row.save()
    assert found("Zed", "Kershaw", PartialDate(2014, 12, 9)) == ["Zed Kershaw"]
    assert found("Zed", "Crabtree", PartialDate(2014)) == []
