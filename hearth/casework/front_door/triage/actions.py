"""The front door's work on a request: pause it, ask, match people, decide, tell the referrer, hand it over."""

import datetime as dt
import uuid
from typing import Any

from hearth.casework.front_door.documents.models import RequestDocument
from hearth.casework.front_door.holding import hold
from hearth.casework.front_door.models import SINGLE_AGENCY, Request, RequestMessage, RequestPerson, State
from hearth.casework.front_door.passing.models import Passing
from hearth.casework.front_door.triage import rules
from hearth.casework.front_door.triage.clocks import decide_by, running, tell_by
from hearth.casework.front_door.triage.models import Decision, Handover, Note, Pause, PersonMatch, Telling
from hearth.casework.front_door.triage.news import ANSWERED, QUESTION, send_news
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean


def _keep_clock(request: Request) -> None:
    """Write the state and the last day of the clock that now runs."""
    request.due_on = running(request, Pause.objects.filter(request=request))
    request.save(update_fields=["state", "due_on"])


def _begin_pause(by: Any, request: Request, reason: str) -> None:
    Pause(request=request, reason=reason, from_at=clock.now(), begun_by=by).save(force_insert=True)
    request.state = State.PAUSED
    _keep_clock(request)


def _end_pause(by: Any, request: Request) -> None:
    Pause.objects.filter(request=request, until_at=None).update(until_at=clock.now(), ended_by=by)


@action
def pause_request(*, by: Any, request: Request, reason: str) -> Request:
    """Stop the clock, for a reason of the pack."""
    held = hold(request)
    refuse(rules.why_not_pause(by, held, reason))
    _begin_pause(by, held, reason)
    record("front_door.request_paused", family=held.family_id, subject=held, reason=reason)
    return held


@action
def resume_request(*, by: Any, request: Request) -> Request:
    """Start the clock again."""
    held = hold(request)
    refuse(rules.why_not_resume(by, held))
    _end_pause(by, held)
    held.state = State.RECEIVED
    _keep_clock(held)
    record("front_door.request_resumed", family=held.family_id, subject=held)
    return held


@action
def ask_referrer(*, by: Any, request: Request, words: str) -> RequestMessage:
    """Ask the referrer for more. The clock stops until they answer."""
    held = hold(request)
    refuse(rules.why_not_ask_referrer(by, held))
    message = RequestMessage(request=held, from_front_door=True, words=clean(words).strip(), written_by=by)
    message.save(force_insert=True)
    if held.state == State.RECEIVED:
        _begin_pause(by, held, rules.WAITING_FOR_REFERRER)
    record("front_door.referrer_asked", family=held.family_id, subject=held)
    send_news(by, held, QUESTION, message.id)
    return message


@action
def write_note(*, by: Any, request: Request, words: str) -> Note:
    """Write a working note, for the front door alone."""
    refuse(rules.why_not_triage(by, request))
    note = Note(request=request, words=clean(words).strip(), written_by=by)
    note.save(force_insert=True)
    record("front_door.note_written", family=request.family_id, subject=request)
    return note


@action
def match_person(
    *, by: Any, request: Request, typed: RequestPerson, person: Any, seen: str | None = None
) -> PersonMatch:
    """Say who somebody as typed is: that person on record, or somebody new (None). May be said again until decided.

    `seen` is who the page said it was: what another officer said since is not said over.
    """
    held = hold(request)
    refuse(rules.why_not_match(by, held, typed, person))
    now = PersonMatch.objects.select_related("person", "matched_by").filter(typed=typed).first()
    refuse(rules.why_not_match_again(now, person, seen))
    match, _ = PersonMatch.objects.update_or_create(
        typed=typed,
        defaults={"request": held, "person": person, "matched_by": by, "matched_at": clock.now()},
        create_defaults={"request": held, "person": person, "matched_by": by, "matched_at": clock.now()},
    )
    record("front_door.person_matched", subject=held, person=getattr(person, "id", "new"))
    return match


@action
def move_request(*, by: Any, request: Request, area: Any, why: str) -> Request:
    """Hand a request over to another area's front door. The clock goes on; the mover keeps sight of it for a week."""
    held = hold(request)
    refuse(rules.why_not_move(by, held, area))
    Handover(request=held, from_area=held.area, to_area=area, why=clean(why).strip(), moved_by=by).save(
        force_insert=True
    )
    record("front_door.request_moved", family=held.family_id, subject=held, from_area=held.area_id, to_area=area.id)
    held.area, held.moved_by, held.moved_at = area, by, clock.now()
    held.save(update_fields=["area", "moved_by", "moved_at"])
    return held


@action
def record_decision(
    *,
    by: Any,
    request: Request,
    outcome: str,
    reason: str,
    words_for_referrer: str,
    level: str = "",
    agency: Any = None,
    agency_name: str = "",
    late_because: str = "",
    family: Any = None,
    case: Any = None,
) -> Decision:
    """Decide a request, and tell the referrer that there is an answer. Of two officers at once, the first decides.

    The case that a decision opens is opened a floor above (desk.deciding), which gives it here.
    """
    held = hold(request)
    refuse(rules.why_not_decide(by, held, outcome=outcome, level=level, late_because=late_because))
    _end_pause(by, held)
    pauses = list(Pause.objects.filter(request=held))
    decision = Decision(
        request=held,
        outcome=outcome,
        level=level,
        reason=clean(reason).strip(),
        agency=agency,
        agency_name=clean(agency_name).strip(),
        case=case,
        decided_by=by,
        decided_at=clock.now(),
        was_due_on=decide_by(held, pauses) or clock.today(),
        late_because=late_because if rules.decision_is_late(held) else "",
    )
    decision.save(force_insert=True)
    held.state, held.outcome, held.decided_at, held.decision_id = (
        State.DECIDED,
        outcome,
        decision.decided_at,
        decision.id,
    )
    held.words_for_referrer, held.told_at = clean(words_for_referrer).strip(), None
    held.answer_unread = rules.can_be_asked(held) and held.made_by_id != by.id
    held.to_pass_on = outcome == SINGLE_AGENCY
    held.family, held.case, held.due_on = family or held.family, case or held.case, tell_by(decision.decided_at)
    held.version += 1
    held.save()
    if held.family is not None:
        RequestDocument.objects.filter(request=held).update(family=held.family)
    record(
        "front_door.request_decided",
        family=held.family_id,
        subject=held,
        outcome=outcome,
        level=level,
        late=bool(decision.late_because),
    )
    send_news(by, held, ANSWERED, decision.id)
    return decision


def _tell(by: Any, request: Request, how: str, told_at: dt.datetime, **more: Any) -> Telling:
    decision_id, decided_at = request.decision_id, request.decided_at
    if decision_id is None or decided_at is None:
        raise RuntimeError("Nobody can be told of a request that is not decided: a rule was not asked.")
    due_on = tell_by(decided_at)
    telling = Telling(
        request=request, decision_id=decision_id, how=how, told_at=told_at, told_by=by, was_due_on=due_on, **more
    )
    telling.save(force_insert=True)
    request.state, request.told_at, request.due_on = State.TOLD, told_at, None
    # A message says that there is an answer, and not what it is.
    request.answer_unread = request.answer_unread and how == Telling.How.MESSAGE
    request.save(update_fields=["state", "told_at", "due_on", "answer_unread"])
    record("front_door.referrer_told", family=request.family_id, subject=request, how=how)
    return telling


@action
def record_told(*, by: Any, request: Request, how: str, words: str = "", late_because: str = "") -> Telling:
    """An officer told the referrer by other means than ours: says how, and what was said back. Stops the clock."""
    held = hold(request)
    refuse(rules.why_not_record_told(by, held, how, late_because))
    late = late_because if rules.telling_is_late(held) else ""
    return _tell(by, held, how, clock.now(), words=clean(words).strip(), late_because=late)


@action
def note_answer_read(*, by: Any, request: Request) -> None:
    """The referrer opened the answer: they have been told, if only now, and it is no news any more."""
    held = hold(request)
    refuse(rules.why_not_read_answer(by, held))
    if held.state == State.DECIDED:
        _tell(by, held, Telling.How.READ, clock.now())
        return
    held.answer_unread = False
    held.save(update_fields=["answer_unread"])
    record("front_door.answer_read", family=held.family_id, subject=held)


@action
def note_message_sent(*, by: Any, request: Request, decision_id: uuid.UUID, sent_at: dt.datetime) -> None:
    """The message that there is an answer has gone: the referrer has been told, unless they were already."""
    held = hold(request)
    if held.state == State.DECIDED and held.decision_id == decision_id:
        _tell(by, held, Telling.How.MESSAGE, sent_at)
    else:
        record("front_door.referrer_told_already", family=held.family_id, subject=held)


@action
def reopen_decision(*, by: Any, request: Request, because: str) -> Request:
    """Decide again, with the reason. What was decided before stays on record; the clock starts anew."""
    held = hold(request)
    refuse(rules.why_not_reopen(by, held))
    now = clock.now()
    Decision.objects.filter(request=held, reopened_at=None).update(
        reopened_at=now, reopened_by=by, reopened_because=clean(because).strip()
    )
    Passing.objects.filter(request=held, ended_at=None).update(ended_at=now)
    held.state, held.clock_from_at, held.decided_at, held.told_at = State.RECEIVED, now, None, None
    held.decision_id, held.outcome, held.words_for_referrer, held.to_pass_on = None, "", "", False
    held.answer_unread = False
    held.due_on = running(held, Pause.objects.filter(request=held))
    held.version += 1
    held.save()
    record("front_door.decision_reopened", family=held.family_id, subject=held)
    return held
