"""Bids: sealed as they are sent, and opened, once and together, after the deadline."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q

from hearth.commissioning.procurement.models.tenders import Lot, Tender
from hearth.commissioning.procurement.reach import part, reads_bid
from hearth.foundation.accounts.models import Organisation, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.records.documents.models import Scan


class BidQuerySet(models.QuerySet["Bid"]):
    """Bids."""

    def visible_to(self, user: Any) -> "BidQuerySet":
        """That a bid is there: its own organisation; once opened, whoever runs, opened or is named to score the tender."""
        return self.filter(reads_bid(user))

    def standing(self) -> "BidQuerySet":
        """Neither withdrawn nor replaced."""
        return self.filter(withdrawn_at=None, replaced_at=None)


@pghistory.track()
class Bid(Record):
    """That an organisation bid for a lot, when, and the receipt of what is sealed. What it says is nowhere in it.

    The price stands here only once the bid is opened.
    """

    reference = models.CharField(max_length=12, unique=True)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="bids")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="bids")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)
    receipt = models.CharField(max_length=64, help_text="SHA-256 of everything that is sealed")
    size = models.PositiveIntegerField(help_text="bytes that are sealed")
    files = models.PositiveSmallIntegerField(help_text="how many files are sealed in it")
    key = models.UUIDField(help_text="of the page it was typed on: a page sent twice makes one bid")
    replaced_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    price_pence = models.BigIntegerField(null=True, blank=True, help_text="once it is opened")

    objects = BidQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sent_by", "key"], name="bid_page_once"),
            models.UniqueConstraint(
                fields=["lot", "organisation"], condition=Q(withdrawn_at=None, replaced_at=None), name="bid_stands_once"
            ),
            models.CheckConstraint(condition=Q(price_pence=None) | Q(price_pence__gt=0), name="bid_costs_something"),
        ]
        indexes = [models.Index(fields=["tender", "organisation"], name="bids_of_tender")]

    def __str__(self) -> str:
        return self.reference

    @property
    def stands(self) -> bool:
        """Whether it is neither withdrawn nor replaced."""
        return self.withdrawn_at is None and self.replaced_at is None


class SealedPartQuerySet(models.QuerySet["SealedPart"]):
    """Sealed pieces."""

    def visible_to(self, user: Any) -> "SealedPartQuerySet":
        """The openers, once the tender is opened: they alone take them out of their seal."""
        return self.filter(bid__tender__opened_at__isnull=False, bid__tender__one_of=part(user, "opener"))


class SealedPart(Record):
    """A sealed piece of a bid: what was answered (0), or a file. Nothing but the tender's key opens it."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="parts")
    number = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    objects = SealedPartQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bid", "number"], name="sealedpart_number_once")]


class OpenedQuerySet(models.QuerySet[Any]):
    """What was opened."""

    def visible_to(self, user: Any) -> "OpenedQuerySet":
        """Scorers of the tender who declared that they have no conflict of interest, and nobody else."""
        return self.filter(bid__tender__one_of=part(user, "scores"))


class OpenedBid(Record):
    """What a bid says, once it is opened: the answer to each criterion."""

    bid = models.OneToOneField(Bid, on_delete=models.PROTECT, related_name="opened")
    answers = models.JSONField(help_text="by the number of the criterion")
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = OpenedQuerySet.as_manager()


class OpenedFile(Record):
    """A file of a bid, once it is opened. Nothing can look into a sealed one, so that it is checked for viruses only now.

    Until it is checked, where there is a scanner, nobody is given it; one that held a virus is kept from everybody.
    """

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="opened_files")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=110)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    content = models.BinaryField(help_text="empty, where it held a virus: it then stays under its seal alone")
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.UNCHECKED)
    scanned_at = models.DateTimeField(null=True, blank=True)

    objects = OpenedQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["bid", "number"], name="openedfile_number_once")]
