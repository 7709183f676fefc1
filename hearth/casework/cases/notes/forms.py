"""What people type in a note. The questions follow from its kind; field names are the actions' argument names."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.casework.cases.notes import queries
from hearth.casework.cases.notes.rules import Seen
from hearth.foundation.core.packs.notes import NoteKind
from hearth.foundation.ui import fields

NOBODY = "Nobody of the family"
LONGEST = 20_000


class NoteForm(forms.Form):
    """What every note says."""

    happened_on = fields.DateField("When was it?", latest="today", missing="Enter the day it happened")
    time_of_day = fields.TimeField("What time?", required=False, help_text="For example 2:30pm.")
    place = fields.SelectField("Where?", choices=queries.places, required=False, empty="Choose a place")
    failed_reason = fields.RadiosField(
        "Why did it fail?", choices=queries.failed_reasons, missing="Choose why the contact failed"
    )
    seen = fields.CheckboxesField(
        "Who did you see or speak to?", none=NOBODY, missing=f"Tick who was seen, or “{NOBODY}”"
    )
    also_there = fields.TextField("Was anybody else there?", required=False, max_length=300)
    words = fields.LongTextField(
        "What happened?",
        rows=8,
        max_length=LONGEST,
        missing="Write what happened",
        help_text="What you saw, what was said, what comes next. Speak or type: it is kept as you go.",
    )
    made_by = fields.SelectField("Who made the contact?", missing="Choose who made the contact")
    third_party = fields.TickField(
        "Some of this was told by somebody outside the family",
        help_text="Practitioners still read it. It is held back if the family asks to see its record.",
    )

    def __init__(
        self, *args: Any, kind: NoteKind, people: Sequence[Any] = (), workers: Sequence[Any] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.workers = {each.reference: each for each in people}, {str(each.id): each for each in workers}
        self.fields["made_by"].choices = [(key, each.full_name) for key, each in self.workers.items()]
        if len(self.workers) < 2:
            del self.fields["made_by"]
        if kind.code == "visit":  # nobody visits by telephone
            self.fields["place"].choices = [each for each in queries.places() if each[0] not in queries.AFAR]
        if kind.failed:
            self._ask_why_it_failed()
        else:
            del self.fields["failed_reason"]
            self._ask_who_was_seen(kind)

    def _ask_why_it_failed(self) -> None:
        for name in ("seen", "also_there"):
            del self.fields[name]
        self.fields["words"].required = False
        self.fields["words"].label, self.fields["words"].rows = "Anything else?", 4
        self.fields["words"].help_text = "What you tried, a card you left, what you will do next."

    def _ask_who_was_seen(self, kind: NoteKind) -> None:
        if not kind.asks_who_was_seen or not self.people:
            for name in ("seen",) if kind.asks_who_was_seen else ("seen", "also_there"):
                del self.fields[name]
            return
        seen, reveals = self.fields["seen"], {}
        seen.choices = [(key, each.full_name) for key, each in self.people.items()]
        for key, each in self.people.items():
            if kind.asks_child_alone and getattr(each, "family_role", "") == "child":
                reveals[key] = [f"alone_{key}", f"words_{key}"]
                name = each.known_as or each.given_name or each.full_name
                self.fields[f"alone_{key}"] = fields.YesNoField(
                    f"Was {name} seen alone?", missing=f"Choose whether {name} was seen alone"
                )
                self.fields[f"words_{key}"] = fields.LongTextField(
                    f"What did you see, and what did {name} say?", required=False, rows=3, max_length=LONGEST
                )
        seen.reveals = reveals

    def clean(self) -> dict[str, Any]:
        """The people who were seen in place of their references, each with what was asked about them."""
        cleaned = super().clean() or {}
        if "made_by" in cleaned:
            cleaned["made_by"] = self.workers.get(cleaned["made_by"])
        cleaned["seen"] = [
            Seen(self.people[key], cleaned.get(f"alone_{key}"), cleaned.get(f"words_{key}", ""))
            for key in cleaned.get("seen") or []
        ]
        return {name: value for name, value in cleaned.items() if not name.startswith(("alone_", "words_"))}


class AddNoteForm(NoteForm):
    """A new note of a kind that is chosen already."""

    key = fields.HiddenField(max_length=36)

    def clean_key(self) -> uuid.UUID:
        """The page's own key, which nobody types."""
        try:
            return uuid.UUID(self.cleaned_data["key"])
        except ValueError as fault:
            raise ValidationError("This page is out of date. Open it again.") from fault


class CorrectNoteForm(NoteForm):
    """What the note should have said, and why it is corrected."""

    kind = fields.SelectField("What kind of note is it?", missing="Choose what kind of note it is")
    in_error = fields.TickField(
        "This note should not be in this record at all",
        help_text="For example because it is about another family. It is kept, and shown as entered in error.",
    )
    why = fields.TextField("Why are you correcting it?", max_length=300, missing="Say why it is corrected")
    seen_version = fields.VersionField()

    def __init__(self, *args: Any, kind: NoteKind, **kwargs: Any) -> None:
        super().__init__(*args, kind=kind, **kwargs)
        self.fields["kind"].choices = queries.kinds_like(kind.code)
        self.order_fields(["kind"])


class NotesForm(forms.Form):
    """Filters of the list of notes; what cannot be read is left out, never an error."""

    mark_optional = False

    kind = fields.SelectField("Kind", required=False, empty="Every kind")
    child = fields.SelectField("Who was seen", required=False, empty="Anybody")

    def __init__(self, *args: Any, people: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.code, kind.label) for kind in queries.kinds()]
        self.fields["child"].choices = [(each.reference, each.full_name) for each in people]

    def wanted(self) -> dict[str, Any]:
        """What was asked for."""
        self.is_valid()
        return {"kind": self.cleaned_data.get("kind", ""), "child": self.cleaned_data.get("child", "")}
