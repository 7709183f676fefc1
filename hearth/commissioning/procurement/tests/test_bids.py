"""Bids: sealed as they are sent, in time or not at all, opened once by two together, and closed to everybody before."""

import json
import uuid
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from hearth.commissioning.procurement import sealing, timekeeping
from hearth.commissioning.procurement.actions import keys_of
from hearth.commissioning.procurement.bids.actions import open_bids, seal_of, send_bid, withdraw_bid
from hearth.commissioning.procurement.models import Bid, OpenedBid, OpenedFile, SealedPart, Tender, TenderState
from hearth.commissioning.procurement.tests.clocks import not_told, not_told_again
from hearth.commissioning.procurement.tests.conftest import (
    ANSWERS,
    PASSPHRASES,
    PRICE,
    SECRET,
    holders,
    letter,
    lot_of,
)
from hearth.commissioning.procurement.timekeeping import moment
from hearth.foundation.accounts.models import User
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.refusals import Refused

BOTH = {"one": PASSPHRASES["one"], "two": PASSPHRASES["two"]}


def every_table() -> list[str]:
    """Every table of the product."""
    return [model._meta.db_table for model in apps.get_models()]


def whole_database(reader: Any, as_: Any) -> str:
    """Everything that a reader is shown of every table, with bytes as they are and as letters."""
    said = []
    with as_(reader), connection.cursor() as cursor:
        for table in every_table():
            cursor.execute("savepoint look")
            try:
                cursor.execute(f'select row_to_json(t)::text from "{table}" t')  # noqa: S608 - our own tables' names
                said += [row for (row,) in cursor.fetchall()]
            except ProgrammingError:
                cursor.execute("rollback to savepoint look")
    return "\n".join(said)


def test_an_administrator_with_the_web_roles_database_reads_no_bid(two_bids: Any, cast: Any, as_: Any) -> None:
    """Whoever has the web role can say that they are anybody. As nobody of the whole cast is a word or a price of a bid there."""
    hidden = (SECRET, SECRET.encode().hex(), str(PRICE), "Twelve years of it", "plan.txt")
    for reader in User.objects.filter(is_active=True):
        found = whole_database(reader, as_)
        assert [word for word in hidden if word in found] == [], reader.email


def test_with_every_sealed_piece_and_one_passphrase_nothing_opens(
    two_bids: tuple[Bid, Bid], published: Tender, keepers: dict[str, Any], as_: Any, hands: Any
) -> None:
    """The same attacker, as an opener, who says in the table that the tender is opened: pieces and keys in hand, and one passphrase."""
    with as_(keepers["one"]):
        tender, kept = Tender.objects.get(pk=published.pk), holders(published)
        with pytest.raises(ProgrammingError, match="has not passed"), transaction.atomic():
            Tender.objects.filter(pk=tender.pk).update(opened_at=tender.deadline_at)
        assert not SealedPart.objects.exists(), "before the deadline nobody even has the pieces"
        hands.forward(days=21)
        moment()
        Tender.objects.filter(pk=tender.pk).update(opened_at=tender.deadline_at)
        pieces = {each.number: bytes(each.sealed) for each in SealedPart.objects.filter(bid=two_bids[0])}
    assert sorted(pieces) == [0, 1]
    for place, words in PASSPHRASES.items():
        lock = sealing.Locked(kept[place].salt, kept[place].public_key, kept[place].locked_key)
        alone = sealing.unlock(lock, words, keys_of(tender, place))
        assert all(
            opened_alone(alone, sealed, seal_of(two_bids[0], number)) == b"" for number, sealed in pieces.items()
        )
        for name, shared in tender.sealed_keys.items():
            one, other = name.split("+")
            inner = opened_alone(alone, sealing.bytes_of(shared), f"{keys_of(tender)} outer {other}")
            assert bool(inner) == (place == other)  # the outer seal is that one's, and under it is the other's
            assert opened_alone(alone, inner, f"{keys_of(tender)} inner {one}") == b""
    for sealed in pieces.values():
        assert SECRET.encode() not in sealed and str(PRICE).encode() not in sealed


def opened_alone(private: bytes, sealed: bytes, context: str) -> bytes:
    """What a key opens; nothing where it is not its seal."""
    try:
        return sealing.unseal(private, sealed, context)
    except sealing.CannotOpen:
        return b""


def test_a_passphrase_stands_nowhere(two_bids: Any, opened: Tender, cast: Any, as_: Any) -> None:
    for reader in (cast.commissioner, cast.county_manager, cast.manager, cast.administrator):
        found = whole_database(reader, as_)
        assert [words for words in PASSPHRASES.values() if words in found] == []


@pytest.mark.parametrize("two", [("one", "two"), ("one", "escrow"), ("escrow", "two")], ids="+".join)
def test_any_two_open_all_bids_after_the_deadline(
    two: tuple[str, str], two_bids: Any, published: Tender, keepers: Any, hands: Any, as_: Any
) -> None:
    hands.forward(days=20)
    by = keepers[two[0]]
    with as_(by):
        tender = Tender.objects.get(pk=published.pk)
        open_bids(by=by, tender=tender, passphrases={place: PASSPHRASES[place] for place in two})
        assert tender.state == TenderState.OPENED
        assert set(Bid.objects.visible_to(by).values_list("price_pence", flat=True)) == {PRICE, 11_000_000}
        assert not OpenedBid.objects.exists(), "whoever opens them does not read them"
        verbs = AuditEvent.objects.filter(actor_id=by.id).values_list("verb", flat=True)
        assert list(verbs).count("procurement.bid_opened") == 2 and "procurement.bids_opened" in verbs


def test_scorers_without_a_conflict_read_what_was_sent_to_the_letter(panel: list[Any], two_bids: Any, as_: Any) -> None:
    for person in panel:
        with as_(person):
            found = OpenedBid.objects.visible_to(person).get(bid=two_bids[0])
            assert {int(key): words for key, words in found.answers.items()} == ANSWERS
            file = OpenedFile.objects.visible_to(person).get(bid=two_bids[0])
            assert (bytes(file.content).decode(), file.name) == (f"{SECRET}, in a file", "plan.txt")
            assert OpenedBid.objects.count() == OpenedBid.objects.visible_to(person).count() == 2


def test_nobody_opens_before_the_deadline_with_one_passphrase_or_with_a_wrong_one(
    two_bids: Any, published: Tender, keepers: Any, runner: Any, cast: Any, hands: Any, as_: Any
) -> None:
    def tried(by: Any, given: dict[str, str]) -> str:
        with as_(by), pytest.raises(Refused) as found:
            open_bids(by=by, tender=Tender.objects.get(pk=published.pk), passphrases=given)
        return found.value.refusal.code

    opener = keepers["one"]
    assert tried(opener, BOTH) == "procurement.too_early"
    hands.forward(days=19, hours=23, minutes=59, seconds=59)
    assert tried(opener, BOTH) == "procurement.too_early"
    hands.forward(seconds=1)
    for by in (runner, cast.administrator, cast.provider):
        assert tried(by, BOTH) == "procurement.not_keyholder"
    assert tried(opener, {"one": PASSPHRASES["one"]}) == "procurement.two_passphrases"
    assert tried(opener, {"one": PASSPHRASES["one"], "two": ""}) == "procurement.two_passphrases"
    assert tried(opener, {"one": PASSPHRASES["one"], "two": PASSPHRASES["one"]}) == "procurement.wrong_passphrase"
    assert tried(opener, {"one": PASSPHRASES["two"], "two": PASSPHRASES["one"]}) == "procurement.wrong_passphrase"
    with as_(opener):
        open_bids(by=opener, tender=Tender.objects.get(pk=published.pk), passphrases=BOTH)
    assert tried(opener, BOTH) == "procurement.not_closed"


def test_no_bid_is_taken_at_the_deadline_or_after_it(published: Tender, cast: Any, bid_for: Any, hands: Any) -> None:
    hands.forward(days=19, hours=23, minutes=59, seconds=59)
    bid_for(published, cast.provider)
    hands.forward(seconds=1)
    with pytest.raises(Refused) as found:
        bid_for(published, cast.provider, price_pence=1)
    assert found.value.refusal.code == "procurement.too_late"


def test_the_database_takes_no_late_bid_and_moves_no_deadline(
    two_bids: Any, published: Tender, cast: Any, runner: Any, hands: Any, as_: Any
) -> None:
    """Straight at the tables as the web role, with a moment that was still in time."""
    sent_at = hands.moment
    hands.forward(days=21)
    moment()
    with as_(cast.provider):
        late = Bid.objects.get(pk=two_bids[0].pk)
    late.pk, late.reference, late.key, late.sent_at = uuid.uuid4(), "BD-LATE347", uuid.uuid4(), sent_at
    with as_(cast.provider), pytest.raises(ProgrammingError, match="has passed"):
        late.save(force_insert=True)
    with as_(cast.provider), pytest.raises(ProgrammingError, match="has passed"):
        Bid.objects.filter(pk=two_bids[0].pk).update(withdrawn_at=sent_at, withdrawn_by=cast.provider)
    with as_(runner), pytest.raises(ProgrammingError):
        Tender.objects.filter(pk=published.pk).update(deadline_at=hands.moment)
    with as_(runner), pytest.raises(ProgrammingError):
        Tender.objects.filter(pk=published.pk).update(public_key="AAAA")


def test_our_clock_may_be_slow_and_a_late_bid_is_late_all_the_same(
    published: Tender, cast: Any, bid_for: Any, as_: Any, hands: Any, keepers: Any
) -> None:
    """The machine of the web process believes that there are nineteen days yet; the database knows that the deadline has passed."""
    hands.forward(days=20, seconds=1)
    moment()
    hands.forward(days=-19)
    with not_told_again(), pytest.raises(Refused) as found:
        bid_for(published, cast.provider)
    assert found.value.refusal.code == "procurement.too_late"
    with as_(cast.provider):
        assert not Bid.objects.exists()


def test_our_clock_may_be_fast_and_a_bid_in_time_is_taken_and_none_is_opened(
    published: Tender, cast: Any, bid_for: Any, as_: Any, hands: Any, keepers: Any
) -> None:
    hands.forward(days=30)
    with not_told():
        sent = bid_for(published, cast.provider)
        assert sent.sent_at < published.deadline_at, "stamped by the database"
        with as_(keepers["one"]), pytest.raises(Refused) as found:
            open_bids(by=keepers["one"], tender=Tender.objects.get(pk=published.pk), passphrases=BOTH)
        assert found.value.refusal.code == "procurement.too_early"


def test_a_database_in_use_listens_to_nobodys_clock(own_database: Any) -> None:
    """Tests run on one that does. As it is migrated, and after a demonstration was told, it has its own time, whatever it is told."""
    with psycopg.connect(own_database.owner, autocommit=True) as owner:
        owner.execute(timekeeping.OWN)
    with psycopg.connect(own_database.web) as web:
        web.execute("select set_config('hearth.moment', '2001-01-01T12:00:00+00:00', false)")
        row = web.execute("select hearth_call_moment() > now() - interval '1 hour'").fetchone()
        assert row == (True,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(timekeeping.LISTENS)


def test_a_bid_is_replaced_and_withdrawn_until_the_deadline(
    published: Tender, cast: Any, bid_for: Any, hands: Any, as_: Any
) -> None:
    first = bid_for(published, cast.provider)
    second = bid_for(published, cast.provider, price_pence=9_000_000)
    assert second.receipt != first.receipt
    with as_(cast.provider):
        assert list(Bid.objects.visible_to(cast.provider).standing()) == [second]
        first.refresh_from_db()
        assert first.replaced_at is not None
        withdraw_bid(by=cast.provider, bid=second)
        assert not Bid.objects.standing().exists()
        with pytest.raises(Refused):
            withdraw_bid(by=cast.provider, bid=second)
    third = bid_for(published, cast.provider)
    hands.forward(days=20)
    with as_(cast.provider), pytest.raises(Refused) as found:
        withdraw_bid(by=cast.provider, bid=third)
    assert found.value.refusal.code == "procurement.too_late"


def test_only_what_stands_is_opened(
    published: Tender, cast: Any, other_bidder: Any, bid_for: Any, keepers: Any, hands: Any, as_: Any
) -> None:
    bid_for(published, cast.provider)
    stands = bid_for(published, cast.provider, price_pence=9_000_000)
    gone = bid_for(published, other_bidder)
    with as_(other_bidder):
        withdraw_bid(by=other_bidder, bid=gone)
    hands.forward(days=20)
    with as_(keepers["one"]):
        open_bids(by=keepers["one"], tender=Tender.objects.get(pk=published.pk), passphrases=BOTH)
        priced = Bid.objects.exclude(price_pence=None)
        assert [(each.pk, each.price_pence) for each in priced] == [(stands.pk, 9_000_000)]


def test_a_double_click_and_a_page_sent_again_make_one_bid(
    published: Tender, cast: Any, bid_for: Any, as_: Any
) -> None:
    page = uuid.uuid4()
    first = bid_for(published, cast.provider, key=page)
    again = bid_for(published, cast.provider, key=page)
    assert again.pk == first.pk
    other = bid_for(published, cast.provider, key=page, price_pence=1_000)
    with as_(cast.provider):
        assert Bid.objects.count() == 2 and list(Bid.objects.standing()) == [other]
        assert SealedPart.objects.count() == 0, "a bidder reads no sealed piece either"


def test_nobody_but_the_bidder_knows_of_a_bid_before_it_is_opened(
    two_bids: tuple[Bid, Bid], runner: Any, cast: Any, other_bidder: Any, keepers: Any, as_: Any
) -> None:
    for who in (
        runner,
        cast.administrator,
        cast.board_member,
        *keepers.values(),
        cast.charity_worker,
        cast.practitioner,
    ):
        with as_(who):
            assert not Bid.objects.exists() and not Bid.objects.visible_to(who).exists(), who
    for who, own in ((cast.provider, two_bids[0]), (other_bidder, two_bids[1])):
        with as_(who):
            assert list(Bid.objects.all()) == list(Bid.objects.visible_to(who)) == [own]
            assert own.receipt and own.size > len(SECRET)


def test_a_bid_within_the_most_answers_everything(published: Tender, cast: Any, bid_for: Any) -> None:
    for told, code in (
        ({"price_pence": 12_000_001}, "procurement.price"),
        ({"price_pence": 0}, "procurement.price"),
        ({"answers": {2: "Only this"}}, "procurement.no_answer"),
        ({"files": [letter(str(number)) for number in range(4)]}, "procurement.files"),
    ):
        with pytest.raises(Refused) as found:
            bid_for(published, cast.provider, **told)
        assert found.value.refusal.code == code


def test_whoever_buys_or_has_no_role_cannot_bid(published: Tender, cast: Any, as_: Any, bid_for: Any) -> None:
    for who in (cast.charity_worker, cast.commissioner, cast.administrator):
        with pytest.raises(Refused) as found:
            bid_for(published, who)
        assert found.value.refusal.code == "procurement.may_not_bid"


def test_a_piece_that_was_put_in_place_of_another_opens_nothing_at_all(
    two_bids: tuple[Bid, Bid], published: Tender, keepers: Any, hands: Any, as_: Any, monkeypatch: Any
) -> None:
    """As if the owner of the tables had changed what is kept: the receipt no longer fits, so nothing is opened."""
    hands.forward(days=20)
    true_seal = seal_of
    monkeypatch.setattr(
        "hearth.commissioning.procurement.bids.actions.seal_of", lambda bid, number: true_seal(bid, number + 1)
    )
    with as_(keepers["one"]), pytest.raises(Refused) as found:
        open_bids(by=keepers["one"], tender=Tender.objects.get(pk=published.pk), passphrases=BOTH)
    assert found.value.refusal.code == "procurement.seal_broken"
    with as_(keepers["one"]):
        assert Tender.objects.get(pk=published.pk).state == TenderState.PUBLISHED


def test_a_sealed_bid_never_reaches_the_trail(two_bids: Any, cast: Any, as_: Any) -> None:
    with as_(cast.provider):
        said = json.dumps(list(AuditEvent.objects.values_list("detail", flat=True)))
        assert SECRET not in said and str(PRICE) not in said
        assert lot_of(two_bids[0].tender).number == 1
        with pytest.raises(TypeError):
            send_bid(lot=None, price_pence=1, answers={})  # type: ignore[call-arg]
