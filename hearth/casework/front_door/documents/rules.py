"""Who may add to the documents of a request and take from them."""

from typing import Any

from hearth.casework.front_door.models import Request, State
from hearth.casework.front_door.rules import why_not_answer
from hearth.foundation.core.refusals import Refusal


def decides(user: Any, request: Request) -> bool:
    """Whether the user decides at the request's front door: they may withdraw what anybody added."""
    return bool(request.area and user.may("decide_request", request.area))


def why_not_add_document(user: Any, request: Request) -> Refusal | None:
    """Adding: whoever asked, before it is sent and until it is decided; and the front door that decides."""
    if request.made_by_id == user.id and request.state == State.STARTED:
        return None
    if request.is_undecided and (request.made_by_id == user.id or decides(user, request)):
        return None
    return why_not_answer(user, request) or Refusal("front_door.no_documents", "Documents cannot be added to this now.")
