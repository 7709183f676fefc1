"""Who may open a family, why and until when."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hearth.foundation.accounts.models import Area, Team, User
from hearth.foundation.core.models import Record
from hearth.records.people.models.families import Family


@pghistory.track()
class Access(Record):
    """Somebody may open a family: a person, a team, or holders of a permission in an area; why, and until when.

    `basis` is the opaque id of the case, request, consent or agreement that it rests on; the room that owns it writes
    and ends the row. `categories` are the kinds of information it reaches; None means all.
    """

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="accesses")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    area_permission = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=40, help_text="a code in records/people/access.py")
    basis = models.UUIDField(null=True, blank=True)
    categories = ArrayField(models.CharField(max_length=30), null=True, blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "accesses"
        constraints = [
            models.CheckConstraint(
                name="access_is_for_one",
                condition=(
                    Q(user__isnull=False, team=None, area=None)
                    | Q(user=None, team__isnull=False, area=None)
                    | Q(user=None, team=None, area__isnull=False)
                ),
            )
        ]
        indexes = [
            models.Index(fields=["user", "family"], condition=Q(ended_at=None), name="access_of_user"),
            models.Index(fields=["family"], name="access_of_family"),
            models.Index(fields=["basis"], name="access_of_basis"),
        ]
