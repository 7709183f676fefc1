"""What people type about intentions. Field names are the actions' argument names."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.casework.panels.unmet import words
from hearth.commissioning.needs import queries
from hearth.commissioning.needs.models import IntentionState
from hearth.commissioning.needs.reach import WRITES
from hearth.foundation.accounts.fields import PersonField
from hearth.foundation.ui import fields
from hearth.records.money.forms import KeyedForm, PoundsField

NOBODY = "Nobody’s name: panels and those who wait for an answer read it too."


def _needs() -> list[tuple[str, str]]:
    return words.choices("need")


class _Written(forms.Form):
    mark_optional = False
    title = fields.TextField(
        "What is meant to be bought?", help_text=f"In a line. {NOBODY}", max_length=120,
        missing="Say in a line what is meant to be bought",
    )  # fmt: skip
    needs = fields.CheckboxesField(
        "Which needs is it for?", choices=_needs, small=True, missing="Tick at least one need that it is for"
    )
    what = fields.LongTextField(
        "What exactly, for whom, and what should change?", help_text=NOBODY, max_length=4000,
        missing="Write what is meant to be bought",
    )  # fmt: skip
    buy_by = fields.DateField("By when?", missing="Enter the day by which it is meant to be bought")
    pence = PoundsField(
        "About how much may it cost?", missing="Enter about how much",
        help_text="An indication, which commits nothing. Only the authority’s own people read it.",
    )  # fmt: skip
    owner = PersonField("Who answers for it?", permission=WRITES, missing="Say who answers for it")

    def __init__(self, *args: Any, reader: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].reader = reader


class DraftIntentionForm(_Written, KeyedForm):
    """A new intention."""

    area = fields.SelectField("For which district?", required=False)

    def __init__(self, *args: Any, areas: Sequence[Any] = (), whole: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {each.code: each for each in areas}
        self.fields["area"].choices = [(code, each.name) for code, each in self.areas.items()]
        self.fields["area"].required = not whole
        self.fields["area"].empty = "The whole authority" if whole else "Choose one"
        self.order_fields(["title", "area", "needs", "what", "buy_by", "pence", "owner"])

    def clean(self) -> dict[str, Any]:
        """The district in place of its code."""
        cleaned = super().clean() or {}
        return cleaned | {"area": self.areas.get(cleaned.get("area", ""))}


class ChangeIntentionForm(_Written):
    """The same of one that is there."""

    seen = fields.SeenField()


class MoveIntentionForm(forms.Form):
    """What becomes of it, and why."""

    state = fields.RadiosField("What becomes of it?", missing="Choose what becomes of it")
    words = fields.LongTextField(
        "Why?", help_text=f"Who agreed it, what was bought and from whom, or why it is not. {NOBODY}", max_length=2000,
        missing="Write why",
    )  # fmt: skip

    def __init__(self, *args: Any, states: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = list(states)


class CiteEvidenceForm(forms.Form):
    """Figures and themes to cite."""

    chosen = fields.CheckboxesField(
        "What does it rest on?", small=True, missing="Tick at least one figure or theme",
        help_text="A figure is copied as it stands today, with what it means. What is too few to show is cited as that.",
    )  # fmt: skip

    def __init__(self, *args: Any, there: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(each.key, each.said) for each in there]


class NeedsForm(forms.Form):
    """Which district; what cannot be read is left out, never an error."""

    mark_optional = False
    area = fields.SelectField("District", required=False, empty="Every district you see")

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = list(areas)

    def area_wanted(self) -> str:
        """The district that was chosen."""
        self.is_valid()
        return str(self.cleaned_data.get("area", ""))


class IntentionsForm(forms.Form):
    """Filters of the list; what cannot be read is left out, never an error."""

    mark_optional = False
    area = fields.SelectField("District", required=False, empty="Everywhere")
    need = fields.SelectField("Need", choices=_needs, required=False, empty="Every need")
    state = fields.SelectField("State", choices=IntentionState.choices, required=False, empty="All of them")

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(queries.WHOLE, "The whole authority"), *areas]

    def wanted(self) -> queries.Wanted:
        """What was asked, field by field."""
        self.is_valid()
        return queries.Wanted(**{key: value for key, value in self.cleaned_data.items() if value})
