"""What people type about themes. Field names are the action's argument names."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.casework.panels.unmet import words
from hearth.foundation.ui import fields

NAMES_NOBODY = "Nobody’s name: it is read by people who may open no family."


class _Described(forms.Form):
    title = fields.TextField(
        "What is missing?",
        help_text=f"In a line. {NAMES_NOBODY}",
        missing="Say in a line what is missing",
        max_length=120,
    )
    priority = fields.RadiosField(
        "How much does it matter?",
        choices=lambda: words.choices("priority"),
        inline=True,
        missing="Choose how much it matters",
    )
    analysis = fields.LongTextField(
        "What do the needs show?",
        help_text=f"For example who is affected, since when, and what is on offer nearby. {NAMES_NOBODY}",
        required=False,
        max_length=4000,
    )


class StartThemeForm(_Described):
    """A new theme of a district, with the needs that wait there."""

    area = fields.SelectField("Which district?", missing="Choose the district")
    needs = fields.CheckboxesField(
        "Which needs belong to it?",
        help_text="All of that kind that wait in the district come into the theme.",
        choices=lambda: words.choices("need"),
        small=True,
        missing="Tick at least one kind of need",
    )

    def __init__(self, *args: Any, areas: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {each.code: each for each in areas}
        self.fields["area"].choices = [(code, each.name) for code, each in self.areas.items()]
        self.order_fields(["title", "area", "needs", "priority", "analysis"])

    def clean(self) -> dict[str, Any]:
        """The district in place of its code."""
        cleaned = super().clean() or {}
        return cleaned | {"area": self.areas.get(cleaned.get("area", ""))}


class DescribeThemeForm(_Described):
    """The same of a theme that is there."""

    seen = fields.SeenField()


class GatherNeedsForm(forms.Form):
    """Which of the needs that wait belong to a theme."""

    needs = fields.CheckboxesField("Which needs belong to it too?", missing="Tick at least one kind of need")

    def __init__(self, *args: Any, waiting: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["needs"].choices = [(each.code, f"{each.need} ({each.needs})") for each in waiting]


class NoteThemeProgressForm(forms.Form):
    """How it goes."""

    words = fields.LongTextField(
        "How does it go?", help_text=NAMES_NOBODY, missing="Write how it goes", max_length=4000
    )


class AddThemeActionForm(forms.Form):
    """One action of the plan."""

    what = fields.TextField(
        "What will be done?", help_text=NAMES_NOBODY, missing="Say what will be done", max_length=200
    )
    who = fields.TextField(
        "Who does it?",
        help_text="Somebody of the sub-group, or an organisation.",
        missing="Say who does it",
        max_length=120,
    )
    due_on = fields.DateField("By when?", missing="Enter the day by which it is done")


class ChangeThemeActionForm(AddThemeActionForm):
    """The same, with how it goes."""

    progress = fields.LongTextField("How does it go?", help_text=NAMES_NOBODY, required=False, rows=3, max_length=2000)
    done_on = fields.DateField(
        "When was it done?", help_text="Leave it empty until it is.", required=False, latest="today"
    )
    seen = fields.SeenField()


class EscalateThemeForm(forms.Form):
    """What is asked of the next level."""

    words = fields.LongTextField(
        "What do you ask of them, and what was tried?", help_text=NAMES_NOBODY, missing="Write what is asked, and what was tried",
        max_length=4000,
    )  # fmt: skip


class AnswerThemeForm(forms.Form):
    """The answer."""

    answer = fields.LongTextField(
        "What is the answer?",
        help_text=f"What is done, by when, or why not. Everybody who recorded a need in it reads this. {NAMES_NOBODY}",
        missing="Write the answer: what is done, or why not",
        max_length=4000,
    )


class ResumeThemeForm(forms.Form):
    """Why the answer is not enough."""

    words = fields.LongTextField(
        "Why is the answer not enough?",
        help_text=NAMES_NOBODY,
        missing="Write why the answer is not enough",
        max_length=2000,
    )


class CloseThemeForm(forms.Form):
    """A word on how it ended, if there is one."""

    words = fields.LongTextField("What came of it?", help_text=NAMES_NOBODY, required=False, rows=3, max_length=2000)
