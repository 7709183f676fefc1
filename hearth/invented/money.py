"""Money of an invented authority: sources, shares for each district, a contract that is paid, a budget, and purchases for families.

In Lancashire the sources are the papers' own (records/money/loading/example.py); elsewhere they are ours. Told by the product's own
actions, with dice of their own, so that nothing that is told of the families hangs on them.
"""

import datetime as dt
from typing import Any

from hearth.casework.plans.models import Plan, PlanStatus
from hearth.desk.buying.actions import ask_from_plan
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.invented.story import Place
from hearth.records.money import actions, queries
from hearth.records.money.budgets import actions as budgets
from hearth.records.money.loading import example
from hearth.records.money.loading.actions import load_ledger
from hearth.records.money.loading.reading import read
from hearth.records.money.models import Budget, Purchase, Share
from hearth.records.money.purchases import actions as purchases

EARLY = "Early support and intervention"
# From whom, for what, how many thousand pence of each hundred thousand of a share.
CONTRACTS = (
    ("Lantern Family Support", "Family support at home", 45),
    ("Harbour Homes", "Help to keep a home", 25),
    ("Ferndale High School", "Mentors after school", 10),
)
# How far each got: need, what, from whom, pounds.
BOUGHT = (
    ("transport", "Bus passes for a term", "Northshire Buses", 120, "paid"),
    ("short_breaks", "A week of holiday club", "Beacon Sports Centre", 95, "received"),
    ("mentoring", "Six sessions of boxing", "Moorside Boxing Club", 90, "bought"),
    ("transport", "Taxis to an appointment", "Town Taxis", 64, "approved"),
    ("childcare", "Two mornings of nursery", "Little Acorns", 78, "asked"),
)
WHY = "They said that this is what would help most."


def tell_money(cast: dict[str, Any], places: list[Place]) -> None:
    """A year of money in the first districts."""
    keeper, place = cast["commissioner"], places[0]
    with acting_as(keeper):
        _load(keeper)
        share = _this_year(keeper, [each.area for each in places])
        _contracts(keeper, share)
        budget = _budget(keeper, cast["development_officer"], share)
    _purchases(cast, place, budget)


def _load(keeper: Any) -> None:
    """The papers' own figures, where the districts are theirs."""
    if example.is_ours():
        areas = queries.districts()
        book = read(example.example_file(), queries.district_codes(areas))
        load_ledger(
            by=keeper, file_name="ledger-of-the-papers.xlsx", book=book, areas={area.code: area for area in areas}
        )


def _this_year(keeper: Any, areas: list[Any]) -> Share:
    """A source of this year, with a share for each of the districts; the first's."""
    today = clock.today()
    begins = dt.date(today.year if today.month >= 4 else today.year - 1, 4, 1)
    fund = actions.add_fund(
        by=keeper, name=f"Early help grant {begins.year}/{(begins.year + 1) % 100:02d}", given_by="The council",
        begins_on=begins, ends_on=dt.date(begins.year + 1, 3, 31), words="Invented.",
    )  # fmt: skip
    whole = queries.districts()
    told = {"by": keeper, "fund": fund, "happened_on": begins}
    actions.receive_money(pence=100_000_00 * len(whole), words="The year's grant", voucher="GL 1001", **told)
    found: dict[Any, Any] = {}
    for area in whole:
        entry = actions.allocate_money(
            area=area, year=begins.year, purpose=EARLY, pence=80_000_00, words="The same for each district", **told
        )
        found[area.pk] = entry.share
    share: Share = found[areas[0].pk]
    return share


def _contracts(keeper: Any, share: Share) -> None:
    begins, today = share.fund.begins_on, clock.today()
    for place, (who, what, percent) in enumerate(CONTRACTS):
        promised = 80_000_00 * percent // 100
        commitment = actions.commit_money(
            by=keeper,
            share=share,
            pence=promised,
            happened_on=begins,
            with_whom=who,
            words=what,
            voucher=f"PO {2001 + place}",
        )
        for quarter in range(1, 5):
            day = begins + dt.timedelta(days=91 * quarter)
            if day <= today:
                actions.pay_money(
                    by=keeper, commitment=commitment, pence=promised // 4, happened_on=day, words=f"Quarter {quarter}",
                    voucher=f"INV {2001 + place}-{quarter}",
                )  # fmt: skip


def _budget(keeper: Any, holder: Any, share: Share) -> Budget:
    budget = budgets.open_budget(
        by=keeper, share=share, name="Spot purchases of the district", kind="district", holder=holder, by_rule_pence=5_000,
        most_pence=25_000,
    )  # fmt: skip
    budgets.delegate_money(
        by=keeper, budget=budget, pence=3_000_00, happened_on=share.fund.begins_on, words="For the year"
    )
    return budget


def _purchases(cast: dict[str, Any], place: Place, budget: Budget) -> None:
    """For families that are worked with, one at each stage."""
    worker = place.worker
    with acting_as(worker):
        rows = Plan.objects.filter(status=PlanStatus.AGREED, case__area=place.area, case__lead=worker)
        plans = list(
            rows.select_related("case__family__area", "case__area", "case__lead__organisation", "family").order_by(
                "reference"
            )
        )
        plans = plans[: len(BOUGHT)]
    for plan, (need, what, supplier, pounds, until) in zip(plans, BOUGHT, strict=False):
        with acting_as(worker):
            purchase = ask_from_plan(
                by=worker,
                plan=plan,
                budget=budget,
                need=need,
                what=what,
                supplier=supplier,
                pence=pounds * 100,
                why=WHY,
            )
        _go_on(cast, worker, purchase, until)


def _go_on(cast: dict[str, Any], worker: Any, purchase: Purchase, until: str) -> None:
    holder, keeper = cast["development_officer"], cast["commissioner"]
    steps = {
        "approved": lambda by: purchases.decide_purchase(by=by, purchase=purchase, approve=True),
        "bought": lambda by: purchases.order_purchase(by=by, purchase=purchase),
        "received": lambda by: purchases.receive_purchase(by=by, purchase=purchase),
        "paid": lambda by: purchases.pay_purchase(
            by=by, purchase=purchase, pence=purchase.pence, happened_on=clock.today()
        ),
    }
    who = {"approved": holder, "bought": worker, "received": worker, "paid": keeper}
    reached = ["asked", *steps].index(until)
    for step in list(steps)[:reached]:
        with acting_as(who[step]):
            steps[step](who[step])
