"""Write a tender, name who keeps its passphrases, publish it, withdraw it; ask about it, and answer everybody."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import Max

from hearth.commissioning.procurement import rules, sealing
from hearth.commissioning.procurement.models import (
    Award,
    CallFile,
    Criterion,
    JointShare,
    Keyholder,
    Lot,
    PublishedAnswer,
    SupplierQuestion,
    Tender,
    TenderState,
)
from hearth.commissioning.procurement.telling.actions import tell_later
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.once import key_of_sending
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, Refused, refuse
from hearth.foundation.core.seen import write_seen
from hearth.foundation.core.text import clean, one_line
from hearth.foundation.ui.filters import moment
from hearth.records.documents.looking import look, shown_name
from hearth.records.money.queries import districts as every_district

WORDS = ("title", "intention", "background", "outcomes", "questions_until", "deadline_at", "standstill_days")
PARTS: dict[str, Any] = {"lot": Lot, "share": JointShare, "criterion": Criterion, "file": CallFile}
MOST_FILES = 20


def keys_of(tender: Tender, place: str = "") -> str:
    """What a tender's seals and locks are bound to."""
    return f"tender {tender.pk} {place}".strip()


@action
def write_tender(*, by: Any, **typed: Any) -> Tender:
    """Begin a tender: what for, what is to change, and by when."""
    refuse(rules.why_not_run(by))
    cleaned = _words(by, typed)
    tender = Tender(reference=drawn_reference("TE"), written_by=by, **cleaned)
    tender.save(force_insert=True)
    record("procurement.tender_written", subject=tender)
    return tender


@action
def change_tender(*, by: Any, tender: Tender, seen: str | None = None, **typed: Any) -> Tender:
    """Change what a draft says."""
    tender.hold()
    refuse(rules.why_not_write(by, tender))
    said = {
        "outcomes": "\n".join, "questions_until": moment, "deadline_at": moment, "standstill_days": str, "intention": _intention_words,
    }  # fmt: skip
    changed = write_seen(tender, seen, _words(by, typed), said)
    if changed:
        tender.save(update_fields=changed)
    record("procurement.tender_changed", subject=tender, columns=changed)
    return tender


def _intention_words(found: Any) -> str:
    return f"{found.title}, {found.reference}" if found is not None else "None"


def _words(by: Any, typed: dict[str, Any]) -> dict[str, Any]:
    typed = {"intention": None} | typed
    refuse(rules.why_not_from_intention(by, typed["intention"]))
    outcomes = [one_line(each, 300) for each in typed["outcomes"] if each.strip()]
    said = typed | {
        "title": one_line(typed["title"], 120),
        "background": clean(typed["background"]).strip(),
        "outcomes": outcomes,
    }
    refuse(rules.why_not_these_words(
        said["title"], said["background"], outcomes, said["questions_until"], said["deadline_at"], said["standstill_days"]
    ))  # fmt: skip
    return {name: said[name] for name in WORDS}


def _hold(by: Any, tender: Tender) -> None:
    tender.hold()
    refuse(rules.why_not_write(by, tender))


def _number(model: Any, tender: Tender) -> int:
    return int(model.objects.filter(tender=tender).aggregate(last=Max("number"))["last"] or 0) + 1


@action
def add_lot(*, by: Any, tender: Tender, name: str, what: str, districts: Sequence[str], most_pence: int) -> Lot:
    """A part that somebody may bid for by itself."""
    _hold(by, tender)
    known = [area.code for area in every_district()]
    name, what = one_line(name, 120), clean(what).strip()
    refuse(rules.why_not_this_lot(name, what, districts, known, most_pence))
    lot = Lot(
        tender=tender, number=_number(Lot, tender), name=name, what=what, districts=[code for code in known if code in districts],
        most_pence=most_pence,
    )  # fmt: skip
    lot.save(force_insert=True)
    record("procurement.lot_added", subject=tender, lot=lot.number, pence=most_pence)
    return lot


@action
def add_joint_commissioner(*, by: Any, tender: Tender, organisation: Any, share: int) -> JointShare:
    """Somebody who buys together with the authority, or the authority itself, with its share."""
    _hold(by, tender)
    refuse(rules.why_not_this_share(share, list(JointShare.objects.filter(tender=tender)), organisation))
    made = JointShare(tender=tender, number=_number(JointShare, tender), organisation=organisation, share=share)
    made.save(force_insert=True)
    record("procurement.share_added", subject=tender, share=share)
    return made


@action
def add_criterion(*, by: Any, tender: Tender, name: str, kind: str, weight: int, guidance: str = "") -> Criterion:
    """What bids are judged by, and how much it weighs."""
    _hold(by, tender)
    refuse(rules.why_not_this_criterion(kind, weight, list(Criterion.objects.filter(tender=tender))))
    made = Criterion(
        tender=tender,
        number=_number(Criterion, tender),
        name=one_line(name, 120),
        kind=kind,
        weight=weight,
        guidance=clean(guidance).strip(),
    )
    made.save(force_insert=True)
    record("procurement.criterion_added", subject=tender, weight=weight)
    return made


@action
def add_call_file(*, by: Any, tender: Tender, file: Any) -> CallFile:
    """A paper of the call; what it is, is found by looking inside."""
    _hold(by, tender)
    found = look(file.read())
    digest = hashlib.sha256(found.content).hexdigest()
    there = CallFile.objects.filter(tender=tender)
    if there.filter(sha256=digest).exists() or there.count() >= MOST_FILES:
        raise Refused(
            Refusal("procurement.file", f"It is there already, or there are {MOST_FILES} files. Nothing was added.")
        )
    made = CallFile(
        tender=tender, number=_number(CallFile, tender), name=shown_name(file.name or "", found.ending), media_type=found.media_type,
        size=len(found.content), sha256=digest, content=found.content,
    )  # fmt: skip
    made.save(force_insert=True)
    record("procurement.file_added", subject=tender, size=made.size)
    return made


@action
def take_out(*, by: Any, tender: Tender, part: str, number: int) -> None:
    """Take a lot, a share, a criterion or a file out of a draft again."""
    _hold(by, tender)
    found = PARTS[part].objects.filter(tender=tender, number=number).first() if part in PARTS else None
    if found is None:
        raise Refused(Refusal("procurement.not_there", "It was taken out already."))
    found.delete()
    record("procurement.part_taken_out", subject=tender, part=part, number=number)


@action
def name_keyholders(*, by: Any, tender: Tender, one: Any, two: Any, escrow: Any) -> None:
    """Say who keeps the three passphrases. Whoever is named anew sets theirs anew; the others' stand."""
    _hold(by, tender)
    named = {"one": one, "two": two, "escrow": escrow}
    buying = list(JointShare.objects.filter(tender=tender).values_list("organisation_id", flat=True))
    for user in named.values():
        refuse(rules.why_not_hold_key(user, buying))
    refuse(rules.why_not_these_keyholders(list(named.values())))
    there = {each.place: each for each in Keyholder.objects.filter(tender=tender)}
    changed = [place for place, user in named.items() if place not in there or there[place].user_id != user.pk]
    Keyholder.objects.filter(tender=tender, place__in=changed).delete()
    for place in changed:
        Keyholder(tender=tender, place=place, user=named[place]).save(force_insert=True)
    tell_later(tender, "key")
    record("procurement.keyholders_named", subject=tender, places=changed)


@action
def set_passphrase(*, by: Any, tender: Tender, passphrase: str) -> Keyholder:
    """Set one's own passphrase of a tender. It is kept nowhere: only what it locks is."""
    mine = Keyholder.objects.filter(tender=tender, user=by).first()
    refuse(rules.why_not_set_passphrase(by, tender, mine))
    refuse(rules.why_not_this_passphrase(passphrase))
    mine = Keyholder.objects.get(tender=tender, user=by)
    mine.hold()
    locked = sealing.lock(passphrase, keys_of(tender, mine.place))
    mine.salt, mine.public_key, mine.locked_key = locked
    mine.set_at = clock.now()
    mine.save(update_fields=["salt", "public_key", "locked_key", "set_at"])
    record("procurement.passphrase_set", subject=tender, place=mine.place)
    return mine


@action
def publish_tender(*, by: Any, tender: Tender) -> Tender:
    """Publish the call: its key is made, shared out to each two of the three keyholders, and kept nowhere else."""
    tender.hold()
    refuse(rules.why_not_publish(by, tender))
    private, public = sealing.new_pair()
    holders = {each.place: sealing.bytes_of(each.public_key) for each in Keyholder.objects.filter(tender=tender)}
    tender.public_key = sealing.text_of(public)
    tender.sealed_keys = sealing.share_out(private, holders, keys_of(tender))
    tender.state, tender.published_at, tender.published_by = TenderState.PUBLISHED, clock.now(), by
    tender.save(update_fields=["public_key", "sealed_keys", "state", "published_at", "published_by"])
    tell_later(tender, "published")
    record("procurement.tender_published", subject=tender, deadline=tender.deadline_at.isoformat())
    return tender


@action
def withdraw_tender(*, by: Any, tender: Tender, why: str) -> Tender:
    """Withdraw a tender: bids that were sealed stay sealed."""
    tender.hold()
    refuse(rules.why_not_withdraw(by, tender, Award.objects.filter(tender=tender).exists(), why))
    tender.state, tender.withdrawn_at, tender.withdrawn_why = TenderState.WITHDRAWN, clock.now(), one_line(why, 300)
    tender.save(update_fields=["state", "withdrawn_at", "withdrawn_why"])
    if tender.published_at is not None:
        tell_later(tender, "withdrawn")
    record("procurement.tender_withdrawn", subject=tender)
    return tender


@action
def ask_about_call(*, by: Any, tender: Tender, words: str, key: uuid.UUID | None = None) -> SupplierQuestion:
    """Ask about an open call. Who asked is told to nobody but whoever answers."""
    words = clean(words).strip()
    refuse(rules.why_not_ask(by, tender, words))
    key = key_of_sending(key, tender, words)
    before = SupplierQuestion.objects.filter(asked_by=by, key=key).first()
    if before is not None:
        record("procurement.question_sent_again", subject=before)
        return before
    asked = SupplierQuestion(
        reference=drawn_reference("TQ"), tender=tender, organisation=by.organisation, asked_by=by, words=words, key=key
    )
    asked.save(force_insert=True)
    tell_later(tender, "question", asked)
    record("procurement.question_asked", subject=asked, tender=tender.reference)
    return asked


@action
def answer_supplier(*, by: Any, question: SupplierQuestion, words: str, answer: str) -> PublishedAnswer:
    """Answer a question to everybody: the question as it is published names nobody."""
    question.tender.hold()
    answered = PublishedAnswer.objects.filter(question=question).exists()
    words, answer = clean(words).strip(), clean(answer).strip()
    refuse(rules.why_not_answer(by, question, answered, words, answer))
    made = PublishedAnswer(
        tender=question.tender, number=_number(PublishedAnswer, question.tender), question=question, words=words, answer=answer,
        answered_by=by,
    )  # fmt: skip
    made.save(force_insert=True)
    tell_later(question.tender, "answered", made)
    record("procurement.question_answered", subject=question, tender=question.tender.reference)
    return made


@action
def clarify_call(*, by: Any, tender: Tender, words: str, answer: str) -> PublishedAnswer:
    """Make something of an open call clear to everybody, though nobody had asked."""
    tender.hold()
    words, answer = one_line(words, 300), clean(answer).strip()
    refuse(rules.why_not_clarify(by, tender, words, answer))
    made = PublishedAnswer(
        tender=tender, number=_number(PublishedAnswer, tender), words=words, answer=answer, answered_by=by
    )
    made.save(force_insert=True)
    tell_later(tender, "answered", made)
    record("procurement.call_clarified", subject=tender, number=made.number)
    return made


def moment_of(day: dt.date, time: dt.time) -> dt.datetime:
    """A day and a time of day in London."""
    return dt.datetime.combine(day, time, tzinfo=clock.LONDON)
