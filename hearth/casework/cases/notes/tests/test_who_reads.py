"""Who reads and writes notes: asked through the product, and straight at the database."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from hearth.casework.cases.notes import queries
from hearth.casework.cases.notes.actions import correct_note
from hearth.casework.cases.notes.models import Note, NoteVersion, PersonSeen
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.records.people.restrictions.actions import place_restriction
from tests.security.test_spine import EVERYBODY, MAY_OPEN


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_note_is_read_by_those_who_may_open_the_family_and_by_nobody_else(
    who: str, visit: Note, cast: Any, as_: Any
) -> None:
    user = getattr(cast, who)
    with as_(user):
        bare = [model.objects.exists() for model in (Note, NoteVersion, PersonSeen)]
        asked = [model.objects.visible_to(user).exists() for model in (Note, NoteVersion, PersonSeen)]
    assert bare == asked == [who in MAY_OPEN] * 3


def test_a_partner_whose_agreement_leaves_notes_out_reads_only_their_own(
    visit: Note, write: Any, partner: Any, case: Any, cast: Any, as_: Any
) -> None:
    visitor = partner(["basic", "plan"])
    own = write(by=visitor, words="Weighed the baby.")
    with as_(visitor):
        assert list(Note.objects.all()) == [own]
        assert [row.note for row in queries.notes_of(visitor, case).rows] == [own]
        assert not getattr(queries.case_of(visitor, case.reference), "shows_notes")  # noqa: B009 - an annotation
    with as_(cast.family_worker):
        assert Note.objects.count() == 2


def test_a_partner_whose_agreement_covers_notes_reads_them_all(visit: Note, partner: Any, as_: Any) -> None:
    visitor = partner(["basic", "notes"])
    with as_(visitor):
        assert Note.objects.visible_to(visitor).get() == visit
        assert PersonSeen.objects.visible_to(visitor).count() == 2


def test_what_a_partner_cannot_read_does_not_put_the_last_contact_back(
    visit: Note, write: Any, partner: Any, people: Any, case: Any, as_: Any
) -> None:
    from hearth.casework.cases.notes.rules import Seen

    visitor = partner(["basic"])
    write(by=visitor, kind="call", happened_on=visit.happened_on.replace(day=1), seen=[Seen(people["Kelly"])])
    with as_(visitor):
        case.refresh_from_db()
    assert case.last_contact_on == visit.happened_on


def test_a_partner_cannot_correct_what_another_wrote(visit: Note, partner: Any, as_: Any) -> None:
    visitor = partner(["basic", "notes"])
    with as_(visitor), pytest.raises(Refused) as refused:
        correct_note(
            by=visitor,
            note=visit,
            seen_version=1,
            why="I know better.",
            kind="other",
            happened_on=clock.today(),
            words="New.",
        )
    assert refused.value.refusal.code == "notes.not_yours"


def test_a_restricted_childs_visit_is_not_shown_to_who_was_not_granted_them(
    visit: Note, people: Any, case: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.information_governance):
        place_restriction(
            by=cast.information_governance, reference=people["Jake"].reference, reason="Threats were made."
        )
    with as_(cast.manager):
        (version,) = queries.notes_of(cast.manager, case).rows
        assert [row.person.given_name for row in version.seen.all()] == ["Kelly"]
        assert "Jake" not in str(queries.timeline_entries(cast.manager, case.family))


def _refused(statement: str, values: list[Any]) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_database_takes_no_change_of_what_was_written_not_even_from_its_writer(
    visit: Note, cast: Any, as_: Any
) -> None:
    with as_(cast.family_worker):
        _refused("update notes_noteversion set words = 'Nothing to see.' where note_id = %s", [visit.pk])
        _refused("delete from notes_noteversion where note_id = %s", [visit.pk])
        _refused("update notes_personseen set alone = false", [])
        _refused("delete from notes_personseen", [])
        _refused("update notes_note set author_id = %s where id = %s", [cast.manager.pk, visit.pk])
        _refused("update notes_note set family_id = %s where id = %s", [visit.pk, visit.pk])
        with connection.cursor() as cursor:
            cursor.execute("delete from notes_note where id = %s", [visit.pk])
            assert cursor.rowcount == 0


def test_nobody_writes_in_anothers_name_or_into_a_family_they_may_not_open(
    visit: Note, case: Any, cast: Any, as_: Any
) -> None:
    def forged(author: Any) -> Note:
        return Note(
            reference="NO-4F7K3QX",
            case=case,
            family_id=case.family_id,
            author=author,
            key=visit.pk,
            kind="other",
            happened_on=clock.today(),
        )

    with as_(cast.manager), pytest.raises(ProgrammingError), transaction.atomic():
        forged(cast.family_worker).save(force_insert=True)
    for who in ("practitioner", "other_manager", "elected_member"):
        user = getattr(cast, who)
        with as_(user), pytest.raises(ProgrammingError), transaction.atomic():
            forged(user).save(force_insert=True)
