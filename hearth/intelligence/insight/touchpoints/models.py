"""What a feed says of a touchpoint of somebody on the register, as the last run found it; and what somebody recorded by hand."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hearth.foundation.accounts.models import Organisation, User
from hearth.foundation.core.models import Record
from hearth.intelligence.insight.involvement.models import OfPeopleShown
from hearth.records.people.models import Family, Person
from hearth.records.people.reach import may_open_family


class TouchpointFact(Record):
    """A touchpoint was due on a day, and met on one or not; never what was found at it.

    Written by the worker's identity with each run. A row never changes: what is said otherwise is another row.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    touchpoint = models.CharField(max_length=40, help_text="a code of the practice pack")
    feed = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", help_text="who sent it")
    category = models.CharField(max_length=30, help_text="the feed's kind of information: access may leave it out")
    due_on = models.DateField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True, help_text="blank: it was not, when the file was made")
    as_at = models.DateField(help_text="the day on which the sender's own records were like this")
    numbers = ArrayField(
        models.CharField(max_length=260),
        default=list,
        help_text="in those rows of the feed, so that they can be erased",
    )
    content_hash = models.CharField(max_length=32, unique=True, help_text="of all of it, so that only news is written")

    objects = OfPeopleShown.as_manager()

    class Meta:
        indexes = [models.Index(fields=["touchpoint", "due_on"], name="touchpoint_due")]


class RecordedTouchpointQuerySet(models.QuerySet["RecordedTouchpoint"]):
    """Touchpoints that somebody recorded."""

    def visible_to(self, user: Any) -> "RecordedTouchpointQuerySet":
        """Those of people and families whom the user may open."""
        return self.filter(may_open_family(user, "family__"), person__in=Person.objects.visible_to(user))

    def standing(self) -> "RecordedTouchpointQuerySet":
        """Those that nobody took back."""
        return self.filter(withdrawn_at=None)


@pghistory.track()
class RecordedTouchpoint(Record):
    """Somebody who works with the family says that a touchpoint happened: when, and who met them. Taken back, it stays with the reason."""

    reference = models.CharField(max_length=12, unique=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    touchpoint = models.CharField(max_length=40, help_text="a code of the practice pack")
    met_on = models.DateField()
    met_by = models.CharField(max_length=200, help_text="who met the family, in words")
    words = models.CharField(max_length=500, blank=True, help_text="what whoever opens the family should know of it")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(help_text="of the page it was typed on: a page sent twice makes one row")
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="recorded by mistake: kept, and shown as such")
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_why = models.CharField(max_length=200, blank=True)

    objects = RecordedTouchpointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recorded_by", "key"], name="touchpoint_page_once"),
            models.UniqueConstraint(
                fields=["person", "touchpoint", "met_on"],
                condition=Q(withdrawn_at=None),
                name="touchpoint_of_a_day_once",
            ),
            models.CheckConstraint(
                name="touchpoint_withdrawn_by_somebody",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why=""),
            ),
        ]
        indexes = [models.Index(fields=["person", "touchpoint"], name="touchpoint_recorded")]

    def __str__(self) -> str:
        return self.reference
