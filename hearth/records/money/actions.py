"""Name a source; say what it gave; allocate, commit, pay, release and recover; and reverse what was wrong."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from django.conf import settings
from django.utils.module_loading import import_string

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.records.money import posting, rules
from hearth.records.money.allotting import allot
from hearth.records.money.models import Entry, EntryKind, Fund, Share
from hearth.records.money.posting import Posting, Said


@action
def add_fund(
    *, by: Any, name: str, given_by: str, begins_on: dt.date, ends_on: dt.date | None = None, words: str = ""
) -> Fund:
    """Name a source of money."""
    refuse(rules.why_not_keep_ledger(by))
    name, given_by = (" ".join(clean(text).split())[:120] for text in (name, given_by))
    refuse(rules.why_not_this_fund(name, given_by, begins_on, ends_on))
    fund = Fund(
        reference=drawn_reference("FD"), name=name, given_by=given_by, begins_on=begins_on, ends_on=ends_on,
        words=clean(words).strip(), added_by=by,
    )  # fmt: skip
    fund.save(force_insert=True)
    record("money.fund_added", subject=fund)
    return fund


@action
def receive_money(*, by: Any, fund: Fund, **said: Unpack[Said]) -> Entry:
    """A source gave money: it waits to be allocated."""
    refuse(rules.why_not_keep_ledger(by))
    return posting.post(by, Posting(kind=EntryKind.RECEIVED, fund=fund, with_whom=fund.given_by, **said))


@action
def pass_elsewhere(*, by: Any, fund: Fund, **said: Unpack[Said]) -> Entry:
    """Part of a source was used for what this ledger does not follow; the words say for what."""
    refuse(rules.why_not_keep_ledger(by))
    return posting.post(by, Posting(kind=EntryKind.ELSEWHERE, fund=fund, **said))


@action
def allocate_money(*, by: Any, fund: Fund, year: int, purpose: str, area: Any = None, **said: Unpack[Said]) -> Entry:
    """Give a share of a source to a district, or to the whole authority, for a financial year and a purpose."""
    refuse(rules.why_not_keep_ledger(by))
    share = share_at(fund, area, year, purpose)
    return posting.post(by, Posting(kind=EntryKind.ALLOCATED, fund=fund, share=share, **said))


@action
def allot_money(
    *, by: Any, fund: Fund, year: int, purpose: str, pence: int, happened_on: dt.date, words: str,
    parts: Sequence[tuple[Any, int]], key: uuid.UUID | None = None, loaded: bool = False,
) -> Mapping[str, Entry]:  # fmt: skip
    """Give shares of one sum to districts by a formula on their cohorts, to the penny: the largest remainders get the pennies left."""
    refuse(rules.why_not_keep_ledger(by))
    refuse(rules.why_not_these_parts([weight for _, weight in parts]))
    shared = allot(pence, [weight for _, weight in parts])
    entries = {}
    for (area, weight), part in zip(parts, shared, strict=True):
        if part:
            share = share_at(fund, area, year, purpose)
            said = Posting(
                kind=EntryKind.ALLOCATED, fund=fund, pence=part, happened_on=happened_on, words=words, share=share,
                key=uuid.uuid5(key, area.code) if key else None, loaded=loaded, detail={"cohort": weight},
            )  # fmt: skip
            entries[area.code] = posting.post(by, said)
    record("money.allotted", subject=fund, districts=len(entries), pence=pence)
    return entries


@action
def commit_money(*, by: Any, share: Share, with_whom: str, **said: Unpack[Said]) -> Entry:
    """Promise part of a share to somebody who will be paid."""
    refuse(rules.why_not_keep_ledger(by))
    return posting.post(
        by, Posting(kind=EntryKind.COMMITTED, fund=share.fund, share=share, with_whom=with_whom, **said)
    )


@action
def pay_money(*, by: Any, commitment: Entry, **said: Unpack[Said]) -> Entry:
    """Pay what was committed, or part of it."""
    return _of_commitment(by, EntryKind.PAID, commitment, said)


@action
def release_money(*, by: Any, commitment: Entry, **said: Unpack[Said]) -> Entry:
    """What was committed and is not needed is available again."""
    return _of_commitment(by, EntryKind.RELEASED, commitment, said)


@action
def recover_money(*, by: Any, commitment: Entry, **said: Unpack[Said]) -> Entry:
    """What was paid came back, and is available again."""
    return _of_commitment(by, EntryKind.RECOVERED, commitment, said)


def _of_commitment(by: Any, kind: EntryKind, commitment: Entry, said: Said) -> Entry:
    refuse(rules.why_not_keep_ledger(by))
    refuse(rules.why_not_from_commitment(commitment))
    refuse(rules.why_not_of_purchase(kind, commitment))
    of = Posting(
        kind=kind, fund=commitment.fund, share=commitment.share, commitment=commitment, budget=commitment.budget,
        with_whom=commitment.with_whom, **said,
    )  # fmt: skip
    return posting.post(by, of)


@action
def reverse_entry(*, by: Any, entry: Entry, why: str) -> Entry:
    """Undo an entry by its mirror: both stay, and together they move nothing. What was posted as one with it is undone as one."""
    refuse(rules.why_not_keep_ledger(by))
    refuse(rules.why_not_of_purchase(EntryKind.REVERSED, entry))
    refuse(rules.why_not_reverse(entry, why))
    with import_string(settings.HEARTH_LEDGER_UNDOES)(by=by, entry=entry, why=why) as others:
        found = posting.reverse(by, entry, why)
        for each in others:
            posting.reverse(by, each, why)
    return found


def share_at(fund: Fund, area: Any, year: int, purpose: str) -> Share:
    """The share, made where it is not there yet. Called inside actions, which record their own event."""
    purpose = " ".join(clean(purpose).split())[:80]
    refuse(rules.why_not_this_share(year, purpose))
    where: dict[str, Any] = {"fund": fund, "area": area, "year": year}
    same = Share.objects.filter(**where, purpose__iexact=purpose).select_related("fund", "area")
    if not same.exists():
        made = Share(reference=drawn_reference("SH"), **where, purpose=purpose)
        Share.objects.bulk_create([made], ignore_conflicts=True)
    return same.order_by("created_at", "id")[0]
