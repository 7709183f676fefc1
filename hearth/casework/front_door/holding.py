"""Holding a request while it is changed."""

from hearth.casework.front_door.models import Request


def hold(request: Request) -> Request:
    """The row as it is now, held until the transaction ends: two people deciding at once wait for each other here.

    Whoever may not change the row cannot hold it either: they get what they came with, for the rule to refuse.
    """
    return Request.objects.select_for_update(no_key=True).filter(pk=request.pk).first() or request
