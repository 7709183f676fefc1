"""Whoever may not look into a figure is not shown a small one, on a theme or in the whole, nor can they work it out."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.panels.unmet.figures import FEW, Wanted
from hearth.casework.panels.unmet.shown import figures, of_themes
from hearth.casework.panels.unmet.themes.actions import gather_needs, start_theme
from hearth.casework.panels.unmet.themes.queries import in_figures
from hearth.commissioning.needs.figures import beside
from hearth.foundation.core import clock

HOLD_NO_FAMILY = ("board_member", "strategic_lead", "commissioner", "elected_member", "analyst", "quality_auditor")
LOOK_INTO_IT = ("development_officer", "senior_development_officer", "panel_coordinator", "manager")


def _page(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def _gather(theme: Any, cast: Any, as_: Any) -> None:
    with as_(cast.development_officer):
        gather_needs(by=cast.development_officer, theme=theme, needs=["speech_and_language"])


@pytest.mark.parametrize("who", HOLD_NO_FAMILY)
def test_a_theme_of_four_says_that_it_is_too_few_and_one_of_five_says_five(
    who: str, met: Any, theme: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    for _ in range(3):
        met()
    _gather(theme, cast, as_)
    client = as_client(getattr(cast, who))
    page = _page(client, reverse("unmet_theme", args=[theme.reference]))
    assert "The needs in it are too few to show how many, and when" in page and "<svg" not in page
    assert "How many there are is too few to show" in page and "of 4" not in page
    listed = _page(client, reverse("unmet_themes"))
    assert "too few" in listed and '<td class="number">4</td>' not in listed
    met()
    _gather(theme, cast, as_)
    page = _page(client, reverse("unmet_theme", args=[theme.reference]))
    assert "5 needs</strong>, all recorded in" in page and "You may open 0 of 5" in page
    assert '<td class="number">5</td>' in _page(client, reverse("unmet_themes"))


@pytest.mark.parametrize("who", LOOK_INTO_IT)
def test_whoever_works_it_or_holds_the_families_sees_every_figure(
    who: str, theme: Any, cast: Any, as_client: Any
) -> None:
    assert "1 need</strong>, recorded in" in _page(
        as_client(getattr(cast, who)), reverse("unmet_theme", args=[theme.reference])
    )


def test_a_manager_of_another_district_is_shown_no_small_figure_of_this_one(
    theme: Any, cast: Any, as_client: Any
) -> None:
    page = _page(as_client(cast.other_manager), reverse("unmet_theme", args=[theme.reference]))
    assert "too few to show" in page and "1 need" not in page


def test_a_month_that_is_few_takes_the_next_with_it_so_that_the_sum_tells_neither(
    met: Any, cast: Any, area: Any, as_: Any
) -> None:
    """Three last month and six this month: nine in all, and neither month; with a third month, that one stands."""
    by = cast.development_officer
    with clock.frozen(_months_ago(1)):
        for _ in range(3):
            met()
    for _ in range(6):
        met()
    with as_(by):
        theme = start_theme(by=by, area=area, needs=["speech_and_language"], title="No therapy", priority="low")
    found = _of(theme, cast.board_member, as_)
    assert found.total == 9 and [line.told for line in found.months] == [FEW, FEW]
    assert [line.needs for line in _of(theme, by, as_).months] == [3, 6]
    with clock.frozen(_months_ago(2)):
        for _ in range(7):
            met()
    _gather(theme, cast, as_)
    found = _of(theme, cast.board_member, as_)
    assert found.total == 16 and [(line.needs, line.told) for line in found.months] == [(7, ""), (0, FEW), (0, FEW)]


def _months_ago(many: int) -> dt.datetime:
    first = clock.now().replace(day=1, hour=12)
    for _ in range(many):
        first = (first - dt.timedelta(days=3)).replace(day=1)
    return first


def _of(theme: Any, who: Any, as_: Any) -> Any:
    with as_(who):
        return in_figures(who, theme)


def test_the_figures_leave_out_what_is_few_and_narrowed_they_tell_no_more(
    met: Any, cast: Any, area: Any, as_: Any
) -> None:
    for _ in range(7):
        met()
    for _ in range(3):
        met(need="housing", reason="no_service")
    by = cast.board_member
    with as_(by):
        whole = figures(by, Wanted())
        assert whole.total == 10 and whole.leaves_out
        assert {line.code: line.told for line in whole.splits["need"]} == {"speech_and_language": FEW, "housing": FEW}
        assert {line.code: line.told for line in whole.splits["reason"]} == {"waiting_list": FEW, "no_service": FEW}
        assert whole.by_month == {}
        for wanted, total in (
            (Wanted(need="housing"), None), (Wanted(need="speech_and_language"), None), (Wanted(area=area.code), 10),
            (Wanted(area=area.code, need="housing"), None), (Wanted(period="half"), 10), (Wanted(period="two_years"), 10),
        ):  # fmt: skip
            found = figures(by, wanted)
            assert found.total == total, wanted
            assert found.wanted.period == "year", "of two lengths of time the difference is a figure too"
            assert not {"reason", "age_band", "wait"} & set(found.splits) or not (wanted.area or wanted.need), wanted
            assert not any(line.needs in (3, 7) for lines in found.splits.values() for line in lines), wanted
    by = cast.development_officer
    with as_(by):
        assert figures(by, Wanted(area=area.code, need="housing")).total == 3, "they work its themes"


def test_the_same_is_left_out_as_stands_side_by_side_for_commissioning(
    met: Any, cast: Any, area: Any, as_: Any
) -> None:
    for many, need in ((9, "speech_and_language"), (3, "housing"), (6, "money"), (8, "transport")):
        for _ in range(many):
            met(need=need)
    by = cast.board_member
    with as_(by):
        ours = {line.code: None if line.told else line.needs for line in figures(by, Wanted()).splits["need"]}
        theirs = {row.code: row.figures["unmet"] for row in beside(by).by_need if row.figures["unmet"] != 0}
    assert ours == theirs and None in ours.values()


def test_the_page_and_the_file_say_too_few_and_no_figure(met: Any, cast: Any, as_client: Any) -> None:
    for _ in range(3):
        met()
    client = as_client(cast.commissioner)
    page = _page(client, reverse("unmet_needs"))
    assert "too few to show how many" in page and "a figure below 5 is left out" in page
    assert ">3<" not in page and "3 needs" not in page and "This month and the 23 before" not in page
    told = client.post(reverse("download_unmet_needs"), {"period": "half"}).content.decode()
    assert "too few to show" in told and ",3," not in told


def test_the_pages_ask_as_often_of_many_themes_and_needs_as_of_one(
    met: Any, theme: Any, cast: Any, area: Any, as_: Any, as_client: Any
) -> None:
    pages = [
        reverse("unmet_needs"),
        reverse("unmet_themes"),
        reverse("unmet_theme", args=[theme.reference]),
        reverse("home"),
    ]
    clients = [as_client(getattr(cast, who)) for who in ("board_member", "other_manager", "panel_coordinator")]

    def asked() -> list[int]:
        found = []
        for client in clients:
            for page in pages:
                with CaptureQueriesContext(connection) as seen:
                    assert client.get(page).status_code == 200, page
                found.append(len(seen))
        return found

    asked()
    few = asked()
    by = cast.development_officer
    for number in range(3):
        for need in ("housing", "transport"):
            met(need=need)
        with as_(by):
            start_theme(by=by, area=area, needs=["housing"], title=f"Theme {number}", priority="low")
    assert asked() == few
    with as_(cast.board_member):
        assert len(of_themes(cast.board_member, [theme])) == 1
