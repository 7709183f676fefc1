"""What somebody types about families and the people in them."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.ui import fields
from hearth.records.people import codes, kinship
from hearth.records.people.births import named_and_aged, stored_birth, typed_birth
from hearth.records.people.models import BirthPrecision, FamilyRole, Person, Sex

# Kinds of information a partner may not be entitled to, and the boxes that hold them.
NEEDS = {"contact": ("email", "phone", "safe_to_contact", "address", "postcode", "uprn"), "health": ("disabilities",)}
MOST_KIN = 24  # the others are related from a person’s own page
MANY_KIN = 6  # from then on they are folded away at first
RESPONSIBLE = [("", "Not asked"), ("yes", "Has parental responsibility"), ("no", "Has none")]


class PersonForm(forms.Form):
    """The facts of one person. Nothing but a name is required; what is not known can wait."""

    mark_optional = False
    given_name = fields.TextField("First name", max_length=100, required=False, width="two-thirds", spellcheck=False)
    family_name = fields.TextField("Last name", max_length=100, required=False, width="two-thirds", spellcheck=False)
    known_as = fields.TextField(
        "What are they called?", max_length=100, required=False, width="two-thirds", help_text="If it is not their first name.",
        spellcheck=False,
    )  # fmt: skip
    birth_known = fields.RadiosField(
        "Do you know when they were born?", choices=[("known", "Yes, or roughly"), ("expected", "Not born yet"), ("unknown", "No")],
        reveals={"known": ["born"], "expected": ["expected_on"]}, initial="known", missing="Choose whether you know the birth date",
    )  # fmt: skip
    born = fields.PartialDateField(
        "Date of birth", latest="today", help_text="Leave out the day, or the day and month, if you do not know them.",
        missing="Enter the date of birth as far as you know it, or choose No",
    )  # fmt: skip
    expected_on = fields.DateField(
        "When is the baby due?", required=False, help_text="Leave it empty if nobody knows yet."
    )
    died_on = fields.DateField("Date of death", required=False, latest="today")
    sex = fields.RadiosField(
        "Sex", choices=Sex.choices, initial=Sex.UNKNOWN, inline=True, missing="Choose a sex, or not known"
    )
    gender_identity = fields.TextField(
        "Gender identity", max_length=60, required=False, help_text="If they say it differs.", width=20
    )
    ethnicity = fields.SelectField(
        "Ethnicity", choices=lambda: codes.grouped_choices("ethnicity"), empty="", initial="NOBT"
    )
    disabilities = fields.CheckboxesField(
        "Disabilities", choices=lambda: codes.choices("disability"), required=False, small=True
    )
    first_language = fields.TextField("First language", max_length=60, required=False, width=20)
    interpreter_language = fields.TextField(
        "Interpreter needed for",
        max_length=60,
        required=False,
        width=20,
        help_text="The language, or British Sign Language. Empty if none is needed.",
    )
    phone = fields.PhoneField("Telephone number", required=False)
    email = fields.EmailField("E-mail address", required=False, autocomplete="off")
    safe_to_contact = fields.TextField(
        "How and when is it safe to contact them?",
        max_length=200,
        required=False,
        help_text="For example: text only, not after 5pm.",
    )

    def __init__(self, *args: Any, sight: frozenset[str] = frozenset(NEEDS), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for category in set(NEEDS) - sight:
            for name in NEEDS[category]:
                self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        """The birth as it is stored; a name, unless the child is not born; no disability and some cannot both be."""
        data = super().clean() or self.cleaned_data
        if "birth_known" in data:
            known = data.pop("birth_known")
            born, expected_on = data.pop("born", None), data.pop("expected_on", None)
            data["born_on"], data["birth_precision"] = stored_birth(born if known == "known" else None, expected_on)
            if known == "expected":
                data["birth_precision"] = BirthPrecision.EXPECTED
            if known != "expected" and not (data.get("given_name") or data.get("family_name")) and not self.errors:
                self.add_error("given_name", "Enter a first or a last name")
        if "NONE" in data.get("disabilities", []) and len(data["disabilities"]) > 1:
            self.add_error("disabilities", "Choose “No disability” alone, or take its tick away")
        return data


def initial_of(person: Person) -> dict[str, Any]:
    """A person's facts as the form first shows them."""
    names = [name for name in PersonForm.base_fields if hasattr(person, name)]
    known = {BirthPrecision.EXPECTED: "expected", BirthPrecision.UNKNOWN: "unknown"}.get(
        BirthPrecision(person.birth_precision), "known"
    )
    return {name: getattr(person, name) for name in names} | {
        "seen_version": person.version, "birth_known": known, "born": typed_birth(person.born_on, person.birth_precision),
        "expected_on": person.born_on if known == "expected" else None,
    }  # fmt: skip


class ChangePersonForm(PersonForm):
    """The facts of somebody on record."""

    seen_version = fields.VersionField()


class AddFamilyMemberForm(PersonForm):
    """Somebody new, with who they are to the others, where they live and their numbers."""

    role = fields.RadiosField(
        "Who are they in this family?", choices=FamilyRole.choices, missing="Choose who they are in this family"
    )
    lives_here = fields.YesNoField(
        "Do they live in this home?", initial=True, missing="Choose whether they live in this home"
    )
    address = fields.TextField("Address", max_length=300, required=False, help_text="House and street, town.")
    postcode = fields.TextField("Postcode", max_length=10, required=False, width=10, spellcheck=False)
    uprn = fields.TextField(
        "Property number (UPRN)", max_length=12, required=False, width=10, help_text="If you have it.", spellcheck=False
    )
    nhs_number = fields.TextField(
        "NHS number", max_length=20, required=False, width=10, help_text="10 figures.", spellcheck=False
    )
    upn = fields.TextField(
        "Unique pupil number",
        max_length=20,
        required=False,
        width=20,
        help_text="A letter and 12 figures. The school has it.",
        spellcheck=False,
    )

    def __init__(self, *args: Any, members: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = list(members)[:MOST_KIN]
        for number, member in enumerate(self.members):
            self.fields[f"kin_{number}"] = _kin_field(member.person)
            self.fields[f"responsible_{number}"] = fields.SelectField(
                "Parental responsibility", choices=RESPONSIBLE, empty="", required=False
            )

    @property
    def many_kin(self) -> bool:
        """Whether so many are in the family that asking about each is folded away."""
        return len(self.members) > MANY_KIN

    def kin_rows(self) -> list[tuple[Any, str, str]]:
        """For the template: each member with the names of the two boxes about them."""
        return [(member, f"kin_{number}", f"responsible_{number}") for number, member in enumerate(self.members)]

    def clean(self) -> dict[str, Any]:
        """The relationships as the action takes them."""
        data, kin = super().clean(), []
        for number, member in enumerate(self.members):
            said, responsible = data.pop(f"kin_{number}", ""), data.pop(f"responsible_{number}", "")
            if said:
                way, _, kind = said.partition(":")
                kin.append((member.person, kind, way == "theirs", {"yes": True, "no": False}.get(responsible)))
        return data | {"kin": kin}


def _kin_field(other: Person) -> Any:
    name = other.given_name or other.full_name
    both_ways = [kin for kin in kinship.KINSHIPS.values() if not (kin.parental or kin.up)]
    upwards = [kin for kin in kinship.KINSHIPS.values() if kin.parental or kin.up]
    groups = [
        (f"The new person is {name}’s …", [(f"ours:{kin.code}", kin.label) for kin in (*upwards, *both_ways)]),
        (f"{name} is the new person’s …", [(f"theirs:{kin.code}", kin.label) for kin in upwards]),
    ]
    return fields.SelectField(named_and_aged(other), choices=groups, empty="Not recorded", required=False)


class JoinFamilyForm(forms.Form):
    """Somebody already on record, by reference."""

    reference = fields.TextField(
        "Reference of their record", max_length=12, width=10, help_text="It begins with PE-. You must be able to open it.",
        missing="Enter the reference of their record", spellcheck=False,
    )  # fmt: skip
    role = fields.RadiosField(
        "Who are they in this family?", choices=FamilyRole.choices, missing="Choose who they are in this family"
    )
    lives_here = fields.YesNoField("Do they live in this home?", missing="Choose whether they live in this home")


class ChangeMembershipForm(forms.Form):
    """What somebody is in the family."""

    role = fields.RadiosField(
        "Who are they in this family?", choices=FamilyRole.choices, missing="Choose who they are in this family"
    )
    lives_here = fields.YesNoField("Do they live in this home?", missing="Choose whether they live in this home")
    seen = fields.SeenField()


class EndMembershipForm(forms.Form):
    """When somebody left."""

    until_on = fields.DateField("When did they leave the family?", latest="today", missing="Enter the day they left")


class OpenFamilyForm(forms.Form):
    """A new family: what people call it, and where it lives."""

    name = fields.TextField(
        "What do people call the family?", max_length=120, help_text="Usually a last name.", missing="Enter a name"
    )
    area = fields.SelectField("Where do they live?", missing="Choose the district they live in")

    def __init__(self, *args: Any, areas: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {area.code: area for area in areas}
        self.fields["area"].choices = [(area.code, area.name) for area in areas]

    def clean_area(self) -> Any:
        """The district itself."""
        return self.areas[self.cleaned_data["area"]]


class RenameFamilyForm(forms.Form):
    """What people call the family."""

    name = fields.TextField("What do people call the family?", max_length=120, missing="Enter a name")
    seen_version = fields.VersionField()
