"""Scoring: no bid before a declaration, each by themselves, then together; the best wins, and each bidder is told why."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db.utils import IntegrityError, ProgrammingError

from hearth.commissioning.procurement.awards.actions import award_lot, publish_award
from hearth.commissioning.procurement.models import (
    AgreedScore,
    Award,
    Bid,
    BidReason,
    OpenedBid,
    OpenedFile,
    Score,
    Scorer,
    Tender,
)
from hearth.commissioning.procurement.scoring import actions, queries
from hearth.commissioning.procurement.tests.conftest import BETTER, GIVEN, lot_of
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused


def refused(do: Any, **told: Any) -> str:
    """By which rule it is refused."""
    with pytest.raises(Refused) as found:
        do(**told)
    return found.value.refusal.code


def reads(who: Any, as_: Any) -> int:
    """How many opened bids and files somebody is shown, past every page."""
    with as_(who):
        return OpenedBid.objects.count() + OpenedFile.objects.count()


def test_a_scorer_reads_nothing_before_declaring_and_never_with_a_conflict(
    opened: Tender, two_bids: Any, runner: Any, cast: Any, as_: Any
) -> None:
    who = cast.development_officer
    with as_(runner):
        actions.name_scorer(by=runner, tender=opened, scorer=who)
    assert reads(who, as_) == 0
    with as_(who):
        assert refused(actions.score_bid, by=who, bid=two_bids[0], scores=GIVEN) == "procurement.undeclared"
        assert refused(actions.declare_conflict, by=who, tender=opened, conflict=True) == "procurement.conflict_words"
        actions.declare_conflict(by=who, tender=opened, conflict=False)
    assert reads(who, as_) == 4
    with as_(who):
        actions.score_bid(by=who, bid=two_bids[0], scores=GIVEN)
        actions.declare_conflict(by=who, tender=opened, conflict=True, words="My sister works there.")
        assert not Score.objects.exists()
        assert refused(actions.declare_conflict, by=who, tender=opened, conflict=False) == "procurement.conflict"
        assert refused(actions.score_bid, by=who, bid=two_bids[0], scores=GIVEN) == "procurement.conflict"
    assert reads(who, as_) == 0


def test_a_scorer_whose_organisation_bids_reads_nothing_whatever_they_declare(
    opened: Tender, two_bids: Any, runner: Any, cast: Any, as_: Any
) -> None:
    rival = cast.charity_manager
    with as_(runner):
        actions.name_scorer(by=runner, tender=opened, scorer=rival)
    with as_(rival):
        assert refused(actions.declare_conflict, by=rival, tender=opened, conflict=False) == "procurement.own_bid"
        Scorer.objects.filter(user=rival).update(conflict="none")  # straight at the table
        assert not OpenedBid.objects.exists() and not OpenedBid.objects.visible_to(rival).exists()
        assert refused(actions.score_bid, by=rival, bid=two_bids[1], scores=GIVEN) == "procurement.conflict"
        with pytest.raises(ProgrammingError):
            Score(bid=two_bids[1], criterion=queries.criteria_of(opened)[1], scorer=rival, points=0, words="x").save(
                force_insert=True
            )


def test_nobody_but_the_scorers_reads_what_was_opened(
    panel: Any, two_bids: Any, runner: Any, keepers: Any, cast: Any, other_bidder: Any, as_: Any
) -> None:
    for who in (
        runner, cast.administrator, cast.provider, other_bidder, cast.strategic_lead, cast.board_member, cast.practitioner,
        *keepers.values(),
    ):  # fmt: skip
        assert reads(who, as_) == 0, who
    assert [reads(who, as_) for who in panel] == [4, 4]


def test_each_scores_alone_until_all_have(
    panel: list[Any], opened: Tender, two_bids: Any, runner: Any, as_: Any
) -> None:
    chair, second = panel
    for who, bids in ((chair, two_bids), (second, two_bids[:1])):
        with as_(who):
            for bid in bids:
                actions.score_bid(by=who, bid=bid, scores=GIVEN)
            assert set(Score.objects.values_list("scorer_id", flat=True)) == {who.id}
    with as_(runner):
        assert not Score.objects.exists()
        assert refused(actions.close_scoring, by=runner, tender=opened) == "procurement.unscored"
    with as_(second):
        assert refused(actions.close_scoring, by=second, tender=opened) == "procurement.not_chair"
        assert (
            refused(actions.score_bid, by=second, bid=two_bids[1], scores={2: (11, "x"), 3: (1, "y")})
            == "procurement.points"
        )
        assert (
            refused(actions.score_bid, by=second, bid=two_bids[1], scores={2: (1, " "), 3: (1, "y")})
            == "procurement.why"
        )
        actions.score_bid(by=second, bid=two_bids[1], scores=GIVEN)
        actions.score_bid(by=second, bid=two_bids[1], scores=BETTER)  # thought again
        assert Score.objects.filter(bid=two_bids[1]).count() == 2
        assert refused(actions.agree_scores, by=second, bid=two_bids[1], scores=GIVEN) == "procurement.not_chair"
    with as_(chair):
        assert refused(actions.agree_scores, by=chair, bid=two_bids[1], scores=GIVEN) == "procurement.not_compared"
        actions.close_scoring(by=chair, tender=opened)
        assert Score.objects.count() == 8
        assert refused(actions.score_bid, by=chair, bid=two_bids[0], scores=GIVEN) == "procurement.scored"


def test_a_panel_has_two_and_a_chair(opened: Tender, two_bids: Any, runner: Any, cast: Any, as_: Any) -> None:
    who, other = cast.development_officer, cast.senior_development_officer
    with as_(runner):
        actions.name_scorer(by=runner, tender=opened, scorer=who)
        assert refused(actions.name_scorer, by=runner, tender=opened, scorer=who) == "procurement.named"
        assert (
            refused(actions.name_scorer, by=runner, tender=opened, scorer=cast.provider) == "procurement.may_not_score"
        )
        assert refused(actions.close_scoring, by=runner, tender=opened) == "procurement.few"
        actions.name_scorer(by=runner, tender=opened, scorer=other)
    for one in (who, other):
        with as_(one):
            actions.declare_conflict(by=one, tender=opened, conflict=False)
    with as_(runner):
        assert refused(actions.close_scoring, by=runner, tender=opened) == "procurement.no_chair"


def test_the_dearer_and_better_bid_wins_by_half_a_point(agreed: Tender, two_bids: Any, runner: Any, as_: Any) -> None:
    """40% price (87,654.32 against 110,000), 35% outcomes (6 against 9), 25% people (8 each)."""
    with as_(runner):
        (lot,) = queries.results(runner, agreed)
        best, second = lot.results
        assert [best.bid.pk, second.bid.pk] == [two_bids[1].pk, two_bids[0].pk]
        assert (best.total, best.place) == (Decimal("83.37"), 1)  # 40 x 8765432/11000000 = 31.874, 31.5, 20
        assert (second.total, second.place) == (Decimal("81.00"), 2)  # 40, 21, 20
        assert second.said(1) == Decimal("10.00") and best.said(1) == Decimal("7.97")


def test_the_best_is_awarded_each_is_told_and_nothing_is_public_in_the_standstill(
    agreed: Tender, two_bids: Any, runner: Any, cast: Any, other_bidder: Any, hands: Any, as_: Any
) -> None:
    told = {each.reference: f"Told {each.reference}" for each in two_bids}
    lot = lot_of(agreed)
    with as_(runner):
        said: dict[str, Any] = {"by": runner, "lot": lot, "reasons": "It says for whom."}
        assert refused(award_lot, bid=two_bids[0], words=told, **said) == "procurement.not_best"
        assert refused(award_lot, bid=two_bids[1], words={}, **said) == "procurement.no_reason"
        award = award_lot(bid=two_bids[1], words=told, **said)
        assert refused(award_lot, bid=two_bids[1], words=told, **said) == "procurement.awarded"
        assert (award.organisation_id, award.value_pence, award.districts) == (
            other_bidder.organisation_id, 11_000_000, lot.districts,
        )  # fmt: skip
        assert award.standstill_until == clock.add_working_days(clock.today(), 8) and award.stands_still
        assert refused(publish_award, by=runner, award=award) == "procurement.stands_still"
    for who, bid, won in ((cast.provider, two_bids[0], False), (other_bidder, two_bids[1], True)):
        with as_(who):
            (reason,) = BidReason.objects.all()
            assert (reason.bid_id, reason.won, reason.words) == (bid.pk, won, f"Told {bid.reference}")
            assert (reason.scores["winner"], reason.scores["of"]) == ("83.37", 2)
    with as_(cast.elected_member):
        assert not Award.objects.exists() and not BidReason.objects.exists()
    hands.set(dt.datetime.combine(award.standstill_until + dt.timedelta(days=1), dt.time(9)))
    with as_(runner):
        publish_award(by=runner, award=award)
        assert refused(publish_award, by=runner, award=award) == "procurement.noticed"
    assert list(Award.objects.visible_to(None)) == [award]
    with as_(cast.elected_member):
        assert list(Award.objects.all()) == [award]


def test_scores_stand_once_the_lot_is_awarded(agreed: Tender, panel: Any, two_bids: Any, runner: Any, as_: Any) -> None:
    with as_(runner):
        award_lot(
            by=runner,
            lot=lot_of(agreed),
            bid=two_bids[1],
            reasons="Best.",
            words={each.reference: "So." for each in two_bids},
        )
    chair = panel[0]
    with as_(chair):
        assert refused(actions.agree_scores, by=chair, bid=two_bids[0], scores=BETTER) == "procurement.awarded"
        assert AgreedScore.objects.filter(bid=two_bids[0]).update(points=10) == 0
        assert Bid.objects.filter(pk=two_bids[0].pk).update(price_pence=1) == 0


def test_only_whoever_runs_tenders_awards_and_not_with_a_conflict(
    opened: Tender, two_bids: Any, runner: Any, cast: Any, as_: Any, panel: Any
) -> None:
    with as_(runner):
        actions.name_scorer(by=runner, tender=opened, scorer=runner)
        actions.declare_conflict(by=runner, tender=opened, conflict=True, words="I used to work there.")
        said: dict[str, Any] = {"lot": lot_of(opened), "bid": two_bids[1], "reasons": "x", "words": {}}
        assert refused(award_lot, by=runner, **said) == "procurement.conflict"
    for who in (cast.administrator, cast.provider, panel[0]):
        with as_(who):
            assert refused(award_lot, by=who, **said) == "procurement.may_not_run"


def test_nothing_is_awarded_before_all_is_agreed(
    panel: Any, opened: Tender, two_bids: Any, runner: Any, as_: Any
) -> None:
    with as_(runner):
        said: dict[str, Any] = {"lot": lot_of(opened), "bid": two_bids[1], "reasons": "x", "words": {}}
        assert refused(award_lot, by=runner, **said) == "procurement.not_agreed"
        assert refused(award_lot, by=runner, **(said | {"lot": lot_of(opened, 2)})) == "procurement.not_agreed"


def test_a_lot_is_awarded_once_by_the_database_too(agreed: Tender, two_bids: Any, runner: Any, as_: Any) -> None:
    with as_(runner):
        award = award_lot(
            by=runner,
            lot=lot_of(agreed),
            bid=two_bids[1],
            reasons="Best.",
            words={each.reference: "So." for each in two_bids},
        )
        award.pk, award.reference, award.bid = None, "AW-4F7K3QX", two_bids[0]
        with pytest.raises(IntegrityError):
            Award.objects.bulk_create([award])
