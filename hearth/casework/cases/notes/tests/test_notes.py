"""Notes: what they must say, what they leave behind, and that nothing is ever rubbed out."""

import datetime as dt
import uuid
from typing import Any

import pytest

from hearth.casework.cases.actions import close_case
from hearth.casework.cases.notes import queries
from hearth.casework.cases.notes.actions import add_note, correct_note
from hearth.casework.cases.notes.models import Note, NoteVersion
from hearth.casework.cases.notes.rules import Seen
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Conflict, Refused
from hearth.records.people.actions import add_person, open_family

DAY = dt.timedelta(days=1)


def test_a_visit_says_who_was_seen_and_marks_the_last_contact(visit: Note, case: Any, cast: Any, as_: Any) -> None:
    worker = cast.family_worker
    with as_(worker):
        (version,) = queries.notes_of(worker, case).rows
        case.refresh_from_db()
        seen = {row.person.given_name: row.alone for row in version.seen.all()}
        assert AuditEvent.objects.filter(verb="notes.note_added", subject=visit.reference).exists()
    assert seen == {"Kelly": None, "Jake": True}
    assert case.last_contact_on == clock.today() - DAY


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "contact_failed", "failed_reason": "nobody_in", "words": ""},
        {"kind": "supervision"},
        {"kind": "visit", "words": "Only the landlord was in."},
    ],
)
def test_a_contact_that_failed_or_reached_nobody_of_the_family_is_no_last_contact(
    told: dict[str, Any], write: Any, case: Any, cast: Any, as_: Any
) -> None:
    write(**told)
    with as_(cast.family_worker):
        case.refresh_from_db()
    assert case.last_contact_on is None


def test_an_older_note_written_later_does_not_put_the_last_contact_back(
    visit: Note, write: Any, people: Any, case: Any, cast: Any, as_: Any
) -> None:
    write(kind="call", happened_on=clock.today() - 9 * DAY, seen=[Seen(people["Kelly"])])
    with as_(cast.family_worker):
        case.refresh_from_db()
    assert case.last_contact_on == clock.today() - DAY


def test_a_note_written_after_the_limit_is_shown_as_late(write: Any, case: Any, cast: Any, as_: Any) -> None:
    limit, worker = pack().limits.note_written, cast.family_worker
    told: dict[str, Any] = {"kind": "other", "words": "Said at the gate."}
    with clock.frozen(clock.add_working_days(clock.today(), limit + 4)), as_(worker):
        in_time = add_note(by=worker, case=case, happened_on=clock.today() - DAY, **told)
        day = next(
            day
            for day in (clock.today() - n * DAY for n in range(60))
            if clock.working_days_between(day, clock.today()) > limit
        )
        late = add_note(by=worker, case=case, happened_on=day, **told)
        last = add_note(by=worker, case=case, happened_on=day + DAY, **told)
    assert (in_time.written_late, last.written_late, late.written_late) == (False, False, True)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"kind": "gossip"}, "notes.kind"),
        ({"kind": "contact_failed"}, "notes.failed_reason"),
        ({"kind": "contact_failed", "failed_reason": "aliens"}, "notes.failed_reason"),
        ({"happened_on": clock.today() + DAY}, "notes.in_the_future"),
        ({"happened_on": dt.date(1926, 11, 22)}, "notes.too_long_ago"),
        ({"place": "the moon"}, "notes.place"),
        ({"words": " \n "}, "notes.empty"),
        ({"words": "\u202e\u200b"}, "notes.empty"),
    ],
)
def test_a_note_that_says_too_little_or_what_cannot_be_is_refused(
    told: dict[str, Any], code: str, write: Any, cast: Any, as_: Any
) -> None:
    with pytest.raises(Refused) as refused:
        write(**told)
    assert refused.value.refusal.code == code
    with as_(cast.family_worker):
        assert not Note.objects.exists()


def test_a_time_that_has_not_come_yet_is_refused(write: Any) -> None:
    with clock.frozen(dt.datetime(2026, 11, 22, 10, tzinfo=clock.LONDON)), pytest.raises(Refused) as refused:
        write(happened_on=dt.date(2026, 11, 22), time_of_day=dt.time(10, 1))
    assert refused.value.refusal.code == "notes.later_today"


def test_of_a_child_it_is_asked_whether_they_were_seen_alone(write: Any, people: Any) -> None:
    with pytest.raises(Refused) as refused:
        write(kind="visit", seen=[Seen(people["Jake"])])
    assert refused.value.refusal.code == "notes.child_alone" and "Jake" in str(refused.value)
    assert write(kind="call", seen=[Seen(people["Jake"])]).number == 1  # a call does not ask it


def test_somebody_of_another_family_cannot_be_named_as_seen(write: Any, cast: Any, area: Any, as_: Any) -> None:
    with as_(cast.family_worker):
        other = open_family(by=cast.family_worker, name="Barnes", area=area)
        stranger = add_person(by=cast.family_worker, family=other, role="child", given_name="Sam")
    with pytest.raises(Refused) as refused:
        write(kind="visit", seen=[Seen(stranger, True)])
    assert refused.value.refusal.code == "notes.not_of_family"


def test_the_same_page_sent_twice_makes_one_note(write: Any, cast: Any, as_: Any) -> None:
    key = uuid.uuid4()
    assert write(key=key) == write(key=key)
    with as_(cast.family_worker):
        assert Note.objects.count() == 1


def test_other_words_from_the_same_page_are_another_note(write: Any, people: Any, cast: Any, as_: Any) -> None:
    """Two tabs that were opened on one unsaved note: what is sent second says something else, and is not thrown away."""
    key = uuid.uuid4()
    first, second = write(key=key), write(key=key, words="Another visit.")
    third = write(key=key, kind="call", seen=[Seen(people["Jake"])])
    assert len({first.pk, second.pk, third.pk}) == 3
    assert write(key=key, words="Another visit.") == second
    with as_(cast.family_worker):
        assert Note.objects.count() == 3


def test_a_correction_is_a_new_version_and_the_first_words_stay(visit: Note, people: Any, cast: Any, as_: Any) -> None:
    worker = cast.family_worker
    with as_(worker):
        correct_note(
            by=worker,
            note=visit,
            seen_version=1,
            why="It was Mia.",
            kind="visit",
            happened_on=visit.happened_on,
            place="home",
            words="Kelly showed me the kitchen.",
            seen=[Seen(people["Kelly"]), Seen(people["Mia"], False)],
        )
        new, old = queries.versions_of(worker, visit)
        assert [(row.person.given_name, row.alone) for row in new.seen.all()] == [("Kelly", None), ("Mia", False)]
        assert [(row.person.given_name, row.alone) for row in old.seen.all()] == [("Kelly", None), ("Jake", True)]
        assert (new.why, new.number, old.number) == ("It was Mia.", 2, 1)


def test_a_correction_without_a_reason_is_refused(visit: Note, cast: Any, as_: Any) -> None:
    worker = cast.family_worker
    with as_(worker), pytest.raises(Refused) as refused:
        correct_note(
            by=worker, note=visit, seen_version=1, why="  ", kind="other", happened_on=visit.happened_on, words="New."
        )
    assert refused.value.refusal.code == "notes.no_reason"


def test_two_who_correct_at_once_the_second_sees_both_texts(write: Any, cast: Any, as_: Any) -> None:
    worker, manager, note = cast.family_worker, cast.manager, write()
    same = {"note": note, "seen_version": 1, "why": "A slip.", "kind": "other", "happened_on": clock.today()}
    with as_(manager):
        correct_note(by=manager, words="The manager's words.", **same)
    with as_(worker), pytest.raises(Conflict) as conflict:
        correct_note(by=worker, words="The worker's words.", **same)
    assert conflict.value.texts == {"words": ("The manager's words.", "The worker's words.")}
    assert conflict.value.theirs_by == manager.full_name
    with as_(worker):
        assert NoteVersion.objects.filter(note=note).count() == 2


def test_a_note_entered_in_error_is_kept_and_takes_its_contact_back(
    visit: Note, write: Any, people: Any, case: Any, cast: Any, as_: Any
) -> None:
    earlier = clock.today() - 9 * DAY
    write(kind="call", happened_on=earlier, seen=[Seen(people["Kelly"])])
    with as_(cast.family_worker):
        correct_note(
            by=cast.family_worker,
            note=visit,
            seen_version=1,
            why="Another family.",
            kind="visit",
            happened_on=visit.happened_on,
            words="Kelly showed me the kitchen.",
            seen=[Seen(people["Kelly"])],
            in_error=True,
        )
        case.refresh_from_db()
        assert case.last_contact_on == earlier
        assert len(queries.notes_of(cast.family_worker, case).rows) == 2
        titles = [entry.title for entry in queries.timeline_entries(cast.family_worker, case.family)]
    assert titles == ["Telephone or video call"]


def test_nothing_is_written_or_corrected_once_the_case_is_closed(visit: Note, case: Any, cast: Any, as_: Any) -> None:
    worker = cast.family_worker
    with as_(worker):
        close_case(by=worker, case=case, reason="outcomes_met", outcome="all_met", family_view="It helped.")
        for write in (
            lambda: add_note(by=worker, case=case, kind="other", happened_on=clock.today(), words="Late thought."),
            lambda: correct_note(
                by=worker,
                note=visit,
                seen_version=1,
                why="Slip.",
                kind="other",
                happened_on=clock.today(),
                words="New.",
            ),
        ):
            with pytest.raises(Refused) as refused:
                write()
            assert refused.value.refusal.code == "cases.closed"


def test_the_chronology_tells_who_was_seen_alone_in_one_query(
    visit: Note, write: Any, case: Any, cast: Any, as_: Any, django_assert_num_queries: Any
) -> None:
    write(kind="contact_failed", failed_reason="nobody_in", words="")
    with as_(cast.family_worker), django_assert_num_queries(1):
        entries = queries.timeline_entries(cast.family_worker, case.family)
    assert {entry.title for entry in entries} == {"Home visit; Jake seen alone", "Contact that failed: Nobody was in"}
