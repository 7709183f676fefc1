"""Clerical review: unsure pairs go to a person, decisions hold in later runs, second opinions, undo, and the agreements."""

from collections.abc import Callable
from typing import Any

import pytest

from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.intelligence.feeds.models import FeedDecision
from hearth.intelligence.matching.models import MatchLabel, MatchPair
from hearth.intelligence.matching.review import queries
from hearth.intelligence.matching.review.actions import decide_pair, undo_decision
from hearth.intelligence.matching.review.rules import why_not_see_pair
from hearth.intelligence.matching.tests.conftest import pair_of
from hearth.records.sharing.agreements.actions import end_agreement

TWINS = {
    "neet": ("y80,,Abigail,Fairweather,2008-03-04,BB9 1QQ,310,,", "y82,,Leo,Marchbanks,2007-06-01,BB8 8QQ,310,,"),
    "benefits": (
        "b80,Gabrielle,Fairweather,2008-03-04,7 High Row,BB9 1QQ,UC,2024-01-01,",
        "b82,Leo,Marchbanks,1979-02-11,3 Low Row,BB8 8QQ,UC,2024-01-01,",
    ),
}
UNSURE = ("nccis_person:y80", "benefit_person:b80")


@pytest.fixture
def unsure(town: Callable[..., None], run: Callable[..., Any]) -> MatchPair:
    """Two records of one household and birth date, with given names that differ: twins, or one girl by two names."""
    town(**TWINS)
    assert run().state == "done"
    pair = pair_of(*UNSURE)
    assert pair is not None
    return pair


def decide(by: Any, pair: MatchPair, answer: str, why: str = "", **more: Any) -> MatchLabel:
    """Decide as somebody who has the pair open as it is."""
    with acting_as(by):
        given = {"seen": MatchLabel.objects.filter(pair=pair).count()} | more
        return decide_pair(by=by, pair=pair, answer=answer, why=why, **given)


def test_twins_and_fathers_and_sons_of_one_name_are_never_merged(unsure: MatchPair, who: Callable[[], Any]) -> None:
    found = who()
    assert (unsure.kind, unsure.state) == ("review", "waiting")
    assert found.of("neet", "y80").person != found.of("worklessness", "b80").person
    assert found.of("neet", "y82").person != found.of("worklessness", "b82").person, "father and son"
    assert 0.05 <= unsure.probability < 0.9
    assert abs(sum(line["bits"] for line in unsure.evidence) - unsure.bits) < 0.1


def test_a_pair_decided_the_same_stays_joined_and_one_undone_is_asked_again(
    unsure: MatchPair, cast: Any, run: Callable[..., Any], who: Callable[[], Any]
) -> None:
    decide(cast.analyst, unsure, "same", "One girl, by two names")
    run()
    found = who()
    assert found.of("neet", "y80").person == found.of("worklessness", "b80").person
    run(afresh=True)
    assert who().of("neet", "y80").person == who().of("worklessness", "b80").person
    with acting_as(cast.analyst):
        undo_decision(by=cast.analyst, pair=unsure, why="It was the sister", seen=1)
    run()
    assert who().of("neet", "y80").person != who().of("worklessness", "b80").person
    unsure.refresh_from_db()
    assert (unsure.state, [label.answer for label in queries.labels_of(unsure)]) == ("waiting", ["same", "undone"])


def test_a_pair_decided_different_is_never_joined_again_even_where_the_evidence_would(
    town: Callable[..., None], cast: Any, run: Callable[..., Any], who: Callable[[], Any]
) -> None:
    town()
    run()
    assert who().of("neet", "y7").person == who().of("worklessness", "b7").person
    with acting_as(cast.analyst):
        pair = MatchPair.objects.filter(drawn=True, kind="joined").order_by("turn").first()
        assert pair is not None
    one, other = (number.split(":") for number in pair.numbers)
    decide(cast.analyst, pair, "different", "The landlord has muddled two people")
    for afresh in (False, True):
        run(afresh=afresh)
        persons = {row.person for row in who().rows if [row.scheme, row.value] in (one, other)}
        assert len(persons) == 2
    pair.refresh_from_db()
    assert pair.state == "different"


def test_who_is_not_sure_leaves_it_to_somebody_else(unsure: MatchPair, cast: Any) -> None:
    with pytest.raises(Refused, match="what makes you unsure"):
        decide(cast.analyst, unsure, "unsure")
    decide(cast.analyst, unsure, "unsure", "Could be a twin")
    unsure.refresh_from_db()
    assert unsure.state == "second"
    with pytest.raises(Refused, match="somebody else gives the second opinion"):
        decide(cast.analyst, unsure, "same")
    with acting_as(cast.analyst):
        assert unsure not in queries.waiting(cast.analyst)
    with acting_as(cast.information_governance):
        assert queries.next_pair(cast.information_governance) is not None
        assert unsure in queries.waiting(cast.information_governance)
    decide(cast.information_governance, unsure, "different", "Twins: both are on the roll")
    unsure.refresh_from_db()
    assert unsure.state == "different"


def test_of_two_who_have_a_pair_open_the_second_is_told(unsure: MatchPair, cast: Any) -> None:
    decide(cast.analyst, unsure, "same")
    with pytest.raises(Refused, match=f"{cast.analyst.full_name} has answered this pair"):
        decide(cast.information_governance, unsure, "different", seen=0)
    with pytest.raises(Refused, match="is decided"):
        decide(cast.information_governance, unsure, "different")
    assert MatchLabel.objects.filter(pair=unsure).count() == 1


def test_a_label_is_added_and_never_changed(unsure: MatchPair, cast: Any) -> None:
    label = decide(cast.analyst, unsure, "same")
    assert (label.model_version, label.probability) == (unsure.run.model_version, unsure.probability)
    label.answer = "different"
    with acting_as(cast.analyst), pytest.raises(Exception, match="permission denied"):
        label.save()


def test_a_pair_is_seen_where_the_agreements_permit_both_sides_and_each_answer_is_on_record(
    feeds: Callable[..., Any], agreed: Callable[..., Any], cast: Any, run: Callable[..., Any], town: Callable[..., None]
) -> None:
    school = cast.practitioner.organisation
    agreement = agreed(school, "education")
    town(benefits=TWINS["benefits"])
    feeds("neet", TWINS["neet"][0], organisation=school)
    run()
    pair = pair_of(*UNSURE)
    assert pair is not None and pair.one_organisation_id != pair.other_organisation_id
    with acting_as(cast.analyst):
        assert why_not_see_pair(cast.analyst, pair) is None
        assert pair in queries.waiting(cast.analyst)
    with acting_as(cast.information_governance):
        end_agreement(by=cast.information_governance, agreement=agreement, why="The school has left")
    with acting_as(cast.analyst):
        refusal = why_not_see_pair(cast.analyst, pair)
        assert refusal is not None and school.name in refusal.sentence
        while (found := queries.next_pair(cast.analyst)) is not None:
            assert school.id not in (found.one_organisation_id, found.other_organisation_id)
            decide(cast.analyst, found, "different")
        with pytest.raises(Refused, match=school.name):
            decide(cast.analyst, pair, "same")
    with acting_as(cast.analyst, using="audit"):
        asked = FeedDecision.objects.using("audit").filter(what="show", reader_id=cast.analyst.id)
        assert {row.decision for row in asked} >= {"PERMIT", "REVIEW"}
        assert {row.feed for row in asked} >= {"neet", "worklessness"}


@pytest.mark.parametrize("key", ["administrator", "manager", "police_officer", "elected_member"])
def test_others_neither_see_nor_decide_pairs(key: str, unsure: MatchPair, cast: Any) -> None:
    other = getattr(cast, key)
    with acting_as(other):
        assert not MatchPair.objects.exists() and not MatchLabel.objects.exists()
        with pytest.raises(Refused, match=r"Ask an analyst|took this away"):
            decide_pair(by=other, pair=unsure, answer="same")
