"""Contracts of an invented authority: one of two districts that lacks its quality visit, a small one, and one that ends before its time.

Told by the product's own actions; the one of NEET stands in the ledger of the papers (records/money/loading/example.py).
"""

import datetime as dt
from typing import Any

from django.db import transaction

from hearth.casework.cases.actions import join_team
from hearth.casework.cases.models import Case, TeamMember
from hearth.commissioning.contracts import actions
from hearth.commissioning.contracts.claims.actions import claim_outcome, look_at_claim, pay_outcome
from hearth.commissioning.contracts.endings.actions import ask_to_decommission, decide_decommissioning
from hearth.commissioning.contracts.milestones.actions import certify_milestone, pay_milestone, reach_milestone
from hearth.commissioning.contracts.models import Contract, Decommissioning, Milestone, OutcomeClaim, PaymentTerm
from hearth.commissioning.contracts.variations.actions import answer_variation, ask_for_variation
from hearth.commissioning.contracts.visits.actions import add_visit_action, note_visit, plan_visit
from hearth.foundation.accounts.models import Organisation
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.invented.money import EARLY
from hearth.invented.story import Place
from hearth.records.money.actions import allocate_money
from hearth.records.money.models import Share
from hearth.records.people.models import Person
from hearth.records.sharing.actions import record_consent

COMMISSIONED = "Commissioned services"
OUTCOMES = ("paid", "waits")
SIGNED_AGO = dt.timedelta(days=100)


def tell_contracts(cast: dict[str, Any], places: list[Place]) -> None:
    """Three contracts, signed a hundred days ago, or since the year's money is there."""
    share = _share(cast["commissioner"], places[0].area)
    shares, begun = {place.area.pk: share for place in places[:2]}, share.fund.begins_on
    signed_on = max(clock.today() - SIGNED_AGO, begun)
    with clock.frozen(clock.now() - (clock.today() - signed_on)):
        areas = [places[0].area, *([places[1].area] if len(places) > 1 else [])]
        joint = _write(
            cast, "Families at home together", cast["provider"].organisation, {area: shares[area.pk] for area in areas},
            10_500_00, ["parenting"], cap=2_000_00,
        )  # fmt: skip
        last = areas[-1]
        small = _write(
            cast, "Advice before an eviction", _named("Harbour Homes"), {last: shares[last.pk]}, 1_000_00, ["housing"]
        )
        ending = _write(
            cast,
            "Mentors after school",
            _named("Ferndale High School"),
            {last: shares[last.pk]},
            1_200_00,
            ["mentoring"],
        )
    _deliver(cast, joint)
    _outcomes(cast, places[0], joint)
    _visit(cast, small)
    _end(cast, ending)


def _share(by: Any, area: Any) -> Share:
    """A share of this year's money for the whole authority, for what is commissioned; each part of a contract names its district."""
    with acting_as(by):
        early = (
            Share.objects.filter(area=area, purpose=EARLY).select_related("fund").order_by("-year", "-created_at")[0]
        )
        allocate_money(
            by=by, fund=early.fund, area=None, year=early.year, purpose=COMMISSIONED, pence=15_000_00,
            happened_on=early.fund.begins_on, words="For what the board commissions",
        )  # fmt: skip
        return Share.objects.select_related("fund").get(fund=early.fund, purpose=COMMISSIONED)


def _named(name: str) -> Organisation:
    return Organisation.objects.get(name=name)


def _write(
    cast: dict[str, Any], title: str, provider: Organisation, shares: dict[Any, Share], pence: int, needs: list[str], cap: int = 0
) -> Contract:  # fmt: skip
    """Written by the commissioner for a year, signed by the strategic lead and then by the commissioner."""
    by, today = cast["commissioner"], clock.today()
    with acting_as(by):
        made = actions.write_contract(
            by=by, title=title, what=f"{title}: for families of the district, as often as they need it.", needs=needs, provider=provider,
            no_tender_why="Nobody else offered it here, and the sum is below what is called for.", starts_on=today,
            ends_on=today + dt.timedelta(days=365), manager=cast["development_officer"] if len(shares) > 1 else cast["senior_development_officer"],
            document="Contracts file, invented",
        )  # fmt: skip
        told: dict[str, Any] = {"by": by, "contract": made}
        for area, share in shares.items():
            actions.add_part(organisation=by.organisation, area=area, share=share, pence=pence // len(shares), **told)
        each = (pence - cap) // 4
        for number, name in enumerate(
            ("Staff are in post", "The first families begin", "Half of the families", "All of the families")
        ):
            actions.add_milestone(name=name, due_on=today + dt.timedelta(days=60 + 90 * number), pence=each, **told)
        if cap:
            actions.add_payment_term(outcome="home_kept", pence=250_00, cap_pence=cap, **told)
        actions.add_target(
            kind="output", name="Families that begin", definition="A first visit took place.", unit="number",
            figures=[5] * len(made.quarters), **told,
        )  # fmt: skip
        actions.add_target(
            kind="outcome", name="Families that say it helped", definition="Of those who end in the quarter, by their own answer.",
            unit="percent", figures=[None, *[80_00] * (len(made.quarters) - 1)], **told,
        )  # fmt: skip
    for signs in (cast["strategic_lead"], cast["commissioner"]):
        with acting_as(signs):
            actions.sign_contract(by=signs, contract=made)
    return made


def _deliver(cast: dict[str, Any], contract: Contract) -> None:
    """One milestone is paid, another waits to be certified; the provider asks for a variation. Nobody has visited yet."""
    provider, officer, keeper, today = (
        cast["provider"],
        cast["development_officer"],
        cast["commissioner"],
        clock.today(),
    )
    with acting_as(provider):
        first, second = Milestone.objects.filter(contract=contract).order_by("due_on")[:2]
        for each, evidence in ((first, "Letters of appointment, file 3"), (second, "Register of first visits, page 2")):
            reach_milestone(by=provider, milestone=each, reached_on=today, evidence=evidence)
    with acting_as(officer):
        certify_milestone(
            by=officer, milestone=Milestone.objects.get(pk=first.pk), certify=True, words="Seen at the monthly meeting"
        )
    with acting_as(keeper):
        pay_milestone(by=keeper, milestone=Milestone.objects.get(pk=first.pk), paid_on=today, voucher="CT 1001")
        asked = ask_for_variation(
            by=keeper,
            contract=contract,
            what=f"{contract.what} On Saturdays too.",
            why="Families who work asked for Saturdays.",
        )
    with acting_as(provider):
        answer_variation(by=provider, variation=asked, agree=True, answer="From next month")


def _outcomes(cast: dict[str, Any], place: Place, contract: Contract) -> None:
    """Two families kept their home: one is verified and paid, the other waits for somebody to look. Each agreed that the charity reads its plan."""
    provider, officer, keeper, today = (
        cast["provider"],
        cast["development_officer"],
        cast["commissioner"],
        clock.today(),
    )
    claimed = []
    for case in _agreed(place, provider):
        with acting_as(provider):
            claimed.append(
                claim_outcome(
                    by=provider, contract=contract, term=PaymentTerm.objects.get(contract=contract), case=case, happened_on=today,
                    evidence="Letter of the landlord, file 12", words="The landlord took the notice back, and the arrears are paid each month.",
                )
            )  # fmt: skip
    for made in claimed[:1]:
        with acting_as(officer):
            looked_at = OutcomeClaim.objects.select_related("contract", "claimed_by").get(pk=made.pk)
            look_at_claim(by=officer, claim=looked_at, verify=True, words="The letter is there")
        with acting_as(keeper):
            verified = OutcomeClaim.objects.select_related("contract").get(pk=made.pk)
            pay_outcome(by=keeper, claim=verified, paid_on=today, voucher="CT 1002")


def _agreed(place: Place, provider: Any) -> list[Case]:
    """Two open cases of the district whose worker put the charity's lead into the team, with the agreement of a parent."""
    by, found = place.worker, []
    with acting_as(by):
        rows = Case.objects.visible_to(by).open().filter(lead=by, family__restricted=False)
        for case in rows.order_by("opened_on", "reference"):
            parents = Person.objects.visible_to(by).filter(
                memberships__family=case.family, memberships__role="parent", memberships__until_on=None, hidden=False
            )
            parent = parents.order_by("born_on", "reference").first()
            if parent is None or TeamMember.objects.filter(case=case, user=provider, left_on=None).exists():
                continue
            try:
                with transaction.atomic():
                    record_consent(
                        by=by, family=case.family, organisations=[provider.organisation], decider=parent, who_decided="parent",
                        recorded_how="spoken", categories=["basic", "plan"],
                    )  # fmt: skip
                    join_team(by=by, case=case, user=provider, role="support")
            except Refused:
                continue  # somebody else of the family has not agreed, and they are not shared
            found.append(case)
            if len(found) == len(OUTCOMES):
                break
    return found


def _visit(cast: dict[str, Any], contract: Contract) -> None:
    """Visited, though its value did not ask for it; something is still to be put right."""
    by, today = cast["senior_development_officer"], clock.today()
    with acting_as(by):
        visit = plan_visit(by=by, contract=contract, planned_for=today, visitor=by)
        note_visit(by=by, visit=visit, done_on=today, findings="Advice is given the same day. The room is not private.")
        add_visit_action(
            by=by,
            visit=visit,
            what="Find a room in which nobody overhears",
            by_provider=True,
            due_on=today + dt.timedelta(days=28),
        )


def _end(cast: dict[str, Any], contract: Contract) -> None:
    by, keeper, today = cast["strategic_lead"], cast["commissioner"], clock.today()
    with acting_as(by):
        asked = ask_to_decommission(
            by=by, contract=contract, reasons="Few pupils came, and the youth club offers the same.", lost="Mentors in the school itself.",
            instead="To the youth club, with the same mentors for the first month.", families=6, notice_on=today,
            last_day=today + dt.timedelta(days=56),
        )  # fmt: skip
    with acting_as(keeper):
        found = Decommissioning.objects.select_related("contract").get(pk=asked.pk)
        decide_decommissioning(by=keeper, ending=found, end=True, words="The club is nearer, and open later.")
