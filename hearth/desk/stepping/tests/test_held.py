"""What a social worker of the hub accepted is on their first page and in their list of cases until it comes back."""

from typing import Any

from django.urls import reverse

from hearth.casework.cases.steps.actions import accept_step_down
from hearth.casework.cases.steps.queries import held_step_ups
from hearth.casework.cases.steps.tests.conftest import AGREED
from hearth.desk import queries

HELD = "Cases you hold in children&#39;s social care"


def _mine(reader: Any) -> list[str]:
    return [row.family_name for row in queries.cases(reader, queries.Wanted()).rows]


def test_a_case_that_was_accepted_has_its_place_in_the_social_workers_own_work_until_it_comes_back(
    up: Any, case: Any, cast: Any, as_: Any, as_client: Any, request: Any
) -> None:
    hub, officer = cast.safeguarding_hub_social_worker, cast.front_door_officer
    client = as_client(hub)
    with as_(cast.family_worker):
        links = [reverse("family", args=[case.family.reference]), reverse("step", args=[up.reference])]
    before = client.get(reverse("home")).content.decode()
    assert HELD in before and "You hold no case" in before and "You lead no open case" not in before
    assert "You lead or hold no case like this" in client.get(reverse("work")).content.decode()

    down = request.getfixturevalue("down")  # it was accepted, and the front door has still to answer
    home, work = client.get(reverse("home")).content.decode(), client.get(reverse("work")).content.decode()
    listed = home[home.index(f">{HELD}<") :]
    assert [link for link in links if f'href="{link}"' not in listed] == []
    assert "case you hold" in home and "case you lead" not in home and "cases you lead" not in home
    assert "Ashworth" in work and "selected>My cases" in work.replace('selected="selected"', "selected")
    with as_(hub):
        assert _mine(hub) == ["Ashworth"]
        assert queries.cases(hub, queries.Wanted("led")).rows == []

    with as_(officer):
        accept_step_down(by=officer, step=down, basis=AGREED)
    with as_(hub):
        assert held_step_ups(hub) == [] and _mine(hub) == []
    assert "You hold no case" in client.get(reverse("home")).content.decode()


def test_nobody_else_holds_it(accepted: Any, cast: Any, as_: Any, as_client: Any) -> None:
    for who in (cast.manager, cast.other_manager, cast.practitioner, cast.charity_manager):
        with as_(who):
            assert held_step_ups(who) == [] and _mine(who) == []
    for who in (cast.manager, cast.family_worker):
        page = as_client(who).get(reverse("home")).content.decode()
        assert HELD not in page and "you hold" not in page
    with as_(cast.family_worker):
        assert _mine(cast.family_worker) == ["Ashworth"], "whoever leads leads still"
