"""Pages on which a report is approved, sent back and published."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page
from hearth.oversight.performance.reports import queries, rules
from hearth.oversight.performance.reports.approving import actions, forms


def approve_report(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Approve it: from then on nothing in it changes."""
    found = queries.report_of(request.user, reference)
    if request.method != "POST":  # of a page that is sent again, the action tells what became of it
        refuse(rules.why_not_decide(request.user, found, queries.writers(found)))
    return form_page(
        request, "reports/approve_report.html", forms.ApproveReportForm,
        do=lambda form: actions.approve_report(by=request.user, report=found),
        then=reverse("report", args=[reference]), said="It is approved. Its figures and words are frozen.",
        context={"report": found},
    )  # fmt: skip


def send_back_report(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Send it back, with what is to be changed."""
    found = queries.report_of(request.user, reference)
    if request.method != "POST":
        refuse(rules.why_not_decide(request.user, found, queries.writers(found)))
    return form_page(
        request, "reports/send_back_report.html", forms.SendBackReportForm,
        do=lambda form: actions.send_back_report(by=request.user, report=found, **form.cleaned_data),
        then=reverse("report", args=[reference]), said="It is sent back to whoever writes it.", context={"report": found},
    )  # fmt: skip


def publish_report(request: HttpRequest, reference: str) -> HttpResponseBase:
    """What everybody would read, and the way to publish it."""
    found = queries.report_of(request.user, reference)
    published = any(each.is_public for each in queries.editions(request.user, found))
    if request.method != "POST":
        refuse(rules.why_not_publish(request.user, found, published=published))
    preview = actions.public_content(request.user, found)[0] if request.method != "POST" else None
    return form_page(
        request, "reports/publish_report.html", forms.PublishReportForm,
        do=lambda form: actions.publish_report(by=request.user, report=found, **form.cleaned_data),
        then=reverse("report", args=[reference]), said="It is published. Everybody can read it.",
        context={"report": found, "content": preview},
    )  # fmt: skip
