"""A panel is set up where one's role reaches, has a chair from its core, and says which sectors are missing."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.panels import queries, rules
from hearth.casework.panels.actions import (
    add_panel,
    add_panel_member,
    change_panel_member,
    end_panel,
    end_panel_member,
)
from hearth.casework.panels.models import Panel, PanelMember
from hearth.casework.panels.tests.conftest import PATTERN, set_up
from hearth.foundation.accounts.models import Area
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.refusals import Refused


def _member(panel: Any, user: Any) -> PanelMember:
    return PanelMember.objects.select_related("panel__area", "user__organisation").get(panel=panel, user=user)


def test_it_says_which_sectors_of_its_kind_have_nobody(panel: Any, cast: Any, as_: Any) -> None:
    with as_(cast.panel_coordinator):
        members = queries.members_of(cast.panel_coordinator, panel)
        sectors = queries.sectors_of(panel, members)
    assert members[0].user == cast.panel_chair
    assert sectors.missing == ["Young people's services", "Adult services", "Housing"]
    assert (sectors.core, sectors.too_few) == (6, False)


def test_a_sub_group_has_ten_members_at_most_and_seven_at_least(cast: Any, area: Any, as_: Any) -> None:
    group, by = set_up(cast, area, "Burnley sub-group", "sub_group"), cast.development_officer
    people = ("manager", "practitioner", "colleague", "health_visitor", "police_officer", "charity_worker",
              "family_worker", "front_door_officer", "panel_chair", "panel_coordinator")  # fmt: skip
    with as_(by):
        add_panel_member(by=by, panel=group, user=cast.board_member, place="core", sector="health")
        assert queries.sectors_of(group, queries.members_of(by, group)).too_few
        for key in people[:-1]:
            add_panel_member(by=by, panel=group, user=getattr(cast, key), place="core", sector="education")
        with pytest.raises(Refused, match="10 at most"):
            add_panel_member(by=by, panel=group, user=cast.panel_coordinator, place="core", sector="education")
        invited = add_panel_member(by=by, panel=group, user=cast.panel_coordinator, place="invited", sector="education")
        assert not invited.runs_it


def test_the_chair_is_one_of_the_core_and_there_is_one(panel: Any, cast: Any, as_: Any) -> None:
    by = cast.panel_coordinator
    with as_(by):
        with pytest.raises(Refused, match="chairs it"):
            change_panel_member(by=by, member=_member(panel, cast.health_visitor), is_chair=True)
        change_panel_member(by=by, member=_member(panel, cast.panel_chair), is_chair=False)
        change_panel_member(by=by, member=_member(panel, cast.health_visitor), is_chair=True)
        with pytest.raises(Refused, match="one of the core"):
            add_panel_member(by=by, panel=panel, user=cast.manager, place="invited", is_chair=True, sector="early_help")
        with pytest.raises(IntegrityError, match="chair_is_of_the_core"), transaction.atomic():
            PanelMember.objects.filter(panel=panel, place="coordinator").update(is_chair=True)
    with as_(cast.health_visitor):
        assert rules.runs(cast.health_visitor, panel)


def test_a_deputy_is_of_the_members_own_organisation(panel: Any, cast: Any, as_: Any) -> None:
    by, member = cast.panel_coordinator, None
    with as_(by):
        member = _member(panel, cast.practitioner)
        with pytest.raises(Refused, match="Beacon Hill"):
            change_panel_member(by=by, member=member, deputy=cast.health_visitor)
        change_panel_member(by=by, member=member, deputy=cast.colleague)
    with as_(cast.colleague):
        assert rules.member_of(cast.colleague, panel) is not None


def test_who_sits_there_no_more_runs_nothing(panel: Any, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    with as_(by):
        end_panel_member(by=by, member=_member(panel, cast.panel_coordinator))
        assert AuditEvent.objects.filter(verb="panels.member_ended", subject=panel.reference).count() == 1
    with as_(cast.panel_coordinator), pytest.raises(Refused, match="Its chair, its coordinator or a manager"):
        add_panel_member(by=cast.panel_coordinator, panel=panel, user=cast.manager, place="core", sector="early_help")


def test_a_panel_with_meetings_to_come_is_not_ended(panel: Any, meeting: Any, cast: Any, as_: Any) -> None:
    with as_(cast.development_officer), pytest.raises(Refused, match="meetings to come"):
        end_panel(by=cast.development_officer, panel=panel, why="Merged")
    with as_(cast.panel_coordinator), pytest.raises(Refused, match="A development officer"):
        end_panel(by=cast.panel_coordinator, panel=panel, why="Merged")


def test_an_ended_panel_is_changed_no_more(cast: Any, area: Any, as_: Any) -> None:
    panel, by = set_up(cast, area), cast.development_officer
    with as_(by):
        end_panel(by=by, panel=panel, why="Merged with another")
        with pytest.raises(Refused, match="has ended"):
            add_panel_member(by=by, panel=panel, user=cast.manager, place="core", sector="early_help")


@pytest.mark.parametrize("who", ["other_manager", "practitioner", "elected_member", "charity_manager"])
def test_nobody_sets_one_up_where_their_role_does_not_reach(who: str, cast: Any, area: Any, as_: Any) -> None:
    by = getattr(cast, who)
    with as_(by), pytest.raises(Refused):
        add_panel(by=by, name="Mine", kind="district_panel", area=area, **PATTERN)


def test_a_forum_is_for_a_locality_and_a_panel_for_a_district(cast: Any, area: Any) -> None:
    with pytest.raises(Refused, match="Choose a locality"):
        set_up(cast, area, "A forum", "forum")
    with pytest.raises(Refused, match="Choose a district"):
        set_up(cast, Area.objects.get(code="east"), "A panel")


def test_the_database_lets_nobody_else_sit_on_it(panel: Any, cast: Any, as_: Any) -> None:
    """Past every rule: a member makes themselves the chair, a stranger adds themselves."""
    with as_(cast.police_officer):
        assert PanelMember.objects.filter(panel=panel, user=cast.police_officer).update(sector="health") == 0
    with (
        as_(cast.other_practitioner),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        PanelMember(
            panel=panel, user=cast.other_practitioner, place="core", sector="health", added_by=cast.other_practitioner
        ).save(force_insert=True)
    with as_(cast.elected_member):
        assert not Panel.objects.exists() and not PanelMember.objects.exists()


def test_the_pages_are_for_whoever_brings_something_to_a_panel(panel: Any, cast: Any, as_client: Any) -> None:
    page = as_client(cast.practitioner).get(reverse("panels"))
    assert page.status_code == 200 and "Burnley panel" in page.content.decode()
    assert "You sit here" in page.content.decode() and "/meetings.ics" in page.content.decode()
    assert as_client(cast.practitioner).get(reverse("panel", args=[panel.reference])).status_code == 200
    assert as_client(cast.practitioner).get(reverse("add_panel_member", args=[panel.reference])).status_code == 403
    assert as_client(cast.elected_member).get(reverse("panels")).status_code == 403
    assert as_client(cast.elected_member).get(reverse("panel", args=[panel.reference])).status_code == 404


def test_it_is_set_up_on_its_pages(cast: Any, area: Any, as_client: Any) -> None:
    client = as_client(cast.development_officer)
    sent = {"kind": "district_panel", "area": area.code, "name": "Burnley panel", "week": "2", "weekday": "1",
            "starts_at": "9:30am", "ends_at": "9am", "place": "The town hall"}  # fmt: skip
    wrong = client.post(reverse("add_panel"), sent)
    assert wrong.status_code == 422 and "It must end after it begins" in wrong.content.decode()
    assert "The town hall" in wrong.content.decode()
    done = client.post(reverse("add_panel"), sent | {"ends_at": "12pm"})
    assert done.status_code == 302
    page = client.get(done["Location"]).content.decode()
    assert "Nobody sits on it yet" in page and "It meets every month" in page
    added = client.post(done["Location"] + "members/add/", {
        "user": cast.panel_chair.reference, "place": "core", "is_chair": "on", "sector": "early_help",
    })  # fmt: skip
    assert added.status_code == 302
    assert "Peter Lomax" in client.get(done["Location"]).content.decode()
    member = reverse("end_panel_member", args=[done["Location"].split("/")[2], cast.panel_chair.reference])
    assert client.post(member, {}).status_code == 302
    assert "no more" in client.get(done["Location"]).content.decode()
    assert "Peter Lomax" not in client.get(done["Location"]).content.decode()


def test_the_pages_ask_the_same_number_of_queries_however_many_there_are(
    panel: Any, cast: Any, area: Any, as_client: Any, plan: Any
) -> None:
    client = as_client(cast.manager)
    pages = [reverse("panels"), reverse("panel", args=[panel.reference])]
    for page in pages:
        client.get(page)
    before = [_count(client, page) for page in pages]
    for number in range(5):
        set_up(cast, area, f"Panel {number}")
    plan(panel)
    assert [_count(client, page) for page in pages] == before


def _count(client: Any, page: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)
