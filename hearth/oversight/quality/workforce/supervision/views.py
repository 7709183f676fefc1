"""Pages of supervision: whose there is, one with its notes, writing, agreeing, ending, and opening it for a reason."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hearth.foundation.audit.looks import looked
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import seen_in
from hearth.foundation.ui.page import form_page, render, say
from hearth.oversight.quality.workforce.courses.rules import why_not_see
from hearth.oversight.quality.workforce.supervision import actions, forms, queries, rules

WORDS = ("met_on", "reflection", "agreed", "case_reference")


def supervisions(request: HttpRequest) -> HttpResponse:
    """The reader's own, and of supervisors whom they look after."""
    refuse(why_not_see(request.user))
    rows = queries.supervisions(request.user)
    return render(
        request,
        "workforce/supervision/supervisions.html",
        {"rows": rows, "may_start": bool(queries.staff(request.user))},
    )


@never_cache
def supervision(request: HttpRequest, reference: str) -> HttpResponse:
    """One supervision: its notes for the two; for the supervisor's manager that there is one, until they open it."""
    refuse(why_not_see(request.user))
    found = queries.supervision_of(request.user, reference)
    the_two = request.user.id in (found.worker_id, found.supervisor_id)
    notes = queries.notes_of(request.user, found)
    if notes and not the_two:
        looked(request.user, "workforce.supervision_read", family=None, subject=found)
    context = {
        "found": found,
        "the_two": the_two,
        "notes": notes,
        "openings": queries.openings_of(request.user, found),
        "opened": not the_two and queries.has_open(request.user, found),
        "cases": queries.openable(request.user, {each.case_reference for each in notes}),
    }
    return render(request, "workforce/supervision/supervision.html", context)


def start_supervision(request: HttpRequest) -> HttpResponseBase:
    """Supervise somebody."""
    refuse(why_not_see(request.user))
    people = queries.staff(request.user)
    refuse(None if people else rules.why_not_start(request.user, request.user, False, False, 4))
    return form_page(
        request, "workforce/supervision/start_supervision.html", forms.StartSupervisionForm,
        do=lambda form: actions.start_supervision(by=request.user, **form.cleaned_data),
        then=lambda made: reverse("supervision", args=[made.reference]), said="The supervision is there, and they are told.",
        initial={"every_weeks": 4}, form_kwargs={"people": people},
    )  # fmt: skip


def write_supervision_note(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Write what the two reflected on."""
    return _of(
        request, reference, forms.WriteSupervisionNoteForm, actions.write_supervision_note, "It is written, and the other is asked to agree.",
        may=rules.why_not_end, initial={"met_on": clock.today()},
    )  # fmt: skip


def change_supervision_note(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Change it before both have agreed."""
    found = queries.supervision_of(request.user, reference)
    note = queries.note_of(request.user, found, number)
    refuse(rules.why_not_change(request.user, found, note, note.met_on, "", True))
    return _of(
        request, reference, forms.ChangeSupervisionNoteForm, actions.change_supervision_note, "It is changed.", may=rules.why_not_end,
        initial={name: getattr(note, name) for name in WORDS} | {"seen": seen_in(note, WORDS)}, note=note,
    )  # fmt: skip


@require_POST
def agree_supervision_note(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Agree to the words as they are."""
    found = queries.supervision_of(request.user, reference)
    actions.agree_supervision_note(
        by=request.user, supervision=found, note=queries.note_of(request.user, found, number)
    )
    say(request, "You agreed.")
    return HttpResponseRedirect(reverse("supervision", args=[reference]))


def end_supervision(request: HttpRequest, reference: str) -> HttpResponseBase:
    """End it."""
    return _of(
        request, reference, forms.EndSupervisionForm, actions.end_supervision, "It has ended.", may=rules.why_not_end
    )


def open_supervision(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The supervisor's manager opens it, with why."""
    found = queries.supervision_of(request.user, reference)
    refuse(rules.why_not_open(request.user, found, queries.is_staff(request.user, found.supervisor_id), "typed"))
    return _of(
        request,
        reference,
        forms.OpenSupervisionForm,
        actions.open_supervision,
        "It is open to you for some days, and both are told.",
    )


def _of(
    request: HttpRequest, reference: str, form: Any, do: Callable[..., Any], said: str, *, may: Callable[..., Any] | None = None,
    initial: dict[str, Any] | None = None, **more: Any,
) -> HttpResponseBase:  # fmt: skip
    found = queries.supervision_of(request.user, reference)
    refuse(may(request.user, found) if may else None)
    return form_page(
        request, f"workforce/supervision/{do.__name__}.html", form,
        do=lambda typed: do(by=request.user, supervision=found, **more, **typed.cleaned_data),
        then=reverse("supervision", args=[reference]), said=said, initial=initial, context={"found": found} | more,
    )  # fmt: skip
