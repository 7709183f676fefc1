"""Pages on which a case study is told, changed and taken out."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page
from hearth.oversight.performance.reports import queries, rules
from hearth.oversight.performance.reports.studies import actions, forms


def add_case_study(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Tell a case study."""
    found = queries.report_of(request.user, reference)
    refuse(rules.why_not_write(request.user, found))
    return form_page(
        request, "reports/add_case_study.html", forms.AddCaseStudyForm,
        do=lambda form: actions.add_case_study(by=request.user, report=found, **form.cleaned_data),
        then=reverse("report", args=[reference]), said="The case study is in the report.", context={"report": found},
    )  # fmt: skip


def change_case_study(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Change one."""
    found = queries.report_of(request.user, reference)
    study = queries.study_of(request.user, found, number)
    refuse(rules.why_not_write(request.user, found) or rules.why_not_withdraw(request.user, found, study.withdrawn_at))
    return form_page(
        request, "reports/change_case_study.html", forms.ChangeCaseStudyForm,
        do=lambda form: actions.change_case_study(by=request.user, study=study, **form.cleaned_data),
        then=reverse("report", args=[reference]), said="The case study is changed.", initial=queries.as_told(study),
        context={"report": found, "study": study},
    )  # fmt: skip


def withdraw_case_study(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Take one out, from what is published too."""
    found = queries.report_of(request.user, reference)
    study = queries.study_of(request.user, found, number)
    if request.method != "POST":
        refuse(rules.why_not_withdraw(request.user, found, study.withdrawn_at))
    return form_page(
        request, "reports/withdraw_case_study.html", forms.WithdrawCaseStudyForm,
        do=lambda form: actions.withdraw_case_study(by=request.user, study=study),
        then=reverse("report", args=[reference]), said="It is taken out, and its words are gone.",
        context={"report": found, "study": study},
    )  # fmt: skip
