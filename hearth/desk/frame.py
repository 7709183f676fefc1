"""The frame of every page about a family: who, which case, and the way to the other pages."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from hearth.casework.cases.models import Case

# label, slice, and whether its address takes the family's reference or the case's
TABS = (
    ("Overview", "family", "family"),
    ("People", "family_people", "family"),
    ("Assessment", "assessment", "case"),
    ("Plan", "plan", "case"),
    ("Team", "team", "case"),
    ("Notes", "notes", "case"),
    ("Chronology", "chronology", "family"),
    ("Sharing", "family_sharing", "family"),
    ("Access", "who_can_open", "family"),
)


@dataclass(frozen=True)
class Frame:
    """A family's latest case and its tabs: `(text, address, whether it is the page one is on)`."""

    case: Case | None
    tabs: list[tuple[str, str, bool]]


def family_frame(reader: Any, family: Any, current: str) -> Frame:
    """One query: the latest case the reader may open (an open one is always the latest)."""
    cases = Case.objects.visible_to(reader).filter(family=family).select_related("lead")
    case = cases.order_by("-opened_on", "-created_at").first()
    return Frame(case, [tab for tab in (_tab(*entry, family, case, current) for entry in TABS) if tab is not None])


def _tab(
    label: str, name: str, takes: str, family: Any, case: Case | None, current: str
) -> tuple[str, str, bool] | None:
    if takes == "case" and case is None:
        return None
    try:
        return label, reverse(name, args=[family.reference if takes == "family" else case.reference]), name == current  # type: ignore[union-attr]
    except NoReverseMatch:
        return None
