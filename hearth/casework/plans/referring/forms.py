"""What people type when they ask a service, and when they answer. Field names are the actions' argument names."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields
from hearth.records.people.births import named_and_aged

WHOLE_PLAN = "plan"
ANSWERS = (
    ("accepted", "Yes, they help"),
    ("waiting", "There is a waiting list"),
    ("declined", "No, they cannot help"),
)  # fmt: skip


class ServicesForPlanForm(forms.Form):
    """What to look for, where the outcome does not say it."""

    mark_optional = False
    words = fields.TextField(
        "What would help?", required=False, max_length=200, help_text="Such as “parenting group” or “debt”."
    )
    near = fields.TextField("Near (postcode)", required=False, max_length=12, width=10)


class ReferToServiceForm(forms.Form):
    """Who is told what, and for whom."""

    people = fields.CheckboxesField("Who is it for?", missing="Choose who it is for")
    outcome = fields.SelectField("For which outcome?", empty="", missing="Choose which outcome it is for")
    words = fields.LongTextField(
        "What would help, and what do they have to know?",
        rows=5,
        max_length=4000,
        missing="Say what would help, and what the service has to know",
        help_text="They read this, the names and ages of those you tick, and how to reach the family: nothing else of the record.",
    )
    contact = fields.TextField(
        "How do they reach the family?", max_length=200, missing="Say how the service reaches the family",
        help_text="A name and a number, and when to ring. Say if it is not safe to leave a message.",
    )  # fmt: skip
    agreed_by = fields.TextField(
        "Who in the family agreed that they are told?", max_length=120, missing="Say who agreed"
    )
    agreed_on = fields.DateField(
        "On which day did they agree?", latest="today", missing="Enter the day on which they agreed"
    )

    def __init__(
        self,
        *args: Any,
        household: Sequence[Any] = (),
        outcomes: Sequence[Any] = (),
        agreed: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.household = {person.reference: person for person in household}
        self.outcomes = {str(each.number): each for each in outcomes}
        self.fields["people"].choices = [(key, named_and_aged(person)) for key, person in self.household.items()]
        words = [(key, f"{key}. {each.want or each.from_need}"[:90]) for key, each in self.outcomes.items()]
        self.fields["outcome"].choices = [*words, (WHOLE_PLAN, "The plan as a whole")]
        if agreed:  # a consent or an agreement is on record
            del self.fields["agreed_by"], self.fields["agreed_on"]

    def clean_people(self) -> list[Any]:
        """The people in place of their references."""
        return [self.household[key] for key in self.cleaned_data["people"]]

    def clean_outcome(self) -> Any:
        """The outcome in place of its number; none for the plan as a whole."""
        return self.outcomes.get(self.cleaned_data["outcome"])


class AnswerServiceReferralForm(forms.Form):
    """What the service says."""

    status = fields.RadiosField(
        "What is the answer?", choices=ANSWERS, missing="Choose what the answer is",
        reveals={"accepted": ["starts_on"], "waiting": ["wait_weeks"], "declined": ["reason"]},
    )  # fmt: skip
    starts_on = fields.DateField("When does it begin? (leave empty if it is not known yet)", required=False)
    wait_weeks = fields.NumberField(
        "For about how many weeks do they wait?",
        min_value=1,
        max_value=104,
        suffix="weeks",
        width=3,
        missing="Enter for how many weeks",
    )
    reason = fields.SelectField(
        "Why can they not help?", choices=lambda: offered(pack().unmet.reasons), missing="Choose why they cannot help"
    )
    answer = fields.LongTextField(
        "What happens next, or what else might help?",
        rows=4,
        max_length=4000,
        required=False,
        help_text="Whoever asked reads it in the plan.",
    )
    told_by = fields.TextField(
        "Who of the service told you?", max_length=120, missing="Say who of the service told you"
    )

    def __init__(self, *args: Any, of_service: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_service:
            del self.fields["told_by"]
        else:
            self.order_fields(["told_by", "status"])


class WithdrawServiceReferralForm(forms.Form):
    """It is not wanted after all."""

    why = fields.TextField("Why is it taken back?", max_length=200, missing="Say why it is taken back")
