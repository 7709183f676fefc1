"""What a machine says of a file that it sends: in the address, or in the form beside the file."""

from typing import Any

from django import forms

from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refusal, refuse

INPUT = "feeds.api_input"
DAY = ["%Y-%m-%d"]


def _of(what: str) -> dict[str, str]:
    sentence = f"Give {what}, such as 2026-09-30."
    return {"required": sentence, "invalid": sentence}


class SentFeedFileForm(forms.Form):
    """Which days the file covers, as at when, for which area, and its name."""

    covers_from = forms.DateField(input_formats=DAY, error_messages=_of("the first day that the file covers"))
    covers_until = forms.DateField(input_formats=DAY, error_messages=_of("the last day that the file covers"))
    as_at = forms.DateField(
        input_formats=DAY,
        required=False,
        error_messages=_of("the day on which the sender's own records were like this"),
    )
    area = forms.CharField(required=False, max_length=40)
    file_name = forms.CharField(required=False, max_length=200)

    def clean_area(self) -> str:
        """The code of a district; without one the file is about the whole authority."""
        codes = [district.code for district in pack().areas.districts]
        if (area := self.cleaned_data["area"]) and area not in codes:
            raise forms.ValidationError(f"Leave it out for the whole authority, or give one of {', '.join(codes)}.")
        return str(area)


def said_of_file(given: Any) -> dict[str, Any]:
    """The same, read. Raises Refused with a sentence that names each word at fault."""
    form = SentFeedFileForm(given)
    if not form.is_valid():
        faults = "; ".join(f"{name}: {' '.join(map(str, found))}" for name, found in form.errors.items())
        refuse(Refusal(INPUT, faults))
    return dict(form.cleaned_data)
