"""What is meant to be bought, small grants and outside bids at every stage. They name nobody; an organisation's own is its own."""

import datetime as dt
from typing import Any

from hearth.commissioning.needs import actions as needs
from hearth.commissioning.procurement.grants import actions as grants
from hearth.commissioning.procurement.grants.bids.actions import tell_of_bid
from hearth.desk.answering.actions import answer_with_intention
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from tests.security.hostile.unmet import start

LONG = dt.timedelta(days=40)
CLOSED = ("grant_round", "awarded_round", "waiting_round")  # what was asked for in them can be decided


def plant(world: Any) -> None:
    """Intentions that are drafted, agreed, and answer a theme."""
    by, more = world.cast.commissioner, world.more
    told = {
        "area": world.area,
        "needs": ["housing"],
        "what": "Planned help",
        "buy_by": clock.today() + dt.timedelta(days=200),
        "owner": by,
    }
    with acting_as(by):
        more.intention, more.intention_agreed, more.intention_moved = (
            needs.draft_intention(by=by, title=title, pence=100_000, **told)
            for title in ("Drafted", "Agreed", "To agree")
        )
        needs.cite_evidence(by=by, intention=more.intention, chosen=["unmet:housing"])
        needs.move_intention(by=by, intention=more.intention_agreed, state="agreed", words="It is agreed")
    theme, by = start(world, "Nobody interprets", "interpreting"), world.cast.development_officer
    with acting_as(by):
        answer_with_intention(by=by, theme=theme, answer="It is bought.", intention=more.intention_agreed)
    _grants(world)


def _grants(world: Any) -> None:
    """A round with an application that waits, one that awarded, one of which another waits, one in which nobody has applied."""
    by, provider, more, today = world.cast.commissioner, world.cast.provider, world.more, clock.today()
    said = {
        "purpose": "Planned purpose",
        "needs": ["mentoring"],
        "share": more.money_share,
        "area": world.area,
        "pence": 1_000,
    }
    for name in (*CLOSED, "empty_round", "ended_round"):
        with clock.frozen(clock.now() - (LONG if name in CLOSED else dt.timedelta())), acting_as(by):
            opens_on = clock.today()
            made = grants.open_grant_round(
                by=by, title=name, most_pence=500, opens_on=opens_on, closes_on=opens_on + dt.timedelta(days=30), **said
            )  # fmt: skip
        setattr(more, name, made)
    asked = {"title": "Planned club", "need": "mentoring", "what": "Planned", "change": "Planned", "pence": 400}
    with clock.frozen(clock.now() - LONG), acting_as(provider):
        more.grant_application, more.grant_awarded, more.grant_waiting = (
            grants.apply_for_grant(by=provider, round_=getattr(more, name), **asked) for name in CLOSED
        )
    with acting_as(provider):
        bid = {
            "title": "Planned bid",
            "funder": "Somebody",
            "needs": ["mentoring"],
            "what": "Planned",
            "pence": 100,
            "area": world.area,
        }
        more.outside_bid, more.outside_bid_taken_back = (
            tell_of_bid(by=provider, organisation=provider.organisation, due_on=today + dt.timedelta(days=days), **bid)
            for days in (30, 60)
        )
    with acting_as(by):
        grants.decide_grant(
            by=by, application=more.grant_awarded, award=True, pence=300, reasons="It fits", no_interest=True
        )
