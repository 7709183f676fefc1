"""A family that comes back: the front door answers, the lead is told that they have it, and the social worker reads what was said."""

import re
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.cases.models import DueItem
from hearth.casework.cases.steps.actions import accept_step_down, decline_step_down, read_step_answer
from hearth.casework.cases.steps.tests.conftest import AGREED
from hearth.desk.waiting import waiting_for
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused

BACK = "The Ashworth family is stepped down to you: agree what comes next"


def _waiting(who: Any, as_: Any) -> dict[str, str]:
    with as_(who):
        return {each.words: each.url for each in waiting_for(who)}


def _take_back(down: Any, cast: Any, as_: Any) -> None:
    with as_(cast.front_door_officer):
        accept_step_down(by=cast.front_door_officer, step=down, basis=AGREED, answer="Joanne carries on.")


def test_while_it_waits_the_pages_say_that_the_front_door_of_the_district_answers(
    down: Any, case: Any, cast: Any, as_client: Any
) -> None:
    front_door = f"The front door of {case.area.name}"
    client = as_client(cast.family_worker)
    for name, reference in (("family", case.family.reference), ("case", case.reference)):
        shown = re.sub(r"\s+", " ", client.get(reverse(name, args=[reference])).content.decode())
        shown = shown.replace("</a></th>", "</th>")  # what is due may be a link
        assert f"Answer a step down from children&#39;s social care</th><td>{front_door}</td>" in shown, name
    assert front_door in client.get(reverse("step", args=[down.reference])).content.decode()


def test_a_step_up_that_waits_says_who_answers_and_one_that_was_answered_does_not(
    up: Any, cast: Any, as_client: Any, request: Any
) -> None:
    client, page = as_client(cast.family_worker), reverse("step", args=[up.reference])
    assert "Children&#39;s social care: any social worker of the hub" in client.get(page).content.decode()
    request.getfixturevalue("accepted")
    assert "Who answers" not in client.get(page).content.decode()


def test_the_lead_finds_the_family_that_is_theirs_again_until_they_have_read_it(
    down: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    lead, page = cast.family_worker, reverse("step", args=[down.reference])
    assert BACK not in _waiting(lead, as_)
    _take_back(down, cast, as_)
    assert _waiting(lead, as_)[BACK] == page
    for other in (cast.manager, cast.front_door_officer, cast.safeguarding_hub_social_worker, cast.other_family_worker):
        assert BACK not in _waiting(other, as_)
    client = as_client(lead)
    assert BACK in client.get(reverse("home")).content.decode()
    assert "I have read the answer" in client.get(page).content.decode()
    assert client.post(reverse("read_step_answer", args=[down.reference])).status_code == 302
    assert BACK not in _waiting(lead, as_)
    assert "I have read the answer" not in client.get(page).content.decode()
    with as_(lead):  # it was read; what comes next is still to be agreed
        assert DueItem.objects.filter(kind="stepped_down", owner=lead, done_at=None).exists()


def test_it_leaves_when_what_comes_next_is_agreed(down: Any, cast: Any, as_: Any) -> None:
    _take_back(down, cast, as_)
    with as_(cast.family_worker):
        DueItem.objects.filter(kind="stepped_down").update(done_at=clock.now())
    assert BACK not in _waiting(cast.family_worker, as_)


@pytest.mark.parametrize("who", ["manager", "front_door_officer", "other_manager", "practitioner"])
def test_nobody_else_says_that_the_lead_has_read_it(who: str, down: Any, cast: Any, as_: Any) -> None:
    _take_back(down, cast, as_)
    user = getattr(cast, who)
    if who in ("manager", "front_door_officer"):
        with as_(user), pytest.raises(Refused) as refused:
            read_step_answer(by=user, step=down)
        assert refused.value.refusal.code == "steps.not_yours"
    assert BACK in _waiting(cast.family_worker, as_)


def test_the_social_worker_reads_whose_step_down_was_declined_and_no_name_once_the_family_is_not_theirs(
    down: Any, cast: Any, as_: Any, as_client: Any, case: Any
) -> None:
    hub, officer = cast.safeguarding_hub_social_worker, cast.front_door_officer
    with as_(officer):
        decline_step_down(by=officer, step=down, decline_reason="not_ready", answer="Finish the assessment first.")
    declined = f"Your step down {down.reference} of the Ashworth family was declined: read why"
    assert _waiting(hub, as_)[declined] == reverse("step", args=[down.reference])
    assert declined in as_client(hub).get(reverse("home")).content.decode()
    assert not [words for words in _waiting(cast.other_manager, as_) if down.reference in words]


def test_a_family_that_was_taken_back_is_not_named_to_the_social_worker(down: Any, cast: Any, as_: Any) -> None:
    _take_back(down, cast, as_)
    found = _waiting(cast.safeguarding_hub_social_worker, as_)
    assert f"Your step down {down.reference} was accepted: read the answer" in found
    assert not [words for words in found if "Ashworth" in words]
