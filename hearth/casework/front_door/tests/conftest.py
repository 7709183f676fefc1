"""What the front door's tests start from."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from hearth.casework.front_door.actions import send_request, start_request
from hearth.casework.front_door.models import Request
from hearth.casework.front_door.typed import TypedPerson
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as


def an_ordinary_monday() -> dt.datetime:
    """Ten in the morning of the next Monday with two weeks after it without a holiday. (Appointments begin today.)"""
    day = clock.today() + dt.timedelta(days=7 - clock.today().weekday())
    while not all(clock.is_working_day(day + dt.timedelta(days=n)) for n in range(12) if n % 7 < 5):
        day += dt.timedelta(days=7)
    return dt.datetime.combine(day, dt.time(10))


MONDAY = an_ordinary_monday()

KELLY = TypedPerson(
    role="parent",
    given_name="Kelly",
    family_name="Marsden",
    born_on=dt.date(1991, 3, 4),
    birth_precision="full",
    sex="F",
)
LEO = TypedPerson(
    role="child", given_name="Leo", family_name="Marsden", born_on=dt.date(2018, 6, 9), birth_precision="full", sex="M"
)
BABY = TypedPerson(
    role="child", family_name="Marsden", born_on=MONDAY.date() + dt.timedelta(days=70), birth_precision="expected"
)

SAID: dict[str, Any] = {
    "family_name": "Marsden",
    "address": "4 Weavers Row, Millbank",
    "postcode": "BB11 1AA",
    "reasons": ["school_life"],
    "needs": ["attendance"],
    "worries": "Leo has missed eleven days since September.",
    "going_well": "He loves art.",
    "hopes": "Mornings that start calmly.",
    "has_assessment": False,
    "no_assessment_reason": "first_sign",
    "consent": "given",
    "consent_by": "Kelly Marsden",
    "consent_decider": "parent",
    "consent_how": "spoken",
    "consent_on": MONDAY.date() - dt.timedelta(days=3),
    "consent_categories": ["basic", "contact", "assessment", "plan", "notes"],
}


@pytest.fixture
def monday(db: None) -> Any:
    """Ten o'clock on a working Monday to come, on a clock that tests may move.

    The database's own clock stays: what it must find begun (access to a family) is made before this fixture.
    """
    with clock.frozen(MONDAY) as hands:
        yield hands


def asking(cast: Any, area: Any) -> Callable[..., Request]:
    """Send a request: by the school's practitioner for the first district, unless told otherwise."""

    def make(
        by: Any = None,
        *,
        channel: str = "partner",
        place: Any = None,
        people: Any = (KELLY, LEO),
        signs: Any = (),
        **said: Any,
    ) -> Request:
        by = by or (cast.front_door_officer if channel == "phone" else cast.practitioner)
        with acting_as(by):
            begun = start_request(by=by, key=uuid.uuid4(), channel=channel, signs=list(signs))
            return send_request(by=by, request=begun, area=place or area, people=list(people), **(SAID | said))

    return make


@pytest.fixture
def ask(monday: Any, cast: Any, area: Any) -> Callable[..., Request]:
    """Send a request on the Monday."""
    return asking(cast, area)


@pytest.fixture
def request_(ask: Callable[..., Request]) -> Request:
    """The school asks for help for the Marsdens."""
    return ask()
