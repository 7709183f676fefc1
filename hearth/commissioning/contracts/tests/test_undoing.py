"""A payment that is reversed in the ledger: what it paid for waits again, and is paid again once."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from hearth.commissioning.contracts import booking
from hearth.commissioning.contracts.claims import actions as claims
from hearth.commissioning.contracts.endings import actions as endings
from hearth.commissioning.contracts.milestones import actions as milestones
from hearth.commissioning.contracts.models import Contract, Milestone, OutcomeClaim, Payment, PaymentLine
from hearth.commissioning.contracts.tests.conftest import VALUE
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.records.money.actions import reverse_entry
from hearth.records.money.models import Entry
from hearth.records.money.tests.conftest import balanced


def entries_of(payment: Payment) -> list[Entry]:
    """Its entries in the ledger."""
    rows = PaymentLine.objects.filter(payment=payment).select_related("entry__fund", "entry__share").order_by("id")
    return [each.entry for each in rows if each.entry is not None]


def pay(milestone: Milestone, cast: Any, as_: Any, voucher: str = "") -> Payment:
    """Pay it, as the commissioner."""
    by = cast.commissioner
    with as_(by):
        found = Milestone.objects.select_related("contract").get(pk=milestone.pk)
        return milestones.pay_milestone(by=by, milestone=found, paid_on=clock.today(), voucher=voucher)


def left(contract: Contract) -> int:
    """What is still to be paid of it."""
    return sum(booking.left_of(booking.parts_of(contract)).values())


def test_one_part_reversed_reverses_the_whole_payment_and_the_milestone_is_paid_again_once(
    certified: Milestone, contract: Contract, cast: Any, as_: Any
) -> None:
    by, made = cast.commissioner, pay(certified, cast, as_, voucher="INV 9")
    with as_(by):
        assert left(contract) == VALUE - made.pence
        first, second = entries_of(made)
        reverse_entry(by=by, entry=second, why="Paid to the wrong account")
        balanced()
        assert Entry.objects.filter(reverses__in=[first, second]).count() == 2
        assert left(contract) == VALUE
        found = Payment.objects.get(pk=made.pk)
        assert (found.reversed_by, found.reversed_why) == (by, "Paid to the wrong account")
        assert Milestone.objects.get(pk=certified.pk).state == "certified"
    again = pay(certified, cast, as_, voucher="INV 9")
    with as_(by):
        assert Milestone.objects.get(pk=certified.pk).state == "paid" and left(contract) == VALUE - again.pence
    with pytest.raises(Refused):
        pay(certified, cast, as_)
    with as_(by), pytest.raises(IntegrityError), transaction.atomic():
        Payment(
            reference="PY-4F7K3QX", contract=contract, milestone=certified, pence=1, paid_on=clock.today(), paid_by=by
        ).save(force_insert=True)


def test_an_outcome_waits_to_be_paid_again_and_cannot_be_claimed_anew(
    verified: OutcomeClaim, claim: Any, contract: Contract, cast: Any, as_: Any
) -> None:
    by = cast.commissioner
    with as_(by):
        found = OutcomeClaim.objects.select_related("contract").get(pk=verified.pk)
        made = claims.pay_outcome(by=by, claim=found, paid_on=clock.today())
        reverse_entry(by=by, entry=entries_of(made)[0], why="Twice")
        assert OutcomeClaim.objects.get(pk=verified.pk).state == "verified"
    with pytest.raises(Refused) as refused:
        claim(words="Again")
    assert refused.value.refusal.code == "contracts.claimed_before"
    with as_(by):
        found = OutcomeClaim.objects.select_related("contract").get(pk=verified.pk)
        claims.pay_outcome(by=by, claim=found, paid_on=clock.today())
        assert Payment.objects.standing().filter(claim=verified).count() == 1


def test_what_a_settled_contract_paid_is_recovered_and_not_reversed(
    certified: Milestone, contract: Contract, cast: Any, as_: Any
) -> None:
    by, made = cast.commissioner, pay(certified, cast, as_)
    with clock.frozen(clock.now() + dt.timedelta(days=400)), as_(by):
        endings.settle_contract(by=by, contract=Contract.objects.get(pk=contract.pk))
        with pytest.raises(Refused) as refused:
            reverse_entry(by=by, entry=entries_of(made)[0], why="Late")
        assert refused.value.refusal.code == "contracts.settled"
        assert not Entry.objects.filter(reverses__in=entries_of(made)).exists()


def test_nobody_says_that_a_payment_is_reversed_which_the_ledger_has(certified: Milestone, cast: Any, as_: Any) -> None:
    made, now = pay(certified, cast, as_), clock.now()
    for who in ("commissioner", "strategic_lead", "development_officer", "provider", "family_worker"):
        user = getattr(cast, who)
        with as_(user):
            said = {"reversed_at": now, "reversed_by": user, "reversed_why": "x"}
            if who == "commissioner":
                with pytest.raises(DatabaseError, match="reversed in the ledger"), transaction.atomic():
                    Payment.objects.filter(pk=made.pk).update(**said)
            else:
                assert Payment.objects.filter(pk=made.pk).update(**said) == 0, who
    with as_(cast.commissioner), pytest.raises(DatabaseError), transaction.atomic():
        Payment.objects.filter(pk=made.pk).update(pence=1)


def test_the_contracts_page_says_what_was_reversed_and_why(
    certified: Milestone, contract: Contract, cast: Any, as_: Any, as_client: Any
) -> None:
    made, client = pay(certified, cast, as_), as_client(cast.commissioner)
    with as_(cast.commissioner):
        entry = entries_of(made)[0]
    address = reverse("reverse_entry", args=[entry.reference])
    assert "can be paid again" in client.get(address).content.decode()
    assert client.post(address, {"why": "Paid to the wrong account"}).status_code == 302
    page = client.get(reverse("contract", args=[contract.reference])).content.decode()
    assert (
        "Paid to the wrong account" in page
        and reverse("pay_milestone", args=[contract.reference, certified.reference]) in page
    )
    client.post(address, {"why": "A second press"})
    with as_(cast.commissioner):
        assert Entry.objects.filter(reverses=entry).count() == 1
