"""Who may ask for help, and how, and the sentence when they may not."""

from collections.abc import Mapping, Sequence
from typing import Any

from hearth.casework.front_door.models import Channel, Request, State
from hearth.casework.front_door.typed import TypedPerson
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refusal

PERMISSION = {
    Channel.PARTNER: "ask_for_help",
    Channel.PHONE: "note_telephone_request",
    Channel.STEP_DOWN: "request_step_down",
}

SENT = "This request has been sent."


def asker_of(channel: str) -> Any:
    """The pack's way in for a channel: social care is asked what a partner is asked."""
    return pack().request_form.asker("partner" if channel == Channel.STEP_DOWN else channel)


def asks_for_assessment(channel: str) -> bool:
    """Whether a request must be backed by a whole-family assessment, or say why not. Social care has made its own."""
    return channel == Channel.PARTNER and asker_of(channel).asks_for_assessment


def why_not_ask(user: Any, channel: str) -> Refusal | None:
    """Beginning a request by one of the ways in that need a sign-in."""
    permission = PERMISSION.get(Channel(channel))
    if permission is None or not user.may(permission):
        return Refusal(
            "front_door.may_not_ask", "Your role does not let you ask for help this way. Ring the front door instead."
        )
    return None


def why_not_ask_in(area: Any) -> Refusal | None:
    """Asking for a place where early help has not opened."""
    if area.goes_live_on is None or area.goes_live_on <= clock.today():
        return None
    day, phone = area.goes_live_on, pack().authority.phone
    return Refusal(
        "front_door.area_not_live",
        f"Requests for {area.name} start on {day.day} {day:%B} {day.year}."
        f" Until then, ring {phone} and we will help you find somebody.",
    )


def why_not_write(user: Any, request: Request) -> Refusal | None:
    """Writing, sending or throwing away a request: whoever began it, until it is sent."""
    if request.made_by_id != user.id:
        return Refusal("front_door.not_yours", "Only the person who began this request can go on with it.")
    if request.state != State.STARTED:
        return Refusal("front_door.sent", f"{SENT} Open it to add something.")
    return None


def why_not_send(request: Request, area: Any, people: Sequence[TypedPerson], said: Mapping[str, Any]) -> Refusal | None:
    """Sending: every request names why, who, and whether the family agreed, whatever the page forgot."""
    if not people:
        return Refusal("front_door.nobody_named", "Name at least one person in the family.")
    if not said.get("reasons") and not said.get("worries"):
        return Refusal("front_door.no_reason", "Say why help is needed.")
    if not said.get("consent"):
        return Refusal("front_door.no_consent_answer", "Say whether the family has agreed to this request.")
    if asks_for_assessment(request.channel) and not (said.get("has_assessment") or said.get("no_assessment_reason")):
        return Refusal(
            "front_door.no_assessment", "Say whether a whole-family assessment is behind this request, or why not."
        )
    return why_not_ask_in(area)


def why_not_answer(user: Any, request: Request) -> Refusal | None:
    """Adding to a request that is being decided: whoever made it."""
    if request.made_by_id != user.id:
        return Refusal("front_door.not_yours", "Only the person who made this request can add to it.")
    if not request.is_undecided:
        return Refusal(
            "front_door.decided", "This request has been answered. Ring the front door, or make a new request."
        )
    return None


def why_not_withdraw(user: Any, request: Request) -> Refusal | None:
    """Taking a request back: whoever made it, until it is decided."""
    return why_not_answer(user, request)


def why_not_see_organisation(user: Any) -> Refusal | None:
    """Reading what one's organisation asked for: its managers."""
    if user.may("see_requests_of_organisation") and not user.organisation.is_authority:
        return None
    return Refusal(
        "front_door.not_manager", "Only a manager of a partner organisation has this list. Yours is “My requests”."
    )
