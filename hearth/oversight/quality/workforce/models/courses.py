"""Courses, the days on which they run, and who is booked, waits, was there."""

import datetime as dt
from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q

from hearth.foundation.accounts.models import Organisation, Placed, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.oversight.quality.workforce.reach import SEES, reads_booking

TAKES_A_SEAT = ("booked", "offered", "attended", "absent")


class RunState(models.TextChoices):
    """What became of a run."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class BookingState(models.TextChoices):
    """Where somebody stands with a run."""

    BOOKED = "booked", "Booked"
    WAITING = "waiting", "On the waiting list"
    OFFERED = "offered", "A seat is offered"
    CANCELLED = "cancelled", "Cancelled"
    ATTENDED = "attended", "Was there"
    ABSENT = "absent", "Was not there"


class OfCourses(models.QuerySet[Any]):
    """Courses and their runs, which name nobody but those who hold them."""

    def visible_to(self, user: Any) -> "OfCourses":
        """Every one, for whoever sees courses."""
        return self if user.may(SEES) else self.none()


@pghistory.track()
class Course(Record):
    """Something that people can learn here, whatever organisation they are of."""

    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=120)
    about = models.TextField(help_text="what it is, for whom, and what to bring")
    competence = models.CharField(
        max_length=40, blank=True, help_text="a code of the practice pack; empty: it gives no certificate"
    )
    valid_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="how long its certificate lasts; none: it does not run out"
    )
    put_on_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    retired_on = models.DateField(null=True, blank=True, help_text="not offered any more")

    objects = OfCourses.as_manager()

    class Meta:
        indexes = [models.Index(fields=["title"], name="course_by_title")]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class CourseRun(Placed):
    """One time that a course is held: on a day, at a place, with so many seats. Whoever organises it says who was there."""

    reference = models.CharField(max_length=12, unique=True)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="runs")
    held_on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    place = models.CharField(max_length=200, help_text="a room, or how to join from afar")
    seats = models.PositiveSmallIntegerField()
    trainer = models.CharField(max_length=120, blank=True, help_text="who holds it, in words")
    organiser = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", help_text="who says who was there")
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.PLANNED)
    cancelled_why = models.TextField(blank=True)

    objects = OfCourses.as_manager()

    class Meta:
        verbose_name = "course run"
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1), name="a_run_has_a_seat"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_run_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_why=""), name="a_cancelled_run_says_why"
            ),
        ]
        indexes = [models.Index(fields=["state", "held_on"], name="run_by_day")]

    def __str__(self) -> str:
        return self.reference

    @property
    def has_begun(self) -> bool:
        """Whether its hour has come."""
        return clock.in_london(dt.datetime.combine(self.held_on, self.starts_at)) <= clock.now()


class BookingQuerySet(models.QuerySet["CourseBooking"]):
    """Bookings."""

    def visible_to(self, user: Any) -> "BookingQuerySet":
        """One's own, those of people whom one looks after or whose training one leads, and of runs that one organises."""
        return self.filter(reads_booking(user))

    def open(self) -> "BookingQuerySet":
        """Booked, offered or waiting."""
        return self.filter(state__in=("booked", "offered", "waiting"))


@pghistory.track()
class CourseBooking(Record):
    """Somebody's place on a run, or in the line for one."""

    run = models.ForeignKey(CourseRun, on_delete=models.PROTECT, related_name="bookings")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", help_text="as it was")
    state = models.CharField(max_length=10, choices=BookingState.choices)
    place_in_line = models.PositiveIntegerField(help_text="in the order in which they came")
    offered_until = models.DateField(null=True, blank=True, help_text="the last day on which an offered seat is kept")
    booked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = "booking"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "person"], condition=~Q(state="cancelled"), name="booked_once_on_a_run"
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offered_until__isnull=False), name="an_offer_has_its_last_day"
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="booking_of_person")]

    @property
    def is_open(self) -> bool:
        """Whether it can still be given up."""
        return self.state in (BookingState.BOOKED, BookingState.OFFERED, BookingState.WAITING)
