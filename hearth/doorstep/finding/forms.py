"""What somebody may say of the help they look for. All of it may be left out."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.foundation.core.pack import label_of, offered, pack
from hearth.foundation.core.postcodes import postcode_of
from hearth.foundation.core.text import lower_first
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
    def to_put_right(self) -> bool:
        """Whether something beneath “More choices” has to be put right, so that it must be in sight."""
        return any(name in self.errors for name in FOLDED)

    def narrowed_to(self) -> list[str]:
        """What of “More choices” leaves services out, in words, so that it is seen while they are folded away."""
        said = getattr(self, "cleaned_data", {})
        found = [f"within {dict(MILES)[said['within']]}"] if said.get("within") and said.get("near") else []
        found += [f"age {said['age']}"] if said.get("age") is not None else []
        found += [DAY_NAMES[said["day"]]] if said.get("day") else []
        found += ["free"] if said.get("free") else []
        directory = pack().directory
        found += [label_of(directory.languages, said["language"])] if said.get("language") else []
        return found + [lower_first(label_of(directory.accessibility, code)) for code in said.get("access", ())]
