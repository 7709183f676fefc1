"""A person, their other names, and the families they belong to."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.foundation.core.text import fold
from hearth.records.people.models.families import Family
from hearth.records.people.reach import allowed_people, may_open_family

KINDS_OF_NAME = [("alias", "Also known as"), ("former", "Former name"), ("spelling", "Other spelling")]


class Sex(models.TextChoices):
    """Sex as DfE records it (CIN census 2025 on)."""

    MALE = "M", "Male"
    FEMALE = "F", "Female"
    UNKNOWN = "U", "Not known or not stated"


class BirthPrecision(models.TextChoices):
    """How much of a birth date is known."""

    FULL = "full", "Full date"
    MONTH = "month", "Month and year"
    YEAR = "year", "Year only"
    ESTIMATED = "estimated", "Estimated"
    EXPECTED = "expected", "Expected (unborn)"
    UNKNOWN = "unknown", "Not known"


class PersonQuerySet(models.QuerySet["Person"]):
    """People."""

    def visible_to(self, user: Any) -> "PersonQuerySet":
        """People in a family the user may open, restricted ones only for those who were granted access."""
        mine = Membership.objects.filter(may_open_family(user, "family__"), person=OuterRef("pk"))
        return self.filter(Q(hidden=False) | Q(pk__one_of=allowed_people(user)), Exists(mine))


def may_see_person(user: Any, to_person: str = "person") -> Q:
    """The condition on anything with a person. Asked for each row: a list of everybody somebody may see is a long one."""
    return Q(Exists(Person.objects.visible_to(user).filter(pk=OuterRef(f"{to_person}_id"))))


@pghistory.track()
class Person(Record):
    """A child or an adult, born or expected."""

    reference = models.CharField(max_length=12, unique=True)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    known_as = models.CharField(max_length=100, blank=True)
    name_supplied = models.BooleanField(default=True, help_text="False for a record that came without a name")
    folded_name = models.CharField(max_length=210, editable=False)
    folded_known_as = models.CharField(max_length=110, editable=False, default="")
    born_on = models.DateField(
        null=True,
        blank=True,
        help_text="first day of the month or year where only that is known; the due date where expected",
    )
    birth_precision = models.CharField(max_length=10, choices=BirthPrecision.choices, default=BirthPrecision.UNKNOWN)
    died_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    gender_identity = models.CharField(max_length=60, blank=True)
    ethnicity = models.CharField(max_length=4, default="NOBT", help_text="DfE ethnicity code; NOBT is not obtained")
    disabilities = ArrayField(
        models.CharField(max_length=4), default=list, blank=True, help_text="DfE disability codes"
    )
    first_language = models.CharField(max_length=60, blank=True)
    interpreter_language = models.CharField(max_length=60, blank=True, help_text="empty where no interpreter is needed")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    safe_to_contact = models.CharField(max_length=200, blank=True, help_text="how and when it is safe to ring or write")
    cluster_id = models.UUIDField(
        editable=False, db_index=True, help_text="the same for all linked records of one person"
    )
    restricted = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False, help_text="restricted itself, or linked to a record that is")
    version = models.PositiveIntegerField(default=1)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        indexes = [
            models.Index(fields=["folded_name", "born_on"], name="person_name_born"),
            models.Index(fields=["born_on"], name="person_born"),
            models.Index(fields=["id"], condition=Q(hidden=True), name="person_hidden"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name as shown: `Unborn child` before there is one, `Name not supplied` where a record came without one."""
        unborn = self.birth_precision == BirthPrecision.EXPECTED
        return f"{self.given_name} {self.family_name}".strip() or ("Unborn child" if unborn else "Name not supplied")

    def trail_family_id(self) -> Any:
        """The family whose trail tells what was done to this record: the one they are in now, or were in last."""
        return self.memberships.order_by("-until_on", "created_at", "id").values_list("family_id", flat=True).first()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_name = fold(f"{self.given_name} {self.family_name}")
        self.folded_known_as = fold(self.known_as)
        self.cluster_id = self.cluster_id or self.id
        super().save(*args, **kwargs)


class FamilyRole(models.TextChoices):
    """What somebody is in a family."""

    CHILD = "child", "Child"
    PARENT = "parent", "Parent"
    CARER = "carer", "Carer"
    PARTNER = "partner", "Parent's partner"
    GRANDPARENT = "grandparent", "Grandparent"
    RELATIVE = "relative", "Other relative"
    OTHER = "other", "Other member of the household"


@pghistory.track()
class Membership(Record):
    """A person belongs to a family, from a day until a day. A child of two homes has two."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=FamilyRole.choices)
    lives_here = models.BooleanField(default=True)
    home_since_at = models.DateTimeField(
        default=clock.now, help_text="when they were last put down as living here: from then they are to be asked"
    )
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    hidden = models.BooleanField(default=False, help_text="a copy of the person's, so that the policy reads one row")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "person"], condition=Q(until_on=None), name="in_a_family_once"),
        ]
        indexes = [models.Index(fields=["family"], condition=Q(hidden=True), name="membership_hidden")]


@pghistory.track()
class PersonName(Record):
    """Another name: an alias, a former or married name, a spelling."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="other_names")
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=20, choices=KINDS_OF_NAME)
    folded_name = models.CharField(max_length=210, editable=False, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "folded_name"], name="another_name_once")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_name = fold(f"{self.given_name} {self.family_name}")
        super().save(*args, **kwargs)


class NameToken(Record):
    """One word of a name somebody has or had, for the search. Written by the database from the folded names, read by it alone."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=210, db_collation="C")
    sound = models.CharField(max_length=8, db_collation="C", help_text="the same for words that sound alike in English")

    class Meta:
        indexes = [
            models.Index(fields=["token", "person"], name="token_word"),
            models.Index(fields=["sound", "person"], name="token_sound"),
        ]
