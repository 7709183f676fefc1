"""A note, each version of what it says, and who was seen."""

import datetime as dt
from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q

from hearth.casework.cases.models import Case
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record
from hearth.records.people.models import Family, Person
from hearth.records.people.reach import may_open_family

CATEGORY = "notes"  # the kind of information this room holds, as consent and agreements name it


def may_read(user: Any, to_note: str = "") -> Q:
    """Whoever may read this family's notes; and, while they may open the family at all, whoever wrote the note."""
    family = f"{to_note}family__"
    written = Q(**{f"{to_note}author_id": user.id}) & may_open_family(user, family)
    return may_open_family(user, family, CATEGORY) | written


class NoteQuerySet(models.QuerySet["Note"]):
    """Notes."""

    def visible_to(self, user: Any) -> "NoteQuerySet":
        """Notes of families whose notes the user may read, and their own."""
        return self.filter(may_read(user))


@pghistory.track()
class Note(Record):
    """Something worth writing down. What it says is in its versions; the columns here copy the newest."""

    reference = models.CharField(max_length=12, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(help_text="of the page it was typed on: a page sent twice makes one note")
    written_at = models.DateTimeField(default=clock.now)
    written_late = models.BooleanField(default=False, help_text="later than the practice pack's limit on that day")
    number = models.PositiveIntegerField(default=1, help_text="the newest version's")
    kind = models.CharField(max_length=50, help_text="a code of the practice pack")
    happened_on = models.DateField()
    time_of_day = models.TimeField(null=True, blank=True)
    contact = models.BooleanField(default=False, help_text="somebody of the family was seen or spoken to")
    in_error = models.BooleanField(default=False, help_text="it should not be in this record; kept, and shown as such")

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "key"], name="note_page_once")]
        indexes = [
            models.Index(fields=["case", "-happened_on"], name="note_of_case"),
            models.Index(fields=["family"], name="note_of_family"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def moment(self) -> dt.datetime | dt.date:
        """When it happened: a moment, or the day where no time was given."""
        if self.time_of_day is None:
            return self.happened_on
        return dt.datetime.combine(self.happened_on, self.time_of_day, clock.LONDON)


class NoteVersionQuerySet(models.QuerySet["NoteVersion"]):
    """Versions of notes."""

    def visible_to(self, user: Any) -> "NoteVersionQuerySet":
        """Versions of the notes the user may read."""
        return self.filter(may_read(user, "note__"))

    def newest(self) -> "NoteVersionQuerySet":
        """The newest version of each note."""
        return self.filter(number=F("note__number"))


class NoteVersion(Record):
    """What a note says, from one correction to the next. Only ever added: the database takes no change."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=50, help_text="a code of the practice pack")
    happened_on = models.DateField()
    time_of_day = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=50, blank=True, help_text="a code of the practice pack")
    failed_reason = models.CharField(
        max_length=50, blank=True, help_text="a code of the practice pack, where the contact failed"
    )
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", help_text="who visited or called")
    also_there = models.CharField(max_length=300, blank=True, help_text="others who were seen, as typed")
    words = models.TextField(blank=True)
    third_party = models.BooleanField(
        default=False, help_text="holds what somebody outside the family told: withheld when shown to it"
    )
    in_error = models.BooleanField(default=False)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    why = models.TextField(blank=True, help_text="why it was corrected; empty for the first")

    objects = NoteVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "number"], name="note_version_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(why=""), name="correction_says_why"),
        ]


class PersonSeenQuerySet(models.QuerySet["PersonSeen"]):
    """People who were seen."""

    def visible_to(self, user: Any) -> "PersonSeenQuerySet":
        """As the version's; never a person who is hidden from the user."""
        return self.filter(may_read(user, "version__note__"), person__in=Person.objects.visible_to(user))


class PersonSeen(Record):
    """Somebody of the family who was seen or spoken to; a child alone or not. Only ever added."""

    version = models.ForeignKey(NoteVersion, on_delete=models.PROTECT, related_name="seen")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    alone = models.BooleanField(null=True, help_text="None: not asked, as of an adult")
    words = models.TextField(blank=True, help_text="what was seen, and what the child said")

    objects = PersonSeenQuerySet.as_manager()

    class Meta:
        verbose_name = "person seen"
        verbose_name_plural = "people seen"
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="seen_once")]
