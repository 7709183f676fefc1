"""Reads of what is brought to panels: the reader first, always through visible_to."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404

from hearth.casework.assessments.queries import latest_of
from hearth.casework.cases.models import Case
from hearth.casework.panels.items import rules
from hearth.casework.panels.models import ListEntry, PanelItem, PanelMeeting, PanelMember, Status
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, offered, pack
from hearth.foundation.ui.filters import day

MEETINGS_OFFERED = 6


def item_of(reader: Any, reference: str) -> PanelItem:
    """The item, or a page that never says whether it exists."""
    rows = PanelItem.objects.visible_to(reader).filter(reference=reference)
    found = rows.select_related(
        "family__area",
        "case__area",
        "panel__area",
        "meeting__panel__area",
        "proposed_by__organisation",
        "withdrawn_by",
        "theme__area",
        "theme__answered_by__organisation",
    ).first()
    if found is None:
        raise Http404
    return found


def items_of_case(reader: Any, case: Case) -> list[PanelItem]:
    """What was brought to panels from a case, the latest first."""
    rows = PanelItem.objects.visible_to(reader).filter(case=case).select_related("panel", "meeting")
    return list(rows.order_by("-proposed_at"))


def meetings_for(reader: Any, case: Case) -> list[PanelMeeting]:
    """The next meetings of panels that discuss families of the case's district, and that somebody chairs and somebody coordinates."""
    kinds = [kind.code for kind in pack().panels.kinds if kind.discusses == "families"]
    seats = PanelMember.objects.now().filter(panel=OuterRef("panel"))
    rows = PanelMeeting.objects.to_come().visible_to(reader).filter(
        Exists(seats.filter(is_chair=True)), Exists(seats.filter(place="coordinator")), panel__ended_at=None,
        panel__kind__in=kinds, panel__area__in=[case.area_id, case.area.parent_id],
    )  # fmt: skip
    return list(rows.select_related("panel").order_by("meets_on", "id")[:MEETINGS_OFFERED])


def meeting_words(meeting: PanelMeeting) -> str:
    """A meeting as a choice: which panel, and when."""
    return f"{meeting.panel.name}, {day(meeting.meets_on)}"


def meeting_hint(meeting: PanelMeeting) -> str:
    """When its list goes out, or that it has gone."""
    if meeting.list_sent_at is not None or meeting.list_on < clock.today():
        return "Its list has gone out. What comes later is sent after it, and members have less time."
    return f"Its list goes out on {day(meeting.list_on)}."


def checks_of(reader: Any, item: PanelItem) -> list[ListEntry]:
    """Members who were asked what their agency knows, with what they answered: those who did come first."""
    rows = ListEntry.objects.visible_to(reader).filter(item=item, meeting=item.meeting, ended_at=None)
    found = rows.filter(opened_at__isnull=False, as_member=True).select_related("user__organisation")
    return sorted(found, key=lambda one: (one.known == "", one.user.organisation.name, one.user.full_name))


def own_check(reader: Any, checks: list[ListEntry]) -> ListEntry | None:
    """The reader's own, where they were asked and may answer still."""
    found = next((one for one in checks if one.user_id == reader.id), None)
    return found if found is not None and rules.why_not_check(reader, found) is None else None


def assessment_of(reader: Any, item: PanelItem) -> Any:
    """The last assessment of the item's case, as far as the reader may read it."""
    return latest_of(reader, item.case) if item.case is not None else None


def ground_words(code: str) -> str:
    """The lawful reason, as the pack words it."""
    return label_of(pack().sharing.exceptions, code)


def asks() -> list[tuple[str, str]]:
    """What a panel can be asked for about a family."""
    return offered(pack().panels.asks_about("family"))


def themes() -> list[tuple[str, str]]:
    """What an issue can be about."""
    return offered(pack().panels.themes)


def is_waiting(item: PanelItem) -> bool:
    """Whether it is still to be heard."""
    return item.status == Status.PROPOSED
