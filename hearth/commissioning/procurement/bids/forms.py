"""What a bidder types, which is kept nowhere but under the seal; and the passphrases of those who open it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.commissioning.procurement.bids.rules import MOST_FILES, MOST_WORDS
from hearth.commissioning.procurement.models import CriterionKind
from hearth.foundation.ui import fields
from hearth.records.documents.forms import ACCEPT
from hearth.records.money.forms import KeyedForm, PoundsField


class SendBidForm(KeyedForm):
    """A price, an answer to each criterion that is scored, and files."""

    mark_optional = False

    def __init__(self, *args: Any, criteria: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sealed_price"] = PoundsField("Your price for the whole lot", missing="Enter your price")
        self.asked = [each for each in criteria if each.kind == CriterionKind.QUALITY]
        for each in self.asked:
            self.fields[f"sealed_answer_{each.number}"] = fields.LongTextField(
                each.name, help_text=each.guidance, max_length=MOST_WORDS, rows=6, missing=f"Answer “{each.name}”"
            )
        self.fields["sealed_files"] = fields.FilesField(
            "Files (optional)", required=False, accept=ACCEPT, help_text=f"Up to {MOST_FILES}. They are sealed with your bid.", max_length=None
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The price, and the answers by the number of their criterion. (What begins with `sealed_` no draft ever keeps.)"""
        typed = super().clean() or {}
        answers = {each.number: typed.pop(f"sealed_answer_{each.number}", "") for each in self.asked}
        price, files = typed.pop("sealed_price", None), typed.pop("sealed_files", None) or []
        return {**typed, "price_pence": price, "answers": answers, "files": files}


class OpenBidsForm(forms.Form):
    """Two of the three passphrases."""

    def __init__(self, *args: Any, holders: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in holders:
            self.fields[f"passphrase_{each.place}"] = fields.PasswordField(
                f"Passphrase of {each.user.full_name}",
                required=False,
                autocomplete="off",
                help_text=each.get_place_display(),
            )

    def clean(self) -> dict[str, Any]:
        """What was typed, by the place it is of."""
        return {
            "passphrases": {
                name.removeprefix("passphrase_"): words for name, words in (super().clean() or {}).items() if words
            }
        }
