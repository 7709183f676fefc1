"""The page on which whoever organised a run says who was there."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page
from hearth.oversight.quality.workforce.attendance import actions, forms, queries
from hearth.oversight.quality.workforce.courses import rules
from hearth.oversight.quality.workforce.courses.queries import run_of


def record_attendance(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say who was there."""
    refuse(rules.why_not_see(request.user))
    run = run_of(request.user, reference)
    rows = queries.to_attend(request.user, run)
    refuse(rules.why_not_record_attendance(request.user, run, {each.person_id for each in rows}, ()))
    by_reference = {each.person.reference: each for each in rows}

    def do(form: Any) -> object:
        attended = {by_reference[each].person_id for each in form.cleaned_data["attended"]}
        return actions.record_attendance(by=request.user, run=run, attended=attended)

    people = [(key, f"{each.person.full_name}, {each.organisation.name}") for key, each in by_reference.items()]
    return form_page(
        request, "workforce/courses/record_attendance.html", forms.RecordAttendanceForm, do=do,
        then=reverse("course_run", args=[reference]), said="Who was there is recorded, and they have their certificates.",
        initial={"attended": [key for key, each in by_reference.items() if each.state == "attended"]},
        form_kwargs={"people": people}, context={"run": run},
    )  # fmt: skip
