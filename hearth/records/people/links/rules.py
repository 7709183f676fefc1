"""Who may link records and undo it, and the sentences when not."""

from typing import Any

from hearth.foundation.core.refusals import Refusal
from hearth.records.people.models import Link


def why_not_link_at_all(user: Any) -> Refusal | None:
    """Linking and undoing: a front door officer or a manager."""
    if user.may("link_people"):
        return None
    return Refusal(
        "people.may_not_link", "A front door officer or a manager links records. Tell one of them what you have seen."
    )


def why_not_link(user: Any, one: Any, other: Any, why: str) -> Refusal | None:
    """Linking: two records both of which the user may open, not linked yet, for a reason."""
    if refusal := why_not_link_at_all(user):
        return refusal
    if other is None:
        return Refusal(
            "people.no_such_record", "You can open no record with that reference. Check it, or ask who holds it."
        )
    if one.pk == other.pk:
        return Refusal("people.linked_to_self", "That is this same record. Enter the other one's reference.")
    if one.cluster_id == other.cluster_id:
        return Refusal("people.linked_already", "These two records are linked already.")
    if not why.strip():
        return Refusal("people.no_reason", "Say why you are sure that this is one person.")
    return None


def why_not_undo(user: Any, link: Link, why: str) -> Refusal | None:
    """Undoing: once, for a reason."""
    if refusal := why_not_link_at_all(user):
        return refusal
    if link.undone_at is not None:
        return Refusal("people.undone_already", "This link was undone already.")
    if not why.strip():
        return Refusal("people.no_reason", "Say why they are two people after all.")
    return None
