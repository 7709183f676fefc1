"""Who carries how much: a manager's own areas, by lead practitioner, the most late first; nobody else's, and nothing that is restricted."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.cases.models import Case, DueItem
from hearth.casework.cases.workload.queries import Load, workload
from hearth.desk.counts.tests.test_assessed import begun, family_with_case
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.records.people.restrictions.actions import place_restriction

NOW = dt.date(2026, 11, 2)


@pytest.fixture
def three(cast: Any, area: Any, other_area: Any) -> list[Case]:
    """Two cases of the district's worker, opened long ago, and one of the other district's."""
    with clock.frozen(dt.date(2026, 6, 1)):
        made = [
            family_with_case(cast, area, "Abbot", cast.family_worker),
            family_with_case(cast, area, "Baxter", cast.family_worker),
            family_with_case(cast, other_area, "Carter", cast.other_family_worker),
        ]
        begun(cast.family_worker, made[0])
    return made


def loads(reader: Any) -> list[Load]:
    with clock.frozen(NOW), acting_as(reader):
        return list(workload(reader).loads)


def test_each_lead_practitioner_has_a_row_counted_as_by_hand(three: Any, cast: Any) -> None:
    [one] = loads(cast.manager)
    with clock.frozen(NOW), acting_as(cast.manager):
        rows = list(Case.objects.visible_to(cast.manager).exclude(stage="closed"))
        due = [DueItem.objects.filter(case=row, done_at=None).order_by("due_on").first() for row in rows]
    late = [each.due_on for each in due if each is not None and each.due_on < NOW]
    assert len(rows) == 2 and late, "there is something late to count"
    assert (one.lead, one.name, one.cases) == (cast.family_worker.pk, cast.family_worker.full_name, 2)
    assert (one.late, one.late_since) == (len(late), min(late))
    assert one.children == sum(row.children_count for row in rows)
    assert one.late + one.week + one.nothing_due <= one.cases


def test_cases_that_nobody_leads_stand_first(three: Any, cast: Any) -> None:
    with acting_as(cast.manager):
        Case.objects.filter(pk=three[0].pk).update(lead=None)
    first, then = loads(cast.manager)
    assert (first.lead, first.cases, then.cases) == (None, 1, 1)


def test_a_restricted_family_is_not_counted(three: Any, cast: Any) -> None:
    with acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=three[0].family.reference, reason="Threats.")
    assert [each.cases for each in loads(cast.manager)] == [1]


def test_another_districts_manager_and_who_sees_no_teams_work_learn_nothing(three: Any, cast: Any) -> None:
    for stranger in (cast.family_worker, cast.board_member, cast.provider, cast.administrator):
        with pytest.raises(Refused, match="Only a manager or the front door"):
            loads(stranger)
        with connection.cursor() as cursor, acting_as(stranger):
            cursor.execute("select * from hearth_workload(%s, %s)", [stranger.id, NOW])
            assert cursor.fetchall() == []
            cursor.execute("select * from hearth_workload(%s, %s)", [cast.manager.id, NOW])
            assert cursor.fetchall() == [], "nobody asks in somebody else's name"


def test_the_page_and_the_file_say_the_same(three: Any, cast: Any, as_client: Any) -> None:
    with clock.frozen(NOW):
        client = as_client(cast.manager)
        page = client.get(reverse("team_workload")).content.decode()
        answer = client.post(reverse("download_workload"), {"as": "csv"})
        assert client.get(reverse("download_workload")).status_code == 302
    assert cast.family_worker.full_name in page and "2 open cases" in page
    text = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode("utf-8-sig")
    assert cast.family_worker.full_name in text and "Restricted records are not counted" in text
    assert as_client(cast.board_member).get(reverse("team_workload")).status_code == 403
    assert as_client(cast.board_member).post(reverse("download_workload")).status_code == 403


def test_it_is_one_query_however_many_cases_there_are(three: Any, cast: Any) -> None:
    with clock.frozen(NOW), acting_as(cast.manager), CaptureQueriesContext(connection) as asked:
        workload(cast.manager)
    assert len([each for each in asked if "hearth_workload" in each["sql"]]) == 1 and len(asked) <= 3
