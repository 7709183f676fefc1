"""Unmet need in figures that name nobody, and how many of those behind one the reader may open."""

import calendar
import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from hearth.casework.panels.unmet import drawing, queries, searches
from hearth.casework.panels.unmet.actions import withdraw_unmet_need
from hearth.casework.panels.unmet.figures import Figures, Line, Wanted, sums, theme_counts, whole
from hearth.casework.panels.unmet.models import UnmetNeed
from hearth.casework.panels.unmet.shown import figures
from hearth.casework.panels.unmet.themes.queries import in_figures, sizes, themes
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.core.spreadsheet import csv_file
from hearth.records.directory.finding.counting import count_search
from hearth.records.people.restrictions.actions import place_restriction

ALL = Wanted()


def counted(reader: Any, wanted: Wanted) -> Figures:
    """As they are, before small ones are left out."""
    return whole(sums(reader, wanted), wanted)


def test_it_is_counted_by_need_month_district_reason_age_and_wait(met: Any, cast: Any, area: Any, as_: Any) -> None:
    for told in ({}, {"reason": "no_service"}, {"need": "housing", "wait": "no_wait", "age_band": "adult"}):
        met(**told)
    with as_(cast.family_worker):
        withdraw_unmet_need(by=cast.family_worker, need=met(), why="Twice")
    with as_(cast.commissioner):
        found = counted(cast.commissioner, ALL)
        assert not UnmetNeed.objects.exists(), "counts, and no row"
    assert found.total == 3
    assert [(line.code, line.needs, line.share) for line in found.splits["need"]] == [
        ("speech_and_language", 2, 100), ("housing", 1, 50),
    ]  # fmt: skip
    assert [(line.name, line.needs) for line in found.splits["area"]] == [(area.name, 3)]
    assert {line.code: line.needs for line in found.splits["reason"]} == {"waiting_list": 2, "no_service": 1}
    assert {line.code: line.needs for line in found.splits["age_band"]} == {"2_to_4": 2, "adult": 1}
    assert [line.needs for line in found.months] == [0] * 11 + [3]
    assert found.by_month["housing"] == [0] * 11 + [1]
    with as_(cast.commissioner):
        assert counted(cast.commissioner, Wanted(need="housing")).total == 1
        assert counted(cast.commissioner, Wanted(area="nowhere")).total == 0


def test_whoever_works_or_answers_themes_sees_the_figures_of_their_districts_and_others_none(
    need: Any, cast: Any, as_: Any
) -> None:
    for who in ("panel_coordinator", "board_member", "strategic_lead", "analyst", "elected_member"):
        with as_(getattr(cast, who)):
            assert counted(getattr(cast, who), ALL).total == 1, who
    for who in ("family_worker", "practitioner", "administrator", "front_door_officer"):
        with as_(getattr(cast, who)):
            with pytest.raises(Refused):
                figures(getattr(cast, who), ALL)
            for reader in (getattr(cast, who), cast.commissioner):
                with connection.cursor() as cursor:
                    cursor.execute("select count(*) from hearth_unmet_counts(%s, '2020-01-01', '', '')", [reader.pk])
                    assert cursor.fetchone() == (0,), who
                    cursor.execute("select count(*) from hearth_theme_counts(%s, '{}')", [reader.pk])
                    assert cursor.fetchone() == (0,), who


def test_what_is_restricted_is_in_no_figure_and_behind_none(
    need: Any, theme: Any, family: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=family.reference, reason="A refuge")
    for who in ("commissioner", "development_officer", "panel_coordinator"):
        by = getattr(cast, who)
        with as_(by):
            assert figures(by, ALL).total == 0
            assert theme_counts(by, [theme]) == {}
            opened = queries.counted_needs(by, ALL, 1)
            assert (opened.counted, opened.may_open, list(opened.page.rows)) == (0, 0, [])


def test_a_figure_opens_into_those_that_the_reader_may_open(
    need: Any, met: Any, asked: Any, cast: Any, area: Any, as_: Any
) -> None:
    met(need="housing")
    for who, may_open in (
        ("senior_development_officer", 2),
        ("panel_coordinator", 0),
    ):
        by = getattr(cast, who)
        with as_(by):
            opened = queries.counted_needs(by, ALL, 1)
        assert (opened.counted, opened.may_open, len(opened.page.rows)) == (2, may_open, may_open), who
    for who in ("commissioner", "other_manager"):
        by = getattr(cast, who)
        with as_(by):
            opened = queries.counted_needs(by, ALL, 1)
        assert (opened.counted, opened.may_open, list(opened.page.rows)) == (None, 0, []), who


def test_a_theme_has_its_needs_by_month(need: Any, theme: Any, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    with as_(by):
        page = themes(by, "open")
        assert sizes(by, page) == {theme.pk: 1}
        found = in_figures(by, theme)
    assert found is not None
    assert [(line.name, line.needs) for line in found.months] == [(f"{clock.today():%B %Y}", 1)]
    with as_(cast.family_worker):
        assert in_figures(cast.family_worker, theme) is None


def search(
    many: int, need: str = "money_and_debt", district: str = "burnley", outcome: str = "nothing", **told: Any
) -> None:
    """So many searches that had nothing to offer."""
    for _ in range(many):
        count_search([need], district, outcome, by_worker=told.get("by_worker", False))


def lines(sought: searches.Sought, split: str) -> dict[str, tuple[Any, ...]]:
    return {
        line.name: ("few" if line.recorded_few else line.recorded, line.nothing, line.full)
        for line in getattr(sought, split)
    }


def sought_by(who: Any, as_: Any, wanted: Wanted = ALL) -> searches.Sought:
    with as_(who):
        return searches.searches(who, wanted, figures(who, wanted))


def test_searches_stand_beside_what_was_recorded_by_district_need_and_month(need: Any, cast: Any, as_: Any) -> None:
    search(7)
    search(6, outcome="full", by_worker=True)
    search(8, district="chorley", need="")
    search(9, district="")
    with clock.frozen(clock.now() - dt.timedelta(days=900)):
        search(50)
    found = sought_by(cast.commissioner, as_)
    assert lines(found, "areas") == {
        "Burnley": ("few", 7, 6), "Chorley": (0, 8, 0), "District not known": (None, 9, 0),
    }  # fmt: skip
    assert lines(found, "needs") == {"Money, benefits and debt": (None, 16, 6), "Not understood": (None, 8, 0)}
    month = f"{clock.today():%B %Y}"
    assert lines(found, "months")[month] == ("few", 24, 6) and sum(line.nothing or 0 for line in found.months) == 24
    assert [line.is_counted for line in found.months] == [False] * 11 + [True], (
        "before that nothing was counted, which is no nought"
    )
    assert f"Month,{found.months[0].name},0,," in csv_file(searches.HEADS, searches.rows_of(found))
    assert (found.total.nothing, found.total.full, found.workers.nothing, found.workers.full) == (24, 6, 0, 6)
    assert lines(sought_by(cast.commissioner, as_, Wanted(area="chorley")), "areas") == {"Chorley": (None, 8, 0)}


def test_small_figures_of_searches_are_left_out_and_cannot_be_worked_out(cast: Any, as_: Any) -> None:
    assert pack().indicators.fewest_shown == 5
    search(4)
    search(20, district="chorley")
    search(30, district="fylde")
    found = sought_by(cast.commissioner, as_)
    assert lines(found, "areas") == {
        "Burnley": (None, None, 0), "Chorley": (None, None, 0), "Fylde": (None, 30, 0),
    }  # fmt: skip
    told = csv_file(searches.HEADS, searches.rows_of(found))
    assert "District,Burnley,,too few to show,0" in told and "District,Fylde,,30,0" in told
    assert searches.without_few({"a": 0, "b": 0}) == {"a": 0, "b": 0}, "nobody searched, and that may be said"
    assert searches.without_few({"a": 3}) == {"a": None}
    assert searches.without_few({"a": 3, "b": 2, "c": 9}) == {"a": None, "b": None, "c": 9}


def test_a_month_whose_figure_is_left_out_is_drawn_as_few_and_not_as_none(cast: Any, as_: Any) -> None:
    search(3)
    found = sought_by(cast.commissioner, as_)
    assert found.any and found.total.nothing is None
    assert drawing.said(found.drawn).endswith(f"{clock.today():%B %Y}: few")
    assert drawing.bars(found.drawn)[-1].figure == "few" and drawing.bars(found.drawn)[0].figure == 0


def test_words_beneath_the_bars_are_not_cut_off_at_the_edge() -> None:
    drawn = [
        bar for bar in drawing.bars([Line("", f"{month} 2026", 3) for month in calendar.month_name[1:]]) if bar.words
    ]
    assert drawn[-1].words == "Dec 26" and drawn[-1].middle > drawn[-1].words_at
    assert all(drawing.HALF_A_WORD <= bar.words_at <= drawing.WIDTH - drawing.HALF_A_WORD for bar in drawn)


def test_whoever_works_themes_sees_the_searches_of_their_districts_and_strangers_none(cast: Any, as_: Any) -> None:
    search(6)
    search(7, district="")
    with as_(cast.panel_coordinator):
        area = cast.panel_coordinator.appointments_now()[0].area
    assert area is not None and area.code == "burnley"
    assert lines(sought_by(cast.panel_coordinator, as_), "areas") == {"Burnley": (None, 6, 0)}
    for who in ("family_worker", "practitioner", "provider", "administrator"):
        with pytest.raises(Refused):
            sought_by(getattr(cast, who), as_)


def test_the_page_shows_searches_and_its_figures_are_taken_away_on_record(
    need: Any, cast: Any, as_client: Any, as_: Any
) -> None:
    search(6)
    search(2, need="feelings")
    client = as_client(cast.commissioner)
    shown = client.get(reverse("unmet_needs")).content.decode()
    assert (
        "Looked for in the finder, and not there" in shown
        and "Money, benefits and debt" in shown
        and "too few" in shown
    )
    assert "Looked for in the finder" not in client.get(reverse("unmet_needs"), {"need": "housing"}).content.decode()
    assert client.get(reverse("download_unmet_needs")).status_code == 302
    told = client.post(reverse("download_unmet_needs"), {"period": "half"})
    assert 'Need,"Money, benefits and debt"' in told.content.decode() and told.headers["Content-Disposition"].endswith(
        '.csv"'
    )
    book = client.post(reverse("download_unmet_needs"), {"format": "xlsx"})
    sheet = load_workbook(io.BytesIO(book.content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(searches.HEADS)
    with acting_as(cast.commissioner, using="audit"):
        assert AuditEvent.objects.using("audit").filter(verb="unmet.figures_downloaded").count() == 2
    assert as_client(cast.practitioner).post(reverse("download_unmet_needs")).status_code == 403


def test_the_page_costs_the_same_whatever_was_searched_for(cast: Any, as_client: Any) -> None:
    client = as_client(cast.commissioner)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("unmet_needs"))
        return len(queries)

    cost()
    one = cost()
    for place in ("burnley", "chorley", "fylde", ""):
        for code in ("money_and_debt", "feelings", "housing", ""):
            search(1, code, place)
    assert cost() == one
