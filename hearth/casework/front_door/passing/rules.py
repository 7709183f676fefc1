"""When a request may be passed on, and the sentence when it may not."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.casework.front_door.models import SINGLE_AGENCY, Channel, Consent, Request, State
from hearth.casework.front_door.passing.models import Passing
from hearth.casework.front_door.triage.rules import why_not_triage
from hearth.foundation.core.refusals import Refusal

NEEDED = {"basic", "contact"}  # what an agency must be told to help at all: who the family is and how to reach it


def agreement_in(request: Request) -> tuple[str, dt.date | None] | None:
    """Who agreed, with the request itself, that a service which can help is told; None where nobody did."""
    if request.consent != Consent.GIVEN:
        return None
    if request.channel == Channel.FAMILY:
        return request.asker_name, None
    return (request.consent_by, request.consent_on) if set(request.consent_categories) >= NEEDED else None


def why_not_pass_on(user: Any, request: Request) -> Refusal | None:
    """Passing on: what the front door decided one agency does, once."""
    refusal = why_not_triage(user, request)
    if refusal is not None:
        return refusal
    if request.outcome != SINGLE_AGENCY or request.state not in (State.DECIDED, State.TOLD):
        return Refusal("front_door.not_for_one_agency", "Decide first that one agency will help.")
    if Passing.objects.filter(request=request, ended_at=None).exists():
        return Refusal("front_door.passed_on", "This request has been passed on already.")
    return None


def why_not_pass_so(how: str, to: Any, people: Sequence[Any], told_name: str, agreed_by: str) -> Refusal | None:
    """The way it is passed on: with the family's agreement, to somebody of the agency."""
    if not agreed_by.strip():
        return Refusal(
            "front_door.not_agreed",
            "The family has not agreed that this agency is told. Ask them first, and say who agreed.",
        )
    if how not in Passing.How.values:
        return Refusal("front_door.passed_how", "Choose how the agency was told.")
    if how == Passing.How.MESSAGE and to not in people:
        return Refusal("front_door.passed_to", "Choose somebody of the agency who signs in.")
    if how != Passing.How.MESSAGE and not told_name.strip():
        return Refusal("front_door.passed_to_nobody", "Write whom you told.")
    return None


def why_not_answer_passing(user: Any, passing: Passing) -> Refusal | None:
    """Saying whether the agency helps: whoever it was passed to, while they have it."""
    if passing.to_id != user.id:
        return Refusal("front_door.not_passed_to_you", "Only the person it was passed to can answer.")
    if passing.answer or passing.ended_at is not None:
        return Refusal("front_door.passing_answered", "This has been answered. Ring the front door to change it.")
    return None
