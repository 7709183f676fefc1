"""The desk's pages."""

import datetime as dt

from django.http import HttpRequest, HttpResponse

from hearth.casework.front_door.documents.queries import documents_of_family
from hearth.desk import chronology as chronicle
from hearth.desk import queries
from hearth.desk.forms import WorkForm
from hearth.desk.visits import since_last_here
from hearth.desk.words import QUIET, level_words, stage_words, words_for
from hearth.foundation.audit.looks import looked
from hearth.foundation.core import clock
from hearth.foundation.ui.listing import sorting
from hearth.foundation.ui.page import render

WEEK = dt.timedelta(days=7)
SHOWN = 10  # of each list on the first page; the rest is one link away


def home(request: HttpRequest) -> HttpResponse:
    """My work: what is due, my cases, and what changed since I was last here."""
    reader, since, today = request.user, since_last_here(request), clock.today()
    due, cases = queries.due_for(reader), queries.cases(reader, queries.Wanted(), page=1)
    context = {
        "due": due,
        "today": today,
        "late": sum(item["due_on"] < today for item in due),
        "this_week": sum(today <= item["due_on"] <= today + WEEK for item in due),
        "leads": f"{len(cases.rows)}+" if cases.more else len(cases.rows),
        "shown": SHOWN,
        "since": since,
        "words_for": words_for,
        "stage_words": stage_words(),
        "cases": cases,
        "changes": [c for c in queries.changed_since(reader, since) if c["verb"] not in QUIET],
    }
    return render(request, "desk/home.html", context)


def to_do(request: HttpRequest) -> HttpResponse:
    """Everything I have to do, the latest first."""
    due = queries.due_for(request.user, at_most=500)
    return render(request, "desk/to_do.html", {"due": due, "today": clock.today()})


def work(request: HttpRequest) -> HttpResponse:
    """The list of cases, the reader's own unless they ask for more."""
    whose = "all" if request.user.may("see_team_work") else "mine"
    form, sort = WorkForm({"whose": whose, **request.GET.dict()}), sorting(request, queries.SORTS, default="due")
    wanted = form.wanted(whose)
    page = queries.cases(request.user, wanted, order_by=sort.order_by, page=request.GET.get("page"))
    context = {
        "page": page,
        "sort": sort,
        "form": form,
        "wanted": wanted,
        "today": clock.today(),
        "stage_words": stage_words(),
    }
    return render(request, "desk/work.html", context, partial="results")


def family(request: HttpRequest, reference: str) -> HttpResponse:
    """A family's overview."""
    found = queries.family_of(request.user, reference)
    looked(request.user, "desk.family_opened", family=found, subject=found)
    context = {
        "family": found,
        "cases": queries.cases_of(request.user, found),
        "due": queries.due_of(request.user, found),
        "today": clock.today(),
        "level_words": level_words,
        "latest": chronicle.chronology(request.user, found)[:6],
        "documents": documents_of_family(request.user, found),
    }
    return render(request, "desk/family.html", context)


def chronology(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that happened, newest first, written by itself."""
    found = queries.family_of(request.user, reference)
    looked(request.user, "desk.chronology_opened", family=found, subject=found)
    entries = chronicle.chronology(request.user, found)
    return render(request, "desk/chronology.html", {"family": found, "entries": entries})
