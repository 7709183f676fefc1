"""Pass a request on to the agency that will help, and answer."""

import datetime as dt
from typing import Any

from django.db import connection
from django.urls import reverse

from hearth.casework.front_door.holding import hold
from hearth.casework.front_door.models import Request
from hearth.casework.front_door.passing import rules
from hearth.casework.front_door.passing.models import Passing
from hearth.casework.front_door.passing.queries import decision_of, people_of
from hearth.casework.front_door.triage.news import PASSED_ON, key_of
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.foundation.messages.actions import send


@action
def pass_on_request(
    *,
    by: Any,
    request: Request,
    how: str,
    to: Any = None,
    told_name: str = "",
    words: str = "",
    agreed_by: str = "",
    agreed_on: dt.date | None = None,
) -> Passing:
    """Pass a request on. Somebody who signs in gets a message and reads it here; for others the officer says how.

    What the family agreed with the request holds; otherwise `agreed_by` says who agreed since.
    """
    held = hold(request)
    refuse(rules.why_not_pass_on(by, held))
    agreed_by, agreed_on = rules.agreement_in(held) or (clean(agreed_by).strip(), agreed_on)
    decision = decision_of(held)
    if decision is None:
        raise RuntimeError("Only a decision for one agency is passed on: a rule was not asked.")
    people = people_of(decision.agency)
    refuse(rules.why_not_pass_so(how, to, people, told_name, agreed_by))
    by_message = how == Passing.How.MESSAGE
    passing = Passing(
        request=held,
        decision_id=decision.id,
        how=how,
        to=to if by_message else None,
        told_name="" if by_message else clean(told_name).strip(),
        words=clean(words).strip(),
        agreed_by=agreed_by,
        agreed_on=agreed_on,
        passed_by=by,
        passed_at=clock.now(),
    )
    passing.save(force_insert=True)
    held.to_pass_on = False
    held.save(update_fields=["to_pass_on"])
    record("front_door.request_passed_on", family=held.family_id, subject=held, how=how)
    if by_message:
        link = reverse("view_request", args=[held.reference])
        send(by=by, to=to, template=PASSED_ON, link=link, key=key_of(PASSED_ON, passing.id))
    return passing


@action
def answer_passed_request(*, by: Any, passing: Passing, answer: str, words: str = "") -> Passing:
    """The agency's person says whether they will help. If not, they have it no longer, and the front door decides again."""
    held = Passing.objects.select_for_update(of=("self",)).select_related("request").get(pk=passing.pk)
    refuse(rules.why_not_answer_passing(by, held))
    now = clock.now()
    held.answer, held.answer_words, held.answered_at = answer, clean(words).strip(), now
    held.ended_at = now if answer == Passing.Answer.CANNOT else None
    held.save(update_fields=["answer", "answer_words", "answered_at", "ended_at"])
    _hand_back(held)
    record("front_door.passing_answered", family=held.request.family_id, subject=held.request, answer=answer)
    return held


def _hand_back(passing: Passing) -> None:
    """The request is to be passed on again, if the agency declined. Its person may not change the request themselves."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth_keep_to_pass_on(%s)", [passing.request_id])
