"""What the front door may type and choose."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.casework.front_door import queries
from hearth.casework.front_door.forms.pack_fields import hints
from hearth.casework.front_door.models import Channel
from hearth.casework.front_door.triage.models import Telling
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields

STATES = [
    ("open", "Everything open"),
    ("danger", "A sign of danger, to decide"),
    ("late", "Late"),
    ("undecided", "Waiting for a decision"),
    ("paused", "Clock stopped"),
    ("to_tell", "Referrer to be told"),
    ("to_pass_on", "Agency to be told"),
    ("answered", "Answered"),
]


class RequestsForm(forms.Form):
    """The queue's filters."""

    mark_optional = False
    state = fields.SelectField("Show", choices=STATES, required=False, empty="")
    area = fields.SelectField("Area", required=False, empty="All mine")
    reason = fields.SelectField("Reason", required=False, empty="Any")
    channel = fields.SelectField("Came from", choices=Channel.choices, required=False, empty="Anybody")

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas
        self.fields["reason"].choices = offered(pack().request_form.reasons)


class PauseRequestForm(forms.Form):
    """Why the clock stops."""

    reason = fields.RadiosField("Why does the clock stop?", missing="Choose why the clock stops")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = offered(pack().front_door.pause_reasons)
        self.fields["reason"].hints = hints(pack().front_door.pause_reasons)


class AskReferrerForm(forms.Form):
    """A question to the referrer."""

    words = fields.LongTextField("What do you need to know?", missing="Write what you need to know", max_length=4000)


class WriteNoteForm(forms.Form):
    """A working note."""

    words = fields.LongTextField(
        "Note", help_text="Whom you rang and what they said. The referrer does not read it.", missing="Write the note"
    )


class MatchPersonForm(forms.Form):
    """Which person as typed is which person on record. Sent by buttons; typed by nobody."""

    typed = fields.HiddenField(max_length=36)
    person = fields.HiddenField(max_length=12, required=False)
    seen = fields.HiddenField(max_length=12, required=False)

    def clean_typed(self) -> uuid.UUID:
        """The key of the person as typed."""
        try:
            return uuid.UUID(self.cleaned_data["typed"])
        except ValueError as fault:
            raise ValidationError("This page is out of date. Open it again.") from fault


class KnownPersonForm(forms.Form):
    """One person of the request form, half typed. Its prefix is the row."""

    given_name = fields.TextField(max_length=100, required=False)
    family_name = fields.TextField(max_length=100, required=False)
    born = fields.PartialDateField(required=False)


class LateReasonForm(forms.Form):
    """Why a limit was missed, asked only where it was."""

    late_because = fields.RadiosField("The limit has been missed. Why?", missing="Choose why the limit was missed")

    def __init__(self, *args: Any, late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if late:
            self.fields["late_because"].choices = offered(pack().front_door.breach_reasons)
            self.fields["late_because"].hints = hints(pack().front_door.breach_reasons)
        else:
            del self.fields["late_because"]


BY_HAND = [choice for choice in Telling.How.choices if choice[0] not in (Telling.How.READ, Telling.How.MESSAGE)]


class RecordToldForm(LateReasonForm):
    """How the referrer was told."""

    how = fields.RadiosField("How were they told?", choices=BY_HAND, missing="Choose how they were told")
    words = fields.LongTextField("What did they say?", required=False, rows=3)


class ReopenDecisionForm(forms.Form):
    """Why a decision is reopened."""

    because = fields.LongTextField(
        "Why must this be decided again?", rows=3, missing="Say why it must be decided again"
    )


class MoveRequestForm(forms.Form):
    """Where a request goes, and why."""

    area = fields.SelectField("Which area?", choices=queries.area_choices, missing="Choose an area")
    why = fields.LongTextField("Why does it belong there?", rows=3, missing="Say why it belongs there")

    def clean_area(self) -> Any:
        """The area itself."""
        return queries.area_called(self.cleaned_data["area"])
