"""What somebody answers about who is missing."""

from typing import Any

from django import forms

from hearth.foundation.ui import fields
from hearth.records.people.births import named_and_aged
from hearth.records.people.models import MissingAnswer
from hearth.records.people.tree.missing import Missing


class AnswerMissingForm(forms.Form):
    """Somebody who is in the home, nobody, or asked and not known; for which children.

    `everybody` is sent by the button that names somebody beside the question: it is about all the children.
    """

    everybody = fields.HiddenField(max_length=3, required=False)
    children = fields.CheckboxesField("About whom?", missing="Choose at least one child")
    answer = fields.RadiosField(
        "What did they say?", choices=MissingAnswer.Answer.choices, missing="Choose what the answer was"
    )

    parental_responsibility = fields.YesNoField(
        "Do they have parental responsibility?", required=False, help_text="Leave it where you do not know."
    )

    def __init__(self, *args: Any, missing: Missing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = {child.reference: child for child in missing.children}
        self.candidates = {person.reference: person for person in missing.candidates}
        named = [(key, missing.words_for(person)) for key, person in self.candidates.items()]
        self.fields["answer"].choices = [*named, *MissingAnswer.Answer.choices]
        if not named:
            del self.fields["parental_responsibility"]
        if not self.about:
            del self.fields["children"]
            return
        self.fields["children"].choices = [(key, named_and_aged(child)) for key, child in self.about.items()]
        self.fields["children"].initial = list(self.about)
        self.fields["children"].required = not self.data.get("everybody")

    def clean(self) -> dict[str, Any]:
        """The children themselves."""
        data = super().clean() or self.cleaned_data
        chosen = self.about if data.pop("everybody", "") else data.get("children", [])
        return data | {"children": [self.about[key] for key in chosen]}

    def parent(self) -> Any:
        """Who was named, where somebody was."""
        return self.candidates.get(self.cleaned_data["answer"])
