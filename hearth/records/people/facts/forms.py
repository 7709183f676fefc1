"""What somebody types of one person: a home, another name, a number, who they are to somebody."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.ui import fields
from hearth.records.people import kinship
from hearth.records.people.births import named_and_aged
from hearth.records.people.models import KINDS_OF_NAME, BirthPrecision, Identifier


class _AddressForm(forms.Form):
    """Where somebody lives."""

    lines = fields.TextField("Address", max_length=300, required=False, help_text="House and street, town.")
    postcode = fields.TextField("Postcode", max_length=10, required=False, width=10, spellcheck=False)
    uprn = fields.TextField(
        "Property number (UPRN)", max_length=12, required=False, width=10, help_text="If you have it.", spellcheck=False
    )
    from_on = fields.DateField(
        "Since when?", required=False, latest="today", help_text="Leave it empty if nobody knows."
    )


ONLY, BOTH, BEFORE = "only", "both", "before"


class MoveHomeForm(_AddressForm):
    """A home of now or before, and who else lives or lived there."""

    how = fields.RadiosField(
        "Do they live there now?",
        choices=[(ONLY, "Yes, and nowhere else"), (BOTH, "Yes, and at the other home too"), (BEFORE, "No, they lived there before")],
        hints={ONLY: "The home before ends on the day this one begins.", BOTH: "For a child of two homes."},
        reveals={BEFORE: ["until_on"]}, initial=ONLY, missing="Choose whether they live there now",
    )  # fmt: skip
    until_on = fields.DateField("Until when?", latest="today", missing="Enter the last day they lived there")
    with_them = fields.CheckboxesField("Who else is it the home of?", required=False)
    seen = fields.SeenField()

    def __init__(self, *args: Any, person: Any = None, others: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        living = [one for one in others if one.died_on is None and one.birth_precision != BirthPrecision.EXPECTED]
        self.person, self.others = person, {other.reference: other for other in living}
        if not self.others:
            del self.fields["with_them"]
            return
        self.fields["with_them"].choices = [(key, named_and_aged(other)) for key, other in self.others.items()]

    def clean(self) -> dict[str, Any]:
        """Everybody who moves, as the action takes them."""
        data = super().clean() or self.cleaned_data
        moving = [self.others[key] for key in data.pop("with_them", [])]
        only = data.pop("how", ONLY) == ONLY
        return data | {"people": [self.person, *moving], "address": data.pop("lines", ""), "only_home": only}


class CorrectAddressForm(_AddressForm):
    """An address that was written wrongly."""

    until_on = fields.DateField("Until when?", required=False, latest="today", help_text="Empty while they live there.")
    seen = fields.SeenField()


class AddNameForm(forms.Form):
    """Another name."""

    kind = fields.RadiosField(
        "What kind of name is it?", choices=KINDS_OF_NAME, missing="Choose what kind of name it is"
    )
    given_name = fields.TextField("First name", max_length=100, required=False, width="two-thirds", spellcheck=False)
    family_name = fields.TextField("Last name", max_length=100, required=False, width="two-thirds", spellcheck=False)


class AddIdentifierForm(forms.Form):
    """A number of another service."""

    kind = fields.RadiosField(
        "Which number?",
        choices=Identifier.Kind.choices,
        reveals={"other": ["system"]},
        missing="Choose which number it is",
    )
    system = fields.TextField("Whose number is it?", max_length=120, missing="Say whose number it is")
    value = fields.TextField("Number", max_length=120, width=20, missing="Enter the number", spellcheck=False)
    source = fields.TextField(
        "Who gave it to you?",
        max_length=120,
        required=False,
        help_text="For example: their mother, the school’s system.",
    )


class VerifyIdentifierForm(forms.Form):
    """What a number was compared with."""

    against = fields.TextField(
        "What did you compare it with?", max_length=120, missing="Say what you compared it with",
        help_text="For example: a letter from the hospital, the red book, the school’s system.",
    )  # fmt: skip


class RecordRelationshipForm(forms.Form):
    """Who somebody is to somebody else in their families."""

    other = fields.RadiosField("Who is the other person?", missing="Choose the other person")
    said = fields.SelectField("Who are they to each other?", missing="Choose who they are to each other")
    parental_responsibility = fields.RadiosField(
        "Parental responsibility", choices=[("not_asked", "Not asked"), ("yes", "Yes"), ("no", "No")], initial="not_asked", inline=True,
        help_text="Only for a parent or carer of the child. It is recorded, never assumed.", missing="Choose yes, no or not asked",
    )  # fmt: skip
    from_on = fields.DateField("Since when?", required=False, latest="today")
    seen = fields.SeenField()

    def __init__(self, *args: Any, person: Any = None, others: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.others = person, {other.reference: other for other in others}
        self.fields["other"].choices = [(key, named_and_aged(other)) for key, other in self.others.items()]
        name = person.given_name or person.full_name
        kinds = kinship.KINSHIPS.values()
        self.fields["said"].choices = [
            (f"{name} is their …", [(f"is:{kin.code}", kin.label) for kin in kinds]),
            (f"They are {name}’s …", [(f"has:{kin.code}", kin.label) for kin in kinds if kin.parental or kin.up]),
        ]

    def clean(self) -> dict[str, Any]:
        """The two people the right way round, as the action takes them."""
        data = super().clean() or self.cleaned_data
        if not self.errors:
            way, _, kind = data.pop("said").partition(":")
            one, other = self.person, self.others[data.pop("other")]
            data["person"], data["other"] = (one, other) if way == "is" else (other, one)
            data["kind"] = kind
            data["parental_responsibility"] = {"yes": True, "no": False}.get(data["parental_responsibility"])
        return data


class EndRelationshipForm(forms.Form):
    """When two people stopped being that to each other."""

    until_on = fields.DateField("Since when is it over?", latest="today", missing="Enter the day it ended")
