"""Who must not see the planted families, and why not: what each walks over, and what happened to them before."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hearth.foundation.accounts.models import Appointment, User
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.people.models import Access, Family
from tests.security.hostile.walking import PAGE, PART, SCRIPT
from tests.security.hostile.words import CLOSED, OPEN, RESTRICTED, SHIELDED, STEMS


@dataclass(frozen=True)
class Hostile:
    """Somebody of the cast (nobody for an empty name), what they must never read, and whose families they go for.

    `instead` puts the references of another planted family into every address. `before` happens once they are signed
    in. `may_open` says at which stops they are at home after all. `asks` as a page, a part of one, or a script.
    """

    who: str
    never: tuple[str, ...] = STEMS
    instead: str = ""
    before: Callable[[Any], None] = lambda world: None
    may_open: Callable[[Any], bool] = lambda stop: False
    asks: Mapping[str, str] = field(default_factory=lambda: SCRIPT)


def _account_closed(world: Any) -> None:
    """Closed behind their back: the sitting they have open is not ended with it."""
    with acting_as(world.cast.administrator):
        User.objects.filter(pk=world.cast.front_door_officer.pk).update(is_active=False)


def _role_ended(world: Any) -> None:
    with acting_as(world.cast.administrator):
        Appointment.objects.filter(user=world.cast.manager).update(ended_at=clock.now())


def _years_went_by(world: Any) -> None:
    """Everything that closing left open has run out."""
    gone, family = clock.now() - dt.timedelta(days=1), world.families["closed"].family
    with acting_as(world.cast.family_worker):
        Family.objects.filter(pk=family.pk).update(area_until=gone)
        Access.objects.filter(family=family, ended_at=None).update(until_at=gone)


def _asks(stop: Any) -> bool:
    """What somebody sent themselves stays theirs to read, whatever became of the family; and who works beside them."""
    return stop.way.reader == "practitioner" or stop.name in (
        "view_request", "print_request", "add_request_document", "request_document", "colleague"
    )  # fmt: skip


NOT_BASIC = tuple(f"{OPEN}{kind}" for kind in ("asked", "planned", "assessed", "noted", "street"))
READERS = {
    "a visitor who has not signed in": Hostile("", asks=PAGE),
    "an elected member": Hostile("elected_member", asks=PAGE),
    "an administrator, who holds no family": Hostile("administrator", asks=PART),
    "a practitioner of another agency of the district": Hostile("police_officer", asks=PART),
    "a practitioner of another district": Hostile("other_practitioner"),
    "a partner whose family took their consent back": Hostile("charity_worker"),
    "a partner whose agreement ended": Hostile("health_visitor"),
    "a front door officer of another district": Hostile("other_front_door_officer"),
    "a manager of another district": Hostile("other_manager", asks=PAGE),
    "a worker who left the team": Hostile("other_family_worker"),
    "somebody whose account was closed while they were here": Hostile("front_door_officer", before=_account_closed),
    "a manager whose role ended while they were here": Hostile("manager", before=_role_ended),
    "who asked for help, of everything but their request": Hostile(
        "practitioner", tuple(f"{OPEN}{kind}" for kind in ("planned", "assessed", "noted")), may_open=_asks
    ),
    "the area's officers, of a closed family": Hostile("development_officer", (CLOSED,), "closed"),
    "the team, of a closed family": Hostile("other_family_worker", (CLOSED,), "closed"),
    "a manager, of a family closed years ago": Hostile("manager", (CLOSED,), "closed", _years_went_by),
    "its lead, of a family closed years ago": Hostile("family_worker", (CLOSED,), "closed", _years_went_by),
    "the area's manager, of a restricted family": Hostile("manager", (RESTRICTED,), "restricted", asks=PAGE),
    "the area's front door, of a restricted family": Hostile("front_door_officer", (RESTRICTED,), "restricted"),
    "information governance, of what a restricted family said": Hostile(
        "information_governance", tuple(f"{RESTRICTED}{kind}" for kind in ("asked", "planned ", "assessed", "noted")),
        "restricted", may_open=lambda stop: stop.way.reader == "information_governance" or stop.name == "who_looked",
    ),
    "its lead practitioner, of a restricted child": Hostile("family_worker", (SHIELDED,), "shielded"),
}  # fmt: skip
