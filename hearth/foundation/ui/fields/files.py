"""Fields for files."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from hearth.foundation.ui.fields.base import Drawn
from hearth.foundation.ui.widgets import Files


class FileField(Drawn, forms.FileField):
    """One file. What it may be is decided by the room that keeps it, by looking inside."""

    kind = "file"
    verb = "Choose"

    def __init__(self, label: str = "", *, accept: str = "", **options: Any) -> None:
        self.accept = accept
        messages = {
            "empty": "That file is empty. Choose another",
            "invalid": "Choose the file again: it did not arrive",
        }
        super().__init__(label, widget=options.pop("widget", forms.FileInput), max_length=200, **options)
        self.error_messages |= messages | {"max_length": "The file’s name must be 200 characters or fewer"}


class FilesField(FileField):
    """Several files, as a list."""

    unasked: ClassVar[Any] = []

    def __init__(self, label: str = "", **options: Any) -> None:
        super().__init__(label, widget=Files, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file checked as one is."""
        found = list(data) if isinstance(data, list | tuple) else [each for each in [data] if each]
        if not found and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return [FileField.clean(self, each, None) for each in found]
