"""What valuations and investments share: versions of what they came to, and the price index."""

from typing import Any

from django.db import models
from django.db.models import Q

from hearth.commissioning.value.models.investments import Investment
from hearth.commissioning.value.models.valuations import Valuation
from hearth.commissioning.value.reach import reads, reads_values
from hearth.foundation.accounts.models import User
from hearth.foundation.core.models import Record


class VersionQuerySet(models.QuerySet["Version"]):
    """Versions."""

    def visible_to(self, user: Any) -> "VersionQuerySet":
        """Those of what the user reads."""
        return self.filter(
            Q(reads(user, "valuation__"), valuation__isnull=False)
            | Q(reads(user, "investment__"), investment__isnull=False)
        )


class Version(Record):
    """What a valuation or an investment came to after one change: what was changed, why, by whom, and with which index. Only ever added."""

    valuation = models.ForeignKey(Valuation, null=True, blank=True, on_delete=models.PROTECT, related_name="versions")
    investment = models.ForeignKey(Investment, null=True, blank=True, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=300, help_text="what was changed, from what to what")
    why = models.CharField(max_length=200, blank=True)
    came_to = models.JSONField(
        default=dict, help_text="the result by case, as figures; empty where nothing could be added"
    )
    index = models.CharField(
        max_length=300, blank=True, help_text="by which table values were brought to one year's prices"
    )
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version of a value"
        verbose_name_plural = "versions of values"
        constraints = [
            models.UniqueConstraint(
                fields=["valuation", "investment", "number"], nulls_distinct=False, name="version_number_once"
            ),
            models.CheckConstraint(
                condition=Q(valuation__isnull=False, investment=None) | Q(valuation=None, investment__isnull=False),
                name="version_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"


class PriceIndexQuerySet(models.QuerySet["PriceIndex"]):
    """Price indices."""

    def visible_to(self, user: Any) -> "PriceIndexQuerySet":
        """A published table is for whoever reads values."""
        return self if reads_values(user) else self.none()


class PriceIndex(Record):
    """A release of the deflator that the council loaded: its figures, whose it is and when it was published. Only ever added."""

    reference = models.CharField(max_length=12, unique=True)
    publication = models.CharField(max_length=200)
    publisher = models.CharField(max_length=120)
    published_on = models.DateField()
    base = models.CharField(max_length=40)
    figures = models.JSONField(help_text="the index of each financial year, as figures were published")
    key = models.UUIDField(help_text="of the page it was typed on")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = PriceIndexQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "price indices"
        constraints = [
            models.UniqueConstraint(fields=["added_by", "key"], name="price_index_page_once"),
            models.UniqueConstraint(fields=["published_on"], name="price_index_of_a_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.publication}, {self.publisher}, {self.published_on:%d/%m/%Y}"
