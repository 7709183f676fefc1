"""A family helped for good, by the actions of those who helped: found, planned, reached, closed, and looked at again."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from hearth.casework.assessments.actions import start_assessment
from hearth.casework.assessments.tests.conftest import fill_in, send, sign_off
from hearth.casework.cases.actions import open_case
from hearth.casework.cases.models import Case
from hearth.casework.plans.actions import agree_plan, start_plan
from hearth.casework.plans.closing.actions import close_case
from hearth.casework.plans.models import Outcome, Plan
from hearth.casework.plans.outcomes.actions import add_outcome, end_outcome
from hearth.casework.plans.reviews.actions import record_review
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.seen import seen_of
from hearth.oversight.programmes import actions, gathering
from hearth.oversight.programmes.models import Claim
from hearth.records.people.actions import add_person, open_family
from hearth.records.people.models import Family, Person

DAYS_AGO = {"opened": 420, "signed_off": 400, "agreed": 390, "reviewed": 330, "reached": 260, "closed": 250}


def ago(days: int) -> dt.date:
    """So many days before today."""
    return clock.today() - dt.timedelta(days=days)


@dataclass
class Helped:
    """A family that was helped, and what there is of it."""

    family: Family
    case: Case
    plan: Plan
    mother: Person
    child: Person


@pytest.fixture
def helped(cast: Any, area: Any) -> Callable[..., Helped]:
    """Tell such a family's story; `reached` says which of its two outcomes were. `closes`: the case was closed after."""
    worker: Any = cast.family_worker

    def tell(*, reached: tuple[int, ...] = (1, 2), closes: bool = True, name: str = "Ashworth") -> Helped:
        with clock.frozen(ago(DAYS_AGO["opened"])), acting_as(worker):
            family = open_family(by=worker, name=name, area=area)
            said: dict[str, Any] = {"family_name": name, "birth_precision": "full"}
            mother = add_person(
                by=worker,
                family=family,
                role="parent",
                given_name="Kelly",
                sex="F",
                born_on=dt.date(1990, 5, 2),
                **said,
            )
            child = add_person(
                by=worker, family=family, role="child", given_name="Jake", sex="M", born_on=ago(9 * 365), **said
            )
            case = open_case(by=worker, family=family, because="assessment", lead=worker)
            assessment = start_assessment(by=worker, case=case)
        with clock.frozen(ago(DAYS_AGO["signed_off"])):
            fill_in(worker, assessment)
            send(worker, assessment, cast.manager)
            sign_off(cast.manager, assessment)
        with clock.frozen(ago(DAYS_AGO["agreed"])), acting_as(worker):
            plan = start_plan(by=worker, case=case, type="early_help")
            for want in ("Calm mornings", "A safe home"):
                add_outcome(
                    by=worker,
                    plan=plan,
                    want=want,
                    area="stay_safe",
                    measure="We say so",
                    starting_score=3,
                    target_score=8,
                )
            agree_plan(by=worker, plan=plan, agreed_on=clock.today(), agreed_by=[mother], how="together")
        with clock.frozen(ago(DAYS_AGO["reviewed"])), acting_as(worker):
            record_review(
                by=worker, plan=plan, reviewed_on=clock.today(), took_part=[mother], changed="Calmer", decision="carry_on",
                scores=dict.fromkeys(plan.outcomes.all(), (6, "")), seen_version=0, next_review_on=clock.today(),
            )  # fmt: skip
        with clock.frozen(ago(DAYS_AGO["reached"])), acting_as(worker):
            for outcome in Outcome.objects.filter(plan=plan, number__in=reached):
                end_outcome(by=worker, outcome=outcome, state="met")
        if closes:
            with clock.frozen(ago(DAYS_AGO["closed"])), acting_as(worker):
                case.refresh_from_db()
                close_case(
                    by=worker,
                    case=case,
                    reason="outcomes_met",
                    outcome="all_met",
                    closing_words="Done",
                    family_view="Good",
                )
        return Helped(family, case, plan, mother, child)

    return tell


@pytest.fixture
def local() -> Any:
    """The authority's own framework: one need or more, each met for six months."""
    found = gathering.framework_of("local")
    assert found is not None
    return found


@pytest.fixture
def name_needs(cast: Any, local: Any) -> Callable[..., None]:
    """Say which needs the two outcomes are about, as the analyst."""

    def do(helped: Helped, first: str = "relationships", second: str = "safety", framework: Any = None) -> None:
        frame = framework or local
        with acting_as(cast.analyst):
            before = gathering.named_of(cast.analyst, [helped.case.id])[helped.case.id, frame.code]
            keys = _keys(cast.analyst, helped)
            actions.name_needs(
                by=cast.analyst, case=helped.case.id, framework=frame, needs=dict(zip(keys, (first, second), strict=True)),
                seen=seen_of({str(row.outcome_id): row.need for row in before}),
            )  # fmt: skip

    return do


def _keys(reader: Any, helped: Helped) -> list[str]:
    facts = gathering.facts_of([(helped.case.id, clock.today())])[helped.case.id, clock.today()].facts
    return [outcome["id"] for outcome in facts["plans"][0]["outcomes"]]


@pytest.fixture
def look(cast: Any, local: Any) -> Callable[..., None]:
    """Record a look again at needs, so many days ago."""

    def do(helped: Helped, days_ago: int, *needs: str, still_met: bool = True) -> None:
        with acting_as(cast.analyst):
            for need in needs:
                actions.look_again(
                    by=cast.analyst, case=helped.case.id, framework=local, need=need, seen_on=ago(days_ago), how="family",
                    still_met=still_met,
                )  # fmt: skip

    return do


@pytest.fixture
def claimable(helped: Any, name_needs: Any, look: Any) -> Helped:
    """A family of whom everything is so: needs named, reached 260 days ago, and still met 20 days ago."""
    found: Helped = helped()
    name_needs(found)
    look(found, 20, "relationships", "safety")
    return found


@pytest.fixture
def claim_for(cast: Any, local: Any) -> Callable[..., Claim]:
    """Make a claim as the analyst, as at today or so many days ago."""

    def do(helped: Helped, days_ago: int = 0, by: Any = None) -> Claim:
        by = by or cast.analyst
        with acting_as(by):
            return actions.make_claim(by=by, case=helped.case.id, framework=local, as_at=ago(days_ago))

    return do


@pytest.fixture
def accept(cast: Any) -> Callable[[Claim], Claim]:
    """The strategic lead accepts a claim."""

    def do(claim: Claim) -> Claim:
        with acting_as(cast.strategic_lead):
            found = Claim.objects.get(pk=claim.pk)
            return actions.check_claim(by=cast.strategic_lead, claim=found, accept=True)

    return do
