"""One reading of a workbook, and what became of each of its rows."""

from typing import Any

from django.db import models
from django.db.models import Q

from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core.models import Record
from hearth.records.people.models import Family


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Readings of workbooks."""

    def visible_to(self, user: Any) -> "ImportRunQuerySet":
        """The reader's own: the rows hold what another system wrote of children. The row policy says the same."""
        return self.filter(by=user)


class ImportRun(Record):
    """One reading of one workbook, by somebody, into an area."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to begin"
        READING = "reading", "Being read"
        DONE = "done", "Done"
        REFUSED = "refused", "Refused"

    reference = models.CharField(max_length=12, unique=True)
    source = models.CharField(max_length=120, help_text="whose system the workbook came from")
    file_name = models.CharField(max_length=200)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    refusal = models.TextField(blank=True, help_text="the sentence, where the whole file was refused")
    rows_in_file = models.PositiveIntegerField(default=0)
    skipped = models.JSONField(default=dict, blank=True, help_text="rows of each sheet that is not read")
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()


class ImportFile(Record):
    """The workbook itself, until it has been read: then its bytes are let go."""

    run = models.OneToOneField(ImportRun, on_delete=models.PROTECT, related_name="file")
    content = models.BinaryField()


class ImportRow(Record):
    """What became of one row of a sheet."""

    class Outcome(models.TextChoices):
        LOADED = "loaded", "Loaded"
        ALREADY = "already", "Already there"
        REFUSED = "refused", "Refused"

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="rows")
    sheet = models.CharField(max_length=40)
    number = models.PositiveIntegerField(help_text="the row's number in the sheet, as the spreadsheet shows it")
    digest = models.CharField(
        max_length=64, help_text="of source, sheet, child id, cells and place among identical rows"
    )
    cells = models.JSONField(default=dict)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.CharField(max_length=300, blank=True)
    flags = models.JSONField(default=list, blank=True, help_text="what was wrong with a field of a row that was kept")
    family = models.ForeignKey(Family, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made = models.CharField(max_length=12, blank=True, help_text="reference of the request or case it became")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest"], condition=Q(outcome="loaded"), name="import_row_loaded_once"),
            models.UniqueConstraint(fields=["run", "sheet", "number"], name="import_row_once_a_run"),
        ]
        indexes = [models.Index(fields=["run", "outcome"], name="import_row_outcome")]
