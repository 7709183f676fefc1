"""Writing, publishing and withdrawing a tender, its passphrases, and questions that are answered to everybody."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db.utils import ProgrammingError

from hearth.commissioning.procurement import actions
from hearth.commissioning.procurement.models import (
    Criterion,
    JointShare,
    Keyholder,
    Lot,
    PublishedAnswer,
    SupplierQuestion,
    Tender,
    TenderState,
)
from hearth.commissioning.procurement.tests.conftest import PASSPHRASES, holders, letter, words
from hearth.foundation.core.refusals import Conflict, Refused


def refused(do: Any, **told: Any) -> str:
    """By which rule it is refused."""
    with pytest.raises(Refused) as found:
        do(**told)
    return found.value.refusal.code


def test_only_whoever_runs_tenders_writes_one(cast: Any, as_: Any, hands: Any) -> None:
    for who in (cast.administrator, cast.provider, cast.manager, cast.strategic_lead, cast.board_member):
        with as_(who):
            assert refused(actions.write_tender, by=who, **words()) == "procurement.may_not_run"
            tender = Tender(reference="TE-4F7K3QX", written_by=who, **words())
            with pytest.raises(ProgrammingError):
                tender.save(force_insert=True)


def test_weights_and_shares_come_to_a_hundred_and_no_more(draft: Tender, runner: Any, cast: Any, as_: Any) -> None:
    with as_(runner):
        said: dict[str, Any] = {"by": runner, "tender": draft}
        assert refused(actions.add_criterion, name="More", kind="quality", weight=1, **said) == "procurement.weights"
        assert refused(actions.add_criterion, name="Price", kind="price", weight=1, **said) == "procurement.price_twice"
        other = cast.health_visitor.organisation
        assert refused(actions.add_joint_commissioner, organisation=other, share=3001, **said) == "procurement.shares"
        authority = runner.organisation
        assert (
            refused(actions.add_joint_commissioner, organisation=authority, share=1, **said)
            == "procurement.share_twice"
        )
        actions.take_out(part="criterion", number=3, **said)
        assert refused(actions.take_out, part="criterion", number=3, **said) == "procurement.not_there"
        assert "bring the weights of the criteria to 100%" in refused_words(actions.publish_tender, **said)
        assert Criterion.objects.filter(tender=draft).count() == 2


def refused_words(do: Any, **told: Any) -> str:
    """The sentence of a refusal."""
    with pytest.raises(Refused) as found:
        do(**told)
    return found.value.refusal.sentence


def test_a_call_needs_time_lots_and_three_passphrases(draft: Tender, runner: Any, hands: Any, as_: Any) -> None:
    hands.forward(days=11)
    with as_(runner):
        Lot.objects.filter(tender=draft).delete()
        said = refused_words(actions.publish_tender, by=runner, tender=draft)
    for each in ("add a lot", "all three passphrases", "shares of the joint commissioners", "set the deadline to"):
        assert each in said


def test_a_published_call_is_not_changed_by_anybody(published: Tender, runner: Any, as_: Any) -> None:
    with as_(runner):
        said: dict[str, Any] = {"by": runner, "tender": published}
        assert refused(actions.change_tender, **said, **words()) == "procurement.published"
        assert refused(actions.add_call_file, file=letter(), **said) == "procurement.published"
        assert refused(actions.publish_tender, **said) == "procurement.published"
        assert Lot.objects.update(most_pence=1) == 0 and Criterion.objects.all().delete()[0] == 0
        assert JointShare.objects.update(share=1) == 0
        with pytest.raises(ProgrammingError):
            Tender.objects.update(title="Another")


def test_two_who_change_a_draft_at_once_read_both_texts(draft: Tender, runner: Any, as_: Any) -> None:
    with as_(runner), pytest.raises(Conflict) as found:
        actions.change_tender(by=runner, tender=draft, seen="older", **(words() | {"title": "Another"}))
    assert found.value.texts["title"] == ("Family support at home", "Another")


def test_each_sets_their_own_passphrase_and_nobody_anothers(
    draft: Tender, runner: Any, keepers: Any, cast: Any, as_: Any
) -> None:
    with as_(runner):
        assert refused(
            actions.name_keyholders, by=runner, tender=draft, **(keepers | {"escrow": keepers["one"]})
        ) == "procurement.three_people"  # fmt: skip
        assert refused(
            actions.name_keyholders, by=runner, tender=draft, **(keepers | {"one": cast.charity_manager})
        ) == "procurement.keyholder"  # fmt: skip
        actions.name_keyholders(by=runner, tender=draft, **keepers)
        assert (
            refused(actions.set_passphrase, by=runner, tender=draft, passphrase=PASSPHRASES["one"])
            == "procurement.not_keyholder"
        )
        assert Keyholder.objects.filter(tender=draft).update(public_key="AAAA") == 0
    one = keepers["one"]
    with as_(one):
        for weak in ("short", "a" * 30, "abababababababababab", " " * 40):
            assert refused(actions.set_passphrase, by=one, tender=draft, passphrase=weak) == "procurement.passphrase"
        actions.set_passphrase(by=one, tender=draft, passphrase=PASSPHRASES["one"])
        first = holders(draft)["one"]
        actions.set_passphrase(by=one, tender=draft, passphrase=PASSPHRASES["one"])
        again = holders(draft)["one"]
        assert first.locked_key != again.locked_key and first.salt != again.salt
        assert Keyholder.objects.exclude(user=one).update(salt="AAAA") == 0
    with as_(runner):  # somebody else in the second place: the first's lock stands
        actions.name_keyholders(by=runner, tender=draft, **(keepers | {"two": cast.strategic_lead}))
        kept = holders(draft)
        assert kept["one"].set_at is not None and kept["two"].user == cast.strategic_lead


def test_a_question_is_answered_to_everybody_and_its_asker_named_to_nobody(
    published: Tender, runner: Any, cast: Any, other_bidder: Any, hands: Any, as_: Any
) -> None:
    asker, page = cast.provider, uuid.uuid4()
    with as_(asker):
        said: dict[str, Any] = {"by": asker, "tender": published, "words": "May Lantern bid for part?", "key": page}
        question = actions.ask_about_call(**said)
        assert actions.ask_about_call(**said) == question
    with as_(other_bidder):
        assert not SupplierQuestion.objects.exists()
    with as_(cast.manager):
        assert (
            refused(actions.ask_about_call, by=cast.manager, tender=published, words="x") == "procurement.may_not_bid"
        )
    with as_(runner):
        question = SupplierQuestion.objects.select_related("tender").get()
        told: dict[str, Any] = {"by": runner, "question": question, "words": "May one bid for part?", "answer": "No."}
        actions.answer_supplier(**told)
        assert refused(actions.answer_supplier, **told) == "procurement.answered"
    assert PublishedAnswer.objects.visible_to(None).get().words == "May one bid for part?"
    hands.forward(days=10, seconds=1)
    with as_(asker):
        assert (
            refused(actions.ask_about_call, by=asker, tender=published, words="Late?")
            == "procurement.no_more_questions"
        )


def test_a_withdrawn_tender_takes_no_bid_and_stays_sealed(
    two_bids: Any, published: Tender, runner: Any, keepers: Any, cast: Any, bid_for: Any, hands: Any, as_: Any
) -> None:
    from hearth.commissioning.procurement.bids.actions import open_bids

    with as_(runner):
        assert refused(actions.withdraw_tender, by=runner, tender=published, why=" ") == "procurement.no_reason"
        actions.withdraw_tender(by=runner, tender=published, why="The money is gone.")
        assert refused(actions.withdraw_tender, by=runner, tender=published, why="Again") == "procurement.withdrawn"
    with pytest.raises(Refused):
        bid_for(published, cast.provider)
    hands.forward(days=21)
    with as_(keepers["one"]):
        tender = Tender.objects.get(pk=published.pk)
        assert tender.state == TenderState.WITHDRAWN
        both = {"one": PASSPHRASES["one"], "two": PASSPHRASES["two"]}
        assert refused(open_bids, by=keepers["one"], tender=tender, passphrases=both) == "procurement.not_closed"


def test_questions_never_end_after_bids(runner: Any, hands: Any, as_: Any) -> None:
    with as_(runner):
        late = words() | {"questions_until": words()["deadline_at"] + dt.timedelta(seconds=1)}
        assert refused(actions.write_tender, by=runner, **late) == "procurement.questions"
        assert refused(actions.write_tender, by=runner, **(words() | {"outcomes": [" "]})) == "procurement.outcomes"
