"""The family tree, and who is missing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from hearth.foundation.audit.looks import looked
from hearth.foundation.ui.page import form_page, render, say
from hearth.records.people.queries import family_of
from hearth.records.people.tree import actions, forms, queries
from hearth.records.people.tree.missing import answer_words


def family_tree(request: HttpRequest, reference: str) -> HttpResponse:
    """The family, drawn and in words."""
    family = family_of(request.user, reference)
    looked(request.user, "people.family_tree_opened", family=family, subject=family)
    context = {"family": family, "tree": queries.family_tree(request.user, family), "answer_words": answer_words}
    return render(request, "people/family_tree.html", context)


def answer_missing(request: HttpRequest, reference: str, question: str) -> HttpResponseBase:
    """Somebody in the home, nobody, or asked and not known."""
    family = family_of(request.user, reference)
    missing = next((one for one in queries.family_tree(request.user, family).missing if one.question == question), None)
    if missing is None:
        raise Http404

    def answer(form: Any) -> Any:
        said, parent = dict(form.cleaned_data), form.parent()
        responsible = said.pop("parental_responsibility", None)
        if parent is None:
            return actions.answer_missing(by=request.user, family=family, question=question, **said)
        return actions.record_parent(
            by=request.user, family=family, question=question, children=said["children"], parent=parent,
            parental_responsibility=responsible,
        )  # fmt: skip

    return form_page(
        request, "people/answer_missing.html", forms.AnswerMissingForm, do=answer,
        then=reverse("family_tree", args=[reference]),
        said=lambda answered: "It will not be asked again." if answered else "It is recorded.",
        form_kwargs={"missing": missing}, context={"family": family, "missing": missing},
    )  # fmt: skip


def take_back_answer(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Ask again."""
    family = family_of(request.user, reference)
    if request.method != "POST":
        raise Http404
    question, key = request.POST.get("question", ""), request.POST.get("child", "")
    answer = queries.answer_of(family, question, key)
    actions.take_back_answer(by=request.user, family=family, question=question, child=answer.person)
    say(request, "It is asked again.")
    return HttpResponseRedirect(reverse("family_tree", args=[reference]))
