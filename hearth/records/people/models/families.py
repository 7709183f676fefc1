"""A family: the thing that access, cases and plans hang from."""

from typing import Any

import pghistory
from django.db import models

from hearth.foundation.accounts.models import Area, Team
from hearth.foundation.core.models import Record
from hearth.foundation.core.text import fold
from hearth.records.people.reach import may_open_family


class FamilyQuerySet(models.QuerySet["Family"]):
    """Families."""

    def visible_to(self, user: Any) -> "FamilyQuerySet":
        """Families the user may open today: by name, by team, or by area. The row policy says the same."""
        return self.filter(may_open_family(user))


@pghistory.track()
class Family(Record):
    """A family as known to the authority. Its people come and go by membership, with dates.

    `area`, `area_permission` and `area_until` are the area grant: who in the district may open it, and until when.
    """

    reference = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120, help_text="what people call the family, such as Ashworth")
    folded_name = models.CharField(max_length=120, editable=False, db_collation="C")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    area_permission = models.CharField(max_length=40, default="open_open_families_in_area")
    area_until = models.DateTimeField(null=True, blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    restricted = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = FamilyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "families"
        indexes = [
            models.Index(fields=["area", "folded_name"], name="family_area_name"),
            models.Index(fields=["folded_name", "id"], name="family_name"),  # the list of cases, by family
            models.Index(fields=["team"], name="family_team"),
            models.Index(fields=["id"], condition=models.Q(restricted=True), name="family_restricted"),
        ]

    def __str__(self) -> str:
        return self.name

    def trail_family_id(self) -> Any:
        """The family whose trail tells what was done to this record: itself."""
        return self.id

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_name = fold(self.name)
        super().save(*args, **kwargs)
