"""People of a list are matched under the agreement alone, told as numbers, and named to nobody who may not open them."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from hearth.casework.cases.actions import add_other_member, join_team, open_case
from hearth.commissioning.contracts.returns.models import ListedPerson, PeopleCheck, PeopleMatch, Return
from hearth.commissioning.contracts.returns.people import actions, queries
from hearth.commissioning.contracts.returns.tests.conftest import ASHWORTHS, NOBODY, csv_of, names
from hearth.foundation.core.refusals import Refused
from hearth.records.people.actions import add_person, open_family
from hearth.records.people.models import Person
from hearth.records.people.restrictions.actions import place_restriction
from hearth.records.sharing.agreements.actions import end_agreement


def totals(owner: Return, by: Any, as_: Any) -> tuple[int, int, int] | None:
    """The three totals as the authority reads them."""
    with as_(by):
        found = PeopleCheck.objects.filter(people__owner=owner).first()
        return (found.in_both, found.theirs, found.ours) if found else None


def test_three_totals_and_a_slip_of_the_pen_finds_its_person(
    now: Return, helped: list[Person], upload: Any, fill: Any, send: Any, check: Any, cast: Any, as_: Any
) -> None:
    listed = [("Kelley", "Ashworth", dt.date(1990, 5, 2)), ASHWORTHS[1], *NOBODY[:6]]
    people = upload(now, csv_of(*listed))
    send(fill(now, 9, 41, 8800))
    assert check(people) and check(people), "twice is once"
    assert totals(now, cast.development_officer, as_) == (2, 6, 1)
    with as_(cast.family_worker):
        assert not PeopleMatch.objects.exists(), "who opens the family, and not the contract, reads no total"


def test_in_another_quarter_nobody_was_helped(
    owner: Return, helped: Any, upload: Any, fill: Any, send: Any, check: Any, cast: Any, as_: Any
) -> None:
    people = upload(owner, csv_of(*ASHWORTHS))
    send(fill(owner, 9, 41, 8800))
    assert check(people)
    assert totals(owner, cast.development_officer, as_) == (0, 3, 0)


def test_casework_that_another_organisation_helps_is_not_the_providers(
    now: Return, case: Any, upload: Any, fill: Any, send: Any, check: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.family_worker):
        add_other_member(
            by=cast.family_worker,
            case=case,
            role="school",
            name="A teacher",
            organisation=cast.practitioner.organisation,
        )
    people = upload(now, csv_of(*ASHWORTHS))
    send(fill(now, 9, 41, 8800))
    check(people)
    assert totals(now, cast.development_officer, as_) == (0, 3, 0)


def test_whoever_may_open_the_family_reads_the_names_and_nobody_else(
    now: Return,
    helped: list[Person],
    upload: Any,
    fill: Any,
    send: Any,
    check: Any,
    cast: Any,
    as_: Any,
    as_client: Any,
) -> None:
    people = upload(now, csv_of(*ASHWORTHS[:2]))
    send(fill(now, 9, 41, 8800))
    check(people)
    officer, commissioner = cast.development_officer, cast.commissioner  # the first opens open families of the district
    with as_(officer):
        assert [(each.many, each.opened) for each in queries.totals(officer, people)] == [(2, 2), (0, None), (1, 1)]
    with as_(commissioner):
        assert [(each.many, each.opened) for each in queries.totals(commissioner, people)] == [
            (2, 0),
            (0, None),
            (1, 0),
        ]
        assert not PeopleMatch.objects.exists() and not ListedPerson.objects.exists()
    page = as_client(officer).get(reverse("return_matches", args=[now.reference, "both"])).content.decode()
    assert "Kelly Ashworth" in page and "Mia" not in page
    for name in ("return_people", "quarterly_return"):
        assert "Kelly" not in as_client(commissioner).get(reverse(name, args=[now.reference])).content.decode()
    page = as_client(commissioner).get(reverse("return_matches", args=[now.reference, "both"])).content.decode()
    assert "Kelly" not in page and "0 of 2" in page


def test_no_name_and_no_small_number_goes_back_to_the_provider(
    now: Return, helped: Any, upload: Any, fill: Any, send: Any, check: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    people = upload(now, csv_of(*ASHWORTHS[:2], *NOBODY))
    send(fill(now, 9, 41, 8800))
    check(people)
    with as_(cast.provider):
        told = queries.told(people)
        assert told is not None and (told.listed, told.both, told.theirs, told.ours) == (14, None, None, None)
        assert not PeopleCheck.objects.exists() and not PeopleMatch.objects.exists()
    client = as_client(cast.provider)
    page = client.get(reverse("return_people", args=[now.reference])).content.decode()
    assert page.count("Few") >= 3 and "Mia" not in page
    assert client.get(reverse("return_matches", args=[now.reference, "both"])).status_code == 404
    table = client.post(reverse("download_returns"), {"table": "totals", "of": now.reference}).content.decode()
    assert ",2" not in table and "In casework alone" not in table


@pytest.fixture
def crowd(agreement: Any, cast: Any, area: Any, as_: Any) -> list[tuple[str, str, dt.date]]:
    """Six children of a family in which the charity helps."""
    by, found = cast.family_worker, [(f"Wren{chr(97 + n)}", "Thistlewood", dt.date(2012, 1, 1 + n)) for n in range(6)]
    with as_(by):
        family = open_family(by=by, name="Thistlewood", area=area)
        for given, name, born in found:
            add_person(
                by=by,
                family=family,
                role="child",
                given_name=given,
                family_name=name,
                born_on=born,
                birth_precision="full",
                sex="F",
            )
        case = open_case(by=by, family=family, because="assessment", lead=by)
        join_team(by=by, case=case, user=cast.charity_worker, role="support")
    return found


def test_large_numbers_are_told_and_a_list_with_one_more_tells_nothing_anew(
    now: Return, crowd: Any, upload: Any, fill: Any, send: Any, check: Any, ask: Any, answer: Any, cast: Any, as_: Any
) -> None:
    people = upload(now, csv_of(*crowd[:5], *NOBODY[:5]))
    send(fill(now, 9, 41, 8800))
    check(people)
    with as_(cast.provider):
        told = queries.told(people)
        assert told is not None and (told.both, told.theirs, told.ours, told.is_of_this_list) == (5, 5, None, True)
    query = ask(now, part="people", question="Is everybody there?")
    with as_(cast.provider):
        given, name, _ = crowd[5]
        actions.add_person_to_list(
            by=cast.provider, owner=now, given_name=given, family_name=name, born=None, postcode=""
        )
        actions.add_person_to_list(by=cast.provider, owner=now, given_name=NOBODY[6][0], family_name="Quillfeather")
    answer(now, query)
    check(people)
    with as_(cast.provider):
        told = queries.told(people)
        assert told is not None and (told.both, told.theirs, told.is_of_this_list) == (5, 5, False), (
            "two more would tell of each"
        )
    assert totals(now, cast.development_officer, as_) is not None
    query = ask(now, part="people", question="And now?")
    upload(now, csv_of(*crowd, *NOBODY))
    answer(now, query)
    check(people)
    with as_(cast.provider):
        told = queries.told(people)
        assert told is not None and (told.both, told.theirs, told.ours, told.is_of_this_list) == (6, 12, 0, True)


def test_before_it_is_sent_the_provider_is_told_nothing(
    now: Return, crowd: Any, upload: Any, check: Any, cast: Any, as_: Any
) -> None:
    people = upload(now, csv_of(*crowd[:5], *NOBODY[:5]))
    check(people)
    with as_(cast.provider):
        assert queries.told(people) is None


def test_whoever_is_restricted_is_in_no_total(
    now: Return, helped: list[Person], upload: Any, fill: Any, send: Any, check: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=helped[1].reference, reason="Danger")
    people = upload(now, csv_of(*ASHWORTHS))
    send(fill(now, 9, 41, 8800))
    check(people)
    assert totals(now, cast.development_officer, as_) == (2, 1, 0)


def test_once_the_agreement_ends_nothing_is_matched_any_more(
    now: Return,
    helped: Any,
    agreement: Any,
    upload: Any,
    fill: Any,
    send: Any,
    check: Any,
    cast: Any,
    as_: Any,
    as_client: Any,
) -> None:
    people = upload(now, csv_of(*ASHWORTHS))
    send(fill(now, 9, 41, 8800))
    with as_(cast.information_governance):
        end_agreement(by=cast.information_governance, agreement=agreement, why="Not renewed")
    assert check(people) is False
    assert totals(now, cast.development_officer, as_) is None
    page = as_client(cast.development_officer).get(reverse("return_people", args=[now.reference])).content.decode()
    assert "ended on" in page and "nobody is matched" in page


def test_nobody_else_has_a_list_checked(
    now: Return, helped: Any, upload: Any, check: Any, other_provider: Any, cast: Any, as_: Any
) -> None:
    people = upload(now, csv_of(*ASHWORTHS))
    for by in (other_provider, cast.analyst, cast.information_governance, cast.family_worker):
        with as_(by), connection.cursor() as cursor:
            cursor.execute("select hearth_check_people(%s)", [people.pk])
            assert cursor.fetchone() == (False,), by
            cursor.execute("select count(*) from hearth_told_totals(%s)", [people.pk])
            assert cursor.fetchone() == (0,)


def test_somebody_is_erased_by_name_from_every_list(
    now: Return, helped: Any, upload: Any, fill: Any, send: Any, check: Any, cast: Any, as_: Any
) -> None:
    people = upload(now, csv_of(*ASHWORTHS))
    send(fill(now, 9, 41, 8800))
    check(people)
    for by in (cast.provider, cast.commissioner, cast.development_officer):
        for do in (actions.erase_listed, actions.find_listed):
            with as_(by), pytest.raises(Refused):
                do(by=by, given_name="Kelly", family_name="Ashworth", why="R-1")
    by = cast.information_governance
    with as_(by):
        found = actions.find_listed(by=by, given_name="Kelly", family_name="ashworth", why="A subject asks")
        assert [(each.given_name, each.people_id) for each in found] == [("Kelly", people.pk)], (
            "an answer to a subject finds them"
        )
        assert actions.erase_listed(by=by, given_name="KELLY", family_name="Ashworth", why="R-1") == 1
        assert not queries.named(by, "kelly ashworth")
    assert names(now, cast, as_) == ["Jake", "Mia"]
    with as_(cast.development_officer):
        assert PeopleMatch.objects.filter(side="both").count() == 2, "nor in who is behind a total"
    assert totals(now, cast.development_officer, as_) == (3, 0, 0), "what was counted stands"
