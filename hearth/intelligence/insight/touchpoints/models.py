"""What a feed says of a touchpoint of somebody on the register, as the last run found it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from hearth.foundation.accounts.models import Organisation
from hearth.foundation.core.models import Record
from hearth.intelligence.insight.involvement.models import OfPeopleShown
from hearth.records.people.models import Person


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
