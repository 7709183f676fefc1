"""What information governance types about a restricted record."""

import datetime as dt
from typing import Any

from django import forms

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.ui import fields
from hearth.records.people.restrictions import queries


class PlaceRestrictionForm(forms.Form):
    """Which record, and why. It comes back once, to ask whether that is the record which is meant."""

    asking = ""  # whose record it is, while that is asked

    meant = fields.HiddenField(max_length=12, required=False)

    reference = fields.TextField(
        "Reference of the record", max_length=12, width=10, missing="Enter the reference of the record", spellcheck=False,
        help_text="A person’s begins with PE-, a family’s with FA-. Whoever asked you has it.",
    )  # fmt: skip
    reason = fields.LongTextField(
        "Why must it be restricted?", max_length=4000, missing="Say why it must be restricted"
    )

    def __init__(self, *args: Any, reader: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader

    def clean(self) -> dict[str, Any]:
        """Whose record it is, unless that was shown already. One that is not there is for the rule to refuse."""
        said, meant = self.cleaned_data, self.cleaned_data.pop("meant", "")
        named = queries.governed(self.reader, said["reference"]) if not self.errors else None
        if named is not None and not named.restricted and meant != named.reference:
            self.asking = queries.words_of_home(self.reader, named)
            carried: Any = self.data.copy()
            carried["meant"] = named.reference
            self.data = carried
        return said

    def is_valid(self) -> bool:
        """False, without a complaint, while it is asked whether this is the record."""
        return super().is_valid() and not self.asking


class LiftRestrictionForm(forms.Form):
    """Why, and that it may be lifted."""

    reason = fields.LongTextField(
        "Why may it be opened again?", max_length=4000, missing="Say why it may be opened again",
        help_text="Such as who told you, and that the danger has gone. Information governance alone reads it.",
    )  # fmt: skip
    sure = fields.TickField(
        "The danger has gone, and this record may be opened again", required=True, missing="Tick the box to lift it"
    )


class GrantRestrictedAccessForm(forms.Form):
    """Whom, why, and until when."""

    email = fields.EmailField(
        "E-mail address they sign in with", autocomplete="off", missing="Enter the e-mail address they sign in with"
    )
    reason = fields.LongTextField(
        "Why must they open it?", max_length=2000, rows=3, missing="Say why they must open it"
    )
    until_on = fields.DateField("Until when?", earliest="today", missing="Enter the last day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        longest = pack().access.restricted_grant_days
        self.fields["until_on"].help_text = f"At most {longest} days: it can be given again then."
        self.fields["until_on"].latest = lambda: clock.today() + dt.timedelta(days=longest)
