"""What waits in a tender stands on the first page of whoever has to do it, and of nobody else, until it is done."""

import datetime as dt
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.commissioning.procurement import actions
from hearth.commissioning.procurement.awards.actions import award_lot, publish_award
from hearth.commissioning.procurement.models import Award, Bid, Tender
from hearth.commissioning.procurement.scoring import actions as scoring
from hearth.commissioning.procurement.tests.conftest import BETTER, GIVEN, PASSPHRASES, lot_of
from hearth.commissioning.procurement.waiting import waiting
from hearth.foundation.core.reader import acting_as

TITLE = "Family support at home"


def words(who: Any) -> list[str]:
    """What waits for somebody, without the tender's name."""
    with acting_as(who):
        return [each.words.removesuffix(f": {TITLE}") for each in waiting(who)]


def test_keyholders_set_their_passphrases_and_open_once_the_deadline_has_passed(
    draft: Tender, runner: Any, keepers: Any, cast: Any, as_: Any, hands: Any, as_client: Any
) -> None:
    with as_(runner):
        actions.add_joint_commissioner(
            by=runner, tender=draft, organisation=cast.health_visitor.organisation, share=3000
        )
        actions.name_keyholders(by=runner, tender=draft, **keepers)
    for place, keeper in keepers.items():
        assert words(keeper) == ["Set your passphrase"]
        page = as_client(keeper).get(reverse("home")).content.decode()
        assert f"Set your passphrase: {TITLE}" in page and reverse("set_passphrase", args=[draft.reference]) in page
        with as_(keeper):
            actions.set_passphrase(by=keeper, tender=draft, passphrase=PASSPHRASES[place])
        assert words(keeper) == []
    with as_(runner):
        actions.publish_tender(by=runner, tender=Tender.objects.get(pk=draft.pk))
    hands.forward(days=20)
    for keeper in keepers.values():
        assert words(keeper) == ["Open the bids, two of you together"]
    assert words(runner) == words(cast.administrator) == words(cast.provider) == []


def test_the_panel_declares_scores_compares_and_agrees_and_the_runner_awards_and_publishes(
    opened: Tender, two_bids: Any, runner: Any, cast: Any, other_bidder: Any, as_: Any, hands: Any
) -> None:
    chair, second = cast.senior_development_officer, cast.development_officer
    for person in (chair, second):
        assert words(person) == []
        with as_(runner):
            scoring.name_scorer(by=runner, tender=opened, scorer=person, chairs=person is chair)
        assert words(person) == ["Declare your interests"]
        with as_(person):
            scoring.declare_conflict(by=person, tender=opened, conflict=False)
        assert words(person) == ["Score the bids"]
        with as_(person):
            for bid, given in zip(two_bids, (GIVEN, BETTER), strict=True):
                scoring.score_bid(by=person, bid=bid, scores=given)
    assert words(second) == [] and words(chair) == ["When all have scored, have the panel compare"]
    with as_(chair):
        scoring.close_scoring(by=chair, tender=opened)
    assert words(chair) == ["Write down what the panel agrees on"] and words(runner) == []
    with as_(chair):
        for bid, given in zip(two_bids, (GIVEN, BETTER), strict=True):
            scoring.agree_scores(by=chair, bid=bid, scores=given)
    assert words(chair) == [] and words(runner) == ["Award it"]
    with as_(runner):
        told = {each.reference: "Because of the outcomes." for each in two_bids}
        best = Bid.objects.get(pk=two_bids[1].pk)
        award = award_lot(by=runner, lot=lot_of(opened), bid=best, reasons="The best.", words=told)
    assert words(runner) == [] and words(cast.provider) == words(other_bidder) == ["Lot 1 is decided, read why"]
    hands.set(dt.datetime.combine(award.standstill_until + dt.timedelta(days=1), dt.time(9)))
    assert words(runner) == ["Publish the notice of lot 1"] and words(cast.provider) == []
    with as_(runner):
        publish_award(by=runner, award=Award.objects.get(pk=award.pk))
    assert words(runner) == []


def test_questions_wait_for_whoever_answers_them_while_bids_are_taken(
    published: Tender, runner: Any, cast: Any, as_: Any, hands: Any, as_client: Any
) -> None:
    with as_(cast.provider):
        asked = [actions.ask_about_call(by=cast.provider, tender=published, words=each) for each in ("One?", "Two?")]
    assert words(runner) == ["2 questions to answer"]
    assert f"2 questions to answer: {TITLE}" in as_client(runner).get(reverse("home")).content.decode()
    with as_(runner):
        actions.answer_supplier(by=runner, question=asked[0], words="One?", answer="Yes.")
    assert words(runner) == ["1 question to answer"]
    hands.forward(days=20)
    assert words(runner) == []


def test_a_scorer_with_a_conflict_has_nothing_to_do(opened: Tender, runner: Any, cast: Any, as_: Any) -> None:
    person = cast.development_officer
    with as_(runner):
        scoring.name_scorer(by=runner, tender=opened, scorer=person)
    with as_(person):
        scoring.declare_conflict(by=person, tender=opened, conflict=True, words="My brother works there")
    assert words(person) == []


def test_whoever_has_no_part_in_tenders_is_asked_for_nothing(cast: Any, as_: Any) -> None:
    with as_(cast.practitioner), CaptureQueriesContext(connection) as asked:
        assert waiting(cast.practitioner) == []
    assert len(asked) <= 1
