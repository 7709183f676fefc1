"""A calendar that follows the panels somebody sits on: a link of their own, and the days as iCalendar (RFC 5545).

The link needs no sign-in, for calendars cannot sign in; it shows days and places, and no family. It is signed, and ends
when the person's sessions are ended (a new password, a new role, their account closed).
"""

import datetime as dt
from collections.abc import Iterable

from django.core import signing
from django.http import Http404
from django.urls import reverse

from hearth.casework.panels.models import PanelMeeting
from hearth.casework.panels.queries import own_meetings
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as

SALT = "hearth.panels.calendar"
LINE = 75  # bytes: a longer line is folded


def calendar_address(user: User) -> str:
    """The address of somebody's own calendar, in the product."""
    return reverse("panel_calendar", args=[signing.dumps([user.reference, user.sessions_ended], salt=SALT)])


def calendar_by(key: str) -> str:
    """The calendar that a link is for, or a page that never says why there is none."""
    try:
        reference, ended = signing.loads(key, salt=SALT)
    except signing.BadSignature as fault:
        raise Http404 from fault
    rows = User.objects.filter(reference=reference, sessions_ended=ended, is_active=True)
    user = rows.select_related("organisation").first()
    if user is None:
        raise Http404
    with acting_as(user):
        return as_calendar(own_meetings(user))


def as_calendar(meetings: Iterable[PanelMeeting]) -> str:
    """Meetings as a calendar reads them: in UTC, so that no rules of a time zone need to travel."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hearth//Panels//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{_text(pack().authority.service_name)}: panels"]
    for meeting in meetings:
        lines += _event(meeting)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line))


def _event(meeting: PanelMeeting) -> list[str]:
    cancelled = meeting.cancelled_at is not None
    return [
        "BEGIN:VEVENT",
        f"UID:{meeting.id}@hearth",
        f"DTSTAMP:{_moment(meeting.cancelled_at or meeting.created_at)}",
        f"DTSTART:{_moment(dt.datetime.combine(meeting.meets_on, meeting.starts_at, clock.LONDON))}",
        f"DTEND:{_moment(dt.datetime.combine(meeting.meets_on, meeting.ends_at, clock.LONDON))}",
        f"SEQUENCE:{meeting.moves}",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        f"SUMMARY:{'Cancelled: ' if cancelled else ''}{_text(meeting.panel.name)}",
        *([f"LOCATION:{_text(meeting.place)}"] if meeting.place else []),
        "END:VEVENT",
    ]


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    """As RFC 5545 has it: strokes, commas, semicolons and line breaks are written otherwise."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        words = words.replace(plain, written)
    return words


def _folded(line: str) -> list[str]:
    """Lines of 75 bytes at most, the later ones behind a space; never in the middle of a letter."""
    folded, now = [], ""
    for letter in line:
        if len((now + letter).encode()) > LINE:
            folded.append(now)
            now = " "
        now += letter
    return [*folded, now]
