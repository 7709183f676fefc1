"""What an entry says, as sentences for a screen: line by line, so that two can be laid side by side."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.text import upper_first
from hearth.foundation.ui import filters
from hearth.records.directory.entries import WEEK
from hearth.records.directory.models import HELD, PLACES, STATUSES, WAYS_IN, Service

DAY_NAMES = dict(zip(WEEK, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True))
WHICH = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth", "-1": "last"}
OLD = dt.timedelta(days=60)  # what was said of places, behind the day on which the entry was confirmed
WEEKDAYS = list(WEEK[:5])


def lines(entry: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each thing that an entry says, under its label; empty where it says nothing."""
    directory = pack().directory
    return [
        ("Name", entry["name"]),
        ("What it is", entry["description"]),
        ("Is it running?", dict(STATUSES).get(entry["status"], entry["status"])),
        ("Different just now", entry["alert"]),
        ("Helps with", labels(directory.needs, entry["needs"])),
        ("For people who are", labels(directory.circumstances, entry["circumstances"])),
        ("Who it is for", entry["who_for"]),
        ("Ages", ages(entry["minimum_age"], entry["maximum_age"])),
        ("How to get in", dict(WAYS_IN).get(entry["way_in"], "")),
        ("How it is held", dict(HELD).get(entry["held"], "")),
        ("Cost", cost(entry["is_free"], entry["fees"])),
        ("Telephone", entry["phone"]),
        ("E-mail", entry["email"]),
        ("Web page", entry["url"]),
        ("Ask for", ", ".join(word for word in (entry["contact_name"], entry["contact_title"]) if word)),
        ("Languages beside English", labels(directory.languages, entry["languages"])),
        ("Accreditations", entry["accreditations"]),
        ("Where", "; ".join(map(place_words, entry["places"]))),
        ("Accessibility", "; ".join(word for place in entry["places"] if (word := accessibility_words(place)))),
        ("When", "; ".join(map(session_words, entry["sessions"]))),
    ]


def side_by_side(now: Mapping[str, Any], then: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Each line of two entries: its label, what it says now, what it would say."""
    return [(label, before, after) for (label, before), (_, after) in zip(lines(now), lines(then), strict=True)]


def labels(choices: Sequence[Any], codes: Sequence[str]) -> str:
    """The words for codes, in the order of the list."""
    order = [choice.code for choice in choices]
    known = sorted(codes, key=lambda code: order.index(code) if code in order else len(order))
    return ", ".join(label_of(choices, code) for code in known)


def ages(least: float | None, most: float | None) -> str:
    """From when until when."""
    if least is None and most is None:
        return ""
    if most is None:
        return f"{least:g} and over"
    return f"Up to {most:g}" if not least else f"{least:g} to {most:g}"


def cost(is_free: bool | None, fees: str) -> str:
    """What it costs."""
    if is_free:
        return f"Free. {fees}".strip().rstrip(".") + ("" if not fees else ".")
    return fees or ("There is a charge" if is_free is False else "")


def place_words(place: Mapping[str, Any]) -> str:
    """A place in a line."""
    return ", ".join(word for name in ("name", "address_1", "city", "postcode") if (word := place[name]))


def accessibility_words(place: Mapping[str, Any]) -> str:
    """What makes a place accessible."""
    found = labels(pack().directory.accessibility, place["accessibility"])
    return ". ".join(word.rstrip(".") for word in (found, place["accessibility_words"]) if word)


def unplaced_words(postcodes: Sequence[str]) -> str:
    """What is said of postcodes that we cannot put on the map: they are kept, and what that means."""
    if not postcodes:
        return ""
    outward = filters.listed(list(dict.fromkeys(postcode.split()[0] for postcode in postcodes)))
    return (
        f"We do not know where {filters.listed(list(postcodes))} is yet. It is kept as typed:"
        f" families who look near {outward} find it, with no distance."
    )


def session_words(session: Mapping[str, Any]) -> str:
    """A time in a line."""
    hours = " to ".join(filters.clock_time(_time(session[name])) for name in ("opens_at", "closes_at") if session[name])
    found = ", ".join(word for word in (upper_first(days_words(session["days"])), hours) if word)
    return f"{found} ({session['description'].rstrip('.')})" if session["description"] else found


def _time(text: str) -> Any:
    return dt.time.fromisoformat(text)


def days_words(days: Sequence[str]) -> str:
    """Monday to Friday; Tuesday and Thursday; first Monday of the month."""
    if list(days) == WEEKDAYS:
        return "Monday to Friday"
    if len(days) == len(WEEK) and set(days) == set(WEEK):
        return "Every day"
    return filters.listed([_day(day) for day in days]) if days else ""


def _day(day: str) -> str:
    name, which = DAY_NAMES.get(day[-2:], day), WHICH.get(day[:-2], "")
    return f"{which} {name} of the month" if which else name


def places_words(service: Service) -> str:
    """Whether there are places, how long one waits, and when somebody said so."""
    if not service.places:
        return ""
    weeks = f", {filters.counted(service.waiting_weeks, 'week')}" if service.waiting_weeks else ""
    asked_since = (
        service.places_as_at is None
        or service.confirmed_on is None
        or service.confirmed_on - service.places_as_at < OLD
    )
    since = "" if asked_since else ". The rest was checked since, and this was not: ask"
    return f"{dict(PLACES)[service.places]}{weeks}, as of {filters.short_day(service.places_as_at)}{since}"


def freshness(service: Service) -> str:
    """When it was last confirmed and by whom."""
    if service.confirmed_on is None:
        return "Nobody has confirmed it yet"
    by = f" by {service.confirmed_by_name}" if service.confirmed_by_name else ""
    return f"{filters.day(service.confirmed_on)}{by}"
