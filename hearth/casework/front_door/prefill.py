"""Tell us once: what a new request begins with, from an earlier one of the reader's own or from a family they may open.

Why help is asked for now, and whether the family agrees to this, are asked afresh.
"""

from typing import Any

from hearth.casework.front_door.models import RequestPerson
from hearth.casework.front_door.queries import own_request_of
from hearth.foundation.audit.looks import looked
from hearth.foundation.ui.partial_date import PartialDate
from hearth.records.people.models import BirthPrecision
from hearth.records.people.queries import family_of, family_people, sight_of

SAME = (
    "asker_name",
    "asker_relation",
    "asker_role",
    "asker_phone",
    "asker_email",
    "family_name",
    "address",
    "postcode",
    "family_phone",
    "family_email",
    "safe_contact",
    "interpreter_language",
)


def known_of(reader: Any, like: str = "", family: str = "") -> dict[str, Any]:
    """First values of the request form; empty where neither an earlier request nor a family is named."""
    if like:
        return _from_request(reader, like)
    return _from_family(reader, family) if family else {}


def _from_request(reader: Any, reference: str) -> dict[str, Any]:
    earlier = own_request_of(reader, reference)
    known: dict[str, Any] = {name: getattr(earlier, name) for name in SAME}
    known["area"] = earlier.area.code if earlier.area else ""
    needed = bool(earlier.interpreter_language) or earlier.interpreter
    known["interpreter"] = "" if needed is None else "yes" if needed else "no"
    people = RequestPerson.objects.visible_to(reader).filter(request=earlier).order_by("place")
    for row, person in enumerate(people):
        known |= _row(row, person, person.role) | {
            f"person-{row}-lives_elsewhere": person.lives_elsewhere,
            f"person-{row}-place_of_day": person.place_of_day,
        }
    return known


def _from_family(reader: Any, reference: str) -> dict[str, Any]:
    """As far as the reader may see it: a partner who may not know how to reach the family is not told here."""
    family = family_of(reader, reference)
    looked(reader, "front_door.family_filled_in", family=family, subject=family)
    shown, _left = family_people(reader, family)
    known: dict[str, Any] = {"family_name": family.name, "area": family.area.code if family.area else ""}
    home = next((home for each in shown if each.member.lives_here for home in each.homes), None)
    if home is not None:
        known |= {"address": home.lines, "postcode": home.postcode}
    if "contact" in sight_of(family):
        known |= _contact([each.person for each in shown])
    for row, each in enumerate(shown):
        known |= _row(row, each.person, each.member.role)
    return known


def _contact(people: list[Any]) -> dict[str, Any]:
    """How to reach the family: by whoever has a telephone or an e-mail address on record, grown-ups first."""
    person = next((each for each in people if each.phone or each.email), None)
    if person is None:
        return {}
    return {
        "family_phone": person.phone,
        "family_email": person.email,
        "safe_contact": person.safe_to_contact,
        "interpreter_language": person.interpreter_language,
        "interpreter": "yes" if person.interpreter_language else "",
    }


def _row(row: int, person: Any, role: str) -> dict[str, Any]:
    """One person of the form: the same boxes whether they come from a request or from the record."""
    return {
        f"person-{row}-given_name": person.given_name,
        f"person-{row}-family_name": person.family_name,
        f"person-{row}-role": role,
        f"person-{row}-sex": person.sex,
        f"person-{row}-born": _born(person),
        f"person-{row}-expected": person.birth_precision == BirthPrecision.EXPECTED,
    }


def _born(person: Any) -> PartialDate | None:
    born, precision = person.born_on, person.birth_precision
    if born is None:
        return None
    if precision in (BirthPrecision.FULL, BirthPrecision.EXPECTED):
        return PartialDate.of(born)
    month = born.month if precision == BirthPrecision.MONTH else None
    return PartialDate(born.year, month, estimated=precision == BirthPrecision.ESTIMATED)
