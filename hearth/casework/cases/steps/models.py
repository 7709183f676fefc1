"""A step to or from social care, the basis it was checked on, and the frozen pack that travels with it."""

import datetime as dt
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hearth.casework.cases.models import Case
from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.records.documents.models import Content
from hearth.records.people.models import Family
from hearth.records.people.reach import kept_from


class Direction(models.TextChoices):
    """Which way a family goes."""

    UP = "up", "Step up to social care"
    DOWN = "down", "Step down to early help"


class Status(models.TextChoices):
    """Where a step has got to."""

    REQUESTED = "requested", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ENDED = "ended", "Handed back"


class Basis(models.TextChoices):
    """What lets a family's story go from one to the other."""

    CONSENT = "consent", "The family agreed"
    TOLD = "told", "The family was told, and there is a lawful reason to go on without their agreement"
    DANGER = "danger", "The family was not told: telling them could put somebody in danger"


WITHDRAWN_IS_SEEN_FOR = dt.timedelta(days=28)


def may_read(user: Any) -> Q:
    """Whoever may open the family; the hub, while it is asked and some weeks after it was withdrawn; whoever decided a
    step up or asked for a step down.
    """
    # Family by a subquery and never by a join: a hub worker who decides may not see the family's own row yet.
    theirs = Q(family__in=Family.objects.visible_to(user).values("pk"))
    theirs |= Q(direction=Direction.UP, decided_by_id=user.id) | Q(direction=Direction.DOWN, requested_by_id=user.id)
    if user.may("decide_step_up"):
        theirs |= Q(direction=Direction.UP, status=Status.REQUESTED)
        theirs |= Q(
            direction=Direction.UP, status=Status.WITHDRAWN, withdrawn_at__gt=clock.now() - WITHDRAWN_IS_SEEN_FOR
        )
    return theirs & ~Q(family__one_of=kept_from(user))


def may_open_its_pack(user: Any, to_step: str = "") -> Q:
    """Whoever may open the family; the hub, while it is asked; whoever accepted it, until it is handed back."""

    def step(**fields: Any) -> Q:
        return Q(**{to_step + name: value for name, value in fields.items()})

    theirs = step(family__in=Family.objects.visible_to(user).values("pk"))
    theirs |= step(direction=Direction.UP, status=Status.ACCEPTED, decided_by_id=user.id)
    if user.may("decide_step_up"):
        theirs |= step(direction=Direction.UP, status=Status.REQUESTED)
    return theirs & ~step(family__one_of=kept_from(user))


class CareStepQuerySet(models.QuerySet["CareStep"]):
    """Steps."""

    def visible_to(self, user: Any) -> "CareStepQuerySet":
        """Steps of families the user may open, and those that are theirs to decide. The row policy says the same."""
        return self.filter(may_read(user))


@pghistory.track()
class CareStep(Record):
    """A step up to social care, or a step down from it: asked for, and accepted, declined or withdrawn.

    The words about the family are copied when it is asked, because whoever decides cannot open the family's record yet.
    """

    reference = models.CharField(max_length=12, unique=True)
    direction = models.CharField(max_length=4, choices=Direction.choices)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="care_steps")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    family_name = models.CharField(max_length=120, help_text="as it was when the step was asked for")
    case_reference = models.CharField(max_length=12)
    case_stage = models.CharField(max_length=12, help_text="where the case stood: it goes back there when handed back")
    children = models.PositiveSmallIntegerField(default=0)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REQUESTED)
    reason = models.CharField(max_length=50, help_text="a code of the practice pack")
    words = models.TextField(help_text="what is feared or hoped, and what is asked for")
    people = ArrayField(models.UUIDField(), default=list, help_text="whom of the family the words name")
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=clock.now)
    answer_by_on = models.DateField(help_text="the last day for an answer, by the practice pack's limit on that day")
    pack_items = models.PositiveSmallIntegerField(
        default=0, help_text="how many items the frozen pack has: none can be added"
    )
    pack_sha256 = models.CharField(max_length=64)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=50, blank=True, help_text="a code of the practice pack")
    answer = models.TextField(blank=True, help_text="what happens next, or the advice that goes with a decline")
    other_reference = models.CharField(max_length=60, blank=True, help_text="social care's own number for it")
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.CharField(max_length=50, blank=True, help_text="a code of the practice pack")
    withdrawal_words = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="when a step up was handed back by a step down")

    objects = CareStepQuerySet.as_manager()

    class Meta:
        verbose_name = "care step"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(status="requested"), name="one_step_waiting_a_case"),
            models.CheckConstraint(
                name="step_is_decided_by_somebody",
                condition=~Q(status__in=["accepted", "declined"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(condition=~Q(status="declined") | ~Q(decline_reason=""), name="decline_says_why"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("requested_by")), name="step_decided_by_another"
            ),
        ]
        indexes = [
            models.Index(fields=["direction", "answer_by_on"], condition=Q(status="requested"), name="step_waiting"),
            models.Index(fields=["family"], name="care_step_of_family"),
            models.Index(fields=["decided_by", "status"], name="step_of_decider"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_up(self) -> bool:
        """Whether it goes to social care."""
        return self.direction == Direction.UP

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for an answer."""
        return self.status == Status.REQUESTED


class OfStepQuerySet(models.QuerySet[Any]):
    """Rows that hang from a step."""

    def visible_to(self, user: Any) -> "OfStepQuerySet":
        """Rows of the steps the user may read."""
        return self.filter(step__in=CareStep.objects.visible_to(user).values("pk"))


class BasisCheck(Record):
    """Consent or the lawful reason, checked when asked for and again when accepted. Only ever added."""

    step = models.ForeignKey(CareStep, on_delete=models.PROTECT, related_name="basis_checks")
    moment = models.CharField(
        max_length=10, choices=[("requested", "When it was asked for"), ("accepted", "When it was accepted")]
    )
    basis = models.CharField(max_length=8, choices=Basis.choices)
    ground = models.CharField(
        max_length=50, blank=True, help_text="the lawful reason where there is no consent: a code of the practice pack"
    )
    words = models.TextField(help_text="who agreed, and to what; or why without")
    agreed_on = models.DateField(null=True, blank=True, help_text="the day of the agreement, where there is one")
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(default=clock.now)

    objects = OfStepQuerySet.as_manager()

    class Meta:
        verbose_name = "basis check"
        constraints = [
            models.UniqueConstraint(fields=["step", "moment"], name="basis_checked_once_a_move"),
            models.CheckConstraint(condition=Q(basis="consent") | ~Q(ground=""), name="no_consent_needs_a_ground"),
        ]


class FrozenItemQuerySet(models.QuerySet["FrozenItem"]):
    """What travelled."""

    def visible_to(self, user: Any) -> "FrozenItemQuerySet":
        """Items of packs the user may open, but those that name somebody restricted who is kept from them.

        A restriction placed after a pack was sent reaches into it. The row policy says the same.
        """
        return self.filter(may_open_its_pack(user, "step__"), people__none_of=kept_from(user))


class FrozenItem(Record):
    """One thing that travelled, as it was on that day: its data, how it read, and on which basis. It never changes."""

    step = models.ForeignKey(CareStep, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, help_text="a code in casework/cases/steps/rules.py")
    title = models.CharField(max_length=200)
    data = models.JSONField()
    html = models.TextField(help_text="as it was shown, written by our own templates")
    sha256 = models.CharField(max_length=64)
    basis = models.CharField(max_length=8, choices=Basis.choices)
    ground = models.CharField(max_length=50, blank=True)
    people = ArrayField(models.UUIDField(), default=list, help_text="whom of the family it names")

    objects = FrozenItemQuerySet.as_manager()

    class Meta:
        verbose_name = "frozen item"
        constraints = [models.UniqueConstraint(fields=["step", "number"], name="frozen_item_number_once")]


class FrozenFile(Content):
    """The bytes of a document that travelled. They stay with the pack, whatever becomes of the document itself."""

    item = models.OneToOneField(FrozenItem, on_delete=models.PROTECT, related_name="file")

    class Meta(Content.Meta):
        verbose_name = "frozen file"


class Receipt(Record):
    """Somebody has had the pack, or has read the answer. Only ever added."""

    class Of(models.TextChoices):
        PACK = "pack", "The pack was received"
        ANSWER = "answer", "The answer was read"

    step = models.ForeignKey(CareStep, on_delete=models.PROTECT, related_name="receipts")
    of = models.CharField(max_length=6, choices=Of.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    pack_sha256 = models.CharField(max_length=64, blank=True, help_text="of the pack that was received")

    objects = OfStepQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "of", "by"], name="receipt_once")]
