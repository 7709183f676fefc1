"""Looks after bytes once they are kept: has them checked for viruses, and moves them to the object store.

Each step may be run twice. Nothing is held open while a scanner or a store is asked.
"""

import hashlib
import logging
import uuid
from typing import Any

from django.apps import apps
from django.conf import settings

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.documents import store
from hearth.records.documents.actions import KEEPER, destroy_infected
from hearth.records.documents.models import Content, LetGoObject, Scan
from hearth.records.documents.scanning import ScannerAway, virus_in

log = logging.getLogger("hearth.documents")
AT_ONCE = 500


def settle(table: str, key: uuid.UUID) -> bool:
    """Check one content and move it; whether it is settled. False: a scanner or a store did not answer."""
    model: Any = apps.get_model(table)
    with acting_as(KEEPER):
        content = model.objects.filter(pk=key).first()
    if content is None:
        return True
    try:
        if _is_safe(content):
            _move(content)
    except (ScannerAway, store.StoreAway) as fault:
        log.warning("%s %s waits: %s", table, key, fault)
        return False
    return True


def _is_safe(content: Any) -> bool:
    """Whether the bytes may stay. They are destroyed where the scanner names a virus."""
    documents = documents_of(type(content))
    if documents is None or not settings.HEARTH_CLAMD:
        return True
    waiting = documents.objects.filter(pk=content.document_id, scan=Scan.UNCHECKED)
    with acting_as(KEEPER):
        if not waiting.exists():
            return True
    kept = bytes(content.bytes) if content.bytes is not None else store.get(content.key)
    virus = virus_in(kept, settings.HEARTH_CLAMD)
    if virus:
        destroy_infected(by=KEEPER, documents=documents, content=content, virus=virus)
        return False
    with acting_as(KEEPER):
        waiting.update(scan=Scan.CLEAN, scanned_at=clock.now())
    return True


def _move(content: Any) -> None:
    """From the database to the store. The bytes are let go here once the store has given them back as they were."""
    if content.bytes is None or not settings.HEARTH_STORE_URL:
        return
    key = f"documents/{content.id}"  # made of chance alone; the same bytes always come to the same place
    try:
        there = store.get(key)
    except store.ObjectMissing:
        store.put(key, bytes(content.bytes))
        there = store.get(key)
    if hashlib.sha256(there).hexdigest() != content.sha256:
        raise store.StoreAway("the store gave back something else than it was given")
    with acting_as(KEEPER):
        type(content).objects.filter(pk=content.pk, key="").update(bytes=None, key=key)


def documents_of(content_table: Any) -> Any:
    """The table of the documents whose bytes these are; none for copies of what had been checked before."""
    field = next((f for f in content_table._meta.get_fields() if f.name == "document"), None)
    return field.related_model if field is not None else None


def unsettled() -> list[tuple[str, uuid.UUID]]:
    """What still has to be checked or moved, as settings stand today: also what was kept before there was a scanner."""
    found: list[tuple[str, uuid.UUID]] = []
    with acting_as(KEEPER):
        for table in (model for model in apps.get_models() if issubclass(model, Content)):
            rows: Any = table.objects.none()  # type: ignore[attr-defined]
            if settings.HEARTH_STORE_URL:
                rows |= table.objects.filter(key="")  # type: ignore[attr-defined]
            if settings.HEARTH_CLAMD and documents_of(table) is not None:
                rows |= table.objects.filter(document__scan=Scan.UNCHECKED)  # type: ignore[attr-defined]
            found += [(table._meta.label, key) for key in rows.values_list("pk", flat=True)[:AT_ONCE]]
    return found


def delete_let_go() -> int:
    """Delete from the store what no row holds any more; how many objects went."""
    with acting_as(KEEPER):
        keys = list(LetGoObject.objects.values_list("pk", flat=True)[:AT_ONCE])
    gone = []
    try:
        for key in keys:
            store.delete(key)
            gone.append(key)
    except store.StoreAway as fault:
        log.warning("%s objects wait to be deleted: %s", len(keys) - len(gone), fault)
    with acting_as(KEEPER):
        LetGoObject.objects.filter(pk__in=gone).delete()
    return len(gone)
