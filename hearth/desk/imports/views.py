"""Pages for sending a workbook and for the account of its rows."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django_htmx.http import HttpResponseClientRefresh

from hearth.desk.imports import actions, queries, rules
from hearth.desk.imports.forms import ImportWorkbookForm
from hearth.desk.imports.workbook import TITLES
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.foundation.ui.rendering import wants_part


def imports(request: HttpRequest) -> HttpResponse:
    """Workbooks the reader has read in."""
    refuse(rules.why_not_import(request.user))
    return render(request, "imports/imports.html", {"runs": queries.runs(request.user)})


def import_workbook(request: HttpRequest) -> HttpResponseBase:
    """Send a workbook."""
    refuse(rules.why_not_import(request.user))
    return form_page(
        request,
        "imports/import_workbook.html",
        ImportWorkbookForm,
        do=lambda form: actions.import_workbook(
            by=request.user,
            area=queries.area_coded(form.cleaned_data["area_code"]),
            source=form.cleaned_data["source"],
            file_name=form.cleaned_data["workbook"].name,
            content=form.cleaned_data["workbook"].read(),
        ),
        then=lambda run: reverse("import_account", args=[run.reference]),
        said="The workbook is being read. This page shows how far it has got.",
    )


def import_account(request: HttpRequest, reference: str) -> HttpResponse:
    """What became of each row."""
    refuse(rules.why_not_import(request.user))
    run, only = queries.run_of(request.user, reference), request.GET.get("only", "")
    if wants_part(request) and run.finished_at:  # the page asked how far it has got: its rows are shown whole now
        return HttpResponseClientRefresh()
    account = queries.account_of(run)
    context = {
        "run": run,
        "account": account,
        "lists": TITLES,
        "read": sum(sum(counts.values()) for counts in account.values()),
        "only": only,
        "page": queries.rows_of(run, only=only, page=request.GET.get("page")),
    }
    return render(request, "imports/import_account.html", context, partial="progress")
