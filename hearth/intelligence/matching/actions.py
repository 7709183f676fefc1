"""Start a link run, cancel it, and put what it found in force as one."""

import hashlib
import json
from typing import Any

from django.db import connection

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.jobs import defer
from hearth.foundation.core.references import drawn_reference, new_reference
from hearth.foundation.core.refusals import refuse
from hearth.intelligence.matching import rules
from hearth.intelligence.matching.models import LinkRun, MatchPair

STATE = LinkRun.State
_TURNS = 712_021  # the advisory lock's own number
EMPTIED: dict[str, Any] = {"one_says": {}, "other_says": {}, "evidence": []}


def take_turns() -> None:
    """Of two who start or finish a run at once, the second sees what the first did."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_TURNS])


@action
def start_link_run(*, by: Any, afresh: bool = False, because: str = "asked", queue: bool = True) -> LinkRun:
    """Have everybody in what the feeds hold linked. Where a run waits to start already, that one does it.

    `queue` leaves it to the worker; a command does it itself.
    """
    refuse(rules.why_not_link_feeds(by))
    take_turns()
    waiting = LinkRun.objects.filter(state=STATE.WAITING).first()
    if waiting is not None and (waiting.afresh or not afresh):
        if queue:  # whoever had it in hand may be gone; done twice it is done once
            defer("matching.link", run=waiting.id, by=by.id)
        record("matching.run_waits_already", subject=waiting)
        return waiting
    run = LinkRun(reference=drawn_reference("LR"), by=by, because=because, afresh=afresh)
    run.save(force_insert=True)
    if queue:
        defer("matching.link", run=run.id, by=by.id)
    record("matching.run_started", subject=run, because=because, afresh=afresh)
    return run


@action
def begin_run(*, by: Any, run: LinkRun) -> LinkRun:
    """It begins, or begins again."""
    run.hold()
    if run.state in LinkRun.OPEN:
        run.state, run.started_at, run.percent, run.step = STATE.RUNNING, clock.now(), 0, ""
        run.save(update_fields=["state", "started_at", "percent", "step"])
    record("matching.run_begun", subject=run)
    return run


@action
def cancel_link_run(*, by: Any, run: LinkRun) -> LinkRun:
    """Give a run up: what was in force stays in force."""
    run.hold()
    refuse(rules.why_not_cancel_link_run(by, run))
    _end(run, STATE.CANCELLED, by)
    record("matching.run_cancelled", subject=run)
    return run


@action
def fail_run(*, by: Any, run: LinkRun, sentence: str) -> LinkRun:
    """It could not be done: say why."""
    run.hold()
    if run.state in LinkRun.OPEN:
        run.failure = sentence
        _end(run, STATE.FAILED, by)
    record("matching.run_failed", subject=run)
    return run


def _end(run: LinkRun, state: str, by: Any) -> None:
    run.state, run.ended_at, run.ended_by = state, clock.now(), by
    run.save()


@action
def finish_run(
    *, by: Any, run: LinkRun, files: list[dict[str, Any]], parameters: dict[str, Any], versions: dict[str, str],
    weights: list[dict[str, Any]], counts: dict[str, Any], rows_hash: str, known_hashes: dict[str, str],
    pairs: list[dict[str, Any]], follows: LinkRun | None,
) -> LinkRun:  # fmt: skip
    """Put what a run found in force: its file, and the pairs that people are to decide. One that was cancelled changes nothing."""
    take_turns()
    run.hold()
    if run.state != STATE.RUNNING:
        record("matching.run_over", subject=run, state=run.state)
        return run
    LinkRun.objects.filter(is_current=True).update(is_current=False)
    run.files, run.parameters, run.versions, run.weights, run.counts = files, parameters, versions, weights, counts
    run.model_version = hashlib.sha256(json.dumps(weights, sort_keys=True).encode()).hexdigest()[:12] if weights else ""
    run.rows_hash, run.known_hashes, run.follows, run.is_current = rows_hash, known_hashes, follows, True
    run.percent, run.step = 100, ""
    _end(run, STATE.DONE, by)
    _put_pairs(run, pairs)
    defer("insight.work_out_anew")  # who is who has changed, and with it who meets a rule
    record("matching.run_done", subject=run, **{name: n for name, n in counts.items() if isinstance(n, int)})
    return run


def _put_pairs(run: LinkRun, pairs: list[dict[str, Any]]) -> None:
    """Pairs are known by their two records: what was decided stays decided, and what is no longer asked is emptied."""
    before = {(pair.one_key, pair.other_key): pair for pair in MatchPair.objects.exclude(state=MatchPair.State.ERASED)}
    made, changed, asked = [], [], set()
    for given in pairs:
        keys = (given["one_key"], given["other_key"])
        asked.add(keys)
        pair = before.get(keys)
        if pair is None:
            made.append(MatchPair(reference=new_reference("MP"), run=run, **given))
            continue
        for name, value in given.items():
            setattr(pair, name, value)
        pair.run = run
        if pair.state == MatchPair.State.OVER:
            pair.state = MatchPair.State.WAITING
        changed.append(pair)
    for keys, pair in before.items():
        if keys not in asked and pair.state in (MatchPair.State.WAITING, MatchPair.State.SECOND):
            pair.state = MatchPair.State.OVER
            for name, value in EMPTIED.items():
                setattr(pair, name, value)
            changed.append(pair)
    names = ["run", "state", *(pairs[0] if pairs else []), *EMPTIED]
    MatchPair.objects.bulk_update(changed, list(dict.fromkeys(names)), batch_size=500)
    # One of before that is kept from whoever links, since somebody of it was restricted, stays as it is.
    MatchPair.objects.bulk_create(made, batch_size=1000, ignore_conflicts=True)
