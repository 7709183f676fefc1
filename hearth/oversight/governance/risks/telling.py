"""Messages about risks: that there is something to do or to know, and where. They say nothing of what the risk is."""

from typing import Any

from django.urls import reverse

from hearth.foundation.messages.actions import send


def tell(by: Any, to: Any, template: str, risk: Any, key: str, *, also_oneself: bool = False) -> bool:
    """Tell somebody, once for each `key`. Of what they did themselves nobody is told; of what is late the owner is, in whose name it is."""
    if to is None or not to.is_active or (to.pk == by.pk and not also_oneself):
        return False
    send(by=by, to=to, template=template, link=reverse("risk", args=[risk.reference]), key=f"{template} {key} {to.pk}")
    return True
