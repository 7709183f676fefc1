"""What people type about questions without a name. Field names are the actions' argument names."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.casework.panels.items.queries import themes
from hearth.casework.panels.questions import queries
from hearth.foundation.ui import fields

NAMES_NOBODY = "No name, no address, no school, no whole date: “a boy of 9”, “his mother”, “a school in the district”."


class AskWithoutNameForm(forms.Form):
    """Whom, about what, and in which words."""

    of = fields.RadiosField(
        "Whom do you ask?", choices=[("panel", "A panel’s coordinator"), ("hub", "The safeguarding hub")],
        reveals={"panel": ["panel"], "hub": ["area"]}, missing="Choose whom you ask",
    )  # fmt: skip
    panel = fields.SelectField("Which panel?", missing="Choose the panel")
    area = fields.SelectField("Which district is it about?", missing="Choose the district that it is about")
    themes = fields.CheckboxesField("What is it about?", choices=themes, missing="Tick what it is about")
    words = fields.LongTextField(
        "What do you ask?", rows=8, max_length=4000, help_text=NAMES_NOBODY,
        missing="Write what you ask, without anybody’s name",
    )  # fmt: skip

    def __init__(
        self, *args: Any, panels: Sequence[Any] = (), districts: Sequence[Any] = (), **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.panels = {each.reference: each for each in panels}
        self.districts = {each.code: each for each in districts}
        self.fields["of"].choices = [("panel", "A panel’s coordinator"), ("hub", queries.hub_words())]
        self.fields["panel"].choices = [(key, each.name) for key, each in self.panels.items()]
        self.fields["area"].choices = [(key, each.name) for key, each in self.districts.items()]

    def clean(self) -> dict[str, Any]:
        """The panel, or the district for the hub, in place of what was chosen."""
        cleaned = super().clean() or {}
        of = cleaned.pop("of", "")
        cleaned["panel"] = self.panels.get(cleaned.get("panel") or "") if of == "panel" else None
        cleaned["area"] = self.districts.get(cleaned.get("area") or "") if of == "hub" else None
        return cleaned


class AnswerQuestionForm(forms.Form):
    """The answer."""

    answer = fields.LongTextField(
        "What is your answer?", rows=8, max_length=4000, missing="Write the answer",
        help_text="What you would do, whom to ring, and whether to ask the family’s consent to bring it. Nobody’s name.",
    )  # fmt: skip


class TakeBackQuestionForm(forms.Form):
    """Why it is taken back."""

    why = fields.TextField("Why is it taken back?", missing="Say why it is taken back")
