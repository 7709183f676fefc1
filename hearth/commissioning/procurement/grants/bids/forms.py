"""What people type about bids for outside funding."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.commissioning.procurement.grants.forms import NOBODY, PlacedForm, needs
from hearth.foundation.ui import fields
from hearth.records.money.forms import KeyedForm, PoundsField


class TellOfBidForm(PlacedForm, KeyedForm):
    """A partner's bid."""

    mark_optional = False
    organisation = fields.SelectField("Whose bid is it?", missing="Choose whose bid it is")
    title = fields.TextField(
        "What would it pay for?", max_length=120, help_text="In a line.", missing="Say what it would pay for"
    )
    funder = fields.TextField("Of whom is it asked?", max_length=120, missing="Say of whom it is asked")
    needs = fields.CheckboxesField("For which needs?", choices=needs, small=True, missing="Tick at least one need")
    what = fields.LongTextField(
        "What exactly, for whom and where?",
        max_length=4000,
        help_text=NOBODY,
        missing="Say what exactly it would pay for",
    )
    pence = PoundsField("How much is asked for?", missing="Enter how much is asked for")
    due_on = fields.DateField(
        "By which day does the funder want it?", earliest="today", missing="Enter the funder’s day"
    )
    field_order = ("organisation", "title", "funder", "area", "needs", "what", "pence", "due_on")

    def __init__(self, *args: Any, organisations: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(each.pk): each for each in organisations}
        self.fields["organisation"].choices = [(key, each.name) for key, each in self.organisations.items()]

    def clean(self) -> dict[str, Any]:
        """The organisation in place of its key."""
        cleaned = super().clean() or {}
        return cleaned | {"organisation": self.organisations.get(cleaned.get("organisation", ""))}


class ReviewBidForm(forms.Form):
    """What the authority says of it."""

    state = fields.RadiosField(
        "What do you say of it?",
        choices=[("supported", "It is supported"), ("duplicates", "It would duplicate what is bought already")],
        missing="Choose what you say of it",
    )
    words = fields.LongTextField(
        "Why?", max_length=2000, help_text=f"The partner reads this. {NOBODY}", missing="Write why"
    )
