"""Hours by district and quarter: counted twice and the same, few families left out; and what is let go of a volunteer in time."""

import csv
import datetime as dt
import io
from collections import Counter
from typing import Any

import pytest
from django.db import connection

from hearth.casework.cases.actions import open_case
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.oversight.quality.volunteers import actions as of_volunteers
from hearth.oversight.quality.volunteers.helping import actions, figures, queries
from hearth.oversight.quality.volunteers.models import VolunteerVisit
from hearth.oversight.quality.volunteers.tests.conftest import WANTED, ago, answer
from hearth.records.people.actions import open_family
from hearth.records.people.restrictions.actions import place_restriction

START = dt.date(2026, 1, 5)


def _helped(cast: Any, choose: Any, volunteer: Any, name: str, worker: Any, coordinator: Any, area: Any) -> Any:
    with acting_as(worker):
        family = open_family(by=worker, name=name, area=area)
        case = open_case(by=worker, family=family, because="assessment", lead=worker)
        asked = actions.ask_for_volunteer(by=worker, case=case, **WANTED, agreed_on=clock.today())
    return answer(worker, choose(asked, volunteer, by=coordinator))


@pytest.fixture
def visited(cast: Any, approved: Any, choose: Any, area: Any, other_area: Any) -> list[Any]:
    """Six families of the first district and two of the second, each visited on the last day of a quarter and the first of the next."""
    with clock.frozen(START):
        here = approved()
        there = approved(by=cast.other_volunteer_coordinator, where=other_area, full_name="Away Person")
        matches = [
            _helped(cast, choose, here, f"Here{number}", cast.family_worker, cast.volunteer_coordinator, area)
            for number in range(6)
        ]
        matches += [
            _helped(
                cast,
                choose,
                there,
                f"There{number}",
                cast.other_family_worker,
                cast.other_volunteer_coordinator,
                other_area,
            )
            for number in range(2)
        ]
    with clock.frozen(dt.date(2026, 4, 20)):
        for number, match in enumerate(matches):
            by = cast.volunteer_coordinator if number < 6 else cast.other_volunteer_coordinator
            with acting_as(by):
                found = queries.match_of(by, match.reference)
                for day in (dt.date(2026, 3, 31), dt.date(2026, 4, 1)):
                    actions.log_visit(by=by, match=found, visited_on=day, minutes=90)
    return matches


def _lines(reader: Any) -> dict[tuple[str, str], Any]:
    with acting_as(reader):
        return {(line.quarter[:7], line.area): line for line in figures.hours(reader)}


def test_it_is_counted_twice_and_the_same_and_few_families_are_left_out(
    cast: Any, visited: Any, area: Any, other_area: Any
) -> None:
    with acting_as(cast.volunteer_coordinator):
        minutes: Counter[int] = Counter()
        for visit in VolunteerVisit.objects.all():
            minutes[visit.visited_on.month // 4] += visit.minutes
    found = _lines(cast.elected_member)
    first = found["January", area.name]
    assert (first.hours, first.volunteers) == (minutes[0] / 60, 1) == (9.0, 1)
    assert found["April t", area.name].hours == minutes[1] / 60
    other = found["January", other_area.name]
    assert (other.families, other.visits, other.hours) == (None, None, 3.0), "two families are too few to show"
    assert (first.families, found["January", "Together"].families) in ((None, 8), (6, None)), "nor is it told by a sum"


def test_who_reads_which_districts_and_what_leaves_the_product(
    cast: Any, visited: Any, area: Any, other_area: Any, as_client: Any, kept_of: Any
) -> None:
    names = {
        key: {area for _, area in _lines(getattr(cast, key))}
        for key in ("volunteer_coordinator", "other_volunteer_coordinator", "family_worker")
    }
    assert names == {
        "volunteer_coordinator": {area.name},
        "other_volunteer_coordinator": {other_area.name},
        "family_worker": set(),
    }
    assert as_client(cast.family_worker).get("/volunteers/hours/").status_code == 403
    member = as_client(cast.elected_member)
    assert "few" in member.get("/volunteers/hours/").content.decode()
    assert member.get("/volunteers/hours/download/").status_code == 302
    rows = list(
        csv.reader(io.StringIO(member.post("/volunteers/hours/download/", {"as": "csv"}).content.decode("utf-8-sig")))
    )
    assert any(row[1:2] == [other_area.name] and row[-1] == "few" for row in rows)
    assert [each.verb for each in kept_of(cast.elected_member) if each.kind == "exported"] == [
        "volunteers.hours_downloaded"
    ]


def test_what_was_taken_back_and_a_restricted_family_are_in_no_figure(cast: Any, visited: Any, area: Any) -> None:
    by = cast.volunteer_coordinator
    with acting_as(by):
        found = queries.match_of(by, visited[0].reference)
        actions.take_back_visit(by=by, match=found, visit=queries.visit_of(by, found, 1))
    with acting_as(cast.family_worker):
        reference = visited[1].asked.case.family.reference
    with acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=reference, reason="Threats")
    lines = _lines(cast.volunteer_coordinator)
    assert (lines["January", area.name].hours, lines["April t", area.name].hours) == (6.0, 7.5)


def test_a_quarter_without_a_visit_is_blank_and_the_first_is_a_quarters_first_day() -> None:
    with clock.frozen(dt.date(2026, 11, 30)):
        assert figures.since() == dt.date(2025, 1, 1)
        assert figures.quarter_words(dt.date(2026, 10, 1)) == "October to December 2026"
    with clock.frozen(dt.date(2026, 1, 1)):
        assert figures.since() == dt.date(2024, 4, 1)


def test_nobody_reads_what_the_counting_and_the_tidying_may(cast: Any, approved: Any) -> None:
    from django.db import DatabaseError

    approved()
    for statement in ("select hearth_let_go_of_volunteers(6)", "select hearth_volunteering_in_no_figure()"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            acting_as(cast.volunteer_coordinator),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_pack_says_how_long_somebody_is_kept() -> None:
    rule = pack().retention.rule("volunteer")
    assert rule is not None and rule.trigger == "volunteer_ended" and rule.years >= 1


def test_a_volunteer_who_ended_today_is_not_let_go(cast: Any, approved: Any) -> None:
    by, made = cast.volunteer_coordinator, approved()
    with acting_as(by):
        ended = of_volunteers.end_volunteer(by=by, volunteer=made, end_reason="moved")
        assert ended.ended_on == ago(0) and ended.let_go_at is None
