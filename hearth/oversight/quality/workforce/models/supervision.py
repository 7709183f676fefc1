"""Who supervises whom, what the two wrote and agreed, and when a manager opened it, with why."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q

from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.oversight.quality.workforce.reach import knows_of_supervision, reads_supervision


class SupervisionQuerySet(models.QuerySet["Supervision"]):
    """Who supervises whom."""

    def visible_to(self, user: Any) -> "SupervisionQuerySet":
        """The two, and whoever looks after the supervisor: that there is one and when it is next, and not a word of it."""
        return self.filter(knows_of_supervision(user))

    def running(self) -> "SupervisionQuerySet":
        """Not ended."""
        return self.filter(ended_on=None)


@pghistory.track()
class Supervision(Record):
    """Somebody supervises somebody, every so many weeks."""

    reference = models.CharField(max_length=12, unique=True)
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    every_weeks = models.PositiveSmallIntegerField()
    next_on = models.DateField(help_text="when they meet next, at the latest")
    ended_on = models.DateField(null=True, blank=True)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(worker=F("supervisor")), name="nobody_supervises_themselves"),
            models.UniqueConstraint(
                fields=["worker", "supervisor"], condition=Q(ended_on=None), name="supervised_once_by_somebody"
            ),
        ]
        indexes = [models.Index(fields=["next_on"], condition=Q(ended_on=None), name="supervision_due")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_late(self) -> bool:
        """Whether the day by which they meet has passed."""
        return self.ended_on is None and self.next_on < clock.today()


class OfSupervision(models.QuerySet[Any]):
    """What is written of a supervision."""

    def visible_to(self, user: Any) -> "OfSupervision":
        """The two alone; and whoever opened it for a recorded reason, for as long as that lasts."""
        return self.filter(reads_supervision("supervision_id"))


@pghistory.track()
class SupervisionNote(Record):
    """What the two reflected on and agreed one day. Once both have agreed it stands. It names no family: a case by its reference alone."""

    supervision = models.ForeignKey(Supervision, on_delete=models.PROTECT, related_name="notes")
    number = models.PositiveSmallIntegerField()
    met_on = models.DateField()
    reflection = models.TextField(help_text="what they reflected on; no family's name")
    agreed = models.TextField(blank=True, help_text="what each will do")
    case_reference = models.CharField(max_length=12, blank=True, help_text="a link for whoever may open the case")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", help_text="who wrote it last")
    worker_agreed_at = models.DateTimeField(null=True, blank=True)
    supervisor_agreed_at = models.DateTimeField(null=True, blank=True)

    objects = OfSupervision.as_manager()

    class Meta:
        verbose_name = "supervision note"
        constraints = [models.UniqueConstraint(fields=["supervision", "number"], name="supervision_note_once")]

    @property
    def is_agreed(self) -> bool:
        """Whether both have agreed."""
        return self.worker_agreed_at is not None and self.supervisor_agreed_at is not None


class SupervisionOpening(Record):
    """The supervisor's manager opened the notes, with why, until a day. Only ever added; the two are told."""

    supervision = models.ForeignKey(Supervision, on_delete=models.PROTECT, related_name="openings")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
    until_on = models.DateField(help_text="the last day on which they read it")

    objects = OfSupervision.as_manager()

    class Meta:
        verbose_name = "supervision opening"
