"""Unmet need in figures that name nobody, and how many of those behind one the reader may open."""

from typing import Any

import pytest
from django.db import connection

from hearth.casework.panels.unmet import queries
from hearth.casework.panels.unmet.actions import withdraw_unmet_need
from hearth.casework.panels.unmet.figures import Wanted, figures, theme_counts
from hearth.casework.panels.unmet.models import UnmetNeed
from hearth.casework.panels.unmet.themes.queries import months_of, sizes, themes
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.records.people.restrictions.actions import place_restriction

ALL = Wanted()


def test_it_is_counted_by_need_month_district_reason_age_and_wait(met: Any, cast: Any, area: Any, as_: Any) -> None:
    for told in ({}, {"reason": "no_service"}, {"need": "housing", "wait": "no_wait", "age_band": "adult"}):
        met(**told)
    with as_(cast.family_worker):
        withdraw_unmet_need(by=cast.family_worker, need=met(), why="Twice")
    with as_(cast.commissioner):
        found = figures(cast.commissioner, ALL)
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
        assert figures(cast.commissioner, Wanted(need="housing")).total == 1
        assert figures(cast.commissioner, Wanted(area="nowhere")).total == 0


def test_whoever_works_or_answers_themes_sees_the_figures_of_their_districts_and_others_none(
    need: Any, cast: Any, as_: Any
) -> None:
    for who in ("panel_coordinator", "board_member", "strategic_lead", "analyst", "elected_member"):
        with as_(getattr(cast, who)):
            assert figures(getattr(cast, who), ALL).total == 1, who
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
        ("commissioner", 0),
        ("other_manager", 0),
    ):
        by = getattr(cast, who)
        with as_(by):
            opened = queries.counted_needs(by, ALL, 1)
        assert (opened.counted, opened.may_open, len(opened.page.rows)) == (2, may_open, may_open), who


def test_a_theme_has_its_needs_by_month(need: Any, theme: Any, cast: Any, as_: Any) -> None:
    with as_(cast.board_member):
        page = themes(cast.board_member, "open")
        assert sizes(cast.board_member, page) == {theme.pk: 1}
        (line,) = months_of(cast.board_member, theme)
    assert (line.name, line.needs) == (f"{clock.today():%B %Y}", 1)
    with as_(cast.family_worker):
        assert months_of(cast.family_worker, theme) == []
