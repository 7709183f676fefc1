"""Pages of other authorities' directories: read one in, and see what became of its entries."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.records.directory import rules
from hearth.records.directory.reading import actions, forms, queries


def directory_runs(request: HttpRequest) -> HttpResponse:
    """Readings of other directories."""
    context = {"page": queries.runs(request.user, request.GET.get("page")), "feeds": queries.named_feeds()}
    return render(request, "directory/directory_runs.html", context)


def start_directory_run(request: HttpRequest) -> HttpResponseBase:
    """Read one of the directories that the setting names."""
    refuse(rules.why_not_steward(request.user))
    return form_page(
        request,
        "directory/start_directory_run.html",
        forms.ReadDirectoryForm,
        do=lambda form: actions.start_directory_run(by=request.user, **form.said()),
        then=lambda run: reverse("directory_run", args=[run.reference]),
        form_kwargs={"feeds": queries.named_feeds()},
        draft=False,
    )


def directory_run(request: HttpRequest, reference: str) -> HttpResponse:
    """One reading: how far it is, what became of its entries, and what was set aside."""
    run = queries.run_of(request.user, reference)
    context = {
        "run": run,
        "page": queries.set_aside(request.user, run, request.GET.get("page")),
        "going": run.state in ("waiting", "reading"),
    }
    return render(request, "directory/directory_run.html", context, partial="progress")
