"""A load is seen before it counts, committed once, taken back as one; rows at fault are decided by people."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.intelligence.feeds import actions, jobs, keeping, reading
from hearth.intelligence.feeds.models import FeedFilePart, FeedLoad, FeedSubject

HEAD = "personId,policeArea,contactName,contactPhone\n"
FIRST = HEAD + "p1,North,Ann,1\np2,North,Ann,1\np3,North,Ann,1\n"
SECOND = HEAD + "p1,North,Ann,1\np2,South,Bob,2\np4,North,Ann,1\n"


def people(load: Any) -> list[str]:
    """Who is in the columnar file of a load."""
    return [
        row[0]
        for row in duckdb.sql(f"select person from read_parquet('{keeping.admitted(load)}') order by 1").fetchall()
    ]


@pytest.fixture
def first(send: Callable[..., Any], commit: Callable[[Any], Any]) -> Any:
    """Three people, committed."""
    return commit(send("police", FIRST))


def test_a_load_shows_new_changed_gone_with_examples_before_it_counts(first: Any, send: Callable[..., Any]) -> None:
    load = send("police", SECOND)
    assert (load.new, load.changed, load.same, load.gone, load.rows_in_file) == (1, 1, 1, 1, 3)
    assert load.examples["new"][0]["after"]["person"] == "p4"
    assert load.examples["gone"][0]["before"]["person"] == "p3"
    changed = load.examples["changed"][0]
    assert (changed["before"]["police_area"], changed["after"]["police_area"]) == ("North", "South")
    first.refresh_from_db()
    assert first.is_current and not load.is_current


def test_a_file_is_committed_once_however_often_it_is_sent(
    first: Any, send: Callable[..., Any], commit: Callable[[Any], Any], cast: Any
) -> None:
    again = send("police", FIRST)
    assert again.pk == first.pk
    assert commit(again).committed_at == first.committed_at
    assert FeedLoad.objects.filter(feed="police").count() == 1


def test_a_committed_load_is_taken_back_as_one(
    first: Any, send: Callable[..., Any], commit: Callable[[Any], Any], cast: Any
) -> None:
    second = commit(send("police", SECOND))
    assert people(second) == ["p1", "p2", "p4"]
    with acting_as(cast.analyst):
        with pytest.raises(Refused, match="later file"):
            actions.reverse_load(by=cast.analyst, load=first, why="Wrong")
        actions.reverse_load(by=cast.analyst, load=second, why="The wrong month")
        jobs.tidy(by=str(cast.analyst.id))
    with acting_as(cast.analyst):
        first.refresh_from_db()
        assert first.is_current
        assert people(first) == ["p1", "p2", "p3"]
        assert not keeping.folder_of(second).exists()
        assert not FeedSubject.objects.filter(load=second).exists()
        assert FeedSubject.objects.filter(load=first).count() == 3
        assert second.ended_why == "The wrong month"
    assert send("police", SECOND).pk != second.pk  # and may be sent again


def test_a_feed_that_adds_keeps_what_it_held(send: Callable[..., Any], commit: Callable[[Any], Any]) -> None:
    head = "personId,dateOfOffence,typeOfOffence,natureOfInvolvement\n"
    commit(send("offences", head + "p1,2024-10-01,x,y\n"))
    load = commit(send("offences", head + "p2,2024-11-01,x,y\n"))
    assert (load.new, load.gone, load.rows_held) == (1, 0, 2)
    assert people(load) == ["p1", "p2"]


def test_terms_stand_beside_each_other(send: Callable[..., Any], commit: Callable[[Any], Any], cast: Any) -> None:
    head = "termlyexclusionsonrolltableid,pupilonrolltableid,NativeId,startdate,sessions,reason1,category\n"
    commit(send("exclusions", head + "e1,p1,S1,2024-10-01,1,PP,FIXD\n"))
    spring = {"covers_from": dt.date(2025, 1, 6), "covers_until": dt.date(2025, 4, 4)}
    load = commit(send("exclusions", head + "e2,p1,S1,2025-02-01,1,PP,FIXD\n", **spring))
    assert (load.new, load.gone) == (1, 0)
    with acting_as(cast.analyst):
        assert FeedLoad.objects.filter(feed="exclusions", is_current=True).count() == 2


def test_an_older_list_is_not_committed_over_a_newer_one(
    first: Any, send: Callable[..., Any], commit: Callable[[Any], Any]
) -> None:
    older = send("police", SECOND, as_at=dt.date(2024, 11, 1))
    with pytest.raises(Refused, match="would undo what came since"):
        commit(older)


def test_of_two_loads_at_once_the_second_is_compared_again(
    first: Any, send: Callable[..., Any], commit: Callable[[Any], Any], cast: Any
) -> None:
    one, two = send("police", SECOND), send("police", HEAD + "p9,North,Ann,1\n")
    assert two.gone == 3
    commit(one)
    assert commit(two).state == "reading"
    with acting_as(cast.analyst):
        two = reading.read_load(by=cast.analyst, load=two)
    assert (two.state, two.new, two.gone, two.follows_id) == ("ready", 1, 3, one.pk)
    assert commit(two).state == "committed"
    assert people(two) == ["p9"]


def test_a_row_set_aside_is_put_right_or_left_out_by_a_person_and_only_then_is_the_load_committed(
    send: Callable[..., Any], commit: Callable[[Any], Any], cast: Any
) -> None:
    load = send("police", HEAD + "p1,North,Ann,1\n,South,Bob,2\np3,North\n")
    assert (load.rows_in_file, load.new, load.set_aside) == (3, 1, 2)
    with pytest.raises(Refused, match="2 rows wait"):
        commit(load)
    with acting_as(cast.analyst):
        row = load.rows_aside.get(number=3)
        actions.fix_row(by=cast.analyst, load=load, row=row, person="p2", **row.cells)
        load = reading.read_load(by=cast.analyst, load=load)
        assert (load.rows_in_file, load.new, load.set_aside) == (3, 2, 1)
        actions.waive_rows(by=cast.analyst, load=load, why="The police say it is nobody", number=4)
    committed = commit(load)
    assert people(committed) == ["p1", "p2"]
    states = list(committed.rows_aside.order_by("number").values_list("number", "state", "why"))
    assert states == [(3, "fixed", ""), (4, "waived", "The police say it is nobody")]


def test_a_row_held_before_and_set_aside_now_stays_as_it_was(first: Any, send: Callable[..., Any]) -> None:
    load = send("police", HEAD + "p1,North,Ann,1\np2,North,Ann,1\np2,South,Bob,2\np3,North,Ann,1\n")
    assert (load.same, load.gone, load.set_aside) == (3, 0, 1)


def test_a_load_is_cancelled_before_it_is_committed_and_nothing_of_it_is_kept(
    send: Callable[..., Any], cast: Any
) -> None:
    load = send("police", FIRST)
    with acting_as(cast.analyst):
        actions.cancel_load(by=cast.analyst, load=load)
        jobs.tidy(by=str(cast.analyst.id))
    assert load.state == "cancelled"
    assert load.examples == {}
    assert not keeping.folder_of(load).exists()
    assert not FeedSubject.objects.filter(load=load).exists()


def test_reading_stops_when_the_load_is_cancelled(send: Callable[..., Any], cast: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(reading, "EVERY", 0.0)
    load = send("police", FIRST, read=False)

    def cancel(rows: int, share: float) -> None:
        actions.cancel_load(by=cast.analyst, load=FeedLoad.objects.get(pk=load.pk))

    found = reading.read_load(by=cast.analyst, load=load, progress=cancel)
    assert (found.state, found.rows_held) == ("cancelled", 0)
    assert not keeping.folder_of(load).exists()
    assert not FeedFilePart.objects.filter(load=load).exists()


def test_reading_broken_off_begins_again_and_is_counted_once(
    send: Callable[..., Any], cast: Any, monkeypatch: Any
) -> None:
    load = send("police", FIRST, read=False)

    def broken(*args: Any) -> Any:
        raise KeyboardInterrupt

    with acting_as(cast.analyst):
        with monkeypatch.context() as patch:
            patch.setattr(reading, "check_rows", broken)
            with pytest.raises(KeyboardInterrupt):
                reading.read_load(by=cast.analyst, load=load)
        assert FeedFilePart.objects.filter(load=load).exists()
        jobs.read(load=str(load.pk), by=str(cast.analyst.id))
        jobs.read(load=str(load.pk), by=str(cast.analyst.id))
    with acting_as(cast.analyst):
        load.refresh_from_db()
        assert (load.state, load.new, FeedSubject.objects.filter(load=load).count()) == ("ready", 3, 3)
        assert not FeedFilePart.objects.filter(load=load).exists()


def test_a_columnar_file_that_is_not_the_admitted_one_is_not_read(first: Any, send: Callable[..., Any]) -> None:
    keeping.rows_path(first).write_bytes(b"PAR1 something else PAR1")
    load = send("police", SECOND)
    assert load.state == "refused"
    assert "not what was admitted" in load.refusal


def test_whoever_may_not_load_feeds_sees_and_does_nothing(first: Any, cast: Any) -> None:
    for who in (cast.family_worker, cast.police_officer, cast.administrator):
        with acting_as(who):
            assert not FeedLoad.objects.exists()
            assert not FeedSubject.objects.exists()
            with pytest.raises(Refused, match="Your role cannot load"):
                actions.send_file(
                    by=who, feed="police", organisation=who.organisation, covers_from=clock.today(),
                    covers_until=clock.today(), file=io.BytesIO(b"x"), file_name="a.csv",
                )  # fmt: skip
