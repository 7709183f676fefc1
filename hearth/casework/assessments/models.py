"""An assessment, its answers, the versions of the form it is made on, and the steps to sign-off."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q

from hearth.casework.cases.models import Case
from hearth.foundation.accounts.models import User
from hearth.foundation.core.models import Record
from hearth.records.people.models import Family, Person, may_see_person
from hearth.records.people.reach import may_open_family

CATEGORY = "assessment"  # the kind of information this room holds, as consent and agreements name it


class FormVersion(Record):
    """One version of the authority's form, as the pack had it when it was taken into use. Holds nobody's data."""

    code = models.CharField(max_length=50, help_text="caf, eha: the family of forms")
    version = models.PositiveSmallIntegerField()
    definition = models.JSONField(help_text="the pack's file as it was, without what a pack leaves to defaults")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="form_version_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments."""

    def visible_to(self, user: Any) -> "AssessmentQuerySet":
        """Assessments of families whose assessments the user may open."""
        return self.filter(may_open_family(user, "family__", CATEGORY))

    def unfinished(self) -> "AssessmentQuerySet":
        """Being written or read: neither signed off nor stopped."""
        return self.exclude(status__in=[Status.SIGNED_OFF, Status.STOPPED])


class Status(models.TextChoices):
    """Where an assessment has got to."""

    DRAFT = "draft", "Being written"
    WITH_MANAGER = "with_manager", "With a manager"
    RETURNED = "returned", "Returned with comments"
    SIGNED_OFF = "signed_off", "Signed off"
    STOPPED = "stopped", "Stopped"


@pghistory.track()
class Assessment(Record):
    """One version of a family's assessment in a case. Once signed off it never changes: the database sees to that."""

    reference = models.CharField(max_length=12, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(
        default=1, help_text="1 for the first of the case, 2 for the version after it"
    )
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_because = models.TextField(blank=True, help_text="why a new version was started")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    started_on = models.DateField()
    due_on = models.DateField()
    author = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    known = models.JSONField(
        default=dict, blank=True, help_text="what was known when it began, by prefill code: offered, never imposed"
    )
    level = models.CharField(
        max_length=50, blank=True, help_text="the level of need it comes to: a code of the practice pack"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_to = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(
        default=1, help_text="goes up with each step; answers have versions of their own"
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="assessment_number_once"),
            models.UniqueConstraint(
                fields=["case"],
                condition=~Q(status__in=["signed_off", "stopped"]),
                name="one_unfinished_assessment_a_case",
            ),
            models.CheckConstraint(
                name="signed_off_by_somebody_else",
                condition=Q(status="signed_off", signed_off_at__isnull=False, signed_off_by__isnull=False)
                & ~Q(signed_off_by=models.F("sent_by"))
                | ~Q(status="signed_off") & Q(signed_off_at=None, signed_off_by=None),
            ),
        ]
        indexes = [
            models.Index(fields=["family"], name="assessment_family"),
            models.Index(fields=["sent_at", "id"], condition=Q(status="with_manager"), name="assessment_waiting"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether answers may still be written."""
        return self.status in (Status.DRAFT, Status.RETURNED)

    @property
    def is_stopped(self) -> bool:
        """Whether it was given up before it was signed off."""
        return self.status == Status.STOPPED

    @property
    def is_signed_off(self) -> bool:
        """Whether it is frozen."""
        return self.status == Status.SIGNED_OFF


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers."""

    def visible_to(self, user: Any) -> "AnswerQuerySet":
        """Answers about the family, and about each child the user may open: a restricted child's are not shown."""
        about = Q(person=None) | may_see_person(user)
        return self.filter(about, may_open_family(user, "family__", CATEGORY))


@pghistory.track()
class Answer(Record):
    """What is written in one box, about the family or one child. An emptied box keeps its row and its history."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the child; empty for the whole family",
    )
    question = models.CharField(max_length=50)
    part = models.CharField(max_length=10, blank=True, help_text="strengths or needs, where a question has both")
    value = models.JSONField(
        null=True, blank=True, help_text="text, codes, a number, a date as 2026-11-22; nothing where it was emptied"
    )
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "person", "question", "part"], nulls_distinct=False, name="one_answer_a_box"
            )
        ]


AnswerEvent: type[Any]  # every save of a box: made by the decorator above


class StepKind(models.TextChoices):
    """What happened on the way from the start to sign-off, or to where it was stopped."""

    STARTED = "started", "Started"
    SENT = "sent", "Sent to a manager"
    TAKEN_BACK = "taken_back", "Taken back"
    RETURNED = "returned", "Returned with comments"
    SIGNED_OFF = "signed_off", "Signed off"
    STOPPED = "stopped", "Stopped"
    TAKEN_UP = "taken_up", "Taken up again"


class AssessmentStepQuerySet(models.QuerySet["AssessmentStep"]):
    """Steps."""

    def visible_to(self, user: Any) -> "AssessmentStepQuerySet":
        """Steps of assessments the user may open."""
        return self.filter(may_open_family(user, "family__", CATEGORY))


class AssessmentStep(Record):
    """Started, sent, taken back, returned, signed off, stopped or taken up again: by whom, in what words. Only added."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="steps")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    objects = AssessmentStepQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["assessment", "at"], name="step_of_assessment"),
            models.Index(fields=["family", "at"], name="step_of_family"),
        ]


class SectionCommentQuerySet(models.QuerySet["SectionComment"]):
    """Comments."""

    def visible_to(self, user: Any) -> "SectionCommentQuerySet":
        """Comments on the family's pages, and on those of each child the user may open: a restricted child's are hidden."""
        about = Q(person=None) | may_see_person(user)
        return self.filter(about, may_open_family(user, "family__", CATEGORY))


class SectionComment(Record):
    """What a manager wrote about one page when returning an assessment. Only ever added."""

    step = models.ForeignKey(AssessmentStep, on_delete=models.PROTECT, related_name="comments")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=50)
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the child whose page it is; empty for the family's, and for what was said of every child's at once",
    )
    text = models.TextField()

    objects = SectionCommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["step", "section", "person"], nulls_distinct=False, name="one_comment_a_page"
            )
        ]


from hearth.casework.assessments.documents import models as documents  # noqa: E402, F401 - the room's other tables
