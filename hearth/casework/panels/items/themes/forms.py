"""What people type about a theme that they bring to a panel. Field names are the action's argument names."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.casework.panels.items import queries as items
from hearth.casework.panels.items.themes import queries
from hearth.foundation.ui import fields

NAMES_NOBODY = "Nobody’s name: everybody who sits there reads it, and whoever is told of it."


class BringThemeForm(forms.Form):
    """To which meeting, what it is, what for, about what, and in which words."""

    meeting = fields.RadiosField("To which meeting?", missing="Choose the meeting")
    title = fields.TextField(
        "What is the theme?", help_text=f"In a line. {NAMES_NOBODY}", max_length=120,
        missing="Say in a line what the theme is",
    )  # fmt: skip
    theme = fields.SelectField(
        "Which theme of unmet need is it?", required=False, empty="None of those that are worked",
        help_text="Then those who work it see what the panel decides.",
    )  # fmt: skip
    ask = fields.RadiosField(
        "What do you ask for?", choices=queries.asks_about_themes, missing="Choose what you ask for"
    )
    themes = fields.CheckboxesField("What is it about?", choices=items.themes, missing="Tick what it is about")
    words = fields.LongTextField(
        "What is seen, what was tried, and what do you ask?", rows=8, max_length=8000, help_text=NAMES_NOBODY,
        missing="Write what is seen, what was tried and what you ask",
    )  # fmt: skip

    def __init__(self, *args: Any, meetings: Sequence[Any] = (), worked: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {each.reference: each for each in meetings}
        self.worked = {each.reference: each for each in worked}
        field = self.fields["meeting"]
        field.choices = [(key, items.meeting_words(each)) for key, each in self.meetings.items()]
        field.hints = {key: items.meeting_hint(each) for key, each in self.meetings.items()}
        self.fields["theme"].choices = [(key, f"{each.title}, {each.area.name}") for key, each in self.worked.items()]

    def clean(self) -> dict[str, Any]:
        """The meeting and the theme in place of their references."""
        cleaned = super().clean() or {}
        if "meeting" in cleaned:
            cleaned["meeting"] = self.meetings[cleaned["meeting"]]
        return cleaned | {"theme": self.worked.get(cleaned.get("theme") or "")}
