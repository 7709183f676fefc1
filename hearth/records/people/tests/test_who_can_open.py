"""The page that says who can open a family says what the database lets through: held to it over access given at random."""

import datetime as dt
import random

import pytest

from hearth.foundation.accounts.actions import close_account
from hearth.foundation.core import clock
from hearth.records.people.access.actions import (
    close_to_area,
    end_access,
    end_all_access,
    give_access,
    move_area_access,
    open_to_area,
)
from hearth.records.people.access.queries import openers
from hearth.records.people.actions import open_family
from hearth.records.people.models import Access, Family
from hearth.records.people.restrictions.actions import grant_restricted_access, place_restriction

EVERYBODY = (
    "practitioner", "colleague", "health_visitor", "charity_worker", "charity_manager", "provider", "family_worker",
    "other_family_worker", "front_door_officer", "other_front_door_officer", "safeguarding_hub_social_worker", "panel_chair",
    "development_officer", "senior_development_officer", "manager", "other_manager", "county_manager",
    "information_governance", "elected_member", "administrator", "analyst",
)  # fmt: skip
WHY = ("lead_practitioner", "team_around_family", "step_up", "moved_family", "lead_after_closing")


def _when(chance):
    return chance.choice([None, None, clock.now() + dt.timedelta(days=3), clock.now() - dt.timedelta(hours=1)])


def _something(chance, by, family, users, teams, areas):
    """One thing that a floor above may do about access."""

    def name():
        categories = chance.choice([None, ["basic"], []])
        why, user = chance.choice(WHY), chance.choice(users)
        give_access(by=by, family=family, user=user, why=why, categories=categories, until_at=_when(chance))

    def team():
        one = chance.choice(teams)
        until = None if one.organisation.is_authority else _when(chance)
        give_access(by=by, family=family, team=one, why="manager_of_team", until_at=until)

    def close():
        close_to_area(by=by, family=family, until_at=clock.now() + dt.timedelta(days=chance.randint(1, 90)))

    chance.choice([
        name, name, name, team, close,
        lambda: end_access(by=by, family=family, user=chance.choice(users)),
        lambda: end_all_access(by=by, family=family, but=chance.choice(WHY)),
        lambda: open_to_area(by=by, family=family),
        lambda: move_area_access(by=by, family=family, area=chance.choice(areas)),
    ])()  # fmt: skip


def _restrict(chance, governance, family, users):
    row = place_restriction(by=governance, reference=family.reference, reason="A refuge.")
    for user in chance.sample(users, 8):
        if user.id != governance.id:
            grant_restricted_access(
                by=governance, restriction=row, reference=family.reference, user=user, reason="Needed.",
                until_on=clock.today() + dt.timedelta(days=chance.randint(0, 5)),
            )  # fmt: skip


def _let_in(family, users, as_):
    found = set()
    for user in users:
        with as_(user):
            if Family.objects.filter(pk=family.pk).exists():
                found.add(user)
            assert Family.objects.visible_to(user).filter(pk=family.pk).exists() == (user in found)
    return found


@pytest.mark.parametrize("seed", range(20))
def test_who_can_open_are_those_whom_the_database_lets_in(seed, cast, area, other_area, as_):
    chance, by = random.Random(seed), cast.county_manager
    users = [getattr(cast, key) for key in EVERYBODY]
    teams = [
        u.appointments_now()[0].team for u in (cast.manager, cast.charity_manager, cast.safeguarding_hub_social_worker)
    ]
    with as_(by):
        family = open_family(by=by, name="Ashworth", area=area)
        for _ in range(chance.randint(1, 12)):
            _something(chance, by, family, users, teams, [area, other_area])
            if not Family.objects.filter(pk=family.pk).exists():
                break
    if seed % 4 == 0:
        with as_(cast.administrator):
            close_account(by=cast.administrator, person=chance.choice([cast.health_visitor, cast.other_family_worker]))
    if seed % 3 == 0:
        with as_(cast.information_governance):
            _restrict(chance, cast.information_governance, family, users)
    let_in = _let_in(family, users, as_)
    for reader in let_in:
        with as_(reader):
            said = openers(reader, Family.objects.get(pk=family.pk))
        assert {one.key for some in said for one in some} & {user.id for user in users} == {user.id for user in let_in}


def test_a_partners_team_is_let_in_until_its_last_day_and_sees_what_its_row_says(cast, family, as_):
    team = cast.charity_manager.appointments_now()[0].team
    soon = clock.now() + dt.timedelta(hours=1)
    with as_(cast.family_worker):
        row = give_access(
            by=cast.family_worker, family=family, team=team, why="manager_of_team", categories=["basic"], until_at=soon
        )
    assert _let_in(family, [cast.charity_manager], as_)
    with as_(cast.charity_manager):
        named = Family.objects.visible_to(cast.charity_manager)
        assert named.filter(pk=family.pk).exists()
        from hearth.records.people.queries import family_of

        assert not family_of(cast.charity_manager, family.reference).sees_health
    with as_(cast.family_worker):
        Access.objects.filter(pk=row.pk).update(until_at=clock.now() - dt.timedelta(minutes=1))
    assert not _let_in(family, [cast.charity_manager], as_), "its day has come, and nobody did anything"


def test_a_team_of_the_council_holds_a_family_whole_and_one_team_at_a_time(cast, family, as_):
    ours, hub = (u.appointments_now()[0].team for u in (cast.manager, cast.safeguarding_hub_social_worker))
    with as_(cast.family_worker):
        with pytest.raises(TypeError, match="holds a family whole"):
            give_access(by=cast.family_worker, family=family, team=ours, why="manager_of_team", categories=["basic"])
        give_access(by=cast.family_worker, family=family, team=ours, why="manager_of_team")
        give_access(by=cast.family_worker, family=family, team=hub, why="manager_of_team")
        assert [row.team_id for row in Access.objects.filter(family=family, ended_at=None).exclude(team=None)] == [
            hub.id
        ]
