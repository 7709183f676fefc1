"""Send a bid under the tender's seal, withdraw it, and open all bids of a tender with two passphrases."""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.crypto import salted_hmac

from hearth.commissioning.procurement import sealing
from hearth.commissioning.procurement.actions import keys_of
from hearth.commissioning.procurement.bids import rules
from hearth.commissioning.procurement.models import (
    Bid,
    Criterion,
    CriterionKind,
    Keyholder,
    Lot,
    OpenedBid,
    OpenedFile,
    SealedPart,
    Tender,
    TenderState,
)
from hearth.commissioning.procurement.telling.actions import tell_later
from hearth.commissioning.procurement.timekeeping import moment
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.jobs import defer
from hearth.foundation.core.once import key_of_sending
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, Refused, refuse
from hearth.foundation.core.text import clean
from hearth.foundation.messages.actions import send
from hearth.records.documents.looking import look, shown_name


def seal_of(bid: Bid, number: int) -> str:
    """What a piece of a bid is bound to: taken to another place or another bid, it does not open."""
    return f"bid {bid.tender_id} {bid.lot_id} {bid.organisation_id} {bid.pk} {number}"


@action
def send_bid(
    *, by: Any, lot: Lot, price_pence: int, answers: Mapping[int, str], files: Sequence[Any] = (), key: uuid.UUID | None = None
) -> Bid:  # fmt: skip
    """Send a bid for a lot, in place of what the organisation sent for it before. It is sealed before any of it is kept."""
    tender = lot.tender
    refuse(rules.why_not_bid(by, tender, moment()))
    asked = dict(Criterion.objects.filter(tender=tender, kind=CriterionKind.QUALITY).values_list("number", "name"))
    said = {number: clean(words).strip() for number, words in answers.items() if number in asked}
    refuse(rules.why_not_this_bid(lot, price_pence, said, asked, len(files)))
    looked = [_looked(each) for each in files]
    key = key_of_sending(key, lot, _known_by(price_pence, said, looked))
    _take_turns(lot, by)
    before = Bid.objects.filter(sent_by=by, key=key).first()
    if before is not None:
        record("procurement.bid_sent_again", subject=before)
        return before
    at = moment()
    refuse(rules.why_not_bid(by, Tender.objects.get(pk=tender.pk), at))  # as it is now that the turn has come
    bid = Bid(
        reference=drawn_reference("BD"), tender=tender, lot=lot, organisation=by.organisation, sent_by=by, sent_at=at, key=key,
        files=len(looked),
    )  # fmt: skip
    words = {"price_pence": price_pence, "answers": said, "files": [about for about, _ in looked]}
    parts = _sealed(tender, bid, [json.dumps(words).encode(), *(content for _, content in looked)])
    bid.receipt = hashlib.sha256(b"".join(hashlib.sha256(each).digest() for each in parts)).hexdigest()
    bid.size = sum(map(len, parts))
    replaced = Bid.objects.filter(lot=lot, organisation=by.organisation).standing().update(replaced_at=at)
    bid.save(force_insert=True)
    bid.refresh_from_db(fields=["sent_at"])  # as the database stamped it
    for number, sealed in enumerate(parts):
        SealedPart(bid=bid, number=number, sealed=sealed).save(force_insert=True)
    link = reverse("tender", args=[tender.reference])
    send(by=by, to=by, template="bid_received", link=link, key=f"bid_received {bid.pk}")
    record(
        "procurement.bid_sent",
        subject=bid,
        tender=tender.reference,
        receipt=bid.receipt,
        size=bid.size,
        in_place=bool(replaced),
    )
    return bid


def _known_by(price: int, said: Mapping[int, str], looked: Sequence[tuple[Any, bytes]]) -> str:
    """What the same bid sent again is known by: made with the key of the settings, so that no table helps to try out a price."""
    told = json.dumps([price, said, [hashlib.sha256(content).hexdigest() for _, content in looked]])
    return salted_hmac("hearth.commissioning.procurement.bids", told, algorithm="sha256").hexdigest()


def _looked(file: Any) -> tuple[dict[str, Any], bytes]:
    """What a file is, by looking inside, and its bytes."""
    found = look(file.read())
    about = {"name": shown_name(file.name or "", found.ending), "media_type": found.media_type}
    return about, found.content


def _take_turns(lot: Lot, by: Any) -> None:
    """Of two of one organisation who send or withdraw at once, the second sees what the first did."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 7))", [f"{lot.pk} {by.organisation_id}"])


def _sealed(tender: Tender, bid: Bid, pieces: Sequence[bytes]) -> list[bytes]:
    public = sealing.bytes_of(tender.public_key)
    return [sealing.seal(public, each, seal_of(bid, number)) for number, each in enumerate(pieces)]


@action
def withdraw_bid(*, by: Any, bid: Bid) -> Bid:
    """Take a bid back, until the deadline. It is never opened."""
    _take_turns(bid.lot, by)
    bid.hold()
    at = moment()
    refuse(rules.why_not_withdraw_bid(by, bid, at))
    bid.withdrawn_at, bid.withdrawn_by = at, by
    bid.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record("procurement.bid_withdrawn", subject=bid, tender=bid.tender.reference)
    return bid


@action
def open_bids(*, by: Any, tender: Tender, passphrases: Mapping[str, str]) -> Tender:
    """Open all bids of a tender, with two of the three passphrases in one sitting, once its deadline has passed.

    `passphrases` has what was typed, by the keyholder's place. Nothing is opened unless everything is.
    """
    tender.hold()
    holders = list(Keyholder.objects.filter(tender=tender).select_related("user"))
    at = moment()
    refuse(rules.why_not_open(by, tender, holders, at))
    refuse(rules.why_not_with_these(passphrases))
    private = _private_key(tender, holders, passphrases)
    tender.state, tender.opened_at = TenderState.OPENED, at
    tender.save(update_fields=["state", "opened_at"])
    tender.refresh_from_db(fields=["opened_at"])  # as the database stamped it
    bids = list(Bid.objects.filter(tender=tender).standing().order_by("sent_at", "pk"))
    for bid in bids:
        _open_one(by, bid, private)
    for what in ("opened", "to_score"):
        tell_later(tender, what)
    defer("procurement.check_files", tender=tender.pk)
    given = sorted(place for place, words in passphrases.items() if words)
    record("procurement.bids_opened", subject=tender, bids=len(bids), passphrases=given)
    return tender


def _private_key(tender: Tender, holders: Sequence[Keyholder], passphrases: Mapping[str, str]) -> bytes:
    privates: dict[str, bytes] = {}
    for holder in holders:
        words = passphrases.get(holder.place, "")
        if words and len(privates) < rules.NEEDED:
            locked = sealing.Locked(holder.salt, holder.public_key, holder.locked_key)
            try:
                privates[holder.place] = sealing.unlock(locked, words, keys_of(tender, holder.place))
            except sealing.CannotOpen as fault:
                raise Refused(rules.wrong_passphrase(holder)) from fault
    return sealing.bring_together(tender.sealed_keys, privates, keys_of(tender))


def _open_one(by: Any, bid: Bid, private: bytes) -> None:
    pieces = list(SealedPart.objects.filter(bid=bid).order_by("number"))
    sealed = [bytes(each.sealed) for each in pieces]
    if hashlib.sha256(b"".join(hashlib.sha256(each).digest() for each in sealed)).hexdigest() != bid.receipt:
        raise Refused(_changed(bid))
    try:
        plain = [sealing.unseal(private, each, seal_of(bid, number)) for number, each in enumerate(sealed)]
    except sealing.CannotOpen as fault:
        raise Refused(_changed(bid)) from fault
    words = json.loads(plain[0])
    bid.price_pence = words["price_pence"]
    bid.save(update_fields=["price_pence"])
    OpenedBid(bid=bid, answers=words["answers"], opened_by=by).save(force_insert=True)
    for number, (about, content) in enumerate(zip(words["files"], plain[1:], strict=True), 1):
        OpenedFile(bid=bid, number=number, size=len(content), content=content, **about).save(force_insert=True)
    record("procurement.bid_opened", subject=bid, receipt=bid.receipt)


def _changed(bid: Bid) -> Refusal:
    return Refusal(
        "procurement.seal_broken",
        f"What is kept of bid {bid.reference} is not what was sealed. Nothing was opened. Tell whoever runs this service.",
    )
