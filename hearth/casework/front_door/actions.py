"""Ask for help: begin a request, send it, add to it, take it back."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from hearth.casework.front_door import rules
from hearth.casework.front_door.documents.models import RequestDocument, RequestDocumentContent
from hearth.casework.front_door.holding import hold
from hearth.casework.front_door.models import Channel, Request, RequestMessage, RequestPerson, State
from hearth.casework.front_door.triage.clocks import running
from hearth.casework.front_door.triage.models import Pause
from hearth.casework.front_door.triage.news import RECEIVED, send_news
from hearth.casework.front_door.triage.rules import WAITING_FOR_REFERRER
from hearth.casework.front_door.typed import TypedPerson, cleaned
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.once import key_of_sending
from hearth.foundation.core.pack import pack
from hearth.foundation.core.references import new_reference
from hearth.foundation.core.refusals import Refusal, Refused, refuse
from hearth.foundation.core.text import clean
from hearth.foundation.ui.kept import clear_drafts
from hearth.records.documents.keeping import hold_bytes, look_into
from hearth.records.documents.models import Kind

TRIES = 5


@action
def start_request(*, by: Any, key: uuid.UUID, channel: str, signs: list[str]) -> Request:
    """Begin a request with the answer to the safeguarding question. The same page sent twice begins one request."""
    refuse(rules.why_not_ask(by, channel))
    made = Request(
        key=key,
        channel=channel,
        made_by=by,
        organisation_id=by.organisation_id,
        signs=signs,
        signs_shown_at=clock.now() if signs else None,
        form_version=pack().request_form.version,
    )
    request = _once(made) or Request.objects.filter(key=key, made_by=by).first()
    if request is None:  # somebody else's key: a page that was not made for this person
        raise Refused(Refusal("front_door.stale_page", "This page is out of date. Start again from “Ask for help”."))
    record("front_door.request_started", subject=request, channel=channel, signs=len(signs))
    return request


def _once(
    made: Request, people: Sequence[RequestPerson] = (), documents: Mapping[RequestDocument, bytes] | None = None
) -> Request | None:
    """Write the request, after its people and documents (see the row policies); None if its key is there."""
    for _ in range(TRIES):
        made.reference = new_reference("RQ")
        try:
            with transaction.atomic():
                for person in people:
                    person.save(force_insert=True)
                for document, kept in (documents or {}).items():
                    hold_bytes(RequestDocumentContent(document=document), kept, document.sha256)
                    document.save(force_insert=True)
                made.save(force_insert=True)
                return made
        except IntegrityError as fault:
            if "reference" not in str(fault):
                return None
    raise RuntimeError(f"No free reference for a request in {TRIES} tries.")


@action
def send_request(*, by: Any, request: Request, area: Any, people: Sequence[TypedPerson], **said: Any) -> Request:
    """Send a request to the front door. Sending it twice, as it is, sends it once."""
    held = hold(request)
    if held.made_by_id == by.id and held.state != State.STARTED and _as_sent(held, area, people, said):
        record("front_door.request_sent_again", subject=held)
        return held
    refuse(rules.why_not_write(by, held) or rules.why_not_send(held, area, people, said))
    _fill(held, area, said)
    held.due_on = running(held, ())
    held.save()
    for person in _rows(held, people):
        person.save(force_insert=True)
    record(
        "front_door.request_sent",
        subject=held,
        channel=held.channel,
        area=area.code,
        people=len(people),
        consent=held.consent,
    )
    send_news(by, held, RECEIVED, held.id)
    return held


def _as_sent(request: Request, area: Any, people: Sequence[TypedPerson], said: dict[str, Any]) -> bool:
    """Whether what is sent again is what the request says: whoever adds to it must not believe that it arrived."""
    if request.area_id != area.pk or any(getattr(request, name) != value for name, value in cleaned(said).items()):
        return False
    names = [each.name for each in fields(TypedPerson)]
    sent, typed = (
        [[getattr(row, name) for name in names] for row in rows]
        for rows in (request.people.order_by("place"), _rows(request, people))
    )
    return sent == typed


def _fill(request: Request, area: Any, said: dict[str, Any]) -> None:
    for name, value in cleaned(said).items():
        setattr(request, name, value)
    request.area, request.state = area, State.RECEIVED
    request.received_at = request.clock_from_at = clock.now()


def _rows(request: Request, people: Sequence[TypedPerson]) -> list[RequestPerson]:
    def typed(person: TypedPerson) -> dict[str, Any]:
        return {
            name: clean(value).strip() if isinstance(value, str) else value for name, value in asdict(person).items()
        }

    return [RequestPerson(request=request, place=place, **typed(person)) for place, person in enumerate(people)]


@action
def receive_family_request(
    *,
    by: Any,
    key: uuid.UUID,
    area: Any,
    people: Sequence[TypedPerson],
    signs: list[str],
    files: Sequence[Any] = (),
    **said: Any,
) -> str:
    """A family asks for help without signing in; gives the reference alone. `by` is the doorstep itself.

    The same page sent twice with the same words is one request.

    Nobody is reading, so nothing is read back: not even whether anybody is known.
    """
    refuse(rules.why_not_ask_in(area))
    request = Request(
        key=key,
        channel=Channel.FAMILY,
        signs=signs,
        signs_shown_at=clock.now() if signs else None,
        form_version=pack().request_form.version,
    )
    _fill(request, area, said)
    request.due_on = running(request, ())
    documents = _documents(request, files)
    sent = sorted(document.sha256 for document in documents)
    request.key = key_of_sending(key, area, people, cleaned(said), signs, sent)
    if _once(request, _rows(request, people), documents) is None:
        reference = _reference_of(request.key)
        record("front_door.request_sent_again", subject=reference)
        return reference
    record(
        "front_door.request_sent",
        subject=request,
        channel=request.channel,
        area=area.code,
        people=len(people),
        documents=len(documents),
        consent=request.consent,
    )
    return request.reference


def _documents(request: Request, files: Sequence[Any]) -> dict[RequestDocument, bytes]:
    """What a family sends with its request, each file once."""
    found: dict[str, tuple[RequestDocument, bytes]] = {}
    for file in files:
        document = RequestDocument(request=request)
        kept = look_into(document, by=None, file=file, kind=Kind.OTHER)
        document.kind = Kind.PICTURE if document.media_type.startswith("image/") else Kind.OTHER
        found.setdefault(document.sha256, (document, kept))
    return dict(found.values())


def _reference_of(key: uuid.UUID) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select hearth_request_reference(%s)", [key])
        (reference,) = cursor.fetchone()
    if reference is None:
        raise Refused(Refusal("front_door.stale_page", "This page is out of date. Start again, or ring us."))
    return str(reference)


@action
def discard_request(*, by: Any, request: Request) -> None:
    """Throw away a request that was begun and not sent, and all that was typed in it."""
    request.hold()
    refuse(rules.why_not_write(by, request))
    record("front_door.request_discarded", subject=request)
    clear_drafts(by, reverse("write_request", args=[request.reference]))
    request.delete()


@action
def answer_front_door(*, by: Any, request: Request, words: str) -> RequestMessage:
    """The referrer answers a question, or adds something. A clock that waited for the referrer runs again."""
    held = hold(request)
    refuse(rules.why_not_answer(by, held))
    message = RequestMessage(request=held, from_front_door=False, words=clean(words).strip(), written_by=by)
    message.save(force_insert=True)
    waiting = Pause.objects.filter(request=held, until_at=None, reason=WAITING_FOR_REFERRER)
    if waiting.update(until_at=clock.now(), ended_by=by):
        held.state = State.RECEIVED
        held.due_on = running(held, Pause.objects.filter(request=held))
        held.save(update_fields=["state", "due_on"])
    record("front_door.referrer_answered", subject=held)
    return message


@action
def withdraw_request(*, by: Any, request: Request, because: str) -> Request:
    """The referrer takes the request back, with the reason."""
    held = hold(request)
    refuse(rules.why_not_withdraw(by, held))
    Pause.objects.filter(request=held, until_at=None).update(until_at=clock.now(), ended_by=by)
    held.state, held.due_on, held.withdrawn_because = State.WITHDRAWN, None, clean(because).strip()
    held.save(update_fields=["state", "due_on", "withdrawn_because"])
    record("front_door.request_withdrawn", subject=held)
    return held
