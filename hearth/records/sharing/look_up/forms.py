"""What somebody types to see whether a person is known."""

from django import forms

from hearth.foundation.ui import fields


class LookUpPeopleForm(forms.Form):
    """A name, a birth date as far as known, a postcode, a number. The boxes are named as in the forms that ask while one types."""

    mark_optional = False
    given_name = fields.TextField("First name", max_length=100, required=False, spellcheck=False)
    family_name = fields.TextField("Last name", max_length=100, required=False, spellcheck=False)
    born = fields.PartialDateField("Date of birth", required=False, help_text="As far as you know it.")
    postcode = fields.TextField("Postcode", max_length=10, required=False, width=10, spellcheck=False)
    number = fields.TextField(
        "NHS number or unique pupil number",
        max_length=20,
        required=False,
        width=20,
        help_text="If you know it.",
        spellcheck=False,
    )

    def typed(self) -> dict[str, object]:
        """What can be read of it: a box at fault counts as empty, as somebody may still be typing."""
        self.is_valid()
        said = self.cleaned_data
        return {name: said.get(name) or ("" if name != "born" else None) for name in self.fields}
