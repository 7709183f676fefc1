"""What people type about supervision. Field names are the actions' argument names."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.ui import fields

NO_FAMILY = "No family’s name, and nothing that belongs in a family’s record."


class StartSupervisionForm(forms.Form):
    """Whom one supervises, and how often."""

    worker = fields.SelectField("Whom do you supervise?", missing="Choose whom you supervise", empty="Choose a person")
    every_weeks = fields.NumberField(
        "Every how many weeks?", min_value=1, max_value=26, width=2, missing="Enter every how many weeks you meet"
    )

    def __init__(self, *args: Any, people: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {each.reference: each for each in people}
        self.fields["worker"].choices = [(code, each.full_name) for code, each in self.people.items()]

    def clean(self) -> dict[str, Any]:
        """The person in place of their reference."""
        cleaned = super().clean() or {}
        if "worker" in cleaned:
            cleaned["worker"] = self.people[cleaned["worker"]]
        return cleaned


class NoteForm(forms.Form):
    """What the two reflected on."""

    met_on = fields.DateField("When did you meet?", latest="today", missing="Enter when you met", subject="The day")
    reflection = fields.LongTextField(
        "What did you reflect on?", rows=8, max_length=10_000, missing="Say what you reflected on", help_text=NO_FAMILY
    )
    agreed = fields.LongTextField(
        "What will each of you do?", rows=4, max_length=4000, required=False, help_text=NO_FAMILY
    )
    case_reference = fields.TextField(
        "Is it about a case?",
        max_length=20,
        width=10,
        required=False,
        help_text="Its reference alone, such as EH-4F7K3QX. It is a link for whoever may open the case.",
    )


class WriteSupervisionNoteForm(NoteForm):
    """Write a note."""

    next_on = fields.DateField(
        "When do you meet next?",
        required=False,
        earliest="today",
        subject="The next day",
        help_text="Left empty, it is worked out.",
    )


class ChangeSupervisionNoteForm(NoteForm):
    """Change a note."""

    seen = fields.SeenField()


class EndSupervisionForm(forms.Form):
    """End it: nothing is typed."""


class OpenSupervisionForm(forms.Form):
    """Why a manager opens it."""

    why = fields.LongTextField(
        "Why do you open it?",
        rows=3,
        max_length=1000,
        missing="Say why you open it",
        help_text="Both of them are told, and read this.",
    )
