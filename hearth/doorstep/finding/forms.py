"""What somebody may say of the help they look for. All of it may be left out."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.foundation.core.pack import offered, pack
from hearth.foundation.core.postcodes import postcode_of
from hearth.foundation.ui import fields
from hearth.records.directory.finding.queries import OUTWARD, Looked
from hearth.records.directory.words import DAY_NAMES

MILES = (("1", "1 mile"), ("3", "3 miles"), ("5", "5 miles"), ("10", "10 miles"), ("20", "20 miles"))
FOLDED = ("within", "age", "day", "free", "language", "needs", "access")  # beneath “More choices”


class FindHelpForm(forms.Form):
    """One box in plain words and one for a postcode; the rest is folded away."""

    mark_optional = False

    words = fields.TextField(
        "What do you need help with?", required=False, help_text="In your own words, such as “won’t go to school” or “money”.",
    )  # fmt: skip
    near = fields.TextField(
        "Postcode", required=False, max_length=12, width=10, autocomplete="postal-code",
        help_text="Yours, or the first half of it, such as BB11.",
    )  # fmt: skip
    within = fields.SelectField("How far?", choices=MILES, required=False, empty="Any distance")
    age = fields.NumberField("Age of the child or young person", required=False, max_value=120, width=3, suffix="years")
    day = fields.SelectField("Day", choices=list(DAY_NAMES.items()), required=False, empty="Any day")
    free = fields.TickField("Only what is free", required=False)
    language = fields.SelectField(
        "Language beside English", choices=lambda: offered(pack().directory.languages), required=False, empty="Any"
    )
    needs = fields.CheckboxesField(
        "What is it about?", choices=lambda: offered(pack().directory.needs), required=False, small=True
    )
    access = fields.CheckboxesField(
        "The place must have", choices=lambda: offered(pack().directory.accessibility), required=False, small=True
    )

    def clean_near(self) -> str:
        """A postcode, or the first half of one."""
        typed = self.cleaned_data["near"]
        if typed and not postcode_of(typed) and not OUTWARD.match(re.sub(r"\s", "", typed.upper())):
            raise ValidationError(
                "Enter a postcode, such as BB11 1AA, or its first half. Without one we show every place"
            )
        return typed

    def looked(self, page: Any = 1) -> Looked:
        """What can be read of it; what cannot is said beside its box, and left out."""
        said = getattr(self, "cleaned_data", {})
        return Looked(
            words=said.get("words", ""),
            near=said.get("near", ""),
            within=int(said["within"]) if said.get("within") else None,
            needs=tuple(said.get("needs", ())),
            age=said.get("age"),
            day=said.get("day", ""),
            free=bool(said.get("free")),
            language=said.get("language", ""),
            access=tuple(said.get("access", ())),
            page=page,
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether something beneath “More choices” was chosen, or has to be put right."""
        said = getattr(self, "cleaned_data", {})
        return any(said.get(name) or name in self.errors for name in FOLDED)
