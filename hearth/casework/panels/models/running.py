"""What a meeting was: who was there, who has an interest in what, what was decided, and who does what by when."""

import datetime as dt
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hearth.casework.panels.models.items import PanelItem, item_is_readable
from hearth.casework.panels.models.panels import PanelMeeting
from hearth.casework.panels.reach import panels
from hearth.casework.panels.unmet.models import UnmetNeed
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.records.people.models import Family
from hearth.records.people.reach import kept_from

DONE_IS_SEEN_FOR = dt.timedelta(days=28)


class AttendanceQuerySet(models.QuerySet["PanelAttendance"]):
    """Who was there."""

    def visible_to(self, user: Any) -> "AttendanceQuerySet":
        """Of the panels that the user sits on."""
        return self.filter(meeting__panel__one_of=panels(user))


@pghistory.track()
class PanelAttendance(Record):
    """Somebody was at a meeting, for a sector; or is not, any more, where it was written by mistake."""

    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="attendances")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sector = models.CharField(max_length=40, blank=True, help_text="that they stand for; empty for a guest")
    was_there = models.BooleanField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "panel attendance"
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="there_once_a_meeting")]


class OfItemQuerySet(models.QuerySet[Any]):
    """Rows that hang from an item."""

    def visible_to(self, user: Any) -> "OfItemQuerySet":
        """Rows of the items that the user may read, whose words name nobody kept from them."""
        return self.filter(item_is_readable(user), people__none_of=kept_from(user))


@pghistory.track()
class DeclaredInterest(Record):
    """Somebody has an interest of their own in an item, and leaves the room for it or stays."""

    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="interests")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(help_text="what it is")
    leaves = models.BooleanField(help_text="they leave the room while it is discussed")
    people = ArrayField(models.UUIDField(), default=list, help_text="whom of the family the words name")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = OfItemQuerySet.as_manager()

    class Meta:
        verbose_name = "declared interest"
        constraints = [models.UniqueConstraint(fields=["item", "user"], name="interest_declared_once")]


@pghistory.track()
class PanelDecision(Record):
    """One thing that the panel decided about an item, as facts: of a kind, what, why, at what cost from which budget."""

    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=40, help_text="a code of the practice pack")
    words = models.TextField(help_text="what was decided")
    reasons = models.TextField(help_text="why")
    cost = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True, help_text="in pounds")
    budget = models.CharField(max_length=200, blank=True, help_text="which budget pays")
    lead = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unmet_need = models.ForeignKey(
        UnmetNeed,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="what could not be offered",
    )
    need_was_recorded = models.BooleanField(
        default=False, help_text="the need stood in the case already: it is pointed at, and not counted twice"
    )
    themes = ArrayField(models.CharField(max_length=40), default=list, help_text="of the item, when it was decided")
    people = ArrayField(models.UUIDField(), default=list, help_text="whom of the family the words name")
    decided_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="written by mistake: kept, and not decided")
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_why = models.CharField(max_length=200, blank=True)

    objects = OfItemQuerySet.as_manager()

    class Meta:
        verbose_name = "panel decision"
        indexes = [models.Index(fields=["meeting", "decided_at"], name="panel_decision_of_meeting")]


class PanelActionQuerySet(OfItemQuerySet):
    """What somebody will do."""

    def visible_to(self, user: Any) -> "PanelActionQuerySet":
        """Of items that the user may read; and their own, until some weeks after it was done, whatever became of the item."""
        kept = kept_from(user)
        lately = Q(done_at=None) | Q(done_at__gt=clock.now() - DONE_IS_SEEN_FOR)
        of_item = item_is_readable(user)
        # A family is on nobody's list of those kept from them where there is none.
        own = Q(owner_id=user.id) & lately & (Q(family=None) | ~Q(family__one_of=kept))
        return self.filter(of_item | own, people__none_of=kept)


@pghistory.track()
class PanelAction(Record):
    """Something that somebody will do by a day, because the panel decided it."""

    reference = models.CharField(max_length=12, unique=True)
    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="actions")
    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="actions")
    family = models.ForeignKey(Family, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    people = ArrayField(models.UUIDField(), default=list, help_text="whom of the family the words name")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done_words = models.TextField(blank=True, help_text="what came of it")

    objects = PanelActionQuerySet.as_manager()

    class Meta:
        verbose_name = "panel action"
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(done_at=None), name="panel_action_of_owner"),
            models.Index(fields=["meeting"], name="panel_action_of_meeting"),
        ]

    def __str__(self) -> str:
        return self.reference
