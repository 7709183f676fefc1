"""What a person sends to load the ledger."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.foundation.core.refusals import Refused
from hearth.foundation.ui import fields
from hearth.records.money.loading.reading import read

TOLD = 30


class LoadLedgerForm(forms.Form):
    """A workbook with sources, entries, or both."""

    workbook = fields.FileField("The workbook", accept=".xlsx", missing="Choose the workbook")

    def __init__(self, *args: Any, districts: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.districts = districts or {}

    def clean(self) -> dict[str, Any]:
        """What the workbook says; each row that says nothing we can post, in a sentence."""
        cleaned = super().clean() or {}
        file = cleaned.get("workbook")
        if file is None:
            return cleaned
        try:
            book = read(file.read(), self.districts)
        except Refused as refused:
            raise ValidationError(refused.refusal.sentence) from refused
        if book.faults:
            more = [f"And {len(book.faults) - TOLD} more."] if len(book.faults) > TOLD else []
            raise ValidationError(["Nothing was loaded.", *book.faults[:TOLD], *more])
        return cleaned | {"book": book}
