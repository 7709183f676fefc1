"""Writes: start, write, change, agree, end, and open for a reason. The supervision is held first, then its note."""

import datetime as dt
from typing import Any

from django.urls import reverse

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import write_seen
from hearth.foundation.core.text import clean
from hearth.foundation.messages.actions import send
from hearth.oversight.quality.workforce.models import Supervision, SupervisionNote, SupervisionOpening
from hearth.oversight.quality.workforce.supervision import queries, rules


@action
def start_supervision(*, by: Any, worker: Any, every_weeks: int) -> Supervision:
    """Supervise somebody whom one looks after."""
    running = Supervision.objects.visible_to(by).running().filter(worker=worker, supervisor=by).exists()
    refuse(rules.why_not_start(by, worker, queries.is_staff(by, worker.pk), running, every_weeks))
    made = Supervision(
        reference=drawn_reference("SV"), worker=worker, supervisor=by, every_weeks=every_weeks,
        next_on=clock.today() + dt.timedelta(weeks=every_weeks),
    )  # fmt: skip
    made.save(force_insert=True)
    record("workforce.supervision_started", subject=made, every_weeks=every_weeks)
    _tell(by, worker, "supervision_started", made, made.pk)
    return made


@action
def write_supervision_note(
    *, by: Any, supervision: Supervision, met_on: dt.date, reflection: str, agreed: str = "", case_reference: str = "",
    next_on: dt.date | None = None,
) -> SupervisionNote:  # fmt: skip
    """Write what the two reflected on; whoever wrote it has agreed, and the other is asked to."""
    supervision.hold()
    case = queries.case_with(case_reference)
    refuse(rules.why_not_write(by, supervision, met_on, next_on, case, case in queries.openable(by, {case})))
    numbers = [each.number for each in queries.notes_of(by, supervision)]
    note = SupervisionNote(
        supervision=supervision, number=max(numbers, default=0) + 1, met_on=met_on, reflection=clean(reflection).strip(),
        agreed=clean(agreed).strip(), case_reference=case, written_by=by,
    )  # fmt: skip
    _agreed_by(by, supervision, note)
    note.save(force_insert=True)
    supervision.next_on = next_on or met_on + dt.timedelta(weeks=supervision.every_weeks)
    supervision.save(update_fields=["next_on"])
    record("workforce.supervision_written", subject=supervision, number=note.number)
    _tell(by, _other(by, supervision), "supervision_to_agree", supervision, f"{note.pk} 1")
    return note


@action
def change_supervision_note(
    *, by: Any, supervision: Supervision, note: SupervisionNote, met_on: dt.date, reflection: str, agreed: str = "",
    case_reference: str = "", seen: str | None = None,
) -> SupervisionNote:  # fmt: skip
    """Change it before both have agreed: the other agrees anew, to the words as they are."""
    supervision.hold()
    note.hold()
    case = queries.case_with(case_reference)
    may_open = case == note.case_reference or case in queries.openable(by, {case})
    refuse(rules.why_not_change(by, supervision, note, met_on, case, may_open))
    typed = {
        "met_on": met_on,
        "reflection": clean(reflection).strip(),
        "agreed": clean(agreed).strip(),
        "case_reference": case,
    }
    changed = write_seen(note, seen, typed, {"met_on": str})
    if changed:
        note.worker_agreed_at = note.supervisor_agreed_at = None
    note.written_by = by
    _agreed_by(by, supervision, note)
    note.save(update_fields=[*typed, "written_by", "worker_agreed_at", "supervisor_agreed_at"])
    record("workforce.supervision_changed", subject=supervision, number=note.number)
    if changed:
        _tell(by, _other(by, supervision), "supervision_to_agree", supervision, f"{note.pk} {clock.now()}")
    return note


@action
def agree_supervision_note(*, by: Any, supervision: Supervision, note: SupervisionNote) -> SupervisionNote:
    """Agree to the words as they are. When both have, they stand."""
    supervision.hold()
    note.hold()
    refuse(rules.why_not_agree(by, supervision, note))
    _agreed_by(by, supervision, note)
    note.save(update_fields=["worker_agreed_at", "supervisor_agreed_at"])
    record("workforce.supervision_agreed", subject=supervision, number=note.number)
    return note


@action
def end_supervision(*, by: Any, supervision: Supervision) -> Supervision:
    """End it. What was written stays as it is, and is kept as long as the pack says."""
    supervision.hold()
    refuse(rules.why_not_end(by, supervision))
    supervision.ended_on = clock.today()
    supervision.save(update_fields=["ended_on"])
    record("workforce.supervision_ended", subject=supervision)
    _tell(by, _other(by, supervision), "supervision_ended", supervision, supervision.pk)
    return supervision


@action
def open_supervision(*, by: Any, supervision: Supervision, why: str) -> SupervisionOpening:
    """The supervisor's manager opens what the two wrote, for a reason, for some days. Both are told, and read the reason."""
    refuse(rules.why_not_open(by, supervision, queries.is_staff(by, supervision.supervisor_id), why))
    made = SupervisionOpening(
        supervision=supervision,
        opened_by=by,
        why=clean(why).strip(),
        until_on=clock.today() + dt.timedelta(days=rules.OPEN_DAYS),
    )
    made.save(force_insert=True)
    record("workforce.supervision_opened", subject=supervision, until=made.until_on)
    for person in (supervision.worker, supervision.supervisor):
        _tell(by, person, "supervision_opened", supervision, f"{made.pk} {person.pk}")
    return made


@action
def chase_supervision(*, by: Any, supervision: Supervision) -> bool:
    """Remind the supervisor, a week before and once when it is late; whether there was a reminder for today."""
    step = "late" if supervision.is_late else "soon"
    send(
        by=by, to=by, template="supervision_due", link=reverse("supervision", args=[supervision.reference]),
        key=f"supervision {supervision.pk} {supervision.next_on} {step}",
    )  # fmt: skip
    record("workforce.supervision_chased", subject=supervision, step=step)
    return True


def _agreed_by(by: Any, supervision: Supervision, note: SupervisionNote) -> None:
    if by.id == supervision.worker_id:
        note.worker_agreed_at = note.worker_agreed_at or clock.now()
    else:
        note.supervisor_agreed_at = note.supervisor_agreed_at or clock.now()


def _other(by: Any, supervision: Supervision) -> Any:
    return supervision.supervisor if by.id == supervision.worker_id else supervision.worker


def _tell(by: Any, to: Any, template: str, supervision: Supervision, key: Any) -> None:
    if to.is_active:
        send(
            by=by,
            to=to,
            template=template,
            link=reverse("supervision", args=[supervision.reference]),
            key=f"{template} {key}",
        )
