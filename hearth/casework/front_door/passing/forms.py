"""What is typed when a request is passed on, and what the agency answers."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.casework.front_door.passing.models import Passing
from hearth.foundation.ui import fields

BY_HAND = [choice for choice in Passing.How.choices if choice[0] != Passing.How.MESSAGE]


class PassOnRequestForm(forms.Form):
    """To whom at the agency, how, and who of the family agreed where the request does not say so."""

    mark_optional = False
    agreed_by = fields.TextField("Who of the family has agreed to this?", missing="Enter the name of whoever agreed")
    agreed_on = fields.DateField(
        "When?", latest="today", missing="Enter the day they agreed", subject="The day they agreed"
    )
    how = fields.RadiosField("How do you tell the agency?", missing="Choose how the agency is told")
    to = fields.SelectField("Who there?", missing="Choose who reads it")
    told_name = fields.TextField("Whom did you tell?", missing="Enter whom you told")
    words = fields.LongTextField("What else should they know?", required=False, rows=4, max_length=4000)

    def __init__(self, *args: Any, people: Sequence[Any], agreed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in people}
        self.fields["to"].choices = [
            (key, ", ".join(part for part in (user.full_name, user.job_title) if part))
            for key, user in self.people.items()
        ]
        message = [(str(Passing.How.MESSAGE), "Send it to somebody there who signs in")] if people else []
        self.fields["how"].choices = [*message, *BY_HAND]
        self.fields["how"].reveals = {
            str(Passing.How.MESSAGE): ["to"],
            **{str(key): ["told_name"] for key, _ in BY_HAND},
        }
        if agreed:
            del self.fields["agreed_by"], self.fields["agreed_on"]

    def passed(self) -> dict[str, Any]:
        """What was chosen, as the action takes it."""
        return self.cleaned_data | {"to": self.people.get(self.cleaned_data.get("to") or "")}


class AnswerPassedRequestForm(forms.Form):
    """Whether the agency will help."""

    mark_optional = False
    answer = fields.RadiosField("Will you help this family?", choices=Passing.Answer.choices, missing="Choose one")
    words = fields.LongTextField(
        "What should the front door know?",
        required=False,
        rows=4,
        max_length=4000,
        help_text="If you cannot help, say why. The front door then decides again, and you no longer see the request.",
    )

    def clean(self) -> dict[str, Any]:
        """A no says why."""
        said = self.cleaned_data
        if said.get("answer") == Passing.Answer.CANNOT and not said.get("words"):
            self.add_error("words", "Say why you cannot help")
        return said
