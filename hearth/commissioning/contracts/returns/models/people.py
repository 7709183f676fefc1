"""The provider's list of people for a quarter, and what casework says of it. Names stay with the provider, and only for a time."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hearth.commissioning.contracts.returns.models.returns import Return
from hearth.commissioning.contracts.returns.reach import reads_checks, reads_names, reads_return
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.records.people.models import BirthPrecision, Person


class PeopleListQuerySet(models.QuerySet["PeopleList"]):
    """Lists of people."""

    def visible_to(self, user: Any) -> "PeopleListQuerySet":
        """That there is one, of returns that the user may read; who is on it, and what came of it, stand apart."""
        return self.filter(reads_return(user, "owner__"))


class PeopleList(Record):
    """Whom a provider says it helped in a quarter: how many were taken of what it sent, and why others were not. No name is in it."""

    owner = models.OneToOneField(Return, on_delete=models.PROTECT, related_name="people", help_text="the return")
    agreement = models.CharField(max_length=12, help_text="the information-sharing agreement that lets it be matched")
    file_name = models.CharField(max_length=200, blank=True, help_text="blank: typed")
    not_taken = models.JSONField(
        default=list, help_text="the rows of the file that were not taken, by number, with why; no name"
    )
    not_kept = models.JSONField(default=list, help_text="headers of the file that are not read")
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)
    turn = models.PositiveIntegerField(default=1, help_text="counted up whenever somebody is put on it or taken off")
    let_go_at = models.DateTimeField(null=True, blank=True, help_text="when the names went")

    objects = PeopleListQuerySet.as_manager()

    class Meta:
        verbose_name = "list of people"
        verbose_name_plural = "lists of people"


class ListedPersonQuerySet(models.QuerySet["ListedPerson"]):
    """People on lists."""

    def visible_to(self, user: Any) -> "ListedPersonQuerySet":
        """Those that one's own organisation listed; and those whom information governance looks for, to answer or erase them."""
        return self.filter(reads_names(user, "people__owner__"))


class ListedPerson(Record):
    """Somebody on a provider's list, as the provider writes them. The commissioner does not read this."""

    people = models.ForeignKey(PeopleList, on_delete=models.PROTECT, related_name="listed")
    number = models.PositiveIntegerField(help_text="of the row in the file, or in the order in which they were typed")
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    born_on = models.DateField(null=True, blank=True)
    birth_precision = models.CharField(max_length=10, choices=BirthPrecision.choices, default=BirthPrecision.UNKNOWN)
    postcode = models.CharField(max_length=10, blank=True)
    numbers = ArrayField(
        models.CharField(max_length=20), default=list, help_text="NHS number or unique pupil number, plain"
    )
    given_words = ArrayField(models.CharField(max_length=100), default=list, help_text="folded, to be compared")
    family_words = ArrayField(models.CharField(max_length=100), default=list, help_text="folded, to be compared")
    forms = ArrayField(models.CharField(max_length=100), default=list, help_text="other forms of the first given name")
    folded = models.CharField(max_length=220, help_text="both names, folded: by this they are found to be erased")
    digest = models.CharField(
        max_length=64, help_text="of all that is said of them: the same row again is the same person"
    )

    objects = ListedPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "person on a list"
        verbose_name_plural = "people on lists"
        constraints = [models.UniqueConstraint(fields=["people", "digest"], name="listed_once")]
        indexes = [models.Index(fields=["folded"], name="listed_by_name")]


class PeopleCheckQuerySet(models.QuerySet["PeopleCheck"]):
    """What came of lists."""

    def visible_to(self, user: Any) -> "PeopleCheckQuerySet":
        """For the authority's own people who read the contract; a provider is told of its own by a function that leaves out few."""
        return self.filter(reads_checks(user, "people__owner__"))


class PeopleCheck(Record):
    """The three totals of a list: in both, the provider's alone, casework's alone. Written by the database's own function."""

    people = models.OneToOneField(PeopleList, on_delete=models.PROTECT, related_name="checked")
    turn = models.PositiveIntegerField(help_text="of the list, when it was checked")
    listed = models.PositiveIntegerField(help_text="rows of the list")
    in_both = models.PositiveIntegerField(
        help_text="people on the list whom casework says the provider helped in the quarter"
    )
    theirs = models.PositiveIntegerField(help_text="people on the list of whom casework does not say so")
    ours = models.PositiveIntegerField(
        help_text="people whom casework says the provider helped, and who are not on the list"
    )
    unsure = models.PositiveIntegerField(
        help_text="of the provider's alone: how many may be one of casework's, but not surely"
    )
    shared = models.PositiveIntegerField(
        default=0,
        help_text="of casework's alone: how many may be of another contract of the provider in the same districts",
    )
    checked_at = models.DateTimeField()
    told = models.JSONField(
        default=dict, help_text="the totals as the provider is told them; none of them: it is too few"
    )
    told_turn = models.PositiveIntegerField(null=True, blank=True, help_text="the turn of which it was told")
    told_sets = models.JSONField(
        default=list, help_text="digests of whom each list held of which it was told: with too few others, no totals are told anew"
    )  # fmt: skip

    objects = PeopleCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "check of a list"
        verbose_name_plural = "checks of lists"


class Side(models.TextChoices):
    """On which side somebody stands."""

    BOTH = "both", "On both"
    OURS = "ours", "In casework alone"


class PeopleMatchQuerySet(models.QuerySet["PeopleMatch"]):
    """Who is in the totals."""

    def visible_to(self, user: Any) -> "PeopleMatchQuerySet":
        """Those whose own record the user may open, for the authority's people who read the contract."""
        return self.filter(reads_checks(user, "people__owner__"), person__in=Person.objects.visible_to(user))


class PeopleMatch(Record):
    """Somebody of casework who is in one of the totals. Read by whoever may open their record, and by nobody else."""

    people = models.ForeignKey(PeopleList, on_delete=models.PROTECT, related_name="matches")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=5, choices=Side.choices)
    listed = models.ForeignKey(
        ListedPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="matches", help_text="as whom the provider lists them"
    )  # fmt: skip

    objects = PeopleMatchQuerySet.as_manager()

    class Meta:
        verbose_name = "person in a total"
        verbose_name_plural = "people in totals"
        constraints = [
            models.UniqueConstraint(fields=["people", "person"], name="in_one_total_once"),
            models.CheckConstraint(
                condition=Q(side="both", listed__isnull=False) | Q(side="ours", listed=None), name="on_one_of_two_sides"
            ),
        ]
