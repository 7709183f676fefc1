"""A family shared, or not, with the school and the health trust."""

import datetime as dt
from typing import Any

import pytest

from hearth.foundation.accounts.models import Organisation
from hearth.foundation.core import clock
from hearth.records.people.access.actions import give_access
from hearth.records.people.models import Family, Person
from hearth.records.sharing.actions import record_consent
from hearth.records.sharing.agreements.actions import write_agreement
from hearth.records.sharing.queries import basis_for


@pytest.fixture
def school(cast: Any) -> Organisation:
    """Where `practitioner` and `colleague` work."""
    return cast.practitioner.organisation


@pytest.fixture
def trust(cast: Any) -> Organisation:
    """Where `health_visitor` works."""
    return cast.health_visitor.organisation


@pytest.fixture
def kelly(family: Any, cast: Any, as_: Any) -> Person:
    """The mother."""
    with as_(cast.family_worker):
        return Person.objects.get(given_name="Kelly", memberships__family=family)


@pytest.fixture
def jake(family: Any, cast: Any, as_: Any) -> Person:
    """Her son of eleven."""
    with as_(cast.family_worker):
        return Person.objects.get(given_name="Jake", memberships__family=family)


@pytest.fixture
def agree(cast: Any, as_: Any) -> Any:
    """`agree(family, school, kelly, decision="refused")` records a decision as the family worker, with ordinary words."""

    def make(family: Any, organisation: Any, decider: Any, **more: Any) -> Any:
        said = {"who_decided": "parent", "recorded_how": "spoken", "categories": ["basic", "plan"]} | more
        with as_(cast.family_worker):
            return record_consent(
                by=cast.family_worker, family=family, organisations=[organisation], decider=decider, **said
            )

    return make


@pytest.fixture
def agreed(cast: Any, as_: Any) -> Any:
    """`agreed(school)` writes an agreement that lasts a year, as information governance."""

    def make(organisation: Any, **more: Any) -> Any:
        said = {
            "purposes": ["early_help", "look_up"], "categories": ["basic", "assessment"], "document": "ISA-2026-4",
            "from_on": clock.today(), "until_on": clock.today() + dt.timedelta(days=365),
        } | more  # fmt: skip
        with as_(cast.information_governance):
            return write_agreement(by=cast.information_governance, organisation=organisation, **said)

    return make


@pytest.fixture
def join(cast: Any, family: Any, as_: Any) -> Any:
    """Put somebody in the team on the basis that holds, as a case does."""

    def joined(user: Any, why: str = "team_around_family", family: Any = family) -> Any:
        with as_(cast.family_worker):
            basis = basis_for(family, user.organisation)
            return give_access(
                by=cast.family_worker,
                family=family,
                user=user,
                why=why,
                categories=basis.categories,
                until_at=basis.until_at,
            )

    return joined


def sees(user: Any, family: Any, as_: Any) -> bool:
    """Whether somebody may open the family now."""
    with as_(user):
        return (
            Family.objects.filter(pk=family.pk).exists()
            and Family.objects.visible_to(user).filter(pk=family.pk).exists()
        )
