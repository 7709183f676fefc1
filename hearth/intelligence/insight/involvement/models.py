"""Who works with somebody on the register, or did, as the last run found it."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef

from hearth.foundation.accounts.models import Organisation
from hearth.foundation.core.models import Record
from hearth.records.people.models import Person


class OfPeopleShown(models.QuerySet[Any]):
    """Rows about somebody on the register who is nowhere restricted."""

    def visible_to(self, user: Any) -> "OfPeopleShown":
        """Those of people whom the user may open and nobody has restricted.

        The row policy says the same, and keeps out kinds of information that a family's consent does not reach, and whoever
        is linked with somebody restricted.
        """
        return self.filter(Exists(Person.objects.visible_to(user).filter(pk=OuterRef("person_id"), hidden=False)))


class Involvement(Record):
    """A service works with somebody, or did: that, the days and whom to ring, and never what it is about.

    Written by the worker's identity with each run. A row never changes: what is said otherwise is another row.
    """

    class Standing(models.TextChoices):
        CURRENT = "current", "Current"
        PAST = "past", "Past"
        CONTACTS = "contacts", "Contacts"
        UNSAID = "unsaid", "Known to them"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    feed = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", help_text="who sent it")
    category = models.CharField(max_length=30, help_text="the feed's kind of information: access may leave it out")
    standing = models.CharField(max_length=8, choices=Standing.choices)
    from_on = models.DateField(null=True, blank=True, help_text="since when; of contacts, the first")
    until_on = models.DateField(null=True, blank=True, help_text="until when; of contacts, the last")
    provider = models.CharField(max_length=200, blank=True, help_text="which one of its kind, such as the landlord")
    contact_name = models.CharField(max_length=200, blank=True)
    contact_phone = models.CharField(max_length=200, blank=True)
    contact_email = models.CharField(max_length=200, blank=True)
    numbers = ArrayField(
        models.CharField(max_length=260),
        default=list,
        help_text="in those rows of the feed, so that they can be erased",
    )
    content_hash = models.CharField(max_length=32, unique=True, help_text="of all of it, so that only news is written")

    objects = OfPeopleShown.as_manager()
