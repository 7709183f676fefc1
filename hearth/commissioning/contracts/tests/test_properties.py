"""Whatever order a contract's life has, and however many act at once: the ledger balances, no share is overdrawn, nothing is paid twice."""

import contextlib
import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hearth.commissioning.contracts import actions, booking
from hearth.commissioning.contracts.claims import actions as claims
from hearth.commissioning.contracts.endings import actions as endings
from hearth.commissioning.contracts.milestones import actions as milestones
from hearth.commissioning.contracts.models import (
    Contract,
    ContractPart,
    Decommissioning,
    Milestone,
    OutcomeClaim,
    Payment,
    PaymentLine,
    PaymentTerm,
    Variation,
)
from hearth.commissioning.contracts.variations import actions as variations
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.records.money.actions import reverse_entry
from hearth.records.money.models import Account
from hearth.records.money.tests.conftest import balanced
from hearth.records.money.tests.conftest import standing as stands

ROUNDS = 60
PATIENCE = 3000  # things that may happen before each kind of thing has; a few hundred are usual


class Life:
    """What may happen to two contracts, one thing at a time, by whoever may do it, in any order."""

    def __init__(self, cast: Any, as_: Any, found: list[Contract], helped: Any, dice: random.Random) -> None:
        self.cast, self.as_, self.found, self.helped, self.dice = cast, as_, found, helped, dice

    def happens(self, do: Callable[[], None] | None = None) -> None:
        """One thing, chosen by the dice; what may not be done is refused, and leaves nothing behind."""
        things = [
            self.sign, self.reach, self.certify, self.pay, self.claim, self.verify, self.pay_outcome, self.vary, self.agree, self.end,
            self.settle, self.undo,
        ]  # fmt: skip
        with contextlib.suppress(Refused, IntegrityError), transaction.atomic():
            (do or self.dice.choice(things))()

    def one(self, model: Any) -> Any:
        """Any row of a kind, of either contract."""
        rows = list(model.objects.order_by("pk"))
        if not rows:
            raise IntegrityError
        return self.dice.choice(rows)

    def by(self, who: str, do: Callable[[Any], Any]) -> None:
        """As somebody of the cast."""
        user = getattr(self.cast, who)
        with self.as_(user):
            do(user)

    def sign(self) -> None:
        self.by(
            self.dice.choice(["strategic_lead", "commissioner"]),
            lambda by: actions.sign_contract(by=by, contract=self.one(Contract)),
        )

    def reach(self) -> None:
        self.by(
            "provider",
            lambda by: milestones.reach_milestone(
                by=by, milestone=self.one(Milestone), reached_on=clock.today(), evidence="x"
            ),
        )

    def certify(self) -> None:
        self.by(
            "development_officer",
            lambda by: milestones.certify_milestone(
                by=by, milestone=self.one(Milestone), certify=self.dice.random() < 0.8, words="x"
            ),
        )

    def pay(self) -> None:
        self.by(
            "commissioner",
            lambda by: milestones.pay_milestone(by=by, milestone=self.one(Milestone), paid_on=clock.today()),
        )

    def claim(self) -> None:
        def do(by: Any) -> None:
            contract = self.one(Contract)
            term = PaymentTerm.objects.get(contract=contract)
            claims.claim_outcome(
                by=by,
                contract=contract,
                term=term,
                case=self.helped,
                happened_on=clock.today(),
                evidence="x",
                words=str(self.dice.random()),
            )

        self.by("provider", do)

    def verify(self) -> None:
        self.by(
            "development_officer",
            lambda by: claims.look_at_claim(
                by=by, claim=self.one(OutcomeClaim), verify=self.dice.random() < 0.7, words="x"
            ),
        )

    def pay_outcome(self) -> None:
        self.by(
            "commissioner", lambda by: claims.pay_outcome(by=by, claim=self.one(OutcomeClaim), paid_on=clock.today())
        )

    def vary(self) -> None:
        def do(by: Any) -> None:
            contract, more = self.one(Contract), self.dice.randrange(1, 300_000)
            part = ContractPart.objects.filter(contract=contract).order_by("pk")[0]
            added = {"name": "More", "due_on": contract.ends_on, "pence": more}
            variations.ask_for_variation(
                by=by, contract=contract, why="x", parts={part.reference: part.pence + more}, milestone=added
            )

        self.by("commissioner", do)

    def agree(self) -> None:
        self.by(
            "provider",
            lambda by: variations.answer_variation(
                by=by, variation=self.one(Variation), agree=self.dice.random() < 0.8, answer="x"
            ),
        )
        self.by("commissioner", lambda by: variations.bring_in_variation(by=by, variation=self.one(Variation)))

    def end(self) -> None:
        today = clock.today()
        said = {
            "reasons": "x",
            "lost": "x",
            "instead": "x",
            "families": 1,
            "notice_on": today,
            "last_day": today + dt.timedelta(days=5),
        }
        if self.dice.random() < 0.2:
            ask = endings.ask_to_decommission
            self.by("development_officer", lambda by: ask(by=by, contract=self.one(Contract), **said))
        else:
            decide = endings.decide_decommissioning
            self.by("commissioner", lambda by: decide(by=by, ending=self.one(Decommissioning), end=True, words="x"))

    def undo(self) -> None:
        """Somebody who keeps the ledger reverses an entry of a payment, whichever part it is of."""

        def do(by: Any) -> None:
            entry = self.one(PaymentLine).entry
            assert entry is not None
            reverse_entry(by=by, entry=entry, why="x")

        self.by("commissioner", do)

    def settle(self) -> None:
        self.by("commissioner", lambda by: endings.settle_contract(by=by, contract=self.one(Contract)))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_the_ledger_balances_and_nothing_is_paid_twice(
    seed: int, write: Any, helped: Any, fund: Any, cast: Any, as_: Any
) -> None:
    found = [write(parts=(600_000, 300_001)), write(parts=(400_003, 90_000), cap=200_000, title="Another")]
    life = Life(cast, as_, found, helped, random.Random(seed))
    for step in range(ROUNDS):
        if step == ROUNDS * 3 // 4:
            with clock.frozen(clock.now() + dt.timedelta(days=400)):
                life.happens(life.settle)
        life.happens()
    with as_(cast.commissioner):
        balanced()
        sums = stands(fund)  # each account is the sum of its lines, and all of them come to nothing
        assert not Account.objects.exclude(kind="given").filter(pence__lt=0).exists()
        standing_payments = Payment.objects.standing()
        paid = sum(standing_payments.values_list("pence", flat=True))
        assert sums.get("paid", 0) == paid == sum(PaymentLine.objects.standing().values_list("pence", flat=True))
        for contract in Contract.objects.all():
            mine = sum(standing_payments.filter(contract=contract).values_list("pence", flat=True))
            assert mine <= contract.value_pence
            left = booking.left_of(booking.parts_of(contract))
            assert all(each >= 0 for each in left.values()) and mine + sum(left.values()) <= contract.value_pence
            if contract.settled_at:
                assert not any(left.values())
        for of in ("milestone", "claim"):
            things = [thing for thing in standing_payments.values_list(of, flat=True) if thing]
            assert len(things) == len(set(things))
        for thing in (*Milestone.objects.all(), *OutcomeClaim.objects.all()):
            assert (thing.state == "paid") == thing.payments.filter(reversed_at=None).exists(), thing
        standing = OutcomeClaim.objects.filter(state__in=claims.STANDING).values_list("outcome", "family_mark")
        assert len(standing) == len(set(standing)), "of one family once, whichever contract pays for it"


def test_the_dice_reach_every_kind_of_thing(write: Any, helped: Any, cast: Any, as_: Any) -> None:
    """Otherwise the property above would hold of nothing."""
    found = [write(parts=(600_000, 300_001)), write(parts=(400_003, 90_000), cap=200_000, title="Another")]
    life = Life(cast, as_, found, helped, random.Random(2))
    wanted = [
        Payment.objects.filter(claim=None),
        Payment.objects.filter(milestone=None),
        Payment.objects.filter(reversed_at__isnull=False, milestone__isnull=False),
        Payment.objects.filter(reversed_at__isnull=False, claim__isnull=False),
        Variation.objects.filter(state="in_force"),
        Decommissioning.objects.filter(state="decided"),
    ]
    for _ in range(PATIENCE):
        life.happens()
        with as_(cast.commissioner):
            wanted = [each for each in wanted if not each.exists()]
        if not wanted:
            return
    assert not wanted
