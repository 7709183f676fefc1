"""What partners sent is kept no longer than the practice pack says: rows, numbers and files go, and that it was sent stays."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.feeds import keeping, letting_go
from hearth.intelligence.feeds.models import FeedLoad, FeedSubject, RowSetAside
from hearth.records.documents.tests.conftest import worker  # noqa: F401

CARE = "personId,NHS Number,status,startDate,endDate,contactName,contactPhone\n"
GOOD, BAD = "p1,9991234500,child_protection,2024-02-01,,,\n", "p2,9991234519,child_in_need,2024-02-01,,,,more,cells\n"


@pytest.fixture
def reads(worker: None, cast: Any) -> Iterator[None]:  # noqa: F811
    """The analyst looks, on the worker's connection: only it may become `system:tidying`."""
    with acting_as(cast.analyst):
        yield


@pytest.fixture
def sent(reads: None, send: Callable[..., Any], commit: Callable[..., Any]) -> Callable[..., FeedLoad]:
    """A file that was sent so many days ago, and is held; with a row set aside it waits to be looked at."""

    def do(days: int, *rows: str) -> FeedLoad:
        with clock.frozen(clock.now() - dt.timedelta(days=days)):
            load = send("social_care", CARE + "".join(rows or (GOOD,)))
            return commit(load) if load.state == "ready" and not rows else load

    return do


def test_what_is_held_for_too_long_goes_with_its_file_and_people_are_linked_anew(
    sent: Any, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(letting_go, "defer", lambda name, **ids: asked.append((name, ids)))
    load = sent(pack().retention.rule("feed").years * 366 + 2)
    assert load.is_current and keeping.rows_path(load).is_file() and FeedSubject.objects.filter(load=load).exists()
    assert letting_go.let_go_of_old_loads() == 1
    load.refresh_from_db()
    assert (load.kept, load.is_current, load.examples, load.state) == (False, False, {}, "committed")
    assert not keeping.folder_of(load).exists() and not FeedSubject.objects.filter(load=load).exists()
    assert asked == [("matching.link_after_load", {"by": cast.analyst.id})]
    assert letting_go.let_go_of_old_loads() == 0 and len(asked) == 1, "once"


def test_rows_that_nobody_ever_looked_at_go_too(sent: Any) -> None:
    load = sent(pack().retention.rule("feed").years * 366 + 2, GOOD, BAD)
    assert RowSetAside.objects.filter(load=load).exists()
    assert letting_go.let_go_of_old_loads() == 1
    assert not RowSetAside.objects.filter(load=load).exists() and not keeping.folder_of(load).exists()


def test_a_younger_file_is_kept_and_nothing_goes_within_a_year_whatever_is_asked(sent: Any) -> None:
    load = sent(300)
    assert letting_go.let_go_of_old_loads() == 0
    with acting_as(letting_go.TIDYING), connection.cursor() as cursor:
        cursor.execute("select count(*) from hearth_let_go_of_old_loads(-9)")
        assert cursor.fetchone() == (0,)
    load.refresh_from_db()
    assert load.is_current and keeping.rows_path(load).is_file()


def test_only_the_tidying_identity_may_and_it_reads_no_row(sent: Any, cast: Any) -> None:
    sent(10)
    for who in (cast.analyst, cast.information_governance, cast.administrator):
        with acting_as(who), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute("select * from hearth_let_go_of_old_loads(2)")
    for table in ("feeds_feedload", "feeds_feedsubject", "feeds_rowsetaside"):
        with pytest.raises(DatabaseError, match="permission denied"), acting_as(letting_go.TIDYING):
            connection.cursor().execute(f"select * from {table}")
