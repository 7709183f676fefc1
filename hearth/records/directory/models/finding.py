"""What a search of the directory reads: all that it asks of an entry in one narrow row, and the words that stand in entries."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from hearth.foundation.accounts.models import Area
from hearth.records.directory.models.entries import Service


class DirectoryWord(models.Model):
    """A word of an entry, or of how people say a need. The database adds it when an entry is written; it is of nobody."""

    word = models.CharField(primary_key=True, max_length=40, db_collation="C")

    class Meta:
        verbose_name = "directory word"
        indexes = [GinIndex(name="directory_word_alike", fields=["word"], opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.word


class FinderEntry(models.Model):
    """What the finder asks of a service at one place, beside one another. The database writes it whenever the entry changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    stale_on = models.DateField(null=True, blank=True)
    minimum_age = models.FloatField(null=True, blank=True)
    maximum_age = models.FloatField(null=True, blank=True)
    is_free = models.BooleanField(null=True, blank=True)
    languages = ArrayField(models.TextField(), default=list)
    days = ArrayField(models.TextField(), default=list, help_text="of the service, wherever it is held")
    terms = ArrayField(models.UUIDField(), default=list)
    accessibility = ArrayField(models.TextField(), default=list)
    outward = models.CharField(max_length=20, help_text="the first half of the postcode, where there is one")
    is_placed = models.BooleanField(help_text="whether it is held at a place")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        verbose_name = "finder entry"
        verbose_name_plural = "finder entries"
        indexes = [GinIndex(name="finder_terms", fields=["terms"])]

    def __str__(self) -> str:
        return self.name


class FinderWord(models.Model):
    """A word that stands in an entry, cut to the length of what is looked for. The database writes it; its key is all that a search reads."""

    pk = models.CompositePrimaryKey("word", "service", "in_name")
    word = models.CharField(max_length=40, db_collation="C")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    in_name = models.BooleanField(help_text="whether it stands in the name of the service")

    class Meta:
        verbose_name = "finder word"

    def __str__(self) -> str:
        return self.word


class FinderCount(models.Model):
    """How often in a month the finder was asked for a need in a district, and had nothing, or nothing with places. It is of nobody."""

    class Outcome(models.TextChoices):
        NOTHING = "nothing", "Nothing was found"
        FULL = "full", "All that fitted was full"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    month = models.DateField(help_text="its first day")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    need = models.CharField(max_length=40, blank=True, help_text="a code of the practice pack; blank: not understood")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    by_worker = models.BooleanField(help_text="somebody who signs in; else the public")
    searches = models.PositiveIntegerField()

    class Meta:
        verbose_name = "finder count"
        constraints = [
            models.UniqueConstraint(
                fields=["month", "area", "need", "outcome", "by_worker"], name="finder_count_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need} {self.month}"
