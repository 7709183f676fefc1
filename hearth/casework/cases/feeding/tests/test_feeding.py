"""Casework as a feed: what is in it and what never is, who may write it, how it is committed, and what comes of it elsewhere."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from hearth.casework.cases import jobs
from hearth.casework.cases.actions import close_case, join_team, open_case
from hearth.casework.cases.feeding import rules, writing
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as, read_as
from hearth.foundation.core.refusals import Refused
from hearth.intelligence.feeds import keeping
from hearth.intelligence.feeds.coverage import coverage
from hearth.intelligence.feeds.models import FeedLoad, FeedSubject
from hearth.intelligence.insight.involvement.tests.conftest import NHS, TODAY, person_called
from hearth.records.people.actions import add_person, open_family
from hearth.records.people.facts.actions import add_identifier
from hearth.records.people.links.actions import link_people
from hearth.records.people.models import Membership, Person
from hearth.records.people.restrictions.actions import place_restriction

CLOSED = {
    "reason": "outcomes_met",
    "outcome": "most_met",
    "closing_words": "Zzquil done.",
    "family_view": "Zzquil good.",
}


@pytest.fixture
def load(cast: Any) -> Callable[..., str]:
    """Have casework written and loaded as the analyst, as the worker would; the account."""

    def do(**more: Any) -> str:
        try:
            return writing.load_casework(cast.analyst, **more)
        finally:
            read_as(cast.analyst)

    return do


def newest() -> FeedLoad:
    """The last load of casework."""
    return FeedLoad.objects.filter(feed="casework").latest("created_at")


def rows(of: Any = None) -> list[Any]:
    """What a load of casework holds, by person."""
    path = keeping.admitted(of or newest())
    with duckdb.connect() as engine:
        found = engine.execute(f"select * from read_parquet('{path}') order by given_name, opened_on")  # noqa: S608
        names = [each[0] for each in found.description]
        return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in found.fetchall()]


def another_family(cast: Any, area: Any, name: str, *people: str) -> Any:
    """A family with a case, its people of one family name."""
    by = cast.family_worker
    with acting_as(by):
        made = open_family(by=by, name=name, area=area)
        for person in people:
            add_person(
                by=by, family=made, role="child", given_name=person, family_name=name, born_on=dt.date(2014, 3, 4),
                birth_precision="full",
            )  # fmt: skip
        return open_case(by=by, family=made, because="assessment", lead=by)


def test_each_case_and_each_of_its_people_is_there_with_days_stage_and_whom_to_ring_and_no_more(
    case: Any,
    cast: Any,
    area: Any,
    load: Any,
) -> None:
    over = another_family(cast, area, "Overton", "Zed")
    with acting_as(cast.family_worker):
        join_team(by=cast.family_worker, case=case, user=cast.other_family_worker, role="support")
        close_case(by=cast.family_worker, case=over, **CLOSED)
    account = load()
    assert account.endswith("It is committed.") and "4 new" in account, account
    found = {row.given_name: row for row in rows()}
    assert list(found) == ["Jake", "Kelly", "Mia", "Zed"]
    lead = cast.family_worker
    assert {row.case_reference for name, row in found.items() if name != "Zed"} == {case.reference}
    with acting_as(lead):
        assert found["Jake"].person == person_called(cast, case.family, "Jake").reference
    assert (found["Jake"].born_on, found["Jake"].role) == (dt.date(2015, 9, 14), "child")
    assert (found["Jake"].opened_on, found["Jake"].closed_on, found["Jake"].stage) == (TODAY, None, "assessing")
    assert (found["Jake"].lead_name, found["Jake"].lead_email) == (lead.full_name, lead.email)
    assert found["Jake"].agency == found["Jake"].agencies == lead.organisation.name
    assert (found["Zed"].stage, found["Zed"].closed_on, found["Zed"].case_reference) == (
        "closed",
        TODAY,
        over.reference,
    )
    assert "zzquil" not in str(rows()).lower() and "assessment" not in str(rows())
    made = newest()
    assert (made.organisation.is_authority, made.agreement, made.by, made.as_at) == (True, "", cast.analyst, TODAY)
    assert (made.flags, made.not_kept, made.set_aside) == ({}, [], 0)


def test_whoever_is_restricted_linked_with_them_or_of_a_restricted_family_is_never_in_it(
    case: Any, cast: Any, area: Any, load: Any
) -> None:
    hidden = another_family(cast, area, "Zzxeno", "Zzxenoivo", "Zzxenoada")
    elsewhere = another_family(cast, area, "Ordinary", "Zzjadetwin", "Plain")
    governs = cast.information_governance
    mia, twin = (person_called(cast, one.family, name) for one, name in ((case, "Mia"), (elsewhere, "Zzjadetwin")))
    with acting_as(cast.manager):
        link_people(by=cast.manager, person=mia, other=twin, why="One child in two families")
    load()
    assert {row.given_name for row in rows()} >= {"Zzxenoivo", "Plain"}, "they are there until somebody is restricted"
    with acting_as(governs):
        place_restriction(by=governs, reference=hidden.family.reference, reason="A refuge")
        place_restriction(by=governs, reference=mia.reference, reason="Adopted")
    load(commit=True)
    assert sorted(row.given_name for row in rows()) == ["Jake", "Kelly", "Plain"]
    kept = str(rows()) + str(list(FeedSubject.objects.filter(load=newest()).values_list("value", flat=True)))
    assert "zzxeno" not in kept.lower() and "zzjade" not in kept.lower()
    with acting_as(governs):
        assert not {each.reference for each in Person.objects.filter(pk__in=[mia.pk, twin.pk])} & set(kept.split("'"))
    assert not list(keeping.folder_of(newest()).parent.glob("casework-*")), "nothing is left lying about"


def test_an_allow_list_does_not_bring_anybody_back(case: Any, cast: Any, load: Any) -> None:
    from hearth.records.people.restrictions.actions import grant_restricted_access

    governs, jake_ = cast.information_governance, person_called(cast, case.family, "Jake")
    with acting_as(governs):
        row = place_restriction(by=governs, reference=jake_.reference, reason="Witness")
        grant_restricted_access(
            by=governs, restriction=row, reference=jake_.reference, user=cast.family_worker, reason="Works with him",
            until_on=TODAY + dt.timedelta(days=30),
        )  # fmt: skip
    load()
    assert [each.given_name for each in rows()] == ["Kelly", "Mia"]


def test_the_identity_may_ask_one_function_and_nobody_else_may(case: Any, cast: Any) -> None:
    with acting_as(writing.CASEWORK), connection.cursor() as cursor:
        cursor.execute("select count(*) from hearth_casework_rows(current_date)")
        assert cursor.fetchone() == (3,)
        for table in (
            "cases_case",
            "people_person",
            "people_family",
            "people_restriction",
            "accounts_user",
            "feeds_feedload",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(f"select 1 from {table}")  # noqa: S608
    for who in (cast.analyst, cast.administrator, cast.family_worker):
        with (
            acting_as(who),
            connection.cursor() as cursor,
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
        ):
            cursor.execute("select * from hearth_casework_rows(current_date)")


def test_whoever_may_not_load_feeds_writes_none_and_without_a_case_there_is_none(
    cast: Any, load: Any, request: Any
) -> None:
    with pytest.raises(Refused, match="There is no case yet"):
        load()
    request.getfixturevalue("case")
    with pytest.raises(Refused, match="Your role cannot load"):
        writing.load_casework(cast.manager)
    read_as(cast.analyst)
    assert not FeedLoad.objects.exists()


def test_it_is_a_changeset_and_its_coverage_says_how_fresh_it_is_and_when_it_is_late(
    case: Any, cast: Any, area: Any, load: Any
) -> None:
    load()
    load()
    assert FeedLoad.objects.filter(feed="casework").count() == 1, "the same file is the same load"
    another_family(cast, area, "Newby", "Una")
    with acting_as(cast.family_worker):
        close_case(by=cast.family_worker, case=case, **CLOSED)
    load()
    assert (newest().new, newest().changed, newest().same, newest().gone) == (1, 3, 0, 0)

    def line(days: int) -> Any:
        with clock.frozen(clock.now() + dt.timedelta(days=days)):
            return {each.layout.code: each for each in coverage(cast.analyst)}["casework"]

    assert (line(0).load, line(0).expected_on, line(3).late, line(4).late) == (
        newest(),
        TODAY + dt.timedelta(days=1),
        False,
        True,
    )


def test_far_more_gone_than_a_night_explains_waits_for_a_person(case: Any, load: Any, monkeypatch: Any) -> None:
    load()
    first = newest()
    monkeypatch.setattr(rules, "FEW", 0)
    few = writing._rows
    monkeypatch.setattr(writing, "_rows", lambda *given: list(few(*given))[:1])
    assert load().endswith("It is not committed. Add --commit to commit it, or look at it on the page Feeds.")
    assert (newest().state, newest().gone) == ("ready", 2)
    first.refresh_from_db()
    assert first.is_current and len(rows(first)) == 3
    assert load(commit=True).endswith("It is committed.")


def test_asked_for_in_somebodys_name_it_is_done_where_there_is_a_case(
    cast: Any, request: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    jobs.load_feed(by=str(cast.analyst.id))
    read_as(cast.analyst)
    assert not FeedLoad.objects.exists()
    request.getfixturevalue("case")
    with pytest.raises(Refused, match="Your role cannot load"):
        jobs.load_feed(by=str(cast.manager.id))
    jobs.load_feed(by=str(cast.analyst.id))
    read_as(cast.analyst)
    assert (newest().state, newest().by) == ("committed", cast.analyst)


def test_each_night_it_is_done_in_the_name_of_whom_the_setting_names_and_of_nobody_otherwise(
    case: Any, cast: Any, settings: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    jobs.write_feed(0)
    read_as(cast.analyst)
    assert not FeedLoad.objects.exists()
    settings.HEARTH_CASEWORK_FEED_BY = cast.analyst.email.upper()
    jobs.write_feed(0)
    read_as(cast.analyst)
    assert (newest().state, newest().by) == ("committed", cast.analyst)


def test_the_family_view_shows_early_help_and_nothing_of_it_once_somebody_is_restricted(
    case: Any,
    family: Any,
    cast: Any,
    load: Any,
    worked_out: Any,
    view: Any,
    reasons: Any,
) -> None:
    assert reasons(cast.family_worker)["Early help casework"] == "Not held"
    load()
    worked_out()
    seen = view(cast.family_worker).involved
    assert {(each.service, each.standing, each.person) for each in seen} == {
        (
            f"Early help: {cast.family_worker.organisation.name}",
            "Current",
            "Kelly Ashworth, Jake Ashworth and Mia Ashworth",
        )
    }, "said alike of all three, and so said once"
    assert cast.family_worker.full_name in seen[0].contact
    with acting_as(cast.information_governance):
        reference = person_called(cast, family, "Jake").reference
        place_restriction(by=cast.information_governance, reference=reference, reason="Witness")
    assert not any("Jake" in each.person for each in view(cast.family_worker).involved)


def test_somebody_helped_before_and_again_is_there_twice_and_is_shown_past_and_current(
    case: Any, family: Any, cast: Any, load: Any, worked_out: Any, view: Any
) -> None:
    by, jake = cast.family_worker, person_called(cast, family, "Jake")
    with acting_as(by):
        add_identifier(by=by, person=jake, kind="nhs", value=NHS)
        close_case(by=by, case=case, **CLOSED)
        again = open_case(by=by, family=family, because="assessment", lead=by)
    load()
    mine = {row.case_reference: row for row in rows() if row.person == jake.reference}
    assert {reference: (row.stage, row.nhs_number) for reference, row in mine.items()} == {
        case.reference: ("closed", NHS), again.reference: ("assessing", NHS),
    }  # fmt: skip
    numbers = FeedSubject.objects.filter(load=newest(), value__in=[jake.reference, NHS])
    assert set(numbers.values_list("scheme", "rows")) == {("hearth_person", 2), ("nhs_number", 2)}
    worked_out()
    seen = [each.standing for each in view(by).involved if "Jake Ashworth" in each.person]
    assert seen == ["Current", "Past"]


def test_whoever_came_after_a_case_had_ended_or_left_before_it_began_is_not_in_it(
    case: Any, family: Any, cast: Any, load: Any
) -> None:
    by, mia = cast.family_worker, person_called(cast, family, "Mia")
    with acting_as(by):
        Membership.objects.filter(person=mia).update(until_on=TODAY - dt.timedelta(days=1))
        made = add_person(by=by, family=family, role="child", given_name="Una", family_name="Ashworth")
        Membership.objects.filter(person=made).update(from_on=TODAY + dt.timedelta(days=1))
    load()
    assert [row.given_name for row in rows()] == ["Jake", "Kelly"]


def test_restricted_people_are_kept_apart_by_the_number_that_casework_knows_them_by(case: Any, cast: Any) -> None:
    from hearth.intelligence.insight.gathering import INSIGHT

    mia = person_called(cast, case.family, "Mia")

    def told() -> tuple[bool, bool]:
        number = f"hearth_person:{mia.reference}"
        with acting_as(INSIGHT), connection.cursor() as cursor:
            cursor.execute("select %s in (select hearth_names_kept_apart())", [number])
            (named,) = cursor.fetchone()
        with acting_as(cast.development_officer), connection.cursor() as cursor:
            cursor.execute("select hearth_is_kept_apart(array[%s])", [number])
            return bool(named), bool(cursor.fetchone()[0])

    assert told() == (False, False)
    with acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=mia.reference, reason="Adopted")
    assert told() == (True, True)
