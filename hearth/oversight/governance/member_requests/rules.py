"""Who notes what members asked, answers, approves, sends and closes; and the sentence when not. Nothing closes without an answer."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from hearth.foundation.accounts.roles import ROLES, permissions_of
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.oversight.governance.member_requests.models import MemberRequest, RequestAnswer, RequestState
from hearth.oversight.governance.member_requests.reach import APPROVES, KEEPS, SEES
from hearth.oversight.governance.reach import may_in

BOARD = "board_member"  # reads every request
LONGEST = 1096  # days from the meeting: a day beyond it is a slip of the finger
NO_WORDS = Refusal("member_requests.no_words", "Say it in words.")


def why_not_see(user: Any) -> Refusal | None:
    """The register: whoever sees any of it."""
    if user.may(SEES):
        return None
    return Refusal(
        "member_requests.may_not_see", "Your role does not include what members asked for. Ask the strategic lead."
    )


def why_not_keep_in(user: Any, area: Any) -> Refusal | None:
    """Noting a request: whoever keeps them in that district; of the whole authority, whoever keeps them there."""
    if may_in(user, KEEPS, area):
        return None
    where = area.name if area is not None else "the whole authority"
    return Refusal(
        "member_requests.may_not_keep", f"You do not keep what members asked of {where}. Ask somebody who does."
    )


def why_not_keep(user: Any, request: MemberRequest) -> Refusal | None:
    """Changing what was noted, and saying that the member took it back: until it was answered."""
    return why_not_keep_in(user, request.area) or why_not_waiting(request)


def why_not_waiting(request: MemberRequest) -> Refusal | None:
    """What is over is what it was."""
    if request.waits:
        return None
    ended = "was withdrawn by the member" if request.state == RequestState.WITHDRAWN else "has its answer"
    return Refusal("member_requests.over", f"This request {ended}. Note another where more was asked.")


def why_not_edit(user: Any, request: MemberRequest) -> Refusal | None:
    """Answering, sending and closing: its owner, and whoever keeps requests there."""
    if request.owner_id == user.id or may_in(user, KEEPS, request.area):
        return None
    return Refusal(
        "member_requests.not_yours", "Only its owner and whoever keeps requests there can do this. Ask one of them."
    )


def why_not_this_request(
    by: Any, *, asked_by: str, meeting: str, what: str, kind: str, asked_on: dt.date, due_on: dt.date, owner: Any, only_roles: Iterable[str]
) -> Refusal | None:  # fmt: skip
    """It says who asked for what, where, and by when it is due; and who answers for it."""
    if not (asked_by.strip() and meeting.strip() and what.strip()):
        return Refusal("member_requests.says_nothing", "Say who asked, in which meeting, and for what.")
    found = find(pack().governance.asked_kinds, kind)
    if found is None or found.retired:
        return Refusal("member_requests.kind", "Choose what was asked for.")
    if asked_on > clock.today():
        return Refusal("member_requests.asked_on", "Enter the day of the meeting: today, or one that has passed.")
    if not 0 <= (due_on - asked_on).days <= LONGEST:
        return Refusal(
            "member_requests.due_on",
            "Enter a day on which it is due, from the meeting on and within three years of it.",
        )
    if owner is None or not owner.is_active or not owner.may(SEES):
        return Refusal("member_requests.owner", "Choose somebody who sees members’ requests as its owner.")
    return _why_not_kept_to(by, owner, list(only_roles))


def _why_not_kept_to(by: Any, owner: Any, roles: list[str]) -> Refusal | None:
    if any(role not in ROLES or SEES not in permissions_of(role) for role in roles):
        return Refusal("member_requests.roles", "Choose roles that see members’ requests.")
    if roles and owner.id != by.id and not {each.role for each in by.appointments_now()} & set(roles):
        return Refusal("member_requests.own_role", "Tick a role of your own too, or you could not read it any more.")
    return None


def why_not_write(user: Any, request: MemberRequest, words: str = "-") -> Refusal | None:
    """Writing the answer: while none waits to be approved or sent."""
    refusal = why_not_edit(user, request) or why_not_waiting(request)
    if refusal is None and request.state != RequestState.OPEN:
        return Refusal(
            "member_requests.written_already", "An answer is written already. It is approved or returned first."
        )
    return refusal or (None if words.strip() else NO_WORDS)


def why_not_approve(user: Any, request: MemberRequest, answer: RequestAnswer | None) -> Refusal | None:
    """Approving or returning: somebody who approves, and did not write it."""
    if request.state != RequestState.WRITTEN or answer is None:
        return Refusal(
            "member_requests.nothing_to_approve", "No answer waits to be approved. Open the request again to see."
        )
    # Of the whole authority, whoever approves anywhere may: as the rows have it.
    if not (user.may(APPROVES, request.area) if request.area is not None else user.may(APPROVES)):
        return Refusal("member_requests.may_not_approve", "The strategic lead approves answers to members. Ask them.")
    if answer.written_by_id == user.id:
        return Refusal("member_requests.own_answer", "You wrote it. Somebody else approves it.")
    return None


def why_not_send(
    user: Any, request: MemberRequest, sent_on: dt.date | None = None, sent_how: str = "-"
) -> Refusal | None:
    """Sending: what was approved, on a day from then to today."""
    refusal = why_not_edit(user, request)
    if refusal is not None:
        return refusal
    if request.state != RequestState.APPROVED:
        return Refusal("member_requests.not_approved", "Only an approved answer is sent. Have it approved first.")
    if sent_on is not None and not request.asked_on <= sent_on <= clock.today():
        return Refusal("member_requests.sent_on", "Enter the day on which it went: today, or one since the meeting.")
    return (
        None
        if sent_how.strip()
        else Refusal("member_requests.sent_how", "Say how it went: to which meeting, or by letter.")
    )


def why_not_close(user: Any, request: MemberRequest) -> Refusal | None:
    """Closing: with the answer that was sent, and never without."""
    refusal = why_not_edit(user, request)
    if refusal is None and request.state != RequestState.ANSWERED:
        return Refusal(
            "member_requests.nothing_closes", "A request closes with its answer, or when the member takes it back."
        )
    return refusal
