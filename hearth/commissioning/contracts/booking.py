"""Contracts in the ledger: what is committed for each part, paid of it to the penny, and released. Called inside actions."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from hearth.commissioning.contracts.models import Contract, ContractPart, PartCommitment, PaymentLine
from hearth.commissioning.contracts.words import line
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.ui.filters import pounds
from hearth.records.money import posting
from hearth.records.money.actions import commit_money, pay_money, release_money
from hearth.records.money.allotting import allot
from hearth.records.money.models import Account, AccountKind, Entry


@dataclass(frozen=True)
class Paid:
    """What one part bears of a payment, and its entry in the ledger: none for a joint commissioner's own books."""

    part: ContractPart
    pence: int
    entry: Entry | None


def parts_of(contract: Contract) -> list[ContractPart]:
    """Its parts, always in one order: of two who post at once, nobody waits for somebody who waits for them."""
    rows = ContractPart.objects.filter(contract=contract).select_related(
        "organisation", "area", "share__fund", "share__area"
    )
    return list(rows.order_by("share_id", "id"))


def commitments_of(parts: Sequence[ContractPart]) -> dict[Any, list[tuple[Entry, int]]]:
    """The commitments of each part with what is left in each, the first first: as the ledger says it, and no row of ours."""
    rows = PartCommitment.objects.filter(part__in=parts).select_related(
        "entry__fund", "entry__share__area", "entry__share__fund", "entry__reverses", "entry__reversed_by"
    )
    found = list(rows.order_by("created_at", "id"))
    accounts = Account.objects.filter(kind=AccountKind.COMMITTED, commitment__in=[each.entry_id for each in found])
    left = dict(accounts.values_list("commitment_id", "pence"))
    of: dict[Any, list[tuple[Entry, int]]] = {part.pk: [] for part in parts}
    for each in found:
        of[each.part_id].append((each.entry, left.get(each.entry_id, 0)))
    return of


def left_of(parts: Sequence[ContractPart]) -> dict[Any, int]:
    """What of each part is still to be paid: of the ledger what is committed, of a joint commissioner what it has not paid yet."""
    committed = commitments_of(parts)
    paid = dict(PaymentLine.objects.standing().filter(part__in=parts).values_list("part_id").annotate(sum=Sum("pence")))
    return {
        part.pk: sum(left for _, left in committed[part.pk])
        if part.share_id
        else max(part.pence - part.released_pence - paid.get(part.pk, 0), 0)
        for part in parts
    }


def hold_ledger(parts: Sequence[ContractPart]) -> None:
    """Nobody else moves money of the shares that pay for a contract until we are done."""
    shares = {part.share_id: part.share for part in parts if part.share is not None}
    posting.hold_accounts([posting.account_at(AccountKind.AVAILABLE, share.fund, share) for share in shares.values()])


def commit(by: Any, part: ContractPart, pence: int) -> None:
    """Promise it of the part's share; refused where the share has not so much available."""
    if part.share is None or not pence:
        return
    contract = part.contract
    entry = commit_money(
        by=by, share=part.share, pence=pence, happened_on=clock.today(), with_whom=contract.provider.name,
        words=line(f"Contract {contract.reference}: {contract.title}", 200),
    )  # fmt: skip
    PartCommitment(part=part, entry=entry).save(force_insert=True)


def pay(by: Any, contract: Contract, pence: int, paid_on: dt.date, words: str, voucher: str) -> list[Paid]:
    """Pay it of all parts, by what is left of each: never more than that, and together the whole to the penny."""
    parts = parts_of(contract)
    left = left_of(parts)
    refuse(why_not_left(pence, sum(left.values())))
    found: list[Paid] = []
    committed = commitments_of(parts)
    for part, bears in zip(parts, allot(pence, [left[part.pk] for part in parts]), strict=True):
        if part.share is None:
            found += [Paid(part, bears, None)] if bears else []
            continue
        for entry, there in committed[part.pk]:
            now = min(bears, there)
            if now:
                number = f"{voucher}/{len(found) + 1}" if voucher and found else voucher
                posted = pay_money(
                    by=by, commitment=entry, pence=now, happened_on=paid_on, words=line(words, 200), voucher=number[:40]
                )
                found.append(Paid(part, now, posted))
                bears -= now
    return found


def release(by: Any, contract: Contract, keep: int, words: str) -> int:
    """Release what is left but for so much, by what is left of each part; what of it is released in the ledger."""
    parts = parts_of(contract)
    hold_ledger(parts)
    left = left_of(parts)
    not_needed = max(sum(left.values()) - keep, 0)
    if not not_needed:
        return 0
    released = 0
    for part, less in zip(parts, allot(not_needed, [left[part.pk] for part in parts]), strict=True):
        if part.share is not None:
            release_of_part(by, part, less, words)
            released += less
        elif less:
            part.released_pence += less
            part.save(update_fields=["released_pence"])
    return released


def release_of_part(by: Any, part: ContractPart, pence: int, words: str) -> None:
    """Release so much of one part, of what was committed last first."""
    for entry, there in reversed(commitments_of([part])[part.pk]):
        now = min(pence, there)
        if now:
            release_money(by=by, commitment=entry, pence=now, happened_on=clock.today(), words=line(words, 200))
            pence -= now
    refuse(why_not_left(pence, 0) if pence else None)


def why_not_left(pence: int, left: int) -> Refusal | None:
    """No more is paid, or taken back, than is left of what was committed."""
    if pence <= left:
        return None
    return Refusal(
        "contracts.not_left",
        f"{pounds(left)} of this contract is still committed, and this takes {pounds(pence)}. Look at its entries in the ledger.",
    )
