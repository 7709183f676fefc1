"""What was read from another authority's directory, and what could not be taken in."""

from typing import Any

from django.db import models
from django.db.models import Q

from hearth.foundation.accounts.models import User
from hearth.foundation.core.models import Record


class DirectoryFeed(Record):
    """Another authority's directory, as Open Referral."""

    name = models.CharField(max_length=200)
    address = models.CharField(max_length=500, unique=True, help_text="where it answers, or the name of a file")
    changed_since = models.DateTimeField(null=True, blank=True, help_text="the latest change that was read")

    class Meta:
        verbose_name = "directory feed"

    def __str__(self) -> str:
        return self.name


class DirectoryRunQuerySet(models.QuerySet["DirectoryRun"]):
    """Readings of other directories."""

    def visible_to(self, user: Any) -> "DirectoryRunQuerySet":
        """For stewards alone. The row policy says the same."""
        return self.all() if user.may("steward_directory") else self.none()


class DirectoryRun(Record):
    """One reading of a directory feed, with an account of what became of its entries."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to begin"
        READING = "reading", "Being read"
        DONE = "done", "Done"
        FAILED = "failed", "Not finished"

    reference = models.CharField(max_length=12, unique=True)
    feed = models.ForeignKey(DirectoryFeed, on_delete=models.PROTECT, related_name="runs")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    everything = models.BooleanField(default=False, help_text="also what did not change since it was last read")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    expected = models.PositiveIntegerField(default=0, help_text="how many entries the feed says it has")
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = DirectoryRunQuerySet.as_manager()

    class Meta:
        verbose_name = "directory run"
        constraints = [
            models.UniqueConstraint(
                fields=["feed"], condition=Q(state__in=("waiting", "reading")), name="directory_run_one_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["-created_at"], name="directory_run_latest")]

    @property
    def read(self) -> int:
        """How many entries it has come to the end of."""
        return self.added + self.changed + self.unchanged + self.quarantined


class QuarantinedEntry(Record):
    """An entry of a feed that was not taken in, as it was told, with each thing wrong with it."""

    run = models.ForeignKey(DirectoryRun, on_delete=models.PROTECT, related_name="set_aside")
    external_id = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=200, blank=True)
    faults = models.JSONField(default=list)
    entry = models.JSONField(default=dict)

    class Meta:
        verbose_name = "quarantined entry"
        verbose_name_plural = "quarantined entries"
