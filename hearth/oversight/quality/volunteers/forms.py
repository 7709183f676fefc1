"""What people type about volunteers. Field names are the actions' argument names."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.foundation.core.pack import offered, pack
from hearth.foundation.core.postcodes import postcode_of
from hearth.foundation.ui import fields
from hearth.oversight.quality.volunteers.models import CameBy, CheckOutcome, Day, PartOfDay

NO_FAMILY = "No family’s name."


def districts() -> list[tuple[str, str]]:
    """Districts of the pack, by name."""
    return sorted(((each.code, each.name) for each in pack().areas.districts), key=lambda pair: pair[1])


class _VolunteerForm(forms.Form):
    """Who somebody is, and what they offer."""

    full_name = fields.TextField("Full name", max_length=120, missing="Enter their full name")
    born_on = fields.DateField(
        "Date of birth",
        latest="today",
        missing="Enter their date of birth",
        help_text="So that nobody is matched with their own family.",
    )
    address = fields.TextField("First line of their address", max_length=120, missing="Enter where they live")
    postcode = fields.TextField("Postcode", max_length=10, width=10, missing="Enter their postcode")
    email = fields.EmailField(required=False, autocomplete="off")
    phone = fields.PhoneField(required=False)
    known_to_us = fields.YesNoField(
        "Do they, or does anybody they live with or are related to, have early help, or did they have it?",
        missing="Ask them, and choose what they said",
        help_text="Ask it of everybody. It rules nobody out: they are never matched with a family they know.",
    )
    known_words = fields.LongTextField(
        "What did they say of that?",
        rows=3,
        max_length=1000,
        required=False,
        help_text=f"Only if they said yes. {NO_FAMILY}",
    )
    districts = fields.CheckboxesField("Where do they go?", small=True, missing="Choose where they go")
    travels_miles = fields.NumberField(
        "How far do they travel from home?",
        min_value=0,
        max_value=100,
        suffix="miles",
        missing="Enter how far they travel",
    )
    helps_with = fields.CheckboxesField(
        "What can they help with?", small=True, missing="Choose what they can help with"
    )
    languages = fields.CheckboxesField("Which languages do they speak, beside English?", required=False, small=True)
    days = fields.CheckboxesField(
        "On which days are they free?", choices=Day.choices, small=True, missing="Choose on which days they are free"
    )
    times = fields.CheckboxesField(
        "At what time of day?", choices=PartOfDay.choices, small=True, missing="Choose at what time of day"
    )
    most_families = fields.NumberField(
        "How many families would they help at once, at most?",
        min_value=1,
        max_value=10,
        missing="Enter how many families at most",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        practice = pack()
        self.fields["districts"].choices = districts()
        self.fields["helps_with"].choices = offered(practice.unmet.needs)
        self.fields["languages"].choices = offered(practice.directory.languages)

    def clean_postcode(self) -> str:
        """A postcode in full."""
        found = postcode_of(self.cleaned_data["postcode"])
        if not found:
            raise ValidationError("Enter a postcode in full, such as BB11 1AA")
        return found


class RecruitVolunteerForm(_VolunteerForm):
    """Somebody who would like to volunteer."""

    area = fields.SelectField("Whose coordinator looks after them?", missing="Choose the district")
    came_by = fields.RadiosField("How did they come?", choices=CameBy.choices, missing="Choose how they came")
    field_order = ("area", "came_by")

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = list(areas)


class ChangeVolunteerForm(_VolunteerForm):
    """The same of somebody who is there."""

    version = fields.VersionField()


class AskForReferenceForm(forms.Form):
    """Who is asked."""

    referee = fields.TextField(
        "Who is asked?", max_length=120, missing="Enter who is asked", help_text="Nobody of their family."
    )
    relation = fields.TextField(
        "How do they know the volunteer?",
        max_length=200,
        missing="Say how they know the volunteer",
        help_text="For example: their manager for four years.",
    )


class NoteReferenceForm(forms.Form):
    """What they answered."""

    recommends = fields.YesNoField("Do they recommend the volunteer?", missing="Choose whether they recommend them")
    words = fields.LongTextField(
        "What did they write or say?", rows=5, max_length=4000, missing="Write what they said of the volunteer"
    )


class NoteCheckForm(forms.Form):
    """A DBS certificate that was seen."""

    level = fields.RadiosField("Which level?", missing="Choose the level")
    outcome = fields.RadiosField("What does it show?", choices=CheckOutcome.choices, missing="Choose what it shows")
    seen_on = fields.DateField("When did you see it?", latest="today", missing="Enter the day on which you saw it")
    number_ends = fields.TextField(
        "Last four figures of its number",
        max_length=4,
        width=4,
        required=False,
        help_text="No more of it is kept. Leave it empty if you did not see it.",
    )
    words = fields.LongTextField(
        "Why may they help all the same, or why may they not?", rows=3, max_length=2000, required=False,
        help_text="Only if there is something on it: who decided, and why. Not what it is.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        checks = pack().volunteers.checks
        self.fields["level"].choices = offered(checks)
        self.fields["level"].hints = {each.code: each.hint for each in checks if each.hint}


class NoteTrainingForm(forms.Form):
    """Training that was done."""

    course = fields.RadiosField("Which training?", missing="Choose the training")
    done_on = fields.DateField("When was it done?", latest="today", missing="Enter the day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = offered(pack().volunteers.courses)


class NoteInterviewForm(forms.Form):
    """A talk with somebody who would like to volunteer."""

    held_on = fields.DateField("When did you talk?", latest="today", missing="Enter the day")
    recommends = fields.YesNoField("Would you take them?", missing="Choose whether you would take them")
    words = fields.LongTextField(
        "What did you talk about, and what do you think?", rows=6, max_length=4000, missing="Write what you think"
    )


class ApproveVolunteerForm(forms.Form):
    """Approving is a button: what was seen stands above it."""


class EndVolunteerForm(forms.Form):
    """Why somebody volunteers no longer."""

    end_reason = fields.RadiosField("Why?", missing="Choose why")
    end_words = fields.LongTextField("Anything to add?", rows=3, max_length=2000, required=False, help_text=NO_FAMILY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["end_reason"].choices = offered(pack().volunteers.ends)
