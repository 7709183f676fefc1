"""The owner of a request is reminded before it is due, and again when it is late, with whoever approves. Safe to run twice."""

import logging
from typing import Any

from django.db import connection

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.oversight.governance.member_requests.models import MemberRequest
from hearth.oversight.governance.member_requests.queries import who_approves
from hearth.oversight.governance.member_requests.telling import tell
from hearth.oversight.governance.reminding import remind_each

log = logging.getLogger("hearth.member_requests")


def remind_of_due() -> int:
    """How many requests somebody was reminded of. One request's fault stops no other's."""
    with connection.cursor() as cursor:
        before = pack().governance.request_reminder_days
        cursor.execute(
            "select request, owner from hearth_member_requests_due(%s, %s) order by request", [clock.today(), before]
        )
        found = cursor.fetchall()
    return remind_each(found, MemberRequest, lambda by, row: remind_of_request(by=by, request=row), log)


@action
def remind_of_request(*, by: Any, request: MemberRequest) -> int:
    """Remind its owner: once before its day, and every few working days after it, whoever approves too."""
    refuse(None if request.owner_id == by.id else Refusal("member_requests.not_owner", "Only its owner is reminded."))
    refuse(None if request.waits else Refusal("member_requests.nothing_due", "Nothing of it is due."))
    if not request.is_late:
        told = int(tell(by, by, "member_request_due", request, f"{request.pk} {request.due_on}", also_oneself=True))
    else:
        step = clock.working_days_between(request.due_on, clock.today()) // pack().governance.chase_days
        people = {each.pk: each for each in (by, *who_approves(request))}
        key = f"{request.pk} {request.due_on} {step}"
        told = sum(
            tell(by, person, "member_request_late", request, key, also_oneself=True) for person in people.values()
        )
    record("member_requests.reminded", subject=request, told=told)
    return told
