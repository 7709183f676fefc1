"""What the pages ask of a plan that is being made, and what the family is given on paper."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from hearth.casework.plans.outcomes.actions import add_outcome
from hearth.casework.plans.who_does_what.actions import add_action, change_action
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refused


def test_a_new_action_is_not_for_a_day_gone_by_and_is_for_the_one_outcome_there_is(cast, draft, outcome, as_client):
    client, where = as_client(cast.family_worker), reverse("add_action", args=[draft.reference])
    assert re.search(r'<option value="1"[^>]* selected', client.get(where).content.decode())
    yesterday = clock.today() - dt.timedelta(days=1)
    day = {f"due_on-{part}": getattr(yesterday, part) for part in ("day", "month", "year")}
    typed = {"what": "Ring.", "who": "somebody_else", "who_name": "Ann", "outcome": "1", **day}
    answer = client.post(where, typed)
    assert answer.status_code == 422 and "must be today or later" in answer.content.decode()


def test_good_enough_differs_from_the_start(cast, draft, as_, as_client):
    typed = {"want": "Calm.", "person": "family", "starting_score": "0", "target_score": "0"}
    answer = as_client(cast.family_worker).post(reverse("add_outcome", args=[draft.reference]), typed)
    assert answer.status_code == 422 and "Good enough must differ from the start" in answer.content.decode()
    with as_(cast.family_worker), pytest.raises(Refused, match="must differ"):
        add_outcome(by=cast.family_worker, plan=draft, want="Calm.", starting_score=4, target_score=4)


def test_an_action_is_never_due_on_a_day_gone_by_and_one_that_is_late_keeps_its_day(cast, agreed, as_):
    by, yesterday = cast.family_worker, clock.today() - dt.timedelta(days=1)
    with as_(by):
        with pytest.raises(Refused, match="today or later"):
            add_action(by=by, plan=agreed, what="Ring.", who="Ann", due_on=yesterday)
        with clock.frozen(yesterday):
            late = add_action(by=by, plan=agreed, what="Ring.", who="Ann", due_on=yesterday)
        told = {"by": by, "item": late, "who": "Ann", "state": late.state, "seen_version": late.version}
        with pytest.raises(Refused, match="today or later"):
            change_action(**told, what="Ring.", due_on=yesterday - dt.timedelta(days=1))
        assert change_action(**told, what="Ring twice.", due_on=yesterday).what == "Ring twice."


def test_a_plan_in_which_nobody_does_anything_does_not_say_that_everything_is_there(
    cast, case, draft, outcome, as_, as_client
):
    client, where = as_client(cast.family_worker), reverse("plan", args=[case.reference])
    page = client.get(where).content.decode()
    assert "Everything is there" not in page and "Outcome 1 has no action yet" in page
    with as_(cast.family_worker):
        add_action(by=cast.family_worker, plan=draft, what="x", who="Ann", due_on=clock.today(), outcome=outcome)
    assert "Everything is there" in client.get(where).content.decode()


def test_the_printed_plan_says_whom_to_ring_when_it_is_looked_at_and_where_to_sign(cast, agreed, as_client):
    page = as_client(cast.family_worker).get(reverse("print_plan", args=[agreed.reference])).content.decode()
    assert pack().authority.phone in page and "We look at this plan together by" in page
    assert "For the family:" in page and "data-print" in page
