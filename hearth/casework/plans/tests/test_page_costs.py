"""What a page of a plan costs: the same queries however many outcomes, actions and meetings there are."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.plans.meetings.actions import plan_meeting, record_meeting
from hearth.casework.plans.models import Meeting, Outcome, PlanAction
from hearth.casework.plans.queries import timeline_entries
from hearth.casework.plans.tests.conftest import WHOLE
from hearth.foundation.core import clock


@pytest.mark.parametrize("name", ["plan_by_reference", "print_plan", "distance_travelled", "record_review", "reviews"])
def test_a_page_costs_the_same_queries_at_1_and_at_40_outcomes(cast, full, kelly, as_, as_client, name):
    client, address = as_client(cast.family_worker), reverse(name, args=[full.reference])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    with as_(cast.family_worker):
        Outcome.objects.bulk_create(
            Outcome(plan=full, family=full.family, number=n, person=kelly, **{**WHOLE, "want": f"Outcome {n}"})
            for n in range(2, 41)
        )
        PlanAction.objects.bulk_create(
            PlanAction(
                plan=full,
                family=full.family,
                number=n,
                outcome=outcome,
                what="x",
                due_on=clock.today(),
                state="to_do",
                person=kelly,
            )
            for n, outcome in enumerate(Outcome.objects.filter(plan=full), start=2)
        )
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(many) == len(few)


def test_a_case_with_many_meetings_costs_the_same_queries_as_with_one(cast, case, agreed, kelly, as_, as_client):
    by, client, counted = cast.family_worker, as_client(cast.family_worker), []
    for how_many in (1, 20):
        with as_(by):
            for day in range(Meeting.objects.filter(case=case).count(), how_many):
                moment = clock.now() + dt.timedelta(days=day)
                made = plan_meeting(by=by, case=case, kind="first", planned_for=moment, invited=[by, kelly, "Gran"])
            if how_many == 20:
                record_meeting(by=by, meeting=made, held_on=clock.today(), attendance={}, minutes="x", seen_version=1)
        client.get(reverse("meetings", args=[case.reference]))
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("meetings", args=[case.reference])).status_code == 200
        counted.append(len(found))
    assert counted[0] == counted[1]


def test_what_happened_is_told_in_one_query(cast, full, as_, django_assert_num_queries):
    with as_(cast.family_worker), django_assert_num_queries(1):
        entries = timeline_entries(cast.family_worker, full.family)
    assert {entry.title for entry in entries} == {
        "Early support plan agreed with the family",
        "A meeting of the team around the family was planned",
        "Review 1 of the plan",
        "Review 2 of the plan",
    }
    assert {entry.url for entry in entries} >= {reverse("plan_by_reference", args=[full.reference])}
    with as_(cast.other_manager):
        assert timeline_entries(cast.other_manager, full.family) == []
