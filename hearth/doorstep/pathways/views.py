"""Pages of the pathways: for anybody, without signing in. A date that is typed comes in the body of the page and is kept nowhere."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from hearth.doorstep.pathways.forms import PathwayForm
from hearth.foundation.accounts.public import open_to_the_public
from hearth.foundation.core import clock
from hearth.foundation.core.packs.pathways import Pathway
from hearth.foundation.ui.page import render
from hearth.records.pathways import ages, drawing, placing, queries

private = cache_control(no_store=True, private=True)


@open_to_the_public
@private
def pathways(request: HttpRequest) -> HttpResponse:
    """Every pathway; and for a date of birth, the one that such a child is on."""
    form = PathwayForm(request.POST if request.method == "POST" else None)
    born = form.born()
    found = placing.pathway_for(queries.pathways(), born, clock.today()) if born else None
    if found is not None:
        return _shown(request, found, form, born)
    context = {"pathways": queries.pathways(), "form": form, "pathway": None, "born": None}
    return render(request, "doorstep/pathways/pathways.html", context, status=422 if form.is_bound else 200)


@open_to_the_public
@private
def pathway(request: HttpRequest, code: str) -> HttpResponse:
    """One pathway, drawn and as a list; for a date of birth or a due date, with what is now, next and past."""
    form = PathwayForm(request.POST if request.method == "POST" else None)
    return _shown(request, queries.pathway_of(code), form, form.born())


def _shown(request: HttpRequest, found: Pathway, form: PathwayForm, born: dt.date | None) -> HttpResponse:
    today = clock.today()
    placed = placing.place(found, born, today)
    context = {
        "pathway": found,
        "form": form,
        "born": born,
        "unborn": born is not None and born > today,
        "age": ages.how_old(born, today) if born else "",
        "by_when": placing.by_when(placed),
        "drawn": drawing.draw(found, placed, born, today),
        "stages": placing.by_stage(found, placed),
        "others": [each for each in queries.pathways() if each != found],
    }
    return render(
        request, "doorstep/pathways/pathway.html", context, status=422 if form.is_bound and born is None else 200
    )
