"""Writes: name needs, look again, make, check and withdraw claims. No name and no free text about a family goes into evidence."""

import datetime as dt
import uuid
from typing import Any

from django.db import connection

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Conflict, Refusal, Refused, refuse
from hearth.foundation.core.seen import seen_of
from hearth.foundation.core.text import clean
from hearth.oversight.programmes import gathering, rules
from hearth.oversight.programmes.freezing import canonical, digest_of
from hearth.oversight.programmes.holding import HOLDS, holdings
from hearth.oversight.programmes.models import Claim, LookAgain, NamedNeed
from hearth.oversight.programmes.needs import outcomes_of
from hearth.oversight.programmes.working import work_out

GONE = Refusal("programmes.gone", "This family can no longer be claimed for by you. Look at the list again.")


def _one_at_a_time(case: uuid.UUID) -> None:
    """Whoever makes claims holds no row of the case itself, so two of them take turns by its key."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"claims of {case}"])


def _case_on(case: uuid.UUID, day: dt.date) -> gathering.ClaimCase:
    found = gathering.facts_of([(case, day)]).get((case, day))
    if found is None:
        raise Refused(GONE)
    return found


@action
def name_needs(*, by: Any, case: uuid.UUID, framework: Any, needs: dict[str, str], seen: str) -> None:
    """Say which need of a framework each outcome of the plan meets. What was said before is ended and kept.

    `needs` maps an outcome's key to a need's code, empty where it is about none; `seen` is what the page showed.
    """
    _one_at_a_time(case)
    found = _case_on(case, clock.today())
    outcomes = {outcome["id"] for _, outcome in outcomes_of(found.facts)}
    refuse(rules.why_not_name(by, framework, needs, outcomes))
    before = {str(row.outcome_id): row for row in gathering.named_of(by, [case])[case, framework.code]}
    changed = {key: need for key, need in needs.items() if key not in before or before[key].need != need}
    if changed and seen != seen_of({key: row.need for key, row in before.items()}):
        theirs = {key: row.need for key, row in before.items() if key in changed}
        raise Conflict({"needs": (_in_words(framework, theirs), _in_words(framework, changed))})
    for key, need in sorted(changed.items()):
        if key in before:
            NamedNeed.objects.filter(pk=before[key].pk).update(ended_at=clock.now())
        NamedNeed(
            family_id=found.family_id, case_id=case, outcome_id=uuid.UUID(key), framework=framework.code, need=need, by=by
        ).save(force_insert=True)  # fmt: skip
    record(
        "programmes.needs_named", family=found.family_id, subject=found.reference, framework=framework.code,
        outcomes=len(changed),
    )  # fmt: skip


def _in_words(framework: Any, named: dict[str, str]) -> str:
    labels = {need.code: need.label for need in framework.claim.needs}
    return ", ".join(labels.get(need, "No need of this programme") for _, need in sorted(named.items()))


@action
def look_again(
    *, by: Any, case: uuid.UUID, framework: Any, need: str, seen_on: dt.date, how: str, still_met: bool,
    counted: dict[str, tuple[int, int]] | None = None,
) -> LookAgain:  # fmt: skip
    """Record that somebody looked again at a need that had been met, and whether it still was.

    `counted`: of each thing that the programme wants to have fallen, how many before the help and how many after.
    """
    found = _case_on(case, clock.today())
    opened = dt.date.fromisoformat(found.facts["opened_on"])
    counts = counted or {}
    refuse(rules.why_not_look(by, framework, need, how, seen_on, opened))
    refuse(rules.why_not_count(framework.claim.need(need), counts, still_met))
    look = LookAgain(
        family_id=found.family_id, case_id=case, framework=framework.code, need=need, seen_on=seen_on, how=how,
        still_met=still_met, by=by,
        counted=[{"code": code, "before": before, "after": after} for code, (before, after) in sorted(counts.items())],
    )  # fmt: skip
    look.save(force_insert=True)
    record(
        "programmes.looked_again", family=found.family_id, subject=found.reference, framework=framework.code, need=need,
        seen_on=seen_on, still_met=still_met,
    )  # fmt: skip
    return look


@action
def make_claim(*, by: Any, case: uuid.UUID, framework: Any, as_at: dt.date) -> Claim:
    """Claim for a family under a framework as at a day: what it rests on is frozen with its digest, for somebody else to check."""
    _one_at_a_time(case)
    refuse(rules.why_not_claim(by, as_at, [], None))
    found = _case_on(case, as_at)
    key = (case, framework.code)
    named, looks = gathering.named_of(by, [case])[key], gathering.looks_of(by, [case])[key]
    basis = gathering.basis_now(framework, found, named, looks, gathering.signs_of([case]).get(case, []))
    worked = work_out(basis)
    in_force = Claim.objects.visible_to(by).filter(
        family=found.family_id, framework=framework.code, state__in=Claim.IN_FORCE
    )
    refuse(rules.why_not_claim(by, as_at, worked.missing, in_force.first()))
    content = canonical(gathering.content_of(basis, worked, gathering.as_frozen(framework)))
    claim = Claim(
        reference=drawn_reference("PC"), family_id=found.family_id, case_id=case, framework=framework.code,
        framework_version=framework.version, as_at=as_at, content=content, digest=digest_of(content),
        rules_digest=gathering.as_frozen(framework)["digest"], pounds=framework.claim.pounds, made_by=by,
    )  # fmt: skip
    claim.save(force_insert=True)
    record(
        "programmes.claim_made", family=found.family_id, subject=claim, framework=framework.code, as_at=as_at,
        digest=claim.digest,
    )  # fmt: skip
    return claim


@action
def check_claim(*, by: Any, claim: Claim, accept: bool, words: str = "") -> Claim:
    """Accept a claim that still holds, or return it with a reason: never whoever made it."""
    claim.hold()
    refuse(rules.why_not_check(by, claim))
    holds = holdings(by, [claim])[claim.pk].state == HOLDS
    refuse(rules.why_not_check_so(accept, words, holds))
    claim.state = Claim.State.ACCEPTED if accept else Claim.State.RETURNED
    claim.checked_by, claim.checked_at, claim.check_words = by, clock.now(), clean(words).strip()
    claim.accepted_at = claim.checked_at if accept else None
    claim.save(update_fields=["state", "checked_by", "checked_at", "check_words", "accepted_at"])
    record("programmes.claim_checked", family=claim.family_id, subject=claim, accepted=accept)
    return claim


@action
def withdraw_claim(*, by: Any, claim: Claim, why: str) -> Claim:
    """Take a claim that is in force back, with a reason. It stays on record."""
    claim.hold()
    refuse(rules.why_not_withdraw(by, claim, why))
    claim.state, claim.withdrawn_by, claim.withdrawn_at = Claim.State.WITHDRAWN, by, clock.now()
    claim.withdrawn_why = clean(why).strip()
    claim.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "withdrawn_why"])
    record("programmes.claim_withdrawn", family=claim.family_id, subject=claim)
    return claim
