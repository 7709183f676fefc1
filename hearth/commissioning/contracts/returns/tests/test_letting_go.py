"""The names of a list are kept no longer than the practice pack says: they go with who is behind the totals, and the totals stay."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from hearth.commissioning.contracts.returns.models import ListedPerson, PeopleList, Return
from hearth.commissioning.contracts.returns.people import actions, letting_go
from hearth.commissioning.contracts.returns.tests.conftest import NOBODY, csv_of
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.records.documents.tests.conftest import worker  # noqa: F401


@pytest.fixture
def listed(worker: None, owner: Return, upload: Any, cast: Any) -> Callable[[int], PeopleList]:  # noqa: F811
    """`listed(days)`: a list that was sent so many days ago. On the worker's connection: only it may become `system:tidying`."""

    def do(days: int) -> PeopleList:
        with clock.frozen(clock.now() - dt.timedelta(days=days)):
            return upload(owner, csv_of(*NOBODY))

    return do


def test_names_go_when_the_pack_says_and_once(
    listed: Any, owner: Return, fill: Any, send: Any, cast: Any, as_: Any
) -> None:
    people = listed(pack().returns.names_kept_days + 1)
    send(fill(owner, 9, 41, 8800))
    with as_(cast.provider):
        assert actions.check_people(by=cast.provider, people=people)
    assert letting_go.let_go_of_names() == 1
    assert letting_go.let_go_of_names() == 0
    with as_(cast.provider):
        assert not ListedPerson.objects.exists()
        found = PeopleList.objects.get()
        assert found.let_go_at is not None and found.file_name == ""
        assert actions.check_people(by=cast.provider, people=found) is False, "what has gone is not checked again"
    with as_(cast.development_officer):
        assert found.checked.theirs == len(NOBODY) and found.checked.told_sets == []


def test_younger_names_stay_whatever_is_asked(listed: Any, cast: Any, as_: Any) -> None:
    listed(pack().returns.names_kept_days - 2)
    assert letting_go.let_go_of_names() == 0
    with as_(cast.provider):
        assert ListedPerson.objects.count() == len(NOBODY)


def test_only_the_tidying_identity_may_and_it_reads_no_name(listed: Any, cast: Any, as_: Any) -> None:
    listed(1)
    for who in (cast.provider, cast.information_governance, cast.commissioner):
        with as_(who), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute("select hearth_let_go_of_names(1)")
    for table in ("returns_listedperson", "returns_peoplematch", "returns_peoplelist"):
        with pytest.raises(DatabaseError, match="permission denied"), as_(letting_go.TIDYING):
            connection.cursor().execute(f"select * from {table}")  # noqa: S608 - the names above
