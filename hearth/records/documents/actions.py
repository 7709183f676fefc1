"""What the keeper does by itself."""

from typing import Any

from django.urls import reverse

from hearth.foundation.accounts.models import User
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.reader import System, acting_as
from hearth.foundation.messages.actions import send
from hearth.records.documents.models import Content, Scan
from hearth.records.documents.policies import KEEPER as ROLE

KEEPER = System("system:documents", ROLE)


@action
def destroy_infected(*, by: Any, documents: Any, content: Content, virus: str) -> None:
    """Destroy bytes that hold a virus; the document's row says so, and whoever added it is told."""
    key = content.document_id  # type: ignore[attr-defined]
    with acting_as(by):
        unchecked = documents.objects.filter(pk=key, scan=Scan.UNCHECKED)
        first = bool(unchecked.update(scan=Scan.FOUND, scanned_at=clock.now()))
        type(content).objects.filter(pk=content.pk).delete()  # type: ignore[attr-defined]
        row = documents.objects.filter(pk=key).values("reference", "added_by_id").get()
    record("documents.virus_found", subject=row["reference"], virus=virus[:100], first=first)
    who = User.objects.filter(pk=row["added_by_id"], is_active=True).first()
    if who is not None and first:
        send(by=by, to=who, template="document_destroyed", link=reverse("home"), key=f"document_destroyed:{key}")
