"""Records that have passed their time, and what keeps one of them longer."""

from typing import Any

from django.db import models
from django.db.models import Q

from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record

GOVERNS = "govern_retention"


class OfGovernance(models.QuerySet[Any]):
    """What information governance alone reads. The row policies say the same."""

    def visible_to(self, user: Any) -> "OfGovernance":
        """All, for information governance; nothing for anybody else."""
        return self.all() if user.may(GOVERNS) else self.none()


class Disposal(Record):
    """A record that has passed its time: found at night, then deleted or held by a person. Deleted, it keeps reference, rule, who and when."""

    class Kind(models.TextChoices):
        FAMILY = "family", "Family, with everything about it"
        REQUEST = "request", "Request that opened no case"
        CLAIM = "claim", "Programme claim"
        ACTIVITY = "universal_activity", "Universal activity"
        QUESTION = "question", "Question without a name"
        AGREEMENT = "agreement", "Information-sharing agreement"
        MESSAGE = "message", "That messages of a month were sent"

    class State(models.TextChoices):
        DUE = "due", "Due"
        NOT_DUE = "not_due", "No longer due"
        DELETED = "deleted", "Deleted"

    reference = models.CharField(
        max_length=12, unique=True, help_text="of the record itself; ME-2026-11 for the messages of a month"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    record_id = models.UUIDField(
        null=True,
        blank=True,
        help_text="the record's key, for messages made from their month; empty once it is deleted",
    )
    rule = models.CharField(max_length=20, help_text="the rule of retention.toml that keeps it longest: its `record`")
    trigger = models.CharField(max_length=20, help_text="what the period is counted from, as the rule then said")
    years = models.PositiveSmallIntegerField()
    since_on = models.DateField(null=True, blank=True, help_text="the day it is counted from; empty once deleted")
    due_on = models.DateField(help_text="the day on which its time had passed")
    facts = models.JSONField(default=dict, blank=True, help_text="every day that counted, as found: empty once deleted")
    found_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DUE)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = OfGovernance.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="deleted_by_a_person",
                condition=Q(state="deleted", deleted_at__isnull=False, deleted_by__isnull=False, record_id=None)
                | ~Q(state="deleted") & Q(deleted_at=None, deleted_by=None, record_id__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(state="due"), name="disposal_due"),
            models.Index(fields=["-deleted_at", "id"], condition=Q(state="deleted"), name="disposal_deleted"),
        ]

    def __str__(self) -> str:
        return self.reference

    def trail_family_id(self) -> Any:
        """The family whose trail tells that somebody looked at this; none for what is about no family."""
        return self.record_id if self.kind == self.Kind.FAMILY else None

    @property
    def held(self) -> "Hold | None":
        """The hold in force, which ends by itself."""
        holds = [hold for hold in self.holds.all() if hold.is_in_force]
        return max(holds, key=lambda hold: hold.until_on, default=None)


class Hold(Record):
    """A record that has passed its time is kept, for a reason, until a day; then it is due again by itself."""

    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="holds")
    reason = models.TextField(blank=True, help_text="emptied when the record is deleted")
    until_on = models.DateField(help_text="the last day on which it is kept")
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True, help_text="when somebody ended it before its last day")
    lifted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = OfGovernance.as_manager()

    class Meta:
        indexes = [models.Index(fields=["disposal", "until_on"], name="hold_of_disposal")]

    @property
    def is_in_force(self) -> bool:
        """Whether it still keeps the record."""
        return self.lifted_at is None and self.until_on >= clock.today()
