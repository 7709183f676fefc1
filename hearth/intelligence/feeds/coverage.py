"""What is held of each feed and how fresh it is; and, where nothing is shown of somebody, which of five reasons it has."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import connection

from hearth.foundation.accounts.models import Organisation
from hearth.foundation.core import clock
from hearth.intelligence.feeds import permits
from hearth.intelligence.feeds.layout import Layout, layout_of, layouts
from hearth.intelligence.feeds.models import FeedLoad


class Absence(Enum):
    """Why nothing is shown. Five words, never one for another: only the fourth says that somebody looked and found nobody."""

    NOT_HELD = "Not held"
    NOT_SEARCHED = "Not searched"
    OUTSIDE = "Outside the period"
    NO_MATCH = "No match"
    NOT_PERMITTED = "Not permitted"


LOOKED_BACK = dt.timedelta(days=365)  # what a page asks for, where nobody says of which days
MEANS = {
    Absence.NOT_HELD: "Nobody has sent it.",
    Absence.NOT_SEARCHED: "It knows people by a number (such as an NHS number) that is not on record here for them.",
    Absence.OUTSIDE: "What was sent is of other days than the last 12 months.",
    Absence.NO_MATCH: "It was looked through, and none of them is in it.",
    Absence.NOT_PERMITTED: "No agreement in force lets you see it.",
}


@dataclass(frozen=True)
class Found:
    """Rows about somebody in a feed: how many, of which days, and as at when."""

    rows: int
    first_on: dt.date | None
    last_on: dt.date | None
    as_at: dt.date


@dataclass(frozen=True)
class Line:
    """One line of the coverage page: a feed from an organisation, or a feed of which nothing is held."""

    layout: Layout
    load: FeedLoad | None
    expected_on: dt.date | None
    late: bool


def coverage(reader: Any) -> list[Line]:
    """Every feed: what is held of it, as at when, when the next is expected, and whether that is late."""
    rows = FeedLoad.objects.visible_to(reader).filter(is_current=True).select_related("organisation", "area")
    held: dict[str, list[FeedLoad]] = {}
    for load in rows.order_by("organisation__name", "-covers_until"):
        held.setdefault(load.feed, []).append(load)
    lines = []
    for code, layout in sorted(layouts().items(), key=lambda each: each[1].title):
        newest: set[Any] = set()
        for load in held.get(code, []):
            expected = load.as_at + dt.timedelta(days=layout.every_days)
            is_newest = load.organisation_id not in newest
            newest.add(load.organisation_id)
            late = is_newest and expected + dt.timedelta(days=layout.grace_days) < clock.today()
            lines.append(Line(layout, load, expected if is_newest else None, late))
        if code not in held:
            lines.append(Line(layout, None, None, late=False))
    return lines


def what_is_held(
    reader: Any, feed: str, numbers: Mapping[str, str] | None, *, area: Any = None, from_on: dt.date, until_on: dt.date
) -> Found | Absence:
    """What a feed holds of somebody in a period, or which of five reasons there is for nothing.

    `numbers` are those that the reader may know the person by, by scheme (`upn`, `nhs_number`); None where nobody has looked
    for them yet. `area` is where they live, where that is known. Whether the reader may open the person is the caller's.
    """
    layout = layout_of(feed)
    held = _held(feed, area) if layout is not None else []
    if layout is None or not held:
        return Absence.NOT_HELD
    sources = Organisation.objects.in_bulk({row.organisation for row in held})
    permitted = {
        key for key, source in sources.items() if permits.may_show(reader, layout, source).kind == permits.PERMIT
    }
    held = [row for row in held if row.organisation in permitted]
    if not held:
        return Absence.NOT_PERMITTED
    held = [row for row in held if row.covers_from <= until_on and from_on <= row.covers_until]
    if not held:
        return Absence.OUTSIDE
    known = {scheme: value for scheme, value in (numbers or {}).items() if scheme in layout.subjects and value}
    if not known:
        return Absence.NOT_SEARCHED
    return _found(held, known) or Absence.NO_MATCH


def whether_held(
    feed: str,
    numbers: Sequence[tuple[str, str]],
    not_permitted: Collection[str],
    *,
    from_on: dt.date,
    until_on: dt.date,
) -> Absence | None:
    """Why a feed shows nothing of several people together; None where it holds something. A fixed number of queries.

    `numbers`: (kind of number, number) of any of them. `not_permitted`: "feed organisation" of what the agreements, which the
    caller asked, do not let the reader see.
    """
    layout = layout_of(feed)
    held = _held(feed, None) if layout is not None else []
    if layout is None or not held:
        return Absence.NOT_HELD
    held = [row for row in held if f"{feed} {row.organisation}" not in not_permitted]
    if not held:
        return Absence.NOT_PERMITTED
    held = [row for row in held if row.covers_from <= until_on and from_on <= row.covers_until]
    if not held:
        return Absence.OUTSIDE
    known = [(scheme, value) for scheme, value in numbers if scheme in layout.subjects]
    if not known:
        return Absence.NOT_SEARCHED
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select 1 from unnest(%s::uuid[]) l, unnest(%s::text[], %s::text[]) n(kind, number),"
            " lateral hearth_feed_rows(l, n.kind, n.number) r)",
            [[row.load for row in held], [scheme for scheme, _ in known], [value for _, value in known]],
        )
        return None if cursor.fetchone()[0] else Absence.NO_MATCH


@dataclass(frozen=True)
class _Held:
    load: Any
    organisation: Any
    area: Any
    covers_from: dt.date
    covers_until: dt.date
    as_at: dt.date
    rows: int


def _held(feed: str, area: Any) -> list[_Held]:
    with connection.cursor() as cursor:
        cursor.execute("select * from hearth_feed_coverage(%s)", [feed])
        rows = [_Held(*row) for row in cursor.fetchall()]
    return [row for row in rows if area is None or row.area is None or row.area == area.id]


def _found(held: list[_Held], known: Mapping[str, str]) -> Found | None:
    found: list[Found] = []
    with connection.cursor() as cursor:
        for row in held:
            for scheme, value in known.items():
                cursor.execute("select * from hearth_feed_rows(%s, %s, %s)", [row.load, scheme, value])
                matches = cursor.fetchall()
                found += [Found(count, first, last, row.as_at) for count, first, last in matches]
                if matches:
                    break  # the same rows would answer to another number of the same person
    if not found:
        return None
    firsts, lasts = [f.first_on for f in found if f.first_on], [f.last_on for f in found if f.last_on]
    return Found(
        sum(f.rows for f in found), min(firsts, default=None), max(lasts, default=None), min(f.as_at for f in found)
    )
