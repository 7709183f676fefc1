"""A demonstration shows needs that nobody could meet: of a year, in both districts, with a theme at each stage."""

from collections import Counter
from typing import Any

import pytest
from django.db import connections

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.invented import authority, unmet
from hearth.invented.cast import load_cast


@pytest.fixture(scope="module")
def rows(own_database: Any) -> Any:
    """A few families are told in a database of their own, and then what could not be offered."""
    load_cast(pack())
    cast, places = authority._tell_all(24, 11, lambda _: None)
    unmet.tell_unmet(cast, places, 11)

    def asked(statement: str) -> list[Any]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    return asked


def test_needs_were_met_while_the_case_was_open_and_some_wait(rows: Any) -> None:
    found = rows(
        "select n.recorded_on, c.opened_on, n.theme_id is null from unmet_unmetneed n join cases_case c on c.id = n.case_id"
    )
    assert len(found) >= 8
    # A day that is not worked is moved back to one that is.
    assert all((opened - recorded).days <= 4 and recorded <= clock.today() for recorded, opened, _ in found)
    assert any(waits for *_, waits in found)


def test_themes_are_worked_escalated_and_answered(rows: Any) -> None:
    assert Counter(state for (state,) in rows("select state from unmet_theme")) == {
        "working": 2,
        "escalated": 1,
        "answered": 1,
    }
    [(answered_on, answer)] = rows("select answered_at, answer from unmet_theme where state = 'answered'")
    assert answer == unmet.ANSWER and answered_on < clock.now()
    early = rows(
        "select count(*) from unmet_themeevent e join unmet_theme t on t.id = e.pgh_obj_id where t.created_at > t.answered_at"
    )
    assert early == [(0,)]


def test_whose_need_it_is_fits_the_ages_of_the_familys_children(rows: Any) -> None:
    bands = {each.code: each for each in pack().unmet.age_bands if each.youngest is not None}
    found = rows(
        "select n.age_band, array_agg(extract(year from age(n.recorded_on, p.born_on))::int) from unmet_unmetneed n"
        " join people_membership m on m.family_id = n.family_id and m.role = 'child' and m.until_on is null"
        " join people_person p on p.id = m.person_id and p.died_on is null"
        " group by n.id, n.age_band having bool_and(p.birth_precision = 'full')"
    )
    of_an_age = [(bands[code], ages) for code, ages in found if code in bands]
    assert of_an_age and all(any(band.holds(age) for age in ages) for band, ages in of_an_age)
