"""A volunteer asked for, a volunteer chosen for a family, visits and reviews; and with whom somebody must never be matched."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hearth.casework.cases.models import Case
from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.oversight.quality.volunteers.models.people import Volunteer
from hearth.oversight.quality.volunteers.reach import reads_helping
from hearth.records.people.models import Family
from hearth.records.people.reach import may_open_family


def _codes(help_text: str) -> Any:
    return ArrayField(models.CharField(max_length=40), default=list, blank=True, help_text=help_text)


class RequestState(models.TextChoices):
    """Where a volunteer request has got to."""

    OPEN = "open", "Waiting for a volunteer"
    MATCHED = "matched", "A volunteer was chosen"
    CLOSED = "closed", "Closed"


class Fit(models.TextChoices):
    """How a volunteer fits one thing that was asked for."""

    WHOLE = "whole", "Fits"
    PART = "part", "Fits in part"
    NOT = "not", "Does not fit"


class HelpingQuerySet(models.QuerySet[Any]):
    """Rows of one family that a coordinator reads too."""

    def visible_to(self, user: Any) -> "HelpingQuerySet":
        """Of families that the user may open, and of the districts in which they coordinate."""
        return self.filter(reads_helping(user))


@pghistory.track()
class VolunteerRequest(Record):
    """A family agreed that a volunteer is asked for: with what, where, when, in which language; and all that a volunteer is told of it."""

    reference = models.CharField(max_length=12, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=RequestState.choices, default=RequestState.OPEN)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(default=clock.today)
    needs = _codes("needs of the pack")
    languages = _codes("one of these is needed: codes of the pack; none: English")
    days = _codes("any of these days suits; none: any")
    times = _codes("any of these parts of the day suits; none: any")
    outward = models.CharField(max_length=4, blank=True, help_text="the first half of the postcode: no address")
    first_names = models.CharField(max_length=120, help_text="first names of those whom the volunteer meets")
    must_know = models.TextField(help_text="what the volunteer must know, as the family read it")
    agreed_by = models.CharField(max_length=120, help_text="who of the family agreed")
    agreed_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_why = models.TextField(blank=True)

    objects = HelpingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=~Q(state="closed"), name="one_volunteer_request_a_case"),
        ]
        indexes = [models.Index(fields=["area", "state"], name="volunteer_asked_in_area")]

    def __str__(self) -> str:
        return self.reference


class MatchState(models.TextChoices):
    """Where a match has got to."""

    PROPOSED = "proposed", "The family is asked"
    HELPING = "helping", "Helping"
    DECLINED = "declined", "The family said no"
    ENDED = "ended", "Ended"


@pghistory.track()
class VolunteerMatch(Record):
    """A coordinator chose a volunteer for a family, and why; what the family said; since when they help, until when, and why it ended."""

    reference = models.CharField(max_length=12, unique=True)
    asked = models.ForeignKey(VolunteerRequest, on_delete=models.PROTECT, related_name="matches")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="matches")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    called = models.CharField(
        max_length=60, help_text="the volunteer's first name, all that the family's record says of them"
    )
    state = models.CharField(max_length=8, choices=MatchState.choices, default=MatchState.PROPOSED)
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    chosen_on = models.DateField(default=clock.today)
    why = models.TextField(help_text="why this volunteer, in the coordinator's words")
    fits = models.JSONField(help_text="how they fitted what was asked for, as it was shown")
    answered_on = models.DateField(null=True, blank=True, help_text="when the family said yes or no")
    answered_by = models.CharField(max_length=120, blank=True, help_text="who of the family said it")
    answer_words = models.TextField(blank=True)
    answer_noted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=40, blank=True, help_text="a code of the practice pack")
    end_words = models.TextField(blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = HelpingQuerySet.as_manager()

    class Meta:
        verbose_name = "match of a volunteer"
        constraints = [
            models.UniqueConstraint(
                fields=["asked"], condition=Q(state__in=["proposed", "helping"]), name="one_volunteer_at_a_time"
            ),
            models.CheckConstraint(
                name="a_volunteer_helps_once_the_family_agreed",
                condition=~Q(state="helping")
                | Q(answered_on__isnull=False, started_on__isnull=False, review_on__isnull=False) & ~Q(answered_by=""),
            ),
            models.CheckConstraint(
                name="help_of_a_volunteer_ends_with_a_reason",
                condition=~Q(state="ended") | Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(end_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["area", "state", "review_on"], name="match_review_due"),
            models.Index(fields=["volunteer", "state"], name="match_of_volunteer"),
            models.Index(fields=["family"], name="match_of_family"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_live(self) -> bool:
        """Whether the family is asked, or helped."""
        return self.state in (MatchState.PROPOSED, MatchState.HELPING)

    @property
    def review_is_late(self) -> bool:
        """Whether the day of its review has passed."""
        return self.state == MatchState.HELPING and self.review_on is not None and self.review_on < clock.today()


class OfMatchQuerySet(models.QuerySet[Any]):
    """Rows that hang from a match."""

    def visible_to(self, user: Any) -> "OfMatchQuerySet":
        """Of matches that the user may read."""
        return self.filter(reads_helping(user, "match__"))


@pghistory.track()
class VolunteerVisit(Record):
    """A volunteer was with a family, on a day, for so long."""

    match = models.ForeignKey(VolunteerMatch, on_delete=models.PROTECT, related_name="visits")
    number = models.PositiveSmallIntegerField()
    visited_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200, blank=True, help_text="what they did; nobody's name")
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_back_on = models.DateField(null=True, blank=True, help_text="noted by mistake: kept, and counted nowhere")

    objects = OfMatchQuerySet.as_manager()

    class Meta:
        verbose_name = "visit of a volunteer"
        constraints = [
            models.UniqueConstraint(fields=["match", "number"], name="volunteer_visit_once"),
            models.CheckConstraint(name="a_visit_takes_a_time", condition=Q(minutes__gt=0)),
        ]
        indexes = [models.Index(fields=["visited_on"], name="volunteer_visit_by_day")]


class VolunteerReview(Record):
    """How a volunteer's help goes, as the family and the volunteer say it; and when it is looked at next. Only ever added."""

    match = models.ForeignKey(VolunteerMatch, on_delete=models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    family_words = models.TextField(help_text="what the family says")
    volunteer_words = models.TextField(blank=True, help_text="what the volunteer says")
    next_on = models.DateField()

    objects = OfMatchQuerySet.as_manager()

    class Meta:
        verbose_name = "review of a volunteer’s help"


class ConflictQuerySet(models.QuerySet["VolunteerConflict"]):
    """With whom somebody must never be matched."""

    def visible_to(self, user: Any) -> "ConflictQuerySet":
        """Of families that the user may open."""
        return self.filter(may_open_family(user, "family__"))


class VolunteerConflict(Record):
    """A family and a volunteer know each other: they are never matched. Said by whoever may open the family. Only ever added."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = "conflict of a volunteer"
        constraints = [models.UniqueConstraint(fields=["volunteer", "family"], name="volunteer_conflict_once")]
