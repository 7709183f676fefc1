"""Write a note, and correct it by a new version."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import Max

from hearth.casework.cases.actions import hold
from hearth.casework.cases.models import Case
from hearth.casework.cases.notes import rules
from hearth.casework.cases.notes.models import Note, NoteVersion, PersonSeen
from hearth.casework.cases.notes.rules import Said, Seen
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.once import key_of_sending
from hearth.foundation.core.pack import pack
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Conflict, Refusal, refuse
from hearth.foundation.core.text import clean

HEAD = ("kind", "happened_on", "time_of_day", "in_error")  # what the note keeps of its newest version
TOLD = (*HEAD, "place", "failed_reason", "made_by", "also_there", "words", "third_party")


@action
def add_note(
    *,
    by: Any,
    case: Case,
    kind: str,
    happened_on: dt.date,
    words: str = "",
    time_of_day: dt.time | None = None,
    place: str = "",
    seen: Sequence[Seen] = (),
    also_there: str = "",
    failed_reason: str = "",
    third_party: bool = False,
    made_by: Any = None,
    key: uuid.UUID | None = None,
) -> Note:
    """Write down a visit, a call, a message, a meeting or a failed contact. A page sent twice with the same words makes one note."""
    hold(case)
    refuse(rules.why_not_add_note(by, case))
    said = _said(
        kind=kind,
        happened_on=happened_on,
        time_of_day=time_of_day,
        place=place,
        seen=seen,
        also_there=also_there,
        words=words,
        failed_reason=failed_reason,
        third_party=third_party,
        made_by=made_by or by,
    )
    key = key_of_sending(key, case, said)
    sent_before = Note.objects.filter(author=by, key=key).first()
    if sent_before is not None:
        record("notes.note_sent_again", family=case.family_id, subject=sent_before)
        return sent_before
    refuse(rules.why_not_say(case, said))
    moment = clock.now()
    note = Note(
        reference=drawn_reference("NO"),
        case=case,
        family_id=case.family_id,
        author=by,
        key=key,
        written_at=moment,
        written_late=rules.is_late(happened_on, moment),
        contact=rules.is_contact(said),
        **{name: getattr(said, name) for name in HEAD},
    )
    note.save(force_insert=True)
    _write_version(by, note, said, "")
    _keep_last_contact(case, note)
    record("notes.note_added", family=case.family_id, subject=note, note_kind=kind, late=note.written_late)
    return note


@action
def correct_note(
    *,
    by: Any,
    note: Note,
    seen_version: int,
    why: str,
    kind: str,
    happened_on: dt.date,
    words: str = "",
    time_of_day: dt.time | None = None,
    place: str = "",
    seen: Sequence[Seen] = (),
    also_there: str = "",
    failed_reason: str = "",
    third_party: bool = False,
    made_by: Any = None,
    in_error: bool = False,
) -> Note:
    """Correct a note: a new version with its reason. What it said before stays and can be read."""
    hold(note.case)
    note.hold()
    refuse(rules.why_not_correct_note(by, note))
    why = clean(why).strip()
    if not why:
        refuse(Refusal("notes.no_reason", "Say why it is corrected."))
    now = said_in(NoteVersion.objects.select_related("made_by", "written_by").get(note=note, number=note.number))
    said = _said(
        kind=kind,
        happened_on=happened_on,
        time_of_day=time_of_day,
        place=place,
        seen=seen,
        also_there=also_there,
        words=words,
        failed_reason=failed_reason,
        third_party=third_party,
        made_by=made_by or now.made_by,
        in_error=in_error,
    )
    if note.number != seen_version:
        newest = NoteVersion.objects.select_related("written_by").get(note=note, number=note.number)
        texts = {name: (getattr(now, name), getattr(said, name)) for name in ("words", "also_there")}
        raise Conflict({name: both for name, both in texts.items() if both[0] != both[1]}, newest.written_by.full_name)
    refuse(rules.why_not_say(note.case, said, now))
    gave = note.happened_on if note.contact else None
    for name in HEAD:
        setattr(note, name, getattr(said, name))
    note.number, note.contact = note.number + 1, rules.is_contact(said)
    note.save(update_fields=["number", "contact", *HEAD])
    _write_version(by, note, said, why)
    _keep_last_contact(note.case, note, gave)
    record("notes.note_corrected", family=note.family_id, subject=note, number=note.number, in_error=in_error)
    return note


def said_in(version: NoteVersion) -> Said:
    """What a version says, as the rules read it."""
    rows = PersonSeen.objects.filter(version=version).select_related("person").order_by("person__born_on", "id")
    seen = tuple(Seen(row.person, row.alone, row.words) for row in rows)
    return Said(seen=seen, **{name: getattr(version, name) for name in TOLD})


def _said(**told: Any) -> Said:
    """What was typed, cleaned; what its kind does not ask is left out, so that no stale answer stays behind it."""
    kind = pack().notes.kind(told["kind"])
    if kind is not None and not kind.failed:
        told["failed_reason"] = ""
    seen = tuple(Seen(each.person, each.alone, clean(each.words).strip()) for each in told["seen"])
    texts = {name: clean(told[name]).strip() for name in ("words", "also_there")}
    return Said(**{**told, **texts, "seen": seen})


def _write_version(by: Any, note: Note, said: Said, why: str) -> None:
    version = NoteVersion(
        note=note,
        number=note.number,
        written_by=by,
        written_at=clock.now(),
        why=why,
        **{name: getattr(said, name) for name in TOLD},
    )
    version.save(force_insert=True)
    for each in said.seen:
        PersonSeen(version=version, person=each.person, alone=each.alone, words=each.words).save(force_insert=True)


def _keep_last_contact(case: Case, note: Note, gave: dt.date | None = None) -> None:
    """Keep the day of the last contact on the case; a contact that failed is none. The case is held.

    It goes back only when this note gave the day: the writer may not be able to read the others.
    """
    last = case.last_contact_on
    if note.contact and (last is None or note.happened_on > last):
        last = note.happened_on
    elif gave is not None and gave == last:
        last = Note.objects.filter(case=case, contact=True).aggregate(last=Max("happened_on"))["last"]
    if last != case.last_contact_on:
        case.last_contact_on = last
        Case.objects.filter(pk=case.pk).update(last_contact_on=last)
