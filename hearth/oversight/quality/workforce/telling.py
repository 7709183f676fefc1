"""Messages about courses and training: that there is something to see, and where. They name nobody but by whom they are read."""

from typing import Any

from django.urls import reverse

from hearth.foundation.messages.actions import send
from hearth.oversight.quality.workforce.models import CourseRun


def tell(by: Any, to: Any, template: str, run: CourseRun, key: Any) -> None:
    """Tell somebody of a run, once for each `key`; nobody is told of what they did themselves, or after they left."""
    if to.id != by.id and to.is_active:
        send(by=by, to=to, template=template, link=reverse("course_run", args=[run.reference]), key=f"{template}:{key}")
