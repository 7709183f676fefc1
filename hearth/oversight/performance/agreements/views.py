"""Pages of a district's service-level agreement."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.oversight.performance.agreements import actions, forms, queries
from hearth.oversight.performance.rules import why_not_see_performance


def service_level_agreement(request: HttpRequest) -> HttpResponse:
    """What a district aims for, the authority's targets and its own, beside what was reached."""
    refuse(why_not_see_performance(request.user))
    wanted = forms.AgreementForm(request.GET).wanted()
    found = queries.agreement(request.user, wanted)
    context = {
        "form": forms.AgreementForm({"area": found.area.code}),
        "found": found,
        "history": queries.history(request.user, found.area),
    }
    return render(request, "performance/service_level_agreement.html", context, partial="results")


def set_local_target(request: HttpRequest, area: str) -> HttpResponseBase:
    """Add a target to a district's agreement."""
    found = queries.area_to_set(request.user, area)
    return form_page(
        request, "performance/set_local_target.html", forms.SetLocalTargetForm,
        do=lambda form: actions.set_local_target(by=request.user, area=found, **form.cleaned_data),
        then=_back(area), said="It is added to the agreement.", context={"area": found, "back": _back(area)},
        initial={"measure": request.GET.get("measure", "")},
    )  # fmt: skip


def change_local_target(request: HttpRequest, area: str, measure: str, from_on: str) -> HttpResponseBase:
    """Change a target whose first quarter is not over."""
    found = queries.target_to_change(request.user, area, measure, from_on)
    return form_page(
        request, "performance/change_local_target.html", forms.ChangeLocalTargetForm,
        do=lambda form: actions.change_local_target(by=request.user, target=found, **form.cleaned_data),
        then=_back(area), said="It is changed, and what it was stands in the history.", initial=queries.as_set(found),
        context={"target": found, "measure": pack().measures.measure(measure), "back": _back(area)},
    )  # fmt: skip


def _back(area: str) -> str:
    return f"{reverse('service_level_agreement')}?{urlencode({'area': area})}"
