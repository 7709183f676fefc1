"""Pages of audits: what there is for the reader, one audit, grading it, moderation, findings and the reply."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hearth.foundation.audit.looks import looked
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import seen_of
from hearth.foundation.ui.page import form_page, render, say
from hearth.oversight.quality import actions, forms, queries, rules, shown
from hearth.oversight.quality.samples import queries as drawn
from hearth.oversight.quality.setup import tool_of


def _page(reference: str) -> str:
    return reverse("audit", args=[reference])


def audits(request: HttpRequest) -> HttpResponse:
    """What there is for the reader: to grade, to lead, findings of their own work; and samples for whoever leads."""
    refuse(rules.why_not_see_audits(request.user))
    return render(request, "quality/audits.html", shown.overview(request.user, request.GET.get("page")))


@never_cache
def audit(request: HttpRequest, reference: str) -> HttpResponse:
    """One audit: for its auditor what to grade, for a lead where it has got to, for the worker the findings."""
    found = queries.audit_of(request.user, reference)
    looked(request.user, "quality.audit_opened", family=found.family_id, subject=found)
    return render(request, "quality/audit.html", shown.one(request.user, found))


@require_GET
def audit_tool(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """The questions of one version of a tool, and how it is scored."""
    refuse(rules.why_not_see_audits(request.user))
    found = queries.tool_with(code, version)
    return render(request, "quality/audit_tool.html", {"version": found, "tool": tool_of(found.pk)})


@require_POST
def begin_audit(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Open the assessment for the audit alone."""
    found = queries.audit_of(request.user, reference)
    actions.begin_audit(by=request.user, audit=found, grade=queries.own_grade(request.user, found))
    say(request, "The assessment is open to you for this audit. Every look at it is on record.")
    return HttpResponseRedirect(_page(reference))


@never_cache
def grade_part(request: HttpRequest, reference: str, part: str) -> HttpResponseBase:
    """Grade the items of one part."""
    found = queries.audit_of(request.user, reference)
    grade = queries.own_grade(request.user, found)
    refuse(rules.why_not_grade(request.user, grade))
    context = shown.part_of(request.user, found, grade, part)
    if request.method == "GET":  # what is sent is in the trail by what it does
        looked(request.user, "quality.part_opened", family=found.family_id, subject=found, part=part)
    held = context.pop("held")
    return form_page(
        request, "quality/grade_part.html", forms.GradePartForm,
        do=lambda form: actions.grade_part(by=request.user, audit=found, grade=grade, part=part, **form.cleaned_data),
        then=context["next"] or _page(reference), said="What you graded is saved.",
        initial=shown.as_typed(held) | {"seen": seen_of({item: (each.answer, each.comment) for item, each in held.items()})},
        form_kwargs={"part": context["part"]}, context=context,
    )  # fmt: skip


def finish_audit(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Hand the grade in, with the score that it comes to."""
    found = queries.audit_of(request.user, reference)
    grade = queries.own_grade(request.user, found)
    refuse(rules.why_not_grade(request.user, grade))
    if request.method == "GET":  # what is sent is in the trail by what it does
        looked(request.user, "quality.grade_opened", family=found.family_id, subject=found)
    return form_page(
        request, "quality/finish_audit.html", forms.FinishAuditForm,
        do=lambda form: actions.finish_audit(by=request.user, audit=found, grade=grade),
        then=_page(reference), said="Your grade is in. The family’s record is closed to you again.",
        context=shown.grading(request.user, found, grade) | {"audit": found},
    )  # fmt: skip


def change_auditor(request: HttpRequest, reference: str, place: int) -> HttpResponseBase:
    """Give a grade to somebody else, or more days to the same person."""
    found = queries.led_audit(request.user, reference)
    grade = queries.grade_at(request.user, found, place)
    return _form(
        request, found, forms.ChangeAuditorForm, actions.change_auditor, "It is given, and they are told.",
        grade=grade, form_kwargs={"auditors": drawn.auditors_in([found.area_id])}, context={"grade": grade},
    )  # fmt: skip


def leave_out_audit(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Leave an assessment out of its sample."""
    found = queries.led_audit(request.user, reference)
    return _form(
        request,
        found,
        forms.LeaveOutAuditForm,
        actions.leave_out_audit,
        "It is left out, and nobody grades it any more.",
    )


def moderate_audit(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Decide where two auditors differ."""
    found = queries.led_audit(request.user, reference)
    differs = queries.to_moderate(request.user, found)
    return _form(
        request, found, forms.ModerateAuditForm, actions.moderate_audit, "It is moderated. Now send the findings.",
        form_kwargs={"differs": differs}, context={"differs": differs},
    )  # fmt: skip


def send_findings(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Send the findings to whoever wrote the assessment."""
    found = queries.led_audit(request.user, reference)
    return _form(
        request, found, forms.SendFindingsForm, actions.send_findings, "The findings are sent, and the worker is told.",
        context={"parts": queries.results_of(request.user, found), "score": queries.with_items(request.user, [found]).get(found.pk)},
    )  # fmt: skip


def reply_to_findings(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say what one thinks of the findings."""
    found = queries.audit_of(request.user, reference)
    return _form(
        request,
        found,
        forms.ReplyToFindingsForm,
        actions.reply_to_findings,
        "Your answer is sent to whoever sent the findings.",
    )


def add_audit_action(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Write down something to do after an audit."""
    found = queries.audit_of(request.user, reference)
    return _form(request, found, forms.AddAuditActionForm, actions.add_audit_action, "It is written down.")


def finish_audit_action(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Say what was done."""
    found = queries.audit_of(request.user, reference)
    to_do = queries.action_of(request.user, found, number)
    return _form(
        request, found, forms.FinishAuditActionForm, actions.finish_audit_action, "It is done.", to_do=to_do, context={"to_do": to_do},
    )  # fmt: skip


def _form(
    request: HttpRequest, found: Any, form: Any, do: Callable[..., Any], said: str, *, context: dict[str, Any] | None = None,
    form_kwargs: dict[str, Any] | None = None, **more: Any,
) -> HttpResponseBase:  # fmt: skip
    shown.may_open(request.user, found, do.__name__)
    if request.method == "GET":  # what is sent is in the trail by what it does
        looked(request.user, f"quality.{do.__name__}_opened", family=found.family_id, subject=found)
    return form_page(
        request, f"quality/{do.__name__}.html", form,
        do=lambda typed: do(by=request.user, audit=found, **more, **typed.cleaned_data),
        then=_page(found.reference), said=said, context={"audit": found} | (context or {}), form_kwargs=form_kwargs or {},
    )  # fmt: skip
