"""The inspectors' workbook, held against the rules that others wrote for it, on families in every state."""

import datetime as dt
from typing import Any

import pytest

from hearth.casework.assessments.stopping.actions import stop_assessment
from hearth.casework.cases.actions import close_case, move_family, reopen_case, take_up_case
from hearth.casework.front_door.tests.conftest import BABY, KELLY, LEO, asking
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.performance.exports import ages
from hearth.oversight.performance.exports.tests import standard
from hearth.oversight.performance.exports.tests.conftest import ago
from hearth.records.people.actions import end_membership
from hearth.records.people.links.actions import link_people
from hearth.records.people.models import Membership


def test_the_workbook_is_what_the_rules_of_2026_take(told: Any, export_of: Any, cast: Any, area: Any, as_: Any) -> None:
    story = told(ethnicity="NOBT", sex="U")
    story.signs_off(story.begins_assessment(50), 20)
    story.steps_up(5)
    asking(cast, area)()
    told("Formula", opened=20, family_name="=1+1", given_name="@now")
    made = export_of()
    assert standard.faults_of_workbook(made.content) == []
    assert [made.export.rows[f"List {number}"] for number in range(1, 12)] == [1, 2, 1, *[0] * 8]


def test_the_checker_of_these_tests_finds_what_is_wrong(export_of: Any) -> None:
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(export_of().content))
    book["List 2"].append(["PE-1", "male", "s) NOBT", "2020-01-01", 4.5, None, None, "=1+1"])
    book["List 3"]["A1"] = "Child ID"
    book.create_sheet("Notes")
    spoilt = io.BytesIO()
    book.save(spoilt)
    said = " ".join(standard.faults_of_workbook(spoilt.getvalue()))
    for fault in (
        "sheets are",
        "List 3: heads",
        "'male'",
        "no date: '2020",
        "whole number: 4.5",
        "start date is blank",
        "a formula",
    ):
        assert fault in said, said


class TestContacts:
    """List 1."""

    def test_each_child_of_a_request_is_a_row_and_who_asked_is_its_source(
        self, cast: Any, area: Any, export_of: Any
    ) -> None:
        request = asking(cast, area)(people=(KELLY, LEO, BABY))
        rows = export_of().rows("List 1")
        assert [row["Contact Source"] for row in rows] == ["e) 2A: Schools"] * 2
        assert {row["Child Unique ID"] for row in rows} == {f"{request.reference}-2", f"{request.reference}-3"}
        leo = next(row for row in rows if row["Date of Birth"])
        assert (leo["Date of Birth"].date(), leo["Gender"], leo["Date of Contact"].date()) == (
            LEO.born_on,
            "a) Male",
            clock.today(),
        )

    def test_an_unborn_child_has_no_birthday_no_age_and_no_gender_and_nobody_is_asked_for_them(
        self, cast: Any, area: Any, export_of: Any
    ) -> None:
        asking(cast, area)(people=(KELLY, BABY))
        made = export_of()
        (row,) = made.rows("List 1")
        assert row["Date of Birth"] is None
        assert row["Age of Child (Years)"] is None
        assert row["Gender"] == "c) Not stated/recorded (or unborn)"
        assert {gap["what"] for gap in made.export.gaps} == {"not_matched"}

    @pytest.mark.parametrize(
        ("who", "source"), [("health_visitor", "l) 3F: Health services"), ("police_officer", "q) 6: Police")]
    )
    def test_a_partner_is_counted_under_its_sector(
        self, cast: Any, area: Any, export_of: Any, who: str, source: str
    ) -> None:
        asking(cast, area)(getattr(cast, who))
        assert [row["Contact Source"] for row in export_of().rows("List 1")] == [source]

    def test_a_day_before_the_period_is_not_in_it_and_its_first_and_last_day_are(
        self, cast: Any, area: Any, export_of: Any
    ) -> None:
        asking(cast, area)()
        assert len(export_of(from_on=clock.today()).rows("List 1")) == 1
        assert export_of(from_on=ago(9), to_on=ago(1)).rows("List 1") == []


class TestEarlyHelp:
    """List 2."""

    def test_what_was_completed_in_the_period_what_is_open_and_help_that_goes_on_is_in_it(
        self, told: Any, export_of: Any
    ) -> None:
        done, going, old = told("Done", opened=90), told("Open", opened=30), told("Old", opened=400)
        done.signs_off(done.begins_assessment(80), 40)
        going.begins_assessment(20)
        old.signs_off(old.begins_assessment(390), 360)
        made = export_of()
        said = {
            name: (
                row["Assessment start date"].date(),
                row["Assessment completion date"] and row["Assessment completion date"].date(),
            )
            for name, story in (("done", done), ("open", going), ("old", old))
            for row in made.of("List 2", story.child)
        }
        assert said == {"done": (ago(80), ago(40)), "open": (ago(20), None), "old": (ago(390), ago(360))}
        assert {row["Organisation completing assessment"] for row in made.rows("List 2")} == {done.by.organisation.name}

    def test_what_ended_before_the_period_is_not_in_it(self, told: Any, export_of: Any, as_: Any) -> None:
        story = told(opened=400)
        story.signs_off(story.begins_assessment(390), 360)
        _close(story, 300)
        made = export_of()
        assert made.rows("List 2") == []
        assert len(export_of(from_on=ago(380)).rows("List 2")) == 1

    def test_each_brother_and_sister_is_a_row_but_whoever_left_before_it_began(
        self, told: Any, export_of: Any, as_: Any
    ) -> None:
        story = told(opened=90)
        sister = story.another_child()
        gone = story.another_child(given_name="Sam", born_on=dt.date(2015, 1, 1))
        with as_(story.by):
            end_membership(by=story.by, membership=Membership.objects.get(person=gone, until_on=None), until_on=ago(50))
        story.begins_assessment(40)
        made = export_of()
        assert {row["Child Unique ID"] for row in made.rows("List 2")} == {story.child.reference, sister.reference}

    def test_a_case_without_an_assessment_stands_with_the_day_it_was_opened_and_the_check_says_so(
        self, told: Any, export_of: Any
    ) -> None:
        story = told(opened=30)
        made = export_of()
        (row,) = made.of("List 2", story.child)
        assert row["Assessment start date"].date() == ago(30)
        assert row["Assessment completion date"] is None
        gap = next(gap for gap in made.export.gaps if gap["what"] == "no_assessment")
        assert (gap["place"], gap["column"], gap["number"], gap["wanted"]) == (
            "List 2",
            "Assessment start date",
            1,
            True,
        )

    def test_it_is_told_as_it_stood_on_the_last_day(self, told: Any, export_of: Any) -> None:
        story = told(opened=90)
        story.signs_off(story.begins_assessment(80), 10)
        (row,) = export_of(to_on=ago(30)).of("List 2", story.child)
        assert row["Assessment completion date"] is None
        assert row["Age of Child (Years)"] == ages.age_on(ago(30), dt.date(2018, 6, 9), "full")

    def test_a_stopped_assessment_is_left_out_and_the_statement_says_how_many(
        self, told: Any, export_of: Any, as_: Any
    ) -> None:
        story = told(opened=30)
        assessment = story.begins_assessment(20)
        with as_(story.by):
            stop_assessment(by=story.by, assessment=assessment, because="The family moved")
            _close(story, 1, "moved_away")
        made = export_of()
        assert made.of("List 2", story.child) == []
        assert "Left out: 1 assessment stopped" in made.export.statement

    def test_a_case_opened_by_mistake_is_in_no_list_and_is_counted_in_the_statement(
        self, told: Any, export_of: Any
    ) -> None:
        story = told(opened=30)
        _close(story, 2, "opened_in_error")
        made = export_of()
        assert made.rows("List 2") == []
        assert "Left out: 1 case opened by mistake" in made.export.statement

    def test_a_case_closed_by_mistake_and_taken_up_goes_on_as_one(
        self, told: Any, export_of: Any, as_: Any, cast: Any
    ) -> None:
        story = told(opened=90)
        story.signs_off(story.begins_assessment(80), 70)
        _close(story, 20)
        assert len(export_of().of("List 2", story.child)) == 1
        with as_(story.by):
            story.case.refresh_from_db()
            take_up_case(by=story.by, case=story.case, because="closed_in_error")
        (row,) = export_of(from_on=ago(60)).of("List 2", story.child)
        assert row["Assessment completion date"].date() == ago(70)

    def test_a_case_opened_again_later_is_a_row_of_its_own(
        self, told: Any, export_of: Any, as_: Any, cast: Any
    ) -> None:
        story = told(opened=120)
        story.signs_off(story.begins_assessment(110), 100)
        _close(story, 60)
        with clock.frozen(ago(20)), as_(cast.manager):
            story.case.refresh_from_db()
            story.case = reopen_case(by=cast.manager, case=story.case, because="new_need")
        story.begins_assessment(10)
        starts = [row["Assessment start date"].date() for row in export_of().of("List 2", story.child)]
        assert starts == [ago(110), ago(10)]

    def test_two_records_of_one_child_are_one_child(self, told: Any, export_of: Any, as_: Any, cast: Any) -> None:
        one, other = told("One", opened=30, ethnicity="NOBT"), told("Other", opened=20, ethnicity="BAFR")
        with as_(cast.front_door_officer):
            link_people(
                by=cast.front_door_officer, person=one.child, other=other.child, why="The same birth certificate"
            )
        rows = export_of().rows("List 2")
        assert len(rows) == 2
        assert len({row["Child Unique ID"] for row in rows}) == 1
        assert {row["Ethnicity"] for row in rows} == {"o) BAFR"}

    def test_whoever_is_grown_up_is_left_out_and_counted(self, told: Any, export_of: Any) -> None:
        told(born_on=ago(19 * 366))
        on_the_day = told(
            "Eve", born_on=clock.today().replace(year=clock.today().year - 18) + dt.timedelta(days=1), opened=1
        )
        made = export_of()
        assert [row["Child Unique ID"] for row in made.rows("List 2")] == [on_the_day.child.reference]
        assert "Left out of List 2: 1 person certainly 18 or older" in made.export.statement

    def test_what_is_not_known_is_said_in_the_standards_words_and_counted(self, told: Any, export_of: Any) -> None:
        told(sex="U", ethnicity="NOBT", born_on=dt.date(2018, 1, 1), birth_precision="year")
        made = export_of()
        (row,) = made.rows("List 2")
        assert row["Gender"] == "c) Not stated/recorded (or unborn)"
        assert row["Ethnicity"] == "s) NOBT"
        assert row["Date of Birth"] is None
        wanted = {(gap["what"], gap["wanted"]) for gap in made.export.gaps}
        assert wanted >= {("no_sex", True), ("no_ethnicity", True), ("no_birth_date", False)}


def test_a_family_that_moved_is_in_its_new_districts_file_alone(
    told: Any, export_of: Any, as_: Any, cast: Any, area: Any, other_area: Any
) -> None:
    story = told()
    with as_(cast.county_manager):
        story.case.refresh_from_db()
        move_family(by=cast.county_manager, case=story.case, area=other_area)
    assert export_of(area=area).rows("List 2") == []
    made = export_of(area=other_area)
    assert [row["Child Unique ID"] for row in made.rows("List 2")] == [story.child.reference]
    assert made.export.districts == [other_area.name]


@pytest.mark.parametrize(
    ("born", "precision", "day", "age"),
    [
        (dt.date(2016, 2, 29), "full", dt.date(2026, 2, 28), 9),
        (dt.date(2016, 2, 29), "full", dt.date(2026, 3, 1), 10),
        (dt.date(2018, 6, 9), "full", dt.date(2026, 6, 9), 8),
        (dt.date(2018, 6, 1), "month", dt.date(2026, 6, 15), None),
        (dt.date(2018, 6, 1), "month", dt.date(2026, 7, 1), 8),
        (dt.date(2018, 1, 1), "year", dt.date(2026, 11, 30), None),
        (dt.date(2018, 1, 1), "year", dt.date(2026, 12, 31), 8),
        (dt.date(2027, 1, 1), "expected", dt.date(2026, 11, 30), None),
        (dt.date(2027, 1, 1), "full", dt.date(2026, 11, 30), None),
        (None, "unknown", dt.date(2026, 11, 30), None),
    ],
)
def test_an_age_is_whole_years_and_nothing_where_it_is_not_certain(
    born: Any, precision: str, day: dt.date, age: int | None
) -> None:
    assert ages.age_on(day, born, precision) == age


def _close(story: Any, days: int, reason: str = "outcomes_met") -> None:
    with clock.frozen(ago(days)), acting_as(story.by):
        story.case.refresh_from_db()
        close_case(
            by=story.by, case=story.case, reason=reason, outcome="all_met", closing_words="Done", family_view="Good"
        )
