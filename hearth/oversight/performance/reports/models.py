"""A report, what was written in it, its case studies, what became of it, its editions, and figures that were published."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q

from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.oversight.performance.reports.reach import PUBLISHES, reads


class ReportState(models.TextChoices):
    """Where a report has got to."""

    WAITING = "waiting", "Waiting for its figures"
    GATHERING = "gathering", "Figures are being gathered"
    FAILED = "failed", "Figures could not be gathered"
    WRITING = "writing", "Being written"
    SENT = "sent", "Sent for approval"
    APPROVED = "approved", "Approved"


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports."""

    def visible_to(self, user: Any) -> "ReportQuerySet":
        """Those that one works on, and those that are approved. The row policy says the same."""
        return self.filter(reads(user))


class Report(Record):
    """A quarter of a district, or a quarter or year of the authority. Once approved it never changes: a newer version names it."""

    class Kind(models.TextChoices):
        QUARTER = "quarter", "Quarterly report"
        YEAR = "year", "Annual report"

    reference = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="none: the whole authority"
    )
    from_on = models.DateField(help_text="the first day of the quarter or year")
    to_on = models.DateField(help_text="its last day")
    number = models.PositiveSmallIntegerField(default=1, help_text="1; a correction of what was approved is the next")
    replaces = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        help_text="that it corrects",
    )
    why_again = models.CharField(max_length=400, blank=True, help_text="of a correction: what was wrong")
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    doing = models.CharField(max_length=60, blank=True, help_text="what is being gathered just now")
    fault = models.TextField(blank=True, help_text="why its figures could not be gathered, in a sentence")
    figures = models.JSONField(default=dict, blank=True, help_text="everything that was gathered, as of one moment")
    gathered_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "area", "from_on", "number"], name="report_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(kind="quarter") | Q(area=None), name="a_year_is_of_the_authority"),
            models.CheckConstraint(
                name="approved_by_somebody_else",
                condition=~Q(state="approved")
                | Q(approved_by__isnull=False, approved_at__isnull=False, gathered_at__isnull=False)
                & ~Q(approved_by=F("started_by"))
                & ~Q(approved_by=F("sent_by")),
            ),
        ]
        indexes = [models.Index(fields=["-from_on", "area", "-number"], name="report_newest")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether its figures wait or are being gathered."""
        return self.state in (ReportState.WAITING, ReportState.GATHERING)

    @property
    def is_approved(self) -> bool:
        """Whether it stands, and never changes."""
        return self.state == ReportState.APPROVED


class OfReportQuerySet(models.QuerySet[Any]):
    """What hangs from a report."""

    def visible_to(self, user: Any) -> "OfReportQuerySet":
        """With its report."""
        return self.filter(reads(user, "report__"))


@pghistory.track()
class ReportWords(Record):
    """What somebody wrote of one section of a report."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="written")
    section = models.CharField(max_length=20, help_text="a code in sections.py")
    words = models.TextField(help_text="nobody's name")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    objects = OfReportQuerySet.as_manager()

    class Meta:
        verbose_name = "words of a report"
        verbose_name_plural = "words of reports"
        constraints = [models.UniqueConstraint(fields=["report", "section"], name="section_written_once")]


ReportWordsEvent: type[Any]  # how they were after each change: made by the decorator above


class CaseStudy(Record):
    """What happened for one family, told with consent and every name changed. Withdrawn, its words go from every edition."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="studies")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120, help_text="nobody's name")
    story = models.TextField(help_text="nobody's true name; empty once it is withdrawn")
    consented_by = models.CharField(
        max_length=120, help_text="who agreed that it is told, such as: the mother. No name"
    )
    consented_on = models.DateField()
    consent_kept = models.CharField(max_length=120, help_text="where that is written down: a reference, no name")
    names_changed = models.BooleanField(help_text="every name is changed, says whoever stated it")
    stated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = OfReportQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "case studies"
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="case_study_number"),
            models.CheckConstraint(
                condition=Q(names_changed=True) & ~Q(consented_by="") & ~Q(consent_kept=""),
                name="told_with_consent_and_names_changed",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(story="", title="", withdrawn_by__isnull=False),
                name="withdrawn_without_words",
            ),
        ]


class ReportMove(Record):
    """One step of a report's way: who did what, when, with which words. Only ever added."""

    class What(models.TextChoices):
        STARTED = "started", "Started"
        GATHERED = "gathered", "Figures gathered"
        SENT = "sent", "Sent for approval"
        SENT_BACK = "sent_back", "Sent back"
        APPROVED = "approved", "Approved and frozen"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "A case study was withdrawn"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="moves")
    what = models.CharField(max_length=10, choices=What.choices)
    words = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = OfReportQuerySet.as_manager()

    class Meta:
        verbose_name = "step of a report"
        verbose_name_plural = "steps of reports"


class ReportEditionQuerySet(models.QuerySet["ReportEdition"]):
    """Editions."""

    def visible_to(self, user: Any) -> "ReportEditionQuerySet":
        """With its report; the public one, for everybody, as long as it stands."""
        everybodys = Q(is_public=True, ended_at=None)
        return self.filter(everybodys | reads(user, "report__") if user is not None else everybodys)

    def standing(self) -> "ReportEditionQuerySet":
        """Those that no later one followed."""
        return self.filter(ended_at=None)


class ReportEdition(Record):
    """A report frozen: figures and words with their SHA-256, and the files made of them. A later one follows where a case study went."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="editions")
    reference = models.CharField(max_length=12, help_text="of the report, so that everybody finds the public one by it")
    is_public = models.BooleanField(help_text="the one with small numbers left out, for everybody")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    note = models.CharField(max_length=400, blank=True, help_text="why it follows the one before")
    content = models.JSONField(help_text="everything it says; empty once it is ended")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what it says")
    pdf = models.BinaryField(null=True)
    word = models.BinaryField(null=True)
    from_on = models.DateField(help_text="of the report")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="when a later one followed: what it said is gone")

    objects = ReportEditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "is_public", "number"], name="edition_number"),
            models.UniqueConstraint(
                fields=["report", "is_public"], condition=Q(ended_at=None), name="one_edition_stands"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(content={}, pdf=None, word=None), name="an_ended_edition_says_nothing"
            ),
        ]


class PublishedFigureQuerySet(models.QuerySet["PublishedFigure"]):
    """Published figures."""

    def visible_to(self, user: Any) -> "PublishedFigureQuerySet":
        """For whoever publishes: what has been said once is weighed with what is to be said."""
        return self.all() if user.may(PUBLISHES) else self.none()


class PublishedFigure(Record):
    """What was told to everybody of one place and time, or that it was not. It is told the same ever after."""

    events = models.CharField(max_length=400, help_text="what is counted: measures of the same events stand together")
    from_on = models.DateField(help_text="the first day of the quarter, or the day as at which it is")
    area = models.CharField(max_length=40, blank=True, help_text="a district's code; empty: the whole authority")
    parts = models.JSONField(null=True, help_text="how many in each part; none: it was left out")
    figures = models.JSONField(default=dict, help_text="as they were told, by measure")
    edition = models.ForeignKey(ReportEdition, on_delete=models.PROTECT, related_name="+", help_text="the first one")

    objects = PublishedFigureQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["events", "from_on", "area"], name="published_once")]
