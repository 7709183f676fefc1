"""Reflective supervision: private to the two, agreed by both, opened by the supervisor's manager for a reason that both are told."""

import datetime as dt
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from hearth.foundation.accounts.actions import close_account
from hearth.foundation.accounts.models import Appointment
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Conflict
from hearth.foundation.core.seen import seen_in
from hearth.foundation.messages.models import Message
from hearth.oversight.quality.workforce import night
from hearth.oversight.quality.workforce.models import Supervision, SupervisionNote, SupervisionOpening
from hearth.oversight.quality.workforce.supervision import actions, queries
from hearth.oversight.quality.workforce.supervision.views import WORDS
from hearth.oversight.quality.workforce.tests.conftest import in_, refused
from hearth.records.documents.tests.conftest import worker  # noqa: F401

SAID = "I rang late, because I was afraid of the father."
STRANGERS = (
    "other_manager", "charity_manager", "quality_lead", "administrator", "other_family_worker", "health_visitor", "elected_member",
    "information_governance",
)  # fmt: skip


@pytest.fixture
def pair(cast: Any) -> Supervision:
    """Yvonne Barlow supervises Joanne Pickup, every four weeks."""
    by = cast.manager
    with acting_as(by):
        return actions.start_supervision(by=by, worker=cast.family_worker, every_weeks=4)


def write(by: Any, pair: Supervision, **said: Any) -> SupervisionNote:
    """One of the two writes a note."""
    with acting_as(by):
        found = queries.supervision_of(by, pair.reference)
        told = {"met_on": clock.today(), "reflection": SAID, "agreed": "Joanne rings by noon."} | said
        return actions.write_supervision_note(by=by, supervision=found, **told)


def agree(by: Any, pair: Supervision, number: int = 1) -> None:
    """The other agrees."""
    with acting_as(by):
        found = queries.supervision_of(by, pair.reference)
        actions.agree_supervision_note(by=by, supervision=found, note=queries.note_of(by, found, number))


def told(by: Any, person: Any) -> list[str]:
    """What somebody was sent by somebody."""
    with acting_as(by):
        return list(Message.objects.filter(made_by_id=by.id, to_user_id=person.id).values_list("template", flat=True))


def test_the_two_write_and_agree_and_then_it_stands(cast: Any, pair: Supervision) -> None:
    worker_, manager = cast.family_worker, cast.manager
    note = write(worker_, pair)
    assert not note.is_agreed and told(worker_, manager) == ["supervision_to_agree"]
    with refused("workforce.agreed_already"):
        agree(worker_, pair)
    agree(manager, pair)
    for who in (worker_, manager):
        with acting_as(who):
            found = queries.supervision_of(who, pair.reference)
            held = queries.note_of(who, found, 1)
            assert held.is_agreed and held.reflection == SAID
            with refused("workforce.agreed"):
                actions.change_supervision_note(
                    by=who, supervision=found, note=held, met_on=held.met_on, reflection="Other"
                )
            with pytest.raises(ProgrammingError, match="stands"), transaction.atomic():
                SupervisionNote.objects.filter(pk=held.pk).update(reflection="Other")


def test_words_that_change_are_agreed_anew_and_nobody_agrees_for_the_other(cast: Any, pair: Supervision) -> None:
    write(cast.family_worker, pair)
    manager = cast.manager
    with acting_as(manager):
        found = queries.supervision_of(manager, pair.reference)
        note = queries.note_of(manager, found, 1)
        actions.change_supervision_note(
            by=manager, supervision=found, note=note, met_on=note.met_on, reflection="We both rang late."
        )
        assert note.worker_agreed_at is None and note.supervisor_agreed_at is not None
        with pytest.raises(ProgrammingError, match="agrees for another"), transaction.atomic():
            SupervisionNote.objects.filter(pk=note.pk).update(worker_agreed_at=clock.now())
    agree(cast.family_worker, pair)
    with acting_as(manager):
        assert queries.note_of(manager, found, 1).is_agreed


def test_one_does_not_write_over_what_the_other_wrote_unseen(cast: Any, pair: Supervision) -> None:
    write(cast.family_worker, pair)
    manager = cast.manager
    with acting_as(manager):
        found = queries.supervision_of(manager, pair.reference)
        note = queries.note_of(manager, found, 1)
        seen = seen_in(note, WORDS)
        said: dict[str, Any] = {"by": manager, "supervision": found, "note": note, "met_on": note.met_on, "seen": seen}
        actions.change_supervision_note(**said, reflection="One")
        with pytest.raises(Conflict), transaction.atomic():
            actions.change_supervision_note(**said, reflection="Two")


def test_nobody_else_reads_a_word(cast: Any, pair: Supervision, as_client: Any) -> None:
    write(cast.family_worker, pair)
    for who in STRANGERS:
        reader = getattr(cast, who)
        with acting_as(reader):
            assert not SupervisionNote.objects.exists(), who
            assert not Supervision.objects.exists(), who
        assert as_client(reader).get(f"/supervision/{pair.reference}/").status_code in (403, 404), who
    with acting_as(cast.county_manager):
        assert Supervision.objects.exists() and not SupervisionNote.objects.exists(), (
            "that there is one, and not a word"
        )
    page = as_client(cast.county_manager).get(f"/supervision/{pair.reference}/").content.decode()
    assert "What they write is theirs" in page and SAID not in page
    for who in (cast.family_worker, cast.manager):
        assert SAID in as_client(who).get(f"/supervision/{pair.reference}/").content.decode()


def test_the_supervisors_manager_opens_it_for_a_reason_that_both_are_told_and_for_some_days(
    cast: Any, pair: Supervision, as_client: Any, kept_of: Any
) -> None:
    write(cast.family_worker, pair)
    head = cast.county_manager
    for who in ("other_manager", "quality_lead", "family_worker", "manager"):
        by = getattr(cast, who)
        with acting_as(by), refused("workforce.not_their_manager"):
            actions.open_supervision(by=by, supervision=pair, why="I want to")
    with acting_as(head), refused("workforce.no_reason"):
        actions.open_supervision(by=head, supervision=pair, why=" ")
    with acting_as(head):
        actions.open_supervision(by=head, supervision=pair, why="A complaint was made")
        assert SupervisionNote.objects.get().reflection == SAID
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            SupervisionOpening(supervision=pair, opened_by=head, why="For good", until_on=in_(400)).save(
                force_insert=True
            )
    for person in (cast.family_worker, cast.manager):
        assert "supervision_opened" in told(head, person)
        assert "A complaint was made" in as_client(person).get(f"/supervision/{pair.reference}/").content.decode()
    page = as_client(head).get(f"/supervision/{pair.reference}/").content.decode()
    assert SAID in page and "Write a note" not in page
    assert "workforce.supervision_read" in [each.verb for each in kept_of(head)]
    assert as_client(head).get(f"/supervision/{pair.reference}/write/").status_code == 403
    with clock.frozen(in_(15)), acting_as(head):
        assert not queries.has_open(head, pair)


def test_a_case_is_a_link_only_for_whoever_may_open_it(cast: Any, pair: Supervision, case: Any, as_client: Any) -> None:
    with acting_as(cast.other_family_worker):
        assert queries.openable(cast.other_family_worker, {case.reference}) == {}
    with refused("workforce.no_such_case"):
        write(cast.family_worker, pair, case_reference="EH-3333333")
    write(cast.family_worker, pair, case_reference=case.reference.lower().replace("-", " "))
    link = f'href="/families/{case.family.reference}/"'
    page = as_client(cast.family_worker).get(f"/supervision/{pair.reference}/").content.decode()
    assert link in page
    with acting_as(cast.administrator):
        other = Appointment.objects.get(user=cast.other_manager)
        Appointment.objects.filter(user=cast.manager).update(
            area=other.area
        )  # the manager has moved to another district
    page = as_client(cast.manager).get(f"/supervision/{pair.reference}/").content.decode()
    assert case.reference in page and link not in page and case.family.reference not in page


def test_who_starts_and_ends_it(cast: Any, pair: Supervision) -> None:
    for who, person in (
        ("manager", "health_visitor"),
        ("family_worker", "manager"),
        ("quality_lead", "family_worker"),
        ("manager", "manager"),
    ):
        by = getattr(cast, who)
        with acting_as(by), refused("workforce.not_yours_to_supervise"):
            actions.start_supervision(by=by, worker=getattr(cast, person), every_weeks=4)
    with acting_as(cast.manager), refused("workforce.supervised"):
        actions.start_supervision(by=cast.manager, worker=cast.family_worker, every_weeks=4)
    with acting_as(cast.county_manager), refused("workforce.not_the_two"):
        actions.end_supervision(by=cast.county_manager, supervision=pair)
    with acting_as(cast.family_worker):
        actions.end_supervision(by=cast.family_worker, supervision=pair)
    with refused("workforce.supervision_ended"):
        write(cast.family_worker, pair)


def test_a_form_that_is_filled_in_badly_says_so_and_a_double_press_writes_once(
    cast: Any, pair: Supervision, as_client: Any
) -> None:
    client, address = as_client(cast.family_worker), f"/supervision/{pair.reference}/write/"
    assert "Say what you reflected on" in client.post(address, {}).content.decode()
    on = clock.today()
    said = {
        "met_on-day": on.day,
        "met_on-month": on.month,
        "met_on-year": on.year,
        "reflection": SAID,
        "draft_sitting": "one",
    }
    assert [client.post(address, said).status_code for _ in range(2)] == [302, 302]
    with acting_as(cast.family_worker):
        assert SupervisionNote.objects.count() == 1


def test_the_supervisor_is_reminded_and_notes_go_when_the_worker_has_long_left(
    worker: None,  # noqa: F811
    cast: Any,
    pair: Supervision,
) -> None:
    write(cast.family_worker, pair)
    assert night.chase_all_supervision() == 0
    with clock.frozen(in_(22)):
        assert [night.chase_all_supervision() for _ in range(2)] == [1, 1]
        assert told(cast.manager, cast.manager).count("supervision_due") == 1, "once"
    with clock.frozen(in_(30)):
        night.chase_all_supervision()
        assert told(cast.manager, cast.manager).count("supervision_due") == 2
    with acting_as(cast.administrator):
        close_account(by=cast.administrator, person=cast.family_worker)
        Appointment.objects.filter(user=cast.family_worker).update(ended_at=clock.now() - dt.timedelta(days=366 * 5))
    assert night.let_go_of_supervision() == 0
    with acting_as(cast.administrator):
        Appointment.objects.filter(user=cast.family_worker).update(ended_at=clock.now() - dt.timedelta(days=366 * 7))
    assert night.let_go_of_supervision() == 1
    with acting_as(cast.manager):
        assert not Supervision.objects.exists()
