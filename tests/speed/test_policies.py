"""A row policy is asked of each row that a page reads, and never answered by reading everybody first."""

import pytest
from django.db import connection

from hearth.foundation.core.policies import row_by_row

READ_BY_PEOPLE = """
    select polrelid::regclass || ' ' || polname, pg_get_expr(polqual, polrelid) from pg_policy
    where polcmd in ('r', '*') and 'hearth_web'::regrole = any(polroles) order by 1
"""


def test_every_policy_for_reading_is_asked_row_by_row(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(READ_BY_PEOPLE)
        policies = cursor.fetchall()
    assert len(policies) > 50
    whole = [name for name, said in policies if said.count("EXISTS ( SELECT") != said.count("OFFSET 0")]
    assert not whole, f"Give these to row_by_row (hearth/foundation/core/policies.py): {whole}"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("owner = 1", "owner = 1"),
        ("exists (select 1 from x where x.id = t.x)", "exists (select 1 from x where x.id = t.x offset 0)"),
        (
            "a or exists (select 1 from x where f(x) and exists (select 1 from y)) and not exists (select 1 from z)",
            "a or exists (select 1 from x where f(x) and exists (select 1 from y offset 0) offset 0)"
            " and not exists (select 1 from z offset 0)",
        ),
    ],
)
def test_each_exists_is_told_so_however_deep_it_stands_and_only_once(said: str, asked: str) -> None:
    assert row_by_row(said) == asked
    assert row_by_row(asked) == asked
