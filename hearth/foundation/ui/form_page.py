"""The shape of nearly every page that changes something: show a form, keep the typing, do the action, go on."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.db import transaction
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from hearth.foundation.core.refusals import SOMEBODY_ELSE, Conflict, Refused, happened_at_once
from hearth.foundation.core.text import clean
from hearth.foundation.ui import kept, sent
from hearth.foundation.ui.drawing import kind_of
from hearth.foundation.ui.fields import SeenField, VersionField
from hearth.foundation.ui.refusing import record_refusal
from hearth.foundation.ui.rendering import render, say

log = logging.getLogger("hearth.errors")
ONE_VALUE = ("text", "long_text", "radios", "select", "scale")  # kinds whose saved words can be put back with a button
SAVED = "saved-"


@dataclass(frozen=True)
class _Page:
    """What the view asked for, carried through the steps below."""

    request: HttpRequest
    template: str
    form_class: type[forms.BaseForm]
    initial: Mapping[str, Any]
    context: Mapping[str, Any]
    form_kwargs: Mapping[str, Any]
    name: str
    draft: bool
    sitting: str

    @property
    def author(self) -> Any:
        """Whose typing is kept: whoever is signed in, where the page allows drafts."""
        return sent.sender_of(self.request) if self.draft else None

    def form(self, data: Any = None) -> Any:
        """The form, bound to what was typed when `data` is given."""
        files = self.request.FILES if data is self.request.POST else None
        return self.form_class(data=data, files=files, initial=dict(self.initial), **self.form_kwargs)

    def unjudged(self, data: Any) -> Any:
        """The form with what was typed in it, exactly, and no errors shown."""
        form = self.form(data)
        form._errors, form.cleaned_data = ErrorDict(), {}
        return form

    def keep(self, data: Any) -> str:
        """Put the typing in the draft, as autosave would have; why that was not possible."""
        if self.author is None:
            return ""
        typed = {name: data.getlist(name) for name in data}
        refusal = kept.save_draft(self.author, self.request.path, self.name, self.sitting, typed)
        return refusal.sentence if refusal is not None else ""

    def keep_apart(self, data: Any) -> None:
        """The same, out of reach of the rollback that follows a fault."""
        if self.author is not None:
            typed = {name: data.getlist(name) for name in data}
            kept.save_draft_apart(self.author, self.request.path, self.name, self.sitting, typed)

    def draw(self, form: Any, status: int = 200, **more: Any) -> HttpResponse:
        """The page with the form in it."""
        own = {
            "form": form,
            "draft": None,
            "conflicts": [],
            "autosave": self.author is not None,
            "draft_form": self.name,
            "draft_sitting": self.sitting,
            "not_kept": "",
        }
        return render(self.request, self.template, own | dict(self.context) | more, status=status)


def form_page(
    request: HttpRequest,
    template: str,
    form_class: type[forms.BaseForm],
    *,
    do: Callable[[Any], Any],
    then: str | Callable[[Any], str | HttpResponseBase],
    said: str | Callable[[Any], str] = "",
    initial: Mapping[str, Any] | None = None,
    context: Mapping[str, Any] | None = None,
    form_kwargs: Mapping[str, Any] | None = None,
    name: str = "",
    draft: bool = True,
    away: Mapping[str, str] | None = None,
) -> HttpResponseBase:
    """Get the form, keep what is typed, do the action, redirect. Its arguments: docs/how-to/make-a-page.md."""
    sitting = clean(request.POST.get("draft_sitting", ""))[:40] or sent.new_sitting()
    page = _Page(request, template, form_class, initial or {}, context or {}, form_kwargs or {}, name, draft, sitting)
    if request.method != "POST":
        return _opened(page)
    if "use_saved" in request.POST:
        return _chose_saved(page)
    for where in (where for button, where in (away or {}).items() if button in request.POST):
        not_kept = page.keep(request.POST)
        if not_kept:
            return page.draw(page.unjudged(request.POST), 409, not_kept=not_kept)
        return HttpResponseRedirect(where)
    return _posted(page, do, then, said)


def _opened(page: _Page) -> HttpResponse:
    """The empty form, or the author's draft."""
    found = kept.draft_for(page.author, page.request.path, page.name) if page.author is not None else None
    if found is None:
        return page.draw(page.form())
    page = replace(page, sitting=sent.new_sitting(of=found))  # the same typing in another tab is the same form
    return page.draw(page.unjudged(kept.as_posted(found)), draft=found)


def _posted(page: _Page, do: Callable[[Any], Any], then: Any, said: Any) -> HttpResponseBase:
    """The form was sent: do it once, or say why not."""
    mark = sent.mark_of(page.request, page.name)
    before = sent.led_before(page.request, mark)
    if before is not None:
        return before
    form = page.form(page.request.POST)
    if not form.is_valid():
        return page.draw(form, 422, not_kept=page.keep(page.request.POST))
    try:
        with transaction.atomic():
            if not sent.claim(sent.sender_of(page.request), mark):
                return sent.led_before(page.request, mark) or HttpResponseRedirect(page.request.path)
            result = do(form)
    except Refused as refused:
        return _refused(page, form, refused)
    except Conflict as conflict:
        return _conflicted(page, conflict)
    except Exception as fault:
        if happened_at_once(fault):
            return _too_late(page, form, fault)
        page.keep_apart(page.request.POST)  # whatever went wrong, the person's words outlive it, on to the 500 page
        raise
    answer = _done(page, result, then, said)
    sent.led_to(mark, answer)
    return answer


def _done(page: _Page, result: Any, then: Any, said: Any) -> HttpResponseBase:
    """Forget the draft, say so, go on."""
    if page.author is not None:
        kept.clear_draft(page.author, page.request.path, page.name, page.sitting)
    sentence = said(result) if callable(said) else said
    if sentence:
        say(page.request, sentence)
    where = then(result) if callable(then) else then
    return where if isinstance(where, HttpResponseBase) else HttpResponseRedirect(where)


def _refused(page: _Page, form: Any, refused: Refused) -> HttpResponse:
    """The sentence at the top, everything still typed, the refusal on record."""
    not_kept = page.keep(page.request.POST)
    record_refusal(page.request, refused.refusal)
    form.add_error(None, refused.refusal.sentence)
    return page.draw(form, 403, not_kept=not_kept)


def _too_late(page: _Page, form: Any, fault: Exception) -> HttpResponse:
    """Somebody else was there at the same moment: nothing was done, everything is still typed."""
    log.warning("%s at %s", SOMEBODY_ELSE.code, page.request.path, exc_info=fault)
    form.add_error(None, SOMEBODY_ELSE.sentence)
    return page.draw(form, 409, not_kept=page.keep(page.request.POST))


def _conflicted(page: _Page, conflict: Conflict) -> HttpResponse:
    """Both texts side by side. The form now carries the newest version, so saving again is a choice."""
    data = page.request.POST.copy()
    blank = page.form()
    for name in (
        name for name, one in blank.fields.items() if isinstance(one, VersionField | SeenField) and name in page.initial
    ):
        data[blank.add_prefix(name)] = str(page.initial[name])
    not_kept = page.keep(data)
    form = page.unjudged(data)
    who = conflict.theirs_by or "Somebody else"
    form.add_error(None, f"{who} saved this while you were typing. Compare both below, then save again.")
    return page.draw(form, 409, not_kept=not_kept, conflicts=_side_by_side(form, conflict.texts))


def _side_by_side(form: Any, texts: Mapping[str, tuple[str, str]]) -> list[dict[str, Any]]:
    """Each field that two people wrote, with both texts, and whether the saved one can be put back with a button."""
    return [
        {
            "name": form.add_prefix(name),
            "label": form.fields[name].label if name in form.fields else name.replace("_", " ").capitalize(),
            "theirs": theirs,
            "yours": yours,
            "returnable": name in form.fields and kind_of(form.fields[name]) in ONE_VALUE,
        }
        for name, (theirs, yours) in texts.items()
    ]


def _chose_saved(page: _Page) -> HttpResponse:
    """One field of a conflict goes back to what is saved; nothing is done yet, everything else stays as typed."""
    data = page.request.POST.copy()
    saved = {name.removeprefix(SAVED): str(data[name]) for name in data if name.startswith(SAVED)}
    chosen = str(data["use_saved"])
    if chosen in saved:
        data[chosen] = saved.pop(chosen)
    not_kept = page.keep(data)
    form = page.unjudged(data)
    known = {form.add_prefix(name): name for name in form.fields}
    texts = {known[name]: (theirs, str(data.get(name, ""))) for name, theirs in saved.items() if name in known}
    return page.draw(form, not_kept=not_kept, conflicts=_side_by_side(form, texts))
