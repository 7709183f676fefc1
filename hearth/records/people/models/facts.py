"""What is known about somebody: where they lived, their numbers, who they are to each other, and what was asked in vain."""

import pghistory
from django.db import models
from django.db.models import Q

from hearth.foundation.accounts.models import User
from hearth.foundation.core.models import Record
from hearth.records.people.models.families import Family
from hearth.records.people.models.persons import Person


@pghistory.track()
class Address(Record):
    """Where somebody lived, from a day until a day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="addresses")
    lines = models.CharField(max_length=300)
    postcode = models.CharField(
        max_length=8, blank=True, db_index=True, help_text="as written in full, such as BB11 1AA"
    )
    uprn = models.CharField(max_length=12, blank=True, db_index=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "addresses"


@pghistory.track()
class Identifier(Record):
    """A number another service knows somebody by. A wrong check digit is flagged, and the number kept."""

    class Kind(models.TextChoices):
        NHS = "nhs", "NHS number"
        UPN = "upn", "Unique pupil number"
        OTHER = "other", "Another system's number"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=120)
    system = models.CharField(max_length=120, blank=True, help_text="whose number it is, where the kind does not say")
    flag = models.CharField(
        max_length=120, blank=True, help_text="what is wrong with it, in words; empty where nothing is"
    )
    source = models.CharField(
        max_length=120, blank=True, help_text="who gave it to us, such as the school or the mother"
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verified_against = models.CharField(
        max_length=120, blank=True, help_text="what it was compared with, such as a letter"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "value", "system"], name="number_of_a_person_once")
        ]
        indexes = [models.Index(fields=["kind", "value"], name="identifier_value")]


@pghistory.track()
class Relationship(Record):
    """`person` is the `kind` of `other`, such as mother of; parental responsibility is recorded, not assumed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships_to")
    kind = models.CharField(max_length=20, help_text="a code in records/people/kinship.py")
    parental_responsibility = models.BooleanField(null=True, help_text="None: nobody has asked")
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "other", "kind"], condition=Q(until_on=None), name="related_once"
            ),
            models.CheckConstraint(condition=~Q(person=models.F("other")), name="not_related_to_self"),
        ]


@pghistory.track()
class MissingAnswer(Record):
    """Somebody was looked for and is not on record, such as a father: nobody there, or asked and not known."""

    class Answer(models.TextChoices):
        NOBODY = "nobody", "There is nobody"
        NOT_KNOWN = "not_known", "Asked, and not known"

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="the child it is about"
    )
    question = models.CharField(max_length=20, help_text="a code in records/people/tree/missing.py")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "person", "question"],
                condition=Q(taken_back_at=None),
                nulls_distinct=False,
                name="missing_answered_once",
            )
        ]
