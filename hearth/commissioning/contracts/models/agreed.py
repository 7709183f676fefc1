"""What a contract promises: milestones, targets with their profile by quarter, terms of payment by results; and how it was varied."""

import pghistory
from django.db import models
from django.db.models import F, Q

from hearth.commissioning.contracts.models.contracts import Contract, OfContractQuerySet
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record


class MilestoneState(models.TextChoices):
    """Where a milestone has got to."""

    DUE = "due", "Not reached yet"
    REACHED = "reached", "Said to be reached"
    CERTIFIED = "certified", "Certified"
    PAID = "paid", "Paid"
    CANCELLED = "cancelled", "Cancelled"


@pghistory.track()
class Milestone(Record):
    """Something that the provider reaches by a day, and what is paid for it once somebody else certified it."""

    reference = models.CharField(max_length=12, unique=True)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="milestones")
    name = models.CharField(max_length=120, help_text="what is reached; nobody's name")
    due_on = models.DateField()
    pence = models.BigIntegerField(help_text="what is paid for it, by all who pay together; nought where nothing is")
    state = models.CharField(max_length=10, choices=MilestoneState.choices, default=MilestoneState.DUE)
    reached_on = models.DateField(null=True, blank=True)
    reached_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    evidence = models.CharField(max_length=300, blank=True, help_text="how one knows; nobody's name")
    certified_on = models.DateField(null=True, blank=True)
    certified_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(
        max_length=300, blank=True, help_text="what was said of it when it was certified or sent back"
    )

    objects = OfContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pence__gte=0), name="milestone_is_not_below_nothing"),
            models.CheckConstraint(
                condition=~Q(state__in=["certified", "paid"])
                | Q(reached_by__isnull=False, certified_by__isnull=False, certified_on__isnull=False)
                & ~Q(certified_by=F("reached_by")),
                name="a_milestone_is_certified_by_somebody_else",
            ),
        ]
        indexes = [models.Index(fields=["contract", "due_on"], name="milestone_of_contract")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and nobody says that it is reached."""
        return self.state == MilestoneState.DUE and self.due_on < clock.today()


class TargetKind(models.TextChoices):
    """What a target is of: the three kinds of figures that a quarterly return tells."""

    FINANCE = "finance", "Finance"
    OUTPUT = "output", "Output"
    OUTCOME = "outcome", "Outcome"


class TargetUnit(models.TextChoices):
    """What a target's figures count. Pence and hundredths of a per cent, so that all are whole numbers."""

    NUMBER = "number", "A number"
    PENCE = "pence", "Pounds"
    PERCENT = "percent", "Per cent"


@pghistory.track()
class Target(Record):
    """A measure of a contract: what is planned to happen, counted how. Its profile says how much by quarter."""

    reference = models.CharField(max_length=12, unique=True)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="targets")
    number = models.PositiveSmallIntegerField(help_text="its place among the contract's")
    kind = models.CharField(max_length=8, choices=TargetKind.choices)
    name = models.CharField(max_length=120, help_text="what is counted, such as young people who start")
    definition = models.TextField(help_text="what counts and what does not")
    unit = models.CharField(max_length=8, choices=TargetUnit.choices, default=TargetUnit.NUMBER)

    objects = OfContractQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["contract", "number"], name="target_number_once")]

    def __str__(self) -> str:
        return self.name


class OfTargetQuerySet(OfContractQuerySet):
    """Rows that hang from targets."""

    def visible_to(self, user: object) -> "OfTargetQuerySet":
        """Those of contracts that the user may read."""
        return self.filter(target__in=Target.objects.visible_to(user).values("pk"))


@pghistory.track()
class Profile(Record):
    """What is planned of a target in one quarter. No row: nothing was planned for it, which is not nought."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="profile")
    quarter = models.DateField(help_text="its first day")
    planned = models.BigIntegerField(null=True, blank=True, help_text="none: not applicable in that quarter")

    objects = OfTargetQuerySet.as_manager()

    class Meta:
        verbose_name = "profile of a target"
        verbose_name_plural = "profiles of targets"
        ordering = ["quarter"]
        constraints = [
            models.UniqueConstraint(fields=["target", "quarter"], name="profile_quarter_once"),
            models.CheckConstraint(condition=Q(planned=None) | Q(planned__gte=0), name="profile_not_below_nothing"),
        ]


@pghistory.track()
class PaymentTerm(Record):
    """Payment by results: what is paid for each time that an outcome happens, and the most that is ever paid for it."""

    reference = models.CharField(max_length=12, unique=True)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="terms")
    outcome = models.CharField(max_length=40, help_text="a code of the practice pack: the same thing in every contract")
    pence = models.BigIntegerField(help_text="for each family")
    cap_pence = models.BigIntegerField(help_text="the most, for all of them")

    objects = OfContractQuerySet.as_manager()

    class Meta:
        verbose_name = "payment term"
        constraints = [
            models.UniqueConstraint(fields=["contract", "outcome"], name="term_outcome_once"),
            models.CheckConstraint(condition=Q(pence__gt=0, cap_pence__gte=F("pence")), name="a_term_pays_something"),
        ]


class VariationState(models.TextChoices):
    """Where a variation has got to."""

    ASKED = "asked", "Asked for"
    AGREED = "agreed", "Agreed, not in force yet"
    IN_FORCE = "in_force", "In force"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


@pghistory.track()
class Variation(Record):
    """What is changed of a signed contract, before and after, and why: asked by one party, agreed by the other."""

    reference = models.CharField(max_length=12, unique=True)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="variations")
    number = models.PositiveSmallIntegerField()
    asks = models.JSONField(help_text="what it sets, by name")
    told = models.JSONField(help_text="what changes, from what and to what, in words as it was read")
    why = models.TextField(help_text="nobody's name")
    state = models.CharField(max_length=10, choices=VariationState.choices, default=VariationState.ASKED)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(default=clock.today)
    by_provider = models.BooleanField(help_text="whether the provider asked")
    key = models.UUIDField(help_text="of the page it was typed on: a page sent twice makes one row")
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True, help_text="what was said; nobody's name")
    letter = models.CharField(
        max_length=200, blank=True, help_text="where the provider's own agreement is kept, if they did not give it here"
    )
    in_force_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    in_force_on = models.DateField(null=True, blank=True)

    objects = OfContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asked_by", "key"], name="variation_page_once"),
            models.UniqueConstraint(fields=["contract", "number"], name="variation_number_once"),
            models.UniqueConstraint(
                fields=["contract"], condition=Q(state__in=["asked", "agreed"]), name="one_variation_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "in_force"])
                | Q(answered_by__isnull=False) & ~Q(answered_by=F("asked_by")),
                name="a_variation_is_agreed_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(state="in_force", in_force_by__isnull=False, in_force_on__isnull=False)
                | ~Q(state="in_force") & Q(in_force_by=None),
                name="a_variation_is_brought_in_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
