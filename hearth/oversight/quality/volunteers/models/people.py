"""A volunteer, and what had to be seen before they may help: references, checks, training, interviews."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.foundation.core.text import fold
from hearth.oversight.quality.volunteers.reach import reads_volunteers


def _codes(help_text: str) -> Any:
    return ArrayField(models.CharField(max_length=40), default=list, blank=True, help_text=help_text)


class CameBy(models.TextChoices):
    """How somebody came to volunteer."""

    APPLIED = "applied", "They applied"
    RECRUITED = "recruited", "We asked them"


class Day(models.TextChoices):
    """A day of the week."""

    MON = "mon", "Monday"
    TUE = "tue", "Tuesday"
    WED = "wed", "Wednesday"
    THU = "thu", "Thursday"
    FRI = "fri", "Friday"
    SAT = "sat", "Saturday"
    SUN = "sun", "Sunday"


class PartOfDay(models.TextChoices):
    """A part of a day."""

    MORNING = "morning", "Morning"
    AFTERNOON = "afternoon", "Afternoon"
    EVENING = "evening", "Evening"


class VolunteerQuerySet(models.QuerySet["Volunteer"]):
    """Volunteers."""

    def visible_to(self, user: Any) -> "VolunteerQuerySet":
        """Where the user coordinates or approves them."""
        return self.filter(reads_volunteers(user))


@pghistory.track()
class Volunteer(Record):
    """Somebody who gives their time: where they go, when, in which languages, with what; who recruited and who approved them."""

    reference = models.CharField(max_length=12, unique=True)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", help_text="whose coordinator looks after them"
    )
    full_name = models.CharField(max_length=120)
    folded_name = models.CharField(max_length=120, editable=False)
    born_on = models.DateField(null=True, blank=True, help_text="so that nobody is matched with their own family")
    address = models.CharField(max_length=120, blank=True, help_text="the first line")
    postcode = models.CharField(max_length=8, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    came_by = models.CharField(max_length=10, choices=CameBy.choices)
    recruited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recruited_on = models.DateField(default=clock.today)
    known_to_us = models.BooleanField(help_text="whether they, or somebody close to them, have or had early help")
    known_words = models.TextField(blank=True, help_text="what they said of that; no family's name")
    districts = _codes("districts of the pack to which they go")
    travels_miles = models.PositiveSmallIntegerField(help_text="how far they go from home")
    languages = _codes("beside English: codes of the pack")
    helps_with = _codes("needs of the pack")
    days = _codes("days of the week")
    times = _codes("parts of the day")
    most_families = models.PositiveSmallIntegerField(default=1, help_text="how many they help at once, at most")
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=40, blank=True, help_text="a code of the practice pack")
    end_words = models.TextField(blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    let_go_at = models.DateTimeField(null=True, blank=True, help_text="when who they were was let go, as the pack says")
    version = models.PositiveIntegerField(default=1)

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_volunteer_is_approved_by_somebody_else",
                condition=Q(approved_by=None, approved_on=None)
                | Q(approved_by__isnull=False, approved_on__isnull=False) & ~Q(approved_by=F("recruited_by")),
            ),
            models.CheckConstraint(
                name="a_volunteer_ends_with_a_reason",
                condition=Q(ended_on=None, ended_by=None)
                | Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(end_reason=""),
            ),
        ]
        indexes = [models.Index(fields=["area", "folded_name"], name="volunteer_of_area")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_approved(self) -> bool:
        """Whether somebody approved them, and they have not ended."""
        return self.approved_on is not None and self.ended_on is None

    @property
    def first_name(self) -> str:
        """What a family calls them."""
        return self.full_name.split(" ")[0]

    @property
    def outward(self) -> str:
        """The first half of their postcode."""
        return self.postcode.split(" ")[0]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_name = fold(self.full_name)[:120]
        super().save(*args, **kwargs)


class OfVolunteerQuerySet(models.QuerySet[Any]):
    """Rows that hang from a volunteer."""

    def visible_to(self, user: Any) -> "OfVolunteerQuerySet":
        """Of volunteers whom the user coordinates or approves."""
        return self.filter(reads_volunteers(user, "volunteer__area"))


@pghistory.track()
class VolunteerReference(Record):
    """Somebody was asked what they think of a volunteer, and answered."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="references")
    number = models.PositiveSmallIntegerField()
    referee = models.CharField(max_length=120)
    relation = models.CharField(max_length=200, help_text="how they know the volunteer; no relative")
    asked_on = models.DateField(default=clock.today)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField(null=True, blank=True)
    received_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recommends = models.BooleanField(null=True, blank=True)
    words = models.TextField(blank=True, help_text="what they wrote or said")

    objects = OfVolunteerQuerySet.as_manager()

    class Meta:
        verbose_name = "reference of a volunteer"
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "number"], name="volunteer_reference_once"),
            models.CheckConstraint(
                name="a_reference_came_whole",
                condition=Q(received_on=None, received_by=None, recommends=None)
                | Q(received_on__isnull=False, received_by__isnull=False, recommends__isnull=False),
            ),
        ]


class CheckOutcome(models.TextChoices):
    """What a check showed."""

    CLEAR = "clear", "Nothing on it"
    CONSIDERED = "considered", "Something on it, and they may help all the same"
    REFUSED = "refused", "They may not help"


class VolunteerCheck(Record):
    """A DBS certificate was seen: level, the last figures of its number, when, what it showed, until when it stands. Only ever added."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="checks")
    level = models.CharField(max_length=40, help_text="a code of the practice pack")
    outcome = models.CharField(max_length=10, choices=CheckOutcome.choices)
    number_ends = models.CharField(
        max_length=4, blank=True, help_text="the last four figures alone; none where none were seen"
    )
    seen_on = models.DateField()
    seen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    renew_by = models.DateField(help_text="the last day on which it stands, as the pack says")
    words = models.TextField(blank=True, help_text="why somebody with something on it may help, or why they may not")

    objects = OfVolunteerQuerySet.as_manager()

    class Meta:
        verbose_name = "check of a volunteer"
        constraints = [
            models.CheckConstraint(name="a_check_stands_for_a_time", condition=Q(renew_by__gt=F("seen_on"))),
            models.CheckConstraint(name="what_is_on_a_check_is_explained", condition=Q(outcome="clear") | ~Q(words="")),
        ]
        indexes = [models.Index(fields=["volunteer", "-seen_on"], name="check_of_volunteer")]

    @property
    def stands(self) -> bool:
        """Whether somebody may help by it today."""
        return self.outcome != CheckOutcome.REFUSED and self.renew_by >= clock.today()


class VolunteerTraining(Record):
    """A volunteer did a course of the pack, on a day. Only ever added."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="training")
    course = models.CharField(max_length=40, help_text="a code of the practice pack")
    done_on = models.DateField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = OfVolunteerQuerySet.as_manager()

    class Meta:
        verbose_name = "training of a volunteer"
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "course", "done_on"], name="volunteer_trained_once")
        ]


class VolunteerInterview(Record):
    """Somebody talked with a volunteer, and says whether they would take them. Only ever added."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="interviews")
    held_on = models.DateField()
    held_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recommends = models.BooleanField()
    words = models.TextField()

    objects = OfVolunteerQuerySet.as_manager()

    class Meta:
        verbose_name = "interview of a volunteer"
