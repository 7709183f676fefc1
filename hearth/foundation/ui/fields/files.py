"""Fields for files."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from hearth.foundation.ui.fields.base import Drawn
from hearth.foundation.ui.filters import megabytes
from hearth.foundation.ui.uploads import largest
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
        most = options.pop("max_length", 200)
        super().__init__(label, widget=options.pop("widget", forms.FileInput), max_length=most, **options)
        self.error_messages |= messages | {"max_length": "The file’s name must be 200 characters or fewer"}

    def to_python(self, data: Any) -> Any:
        """The file, unless it was larger than what is kept of one."""
        found = super().to_python(data)
        if found is not None and found.size > largest():
            raise ValidationError(
                f"That file has {megabytes(found.size)}. The most that can be kept is {megabytes(largest())}."
                " Make it smaller, or add it in parts",
                code="too_large",
            )
        return found


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
