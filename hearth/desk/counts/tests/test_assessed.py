"""Assessments and referrals in figures: planted by the actions, counted by the database, opened as far as somebody may."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.assessments.actions import start_assessment, start_new_version
from hearth.casework.assessments.models import Assessment
from hearth.casework.assessments.tests.conftest import fill_in, send, sign_off
from hearth.casework.cases.actions import open_case
from hearth.casework.cases.models import Case
from hearth.casework.cases.steps.actions import request_step_up, withdraw_step
from hearth.casework.cases.steps.tests.conftest import ASKED as STEP_UP
from hearth.desk.counts.assessed import queries
from hearth.desk.counts.assessed.queries import Line, Split, Wanted
from hearth.desk.counts.assessed.spreadsheet import csv_of
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.records.people.actions import add_person, open_family
from hearth.records.people.restrictions.actions import place_restriction

MARCH, MAY = dt.date(2026, 3, 10), dt.date(2026, 5, 20)
NONE = (0, 0, 0)


def family_with_case(cast: Any, area: Any, name: str, by: Any = None) -> Any:
    """A case of a family of that name, with a child, led by whoever opened it."""
    by = by or cast.family_worker
    with acting_as(by):
        family = open_family(by=by, name=name, area=area)
        born = {"born_on": dt.date(2017, 4, 1), "birth_precision": "full"}
        add_person(by=by, family=family, role="child", given_name="Zed", family_name=name, sex="M", **born)
        return open_case(by=by, family=family, because="assessment", lead=by)


def begun(by: Any, case: Any) -> Any:
    """An assessment begun today."""
    with acting_as(by):
        return start_assessment(by=by, case=case, known={})


def finished(cast: Any, assessment: Any, manager: Any = None) -> Any:
    """The same, signed off today."""
    fill_in(cast.family_worker if manager is None else cast.other_family_worker, assessment)
    worker, manager = (cast.family_worker, cast.manager) if manager is None else (cast.other_family_worker, manager)
    return sign_off(manager, send(worker, assessment, manager))


def asked(by: Any, case: Any) -> Any:
    """Social care is asked to take the case today."""
    with acting_as(by):
        return request_step_up(by=by, case=case, **STEP_UP)


@pytest.fixture
def planted(cast: Any, area: Any, other_area: Any) -> Any:
    """March: two begun here, one of them signed off in May; May: one begun in the other district."""
    with clock.frozen(MARCH):
        first, second = (family_with_case(cast, area, name) for name in ("Oakley", "Penny"))
        made = begun(cast.family_worker, first)
        begun(cast.family_worker, second)
    with clock.frozen(MAY):
        finished(cast, made)
        begun(cast.other_family_worker, family_with_case(cast, other_area, "Quill", cast.other_family_worker))
    return first, second


@pytest.fixture
def made(cast: Any) -> Callable[..., Split]:
    """The figures in May, as a board member reads them."""

    def read(**wanted: Any) -> Split:
        with clock.frozen(MAY), acting_as(cast.board_member):
            return queries.assessments_made(cast.board_member, Wanted(**wanted))

    return read


def by_name(lines: list[Line]) -> dict[str, tuple[int, ...]]:
    """The figures of lines that are not all nought."""
    return {line.name: line.figures for line in lines if any(line.figures)}


def test_assessments_are_counted_by_month_district_and_agency(planted: Any, made: Any, cast: Any, area: Any, other_area: Any) -> None:  # fmt: skip
    found = made()
    assert by_name(found.months) == {"March 2026": (2, 0, 0), "May 2026": (1, 0, 1)}
    assert by_name(found.areas) == {area.name: (2, 0, 1), other_area.name: (1, 0, 0)}
    assert by_name(found.agencies) == {cast.family_worker.organisation.name: (3, 0, 1)}
    assert found.total.figures == (3, 0, 1)


def test_a_district_and_a_period_narrow_every_figure(planted: Any, made: Any, area: Any, other_area: Any) -> None:
    here = made(area=area.code)
    assert here.total.figures == (2, 0, 1) and [line.name for line in here.areas] == [area.name]
    quarter = made(period="quarter")
    assert [line.name for line in quarter.months] == ["May 2026", "April 2026", "March 2026"]
    with clock.frozen(MAY):
        assert len(queries.months_of(Wanted(period="two_years"))) == 24
    with clock.frozen(dt.date(2026, 6, 1)):
        assert queries.months_of(Wanted(period="quarter")) == [
            dt.date(2026, 4, 1),
            dt.date(2026, 5, 1),
            dt.date(2026, 6, 1),
        ]


def test_what_lies_before_the_period_is_in_no_figure(planted: Any, cast: Any) -> None:
    with clock.frozen(dt.date(2026, 7, 2)), acting_as(cast.board_member):
        found = queries.assessments_made(cast.board_member, Wanted(period="quarter"))
    assert found.total.figures == (1, 0, 1)


def test_a_new_version_is_counted_apart(planted: Any, made: Any, cast: Any) -> None:
    with clock.frozen(MAY), acting_as(cast.family_worker):
        start_new_version(
            by=cast.family_worker, assessment=Assessment.objects.get(case=planted[0]), because="A baby was born."
        )
    assert made().total.figures == (3, 1, 1)


def test_the_month_is_londons(cast: Any, area: Any) -> None:
    with clock.frozen(MARCH):
        assessment = begun(cast.family_worker, family_with_case(cast, area, "Oakley"))
    with clock.frozen(dt.datetime(2026, 6, 1, 0, 30, tzinfo=clock.LONDON)):  # still May in UTC
        finished(cast, assessment)
    with clock.frozen(dt.date(2026, 6, 2)), acting_as(cast.board_member):
        found = queries.assessments_made(cast.board_member, Wanted())
    assert by_name(found.months) == {"March 2026": (1, 0, 0), "June 2026": (0, 0, 1)}


def test_a_restricted_family_is_in_no_figure(planted: Any, made: Any, cast: Any) -> None:
    with clock.frozen(MAY), acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=planted[0].family.reference, reason="A refuge.")
    assert made().total.figures == (2, 0, 0)


def test_a_district_that_is_not_open_says_so_instead_of_nought(
    planted: Any, made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = pack()
    late = whole.areas.districts[0].model_copy(update={"goes_live_on": dt.date(2026, 9, 1)})
    areas = whole.areas.model_copy(update={"districts": (late, *whole.areas.districts[1:])})
    before = made().total.figures
    monkeypatch.setattr(queries, "pack", lambda: whole.model_copy(update={"areas": areas}))
    assert (before, made().total.figures) == ((3, 0, 1), (1, 0, 0)), "nor is it in the sum of those that are"
    assert next(line for line in made().areas if line.key == late.code).opens_on == late.goes_live_on
    assert all(line.opens_on == late.goes_live_on for line in made(area=late.code).months)


@pytest.fixture
def referred(cast: Any, area: Any, planted: Any) -> Callable[..., Split]:
    """In May social care is asked for four families: assessed, assessment begun, nothing, and withdrawn again."""
    signed, open_one = planted
    with clock.frozen(dt.datetime(2026, 5, 21, 10, tzinfo=clock.LONDON)):
        bare, gone = (family_with_case(cast, area, name) for name in ("Reed", "Sallow"))
        for case in (signed, open_one, bare):
            asked(cast.family_worker, case)
        step = asked(cast.family_worker, gone)
        with acting_as(cast.family_worker):
            withdraw_step(
                by=cast.family_worker, step=step, withdrawal_reason="changed", withdrawal_words="It is better."
            )

    def read(**wanted: Any) -> Split:
        with clock.frozen(dt.date(2026, 5, 22)), acting_as(cast.board_member):
            return queries.referrals_made(cast.board_member, Wanted(**wanted))

    return read


def test_a_referral_to_social_care_says_what_it_had_first(referred: Any, area: Any, cast: Any) -> None:
    found = referred()
    assert found.total.figures == (3, 1, 1, 0, 1)
    assert by_name(found.months) == {"May 2026": (3, 1, 1, 0, 1)}
    assert by_name(found.areas) == {area.name: (3, 1, 1, 0, 1)}
    assert by_name(found.agencies) == {cast.family_worker.organisation.name: (3, 1, 1, 0, 1)}


def test_an_assessment_that_was_made_later_was_not_there_first(referred: Any, cast: Any) -> None:
    with clock.frozen(dt.datetime(2026, 5, 21, 16, tzinfo=clock.LONDON)):
        with acting_as(cast.family_worker):
            bare = Case.objects.get(family__name="Reed")
        begun(cast.family_worker, bare)
    assert referred().total.figures == (3, 1, 1, 0, 1)


def test_a_figure_opens_into_what_the_reader_may_open_and_no_more(planted: Any, cast: Any) -> None:
    with clock.frozen(MAY), acting_as(cast.manager):
        found = queries.counted_assessments(cast.manager, Wanted(column="begun"))
    assert (found.counted, found.may_open) == (3, 2)
    assert {row.family_id for row in found.page.rows} == {case.family_id for case in planted}
    with clock.frozen(MAY), acting_as(cast.board_member):
        found = queries.counted_assessments(cast.board_member, Wanted(column="begun"))
    assert (found.counted, found.may_open, len(found.page.rows)) == (3, 0, 0)


def test_an_opened_figure_is_the_one_that_was_counted(planted: Any, cast: Any) -> None:
    agency = str(cast.family_worker.organisation_id)
    with clock.frozen(MAY), acting_as(cast.county_manager):
        read = cast.county_manager
        signed = queries.counted_assessments(
            read, Wanted(column="signed_off", month=dt.date(2026, 5, 1), agency=agency)
        )
        march = queries.counted_assessments(read, Wanted(column="begun", month=dt.date(2026, 3, 1)))
        nobody = queries.counted_assessments(read, Wanted(column="begun", agency=queries.NOBODY))
    assert (signed.counted, signed.may_open) == (1, 1) and signed.page.rows[0].case_id == planted[0].id
    assert (march.counted, march.may_open) == (2, 2)
    assert (nobody.counted, nobody.may_open) == (0, 0)


def test_referrals_open_in_the_same_way(referred: Any, cast: Any) -> None:
    with clock.frozen(dt.date(2026, 5, 22)):
        with acting_as(cast.county_manager):
            found = queries.counted_referrals(cast.county_manager, Wanted())
        with acting_as(cast.other_manager):
            elsewhere = queries.counted_referrals(cast.other_manager, Wanted())
    assert (found.counted, found.may_open, len(found.page.rows)) == (3, 3, 3)
    assert (elsewhere.counted, elsewhere.may_open) == (3, 0)


def test_whoever_may_not_see_counts_is_refused_by_the_rule_and_by_the_database(planted: Any, cast: Any) -> None:
    with clock.frozen(MAY), acting_as(cast.family_worker), connection.cursor() as cursor:
        for read in (
            queries.assessments_made,
            queries.referrals_made,
            queries.counted_assessments,
            queries.counted_referrals,
        ):
            with pytest.raises(Refused):
                read(cast.family_worker, Wanted())
        for reader in (cast.family_worker, cast.board_member):  # oneself, and in somebody else's name
            cursor.execute("select count(*) from hearth_assessment_counts(%s, '2020-01-01', '')", [reader.id])
            assert cursor.fetchone() == (0,)
            cursor.execute("select count(*) from hearth_referral_counts(%s, '2020-01-01', '')", [reader.id])
            assert cursor.fetchone() == (0,)


def test_the_page_shows_the_figures_and_leads_to_what_may_be_opened(planted: Any, cast: Any, as_client: Any) -> None:
    page = as_client(cast.county_manager).get(reverse("assessment_counts") + "?period=two_years").content.decode()
    assert "Assessments by agency" in page and "Referrals to social care by district" in page
    assert 'href="/counts/assessments/opened/?' in page
    names_nobody = as_client(cast.board_member).get(reverse("assessment_counts") + "?period=two_years").content.decode()
    assert "/opened/" not in names_nobody and "March 2026" in names_nobody
    opened = as_client(cast.county_manager).get(
        reverse("counted_assessments") + "?period=two_years&column=begun&month=2026-03-01"
    )
    assert "You may open 2 of 2" in opened.content.decode()


def test_what_cannot_be_read_is_left_out(planted: Any, cast: Any, as_client: Any) -> None:
    odd = "?period=x&area=<b>&month=2026-13-40&agency=1%00&column=<script>&page=²"
    for name in ("assessment_counts", "counted_assessments", "counted_referrals"):
        assert as_client(cast.manager).get(reverse(name) + odd).status_code == 200


def test_the_figures_are_taken_away_as_a_file_and_that_is_on_record(planted: Any, cast: Any, as_client: Any, kept_of: Any) -> None:  # fmt: skip
    client = as_client(cast.board_member)
    assert client.get(reverse("download_assessment_counts")).status_code == 302
    answer = client.post(reverse("download_assessment_counts"), {"period": "two_years"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("By,Which,Assessments: First ones begun")
    assert "Month,March 2026,2,0,0,0,0,0,0,0" in lines and "All,All together,3,0,1,0,0,0,0,0" in lines
    assert "counts.assessments_downloaded" in [event.verb for event in kept_of(cast.board_member)]


def test_no_cell_of_the_file_is_worked_out_by_a_spreadsheet() -> None:
    made = Split([], [], [Line("key", "=1+1", (1, 0, 0))], Line("", "All", (1, 0, 0)))
    assert "Agency,'=1+1,1,0,0" in csv_of(made, Split([], [], [], Line("", "All", (0,) * 5)))


def test_more_assessments_are_not_more_queries(
    cast: Any, area: Any, as_client: Any, django_assert_num_queries: Any
) -> None:
    client, address = as_client(cast.county_manager), reverse("assessment_counts")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for name in ("Tarn", "Umber", "Vale"):
        begun(cast.family_worker, family_with_case(cast, area, name))
    with django_assert_num_queries(len(few)):
        client.get(address)
