"""A partner's bid for outside funding, told so that it does not pay for what is bought already."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hearth.commissioning.procurement.grants.reach import reads_bid
from hearth.foundation.accounts.models import Organisation, Placed, User
from hearth.foundation.core import clock


class BidState(models.TextChoices):
    """What was said of a bid."""

    TOLD = "told", "Waits for a review"
    SUPPORTED = "supported", "Supported"
    DUPLICATES = "duplicates", "Would duplicate"
    WITHDRAWN = "withdrawn", "Withdrawn"


class OutsideBidQuerySet(models.QuerySet["OutsideBid"]):
    """Bids for outside funding."""

    def visible_to(self, user: Any) -> "OutsideBidQuerySet":
        """One's own organisation's; those of the district, for the authority's own people. The row policy says the same."""
        return self.filter(reads_bid(user))


@pghistory.track()
class OutsideBid(Placed):
    """What a partner asks of somebody else: for which needs and where, of whom, how much; and what the authority said of it."""

    reference = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120, help_text="in a line; nobody's name")
    funder = models.CharField(max_length=120, help_text="of whom it is asked")
    needs = ArrayField(models.CharField(max_length=40), help_text="codes of the practice pack")
    what = models.TextField(help_text="what it would pay for; nobody's name")
    pence = models.BigIntegerField()
    due_on = models.DateField(help_text="the day by which the funder wants it")
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField(default=clock.today)
    key = models.UUIDField(help_text="of the page it was typed on: a page sent twice makes one row")
    state = models.CharField(max_length=10, choices=BidState.choices, default=BidState.TOLD)
    reviewed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewed_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True, help_text="what is told to the partner; nobody's name")
    beside = ArrayField(
        models.CharField(max_length=12), default=list, help_text="references of what was bought already, as it was reviewed"
    )  # fmt: skip

    objects = OutsideBidQuerySet.as_manager()

    class Meta:
        verbose_name = "outside bid"
        constraints = [
            models.UniqueConstraint(fields=["told_by", "key"], name="outside_bid_page_once"),
            models.CheckConstraint(condition=Q(pence__gt=0) & ~Q(needs=[]), name="an_outside_bid_asks_for_something"),
            models.CheckConstraint(
                condition=Q(state__in=["told", "withdrawn"], reviewed_by=None, reviewed_on=None, words="")
                | Q(state__in=["supported", "duplicates"], reviewed_by__isnull=False, reviewed_on__isnull=False) & ~Q(words=""),
                name="a_review_says_why",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["organisation"], name="bids_of_organisation")]

    def __str__(self) -> str:
        return self.reference
