"""Have rules worked out, publish what they found, decide on flags, and record whether the family was told."""

import datetime as dt
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

from hearth.foundation.accounts.models import Area
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.jobs import defer
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import System, acting_as
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.intelligence.insight import figures, publishing, rules
from hearth.intelligence.insight.care import publishing as care
from hearth.intelligence.insight.entitlement.figures import entitlement
from hearth.intelligence.insight.involvement import publishing as involvement
from hearth.intelligence.insight.models import FamilyOfConcern, FamilyTold, Flag, FlagDecision, InsightRun
from hearth.intelligence.insight.population.figures import population
from hearth.intelligence.insight.touchpoints import figures as opportunities
from hearth.intelligence.insight.touchpoints import publishing as touchpoints

STATE, KIND = InsightRun.State, FlagDecision.Kind


@action
def start_run(*, by: Any, as_at: dt.date | None = None, queue: bool = True) -> InsightRun:
    """Have every rule worked out. Asked twice, it is worked out once. `queue` leaves it to the worker; a command does it itself."""
    by_itself = isinstance(by, System)
    refuse(None if by_itself else rules.why_not_work_out(by))
    with acting_as(by) if by_itself else nullcontext():
        waiting = InsightRun.objects.filter(state__in=InsightRun.OPEN).first()
        run = waiting or InsightRun(
            reference=drawn_reference("IR"), as_at=as_at or clock.today(), by=None if by_itself else by
        )
        if waiting is None:
            run.save(force_insert=True)
    if waiting is not None:
        if (
            queue and by_itself
        ):  # somebody's command may have left it in the middle, and nothing in the queue goes on with it
            defer("insight.work_out", run=waiting.id)
        record("insight.run_asked_again", subject=waiting)
        return waiting
    if queue:
        defer("insight.work_out", run=run.id)
    record("insight.run_started", subject=run, as_at=run.as_at)
    return run


@action
def cancel_run(*, by: Any, run: InsightRun) -> InsightRun:
    """Stop a run; what the one before it found stands."""
    run.hold()
    refuse(rules.why_not_cancel(by, run))
    run.state, run.ended_at, run.ended_by = STATE.CANCELLED, clock.now(), by
    run.save(update_fields=["state", "ended_at", "ended_by"])
    record("insight.run_cancelled", subject=run)
    return run


@action
def fail_run(*, by: Any, run: InsightRun, fault: str) -> None:
    """A run could not be worked out: say why."""
    with acting_as(by):
        InsightRun.objects.filter(pk=run.pk, state__in=InsightRun.OPEN).update(
            state=STATE.FAILED, fault=fault, ended_at=clock.now()
        )
    record("insight.run_failed", subject=run)


@action
def publish_run(
    *, by: Any, run: InsightRun, work: Any, engine: str, versions: dict[str, str], used: list[dict[str, Any]], folded: bool, linked_by: str,
    facts_hash: str,
) -> None:  # fmt: skip
    """Make what a run found what stands, as one. A run that was cancelled meanwhile changes nothing."""
    with acting_as(by):
        run.hold()
        if run.state != STATE.RUNNING:
            record("insight.run_not_published", subject=run)
            return
        run.families, run.flags = publishing.publish(work)
        involvement.publish(work)
        care.publish(work)
        as_at = {each["number"]: each["as_at"] for each in used if "number" in each}
        touchpoints.publish(work, as_at)
        run.linked_at = involvement.linked_at(linked_by) if linked_by else None
        districts = {str(key): name for key, name in Area.objects.values_list("id", "name")}
        run.figures = figures.figures(work, pack().indicators.fewest_shown, districts)
        run.touchpoints = opportunities.missed(work, as_at, pack().indicators.fewest_shown)
        run.entitlement = entitlement(work.engine, pack().indicators.fewest_shown)
        run.population = population(work.engine)
        InsightRun.objects.filter(is_current=True).update(is_current=False)
        run.engine, run.versions, run.used, run.folded = engine, versions, used, folded
        run.linked_by, run.facts_hash = linked_by, facts_hash
        run.state, run.percent, run.is_current, run.ended_at = STATE.DONE, 100, True, clock.now()
        run.save()
    record("insight.run_done", subject=run, families=run.families, flags=run.flags, folded=folded, engine=engine)


def _held(family: FamilyOfConcern, flags: Sequence[Flag]) -> list[Flag]:
    """The family first, then its flags as they now are."""
    family.hold()
    return list(
        Flag.objects.select_for_update(no_key=True)
        .filter(family=family, pk__in=[flag.pk for flag in flags])
        .order_by("id")
    )


def _decide(by: Any, family: FamilyOfConcern, flags: list[Flag], kind: str, reason: str, words: str) -> None:
    for flag in flags:
        FlagDecision(
            family=family, flag=flag, kind=kind, reason=reason, words=clean(words), marks=flag.marks, by=by,
            numbers=list(family.names) if len(family.people) == 1 or flag.person == family.key else [flag.person],
        ).save(force_insert=True)  # fmt: skip
        flag.state = Flag.State.DISMISSED if kind == KIND.DISMISSED else Flag.State.CONFIRMED
        flag.save(update_fields=["state"])
    publishing.count_again(family)


@action
def confirm_flags(*, by: Any, family: FamilyOfConcern, flags: Sequence[Flag], words: str = "") -> FamilyOfConcern:
    """Somebody looked: these flags are right."""
    held = _held(family, flags)
    refuse(rules.why_not_decide(by, family, held))
    _decide(by, family, held, KIND.CONFIRMED, "", words)
    record("insight.flags_confirmed", subject=family, rules=[flag.rule for flag in held])
    return family


@action
def dismiss_flags(
    *, by: Any, family: FamilyOfConcern, flags: Sequence[Flag], reason: str, words: str = ""
) -> FamilyOfConcern:
    """Somebody looked: these flags are wrong, or are no sign of need. They do not return on the same evidence."""
    held = _held(family, flags)
    refuse(rules.why_not_decide(by, family, held))
    _decide(by, family, held, KIND.DISMISSED, clean(reason)[:200], words)
    record("insight.flags_dismissed", subject=family, rules=[flag.rule for flag in held])
    return family


@action
def note_offer(
    *, by: Any, family: FamilyOfConcern, flags: Sequence[Flag], request: str, words: str = ""
) -> FamilyOfConcern:
    """Help is offered on these flags, and a request has opened: `request` is its reference. What was confirmed before stays so."""
    held = _held(family, flags)
    refuse(rules.why_not_offer_on(by, held))
    family.request = request
    family.save(update_fields=["request"])
    _decide(by, family, [flag for flag in held if flag.state == Flag.State.OPEN], KIND.OFFERED, "", words)
    record("insight.help_offered", subject=family, rules=[flag.rule for flag in held], request=request)
    return family


@action
def undo_flag_decision(*, by: Any, decision: FlagDecision) -> FlagDecision:
    """Take a decision back. It stays on record, and the flag waits to be decided again."""
    family, flag = decision.family, decision.flag
    family.hold()
    flag.hold()
    decision.hold()
    refuse(rules.why_not_undo(by, decision))
    decision.undone_at, decision.undone_by = clock.now(), by
    decision.save(update_fields=["undone_at", "undone_by"])
    flag.state = Flag.State.OPEN
    flag.save(update_fields=["state"])
    publishing.count_again(family)
    record("insight.decision_undone", subject=family, rule=flag.rule)
    return decision


@action
def record_family_told(
    *, by: Any, family: FamilyOfConcern, how: str, told_on: dt.date | None = None, words: str = ""
) -> FamilyTold:
    """Whether and how the family was told that it was noticed; or why not yet."""
    family.hold()
    refuse(rules.why_not_see_concerns(by))
    told = FamilyTold(
        family=family, how=how, told_on=told_on if how != FamilyTold.How.NOT_YET else None, words=clean(words), by=by
    )
    told.save(force_insert=True)
    record("insight.family_told", subject=family, how=how)
    return told
