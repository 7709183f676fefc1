"""From a reference, as somebody reads it out, to the page it belongs to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from hearth.casework.assessments.models import Assessment
from hearth.casework.cases.models import Case
from hearth.casework.cases.notes.models import Note
from hearth.casework.front_door.models import Request
from hearth.casework.panels.unmet.models import Theme, UnmetNeed
from hearth.casework.plans.models import Plan
from hearth.casework.plans.referring.models import ServiceReferral
from hearth.foundation.core.references import read_reference
from hearth.records.people.models import Family

# By its first letters: what it is called, its rows, the page, and where the page's own reference is found.
KINDS: dict[str, tuple[str, Any, str, str]] = {
    "FA": ("Family", Family, "family", "reference"),
    "EH": ("Case", Case, "family", "family__reference"),
    "RQ": ("Request", Request, "view_request", "reference"),
    "AS": ("Assessment", Assessment, "read_assessment", "reference"),
    "PL": ("Plan", Plan, "plan_by_reference", "reference"),
    "SR": ("Service referral", ServiceReferral, "service_referral", "reference"),
    "NO": ("Note", Note, "note", "reference"),
    "UN": ("Unmet need", UnmetNeed, "unmet_need", "reference"),
    "TH": ("Theme", Theme, "unmet_theme", "reference"),
}


@dataclass(frozen=True)
class Found:
    """What a reference belongs to."""

    words: str
    url: str


def by_reference(reader: Any, typed: str) -> Found | None:
    """What a typed reference belongs to, if the reader may open it; None says nothing of whether it exists."""
    reference = read_reference(typed)
    kind = KINDS.get(reference.partition("-")[0])
    if kind is None:
        return None
    noun, model, slice_, column = kind
    rows: QuerySet[Any] = model.objects.visible_to(reader).filter(reference=reference)
    where = rows.values_list(column, flat=True).first()
    return Found(f"{noun} {reference}", reverse(slice_, args=[where])) if where else None
