"""The page of a child's pathway."""

from django.http import HttpRequest, HttpResponse

from hearth.desk.pathway import queries
from hearth.foundation.ui.page import render
from hearth.records.people.queries import family_of


def family_pathway(request: HttpRequest, reference: str) -> HttpResponse:
    """How the touchpoints of one child of a family stand; the others are a link away."""
    family = family_of(request.user, reference)
    found = queries.page_of_child(request.user, family, request.GET.get("child", ""))
    return render(request, "desk/pathway/family_pathway.html", {"family": family, "found": found})
