"""Ask to hear of calls, stop it, and tell those who are to hear: each once, and by a name of the product's own."""

import uuid
from typing import Any

from django.db import connection
from django.urls import reverse

from hearth.commissioning.procurement.models import CallFollower, Tender
from hearth.commissioning.procurement.telling import rules
from hearth.foundation.accounts.models import User
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.jobs import defer
from hearth.foundation.core.reader import System, acting_as
from hearth.foundation.core.refusals import refuse
from hearth.foundation.messages.actions import send

# Who bid is known to nobody who buys before the bids are opened: so nobody of them makes the messages that bidders get.
TELLER = System("system:procurement", "hearth_messages")


@action
def follow_calls(*, by: Any, tender: Tender | None = None) -> CallFollower:
    """Be told of each new call, or of what is published about one."""
    refuse(rules.why_not_follow(by, tender, _followed(by, tender)))
    made = CallFollower(user=by, tender=tender)
    made.save(force_insert=True)
    record("procurement.calls_followed", subject=tender or "")
    return made


@action
def stop_following(*, by: Any, tender: Tender | None = None) -> None:
    """Be told no more."""
    there = _followed(by, tender)
    refuse(rules.why_not_stop(there))
    CallFollower.objects.filter(user=by, tender=tender).delete()
    record("procurement.calls_not_followed", subject=tender or "")


def _followed(by: Any, tender: Tender | None) -> CallFollower | None:
    return CallFollower.objects.visible_to(by).filter(tender=tender).first()


def tell_later(tender: Tender | uuid.UUID, what: str, about: Any = "") -> None:
    """Have those who are to hear of something told of it, once what is being done is saved. `about` tells one such thing from another."""
    defer("procurement.tell", tender=getattr(tender, "pk", tender), what=what, about=getattr(about, "pk", about))


@action
def tell_of_call(*, by: Any, tender: uuid.UUID, what: str, about: str = "") -> int:
    """Tell each of those who are to hear of it and were not told yet; how many they were."""
    with acting_as(by), connection.cursor() as cursor:
        cursor.execute("select person, reference, key from hearth_call_told(%s, %s, %s)", [tender, what, about])
        found = cursor.fetchall()
    for person, reference, key in found:
        link = reverse("tender", args=[reference])
        send(by=by, to=User(id=person), template=f"tender_{what}", link=link, key=key)
    record("procurement.people_told", subject=found[0][1] if found else "", what=what, people=len(found))
    return len(found)


def due_by_the_clock() -> list[tuple[uuid.UUID, str, str]]:
    """What the clock alone brings about: a deadline near or passed, a standstill that has ended."""
    with acting_as(TELLER), connection.cursor() as cursor:
        cursor.execute("select tender, what, about from hearth_calls_due()")
        return list(cursor.fetchall())
