"""Pages of what is brought to a panel."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from hearth.casework.cases.queries import case_of
from hearth.casework.panels.after import queries as after
from hearth.casework.panels.after import rules as after_rules
from hearth.casework.panels.items import actions, forms, queries, rules
from hearth.casework.panels.meetings import actions as meeting_actions
from hearth.casework.panels.meetings import queries as lists
from hearth.casework.panels.meetings import rules as meeting_rules
from hearth.casework.panels.running import queries as running
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render, say
from hearth.intelligence.insight.involvement.queries import family_view


def propose_to_panel(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Bring a family to a panel's meeting."""
    case = case_of(request.user, reference)
    refuse(rules.why_not_propose(request.user, case))
    meetings = queries.meetings_for(request.user, case)
    return form_page(
        request,
        "panels/propose_to_panel.html",
        forms.ProposeToPanelForm,
        do=lambda form: actions.propose_to_panel(by=request.user, case=case, **form.cleaned_data),
        then=lambda item: reverse("panel_item", args=[item.reference]),
        said="It is on the list. Chair and coordinator can read it now, members when the list goes out.",
        form_kwargs={"meetings": meetings},
        initial={"meeting": meetings[0].reference} if len(meetings) == 1 else None,
        context={"case": case, "meetings": meetings, "brought": queries.items_of_case(request.user, case)},
    )


def panel_item(request: HttpRequest, reference: str) -> HttpResponse:
    """One item: what is asked, what lets it be shown, what members know, with the family view and the last assessment."""
    item = queries.item_of(request.user, reference)
    checks = queries.checks_of(request.user, item)
    context = _about(item) | {
        "checks": checks,
        "own_check": queries.own_check(request.user, checks),
        "heard": running.told_of(request.user, [item])[0],
        "decision_words": running.decision_words,
        "today": clock.today(),
        "times": after.times_of(item),
        "may_read_answer": after_rules.why_not_read_answer(request.user, item) is None,
        "may_say_help": after_rules.why_not_record_first_help(request.user, item) is None,
        "told": [one for one in lists.told_of(request.user, item.meeting) if one.item_id == item.id],
        "assessment": queries.assessment_of(request.user, item),
        "ground_words": queries.ground_words,
        "may_withdraw": rules.why_not_withdraw(request.user, item) is None,
        "may_tell": queries.is_waiting(item) and lists.may_prepare(request.user, item.meeting),
        "family_view": partial(family_view, request.user, item.family, "panel"),
    }
    return render(request, "panels/panel_item.html", context)


def withdraw_from_panel(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take an item back before it is heard."""
    item = queries.item_of(request.user, reference)
    refuse(rules.why_not_withdraw(request.user, item))
    where = reverse("case", args=[item.case.reference]) if item.case else reverse("panels")
    return _form(
        request, item, forms.WithdrawFromPanelForm, actions.withdraw_from_panel, "It is taken back.", then=where, item=item
    )  # fmt: skip


def answer_panel_check(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say what one's own agency knows of the family."""
    item = queries.item_of(request.user, reference)
    entry = lists.entry_of(request.user, item)
    refuse(rules.why_not_check(request.user, entry))
    first = {"known": entry.known, "known_words": entry.known_words}
    return _form(
        request, item, forms.AnswerPanelCheckForm, actions.answer_panel_check, "Thank you. The panel reads it.",
        initial=first, entry=entry,
    )  # fmt: skip


def tell_of_item(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Tell a manager or headteacher who is no member what an item is about."""
    item = queries.item_of(request.user, reference)
    refuse(meeting_rules.why_not_prepare(request.user, item.meeting))
    return _form(
        request, item, forms.TellOfItemForm, meeting_actions.tell_of_item, "They are told, without a name.",
        form_kwargs={"reader": request.user}, item=item,
    )  # fmt: skip


def admit_to_item(request: HttpRequest, reference: str, person: str) -> HttpResponseBase:
    """Open an item to somebody who comes because of it."""
    item = queries.item_of(request.user, reference)
    entry = lists.entry_of(request.user, item, person)
    if request.method == "POST":
        meeting_actions.admit_to_item(by=request.user, entry=entry)
        say(request, f"{entry.user.full_name} can read it now, until the meeting's families close.")
    return HttpResponseRedirect(reverse("panel_item", args=[reference]))


def _form(
    request: HttpRequest, found: Any, form: Any, act: Any, said: str, *, then: str = "", initial: Any = None,
    form_kwargs: Any = None, **about: Any,
) -> HttpResponseBase:  # fmt: skip
    """A form about an item: done, it leads back to the item."""
    return form_page(
        request,
        f"panels/{act.__name__}.html",
        form,
        do=lambda form: act(by=request.user, **about, **form.cleaned_data),
        then=then or reverse("panel_item", args=[found.reference]),
        said=said,
        initial=initial,
        form_kwargs=form_kwargs,
        context=_about(found),
    )


def _about(item: Any) -> dict[str, Any]:
    return {
        "item": item,
        "ask_words": lists.ask_words,
        "theme_words": lists.theme_words,
        "age_words": lists.age_words,
    }
