"""Turns what is wrong with a pack into sentences that name the file, the key and what to do about it."""

import datetime as dt
import difflib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from hearth.foundation.core.packs.base import Part
from hearth.foundation.core.packs.shapes import inner_type

Place = tuple[int | str, ...]


@dataclass(frozen=True)
class Fault:
    """One thing wrong. Lists are counted from one: district[3] is the third [[district]] in the file."""

    file: str
    key: str
    sentence: str

    @property
    def order(self) -> tuple[str, list[tuple[int, str]], str]:
        """By file, then by key with district[2] before district[10]."""
        steps = re.findall(r"\d+|\D+", self.key)
        return self.file, [(int(step), "") if step.isdigit() else (-1, step) for step in steps], self.sentence

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.key, self.sentence) if part)


WANTED = {
    "date": "must be a date like 2011-04-01, without quotation marks",
    "time": "must be a time like 17:00:00, without quotation marks",
    "int": "must be a whole number like 10, without quotation marks",
    "float": "must be a number",
    "bool": "must be true or false, without quotation marks",
    "string": "must be text in quotation marks",
}
BEGINNINGS = {"date": "date", "time": "time", "int": "int", "float": "float", "bool": "bool", "string_type": "string"}


def key_of(place: Place) -> str:
    """The place as it is written: district[3].goes_live_on."""
    written = ""
    for step in place:
        written += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if written else step
    return written


def shown(value: Any) -> str:
    """A value as it stands in the file, cut short."""
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    written = json.dumps(value, ensure_ascii=False) if isinstance(value, (str, bool, int, float)) else str(value)
    return written if len(written) <= 60 else written[:57] + '..."'


def nearest(word: str, known: Iterable[str]) -> str:
    """`did you mean "x"?` for the nearest known word, else the words there are."""
    choices = sorted(set(known))
    close = difflib.get_close_matches(word, choices, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    return "those known are " + ", ".join(f'"{each}"' for each in choices) if choices else "there are none"


def faults_of(error: ValidationError, model: type[Part], file_of: dict[str, str], file: str) -> list[Fault]:
    """Every fault pydantic found in one file; `file_of` says which top-level keys came from an included one."""
    found = []
    for detail in error.errors():
        place = detail["loc"]
        found.append(
            Fault(file_of.get(str(place[0]), file) if place else file, key_of(place), _sentence(detail, model))
        )
    return found


def _sentence(detail: ErrorDetails, model: type[Part]) -> str:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "missing":
        return _missing(detail["loc"], model)
    if kind == "extra_forbidden":
        known = _keys_at(model, detail["loc"][:-1])
        return f"is not a key that is known here: {nearest(str(detail['loc'][-1]), known)}"
    if kind == "literal_error":
        return _not_one_of(detail, model)
    if kind == "value_error":
        return str(context["error"]) + ("" if isinstance(value, (dict, tuple, Part)) else f" (it is {shown(value)})")
    return f"{_wanted(detail)} (it is {shown(value)})"


def _missing(place: Place, model: type[Part]) -> str:
    field = _field_at(model, place)
    means = field.description if field is not None else None
    return "is missing: add it" + (f" ({means})" if means else "")


def _not_one_of(detail: ErrorDetails, model: type[Part]) -> str:
    allowed = [str(each) for each in get_args(inner_type(_annotation_at(model, detail["loc"])))]
    written = ", ".join(f'"{each}"' for each in allowed if each)
    close = difflib.get_close_matches(str(detail["input"]), allowed, n=1, cutoff=0.6)
    meant = f': did you mean "{close[0]}"?' if close else ""
    return f"must be one of {written}{meant} (it is {shown(detail['input'])})"


def _wanted(detail: ErrorDetails) -> str:
    """What the value should have been."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return PATTERN_WORDS.get(str(context["pattern"]), detail["msg"])
    if kind in SHAPES:
        steps = [str(step) for step in detail["loc"] if isinstance(step, str)]
        return SHAPES[kind].format(name=steps[-1] if steps else "", **context)
    begun = next((BEGINNINGS[start] for start in BEGINNINGS if kind.startswith(start)), "")
    return WANTED.get(begun, detail["msg"])


SHAPES = {
    "tuple_type": "must be a list: write each as [[{name}]], or several values between [ and ]",
    "model_type": "must be a table: write [{name}] on a line of its own",
    "string_too_short": "must not be empty: write something",
    "string_too_long": "must be {max_length} characters or fewer: shorten it",
    "too_short": "must have at least {min_length}: add more",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
}
# What each pattern in base.py and its neighbours is, in words; a test holds that none is left out.
PATTERN_WORDS = {
    r"^[a-z0-9]+(?:[_-][a-z0-9]+)*$": "must be a code: small letters and figures, joined by _ or - and without spaces",
    r"^(1[A-D]|2[AB]|3[A-F]|4|5[A-D]|6|7|8|9|10)$": "must be a DfE referral source, 1A to 10, such as 2A for a school",
    r"^\d{3}$": "must be the three figures the DfE knows the authority by, such as 888",
    r"^E\d{8}$": "must be an ONS code: E and eight figures",
    r"^[A-Z]{2,3}$": "must be two or three capital letters, such as EH",
    r"^(now|latest|school_year|[1-9][0-9]? (months|terms))$": "must be now, latest, school_year, or such as 12 months or 3 terms",
    r"^(birth|-?[1-9][0-9]? (days|weeks|months|years)|(start|end) of (nursery|reception|year ([1-9]|1[0-3])))$": "must be birth, an age "
    "such as -28 weeks, 10 days or 5 years, or such as start of reception or end of year 6",
    r"^[A-Z]{1,2}[0-9][0-9A-Z]?$": "must be the first half of a postcode in capital letters, such as BB11",
    r"^[A-Za-z0-9 ]{3,11}$": "must be 3 to 11 letters, figures and spaces",
}


def _keys_at(model: type[Part], place: Place) -> list[str]:
    inner = inner_type(_annotation_at(model, place)) if place else model
    if not (isinstance(inner, type) and issubclass(inner, Part)):
        return []
    return [field.alias or name for name, field in inner.model_fields.items()]


def _field_at(model: type[Part], place: Place) -> Any:
    """The field a place leads to, walking by the keys written in the file."""
    found: Any = None
    inner: Any = model
    for step in place:
        if isinstance(step, int):
            continue
        fields = {field.alias or name: field for name, field in inner.model_fields.items()}
        found = fields.get(step)
        if found is None:
            return None
        inner = inner_type(found.annotation)
    return found


def _annotation_at(model: type[Part], place: Place) -> Any:
    field = _field_at(model, place)
    return field.annotation if field is not None else None
