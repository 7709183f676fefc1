"""What may be recorded as an unmet need, and the sentence when it may not."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from hearth.casework.cases import rules as case_rules
from hearth.casework.cases.models import Case
from hearth.casework.front_door.models import Request
from hearth.casework.front_door.triage.rules import why_not_triage
from hearth.casework.panels.models import PanelDecision, PanelItem
from hearth.casework.panels.reach import panels_run_by
from hearth.casework.panels.unmet.models import OF_NOBODY, Source, ThemeState, UnmetNeed
from hearth.casework.panels.unmet.reach import ANSWERS, WORKS
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import day


def why_not_see_unmet(user: Any) -> Refusal | None:
    """Figures and themes: whoever sees counts, works themes, or answers what is escalated."""
    if any(user.may(permission) for permission in ("see_counts", WORKS, ANSWERS)):
        return None
    return Refusal(
        "unmet.may_not_see",
        "Your role does not include the figures of unmet need. What you recorded stands on the family’s pages.",
    )


def why_not_record(user: Any, case: Case) -> Refusal | None:
    """Recording in a case: whoever may write in it; a panel's coordinator for the panel, once they may open it."""
    refusal = case_rules.why_not_write(user, case)
    if refusal is not None and case.is_open and user.may(WORKS, case.area):
        return None
    return refusal


def why_not_record_at_panel(user: Any, case: Case) -> Refusal | None:
    """Recording at a panel: its chair and its coordinator, of a family that was brought there and that they may read of."""
    brought = PanelItem.objects.visible_to(user).filter(case=case, panel__one_of=panels_run_by(user))
    if brought.exists():
        return None
    return Refusal("unmet.not_at_panel", "Only the chair and the coordinator write down what a panel could not offer.")


def why_not_record_of_request(user: Any, request: Request) -> Refusal | None:
    """Recording from a request: the front door of its area, once it is sent."""
    return why_not_triage(user, request)


def why_not_this_source(
    user: Any, source: str, case: Case | None, request: Request | None, area: Any
) -> Refusal | None:
    """Where it came to light goes with what it is about, and is somebody's to record."""
    if source in OF_NOBODY and case is None and request is None:
        return None if area is not None else Refusal("unmet.area", "Choose the district.")
    if source == Source.REQUEST and request is not None and case is None:
        return why_not_record_of_request(user, request)
    if source == Source.CASE and case is not None and request is None:
        return why_not_record(user, case)
    if source == Source.PANEL and case is not None and request is None:
        return why_not_record_at_panel(user, case)
    return Refusal("unmet.source", "Open the case or the request again, and record it from there.")


def why_not_this_need(*, need: str, age_band: str, reason: str, wait: str, instead: str) -> Refusal | None:
    """What it must say: what, whose by age, why, how long, each of the pack; and what was done instead."""
    unmet = pack().unmet
    if not _offered(unmet.needs, need):
        return Refusal("unmet.need", "Choose what was needed.")
    if not _offered(unmet.age_bands, age_band):
        return Refusal("unmet.age_band", "Choose the age of whoever needs it.")
    if not _offered(unmet.reasons, reason):
        return Refusal("unmet.reason", "Choose why it could not be offered.")
    if not _offered(unmet.waits, wait):
        return Refusal("unmet.wait", "Choose how long they wait for it.")
    if not instead.strip():
        return Refusal("unmet.instead", "Say what was done instead. If nothing could be done, say that.")
    return None


def same_need(user: Any, case: Case | None, request: Request | None, need: str, age_band: str) -> UnmetNeed | None:
    """The same need for the same age that stands already in the case or from its request, and is not answered; the first that was recorded."""
    about = Q(request=request) if request is not None else Q(pk__in=[])
    if case is not None:
        about = Q(case=case) | (Q(request_id=case.request_id) if case.request_id else Q(pk__in=[]))
    rows = UnmetNeed.objects.visible_to(user).filter(about, need=need, age_band=age_band, withdrawn_at=None)
    rows = rows.exclude(theme__state__in=[ThemeState.ANSWERED, ThemeState.CLOSED])
    return (
        rows.select_related("recorded_by", "case__area", "request", "theme")
        .order_by("recorded_on", "reference")
        .first()
    )


def why_not_again(user: Any, case: Case | None, request: Request | None, need: str, age_band: str) -> Refusal | None:
    """Recording the same twice would count it twice: whoever does says that it is another."""
    same = same_need(user, case, request, need, age_band)
    if same is None:
        return None
    return Refusal(
        "unmet.recorded_already",
        f"{same.recorded_by.full_name} recorded this need on {day(same.recorded_on)} ({same.reference}). Say whether yours is the same.",
    )


def why_not_add_to(user: Any, need: UnmetNeed, instead: str) -> Refusal | None:
    """Adding to a need that stands: whoever may record one there, before it is answered."""
    if need.withdrawn_at is not None:
        return Refusal("unmet.withdrawn", "This was taken back. Record the need anew.")
    if need.is_answered:
        return Refusal(
            "unmet.answered_meanwhile", "It has been answered. Record the need anew, if the answer does not meet it."
        )
    if not instead.strip():
        return Refusal("unmet.instead", "Say what was done instead. If nothing could be done, say that.")
    if need.case is not None:
        return why_not_record(user, need.case)
    if need.request is not None:
        return why_not_record_of_request(user, need.request)
    return Refusal("unmet.source", "Open the case or the request again, and record it from there.")


def why_not_withdraw(user: Any, need: UnmetNeed) -> Refusal | None:
    """Taking back what was recorded by mistake: its recorder, or whoever works the themes there; before it is answered."""
    if need.withdrawn_at is not None:
        return Refusal("unmet.withdrawn", "This was taken back already.")
    if need.is_answered:
        return Refusal(
            "unmet.answered", "It has been answered, so it stays. Write a note if something in it was wrong."
        )
    if need.recorded_by_id == user.id or user.may(WORKS, need.area) or _decided_where_they_run(user, need):
        return None
    return Refusal("unmet.not_yours", "Only whoever recorded it, or those who work the themes, can take it back.")


def why_not_read_answer(user: Any, need: UnmetNeed) -> Refusal | None:
    """Having read the answer: whoever recorded the need, or brought it to the panel that did."""
    if not need.is_answered:
        return Refusal("unmet.no_answer", "There is no answer to read yet.")
    if user.id not in (need.recorded_by_id, need.met_by_id):
        return Refusal("unmet.not_recorded_by_you", "The answer is for whoever recorded the need.")
    return None


def _decided_where_they_run(user: Any, need: UnmetNeed) -> bool:
    """Whether a panel that the user runs recorded it at a meeting whose minutes are not approved."""
    if need.source != Source.PANEL:
        return False
    rows = PanelDecision.objects.filter(unmet_need=need, meeting__minutes_approved_at=None)
    return rows.filter(meeting__panel__one_of=panels_run_by(user)).exists()


def _offered(things: Sequence[Any], code: str) -> bool:
    found = find(things, code)
    return found is not None and not found.retired
