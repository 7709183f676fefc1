"""Unmet need, cases, searches and feeds side by side: as far as the reader's districts go, naming nobody, small ones left out."""

import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from hearth.casework.cases.actions import open_case
from hearth.casework.cases.models import Case
from hearth.commissioning.needs import figures, queries
from hearth.commissioning.needs.models import EvidenceSource
from hearth.commissioning.needs.tests.conftest import search
from hearth.foundation.accounts.models import Appointment
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.records.people.restrictions.actions import place_restriction

UNMET, CASES, SEARCHES = figures.COUNTED
HERE, THERE = "burnley", "chorley"


def seen(who: Any, as_: Any, area: str = "") -> figures.Beside:
    with as_(who):
        return queries.needs_by_area(who, area)


def test_sources_stand_side_by_side_by_district_and_need(met: Any, cast: Any, as_: Any) -> None:
    for _ in range(6):
        met()
    search(7)
    search(8, "money_and_debt", THERE)
    search(9, "housing", THERE)
    with clock.frozen(clock.now() - dt.timedelta(days=900)):
        search(50)
    found = seen(cast.commissioner, as_)
    assert found.cells[UNMET, HERE, "speech_and_language"] == 6 and found.cells[UNMET, HERE, ""] == 6
    assert found.cells[SEARCHES, HERE, "speech_and_language"] == 7, "by the need that the pack says it is"
    assert found.cells[SEARCHES, THERE, "money"] == 8 and found.cells[SEARCHES, "", ""] == 24
    lines = {row.code: row for row in seen(cast.commissioner, as_, THERE).by_need}
    assert lines["short_breaks"].unsaid == (CASES, SEARCHES), "which have no word for it: that is no nought"
    assert lines["money"].figures[SEARCHES] == 8 and lines["speech_and_language"].figures[SEARCHES] == 0


def test_open_cases_are_counted_by_the_needs_that_their_request_named(
    cast: Any, family: Any, ask: Any, as_: Any
) -> None:
    asked = ask(needs=["attendance", "exclusion", "losing_home"])
    by = cast.front_door_officer
    with as_(by):
        opened = open_case(by=by, family=family, because="assessment", request_id=asked.pk, lead=cast.family_worker)
    counted = seen_raw(cast.commissioner, as_)
    assert counted[CASES, HERE, ""] == 1
    assert counted[CASES, HERE, "school"] == 1, "two of its words are of one need, and it is one case"
    assert counted[CASES, HERE, "housing"] == 1 and (CASES, HERE, "money") not in counted
    with as_(by):
        Case.objects.filter(pk=opened.pk).update(stage="closed", closed_on=clock.today())
    assert seen_raw(cast.commissioner, as_) == {}, "a case that is closed is not open need"


def seen_raw(who: Any, as_: Any) -> dict[Any, int]:
    """Before small ones are left out."""
    with as_(who):
        return figures._counted(who)


def test_a_small_figure_is_left_out_on_the_page_and_in_the_file(met: Any, cast: Any, as_: Any, as_client: Any) -> None:
    met()
    met(need="housing")
    search(3)
    client = as_client(cast.commissioner)
    page = client.get(reverse("needs_by_area")).content.decode()
    assert ">few</span>" in page
    told = client.post(reverse("download_needs"), {"table": "by_need", "as": "csv"}).content.decode()
    line = next(each for each in told.splitlines() if each.startswith("Housing"))
    assert figures.FEW in line and ",1," not in line
    found = seen(cast.commissioner, as_)
    assert found.cells[UNMET, HERE, "housing"] is None and found.cells[UNMET, HERE, ""] is None
    assert found.cells[SEARCHES, HERE, ""] is None


def test_what_is_restricted_is_in_no_figure(met: Any, case: Any, family: Any, cast: Any, as_: Any) -> None:
    met()
    assert seen_raw(cast.commissioner, as_)[CASES, HERE, ""] == 1
    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=family.reference, reason="A refuge")
    assert seen_raw(cast.commissioner, as_) == {}


def test_whose_role_is_of_a_district_sees_that_district_alone(met: Any, cast: Any, as_: Any) -> None:
    for _ in range(6):
        met()
    search(7)
    search(9, district=THERE)
    found = seen(cast.development_officer, as_)
    assert list(found.areas) == [HERE] and found.cells[SEARCHES, "", ""] == 7
    assert seen(cast.development_officer, as_, THERE).area == "", "another district is not theirs to choose"
    for who in ("board_member", "strategic_lead", "senior_development_officer"):
        assert len(seen(getattr(cast, who), as_).areas) > 1, who


@pytest.mark.parametrize(
    "who",
    [
        "family_worker",
        "practitioner",
        "provider",
        "manager",
        "analyst",
        "elected_member",
        "administrator",
        "panel_coordinator",
    ],
)
def test_others_see_no_figure_and_the_database_counts_nothing_for_them(
    who: str, met: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    met()
    by = getattr(cast, who)
    with as_(by):
        with pytest.raises(Refused):
            queries.needs_by_area(by, "")
        for reader in (by, cast.commissioner):
            with connection.cursor() as cursor:
                cursor.execute(
                    "select count(*) from hearth_need_counts(%s, '2020-01-01', '{}', '{}', '{}')", [reader.pk]
                )
                assert cursor.fetchone() == (0,)
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from hearth_need_flags()")
            assert cursor.fetchone() == (0,)
    client = as_client(by)
    assert client.get(reverse("needs_by_area")).status_code == 403
    assert client.post(reverse("download_needs"), {"table": "intentions"}).status_code == 403


def test_an_appointment_that_ended_counts_nothing(met: Any, cast: Any, as_: Any) -> None:
    met()
    by = cast.development_officer
    with as_(cast.administrator):
        Appointment.objects.filter(user=by).update(ended_at=clock.now())
    with as_(by), connection.cursor() as cursor:
        cursor.execute("select count(*) from hearth_need_counts(%s, '2020-01-01', '{}', '{}', '{}')", [by.pk])
        assert cursor.fetchone() == (0,)


def test_the_page_says_that_population_is_not_held_and_what_no_file_is_held_of(cast: Any, as_client: Any) -> None:
    page = as_client(cast.board_member).get(reverse("needs_by_area")).content.decode()
    assert "No file of it is held" in page and figures.NOT_HELD in page
    assert "For every 1,000 people under 18" not in page, "a table without one figure"


def test_tables_are_taken_away_with_what_they_mean_on_record(draft: Any, cast: Any, as_client: Any) -> None:
    draft(title="=1+1")
    client = as_client(cast.commissioner)
    for table in ("by_area", "per_thousand", "by_need", "intentions"):
        for kind in ("csv", "xlsx"):
            told = client.post(reverse("download_needs"), {"table": table, "as": kind})
            assert told.status_code == 200 and kind in told.headers["Content-Disposition"], (table, kind)
    book = load_workbook(io.BytesIO(told.content))
    assert book.worksheets[0]["A2"].value == "=1+1" and book.worksheets[0]["A2"].data_type == "s"
    assert "'=1+1" in client.post(reverse("download_needs"), {"table": "intentions", "as": "csv"}).content.decode()
    assert client.get(reverse("download_needs")).status_code == 302
    assert client.post(reverse("download_needs"), {"table": "none"}).status_code == 302
    with acting_as(cast.commissioner, using="audit"):
        assert AuditEvent.objects.using("audit").filter(verb="needs.table_downloaded").count() == 9


def test_the_page_costs_the_same_whatever_there_is(draft: Any, met: Any, cast: Any, as_client: Any) -> None:
    client = as_client(cast.commissioner)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("needs_by_area")).status_code == 200
        return len(asked)

    cost()
    before = cost()
    for number in range(4):
        draft(title=f"Number {number}")
        met(need="housing")
        search(2, "housing", THERE)
    assert cost() == before


def test_every_word_that_the_pack_lays_beside_a_need_is_said_once() -> None:
    from hearth.foundation.core.pack import pack

    for name in ("asked_as", "searched_as"):
        said = [word for need in pack().unmet.needs for word in getattr(need, name)]
        assert len(said) == len(set(said)), "or a case would be counted under two needs for one word"
    assert EvidenceSource.CONCERN in figures.DEFINED
