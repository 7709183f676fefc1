"""Services of the council that a plan asked to help: one that has not answered, one whose answer nobody has read, one to ask yet."""

from typing import Any

from hearth.casework.plans.referring.actions import answer_service_referral, refer_to_service
from hearth.foundation.core.reader import acting_as
from hearth.records.directory.actions import list_organisation, write_service
from hearth.records.directory.tests.conftest import ENTRY
from tests.security.hostile.words import OPEN


def plant(world: Any) -> None:
    """Asked from the plan that is worked with."""
    steward, worker, manager, more = world.cast.commissioner, world.cast.family_worker, world.cast.manager, world.more
    working = world.families["working"]
    with acting_as(steward):
        council = list_organisation(by=steward, name="The council", description="Helps.", agency=worker.organisation)
        more.to_ask, asked, unwanted, answered = (
            write_service(by=steward, organisation=council, entry=ENTRY | {"name": name})
            for name in ("One", "Two", "Three", "Four")
        )
    told = {
        "plan": working.plan,
        "people": [working.mother],
        "words": f"{OPEN}planned help",
        "contact": f"{OPEN}planned number",
    }
    with acting_as(worker):
        more.referral_asked = refer_to_service(by=worker, service=asked, **told)
        more.referral_unwanted = refer_to_service(by=worker, service=unwanted, **told)
        more.referral_answered = refer_to_service(by=worker, service=answered, **told)
    with acting_as(manager):
        answer_service_referral(
            by=manager, referral=more.referral_answered, status="waiting", answer=f"{OPEN}planned answer", wait_weeks=4
        )
