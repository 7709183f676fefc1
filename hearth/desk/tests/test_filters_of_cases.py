"""The list of cases narrowed by who leads, by the team that holds them, and by district and locality."""

from typing import Any

import pytest

from hearth.casework.cases.actions import open_case
from hearth.casework.cases.holding.actions import give_to_team
from hearth.desk.queries import NO_TEAM, Wanted, cases
from hearth.foundation.accounts.actions import add_team
from hearth.foundation.accounts.models import Area, Team
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.records.people.actions import open_family

EVERYONES = ("First", "Second", "Third")


@pytest.fixture
def three(cast: Any) -> dict[str, Any]:
    """Three cases in three districts, of two localities, with two leads and none; the first is held by a team."""
    first, *others = pack().areas.districts
    second = next(each for each in others if each.locality != first.locality)
    third = next(each for each in others if each is not second)
    places = [Area.objects.get(code=each.code) for each in (first, second, third)]
    by = cast.county_manager
    with acting_as(by):
        opened = [
            open_case(by=by, family=open_family(by=by, name=name, area=place), lead=lead)
            for name, place, lead in zip(
                EVERYONES, places, (cast.family_worker, cast.other_family_worker, None), strict=True
            )
        ]
        give_to_team(by=by, case=opened[0], team=Team.objects.get(name="Family support"))
    return dict(zip(EVERYONES, opened, strict=True))


def names(reader: Any, **asked: Any) -> set[str]:
    """The families that the reader's list shows."""
    with acting_as(reader):
        return {row.family_name for row in cases(reader, Wanted(whose="all", **asked)).rows}


def test_the_list_is_narrowed_to_what_a_team_holds_or_to_what_none_does(cast: Any, three: Any) -> None:
    with acting_as(cast.county_manager):
        held, other = (str(Team.objects.get(name=name).id) for name in ("Family support", "Safeguarding hub"))
    assert names(cast.county_manager, team=held) == {"First"}
    assert names(cast.county_manager, team=other) == set()
    assert names(cast.county_manager, team=NO_TEAM) == {"Second", "Third"}


def test_the_list_is_narrowed_by_how_a_word_of_the_leads_name_begins(cast: Any, three: Any) -> None:
    first, *_, last = cast.family_worker.full_name.split()
    for typed in (first, last, last.upper()[:3], cast.family_worker.full_name):
        assert names(cast.county_manager, lead=typed) == {"First"}, typed
    assert names(cast.county_manager, lead=last[1:]) == names(cast.county_manager, lead="%") - set(EVERYONES) == set()
    assert names(cast.county_manager, lead="Nobody at all") == set()


def test_the_list_is_narrowed_to_a_district_or_to_all_of_a_locality(cast: Any, three: Any) -> None:
    for locality in pack().areas.localities:
        inside = {district.code for district in pack().areas.districts_in(locality.code)}
        expected = {name for name, case in three.items() if case.area.code in inside}
        assert names(cast.county_manager, area=locality.code) == expected, locality.code
    assert names(cast.county_manager, area=three["Second"].area.code) == {"Second"}
    assert names(cast.county_manager, area=three["Second"].area.code, lead=cast.family_worker.full_name) == set()


def test_no_filter_shows_what_the_reader_may_not_open(cast: Any, three: Any) -> None:
    with acting_as(cast.county_manager):
        held = str(Team.objects.get(name="Family support").id)
    for asked in ({"team": held}, {"lead": cast.family_worker.full_name}, {"area": three["First"].area.code}):
        assert names(cast.manager, **asked) == {"First"}
        assert names(cast.practitioner, **asked) == names(cast.charity_manager, **asked) == set()


def test_the_page_offers_teams_and_localities_and_keeps_what_was_asked(cast: Any, three: Any, as_client: Any) -> None:
    client, locality = as_client(cast.county_manager), pack().areas.localities[0]
    page = client.get("/cases/", {"whose": "all", "area": locality.code, "lead": "joa"}).content.decode()
    assert f"All of {locality.name}" in page and 'value="joa"' in page and "Family support" in page
    assert f'value="{locality.code}" selected' in page
    with acting_as(cast.county_manager):
        held = Team.objects.get(name="Family support")
    page = client.get("/cases/", {"whose": "all", "team": str(held.id)}).content.decode()
    assert "First" in page and "Second" not in page
    for nonsense in ("x", "'", "00000000-0000-0000-0000-000000000000"):
        answer = client.get("/cases/", {"whose": "all", "team": nonsense, "area": nonsense})
        assert answer.status_code == 200 and "Second" in answer.content.decode(), nonsense


def test_a_team_made_a_moment_ago_narrows_the_list_at_once(cast: Any, three: Any, as_client: Any) -> None:
    """The names of teams are remembered for half a minute; whoever comes with one that is newer is not shown everything."""
    by = cast.county_manager
    client = as_client(by)
    assert "Moorside twos" not in client.get("/cases/").content.decode()
    with acting_as(cast.administrator):
        team = add_team(by=cast.administrator, organisation=by.organisation, name="Moorside twos")
    with acting_as(by):
        give_to_team(by=by, case=three["Third"], team=team)
    page = client.get("/cases/", {"whose": "all", "team": str(team.id)}).content.decode()
    assert f'value="{team.id}" selected' in page and "Third" in page and "Second" not in page
    assert "Moorside twos" in client.get("/cases/").content.decode()
