"""A form field for naming somebody who signs in."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.http import urlencode

from hearth.foundation.accounts import queries
from hearth.foundation.accounts.models import User
from hearth.foundation.ui.fields import TextField


class PersonField(TextField):
    """Somebody of any organisation, named by typing: gives the User.

    With a script the box offers names as one types. Without, a name that only one person has is enough, and where
    several have it the answer says how to tell them apart. `permission`: only people whose role lets them do that.
    The form must set `reader`: `self.fields["lead"].reader = by`.
    """

    unasked: ClassVar[Any] = None

    def __init__(self, label: str = "", *, permission: str | None = None, **options: Any) -> None:
        self.permission = permission
        self.reader: Any = None
        options.setdefault("help_text", "Start typing their name")
        super().__init__(label, max_length=400, width="two-thirds", spellcheck=False, **options)
        query = urlencode({"permission": permission}) if permission else ""
        self.widget.attrs["data-suggest"] = reverse_lazy("people_picker")
        self.widget.attrs["data-suggest-query"] = query

    def prepare_value(self, value: Any) -> Any:
        """A person as the box shows them."""
        return queries.picked_text(value) if isinstance(value, User) else value

    def clean(self, value: Any) -> Any:
        """The one person whom the text means."""
        if isinstance(value, User):
            return value
        text = super().clean(value)
        if not text:
            return None
        found = queries.person_picked(self.reader, text, self.permission)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                f"Nobody called “{text}” can be chosen here. Check the spelling, or type their e-mail address.",
                code="nobody",
            )
        some = "; ".join(f"{one.full_name}, {queries.detail_of(one)}: {one.reference}" for one in found[:3])
        raise ValidationError(
            f"Several people match “{text}”. Type the reference of the one you mean. {some}", code="several"
        )
