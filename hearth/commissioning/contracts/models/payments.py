"""Outcomes that a provider claims, and what is paid: for a milestone or an outcome, once, by each who pays a part."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q

from hearth.commissioning.contracts.models.agreed import Milestone, PaymentTerm
from hearth.commissioning.contracts.models.contracts import Contract, ContractPart, OfContractQuerySet, OfPartQuerySet
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.records.money.models import Entry
from hearth.records.people.models import Family
from hearth.records.people.reach import may_open_family


class ClaimState(models.TextChoices):
    """Where a claim for an outcome has got to."""

    CLAIMED = "claimed", "Waits to be verified"
    VERIFIED = "verified", "Verified"
    PAID = "paid", "Paid"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


@pghistory.track()
class OutcomeClaim(Record):
    """That an outcome of a payment term happened for one family. Which family stands apart; here is a mark that no other claim has."""

    reference = models.CharField(max_length=12, unique=True)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="claims")
    term = models.ForeignKey(PaymentTerm, on_delete=models.PROTECT, related_name="claims")
    outcome = models.CharField(max_length=40, help_text="the term's")
    pence = models.BigIntegerField(help_text="the term's price")
    happened_on = models.DateField()
    evidence = models.CharField(max_length=200, help_text="where the evidence is kept: its reference; nobody's name")
    family_mark = models.CharField(
        max_length=64, help_text="a digest of the family's key: of one family always the same"
    )
    claimed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    claimed_on = models.DateField(default=clock.today)
    key = models.UUIDField(help_text="of the page it was typed on: a page sent twice makes one row")
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.CLAIMED)
    checked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True, help_text="what was said to the provider; nobody's name")

    objects = OfContractQuerySet.as_manager()

    class Meta:
        verbose_name = "outcome claim"
        constraints = [
            models.UniqueConstraint(fields=["claimed_by", "key"], name="outcome_claim_page_once"),
            models.UniqueConstraint(
                fields=["outcome", "family_mark"],
                condition=Q(state__in=["claimed", "verified", "paid"]),
                name="an_outcome_of_a_family_is_claimed_once",
            ),
            models.CheckConstraint(condition=Q(pence__gt=0), name="an_outcome_claim_is_for_something"),
            models.CheckConstraint(
                condition=~Q(state__in=["verified", "paid", "refused"])
                | Q(checked_by__isnull=False, checked_on__isnull=False) & ~Q(checked_by=F("claimed_by")),
                name="nobody_verifies_their_own_outcome",
            ),
        ]
        indexes = [models.Index(fields=["contract", "state"], name="outcome_claims_of_contract")]

    def __str__(self) -> str:
        return self.reference


class ClaimWordsQuerySet(models.QuerySet["ClaimWords"]):
    """For which families outcomes were claimed."""

    def visible_to(self, user: Any) -> "ClaimWordsQuerySet":
        """Those of families whose plan the user may read."""
        return self.filter(may_open_family(user, "family__", category="plan"))


class ClaimWords(Record):
    """For which family an outcome is claimed, and how it came about. Read with its plan, and never by those who only see the contract."""

    claim = models.OneToOneField(OutcomeClaim, on_delete=models.PROTECT, related_name="whose")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=12, help_text="the reference of the case")
    words = models.TextField(help_text="what happened, and how one knows")

    objects = ClaimWordsQuerySet.as_manager()

    class Meta:
        verbose_name = "words of an outcome claim"
        verbose_name_plural = "words of outcome claims"
        indexes = [models.Index(fields=["family"], name="claims_for_family")]


class PaymentQuerySet(OfContractQuerySet):
    """Payments."""

    def standing(self) -> "PaymentQuerySet":
        """Those that nobody reversed in the ledger."""
        return self.filter(reversed_at=None)


class Payment(Record):
    """What was paid for one milestone, or one outcome: once, unless it was reversed in the ledger. Nothing else of it ever changes."""

    reference = models.CharField(max_length=12, unique=True)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="payments")
    milestone = models.ForeignKey(Milestone, null=True, blank=True, on_delete=models.PROTECT, related_name="payments")
    claim = models.ForeignKey(OutcomeClaim, null=True, blank=True, on_delete=models.PROTECT, related_name="payments")
    pence = models.BigIntegerField(help_text="by all who pay together")
    paid_on = models.DateField()
    voucher = models.CharField(max_length=40, blank=True, help_text="its number in the council's own books")
    paid_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reversed_at = models.DateTimeField(
        null=True, blank=True, help_text="since when its entries are reversed in the ledger"
    )
    reversed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reversed_why = models.CharField(max_length=200, blank=True, help_text="nobody's name")

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = "payment of a contract"
        verbose_name_plural = "payments of contracts"
        constraints = [
            models.UniqueConstraint(
                fields=["milestone"], condition=Q(reversed_at=None), name="a_milestone_is_paid_once"
            ),
            models.UniqueConstraint(fields=["claim"], condition=Q(reversed_at=None), name="an_outcome_is_paid_once"),
            models.CheckConstraint(
                condition=Q(reversed_at=None, reversed_by=None, reversed_why="")
                | Q(reversed_at__isnull=False, reversed_by__isnull=False) & ~Q(reversed_why=""),
                name="a_reversal_says_who_and_why",
            ),
            models.CheckConstraint(condition=Q(pence__gt=0), name="a_payment_pays_something"),
            models.CheckConstraint(
                condition=Q(milestone__isnull=False, claim=None) | Q(milestone=None, claim__isnull=False),
                name="a_payment_is_for_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["contract", "-paid_on"], name="payments_of_contract")]

    def __str__(self) -> str:
        return self.reference


class OfPaymentQuerySet(OfPartQuerySet):
    """Lines of payments."""

    def standing(self) -> "OfPaymentQuerySet":
        """Those of payments that nobody reversed."""
        return self.filter(payment__reversed_at=None)


class PaymentLine(Record):
    """What one part bears of a payment: an entry of the ledger, or of a joint commissioner's own books. Only ever added."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="lines")
    part = models.ForeignKey(ContractPart, on_delete=models.PROTECT, related_name="paid_lines")
    pence = models.BigIntegerField()
    entry = models.OneToOneField(
        Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="contract_payment"
    )

    objects = OfPaymentQuerySet.as_manager()

    class Meta:
        verbose_name = "line of a payment"
        verbose_name_plural = "lines of payments"
        constraints = [models.CheckConstraint(condition=Q(pence__gt=0), name="a_payment_line_pays_something")]
