"""Two records of one person, linked and never melted."""

import pghistory
from django.db import models
from django.db.models import Q

from hearth.foundation.accounts.models import User
from hearth.foundation.core.models import Record
from hearth.records.people.models.persons import Person


@pghistory.track()
class Link(Record):
    """Two records are the same person: who said so, why, and whether it was undone. Neither record changes."""

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], condition=Q(undone_at=None), name="linked_once"),
            models.CheckConstraint(condition=~Q(one=models.F("other")), name="not_linked_to_self"),
        ]
