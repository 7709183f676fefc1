"""What is typed of a row of a project. Field names are the actions' argument names."""

from typing import Any

from django import forms

from hearth.foundation.core.packs.measures import Row
from hearth.foundation.ui import fields
from hearth.oversight.performance.rules import MOST

NOBODY = "Nobody’s name: whoever sees figures reads it."


class TypeFigureForm(forms.Form):
    """What a row had reached: a number, or words and what is said of them."""

    figure = fields.NumberField("How many were achieved?", min_value=0, max_value=MOST, missing="Enter how many")
    words = fields.TextField("What was achieved?", max_length=200, required=False, help_text=NOBODY)
    said = fields.RadiosField("What is said of it?", required=False)
    remark = fields.TextField(
        "Remark", max_length=300, required=False, help_text=f"What goes with the figure. {NOBODY}"
    )
    source = fields.TextField(
        "Where do you have it from?", max_length=200, missing="Say where you have the figure from",
        help_text="Such as a return to the funder, with its day.",
    )  # fmt: skip

    def __init__(self, *args: Any, row: Row, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row.is_number:
            del self.fields["words"], self.fields["said"]
        else:
            del self.fields["figure"]
            self.fields["said"].choices = [(word, word) for word in row.says]


class ChangeFigureForm(TypeFigureForm):
    """The same of one that is there, with why."""

    why = fields.TextField(
        "Why is it changed?", max_length=300, missing="Write why it is changed", help_text="It stands in the history."
    )
    seen = fields.SeenField()


class ProjectForm(forms.Form):
    """Which project, as at which day. What cannot be read is left out, never an error."""

    mark_optional = False
    project = fields.SelectField("Project", required=False, empty="")
    as_at = fields.SelectField("As at", required=False, empty="")

    def __init__(self, *args: Any, projects: Any = (), days: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].choices = list(projects)
        self.fields["as_at"].choices = list(days)
