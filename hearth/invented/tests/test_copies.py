"""A large invented authority is made of copies: other people, other references, led as their lists say."""

from typing import Any

import pytest
from django.db import connections

from hearth.foundation.core.text import fold
from hearth.invented import authority


@pytest.fixture
def large(own_database: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """More families than are told, in a database of their own: the rows of a statement as its owner reads them."""
    monkeypatch.setattr(authority, "TOLD", 6)
    authority.load(families=14, seed=7, progress=lambda _: None)

    def rows(statement: str) -> list[Any]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    return rows


def test_there_are_as_many_as_were_asked_for_and_each_case_is_listed_by_whoever_leads_it(large: Any) -> None:
    ((families,),) = large("select count(*) from people_family")
    assert families >= 14
    leads = large("select u.full_name, c.lead_folded_name from cases_case c join accounts_user u on u.id = c.lead_id")
    assert len(leads) > 2
    assert all(fold(name) == folded for name, folded in leads)
    assert large("select reference from cases_case group by 1 having count(*) > 1") == []
    assert large("select value from people_identifier where kind = 'nhs' group by 1 having count(*) > 1") == []
