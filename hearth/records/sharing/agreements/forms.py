"""What information governance writes of an agreement."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.core import clock
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields
from hearth.records.sharing.forms import categories_field, explain


class WriteAgreementForm(forms.Form):
    """With whom, for what, what, from when until when, and where the signed paper is."""

    organisation = fields.SelectField("With which organisation?", missing="Choose an organisation")
    purposes = fields.CheckboxesField(
        "What is it for?",
        choices=lambda: offered(pack().sharing.agreement_purposes),
        missing="Choose at least one purpose",
    )
    categories = categories_field("What may be shared?")
    from_on = fields.DateField("First day", missing="Enter the first day")
    until_on = fields.DateField(
        "Last day",
        earliest="today",
        missing="Enter the last day",
        help_text="It is looked at again then: there is no agreement without an end.",
    )
    document = fields.TextField(
        "Reference of the signed agreement",
        max_length=200,
        missing="Enter the reference of the signed agreement",
        help_text="Where it is kept.",
    )
    notes = fields.LongTextField("Notes", required=False, max_length=4000, rows=3)

    def __init__(self, *args: Any, partners: Sequence[tuple[str, Sequence[Any]]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(org.id): org for _, organisations in partners for org in organisations}
        explain(self)
        named: Any = self.fields
        named["organisation"].choices = [
            (sector, [(str(org.id), org.name) for org in found]) for sector, found in partners
        ]
        named["from_on"].initial = clock.today()

    def clean_organisation(self) -> Any:
        """The organisation itself."""
        return self.by_key[self.cleaned_data["organisation"]]


class EndAgreementForm(forms.Form):
    """Why it ends before its last day."""

    why = fields.LongTextField("Why does it end?", max_length=2000, rows=3, missing="Say why it ends")
