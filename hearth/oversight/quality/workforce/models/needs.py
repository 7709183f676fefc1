"""Which course answers what somebody said people need to learn."""

from typing import Any

from django.db import models
from django.db.models import Q

from hearth.foundation.accounts.models import User
from hearth.foundation.core.models import Record
from hearth.oversight.quality.models import TrainingNeed
from hearth.oversight.quality.workforce.models.courses import Course
from hearth.oversight.quality.workforce.reach import SEES


class NeedAnswerQuerySet(models.QuerySet["NeedAnswer"]):
    """Answers."""

    def visible_to(self, user: Any) -> "NeedAnswerQuerySet":
        """Every one, for whoever sees courses: they name no family."""
        return self if user.may(SEES) else self.none()


class NeedAnswer(Record):
    """A course answers a training need that audits found, or a decision of a panel. Only ever added.

    The decision is known by its key alone: what it says is the panel's, and when it is deleted nothing of it is left here.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="answers")
    need = models.ForeignKey(TrainingNeed, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decision = models.UUIDField(null=True, blank=True, help_text="of a panel")
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", help_text="who is told")
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = NeedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "need answer"
        constraints = [
            models.CheckConstraint(condition=Q(need=None) ^ Q(decision=None), name="an_answer_is_to_one_need"),
            models.UniqueConstraint(fields=["course", "need"], name="a_course_answers_a_need_once"),
            models.UniqueConstraint(fields=["course", "decision"], name="a_course_answers_a_decision_once"),
        ]
        indexes = [models.Index(fields=["decision"], name="answer_to_decision")]
