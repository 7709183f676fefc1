"""Pages of what people need to learn, and which course answers it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.oversight.quality.workforce.courses.queries import offered
from hearth.oversight.quality.workforce.courses.rules import why_not_lead
from hearth.oversight.quality.workforce.needs import actions, forms, queries

STATES = {
    "open": ("Nothing yet", "red"), "answered": ("A course is there", "blue"), "held": ("A course was held", "green"), "met": ("Met", "green"),
}  # fmt: skip


def training_needs(request: HttpRequest) -> HttpResponse:
    """What panels and audits say people need to learn."""
    refuse(why_not_lead(request.user))
    context = {"needs": queries.needs(request.user), "states": STATES}
    return render(request, "workforce/needs/training_needs.html", context)


def answer_need(request: HttpRequest, key: Any) -> HttpResponseBase:
    """Say which course answers a need."""
    refuse(why_not_lead(request.user))
    need = queries.need_with(request.user, key)
    return form_page(
        request, "workforce/needs/answer_need.html", forms.AnswerNeedForm,
        do=lambda form: actions.answer_need(by=request.user, need=need, **form.cleaned_data),
        then=reverse("training_needs"), said="The course is named, and whoever raised the need is told.",
        form_kwargs={"courses": offered(request.user)}, context={"need": need},
    )  # fmt: skip
