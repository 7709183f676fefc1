"""Give and end access. Every row says why, on what basis and until when."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import Q

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.records.people.models import Access, Family
from hearth.records.people.reach import CLOSED, OPEN


@action
def give_access(
    *,
    by: Any,
    family: Family,
    why: str,
    user: Any = None,
    team: Any = None,
    basis: uuid.UUID | None = None,
    categories: list[str] | None = None,
    until_at: dt.datetime | None = None,
) -> Access:
    """Open a family to one person or one team. Giving the same access on the same basis twice gives it once.

    A team of the council holds everything until it is ended (one column of the family says which team); a partner's team
    holds what its row says.
    """
    ours = team is not None and team.organisation.is_authority
    if ours and (categories is not None or until_at is not None):
        raise TypeError("A team of the council holds a family whole, until it is ended.")
    _take(family)
    held = Access.objects.filter(
        family=family, user=user, team=team, area=None, why=why, basis=basis, ended_at=None
    ).first()
    if held is not None and held.categories == categories and held.until_at == until_at:
        record("people.access_confirmed", family=family, why=why)
        return held
    row = Access(
        family=family,
        user=user,
        team=team,
        why=why,
        basis=basis,
        categories=categories,
        from_at=clock.now(),
        until_at=until_at,
    )
    row.save(force_insert=True)
    if ours:
        before = Access.objects.filter(family=family, team__organisation__is_authority=True, ended_at=None)
        before.exclude(team=team).update(ended_at=clock.now())
        Family.objects.filter(pk=family.pk).update(team=team)
    record("people.access_given", family=family, why=why, to=str((user or team).id), until=until_at)
    return row


def _take(family: Family) -> None:
    """Hold the family while its access is written, where the writer sees it already: social care does only afterwards."""
    Family.objects.select_for_update(no_key=True).filter(pk=family.pk).values_list("pk").first()


@action
def end_access(
    *, by: Any, family: Family, basis: uuid.UUID | None = None, user: Any = None, why: str | None = None
) -> int:
    """End live access by name that rests on `basis`, or that `user` holds, or both; give how many rows ended."""
    if basis is None and user is None:
        raise TypeError("end_access needs a basis or a user.")
    which = Q(family=family, ended_at=None, area=None)
    which &= Q(basis=basis) if basis is not None else Q()
    which &= Q(user=user) if user is not None else Q()
    which &= Q(why=why) if why is not None else Q()
    _take(family)
    rows = Access.objects.filter(which)
    teams = set(rows.exclude(team=None).values_list("team_id", flat=True))
    record("people.access_ended", family=family, basis=basis, to=getattr(user, "id", None))
    if teams and family.team_id in teams:
        Family.objects.filter(pk=family.pk, team__in=teams).update(team=None)
    return rows.update(ended_at=clock.now())


@action
def end_all_access(*, by: Any, family: Family, but: str) -> int:
    """Closing: end everybody's access by name or team, whatever it rests on, except the kind `but`."""
    _take(family)
    record("people.access_all_ended", family=family, but=but)
    Family.objects.filter(pk=family.pk).update(team=None)
    rows = Access.objects.filter(family=family, ended_at=None, area=None).exclude(why=but)
    return rows.update(ended_at=clock.now())


def area_row(family: Family, area: Any, permission: str, until_at: dt.datetime | None) -> Access:
    """The unsaved row that says what the family's own area columns say."""
    why = "area" if permission == OPEN else "area_after_closing"
    return Access(family=family, area=area, area_permission=permission, why=why, from_at=clock.now(), until_at=until_at)


def _set_area(family: Family, area: Any, permission: str, until_at: dt.datetime | None) -> None:
    _take(family)
    # The new row is written while the old one still lets the writer see the family; the columns, which the policy
    # reads, change last.
    Access.objects.filter(family=family, ended_at=None).exclude(area=None).update(ended_at=clock.now())
    area_row(family, area, permission, until_at).save(force_insert=True)
    Family.objects.filter(pk=family.pk).update(area=area, area_permission=permission, area_until=until_at)
    family.area, family.area_permission, family.area_until = area, permission, until_at


@action
def close_to_area(*, by: Any, family: Family, until_at: dt.datetime) -> None:
    """After closing: only the area's front door and manager keep it, until a day."""
    record("people.area_access_narrowed", family=family, until=until_at)
    _set_area(family, family.area, CLOSED, until_at)


@action
def open_to_area(*, by: Any, family: Family) -> None:
    """There is work again: the area's own roles may open it."""
    record("people.area_access_opened", family=family)
    _set_area(family, family.area, OPEN, None)


@action
def move_area_access(*, by: Any, family: Family, area: Any) -> None:
    """Move a family to another area: its area grants are rewritten, and the mover keeps it for seven days to hand over."""
    record("people.family_moved", family=family, from_area=family.area_id, to_area=area.id)
    if not Access.objects.filter(family=family, user=by, ended_at=None, until_at=None).exists():
        give_access(by=by, family=family, user=by, why="moved_family", until_at=clock.now() + dt.timedelta(days=7))
    _set_area(family, area, family.area_permission, family.area_until)
