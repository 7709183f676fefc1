"""The search page."""

from django.http import HttpRequest, HttpResponse

from hearth.foundation.audit.looks import searched
from hearth.foundation.ui.page import render
from hearth.records.people.births import aged, birth_words
from hearth.records.people.search import queries
from hearth.records.people.search.forms import FindPeopleForm


def find_people(request: HttpRequest) -> HttpResponse:
    """Find somebody among the records one may open. One search is one audit event, whichever page of it is read."""
    asked = bool(request.GET)
    form = FindPeopleForm(request.GET if asked else None)
    wanted = queries.Wanted(**form.cleaned_data) if asked and form.is_valid() else queries.Wanted()
    page = queries.find_people(request.user, wanted, request.GET.get("page"))
    if wanted.says_something and page.first:
        searched(request.user, "people.searched", kinds=wanted.kinds, found=len(page.rows))
    context = {"form": form, "wanted": wanted, "page": page, "asked": asked, "birth_words": birth_words, "aged": aged}
    return render(request, "people/find_people.html", context, partial="results")
