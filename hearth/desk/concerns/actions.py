"""Offer help on flags: a request opens, and the flags say so, in one transaction."""

import uuid
from collections.abc import Sequence
from typing import Any

from hearth.casework.front_door.actions import send_request, start_request
from hearth.casework.front_door.models import Request
from hearth.casework.front_door.rules import why_not_ask
from hearth.casework.front_door.typed import TypedPerson
from hearth.desk.concerns import rules
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.refusals import refuse
from hearth.intelligence.insight.actions import note_offer
from hearth.intelligence.insight.models import FamilyOfConcern, Flag


@action
def offer_help(
    *, by: Any, family: FamilyOfConcern, flags: Sequence[Flag], area: Any, people: Sequence[TypedPerson], words: str, key: uuid.UUID,
    **said: Any,
) -> Request:  # fmt: skip
    """Send a request for help for a family of concern, in the name of whoever decided. Sent twice, it opens one."""
    family.hold()
    refuse(why_not_ask(by, "partner") or rules.why_not_offer(family))
    request = start_request(by=by, key=key, channel="partner", signs=[])
    sent = send_request(by=by, request=request, area=area, people=people, worries=words, **said)
    note_offer(by=by, family=family, flags=flags, request=sent.reference)
    record("desk.help_offered", subject=sent, concern=family.reference)
    return sent
