"""What somebody was trained in: from a course here, or elsewhere."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q

from hearth.foundation.accounts.models import Organisation, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.foundation.core.pack import pack
from hearth.oversight.quality.workforce.models.courses import CourseBooking
from hearth.oversight.quality.workforce.reach import trained


class TrainingQuerySet(models.QuerySet["TrainingRecord"]):
    """Training records."""

    def visible_to(self, user: Any) -> "TrainingQuerySet":
        """One's own, those of people whom one looks after or whose training one leads, and those that one wrote."""
        return self.filter(trained(user, "person") | Q(recorded_by=user))

    def standing(self) -> "TrainingQuerySet":
        """Not taken back."""
        return self.filter(withdrawn_at=None)


@pghistory.track()
class TrainingRecord(Record):
    """Somebody was trained on a day, until which it lasts: their certificate. What was written by mistake is taken back, and kept."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", help_text="as it was")
    competence = models.CharField(max_length=40, help_text="a code of the practice pack")
    title = models.CharField(max_length=200, help_text="the course, here or elsewhere")
    trained_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="its last day; none: it does not run out")
    booking = models.ForeignKey(
        CourseBooking, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="of a course here"
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="written by mistake")
    withdrawn_why = models.CharField(max_length=200, blank=True)

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = "training record"
        constraints = [
            models.UniqueConstraint(
                fields=["booking"], condition=Q(withdrawn_at=None), name="one_certificate_a_booking"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("trained_on")), name="a_certificate_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_why=""), name="training_taken_back_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "competence", "-trained_on"], name="training_of_person"),
            models.Index(fields=["until_on"], condition=Q(withdrawn_at=None), name="training_runs_out"),
        ]

    @property
    def has_run_out(self) -> bool:
        """Whether its last day has passed."""
        return self.until_on is not None and self.until_on < clock.today()

    @property
    def days_left(self) -> int | None:
        """Days until its last; none where it does not run out."""
        return None if self.until_on is None else (self.until_on - clock.today()).days

    @property
    def is_running_out(self) -> bool:
        """Whether its last day is near, by the practice pack."""
        return self.days_left is not None and 0 <= self.days_left <= pack().workforce.running_out_days
