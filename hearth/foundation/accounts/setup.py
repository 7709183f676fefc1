"""Copies roles and areas from code and the practice pack into the database. Safe to run at every start."""

from typing import Any

from hearth.foundation.accounts.models import Area, RolePermission
from hearth.foundation.accounts.roles import ROLES


def sync_roles(using: str = "owner") -> None:
    """Make the table the policies read equal to accounts/roles.py."""
    wanted = {(code, permission) for code, role in ROLES.items() for permission in role.permissions}
    held = set(RolePermission.objects.using(using).values_list("role", "permission"))
    for role, permission in held - wanted:
        RolePermission.objects.using(using).filter(role=role, permission=permission).delete()
    RolePermission.objects.using(using).bulk_create(
        [RolePermission(role=role, permission=permission) for role, permission in sorted(wanted - held)]
    )


def sync_areas(pack: Any, using: str = "owner") -> None:
    """Make areas from the pack's list: parents first. Names and dates follow the pack; an area is never removed."""
    rows: dict[str, Area] = {}
    grouping = {entry.code: entry for entry in pack.areas.localities}
    for entry in (*pack.areas.localities, *pack.areas.districts):
        rows[entry.code], _ = Area.objects.using(using).update_or_create(
            code=entry.code, defaults={"name": entry.name, "goes_live_on": getattr(entry, "goes_live_on", None)}
        )
    for entry in (*grouping.values(), *pack.areas.districts):
        parent = getattr(entry, "parent", None) or getattr(entry, "locality", None)
        Area.objects.using(using).filter(code=entry.code).update(parent=rows[parent] if parent else None)
