"""Who reads a request: the row policies, asked directly, as the web role."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from hearth.casework.front_door.actions import receive_family_request, start_request
from hearth.casework.front_door.models import Request, RequestMessage, RequestPerson
from hearth.casework.front_door.tests.conftest import KELLY
from hearth.casework.front_door.triage.actions import (
    ask_referrer,
    match_person,
    move_request,
    record_decision,
    write_note,
)
from hearth.casework.front_door.triage.models import Decision, Handover, Note, Pause, PersonMatch, Telling
from hearth.foundation.core.reader import System, read_as

MAY = (
    "practitioner",
    "front_door_officer",
    "manager",
    "development_officer",
    "senior_development_officer",
    "county_manager",
)
MAY_NOT = (
    "colleague",
    "other_practitioner",
    "health_visitor",
    "police_officer",
    "charity_manager",
    "family_worker",
    "other_front_door_officer",
    "other_manager",
    "safeguarding_hub_social_worker",
    "information_governance",
    "administrator",
    "analyst",
    "board_member",
    "elected_member",
    "commissioner",
    "strategic_lead",
)


def seen(who: Any, request: Request) -> bool:
    """Whether the row is there without any filter of ours, and the same with the filter."""
    without = Request.objects.filter(pk=request.pk).exists()
    assert without == Request.objects.visible_to(who).filter(pk=request.pk).exists(), "policy and visible_to differ"
    assert without == RequestPerson.objects.filter(request_id=request.pk).exists()
    return without


@pytest.mark.parametrize("key", MAY)
def test_a_sent_request_is_read_by(key: str, request_: Request, cast: Any, as_: Any) -> None:
    with as_(getattr(cast, key)):
        assert seen(getattr(cast, key), request_)


@pytest.mark.parametrize("key", MAY_NOT)
def test_a_sent_request_is_not_there_for(key: str, request_: Request, cast: Any, as_: Any) -> None:
    with as_(getattr(cast, key)):
        assert not seen(getattr(cast, key), request_)


def test_nobody_reading_reads_nothing(request_: Request) -> None:
    read_as(None)
    assert not Request.objects.filter(pk=request_.pk).exists()
    assert not RequestPerson.objects.filter(request=request_).exists()


def test_a_partners_manager_reads_what_their_own_people_sent_and_not_what_they_only_began(
    ask: Any, cast: Any, as_: Any
) -> None:
    made = ask(cast.charity_worker)
    with as_(cast.charity_worker):
        begun = start_request(by=cast.charity_worker, key=uuid.uuid4(), channel="partner", signs=[])
    with as_(cast.charity_manager):
        assert seen(cast.charity_manager, made)
        assert not Request.objects.filter(pk=begun.pk).exists()


def test_half_finished_requests_are_their_writers_alone(cast: Any, as_: Any) -> None:
    with as_(cast.practitioner):
        begun = start_request(by=cast.practitioner, key=uuid.uuid4(), channel="partner", signs=[])
    for key in ("colleague", "front_door_officer", "county_manager"):
        with as_(getattr(cast, key)):
            assert not Request.objects.filter(pk=begun.pk).exists()


def worked_on(request: Request, cast: Any, as_: Any) -> None:
    """A request with a question, a note, a match and a decision."""
    officer = cast.front_door_officer
    with as_(officer):
        ask_referrer(by=officer, request=request, words="Is Leo in school today?")
        write_note(by=officer, request=request, words="Rang the school.")
        match_person(by=officer, request=request, typed=RequestPerson.objects.filter(request=request)[0], person=None)
        record_decision(
            by=officer, request=request, outcome="advice", reason="Low need.", words_for_referrer="Try this."
        )


OWN_SIDE = (Note, Decision, PersonMatch)
BOTH_SIDES = (RequestMessage, Pause)


def test_the_referrer_reads_the_questions_and_never_the_front_doors_own_side(
    request_: Request, cast: Any, as_: Any
) -> None:
    worked_on(request_, cast, as_)
    with as_(cast.front_door_officer):
        assert all(model.objects.filter(request=request_).exists() for model in (*OWN_SIDE, *BOTH_SIDES))
    with as_(cast.practitioner):
        assert all(model.objects.filter(request=request_).exists() for model in BOTH_SIDES)
        assert not any(model.objects.filter(request=request_).exists() for model in OWN_SIDE)


@pytest.mark.parametrize("key", ["colleague", "other_front_door_officer", "police_officer"])
def test_nothing_about_a_request_is_read_by_others(key: str, request_: Request, cast: Any, as_: Any) -> None:
    worked_on(request_, cast, as_)
    with as_(getattr(cast, key)):
        assert not any(model.objects.exists() for model in (*OWN_SIDE, *BOTH_SIDES, Telling, Handover, RequestPerson))


def test_history_is_read_only_by_whoever_reads_the_request(request_: Request, cast: Any, as_: Any) -> None:
    with connection.cursor() as cursor:
        for who, expected in (
            (cast.practitioner, True),
            (cast.colleague, False),
            (cast.other_front_door_officer, False),
        ):
            with as_(who):
                cursor.execute("select count(*) from front_door_requestevent where pgh_obj_id = %s", [request_.pk])
                assert (cursor.fetchone()[0] > 0) is expected
                cursor.execute("select count(*) from front_door_requestpersonevent")
                assert (cursor.fetchone()[0] > 0) is expected


def refused_by_the_database(work: Callable[[], Any]) -> None:
    with pytest.raises(DatabaseError, match=r"row-level security|permission denied"), transaction.atomic():
        work()


def test_nobody_writes_a_request_in_another_persons_name(cast: Any, as_: Any) -> None:
    with as_(cast.practitioner):
        for made_by, organisation in (
            (cast.colleague, cast.colleague.organisation),
            (cast.practitioner, cast.police_officer.organisation),
        ):
            forged = Request(reference="RQ-FORGED1", channel="partner", made_by=made_by, organisation=organisation)
            refused_by_the_database(lambda forged=forged: forged.save(force_insert=True))


def test_nobody_adds_a_person_a_message_or_a_decision_to_a_request_that_is_not_theirs(
    request_: Request, cast: Any, as_: Any
) -> None:
    for who in (cast.colleague, cast.other_front_door_officer):
        with as_(who):
            for row in (
                RequestPerson(request=request_, role="child", given_name="Forged"),
                RequestMessage(request=request_, from_front_door=False, words="Forged", written_by=who),
                RequestMessage(request=request_, from_front_door=True, words="Forged", written_by=who),
                Note(request=request_, words="Forged", written_by=who),
                Pause(request=request_, reason="waiting_for_family", from_at=request_.received_at, begun_by=who),
            ):
                refused_by_the_database(lambda row=row: row.save(force_insert=True))


def test_the_referrer_cannot_write_as_the_front_door_or_decide(request_: Request, cast: Any, as_: Any) -> None:
    who = cast.practitioner
    with as_(who):
        for row in (
            RequestMessage(request=request_, from_front_door=True, words="Forged", written_by=who),
            Note(request=request_, words="Forged", written_by=who),
            Decision(
                request=request_,
                outcome="assessment",
                reason="Mine",
                decided_by=who,
                decided_at=request_.received_at,
                was_due_on=request_.due_on,
            ),
            Telling(
                request=request_,
                decision_id=uuid.uuid4(),
                how="phone",
                told_at=request_.received_at,
                told_by=who,
                was_due_on=request_.due_on,
            ),
        ):
            refused_by_the_database(lambda row=row: row.save(force_insert=True))


def test_people_and_messages_are_never_rewritten(request_: Request, cast: Any, as_: Any) -> None:
    with as_(cast.practitioner):
        refused_by_the_database(lambda: RequestPerson.objects.filter(request=request_).update(given_name="Other"))
        refused_by_the_database(lambda: RequestMessage.objects.filter(request=request_).update(words="Other"))


def test_another_districts_officer_cannot_pull_a_request_over(
    request_: Request, cast: Any, other_area: Any, as_: Any
) -> None:
    with as_(cast.other_front_door_officer):
        assert Request.objects.filter(pk=request_.pk).update(area=other_area) == 0
    with as_(cast.manager):  # sees it, and does not decide
        assert Request.objects.filter(pk=request_.pk).update(worries="Changed") == 0


def test_whoever_moves_a_request_reads_it_for_seven_days_and_the_new_area_at_once(
    request_: Request, cast: Any, other_area: Any, as_: Any
) -> None:
    officer = cast.front_door_officer
    with as_(officer):
        move_request(by=officer, request=request_, area=other_area, why="They moved in October.")
        assert seen(officer, request_)
    with as_(cast.other_front_door_officer):
        assert seen(cast.other_front_door_officer, request_)
        assert Handover.objects.filter(request=request_).exists()
    with as_(cast.manager):
        assert not seen(cast.manager, request_)


DOORSTEP = System("system:doorstep", "")


def family_asks(area: Any, key: uuid.UUID | None = None, **said: Any) -> tuple[uuid.UUID, str]:
    key = key or uuid.uuid4()
    words = {
        "asker_name": "Kelly Marsden",
        "worries": "I cannot cope.",
        "consent": "given",
        "asker_phone": "01632 960 700",
    } | said
    return key, receive_family_request(by=DOORSTEP, key=key, area=area, people=[KELLY], signs=[], **words)


def test_a_family_that_asks_reads_nothing_back_and_the_front_door_reads_it_all(area: Any, cast: Any, as_: Any) -> None:
    _, reference = family_asks(area)
    assert not Request.objects.exists()
    assert not RequestPerson.objects.exists()
    with as_(cast.front_door_officer):
        made = Request.objects.get(reference=reference)
        assert (made.channel, made.made_by, made.state) == ("family", None, "received")
        assert made.people.get().full_name == "Kelly Marsden"
    for key in ("other_front_door_officer", "practitioner", "charity_manager"):
        with as_(getattr(cast, key)):
            assert not Request.objects.filter(reference=reference).exists()


def test_a_familys_form_sent_twice_is_one_request_with_one_reference(area: Any, cast: Any, as_: Any) -> None:
    key, reference = family_asks(area)
    assert family_asks(area, key) == (key, reference)
    with as_(cast.front_door_officer):
        assert Request.objects.get(channel="family").people.count() == 1


def test_a_familys_form_sent_again_with_more_in_it_is_another_request(area: Any, cast: Any, as_: Any) -> None:
    """They went back, wrote what they had left out, and sent it again: nobody may tell them that it arrived when it did not."""
    key, reference = family_asks(area)
    _, another = family_asks(area, key, worries="I cannot cope, and we must leave the flat on Friday.")
    assert another != reference
    with as_(cast.front_door_officer):
        said = Request.objects.filter(channel="family").values_list("worries", flat=True)
        assert sorted(said) == ["I cannot cope, and we must leave the flat on Friday.", "I cannot cope."]


def test_a_visitor_can_add_nobody_to_a_request_that_is_there(request_: Request, area: Any, cast: Any, as_: Any) -> None:
    family_asks(area)
    with as_(cast.front_door_officer):
        theirs = Request.objects.get(channel="family")
    read_as(None)
    for target in (request_, theirs):
        refused_by_the_database(
            lambda target=target: RequestPerson(request=target, role="child").save(force_insert=True)
        )


@pytest.mark.parametrize(
    "forged",
    [
        {"channel": "partner"},
        {"state": "decided"},
        {"state": "started", "received_at": None},
        {"family_id": uuid.uuid4()},
        {"case_id": uuid.uuid4()},
    ],
)
def test_a_visitor_can_insert_only_a_familys_own_new_request(forged: dict[str, Any], area: Any, monday: Any) -> None:
    row = Request(
        **(
            {
                "reference": "RQ-FORGED1",
                "channel": "family",
                "state": "received",
                "area": area,
                "received_at": monday.moment,
            }
            | forged
        )
    )
    refused_by_the_database(lambda: row.save(force_insert=True))


def test_only_the_key_of_what_was_sent_gives_a_reference(area: Any, request_: Request, cast: Any, as_: Any) -> None:
    page, reference = family_asks(area)
    with as_(cast.front_door_officer):
        key = Request.objects.get(channel="family").key
    with connection.cursor() as cursor:
        for wanted, found in ((key, reference), (page, None), (uuid.uuid4(), None), (request_.key, None)):
            cursor.execute("select hearth_request_reference(%s)", [wanted])
            assert cursor.fetchone()[0] == found
