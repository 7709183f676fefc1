"""What the live look-up compares, kept by the database itself beside the people it is about."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from hearth.foundation.core.models import Record
from hearth.records.people.models.persons import BirthPrecision, Person


class LookUpEntry(Record):
    """One name of a person, folded, with all else the live look-up compares, so that it reads one row for each candidate.

    Written by the database from names, birth dates and addresses; read by its functions alone.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    given = models.CharField(max_length=110, db_collation="C", help_text="the first of the given names")
    middle = models.CharField(max_length=110, db_collation="C", help_text="the others")
    family = models.CharField(max_length=110, db_collation="C")
    words = ArrayField(models.CharField(max_length=210, db_collation="C"), help_text="every word of this name")
    given_step = models.SmallIntegerField(help_text="how rare the given name is, in steps of two bits")
    family_step = models.SmallIntegerField(help_text="how rare the family name is, in steps of two bits")
    born_on = models.DateField(null=True)
    birth_precision = models.CharField(max_length=10, choices=BirthPrecision.choices)
    homes = models.TextField(help_text="every postcode they lived at, as |BB11 1AA|BB12 8BB|")
    hidden = models.BooleanField(help_text="a copy of the person's")
    keys = ArrayField(models.IntegerField(), help_text="hashes of what a search for them might agree on")

    class Meta:
        verbose_name = "look-up entry"
        verbose_name_plural = "look-up entries"
        indexes = [GinIndex(fields=["keys"], name="look_up_keys", fastupdate=False)]


class NameCount(Record):
    """How many people have a name, so that agreeing on a rare one says more. The row without a word counts everybody."""

    word = models.CharField(max_length=210, db_collation="C", unique=True)
    given = models.PositiveIntegerField(help_text="for how many it is the first given name")
    family = models.PositiveIntegerField(help_text="for how many it is the family name")
