"""Reads of directory runs, for stewards."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404

from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.records.directory import rules
from hearth.records.directory.models import DirectoryRun, QuarantinedEntry


@dataclass(frozen=True)
class Named:
    """A feed that a setting names."""

    name: str
    address: str


def named_feeds() -> list[Named]:
    """The feeds that the setting names: no page asks any other address."""
    return [Named(name, address) for name, address in settings.HEARTH_DIRECTORY_FEEDS]


def runs(reader: Any, page: Any = 1) -> Page:
    """A page of runs, the latest first."""
    refuse(rules.why_not_steward(reader))
    return page_of(
        DirectoryRun.objects.visible_to(reader).select_related("feed", "by").order_by("-created_at", "id"), page
    )


def run_of(reader: Any, reference: str) -> DirectoryRun:
    """One run, or not found."""
    found = DirectoryRun.objects.visible_to(reader).select_related("feed", "by").filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def set_aside(reader: Any, run: DirectoryRun, page: Any = 1) -> Page:
    """A page of what a run set aside."""
    refuse(rules.why_not_steward(reader))
    rows = QuarantinedEntry.objects.filter(run=run).defer("entry").order_by("created_at", "id")
    return page_of(rows, page)
