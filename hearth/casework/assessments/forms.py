"""What a person may type: a page of the form, made from the practice pack, and what goes with sending and judging."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from hearth.casework.assessments.boxes import YES_NO_NOT_SURE, Box, boxes_of, tidy
from hearth.casework.assessments.progress import Progress
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.core.packs.assessment_form import Section
from hearth.foundation.ui import fields
from hearth.foundation.ui.widgets import date_parts


def _asked(box: Box) -> dict[str, Any]:
    """What every kind of box is made with. Nothing must be filled in to save."""
    if box.part:
        return {"label": box.label, "required": False}  # help is drawn once, above both boxes
    return {"label": box.label, "help_text": box.question.help, "required": False}


def _choices(box: Box, held: Any) -> list[tuple[str, str]]:
    """What can be picked: nothing that is retired, unless it was picked when it was not."""
    kept = held if isinstance(held, list) else [held]
    return [(o.code, o.label) for o in box.question.options if not o.retired or o.code in kept]


def _text(box: Box, held: Any) -> forms.Field:
    return fields.TextField(**_asked(box), max_length=500)


def _long_text(box: Box, held: Any) -> forms.Field:
    return fields.LongTextField(**_asked(box), rows=box.question.rows, max_length=10_000)


def _hints(box: Box) -> dict[str, str]:
    return {option.code: option.hint for option in box.question.options if option.hint}


def _choice(box: Box, held: Any) -> forms.Field:
    return fields.RadiosField(**_asked(box), choices=_choices(box, held), hints=_hints(box), small=True)


def _many(box: Box, held: Any) -> forms.Field:
    return fields.CheckboxesField(**_asked(box), choices=_choices(box, held), hints=_hints(box), small=True)


def _yes_no(box: Box, held: Any) -> forms.Field:
    return fields.RadiosField(**_asked(box), choices=YES_NO_NOT_SURE, inline=True, small=True)


def _scale(box: Box, held: Any) -> forms.Field:
    return fields.ScaleField(**_asked(box), low_words=box.question.low, high_words=box.question.high)


def _date(box: Box, held: Any) -> forms.Field:
    # An assessment says what has been: a day to come is a slip of the finger.
    return fields.DateField(**_asked(box), latest="today")


KINDS: dict[str, Callable[[Box, Any], forms.Field]] = {
    "text": _text,
    "long_text": _long_text,
    "strengths_and_needs": _long_text,
    "choice": _choice,
    "many": _many,
    "yes_no_not_sure": _yes_no,
    "scale_0_10": _scale,
    "date": _date,
}
WORDS = ("text", "long_text", "strengths_and_needs")
SILENT = (
    "choice",
    "many",
    "yes_no_not_sure",
    "scale_0_10",
)  # kinds of which a browser sends nothing when nothing is picked


class WriteSectionForm(forms.Form):
    """One page of the form. Nothing has to be filled in to save it."""

    mark_optional = False

    def __init__(self, *args: Any, section: Section, held: Mapping[str, Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.boxes = boxes_of(section)
        for box in self.boxes:
            self.fields[box.name] = KINDS[box.question.kind](box, held.get(box.name))
            if box.question.kind in WORDS:
                self.fields[box.name].widget.attrs["dir"] = "auto"  # Urdu is typed from the right
            if box.question.required and not box.part:
                self.fields[box.name].label = f"{box.label} (needed)"  # not in its sentences, which were made before

    def leave_unjudged(self: Any) -> None:
        """Show what is in it, exactly, and no faults: it has not been sent."""
        self._errors, self.cleaned_data = ErrorDict(), {}

    def typed(self) -> dict[str, Any]:
        """What was sent, by box, as it would be stored; without boxes that hold a fault or were not on the page."""
        return {
            box.name: tidy(self.cleaned_data[box.name])
            for box in self.boxes
            if box.name in self.cleaned_data and self.sent(box)
        }

    def sent(self, box: Box) -> bool:
        """Whether the box was on the page that was sent."""
        widget = self.fields[box.name].widget
        return box.question.kind in SILENT or not widget.value_omitted_from_data(self.data, self.files, box.name)


def put(data: QueryDict, box: Box, value: Any) -> None:
    """Write a stored value into form data, as a browser would send it."""
    if box.question.kind == "date":
        parts = date_parts(dt.date.fromisoformat(value) if value else None)
        for part in ("day", "month", "year"):
            data[f"{box.name}-{part}"] = parts[part]
    elif value is None and box.question.kind in SILENT:
        data.pop(box.name, None)
    else:
        data.setlist(
            box.name, [str(each) for each in (value if isinstance(value, list) else ["" if value is None else value])]
        )


def copy(data: QueryDict, source: QueryDict, box: Box) -> None:
    """Take what was typed in a box from other form data, as it was typed."""
    for name in (box.name, *(f"{box.name}-{part}" for part in ("day", "month", "year"))):
        if name in source:
            data.setlist(name, source.getlist(name))


class SendAssessmentForm(forms.Form):
    """To whom, and what it comes to."""

    level = fields.RadiosField("Which level of need does this come to?", choices=lambda: offered(pack().levels.levels))
    to = fields.RadiosField("Who should read it and sign it off?", missing="Choose who should sign it off")
    words = fields.LongTextField("Anything they should know?", required=False, max_length=2000, rows=3)
    seen_version = fields.VersionField()

    def __init__(self, *args: Any, managers: Mapping[str, tuple[Any, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.managers = managers
        self.fields["to"].choices = [(key, user.full_name) for key, (user, _) in managers.items()]
        self.fields["to"].hints = {key: hint for key, (_, hint) in managers.items()}
        levels = {level.code: level.description for level in pack().levels.levels}
        self.fields["level"].hints = levels

    def clean_to(self) -> Any:
        """The manager who was chosen."""
        return self.managers[self.cleaned_data["to"]][0]


class ReturnAssessmentForm(forms.Form):
    """What has to be put right, as a whole and page by page: one box for each page as its author has them."""

    words = fields.LongTextField(
        "What should be put right?", help_text="Say what is good as well. The author reads this first.", max_length=4000
    )
    seen_version = fields.VersionField()

    def __init__(self, *args: Any, progress: Progress, **options: Any) -> None:
        super().__init__(*args, **options)
        self.groups = progress.groups
        for page in progress.pages:
            about = f", {page.child.full_name}" if page.child else ""
            self.fields[f"about_{page.anchor}"] = fields.LongTextField(
                f"{page.section.title}{about}", required=False, max_length=4000, rows=2
            )

    @property
    def answers(self) -> dict[str, Any]:
        """What the action takes, with what was said of each page by its anchor."""
        anchors = [page.anchor for group in self.groups for page in group.pages]
        comments = {anchor: self.cleaned_data[f"about_{anchor}"] for anchor in anchors}
        return {name: self.cleaned_data[name] for name in ("words", "seen_version")} | {"comments": comments}


class SignOffAssessmentForm(forms.Form):
    """That it was read, and perhaps a word to its author."""

    read = fields.TickField(
        "I have read the whole assessment", required=True, missing="Read the assessment, then tick that you have"
    )
    words = fields.LongTextField("A word to the author", required=False, max_length=2000, rows=3)
    seen_version = fields.VersionField()

    @property
    def answers(self) -> dict[str, Any]:
        """What the action takes: the tick is only for the eye."""
        return {name: self.cleaned_data[name] for name in ("words", "seen_version")}


class StartNewVersionForm(forms.Form):
    """Why a signed-off assessment has to change."""

    because = fields.LongTextField(
        "What has changed since it was signed off?",
        max_length=2000,
        rows=3,
        missing="Say what has changed since it was signed off",
    )
