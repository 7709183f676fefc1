"""In the demonstration somebody asks again for a family on record, and the front door sees who it may be."""

from typing import Any

import pytest

from hearth.casework.front_door.models import Request, State
from hearth.casework.front_door.triage.known import side_by_side
from hearth.foundation.accounts.models import User
from hearth.foundation.core.reader import acting_as
from hearth.invented import authority

pytestmark = pytest.mark.django_db


def test_a_family_on_record_is_asked_for_again_with_a_slip_and_shown_to_the_front_door() -> None:
    authority.load(families=len(authority.ENDINGS), seed=7, progress=lambda _: None)
    officer: Any = User.objects.get(full_name="Susan Hartley")
    with acting_as(officer):
        waiting = Request.objects.visible_to(officer).filter(state=State.RECEIVED)
        found = {
            request.reference: [each for one in side_by_side(officer, request)["candidates"].values() for each in one]
            for request in waiting
        }
    known = [each for candidates in found.values() for each in candidates]
    assert len(found) > 1 and not all(found.values())
    assert known and all(each.reference and each.reasons for each in known)
