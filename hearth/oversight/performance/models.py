"""What was achieved in a project, as somebody typed it, targets that a district adds to the authority's, and what is done where one is behind."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q

from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.oversight.performance.reach import sees


class NamesNobodyQuerySet(models.QuerySet[Any]):
    """Figures and targets."""

    def visible_to(self, user: Any) -> "NamesNobodyQuerySet":
        """All, for whoever sees counts."""
        return self.filter(sees(user))


@pghistory.track()
class TypedFigure(Record):
    """What a row of a project had reached by a day, as somebody typed it. Each change is kept, with why."""

    project = models.CharField(max_length=40, help_text="a code of the practice pack")
    row = models.CharField(max_length=40, help_text="a code of the project's row")
    as_at = models.DateField(help_text="the last day of what is counted, from the project's beginning")
    figure = models.PositiveIntegerField(null=True, blank=True, help_text="none: the row is no number")
    words = models.CharField(max_length=200, blank=True, help_text="of a row that is no number: what was achieved")
    said = models.CharField(max_length=200, blank=True, help_text="of a row that is no number: the word for it")
    remark = models.CharField(max_length=300, blank=True, help_text="what goes with the figure; nobody's name")
    source = models.CharField(max_length=200, help_text="where whoever typed it has it from")
    why = models.CharField(max_length=300, blank=True, help_text="why it was changed; empty until it is")
    typed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    typed_at = models.DateTimeField(default=clock.now)

    objects = NamesNobodyQuerySet.as_manager()

    class Meta:
        verbose_name = "typed figure"
        constraints = [
            models.UniqueConstraint(fields=["project", "row", "as_at"], name="figure_of_row_once_a_day"),
            models.CheckConstraint(
                condition=Q(figure=None) | Q(words="", said=""), name="a_figure_is_a_number_or_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}.{self.row} {self.as_at}"


TypedFigureEvent: type[Any]  # how a figure was after each change: made by the decorator above


@pghistory.track()
class LocalTarget(Record):
    """What a district aims for in a measure from a quarter on, beside the authority's own: its service-level agreement."""

    measure = models.CharField(max_length=40, help_text="a code of the practice pack")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField(help_text="the first day of the quarter from which it holds")
    figure = models.PositiveIntegerField(help_text="how many a quarter, what percentage, or how many days")
    why = models.TextField(help_text="the local need it answers, and who agreed it; nobody's name")
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=clock.now)

    objects = NamesNobodyQuerySet.as_manager()

    class Meta:
        verbose_name = "local target"
        constraints = [
            models.UniqueConstraint(fields=["measure", "area", "from_on"], name="local_target_once_a_quarter")
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.area_id} {self.from_on}"


LocalTargetEvent: type[Any]  # the same of a local target


class ExceptionReport(Record):
    """Why something is behind or has changed for the worse, and what is done about it, as whoever answers for it wrote one day."""

    measure = models.CharField(max_length=81, help_text="a code of the practice pack, or project.row")
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="none: the whole authority"
    )
    why = models.TextField(help_text="why it is where it is; nobody's name")
    doing = models.TextField(help_text="what is done about it, by whom and by when; no family's name")
    review_on = models.DateField(help_text="when it is looked at again")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField(default=clock.today)

    objects = NamesNobodyQuerySet.as_manager()

    class Meta:
        verbose_name = "exception report"
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "area", "written_on"], name="one_exception_report_a_day", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.area_id} {self.written_on}"


class MeasuredSum(Record):
    """One sum of events, or one median of waits, as `system:measures` last worked it out at night: of a quarter in a district, or a month.

    All rows are of one night. They are what the database's functions count, kept so that a page need not count (adr 45).
    """

    source = models.CharField(max_length=40, help_text="a source of measures; empty: the night itself, counted nothing")
    about = models.CharField(max_length=40, blank=True)
    part = models.CharField(max_length=40, blank=True)
    quarter = models.DateField(null=True, blank=True)
    month = models.DateField(null=True, blank=True)
    area = models.CharField(max_length=40, null=True, blank=True, help_text="a district's code; none: the authority")  # noqa: DJ001
    counted = models.BigIntegerField(default=0)
    median = models.FloatField(null=True, blank=True, help_text="of waits, in days")
    asked = models.CharField(max_length=64, help_text="a digest of the pack's codes it was counted with")

    objects = NamesNobodyQuerySet.as_manager()

    class Meta:
        verbose_name = "measured sum"
        indexes = [models.Index(fields=["source"], name="measured_sum_of_source")]

    def __str__(self) -> str:
        return f"{self.source} {self.part} {self.quarter or self.month}"
