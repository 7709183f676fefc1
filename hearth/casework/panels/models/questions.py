"""A question about a case in which nobody is named, and its answer. No family hangs from it, and it hangs from none."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hearth.casework.panels.models.panels import Panel
from hearth.casework.panels.reach import HUB, MANAGES_ASKERS, MANAGES_PANELS, panels_run_by
from hearth.foundation.accounts.models import Area, Organisation, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.records.people.reach import areas, called


def answers(user: Any) -> Q:
    """Whoever answers: the panel's chair and coordinator; the safeguarding hub. One that was taken back is theirs no more."""
    hub = Q(panel=None) if user.may(HUB) else Q(pk__in=[])
    return (Q(panel__one_of=panels_run_by(user)) | hub) & Q(withdrawn_at=None)


def may_read_question(user: Any) -> Q:
    """Whoever asked; who answers, or took it back; who manages panels in the district, and who manages the asker's organisation."""
    theirs = Q(asked_by_id=user.id) | Q(withdrawn_by_id=user.id) | Q(area__one_of=areas(user, MANAGES_PANELS))
    managed = Q(organisation__one_of=called("hearth_organisation_managed", user, MANAGES_ASKERS))
    managed &= Q(area__one_of=called("hearth_partner_areas", user, MANAGES_ASKERS))
    return theirs | managed | answers(user)


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions without a name."""

    def visible_to(self, user: Any) -> "QuestionQuerySet":
        """One's own, those that one answers, and those of people one manages. The row policy says the same."""
        return self.filter(may_read_question(user))

    def to_answer(self, user: Any) -> "QuestionQuerySet":
        """Those that wait for the user's answer."""
        return self.filter(answers(user), answered_at=None)


@pghistory.track()
class Question(Record):
    """Somebody asks a panel's coordinator or the safeguarding hub about a case, and names nobody."""

    reference = models.CharField(max_length=12, unique=True)
    panel = models.ForeignKey(
        Panel, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="none: the safeguarding hub"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", help_text="the district it is about")
    themes = ArrayField(models.CharField(max_length=40), help_text="codes of the practice pack")
    words = models.TextField(help_text="what is asked; nobody's name")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", help_text="of whoever asked, on that day"
    )
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.TextField(blank=True, help_text="nobody's name")
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_read_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text="taken back: it names somebody, or is not needed"
    )
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_why = models.CharField(max_length=200, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "question without a name"
        verbose_name_plural = "questions without a name"
        constraints = [
            models.CheckConstraint(
                name="an_answer_is_somebodys",
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "-asked_at"], name="question_of_asker"),
            models.Index(fields=["panel"], condition=Q(answered_at=None, withdrawn_at=None), name="question_to_answer"),
            models.Index(fields=["area", "-asked_at"], name="question_of_area"),
        ]

    def __str__(self) -> str:
        return self.reference
