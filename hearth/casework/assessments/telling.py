"""Messages about assessments: that there is news, and where to read it."""

from typing import Any

from django.urls import reverse

from hearth.casework.assessments.models import Assessment, Status
from hearth.foundation.messages.actions import send


def tell(by: Any, to: Any, template: str, assessment: Assessment) -> None:
    """Tell somebody, once for each step that an assessment takes; nobody is told of what they did themselves."""
    if to is None or to.id == by.id:
        return
    returned = assessment.status == Status.RETURNED  # to be worked on: that page begins with the comments
    link = (
        reverse("assessment", args=[assessment.case.reference])
        if returned
        else reverse("read_assessment", args=[assessment.reference])
    )
    send(by=by, to=to, template=template, link=link, key=f"{template}:{assessment.reference}:{assessment.version}")
