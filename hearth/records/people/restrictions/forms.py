"""What information governance types about a restricted record."""

import datetime as dt
from typing import Any

from django import forms

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.ui import fields


class PlaceRestrictionForm(forms.Form):
    """Which record, and why."""

    reference = fields.TextField(
        "Reference of the record", max_length=12, width=10, missing="Enter the reference of the record", spellcheck=False,
        help_text="A person’s begins with PE-, a family’s with FA-. Whoever asked you has it.",
    )  # fmt: skip
    reason = fields.LongTextField(
        "Why must it be restricted?", max_length=4000, missing="Say why it must be restricted"
    )


class LiftRestrictionForm(forms.Form):
    """That it may be lifted."""

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
