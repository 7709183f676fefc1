"""Record a need that nobody could meet, take it back, and read the answer."""

from typing import Any

from hearth.casework.cases.actions import hold
from hearth.casework.cases.models import Case
from hearth.casework.front_door.models import Request
from hearth.casework.panels.unmet import rules, words
from hearth.casework.panels.unmet.models import Source, UnmetNeed, UnmetWords
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.core.text import clean

LONGEST = 200
SAME, ANOTHER = "same", "another"  # what somebody says of a need that stands there already


@action
def record_unmet_need(
    *,
    by: Any,
    source: str,
    need: str,
    age_band: str,
    reason: str,
    wait: str,
    instead: str,
    looked_for: str = "",
    case: Case | None = None,
    request: Request | None = None,
    area: Any = None,
    met_by: Any = None,
    again: str = "",
) -> UnmetNeed:
    """Write down what could not be offered: in a case, from a request, at a panel (for whoever brought it there, `met_by`).

    `area` is for what is about no family. `again` says that it is another, where the same stands there already.
    """
    if case is not None and source != Source.PANEL:  # there, the item is held
        hold(case)
    refuse(rules.why_not_this_source(by, source, case, request, area))
    instead, looked_for = clean(instead).strip(), " ".join(clean(looked_for).split())[:LONGEST]
    refuse(rules.why_not_this_need(need=need, age_band=age_band, reason=reason, wait=wait, instead=instead))
    if source != Source.PANEL and again != ANOTHER:  # a panel's decision points at what stands, and records nothing
        refuse(rules.why_not_again(by, case, request, need, age_band))
    about = case or request
    found = UnmetNeed(
        reference=drawn_reference("UN"),
        source=source,
        family_id=about.family_id if about is not None else None,
        case=case,
        request=request,
        area=about.area if about is not None else area,
        need=need,
        age_band=age_band,
        reason=reason,
        wait=wait,
        recorded_on=clock.today(),
        recorded_by=by,
        met_by=met_by if source == Source.PANEL else None,
    )
    found.save(force_insert=True)
    if about is not None:
        UnmetWords(need=found, looked_for=looked_for, instead=instead, written_by=by).save(force_insert=True)
    record("unmet.need_recorded", family=found.family_id, subject=found, need=need, reason=reason, source=source)
    return found


@action
def add_to_unmet_need(
    *, by: Any, need: UnmetNeed, reason: str, wait: str, instead: str, looked_for: str = ""
) -> UnmetNeed:
    """Add to a need that stands in the case or the request already: it is met again, and counted once."""
    if need.case is not None:
        hold(need.case)
    need.hold()
    instead, looked_for = clean(instead).strip(), " ".join(clean(looked_for).split())[:LONGEST]
    refuse(rules.why_not_add_to(by, need, instead))
    refuse(rules.why_not_this_need(need=need.need, age_band=need.age_band, reason=reason, wait=wait, instead=instead))
    if (reason, wait) != (need.reason, need.wait):  # what is counted stays as it was recorded; what is so now is said
        instead += f"\n\nWhy not, this time: {words.label('reason', reason)}. The wait: {words.label('wait', wait)}."
    UnmetWords(need=need, looked_for=looked_for, instead=instead, written_by=by).save(force_insert=True)
    record("unmet.need_added_to", family=need.family_id, subject=need)
    return need


@action
def withdraw_unmet_need(*, by: Any, need: UnmetNeed, why: str) -> UnmetNeed:
    """Take back what was recorded by mistake: it is kept, and counted nowhere."""
    need.hold()
    refuse(rules.why_not_withdraw(by, need))
    why = " ".join(clean(why).split())[:LONGEST]
    if not why:
        refuse(Refusal("unmet.no_reason", "Say why it is taken back."))
    need.withdrawn_at, need.withdrawn_why, need.theme = clock.now(), why, None
    need.save(update_fields=["withdrawn_at", "withdrawn_why", "theme"])
    record("unmet.need_withdrawn", family=need.family_id, subject=need)
    return need


@action
def read_unmet_answer(*, by: Any, need: UnmetNeed) -> UnmetNeed:
    """Whoever recorded or met the need has read the answer."""
    need.hold()
    refuse(rules.why_not_read_answer(by, need))
    need.answer_read_at = clock.now()
    need.save(update_fields=["answer_read_at"])
    record("unmet.answer_read", family=need.family_id, subject=need)
    return need
