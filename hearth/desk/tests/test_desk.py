"""The desk: each person sees their own work, in a fixed number of queries."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.cases.actions import close_case, name_lead, open_case
from hearth.casework.cases.due import set_due
from hearth.desk import queries
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.text import fold
from hearth.records.people.actions import add_person, open_family
from hearth.records.people.models import Person


def some_families(by: Any, area: Any, count: int) -> None:
    """Families with a case each, led by `by`, something due on different days."""
    with acting_as(by):
        for number in range(count):
            family = open_family(by=by, name=f"Family{number:02}", area=area)
            add_person(by=by, family=family, role="child", given_name="Sam", family_name=f"Family{number:02}")
            case = open_case(by=by, family=family, lead=by)
            set_due(
                case=case,
                kind="plan",
                what="Make the plan",
                due_on=clock.today() + dt.timedelta(days=number - 3),
                owner=by,
            )


def test_what_is_due_comes_latest_first_and_only_mine(cast: Any, area: Any, other_area: Any) -> None:
    some_families(cast.family_worker, area, 4)
    some_families(cast.other_family_worker, other_area, 2)
    with acting_as(cast.family_worker):
        due = queries.due_for(cast.family_worker)
    assert [item["family_name"] for item in due.rows] == ["Family00", "Family01", "Family02", "Family03"]


def test_a_manager_sees_the_areas_cases_and_a_worker_their_own(cast: Any, area: Any, other_area: Any) -> None:
    some_families(cast.family_worker, area, 3)
    some_families(cast.other_family_worker, other_area, 2)
    everything = queries.Wanted(whose="all")
    for who, count in {
        "manager": 3,
        "other_manager": 2,
        "county_manager": 5,
        "family_worker": 3,
        "practitioner": 0,
        "charity_manager": 0,
    }.items():
        with acting_as(getattr(cast, who)):
            assert len(queries.cases(getattr(cast, who), everything).rows) == count, who


def test_the_list_can_be_narrowed_and_sorted(cast: Any, area: Any) -> None:
    some_families(cast.family_worker, area, 6)
    worker = cast.family_worker
    with acting_as(worker):

        def names(**kwargs: Any) -> list[str]:
            order = kwargs.pop("order_by", "next_due_on")
            return [row.family_name for row in queries.cases(worker, queries.Wanted(**kwargs), order_by=order).rows]

        assert names(due="late") == ["Family00", "Family01", "Family02"]
        assert names(due="none") == []
        assert names(name="family0")[:2] == ["Family00", "Family01"]
        assert names(order_by="-family__folded_name")[0] == "Family05"
        assert names(whose="nobody") == []


def test_the_list_is_sorted_by_whoever_leads_now_and_what_nobody_leads_comes_last(cast: Any, area: Any) -> None:
    worker, other, manager = cast.family_worker, cast.other_family_worker, cast.manager
    assert fold(other.full_name) > fold(worker.full_name)
    with acting_as(manager):
        families = [open_family(by=manager, name=name, area=area) for name in ("Unled", "Other", "Mine")]
        cases = [
            open_case(by=manager, family=each, lead=lead)
            for each, lead in zip(families, (None, other, worker), strict=True)
        ]

        def names(order_by: str) -> list[str]:
            found = queries.cases(manager, queries.Wanted(whose="all"), order_by=order_by)
            return [row.family_name for row in found.rows]

        by_lead = queries.SORTS["lead"]
        assert (names(by_lead), names(f"-{by_lead}")) == (["Mine", "Other", "Unled"], ["Other", "Mine", "Unled"])
        name_lead(by=manager, case=cases[0], lead=worker)
        name_lead(by=manager, case=cases[2], lead=other)
        assert names(by_lead)[0] == "Unled" and set(names(by_lead)[1:]) == {"Other", "Mine"}


def test_a_name_is_found_by_its_first_letters_and_by_nothing_else(cast: Any, area: Any) -> None:
    worker = cast.family_worker
    with acting_as(worker):
        for name in ("Béa", "Bea\U0001f600", "Beaumont", "Bed", "Be'a-Zed", "Abea", "Be"):
            open_case(by=worker, family=open_family(by=worker, name=name, area=area), lead=worker)

        def named(typed: str) -> set[str]:
            return {row.family_name for row in queries.cases(worker, queries.Wanted(name=typed)).rows}

        assert named("Bea") == {"Béa", "Bea\U0001f600", "Beaumont", "Be'a-Zed"}
        assert named("BEA z") == {"Be'a-Zed"} and named("%") == named("") and named("Be_") == named("Be")


def test_a_name_typed_into_the_list_is_a_search_on_record_once(as_client: Any, cast: Any, area: Any) -> None:
    some_families(cast.family_worker, area, 3)
    client = as_client(cast.manager)

    def searches() -> list[Any]:
        with acting_as(cast.manager, using="audit"):
            rows = AuditEvent.objects.using("audit").filter(verb="desk.cases_searched", actor_id=cast.manager.pk)
            return [row.detail for row in rows]

    client.get("/cases/?whose=all")
    assert searches() == []
    client.get("/cases/?whose=all&name=Family0")
    client.get("/cases/?whose=all&name=Family0&page=2")
    [detail] = searches()
    assert detail["found"] == 3 and "Family0" not in str(detail)


@pytest.mark.parametrize("slice_name", ["home", "work"])
def test_a_page_costs_the_same_queries_however_many_cases_there_are(
    slice_name: str, cast: Any, area: Any, as_client: Any
) -> None:
    client = as_client(cast.family_worker)
    client.get(reverse("home"))  # the first visit remembers when
    client.get(reverse("work"))  # and names of teams are remembered for half a minute
    some_families(cast.family_worker, area, 2)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert client.get(reverse(slice_name)).status_code == 200
    some_families(cast.family_worker, area, 25)
    with CaptureQueriesContext(connection) as many:
        assert client.get(reverse(slice_name)).status_code == 200
    assert len(many) == len(few)


def test_a_familys_page_is_for_those_who_may_open_it_and_the_look_is_on_record(
    cast: Any, case: Any, as_client: Any, kept_of: Any
) -> None:
    address = reverse("family", args=[case.family.reference])
    for who, status in {
        "family_worker": 200,
        "manager": 200,
        "front_door_officer": 200,
        "other_manager": 404,
        "practitioner": 404,
        "analyst": 404,
        "elected_member": 404,
    }.items():
        response = as_client(getattr(cast, who)).get(address)
        assert response.status_code == status, who
        if status == 404:
            assert "Ashworth" not in response.content.decode()
        looks = [event.family_id for event in kept_of(getattr(cast, who)) if event.verb == "desk.family_opened"]
        assert looks == ([case.family.pk] if status == 200 else []), who


def test_the_overview_and_the_chronology_open(cast: Any, case: Any, as_client: Any) -> None:
    client = as_client(cast.family_worker)
    overview = client.get(reverse("family", args=[case.family.reference])).content.decode()
    assert "Ashworth" in overview and case.reference in overview and cast.family_worker.full_name in overview
    assert client.get(reverse("chronology", args=[case.family.reference])).status_code == 200


def test_a_closed_case_leaves_the_list(cast: Any, case: Any) -> None:
    with acting_as(cast.family_worker):
        close_case(by=cast.family_worker, case=case, reason="outcomes_met", outcome="all_met", family_view="It helped.")
        assert not queries.cases(cast.family_worker, queries.Wanted(whose="all")).rows


def test_when_it_is_safe_to_reach_somebody_is_shown_without_a_number_too(cast: Any, case: Any, as_client: Any) -> None:
    with acting_as(cast.family_worker):
        people = Person.objects.filter(memberships__family=case.family)
        people.update(phone="", safe_to_contact="")
        people.filter(given_name="Kelly").update(safe_to_contact="Ring before 3pm, no messages")
    address = reverse("family", args=[case.family.reference])
    shown = " ".join(as_client(cast.family_worker).get(address).content.decode().split())
    assert "<strong>Kelly Ashworth</strong>, safe to contact: Ring before 3pm, no messages." in shown
    with acting_as(cast.family_worker):
        Person.objects.filter(given_name="Kelly", memberships__family=case.family).update(phone="01632 960 701")
    shown = " ".join(as_client(cast.family_worker).get(address).content.decode().split())
    assert "(Ring before 3pm, no messages)" in shown and "safe to contact: Ring" not in shown
