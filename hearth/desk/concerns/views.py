"""Pages of families of concern: the list, one of them, and deciding on it."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.casework.front_door.rules import asks_for_assessment, why_not_ask
from hearth.desk.concerns import actions, forms, queries
from hearth.desk.concerns import rules as offering
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render, say
from hearth.intelligence.insight import actions as insight_actions
from hearth.intelligence.insight import queries as insight
from hearth.intelligence.insight import rules, wording


def families_of_concern(request: HttpRequest) -> HttpResponse:
    """Families of concern of the reader's areas, those with most flags first."""
    refuse(rules.why_not_see_concerns(request.user))
    run = insight.current_run(request.user)
    hidden = insight.not_permitted(request.user, run)
    asked = {name: request.GET.get(name, "")[:60] for name in ("area", "rule", "decided")}
    known = insight.rules_now()
    context = {
        "page": insight.families(request.user, hidden, page=request.GET.get("page"), **asked),
        "asked": asked, "run": run, "hidden": dict.fromkeys(hidden.values()), "rules": known,
        "districts": pack().areas.districts, "may_work_out": rules.why_not_work_out(request.user) is None,
    }  # fmt: skip
    return render(request, "desk/concerns/families_of_concern.html", context)


def family_of_concern(request: HttpRequest, reference: str) -> HttpResponse:
    """One family of concern: which rules, on which evidence, how fresh, what is not known, who works with them."""
    refuse(rules.why_not_see_concerns(request.user))
    context = queries.concern_page(request.user, reference)
    context["may_offer"] = context["stand"] and _may_offer(request.user, context["concern"])
    return render(request, "desk/concerns/family_of_concern.html", context)


def _may_offer(user: Any, family: Any) -> bool:
    return why_not_ask(user, "partner") is None and offering.why_not_offer(family) is None


def _deciding(request: HttpRequest, reference: str, which: Any = insight.open_flags) -> tuple[Any, list[Any], Any]:
    refuse(rules.why_not_see_concerns(request.user))
    family = insight.family_of(request.user, reference)
    run = insight.current_run(request.user)
    hidden = insight.not_permitted(request.user, run)
    return family, wording.shown(which(family, hidden), family, insight.rules_now(), run), hidden


def confirm_flags(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say that flags are right."""
    family, flags, _ = _deciding(request, reference)
    return form_page(
        request, "desk/concerns/confirm_flags.html", forms.ConfirmFlagsForm,
        do=lambda form: insight_actions.confirm_flags(by=request.user, family=family, **form.cleaned_data),
        then=reverse("family_of_concern", args=[reference]),
        said="The flags are confirmed." + (" You may offer help now." if _may_offer(request.user, family) else ""),
        form_kwargs={"flags": flags}, context={"concern": family},
    )  # fmt: skip


def dismiss_flags(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say that flags are wrong, or no sign of need."""
    family, flags, _ = _deciding(request, reference)
    return form_page(
        request, "desk/concerns/dismiss_flags.html", forms.DismissFlagsForm,
        do=lambda form: insight_actions.dismiss_flags(by=request.user, family=family, **form.cleaned_data),
        then=reverse("families_of_concern"), said="The flags are dismissed. They do not return on the same evidence.",
        form_kwargs={"flags": flags}, context={"concern": family},
    )  # fmt: skip


def offer_help(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Offer the family help: a request opens at the front door of their district."""
    family, flags, hidden = _deciding(request, reference, insight.standing_flags)
    refuse(why_not_ask(request.user, "partner") or offering.why_not_offer(family))

    def do(form: Any) -> Any:
        given = dict(form.cleaned_data)
        return actions.offer_help(
            by=request.user, family=family, flags=given.pop("flags"), area=queries.area_of(given.pop("area")),
            people=queries.typed_people(family, hidden), **given,
        )  # fmt: skip

    return form_page(
        request, "desk/concerns/offer_help.html", forms.OfferHelpForm, do=do, draft=False,
        then=reverse("family_of_concern", args=[reference]), said=lambda sent: f"Help is offered: request {sent.reference} is with the front door.",
        initial={"key": str(uuid.uuid4()), "words": queries.first_words(flags), "area": family.area.code if family.area else ""},
        form_kwargs={"flags": flags, "asks_for_assessment": asks_for_assessment("partner")},
        context={"concern": family, "people": queries.typed_people(family, hidden), "authority_phone": pack().authority.phone},
    )  # fmt: skip


def record_family_told(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Record whether and how the family was told."""
    refuse(rules.why_not_see_concerns(request.user))
    family = insight.family_of(request.user, reference)
    return form_page(
        request, "desk/concerns/record_family_told.html", forms.RecordFamilyToldForm,
        do=lambda form: insight_actions.record_family_told(by=request.user, family=family, **form.cleaned_data),
        then=reverse("family_of_concern", args=[reference]), said="It is recorded.",
        form_kwargs={"ways": insight.WAYS_OF_TELLING}, context={"concern": family},
    )  # fmt: skip


@require_POST
def undo_flag_decision(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take a decision back."""
    refuse(rules.why_not_see_concerns(request.user))
    decision = queries.decision_of(insight.family_of(request.user, reference), number)
    if decision is None:
        raise Http404
    insight_actions.undo_flag_decision(by=request.user, decision=decision)
    say(request, "The decision is taken back. The flag waits to be decided again.")
    return HttpResponseRedirect(reverse("family_of_concern", args=[reference]))
