"""De-commissioning: why a contract ends before its time, what is lost, and where its families go."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q

from hearth.commissioning.contracts.models.contracts import Contract, OfContractQuerySet
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.records.people.models import Family
from hearth.records.people.reach import may_open_family


class DecommissioningState(models.TextChoices):
    """Where the de-commissioning of a contract has got to."""

    ASKED = "asked", "Waits for a decision"
    DECIDED = "decided", "Decided"
    DECLINED = "declined", "Declined"


@pghistory.track()
class Decommissioning(Record):
    """Somebody asks that a contract end before its time; somebody else decides. It names nobody."""

    reference = models.CharField(max_length=12, unique=True)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="decommissionings")
    reasons = models.TextField(help_text="why; nobody's name")
    lost = models.TextField(help_text="what families will not have any more; nobody's name")
    instead = models.TextField(help_text="where its families go; nobody's name")
    families = models.PositiveIntegerField(help_text="how many it helps now, as whoever asked counted them")
    notice_on = models.DateField(help_text="the day on which notice is given")
    last_day = models.DateField(help_text="the contract's new last day")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(default=clock.today)
    key = models.UUIDField(help_text="of the page it was typed on: a page sent twice makes one row")
    state = models.CharField(max_length=10, choices=DecommissioningState.choices, default=DecommissioningState.ASKED)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    decision = models.TextField(blank=True, help_text="why; nobody's name")
    released_pence = models.BigIntegerField(null=True, blank=True, help_text="of the ledger, on the day it was decided")

    objects = OfContractQuerySet.as_manager()

    class Meta:
        verbose_name = "de-commissioning"
        verbose_name_plural = "de-commissionings"
        constraints = [
            models.UniqueConstraint(fields=["asked_by", "key"], name="decommissioning_page_once"),
            models.UniqueConstraint(
                fields=["contract"], condition=Q(state__in=["asked", "decided"]), name="one_decommissioning_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("notice_on")), name="notice_is_given_before_the_last_day"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by=None)
                | ~Q(state="asked")
                & Q(decided_by__isnull=False, decided_on__isnull=False)
                & ~Q(decision="")
                & ~Q(decided_by=F("asked_by")),
                name="somebody_else_decides_a_decommissioning",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class FamilyDestinationQuerySet(models.QuerySet["FamilyDestination"]):
    """Where families go."""

    def visible_to(self, user: Any) -> "FamilyDestinationQuerySet":
        """Those of families whose plan the user may read."""
        return self.filter(may_open_family(user, "family__", category="plan"))


@pghistory.track()
class FamilyDestination(Record):
    """Where one family of a contract that ends goes, and what was agreed with them. Read with its plan."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="destinations")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=12, help_text="the reference of the case")
    to = models.CharField(max_length=200, help_text="who helps them from then on")
    words = models.TextField(help_text="what was agreed with them")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField(default=clock.today)

    objects = FamilyDestinationQuerySet.as_manager()

    class Meta:
        verbose_name = "destination of a family"
        verbose_name_plural = "destinations of families"
        constraints = [models.UniqueConstraint(fields=["contract", "family"], name="destination_of_family_once")]
        indexes = [models.Index(fields=["family"], name="destinations_of_family")]
