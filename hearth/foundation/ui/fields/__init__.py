"""Form fields that carry their own drawing: rooms build plain Django forms from these and from nothing else.

`kind` names the macro in templates/ui/forms/kinds.html that draws the field; the other attributes are what it needs.
"""

from hearth.foundation.ui.fields.base import Drawn
from hearth.foundation.ui.fields.choices import CheckboxesField, RadiosField, SelectField, TickField, YesNoField
from hearth.foundation.ui.fields.dates import DateField, PartialDateField, TimeField
from hearth.foundation.ui.fields.figures import DecimalField, NumberField, ScaleField
from hearth.foundation.ui.fields.files import FileField, FilesField
from hearth.foundation.ui.fields.words import (
    CodeField,
    EmailField,
    HiddenField,
    LongTextField,
    PasswordField,
    PhoneField,
    SeenField,
    TextField,
    VersionField,
    is_landline,
)
from hearth.foundation.ui.partial_date import PartialDate

__all__ = [
    "CheckboxesField", "CodeField", "DateField", "DecimalField", "Drawn", "EmailField", "FileField", "FilesField",
    "HiddenField", "LongTextField", "NumberField", "PartialDate", "PartialDateField", "PasswordField", "PhoneField",
    "RadiosField", "ScaleField", "SeenField", "SelectField", "TextField", "TickField", "TimeField", "VersionField", "YesNoField",
    "is_landline",
]  # fmt: skip
