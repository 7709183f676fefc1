"""Budgets: part of a share that somebody may spend, within limits; and what is bought from them for families."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q

from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.records.money.models.ledger import Entry, Share
from hearth.records.money.reach import asks_of_budget, reads_budget, reads_purchase
from hearth.records.people.models import Family
from hearth.records.people.reach import may_open_family


class BudgetKind(models.TextChoices):
    """Whose a budget is."""

    DISTRICT = "district", "A district's"
    PRACTITIONER = "practitioner", "A lead practitioner's"


class BudgetQuerySet(models.QuerySet["Budget"]):
    """Budgets."""

    def visible_to(self, user: Any) -> "BudgetQuerySet":
        """With what is left in them: the user's own, and those of the ledger that they see."""
        return self.filter(reads_budget(user))

    def offered_to(self, user: Any) -> "BudgetQuerySet":
        """Those from which the user may ask: their own, and those of their districts. The row policy says the same."""
        return self.in_force().filter(asks_of_budget(user))

    def in_force(self) -> "BudgetQuerySet":
        """Neither ended nor past their last day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=clock.today()), ended_at=None)


@pghistory.track()
class Budget(Record):
    """Part of a share that one person answers for. How much is in it the ledger says, and never this row."""

    reference = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=BudgetKind.choices)
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="budgets")
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="the share's"
    )
    holder = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_rule_pence = models.BigIntegerField(help_text="up to this, what its holder asks for is approved by rule")
    most_pence = models.BigIntegerField(help_text="up to this, its holder approves; above it, whoever keeps the ledger")
    ends_on = models.DateField(null=True, blank=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=200, blank=True)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["share", "name"], name="budget_name_once"),
            models.CheckConstraint(
                condition=Q(by_rule_pence__gte=0, most_pence__gt=0, by_rule_pence__lte=F("most_pence")),
                name="budget_limits",
            ),
        ]
        indexes = [models.Index(fields=["holder"], condition=Q(ended_at=None), name="budget_of_holder")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether anything may be asked from it today."""
        return self.ended_at is None and (self.ends_on is None or self.ends_on >= clock.today())


class PurchaseState(models.TextChoices):
    """Where a purchase has got to."""

    ASKED = "asked", "Asked for"
    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Declined"
    BOUGHT = "bought", "Bought"
    RECEIVED = "received", "Received"
    PAID = "paid", "Paid"
    CANCELLED = "cancelled", "Cancelled"


# Until then, something is still to be done about a purchase, and its budget does not end.
OPEN = (PurchaseState.ASKED, PurchaseState.APPROVED, PurchaseState.BOUGHT, PurchaseState.RECEIVED)


class PurchaseQuerySet(models.QuerySet["Purchase"]):
    """Purchases."""

    def visible_to(self, user: Any) -> "PurchaseQuerySet":
        """Whoever asked, holds its budget, keeps the ledger, or may read the plan of the family. The row policy says the same."""
        return self.filter(reads_purchase(user, PurchaseWords.objects.visible_to(user)))


@pghistory.track()
class Purchase(Record):
    """Something bought for one family from a budget: what, from whom, for how much. It names nobody; whose it is stands apart."""

    reference = models.CharField(max_length=12, unique=True)
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="purchases")
    need = models.CharField(max_length=40, help_text="what is needed: a code of the practice pack")
    what = models.CharField(max_length=200, help_text="what is bought, in a line; nobody's name")
    supplier = models.CharField(max_length=120, help_text="from whom: an organisation")
    pence = models.BigIntegerField(help_text="the most that it may cost")
    state = models.CharField(max_length=10, choices=PurchaseState.choices, default=PurchaseState.ASKED)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(default=clock.today)
    key = models.UUIDField(help_text="of the page it was typed on: a page sent twice makes one row")
    by_rule = models.BooleanField(default=False, help_text="approved by its budget's rule, and by nobody")
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=200, blank=True, help_text="why; nobody's name")
    commitment = models.OneToOneField(Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="purchase")
    bought_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    paid_pence = models.BigIntegerField(null=True, blank=True)

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asked_by", "key"], name="purchase_page_once"),
            models.CheckConstraint(condition=Q(pence__gt=0), name="purchase_costs_something"),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "bought", "received", "paid"]) | Q(commitment__isnull=False),
                name="nothing_is_bought_without_its_money",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")) | Q(state__in=["cancelled"]),
                name="nobody_approves_their_own",
            ),
            models.CheckConstraint(
                condition=Q(paid_pence=None) | Q(paid_pence__gt=0, paid_pence__lte=F("pence")), name="paid_within_it"
            ),
        ]
        indexes = [
            models.Index(fields=["budget", "state"], name="purchase_of_budget"),
            models.Index(fields=["state"], condition=Q(state__in=OPEN), name="purchase_open"),
        ]

    def __str__(self) -> str:
        return self.reference


class PurchaseWordsQuerySet(models.QuerySet["PurchaseWords"]):
    """For whom things were bought."""

    def visible_to(self, user: Any) -> "PurchaseWordsQuerySet":
        """Those of families whose plan the user may read."""
        return self.filter(may_open_family(user, "family__", category="plan"))


class PurchaseWords(Record):
    """For which family something is bought, and why. Read with its plan, and never by those who only see the money."""

    class Source(models.TextChoices):
        PLAN = "plan", "A plan"
        PANEL = "panel", "A panel"

    purchase = models.OneToOneField(Purchase, on_delete=models.PROTECT, related_name="words")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=8, choices=Source.choices)
    basis = models.CharField(max_length=12, help_text="the reference of the plan, or of the panel's item")
    why = models.TextField(help_text="what it will change for them")

    objects = PurchaseWordsQuerySet.as_manager()

    class Meta:
        verbose_name = "words of a purchase"
        verbose_name_plural = "words of purchases"
        indexes = [models.Index(fields=["family"], name="purchases_of_family")]
