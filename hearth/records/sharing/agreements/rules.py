"""What an agreement must say, who may write and end it, and the sentences when not."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.records.sharing.models import Agreement


def why_not_govern(user: Any) -> Refusal | None:
    """Writing and ending agreements: information governance."""
    if user.may("govern_agreements"):
        return None
    return Refusal("sharing.may_not_govern", "Information governance writes and ends agreements. Ask them.")


def why_not_write_agreement(
    user: Any, organisation: Any, purposes: Sequence[str], categories: Sequence[str], from_on: dt.date, until_on: dt.date,
    document: str,
) -> Refusal | None:  # fmt: skip
    """An agreement is with a partner, for a purpose, about something, signed and dated."""
    if refusal := why_not_govern(user):
        return refusal
    if organisation.is_authority:
        return Refusal("sharing.own_organisation", "The council needs no agreement with itself. Choose a partner.")
    if not purposes or not categories:
        return Refusal("sharing.agreement_empty", "Choose at least one purpose and one kind of information.")
    if not document.strip():
        return Refusal("sharing.no_document", "Give the reference of the signed agreement.")
    if until_on < from_on or until_on < clock.today():
        return Refusal("sharing.ends_before", "The last day must be today or later, and not before the first.")
    return None


def why_not_end_agreement(user: Any, agreement: Agreement, why: str) -> Refusal | None:
    """Ending an agreement: once, with a reason."""
    if refusal := why_not_govern(user):
        return refusal
    if agreement.ended_at is not None or agreement.until_on < clock.today():
        return Refusal("sharing.agreement_over", "This agreement has ended already.")
    if not why.strip():
        return Refusal("sharing.reason", "Say why it ends.")
    return None
