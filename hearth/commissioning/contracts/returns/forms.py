"""What people type about returns. Field names are the actions' argument names."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from hearth.commissioning.contracts.models import TargetUnit
from hearth.commissioning.contracts.returns.figures import in_unit
from hearth.commissioning.contracts.returns.models import Part
from hearth.foundation.ui import fields
from hearth.records.money.forms import PoundsField

NOBODY = "Nobody’s name."
STORY = (
    "What happened for one family or young person, in your words. Tell it only if they agreed to it, and change every name, and whatever else "
    "would say who they are."
)
NO_MONEY = Decimal(0)


class PercentField(fields.DecimalField):
    """A percentage, as whole hundredths of one."""

    def __init__(self, label: str = "", **options: Any) -> None:
        super().__init__(label, min_value=NO_MONEY, max_value=Decimal(10_000), suffix="%", width=5, **options)

    def prepare_value(self, value: Any) -> Any:
        """Whole hundredths that a page begins with, as a percentage."""
        return f"{value // 100}.{value % 100:02d}" if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Whole hundredths."""
        found = super().clean(value)
        return None if found is None else int(found * 100)


def figure_field(unit: str, label: str, **options: Any) -> forms.Field:
    """The box for a figure that is counted so. It may stay empty: nobody has said it yet."""
    if unit == TargetUnit.PENCE:
        return PoundsField(label, min_value=NO_MONEY, required=False, **options)
    if unit == TargetUnit.PERCENT:
        return PercentField(label, required=False, **options)
    return fields.NumberField(label, required=False, **options)


class StoryForm(forms.Form):
    """The two ticks without which no case study is sent."""

    consented = fields.TickField("Whoever it is about agreed that it is told", required=False)
    names_changed = fields.TickField("Every name in it is changed", required=False)


class WriteReturnForm(StoryForm):
    """The whole return: a figure and words for each target, money, a case study, difficulties."""

    mark_optional = False
    spent_pence = PoundsField("What did you spend on this contract in the quarter?", min_value=NO_MONEY, required=False)
    spent_words = fields.LongTextField(
        "What explains it?", required=False, rows=3, max_length=4000, help_text=f"Where it is not what was planned, or not known yet. {NOBODY}"
    )  # fmt: skip
    case_study = fields.LongTextField("A case study", required=False, rows=8, max_length=10_000, help_text=STORY)
    difficulties = fields.LongTextField(
        "What was difficult, and what do you need from us?", required=False, rows=4, max_length=4000, help_text=NOBODY
    )  # fmt: skip
    seen = fields.SeenField()

    def __init__(
        self, *args: Any, rows: Sequence[Any] = (), told: dict[Any, str] | None = None, paid: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        self.fields["spent_pence"].help_text = paid
        for each in self.rows:
            self.fields[f"actual_{each.target.number}"] = figure_field(
                each.target.unit, each.target.name, help_text=(told or {}).get(each.target_id, "")
            )
            self.fields[f"words_{each.target.number}"] = fields.LongTextField(
                f"What explains “{each.target.name}”?", required=False, rows=2, max_length=4000,
                help_text=f"Where it is behind or ahead, or there is no figure. {NOBODY}",
            )  # fmt: skip
        own = [name for each in self.rows for name in (f"actual_{each.target.number}", f"words_{each.target.number}")]
        self.order_fields(
            [*own, "spent_pence", "spent_words", "case_study", "consented", "names_changed", "difficulties", "seen"]
        )

    def clean(self) -> dict[str, Any]:
        """Figures and words by target."""
        typed = super().clean() or {}
        if self.errors:
            return typed
        numbered = [
            (each.target_id, f"actual_{each.target.number}", f"words_{each.target.number}") for each in self.rows
        ]
        figures = {target: (typed.pop(actual), typed.pop(words)) for target, actual, words in numbered}
        return typed | {"figures": figures}


def initial_of(owner: Any, rows: Sequence[Any], seen: str) -> dict[str, Any]:
    """A return as its page begins."""
    names = ("spent_pence", "spent_words", "case_study", "consented", "names_changed", "difficulties")
    found: dict[str, Any] = {name: getattr(owner, name) for name in names} | {"seen": seen}
    for each in rows:
        found[f"actual_{each.target.number}"], found[f"words_{each.target.number}"] = each.actual, each.words
    return found


class SendReturnForm(forms.Form):
    """It is sent as it stands."""


class QueryReturnForm(forms.Form):
    """What is asked about one figure or part."""

    mark_optional = False
    about = fields.SelectField("What do you ask about?", missing="Choose what you ask about", empty="Choose one")
    question = fields.LongTextField(
        "What do you want to know?", max_length=4000, rows=4, help_text=NOBODY, missing="Write what you want to know"
    )

    def __init__(self, *args: Any, rows: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(each.target.number): each for each in rows}
        figures = [
            (key, f"{each.target.name}: {in_unit(each.target.unit, each.actual)}") for key, each in self.rows.items()
        ]
        self.fields["about"].choices = [*figures, *(each for each in Part.choices if each[0] != Part.FIGURE)]

    def clean(self) -> dict[str, Any]:
        """The figure, or the part, in place of what stands for it."""
        typed = super().clean() or {}
        about = typed.pop("about", "")
        figure = self.rows.get(about)
        return typed | {"part": Part.FIGURE if figure is not None else about, "figure": figure}


class AnswerQueryForm(StoryForm):
    """The part as it is to read, and the answer. Which boxes there are hangs on what was asked about."""

    mark_optional = False
    actual = fields.NumberField("The figure", required=False)
    words = fields.LongTextField("How it is to read", required=False, rows=6, max_length=10_000, help_text=NOBODY)
    answer = fields.LongTextField(
        "Your answer", max_length=4000, rows=4, missing="Write your answer", help_text=f"What you changed and why; or why it stays. {NOBODY}"
    )  # fmt: skip
    field_order = ("actual", "words", "consented", "names_changed", "answer")

    def __init__(self, *args: Any, query: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        part = query.part if query is not None else Part.FIGURE
        if part == Part.FIGURE and query is not None:
            self.fields["actual"] = figure_field(query.figure.target.unit, query.figure.target.name)
            self.fields["words"].label = "What explains it?"
        elif part == Part.SPENT:
            self.fields["actual"] = figure_field(TargetUnit.PENCE, "What did you spend in the quarter?")
            self.fields["words"].label = "What explains it?"
        else:
            del self.fields["actual"]
        if part == Part.PEOPLE:
            del self.fields["words"]
        if part != Part.CASE_STUDY:
            del self.fields["consented"], self.fields["names_changed"]
        self.order_fields(self.field_order)


def answer_initial(owner: Any, query: Any) -> dict[str, Any]:
    """The part as it reads now."""
    if query.figure is not None:
        return {"actual": query.figure.actual, "words": query.figure.words}
    if query.part == Part.SPENT:
        return {"actual": owner.spent_pence, "words": owner.spent_words}
    story = {"consented": owner.consented, "names_changed": owner.names_changed}
    return {
        "words": {Part.CASE_STUDY: owner.case_study, Part.DIFFICULTIES: owner.difficulties}.get(query.part, "")
    } | story


class CertifyReturnForm(forms.Form):
    """What whoever certifies it says."""

    words = fields.TextField(
        "What do you say of it? (optional)",
        required=False,
        max_length=400,
        help_text=f"The provider reads this. {NOBODY}",
    )


class CorrectReturnForm(forms.Form):
    """Why what was certified is corrected."""

    why = fields.TextField("Why is it corrected?", max_length=400, missing="Say why it is corrected", help_text=NOBODY)


class SendPeopleForm(forms.Form):
    """A file of people."""

    file = fields.FileField("The file", accept=".csv,.xlsx", missing="Choose the file")


class AddPersonToListForm(forms.Form):
    """One person, typed."""

    given_name = fields.TextField("Given name", max_length=100, missing="Enter their given name")
    family_name = fields.TextField("Family name", max_length=100, missing="Enter their family name")
    born = fields.PartialDateField("Date of birth, as far as you know it", required=False, latest="today")
    postcode = fields.TextField("Postcode", required=False, max_length=10, width=10)
    number = fields.TextField("NHS number or unique pupil number", required=False, max_length=20, width=20)


class EraseListedForm(forms.Form):
    """Whom to find on, or erase from, every provider's list."""

    given_name = fields.TextField("Given name", max_length=100, missing="Enter their given name")
    family_name = fields.TextField("Family name", max_length=100, missing="Enter their family name")
    why = fields.TextField(
        "Why?", max_length=200, missing="Say why", help_text="Such as the reference of their request."
    )
    erase = fields.YesNoField(
        "Are they erased?", missing="Say whether they are erased", help_text="“No” shows what is held, to answer whoever asks, and erases nothing."
    )  # fmt: skip
