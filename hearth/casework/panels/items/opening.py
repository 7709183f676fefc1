"""Opens an item's family to people, as far as something lets us and until a day; and closes it. Called inside actions."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from hearth.casework.panels.models import SHOWN_AS, PanelItem, PanelMeeting, PanelMember
from hearth.casework.panels.rules import kind_of
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.records.people.access.actions import end_access, give_access
from hearth.records.people.models import Access
from hearth.records.sharing.queries import Basis, basis_for, end_of

WHY = "panel"


def basis_with(item: PanelItem, organisation: Any) -> Basis | None:
    """What lets us show the item to an organisation's people: nothing, where it does not reach as far as the assessment."""
    if item.family is None:
        return None
    basis = basis_for(item.family, organisation)
    return None if isinstance(basis, Refusal) or not shows_items(basis) else basis


def shows_items(basis: Basis) -> bool:
    """Whether what lets us share a family reaches as far as its assessment, which is what an item is."""
    return basis.categories is None or SHOWN_AS in basis.categories


def open_item(*, by: Any, item: PanelItem, user: Any, basis: Basis, until_on: dt.date) -> None:
    """Let somebody open the family of an item, until the end of a day, and no more of it than the kind of panel shows."""
    assert item.family is not None  # noqa: S101 - there is a basis for a family alone
    shows = kind_of(item.panel).shows
    categories = [each for each in shows if basis.categories is None or each in basis.categories]
    ends = end_of(until_on)
    until_at = min(ends, basis.until_at) if basis.until_at and ends else ends
    before = Access.objects.filter(family=item.family, basis=item.id, why=WHY, user=user, ended_at=None)
    # The new row is written before the old one ends, so that whoever opens it to themselves never loses it on the way.
    keys = list(before.values_list("pk", flat=True))
    give_access(by=by, family=item.family, user=user, why=WHY, basis=item.id, categories=categories, until_at=until_at)
    if len(before) > len(keys):
        Access.objects.filter(pk__in=keys).update(ended_at=clock.now())


def open_to_those_who_run(*, by: Any, item: PanelItem, meeting: PanelMeeting) -> list[Any]:
    """Chair and coordinator prepare the meeting and write its minutes: it is open to them from now until these are due."""
    opened = []
    seats = PanelMember.objects.now().filter(panel=item.panel).select_related("user__organisation")
    for seat in seats:
        basis = basis_with(item, seat.user.organisation) if seat.runs_it else None
        if basis is not None:
            open_item(by=by, item=item, user=seat.user, basis=basis, until_on=meeting.minutes_by)
            opened.append(seat.user)
    return opened


def close_to_all_but(*, by: Any, item: PanelItem, users: Iterable[Any]) -> None:
    """Whoever the item was opened to may open its family no more, but for these."""
    assert item.family is not None  # noqa: S101 - it was opened to somebody
    rows = Access.objects.filter(family=item.family, basis=item.id, why=WHY, ended_at=None).exclude(user__in=users)
    for row in rows.select_related("user"):
        end_access(by=by, family=item.family, basis=item.id, user=row.user, why=WHY)


def close_item(*, by: Any, item: PanelItem) -> None:
    """Nobody may open the family because of this item any more."""
    if item.family is not None:
        end_access(by=by, family=item.family, basis=item.id, why=WHY)


def close_to(*, by: Any, items: Iterable[PanelItem], user: Any) -> None:
    """Somebody may open the families of these items no more, as far as it rests on them."""
    for item in items:
        if item.family is not None:
            end_access(by=by, family=item.family, basis=item.id, user=user, why=WHY)
