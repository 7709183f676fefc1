"""Reads of meetings on the log: the reader first, always through visible_to."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.http import Http404

from hearth.foundation.accounts.models import Area
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.oversight.governance.reach import may_in
from hearth.oversight.governance.risks import rules
from hearth.oversight.governance.risks.meetings.rules import is_of
from hearth.oversight.governance.risks.models import Risk, RiskAction, RiskAssessment, RiskMeeting
from hearth.oversight.governance.risks.queries import open_risks
from hearth.oversight.governance.risks.reach import KEEPS


def meetings(reader: Any, page: Any = 1) -> Page:
    """Meetings, the latest first."""
    refuse(rules.why_not_see_risks(reader))
    rows = RiskMeeting.objects.visible_to(reader).select_related("area", "started_by")
    return page_of(rows.order_by("-held_on", "-created_at"), page)


def meeting_of(reader: Any, reference: str) -> RiskMeeting:
    """A meeting, or a page that never says whether it exists."""
    rows = RiskMeeting.objects.visible_to(reader).select_related("area", "started_by", "ended_by")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def held_in(reader: Any, area: Area | None) -> RiskMeeting | None:
    """The meeting that is being held in a place."""
    return RiskMeeting.objects.visible_to(reader).filter(area=area, ended_at=None).first()


def places(reader: Any) -> list[Area | None]:
    """Where the reader may hold a meeting: the whole authority, localities and districts."""
    whole: list[Area | None] = [None] if may_in(reader, KEEPS, None) else []
    codes = {each.code for each in pack().areas.districts} | {each.code for each in pack().areas.localities}
    return whole + [area for area in Area.objects.filter(code__in=codes).order_by("name") if reader.may(KEEPS, area)]


def reviews_of(reader: Any, meeting: RiskMeeting) -> dict[Any, RiskAssessment]:
    """What was assessed in it, by risk."""
    rows = RiskAssessment.objects.visible_to(reader).filter(meeting=meeting)
    return {each.risk_id: each for each in rows.select_related("risk__area", "risk__owner", "assessed_by")}


def points_of(reader: Any, meeting: RiskMeeting) -> list[RiskAction]:
    """Action points that came of it."""
    rows = RiskAction.objects.visible_to(reader).filter(meeting=meeting).select_related("risk", "owner")
    return list(rows.order_by("due_on", "created_at"))


def to_go_through(reader: Any, meeting: RiskMeeting) -> list[Any]:
    """Open risks of its place that the reader may review, what matters most first."""
    return [each for each in open_risks(reader) if is_of(meeting, each) and rules.why_not_edit(reader, each) is None]


def last_points(reader: Any, risk: Risk) -> list[RiskAction]:
    """What is still to be done about a risk, for the meeting to ask after."""
    rows = RiskAction.objects.visible_to(reader).filter(risk=risk, done_on=None).select_related("owner")
    return list(rows.order_by("due_on"))


def next_on(reader: Any) -> tuple[dt.date | None, bool]:
    """The day by which the log is next met on where the reader keeps it, and whether it has passed: the pack says how often."""
    if not reader.may(KEEPS):
        return None, False
    kept = places(reader)
    where = Q(area__in=[area for area in kept if area is not None])
    rows = RiskMeeting.objects.visible_to(reader).filter(
        where | Q(area=None) if None in kept else where, ended_at__isnull=False
    )
    last = rows.order_by("-held_on").values_list("held_on", flat=True).first()
    if last is None:
        return None, False
    by = last + dt.timedelta(days=pack().governance.meeting_days)
    return by, by < clock.today()


def usually_there(reader: Any, meeting: RiskMeeting) -> str:
    """Who owns what is gone through, and whoever holds the meeting: a list to strike out of."""
    names = {each.owner.full_name for each in to_go_through(reader, meeting)} | {reader.full_name}
    return "\n".join(sorted(names))
