"""What people type about quality visits."""

from django import forms

from hearth.commissioning.contracts.forms import NOBODY, ChosenForm
from hearth.foundation.ui import fields


class PlanVisitForm(ChosenForm):
    """A visit to come."""

    mark_optional = False
    planned_for = fields.DateField("On which day?", earliest="today", missing="Enter the day")
    visitor = fields.SelectField("Who visits?", missing="Choose who visits")


class NoteVisitForm(forms.Form):
    """What a visit found."""

    mark_optional = False
    done_on = fields.DateField("When was it?", latest="today", missing="Enter the day of the visit")
    findings = fields.LongTextField(
        "What was found?",
        max_length=8000,
        missing="Say what was found",
        help_text=f"The provider and the board read it. {NOBODY}",
    )


class CallOffVisitForm(forms.Form):
    """It does not happen."""

    why = fields.TextField(
        "Why is it called off?", max_length=200, missing="Say why it is called off", help_text=NOBODY
    )


class AddVisitActionForm(forms.Form):
    """What is to be put right."""

    mark_optional = False
    what = fields.TextField(
        "What is to be put right?", max_length=200, missing="Say what is to be put right", help_text=NOBODY
    )
    by_provider = fields.YesNoField(
        "Does the provider do it?",
        missing="Say whether the provider does it",
        help_text="If not, the contract’s manager does.",
    )
    due_on = fields.DateField("By which day?", earliest="today", missing="Enter the day")


class FinishVisitActionForm(forms.Form):
    """It is put right."""

    words = fields.TextField(
        "How do you know that it is done?", max_length=300, missing="Say how you know that it is done", help_text=NOBODY
    )
