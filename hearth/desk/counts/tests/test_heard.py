"""How long panels take: from being brought to the decision and to the first help, as medians that name nobody."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.cases.actions import open_case
from hearth.casework.panels.after.actions import record_first_help
from hearth.casework.panels.models import PanelItem
from hearth.casework.panels.running.actions import approve_minutes, decide_panel_item, record_panel_attendance
from hearth.casework.panels.tests.conftest import SEATS, agreed_on, panel, plan, propose  # noqa: F401 - fixtures
from hearth.desk.counts.heard.queries import Times, Wanted, counted_panel_items, times_taken
from hearth.desk.counts.heard.spreadsheet import said
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.records.people.actions import add_person, open_family
from hearth.records.people.restrictions.actions import place_restriction

KIND = "district_panel"


def _case(by: Any, area: Any, name: str) -> Any:
    with acting_as(by):
        found = open_family(by=by, name=name, area=area)
        add_person(by=by, family=found, role="child", given_name="Zed", family_name=name)
        return open_case(by=by, family=found, because="assessment", lead=by)


def _fresh(by: Any, item: Any) -> PanelItem:
    with acting_as(by):
        rows = PanelItem.objects.select_related("family", "case__area", "meeting__panel__area", "panel", "proposed_by")
        return rows.get(pk=item.pk)


@pytest.fixture
def heard(cast: Any, area: Any, request: Any, plan: Any, propose: Any) -> dict[str, PanelItem]:  # noqa: F811
    """Three families heard today: brought 12, 4 and 2 days ago; help of the first and the second began today."""
    by, ago = cast.panel_coordinator, {"Alder": 12, "Birch": 4, "Cedar": 2}
    cases = {name: _case(cast.family_worker, area, name) for name in ago}
    with clock.frozen(clock.now() - dt.timedelta(days=13)):
        meeting = plan(request.getfixturevalue("panel"))[0]
    brought = {}
    for name, days in ago.items():
        with clock.frozen(clock.now() - dt.timedelta(days=days)):
            with acting_as(by):
                meeting.meets_on = clock.today() + dt.timedelta(days=days)
                meeting.save(update_fields=["meets_on"])
            brought[name] = propose(cases[name], meeting, basis=agreed_on(clock.today()))
    with acting_as(by):
        there = {getattr(cast, key): sector for key, place, _, sector in SEATS if place == "core"}
        record_panel_attendance(by=by, meeting=_fresh(by, brought["Alder"]).meeting, there=there)
    for item in brought.values():
        again = _fresh(by, item)
        with acting_as(by):
            decide_panel_item(by=by, item=again, kind="joint_working", words="Together", reasons="Two know them")
    with acting_as(cast.panel_chair):
        approve_minutes(by=cast.panel_chair, meeting=_fresh(cast.panel_chair, brought["Alder"]).meeting)
    for name in ("Alder", "Birch"):
        again = _fresh(cast.family_worker, brought[name])
        with acting_as(cast.family_worker):
            record_first_help(by=cast.family_worker, item=again, first_help_on=clock.today())
    return {name: _fresh(cast.family_worker, item) for name, item in brought.items()}


def _taken(by: Any, **wanted: Any) -> Any:
    with acting_as(by):
        return times_taken(by, Wanted(**wanted))


def test_each_is_counted_once_by_kind_district_and_month_with_the_middle_of_the_days(
    heard: Any, area: Any, cast: Any
) -> None:
    taken = _taken(cast.board_member)
    assert taken.total == Times("", "All together", 3, 4.0, 2, 0.0)
    (kind,) = taken.splits["kind"]
    assert (kind.key, kind.heard, kind.to_decision) == (KIND, 3, 4.0)
    by_area = {line.key: line for line in taken.splits["area"]}
    assert (by_area[area.code].heard, by_area[area.code].helped) == (3, 2)
    assert {line.heard for key, line in by_area.items() if key != area.code} <= {0}
    this_month = taken.splits["month"][0]
    assert (this_month.key, this_month.heard) == (clock.today().replace(day=1).isoformat(), 3)


def test_where_nobody_was_heard_there_is_no_middle_and_not_nought(heard: Any, other_area: Any, cast: Any) -> None:
    taken = _taken(cast.board_member, area=other_area.code)
    assert taken.total == Times("", "All together", 0, None, 0, None)
    assert _taken(cast.board_member, kind="sub_group").total.heard == 0
    assert (said(None), said(8.0), said(8.5)) == ("", "8", "8.5")


def test_a_restricted_family_is_in_no_figure_and_opens_for_nobody(heard: Any, cast: Any) -> None:
    with acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=heard["Alder"].family.reference, reason="A refuge")
    assert _taken(cast.board_member).total == Times("", "All together", 2, 3.0, 1, 0.0)
    with acting_as(cast.manager):
        opened = counted_panel_items(cast.manager, Wanted())
        assert (opened.counted, opened.may_open) == (2, 2)


def test_a_figure_opens_into_what_the_reader_may_open_and_no_more(heard: Any, cast: Any, as_client: Any) -> None:
    with acting_as(cast.manager):
        opened = counted_panel_items(cast.manager, Wanted(month=clock.today().replace(day=1)))
        assert (opened.counted, opened.may_open) == (3, 3)
    for key in ("board_member", "other_manager", "commissioner"):
        reader = getattr(cast, key)
        with acting_as(reader):
            opened = counted_panel_items(reader, Wanted())
            assert (opened.counted, opened.may_open, list(opened.page.rows)) == (3, 0, []), key
        page = as_client(reader).get(reverse("counted_panel_items")).content.decode()
        assert "You may open 0 of 3" in page and "PI-" not in page, key


def test_whoever_may_not_see_counts_is_refused_by_the_rule_and_by_the_database(
    heard: Any, cast: Any, as_client: Any
) -> None:
    for key in ("family_worker", "panel_coordinator", "provider", "health_visitor", "administrator"):
        reader = getattr(cast, key)
        for name in ("panel_times", "counted_panel_items"):
            assert as_client(reader).get(reverse(name)).status_code == 403, key
        assert as_client(reader).post(reverse("download_panel_times")).status_code == 403, key
        with acting_as(reader):
            for read in (times_taken, counted_panel_items):
                with pytest.raises(Refused):
                    read(reader, Wanted())
            for whose in (reader, cast.board_member):  # oneself, and in somebody else's name
                with connection.cursor() as cursor:
                    cursor.execute(
                        "select sum(heard) from hearth_panel_times(%s, '2020-01-01', '{burnley}', '')", [whose.id]
                    )
                    assert cursor.fetchone() == (0,), key


def test_the_page_says_what_is_counted_and_is_taken_away_as_a_file_that_is_on_record(
    heard: Any, cast: Any, as_client: Any, kept_of: Any
) -> None:
    client = as_client(cast.board_member)
    page = client.get(reverse("panel_times")).content.decode()
    assert "the median: half of the families waited no longer" in page and "/opened/" not in page
    assert "districts that are not listed, no panel heard a family" in page and "Hyndburn</th>" not in page
    assert "/counts/panels/opened/?" in as_client(cast.manager).get(reverse("panel_times")).content.decode()
    assert client.get(reverse("panel_times") + "?area=nowhere&period=x&month=never").status_code == 200
    assert client.get(reverse("download_panel_times")).status_code == 302
    lines = client.post(reverse("download_panel_times")).content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("By,Which,Heard,Median days") and lines[-1] == "All,All together,3,4,2,0"
    assert "counts.panel_times_downloaded" in [event.verb for event in kept_of(cast.board_member)]


def test_more_families_are_not_more_queries(heard: Any, cast: Any, as_client: Any) -> None:
    client = as_client(cast.manager)
    for page in (reverse("panel_times"), reverse("counted_panel_items")):
        one, all_of_them = (_count(client, page + more) for more in ("?area=chorley", ""))
        assert one == all_of_them, page


def _count(client: Any, page: str) -> int:
    assert client.get(page).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        client.get(page)
    return len(seen)
