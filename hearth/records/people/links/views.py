"""Pages that link two records of one person, and undo it."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page
from hearth.records.people.links import actions, forms, queries, rules
from hearth.records.people.queries import person_of


def link_people(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say that two records are one person."""
    person = person_of(request.user, reference)
    refuse(rules.why_not_link_at_all(request.user))
    asked = request.GET.get("other", "")[:20]  # typing about one record is not shown where another was asked for

    def link(form: Any) -> Any:
        other = queries.record_to_link(request.user, form.cleaned_data["other"])
        return actions.link_people(by=request.user, person=person, other=other, why=form.cleaned_data["why"])

    return form_page(
        request, "people/link_people.html", forms.LinkPeopleForm, do=link, then=reverse("person", args=[reference]),
        said="The two records are linked.", initial={"other": asked}, name=asked, context={"person": person},
    )  # fmt: skip


def undo_link(request: HttpRequest, reference: str, other: str) -> HttpResponseBase:
    """They are two people after all."""
    person = person_of(request.user, reference)
    refuse(rules.why_not_link_at_all(request.user))
    link = queries.link_between(request.user, person, other)
    return form_page(
        request, "people/undo_link.html", forms.UndoLinkForm,
        do=lambda form: actions.undo_link(by=request.user, link=link, **form.cleaned_data),
        then=reverse("person", args=[reference]), said="The link is undone.", context={"person": person, "link": link},
    )  # fmt: skip
