"""Fields for text: a line, a page, an address, a password, and what travels hidden."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from hearth.foundation.core.text import clean
from hearth.foundation.ui.fields.base import Drawn


class TextField(Drawn, forms.CharField):
    """One line of text, cleaned of what cannot be stored or would mislead the eye."""

    unasked = ""
    input_type: ClassVar[str] = "text"
    inputmode: ClassVar[str] = ""
    complaint: ClassVar[str] = ""

    def __init__(
        self, label: str = "", *, max_length: int = 200, width: int | str = "", autocomplete: str = "off",
        prefix: str = "", suffix: str = "", spellcheck: bool | None = None, **options: Any,
    ) -> None:  # fmt: skip
        self.width, self.autocomplete, self.prefix, self.suffix = str(width), autocomplete, prefix, suffix
        self.spellcheck = spellcheck
        messages = {"max_length": f"{label or 'This'} must be {max_length:,} characters or fewer".replace("?", "")}
        if self.complaint:
            messages["invalid"] = self.complaint
        super().__init__(
            label, max_length=max_length, error_messages=messages | options.pop("error_messages", {}), **options
        )

    def to_python(self, value: Any) -> str:
        """The text without control characters, with plain line ends."""
        return super().to_python(clean(str(value)) if value not in self.empty_values else value) or ""


class LongTextField(TextField):
    """Several lines of text; how much room is left is shown near the limit."""

    kind = "long_text"

    def __init__(self, label: str = "", *, max_length: int = 10_000, rows: int = 5, **options: Any) -> None:
        self.rows = rows
        super().__init__(label, max_length=max_length, widget=forms.Textarea, **options)


class EmailField(TextField):
    """An e-mail address."""

    input_type = "email"
    inputmode = "email"
    default_validators = forms.EmailField.default_validators
    complaint = "Enter an e-mail address in the form name@example.org"

    def __init__(self, label: str = "E-mail address", *, autocomplete: str = "email", **options: Any) -> None:
        super().__init__(label, max_length=254, autocomplete=autocomplete, spellcheck=False, **options)


LANDLINE = re.compile(r"(?:0|(?:00)?44(?:0)?)[123][0-9]+")


def is_landline(number: str) -> bool:
    """Whether a number is a British one that is no mobile's: 01, 02 and 03, or the same after 44."""
    return LANDLINE.fullmatch("".join(filter(str.isdigit, number))) is not None


class PhoneField(TextField):
    """A telephone number, as people write it: figures, spaces, brackets, an extension."""

    input_type = "tel"
    inputmode = "tel"

    def __init__(self, label: str = "Telephone number", *, autocomplete: str = "off", **options: Any) -> None:
        super().__init__(label, max_length=40, width=options.pop("width", 20), autocomplete=autocomplete, **options)

    def clean(self, value: Any) -> str:
        """At least six figures; ten with an area's code or a mobile's, which begins with a nought."""
        text = super().clean(value)
        figures = "".join(character for character in text if character.isdigit())
        if text and len(figures) < (10 if figures.startswith("0") else 6):
            raise ValidationError("Enter a telephone number, such as 01632 960 001", code="invalid")
        return text


class PasswordField(TextField):
    """A password: shown on request, never drafted, never sent back."""

    kind = "password"

    def __init__(self, label: str = "Password", *, autocomplete: str = "current-password", **options: Any) -> None:
        super().__init__(
            label, autocomplete=autocomplete, max_length=4096, strip=False, widget=forms.PasswordInput, **options
        )


class CodeField(TextField):
    """The six figures that an authenticator shows; spaces are forgiven."""

    inputmode = "numeric"

    def __init__(self, label: str = "Code", **options: Any) -> None:
        super().__init__(label, max_length=12, width=5, autocomplete="one-time-code", spellcheck=False, **options)

    def clean(self, value: Any) -> str:
        """Six figures."""
        text = super().clean(value).replace(" ", "")
        if text and not (len(text) == 6 and text.isascii() and text.isdigit()):
            raise ValidationError("Enter the 6 figures that your authenticator shows now", code="invalid")
        return text


class HiddenField(TextField):
    """A value that travels with the form unseen. It is typed by nobody, so never trust it."""

    kind = "hidden"

    def __init__(self, *, max_length: int = 200, **options: Any) -> None:
        super().__init__("This page", max_length=max_length, widget=forms.HiddenInput, **options)


OUT_OF_DATE = "This page is out of date. Open it again from the record"


class VersionField(Drawn, forms.IntegerField):
    """The version of the row as it was when the page was opened; the action refuses a stale one."""

    kind = "hidden"

    def __init__(self, **options: Any) -> None:
        super().__init__(
            "This page", missing=OUT_OF_DATE, min_value=0, max_value=2_147_483_647, widget=forms.HiddenInput,
            error_messages={"invalid": OUT_OF_DATE, "min_value": OUT_OF_DATE, "max_value": OUT_OF_DATE}, **options,
        )  # fmt: skip


class SeenField(Drawn, forms.CharField):
    """The same for rows without a version: what the page showed, in a few letters (core/seen.py)."""

    kind = "hidden"

    def __init__(self, **options: Any) -> None:
        super().__init__(
            "This page", missing=OUT_OF_DATE, max_length=64, widget=forms.HiddenInput,
            error_messages={"max_length": OUT_OF_DATE}, **options,
        )  # fmt: skip
