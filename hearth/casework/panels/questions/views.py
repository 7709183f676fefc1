"""Pages of questions without a name."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.casework.panels.meetings.queries import theme_words
from hearth.casework.panels.questions import actions, forms, queries, rules
from hearth.foundation.audit.looks import looked
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render, say


def questions(request: HttpRequest) -> HttpResponse:
    """Questions that the reader asked, answers, or may read."""
    refuse(rules.why_not_see_questions(request.user))
    asked = request.GET.get("show", "")
    show = asked if asked in queries.SHOWN else "all"
    here = reverse("questions")
    context = _words() | {
        "page": queries.questions(request.user, show, request.GET.get("page")),
        "tabs": [(label, f"{here}?show={code}", code == show) for code, label in queries.SHOWN.items()],
        "may_ask": queries.may_ask(request.user),
    }
    return render(request, "panels/questions/questions.html", context)


def ask_without_name(request: HttpRequest) -> HttpResponseBase:
    """Ask about a case without saying whose."""
    refuse(rules.why_not_ask(request.user))
    panels = queries.panels_to_ask(request.user)
    first = request.GET.get("panel", "")
    return form_page(
        request,
        "panels/questions/ask_without_name.html",
        forms.AskWithoutNameForm,
        do=lambda form: actions.ask_without_name(by=request.user, **form.cleaned_data),
        then=lambda question: reverse("question", args=[question.reference]),
        said="It is asked. You are told when there is an answer.",
        initial={"of": "panel", "panel": first} if first in {each.reference for each in panels} else {},
        form_kwargs={"panels": panels, "districts": queries.districts_to_ask_of()},
    )


def question(request: HttpRequest, reference: str) -> HttpResponse:
    """One question, and its answer."""
    found = queries.question_of(request.user, reference)
    looked(request.user, "panels.question_opened", family=None, subject=found)
    return render(
        request, "panels/questions/question.html", _about(found) | {"may": queries.what_may(request.user, found)}
    )


def answer_question(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Answer it."""
    found = queries.question_of(request.user, reference)
    refuse(rules.why_not_answer(request.user, found))
    return _form(request, found, forms.AnswerQuestionForm, actions.answer_question, "It is answered. They are told.")


def take_back_question(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take it back."""
    found = queries.question_of(request.user, reference)
    refuse(rules.why_not_take_back(request.user, found))
    return _form(
        request, found, forms.TakeBackQuestionForm, actions.take_back_question, "It is taken back.",
    )  # fmt: skip


@require_POST
def read_question_answer(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say that one has read the answer."""
    found = queries.question_of(request.user, reference)
    actions.read_question_answer(by=request.user, question=found)
    say(request, "Noted: you have read the answer.")
    return HttpResponseRedirect(reverse("question", args=[reference]))


def _form(request: HttpRequest, found: Any, form: Any, act: Any, said: str) -> HttpResponseBase:
    return form_page(
        request,
        f"panels/questions/{act.__name__}.html",
        form,
        do=lambda form: act(by=request.user, question=found, **form.cleaned_data),
        then=reverse("question", args=[found.reference]),
        said=said,
        context=_about(found),
    )


def _about(found: Any) -> dict[str, Any]:
    return _words() | {"question": found}


def _words() -> dict[str, Any]:
    return {"theme_words": theme_words, "asked_of": queries.asked_of}
