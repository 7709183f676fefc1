"""Which term."""

from typing import Any

from django import forms

from hearth.foundation.ui import fields
from hearth.intelligence.insight.entitlement.reporting import Report, term_words


class EarlyYearsForm(forms.Form):
    """One choice; what cannot be read is left out, never an error."""

    mark_optional = False

    term = fields.SelectField("Term", required=False, empty="")

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].choices = [(term, term_words(term)) for term in report.terms]
