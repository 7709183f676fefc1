"""What a reader may ask the list of cases and a chronology for."""

from collections.abc import Iterable
from typing import Any

from django import forms

from hearth.casework.cases.models import Stage
from hearth.desk.chronology import Narrowed
from hearth.desk.queries import NO_TEAM, Wanted
from hearth.foundation.core.pack import pack
from hearth.foundation.ui import fields

WHOSE = [("mine", "My cases"), ("all", "All I may open"), ("nobody", "No lead practitioner")]
WORDS = [("read", "With what they say")]
ORDERS = [("newest", "Newest first"), ("oldest", "Oldest first")]
DUE = [("late", "Late"), ("week", "Due in the next 7 days"), ("none", "Nothing due")]


class ChronologyForm(forms.Form):
    """Filters of a family's chronology: kinds of thing, a period, which way round, and whether to read the words."""

    mark_optional = False
    kinds = fields.CheckboxesField("Show", required=False, small=True)
    from_on = fields.DateField("From", required=False, subject="The first day")
    until_on = fields.DateField("Until", required=False, subject="The last day")
    order = fields.SelectField("Order", choices=ORDERS, required=False, empty="")
    words = fields.SelectField("Notes and requests", choices=WORDS, required=False, empty="Only that there was one")

    def __init__(self, *args: Any, kinds: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [(kind, kind) for kind in kinds]

    def narrowed(self) -> Narrowed:
        """What was asked, field by field: what cannot be read is left out, and its box says why."""
        self.is_valid()
        said = self.cleaned_data if self.is_bound else {}
        return Narrowed(
            tuple(said.get("kinds") or ()),
            said.get("from_on"),
            said.get("until_on"),
            said.get("order") == "oldest",
            bool(said.get("words")),
        )


def _areas() -> list[tuple[str, Any]]:
    """Districts, under the locality that they lie in, which may be asked for as a whole."""
    areas = pack().areas
    alone = [(each.code, each.name) for each in areas.districts if each.locality is None]
    return alone + [
        (
            top.name,
            [(top.code, f"All of {top.name}"), *((d.code, d.name) for d in areas.districts if d.locality == top.code)],
        )
        for top in areas.localities
    ]


class WorkForm(forms.Form):
    """Filters of the list of cases; what cannot be read is left out, never an error."""

    mark_optional = False
    whose = fields.SelectField("Whose", choices=WHOSE, required=False, empty="")
    name = fields.TextField("Family name begins with", required=False, max_length=60)
    lead = fields.TextField("Lead practitioner", required=False, max_length=60, help_text="A name, or how it begins")
    team = fields.SelectField("Held by", required=False, empty="Any team or none")
    area = fields.SelectField("Area", required=False, empty="Every area")
    stage = fields.SelectField("Stage", choices=Stage.choices, required=False, empty="Every open stage")
    due = fields.SelectField("Due", choices=DUE, required=False, empty="Any time")

    def __init__(self, *args: Any, teams: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [*teams, (NO_TEAM, "No team")]
        self.fields["area"].choices = _areas()

    def wanted(self, whose: str) -> Wanted:
        """What was asked, field by field; `whose` is used where none was chosen."""
        self.is_valid()
        chosen = {key: value for key, value in self.cleaned_data.items() if value}
        return Wanted(**{"whose": whose, **chosen})
