"""What a child's age does to what a parent decided for them. The database counts the same (functions.py)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from hearth.records.people.births import CHILD_UNTIL
from hearth.records.sharing.models import Consent

PARENTAL = ("parent",)  # rights to decide that end when the child comes of age: a test holds every pack to it
YOUNG_PERSON_FROM = 16


def last_day_of(consent: Consent) -> dt.date | None:
    """The last day a decision holds: its own, or the one before the child whom a parent decided for is eighteen."""
    of_age = comes_of_age(consent)
    lasts = [last for last in (consent.until_on, of_age - dt.timedelta(1) if of_age else None) if last is not None]
    return min(lasts, default=None)


def comes_of_age(consent: Consent) -> dt.date | None:
    """The day from which the one it is about decides themselves, where a parent decided. The database counts the same."""
    born = consent.person.born_on
    if consent.who_decided not in PARENTAL or born is None or consent.decider_id == consent.person_id:
        return None
    of_age = birthday(born, CHILD_UNTIL)
    return of_age if consent.from_on < of_age else None


def birthday(born: dt.date, age: int) -> dt.date:
    """The day somebody has that age. Whoever was born on 29 February has it on the 28th, as the database says."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return born.replace(year=born.year + age, day=28)


def asked_themselves(consent: Consent, today: dt.date) -> bool:
    """Whether a parent decided for somebody who is sixteen or seventeen now: they are asked themselves."""
    of_age = comes_of_age(consent)
    return of_age is not None and birthday(consent.person.born_on, YOUNG_PERSON_FROM) <= today < of_age  # type: ignore[arg-type]


def grown_up(consents: Iterable[Consent], today: dt.date) -> list[Any]:
    """Those about whom a parent decided and who are eighteen since."""
    return [consent.person_id for consent in consents if (of_age := comes_of_age(consent)) and of_age <= today]
