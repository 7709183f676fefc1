"""What people type to answer a theme with what is bought."""

from collections.abc import Sequence
from typing import Any

from hearth.casework.panels.unmet.themes.forms import AnswerThemeForm
from hearth.foundation.ui import fields


class AnswerWithIntentionForm(AnswerThemeForm):
    """The answer, and which intention it cites."""

    intention = fields.SelectField(
        "What is bought for it?", missing="Choose what is bought for it",
        help_text="What is agreed or bought for the district. Whoever waits for the answer sees what becomes of it.",
    )  # fmt: skip
    field_order = ("intention", "answer")

    def __init__(self, *args: Any, intentions: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.intentions = {each.reference: each for each in intentions}
        self.fields["intention"].choices = [
            (code, f"{each.title} ({each.where}, {each.get_state_display().lower()})")
            for code, each in self.intentions.items()
        ]

    def clean(self) -> dict[str, Any]:
        """The intention in place of its reference."""
        cleaned = super().clean() or {}
        return cleaned | {"intention": self.intentions.get(cleaned.get("intention", ""))}
