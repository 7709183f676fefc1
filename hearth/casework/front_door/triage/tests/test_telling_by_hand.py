"""Telling somebody who does not sign in, in the way that they asked for."""

import re
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.front_door.models import Request
from hearth.casework.front_door.tests.conftest import asking
from hearth.casework.front_door.triage.actions import record_decision, record_told
from hearth.casework.front_door.triage.models import Telling
from hearth.foundation.core.reader import acting_as


@pytest.fixture
def decided(cast: Any, area: Any) -> Any:
    """A caller's request, answered with advice; or a partner's."""

    def make(channel: str = "phone") -> Request:
        officer = cast.front_door_officer
        made = asking(cast, area)(
            channel=channel, consent_on=None, asker_name="Kelly Marsden", asker_phone="01632 960700",
            safe_contact="Never after six", answers={"called_from": "A friend's house"},
        )  # fmt: skip
        with acting_as(officer):
            record_decision(
                by=officer, request=made, outcome="advice", reason="Secret reason", words_for_referrer="Try the group."
            )
            return Request.objects.get(pk=made.pk)

    return make


def text_of(answer: Any) -> str:
    """The page's text."""
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_page_says_how_and_when_they_may_be_reached(decided: Any, as_client: Any, cast: Any) -> None:
    text = text_of(as_client(cast.front_door_officer).get(reverse("record_told", args=[decided().reference])))
    for words in ("Try the group.", "01632 960700", "Never after six", "A friend&#39;s house", "Print a letter"):
        assert words in text


@pytest.mark.parametrize("how", ["text", "email", "letter", "in_person"])
def test_each_way_of_telling_stops_the_clock(how: str, decided: Any, cast: Any) -> None:
    request, officer = decided(), cast.front_door_officer
    with acting_as(officer):
        told = record_told(by=officer, request=request, how=how)
        assert Request.objects.get(pk=request.pk).due_on is None
        assert Telling.objects.get(pk=told.pk).get_how_display().startswith(("By ", "In "))


def test_a_letter_says_what_was_decided_and_not_why_and_is_on_record(
    decided: Any, as_client: Any, cast: Any, kept_of: Any
) -> None:
    request, officer = decided(), cast.front_door_officer
    text = text_of(as_client(officer).get(reverse("print_letter", args=[request.reference])))
    assert "Dear Kelly Marsden" in text and "Try the group." in text and "Secret reason" not in text
    assert "front_door.letter_printed" in [event.verb for event in kept_of(officer) if event.kind == "exported"]


def test_nobody_else_writes_the_letter_and_there_is_none_for_whoever_reads_the_answer_here(
    decided: Any, as_client: Any, cast: Any
) -> None:
    where = reverse("print_letter", args=[decided().reference])
    for who, status in ((cast.other_front_door_officer, 404), (cast.practitioner, 404), (cast.manager, 403)):
        assert as_client(who).get(where).status_code == status
    partners = reverse("print_letter", args=[decided("partner").reference])
    assert as_client(cast.front_door_officer).get(partners).status_code == 403
