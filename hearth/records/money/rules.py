"""What may be done with money, and the sentence when it may not."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import pounds
from hearth.records.money.models import AccountKind, Entry, EntryKind, Fund
from hearth.records.money.reach import KEEPS, holds_whole, sees_money

MOST = 100_000_000_000  # pence: a thousand million pounds, and more is a slip of the finger
EARLIEST = dt.date(1990, 4, 1)
OF_ACCOUNT = {
    AccountKind.UNALLOCATED: "is not allocated",
    AccountKind.ELSEWHERE: "was used elsewhere",
    AccountKind.AVAILABLE: "is available there",
    AccountKind.COMMITTED: "is still committed",
    AccountKind.PAID: "was paid",
}


def why_not_see_ledger(user: Any) -> Refusal | None:
    """Opening the ledger, or one's district's share of it."""
    if sees_money(user):
        return None
    return Refusal(
        "money.may_not_see", "Your role does not include the ledger. Ask a commissioner for the figure you need."
    )


def why_not_keep_ledger(user: Any) -> Refusal | None:
    """Writing in the ledger: whoever keeps it for the whole authority."""
    if holds_whole(user, KEEPS):
        return None
    return Refusal("money.may_not_keep", "Only whoever keeps the ledger can do this. Ask a commissioner.")


def why_not_this_fund(name: str, given_by: str, begins_on: dt.date, ends_on: dt.date | None) -> Refusal | None:
    """A source says what it is called, who gives it, and from when; another of that name is another."""
    if not name.strip() or not given_by.strip():
        return Refusal("money.fund_name", "Say what the source is called, and who gives it.")
    if Fund.objects.filter(name__iexact=name.strip()).exists():
        return Refusal(
            "money.fund_twice", "There is a source of that name. Open it, or give this one a name of its own."
        )
    if ends_on is not None and ends_on < begins_on:
        return Refusal("money.fund_ends", "The last day of the source is before its first. Check both.")
    return None


def why_not_this_entry(pence: int, happened_on: dt.date, words: str) -> Refusal | None:
    """An entry says how much, when, and what for."""
    if not 0 < pence <= MOST:
        return Refusal("money.amount", f"Enter an amount from {pounds(1)} to {pounds(MOST)}.")
    if happened_on > clock.today():
        return Refusal("money.in_the_future", "The ledger says what has happened. Enter today or a day in the past.")
    if happened_on < EARLIEST:
        return Refusal("money.too_long_ago", "That day is before the ledger can begin. Check the year.")
    if not words.strip():
        return Refusal("money.words", "Say in a line what it is for.")
    return None


def why_not_this_share(year: int, purpose: str) -> Refusal | None:
    """A share is of a financial year, for a purpose."""
    if not 1990 <= year <= 2100:
        return Refusal("money.year", "Enter the financial year, such as 2010/11.")
    if not purpose.strip():
        return Refusal("money.purpose", "Say what the money is for, in a few words.")
    return None


def why_not_take(kind: str, there: int, pence: int) -> Refusal | None:
    """No account is taken below nothing but that of what is given."""
    if kind == AccountKind.GIVEN or pence <= there:
        return None
    return Refusal(
        "money.not_enough",
        f"{pounds(there)} {OF_ACCOUNT[AccountKind(kind)]}, and this takes {pounds(pence)}. Enter less, or put the money there first.",
    )


def why_not_from_commitment(commitment: Entry) -> Refusal | None:
    """Paying, releasing and recovering: of a commitment that stands."""
    if commitment.kind != EntryKind.COMMITTED:
        return Refusal("money.no_commitment", "Open the commitment, and do it from there.")
    if commitment.is_reversed:
        return Refusal("money.reversed", "This commitment was reversed. Nothing is paid from it.")
    return None


def why_not_of_purchase(kind: str, entry: Entry) -> Refusal | None:
    """What belongs to a purchase is paid, released and undone with it; what comes back of it is posted here."""
    of_purchase = entry.kind in (EntryKind.COMMITTED, EntryKind.PAID, EntryKind.RELEASED)
    if kind == EntryKind.RECOVERED or entry.budget_id is None or not of_purchase:
        return None
    return Refusal("money.of_purchase", "It belongs to a purchase. Open that, and pay or cancel it there.")


def why_not_voucher(fund: Fund, voucher: str) -> Refusal | None:
    """A number of the council's own books stands once in a source, but for entries that were reversed."""
    if voucher and Entry.objects.filter(fund=fund, voucher=voucher, reversed_by=None).exists():
        return Refusal(
            "money.voucher_twice", f"{voucher} stands in this source already. Look at it before you post this."
        )
    return None


def why_not_load_again(key: Any) -> Refusal | None:
    """A row of a file is posted once, whoever loads it."""
    found = Entry.objects.filter(key=key).first()
    return Refusal("money.there", f"It is in the ledger already, as {found.reference}.") if found else None


def why_not_of_source(fund: Fund, commitment: Entry) -> Refusal | None:
    """A payment is of the source of its commitment."""
    if commitment.fund_id == fund.pk:
        return None
    return Refusal("money.other_source", f"{commitment.reference} is of another source. Name that one.")


def why_not_reverse(entry: Entry, why: str) -> Refusal | None:
    """Reversing: an entry that stands, once, with the reason."""
    if entry.kind == EntryKind.REVERSED:
        return Refusal("money.reversal", "This is a reversal. Post what is right as a new entry.")
    if entry.is_reversed:
        return Refusal("money.reversed_already", "This entry was reversed already.")
    if not why.strip():
        return Refusal("money.no_reason", "Say why it is reversed.")
    return None


def why_not_these_parts(weights: Sequence[int]) -> Refusal | None:
    """A formula is on whole numbers, of which one at least is more than nothing."""
    if not weights or min(weights) < 0 or not sum(weights):
        return Refusal(
            "money.parts", "Give each district a whole number, 0 or more, and at least one of them more than 0."
        )
    return None
