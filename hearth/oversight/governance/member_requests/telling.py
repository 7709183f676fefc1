"""Messages about members' requests: that there is something to do or to know, and where. They say nothing of what was asked."""

from typing import Any

from django.urls import reverse

from hearth.foundation.messages.actions import send


def tell(by: Any, to: Any, template: str, request: Any, key: str, *, also_oneself: bool = False) -> bool:
    """Tell somebody, once for each `key`. Of what they did themselves nobody is told; of what is due the owner is, in whose name it is."""
    if to is None or not to.is_active or (to.pk == by.pk and not also_oneself):
        return False
    link = reverse("member_request", args=[request.reference])
    send(by=by, to=to, template=template, link=link, key=f"{template} {key} {to.pk}")
    return True
