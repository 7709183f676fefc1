"""Versions of audit tools, samples, audits of one assessment each, grades, results, and what comes of them."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hearth.casework.assessments.models import Assessment
from hearth.casework.cases.models import Case
from hearth.foundation.accounts.models import Area, Organisation, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.oversight.quality.reach import leads_in, reads_audit, reads_grade, reads_sample, works_on_audit
from hearth.records.people.models import Family


class Answer(models.TextChoices):
    """What an auditor says of an item."""

    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


class AuditToolVersion(Record):
    """One version of an audit tool, as the pack had it when it was taken into use. Holds nobody's data."""

    code = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    definition = models.JSONField(help_text="the pack's file as it was, without what a pack leaves to defaults")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="audit_tool_version_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class AuditSampleQuerySet(models.QuerySet["AuditSample"]):
    """Samples, which name nobody."""

    def visible_to(self, user: Any) -> "AuditSampleQuerySet":
        """Where the user leads audits, and those of which they grade something."""
        return self.filter(reads_sample("id"))


class AuditSample(Record):
    """Signed-off assessments drawn for audit, by a seed that anybody can draw with again. Only ever added."""

    class Like(models.TextChoices):
        FAMILY = "family", "The same families: a later assessment of each"
        WORKER = "worker", "The same workers: other assessments that they wrote"
        AGENCY = "agency", "The same agencies: other assessments that their people wrote"

    reference = models.CharField(max_length=12, unique=True)
    tool = models.ForeignKey(AuditToolVersion, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(
        Area,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="none: wherever its lead leads",
    )
    from_on = models.DateField(help_text="assessments signed off from this day")
    until_on = models.DateField(help_text="to this day, both counted in")
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="whose people wrote them",
    )
    route = models.CharField(max_length=40, blank=True, help_text="a code of the practice pack; empty: every route")
    theme = models.CharField(max_length=40, blank=True, help_text="a code of the practice pack; empty: every theme")
    weighting = models.CharField(max_length=40, blank=True, help_text="a code of the pack; empty: all as likely")
    size = models.PositiveSmallIntegerField(help_text="how many were asked for")
    seed = models.CharField(max_length=40)
    among = models.PositiveIntegerField(help_text="how many there were to draw from")
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by", help_text="of a re-audit"
    )
    like = models.CharField(max_length=10, choices=Like.choices, blank=True, help_text="what a re-audit has in common")
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = AuditSampleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(follows=None, like="") | (Q(follows__isnull=False) & ~Q(like="")),
                name="a_re_audit_says_what_it_follows",
            )
        ]
        indexes = [models.Index(fields=["-created_at", "id"], name="audit_sample_newest")]

    def __str__(self) -> str:
        return self.reference


class AuditQuerySet(models.QuerySet["Audit"]):
    """Audits."""

    def visible_to(self, user: Any) -> "AuditQuerySet":
        """Of the user's areas for whoever leads; one's own to grade; and of one's own work, once the findings are sent."""
        return self.filter(reads_audit("id"))


@pghistory.track()
class Audit(Record):
    """One assessment of a sample: by whom it is graded, what came out, what the worker was told and answered.

    Its reference, and not the assessment, is what a lead sees: who may read an audit opens no family by it.
    """

    class State(models.TextChoices):
        DRAWN = "drawn", "To be given to an auditor"
        GRADING = "grading", "Being graded"
        MODERATING = "moderating", "To be moderated"
        SETTLED = "settled", "Findings to be sent"
        SENT = "sent", "With the worker"
        ANSWERED = "answered", "Answered"
        LEFT_OUT = "left_out", "Left out"

    reference = models.CharField(max_length=12, unique=True)
    sample = models.ForeignKey(AuditSample, on_delete=models.PROTECT, related_name="audits")
    number = models.PositiveSmallIntegerField(help_text="in the order drawn")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    assessment_reference = models.CharField(
        max_length=12, help_text="as it was drawn: readers who open no family see it"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", help_text="where it was drawn")
    worker = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who wrote it, or led the case",
    )
    signed_off_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    themes = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, help_text="found in it when it was drawn"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAWN)
    moderated_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    done_well = models.TextField(blank=True, help_text="what the worker is told was done well")
    to_change = models.TextField(blank=True, help_text="what the worker is asked to do differently")
    sent_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    reply_by = models.DateField(null=True, blank=True, help_text="the day by which the worker answers")
    agrees = models.BooleanField(null=True, blank=True, help_text="what the worker said of the findings")
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    left_out_why = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AuditQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "number"], name="audited_number_once"),
            models.UniqueConstraint(fields=["sample", "assessment"], name="audited_once_a_sample"),
            models.CheckConstraint(
                condition=~Q(state__in=("settled", "sent", "answered")) | Q(settled_at__isnull=False),
                name="a_settled_audit_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("sent", "answered")) | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="a_sent_audit_has_its_sender",
            ),
        ]
        indexes = [
            models.Index(fields=["worker", "state"], name="audit_of_worker"),
            models.Index(fields=["family"], name="audit_of_family"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_settled(self) -> bool:
        """Whether there is one result for each item."""
        return self.settled_at is not None

    @property
    def is_late(self) -> bool:
        """Whether the worker's answer is overdue."""
        return self.state == self.State.SENT and self.reply_by is not None and self.reply_by < clock.today()


class AuditGradeQuerySet(models.QuerySet["AuditGrade"]):
    """Grades."""

    def visible_to(self, user: Any) -> "AuditGradeQuerySet":
        """Of audits that the user leads or grades; never the worker's. What was graded stands in rows of its own."""
        return self.filter(works_on_audit("audit_id"))

    def live(self) -> "AuditGradeQuerySet":
        """Not given to somebody else, nor left out."""
        return self.filter(ended_at=None)


@pghistory.track()
class AuditGrade(Record):
    """Somebody is to grade an audit, as the first or the second: until when they may open the record, and when they were done."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="grades")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    auditor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(help_text="1 or 2; the second does not see the first's until both are in")
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(help_text="the last day on which the record may be opened for it")
    begun_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="given to somebody else, or left out")

    objects = AuditGradeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audit", "place"], condition=Q(ended_at=None), name="one_grade_a_place"),
            models.UniqueConstraint(
                fields=["audit", "auditor"], condition=Q(ended_at=None), name="an_auditor_grades_once"
            ),
            models.CheckConstraint(condition=Q(place__in=(1, 2)), name="a_first_or_a_second_grade"),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(begun_at__isnull=False), name="begun_before_finished"
            ),
        ]
        indexes = [
            models.Index(fields=["auditor", "due_on"], condition=Q(finished_at=None, ended_at=None), name="grade_to_do")
        ]

    @property
    def is_to_do(self) -> bool:
        """Whether it is still to be graded."""
        return self.finished_at is None and self.ended_at is None

    @property
    def has_lapsed(self) -> bool:
        """Whether the days in which the record may be opened have passed."""
        return self.is_to_do and self.due_on < clock.today()


class ItemGradeQuerySet(models.QuerySet["ItemGrade"]):
    """What was graded."""

    def visible_to(self, user: Any) -> "ItemGradeQuerySet":
        """One's own; the other auditor's and a lead's to read once every grade of the audit is in."""
        return self.filter(reads_grade("grade_id"))


@pghistory.track()
class ItemGrade(Record):
    """What one auditor says of one item, and why."""

    grade = models.ForeignKey(AuditGrade, on_delete=models.PROTECT, related_name="items")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=40, help_text="a code of the tool")
    answer = models.CharField(max_length=14, choices=Answer.choices)
    comment = models.TextField(blank=True)

    objects = ItemGradeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grade", "item"], name="an_item_graded_once")]


class OfAudits(models.QuerySet[Any]):
    """What hangs from an audit."""

    def visible_to(self, user: Any) -> "OfAudits":
        """Of audits that the user reads."""
        return self.filter(reads_audit("audit_id"))


class AuditResult(Record):
    """What an audit comes to for one item: the one auditor's, what both said, or what moderation decided. Only ever added."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="results")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=40, help_text="a code of the tool")
    answer = models.CharField(max_length=14, choices=Answer.choices)
    words = models.TextField(blank=True, help_text="what the worker reads beside it")
    moderated = models.BooleanField(default=False, help_text="the auditors differed, and a third person decided")

    objects = OfAudits.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audit", "item"], name="one_result_an_item")]
        indexes = [models.Index(fields=["item", "answer"], name="result_of_item")]


@pghistory.track()
class AuditAction(Record):
    """Something that the worker is to do after an audit, by a day."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="actions")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    what = models.TextField()
    due_on = models.DateField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    done_words = models.TextField(blank=True)

    objects = OfAudits.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audit", "number"], name="audit_action_number_once"),
            models.CheckConstraint(condition=Q(done_on=None) | ~Q(done_words=""), name="what_was_done_is_said"),
        ]
        ordering = [F("number").asc()]

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.done_on is None and self.due_on < clock.today()


class TrainingNeedQuerySet(models.QuerySet["TrainingNeed"]):
    """Training needs."""

    def visible_to(self, user: Any) -> "TrainingNeedQuerySet":
        """Of the districts in which the user leads audits, and those of the whole authority."""
        return self.filter(leads_in(user))


@pghistory.track()
class TrainingNeed(Record):
    """Something that people need to learn, because audits found it. Raised by a lead, until somebody says how it was met."""

    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=120, help_text="in a line; nobody's name")
    why = models.TextField(help_text="what audits found; nobody's name")
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="none: the whole authority"
    )
    item = models.CharField(max_length=40, blank=True, help_text="a code of a tool, where it came of one item")
    audit = models.ForeignKey(
        Audit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="where it came of one audit"
    )
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    met_on = models.DateField(null=True, blank=True)
    met_words = models.TextField(blank=True, help_text="how it was met")

    objects = TrainingNeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(met_on=None) | ~Q(met_words=""), name="how_it_was_met_is_said"),
        ]
        indexes = [models.Index(fields=["met_on", "-created_at"], name="training_need_newest")]

    def __str__(self) -> str:
        return self.reference

    @property
    def where(self) -> str:
        """The district, or the whole authority."""
        return self.area.name if self.area else "The whole authority"
