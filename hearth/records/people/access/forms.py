"""What somebody narrows the trail of a family to."""

from django import forms

from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.ui import fields
from hearth.records.people.access.queries import Looks


class LooksForm(forms.Form):
    """What was done, and by whom."""

    mark_optional = False
    kind = fields.SelectField("What", choices=AuditEvent.Kind.choices, empty="Everything", required=False)
    name = fields.TextField("Who", max_length=100, required=False, help_text="Part of a name.")

    def wanted(self) -> Looks:
        """What was asked for; everything, when it cannot be read."""
        return Looks(**self.cleaned_data) if self.is_valid() else Looks()


class FindTrailForm(forms.Form):
    """Whose trail is wanted."""

    reference = fields.TextField(
        "The family's reference",
        max_length=20,
        width=10,
        spellcheck=False,
        missing="Enter the family's reference",
        help_text="For example FA-4F7K2QX. It is on every page about the family; a manager of their area can tell you.",
    )
