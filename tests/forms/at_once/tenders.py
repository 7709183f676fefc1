"""Tenders: two who write, bid, open, score or award at once, where the second sees what the first did."""

import uuid
from collections.abc import Callable
from typing import Any

from hearth.commissioning.procurement import actions
from hearth.commissioning.procurement.awards.actions import award_lot, publish_award
from hearth.commissioning.procurement.bids.actions import open_bids, send_bid, withdraw_bid
from hearth.commissioning.procurement.forms import initial_of
from hearth.commissioning.procurement.models import AgreedScore, Award, Bid, Keyholder, Lot, PublishedAnswer, Score
from hearth.commissioning.procurement.scoring import actions as scoring
from hearth.foundation.accounts.models import Organisation
from tests.forms.at_once import TOWN, Two, fresh, row
from tests.security.hostile.tenders import PASSPHRASES

RUNS, BIDS, SCORES, CHAIRS = (
    (who, who) for who in ("commissioner", "provider", "development_officer", "senior_development_officer")
)
OPENERS = ("county_manager", "strategic_lead")
BOTH = {place: PASSPHRASES[place] for place in ("one", "two")}
PAGE = uuid.uuid4()


def _change(title: str) -> Callable[[Any, Any], Any]:
    def change(by: Any, tender: Any) -> Any:
        kept = ("background", "outcomes", "questions_until", "deadline_at", "standstill_days")
        said = {name: getattr(tender, name) for name in kept}
        return actions.change_tender(by=by, tender=tender, title=title, seen=initial_of(tender)["seen"], **said)

    return change


def _lot(where: str) -> Callable[[TOWN], Any]:
    return lambda town: Lot.objects.select_related("tender").get(tender=town.find(where), number=1)


def _bid(pounds: int, key: uuid.UUID | None = None) -> Callable[[Any, Any], Any]:
    return lambda by, lot: send_bid(by=by, lot=lot, price_pence=pounds * 100, answers={1: "What we would do"}, key=key)


def _standing(town: TOWN, came: Any) -> bool:
    """Of two bids one stands, the second's; whatever was sent before was replaced."""
    return list(Bid.objects.filter(tender=town.find("call_open")).standing()) == [came.result]


def _score(points: int) -> Callable[[Any, Any], Any]:
    return lambda by, bid: scoring.score_bid(by=by, bid=bid, scores={1: (points, f"It has {points}")})


def _agree(points: int) -> Callable[[Any, Any], Any]:
    return lambda by, bid: scoring.agree_scores(by=by, bid=bid, scores={1: (points, f"It has {points}")})


def _award(by: Any, lot: Any) -> Any:
    bid = Bid.objects.standing().get(lot=lot)
    return award_lot(by=by, lot=lot, bid=bid, reasons="The best", words={bid.reference: "It was the best"})


def _on_tender(do: Callable[..., Any], **said: Any) -> Callable[[Any, Any], Any]:
    return lambda by, tender: do(by=by, tender=tender, **said)


def _partner() -> Any:
    return Organisation.objects.filter(is_authority=False).order_by("name", "pk").first()


def _declare(conflict: bool) -> Callable[[Any, Any], Any]:
    return _on_tender(scoring.declare_conflict, conflict=conflict, words="My brother works there")


def _lock(words: str) -> Callable[[Any, Any], Any]:
    return _on_tender(actions.set_passphrase, passphrase=words)


TABLE = [
    Two("procurement.change_tender", row("call_draft"), _change("One"), _change("Another"), "conflict", who=RUNS),
    Two("procurement.add_criterion", row("call_draft"), _on_tender(actions.add_criterion, name="More", kind="quality", weight=4_000),
        comes="procurement.weights", who=RUNS),
    Two("procurement.add_joint_commissioner", row("call_draft"),
        lambda by, t: actions.add_joint_commissioner(by=by, tender=t, organisation=_partner(), share=1), comes="procurement.share_twice", who=RUNS),
    Two("procurement.take_out", row("call_draft"), _on_tender(actions.take_out, part="file", number=1), comes="procurement.not_there", who=RUNS),
    Two("procurement.set_passphrase", row("call_draft"), _lock("any quiet words here"), _lock("other quiet words here"), "done",
        who=(OPENERS[0], OPENERS[0]),
        kept=lambda town, came: Keyholder.objects.get(tender=town.find("call_draft"), place="one").locked_key == came.result.locked_key),
    Two("procurement.name_scorer", row("call_draft"),
        lambda by, t: scoring.name_scorer(by=by, tender=t, scorer=by), comes="procurement.named", who=RUNS),
    Two("procurement.publish_tender", row("call_whole"), _on_tender(actions.publish_tender), comes="procurement.published", who=RUNS),
    Two("procurement.withdraw_tender", row("call_whole"), _on_tender(actions.withdraw_tender, why="Not now"), comes="procurement.withdrawn",
        who=RUNS),
    Two("procurement.answer_supplier", row("supplier_question", "tender"),
        lambda by, q: actions.answer_supplier(by=by, question=q, words="May one?", answer="Yes"), comes="procurement.answered", who=RUNS),
    Two("procurement.clarify_call", row("call_open"), _on_tender(actions.clarify_call, words="Evenings", answer="Until eight"), comes="done",
        who=RUNS,
        kept=lambda town, came: came.result.number == PublishedAnswer.objects.filter(tender=town.find("call_open")).count()),
    Two("procurement.withdraw_bid", row("bid_sent", "tender", "lot"), lambda by, b: withdraw_bid(by=by, bid=b),
        comes="procurement.gone_already", who=BIDS),
    Two("procurement.send_bid", _lot("call_open"), _bid(9_000), _bid(8_000), "done", who=BIDS, kept=_standing),
    Two("procurement.send_bid", _lot("call_open"), _bid(7_000, PAGE), comes="done", who=BIDS, about="sent twice from one page",
        kept=lambda town, came: _standing(town, came) and Bid.objects.filter(tender=town.find("call_open")).count() == 4),
    Two("procurement.send_bid", _lot("call_open"), _bid(6_000),
        lambda by, lot: withdraw_bid(by=by, bid=Bid.objects.select_related("tender", "lot").filter(lot=lot, price_pence=None).standing().get()),
        comes="procurement.gone_already", who=BIDS, about="and withdrawn at once",
        kept=lambda town, _: Bid.objects.filter(tender=town.find("call_open")).standing().count() == 1),
    Two("procurement.open_bids", row("call_closed"), lambda by, t: open_bids(by=by, tender=t, passphrases=BOTH), comes="procurement.not_closed",
        who=OPENERS),
    Two("procurement.score_bid", row("bid_opened"), _score(4), _score(7), "done", who=SCORES,
        kept=lambda town, _: list(Score.objects.filter(bid=town.find("bid_opened")).values_list("points", flat=True)) == [7]),
    Two("procurement.declare_conflict", row("call_opened"), _declare(True), _declare(False), "procurement.conflict", who=SCORES),
    Two("procurement.close_scoring", row("call_scored"), _on_tender(scoring.close_scoring), comes="procurement.scored",
        who=("senior_development_officer", "commissioner")),
    Two("procurement.agree_scores", row("bid_compared"), _agree(5), _agree(8), "done", who=CHAIRS,
        kept=lambda town, _: list(AgreedScore.objects.filter(bid=town.find("bid_compared")).values_list("points", flat=True)) == [8]),
    Two("procurement.award_lot", _lot("call_compared"), _award, comes="procurement.awarded", who=RUNS),
    Two("procurement.publish_award", lambda town: fresh(Award.objects.get(tender=town.find("call_awarded")), "tender"),
        lambda by, a: publish_award(by=by, award=a), comes="procurement.noticed", who=RUNS),
]  # fmt: skip
