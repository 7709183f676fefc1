"""Nothing is loaded or shown without an agreement that covers it that day; each answer is on record, and nothing shown has five reasons."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.intelligence.feeds import permits
from hearth.intelligence.feeds.coverage import Absence, Found, coverage, what_is_held
from hearth.intelligence.feeds.layout import layouts
from hearth.intelligence.feeds.models import FeedDecision, FeedLoad
from hearth.records.sharing.agreements.actions import end_agreement

HEAD = "personId,dateOfOffence,typeOfOffence,natureOfInvolvement\n"
ROWS = HEAD + "p1,2024-10-01,x,y\np1,2024-11-01,x,y\np2,2024-12-01,x,y\n"
POLICE = "police_and_justice"


@pytest.fixture
def decisions(cast: Any) -> Callable[[], list[tuple[str, str]]]:
    """What was decided, in the order of asking: kept on the second connection, whatever becomes of the first."""

    def read() -> list[tuple[str, str]]:
        with acting_as(cast.analyst, using="audit"):
            rows = FeedDecision.objects.using("audit").order_by("created_at")
            return list(rows.values_list("decision", "what"))

    return read


def test_without_an_agreement_nothing_of_the_file_is_kept(
    send: Callable[..., Any], police: Any, decisions: Any
) -> None:
    with pytest.raises(Refused, match="No agreement in force with Northshire Police"):
        send("offences", ROWS, organisation=police)
    assert not FeedLoad.objects.exists()
    assert decisions() == [("DENY", "load")]


def test_an_agreement_for_another_kind_of_information_does_not_help(
    send: Callable[..., Any], police: Any, agreed: Callable[..., Any]
) -> None:
    agreed(police, "health", "housing")
    with pytest.raises(Refused, match="No agreement"):
        send("offences", ROWS, organisation=police)


def test_with_an_agreement_it_loads_and_says_which(
    send: Callable[..., Any], police: Any, agreed: Callable[..., Any], decisions: Any
) -> None:
    agreement = agreed(police, POLICE)
    load = send("offences", ROWS, organisation=police)
    assert (load.state, load.agreement) == ("ready", agreement.reference)
    assert decisions() == [("PERMIT", "load")]


def test_an_agreement_for_another_purpose_or_one_just_ended_is_for_a_person_to_decide(
    send: Callable[..., Any], police: Any, agreed: Callable[..., Any], cast: Any, decisions: Any
) -> None:
    agreement = agreed(police, POLICE, purposes=("planning",))
    with pytest.raises(Refused, match="Information governance decides"):
        send("offences", ROWS, organisation=police)
    with acting_as(cast.information_governance):
        end_agreement(by=cast.information_governance, agreement=agreement, why="Over")
    with clock.frozen(clock.now() + dt.timedelta(days=3)), pytest.raises(Refused, match="signed again"):
        send("offences", ROWS, organisation=police)
    assert decisions() == [("REVIEW", "load"), ("REVIEW", "load")]


def test_an_agreement_that_ends_before_the_load_is_committed_stops_it(
    send: Callable[..., Any], commit: Callable[[Any], Any], police: Any, agreed: Callable[..., Any], cast: Any
) -> None:
    agreement = agreed(police, POLICE)
    load = send("offences", ROWS, organisation=police)
    with acting_as(cast.information_governance):
        end_agreement(by=cast.information_governance, agreement=agreement, why="Over")
    with pytest.raises(Refused, match="Northshire Police"):
        commit(load)


def test_somebody_of_a_sector_that_does_not_send_a_feed_is_refused(send: Callable[..., Any], police: Any) -> None:
    with pytest.raises(Refused, match="does not send Housing"):
        send("housing", ROWS, organisation=police)


def test_the_councils_own_needs_no_agreement_and_a_partner_needs_one_to_be_shown_it(
    cast: Any, council: Any, agreed: Callable[..., Any], decisions: Any
) -> None:
    layout = layouts()["offences"]
    assert permits.may_show(cast.analyst, layout, council).kind == "PERMIT"
    with acting_as(cast.practitioner):
        assert permits.may_show(cast.practitioner, layout, council).kind == "DENY"
    agreed(cast.practitioner.organisation, POLICE)
    with acting_as(cast.practitioner):
        assert permits.may_show(cast.practitioner, layout, council).kind == "PERMIT"
    assert [kind for kind, what in decisions() if what == "show"] == ["PERMIT", "DENY", "PERMIT"]


def test_several_are_decided_together_as_one_by_one_in_two_queries(
    cast: Any, council: Any, police: Any, agreed: Callable[..., Any], decisions: Any
) -> None:
    agreed(police, POLICE)
    agreed(cast.practitioner.organisation, POLICE)
    asked = [(layouts()[feed], whose) for feed in ("offences", "housing") for whose in (council, police)]
    reader = cast.practitioner
    with acting_as(reader), CaptureQueriesContext(connections["default"]) as queries:
        found = permits.may_show_each(reader, asked)
    assert len(queries) <= 2  # agreements, and where the reader works, unless that is known
    assert {key: each.kind for key, each in found.items()} == {
        ("offences", council.id): "PERMIT", ("offences", police.id): "PERMIT",
        ("housing", council.id): "DENY", ("housing", police.id): "DENY",
    }  # fmt: skip
    assert [kind for kind, what in decisions() if what == "show"].count("DENY") == 2
    with acting_as(reader):
        assert [permits.may_show(reader, *one).kind for one in asked] == [each.kind for each in found.values()]


@pytest.fixture
def held(send: Callable[..., Any], commit: Callable[[Any], Any], police: Any, agreed: Callable[..., Any]) -> Any:
    """What the police sent of autumn 2024, committed."""
    agreed(police, POLICE)
    return commit(send("offences", ROWS, organisation=police))


OCTOBER = {"from_on": dt.date(2024, 10, 1), "until_on": dt.date(2024, 10, 31)}


def test_what_is_held_of_somebody_is_told_with_its_days_and_how_fresh_it_is(held: Any, cast: Any) -> None:
    with acting_as(cast.family_worker):
        found = what_is_held(cast.family_worker, "offences", {"social_care_id": "p1"}, **OCTOBER)
    assert found == Found(2, dt.date(2024, 10, 1), dt.date(2024, 11, 1), dt.date(2024, 12, 20))


def test_nothing_shown_has_one_of_five_reasons_and_never_one_for_another(held: Any, cast: Any) -> None:
    worker, stranger = cast.family_worker, cast.practitioner
    numbers = {"social_care_id": "nobody"}
    with acting_as(worker):
        assert what_is_held(worker, "housing", numbers, **OCTOBER) is Absence.NOT_HELD
        assert what_is_held(worker, "no such feed", numbers, **OCTOBER) is Absence.NOT_HELD
        assert what_is_held(worker, "offences", None, **OCTOBER) is Absence.NOT_SEARCHED
        assert what_is_held(worker, "offences", {"upn": "A1"}, **OCTOBER) is Absence.NOT_SEARCHED
        before = {"from_on": dt.date(2023, 1, 1), "until_on": dt.date(2023, 12, 31)}
        assert what_is_held(worker, "offences", numbers, **before) is Absence.OUTSIDE
        assert what_is_held(worker, "offences", numbers, **OCTOBER) is Absence.NO_MATCH
    with acting_as(stranger):
        assert what_is_held(stranger, "offences", numbers, **OCTOBER) is Absence.NOT_PERMITTED
    assert len({absence.value for absence in Absence}) == 5


def test_a_district_that_a_file_does_not_cover_is_not_held(
    send: Callable[..., Any], commit: Callable[[Any], Any], cast: Any, area: Any, other_area: Any
) -> None:
    commit(send("offences", ROWS, area=area))
    number = {"social_care_id": "p9"}
    with acting_as(cast.family_worker):
        elsewhere = what_is_held(cast.family_worker, "offences", number, area=other_area, **OCTOBER)
        here = what_is_held(cast.family_worker, "offences", number, area=area, **OCTOBER)
    assert (elsewhere, here) == (Absence.NOT_HELD, Absence.NO_MATCH)


def test_the_coverage_says_what_is_held_what_is_expected_and_what_is_late(held: Any, cast: Any) -> None:
    with clock.frozen(clock.now().replace(year=2025, month=1, day=22)):
        lines = {line.layout.code: line for line in coverage(cast.analyst)}
        assert lines["offences"].load.rows_held == 3
        assert lines["offences"].expected_on == dt.date(2025, 1, 20)
        assert not lines["offences"].late
    with clock.frozen(clock.now().replace(year=2025, month=3, day=1)):
        assert {line.layout.code: line for line in coverage(cast.analyst)}["offences"].late
    assert lines["housing"].load is None
    assert set(lines) == set(layouts())


def test_a_decision_once_recorded_stays(held: Any) -> None:
    from django.db import transaction
    from django.db.utils import ProgrammingError

    with pytest.raises(ProgrammingError), transaction.atomic():
        FeedDecision.objects.update(decision="PERMIT")
