"""Intentions, grants and outside bids: two who change one at once, where the second sees what the first did."""

from typing import Any

from hearth.commissioning.needs import actions as needs
from hearth.commissioning.needs.models import Evidence
from hearth.commissioning.needs.queries import as_written
from hearth.commissioning.procurement.grants import actions as grants
from hearth.commissioning.procurement.grants.bids import actions as bids
from hearth.foundation.core import clock
from tests.forms.at_once import Two, row

BUYERS, PROVIDERS, KEEPERS = (
    ("commissioner", "strategic_lead"),
    ("provider", "provider"),
    ("commissioner", "commissioner"),
)
OF_ROUND = ("round__area", "organisation", "sent_by", "commitment")


def _change(title: str) -> Any:
    def change(by: Any, found: Any) -> Any:
        told = {name: getattr(found, name) for name in ("needs", "what", "buy_by", "owner")}
        seen = as_written(by, found)["seen"]
        return needs.change_intention(by=by, intention=found, title=title, pence=100_000, seen=seen, **told)

    return change


def _decide(by: Any, found: Any) -> Any:
    return grants.decide_grant(by=by, application=found, award=True, pence=100, reasons="It fits", no_interest=True)


def _pay(by: Any, found: Any) -> Any:
    return grants.pay_grant(by=by, application=found, happened_on=clock.today())


TABLE = [
    Two("needs.change_intention", row("intention", "area", "owner"), _change("One"), _change("Another"), "conflict", who=BUYERS),
    Two("needs.move_intention", row("intention_moved", "area"),
        lambda by, i: needs.move_intention(by=by, intention=i, state="agreed", words="Agreed"), comes="needs.not_next", who=BUYERS),
    Two("needs.cite_evidence", row("intention_moved", "area"),
        lambda by, i: needs.cite_evidence(by=by, intention=i, chosen=["unmet:housing"]), comes="done", who=BUYERS,
        kept=lambda town, _: Evidence.objects.filter(intention=town.find("intention_moved")).count() == 1),
    Two("grants.decide_grant", row("grant_application", *OF_ROUND), _decide, comes="grants.decided", who=KEEPERS),
    Two("grants.pay_grant", row("grant_awarded", *OF_ROUND), _pay, comes="grants.paid", who=KEEPERS),
    Two("grants.withdraw_grant", row("grant_waiting", "round", "organisation"),
        lambda by, a: grants.withdraw_grant(by=by, application=a, why="No"), comes="grants.decided", who=PROVIDERS),
    Two("grants.end_grant_round", row("ended_round", "area"), lambda by, r: grants.end_grant_round(by=by, round_=r, why="No"),
        comes="grants.ended", who=KEEPERS),
    Two("grants.review_bid", row("outside_bid", "area", "organisation", "told_by"),
        lambda by, b: bids.review_bid(by=by, bid=b, state="supported", words="Yes"), comes="grants.reviewed", who=BUYERS),
    Two("grants.withdraw_outside_bid", row("outside_bid_taken_back", "organisation"), lambda by, b: bids.withdraw_outside_bid(by=by, bid=b),
        comes="grants.reviewed", who=PROVIDERS),
]  # fmt: skip
