"""What somebody types to find a person."""

from django import forms

from hearth.foundation.ui import fields


class FindPeopleForm(forms.Form):
    """A name in any order, or a reference; a birth date as far as known; a postcode."""

    mark_optional = False
    words = fields.TextField(
        "Name or reference",
        max_length=120,
        required=False,
        help_text="Part of a name is enough. An NHS number or unique pupil number finds them too.",
        spellcheck=False,
    )
    born = fields.PartialDateField("Date of birth", required=False, help_text="As far as you know it.")
    postcode = fields.TextField(
        "Postcode", max_length=10, required=False, width=10, help_text="Now or before.", spellcheck=False
    )
