"""Widgets that gather what was typed in several boxes. How they look is in templates/ui/forms/."""

import datetime as dt
import re
from typing import Any

from django import forms

from hearth.foundation.ui.partial_date import PARTS, PartialDate

ISO = re.compile(r"^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$")


def date_parts(value: Any) -> dict[str, str]:
    """Day, month, year and estimated as typed text, from typed parts, a date, text as 2026-11-22, or nothing."""
    empty = dict.fromkeys((*PARTS, "estimated"), "")
    if isinstance(value, dict):
        return empty | {key: str(text or "") for key, text in value.items()}
    if isinstance(value, str):
        found = ISO.match(value.strip())
        return (
            empty | dict(zip(("year", "month", "day"), (part or "" for part in found.groups()), strict=True))
            if found
            else empty
        )
    if isinstance(value, PartialDate | dt.date):
        known = {part: str(getattr(value, part) or "") for part in PARTS}
        return empty | known | {"estimated": "yes" if getattr(value, "estimated", False) else ""}
    return empty


class DateBoxes(forms.Widget):
    """Three boxes: name-day, name-month, name-year, and name-estimated. Also takes one value as 2026-11-22."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str] | None:
        """What was typed in the boxes, or nothing when none of them was sent."""
        typed = {part: data.get(f"{name}-{part}") for part in (*PARTS, "estimated")}
        if all(text is None for text in typed.values()):
            return date_parts(data[name]) | {"whole": data[name]} if data.get(name) else None
        return {part: text or "" for part, text in typed.items()}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether no box was sent at all."""
        return name not in data and not any(f"{name}-{part}" in data for part in PARTS)


class Files(forms.FileInput):
    """Several files in one box."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """Every file that was chosen."""
        return list(files.getlist(name)) if hasattr(files, "getlist") else [f for f in [files.get(name)] if f]
