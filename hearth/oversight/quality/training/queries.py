"""Reads of training needs: the reader first, always through visible_to."""

from typing import Any

from django.http import Http404

from hearth.oversight.quality.models import TrainingNeed
from hearth.oversight.quality.reach import LEADS

NEWEST = 50


def training_needs(reader: Any) -> list[TrainingNeed]:
    """What people need to learn: what is not met first, the newest first."""
    if not reader.may(LEADS):
        return []
    rows = TrainingNeed.objects.visible_to(reader).select_related("area", "raised_by", "audit")
    return list(rows.order_by("met_on", "-created_at", "id")[:NEWEST])


def need_of(reader: Any, reference: str) -> TrainingNeed:
    """One of those."""
    found = TrainingNeed.objects.visible_to(reader).select_related("area").filter(reference=reference).first()
    if found is None:
        raise Http404
    return found
