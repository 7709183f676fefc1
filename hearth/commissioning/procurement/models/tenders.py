"""A tender with its specification: lots, joint commissioners, criteria, files, and who keeps the passphrases."""

import datetime as dt
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hearth.commissioning.needs.models import Intention
from hearth.commissioning.procurement.reach import bidder_of, part, reads_tender, runs
from hearth.foundation.accounts.models import Organisation, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record

WHOLE = 10_000  # hundredths of a per cent: all of it


class TenderState(models.TextChoices):
    """How far a tender has got."""

    DRAFT = "draft", "Being written"
    PUBLISHED = "published", "Published"
    OPENED = "opened", "Opened, being scored"
    COMPARED = "compared", "Scored, being moderated"
    WITHDRAWN = "withdrawn", "Withdrawn"


class TenderQuerySet(models.QuerySet["Tender"]):
    """Tenders."""

    def visible_to(self, user: Any) -> "TenderQuerySet":
        """Published ones for everybody, signed in or not; those being written for whoever writes them or keeps a passphrase."""
        return self.filter(reads_tender(user))

    def calling(self) -> "TenderQuerySet":
        """Published, and still open for bids."""
        return self.filter(state=TenderState.PUBLISHED, deadline_at__gt=clock.now())


@pghistory.track()
class Tender(Record):
    """What is to be bought, by when bids are to be in, and the key that they are sealed with.

    `sealed_keys` holds the key that opens them, once for each two of the three who keep a passphrase: either two open it, one never.
    """

    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=120)
    intention = models.ForeignKey(
        Intention, null=True, blank=True, on_delete=models.PROTECT, related_name="tenders",
        help_text="the commissioning intention that it comes from; read by whoever reads that",
    )  # fmt: skip
    background = models.TextField(help_text="what is needed and why; read by the public")
    outcomes = ArrayField(models.TextField(), help_text="what is to change for families, one by one")
    questions_until = models.DateTimeField()
    deadline_at = models.DateTimeField()
    standstill_days = models.PositiveSmallIntegerField(
        default=8, help_text="working days between an award and a contract"
    )
    state = models.CharField(max_length=10, choices=TenderState.choices, default=TenderState.DRAFT)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    public_key = models.CharField(max_length=64, blank=True, help_text="bids are sealed with it")
    sealed_keys = models.JSONField(
        default=dict, help_text="the key that opens them, under each two of three passphrases"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    objects = TenderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(questions_until__lte=F("deadline_at")), name="tender_questions_before"),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(opened_at__gte=F("deadline_at")), name="tender_not_opened_before_time"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | (~Q(public_key="") & Q(published_at__lt=F("deadline_at"))),
                name="tender_published_with_its_key",
            ),
        ]
        indexes = [models.Index(fields=["state", "deadline_at"], name="tender_by_deadline")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_calling(self) -> bool:
        """Whether bids may be sent now."""
        return self.takes_bids_at(clock.now())

    def takes_bids_at(self, moment: dt.datetime) -> bool:
        """Whether bids may be sent at a moment; actions give the database's own."""
        return self.state == TenderState.PUBLISHED and moment < self.deadline_at

    @property
    def is_draft(self) -> bool:
        """Whether it can still be written."""
        return self.state == TenderState.DRAFT


class PartQuerySet(models.QuerySet[Any]):
    """Parts of a specification."""

    def visible_to(self, user: Any) -> "PartQuerySet":
        """Whoever reads the tender."""
        return self.filter(tender__in=Tender.objects.visible_to(user).values("pk"))


class TenderPart(Record):
    """A numbered part of a tender's specification. Written while the tender is, and never after."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="%(class)ss")
    number = models.PositiveSmallIntegerField()

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["tender", "number"], name="%(class)s_number_once")]


@pghistory.track()
class Lot(TenderPart):
    """A part of what is bought that somebody may bid for by itself: what, in which districts, for how much at most."""

    name = models.CharField(max_length=120)
    what = models.TextField(help_text="what is to be done")
    districts = ArrayField(models.CharField(max_length=40), help_text="codes of districts")
    most_pence = models.BigIntegerField(help_text="the most that may be bid")

    class Meta(TenderPart.Meta):
        constraints = [
            *TenderPart.Meta.constraints,
            models.CheckConstraint(condition=Q(most_pence__gt=0), name="lot_costs_something"),
        ]

    def __str__(self) -> str:
        return f"Lot {self.number}: {self.name}"


@pghistory.track()
class JointShare(TenderPart):
    """An organisation that buys together with the authority, and which share of the price it bears."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    share = models.PositiveIntegerField(help_text="hundredths of a per cent")

    class Meta(TenderPart.Meta):
        verbose_name = "joint commissioner’s share"
        constraints = [
            *TenderPart.Meta.constraints,
            models.UniqueConstraint(fields=["tender", "organisation"], name="jointshare_organisation_once"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=WHOLE), name="jointshare_is_a_share"),
        ]


class CriterionKind(models.TextChoices):
    """How a criterion is scored."""

    QUALITY = "quality", "Scored by the panel, 0 to 10"
    PRICE = "price", "By the price: the lowest gets 10, the others in proportion"


@pghistory.track()
class Criterion(TenderPart):
    """What a bid is judged by, and how much it weighs."""

    name = models.CharField(max_length=120)
    guidance = models.TextField(blank=True, help_text="what a good answer says; the bidder answers it")
    kind = models.CharField(max_length=8, choices=CriterionKind.choices)
    weight = models.PositiveIntegerField(help_text="hundredths of a per cent")

    class Meta(TenderPart.Meta):
        verbose_name_plural = "criteria"
        constraints = [
            *TenderPart.Meta.constraints,
            models.CheckConstraint(condition=Q(weight__gt=0, weight__lte=WHOLE), name="criterion_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.name


class CallFile(TenderPart):
    """A file of an open call, which anybody may download."""

    name = models.CharField(max_length=110)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta(TenderPart.Meta):
        verbose_name = "file of a call"
        verbose_name_plural = "files of calls"


class KeyholderPlace(models.TextChoices):
    """Which passphrase somebody keeps. Any two of the three open the bids."""

    ONE = "one", "First opener"
    TWO = "two", "Second opener"
    ESCROW = "escrow", "In escrow, should an opener be away"


class KeyholderQuerySet(models.QuerySet["Keyholder"]):
    """Who keeps passphrases."""

    def visible_to(self, user: Any) -> "KeyholderQuerySet":
        """Whoever runs the tender, and those who keep its passphrases."""
        return self if runs(user) else self.filter(tender__one_of=part(user, "opener"))


class Keyholder(Record):
    """Somebody who keeps one passphrase of a tender. What is kept here opens only with it; the passphrase itself is kept nowhere."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="keyholders")
    place = models.CharField(max_length=6, choices=KeyholderPlace.choices)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    salt = models.CharField(max_length=64, blank=True)
    public_key = models.CharField(max_length=64, blank=True)
    locked_key = models.CharField(max_length=200, blank=True, help_text="opens with the passphrase alone")
    set_at = models.DateTimeField(null=True, blank=True)

    objects = KeyholderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tender", "place"], name="keyholder_place_once"),
            models.UniqueConstraint(fields=["tender", "user"], name="keyholder_is_three_people"),
        ]


class OfTenderQuerySet(models.QuerySet[Any]):
    """What whoever runs tenders reads, and a bidder of its own."""

    def visible_to(self, user: Any) -> "OfTenderQuerySet":
        """Everything for whoever runs tenders; for a bidder what is its organisation's."""
        if runs(user):
            return self
        return self.filter(organisation=bidder_of(user)) if bidder_of(user) else self.none()
