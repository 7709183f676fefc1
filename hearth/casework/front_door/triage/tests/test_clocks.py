"""The clocks: working days from receipt to decision, and from decision to the referrer being told."""

import datetime as dt
from typing import Any

import pytest

from hearth.casework.front_door.actions import answer_front_door
from hearth.casework.front_door.models import Request
from hearth.casework.front_door.tests.conftest import MONDAY
from hearth.casework.front_door.triage import clocks
from hearth.casework.front_door.triage.actions import (
    ask_referrer,
    pause_request,
    record_decision,
    record_told,
    reopen_decision,
    resume_request,
)
from hearth.casework.front_door.triage.models import Pause
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refused

LIMIT = 3  # Lancashire's working days to a decision
DAY = MONDAY.date()


def in_days(days: int) -> dt.date:
    """So many calendar days after the Monday."""
    return DAY + dt.timedelta(days=days)


def decide(cast: Any, request: Request, **more: Any) -> Any:
    """Advice, unless told otherwise."""
    words = {"outcome": "advice", "reason": "Low need.", "words_for_referrer": "Try the drop-in."} | more
    return record_decision(by=cast.front_door_officer, request=request, **words)


def test_the_pack_gives_the_limit(request_: Request) -> None:
    assert pack().limits.receipt_to_decision == LIMIT
    assert request_.due_on == in_days(3)


def test_a_weekend_does_not_count(ask: Any, monday: Any) -> None:
    monday.forward(days=3)  # Thursday
    assert ask().due_on == in_days(8)  # Friday, Monday, Tuesday


@pytest.mark.parametrize(("moved", "due"), [({"hours": 12}, 4), ({"days": 5}, 10), ({"days": 4, "hours": 12}, 10)])
def test_what_comes_out_of_hours_counts_from_the_next_working_day(
    moved: dict[str, int], due: int, ask: Any, monday: Any
) -> None:
    monday.forward(**moved)  # Monday night; Saturday; Friday night
    assert ask().due_on == in_days(due)


def test_christmas_does_not_count(ask: Any, monday: Any) -> None:
    year = DAY.year
    christmas_eve = dt.datetime(year, 12, 24, 9, 30, tzinfo=clock.LONDON)
    monday.set(christmas_eve)
    due = ask().due_on
    assert due >= dt.date(year, 12, 29)
    assert clock.working_days_between(clock.counts_from(christmas_eve), due) == LIMIT


def test_stopping_the_clock_takes_it_from_the_list_and_starting_it_gives_the_days_back(
    request_: Request, cast: Any, monday: Any, as_: Any
) -> None:
    officer = cast.front_door_officer
    with as_(officer):
        monday.forward(days=1)
        held = pause_request(by=officer, request=request_, reason="waiting_for_family")
        assert (held.state, held.due_on) == ("paused", None)
        monday.forward(days=6)  # Tuesday to the next Monday: four working days stood still
        held = resume_request(by=officer, request=held)
        assert held.state == "received"
        assert held.due_on == in_days(9)  # Tuesday was free, so Monday 7, Tuesday 8, Wednesday 9


def test_a_clock_that_was_late_already_stays_late_while_it_is_stopped(
    request_: Request, cast: Any, monday: Any, as_: Any
) -> None:
    with as_(cast.front_door_officer):
        monday.forward(days=7)
        held = pause_request(by=cast.front_door_officer, request=request_, reason="waiting_for_family")
        assert held.due_on == in_days(3)
        assert clocks.is_late(held.due_on)


def test_a_question_stops_the_clock_and_the_answer_starts_it(
    request_: Request, cast: Any, monday: Any, as_: Any
) -> None:
    with as_(cast.front_door_officer):
        ask_referrer(by=cast.front_door_officer, request=request_, words="Which school?")
    monday.forward(days=2)  # Tuesday stood still
    with as_(cast.practitioner):
        answer_front_door(by=cast.practitioner, request=request_, words="Beacon Hill.")
        held = Request.objects.get(pk=request_.pk)
        assert (held.state, held.due_on) == ("received", in_days(3 + 1))
        assert Pause.objects.get(request=held).ended_by == cast.practitioner


def test_an_answer_does_not_start_a_clock_that_waits_for_something_else(request_: Request, cast: Any, as_: Any) -> None:
    with as_(cast.front_door_officer):
        pause_request(by=cast.front_door_officer, request=request_, reason="with_social_care")
    with as_(cast.practitioner):
        answer_front_door(by=cast.practitioner, request=request_, words="By the way.")
        assert Request.objects.get(pk=request_.pk).state == "paused"


def test_every_pack_reason_stops_the_clock_and_no_other_word_does(request_: Request, cast: Any, as_: Any) -> None:
    officer = cast.front_door_officer
    with as_(officer):
        with pytest.raises(Refused, match="Choose why"):
            pause_request(by=officer, request=request_, reason="felt_like_it")
        held = request_
        for reason in pack().front_door.pause_reasons:
            held = resume_request(by=officer, request=pause_request(by=officer, request=held, reason=reason.code))
        with pytest.raises(Refused, match="running already"):
            resume_request(by=officer, request=held)


def test_a_late_decision_needs_the_reason_and_an_early_one_keeps_none(
    request_: Request, ask: Any, cast: Any, monday: Any, as_: Any
) -> None:
    with as_(cast.front_door_officer):
        early = ask()
        assert decide(cast, early, late_because="missed").late_because == ""
        monday.forward(days=4)
        with pytest.raises(Refused, match="limit has been missed"):
            decide(cast, request_)
        decision = decide(cast, request_, late_because="no_staff")
        assert (decision.late_because, decision.was_due_on) == ("no_staff", in_days(3))


def test_the_second_clock_runs_from_the_decision_until_the_referrer_is_told(
    ask: Any, cast: Any, monday: Any, as_: Any
) -> None:
    made = ask(channel="phone", asker_name="Kelly Marsden", asker_relation="parent")
    with as_(cast.front_door_officer):
        decide(cast, made)
        held = Request.objects.get(pk=made.pk)
        assert (held.state, held.due_on) == ("decided", in_days(1))
        monday.forward(days=2)
        with pytest.raises(Refused, match="limit has been missed"):
            record_told(by=cast.front_door_officer, request=held, how="phone")
        telling = record_told(
            by=cast.front_door_officer, request=held, how="phone", words="She was glad.", late_because="hard_to_reach"
        )
        assert (telling.was_due_on, telling.late_because) == (in_days(1), "hard_to_reach")
        held.refresh_from_db()
        assert (held.state, held.due_on, held.told_at) == ("told", None, clock.now())


def test_a_reopened_decision_starts_the_clock_anew_and_keeps_what_was_decided(
    request_: Request, cast: Any, monday: Any, as_: Any
) -> None:
    officer = cast.front_door_officer
    with as_(officer):
        decide(cast, request_)
        monday.forward(days=7)
        held = reopen_decision(by=officer, request=request_, because="The father rang.")
        assert (held.state, held.outcome, held.words_for_referrer, held.due_on) == ("received", "", "", in_days(10))
        again = decide(cast, held, outcome="single_agency", level="universal_plus")
        first = type(again).objects.exclude(pk=again.pk).get(request=request_)
        assert (first.reopened_by, first.reopened_because, first.outcome) == (officer, "The father rang.", "advice")


@pytest.mark.parametrize(
    ("state", "days", "words"),
    [
        ("received", 0, "Due today"),
        ("received", 3, f"By {in_days(3).day} {in_days(3):%b}"),
        ("received", -3, "1 working day late"),
        ("received", -7, "5 working days late"),
        ("decided", 0, "Due today"),
    ],
)
def test_the_clock_says_in_words_until_when(state: str, days: int, words: str, monday: Any) -> None:
    assert clocks.shown(state, in_days(days)).words == words


def test_a_stopped_clock_says_so() -> None:
    assert clocks.shown("paused", None).words == "Stopped"
