"""Opened files are checked for viruses: a sealed one cannot be looked into, so this comes once the bids are open."""

import logging
import uuid
from typing import Any

from django.conf import settings

from hearth.commissioning.procurement.models import OpenedFile
from hearth.commissioning.procurement.telling.actions import tell_later
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.documents.actions import KEEPER
from hearth.records.documents.models import Scan
from hearth.records.documents.scanning import ScannerAway, virus_in

log = logging.getLogger("hearth.documents")


def check_files(tender: uuid.UUID | None = None) -> bool:
    """Check what waits, of one tender or of all; whether the scanner answered about each of them."""
    if not settings.HEARTH_CLAMD:
        return True
    with acting_as(KEEPER):
        rows = OpenedFile.objects.filter(scan=Scan.UNCHECKED, **({"bid__tender": tender} if tender else {}))
        waiting = list(rows.order_by("created_at", "id").values_list("pk", flat=True))
    answered = [_check(key) for key in waiting]
    return all(answered)


def _check(key: uuid.UUID) -> bool:
    with acting_as(KEEPER):
        content = OpenedFile.objects.filter(pk=key, scan=Scan.UNCHECKED).values_list("content", flat=True).first()
    if content is None:
        return True
    try:
        virus = virus_in(bytes(content), settings.HEARTH_CLAMD)
    except ScannerAway as fault:
        log.warning("An opened file of a bid waits, %s: %s", key, fault)
        return False
    note_checked(by=KEEPER, file=key, virus=virus)
    return True


@action
def note_checked(*, by: Any, file: uuid.UUID, virus: str) -> None:
    """Say that a file is clean; or keep it from everybody: what was opened of it goes, and it stays under its seal, as it was sent."""
    found = {"scan": Scan.FOUND, "content": b""} if virus else {"scan": Scan.CLEAN}
    with acting_as(by):
        rows = OpenedFile.objects.filter(pk=file, scan=Scan.UNCHECKED)
        first = bool(rows.update(scanned_at=clock.now(), **found))
        bid, tender = OpenedFile.objects.values_list("bid__reference", "bid__tender_id").get(pk=file)
    record("procurement.file_checked", subject=bid, virus=virus[:100], first=first)
    if virus and first:
        tell_later(tender, "file_held", file)
