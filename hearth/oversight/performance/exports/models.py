"""An export, what is in its file, what was missing, and to whom it was handed over."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record

MAKES = "make_exports"


class Kind(models.TextChoices):
    """Whose lists they are."""

    ANNEX_A = "annex_a", "Inspection workbook (Annex A)"
    DATASET = "ssd", "Standard Safeguarding Dataset, early help tables"
    FAMILIES = "families", "List of families, as Supporting Families asked for it"


class OwnExports(models.QuerySet[Any]):
    """Exports, and what hangs from one. The row policies say the same."""

    to_export = ""

    def visible_to(self, user: Any) -> "OwnExports":
        """Those that the reader asked for, for as long as they may make exports."""
        mine = Q(**{f"{self.to_export}asked_by_id": user.id})
        return self.filter(mine) if user.may(MAKES) else self.none()


class OfOwnExports(OwnExports):
    """What hangs from an export."""

    to_export = "export__"


class Export(Record):
    """A file for somebody else's tool: asked for with why and for whom, made in the background, frozen with its digest, and let go."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to begin"
        MAKING = "making", "Being made"
        READY = "ready", "Made"
        FAILED = "failed", "Could not be made"
        LET_GO = "let_go", "The file is gone"

    OPEN = (State.WAITING, State.MAKING)

    reference = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    area = models.ForeignKey(
        Area,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="empty: all that the asker may",
    )
    from_on = models.DateField(help_text="the first day of the period")
    to_on = models.DateField(help_text="the last day: everything is told as it stood then")
    purpose = models.TextField(help_text="why it is made, and by what right it leaves")
    goes_to = models.CharField(max_length=200, help_text="who will have it")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    again_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    doing = models.CharField(max_length=60, blank=True, help_text="what is being written just now")
    fault = models.TextField(blank=True, help_text="why it could not be made, in a sentence")
    made_at = models.DateTimeField(null=True, blank=True)
    districts = ArrayField(
        models.CharField(max_length=100), default=list, blank=True, help_text="whose families are in it"
    )
    rows = models.JSONField(default=dict, blank=True, help_text="how many rows each list or table has")
    gaps = models.JSONField(
        default=list,
        blank=True,
        help_text="how often a column has nothing to say: list, column, what, whether the standard wants it",
    )
    statement = models.TextField(blank=True, help_text="what is in it, what was left out and why, in words")
    file_name = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0, help_text="in bytes")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the file")
    until_on = models.DateField(null=True, blank=True, help_text="the last day on which the file can be opened")

    objects = OwnExports.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="export_is_frozen",
                condition=~Q(state__in=("ready", "let_go"))
                | Q(made_at__isnull=False, until_on__isnull=False) & ~Q(digest="") & ~Q(statement=""),
            ),
            models.CheckConstraint(condition=Q(from_on__lte=models.F("to_on")), name="export_period_in_order"),
        ]
        indexes = [models.Index(fields=["asked_by", "-created_at", "id"], name="export_newest")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether it waits or is being made."""
        return self.state in self.OPEN

    @property
    def has_file(self) -> bool:
        """Whether the file can still be had."""
        return self.state == self.State.READY and self.until_on is not None and self.until_on >= clock.today()


class ExportFile(Record):
    """The bytes of an export, until its last day. They never change."""

    export = models.OneToOneField(Export, on_delete=models.PROTECT, related_name="file")
    bytes = models.BinaryField()

    objects = OfOwnExports.as_manager()


class ExportGap(Record):
    """One cell that has nothing to say, and who can mend it: listed for as long as there is a file. References only, and no name."""

    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="listed_gaps")
    place = models.CharField(max_length=40, help_text="the list or table")
    column = models.CharField(max_length=60)
    row_reference = models.CharField(max_length=40, help_text="the reference that the row begins with")
    what = models.CharField(max_length=40, help_text="a code in checking.py")
    wanted = models.BooleanField(help_text="the standard wants a value here: another stands for it")
    case_reference = models.CharField(max_length=12, blank=True)
    keeper = models.CharField(max_length=200, blank=True, help_text="who leads, and can open and mend it")
    keeper_email = models.CharField(max_length=254, blank=True)
    keeper_organisation = models.CharField(max_length=200, blank=True)
    number = models.PositiveIntegerField(help_text="in the order of the file")

    objects = OfOwnExports.as_manager()

    class Meta:
        indexes = [models.Index(fields=["export", "-wanted", "number"], name="export_gap_order")]


class HandingOver(Record):
    """Somebody was given the file: who, how and on which day. Only ever added."""

    class How(models.TextChoices):
        PORTAL = "portal", "By the inspectors' or the department's own secure site"
        SECURE_EMAIL = "secure_email", "By secure e-mail"
        SHARED_FOLDER = "shared_folder", "In a shared folder that only they open"
        IN_PERSON = "in_person", "In person"

    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="handed_over")
    to_whom = models.CharField(max_length=200)
    how = models.CharField(max_length=14, choices=How.choices)
    handed_on = models.DateField()
    words = models.TextField(blank=True)
    digest = models.CharField(max_length=64, help_text="of the file that they were given")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = OfOwnExports.as_manager()

    class Meta:
        verbose_name_plural = "handings over"
