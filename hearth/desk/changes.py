"""What changed since a reader was last here: what others did for their families, and news of their own requests."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from hearth.casework.front_door.queries import news_for
from hearth.desk.words import QUIET, words_for
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.clock import in_london
from hearth.records.people.models import Family
from hearth.records.people.reach import families

OPENING = frozenset(
    {
        "people.family_opened",
        "people.person_added",
        "people.family_member_added",
        "people.family_joined",
        "people.home_moved",
        "cases.case_opened",
        "cases.lead_named",
        "sharing.consent_recorded",
        "assessments.assessment_started",
        "desk.request_accepted",
        "desk.panel_day_changed",
    }
)
READ, SHOWN = 300, 12  # events read, and lines shown once those of one kind, person and day are folded together


@dataclass(frozen=True)
class Change:
    """One line: about whom, what was done how often, when it was done last, by whom, and where to read it."""

    name: str
    words: str
    moment: dt.datetime
    by: str
    url: str
    times: int = 1


def changed_since(reader: Any, since: dt.datetime) -> list[Change]:
    """The newest first."""
    found = [*_for_families(reader, since), *_for_requests(reader, since)]
    return sorted(found, key=lambda change: change.moment, reverse=True)[:SHOWN]


def _for_families(reader: Any, since: dt.datetime) -> list[Change]:
    """What others did for the families opened to the reader by name. The events' own policy holds too."""
    known = {
        row["pk"]: row
        for row in Family.objects.visible_to(reader)
        .filter(pk__one_of=families(reader))
        .values("pk", "name", "reference")
    }
    if not known:
        return []
    events: Any = (
        AuditEvent.objects.filter(kind=AuditEvent.Kind.DONE, family_id__in=known, created_at__gt=since)
        .exclude(actor_id=reader.id)
        .exclude(verb__in=QUIET)
        .exclude(verb__endswith="_again")  # the same form sent twice
        .order_by("-created_at")
        .values("verb", "created_at", "actor_name", "family_id", "detail")[:READ]
    )
    return _folded(reader, events, known)


def _folded(reader: Any, events: Iterable[dict[str, Any]], known: dict[Any, Any]) -> list[Change]:
    """Six boxes of one assessment written on one day are one line; so is all that opening one case does by itself."""
    days: dict[Any, list[dict[str, Any]]] = {}
    for event in events:
        day = in_london(event["created_at"]).date()
        days.setdefault((event["family_id"], event["actor_name"], day), []).append(event)
    found: list[Change] = []
    groups: dict[Any, list[dict[str, Any]]] = {}
    for (family, actor, day), those in days.items():
        opened = any(event["verb"] == "cases.case_opened" for event in those)
        if opened:
            found.append(_new(reader, known[family], actor, [event for event in those if event["verb"] in OPENING]))
        for event in those:
            if not (opened and event["verb"] in OPENING):
                groups.setdefault((family, actor, event["verb"], day), []).append(event)
    return [*found, *_lines(groups, known)]


def _new(reader: Any, family: dict[str, Any], actor: str, events: list[dict[str, Any]]) -> Change:
    """A case was opened, with everything that made: one line, which says whether it was given to the reader."""
    leads = {event["detail"].get("lead") for event in events if event["verb"] == "cases.lead_named"}
    words = "given to you" if str(reader.id) in leads else "a case was opened"
    url = reverse("family", args=[family["reference"]])
    return Change(f"New: {family['name']}", f"{words} by {actor}", events[0]["created_at"], "", url)


def _lines(groups: dict[Any, list[dict[str, Any]]], known: dict[Any, Any]) -> list[Change]:
    return [
        Change(
            known[family]["name"],
            words_for(verb),
            group[0]["created_at"],
            actor,
            reverse("family", args=[known[family]["reference"]]),
            len(group),
        )
        for (family, actor, verb, _day), group in groups.items()
    ]


def _for_requests(reader: Any, since: dt.datetime) -> list[Change]:
    """Answers and questions about what the reader asked for."""
    return [
        Change(row.family_name, row.words, row.moment, "The front door", reverse("view_request", args=[row.reference]))
        for row in news_for(reader, since)
    ]
