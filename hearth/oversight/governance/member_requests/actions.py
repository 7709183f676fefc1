"""Note what a member asked, write the answer, approve or return it, send it, close the request; or note that the member took it back."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import write_seen
from hearth.foundation.core.text import clean, one_line
from hearth.oversight.governance.member_requests import rules
from hearth.oversight.governance.member_requests.models import MemberRequest, RequestAnswer, RequestState
from hearth.oversight.governance.member_requests.queries import who_approves
from hearth.oversight.governance.member_requests.telling import tell

SAID = ("asked_by", "meeting", "asked_on", "kind", "what", "due_on", "due_words", "owner", "only_roles")
State = RequestAnswer.State


def _said(
    by: Any, *, asked_by: str, meeting: str, asked_on: dt.date, kind: str, what: str, due_on: dt.date, owner: Any, due_words: str = "",
    only_roles: Sequence[str] = (),
) -> dict[str, Any]:  # fmt: skip
    told: dict[str, Any] = {
        "asked_by": one_line(asked_by, 120), "meeting": one_line(meeting, 160), "asked_on": asked_on, "kind": kind,
        "what": clean(what).strip(), "due_on": due_on, "owner": owner,
    }  # fmt: skip
    refuse(rules.why_not_this_request(by, only_roles=only_roles, **told))
    roles = sorted({*only_roles, rules.BOARD}) if only_roles else []
    return told | {"due_words": one_line(due_words, 80), "only_roles": roles}


@action
def note_member_request(*, by: Any, area: Any = None, **typed: Any) -> MemberRequest:
    """Note what was asked, as the minutes have it. Its owner is told."""
    refuse(rules.why_not_keep_in(by, area))
    made = MemberRequest(reference=drawn_reference("MR"), area=area, noted_by=by, **_said(by, **typed))
    made.save(force_insert=True)
    tell(by, made.owner, "member_request_yours", made, str(made.pk))
    record("member_requests.noted", subject=made, area=area.code if area else "", due_on=made.due_on)
    return made


@action
def change_member_request(*, by: Any, request: MemberRequest, seen: str | None = None, **typed: Any) -> MemberRequest:
    """Put right what was noted, or give it to somebody else. Every version is kept."""
    request.hold()
    refuse(rules.why_not_keep(by, request))
    said, before = _said(by, **typed), request.owner_id
    changed = write_seen(
        request, seen, said, {"owner": str, "only_roles": ", ".join, "asked_on": str, "due_on": str, "kind": str}
    )
    if changed:
        request.save(update_fields=changed)
    if request.owner_id != before:
        tell(by, request.owner, "member_request_yours", request, f"{request.pk} {clock.now().isoformat()}")
    record("member_requests.changed", subject=request, changed=changed)
    return request


@action
def write_member_answer(*, by: Any, request: MemberRequest, words: str) -> RequestAnswer:
    """Write the answer. Whoever approves is told."""
    request.hold()
    words = clean(words).strip()
    refuse(rules.why_not_write(by, request, words))
    number = RequestAnswer.objects.filter(request=request).count() + 1
    made = RequestAnswer(request=request, number=number, words=words, written_by=by)
    made.save(force_insert=True)
    _set(request, RequestState.WRITTEN)
    for person in who_approves(request):
        tell(by, person, "member_answer_written", request, str(made.pk))
    record("member_requests.answer_written", subject=request, number=number)
    return made


def _held(request: MemberRequest) -> RequestAnswer | None:
    return (
        RequestAnswer.objects.filter(request=request).exclude(state=State.RETURNED).select_related("written_by").first()
    )


def _set(request: MemberRequest, state: str, **more: Any) -> None:
    for name, value in (more | {"state": state}).items():
        setattr(request, name, value)
    request.save(update_fields=[*more, "state"])


@action
def decide_member_answer(*, by: Any, request: MemberRequest, approve: bool, comment: str = "") -> RequestAnswer:
    """Approve the answer, or return it with what is to be changed. Its writer and the owner are told."""
    request.hold()
    answer, comment = _held(request), clean(comment).strip()
    refuse(rules.why_not_approve(by, request, answer))
    assert answer is not None  # noqa: S101 - refused just now
    refuse(None if approve or comment else rules.NO_WORDS)
    answer.state, answer.comment = State.APPROVED if approve else State.RETURNED, comment
    answer.decided_by, answer.decided_at = by, clock.now()
    answer.save(update_fields=["state", "comment", "decided_by", "decided_at"])
    _set(request, RequestState.APPROVED if approve else RequestState.OPEN)
    for person in {answer.written_by, request.owner}:
        tell(by, person, "member_answer_approved" if approve else "member_answer_returned", request, str(answer.pk))
    record(
        "member_requests.answer_approved" if approve else "member_requests.answer_returned",
        subject=request,
        number=answer.number,
    )
    return answer


@action
def send_member_answer(*, by: Any, request: MemberRequest, sent_on: dt.date, sent_how: str) -> RequestAnswer:
    """Say that the approved answer went: on which day, and how."""
    request.hold()
    sent_how = one_line(sent_how, 200)
    refuse(rules.why_not_send(by, request, sent_on, sent_how))
    answer = _held(request)
    assert answer is not None  # noqa: S101 - an approved request has one
    answer.state, answer.sent_by, answer.sent_on, answer.sent_how = State.SENT, by, sent_on, sent_how
    answer.save(update_fields=["state", "sent_by", "sent_on", "sent_how"])
    _set(request, RequestState.ANSWERED, sent_on=sent_on)
    record("member_requests.answer_sent", subject=request, number=answer.number, late=sent_on > request.due_on)
    return answer


@action
def close_member_request(*, by: Any, request: MemberRequest) -> MemberRequest:
    """Close it: nothing more is to come of it."""
    request.hold()
    refuse(rules.why_not_close(by, request))
    _set(request, RequestState.CLOSED, closed_on=clock.today())
    record("member_requests.closed", subject=request)
    return request


@action
def withdraw_member_request(*, by: Any, request: MemberRequest, words: str) -> MemberRequest:
    """Note that the member took it back, and how one knows."""
    request.hold()
    words = clean(words).strip()
    refuse(rules.why_not_keep(by, request) or (None if words else rules.NO_WORDS))
    _set(request, RequestState.WITHDRAWN, closed_on=clock.today(), withdrawn_words=words)
    record("member_requests.withdrawn", subject=request)
    return request
