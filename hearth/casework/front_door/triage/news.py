"""Telling the referrer that there is news. The message names nobody and says nothing: they read the news here."""

import uuid
from typing import Any

from django.urls import reverse

from hearth.casework.front_door.models import Request
from hearth.casework.front_door.triage.rules import can_be_asked
from hearth.foundation.core.jobs import defer
from hearth.foundation.messages.actions import send
from hearth.foundation.messages.queries import Delivery, delivery_of

RECEIVED, QUESTION, ANSWERED = "request_received", "request_question", "request_answered"
PASSED_ON = "request_passed_on"


def key_of(template: str, about: Any) -> str:
    """What a message is known by: one for each thing it is about."""
    return f"{template}:{about}"


def send_news(by: Any, request: Request, template: str, about: uuid.UUID) -> None:
    """Tell whoever asked, if they sign in, that there is something to read. Goes only if the caller's work is saved."""
    if not can_be_asked(request):
        return
    link = reverse("view_request", args=[request.reference])
    send(by=by, to=request.made_by, template=template, link=link, key=key_of(template, about))
    if template == ANSWERED:
        defer("front_door.confirm_told", request=request.id, decision=about, by=by.id, tries=0)


def delivery_of_answer(request: Request) -> Delivery | None:
    """What became of the message that there is an answer; None where none was sent."""
    return delivery_of(key_of(ANSWERED, request.decision_id)) if request.decision_id and can_be_asked(request) else None
