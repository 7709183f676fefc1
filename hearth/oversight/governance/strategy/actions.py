"""Start a strategy, add priorities and actions, say how they go, name what shows it, and report to the board."""

import datetime as dt
from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.core.seen import write_seen
from hearth.foundation.core.text import clean, one_line
from hearth.oversight.governance.strategy import freezing, rules
from hearth.oversight.governance.strategy.models import (
    Strategy,
    StrategyAction,
    StrategyEvidence,
    StrategyPriority,
    StrategyProgress,
    StrategyReport,
)
from hearth.oversight.governance.strategy.queries import to_show

SAID, PLANNED = ("title", "what", "from_on", "until_on"), ("what", "shows", "owner", "due_on")


@action
def start_strategy(
    *, by: Any, area: Any = None, title: str, what: str, from_on: dt.date, until_on: dt.date
) -> Strategy:
    """Start a strategy of the whole authority, or of a district."""
    refuse(rules.why_not_keep_in(by, area))
    title, what = one_line(title, 120), clean(what).strip()
    refuse(rules.why_not_this_strategy(title, what, from_on, until_on))
    made = Strategy(
        reference=drawn_reference("ST"),
        area=area,
        title=title,
        what=what,
        from_on=from_on,
        until_on=until_on,
        started_by=by,
    )
    made.save(force_insert=True)
    record("strategy.started", subject=made, area=area.code if area else "")
    return made


@action
def change_strategy(
    *, by: Any, strategy: Strategy, title: str, what: str, from_on: dt.date, until_on: dt.date, seen: str | None = None
) -> Strategy:  # fmt: skip
    """Change what it says. Every version is kept, and no report changes."""
    strategy.hold()
    refuse(rules.why_not_keep(by, strategy))
    typed: dict[str, Any] = {
        "title": one_line(title, 120),
        "what": clean(what).strip(),
        "from_on": from_on,
        "until_on": until_on,
    }
    refuse(rules.why_not_this_strategy(**typed))
    changed = write_seen(strategy, seen, typed, {"from_on": str, "until_on": str})
    if changed:
        strategy.save(update_fields=changed)
    record("strategy.changed", subject=strategy, changed=changed)
    return strategy


@action
def add_priority(*, by: Any, strategy: Strategy, title: str, what: str = "") -> StrategyPriority:
    """Add a priority, after those that are there."""
    strategy.hold()
    refuse(rules.why_not_keep(by, strategy))
    title = one_line(title, 160)
    refuse(None if title else rules.NO_WORDS)
    number = StrategyPriority.objects.filter(strategy=strategy).count() + 1
    made = StrategyPriority(
        reference=drawn_reference("SP"), strategy=strategy, number=number, title=title, what=clean(what).strip()
    )
    made.save(force_insert=True)
    record("strategy.priority_added", subject=strategy, number=number)
    return made


@action
def add_strategy_action(
    *, by: Any, priority: StrategyPriority, what: str, shows: str, owner: Any, due_on: dt.date
) -> StrategyAction:
    """Add what somebody does for a priority."""
    priority.hold()
    refuse(rules.why_not_keep(by, priority.strategy))
    what, shows = one_line(what, 200), one_line(shows, 300)
    refuse(rules.why_not_this_action(priority.strategy, what, shows, owner, due_on))
    made = StrategyAction(
        reference=drawn_reference("SA"),
        priority=priority,
        what=what,
        shows=shows,
        owner=owner,
        due_on=due_on,
        added_by=by,
    )
    made.save(force_insert=True)
    record("strategy.action_added", subject=made, strategy=priority.strategy.reference)
    return made


@action
def change_strategy_action(
    *, by: Any, planned: StrategyAction, what: str, shows: str, owner: Any, due_on: dt.date, seen: str | None = None
) -> StrategyAction:  # fmt: skip
    """Change what is to be done, by whom, by when. Every version is kept."""
    planned.hold()
    refuse(rules.why_not_keep(by, planned.priority.strategy))
    typed: dict[str, Any] = {
        "what": one_line(what, 200),
        "shows": one_line(shows, 300),
        "owner": owner,
        "due_on": due_on,
    }
    refuse(rules.why_not_this_action(planned.priority.strategy, **typed))
    changed = write_seen(planned, seen, typed, {"owner": str, "due_on": str})
    if changed:
        planned.save(update_fields=changed)
    record("strategy.action_changed", subject=planned, changed=changed)
    return planned


@action
def note_strategy_progress(*, by: Any, planned: StrategyAction, stands: str, words: str) -> StrategyProgress:
    """Say how it stands today. What was said before stays."""
    words = clean(words).strip()
    refuse(rules.why_not_note(by, planned) or rules.why_not_this_progress(stands, words))
    made = StrategyProgress(action=planned, stands=stands, words=words, noted_by=by)
    made.save(force_insert=True)
    record("strategy.progress_noted", subject=planned, stands=stands)
    return made


@action
def add_strategy_evidence(*, by: Any, planned: StrategyAction, shown_by: str, words: str) -> StrategyEvidence:
    """Name what shows how it stands: words, or a measure, a theme or an intention that the writer may read."""
    words = clean(words).strip()
    refuse(rules.why_not_note(by, planned) or (None if words else rules.NO_WORDS))
    known = shown_by in dict(to_show(by))
    refuse(None if known else Refusal("strategy.shown_by", "Choose what shows it from the list."))
    kind, _, of = shown_by.partition(":")
    made = StrategyEvidence(action=planned, kind=kind, of=of, words=words, added_by=by)
    made.save(force_insert=True)
    record("strategy.evidence_added", subject=planned, kind=kind, of=of)
    return made


@action
def report_to_board(*, by: Any, strategy: Strategy, words: str = "") -> StrategyReport:
    """Freeze the strategy as it stands, with its digest, for the board."""
    strategy.hold()
    refuse(rules.why_not_report(by, strategy, StrategyAction.objects.filter(priority__strategy=strategy).count()))
    words, frozen = clean(words).strip(), freezing.as_it_stands(by, strategy)
    made = StrategyReport(
        reference=drawn_reference("SR"),
        strategy=strategy,
        words=words,
        frozen=frozen,
        digest=freezing.digest_of(frozen, words),
        taken_by=by,
    )
    made.save(force_insert=True)
    record("strategy.reported", subject=made, strategy=strategy.reference, digest=made.digest)
    return made
