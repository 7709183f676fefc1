"""Figures that name nobody are right to the row, keep restricted families out, and are for those who may see them."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from hearth.casework.front_door.actions import start_request, withdraw_request
from hearth.desk.counts import queries
from hearth.desk.counts.queries import Counts, counts_of_districts
from hearth.foundation.accounts.models import Area
from hearth.foundation.accounts.roles import ROLES
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.invented.cast import PARTS
from hearth.records.people.restrictions.actions import lift_restriction, place_restriction

SEE = {
    "development_officer", "senior_development_officer", "strategic_lead", "manager", "commissioner", "analyst",
    "quality_auditor", "quality_lead", "board_member", "elected_member",
}  # fmt: skip
SOMEBODY = {part.role: part.key for part in reversed(PARTS)}  # one of the cast for each role


def _figures(reader: Any) -> tuple[dict[str, tuple[int, ...]], tuple[int, ...]]:
    """Of each district that has any, and of all: requests in 4 weeks and in a year, open cases, cases closed in a year."""
    with acting_as(reader):
        districts, total = counts_of_districts(reader)
    each = {row.name: _of(row) for row in districts}
    return {name: figures for name, figures in each.items() if any(figures)}, _of(total)


def _of(row: Counts) -> tuple[int, ...]:
    return (row.requests_in_month, row.requests_in_year, row.open_cases, row.closed_in_year)


def _rows_shown(page: str) -> dict[str, list[str]]:
    found = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', page, re.DOTALL)
    return {name: re.findall(r"<td[^>]*>(.*?)</td>", cells) for name, cells in found}


@pytest.fixture
def planted(cast: Any, area: Any, other_area: Any, ask_ago: Any, case_ago: Any) -> None:
    """In the first district: three requests in a month, two more in a year; two open cases, one closed. Less in the second."""
    for days in (0, 3, 28, 29, 365):
        ask_ago(days)
    ask_ago(366)
    ask_ago(1, other_area)
    case_ago("Zzquilone", 500)
    case_ago("Zzquiltwo", 2)
    case_ago("Zzquilthree", 400, closed=365)
    case_ago("Zzquilfour", 800, closed=366)
    case_ago("Zzquilfive", 10, by=cast.other_family_worker, place=other_area)


def test_each_district_is_counted_to_the_row_and_to_the_day(
    cast: Any, area: Any, other_area: Any, planted: None
) -> None:
    first, second = (3, 5, 2, 1), (1, 1, 1, 0)
    districts, total = _figures(cast.analyst)
    assert districts == {area.name: first, other_area.name: second}
    assert total == tuple(map(sum, zip(first, second, strict=True)))


def test_the_page_and_the_first_page_of_who_works_with_no_family_show_the_same(
    cast: Any, area: Any, other_area: Any, planted: None, as_client: Any
) -> None:
    client = as_client(cast.elected_member)
    page, home = (client.get(reverse(name)).content.decode() for name in ("counts", "home"))
    rows = _rows_shown(page)
    assert rows[area.name] == ["3", "5", "2", "1"] and rows[other_area.name] == ["1", "1", "1", "0"]
    assert rows["All districts"] == ["4", "6", "3", "1"]
    assert _rows_shown(home) == rows
    assert "Zzquil" not in page + home and "Marsden" not in page + home, "figures that name nobody"


def test_every_district_has_a_row_and_no_locality_counts_it_again(cast: Any, db: None) -> None:
    with acting_as(cast.analyst):
        districts, total = counts_of_districts(cast.analyst)
    with_districts = Area.objects.exclude(parent=None).values("parent")
    assert [row.name for row in districts] == sorted(
        Area.objects.exclude(pk__in=with_districts).values_list("name", flat=True)
    )
    assert len(districts) > 1 and _of(total) == (0, 0, 0, 0)


def test_what_is_not_sent_or_taken_back_is_no_request(cast: Any, area: Any, ask_ago: Any) -> None:
    taken_back = ask_ago(2)
    ask_ago(2)
    with acting_as(cast.practitioner):
        withdraw_request(by=cast.practitioner, request=taken_back, because="Sent twice.")
        start_request(by=cast.practitioner, key=uuid.uuid4(), channel="partner", signs=[])
    assert _figures(cast.analyst) == ({area.name: (1, 1, 0, 0)}, (1, 1, 0, 0))


def test_a_restricted_family_is_in_no_figure_until_it_is_lifted(cast: Any, area: Any, case_ago: Any) -> None:
    case = case_ago("Zzquilone", 5)
    case_ago("Zzquiltwo", 5)
    ig = cast.information_governance
    with acting_as(ig):
        restriction = place_restriction(by=ig, reference=case.family.reference, reason="At risk from somebody.")
    for key in ("analyst", "manager", "elected_member"):
        assert _figures(getattr(cast, key))[1] == (0, 0, 1, 0), key
    with acting_as(ig):
        lift_restriction(by=ig, restriction=restriction, reference=case.family.reference, reason="It is over.")
    assert _figures(cast.analyst)[1] == (0, 0, 2, 0)


def test_a_family_that_moves_is_counted_where_it_lives_now(
    cast: Any, area: Any, other_area: Any, case_ago: Any
) -> None:
    from hearth.casework.cases.actions import move_family

    case = case_ago("Zzquilone", 5)
    with acting_as(cast.manager):
        move_family(by=cast.manager, case=case, area=other_area)
    assert _figures(cast.analyst) == ({other_area.name: (0, 0, 1, 0)}, (0, 0, 1, 0))


def test_a_district_that_is_not_live_says_so_and_shows_no_nought(
    cast: Any, as_client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = clock.today()
    rows = [Counts(name, on, 0, 0, 0, 0) for name, on in (("Later", today + dt.timedelta(days=1)), ("Now", today))]
    monkeypatch.setattr(
        queries, "counts_of_districts", lambda reader: (rows, Counts("All districts", None, 0, 0, 0, 0))
    )
    shown = _rows_shown(as_client(cast.analyst).get(reverse("counts")).content.decode())
    assert len(shown["Later"]) == 1 and "no figures yet" in shown["Later"][0]
    assert shown["Now"] == ["0", "0", "0", "0"]


def test_the_sum_is_of_districts_that_show_figures(cast: Any, case_ago: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    case_ago("Zzquilone", 5)
    assert _figures(cast.analyst)[1] == (0, 0, 1, 0)
    monkeypatch.setattr(Counts, "is_live", False)
    assert _figures(cast.analyst)[1] == (0, 0, 0, 0)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_the_counts_are_for_these_roles_and_no_others(cast: Any, as_client: Any, role: str) -> None:
    reader = getattr(cast, SOMEBODY[role])
    page = as_client(reader).get(reverse("counts"))
    assert page.status_code == (200 if role in SEE else 403)
    if role not in SEE:
        assert "Your role does not include the counts" in page.content.decode()
        with acting_as(reader), pytest.raises(Refused):
            counts_of_districts(reader)


def test_the_database_gives_no_figure_to_who_may_not_see_them_nor_in_somebody_elses_name(
    cast: Any, case_ago: Any
) -> None:
    case_ago("Zzquilone", 5)
    month = clock.today() - queries.MONTH

    def given(reader: Any, named: Any) -> int:
        with acting_as(reader), connection.cursor() as cursor:
            cursor.execute("select count(*) from hearth_counts(%s, %s, %s)", [named.id, month, month])
            return cursor.fetchone()[0]

    assert given(cast.analyst, cast.analyst) > 1
    assert given(cast.family_worker, cast.family_worker) == 0
    assert given(cast.family_worker, cast.analyst) == 0
