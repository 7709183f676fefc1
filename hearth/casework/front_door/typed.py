"""What somebody typed on the request form, on its way from the form to the record."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hearth.foundation.core.text import clean

# What the form may say of a request; field names are the model's.
SAID = (
    "asker_name",
    "asker_role",
    "asker_relation",
    "asker_phone",
    "asker_email",
    "family_name",
    "address",
    "postcode",
    "family_phone",
    "family_email",
    "safe_contact",
    "interpreter",
    "interpreter_language",
    "reasons",
    "needs",
    "worries",
    "going_well",
    "hopes",
    "has_assessment",
    "assessment_details",
    "no_assessment_reason",
    "answers",
    "consent",
    "consent_by",
    "consent_decider",
    "consent_competence",
    "consent_how",
    "consent_on",
    "consent_categories",
    "no_consent_reason",
    "no_consent_words",
)


@dataclass(frozen=True)
class TypedPerson:
    """One person as typed. `birth_precision` is a code of BirthPrecision."""

    role: str
    given_name: str = ""
    family_name: str = ""
    born_on: dt.date | None = None
    birth_precision: str = "unknown"
    sex: str = "U"
    lives_elsewhere: str = ""
    place_of_day: str = ""


def cleaned(said: Mapping[str, Any]) -> dict[str, Any]:
    """The words as they may be stored; TypeError for a name the request form does not have."""
    unknown = set(said) - set(SAID)
    if unknown:
        raise TypeError(f"A request does not know {sorted(unknown)}.")
    return {name: _clean(value) for name, value in said.items()}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, list):
        return [_clean(each) for each in value]
    if isinstance(value, dict):
        return {clean(key): _clean(each) for key, each in value.items()}
    return value
