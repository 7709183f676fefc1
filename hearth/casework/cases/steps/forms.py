"""What people type about stepping up and down. Field names are the actions' argument names."""

from typing import Any

from django import forms

from hearth.casework.cases.steps import queries
from hearth.casework.cases.steps.models import Basis
from hearth.casework.cases.steps.rules import StepBasis
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields

NO_CONSENT = (Basis.TOLD, Basis.DANGER)


def hints(things: Any) -> dict[str, str]:
    """The hints of choices that have one."""
    return {thing.code: thing.hint for thing in things if thing.hint}


def _ground() -> fields.SelectField:
    return fields.SelectField("The reason in law", choices=queries.grounds, missing="Choose the reason in law")


class BasisForm(forms.Form):
    """Consent or the lawful reason: asked at each move."""

    basis = fields.RadiosField(
        "What lets this be shared?",
        choices=Basis.choices,
        missing="Choose what lets this be shared",
        reveals={
            Basis.CONSENT: ["consent_words", "consent_on"],
            Basis.TOLD: ["told_ground", "told_words"],
            Basis.DANGER: ["danger_ground", "danger_words"],
        },
    )
    consent_words = fields.LongTextField(
        "Who agreed, and to what?", rows=3, max_length=2000, missing="Say who agreed, and to what"
    )
    consent_on = fields.DateField(
        "When did they agree?", latest="today", subject="The day they agreed", missing="Enter the day they agreed"
    )
    told_ground = _ground()
    told_words = fields.LongTextField(
        "What did they say, and why is it shared all the same?",
        rows=3,
        max_length=4000,
        missing="Say why it is shared without agreement",
    )
    danger_ground = _ground()
    danger_words = fields.LongTextField(
        "Who could come to harm if they were told?",
        rows=3,
        max_length=4000,
        missing="Say who could come to harm, and why",
    )

    def clean(self) -> dict[str, Any]:
        """The basis as the rules read it."""
        cleaned = super().clean() or {}
        kind = cleaned.get("basis", "")
        words, ground = cleaned.get(f"{kind}_words", ""), cleaned.get(f"{kind}_ground", "")
        cleaned["basis"] = StepBasis(kind, words, ground, cleaned.get(f"{kind}_on"))
        mine = [f"{each}_{what}" for each in Basis.values for what in ("words", "ground", "on")]
        return {name: value for name, value in cleaned.items() if name not in mine}


class AcceptStepUpForm(BasisForm):
    """Social care takes the case."""

    answer = fields.LongTextField(
        "What happens next?", help_text="Whoever asked reads this.", required=False, max_length=6000
    )
    other_reference = fields.TextField("Social care’s own number for it", required=False, max_length=60, width=20)


class AcceptStepDownForm(BasisForm):
    """Early help takes the case back."""

    answer = fields.LongTextField(
        "What happens next?", help_text="Social care reads this.", required=False, max_length=6000
    )


class DeclineStepUpForm(forms.Form):
    """No, and what to do instead."""

    decline_reason = fields.RadiosField("Why is it declined?", missing="Choose why it is declined")
    answer = fields.LongTextField(
        "What should they do instead?",
        max_length=6000,
        missing="Write what they should do instead",
        help_text="Your advice, and what would change your answer. Whoever asked reads this.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decline_reason"].choices = offered(pack().step_up.decline_reasons)
        self.fields["decline_reason"].hints = hints(pack().step_up.decline_reasons)


class DeclineStepDownForm(DeclineStepUpForm):
    """The front door does not take the case back."""


class WithdrawStepForm(forms.Form):
    """Take it back before it is answered."""

    withdrawal_reason = fields.RadiosField(
        "Why is it withdrawn?",
        choices=lambda: offered(pack().step_up.withdrawal_reasons),
        missing="Choose why it is withdrawn",
    )
    withdrawal_words = fields.LongTextField("Anything they should know?", rows=3, required=False, max_length=4000)
