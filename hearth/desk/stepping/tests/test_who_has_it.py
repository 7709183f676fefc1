"""While social care has a case its pages say who, since when and what they answered, and that early help's work waits."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.cases.steps import queries
from hearth.casework.cases.steps.actions import accept_step_down
from hearth.casework.cases.steps.tests.conftest import AGREED
from hearth.foundation.core import clock
from hearth.foundation.ui.filters import day


def _pages(case: Any) -> list[str]:
    return [reverse("family", args=[case.family.reference]), reverse("team", args=[case.reference])]


def test_the_overview_and_the_team_say_who_in_social_care_has_the_case(
    accepted: Any, case: Any, cast: Any, as_client: Any
) -> None:
    hub, lead = cast.safeguarding_hub_social_worker, cast.family_worker
    said = [
        f"With children&#39;s social care since {day(clock.today())}",
        f"<strong>{hub.full_name}, {hub.organisation_name}</strong>",
        "A social worker visits on Monday.",
        f'href="{reverse("step", args=[accepted.reference])}"',
        f"{lead.full_name} stays the lead practitioner in early support, and may go on writing in the record.",
        "What early support planned waits until children&#39;s social care hands the case back.",
    ]
    for who in (lead, cast.manager, hub):
        for path in _pages(case):
            page = as_client(who).get(path).content.decode()
            assert [words for words in said if words not in page] == [], (who, path)
    overview = as_client(lead).get(_pages(case)[0]).content.decode()
    assert "Lead practitioner in early support" in overview and "Social worker" in overview
    assert overview.index("With children") < overview.index("The case</h2>")


def test_nobody_else_is_told_who_has_it(accepted: Any, case: Any, cast: Any, as_: Any, as_client: Any) -> None:
    with as_(cast.family_worker):
        case.refresh_from_db()
        pages = _pages(case)
        assert queries.with_social_care(cast.family_worker, case) == accepted
    for who in (cast.other_manager, cast.practitioner, cast.charity_manager, cast.elected_member):
        with as_(who):
            assert queries.with_social_care(who, case) is None
        for path in pages:
            answer = as_client(who).get(path)
            assert answer.status_code == 404 and "social care since" not in answer.content.decode()


@pytest.mark.parametrize("page", [0, 1])
def test_a_case_that_waits_or_came_back_says_nothing_of_it_and_its_page_asks_for_it_once(
    page: int, up: Any, case: Any, cast: Any, as_client: Any, request: Any, as_: Any
) -> None:
    client, path = as_client(cast.family_worker), _pages(case)[page]
    client.get(path)

    def asked() -> tuple[str, int]:
        with CaptureQueriesContext(connection) as statements:
            shown = client.get(path).content.decode()
        about = [q["sql"] for q in statements if "steps_carestep" in q["sql"] and "order by" in q["sql"].lower()]
        return shown, sum('"decided_at" DESC' in sql for sql in about)

    shown, times = asked()
    assert "social care since" not in shown and times == 0
    down = request.getfixturevalue("down")
    shown, times = asked()
    assert "social care since" in shown and times == 1
    with as_(cast.front_door_officer):
        accept_step_down(by=cast.front_door_officer, step=down, basis=AGREED)
    shown, times = asked()
    assert "social care since" not in shown and times == 0
