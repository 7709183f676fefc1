"""What a person says of a document."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.ui import fields
from hearth.foundation.ui.filters import megabytes
from hearth.foundation.ui.uploads import largest
from hearth.records.documents.models import Kind

ACCEPT = ".pdf,.jpg,.jpeg,.png,.gif,.webp,.docx,.xlsx,.odt,.ods,.rtf,.txt"
KEPT = "A PDF, a picture, a Word or OpenDocument file."
NOT_KEPT = "Where and when a picture was taken is not kept."
CHOOSE_AGAIN = "Choose the file again: the file has to be chosen anew each time the page comes back"


class AddDocumentForm(forms.Form):
    """One file, what it is, whom it is about, and what it shows or says."""

    file = fields.FileField(
        "The file",
        accept=ACCEPT,
        missing="Choose a file",
        max_length=None,
    )
    kind = fields.RadiosField("What is it?", choices=Kind.choices, small=True, missing="Choose what it is")
    person = fields.RadiosField("Who is it about?", required=False, small=True, missing="Choose who it is about")
    caption = fields.TextField(
        "What does it show or say?",
        required=False,
        help_text="A few words, so that others need not open it to know. For example: hospital letter of 3 September.",
    )

    def __init__(self, *args: Any, people: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = f"{KEPT} Up to {megabytes(largest())}. {NOT_KEPT}"
        self.people = {str(person.reference): person for person in people}
        self.fields["person"].choices = [("", "The whole family"), *((k, p.full_name) for k, p in self.people.items())]
        if not people:
            del self.fields["person"]

    def clean_person(self) -> Any:
        """The person, or nobody for the whole family."""
        return self.people.get(self.cleaned_data["person"])

    def clean(self) -> dict[str, Any]:
        """A browser never sends a file twice by itself."""
        cleaned = super().clean() or {}
        if self.errors and self.files.get(self.add_prefix("file")) and "file" not in self.errors:
            self.add_error("file", CHOOSE_AGAIN)
        return cleaned


class WithdrawDocumentForm(forms.Form):
    """Why it is taken back."""

    because = fields.LongTextField(
        "Why is it withdrawn?",
        max_length=1000,
        rows=3,
        help_text="For example: it is about another family. The row stays with this reason; nobody can open the file.",
        missing="Write why it is withdrawn",
    )
