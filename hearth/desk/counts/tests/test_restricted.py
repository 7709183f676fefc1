"""No figure changes because a restricted person exists: a family counts through its other people, or not at all."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hearth.casework.front_door.models import RequestPerson
from hearth.casework.front_door.triage.actions import match_person
from hearth.desk.counts.assessed.queries import Wanted, assessments_made, counted_assessments, counted_referrals
from hearth.desk.counts.assessed.queries import referrals_made as referrals
from hearth.desk.counts.queries import counts_of_districts
from hearth.desk.counts.tests.test_assessed import asked, begun, family_with_case
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.people.actions import add_person, end_membership
from hearth.records.people.restrictions.actions import grant_restricted_access, lift_restriction, place_restriction


@pytest.fixture
def restrict(cast: Any) -> Callable[[Any], Any]:
    """Restrict a record."""

    def place(record: Any) -> Any:
        with acting_as(cast.information_governance):
            return place_restriction(by=cast.information_governance, reference=record.reference, reason="A refuge.")

    return place


def people_of(cast: Any, family: Any, *more: str) -> list[Any]:
    """The child that the family has, and others that are added."""
    by = cast.family_worker
    for name in more:
        with acting_as(by):
            add_person(by=by, family=family, role="parent", given_name=name, family_name=family.name, sex="F")
    with acting_as(cast.county_manager):  # who may open it after its case is closed too
        return [each.person for each in family.memberships.select_related("person").order_by("created_at", "id")]


def in_counts(reader: Any) -> tuple[int, int, int, int]:
    """Requests in 4 weeks and in a year, open cases and cases closed in a year, in all districts."""
    with acting_as(reader):
        total = counts_of_districts(reader)[1]
    return (total.requests_in_month, total.requests_in_year, total.open_cases, total.closed_in_year)


def test_a_family_counts_through_its_other_people_and_not_at_all_when_all_are_restricted(
    cast: Any, case_ago: Any, restrict: Any
) -> None:
    case, closed = case_ago("Zzquilone", 5), case_ago("Zzquiltwo", 400, closed=30)
    child, mother = people_of(cast, case.family, "Ada")
    (only,) = people_of(cast, closed.family)
    assert in_counts(cast.analyst) == (0, 0, 1, 1)
    row = restrict(child)
    assert in_counts(cast.analyst) == (0, 0, 1, 1), "as if the child were not there"
    restrict(mother)
    assert in_counts(cast.analyst) == (0, 0, 0, 1)
    restrict(only)
    for key in ("analyst", "manager", "elected_member", "board_member"):
        assert in_counts(getattr(cast, key)) == (0, 0, 0, 0), key
    with acting_as(cast.information_governance):
        lift_restriction(
            reason="The threat has passed.", by=cast.information_governance, restriction=row, reference=child.reference
        )
    assert in_counts(cast.analyst) == (0, 0, 1, 0)


def test_whoever_left_a_family_does_not_count_it(cast: Any, case_ago: Any, restrict: Any) -> None:
    """He left; she and the child are in a refuge: the case is theirs alone."""
    case = case_ago("Zzquilone", 5)
    child, mother, father = people_of(cast, case.family, "Ada", "Bob")
    with acting_as(cast.family_worker):
        left = case.family.memberships.get(person=father)
        end_membership(by=cast.family_worker, membership=left, until_on=clock.today())
    restrict(child)
    assert in_counts(cast.analyst) == (0, 0, 1, 0)
    restrict(mother)
    assert in_counts(cast.analyst) == (0, 0, 0, 0)


@pytest.fixture
def asked_for(cast: Any, family: Any, ask_ago: Any) -> list[Any]:
    """Kelly and Jake, whom a request names that no family has come of."""
    request, officer = ask_ago(2), cast.front_door_officer
    assert in_counts(cast.analyst) == (1, 1, 0, 0)
    with acting_as(officer):
        people = [each.person for each in family.memberships.select_related("person").order_by("created_at")][:2]
        for typed, person in zip(RequestPerson.objects.filter(request=request).order_by("place"), people, strict=True):
            match_person(by=officer, request=request, typed=typed, person=person)
    return people


def test_a_request_of_people_of_a_restricted_family_alone_is_in_no_figure(
    cast: Any, family: Any, asked_for: list[Any], restrict: Any
) -> None:
    restrict(family)
    assert in_counts(cast.analyst) == (0, 0, 0, 0)


def test_a_request_of_restricted_people_alone_is_in_no_figure(cast: Any, asked_for: list[Any], restrict: Any) -> None:
    kelly, jake = asked_for
    restrict(kelly)
    assert in_counts(cast.analyst) == (1, 1, 0, 0), "as if it named the other alone"
    restrict(jake)
    assert in_counts(cast.analyst) == (0, 0, 0, 0)


@pytest.fixture
def figures(cast: Any) -> Callable[..., tuple[tuple[int, int], tuple[int, int]]]:
    """Of assessments and of referrals, as somebody reads them: how many were counted, and how many they may open."""

    def read(reader: Any = None) -> tuple[tuple[int, int], tuple[int, int]]:
        reader = reader or cast.county_manager
        with clock.frozen(dt.date(2026, 5, 22)), acting_as(reader):
            made, stepped = counted_assessments(reader, Wanted(column="begun")), counted_referrals(reader, Wanted())
            assert made.counted == assessments_made(reader, Wanted()).total.figures[0]
            assert stepped.counted == referrals(reader, Wanted()).total.figures[0]
            assert [len(each.page.rows) for each in (made, stepped)] == [made.may_open, stepped.may_open]
        return (made.counted, made.may_open), (stepped.counted, stepped.may_open)

    return read


@pytest.fixture
def helped(cast: Any, area: Any) -> list[Any]:
    """Two families in May, each with an assessment begun and social care asked."""
    with clock.frozen(dt.datetime(2026, 5, 21, 10, tzinfo=clock.LONDON)):
        cases = [family_with_case(cast, area, name) for name in ("Oakley", "Penny")]
        for case in cases:
            begun(cast.family_worker, case)
            asked(cast.family_worker, case)
    return cases


def test_what_was_counted_and_what_may_be_opened_agree_whoever_is_restricted(
    cast: Any, helped: list[Any], figures: Any, restrict: Any
) -> None:
    child, mother = people_of(cast, helped[0].family, "Ada")
    assert figures() == ((2, 2), (2, 2))
    restrict(child)
    assert figures() == ((2, 2), (2, 2)), "the family counts through her mother"
    assert figures(cast.board_member) == ((2, 0), (2, 0))
    restrict(mother)
    assert figures() == ((1, 1), (1, 1))
    assert figures(cast.board_member) == ((1, 0), (1, 0))


def test_whoever_is_named_for_a_restricted_person_opens_no_more_than_was_counted(
    cast: Any, helped: list[Any], figures: Any, restrict: Any
) -> None:
    (child,) = people_of(cast, helped[0].family)
    row, ig = restrict(child), cast.information_governance
    with acting_as(ig):
        grant_restricted_access(
            by=ig, restriction=row, reference=child.reference, user=cast.county_manager, reason="Her manager.",
            until_on=clock.today() + dt.timedelta(days=10),
        )  # fmt: skip
    assert figures() == ((1, 1), (1, 1))
