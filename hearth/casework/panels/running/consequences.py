"""What a decision does besides being written down: a need that nobody could meet is recorded, a theme of unmet need is escalated."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from hearth.casework.panels.models import PanelDecision, PanelItem
from hearth.casework.panels.running import rules
from hearth.casework.panels.unmet import words as unmet
from hearth.casework.panels.unmet.actions import record_unmet_need, withdraw_unmet_need
from hearth.casework.panels.unmet.models import Source, Theme, UnmetNeed
from hearth.casework.panels.unmet.rules import why_not_this_need
from hearth.casework.panels.unmet.themes.actions import escalate_theme
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean


@dataclass(frozen=True)
class Missed:
    """What could not be offered, as an unmet need says it."""

    need: str = ""
    age_band: str = ""
    reason: str = ""
    wait: str = ""
    instead: str = ""


def missed_facts(by: Any, item: PanelItem, missed: Missed, words: str) -> dict[str, Any]:
    """The columns of a decision that could not be offered: it points at the need, which is recorded unless it is already and is open.

    Then nothing is counted twice, and what the panel said of it stands in the decision's own words.
    """
    key = recorded_already(item, missed)
    if key is None:
        need = record_unmet_need(by=by, source=Source.PANEL, case=item.case, met_by=item.proposed_by, **vars(missed))
        return {"unmet_need": need, "words": words}
    refuse(why_not_this_need(**vars(missed)))
    said = (
        f"Done instead: {clean(missed.instead).strip()}\n\nWhy not: {unmet.label('reason', missed.reason)}."
        f" The wait: {unmet.label('wait', missed.wait)}."
    )
    return {"unmet_need_id": key, "need_was_recorded": True, "words": f"{words}\n\n{said}"}


def recorded_already(item: PanelItem, missed: Missed) -> Any:
    """The key of the same need for the same age, recorded in the case or from its request, that is open; the writer may not read it yet."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth_open_need_of_case(%s, %s, %s)", [item.case_id, missed.need, missed.age_band])
        return cursor.fetchone()[0]


def not_missed(by: Any, decision: PanelDecision) -> None:
    """What the decision itself recorded as an unmet need is counted no more.

    One that has its answer stays, as all of them do; and so does one that was recorded in the case, or at which another decision points.
    """
    if decision.unmet_need_id is None:
        return
    with connection.cursor() as cursor:
        cursor.execute("select hearth_need_is_decided(%s)", [decision.unmet_need_id])
        if cursor.fetchone()[0]:
            return
    rows = UnmetNeed.objects.select_related("area", "theme").filter(withdrawn_at=None, source=Source.PANEL)
    need = rows.filter(pk=decision.unmet_need_id).first()
    if need is not None and not need.is_answered:
        withdraw_unmet_need(by=by, need=need, why="The panel took its decision back")


def theme_to_escalate(by: Any, item: PanelItem, kind: str) -> Theme | None:
    """The theme of unmet need that goes up with a decision, where whoever writes it down may do that; held."""
    # Asked apart: whoever may not read it escalates it not, and the item is theirs all the same.
    key = item.theme_id if kind == rules.ESCALATE else None
    theme = Theme.objects.visible_to(by).select_related("area").filter(pk=key).first() if key is not None else None
    if theme is None or rules.why_not_escalate_too(by, theme) is not None:
        return None
    theme.hold()
    return theme if rules.why_not_escalate_too(by, theme) is None else None


def escalate_too(by: Any, theme: Theme, words: str, reasons: str) -> None:
    """Those who are asked read what the panel decided, and why."""
    escalate_theme(by=by, theme=theme, words=f"{words}\n\n{reasons}")
