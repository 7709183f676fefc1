"""What people type when they ask for a step up or a step down. Field names are the actions' argument names."""

from collections.abc import Sequence
from typing import Any

from hearth.casework.cases.steps.forms import BasisForm, hints
from hearth.desk.stepping.packing import Choice
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields


class StepForm(BasisForm):
    """Why, in what words, on which basis, and what travels."""

    reason = fields.RadiosField("Why do you ask?", missing="Choose why you ask")
    words = fields.LongTextField(
        "What has happened, and what do you ask for?",
        rows=8,
        max_length=10_000,
        help_text="What you fear, for whom, what has been tried. Facts first, then what you think.",
        missing="Write what has happened and what you ask for",
    )
    items = fields.CheckboxesField(
        "What should travel?",
        missing="Tick what should travel",
        help_text="Each is copied as it is now, and does not change afterwards. Send what is needed and no more.",
    )

    def __init__(self, *args: Any, reasons: Sequence[Any], offer: Sequence[Choice] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = self.fields["items"]
        items.choices = [(each.key, each.label) for each in offer]
        items.hints = {each.key: each.hint for each in offer if each.hint}
        self.fields["reason"].choices, self.fields["reason"].hints = offered(reasons), hints(reasons)
        self.order_fields(["reason", "words"])


class RequestStepUpForm(StepForm):
    """Ask social care to take the case."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, reasons=pack().step_up.up_reasons, **kwargs)


class RequestStepDownForm(StepForm):
    """Hand the case back to early help, with what was done."""

    was_done = fields.LongTextField(
        "What did social care do?", rows=6, max_length=10_000, missing="Write what social care did"
    )
    is_left = fields.LongTextField(
        "What is still wanted, and what worries you still?",
        rows=6,
        max_length=10_000,
        missing="Write what is still wanted",
    )
    family_says = fields.LongTextField(
        "What do the family and the children say?", rows=4, max_length=10_000, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, reasons=pack().step_up.down_reasons, **kwargs)
        self.fields["words"].label = "What do you ask early help to do?"
        self.fields["words"].help_text = ""
        self.fields["items"].label = "What else should travel?"
        self.fields["items"].required = False
        self.order_fields(["reason", "was_done", "is_left", "family_says", "words"])

    def clean(self) -> dict[str, Any]:
        """What was written for early help, under its headings."""
        cleaned = super().clean()
        headings = {
            "was_done": "What social care did",
            "is_left": "What is still wanted",
            "family_says": "What the family says",
        }
        cleaned["summary"] = [(heading, cleaned.pop(name, "")) for name, heading in headings.items()]
        return cleaned
