"""How an entry is written: its accounts found and held, the rule asked of what is there, and two lines that add up to nothing."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NotRequired, TypedDict

from django.db import connection

from hearth.foundation.audit.actions import record
from hearth.foundation.core.once import key_of_sending
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.records.money import rules
from hearth.records.money.models import Account, AccountKind, Budget, Entry, EntryKind, Fund, Line, Share
from hearth.records.money.models.ledger import MOVES

OF_SHARE = (AccountKind.AVAILABLE, AccountKind.COMMITTED, AccountKind.PAID)
OF_COMMITMENT = (AccountKind.COMMITTED, AccountKind.PAID)


class Said(TypedDict):
    """What whoever posts an entry says of it: how much, on which day, what for, its number in the council's books; the page's key."""

    pence: int
    happened_on: dt.date
    words: str
    voucher: NotRequired[str]
    key: NotRequired[uuid.UUID | None]


@dataclass(frozen=True, kw_only=True)
class Posting:
    """What an entry says."""

    kind: EntryKind
    fund: Fund
    pence: int
    happened_on: dt.date
    words: str
    share: Share | None = None
    commitment: Entry | None = None
    budget: Budget | None = None
    with_whom: str = ""
    voucher: str = ""
    key: uuid.UUID | None = None
    loaded: bool = False  # from a file, whose row the key is made of: such a row is posted once, whoever loads it
    detail: dict[str, Any] = field(default_factory=dict)

    def cleaned(self) -> dict[str, str]:
        """What was typed, without what cannot be stored."""
        return {
            "words": " ".join(clean(self.words).split())[:200],
            "with_whom": " ".join(clean(self.with_whom).split())[:120],
            "voucher": "".join(clean(self.voucher).split())[:40],
        }


def account_at(
    kind: str, fund: Fund, share: Share | None = None, commitment: Any = None, budget: Budget | None = None
) -> Account:
    """The account, made where it is not there yet; of two who make it at once the second finds the first's."""
    where: dict[str, Any] = {
        "kind": kind,
        "fund": fund,
        "share": share if kind in OF_SHARE else None,
        "commitment_id": commitment if kind in OF_COMMITMENT else None,
        "budget": budget,
    }
    found = Account.objects.filter(**where).first()
    if found is None:
        Account.objects.bulk_create([Account(**where)], ignore_conflicts=True)
        found = Account.objects.get(**where)
    return found


def hold_accounts(accounts: Iterable[Account]) -> None:
    """Nobody else moves money of these until we are done, and each says what is there now."""
    held = list(accounts)
    with connection.cursor() as cursor:
        cursor.execute("select hearth_hold_money(%s::uuid[])", [[account.pk for account in held]])
    now = dict(Account.objects.filter(pk__in=[account.pk for account in held]).values_list("pk", "pence"))
    for account in held:
        account.pence = now.get(account.pk, account.pence)


def budgets_of(what: Posting) -> tuple[Budget | None, Budget | None]:
    """Out of which budget it takes, and into which it puts: the same one, but where money goes into a budget or comes back."""
    out_of = None if what.kind == EntryKind.DELEGATED else what.budget
    return out_of, None if what.kind == EntryKind.RETURNED else what.budget


def _key_of(what: Posting, typed: dict[str, str]) -> uuid.UUID:
    return key_of_sending(
        what.key, what.kind, what.fund, what.share, what.commitment, what.budget, what.pence, what.happened_on, typed
    )


def _hold_voucher(fund: Fund, voucher: str) -> None:
    """Whoever posts the same number at the same moment waits, and is then told that it is there."""
    if voucher:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 5))", [f"{fund.pk} {voucher}"])


def post(by: Any, what: Posting) -> Entry:
    """Write the entry, or give the one that the same page wrote before. Called inside actions, which have asked who may."""
    typed = what.cleaned()
    refuse(rules.why_not_load_again(what.key) if what.loaded else None)
    key = what.key if what.loaded and what.key else _key_of(what, typed)
    sent_before = Entry.objects.filter(posted_by=by, key=key).first()
    if sent_before is not None:
        record("money.entry_sent_again", subject=sent_before)
        return sent_before
    refuse(rules.why_not_this_entry(what.pence, what.happened_on, typed["words"]))
    _hold_voucher(what.fund, typed["voucher"])
    refuse(rules.why_not_voucher(what.fund, typed["voucher"]))
    takes, puts = MOVES[what.kind]
    root = what.commitment.pk if what.commitment else None
    out_of, into = budgets_of(what)
    source = account_at(takes, what.fund, what.share, root, out_of)
    begins = what.kind == EntryKind.COMMITTED
    target = None if begins else account_at(puts, what.fund, what.share, root, into)
    hold_accounts([source, *filter(None, [target])])
    refuse(rules.why_not_take(source.kind, source.pence, what.pence))
    entry = Entry(
        reference=drawn_reference("LE"), kind=what.kind, fund=what.fund, share=what.share, commitment=what.commitment, budget=what.budget,
        pence=what.pence, happened_on=what.happened_on, posted_by=by, key=key, **typed,
    )  # fmt: skip
    entry.save(force_insert=True)
    target = target or account_at(puts, what.fund, what.share, entry.pk, into)
    _lines(entry, {source.pk: -what.pence, target.pk: what.pence})
    record(
        "money.entry_posted", subject=entry, kind=what.kind, pence=what.pence, source=what.fund.reference,
        share=what.share.reference if what.share else "", **what.detail,
    )  # fmt: skip
    return entry


def reverse(by: Any, entry: Entry, why: str) -> Entry:
    """The mirror of an entry, line by line, where the money is still there. Called inside an action."""
    refuse(rules.why_not_reverse(entry, why))
    lines = {line.account_id: line for line in Line.objects.filter(entry=entry).select_related("account")}
    hold_accounts([line.account for line in lines.values()])
    entry = Entry.objects.select_related("fund", "share", "reversed_by").get(pk=entry.pk)
    refuse(rules.why_not_reverse(entry, why))
    for line in lines.values():
        refuse(rules.why_not_take(line.account.kind, line.account.pence, max(line.pence, 0)))
    found = Entry(
        reference=drawn_reference("LE"), kind=EntryKind.REVERSED, fund=entry.fund, share=entry.share,
        commitment_id=entry.root_id, budget_id=entry.budget_id, reverses=entry, pence=entry.pence, happened_on=entry.happened_on,
        words=" ".join(clean(why).split())[:200], with_whom=entry.with_whom, posted_by=by, key=uuid.uuid4(),
    )  # fmt: skip
    found.save(force_insert=True)
    _lines(found, {account: -line.pence for account, line in lines.items()})
    record("money.entry_reversed", subject=found, reverses=entry.reference, pence=entry.pence)
    return found


def _lines(entry: Entry, moved: dict[Any, int]) -> None:
    for account, pence in sorted(moved.items(), key=lambda each: str(each[0])):
        Line(entry=entry, account_id=account, pence=pence).save(force_insert=True)
