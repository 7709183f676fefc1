"""What is asked when a case is closed."""

from typing import Any

from django import forms

from hearth.casework.cases.rules import FAMILY_VIEW_MISSING
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields


class CloseCaseForm(forms.Form):
    """Why, what came of it, and what the family says."""

    mark_optional = False  # most reasons need the family's view, or why there is none

    reason = fields.RadiosField("Why is the case closing?", missing="Choose why the case is closing")
    outcome = fields.RadiosField("What came of the work?", missing="Choose what came of the work")
    closing_words = fields.LongTextField(
        "What was done, and what has changed?",
        missing="Write what was done and what has changed",
        help_text="Somebody who opens this in five years should understand it.",
    )
    family_view = fields.LongTextField("What does the family say?", required=False)
    family_view_missing_because = fields.SelectField(
        "If they could not be asked, why?",
        required=False,
        empty="Choose, if they were not asked",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        closure = pack().closure
        reasons = [reason for reason in closure.reasons if not reason.retired]
        self.fields["reason"].choices = [(reason.code, reason.label) for reason in reasons]
        self.fields["reason"].hints = {reason.code: reason.hint for reason in reasons if reason.hint}
        self.fields["outcome"].choices = offered(closure.outcomes)
        self.fields["family_view"].help_text = closure.family_view_question
        self.fields["family_view_missing_because"].choices = offered(closure.no_family_view_reasons)

    def clean(self) -> dict[str, Any]:
        """The family's view where the reason asks for it; said at the field, and asked again by the rule."""
        cleaned = super().clean() or {}
        reason = pack().closure.reason(cleaned.get("reason", ""))
        said = cleaned.get("family_view") or cleaned.get("family_view_missing_because")
        if reason is not None and reason.needs_family_view and not said and "family_view" not in self.errors:
            self.add_error("family_view", FAMILY_VIEW_MISSING)
        return cleaned


class ReopenCaseForm(forms.Form):
    """Open a closed case again."""

    because = fields.RadiosField("Why is it opened again?", missing="Choose why it is opened again")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = pack().closure.reopen_reasons
        self.fields["because"].choices = offered(reasons)
        self.fields["because"].hints = {reason.code: reason.hint for reason in reasons if reason.hint}
