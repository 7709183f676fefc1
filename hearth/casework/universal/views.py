"""Pages of universal activity."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.casework.universal import actions, forms, queries
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
    }
    return render(request, "universal/universal.html", context, partial="results")


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
        initial={"happened_on": clock.today(), "area": queries.own_district(request.user), "key": str(uuid.uuid4())},
        form_kwargs={"areas": queries.districts()},
    )


def universal_activity(request: HttpRequest, reference: str) -> HttpResponse:
    """One activity."""
    found = queries.activity_of(request.user, reference)
    context = _about(found) | {"may_withdraw": queries.may_withdraw(request.user, found)}
    return render(request, "universal/universal_activity.html", context)


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
