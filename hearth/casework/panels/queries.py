"""Reads of panels, who sits on them and when they meet: the reader first, always through visible_to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from hearth.casework.cases.queries import open_districts
from hearth.casework.panels import rules
from hearth.casework.panels.models import ListEntry, Panel, PanelItem, PanelMeeting, PanelMember, Place, Status
from hearth.casework.panels.numbering import taken_numbers
from hearth.casework.panels.reach import panels
from hearth.foundation.accounts.models import Area
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, offered, pack
from hearth.foundation.core.paging import Page, page_of

ORDER = {Place.CORE: 0, Place.INVITED: 1, Place.COORDINATOR: 2}
PAST_SHOWN = 12


@dataclass(frozen=True)
class Sectors:
    """How a panel's core members stand against what its kind wants."""

    missing: list[str]  # sectors in words
    core: int
    fewest: int
    most: int

    @property
    def too_few(self) -> bool:
        """Whether it has fewer core members than its kind should have."""
        return self.core < self.fewest


def panels_seen(reader: Any, words: str = "", page: Any = 1) -> Page:
    """Panels that are there, with their next meeting; the reader's own first: one query."""
    coming = PanelMeeting.objects.to_come().filter(panel=OuterRef("pk"), minutes_approved_at=None).order_by("meets_on")
    rows = Panel.objects.visible_to(reader).filter(ended_at=None)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(area__name__icontains=words))
    here = PanelMember.objects.now().filter(Q(user=reader) | Q(deputy=reader), panel=OuterRef("pk"))
    rows = rows.annotate(
        mine=Exists(here),
        area_name=F("area__name"),
        next_on=Subquery(coming.values("meets_on")[:1], output_field=DateField()),
    )
    shown = rows.order_by("-mine", "name", "id").values("reference", "name", "kind", "area_name", "next_on", "mine")
    return page_of(shown, page)


def panel_of(reader: Any, reference: str) -> Panel:
    """The panel, or a page that never says whether it exists."""
    found = Panel.objects.visible_to(reader).select_related("area").filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def members_of(reader: Any, panel: Panel) -> list[PanelMember]:
    """Who sits there now: the chair, the core by sector, those invited, the coordinator."""
    rows = PanelMember.objects.now().visible_to(reader).filter(panel=panel)
    people = list(rows.select_related("user__organisation", "deputy__organisation"))
    return sorted(people, key=lambda one: (not one.is_chair, ORDER[Place(one.place)], one.sector, one.user.full_name))


def member_of(reader: Any, panel: Panel, key: str) -> PanelMember:
    """One who sits there, by the reference of their account."""
    rows = PanelMember.objects.visible_to(reader).filter(panel=panel, user__reference=key, ended_at=None)
    found = rows.select_related("user__organisation", "deputy", "panel__area").first()
    if found is None:
        raise Http404
    return found


def sectors_of(panel: Panel, members: list[PanelMember]) -> Sectors:
    """Which sectors have no core member, and whether there are as many as there should be."""
    kind, core = rules.kind_of(panel), [one for one in members if one.place == Place.CORE]
    there = {one.sector for one in core}
    missing = [sector_words(code) for code in kind.sectors if code not in there]
    return Sectors(missing, len(core), kind.fewest or 0, kind.most or 0)


def meetings_of(reader: Any, panel: Panel) -> list[PanelMeeting]:
    """Meetings to come, the next first."""
    rows = PanelMeeting.objects.visible_to(reader).filter(panel=panel, meets_on__gte=clock.today())
    return list(rows.select_related("goes_on_at").order_by("meets_on", "created_at"))


def past_meetings_of(reader: Any, panel: Panel) -> list[PanelMeeting]:
    """Meetings whose day is over, the latest first."""
    rows = PanelMeeting.objects.visible_to(reader).filter(panel=panel, meets_on__lt=clock.today())
    return list(rows.order_by("-meets_on")[:PAST_SHOWN])


def lists_seen(reader: Any, panel: Panel) -> set[str]:
    """References of the meetings whose list the reader may open: as one who sits there, was sent an entry, or brought something."""
    rows = PanelMeeting.objects.visible_to(reader).filter(panel=panel)
    sent = ListEntry.objects.visible_to(reader).filter(user=reader, ended_at=None, meeting=OuterRef("pk"))
    brought = PanelItem.objects.visible_to(reader).filter(proposed_by=reader, meeting=OuterRef("pk"))
    theirs = Q(panel__one_of=panels(reader)) | Exists(sent) | Exists(brought)
    return set(rows.filter(theirs).values_list("reference", flat=True))


def meeting_of(reader: Any, reference: str) -> PanelMeeting:
    """The meeting, or a page that never says whether it exists."""
    rows = PanelMeeting.objects.visible_to(reader).select_related("panel__area", "goes_on_at")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Carried:
    """What waits on the list of a meeting that is to be called off, and where it goes; why it cannot be called off, where it cannot."""

    waiting: int
    to: PanelMeeting | None
    in_the_way: str


def carried_from(reader: Any, meeting: PanelMeeting) -> Carried:
    """The same as the action asks, before somebody types."""
    later = PanelMeeting.objects.after(meeting).visible_to(reader).first()
    readable = PanelItem.objects.visible_to(reader).filter(meeting=meeting, status=Status.PROPOSED).count()
    refusal = rules.why_not_cancel(reader, meeting, readable, later)
    return Carried(len(taken_numbers(meeting, waiting=True)), later, refusal.sentence if refusal is not None else "")


def own_meetings(reader: Any) -> QuerySet[PanelMeeting]:
    """Meetings of every panel that the reader sits on, the cancelled with them: what a calendar shows."""
    rows = PanelMeeting.objects.visible_to(reader).filter(panel__one_of=panels(reader))
    since = clock.today() - clock.WEEK * 26
    return rows.filter(meets_on__gte=since).select_related("panel").order_by("meets_on", "id")


def how_many_sit(reader: Any) -> int:
    """On how many panels the reader sits: one query."""
    return int(Panel.objects.filter(pk__one_of=panels(reader)).aggregate(n=Count("pk"))["n"])


def areas_for(reader: Any) -> list[Area]:
    """Districts where early help has begun, and localities, in which the reader may set up a panel."""
    live = {code for code, _ in open_districts()} | {each.code for each in pack().areas.localities}
    rows = Area.objects.filter(code__in=live).select_related("parent").order_by("name")
    return [area for area in rows if reader.may("set_up_panels", area)]


def as_planned(panel: Panel) -> dict[str, Any]:
    """How a panel usually meets, as the first values of the form that plans its meetings."""
    return {name: getattr(panel, name) for name in ("week", "weekday", "starts_at", "ends_at", "place")}


def kind_words(code: str) -> str:
    """A kind of panel as the pack words it."""
    return label_of(pack().panels.kinds, code)


def sector_words(code: str) -> str:
    """A sector as the pack words it."""
    return label_of(pack().organisations.sectors, code)


def kinds() -> list[tuple[str, str]]:
    """Kinds of panel that are offered."""
    return offered(pack().panels.kinds)


def sectors() -> list[tuple[str, str]]:
    """Sectors that somebody can sit there for."""
    return offered(pack().organisations.sectors)


def how_often(panel: Panel) -> str:
    """Monthly, every two months or otherwise: as the pack says today."""
    months = rules.kind_of(panel).every_months(clock.today())
    return {1: "every month", 2: "every two months", 3: "every quarter"}.get(months, f"every {months} months")


def may_change(reader: Any, panel: Panel) -> bool:
    """Whether the reader is offered the buttons."""
    return rules.why_not_change(reader, panel) is None


def may_end(reader: Any, panel: Panel) -> bool:
    """Whether the reader is offered to end it."""
    return rules.why_not_end(reader, panel) is None


def may_move(reader: Any, meeting: PanelMeeting) -> bool:
    """Whether the reader is offered to move or cancel a meeting."""
    return rules.why_not_move(reader, meeting) is None


def may_add(reader: Any) -> bool:
    """Whether the reader is offered to set up a panel."""
    return rules.why_not_add_panel(reader) is None
