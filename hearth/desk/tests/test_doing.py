"""Each thing that is due is a link to the page on which it is done, for whoever may open that page."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.cases.due import set_due
from hearth.casework.cases.reaching.actions import plan_try, start_reaching
from hearth.casework.plans.actions import due_review, start_plan
from hearth.casework.plans.meetings.actions import plan_meeting
from hearth.casework.plans.who_does_what.actions import add_action
from hearth.desk import queries
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.people.access.actions import give_access


@pytest.fixture
def pages(cast: Any, case: Any) -> dict[str, str]:
    """One thing of each of these kinds is due from the lead; and the page on which each is done."""
    by, today = cast.family_worker, clock.today()
    with acting_as(by):
        plan = start_plan(by=by, case=case, type="early_help")
        add_action(by=by, plan=plan, what="Ring the breakfast club", due_on=today, who=by)
        due_review(plan, today)
        soon = clock.now() + dt.timedelta(hours=1)
        plan_meeting(by=by, case=case, kind="first", planned_for=soon, invited=[by])
        tried = start_reaching(by=by, case=case, noticed="Nobody in.", in_the_way="Shifts.", approach="Evenings.")
        plan_try(by=by, plan=tried, way="visit", what="Ring first.", planned_on=today, by_user=by)
        for kind in ("closing", "step_up"):
            set_due(case=case, kind=kind, what=kind, due_on=today, owner=by)
    return {
        "plan": reverse("plan", args=[case.reference]),
        "action": f"{reverse('plan', args=[case.reference])}#action-1",
        "review": reverse("record_review", args=[plan.reference]),
        "meeting": reverse("meeting", args=[case.reference, 1]),
        "reaching": reverse("record_try", args=[case.reference, 1]),
        "closing": reverse("close_case", args=[case.reference]),
        "step_up": reverse("request_step_up", args=[case.reference]),
    }


def test_each_line_of_the_to_do_list_leads_to_where_it_is_done(
    cast: Any, case: Any, pages: dict[str, str], as_client: Any
) -> None:
    client = as_client(cast.family_worker)
    with acting_as(cast.family_worker):
        rows = {row["kind"]: row["href"] for row in queries.due_for(cast.family_worker).rows}
    assert rows == pages
    of_family = (reverse("family", args=[case.family.reference]), reverse("case", args=[case.reference]))
    for address in (reverse("home"), reverse("to_do"), *of_family):
        shown = client.get(address).content.decode()
        assert [each for each in pages.values() if f'<a class="govuk-link" href="{each}">' not in shown] == [], address
    assert {each: client.get(each).status_code for each in pages.values()} == dict.fromkeys(pages.values(), 200)


def test_who_only_reads_is_led_to_pages_that_open_for_them(
    cast: Any, case: Any, pages: dict[str, str], as_client: Any
) -> None:
    with acting_as(cast.family_worker):
        give_access(by=cast.family_worker, family=case.family, user=cast.analyst, why="team_around_family")
    with acting_as(cast.analyst):
        led = [item.href for item in queries.due_of(cast.analyst, case.family) if item.href]
    client = as_client(cast.analyst)
    assert led and {each: client.get(each).status_code for each in led} == dict.fromkeys(led, 200)
    assert not {pages[kind] for kind in ("review", "reaching", "closing", "step_up")} & set(led)


def test_links_cost_one_query_however_much_is_due(cast: Any, case: Any, pages: dict[str, str]) -> None:
    by = cast.family_worker
    with acting_as(by), CaptureQueriesContext(connection) as asked:
        queries.due_for(by)
    assert len(asked) <= 2
