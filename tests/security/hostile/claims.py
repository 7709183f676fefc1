"""Programme claims in every state: of one family withdrawn after it was sampled and made again; of another, ready to be made."""

import datetime as dt
from typing import Any

from hearth.casework.plans.models import Outcome
from hearth.casework.plans.outcomes.actions import end_outcome
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.seen import seen_of
from hearth.oversight.programmes import actions, gathering
from hearth.oversight.programmes.models import Claim
from hearth.oversight.programmes.samples.actions import draw_sample

FRAMEWORK, NEED = "local", "relationships"
REACHED, LATELY = dt.timedelta(days=250), dt.timedelta(days=10)


def framework() -> Any:
    """The authority's own, which is in use today."""
    found = gathering.framework_of(FRAMEWORK)
    assert found is not None
    return found


def help_for_good(cast: Any, planted: Any) -> None:
    """Every outcome of a family's plan was reached long ago, somebody said which need it is about and looked again lately."""
    worker, analyst, case = cast.family_worker, cast.analyst, planted.case.id
    with clock.frozen(clock.now() - REACHED), acting_as(worker):
        for outcome in Outcome.objects.filter(plan__case=case, state="open"):
            end_outcome(by=worker, outcome=outcome, state="met")
    with acting_as(analyst):
        facts = gathering.facts_of([(case, clock.today())])[case, clock.today()].facts
        needs = {outcome["id"]: NEED for plan in facts["plans"] for outcome in plan["outcomes"]}
        actions.name_needs(by=analyst, case=case, framework=framework(), needs=needs, seen=seen_of({}))
        actions.look_again(
            by=analyst, case=case, framework=framework(), need=NEED, seen_on=(clock.now() - LATELY).date(), how="visit",
            still_met=True,
        )  # fmt: skip


def claim(cast: Any, planted: Any) -> Claim:
    """The analyst makes a claim as at today."""
    with acting_as(cast.analyst):
        return actions.make_claim(by=cast.analyst, case=planted.case.id, framework=framework(), as_at=clock.today())


def accept(cast: Any, made: Claim) -> Claim:
    """The strategic lead accepts it."""
    with acting_as(cast.strategic_lead):
        return actions.check_claim(by=cast.strategic_lead, claim=made, accept=True, words="Seen")


def plant(world: Any) -> None:
    """In the order in which it could have happened."""
    cast, more = world.cast, world.more
    for key in ("claimed", "closed"):
        help_for_good(cast, world.families[key])
    with clock.frozen(clock.now() - dt.timedelta(days=2)):
        first = accept(cast, claim(cast, world.families["claimed"]))
    sample(cast, more)
    with acting_as(cast.analyst):
        actions.withdraw_claim(by=cast.analyst, claim=first, why="Made too early")
    more.claim, more.claim_framework = claim(cast, world.families["claimed"]), FRAMEWORK


def sample(cast: Any, more: Any) -> None:
    """The auditor draws from what was accepted until yesterday."""
    until = clock.today() - dt.timedelta(days=1)
    with acting_as(cast.quality_auditor):
        more.claim_sample = draw_sample(
            by=cast.quality_auditor, from_on=until - LATELY, until_on=until, size=5, seed="One"
        )
