"""Records that only named people may open."""

import pghistory
from django.db import models
from django.db.models import Q

from hearth.foundation.accounts.models import User
from hearth.foundation.core.models import Record
from hearth.records.people.models.families import Family
from hearth.records.people.models.persons import Person


@pghistory.track()
class Restriction(Record):
    """A person or a whole family whose record only named people may open."""

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lifted_because = models.TextField(
        default="", blank=True, help_text="empty for what was lifted before a reason was asked"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(lifted_at=None), name="person_restricted_once"),
            models.UniqueConstraint(fields=["family"], condition=Q(lifted_at=None), name="family_restricted_once"),
        ]


@pghistory.track()
class RestrictedAccess(Record):
    """One name on the allow-list of a restriction, given by information governance, always with an end."""

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="allowed")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["restriction", "user"], condition=Q(ended_at=None), name="on_the_allow_list_once"
            ),
        ]


class RestrictedSearch(Record):
    """Somebody's search would have found a restricted person: the safeguarding desk is told, the searcher is not."""

    person_id = models.UUIDField()
    searched_by_id = models.UUIDField()
    seen_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)
