"""What every room's tests may ask for."""

from collections.abc import Callable
from typing import Any

import pytest

from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core.reader import acting_as
from hearth.invented.cast import PARTS, email_of


class Cast:
    """The invented people who sign in, by key: `cast.family_worker`. Loaded when asked for."""

    def __getattr__(self, key: str) -> User:
        part = next((part for part in PARTS if part.key == key), None)
        if part is None:
            raise AttributeError(f"Nobody in the cast is called {key}.")
        user = User.objects.select_related("organisation").get(email=email_of(part))
        setattr(self, key, user)
        return user


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody who signs in (hearth/invented/cast.py)."""
    return Cast()


@pytest.fixture
def area(db: None) -> Area:
    """The first district of the pack: where `front_door_officer`, `manager` and `family_worker` work."""
    from hearth.foundation.core.pack import pack

    return Area.objects.get(code=pack().areas.districts[0].code)


@pytest.fixture
def other_area(db: None) -> Area:
    """The second district: where `other_front_door_officer` and `other_family_worker` work."""
    from hearth.foundation.core.pack import pack

    return Area.objects.get(code=pack().areas.districts[1].code)


@pytest.fixture
def as_() -> Callable[[Any], Any]:
    """`with as_(cast.manager): ...` reads and writes as that person, row-level security on."""
    return acting_as


@pytest.fixture
def family(cast: Cast, area: Area) -> Any:
    """The Ashworths: Kelly, her son Jake and daughter Mia, added by `family_worker` in the first district."""
    import datetime as dt

    from hearth.records.people.actions import add_person, open_family

    by = cast.family_worker
    with acting_as(by):
        family = open_family(by=by, name="Ashworth", area=area)
        add_person(
            by=by,
            family=family,
            role="parent",
            given_name="Kelly",
            family_name="Ashworth",
            born_on=dt.date(1990, 5, 2),
            birth_precision="full",
            sex="F",
        )
        add_person(
            by=by,
            family=family,
            role="child",
            given_name="Jake",
            family_name="Ashworth",
            born_on=dt.date(2015, 9, 14),
            birth_precision="full",
            sex="M",
        )
        add_person(
            by=by,
            family=family,
            role="child",
            given_name="Mia",
            family_name="Ashworth",
            born_on=dt.date(2019, 1, 30),
            birth_precision="full",
            sex="F",
        )
    return family


@pytest.fixture
def case(cast: Cast, family: Any) -> Any:
    """An open case of the Ashworths, led by `family_worker`."""
    from hearth.casework.cases.actions import open_case

    with acting_as(cast.family_worker):
        return open_case(by=cast.family_worker, family=family, because="assessment", lead=cast.family_worker)


@pytest.fixture
def as_client() -> Callable[[User], Any]:
    """A web client signed in as somebody, second factor done: `as_client(cast.manager).get("/...")`."""
    from django.test import Client

    from hearth.foundation.accounts.testing import sign_in_fully

    def make(user: User) -> Client:
        client = Client()
        sign_in_fully(client, user)
        return client

    return make


@pytest.fixture
def kept_of() -> Callable[[User], list[Any]]:
    """What the second connection kept of somebody: `kept_of(cast.manager)` gives their looks, searches and refusals."""
    from hearth.foundation.audit.models import AuditEvent

    def read(user: User) -> list[Any]:
        with acting_as(user, using="audit"):
            return list(AuditEvent.objects.using("audit").filter(actor_id=user.id).order_by("created_at"))

    return read
