"""Claims for families whose help lasted, so that a demonstration has one at each stage: made and checked by the product's own actions."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.seen import seen_of
from hearth.oversight.programmes import actions, gathering
from hearth.oversight.programmes.models import Claim
from hearth.oversight.programmes.samples.actions import draw_sample

FRAMEWORK = "local"  # the one that every pack has, and that pays today
NEEDS = {
    "be_healthy": "health", "stay_safe": "safety", "achieve_economic_wellbeing": "work", "make_a_positive_contribution": "crime",
    "enjoy_and_achieve": "relationships",
}  # fmt: skip
# So many days ago: somebody looked again, the claim was made, and checked.
LONG_AGO, LATELY = (100, 95, 92), (9, 2, 0)
MOST = 500


def claim_for_families(cast: dict[str, Any]) -> None:
    """Of the families whose every need was met for good: one claimed for and accepted; one that no longer holds, since a school said
    so later; one that waits to be checked. What was accepted is drawn for an audit. Others are left for somebody to claim for."""
    framework = gathering.framework_of(FRAMEWORK)
    cases = _helped_for_good(cast["analyst"]) if framework else []
    for place, case in enumerate(cases[:3]):
        days = LATELY if place == 2 else LONG_AGO
        _name_and_look(cast["analyst"], framework, case, days[0])
        made = _claim(cast["analyst"], framework, case, days[1])
        if place < 2:
            _accept(cast["strategic_lead"], made, days[2])
        if place == 1:
            _look(cast["analyst"], framework, case, LONG_AGO[1] + 1, written=30, still_met=False)
    if cases:
        _sample(cast["quality_auditor"])


def _ago(days: int) -> dt.datetime:
    return clock.now() - dt.timedelta(days=days)


def _helped_for_good(analyst: Any) -> list[gathering.ClaimCase]:
    """Closed cases whose every outcome was reached, the earliest first."""
    with acting_as(analyst):
        keys, today = gathering.cases_to_look_through("", 1, MOST), clock.today()
        facts = gathering.facts_of([(key, today) for key in keys])
    found = [case for case in facts.values() if case.closed and all(each["state"] == "met" for each in _outcomes(case))]
    return sorted(found, key=lambda case: (case.opened, case.reference))


def _outcomes(case: gathering.ClaimCase) -> list[dict[str, Any]]:
    return [outcome for plan in case.facts["plans"] for outcome in plan["outcomes"]]


def _name_and_look(by: Any, framework: Any, case: gathering.ClaimCase, days: int) -> None:
    with clock.frozen(_ago(days)), acting_as(by):
        needs = {outcome["id"]: NEEDS[outcome["area"]] for outcome in _outcomes(case)}
        actions.name_needs(by=by, case=case.id, framework=framework, needs=needs, seen=seen_of({}))
    _look(by, framework, case, days, still_met=True)


def _look(by: Any, framework: Any, case: gathering.ClaimCase, seen: int, *, written: int = 0, still_met: bool) -> None:
    """Somebody asked so many days ago, and wrote it down that day, or later (`written`)."""
    seen_on, how = _ago(seen).date(), "family" if still_met else "school"
    with clock.frozen(_ago(written or seen)), acting_as(by):
        for need in sorted({NEEDS[outcome["area"]] for outcome in _outcomes(case)}):
            actions.look_again(
                by=by, case=case.id, framework=framework, need=need, seen_on=seen_on, how=how, still_met=still_met
            )


def _claim(by: Any, framework: Any, case: gathering.ClaimCase, days: int) -> Claim:
    with clock.frozen(_ago(days)), acting_as(by):
        return actions.make_claim(by=by, case=case.id, framework=framework, as_at=clock.today())


def _accept(by: Any, made: Claim, days: int) -> None:
    with clock.frozen(_ago(days)), acting_as(by):
        actions.check_claim(by=by, claim=made, accept=True, words="The evidence bears it out.")


def _sample(by: Any) -> None:
    with acting_as(by):
        draw_sample(
            by=by, from_on=clock.today() - dt.timedelta(days=LONG_AGO[0]), until_on=clock.today() - dt.timedelta(days=1), size=2, seed="1",
        )  # fmt: skip
