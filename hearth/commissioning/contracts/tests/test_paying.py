"""A milestone is certified by somebody else than who said it is reached, and paid once, to the penny, by each who pays a part."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError

from hearth.commissioning.contracts import booking
from hearth.commissioning.contracts.milestones import actions
from hearth.commissioning.contracts.models import Contract, Milestone, MilestoneState, Payment, PaymentLine
from hearth.commissioning.contracts.tests.conftest import FIRST, VALUE, milestone_of
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.records.money.tests.conftest import balanced
from hearth.records.money.tests.conftest import standing as stands


def code_of(refused: Any) -> str:
    """Which sentence it was."""
    return str(refused.value.refusal.code)


def pay(cast: Any, found: Any, **said: Any) -> Payment:
    """As the commissioner."""
    return actions.pay_milestone(
        by=cast.commissioner, milestone=Milestone.objects.get(pk=found.pk), **({"paid_on": clock.today()} | said)
    )


def test_a_payment_is_shared_by_what_is_left_of_each_part_to_the_penny(
    certified: Milestone, fund: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.commissioner):
        made = pay(cast, certified, voucher="INV 1")
        lines = sorted(PaymentLine.objects.filter(payment=made).values_list("pence", "entry__pence", "entry__voucher"))
        assert [pence for pence, _, _ in lines] == [350_000, 1_050_001] and sum(pence for pence, _, _ in lines) == FIRST
        assert all(pence == entry for pence, entry, _ in lines)
        assert sorted(voucher for _, _, voucher in lines) == ["INV1", "INV1/2"], "a number stands once in a source"
        assert stands(fund)["paid"] == FIRST and stands(fund)["committed"] == VALUE - FIRST
        balanced()


def test_it_is_paid_once(certified: Milestone, cast: Any, as_: Any) -> None:
    with as_(cast.commissioner):
        made = pay(cast, certified)
        with pytest.raises(Refused) as refused:
            pay(cast, certified)
        assert refused.value.refusal.sentence == "It is paid already."
        again = Payment(
            reference="PY-AGAIN",
            contract=made.contract,
            milestone=made.milestone,
            pence=1,
            paid_on=clock.today(),
            paid_by=cast.commissioner,
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save(force_insert=True)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Payment.objects.update(pence=1)


def test_nothing_is_paid_that_nobody_certified(contract: Contract, reached: Milestone, cast: Any, as_: Any) -> None:
    with as_(cast.commissioner), pytest.raises(Refused) as refused:
        pay(cast, reached)
    assert refused.value.refusal.sentence == "It waits to be certified."


def test_whoever_says_it_is_reached_does_not_certify_it(
    contract: Contract, other_commissioner: Any, cast: Any, as_: Any
) -> None:
    by = cast.development_officer
    with as_(by):
        actions.reach_milestone(by=by, milestone=milestone_of(contract), reached_on=clock.today(), evidence="Seen")
        with pytest.raises(Refused) as refused:
            actions.certify_milestone(by=by, milestone=milestone_of(contract), certify=True)
        assert code_of(refused) == "contracts.own_milestone"
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            Milestone.objects.update(state="certified", certified_by=by, certified_on=clock.today())
    with as_(other_commissioner):
        assert (
            actions.certify_milestone(by=other_commissioner, milestone=milestone_of(contract), certify=True).state
            == "certified"
        )


def test_what_is_sent_back_says_why_and_may_be_said_again(reached: Milestone, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    with as_(by):
        with pytest.raises(Refused) as refused:
            actions.certify_milestone(by=by, milestone=milestone_of(reached.contract), certify=False)
        assert code_of(refused) == "contracts.no_reason"
        found = actions.certify_milestone(
            by=by, milestone=milestone_of(reached.contract), certify=False, words="Nine began"
        )
        assert found.state == MilestoneState.DUE and found.words == "Nine began"
    with as_(cast.provider):
        found = actions.reach_milestone(
            by=cast.provider, milestone=milestone_of(reached.contract), reached_on=clock.today(), evidence="Ten now"
        )
        assert found.state == MilestoneState.REACHED


@pytest.mark.parametrize(
    ("said", "code"),
    [({"reached_on": dt.date(2001, 1, 1)}, "contracts.reached_on"), ({"evidence": " "}, "contracts.evidence")],
)
def test_reaching_says_when_and_how_one_knows(
    said: dict[str, Any], code: str, contract: Contract, cast: Any, as_: Any
) -> None:
    with as_(cast.provider), pytest.raises(Refused) as refused:
        actions.reach_milestone(
            by=cast.provider,
            milestone=milestone_of(contract),
            **({"reached_on": clock.today(), "evidence": "x"} | said),
        )
    assert code_of(refused) == code


@pytest.mark.parametrize("who", ["provider", "strategic_lead", "board_member", "analyst"])
def test_only_who_visits_certifies_and_only_a_commissioner_pays(
    who: str, certified: Milestone, cast: Any, as_: Any
) -> None:
    by = getattr(cast, who)
    with as_(by):
        for do in (
            lambda: actions.certify_milestone(by=by, milestone=Milestone.objects.get(pk=certified.pk), certify=True),
            lambda: actions.pay_milestone(
                by=by, milestone=Milestone.objects.get(pk=certified.pk), paid_on=clock.today()
            ),
        ):
            with pytest.raises(Refused):
                do()


def test_the_provider_certifies_nothing_past_the_product(reached: Milestone, cast: Any, as_: Any) -> None:
    with as_(cast.provider), pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
        Milestone.objects.update(state="certified", certified_by=cast.provider, certified_on=clock.today())


def test_a_joint_commissioner_bears_its_part_outside_the_ledger(
    write: Any, sign: Any, fund: Any, cast: Any, as_: Any
) -> None:
    health = cast.health_visitor.organisation
    found = sign(write(parts=(900_000,), cap=0, more=[(health, 100_000)]))
    with as_(cast.provider):
        actions.reach_milestone(by=cast.provider, milestone=milestone_of(found), reached_on=clock.today(), evidence="x")
    with as_(cast.development_officer):
        actions.certify_milestone(by=cast.development_officer, milestone=milestone_of(found), certify=True)
    with as_(cast.commissioner):
        pay(cast, milestone_of(found))
        assert stands(fund)["paid"] == 900_000
        theirs = PaymentLine.objects.get(part__organisation=health)
        assert theirs.pence == 100_000 and theirs.entry is None
        assert set(booking.left_of(booking.parts_of(found)).values()) == {0}


def test_a_day_to_come_is_no_day_of_a_payment(certified: Milestone, fund: Any, cast: Any, as_: Any) -> None:
    with as_(cast.commissioner):
        with pytest.raises(Refused) as refused:
            pay(cast, certified, paid_on=clock.today() + dt.timedelta(days=1))
        assert (
            code_of(refused) == "contracts.in_the_future"
            and not Payment.objects.exists()
            and not stands(fund).get("paid")
        )
