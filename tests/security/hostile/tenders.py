"""Tenders at every step, with a bid of the charity's: being written, open, closed and sealed, opened, scored, compared, awarded."""

import datetime as dt
import io
from typing import Any

from hearth.commissioning.procurement import actions
from hearth.commissioning.procurement.awards.actions import award_lot
from hearth.commissioning.procurement.bids.actions import open_bids, send_bid
from hearth.commissioning.procurement.models import Tender
from hearth.commissioning.procurement.scoring import actions as scoring
from hearth.commissioning.procurement.telling.actions import follow_calls
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from tests.security.hostile.words import OPEN

PASSPHRASES = {
    "one": "seven herons over slate", "two": "a brass kettle at dawn", "escrow": "envelope in the strongroom",
}  # fmt: skip
GIVEN = {1: (7, f"{OPEN}planned, and how")}


class _Paper(io.BytesIO):
    name = "plan.txt"


def _paper() -> Any:
    return _Paper(f"{OPEN}planned in a file".encode())


def _written(world: Any, *, whole: bool = True) -> Any:
    by, cast, more = world.cast.commissioner, world.cast, world.more
    keepers = {"one": cast.county_manager, "two": cast.strategic_lead, "escrow": cast.information_governance}
    for place, keeper in keepers.items():
        setattr(more, f"keeper_{place}", keeper.email)
    now = clock.now()
    with acting_as(by):
        tender = actions.write_tender(
            by=by, title="Planted tender", background="What is needed.", outcomes=["In school"], standstill_days=8,
            questions_until=now + dt.timedelta(days=19), deadline_at=now + dt.timedelta(days=20),
        )  # fmt: skip
        told: dict[str, Any] = {"by": by, "tender": tender}
        actions.add_lot(name="North", what="Visits", districts=[world.area.code], most_pence=1_000_000, **told)
        actions.add_criterion(name="Outcomes", kind="quality", weight=10_000 if whole else 6_000, **told)
        actions.add_joint_commissioner(organisation=by.organisation, share=10_000 if whole else 5_000, **told)
        actions.add_call_file(file=_paper_of_call(), **told)
        actions.name_keyholders(**told, **keepers)
    for place, keeper in keepers.items() if whole else ():
        with acting_as(keeper):
            actions.set_passphrase(by=keeper, tender=tender, passphrase=PASSPHRASES[place])
    return tender


def _paper_of_call() -> Any:
    return _Paper(b"What everybody may read")


def _published(world: Any) -> tuple[Any, Any]:
    tender, by, bidder = _written(world), world.cast.commissioner, world.cast.provider
    with acting_as(by):
        actions.publish_tender(by=by, tender=Tender.objects.get(pk=tender.pk))
    with acting_as(bidder):
        tender = Tender.objects.get(pk=tender.pk)
        lot = tender.lots.select_related("tender").get()
        bid = send_bid(by=bidder, lot=lot, price_pence=900_000, answers={1: f"{OPEN}planned bid"}, files=[_paper()])
    return tender, bid


def _opened(world: Any, hands: Any) -> tuple[Any, Any]:
    tender, bid = _published(world)
    hands.forward(days=21)
    cast, by = world.cast, world.cast.county_manager
    with acting_as(by):
        open_bids(by=by, tender=tender, passphrases={place: PASSPHRASES[place] for place in ("one", "two")})
    for scorer, chairs in ((cast.senior_development_officer, True), (cast.development_officer, False)):
        with acting_as(cast.commissioner):
            scoring.name_scorer(by=cast.commissioner, tender=tender, scorer=scorer, chairs=chairs)
        with acting_as(scorer):
            scoring.declare_conflict(by=scorer, tender=tender, conflict=False)
    return tender, bid


def _scored(world: Any, hands: Any) -> tuple[Any, Any]:
    tender, bid = _opened(world, hands)
    for scorer in (world.cast.senior_development_officer, world.cast.development_officer):
        with acting_as(scorer):
            scoring.score_bid(by=scorer, bid=bid, scores=GIVEN)
    return tender, bid


def _compared(world: Any, hands: Any) -> tuple[Any, Any]:
    tender, bid = _scored(world, hands)
    chair = world.cast.senior_development_officer
    with acting_as(chair):
        scoring.close_scoring(by=chair, tender=tender)
        scoring.agree_scores(by=chair, bid=bid, scores=GIVEN)
    return tender, bid


def plant(world: Any) -> None:
    """A tender at each step."""
    more, by, bidder = world.more, world.cast.commissioner, world.cast.provider
    more.joint_organisation = str(world.cast.health_visitor.organisation_id)
    more.call_draft, more.call_whole = _written(world, whole=False), _written(world)
    more.call_open, more.bid_sent = _published(world)
    with acting_as(bidder):
        follow_calls(by=bidder, tender=more.call_open)
        ask = {"by": bidder, "tender": more.call_open}
        answered, more.supplier_question = (
            actions.ask_about_call(words=f"{OPEN}planned question {each}", **ask) for each in ("one", "two")
        )
    with acting_as(by):
        actions.answer_supplier(by=by, question=answered, words="May one bid for part?", answer="No.")
    long_ago = clock.now().replace(hour=10) - dt.timedelta(days=60)
    with clock.frozen(long_ago):
        more.call_closed, _ = _published(world)
    for name, make in (("opened", _opened), ("scored", _scored), ("compared", _compared), ("awarded", _compared)):
        with clock.frozen(long_ago) as hands:
            found, bid = make(world, hands)
            setattr(more, f"call_{name}", found)
            setattr(more, f"bid_{name}", bid)
            if name == "awarded":
                told = {bid.reference: f"{OPEN}planned reasons"}
                with acting_as(by):
                    award_lot(by=by, lot=bid.lot, bid=bid, reasons="The best.", words=told)
