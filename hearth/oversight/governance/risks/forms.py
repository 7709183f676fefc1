"""What people type about risks. Field names are the actions' argument names."""

from typing import Any

from django import forms

from hearth.commissioning.contracts.forms import ChosenForm
from hearth.foundation.core import clock
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields

NOBODY = "It is about the service: no family’s name, and nothing by which one could be told."


def _words(scale: Any) -> list[tuple[str, str]]:
    return [(str(place), f"{place}. {word.label}") for place, word in enumerate(scale, 1)]


def _hints(scale: Any) -> dict[str, str]:
    return {str(place): word.hint for place, word in enumerate(scale, 1)}


class ScaledForm(forms.Form):
    """How likely, and how bad: the words of the pack's two scales."""

    likelihood = fields.RadiosField("How likely is it?", missing="Choose how likely it is")
    impact = fields.RadiosField("How bad would it be?", missing="Choose how bad it would be")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, scale in (("likelihood", pack().governance.likelihoods), ("impact", pack().governance.impacts)):
            field: Any = self.fields[name]
            field.choices, field.hints = _words(scale), _hints(scale)

    def clean(self) -> dict[str, Any]:
        """The places as numbers."""
        cleaned = super().clean() or {}
        return cleaned | {name: int(cleaned[name]) for name in ("likelihood", "impact") if cleaned.get(name)}


class RiskForm(ChosenForm):
    """What a risk says."""

    title = fields.TextField(
        "What is the risk?", max_length=120, missing="Say in a line what the risk is", help_text=f"In a line. {NOBODY}"
    )
    subject = fields.SelectField(
        "What is it about?", choices=lambda: offered(pack().governance.subjects), missing="Choose what it is about"
    )
    what = fields.LongTextField(
        "What may happen, why, and what would follow?", max_length=4000, missing="Say what may happen", help_text=NOBODY
    )
    controls = fields.LongTextField(
        "What is done already so that it does not happen?",
        max_length=4000,
        required=False,
        rows=4,
        help_text=f"The controls, a line each. {NOBODY}",
    )
    owner = fields.SelectField(
        "Who answers for it?", missing="Choose who answers for it", help_text="They are told, and asked to assess it."
    )
    only_roles = fields.CheckboxesField(
        "Who reads it?", required=False, small=True,
        help_text="Leave all unticked, and whoever sees the log reads it. Tick roles to keep it to them: its owner and the board read it too.",
    )  # fmt: skip

    def __init__(self, *args: Any, roles: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["only_roles"].choices = list(roles)


class LogRiskForm(ScaledForm, RiskForm):
    """A new risk, with its first assessment."""

    area = fields.SelectField("Where may it happen?", required=False, empty="The whole authority")

    def __init__(self, *args: Any, whole: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not whole:
            field: Any = self.fields["area"]
            field.required, field.empty = True, "Choose one"
            field.error_messages["required"] = "Choose where it may happen"
        self.order_fields(
            ["area", "title", "subject", "what", "likelihood", "impact", "controls", "owner", "only_roles"]
        )


class ChangeRiskForm(RiskForm):
    """The same of a risk that is there, with the letters for what its writer saw."""

    seen = fields.SeenField(required=False)


class AssessRiskForm(ScaledForm):
    """How it stands by now."""

    words = fields.LongTextField(
        "Why?", required=False, rows=3, max_length=2000, help_text=f"What has changed, or has not. {NOBODY}"
    )
    assessed_on = fields.DateField(
        "On which day?",
        latest="today",
        missing="Enter the day",
        help_text="Today, unless you write down what was said before.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assessed_on"].initial = clock.today


class AddActionPointForm(ChosenForm):
    """Who does what about it, by when."""

    what = fields.TextField("What will be done?", max_length=200, missing="Say what will be done", help_text=NOBODY)
    owner = fields.SelectField(
        "Who does it?", missing="Choose who does it", help_text="They are told, and reminded once its day has passed."
    )
    due_on = fields.DateField("By when?", earliest="today", missing="Enter the day by which it is done")


class ReviewRiskForm(ScaledForm, ChosenForm):
    """One risk in a meeting: how it stands, what was said, and an action point where one came of it."""

    words = fields.LongTextField("What was said?", required=False, rows=3, max_length=2000, help_text=NOBODY)
    what = fields.TextField(
        "Action point: what will be done?",
        max_length=200,
        required=False,
        help_text="Leave it empty where nothing came of it.",
    )
    owner = fields.SelectField("Action point: who does it?", required=False, empty="Nobody")
    due_on = fields.DateField("Action point: by when?", earliest="today", required=False)

    def clean(self) -> dict[str, Any]:
        """An action point is whole, or there is none."""
        cleaned = super().clean() or {}
        if cleaned.get("what"):
            if not cleaned.get("owner"):
                self.add_error("owner", "Choose who does it")
            if not cleaned.get("due_on") and "due_on" not in self.errors:
                self.add_error("due_on", "Enter the day by which it is done")
        elif (cleaned.get("owner") or cleaned.get("due_on")) and "what" not in self.errors:
            self.add_error("what", "Say what will be done, or choose nobody and no day")
        return cleaned


class FinishActionPointForm(forms.Form):
    """It is done."""

    words = fields.TextField(
        "How does one know that it is done?",
        max_length=300,
        missing="Say how one knows that it is done",
        help_text=NOBODY,
    )


class EscalateRiskForm(forms.Form):
    """What is asked, of whom."""

    level = fields.RadiosField("Who is asked?", missing="Choose who is asked")
    asked = fields.LongTextField(
        "What do you ask of them, and what was tried?",
        max_length=4000,
        missing="Write what you ask, and what was tried",
        help_text=NOBODY,
    )

    def __init__(self, *args: Any, levels: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = list(levels)


class AnswerEscalationForm(forms.Form):
    """The answer."""

    answer = fields.LongTextField(
        "What is the answer?", max_length=4000, missing="Write the answer: what is done, or why not",
        help_text=f"What is done, by when, or why not. The risk’s owner is told. {NOBODY}",
    )  # fmt: skip


class CloseRiskForm(forms.Form):
    """Why it is closed."""

    why = fields.LongTextField(
        "Why is it closed?", rows=3, max_length=2000, missing="Say why it is closed", help_text=NOBODY
    )


class StartRiskMeetingForm(ChosenForm):
    """Where the meeting goes through the log."""

    area = fields.SelectField("Of which risks?", required=False, empty="The whole authority’s, and every district’s")

    def __init__(self, *args: Any, whole: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not whole:
            field: Any = self.fields["area"]
            field.required, field.empty = True, "Choose one"
            field.error_messages["required"] = "Choose whose risks it goes through"


class RecordRiskAttendanceForm(forms.Form):
    """Who was there."""

    present = fields.LongTextField(
        "Who is there?",
        rows=6,
        max_length=2000,
        missing="Say who is there",
        help_text="Colleagues, a line each. Strike out who is not.",
    )
    apologies = fields.LongTextField("Who could not come?", required=False, rows=2, max_length=1000)
    words = fields.LongTextField(
        "What else was said, of no one risk?", required=False, rows=3, max_length=4000, help_text=NOBODY
    )
    seen = fields.SeenField(required=False)
