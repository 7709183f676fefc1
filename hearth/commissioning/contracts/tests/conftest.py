"""A contract of the charity's for two districts at every step: written, signed by two, with a milestone, a target and a term.

The commissioner writes it and signs second; the strategic lead signs first; the first district's development officer visits.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hearth.casework.cases.actions import join_team
from hearth.commissioning.contracts import actions
from hearth.commissioning.contracts.claims import actions as claims
from hearth.commissioning.contracts.milestones import actions as milestones
from hearth.commissioning.contracts.models import Contract, Milestone, OutcomeClaim, PaymentTerm
from hearth.foundation.accounts.models import Appointment
from hearth.foundation.core import clock
from hearth.records.money.tests.conftest import fund, give, keeper, share  # noqa: F401 - fixtures
from hearth.records.people.models import Person
from hearth.records.sharing.actions import record_consent

PARTS = (1_500_001, 500_000)  # pence: the first district's and the second's
VALUE = sum(PARTS)
FIRST, CAP, PRICE = 1_400_001, 600_000, 100_000


def appointed(user: Any, role: str, cast: Any, as_: Any, area: Any = None) -> Any:
    """Somebody with a further role."""
    with as_(cast.administrator):
        Appointment(user=user, role=role, area=area, from_on=clock.today()).save(force_insert=True)
    return type(user).objects.select_related("organisation").get(pk=user.pk)


@pytest.fixture
def other_commissioner(cast: Any, as_: Any) -> Any:
    """A second commissioner."""
    return appointed(cast.county_manager, "commissioner", cast, as_)


@pytest.fixture
def other_provider(cast: Any, as_: Any) -> Any:
    """A contract lead of another organisation."""
    return appointed(cast.police_officer, "provider", cast, as_)


@pytest.fixture
def other_officer(cast: Any, as_: Any, other_area: Any) -> Any:
    """A development officer of the second district."""
    return appointed(cast.other_family_worker, "development_officer", cast, as_, other_area)


def told(cast: Any, **more: Any) -> dict[str, Any]:
    """What a contract says: it runs for a year, from a quarter of a year ago."""
    today = clock.today()
    return {
        "title": "Family support at home", "what": "Visits at home.", "needs": ["parenting"], "provider": cast.provider.organisation,
        "no_tender_why": "Nobody else offers it here.", "starts_on": today - dt.timedelta(days=90), "ends_on": today + dt.timedelta(days=275),
        "manager": cast.development_officer, "document": "Deeds 12/4",
    } | more  # fmt: skip


@pytest.fixture
def other_share(give: Any, other_area: Any) -> Any:  # noqa: F811
    """The second district's £10,000."""
    return give(other_area, 1_000_000)


@pytest.fixture
def write(cast: Any, area: Any, other_area: Any, share: Any, other_share: Any, as_: Any) -> Callable[..., Contract]:  # noqa: F811
    """`write(parts=(1, 2))` writes one whole, of which each district bears so much; its milestone is what the term's cap leaves."""

    def make(parts: Any = PARTS, cap: int = CAP, price: int = PRICE, more: Any = (), **said: Any) -> Contract:
        by = cast.commissioner
        with as_(by):
            made = actions.write_contract(by=by, **told(cast, **said))
            for where, of, pence in zip((area, other_area), (share, other_share), parts, strict=False):
                if pence:
                    actions.add_part(
                        by=by, contract=made, organisation=by.organisation, area=where, share=of, pence=pence
                    )
            for organisation, pence in more:
                actions.add_part(by=by, contract=made, organisation=organisation, pence=pence)
            first = sum(parts) + sum(pence for _, pence in more) - cap
            if first:
                actions.add_milestone(
                    by=by,
                    contract=made,
                    name="Ten families begin",
                    due_on=clock.today() + dt.timedelta(days=30),
                    pence=first,
                )
            if cap:
                actions.add_payment_term(by=by, contract=made, outcome="home_kept", pence=price, cap_pence=cap)
            actions.add_target(
                by=by, contract=made, kind="output", name="Families that begin", definition="A first visit.", unit="number",
                figures=[10] * len(made.quarters),
            )  # fmt: skip
        return made

    return make


@pytest.fixture
def draft(write: Any) -> Contract:
    """Whole, and not signed."""
    return write()


@pytest.fixture
def sign(cast: Any, as_: Any) -> Callable[..., Contract]:
    """`sign(draft)` signs it by the strategic lead, then by the commissioner."""

    def make(found: Contract) -> Contract:
        for by in (cast.strategic_lead, cast.commissioner):
            with as_(by):
                actions.sign_contract(by=by, contract=found)
        return found

    return make


@pytest.fixture
def contract(draft: Contract, sign: Any) -> Contract:
    """Signed."""
    return sign(draft)


def milestone_of(contract: Contract) -> Milestone:
    """Its first."""
    return Milestone.objects.filter(contract=contract).order_by("due_on")[0]


def term_of(contract: Contract) -> PaymentTerm:
    """Its term."""
    return PaymentTerm.objects.get(contract=contract)


@pytest.fixture
def reached(contract: Contract, cast: Any, as_: Any) -> Milestone:
    """The provider says that the milestone is reached."""
    with as_(cast.provider):
        return milestones.reach_milestone(
            by=cast.provider, milestone=milestone_of(contract), reached_on=clock.today(), evidence="Register 4"
        )


@pytest.fixture
def certified(reached: Milestone, cast: Any, as_: Any) -> Milestone:
    """Certified by the district."""
    by = cast.development_officer
    with as_(by):
        return milestones.certify_milestone(by=by, milestone=Milestone.objects.get(pk=reached.pk), certify=True)


@pytest.fixture
def helped(case: Any, family: Any, cast: Any, as_: Any) -> Any:
    """The Ashworths' case, with the charity's contract lead in its team: their mother agreed that it reads their plan."""
    by = cast.family_worker
    with as_(by):
        kelly = Person.objects.get(given_name="Kelly", memberships__family=family)
        record_consent(
            by=by, family=family, organisations=[cast.provider.organisation], decider=kelly, who_decided="parent",
            recorded_how="spoken", categories=["basic", "plan"],
        )  # fmt: skip
        join_team(by=by, case=case, user=cast.provider, role="support")
    return case


@pytest.fixture
def claim(contract: Contract, helped: Any, cast: Any, as_: Any) -> Callable[..., OutcomeClaim]:
    """`claim()` claims that the Ashworths kept their home, as the charity's contract lead."""

    def make(of: Any = None, by: Any = None, **said: Any) -> OutcomeClaim:
        by, found = by or cast.provider, of or contract
        typed = {
            "case": helped,
            "happened_on": clock.today(),
            "evidence": "Letter 7",
            "words": "Zzwords: they kept it",
        } | said
        with as_(by):
            return claims.claim_outcome(by=by, contract=found, term=PaymentTerm.objects.get(contract=found), **typed)

    return make


@pytest.fixture
def verified(claim: Any, cast: Any, as_: Any) -> OutcomeClaim:
    """Claimed by the charity, verified by the district."""
    made, by = claim(), cast.development_officer
    with as_(by):
        return claims.look_at_claim(by=by, claim=OutcomeClaim.objects.get(pk=made.pk), verify=True)
