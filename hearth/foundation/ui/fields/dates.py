"""Fields for dates and times of day."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, ClassVar, Literal

from django import forms
from django.core.exceptions import ValidationError

from hearth.foundation.core import clock
from hearth.foundation.ui import filters
from hearth.foundation.ui.fields.base import Drawn
from hearth.foundation.ui.partial_date import DateFaultError, PartialDate, read_parts
from hearth.foundation.ui.widgets import DateBoxes, date_parts

Bound = dt.date | Literal["today"] | Callable[[], dt.date] | None
SPOKEN = re.compile(r"^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm)?$", re.ASCII)


def bound_of(limit: Bound) -> dt.date | None:
    """The day a limit stands for now."""
    if limit == "today":
        return clock.today()
    return limit() if callable(limit) else limit


class _DateBoxes(Drawn):
    """What both date fields share: three boxes, a sentence for each fault, limits."""

    kind: ClassVar[str] = "date"
    widget = DateBoxes
    partial: ClassVar[bool] = False

    def __init__(
        self,
        label: str = "",
        *,
        earliest: Bound = None,
        latest: Bound = None,
        subject: str = "",
        autocomplete: str = "",
        **options: Any,
    ) -> None:
        self.earliest, self.latest, self.autocomplete = earliest, latest, autocomplete
        self.subject = subject or ("The date" if label.endswith("?") or not label else label)
        super().__init__(label, **options)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the boxes say something else than at first."""
        return date_parts(initial) != date_parts(data)

    def read(self, value: Any) -> PartialDate | None:
        """What the boxes say, or nothing; every fault names the boxes it is in."""
        parts = date_parts(value)
        if isinstance(value, dict) and value.get("whole") and not parts["year"]:
            raise self.fault(DateFaultError("must be a real date"))
        if not any(parts[part] for part in ("day", "month", "year")):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required", params={"parts": ("day",)})
            return None
        try:
            return read_parts(
                parts["day"], parts["month"], parts["year"], partial=self.partial, estimated=parts["estimated"] == "yes"
            )
        except DateFaultError as fault:
            raise self.fault(fault) from fault

    def fault(self, fault: DateFaultError) -> ValidationError:
        """The fault as a sentence about this date."""
        return ValidationError(f"{self.subject} {fault.sentence}", code="invalid", params={"parts": fault.parts})

    def check_limits(self, found: PartialDate) -> None:
        """Refuse a date that can only lie outside the limits."""
        earliest, latest = bound_of(self.earliest), bound_of(self.latest)
        if latest and found.earliest > latest:
            words = "today or in the past" if latest == clock.today() else f"{filters.day(latest)} or before"
            raise self.fault(DateFaultError(f"must be {words}"))
        if earliest and found.latest < earliest:
            words = "today or in the future" if earliest == clock.today() else f"{filters.day(earliest)} or after"
            raise self.fault(DateFaultError(f"must be {words}"))


class DateField(_DateBoxes):
    """A day, in three boxes. Gives a date."""

    def clean(self, value: Any) -> dt.date | None:
        """The day, within the limits."""
        found = self.read(value)
        if found is None:
            return None
        self.check_limits(found)
        return found.earliest


class PartialDateField(_DateBoxes):
    """A date as far as it is known: year; month and year; or all of it; perhaps a guess. Gives a PartialDate."""

    kind = "partial_date"
    partial = True

    def clean(self, value: Any) -> PartialDate | None:
        """The date as far as it is known, within the limits."""
        found = self.read(value)
        if found is not None:
            self.check_limits(found)
        return found


class TimeField(Drawn, forms.Field):
    """A time of day as people write it: 2:30pm, 14:30, 2.30 pm, 9am, midday."""

    inputmode: ClassVar[str] = "text"
    complaint = "Enter a time, such as 2:30pm"

    def __init__(self, label: str = "", **options: Any) -> None:
        self.width = "5"
        super().__init__(label, **options)

    def prepare_value(self, value: Any) -> Any:
        """A stored time as it is typed."""
        return filters.clock_time(value) if isinstance(value, dt.time) else value

    def clean(self, value: Any) -> dt.time | None:
        """The time."""
        if isinstance(value, dt.time):
            return value
        typed = super().clean(
            str(value or "").strip()
        )  # only spaces are nothing, and asked for where it has to be said
        text = str(typed).lower().replace("a.m.", "am").replace("p.m.", "pm")
        if not text:
            return None
        text = {"midday": "12pm", "noon": "12pm", "midnight": "12am"}.get(text, text)
        found = SPOKEN.match(text)
        if not found or not (found[2] or found[3]) or int(found[2] or 0) > 59:
            raise ValidationError(self.complaint, code="invalid")
        if not found[3] and found[1] in tuple(
            "123456"
        ):  # "2:30" is an afternoon visit to some and the night to a clock
            hour, minute = int(found[1]), found[2] or "00"
            raise ValidationError(
                f"Say whether it is morning or afternoon: write {hour + 12}:{minute} or {hour}.{minute}pm, or {hour}.{minute}am",
                code="ambiguous",
            )
        return self._time(int(found[1]), int(found[2] or 0), found[3] or "")

    def _time(self, hour: int, minute: int, half: str) -> dt.time:
        if half and not 1 <= hour <= 12:
            raise ValidationError(self.complaint, code="invalid")
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        try:
            return dt.time(hour, minute)
        except ValueError as fault:
            raise ValidationError(self.complaint, code="invalid") from fault
