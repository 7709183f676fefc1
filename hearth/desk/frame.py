"""The frame of every page about a family: who, which case, and the way to the other pages."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse

from hearth.casework.cases.models import Case
from hearth.casework.cases.rules import why_not_write
from hearth.records.people.access.rules import why_not_see_who_can_open

# label, slice, and whether its address takes the family's reference or the case's
TABS = (
    ("Overview", "family", "family"),
    ("People", "family_people", "family"),
    ("Assessment", "assessment", "case"),
    ("Plan", "plan", "case"),
    ("Team", "team", "case"),
    ("Notes", "notes", "case"),
    ("Pathway", "family_pathway", "family"),
    ("Chronology", "chronology", "family"),
    ("Sharing", "family_sharing", "family"),
    ("Access", "who_can_open", "family"),
)


CASE_PAGES = {name: label.lower() for label, name, takes in TABS if takes == "case"}
READ_IN = ("assessment", "plan", "notes", "team")  # where what a case was is read


@dataclass(frozen=True)
class Frame:
    """A family's latest case and its tabs: `(text, address, whether it is the page one is on)`."""

    case: Case | None
    tabs: list[tuple[str, str, bool]]
    earlier: list[Case] = field(default_factory=list)
    current: str = ""
    writes: bool = False  # whether the reader may write in the case, which then is open

    @property
    def about_a_case(self) -> bool:
        """Whether the page tells of one case: then the same page of the family's other cases is a link on it."""
        return self.current in CASE_PAGES or self.current == "case"

    @property
    def words(self) -> str:
        """The page in words, such as "the plan"."""
        return f"the {CASE_PAGES.get(self.current, 'case')}"


def family_frame(reader: Any, family: Any, current: str) -> Frame:
    """The latest case the reader may open (an open one is always the latest), and those before it; and the tabs they may open."""
    rows = Case.objects.visible_to(reader).filter(family=family).select_related("lead")
    cases = list(rows.order_by("-opened_on", "-created_at"))
    case = next((each for each in cases if each.is_open), cases[0] if cases else None)
    offered = [
        entry for entry in TABS if entry[1] != "who_can_open" or why_not_see_who_can_open(reader, family) is None
    ]
    tabs = [tab for tab in (_tab(*entry, family, case, current) for entry in offered) if tab is not None]
    writes = case is not None and why_not_write(reader, case) is None
    return Frame(case, tabs, [each for each in cases if each != case], current, writes)


def pages_of_case(case: Case) -> list[tuple[str, str]]:
    """The pages that tell what a case was, `(words, address)`."""
    return [(CASE_PAGES[name], reverse(name, args=[case.reference])) for name in READ_IN]


def _tab(
    label: str, name: str, takes: str, family: Any, case: Case | None, current: str
) -> tuple[str, str, bool] | None:
    if takes == "case" and case is None:
        return None
    try:
        return label, reverse(name, args=[family.reference if takes == "family" else case.reference]), name == current  # type: ignore[union-attr]
    except NoReverseMatch:
        return None
