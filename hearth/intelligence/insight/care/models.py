"""When somebody on the register was in care, as the last run found it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from hearth.foundation.accounts.models import Organisation
from hearth.foundation.core.models import Record
from hearth.intelligence.insight.involvement.models import OfPeopleShown
from hearth.records.people.models import Person


class CareTime(Record):
    """Somebody was in care from a day until a day, or still is. Written by the worker's identity with each run; a row never changes."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    feed = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", help_text="who sent it")
    category = models.CharField(max_length=30, help_text="the feed's kind of information: access may leave it out")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="none: still in care when it was sent")
    numbers = ArrayField(
        models.CharField(max_length=260),
        default=list,
        help_text="in those rows of the feed, so that they can be erased",
    )
    content_hash = models.CharField(max_length=32, unique=True, help_text="of all of it, so that only news is written")

    objects = OfPeopleShown.as_manager()

    class Meta:
        verbose_name = "time in care"
        verbose_name_plural = "times in care"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gte=models.F("from_on")), name="care_ends_after"
            )
        ]
