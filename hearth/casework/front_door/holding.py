"""Holding a request while it is changed."""

from hearth.casework.front_door.models import Request


def hold(request: Request) -> Request:
    """The row as it is now, held until the transaction ends: two people deciding at once wait for each other here."""
    request.hold()
    return request
