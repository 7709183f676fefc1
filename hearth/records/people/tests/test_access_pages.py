"""Who can open a family and why; who looked at it."""

import datetime as dt

import pytest

from hearth.foundation.core import clock
from hearth.records.people.access.actions import give_access
from hearth.records.people.access.queries import openers
from hearth.records.people.actions import open_family
from hearth.records.people.models import Family


def test_everybody_who_can_open_the_family_is_named_with_the_reason_and_nobody_else(family, cast, as_):
    with as_(cast.family_worker):
        give_access(
            by=cast.family_worker,
            family=family,
            user=cast.health_visitor,
            why="team_around_family",
            categories=["basic", "plan"],
        )
    everybody = [user for key in ("family_worker", "health_visitor", "manager", "county_manager", "front_door_officer", "development_officer",
                                  "senior_development_officer", "other_manager", "other_front_door_officer", "practitioner", "charity_manager",
                                  "information_governance", "elected_member") if (user := getattr(cast, key))]  # fmt: skip
    with as_(cast.manager):
        named, held = openers(cast.manager, family)
    told = {one.name for one in (*named, *held)}
    can = set()
    for user in everybody:
        with as_(user):
            if Family.objects.filter(pk=family.pk).exists():
                can.add(user.full_name)
    assert {user.full_name for user in everybody} & told == can
    visitor = next(one for one in named if one.name == "Grace Okafor")
    assert (visitor.why, visitor.sees) == (
        "In the team around the family",
        "Who is in the family, The plan and its reviews",
    )


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("manager", 200),
        ("family_worker", 403),
        ("front_door_officer", 403),
        ("practitioner", 404),
        ("other_manager", 404),
    ],
)
def test_the_page_is_for_the_lead_practitioner_and_those_who_see_the_trail(role, status, family, cast, as_client):
    assert as_client(getattr(cast, role)).get(f"/families/{family.reference}/who-can-open/").status_code == status


@pytest.mark.parametrize(
    ("role", "offered"), [("manager", True), ("family_worker", False), ("front_door_officer", False)]
)
def test_the_way_to_it_is_offered_to_them_alone(role, offered, family, cast, as_client):
    page = as_client(getattr(cast, role)).get(f"/families/{family.reference}/")
    assert page.status_code == 200
    assert (f"/families/{family.reference}/who-can-open/" in page.content.decode()) is offered


def test_the_lead_practitioner_sees_who_can_open_it(family, cast, as_, as_client):
    with as_(cast.family_worker):
        give_access(by=cast.family_worker, family=family, user=cast.family_worker, why="lead_practitioner")
    page = as_client(cast.family_worker).get(f"/families/{family.reference}/who-can-open/")
    assert page.status_code == 200
    assert "Yvonne Barlow" in page.content.decode()


def test_access_that_ends_at_a_midnight_is_shown_with_its_last_day(family, cast, as_, as_client):
    with as_(cast.family_worker):
        give_access(by=cast.family_worker, family=family, user=cast.family_worker, why="lead_practitioner")
        give_access(
            by=cast.family_worker, family=family, user=cast.health_visitor, why="team_around_family", categories=["basic"],
            until_at=dt.datetime(2035, 6, 13, tzinfo=clock.LONDON),
        )  # fmt: skip
    page = as_client(cast.family_worker).get(f"/families/{family.reference}/who-can-open/").content.decode()
    assert "to 12 Jun 2035" in page and "13 Jun 2035" not in page


def test_the_manager_sees_what_was_done_and_narrows_it(family, cast, as_client):
    client, address = as_client(cast.manager), f"/families/{family.reference}/who-looked/"
    page = client.get(address).content.decode()
    assert "Joanne Pickup" in page and "Family opened" in page
    assert "Nothing like that is on record" in client.get(f"{address}?name=nobody").content.decode()
    assert "Person added" in client.get(f"{address}?kind=done&name=pickup").content.decode()
    assert client.get(f"{address}?kind=nonsense&page=x").status_code == 200


@pytest.mark.parametrize(
    ("role", "status"),
    [("family_worker", 403), ("practitioner", 403), ("other_manager", 404), ("information_governance", 200)],
)
def test_the_trail_is_for_managers_of_the_area_and_information_governance(role, status, family, cast, as_client):
    response = as_client(getattr(cast, role)).get(f"/families/{family.reference}/who-looked/")
    assert response.status_code == status
    assert ("Family opened" in response.content.decode()) == (status == 200)


def test_a_partner_who_adds_a_family_reads_back_only_what_they_typed(cast, area, as_):
    with as_(cast.practitioner):
        family = open_family(by=cast.practitioner, name="Moss", area=area)
        assert Family.objects.visible_to(cast.practitioner).get() == family
        assert family.accesses.get(user=cast.practitioner).categories == ["basic", "contact"]
    with as_(cast.family_worker):
        assert not Family.objects.filter(pk=family.pk).exists()
