"""Who may restrict records and name who opens them, and the sentences when not."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refusal
from hearth.records.people.models import Restriction


def why_not_govern(user: Any) -> Refusal | None:
    """Restricting, naming and lifting: information governance."""
    if user.may("govern_restricted"):
        return None
    return Refusal("people.may_not_restrict", "Information governance restricts records. Ask them.")


def why_not_be_told(user: Any) -> Refusal | None:
    """Reading who looked for restricted people: the safeguarding desk, and information governance."""
    if user.may("told_of_restricted_searches"):
        return None
    return Refusal("people.not_told", "Only the safeguarding desk reads this.")


def why_not_place(governed: Any, reason: str) -> Refusal | None:
    """Restricting: a record that is there, not restricted yet, for a reason."""
    if governed is None:
        return Refusal("people.no_such_record", "No record has that reference. Check it with whoever gave it to you.")
    if governed.restricted:
        return Refusal("people.restricted_already", "This record is restricted already. Open its restriction.")
    if not reason.strip():
        return Refusal("people.no_reason", "Say why it must be restricted.")
    return None


def why_not_lift(user: Any, restriction: Restriction, reason: str) -> Refusal | None:
    """Lifting: once, for a reason."""
    if restriction.lifted_at is not None:
        return Refusal("people.lifted_already", "This restriction was lifted already.")
    if not reason.strip():
        return Refusal("people.no_reason", "Say why it may be opened again.")
    return why_not_govern(user)


def why_not_grant(user: Any, restriction: Restriction, to: Any, reason: str, until_on: dt.date) -> Refusal | None:
    """Naming somebody: while it is restricted, an active person, for a reason, never longer than the pack allows."""
    if refusal := why_not_govern(user):
        return refusal
    if restriction.lifted_at is not None:
        return Refusal("people.lifted_already", "This record is no longer restricted. Nobody needs to be named.")
    if not to.is_active:
        return Refusal("people.cannot_sign_in", "That person can no longer sign in. Choose somebody else.")
    if to.id == user.id:
        return Refusal("people.not_oneself", "Somebody else in information governance must name you.")
    if not reason.strip():
        return Refusal("people.no_reason", "Say why they must open it.")
    longest = pack().access.restricted_grant_days
    if not clock.today() <= until_on <= clock.today() + dt.timedelta(days=longest):
        return Refusal(
            "people.grant_too_long", f"Give a last day from today to {longest} days ahead. It can be given again then."
        )
    return None


def why_not_name_nobody(user: Any) -> Refusal | None:
    """Naming somebody: one who signs in."""
    if user is not None:
        return None
    return Refusal("people.nobody_signs_in", "Nobody signs in with that e-mail address. Check it with them.")
