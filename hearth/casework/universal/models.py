"""Universal activity."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hearth.foundation.accounts.models import Area, Organisation, Team, User
from hearth.foundation.core.models import Record
from hearth.records.people.reach import areas

BANDS = (
    ("children_under_5", "Children under 5"),
    ("children_5_to_11", "Children of 5 to 11"),
    ("young_people_12_to_19", "Young people of 12 to 19"),
    ("adults", "Parents and other adults"),
)


class UniversalActivityQuerySet(models.QuerySet["UniversalActivity"]):
    """Universal activity."""

    def visible_to(self, user: Any) -> "UniversalActivityQuerySet":
        """What the user's own organisation did; for whoever sees the work of an area, what was done there."""
        mine = Q(organisation_id=user.organisation_id)
        return self.filter(mine | Q(area__one_of=areas(user, "see_team_work")))


@pghistory.track()
class UniversalActivity(Record):
    """Something done at level 1 and what it achieved. Counts of people and no names."""

    reference = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(help_text="of the page it was typed on: a page sent twice makes one row")
    kind = models.CharField(max_length=50, help_text="a code of the practice pack")
    setting = models.CharField(max_length=50, help_text="a code of the practice pack")
    what = models.CharField(max_length=200, help_text="what was done, in a line; nobody's name")
    happened_on = models.DateField()
    children_under_5 = models.PositiveIntegerField(default=0)
    children_5_to_11 = models.PositiveIntegerField(default=0)
    young_people_12_to_19 = models.PositiveIntegerField(default=0)
    adults = models.PositiveIntegerField(default=0)
    achievements = ArrayField(models.CharField(max_length=50), default=list, help_text="codes of the practice pack")
    how_we_know = models.TextField(blank=True, help_text="what shows that it achieved this; nobody's name")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text="recorded by mistake: kept, and counted nowhere"
    )
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_why = models.CharField(max_length=200, blank=True)

    objects = UniversalActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "universal activity"
        verbose_name_plural = "universal activities"
        constraints = [models.UniqueConstraint(fields=["recorded_by", "key"], name="universal_page_once")]
        indexes = [
            models.Index(fields=["organisation", "-happened_on"], name="universal_organisation"),
            models.Index(fields=["area", "-happened_on"], name="universal_area"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def people(self) -> int:
        """How many took part."""
        return sum(getattr(self, name) for name, _ in BANDS)
