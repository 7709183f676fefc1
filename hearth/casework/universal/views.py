"""Pages of universal activity."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.casework.universal import actions, forms, queries
from hearth.casework.universal.spreadsheet import csv_of
from hearth.foundation.audit.looks import exported
from hearth.foundation.core import clock
from hearth.foundation.ui.page import form_page, render


def universal(request: HttpRequest) -> HttpResponse:
    """What was done at level 1: my organisation's, my area's, and totals."""
    form = forms.UniversalForm(request.GET or {"period": "year"}, areas=queries.districts())
    wanted = form.wanted()
    context = {
        "form": form,
        "page": queries.activities(request.user, wanted, request.GET.get("page")),
        "totals": queries.totals(request.user, wanted),
        "area_totals": queries.area_totals(request.user, wanted),
        "kind_words": queries.kind_words,
        "may_record": queries.may_record(request.user),
        "wanted": wanted,
    }
    return render(request, "universal/universal.html", context, partial="results")


@require_http_methods(["GET", "POST"])
def download_universal(request: HttpRequest) -> HttpResponseBase:
    """The list as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("universal"))
    wanted = forms.UniversalForm(request.POST, areas=queries.districts()).wanted()
    rows = list(queries.every_activity(request.user, wanted))
    exported(request.user, "universal.list_downloaded", activities=len(rows))
    response = HttpResponse(csv_of(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="universal-activity-{clock.today()}.csv"'
    return response


def record_universal_activity(request: HttpRequest) -> HttpResponseBase:
    """Record something done for everybody, in a minute."""
    queries.who_records(request.user)
    team = queries.own_team(request.user)
    return form_page(
        request,
        "universal/record_universal_activity.html",
        forms.RecordUniversalActivityForm,
        do=lambda form: actions.record_universal_activity(by=request.user, team=team, **form.cleaned_data),
        then=reverse("universal"),
        said=lambda activity: f"{activity.reference} is recorded. Thank you.",
        initial={
            **queries.usual(request.user),
            "happened_on": clock.today(),
            "area": queries.own_district(request.user),
            "key": str(uuid.uuid4()),
        },
        form_kwargs={"areas": queries.districts()},
        context={"bands": queries.BAND_NAMES},
    )


def universal_activity(request: HttpRequest, reference: str) -> HttpResponse:
    """One activity."""
    found = queries.activity_of(request.user, reference)
    context = _about(found) | {"may_withdraw": queries.may_withdraw(request.user, found)}
    return render(request, "universal/universal_activity.html", context)


def correct_universal_activity(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Record an activity as it should have been, in place of what stood."""
    found = queries.activity_of(request.user, reference)
    return form_page(
        request,
        "universal/correct_universal_activity.html",
        forms.CorrectUniversalActivityForm,
        do=lambda form: actions.correct_universal_activity(by=request.user, activity=found, **form.cleaned_data),
        then=lambda activity: reverse("universal_activity", args=[activity.reference]),
        said="It is corrected. What stood before is kept, and counted nowhere.",
        initial=queries.as_typed(found) | {"key": str(uuid.uuid4())},
        form_kwargs={"areas": queries.districts()},
        context=_about(found) | {"bands": queries.BAND_NAMES},
    )


def withdraw_universal_activity(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take back what was recorded by mistake."""
    found = queries.activity_of(request.user, reference)
    return form_page(
        request,
        "universal/withdraw_universal_activity.html",
        forms.WithdrawUniversalActivityForm,
        do=lambda form: actions.withdraw_universal_activity(by=request.user, activity=found, **form.cleaned_data),
        then=reverse("universal_activity", args=[reference]),
        said="It is taken back, and counted nowhere.",
        context=_about(found),
    )


def _about(found: Any) -> dict[str, Any]:
    return {
        "activity": found,
        "kind_words": queries.kind_words,
        "setting_words": queries.setting_words,
        "achieved": queries.achievement_words(found.achievements),
    }
