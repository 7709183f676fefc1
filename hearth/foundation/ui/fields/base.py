"""What every field of ours has."""

from typing import Any, ClassVar

from django import forms

from hearth.foundation.core.text import lower_first
from hearth.foundation.ui.reveal import is_asked


def ask(label: str, verb: str = "Enter") -> str:
    """The sentence for an empty answer, from the label, when the form gives none of its own."""
    if label.endswith("?"):
        return f"Answer “{label}”" if verb == "Enter" else f"Choose an answer to “{label}”"
    return f"{verb} {lower_first(label)}"


class Drawn(forms.Field):
    """What every field of ours has: a label first, a sentence when it is empty, and silence while it is not asked."""

    kind: ClassVar[str] = "text"
    verb: ClassVar[str] = "Enter"
    unasked: ClassVar[Any] = None
    heading: bool
    missing: str

    def __init__(self, label: str = "", *, missing: str = "", heading: bool = False, **options: Any) -> None:
        self.missing = missing or ask(label, self.verb)
        self.heading = heading
        messages = {"required": self.missing, **(options.pop("error_messages", None) or {})}
        super().__init__(label=label, error_messages=messages, **options)

    def unasked_answer(self) -> Any:
        """The answer to a question that was not asked."""
        return list(self.unasked) if isinstance(self.unasked, list) else self.unasked

    def _clean_bound_field(self, bound: forms.BoundField) -> Any:
        # Django's own step for one field (5.2): the only place where a field can see the rest of its form.
        if not is_asked(bound.form, bound.name):
            return self.unasked_answer()
        return super()._clean_bound_field(bound)  # type: ignore[misc]
