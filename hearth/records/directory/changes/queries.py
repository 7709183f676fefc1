"""Reads of changes: the reader first, always through visible_to."""

from typing import Any

from django.http import Http404

from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.queries import who_may
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.records.directory import rules, words
from hearth.records.directory.entries import EMPTY, Entry, entry_of, with_parts
from hearth.records.directory.models import Service, ServiceChange


def changes(reader: Any, *, decided: bool = False, page: Any = 1) -> Page:
    """A page of changes that wait, the longest first; or of those that are over, the latest first."""
    refuse(rules.why_not_see_entries(reader))
    rows = ServiceChange.objects.visible_to(reader).select_related("organisation", "service", "sent_by", "decided_by")
    if decided:
        return page_of(rows.exclude(state="waiting").order_by("-decided_at", "-created_at", "id"), page)
    return page_of(rows.filter(state="waiting").order_by("created_at", "id"), page)


def waiting(reader: Any) -> int:
    """How many changes wait that the reader sees."""
    return ServiceChange.objects.visible_to(reader).filter(state="waiting").count()


def stewards() -> list[User]:
    """Everybody who approves changes today."""
    return who_may("steward_directory")


def to_decide(reader: Any) -> int:
    """How many changes wait that the reader decides on: for a steward, all but their own. One query, and none for others."""
    if not reader.may("steward_directory"):
        return 0
    return ServiceChange.objects.visible_to(reader).filter(state="waiting").exclude(sent_by=reader).count()


def change_of(reader: Any, reference: str) -> ServiceChange:
    """One change, or not found."""
    rows = ServiceChange.objects.visible_to(reader).select_related("organisation", "sent_by", "decided_by")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def waiting_change(reader: Any, service: Service) -> ServiceChange | None:
    """The change of an entry that waits."""
    rows = ServiceChange.objects.visible_to(reader).filter(service=service, state="waiting").select_related("sent_by")
    return rows.first()


def beside(change: ServiceChange) -> dict[str, Any]:
    """What the entry says now beside what it would say: the lines that differ, and those that stay."""
    service = with_parts(Service.objects.all()).filter(pk=change.service_id).first() if change.service_id else None
    now: Entry = entry_of(service) if service else EMPTY
    rows = words.side_by_side(now, EMPTY | change.entry)
    return {
        "service": service,
        "version": service.version if service else 0,
        "differing": [row for row in rows if row[1] != row[2]],
        "staying": [(label, text) for label, text, after in rows if text == after],
    }
