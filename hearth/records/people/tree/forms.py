"""What somebody answers about who is missing."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.ui import fields
from hearth.records.people.births import named_and_aged
from hearth.records.people.models import MissingAnswer


class AnswerMissingForm(forms.Form):
    """Nobody, or asked and not known; for which children."""

    children = fields.CheckboxesField("About whom?", missing="Choose at least one child")
    answer = fields.RadiosField(
        "What did they say?", choices=MissingAnswer.Answer.choices, missing="Choose what the answer was"
    )

    def __init__(self, *args: Any, about: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = {child.reference: child for child in about}
        if not self.about:
            del self.fields["children"]
            return
        self.fields["children"].choices = [(key, named_and_aged(child)) for key, child in self.about.items()]
        self.fields["children"].initial = list(self.about)

    def clean(self) -> dict[str, Any]:
        """The children themselves."""
        data = super().clean() or self.cleaned_data
        return data | {"children": [self.about[key] for key in data.get("children", [])]}
