"""The page that is open all day asks the database three things: whose session, who that is, which cases."""

from typing import Any

import pytest

from hearth.casework.cases.actions import open_case
from hearth.records.people.actions import open_family
from tests.speed.test_queries import Asked, asked_by

PATH = "/cases/"
THREE = ('from "django_session"', 'from "accounts_appointment"', 'from "cases_case"')
# Who leads families, who sees a whole district's, a partner, and who holds none.
READERS = ("family_worker", "manager", "charity_worker", "safeguarding_hub_social_worker")


def _asked(statements: Any) -> list[str]:
    """What was asked, in order and as often as it was. A test's own savepoints stand where the product's transaction is."""
    return [sql.lower() for sql in statements.elements() if sql != "savepoint"]


def _open(client: Any) -> Asked:
    """Opened once before: what is looked up once for all readers is known by then."""
    asked_by(client, PATH)
    return asked_by(client, PATH)


@pytest.mark.parametrize("reader", READERS)
def test_the_list_of_cases_takes_three_queries(cast: Any, case: Any, as_client: Any, reader: str) -> None:
    page = _open(as_client(getattr(cast, reader)))
    asked = _asked(page.statements)
    assert page.status == 200 and len(asked) == len(THREE) == 3, "\n".join(asked)
    for begins, sql in zip(THREE, asked, strict=True):
        assert begins in sql


def test_it_takes_the_same_three_of_one_family_and_of_fifty(
    cast: Any, area: Any, case: Any, as_: Any, as_client: Any
) -> None:
    by = cast.family_worker
    client = as_client(by)
    of_one = _open(client)
    with as_(by):
        for number in range(49):
            family = open_family(by=by, name=f"Zzquil{number}", area=area)
            open_case(by=by, family=family, because="assessment", lead=by)
    of_fifty = _open(client)
    shown = client.get(PATH).text
    assert all(f"Zzquil{number}<" in shown for number in range(49)) and "Ashworth" in shown
    assert _asked(of_fifty.statements) == _asked(of_one.statements)
    assert of_fifty.statements == of_one.statements, "nor is there a savepoint more"
    assert len(_asked(of_fifty.statements)) == 3
