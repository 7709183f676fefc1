"""A case held by a team: its managers are let in and out, and nobody else is."""

from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.cases.actions import close_case, move_family, reopen_case, take_up_case
from hearth.casework.cases.holding.actions import give_to_team
from hearth.casework.cases.models import Case
from hearth.foundation.accounts.actions import add_team, appoint_person
from hearth.foundation.accounts.models import Team
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Conflict, Refused
from hearth.foundation.core.seen import seen_of
from hearth.records.people.models import Access, Family

HELD = "Family support"


@pytest.fixture
def team(cast: Any, other_area: Any) -> Team:
    """A team of the authority, managed by somebody of another district."""
    held = Team.objects.get(name=HELD)
    with acting_as(cast.administrator):
        appoint_person(by=cast.administrator, person=cast.other_manager, role="manager", area=other_area, team=held)
    return held


def another(cast: Any, name: str, area: Any = None) -> Team:
    """One more team of the authority."""
    with acting_as(cast.administrator):
        return add_team(by=cast.administrator, organisation=cast.manager.organisation, name=name, area=area)


def opens(who: Any, case: Case) -> bool:
    """Whether somebody may open the case and its family, as pages and as the database see it."""
    with acting_as(who):
        rows = Case.objects.filter(pk=case.pk).exists()
        assert Case.objects.visible_to(who).filter(pk=case.pk).exists() is rows
        assert Family.objects.filter(pk=case.family_id).exists() is rows
        return rows


def close(cast: Any, case: Case) -> Case:
    """Close it."""
    with acting_as(cast.manager):
        return close_case(
            by=cast.manager, case=case, reason="outcomes_met", outcome="most_met", family_view="It helped."
        )


def test_the_managers_of_the_team_that_holds_a_case_may_open_the_family_until_it_is_taken_back(cast, case, team):
    assert not opens(cast.other_manager, case)
    with acting_as(cast.manager):
        give_to_team(by=cast.manager, case=case, team=team)
    assert opens(cast.other_manager, case) and not opens(cast.other_family_worker, case)
    with acting_as(cast.manager):
        give_to_team(by=cast.manager, case=case, team=None)
        kept = AuditEvent.objects.filter(family_id=case.family_id, verb="cases.given_to_team").order_by("created_at")
        assert [event.detail["team"] for event in kept] == [str(team.id), None]
    assert not opens(cast.other_manager, case) and opens(cast.family_worker, case)


def test_one_team_holds_a_case_at_a_time(cast, case, team):
    other = another(cast, "Edge of care")
    with acting_as(cast.manager):
        give_to_team(by=cast.manager, case=case, team=team)
        give_to_team(by=cast.manager, case=case, team=other)
        rows = Access.objects.filter(family=case.family, ended_at=None).exclude(team=None)
        assert [row.team for row in rows] == [other]
    assert not opens(cast.other_manager, case)


def test_closing_ends_what_the_team_holds_and_opening_again_gives_it_back(cast, case, team):
    with acting_as(cast.manager):
        give_to_team(by=cast.manager, case=case, team=team)
    closed = close(cast, case)
    assert not opens(cast.other_manager, case)
    with acting_as(cast.manager):
        take_up_case(by=cast.manager, case=closed, because="closed_in_error")
    assert opens(cast.other_manager, case)
    with acting_as(cast.manager):
        closed = close(cast, Case.objects.get(pk=case.pk))
        following = reopen_case(by=cast.manager, case=closed, because="same_need")
        assert Case.objects.get(pk=following.pk).team == team
    assert opens(cast.other_manager, following)


def test_a_family_that_moves_is_held_no_longer_by_a_team_that_does_not_work_there(cast, case, team, area, other_area):
    with acting_as(cast.administrator):
        Team.objects.filter(pk=team.pk).update(area=area)
    with acting_as(cast.county_manager):
        give_to_team(by=cast.county_manager, case=case, team=Team.objects.get(pk=team.pk))
        assert move_family(by=cast.county_manager, case=case, area=other_area).team is None
        assert Case.objects.get(pk=case.pk).team is None
        assert not Access.objects.filter(family=case.family, ended_at=None).exclude(team=None).exists()
    assert not opens(cast.manager, case)  # of the team, and of the district it has left


def test_a_team_that_works_everywhere_goes_on_holding_a_family_that_moves(cast, case, team, other_area):
    with acting_as(cast.county_manager):
        give_to_team(by=cast.county_manager, case=case, team=team)
        move_family(by=cast.county_manager, case=case, area=other_area)
        assert Case.objects.get(pk=case.pk).team == team
    assert opens(cast.manager, case)


@pytest.mark.parametrize(
    ("who", "which", "sentence"),
    [
        ("family_worker", HELD, "Only a manager or the front door"),
        ("manager", "Lantern outreach", "A team of another organisation cannot hold a case"),
        ("manager", "Elsewhere", "Elsewhere does not work in"),
    ],
)
def test_only_who_allocates_gives_a_case_and_only_to_a_team_of_the_authority_that_works_there(
    cast, case, other_area, as_, who, which, sentence
):
    another(cast, "Elsewhere", other_area)
    with as_(getattr(cast, who)), pytest.raises(Refused, match=sentence):
        give_to_team(by=getattr(cast, who), case=case, team=Team.objects.get(name=which))


def test_a_closed_case_is_given_to_nobody(cast, case, team):
    closed = close(cast, case)
    with acting_as(cast.manager), pytest.raises(Refused, match="This case is closed"):
        give_to_team(by=cast.manager, case=closed, team=team)


def test_who_saw_another_team_is_shown_both(cast, case, team):
    seen = seen_of(None)
    with acting_as(cast.manager):
        give_to_team(by=cast.manager, case=case, team=team, seen=seen)
        other = Team.objects.get(name="Safeguarding hub")
        with pytest.raises(Conflict) as found:
            give_to_team(by=cast.manager, case=case, team=other, seen=seen)
    assert found.value.texts == {"Which team holds it": (HELD, "Safeguarding hub")}


def test_the_page_gives_the_case_and_says_who_holds_it(cast, case, as_client):
    client, address = as_client(cast.manager), reverse("give_to_team", args=[case.reference])
    page = client.get(address).content.decode()
    assert HELD in page and "Lantern outreach" not in page
    assert "Choose a team, or that no team holds it" in client.post(address, {"seen": seen_of(None)}).content.decode()
    team = Team.objects.get(name=HELD)
    said = client.post(address, {"team": str(team.id), "seen": seen_of(None)}, follow=True).content.decode()
    assert f"{HELD} holds the case now." in said and "Change the team that holds it" in said
    assert "No team holds the case now." in client.post(address, {"team": "none"}, follow=True).content.decode()


def test_a_worker_is_not_offered_it_and_is_refused_at_its_address(cast, case, as_client):
    client = as_client(cast.family_worker)
    assert "Give it to a team" not in client.get(reverse("case", args=[case.reference])).content.decode()
    key = str(Team.objects.get(name=HELD).id)
    answer = client.post(reverse("give_to_team", args=[case.reference]), {"team": key})
    assert "Only a manager or the front door" in answer.content.decode()
    assert not Access.objects.using("owner").filter(team=key).exists()
