"""What people type about help by volunteers. Field names are the actions' argument names."""

from typing import Any

from django import forms

from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields
from hearth.oversight.quality.volunteers.models import Day, PartOfDay

NO_NAMES = "Nobody’s name."


class AskForVolunteerForm(forms.Form):
    """What the family agreed to ask for."""

    needs = fields.CheckboxesField(
        "What would the family like help with?", small=True, missing="Choose what the family would like help with"
    )
    languages = fields.CheckboxesField(
        "Which language must the volunteer speak?",
        required=False,
        small=True,
        help_text="One of those you tick. None: English is enough.",
    )
    days = fields.CheckboxesField(
        "Which days suit the family?", choices=Day.choices, required=False, small=True, help_text="None: any day."
    )
    times = fields.CheckboxesField(
        "What time of day?", choices=PartOfDay.choices, required=False, small=True, help_text="None: any time."
    )
    outward = fields.TextField(
        "First half of the postcode",
        max_length=4,
        width=4,
        required=False,
        help_text="For example BB11: how far it is, and no address.",
    )
    first_names = fields.TextField(
        "First names of those whom the volunteer will meet", max_length=120, missing="Write first names",
        help_text="First names alone. Take out who will not be there.",
    )  # fmt: skip
    must_know = fields.LongTextField(
        "What must the volunteer know?", rows=5, max_length=2000, missing="Write what the volunteer must know",
        help_text="To help well and safely: a dog, an allergy, a quiet voice. Read it to the family first. Nothing of why they have help.",
    )  # fmt: skip
    agreed_by = fields.TextField("Who of the family agreed?", max_length=120, missing="Say who of the family agreed")
    agreed_on = fields.DateField("When did they agree?", latest="today", missing="Enter the day on which they agreed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["needs"].choices = offered(pack().unmet.needs)
        self.fields["languages"].choices = offered(pack().directory.languages)


class WithdrawVolunteerRequestForm(forms.Form):
    """Why it is taken back."""

    why = fields.LongTextField(
        "Why is it taken back?", rows=3, max_length=1000, missing="Say why it is taken back", help_text=NO_NAMES
    )


class ChooseVolunteerForm(forms.Form):
    """Why this one."""

    why = fields.LongTextField(
        "Why this volunteer?", rows=4, max_length=2000, missing="Say why you chose this volunteer",
        help_text="Also what you will do about whatever does not fit. The family’s lead practitioner reads it.",
    )  # fmt: skip


class NoteFamilyAnswerForm(forms.Form):
    """What the family said."""

    agrees = fields.YesNoField(
        "Does the family agree to this volunteer?",
        missing="Choose what the family said",
        reveals={"yes": ["starts_on"]},
    )
    starts_on = fields.DateField("When does the help begin?", required=False)
    answered_by = fields.TextField(
        "Who of the family said so?", max_length=120, missing="Say who of the family said so"
    )
    knows_them = fields.TickField("They know each other: never match them again")
    answer_words = fields.LongTextField("What did they say?", rows=3, max_length=2000, required=False)


class LogVisitForm(forms.Form):
    """A visit."""

    visited_on = fields.DateField("On which day?", latest="today", missing="Enter the day of the visit")
    minutes = fields.NumberField(
        "How long was it?", min_value=1, max_value=1440, suffix="minutes", missing="Enter how many minutes it was"
    )
    words = fields.TextField(
        "What did they do?", max_length=200, required=False, help_text=f"In a few words. {NO_NAMES}"
    )


class TakeBackVisitForm(forms.Form):
    """Taking back is a button."""


class ReviewHelpForm(forms.Form):
    """How the help goes."""

    reviewed_on = fields.DateField("When did you talk about it?", latest="today", missing="Enter the day")
    family_words = fields.LongTextField(
        "What does the family say?", rows=4, max_length=4000, missing="Write what the family says of the help"
    )
    volunteer_words = fields.LongTextField("What does the volunteer say?", rows=4, max_length=4000, required=False)
    next_on = fields.DateField(
        "When is it looked at next?", earliest="today", missing="Enter the day of the next review"
    )


class EndHelpForm(forms.Form):
    """Why the help ends."""

    ended_on = fields.DateField("What was the last day?", latest="today", missing="Enter the last day")
    end_reason = fields.RadiosField("Why does it end?", missing="Choose why it ends")
    end_words = fields.LongTextField(
        "How was it, and what does the family say?", rows=4, max_length=4000, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["end_reason"].choices = offered(pack().volunteers.help_ends)
