"""A touchpoint that somebody recorded by hand: who may, what it must say, how it stands beside what was sent, and taking it back."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.intelligence.insight.touchpoints.models import RecordedTouchpoint
from hearth.intelligence.insight.touchpoints.queries import children_of, pathways_of
from hearth.intelligence.insight.touchpoints.recording.actions import record_touchpoint, withdraw_touchpoint
from hearth.intelligence.insight.touchpoints.recording.queries import recorded_of, timeline_entries
from hearth.intelligence.insight.touchpoints.recording.tests.conftest import BY
from hearth.intelligence.insight.touchpoints.showing import Standing, Stands
from hearth.intelligence.insight.touchpoints.tests.conftest import BORN, EIGHT_WEEKS, ON_TIME, TODAY
from hearth.records.people.access.actions import give_access
from hearth.records.people.actions import add_person, open_family
from hearth.records.people.restrictions.actions import place_restriction

Call = Callable[..., Any]
SIX, HEARING = "six-week-review", "hearing-screen"


@pytest.fixture
def stands(family: Any, una: Any, cast: Any) -> Callable[..., Stands]:
    """How one of Una's touchpoints stands, with what was recorded."""

    def do(code: str, reader: Any = None) -> Stands:
        by = reader or cast.family_worker
        with acting_as(by):
            child = next(each for each in children_of(by, family) if each.person.pk == una.pk)
            found = pathways_of(by, family, child, recorded_of(by, una).standing)
        return next(each for one in found for each in one.stands if each.placed.touchpoint.code == code)

    return do


def refused(do: Call, **told: Any) -> str:
    """The code of the refusal."""
    with pytest.raises(Refused) as problem:
        do(**told)
    return problem.value.refusal.code


def test_what_nobody_sent_is_done_once_somebody_recorded_it_and_says_who(recorded: Call, stands: Call) -> None:
    assert stands(HEARING).standing is Standing.NOT_KNOWN
    row = recorded(touchpoint=HEARING, met_on=BORN + dt.timedelta(days=2))
    found = stands(HEARING)
    assert found.standing is Standing.DONE and found.recorded == [row] and found.unknown is None
    assert (row.met_by, row.words, row.reference[:2]) == (BY, "At the surgery.", "TP")


def test_what_was_sent_as_missed_is_done_by_hand_and_both_are_said(sent: Any, recorded: Call, stands: Call) -> None:
    assert stands(SIX).standing is Standing.MISSED
    recorded()
    found = stands(SIX)
    assert found.standing is Standing.DONE and found.note.startswith("What was sent says otherwise: due on")
    recorded(touchpoint="new-birth-visit", met_on=ON_TIME)
    assert stands("new-birth-visit").note.startswith("On "), "where both say done, nothing is otherwise"


def test_it_is_on_record_who_recorded_which_touchpoint_of_whom(
    recorded: Call, una: Any, family: Any, cast: Any
) -> None:
    row = recorded()
    with acting_as(cast.family_worker):
        event = AuditEvent.objects.get(verb="touchpoints.recorded")
    assert (event.family_id, event.detail["touchpoint"], event.detail["child"]) == (family.pk, SIX, una.reference)
    with acting_as(cast.family_worker):
        (entry,) = timeline_entries(cast.family_worker, family)
        assert (entry.moment, entry.kind, entry.title) == (
            EIGHT_WEEKS,
            "Touchpoint",
            "Una: review at 6 to 8 weeks",
        )
        withdraw_touchpoint(by=cast.family_worker, recorded=row, why="Another child")
        assert timeline_entries(cast.family_worker, family) == []


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"met_on": TODAY + dt.timedelta(days=1)}, "touchpoints.in_the_future"),
        ({"met_on": BORN - dt.timedelta(days=365)}, "touchpoints.too_early"),
        ({"touchpoint": "no-such"}, "touchpoints.unknown"),
        ({"met_by": "  \u202e "}, "touchpoints.met_by"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(recorded: Call, told: dict[str, Any], code: str) -> None:
    assert refused(recorded, **told) == code


def test_the_same_day_is_recorded_once_and_the_same_page_twice_is_one_row(recorded: Call, cast: Any) -> None:
    page = uuid.uuid4()
    first = recorded(key=page)
    assert recorded(key=page) == first, "the same words from the same page"
    assert refused(recorded, key=uuid.uuid4()) == "touchpoints.recorded"
    assert refused(recorded, by=cast.manager) == "touchpoints.recorded", "nor by a colleague"
    recorded(met_on=EIGHT_WEEKS + dt.timedelta(days=3), key=page)
    with acting_as(cast.family_worker):
        assert RecordedTouchpoint.objects.count() == 2, "a second time it happened is a second row"


def test_a_child_of_another_family_is_refused_and_so_is_one_who_left(
    recorded: Call, una: Any, area: Any, cast: Any
) -> None:
    by = cast.family_worker
    with acting_as(by):
        other = open_family(by=by, name="Other", area=area)
    with acting_as(by), pytest.raises(Refused) as problem:
        record_touchpoint(by=by, family=other, person=una, touchpoint=SIX, met_on=EIGHT_WEEKS, met_by=BY)
    assert problem.value.refusal.code == "touchpoints.not_of_family"


def test_without_a_birth_date_to_the_day_nothing_can_be_recorded(family: Any, cast: Any) -> None:
    by = cast.family_worker
    with acting_as(by):
        child = add_person(
            by=by, family=family, role="child", given_name="Zed", family_name="Ashworth", born_on=dt.date(2024, 1, 1),
            birth_precision="year",
        )  # fmt: skip
        told = {"family": family, "person": child, "touchpoint": SIX, "met_on": TODAY, "met_by": BY}
        assert refused(record_touchpoint, by=by, **told) == "touchpoints.unknown"


def test_taken_back_it_stands_as_before_and_is_kept_with_who_and_why(
    sent: Any, recorded: Call, stands: Call, una: Any, cast: Any
) -> None:
    row = recorded()
    by = cast.manager
    with acting_as(by):
        assert refused(withdraw_touchpoint, by=by, recorded=row, why=" ") == "touchpoints.no_reason"
        withdraw_touchpoint(by=by, recorded=row, why="It was her brother")
        assert refused(withdraw_touchpoint, by=by, recorded=row, why="Again") == "touchpoints.withdrawn"
        found = recorded_of(by, una)
    assert stands(SIX).standing is Standing.MISSED and found.standing == {}
    (kept,) = found.taken_back
    assert (kept.withdrawn_by, kept.withdrawn_why) == (by, "It was her brother")
    recorded()  # and it can be recorded anew
    assert stands(SIX).standing is Standing.DONE


def test_a_partner_who_may_open_the_family_records_and_reads_it(
    recorded: Call, family: Any, cast: Any, una: Any, stands: Call
) -> None:
    partner = cast.practitioner
    with pytest.raises((Refused, DatabaseError)), transaction.atomic():
        recorded(by=partner)
    with acting_as(cast.family_worker):
        give_access(by=cast.family_worker, family=family, user=partner, why="team_member", categories=["basic"])
    row = recorded(by=partner)
    assert row.recorded_by == partner and stands(SIX, partner).standing is Standing.DONE


def test_whoever_may_not_open_the_family_sees_nothing_and_whoever_only_reads_records_nothing(
    recorded: Call, cast: Any
) -> None:
    recorded()
    for who in (
        "other_family_worker",
        "other_manager",
        "practitioner",
        "elected_member",
        "commissioner",
        "administrator",
    ):
        reader = getattr(cast, who)
        with acting_as(reader):
            assert not RecordedTouchpoint.objects.exists(), who
            assert not RecordedTouchpoint.objects.visible_to(reader).exists(), who
    for who in ("commissioner", "elected_member", "board_member"):
        assert refused(recorded, by=getattr(cast, who), met_on=EIGHT_WEEKS) == "touchpoints.may_not_record", who


def test_a_restricted_child_takes_what_was_recorded_out_of_sight(recorded: Call, una: Any, cast: Any) -> None:
    recorded()
    by = cast.information_governance
    with acting_as(by):
        place_restriction(by=by, reference=una.reference, reason="A test")
    for reader in (cast.family_worker, cast.manager):
        with acting_as(reader):
            assert not RecordedTouchpoint.objects.exists()


def test_the_database_lets_nobody_record_in_anothers_name_rewrite_or_remove_it(
    recorded: Call, una: Any, family: Any, cast: Any
) -> None:
    row = recorded()
    by = cast.manager

    def write(**changed: Any) -> None:
        told = {"recorded_by": by, "family": family, "person": una, "touchpoint": SIX, "met_on": TODAY, "met_by": "x"}
        RecordedTouchpoint(reference=f"TP-{uuid.uuid4().hex[:6]}", key=uuid.uuid4(), **{**told, **changed}).save(
            force_insert=True
        )

    rows = RecordedTouchpoint.objects.filter(pk=row.pk)
    with acting_as(by):
        for attempt in (
            lambda: write(recorded_by=cast.family_worker),
            lambda: rows.update(met_on=TODAY),
            lambda: rows.update(met_by="Somebody"),
            lambda: rows.update(withdrawn_at=row.created_at, withdrawn_by=cast.family_worker, withdrawn_why="Not I"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                attempt()
        assert rows.delete()[0] == 0 and rows.get().met_by == BY
        withdraw_touchpoint(by=by, recorded=row, why="A slip")
        assert rows.update(withdrawn_why="Another") == 0, "and what was taken back is not taken back otherwise"
