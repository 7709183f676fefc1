"""A round of grants from the first district's share, and an application of the charity's in it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hearth.commissioning.needs.tests.conftest import draft, intention, move  # noqa: F401 - fixtures
from hearth.commissioning.procurement.grants import actions
from hearth.commissioning.procurement.grants.models import GrantApplication, GrantRound
from hearth.foundation.accounts.models import Appointment
from hearth.foundation.core import clock
from hearth.records.money.tests.conftest import fund, give, keeper, share  # noqa: F401 - fixtures

ROUND: dict[str, Any] = {
    "title": "Summer grants", "purpose": "Something for young people to do.", "needs": ["positive_activities", "mentoring"],
    "pence": 1_000_000, "most_pence": 300_000,
}  # fmt: skip
ASKED: dict[str, Any] = {
    "title": "A boxing club", "need": "positive_activities", "what": "Zzgrant twice a week for 20.", "change": "Fewer are excluded.",
    "pence": 250_000,
}  # fmt: skip
DECIDED: dict[str, Any] = {"award": True, "pence": 200_000, "reasons": "It fits the round.", "no_interest": True}


@pytest.fixture
def open_round(cast: Any, share: Any, area: Any, as_: Any) -> Callable[..., GrantRound]:  # noqa: F811
    """`open_round(pence=...)` opens one from the first district's share, as the commissioner."""

    def make(**told: Any) -> GrantRound:
        by, today = cast.commissioner, clock.today()
        said = {"share": share, "area": area, "opens_on": today, "closes_on": today + dt.timedelta(days=30)} | ROUND
        with as_(by):
            return actions.open_grant_round(by=by, **(said | told))

    return make


@pytest.fixture
def round_(open_round: Any) -> GrantRound:
    """An open round."""
    return open_round()


@pytest.fixture
def apply(cast: Any, as_: Any) -> Callable[..., GrantApplication]:
    """`apply(round_, by=...)` applies; as the charity's contract lead unless told otherwise."""

    def make(found: GrantRound, by: Any = None, **told: Any) -> GrantApplication:
        by = by or cast.provider
        with as_(by):
            return actions.apply_for_grant(by=by, round_=found, **(ASKED | told))

    return make


@pytest.fixture
def application(round_: GrantRound, apply: Any) -> GrantApplication:
    """The charity's."""
    return apply(round_)


@pytest.fixture
def other_provider(cast: Any, as_: Any) -> Any:
    """A contract lead of another organisation: the housing association's would do, here the police's officer."""
    return appointed(cast.police_officer, "provider", cast, as_)


@pytest.fixture
def other_commissioner(cast: Any, as_: Any) -> Any:
    """A second commissioner."""
    return appointed(cast.county_manager, "commissioner", cast, as_)


def close(round_: Any, cast: Any, as_: Any) -> GrantRound:
    """End a round that still takes applications, so that what was asked for in it can be decided."""
    with as_(cast.commissioner):
        found = GrantRound.objects.get(pk=round_)
        if found.stage == "open":
            actions.end_grant_round(by=cast.commissioner, round_=found, why="Enough have applied")
        return found


def appointed(user: Any, role: str, cast: Any, as_: Any) -> Any:
    """Somebody with a further role."""
    with as_(cast.administrator):
        Appointment(user=user, role=role, from_on=clock.today()).save(force_insert=True)
    return type(user).objects.select_related("organisation").get(pk=user.pk)


@pytest.fixture
def decide(cast: Any, as_: Any) -> Callable[..., GrantApplication]:
    """`decide(application)` awards £2,000, as the commissioner, in a round that takes no more applications."""

    def make(found: GrantApplication, by: Any = None, **told: Any) -> GrantApplication:
        by = by or cast.commissioner
        found.round = close(found.round_id, cast, as_)
        with as_(by):
            return actions.decide_grant(by=by, application=found, **(DECIDED | told))

    return make
