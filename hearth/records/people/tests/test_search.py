"""The search: what it finds, and that it finds only what the searcher may open."""

import pytest

from hearth.foundation.ui.partial_date import PartialDate
from hearth.records.people.actions import add_person, open_family
from hearth.records.people.facts.actions import add_name, move_home
from hearth.records.people.search.queries import Wanted, find_people


@pytest.fixture
def found(family, as_):
    """Names that a search gives somebody."""

    def search(user, *typed, **more):
        with as_(user):
            return [person.full_name for person in find_people(user, Wanted(*typed), **more).rows]

    return search


@pytest.mark.parametrize(
    "typed",
    [
        ("Jake Ashworth",), ("ashworth jake",), ("jak ash",), ("JÁKE",), ("", PartialDate(2015, 9, 14)), ("", PartialDate(2015, 9)),
        ("", PartialDate(2015)), ("ashworth", PartialDate(2015)), ("", None, "bb11 1aa"), ("bb111aa",), ("jake", None, "BB111AA"), ("jakey",),
    ],
    ids=str,
)  # fmt: skip
def test_jake_is_found_by_whatever_is_known_of_him(typed, found, ashworths, cast, as_):
    with as_(cast.family_worker):
        move_home(by=cast.family_worker, people=[ashworths["Jake"]], address="4 Tanner Street", postcode="BB11 1AA")
        add_name(by=cast.family_worker, person=ashworths["Jake"], kind="alias", given_name="Jakey", family_name="Holt")
    assert found(cast.family_worker, *typed) == ["Jake Ashworth"]


@pytest.mark.parametrize(
    "typed",
    [
        ("",),
        ("   ",),
        ("%",),
        ("_",),
        ("jake holt",),
        ("jake", PartialDate(2016)),
        ("", None, "BB1"),
        ("PE-3333333",),
        ("x" * 500,),
    ],
    ids=str,
)
def test_nobody_is_found_by_what_is_not_theirs_or_says_nothing(typed, found, cast):
    assert found(cast.family_worker, *typed) == []


def test_a_reference_of_a_person_or_of_a_family_finds_them(found, family, ashworths, cast):
    assert found(cast.family_worker, ashworths["Mia"].reference.lower()) == ["Mia Ashworth"]
    assert sorted(found(cast.family_worker, family.reference)) == ["Jake Ashworth", "Kelly Ashworth", "Mia Ashworth"]


@pytest.mark.parametrize(
    "role", ["other_family_worker", "practitioner", "elected_member", "information_governance", "other_manager"]
)
def test_whoever_may_not_open_the_family_finds_nobody_by_any_of_it(role, found, family, ashworths, cast):
    user = getattr(cast, role)
    for typed in ("Jake Ashworth", ashworths["Jake"].reference, family.reference):
        assert found(user, typed) == []
    assert found(user, "", PartialDate(2015, 9, 14)) == []


def test_a_search_of_many_is_paged_by_name_and_each_page_costs_the_same(
    found, family, cast, area, as_, django_assert_num_queries
):
    by = cast.family_worker
    with as_(by):
        other = open_family(by=by, name="Many", area=area)
        for number in range(30):
            add_person(by=by, family=other, role="child", given_name=f"Zed{number:02}", family_name="Many")
        with django_assert_num_queries(4):
            page = find_people(by, Wanted("many"))
        assert (len(page.rows), page.more, page.rows[0].full_name) == (25, True, "Zed00 Many")
        with django_assert_num_queries(4):
            page = find_people(by, Wanted("many"), page="2")
        assert (len(page.rows), page.more) == (5, False)
    assert found(by, "many", page="999") == []


def test_the_search_page_shows_who_was_found_records_one_search_and_forgives_nonsense(
    cast, as_client, family, ashworths
):
    client = as_client(cast.family_worker)
    assert "Whom are you looking for" in client.get("/people/find/").content.decode()
    page = client.get("/people/find/?words=jake").content.decode()
    assert ">Find</button>" in page and ">Apply</button>" not in page
    assert "Jake Ashworth" in page and "14 September 2015" in page
    assert "Nobody was found" in client.get("/people/find/?words=nobody+there").content.decode()
    assert client.get("/people/find/?words=jake&page=-3&born-day=99").status_code == 200
    assert "Nothing to look for" in client.get("/people/find/?postcode=zzz").content.decode()
