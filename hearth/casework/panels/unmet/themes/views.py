"""Pages of themes."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.casework.panels.unmet import drawing, words
from hearth.casework.panels.unmet.queries import need_of
from hearth.casework.panels.unmet.themes import actions, forms, queries
from hearth.foundation.core.pack import pack
from hearth.foundation.core.seen import seen_in
from hearth.foundation.ui.page import form_page, render, say

DESCRIBED = ("title", "analysis", "priority")
PLANNED = ("what", "who", "due_on", "progress", "done_on")


def unmet_themes(request: HttpRequest) -> HttpResponse:
    """Themes, and the needs that wait for one."""
    asked = request.GET.get("show", "")
    show = asked if asked in queries.SHOWN else "open"
    page = queries.themes(request.user, show, request.GET.get("page"))
    context = {
        "page": page,
        "sizes": queries.sizes(request.user, page),
        "shown_tabs": [
            (label, f"{reverse('unmet_themes')}?show={code}", code == show) for code, label in queries.SHOWN.items()
        ],
        "waiting": queries.waiting(request.user),
        "works": bool(queries.areas_to_work(request.user)),
        "label": words.label,
        "level_words": words.level_words,
        "sub_group": pack().unmet.sub_group,
    }
    return render(request, "unmet/themes/unmet_themes.html", context)


def unmet_theme(request: HttpRequest, reference: str) -> HttpResponse:
    """One theme: what the needs show, the action plan, its way up and back, and the needs in it."""
    found = queries.theme_of(request.user, reference)
    counted = queries.in_figures(request.user, found)
    months = counted.months if counted is not None else []
    context = _about(found) | {
        "may": queries.what_may(request.user, found),
        "stands_first": queries.stands_first(request.user, found),
        "moves": queries.moves_of(request.user, found),
        "plan": queries.actions_of(request.user, found),
        "months": months,
        "counted": counted,
        "bars": drawing.bars(months),
        "said": drawing.said(months),
        "page": queries.needs_of(request.user, found, request.GET.get("page")),
        "may_open": queries.may_open(request.user, found),
    }
    return render(request, "unmet/themes/unmet_theme.html", context)


def start_theme(request: HttpRequest) -> HttpResponseBase:
    """Start a theme with the needs that wait in a district."""
    queries.who_works(request.user)
    areas = queries.areas_to_work(request.user)
    return form_page(
        request,
        "unmet/themes/start_theme.html",
        forms.StartThemeForm,
        do=lambda form: actions.start_theme(by=request.user, **form.cleaned_data),
        then=lambda made: reverse("unmet_theme", args=[made.reference]),
        said=lambda made: f"{made.reference} is started.",
        initial={
            "area": request.GET.get("area", areas[0].code if len(areas) == 1 else ""),
            "needs": request.GET.getlist("need"),
        },
        form_kwargs={"areas": areas},
        context={"waiting": queries.waiting(request.user)},
    )


def describe_theme(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say what is missing, what the needs show, and how much it matters."""
    found = queries.theme_of(request.user, reference)
    typed = {name: getattr(found, name) for name in DESCRIBED}
    return _form(
        request, found, "describe_theme", forms.DescribeThemeForm, actions.describe_theme, "It is saved.",
        initial=typed | {"seen": seen_in(found, DESCRIBED)},
    )  # fmt: skip


def gather_needs(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Put needs that wait into a theme."""
    found = queries.theme_of(request.user, reference)
    waiting = queries.waiting(request.user, found.area)
    return _form(
        request, found, "gather_needs", forms.GatherNeedsForm, actions.gather_needs, "They are in the theme.",
        form_kwargs={"waiting": waiting}, context={"waiting": waiting},
    )  # fmt: skip


@require_POST
def take_out_need(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take a need out of its theme."""
    actions.take_out_need(by=request.user, need=need_of(request.user, reference))
    say(request, "It is out of the theme, and waits for another.")
    return HttpResponseRedirect(reverse("unmet_need", args=[reference]))


def note_theme_progress(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Note how a theme goes."""
    found = queries.theme_of(request.user, reference)
    return _form(
        request, found, "note_theme_progress", forms.NoteThemeProgressForm, actions.note_theme_progress, "It is noted."
    )


def add_theme_action(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add to the action plan."""
    found = queries.theme_of(request.user, reference)
    return _form(
        request,
        found,
        "add_theme_action",
        forms.AddThemeActionForm,
        actions.add_theme_action,
        "It is in the action plan.",
    )


def change_theme_action(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Change an action, say how it goes, or that it is done."""
    found = queries.theme_of(request.user, reference)
    planned = queries.action_of(request.user, found, number)
    return _form(
        request, found, "change_theme_action", forms.ChangeThemeActionForm,
        lambda theme, **told: actions.change_theme_action(theme_action=planned, **told), "It is saved.",
        initial={name: getattr(planned, name) for name in PLANNED} | {"seen": seen_in(planned, PLANNED)},
        context={"planned": planned},
    )  # fmt: skip


def escalate_theme(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Ask the next level for an answer."""
    found = queries.theme_of(request.user, reference)
    return _form(
        request, found, "escalate_theme", forms.EscalateThemeForm, actions.escalate_theme,
        lambda moved: f"{words.level_words(moved.level)} is asked, and has been told.",
        context={"next_asked": queries.next_asked(found)},
    )  # fmt: skip


def answer_theme(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Give the answer."""
    found = queries.theme_of(request.user, reference)
    return _form(
        request, found, "answer_theme", forms.AnswerThemeForm, actions.answer_theme,
        "The answer is given. Everybody who recorded a need in it has been told.",
    )  # fmt: skip


def resume_theme(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Work on a theme again."""
    found = queries.theme_of(request.user, reference)
    return _form(
        request, found, "resume_theme", forms.ResumeThemeForm, actions.resume_theme, "It is being worked again."
    )


def close_theme(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Close a theme that has its answer."""
    found = queries.theme_of(request.user, reference)
    return _form(request, found, "close_theme", forms.CloseThemeForm, actions.close_theme, "The theme is closed.")


def _form(
    request: HttpRequest,
    found: Any,
    slice_: str,
    form_class: Any,
    action: Callable[..., Any],
    said: str | Callable[[Any], str],
    *,
    context: dict[str, Any] | None = None,
    **more: Any,
) -> HttpResponseBase:
    """A form about one theme, which comes back to it; refused to whoever may not, before they type."""
    queries.who_may(request.user, found, slice_)
    return form_page(
        request,
        f"unmet/themes/{slice_}.html",
        form_class,
        do=lambda form: action(by=request.user, theme=found, **form.cleaned_data),
        then=reverse("unmet_theme", args=[found.reference]),
        said=said,
        context=_about(found) | (context or {}),
        **more,
    )


def _about(found: Any) -> dict[str, Any]:
    return {
        "theme": found,
        "label": words.label,
        "level_words": words.level_words,
        "sub_group": pack().unmet.sub_group,
    }
