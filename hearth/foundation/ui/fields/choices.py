"""Fields for choosing: radios, yes or no, a drop-down list, boxes to tick."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from hearth.foundation.ui.fields.base import Drawn, ask

Choices = Iterable[tuple[str, Any]] | Callable[[], Iterable[tuple[str, Any]]]


class _Chosen(Drawn):
    """What fields with choices share."""

    verb = "Choose"
    hints: Mapping[str, str]
    reveals: Mapping[str, Sequence[str]]

    def __init__(
        self, label: str = "", *, choices: Choices = (), hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, Sequence[str]] | None = None, inline: bool = False, small: bool = False, **options: Any,
    ) -> None:  # fmt: skip
        self.hints, self.reveals, self.inline, self.small = hints or {}, reveals or {}, inline, small
        messages = {"invalid_choice": options.get("missing") or ask(label, "Choose")}
        super().__init__(label, choices=choices, error_messages=messages | options.pop("error_messages", {}), **options)


class RadiosField(_Chosen, forms.ChoiceField):
    """One of a few, all of them in sight."""

    kind = "radios"
    unasked: ClassVar[Any] = ""
    widget = forms.RadioSelect


class YesNoField(RadiosField):
    """Yes or no, with neither chosen to begin with. Gives True or False, or None where it may be left out."""

    unasked: ClassVar[Any] = None

    def __init__(self, label: str = "", *, inline: bool = True, **options: Any) -> None:
        super().__init__(label, choices=[("yes", "Yes"), ("no", "No")], inline=inline, **options)

    def prepare_value(self, value: Any) -> Any:
        """True and False as the radio's own values."""
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def clean(self, value: Any) -> Any:
        """True, False, or None when it was left out."""
        if isinstance(value, bool):
            value = self.prepare_value(value)
        return {"yes": True, "no": False}.get(super().clean(value))


class SelectField(_Chosen, forms.ChoiceField):
    """One of many, in a drop-down list. Groups are (words, [(key, words), ...])."""

    kind = "select"
    unasked = ""

    def __init__(self, label: str = "", *, empty: str = "Choose one", width: int | str = "", **options: Any) -> None:
        self.empty, self.width = empty, str(width)
        super().__init__(label, **options)


class CheckboxesField(_Chosen, forms.MultipleChoiceField):
    """Any of a few. `none` adds a last box that says none of them.

    It takes no tick away: a sign of danger that was ticked and cleared unseen would be lost. Both ticked is refused.
    """

    kind = "checkboxes"
    unasked: ClassVar[Any] = []
    widget = forms.CheckboxSelectMultiple
    NONE = "none_of_these"

    def __init__(self, label: str = "", *, none: str = "", **options: Any) -> None:
        self.none = none
        super().__init__(label, **options)

    def clean(self, value: Any) -> list[str]:
        """The keys that were ticked; an empty list for none of these."""
        if self.none and value and self.NONE in value:
            if len(value) > 1:
                raise ValidationError(f"Choose “{self.none}” alone, or take its tick away", code="none_and_some")
            return []
        return list(super().clean(value))


class TickField(Drawn, forms.BooleanField):
    """One box that says yes. Required means it must be ticked."""

    kind = "tick"
    unasked = False
    verb = "Tick"

    def __init__(self, label: str = "", *, required: bool = False, missing: str = "", **options: Any) -> None:
        super().__init__(label, required=required, missing=missing or f"Tick “{label}” to go on", **options)
