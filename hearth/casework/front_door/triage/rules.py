"""What the front door may do with a request, and the sentence when it may not."""

from typing import Any

from hearth.casework.cases.models import Case
from hearth.casework.front_door.models import Request, RequestPerson, State
from hearth.casework.front_door.rules import PERMISSION, why_not_ask_in
from hearth.casework.front_door.triage.clocks import decide_by, is_late, tell_by
from hearth.casework.front_door.triage.models import Decision, Pause, PersonMatch, Telling
from hearth.foundation.core.pack import find, label_of, pack
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import moment

WAITING_FOR_REFERRER = "waiting_for_referrer"  # the pack's pause reason that the referrer's answer ends


def sees_area(user: Any, area: Any) -> bool:
    """Whether the user sees what is asked for an area: the authority's own people alone, as the row policy has it."""
    return area is not None and user.organisation.is_authority and user.may("see_requests_in_area", area)


def why_not_triage(user: Any, request: Request) -> Refusal | None:
    """Working on a request: the front door of its area, once it is sent."""
    here = user.organisation.is_authority and user.may("decide_request", request.area)
    if request.state == State.STARTED or not here:
        return Refusal("front_door.not_your_front_door", "Only the front door of the request’s area can do this.")
    return None


def sees_any_area(user: Any) -> bool:
    """Whether there is an area whose requests the user sees."""
    return bool(user.organisation.is_authority and user.may("see_requests_in_area"))


def why_not_see_queue(user: Any) -> Refusal | None:
    """The queue: whoever sees the requests of an area."""
    if sees_any_area(user):
        return None
    return Refusal(
        "front_door.no_queue",
        "Only the front door and managers of an area see its requests. Yours are under “My requests”.",
    )


def why_not_look_while_typing(user: Any) -> Refusal | None:
    """Looking whether somebody is known, while asking for help for them."""
    if any(user.may(permission) for permission in PERMISSION.values()):
        return None
    return Refusal("front_door.may_not_ask", "Your role does not let you ask for help. Ring the front door instead.")


def why_not_undecided(user: Any, request: Request) -> Refusal | None:
    """Whatever is done before a decision. Whoever comes second is told who decided what."""
    refusal = why_not_triage(user, request)
    if refusal is not None or request.is_undecided:
        return refusal
    if request.state == State.WITHDRAWN:
        return Refusal("front_door.withdrawn", "The referrer has withdrawn this request. There is nothing to decide.")
    decision = Decision.objects.select_related("decided_by").filter(request=request, reopened_at=None).first()
    if decision is None:
        return Refusal(
            "front_door.decided", "This request has been decided already. Open it again to see what was decided."
        )
    outcome = label_of(pack().front_door.outcomes, decision.outcome)
    return Refusal(
        "front_door.decided",
        f"{decision.decided_by.full_name} decided this request on {moment(decision.decided_at)}: {outcome}."
        " Nothing of yours was saved over it. To decide again, reopen the decision.",
    )


def why_not_pause(user: Any, request: Request, reason: str) -> Refusal | None:
    """Stopping the clock."""
    refusal = why_not_undecided(user, request)
    if refusal is None and request.state == State.PAUSED:
        return Refusal("front_door.paused", "The clock is stopped already.")
    if refusal is None and find(pack().front_door.pause_reasons, reason) is None:
        return Refusal("front_door.pause_reason", "Choose why the clock stops.")
    return refusal


def why_not_resume(user: Any, request: Request) -> Refusal | None:
    """Starting the clock again."""
    refusal = why_not_undecided(user, request)
    if refusal is None and request.state != State.PAUSED:
        return Refusal("front_door.running", "The clock is running already.")
    return refusal


def can_be_asked(request: Request) -> bool:
    """Whether whoever asked signs in, and so can be asked and told in the product."""
    return request.made_by_id is not None and request.channel in ("partner", "step_down")


def why_not_ask_referrer(user: Any, request: Request) -> Refusal | None:
    """Asking the referrer for more, in the product."""
    refusal = why_not_undecided(user, request)
    if refusal is None and not can_be_asked(request):
        return Refusal(
            "front_door.cannot_be_asked",
            "Whoever asked does not sign in. Ring them, and write a note of what they say.",
        )
    return refusal


NOT_MATCHED, NEW = "nobody_yet", "new"  # what a page says of somebody as typed, where it names no reference


def match_said(match: PersonMatch | None) -> str:
    """Who somebody as typed is said to be, as the page's buttons carry it."""
    if match is None:
        return NOT_MATCHED
    return match.person.reference if match.person else NEW


def why_not_match_again(now: PersonMatch | None, person: Any, seen: str | None) -> Refusal | None:
    """Saying it over what another officer said since the page was opened."""
    if now is None or seen is None or seen == match_said(now) or now.person == person:
        return None
    who = f"{now.person.full_name}, {now.person.reference}" if now.person else "somebody new"
    return Refusal(
        "front_door.matched_meanwhile",
        f"{now.matched_by.full_name} said meanwhile that this is {who}. Look again, and say it once more if it is not.",
    )


def why_not_match(user: Any, request: Request, typed: RequestPerson, person: Any) -> Refusal | None:
    """Saying who somebody is: on this request, one person on record for one person as typed."""
    refusal = why_not_undecided(user, request)
    if refusal is None and typed.request_id != request.id:
        return Refusal("front_door.other_request", "That person is on another request.")
    if refusal is None and person is not None and request.matches.filter(person=person).exclude(typed=typed).exists():
        return Refusal(
            "front_door.matched_twice", "Somebody else on this request was matched with that person already."
        )
    return refusal


def why_not_move(user: Any, request: Request, area: Any) -> Refusal | None:
    """Handing over to another area that is open."""
    refusal = why_not_undecided(user, request)
    if refusal is None and area.pk == request.area_id:
        return Refusal("front_door.same_area", "The request is with that area already.")
    return refusal or why_not_ask_in(area)


def decision_is_late(request: Request) -> bool:
    """Whether a decision now misses the limit."""
    return is_late(decide_by(request, Pause.objects.filter(request=request)))


def telling_is_late(request: Request) -> bool:
    """Whether telling the referrer now misses the limit."""
    return request.decided_at is not None and is_late(tell_by(request.decided_at))


def _why_not_late(late: bool, late_because: str) -> Refusal | None:
    if late and find(pack().front_door.breach_reasons, late_because) is None:
        return Refusal("front_door.late_without_reason", "The limit has been missed. Choose why.")
    return None


def why_not_decide(user: Any, request: Request, *, outcome: str, level: str, late_because: str) -> Refusal | None:
    """Deciding: once, with an outcome of the pack, at a level it allows, and with the reason where it is late."""
    refusal = why_not_undecided(user, request)
    if refusal is not None:
        return refusal
    chosen = pack().front_door.outcome(outcome)
    if chosen is None or chosen.retired:
        return Refusal("front_door.outcome", "Choose what is decided.")
    return why_not_level(outcome, level) or _why_not_late(decision_is_late(request), late_because)


def why_not_level(outcome: str, level: str) -> Refusal | None:
    """The level of need that goes with an outcome."""
    chosen, levels = pack().front_door.outcome(outcome), pack().levels.levels
    if chosen is None:
        return None
    if not level and chosen.needs_level:
        return Refusal("front_door.level_missing", f"Choose a level of need: “{chosen.label}” needs one.")
    if level and (find(levels, level) is None or (chosen.levels and level not in chosen.levels)):
        allowed = " or ".join(label_of(levels, code) for code in chosen.levels)
        return Refusal(
            "front_door.level_does_not_fit",
            f"“{chosen.label}” is decided at {allowed}. Choose that level, or another decision.",
        )
    return None


def why_not_record_told(user: Any, request: Request, how: str, late_because: str) -> Refusal | None:
    """Recording that the referrer was told."""
    refusal = why_not_triage(user, request)
    if refusal is not None:
        return refusal
    if request.state == State.TOLD:
        return Refusal("front_door.told", "It is on record that the referrer has been told.")
    if request.state != State.DECIDED:
        return Refusal("front_door.not_decided", "There is nothing to tell yet: the request is not decided.")
    if how not in Telling.How.values or how in (Telling.How.READ, Telling.How.MESSAGE):
        return Refusal("front_door.told_how", "Choose how they were told.")
    return _why_not_late(telling_is_late(request), late_because)


def why_not_write_letter(user: Any, request: Request) -> Refusal | None:
    """Writing to whoever asked: once it is decided, where they do not read the answer here."""
    refusal = why_not_triage(user, request)
    if refusal is None and request.state not in (State.DECIDED, State.TOLD):
        return Refusal("front_door.not_decided", "There is nothing to tell yet: the request is not decided.")
    if refusal is None and can_be_asked(request):
        return Refusal(
            "front_door.reads_here", "Whoever asked reads the answer here, and gets a message that it is there."
        )
    return refusal


def why_not_read_answer(user: Any, request: Request) -> Refusal | None:
    """Having read one's own answer."""
    if request.made_by_id != user.id or not can_be_asked(request):
        return Refusal("front_door.not_yours", "Only the person who made this request can read its answer as theirs.")
    if request.state != State.DECIDED and not request.answer_unread:
        return Refusal("front_door.not_waiting", "There is no answer waiting to be read.")
    return None


def why_not_reopen(user: Any, request: Request) -> Refusal | None:
    """Deciding again: never behind the back of a case that is being worked."""
    refusal = why_not_triage(user, request)
    if refusal is not None:
        return refusal
    if request.state not in (State.DECIDED, State.TOLD):
        return Refusal("front_door.not_decided", "This request is not decided. There is nothing to reopen.")
    return why_not_leave_case(request)


def why_not_leave_case(request: Request) -> Refusal | None:
    """Setting aside a decision that opened a case: only once that case is closed."""
    if request.case_id is None:
        return None
    case = Case.objects.filter(pk=request.case_id).first()
    if case is None:
        return Refusal(
            "front_door.case_elsewhere", "Another area holds the case that this decision opened. Ask its front door."
        )
    if case.is_open:
        return Refusal(
            "front_door.case_open", f"A case is open on this decision. Close case {case.reference} first, and say why."
        )
    return None
