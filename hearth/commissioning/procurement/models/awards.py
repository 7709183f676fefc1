"""To whom a lot was awarded, and what each bidder was told of why."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hearth.commissioning.procurement.models.bids import Bid
from hearth.commissioning.procurement.models.tenders import Lot, Tender
from hearth.commissioning.procurement.reach import bidder_of, part, runs
from hearth.foundation.accounts.models import Organisation, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record


class AwardQuerySet(models.QuerySet["Award"]):
    """Awards."""

    def visible_to(self, user: Any) -> "AwardQuerySet":
        """Once its notice is published everybody; before that whoever runs or scored the tender, and who bid in it."""
        published = Q(published_at__isnull=False)
        if user is None:
            return self.filter(published)
        if runs(user):
            return self
        return self.filter(published | Q(tender__one_of=part(user, "bids")) | Q(tender__one_of=part(user, "scores")))


@pghistory.track()
class Award(Record):
    """One lot of a tender, given to the organisation that bid best for it. No contract before the standstill has passed."""

    reference = models.CharField(max_length=12, unique=True)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="awards")
    lot = models.OneToOneField(Lot, on_delete=models.PROTECT, related_name="award")
    bid = models.OneToOneField(Bid, on_delete=models.PROTECT, related_name="award")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", help_text="whose bid won"
    )
    value_pence = models.BigIntegerField()
    districts = ArrayField(models.CharField(max_length=40), help_text="codes of the lot's districts")
    reasons = models.TextField(help_text="why, as everybody reads it in the notice")
    decided_on = models.DateField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    standstill_until = models.DateField(help_text="its last day")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = AwardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value_pence__gt=0), name="award_has_a_value"),
            models.CheckConstraint(condition=Q(standstill_until__gte=F("decided_on")), name="award_stands_still"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def stands_still(self) -> bool:
        """Whether its standstill still runs: nothing is signed until it has passed."""
        return clock.today() <= self.standstill_until


class BidReasonQuerySet(models.QuerySet["BidReason"]):
    """Reasons given to bidders."""

    def visible_to(self, user: Any) -> "BidReasonQuerySet":
        """Whoever runs the tender, and the bidder itself."""
        if runs(user):
            return self
        return self.filter(bid__organisation=bidder_of(user)) if bidder_of(user) else self.none()


class BidReason(Record):
    """What one bidder was told: whether its bid won, its scores and the winner's, and why."""

    bid = models.OneToOneField(Bid, on_delete=models.PROTECT, related_name="reason")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="bid_reasons")
    won = models.BooleanField()
    words = models.TextField()
    scores = models.JSONField(help_text="own and the winner's points by criterion, and both totals, as they were")

    objects = BidReasonQuerySet.as_manager()
