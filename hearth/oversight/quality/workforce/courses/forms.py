"""What people type about courses, runs and bookings. Field names are the actions' argument names."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.accounts.fields import PersonField
from hearth.foundation.ui import fields
from hearth.oversight.quality.workforce.courses import queries

MYSELF = "me"


class CoursesForm(forms.Form):
    """Which runs to show; what cannot be read is left out, never an error."""

    mark_optional = False
    area = fields.SelectField("District", choices=queries.districts, required=False, empty="Everywhere")
    competence = fields.SelectField("What it teaches", choices=queries.competences, required=False, empty="Everything")

    def wanted(self) -> dict[str, str]:
        """What was chosen, as far as it can be read."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("area", "competence")}


class AddCourseForm(forms.Form):
    """Put on a course."""

    title = fields.TextField("What is the course called?", max_length=120, missing="Enter what the course is called")
    about = fields.LongTextField(
        "What is it about?",
        rows=5,
        max_length=4000,
        missing="Say what it is about",
        help_text="What people learn, for whom it is, and what to bring.",
    )
    competence = fields.SelectField(
        "What does it teach?",
        choices=queries.competences,
        required=False,
        empty="Nothing that gives a certificate",
        help_text="Whoever was there holds it from that day.",
    )
    valid_months = fields.NumberField(
        "For how many months does the certificate last?",
        required=False,
        min_value=1,
        max_value=120,
        width=3,
        help_text="Leave it empty where it does not run out.",
    )


class ChangeCourseForm(AddCourseForm):
    """Change a course."""

    retired = fields.TickField("It is not offered any more", required=False)
    seen = fields.SeenField()


class RunForm(forms.Form):
    """When and where a course runs, and for how many."""

    held_on = fields.DateField("On which day?", earliest="today", missing="Enter the day", subject="The day")
    starts_at = fields.TimeField("From", missing="Enter when it begins")
    ends_at = fields.TimeField("To", missing="Enter when it ends")
    place = fields.TextField(
        "Where?", max_length=200, missing="Say where it is held", help_text="A room, or a link to join from afar."
    )
    seats = fields.NumberField("How many seats?", min_value=1, max_value=500, width=3, missing="Enter how many seats")
    trainer = fields.TextField("Who holds it?", max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """An end after the beginning."""
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", "It must end after it begins")
        return cleaned


class ChangeCourseRunForm(RunForm):
    """Change a run."""

    seen = fields.SeenField()


class AddCourseRunForm(RunForm):
    """Plan a run."""

    area = fields.SelectField(
        "In which district?", choices=queries.districts, required=False, empty="In none, or from afar"
    )
    organiser = PersonField(
        "Who organises it?",
        permission="see_courses",
        missing="Enter who organises it",
        help_text="They say who was there. Start typing their name.",
    )

    def __init__(self, *args: Any, reader: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organiser"].reader = reader

    def clean(self) -> dict[str, Any]:
        """The district in place of its code."""
        cleaned = super().clean()
        if "area" in cleaned:
            cleaned["area"] = queries.area_with(cleaned["area"])
        return cleaned


class CancelCourseRunForm(forms.Form):
    """Cancel a run."""

    why = fields.LongTextField(
        "Why is it cancelled?",
        rows=3,
        max_length=1000,
        missing="Say why it is cancelled",
        help_text="Everybody who is booked or waits reads this.",
    )


class BookCourseForm(forms.Form):
    """For whom a place is booked."""

    person = fields.SelectField("For whom?", missing="Choose for whom", empty="Choose a person")

    def __init__(self, *args: Any, reader: Any, people: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {MYSELF: reader} | {each.reference: each for each in people}
        self.fields["person"].choices = [(MYSELF, f"Myself, {reader.full_name}")] + [
            (each.reference, f"{each.full_name}, {each.organisation.name}") for each in people
        ]

    def clean(self) -> dict[str, Any]:
        """The person in place of their reference."""
        cleaned = super().clean() or {}
        if "person" in cleaned:
            cleaned["person"] = self.people[cleaned["person"]]
        return cleaned


class CancelBookingForm(forms.Form):
    """Give a place up: nothing is typed."""
