"""Pages of programme claims."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.foundation.audit.looks import exported
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import seen_of
from hearth.foundation.ui.page import form_page, render
from hearth.oversight.programmes import actions, forms, queries, rules
from hearth.oversight.programmes.gathering import frameworks
from hearth.oversight.programmes.spreadsheet import file_of


def claims(request: HttpRequest) -> HttpResponse:
    """Claims of the reader's areas, the newest first, each with whether it still holds."""
    refuse(rules.why_not_see_claims(request.user))
    asked = {name: request.GET.get(name, "")[:40] for name in ("framework", "state")}
    context = {
        "page": queries.claims(request.user, **asked, number=request.GET.get("page")),
        "asked": asked, "frameworks": frameworks(), "states": queries.STATES,
        "titles": {each.code: each.title for each in frameworks()},
    }  # fmt: skip
    return render(request, "programmes/claims.html", context)


@require_http_methods(["GET", "POST"])
def download_claims(request: HttpRequest) -> HttpResponseBase:
    """Accepted claims as a file, without names. It leaves the product, so that is on record; its address alone downloads nothing."""
    refuse(rules.why_not_see_claims(request.user))
    if request.method != "POST":
        return HttpResponseRedirect(reverse("claims"))
    rows = queries.accepted(request.user, request.POST.get("framework", "")[:40])
    exported(request.user, "programmes.claims_downloaded", claims=len(rows))
    response = HttpResponse(file_of(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="claims-{clock.today()}.csv"'
    return response


def families_to_claim_for(request: HttpRequest) -> HttpResponseBase:
    """Cases with something reached, under each programme; or straight to the one whose reference was typed."""
    refuse(rules.why_not_see_claims(request.user))
    district, typed = request.GET.get("district", "")[:40], request.GET.get("reference", "")
    found = queries.reference_typed(typed)
    if found:
        return HttpResponseRedirect(reverse("claim_case", args=[found]))
    context = {
        "page": queries.families_to_claim_for(request.user, district, request.GET.get("page")),
        "district": district, "districts": pack().areas.districts, "typed": typed[:30],
    }  # fmt: skip
    return render(request, "programmes/families_to_claim_for.html", context)


def claim_case(request: HttpRequest, reference: str) -> HttpResponse:
    """One case under each programme: every condition with its dated evidence, and what is missing."""
    refuse(rules.why_not_see_claims(request.user))
    context = queries.case_page(request.user, reference)
    context["may_make"] = rules.why_not_make_claims(request.user) is None
    return render(request, "programmes/claim_case.html", context)


def _case(request: HttpRequest, reference: str, framework: str) -> tuple[Any, Any, dict[str, Any]]:
    refuse(rules.why_not_make_claims(request.user))
    found, frame = queries.case_of(request.user, reference), queries.framework_of(framework)
    return found, frame, {"claim_case": found, "framework": frame}


def name_needs(request: HttpRequest, reference: str, framework: str) -> HttpResponseBase:
    """Say which need of the programme each outcome of the plan is about."""
    found, frame, context = _case(request, reference, framework)
    named = {key: row.need for key, row in queries.named_now(request.user, found, frame).items()}
    outcomes = [
        (key, name, label_of(pack().plans.outcome_areas, area)) for key, name, area in queries.names_of_outcomes(found)
    ]
    initial = {
        f"need_{number}": named[key] or forms.NONE for number, (key, _, _) in enumerate(outcomes, 1) if key in named
    }
    return form_page(
        request, "programmes/name_needs.html", forms.NameNeedsForm,
        do=lambda form: actions.name_needs(by=request.user, case=found.id, framework=frame, **form.cleaned_data),
        then=reverse("claim_case", args=[found.reference]), said="It is recorded which need each outcome is about.",
        initial=initial | {"seen": seen_of(named)}, form_kwargs={"outcomes": outcomes, "framework": frame},
        context=context | {"outcomes": outcomes},
    )  # fmt: skip


def look_again(request: HttpRequest, reference: str, framework: str) -> HttpResponseBase:
    """Record that somebody looked again at a need that had been met."""
    found, frame, context = _case(request, reference, framework)
    return form_page(
        request, "programmes/look_again.html", forms.LookAgainForm,
        do=lambda form: actions.look_again(by=request.user, case=found.id, framework=frame, **form.cleaned_data),
        then=reverse("claim_case", args=[found.reference]), said="It is recorded that somebody looked again.",
        form_kwargs={"framework": frame, "hows": queries.HOWS}, context=context,
    )  # fmt: skip


def make_claim(request: HttpRequest, reference: str, framework: str) -> HttpResponseBase:
    """Claim for a family: the evidence is frozen as it stands."""
    found, frame, context = _case(request, reference, framework)
    return form_page(
        request, "programmes/make_claim.html", forms.MakeClaimForm,
        do=lambda form: actions.make_claim(by=request.user, case=found.id, framework=frame, **form.cleaned_data),
        then=lambda made: reverse("claim", args=[made.reference]),
        said=lambda made: f"Claim {made.reference} is made. Somebody else must check it.",
        initial={"as_at": queries.day_for(frame)}, context=context,
    )  # fmt: skip


def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """One claim: its frozen evidence, and whether it still holds."""
    refuse(rules.why_not_see_claims(request.user))
    context = queries.claim_page(request.user, reference)
    context["may_check"] = rules.why_not_check(request.user, context["claim"]) is None
    context["may_withdraw"] = rules.why_not_make_claims(request.user) is None and context["claim"].is_in_force
    return render(request, "programmes/claim.html", context)


def check_claim(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Accept somebody else's claim, or return it with a reason."""
    refuse(rules.why_not_see_claims(request.user))
    context = queries.claim_page(request.user, reference)
    found = context["claim"]
    refuse(rules.why_not_check(request.user, found))
    return form_page(
        request, "programmes/check_claim.html", forms.CheckClaimForm,
        do=lambda form: actions.check_claim(by=request.user, claim=found, **form.cleaned_data),
        then=reverse("claim", args=[reference]), said=lambda done: f"The claim is {done.get_state_display().lower()}.",
        context=context,
    )  # fmt: skip


def withdraw_claim(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take a claim back."""
    refuse(rules.why_not_make_claims(request.user))
    found = queries.claim_of(request.user, reference)
    return form_page(
        request, "programmes/withdraw_claim.html", forms.WithdrawClaimForm,
        do=lambda form: actions.withdraw_claim(by=request.user, claim=found, **form.cleaned_data),
        then=reverse("claim", args=[reference]), said="The claim is withdrawn. It stays on record.",
        context={"claim": found},
    )  # fmt: skip
