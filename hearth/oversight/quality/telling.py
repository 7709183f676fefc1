"""Messages about audits: that there is something to do, and where. They name no family."""

from typing import Any

from django.urls import reverse

from hearth.foundation.messages.actions import send
from hearth.oversight.quality.models import Audit


def tell(by: Any, to: Any, template: str, audit: Audit, key: Any) -> None:
    """Tell somebody, once for each `key`; nobody is told of what they did themselves."""
    if to is not None and to.id != by.id:
        send(by=by, to=to, template=template, link=reverse("audit", args=[audit.reference]), key=f"{template}:{key}")
