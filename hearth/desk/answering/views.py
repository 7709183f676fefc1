"""The page on which a theme is answered with what is bought."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from hearth.casework.panels.unmet.themes.queries import theme_of, who_may
from hearth.commissioning.needs.queries import intentions_for_theme
from hearth.desk.answering import actions, forms
from hearth.foundation.ui.page import form_page


def answer_with_intention(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Answer a theme, citing an intention."""
    found = theme_of(request.user, reference)
    who_may(request.user, found, "answer_theme")
    offered = intentions_for_theme(request.user, found)
    return form_page(
        request,
        "desk/answering/answer_with_intention.html",
        forms.AnswerWithIntentionForm,
        do=lambda form: actions.answer_with_intention(by=request.user, theme=found, **form.cleaned_data),
        then=reverse("unmet_theme", args=[reference]),
        said="The answer is given, with what is bought. Everybody who recorded a need in it is told.",
        initial={"intention": offered[0].reference if len(offered) == 1 else ""},
        form_kwargs={"intentions": offered},
        context={"theme": found, "offered": offered},
    )
