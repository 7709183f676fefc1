"""What tests of touchpoints ask for: a small child of the Ashworths, and what health visitors sent of her."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hearth.foundation.core.packs.pathways import months_after
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.insight.involvement.tests.conftest import (  # noqa: F401
    DAYS,
    TODAY,
    VISITS,
    agreed,
    analyst_reads,
    as_the_worker,
    commit,
    council,
    held,
    hold,
    link,
    own_folder,
    police,
    send,
    work_out,
    worked_out,
    worker,
)
from hearth.intelligence.insight.touchpoints.queries import children_of, pathways_of
from hearth.intelligence.insight.touchpoints.showing import Stands
from hearth.records.people.actions import add_person
from hearth.records.people.facts.actions import add_identifier
from hearth.records.people.models import Family, Person

NHS = "9990000018"
BORN = months_after(TODAY, -13)
ON_TIME = BORN + dt.timedelta(days=12)
EIGHT_WEEKS = BORN + dt.timedelta(weeks=7)
ONE_YEAR = months_after(BORN, 11)


def visits(*rows: tuple[str, dt.date, dt.date | None], number: str = NHS) -> str:
    """A file of health visitors' contacts: (contact, due, seen)."""
    return VISITS + "".join(f"{number},{contact},{due},{seen or ''},\n" for contact, due, seen in rows)


@pytest.fixture
def una(family: Any, cast: Any) -> Person:
    """Una Ashworth, thirteen months old, on the register with an NHS number."""
    by = cast.family_worker
    with acting_as(by):
        found = add_person(
            by=by,
            family=family,
            role="child",
            given_name="Una",
            family_name="Ashworth",
            born_on=BORN,
            birth_precision="full",
        )
        add_identifier(by=by, person=found, kind="nhs", value=NHS)
    return found


@pytest.fixture
def stands(family: Any, una: Person) -> Callable[..., dict[str, Stands]]:
    """How Una's touchpoints stand, as somebody sees it; nobody who may not open the family sees any."""

    def do(reader: Any) -> dict[str, Stands]:
        with acting_as(reader):
            home = Family.objects.filter(pk=family.pk).first() or family
            child = next((each for each in children_of(reader, home) if each.person.pk == una.pk), None)
            found = pathways_of(reader, home, child) if child else []
        return {each.placed.touchpoint.code: each for one in found for each in one.stands}

    return do


@pytest.fixture
def said(stands: Callable[..., dict[str, Stands]]) -> Callable[..., dict[str, str]]:
    """The same in words, of what the health visitor's feed could tell."""

    def do(reader: Any, *codes: str) -> dict[str, str]:
        found = stands(reader)
        codes = codes or ("new-birth-visit", "six-week-review", "one-year-review", "two-year-review")
        return {code: found[code].standing.value for code in codes if code in found}

    return do


@pytest.fixture
def sent(una: Person, held: Callable[..., Any], worked_out: Callable[[], Any]) -> Person:  # noqa: F811
    """One contact on time, one that nobody came to, one that is due though its time is over; and it is worked out."""
    held(
        "health_visits",
        visits(
            ("new_birth", ON_TIME, ON_TIME),
            ("six_to_eight_weeks", EIGHT_WEEKS, None),
            ("one_year", TODAY + dt.timedelta(days=9), None),
        ),
    )
    worked_out()
    return una
