"""Pages of projects planned against achieved."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from hearth.foundation.audit.looks import exported
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.oversight.performance import rules, tables
from hearth.oversight.performance.projects import actions, forms, queries
from hearth.oversight.performance.queries import day_named
from hearth.records.money.downloads import as_file


def _told(request: HttpRequest, data: Any) -> queries.Told | None:
    refuse(rules.why_not_see_performance(request.user))
    found = queries.project_named(request.user, data.get("project", ""))
    return queries.told(request.user, found, queries.day_of(found, day_named(data.get("as_at", "")))) if found else None


def project(request: HttpRequest) -> HttpResponse:
    """A project as at a day: what was planned, what was achieved, and the word for it."""
    told = _told(request, request.GET)
    context = {
        "told": told,
        "form": forms.ProjectForm(
            request.GET if request.GET else None,
            projects=[(each.code, each.label) for each in queries.projects(request.user)],
            days=[(day.isoformat(), f"{day.day} {day:%B %Y}") for day in told.project.days] if told else [],
        ),
        "history": queries.history(request.user, told.project, told.as_at) if told else [],
        "may_type": rules.why_not_type(request.user) is None,
    }
    return render(request, "performance/project.html", context, partial="results")


@require_http_methods(["GET", "POST"])
def download_project(request: HttpRequest) -> HttpResponseBase:
    """The table as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    told = _told(request, request.POST)
    if request.method != "POST" or told is None:
        return HttpResponseRedirect(reverse("project"))
    exported(request.user, "performance.project_downloaded", project=told.project.code, as_at=told.as_at)
    return as_file(tables.of_project(told), request.POST.get("as", ""))


def type_figure(request: HttpRequest, project: str, row: str, as_at: str) -> HttpResponseBase:
    """Type what a row had reached by a day."""
    found, line, day = queries.row_to_type(request.user, project, row, as_at)
    back = _back(project, as_at)
    if queries.figure_of(request.user, project, row, day) is not None and request.method == "GET":
        return HttpResponseRedirect(reverse("change_figure", args=[project, row, as_at]))
    return form_page(
        request, "performance/type_figure.html", forms.TypeFigureForm,
        do=lambda form: actions.type_figure(by=request.user, project=project, row=row, as_at=day, **form.cleaned_data),
        then=back, said="It is typed, in your name.", form_kwargs={"row": line},
        context={"project": found, "row": line, "as_at": day, "back": back, "profile": line.profile(day)},
    )  # fmt: skip


def change_figure(request: HttpRequest, project: str, row: str, as_at: str) -> HttpResponseBase:
    """Change what was typed, saying why."""
    found, line, day = queries.row_to_type(request.user, project, row, as_at)
    typed = queries.figure_of(request.user, project, row, day)
    if typed is None:
        return HttpResponseRedirect(reverse("type_figure", args=[project, row, as_at]))
    back = _back(project, as_at)
    return form_page(
        request, "performance/change_figure.html", forms.ChangeFigureForm,
        do=lambda form: actions.change_figure(by=request.user, typed=typed, **form.cleaned_data),
        then=back, said="It is changed, and what it was stands in the history.", form_kwargs={"row": line},
        initial=queries.as_typed(typed),
        context={"project": found, "row": line, "as_at": day, "back": back, "profile": line.profile(day)},
    )  # fmt: skip


def _back(project: str, as_at: str) -> str:
    return f"{reverse('project')}?{urlencode({'project': project, 'as_at': as_at})}"
