"""The desk's pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.casework.cases.holding.queries import teams_of_authority
from hearth.casework.cases.steps.queries import held_step_ups
from hearth.casework.cases.workload.queries import workload
from hearth.casework.front_door.documents.queries import documents_of_family
from hearth.casework.front_door.queries import my_unanswered, why_asked
from hearth.casework.panels.items.rules import why_not_propose
from hearth.desk import chronology as chronicle
from hearth.desk import queries, starting
from hearth.desk.changes import changed_since
from hearth.desk.forms import ChronologyForm, WorkForm
from hearth.desk.frame import pages_of_case
from hearth.desk.panel.rules import sits_on_panel
from hearth.desk.visits import since_last_here
from hearth.desk.waiting import waiting_for
from hearth.desk.words import level_words, stage_words
from hearth.desk.workload import workload_sheet
from hearth.foundation.audit.looks import exported, looked, searched
from hearth.foundation.core import clock
from hearth.foundation.ui.listing import sorting
from hearth.foundation.ui.page import render
from hearth.intelligence.insight.involvement.queries import family_view
from hearth.records.money.budgets.queries import budgets_held
from hearth.records.money.downloads import as_file
from hearth.records.people.queries import family_of, how_to_reach

SHOWN = 10  # of each list on the first page; the rest is one link away


def home(request: HttpRequest) -> HttpResponse:
    """My work: what waits, what is due, my cases, and what changed since. Without families: what my role is for."""
    if not request.user.may("work_case"):
        return render(request, "desk/start.html", starting.start_of(request.user))
    reader, since = request.user, since_last_here(request)
    waiting, due, cases = waiting_for(reader), queries.due_counts(reader), queries.cases(reader, queries.Wanted("led"))
    context = {
        "waiting": waiting,
        "due": queries.due_for(reader, size=SHOWN),
        "due_counts": due,
        "late": due["late"] + sum(each.late for each in waiting),
        "late_at": _where("late", due, waiting),
        "week": due["week"] + sum(each.week for each in waiting),
        "week_at": _where("week", due, waiting),
        "today": clock.today(),
        "leads": f"{len(cases.rows)}+" if cases.more else len(cases.rows),
        "shown": SHOWN,
        "since": since,
        "stage_words": stage_words(),
        "cases": cases,
        "held": held_step_ups(reader) if reader.may("decide_step_up") else [],
        "changes": changed_since(reader, since),
        "panel": sits_on_panel(reader),
        "asked": my_unanswered(reader),
        "budgets": budgets_held(reader),
    }
    return render(request, "desk/home.html", context)


def _where(when: str, due: dict[str, int], waiting: list[Any]) -> str:
    """Where what is late, or due in a week, is: the list of what is due, the one queue that has it, or both on this page."""
    queues = [each.url for each in waiting if getattr(each, when)]
    if not queues:
        return reverse("to_do", query={"due": when})
    return queues[0] if len(queues) == 1 and not due[when] else "#to-do"


def to_do(request: HttpRequest) -> HttpResponse:
    """Everything I have to do, the longest overdue first."""
    when = request.GET.get("due", "") if request.GET.get("due") in queries.DUE else ""
    context = {
        "due": queries.due_for(request.user, when, request.GET.get("page")),
        "counts": queries.due_counts(request.user),
        "when": when,
        "today": clock.today(),
    }
    return render(request, "desk/to_do.html", context)


def work(request: HttpRequest) -> HttpResponse:
    """The list of cases, the reader's own unless they ask for more."""
    whose = "all" if request.user.may("see_team_work") else "mine"
    team = request.GET.get("team", "")
    teams = teams_of_authority(chosen=team if team != queries.NO_TEAM else "")
    form = WorkForm({"whose": whose, **request.GET.dict()}, teams=teams)
    sort = sorting(request, queries.SORTS, default="due")
    wanted = form.wanted(whose)
    page = queries.cases(request.user, wanted, order_by=sort.order_by, page=request.GET.get("page"))
    if wanted.name and page.first:  # a name typed here is a search as on the page of searches
        searched(request.user, "desk.cases_searched", found=len(page.rows))
    context = {
        "page": page,
        "sort": sort,
        "form": form,
        "wanted": wanted,
        "today": clock.today(),
        "stage_words": stage_words(),
    }
    return render(request, "desk/work.html", context, partial="results")


def team_workload(request: HttpRequest) -> HttpResponse:
    """Who carries how much, and what is late: a manager's own question."""
    return render(request, "desk/team_workload.html", {"found": workload(request.user)})


@require_http_methods(["GET", "POST"])
def download_workload(request: HttpRequest) -> HttpResponseBase:
    """The same as a file. It leaves the product, so that is on record; its address alone downloads nothing."""
    sheet = workload_sheet(workload(request.user))
    if request.method != "POST":
        return HttpResponseRedirect(reverse("team_workload"))
    exported(request.user, "desk.workload_downloaded", rows=len(sheet.rows))
    return as_file(sheet, request.POST.get("as", ""))


def family(request: HttpRequest, reference: str) -> HttpResponse:
    """A family's overview."""
    found = family_of(request.user, reference)
    looked(request.user, "desk.family_opened", family=found, subject=found)
    cases = list(queries.cases_of(request.user, found))
    context = {
        "family": found,
        "cases": cases,
        "asked": why_asked(request.user, cases[0].request_id if cases and cases[0].is_open else None),
        "reach": how_to_reach(request.user, found),
        "due": queries.due_of(request.user, found),
        "today": clock.today(),
        "level_words": level_words,
        "latest": chronicle.chronology(request.user, found)[:6],
        "pages_of": pages_of_case,
        "documents": documents_of_family(request.user, found),
        "family_view": family_view(request.user, found, "family"),
        "brings": bool(cases) and why_not_propose(request.user, cases[0]) is None,
    }
    return render(request, "desk/family.html", context)


def chronology(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that happened, newest first, written by itself."""
    found = family_of(request.user, reference)
    looked(request.user, "desk.chronology_opened", family=found, subject=found)
    return render(request, "desk/chronology.html", _told(request, found), partial="results")


def print_chronology(request: HttpRequest, reference: str) -> HttpResponse:
    """The chronology on paper, all of what was asked for, such as for a meeting."""
    found = family_of(request.user, reference)
    exported(request.user, "desk.chronology_printed", family=found, subject=found)
    return render(request, "desk/print_chronology.html", _told(request, found) | {"printed_at": clock.now()})


def _told(request: HttpRequest, family: Any) -> dict[str, Any]:
    """A family's chronology as the address narrows it."""
    everything = chronicle.chronology(request.user, family)
    form = ChronologyForm(request.GET or None, kinds=chronicle.kinds_of(everything))
    narrowed = form.narrowed()
    entries = narrowed.of(everything)
    return {
        "family": family,
        "filters": form,
        "narrowed": narrowed,
        "entries": entries,
        "page": chronicle.page_of(entries, request.GET.get("page")),
        "any": bool(everything),
    }
