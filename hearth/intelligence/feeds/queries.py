"""Loads, rows set aside, decisions: for whoever loads feeds."""

from typing import Any

from django.http import Http404

from hearth.foundation.accounts.models import Area, Organisation
from hearth.foundation.core.pack import pack
from hearth.foundation.core.paging import Page, page_of
from hearth.intelligence.feeds.layout import Layout, layout_of, layouts
from hearth.intelligence.feeds.models import FeedDecision, FeedLoad, RowSetAside

SAME_FILE = ("waiting", "reading", "ready", "committed")


def loads(reader: Any, *, feed: str = "", page: Any = 1) -> Page:
    """A page of loads, the newest first."""
    rows = FeedLoad.objects.visible_to(reader).select_related("organisation", "area").order_by("-created_at", "id")
    return page_of(rows.filter(feed=feed) if feed else rows, page)


def load_of(reader: Any, reference: str) -> FeedLoad:
    """One load, or a page that never says whether it exists."""
    rows = FeedLoad.objects.visible_to(reader)
    rows = rows.select_related("organisation", "area", "by", "committed_by", "ended_by", "follows", "sent_with")
    load = rows.filter(reference=reference).first()
    if load is None:
        raise Http404
    return load


def load_of_file(load: FeedLoad) -> FeedLoad | None:
    """The load of the very same file, as at the same day, unless it was given up or taken back."""
    return FeedLoad.objects.filter(
        feed=load.feed, organisation=load.organisation_id, period=load.period, as_at=load.as_at,
        file_hash=load.file_hash, state__in=SAME_FILE,
    ).first()  # fmt: skip


def current_of(load: FeedLoad) -> FeedLoad | None:
    """What is held now of a load's feed, organisation and period."""
    return FeedLoad.objects.filter(
        feed=load.feed, organisation=load.organisation_id, period=load.period, is_current=True
    ).first()


def rows_put_right(load: FeedLoad) -> list[dict[str, Any]]:
    """Rows that somebody put right, as they are to be read."""
    rows = RowSetAside.objects.filter(load=load, state=RowSetAside.State.FIXED)
    return [{"_row": row.number, **row.cells} for row in rows]


def rows_waiting(load: FeedLoad) -> int:
    """How many rows wait to be put right or left out."""
    return RowSetAside.objects.filter(load=load, state=RowSetAside.State.WAITING).count()


def rows_aside(load: FeedLoad, *, page: Any = 1) -> Page:
    """Rows of a load that were set aside, in the order of the file."""
    return page_of(RowSetAside.objects.filter(load=load).select_related("decided_by").order_by("number"), page)


def row_aside(load: FeedLoad, number: int) -> RowSetAside:
    """One of them."""
    row = RowSetAside.objects.filter(load=load, number=number).first()
    if row is None:
        raise Http404
    return row


def decisions(reader: Any, page: Any = 1) -> Page:
    """Whether feeds might be loaded or shown, the newest decision first."""
    return page_of(FeedDecision.objects.visible_to(reader).order_by("-created_at", "id"), page)


def layout_of_load(load: FeedLoad) -> Layout | None:
    """The feed that a load is of."""
    return layout_of(load.feed)


def feeds_by_code() -> dict[str, Layout]:
    """Every feed."""
    return layouts()


def senders() -> list[Organisation]:
    """Who may send a file: the council, and partners of a sector that a feed comes from."""
    sectors = {sector for layout in layouts().values() for sector in layout.sectors}
    rows = Organisation.objects.filter(ended_on=None).order_by("-is_authority", "name")
    return [organisation for organisation in rows if organisation.is_authority or organisation.sector in sectors]


def area_coded(code: str) -> Area | None:
    """The district with that code; None is the whole authority."""
    codes = [district.code for district in pack().areas.districts]
    return Area.objects.filter(code=code).first() if code in codes else None
