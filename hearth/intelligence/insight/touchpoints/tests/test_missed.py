"""The report of missed opportunities: worked out by the run without names, small figures left out, opened into names through access."""

import datetime as dt
from collections.abc import Callable
from itertools import islice, product
from typing import Any

import pytest
from django.db import connection

from hearth.foundation.accounts.models import Area
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.intelligence.feeds.permits import DENY, Decision
from hearth.intelligence.insight.models import InsightRun
from hearth.intelligence.insight.touchpoints import reporting
from hearth.intelligence.insight.touchpoints.figures import summed, suppressed
from hearth.intelligence.insight.touchpoints.recording.actions import record_touchpoint, withdraw_touchpoint
from hearth.intelligence.insight.touchpoints.reporting import Cell, missed_opportunities, opened
from hearth.intelligence.insight.touchpoints.tests.conftest import NHS, TODAY, VISITS, visits
from hearth.invented.renaming import nhs_numbers as every_number
from hearth.records.people.restrictions.actions import place_restriction

Call = Callable[..., Any]
SIX = "six-week-review"
DUE = TODAY - dt.timedelta(days=100)
NUMBERS = list(islice(every_number({NHS}), 100))


def nhs_numbers(first: int, many: int) -> list[str]:
    """So many numbers for testing, the same each time."""
    return NUMBERS[first : first + many]


def rows(many: int, missed: int, first: int = 0, due: dt.date = DUE) -> str:
    """Rows of that many children, of whom so many were not seen."""
    numbers = nhs_numbers(first, many)
    seen = ["" if place < missed else str(due) for place in range(many)]
    return "".join(f"{number},six_to_eight_weeks,{due},{day},\n" for number, day in zip(numbers, seen, strict=True))


@pytest.fixture
def cell(cast: Any) -> Callable[..., Cell]:
    """One figure of the report, as a commissioner reads it; of everybody for no area."""

    def do(area: str = "", code: str = SIX, by: str = "commissioner") -> Cell:
        reader = getattr(cast, by)
        with acting_as(reader):
            found = missed_opportunities(reader).cell(area, code)
        assert found is not None
        return found

    return do


def test_figures_are_of_districts_that_a_file_is_about_and_the_others_are_not_held(
    cast: Any, area: Area, held: Call, worked_out: Call, cell: Call
) -> None:
    held("health_visits", VISITS + rows(40, 15), area=area)
    worked_out()
    assert cell(area.code) == Cell(SIX, 40, 15)
    assert cell() == Cell(SIX, 40, 15)
    with acting_as(cast.commissioner):
        lines = missed_opportunities(cast.commissioner).lines
    others = [line for line in lines if line.area != area.code]
    assert others and all(not each.is_held and each.missed is None for line in others for each in line.cells)


def test_nobody_is_counted_who_may_still_be_seen_or_was_due_long_ago_or_twice(
    cast: Any, area: Area, held: Call, worked_out: Call, cell: Call
) -> None:
    lately, long_ago = TODAY - dt.timedelta(days=10), TODAY - dt.timedelta(days=500)
    everybody = rows(20, 10) + rows(20, 20, 20, lately) + rows(20, 20, 40, long_ago)
    again = "".join(f"{number},six_to_eight_weeks,{DUE - dt.timedelta(days=1)},,\n" for number in nhs_numbers(15, 5))
    early = {"covers_from": TODAY - dt.timedelta(days=600)}
    held("health_visits", VISITS + everybody + again, area=area, **early)
    worked_out()
    assert cell(area.code) == Cell(SIX, 20, 10), "whoever was seen at the second try was not missed"


def test_before_any_run_and_where_nothing_is_held_the_report_says_so(cast: Any, worked_out: Call, held: Call) -> None:
    with acting_as(cast.commissioner):
        assert missed_opportunities(cast.commissioner).as_at is None
    held(
        "social_care",
        "personId,NHS Number,status,startDate,endDate,contactName,contactPhone\np1,,child_in_need,2026-01-01,,,\n",
    )
    worked_out()
    with acting_as(cast.commissioner):
        report = missed_opportunities(cast.commissioner)
    assert report.as_at == TODAY and report.untold > 0
    assert all(not each.is_held for line in (report.total, *report.lines) for each in line.cells)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ([["a", 40, 15]], [["a", 40, 15]]),
        ([["a", 40, 0]], [["a", 40, 0]]),
        ([["a", 0, 0]], [["a", 0, 0]]),
        ([["a", 40, 4]], [["a", 40, None]]),  # few who missed it
        ([["a", 40, 37]], [["a", 40, None]]),  # few who did not: the rest would be somebody
        ([["a", 40, 40]], [["a", 40, 40]]),
        ([["a", 4, 4]], [["a", None, None]]),
        # One left out could be worked out from the sum: the next smallest goes too.
        ([["a", 40, 4], ["b", 50, 20], ["c", 60, 30]], [["a", 40, None], ["b", 50, None], ["c", 60, 30]]),
        ([["a", 4, 0], ["b", 50, 20], ["c", 60, 30]], [["a", None, None], ["b", None, None], ["c", 60, 30]]),
        ([["a", 40, 4], ["b", 50, 3], ["c", 60, 30]], [["a", 40, None], ["b", 50, None], ["c", 60, 30]]),
    ],
)
def test_small_figures_are_left_out_and_cannot_be_worked_out(given: list[list[Any]], shown: list[list[Any]]) -> None:
    assert suppressed(given, 5) == shown


def test_the_sum_is_of_what_is_shown_so_that_it_tells_nothing_that_is_left_out() -> None:
    """Whatever the figures that are left out: with the same rows in sight it is the same."""
    sums: dict[str, set[str]] = {}
    for missed in product(range(9), range(10), range(11)):
        shown = suppressed([["a", 8, missed[0]], ["b", 9, missed[1]], ["c", 10, missed[2]]], 3)
        sums.setdefault(repr(shown), set()).add(repr(summed(shown)))
    assert len(sums) > 50 and all(len(each) == 1 for each in sums.values())
    assert summed([["a", 40, None], ["b", 50, None], ["c", 60, 30]]) == ["", 60, 30]
    assert summed([["a", 40, None]]) == ["", None, None], "and where nothing is shown there is none"
    assert summed([]) == ["", 0, 0]


def test_a_sum_from_which_something_is_left_out_says_so(
    cast: Any, area: Area, other_area: Area, held: Call, worked_out: Call, cell: Call, agreed: Call
) -> None:
    held("health_visits", VISITS + rows(40, 15), area=area)
    agreed(cast.health_visitor.organisation, "health")
    held("health_visits", VISITS + rows(30, 2, 40), area=other_area, organisation=cast.health_visitor.organisation)
    worked_out()
    assert cell(other_area.code).missed is None and cell(area.code).missed is None, "the next one goes with it"
    assert cell() == Cell(SIX, None, None, partly=True)


def test_whom_somebody_recorded_by_hand_is_not_missed_and_behind_no_figure(
    una: Any, family: Any, cast: Any, area: Area, held: Call, worked_out: Call, cell: Call
) -> None:
    own = visits(("six_to_eight_weeks", DUE, None)).removeprefix(VISITS)
    held("health_visits", VISITS + rows(39, 14) + own, area=area)
    by, officer = cast.family_worker, cast.development_officer
    with acting_as(by):
        told = {"touchpoint": SIX, "met_on": DUE, "met_by": "Their doctor"}
        row = record_touchpoint(by=by, family=family, person=una, **told)
    worked_out()
    assert cell(area.code) == Cell(SIX, 40, 14)
    with acting_as(officer):
        found = opened(officer, SIX, area.code)
        assert found is not None and found.may_open == 0
    with acting_as(by):
        withdraw_touchpoint(by=by, recorded=row, why="A slip")
    worked_out()
    assert cell(area.code) == Cell(SIX, 40, 15), "taken back, they were missed"


def test_whoever_works_with_families_reads_their_own_districts_and_the_sum(
    cast: Any, area: Area, other_area: Area, held: Call, worked_out: Call, agreed: Call
) -> None:
    held("health_visits", VISITS + rows(40, 15), area=area)
    agreed(cast.health_visitor.organisation, "health")
    held("health_visits", VISITS + rows(30, 12, 40), area=other_area, organisation=cast.health_visitor.organisation)
    worked_out()
    for who in ("practitioner", "police_officer", "family_worker", "panel_coordinator"):
        reader = getattr(cast, who)
        assert not reader.may("see_counts"), who
        with acting_as(reader):
            report = missed_opportunities(reader)
            assert [line.area for line in report.lines] == [area.code] and not report.everywhere, who
            assert report.cell(area.code, SIX) == Cell(SIX, 40, 15) and report.cell("", SIX) == Cell(SIX, 70, 27), who
            assert opened(reader, SIX, other_area.code) is None, "no figure of a district of others is opened"
            with connection.cursor() as cursor:
                cursor.execute("select found->%s->'districts' from hearth_missed_touchpoints()", [SIX])
                (districts,) = cursor.fetchone()
            assert str(other_area.pk) not in str(districts) and str(area.pk) in str(districts), (
                "the database says the same"
            )


def test_what_a_run_keeps_has_no_small_figure_and_names_nobody(
    cast: Any, area: Area, held: Call, worked_out: Call, cell: Call
) -> None:
    held("health_visits", VISITS + rows(40, 3), area=area)
    worked_out()
    assert cell(area.code) == Cell(SIX, 40, None) and cell() == Cell(SIX, None, None, partly=True)
    with acting_as(cast.analyst):
        kept = str(InsightRun.objects.get(is_current=True).touchpoints)
    assert "3" not in kept.replace(str(area.pk), "") and not any(number in kept for number in nhs_numbers(0, 40))


def test_whoever_sees_no_counts_is_refused_and_the_database_tells_them_nothing(sent: Any, cast: Any) -> None:
    for who in ("provider", "administrator", "information_governance"):
        reader = getattr(cast, who)
        assert not reader.may("see_counts")
        with acting_as(reader):
            with pytest.raises(Refused):
                missed_opportunities(reader)
            with connection.cursor() as cursor:
                cursor.execute("select * from hearth_missed_touchpoints()")
                assert cursor.fetchall() == []


def test_a_figure_opens_into_the_children_whom_the_reader_may_open(
    una: Any, cast: Any, area: Area, held: Call, worked_out: Call
) -> None:
    own = visits(("six_to_eight_weeks", DUE, None)).removeprefix(VISITS)
    held("health_visits", VISITS + rows(39, 14) + own, area=area)
    worked_out()

    def names(who: str, where: str = area.code) -> tuple[int, list[str]]:
        reader = getattr(cast, who)
        with acting_as(reader):
            found = opened(reader, SIX, where)
            assert found is not None and found.cell == Cell(SIX, 40, 15)
            return found.may_open, [row.person.full_name for row in found.page.rows]

    assert names("development_officer") == names("development_officer", "") == (1, ["Una Ashworth"])
    assert names("commissioner") == names("elected_member") == (0, [])


def test_no_figure_that_is_not_there_is_opened(sent: Any, cast: Any) -> None:
    by = cast.development_officer
    with acting_as(by):
        assert opened(by, "no-such", "") is None
        assert opened(by, SIX, "no-such") is None
        assert opened(by, "hearing-screen", "") is None


def test_whoever_is_restricted_is_in_no_figure_and_behind_none(
    una: Any, cast: Any, area: Area, held: Call, worked_out: Call, cell: Call
) -> None:
    own = visits(("six_to_eight_weeks", DUE, None)).removeprefix(VISITS)
    held("health_visits", VISITS + rows(39, 14) + own, area=area)
    by = cast.information_governance
    with acting_as(by):
        place_restriction(by=by, reference=una.reference, reason="A test")
    worked_out()
    assert cell(area.code) == Cell(SIX, 39, 14)
    officer = cast.development_officer
    with acting_as(officer):
        found = opened(officer, SIX, area.code)
    assert found is not None and found.may_open == 0


def test_what_agreements_do_not_cover_is_behind_no_figure(
    una: Any, cast: Any, area: Area, held: Call, worked_out: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = visits(("six_to_eight_weeks", DUE, None)).removeprefix(VISITS)
    held("health_visits", VISITS + rows(39, 14) + own, area=area)
    worked_out()
    denied = Decision(DENY, "No agreement.")
    monkeypatch.setattr(
        reporting.permits, "may_show_each", lambda reader, asked: {(a.code, b.id): denied for a, b in asked}
    )
    officer = cast.development_officer
    with acting_as(officer):
        found = opened(officer, SIX, area.code)
    assert found is not None and found.may_open == 0
