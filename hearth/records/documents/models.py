"""What every document is, and the bytes beside it. Each room above declares its own two tables from these.

The row and its bytes are two tables, so that no list ever reads a byte.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from hearth.foundation.accounts.models import User
from hearth.foundation.core.models import Record
from hearth.records.people.models import Family, Person
from hearth.records.people.reach import may_open_family

CATEGORY = "documents"  # the kind of information, as consent and agreements name it


class Kind(models.TextChoices):
    """What somebody says a document is."""

    LETTER = "letter", "Letter"
    REPORT = "report", "Report"
    PICTURE = "picture", "Picture or drawing"
    FORM = "form", "Form"
    OTHER = "other", "Something else"


class Scan(models.TextChoices):
    """Whether a virus scanner has looked at it."""

    UNCHECKED = "unchecked", "Not yet checked for viruses"
    CLEAN = "clean", "Checked for viruses"
    FOUND = "found", "Held a virus, and was destroyed"


class Document(Record):
    """A letter or a picture attached to something. It never changes; taken back, it stays on record with the reason.

    A room's own table adds what it is attached to. `added_by` is nobody where a family sent it without signing in.
    """

    reference = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=110, help_text="as shown, with the ending that its content has")
    media_type = models.CharField(max_length=100, help_text="found by looking inside")
    size = models.PositiveIntegerField(help_text="bytes that are kept")
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    caption = models.CharField(max_length=200, blank=True, help_text="what it shows or says, in somebody's words")
    added_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.UNCHECKED)
    scanned_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_because = models.TextField(blank=True)

    refusal: Any = None  # why it cannot be opened, put here by the query that lists documents

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_withdrawn_by_somebody",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because=""),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def by(self) -> str:
        """Who added it, and for whom they work."""
        return f"{self.added_by.full_name}, {self.added_by.organisation_name}" if self.added_by else "The family"

    @classmethod
    def contents(cls) -> Any:
        """The bytes of these documents."""
        return cls._meta.get_field("content").related_model._default_manager  # type: ignore[union-attr]


class FamilyDocument(Document):
    """A document about a family on record, or about one of its people; hidden where that person is."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="whom it is about; empty for the whole family",
    )

    class Meta(Document.Meta):
        abstract = True


def of_family(user: Any, category: str) -> Q:
    """Documents that a user may see of things of a category: the family's documents are covered too, and the person is not hidden."""
    covered = may_open_family(user, "family__", category) & may_open_family(user, "family__", CATEGORY)
    return covered & (Q(person=None) | Q(person__in=Person.objects.visible_to(user)))


class Content(Record):
    """The bytes: here, or under `key` in the object store. A room's own table adds whose they are."""

    bytes = models.BinaryField(null=True)
    key = models.CharField(max_length=60, blank=True, help_text="in the object store; it says nothing and names nobody")
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_is_in_one_place",
                condition=Q(bytes__isnull=False, key="") | Q(bytes=None) & ~Q(key=""),
            )
        ]


class LetGoObject(models.Model):
    """An object whose content row is gone: it is deleted from the store, and then forgotten. Written by a trigger."""

    key = models.CharField(max_length=60, primary_key=True)

    class Meta:
        verbose_name = "let-go object"

    def __str__(self) -> str:
        return self.key
