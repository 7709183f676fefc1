"""The scorecard and a measure's page: under the five outcomes, against target, last year and the authority; and what is no nought."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.cases.models import Case
from hearth.desk.counts.tests.test_assessed import family_with_case
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.measures import Measure
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.oversight.performance import queries
from hearth.oversight.performance.counting import Counted, Figure, State
from hearth.oversight.performance.quarters import Quarter, after_months, quarter_of, quarters
from hearth.oversight.performance.queries import Aim, Wanted, word_for

QUARTER = Quarter(dt.date(2026, 7, 1))
NOW = dt.date(2026, 11, 2)
ECM = ["Be healthy", "Stay safe", "Enjoy and achieve", "Make a positive contribution", "Achieve economic wellbeing"]


def measure(code: str) -> Measure:
    found = pack().measures.measure(code)
    assert found is not None
    return found


@pytest.fixture
def cases(cast: Any, area: Any, other_area: Any) -> list[Case]:
    """In one quarter: seven cases opened in one district, two in another. A year before: six in the first."""
    made = []
    for day, many, place, by in (
        (dt.date(2026, 8, 3), 7, area, cast.family_worker), (dt.date(2026, 9, 30), 2, other_area, cast.other_family_worker),
        (dt.date(2025, 7, 1), 6, area, cast.family_worker),
    ):  # fmt: skip
        with clock.frozen(day):
            made += [family_with_case(cast, place, f"Zz{day:%y}{number}", by) for number in range(many)]
    return made


def card_of(reader: Any, area: str = "", quarter: Quarter = QUARTER) -> queries.Scorecard:
    with clock.frozen(NOW), acting_as(reader):
        return queries.scorecard(reader, Wanted(quarter, area))


def line_of(card: queries.Scorecard, code: str) -> queries.Line:
    return next(line for _, lines in card.groups for line in lines if line.measure.code == code)


def test_it_stands_under_the_five_outcomes_of_every_child_matters_in_their_order(cast: Any) -> None:
    groups = [label for label, _ in card_of(cast.board_member).groups]
    assert groups == [*ECM, "How help is given"]


def test_a_district_stands_beside_last_year_and_the_authority(cases: Any, cast: Any, area: Any, other_area: Any) -> None:  # fmt: skip
    here = line_of(card_of(cast.board_member, area.code), "cases_opened")
    assert here.whole is not None
    assert (here.before.said, here.now.said, here.whole.said) == ("6", "too few to show", "9"), (
        "9 less 7 would tell of 2"
    )
    there = line_of(card_of(cast.board_member, other_area.code), "cases_opened")
    assert there.now.said == "too few to show" and there.before.said == "0"
    whole = line_of(card_of(cast.board_member), "cases_opened")
    assert (whole.now.said, whole.before.said, whole.whole) == ("9", "6", None)


def test_the_page_says_it_wide_and_names_nobody(cases: Any, cast: Any, as_client: Any, area: Any) -> None:
    with clock.frozen(NOW):
        page = (
            as_client(cast.board_member)
            .get(reverse("scorecard"), {"area": area.code, "quarter": QUARTER.code})
            .content.decode()
        )
    assert "July to September 2026" in page and "Burnley" in page and "Zz26" not in page
    assert all(f">{label}<" in page for label in ECM)


def test_before_early_help_opened_a_district_is_blank_and_the_authority_counts_from_its_first(cast: Any) -> None:
    """Eight districts of Lancashire opened on 1 September 2012, four on 1 April."""
    found = Counted(Quarter(dt.date(2012, 1, 1)), Quarter(dt.date(2012, 7, 1)))
    opened = measure("cases_opened")

    def said(first: dt.date, area: str = "") -> str:
        return found.figure(opened, Quarter(first), area).said

    assert said(dt.date(2012, 4, 1), "fylde") == "not open yet" and said(dt.date(2012, 4, 1), "burnley") == "0"
    assert said(dt.date(2012, 7, 1), "fylde") == "0", "it opened within the quarter"
    assert said(dt.date(2012, 1, 1)) == "not open yet" and said(dt.date(2012, 4, 1)) == "0"
    assert found.month(opened, dt.date(2012, 3, 1)).said == "not open yet"


def test_nothing_is_a_nought_that_is_none(cast: Any) -> None:
    found = Counted(QUARTER, QUARTER)
    with clock.frozen(NOW):
        assert found.figure(measure("helped_again"), QUARTER).state == State.NONE
        assert found.figure(measure("wait_for_plan"), QUARTER).state == State.NONE
        assert found.figure(measure("social_care_within_6"), QUARTER).state == State.EARLY
    with clock.frozen(dt.date(2027, 3, 30)):
        assert found.figure(measure("social_care_within_6"), QUARTER).state == State.EARLY, "6 months from its last day"
    with clock.frozen(dt.date(2027, 3, 31)):
        assert found.figure(measure("social_care_within_6"), QUARTER).state == State.NONE


@pytest.mark.parametrize(
    ("code", "figure", "aim", "said"),
    [
        ("requests_decided_in_time", Figure(State.SHOWN, 90, 100, 90.0, is_share=True), 100, "As planned"),
        ("requests_decided_in_time", Figure(State.SHOWN, 8999, 10000, 89.99, is_share=True), 100, "Slightly behind"),
        ("helped_again", Figure(State.SHOWN, 10, 100, 10.0, is_share=True), 11, "Ahead"),
        ("helped_again", Figure(State.SHOWN, 20, 100, 20.0, is_share=True), 10, "Behind"),
        ("wait_for_plan", Figure(State.SHOWN, 9, 9, 22.5, is_wait=True), 20, "Slightly behind"),
        ("wait_for_plan", Figure(State.SHOWN, 9, 9, 20.0, is_wait=True), 20, "As planned"),
    ],
)
def test_the_word_is_worked_out_exactly_and_the_other_way_about_where_less_is_better(
    code: str, figure: Figure, aim: int, said: str
) -> None:
    found = word_for(measure(code), figure, Aim(aim, False, ""))
    assert found is not None and found.word == said


def test_of_what_is_not_shown_no_word_is_said() -> None:
    for state in (State.FEW, State.NOT_OPEN, State.EARLY, State.NONE):
        assert word_for(measure("helped_again"), Figure(state), Aim(10, False, "")) is None


def test_quarters_are_whole_and_those_of_a_year_and_a_leap_day() -> None:
    with clock.frozen(dt.date(2026, 9, 30)):
        assert quarters()[0].words == "April to June 2026"
    with clock.frozen(dt.date(2026, 10, 1)):
        assert quarters()[0] == QUARTER and len(quarters()) == 12
    assert quarter_of(dt.date(2026, 1, 1)).later(-1).words == "October to December 2025"
    assert QUARTER.last_on == dt.date(2026, 9, 30)
    assert after_months(dt.date(2026, 8, 31), 6) == dt.date(2027, 2, 28)
    assert after_months(dt.date(2024, 2, 29), 12) == dt.date(2025, 2, 28)


def test_the_pages_cost_the_same_few_queries_however_much_there_is(cases: Any, cast: Any, as_: Any) -> None:
    costs = []
    with as_(cast.board_member):
        assert cast.board_member.may("see_counts")  # their roles are read once
    for more in (0, 9):
        with clock.frozen(dt.date(2026, 8, 10)):
            for number in range(more):
                family_with_case(cast, cases[0].area, f"More{number}")
        with clock.frozen(NOW), as_(cast.board_member):
            for read in (queries.scorecard, queries.one_measure):
                with CaptureQueriesContext(connection) as ran:
                    read(cast.board_member, Wanted(QUARTER, "", "cases_opened"))
                costs.append(len(ran))
    assert costs[:2] == costs[2:] and max(costs) <= 4, costs


def test_bad_filters_are_left_out_and_never_an_error(cast: Any, as_client: Any) -> None:
    client = as_client(cast.board_member)
    for bad in (
        {"area": "nowhere", "quarter": "2026-13-99"},
        {"measure": "none", "area": "'; drop", "quarter": "x", "page": "x"},
    ):
        for name in ("scorecard", "measure", "measured_records", "project"):
            assert client.get(reverse(name), bad).status_code == 200


def test_a_table_that_leaves_is_that_of_the_page_and_is_on_record(
    cases: Any, cast: Any, as_client: Any, kept_of: Any
) -> None:
    client = as_client(cast.board_member)
    with clock.frozen(NOW):
        told = {"area": cases[0].area.code, "quarter": QUARTER.code, "measure": "cases_opened"}
        card = client.post(reverse("download_performance"), told | {"table": "scorecard"}).content.decode()
        time = client.post(
            reverse("download_performance"), {"table": "over_time", "measure": "cases_opened"}
        ).content.decode()
        book = client.post(reverse("download_performance"), told | {"table": "measure", "as": "xlsx"})
    assert "Cases opened,too few to show,,,6,,,9,Strategic lead" in card
    assert "August 2026,too few to show" in time and "July 2025,6,6,6," in time
    assert book.headers["Content-Type"].endswith("spreadsheetml.sheet")
    kept = [
        event.detail["table"] for event in kept_of(cast.board_member) if event.verb == "performance.table_downloaded"
    ]
    assert sorted(kept) == ["Measure by district 2026-07-01", "Measure over time", "Scorecard Burnley 2026-07-01"]
    assert client.get(reverse("download_performance")).status_code == 302


def test_the_database_counts_for_nobody_else_nor_in_another_name(cases: Any, cast: Any, as_: Any) -> None:
    def given(reader: Any, named: Any) -> int:
        with acting_as(reader), connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from hearth_performance_counts(%s, '2025-01-01', '2026-12-31', '{cases_opened}', '{}', '{}')",
                [named.id],
            )
            many = cursor.fetchone()[0]
            cursor.execute(
                "select count(*) from hearth_performance_waits(%s, '2025-01-01', '2026-12-31', '{case_days}', '{}')",
                [named.id],
            )
            return many + cursor.fetchone()[0]

    assert given(cast.analyst, cast.analyst) > 0
    assert given(cast.family_worker, cast.family_worker) == given(cast.family_worker, cast.analyst) == 0
    with as_(cast.family_worker), pytest.raises(Refused, match="does not include the figures"):
        queries.scorecard(cast.family_worker, Wanted(QUARTER))


@pytest.mark.parametrize("name", ["scorecard", "measure", "what_is_behind", "service_level_agreement", "project"])
def test_a_filter_brings_the_results_alone_and_in_full(name: str, neet: Any, cast: Any, as_client: Any) -> None:
    """The block stands on what its template imports and sets outside it."""
    client = as_client(cast.board_member)
    whole = client.get(reverse(name)).content.decode()
    part = client.get(reverse(name), headers={"HX-Request": "true"}).content.decode()
    assert "<html" in whole and "<html" not in part and "govuk" in part
    assert len(part) > 500
