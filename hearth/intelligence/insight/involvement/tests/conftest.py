"""What tests of the family view ask for: partners' files about the Ashworths, a real link run, and a real run of the rules after it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.feeds.tests.conftest import (  # noqa: F401
    agreed,
    analyst_reads,
    commit,
    council,
    own_folder,
    police,
    send,
)
from hearth.intelligence.insight.involvement.queries import family_view
from hearth.intelligence.insight.involvement.showing import FamilyView
from hearth.intelligence.insight.tests.conftest import as_the_worker, hold, work_out  # noqa: F401
from hearth.intelligence.matching import actions, linking
from hearth.records.documents.tests.conftest import worker  # noqa: F401
from hearth.records.people.facts.actions import add_identifier
from hearth.records.people.models import Family, Person

CARE = "personId,NHS Number,status,startDate,endDate,contactName,contactPhone\n"
HOUSING = (
    "personId,serviceInvolvement,housingAssociation,contactName,contactPhone,contactEmail,tenancyStart,antiSocialBehaviour,"
    "rentArrears,noticeSeekingPossession,eviction\n"
)
VISITS = "NHS Number,contact type,due date,seen date,reason not seen\n"
KNOWN = "personId,policeArea,contactName,contactPhone\n"
NHS = "9991234500"
TODAY = clock.today()
DAYS = (TODAY - dt.timedelta(days=300), TODAY - dt.timedelta(days=1))
# Jake: social care once, a landlord now (found by the number that social care quotes), and two health visits.
JAKE = {
    "social_care": f"{CARE}p1,{NHS},child_protection,2024-02-01,2024-08-05,Zed Zander,01632 960441\n",
    "housing": f"{HOUSING}p1,current,Harbour Homes,Ann Ring,01632 960442,,2023-05-06,open,open,,\n",
    "health_visits": f"{VISITS}{NHS},one_year,2026-01-05,2026-01-06,\n{NHS},two_to_two_and_a_half,2026-03-01,2026-03-02,\n",
}


def person_called(cast: Any, family: Any, name: str) -> Person:
    """One of the Ashworths, as their family worker sees them."""
    with acting_as(cast.family_worker):
        return Person.objects.get(given_name=name, memberships__family=family)


@pytest.fixture
def jake(family: Any, cast: Any) -> Person:
    """Jake Ashworth, on the register with an NHS number."""
    found = person_called(cast, family, "Jake")
    with acting_as(cast.family_worker):
        add_identifier(by=cast.family_worker, person=found, kind="nhs", value=NHS)
    return found


@pytest.fixture
def held(hold: Callable[..., Any]) -> Callable[..., Any]:  # noqa: F811
    """Send a file of the last year, and commit it."""

    def do(feed: str, content: str, **more: Any) -> Any:
        return hold(feed, content, **({"covers_from": DAYS[0], "covers_until": DAYS[1], "as_at": DAYS[1]} | more))

    return do


@pytest.fixture
def link(cast: Any) -> Callable[[], Any]:
    """Have everybody linked, as the worker would."""

    def do() -> Any:
        with acting_as(cast.analyst):
            run = linking.run_link(by=cast.analyst, run=actions.start_link_run(by=cast.analyst, queue=False))
        assert run.state == "done", run.failure
        return run

    return do


@pytest.fixture
def worked_out(link: Callable[[], Any], work_out: Callable[..., Any]) -> Callable[[], Any]:  # noqa: F811
    """Link everybody and work everything out, as at today."""

    def do() -> Any:
        link()
        run = work_out(as_at=TODAY)
        assert run.state == "done", run.fault
        return run

    return do


@pytest.fixture
def sent(jake: Person, held: Callable[..., Any], worked_out: Callable[[], Any]) -> Person:
    """What three services sent of Jake is held, he is linked, and it is worked out."""
    for feed, content in JAKE.items():
        held(feed, content)
    worked_out()
    return jake


@pytest.fixture
def view(family: Any) -> Callable[[Any], FamilyView]:
    """The Ashworths' family view, as somebody sees it."""

    def do(reader: Any) -> FamilyView:
        with acting_as(reader):
            return family_view(reader, Family.objects.filter(pk=family.pk).first() or family, "test")

    return do


@pytest.fixture
def services(view: Callable[[Any], FamilyView]) -> Callable[[Any], list[tuple[str, str]]]:
    """What it shows of services: (service, standing), in order."""

    def do(reader: Any) -> list[tuple[str, str]]:
        return [(each.service, each.standing) for each in view(reader).involved]

    return do


@pytest.fixture
def reasons(view: Callable[[Any], FamilyView]) -> Callable[[Any], dict[str, str]]:
    """And why nothing is shown, by the feed's title with who sent it."""

    def do(reader: Any) -> dict[str, str]:
        return {
            each.title: f"{each.reason.value}{f' for {each.of}' if each.of else ''}" for each in view(reader).not_shown
        }

    return do
