"""Name scorers, declare a conflict of interest, score, end the scoring, and write down what the panel agreed on."""

from collections.abc import Mapping
from typing import Any

from hearth.commissioning.procurement.models import (
    AgreedScore,
    Bid,
    Conflict,
    Criterion,
    CriterionKind,
    Score,
    Scorer,
    Tender,
    TenderState,
)
from hearth.commissioning.procurement.scoring import queries, rules
from hearth.commissioning.procurement.telling.actions import tell_later
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean

Given = Mapping[int, tuple[int, str]]


@action
def name_scorer(*, by: Any, tender: Tender, scorer: Any, chairs: bool = False) -> Scorer:
    """Name somebody to score; they declare their interests before they read a bid."""
    tender.hold()
    there = list(Scorer.objects.filter(tender=tender))
    refuse(rules.why_not_name_scorer(by, tender, scorer, there, chairs))
    made = Scorer(tender=tender, user=scorer, chairs=chairs, named_by=by)
    made.save(force_insert=True)
    tell_later(tender, "named" if tender.opened_at is None else "to_score")
    record("procurement.scorer_named", subject=tender, scorer=scorer.reference, chairs=chairs)
    return made


@action
def declare_conflict(*, by: Any, tender: Tender, conflict: bool, words: str = "") -> Scorer:
    """Say whether one has a conflict of interest with anybody who bid. Whoever has one reads no bid, and no longer chairs."""
    mine = queries.scorer_of(by, tender)
    if mine is not None:
        mine.hold()
    refuse(rules.why_not_declare(tender, mine, conflict, queries.own_bids(by, tender), words))
    found = Scorer.objects.get(tender=tender, user=by)
    found.conflict = Conflict.CONFLICT if conflict else Conflict.NONE
    found.conflict_words = clean(words).strip() if conflict else ""
    found.chairs = found.chairs and not conflict
    found.declared_at = clock.now()
    found.save(update_fields=["conflict", "conflict_words", "chairs", "declared_at"])
    record("procurement.conflict_declared", subject=tender, conflict=conflict)
    return found


def _asked(tender: Any) -> dict[int, Criterion]:
    rows = Criterion.objects.filter(tender=tender, kind=CriterionKind.QUALITY)
    return {each.number: each for each in rows}


def _cleaned(asked: Mapping[int, Criterion], scores: Given) -> dict[int, tuple[int, str]]:
    cleaned = {number: (points, clean(words).strip()) for number, (points, words) in scores.items() if number in asked}
    refuse(rules.why_not_these_scores(cleaned, {number: each.name for number, each in asked.items()}))
    return cleaned


@action
def score_bid(*, by: Any, bid: Bid, scores: Given) -> None:
    """Give a bid one's own points on each criterion that the panel scores, with the reason; they may be changed until all compare."""
    mine = queries.scorer_of(by, bid.tender_id)
    if mine is not None:
        mine.hold()  # of two pages of one scorer the second changes what the first gave
    tender = Tender.objects.get(pk=bid.tender_id)
    refuse(rules.why_not_score(tender, mine, bid, queries.own_bids(by, tender)))
    asked = _asked(tender)
    there = {each.criterion_id: each for each in Score.objects.filter(bid=bid, scorer=by)}
    for number, (points, words) in _cleaned(asked, scores).items():
        found = there.get(asked[number].pk)
        if found is None:
            Score(bid=bid, criterion=asked[number], scorer=by, points=points, words=words).save(force_insert=True)
        elif (found.points, found.words) != (points, words):
            found.points, found.words = points, words
            found.save(update_fields=["points", "words"])
    if queries.all_have_scored(tender):
        tell_later(tender, "to_compare")
    record("procurement.bid_scored", subject=bid, tender=tender.reference)


@action
def close_scoring(*, by: Any, tender: Tender) -> Tender:
    """All have scored: now they see each other's points, and agree."""
    tender.hold()
    scorers = list(Scorer.objects.filter(tender=tender).select_related("user"))
    expected = queries.expected_scores(tender)
    refuse(rules.why_not_close(by, tender, scorers, queries.scores_given(tender), expected))
    tender.state = TenderState.COMPARED
    tender.save(update_fields=["state"])
    record("procurement.scoring_closed", subject=tender, scorers=len(scorers))
    return tender


@action
def agree_scores(*, by: Any, bid: Bid, scores: Given) -> None:
    """Write down what the panel agreed on for a bid, with the reasons that its bidder is told."""
    tender = Tender.objects.get(pk=bid.tender_id)
    tender.hold()
    bid.refresh_from_db()
    refuse(rules.why_not_agree(by, tender, queries.scorer_of(by, tender), bid, queries.own_bids(by, tender)))
    asked = _asked(tender)
    there = {each.criterion_id: each for each in AgreedScore.objects.filter(bid=bid)}
    for number, (points, words) in _cleaned(asked, scores).items():
        found = there.get(asked[number].pk)
        if found is None:
            AgreedScore(bid=bid, criterion=asked[number], points=points, words=words, agreed_by=by).save(
                force_insert=True
            )
        else:
            found.points, found.words, found.agreed_by = points, words, by
            found.save(update_fields=["points", "words", "agreed_by"])
    if all(each.is_whole for each in queries.results(by, tender)):
        tell_later(tender, "to_award")
    record("procurement.scores_agreed", subject=bid, tender=tender.reference)
