"""Consent at each move is held against what is on record: a no, or a yes taken back, since the day it is said to be from."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.cases.steps.actions import accept_step_down, accept_step_up
from hearth.casework.cases.steps.models import BasisCheck, CareStep, Status
from hearth.casework.cases.steps.tests.conftest import AGREED, IN_DANGER
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.records.people.models import Person
from hearth.records.sharing.actions import record_consent, withdraw_consent
from hearth.records.sharing.said_no import said_no

TODAY = replace(AGREED, agreed_on=clock.today())
LONG_AGO = replace(AGREED, agreed_on=clock.today() - dt.timedelta(days=3))


@pytest.fixture
def say(case: Any, cast: Any, as_: Any) -> Any:
    """`say("refused")` records what Kelly says of sharing her record with the school."""

    def make(decision: str) -> list[Any]:
        worker = cast.family_worker
        with as_(worker):
            kelly = Person.objects.get(given_name="Kelly", memberships__family=case.family)
            return record_consent(
                by=worker, family=case.family, people=[kelly], organisations=[cast.practitioner.organisation],
                who_decided="adult", decider=kelly, recorded_how="spoken", decision=decision,
                categories=["basic"] if decision == "given" else [],
            )  # fmt: skip

    return make


def test_an_agreement_from_before_somebody_said_no_does_not_count(asked: Any, say: Any, cast: Any, as_: Any) -> None:
    say("refused")
    with pytest.raises(Refused, match=r"Kelly Ashworth said no to sharing with .* after the day you give") as found:
        asked(basis=LONG_AGO)
    assert found.value.refusal.code == "steps.said_no_since"
    assert not CareStep.objects.using("owner").filter(status=Status.REQUESTED).exists()
    step = asked(basis=TODAY)
    with as_(cast.family_worker):
        assert BasisCheck.objects.get(step=step).agreed_on == clock.today()


def test_nor_one_from_before_somebody_took_back_what_they_had_agreed_to(
    asked: Any, say: Any, cast: Any, as_: Any
) -> None:
    (given,) = say("given")
    with as_(cast.family_worker):
        withdraw_consent(by=cast.family_worker, family=given.family, consents=[given], why="Not any more")
    with pytest.raises(Refused, match=r"Kelly Ashworth took back on .* what they had agreed to share with"):
        asked(basis=LONG_AGO)


def test_a_later_yes_sets_a_no_aside(asked: Any, say: Any, cast: Any, case: Any, as_: Any) -> None:
    say("refused")
    (given,) = say("given")
    with as_(cast.family_worker):
        assert said_no(cast.family_worker, case.family_id) == []
        withdraw_consent(by=cast.family_worker, family=given.family, consents=[given], why="Not any more")
        assert len(said_no(cast.family_worker, case.family_id)) == 1
    say("given")
    with as_(cast.family_worker):
        assert said_no(cast.family_worker, case.family_id) == []
    asked(basis=LONG_AGO)


def test_a_reason_in_law_needs_nobodys_yes(asked: Any, say: Any) -> None:
    say("refused")
    asked(basis=IN_DANGER)


def test_it_is_checked_again_when_social_care_accepts_and_tells_it_no_name(
    asked: Any, say: Any, case: Any, cast: Any, as_: Any
) -> None:
    step, hub = asked(basis=LONG_AGO), cast.safeguarding_hub_social_worker
    say("refused")
    with as_(hub):
        with pytest.raises(Refused, match="Since that day somebody of the family has said no") as found:
            accept_step_up(by=hub, step=step, basis=LONG_AGO)
        assert "Kelly" not in str(found.value)
        assert type(case).objects.filter(pk=case.pk).count() == 0  # the access that came with accepting is gone again
        accept_step_up(by=hub, step=step, basis=TODAY)


def test_and_when_early_help_takes_the_case_back(down: Any, say: Any, cast: Any, as_: Any) -> None:
    say("refused")
    officer = cast.front_door_officer
    with as_(officer):
        with pytest.raises(Refused, match="Kelly Ashworth said no"):
            accept_step_down(by=officer, step=down, basis=LONG_AGO)
        accept_step_down(by=officer, step=down, basis=TODAY)


@pytest.mark.parametrize("day", [None, clock.today() + dt.timedelta(days=1)])
def test_consent_has_a_day_that_has_been(asked: Any, day: dt.date | None) -> None:
    with pytest.raises(Refused, match="the family agreed") as found:
        asked(basis=replace(AGREED, agreed_on=day))
    assert found.value.refusal.code == "steps.agreed_on"


def test_the_page_that_asks_shows_who_said_no(case: Any, say: Any, cast: Any, as_client: Any) -> None:
    client, address = as_client(cast.family_worker), reverse("request_step_up", args=[case.reference])
    assert "On record about sharing" not in client.get(address).content.decode()
    say("refused")
    page = client.get(address).content.decode()
    assert "On record about sharing" in page and "Kelly Ashworth said no to sharing with" in page
