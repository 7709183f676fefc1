"""What may be written in a note, and the sentence when it may not."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from hearth.casework.cases import rules as case_rules
from hearth.casework.cases.models import Case, TeamMember
from hearth.casework.cases.notes.models import Note
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.records.people.models import Membership

LONGEST_BEFORE = 365  # days before the case was opened: earlier than that is a slip of the finger
CHILD = "child"


@dataclass(frozen=True)
class Seen:
    """Somebody of the family who was seen; `alone` is None where nobody asked."""

    person: Any
    alone: bool | None = None
    words: str = ""


@dataclass(frozen=True)
class Said:
    """Everything a note says."""

    kind: str
    happened_on: dt.date
    made_by: Any
    time_of_day: dt.time | None = None
    place: str = ""
    failed_reason: str = ""
    seen: Sequence[Seen] = ()
    also_there: str = ""
    words: str = ""
    third_party: bool = False
    in_error: bool = False


def is_failed(kind: str) -> bool:
    """Whether a note of this kind says that nobody was reached."""
    found = pack().notes.kind(kind)
    return found is not None and found.failed


def is_contact(said: Said) -> bool:
    """Whether it counts as contact with the family: of a kind that asks who was seen, and somebody was."""
    found = pack().notes.kind(said.kind)
    return found is not None and found.asks_who_was_seen and not said.in_error and bool(said.seen)


def is_late(happened_on: dt.date, written_at: dt.datetime) -> bool:
    """Whether it was written later than the pack's limit of working days."""
    return clock.working_days_between(happened_on, clock.in_london(written_at).date()) > pack().limits.note_written


def why_not_add_note(user: Any, case: Case) -> Refusal | None:
    """Writing a note: whoever may write in the case's record."""
    return case_rules.why_not_write(user, case)


def why_not_correct_note(user: Any, note: Note) -> Refusal | None:
    """Correcting: its author, the lead practitioner or a manager of the area, while the case is open."""
    refusal = case_rules.why_not_write(user, note.case)
    if refusal is not None or user.id == note.author_id or case_rules.why_not_manage(user, note.case) is None:
        return refusal
    return Refusal(
        "notes.not_yours",
        "Only its writer, the lead practitioner or a manager can correct this note. Add one of your own.",
    )


def why_not_say(case: Case, said: Said, before: Said | None = None) -> Refusal | None:
    """What a note must say before it is saved. `before` is what it said: a retired code may stay."""
    return (
        _why_not_kind(said, before)
        or _why_not_then(case, said)
        or _why_not_there(said, before)
        or _why_not_seen(case, said, before)
        or _why_not_by(case, said, before)
        or _why_not_empty(said)
    )


def _chosen(things: Iterable[Any], code: str, before: str | None) -> bool:
    found = find(things, code)
    return code == before or (found is not None and not getattr(found, "retired", False))


def _why_not_kind(said: Said, before: Said | None) -> Refusal | None:
    if not _chosen(pack().notes.kinds, said.kind, before.kind if before else None):
        return Refusal("notes.kind", "Choose what kind of note it is.")
    if not is_failed(said.kind):
        return None
    if said.seen:
        return Refusal(
            "notes.failed_and_seen", "Somebody was seen, so the contact did not fail. Choose another kind of note."
        )
    if not _chosen(pack().notes.failed_reasons, said.failed_reason, before.failed_reason if before else None):
        return Refusal("notes.failed_reason", "Choose why the contact failed.")
    return None


def _why_not_then(case: Case, said: Said) -> Refusal | None:
    now = clock.now()
    if said.happened_on > now.date():
        return Refusal("notes.in_the_future", "A note says what has happened. Enter today or a day in the past.")
    if said.happened_on == now.date() and said.time_of_day is not None and said.time_of_day > now.time():
        return Refusal(
            "notes.later_today", "That time has not come yet. Enter the time it happened, or leave it empty."
        )
    if said.happened_on < case.opened_on - dt.timedelta(days=LONGEST_BEFORE):
        return Refusal("notes.too_long_ago", "That is more than a year before this case was opened. Check the year.")
    return None


def _why_not_there(said: Said, before: Said | None) -> Refusal | None:
    if said.place and not _chosen(pack().notes.places, said.place, before.place if before else None):
        return Refusal("notes.place", "Choose where it was.")
    return None


def _why_not_seen(case: Case, said: Said, before: Said | None) -> Refusal | None:
    kind = pack().notes.kind(said.kind)
    roles = dict(Membership.objects.filter(family_id=case.family_id, until_on=None).values_list("person_id", "role"))
    were = {each.person.id for each in before.seen} if before else set()
    if any(each.person.id not in roles and each.person.id not in were for each in said.seen):
        return Refusal(
            "notes.not_of_family",
            "That person is not in this family. Add them to the family first, or type their name.",
        )
    if len({each.person.id for each in said.seen}) != len(said.seen):
        return Refusal("notes.seen_twice", "Somebody is named twice. Name each person once.")
    unasked = [each for each in said.seen if roles.get(each.person.id) == CHILD and each.alone is None]
    if kind is not None and kind.asks_child_alone and unasked:
        return Refusal("notes.child_alone", f"Say whether {unasked[0].person.full_name} was seen alone.")
    return None


def _why_not_by(case: Case, said: Said, before: Said | None) -> Refusal | None:
    maker = said.made_by
    if maker.may("work_case") or (before is not None and before.made_by.id == maker.id):
        return None
    if TeamMember.objects.filter(case=case, user=maker).exists():
        return None
    return Refusal("notes.made_by", "Choose who visited or called: you, or somebody in the team.")


def _why_not_empty(said: Said) -> Refusal | None:
    if said.words.strip() or is_failed(said.kind) or any(each.words.strip() for each in said.seen):
        return None
    return Refusal("notes.empty", "Write what happened.")
