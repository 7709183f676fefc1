"""What people type about what is brought to a panel. Field names are the actions' argument names."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.casework.cases.steps.forms import BasisForm
from hearth.casework.panels.items import queries
from hearth.casework.panels.models import Known
from hearth.foundation.accounts.fields import PersonField
from hearth.foundation.ui import fields


class ProposeToPanelForm(BasisForm):
    """To which meeting, what for, about what, in which words, and on which basis."""

    meeting = fields.RadiosField("To which meeting?", missing="Choose the meeting")
    ask = fields.RadiosField("What do you ask for?", choices=queries.asks, missing="Choose what you ask for")
    themes = fields.CheckboxesField("What is it about?", choices=queries.themes, missing="Tick what it is about")
    words = fields.LongTextField(
        "What has happened, what was tried, and what do you ask?",
        rows=8,
        max_length=8000,
        help_text="Facts first. Members whom we may show this family read it; others read only what you ticked above.",
        missing="Write what has happened, what was tried and what you ask",
    )

    def __init__(self, *args: Any, meetings: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {each.reference: each for each in meetings}
        field = self.fields["meeting"]
        field.choices = [(key, queries.meeting_words(each)) for key, each in self.meetings.items()]
        field.hints = {key: queries.meeting_hint(each) for key, each in self.meetings.items()}
        self.fields["basis"].help_text = (
            "This lets the panel hear of the family. It lets nobody open the family’s record: for that, who agreed to share with "
            "each organisation is recorded on the family’s page, under Sharing."
        )
        self.order_fields(["meeting", "ask", "themes", "words"])

    def clean(self) -> dict[str, Any]:
        """The meeting in place of its reference."""
        cleaned = super().clean()
        if "meeting" in cleaned:
            cleaned["meeting"] = self.meetings[cleaned["meeting"]]
        return cleaned


class WithdrawFromPanelForm(forms.Form):
    """Take it back before it is heard."""

    why = fields.TextField("Why is it taken back?", missing="Say why it is taken back")


class AnswerPanelCheckForm(forms.Form):
    """What one's own agency knows."""

    known = fields.RadiosField(
        "Does your agency know this family?", choices=Known.choices, missing="Say whether your agency knows them",
        reveals={Known.KNOWN: ["known_words"]},
    )  # fmt: skip
    known_words = fields.LongTextField(
        "What should the panel know?", rows=6, max_length=6000, missing="Write what the panel should know",
        help_text="What you do with them, since when, and what works. Everybody who may open this family reads it.",
    )  # fmt: skip


class TellOfItemForm(forms.Form):
    """A manager or headteacher who is no member."""

    user = PersonField("Whom may it concern?", permission="see_panels", missing="Enter the name of whom to tell")

    def __init__(self, *args: Any, reader: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].reader = reader
