"""Pages of notes."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.casework.cases.notes import actions, forms, queries
from hearth.casework.cases.queries import people_of
from hearth.foundation.audit.looks import exported, looked
from hearth.foundation.core import clock
from hearth.foundation.ui.page import form_page, render


def notes(request: HttpRequest, reference: str) -> HttpResponse:
    """The case's notes, the latest first."""
    case = queries.case_of(request.user, reference)
    looked(request.user, "notes.notes_opened", family=case.family_id, subject=case)
    form = forms.NotesForm(request.GET, people=people_of(request.user, case.family))
    page = queries.notes_of(request.user, case, **form.wanted(), page=request.GET.get("page"))
    context = {"form": form, "page": page, "kinds": queries.kinds(), "may_add": queries.may_add(request.user, case)}
    context["unsaved"] = queries.unsaved(request.user, case) if context["may_add"] else []
    return render(request, "notes/notes.html", _about(case) | context)


def print_notes(request: HttpRequest, reference: str) -> HttpResponse:
    """The same notes on one page, for paper."""
    case = queries.case_of(request.user, reference)
    form = forms.NotesForm(request.GET, people=people_of(request.user, case.family))
    rows = queries.notes_to_print(request.user, case, **form.wanted())
    exported(request.user, "notes.notes_printed", family=case.family_id, subject=case, notes=len(rows))
    return render(request, "notes/print_notes.html", _about(case) | {"rows": rows, "now": clock.now()})


def add_note(request: HttpRequest, reference: str, kind: str = "") -> HttpResponseBase:
    """Write a note: its kind first, then the few questions that kind asks."""
    case = queries.case_of(request.user, reference)
    if not kind:
        return render(request, "notes/kinds.html", _about(case) | {"kinds": queries.kinds()})
    chosen = queries.kind_called(kind)
    people, workers = queries.who_could_be_seen(request.user, case.family), queries.who_made_it(request.user, case)
    return form_page(
        request,
        "notes/add_note.html",
        forms.AddNoteForm,
        do=lambda form: actions.add_note(by=request.user, case=case, kind=kind, **form.cleaned_data),
        then=reverse("notes", args=[reference]),
        said="The note is saved.",
        initial={
            "happened_on": clock.today(),
            "made_by": str(request.user.pk),
            "key": str(uuid.uuid4()),
            "place": queries.usual_place(request.user, kind),
        },
        form_kwargs={"kind": chosen, "people": people, "workers": workers},
        context=_about(case) | {"kind": chosen},
    )


def note(request: HttpRequest, reference: str) -> HttpResponse:
    """One note, and everything it said before it was corrected."""
    found = queries.note_of(request.user, reference)
    looked(request.user, "notes.note_opened", family=found.family_id, subject=found)
    versions = queries.versions_of(request.user, found)
    context = {"note": found, "versions": versions, "may_correct": queries.may_correct(request.user, found)}
    return render(request, "notes/note.html", _about(found.case) | context)


def correct_note(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Correct a note: a new version, with the reason."""
    found = queries.note_of(request.user, reference)
    now = queries.versions_of(request.user, found)[0]
    people = queries.who_could_be_seen(request.user, found.case.family, now)
    return form_page(
        request,
        "notes/correct_note.html",
        forms.CorrectNoteForm,
        do=lambda form: actions.correct_note(by=request.user, note=found, **form.cleaned_data),
        then=reverse("note", args=[reference]),
        said="The note is corrected. What it said before is kept below it.",
        initial=queries.as_typed(now),
        form_kwargs={
            "kind": queries.kind_of(now.kind),
            "people": people,
            "workers": queries.who_made_it(request.user, found.case, now),
        },
        context=_about(found.case) | {"note": found},
    )


def _about(case: Any) -> dict[str, Any]:
    return {
        "case": case,
        "family": case.family,
        "kind_words": queries.kind_words,
        "place_words": queries.place_words,
        "reason_words": queries.reason_words,
    }
