"""A change of an entry that waits for a steward."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q

from hearth.foundation.accounts.models import User
from hearth.foundation.core.models import Record
from hearth.records.directory.models.entries import ListedOrganisation, Service


class ServiceChangeQuerySet(models.QuerySet["ServiceChange"]):
    """Changes that providers sent."""

    def visible_to(self, user: Any) -> "ServiceChangeQuerySet":
        """All, for a steward; their own agency's, for a provider. The row policy says the same."""
        if user.may("steward_directory"):
            return self.all()
        if not user.may("edit_own_services"):
            return self.none()
        return self.filter(organisation__agency_id=user.organisation_id)


@pghistory.track()
class ServiceChange(Record):
    """What a provider wants an entry to say. Nothing of it is public until a steward approves it."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for a steward"
        APPROVED = "approved", "Approved"
        DECLINED = "declined", "Declined"
        TAKEN_BACK = "taken_back", "Taken back"

    reference = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(ListedOrganisation, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="changes")
    entry = models.JSONField(help_text="the whole entry as it should be")
    based_on = models.PositiveIntegerField(default=0, help_text="the version of the entry that its writer saw")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_why = models.TextField(blank=True)

    objects = ServiceChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "service change"
        constraints = [
            # A second change of the same entry goes on from the first: two would overwrite one another.
            models.UniqueConstraint(fields=["service"], condition=Q(state="waiting"), name="service_change_waits_once")
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="service_change_waiting")]
