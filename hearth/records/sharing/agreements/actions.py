"""Write an agreement with a partner, and end it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.records.sharing.actions import realign
from hearth.records.sharing.agreements import rules
from hearth.records.sharing.models import Agreement


@action
def write_agreement(
    *, by: Any, organisation: Any, purposes: Iterable[str], categories: Iterable[str], from_on: dt.date, until_on: dt.date,
    document: str, notes: str = "",
) -> Agreement:  # fmt: skip
    """Put a signed agreement on record. It opens nothing by itself: it is a basis for those who then join a team."""
    purposes, categories = sorted(set(purposes)), sorted(set(categories))
    refuse(rules.why_not_write_agreement(by, organisation, purposes, categories, from_on, until_on, document))
    agreement = Agreement(
        reference=drawn_reference("AG"),
        organisation=organisation,
        purposes=purposes,
        categories=categories,
        from_on=from_on,
        until_on=until_on,
        document=clean(document).strip(),
        notes=clean(notes),
        written_by=by,
    )
    agreement.save(force_insert=True)
    record(
        "sharing.agreement_written",
        subject=agreement,
        organisation=organisation.id,
        purposes=purposes,
        categories=categories,
        until=until_on,
    )
    realign(None, [organisation])
    return agreement


@action
def end_agreement(*, by: Any, agreement: Agreement, why: str) -> Agreement:
    """End an agreement now. Access that rests on it ends with it, in every family, unless something else lets us share."""
    agreement.hold()
    refuse(rules.why_not_end_agreement(by, agreement, why))
    agreement.ended_at, agreement.ended_by, agreement.ended_why = clock.now(), by, clean(why)
    agreement.save(update_fields=["ended_at", "ended_by", "ended_why"])
    record("sharing.agreement_ended", subject=agreement, organisation=agreement.organisation_id)
    realign(None, [agreement.organisation])
    return agreement
