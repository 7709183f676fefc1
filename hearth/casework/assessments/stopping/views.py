"""Pages that stop an assessment and take it up again."""

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.casework.assessments import queries, rules
from hearth.casework.assessments.stopping import actions
from hearth.casework.assessments.stopping.forms import StopAssessmentForm
from hearth.foundation.ui.page import form_page, say


def stop_assessment(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Stop an assessment that will not be finished."""
    case = queries.case_of(request.user, reference)
    latest = queries.newest_of(request.user, case)
    return form_page(
        request,
        "assessments/stop_assessment.html",
        StopAssessmentForm,
        do=lambda form: actions.stop_assessment(by=request.user, assessment=latest, **form.cleaned_data),
        then=reverse("assessment", args=[reference]),
        said="The assessment is stopped. What was written is kept.",
        context={"case": case, "assessment": latest, "refusal": rules.why_not_stop(request.user, latest)},
    )


@require_http_methods(["GET", "POST"])
def take_up_assessment(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take up again what was stopped. Its address alone changes nothing."""
    case = queries.case_of(request.user, reference)
    if request.method == "POST":
        actions.take_up_assessment(by=request.user, assessment=queries.newest_of(request.user, case))
        say(request, "The assessment goes on where it was left.")
    return HttpResponseRedirect(reverse("assessment", args=[reference]))
