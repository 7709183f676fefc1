"""What a person says of a pair."""

from django import forms

from hearth.foundation.ui import fields

ANSWERS = [("same", "The same person"), ("different", "Two people"), ("unsure", "Not sure: ask for a second opinion")]


class DecidePairForm(forms.Form):
    """One person, two, or not sure; and why."""

    answer = fields.RadiosField(
        "Are they one person?", choices=ANSWERS, missing="Say whether they are one person",
        hints={"same": "Key S", "different": "Key D", "unsure": "Key N"},
    )  # fmt: skip
    why = fields.LongTextField("Why?", required=False, max_length=1000, rows=2)
    seen = fields.VersionField()


class UndoDecisionForm(forms.Form):
    """Why a decision is taken back."""

    why = fields.LongTextField("Why is it undone?", max_length=1000, rows=2, missing="Say why it is undone")
    seen = fields.VersionField()
