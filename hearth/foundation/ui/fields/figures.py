"""Fields for figures: whole numbers, amounts, a scale."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from hearth.foundation.ui.fields.base import Drawn

FAULTS = ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits")
LARGEST = 2_147_483_647  # what a column for whole numbers holds


def _plain(value: Any) -> Any:
    """The number without the commas and spaces people write in it; no more figures than a number can need."""
    return value.replace(",", "").replace(" ", "")[:40] if isinstance(value, str) else value


class _Figures(Drawn):
    """What fields for figures share: a text box with a keyboard of figures, because spinners change what was typed."""

    inputmode: ClassVar[str] = "numeric"

    def __init__(
        self, label: str = "", *, min_value: int | Decimal = 0, max_value: int | Decimal = LARGEST,
        prefix: str = "", suffix: str = "", width: int | str = 5, **options: Any,
    ) -> None:  # fmt: skip
        self.prefix, self.suffix, self.width = prefix, suffix, str(width)
        whole = "a whole number" if self.inputmode == "numeric" else "a number"
        sentence = f"Enter {whole} from {min_value:,} to {max_value:,}"
        if max_value == LARGEST:
            sentence = f"Enter {whole}, {min_value:,} or more"
        messages = dict.fromkeys(FAULTS, sentence)
        super().__init__(
            label, min_value=min_value, max_value=max_value, widget=forms.TextInput,
            error_messages=messages | options.pop("error_messages", {}), **options,
        )  # fmt: skip

    def to_python(self, value: Any) -> Any:
        """The number, whatever thousands marks were typed."""
        return super().to_python(_plain(value))


class NumberField(_Figures, forms.IntegerField):
    """A whole number."""


class DecimalField(_Figures, forms.DecimalField):
    """An amount, such as pounds and pence."""

    inputmode = "decimal"

    def __init__(self, label: str = "", *, decimal_places: int = 2, **options: Any) -> None:
        super().__init__(label, decimal_places=decimal_places, max_digits=options.pop("max_digits", 12), **options)


class ScaleField(Drawn, forms.TypedChoiceField):
    """A point on a scale, drawn as a row of numbers with words at both ends."""

    kind = "scale"
    verb = "Choose"

    def __init__(
        self,
        label: str = "",
        *,
        lowest: int = 0,
        highest: int = 10,
        low_words: str = "",
        high_words: str = "",
        **options: Any,
    ) -> None:
        self.lowest, self.highest, self.low_words, self.high_words = lowest, highest, low_words, high_words
        points = [(str(point), str(point)) for point in range(lowest, highest + 1)]
        messages = {"invalid_choice": f"Choose a number from {lowest} to {highest}"}
        super().__init__(
            label, choices=points, coerce=int, empty_value=None, widget=forms.RadioSelect,
            error_messages=messages | options.pop("error_messages", {}), **options,
        )  # fmt: skip
