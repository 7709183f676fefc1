"""Keeps a document, reads its bytes and withdraws it: the part of it that is the same in every room.

Called inside a room's own actions, which say who may, and record their own events. A document is always kept in the
database first, in the transaction of whoever adds it; a job checks it and moves it to the store afterwards. So nobody
who adds a letter waits for a scanner or a store, and nothing is ever half kept.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from hearth.foundation.core import clock
from hearth.foundation.core.jobs import defer
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, Refused, refuse
from hearth.foundation.core.text import clean
from hearth.records.documents import rules, store
from hearth.records.documents.looking import look, shown_name
from hearth.records.documents.models import Content, Document

AWAY = "The place where documents are kept does not answer. Nothing is lost: try again in some minutes."
LOST = "The bytes of this document are not as they were kept. Tell whoever runs this service, with its reference: {}."


class CannotRead(Refused):
    """The bytes cannot be had now; the refusal says what to do."""


def look_into(document: Document, *, by: Any, file: Any, kind: str, caption: str = "") -> bytes:
    """Fill in what a file is, by looking inside it; give the bytes that are to be kept of it."""
    found = look(file.read())
    document.name, document.media_type = shown_name(file.name or "", found.ending), found.media_type
    document.size, document.sha256 = len(found.content), hashlib.sha256(found.content).hexdigest()
    document.kind, document.caption = kind, " ".join(clean(caption).split())[:200]
    document.added_by = by
    document.reference = drawn_reference("DO")
    return found.content


def keep(document: Document, *, beside: Any, **file: Any) -> None:
    """Keep a file as `document`, which says what it is attached to; `beside` are the documents on the same thing."""
    kept = look_into(document, **file)
    refuse(rules.why_not_keep(document.size, document.sha256, beside))
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except IntegrityError as fault:  # somebody else added the same at this moment
        raise Refused(rules.same_again(document.name)) from fault
    hold_bytes(document.contents().model(document=document), kept, document.sha256)


def hold_bytes(content: Content, kept: bytes, sha256: str) -> None:
    """Save bytes as a content row that says whose they are, and have a job look after them."""
    content.bytes, content.sha256 = kept, sha256
    content.save(force_insert=True)
    if settings.HEARTH_CLAMD or settings.HEARTH_STORE_URL:
        defer("documents.settle", table=content._meta.label, content=content.id)


def bytes_of(content: Content, reference: str) -> bytes:
    """The bytes, to the letter what was kept. Raises CannotRead with a sentence otherwise."""
    try:
        kept = bytes(content.bytes) if content.bytes is not None else store.get(content.key)
    except store.StoreAway as fault:
        raise CannotRead(Refusal("documents.store_away", AWAY)) from fault
    except store.ObjectMissing as fault:
        raise CannotRead(Refusal("documents.lost", LOST.format(reference))) from fault
    if hashlib.sha256(kept).hexdigest() != content.sha256:
        raise CannotRead(Refusal("documents.changed", LOST.format(reference)))
    return kept


def content_of(document: Document) -> Content:
    """The content row of a document that may be opened; the row policy shows it to whoever may see the document."""
    refuse(rules.why_not_open(document))
    found: Content | None = document.contents().filter(document=document).first()
    if found is None:
        raise CannotRead(Refusal("documents.lost", LOST.format(document.reference)))
    return found


def withdraw(document: Document, *, by: Any, because: str) -> None:
    """Take a document back, once a rule has let it. Its row stays with the reason; nobody can open it any more."""
    document.withdrawn_at, document.withdrawn_by = clock.now(), by
    document.withdrawn_because = clean(because).strip()
    document.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
