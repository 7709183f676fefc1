"""What a reader may learn of somebody they are about to put on record or ask help for."""

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection

from hearth.foundation.audit.looks import searched
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.text import fold
from hearth.foundation.ui.partial_date import PartialDate
from hearth.records.people.births import birth_words
from hearth.records.people.postcodes import postcode_of
from hearth.records.people.search.queries import note_restricted_search

MET = {
    "names": "same names", "names_alike": "names that sound alike", "given_name": "same or similar first name",
    "family_name": "same or similar last name", "birth": "same birth date", "birth_alike": "birth date close or partly known",
    "postcode": "same postcode",
}  # fmt: skip
ONE_INTENT = dt.timedelta(minutes=15)  # the same person looked for again within it is one intent
VERB = "sharing.looked_up"


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be the person typed.

    `may_open`: the record's name, family and reasons. Otherwise only that somebody is known, where, and whom to ring.
    """

    may_open: bool
    reference: str = ""
    name: str = ""
    birth: str = ""
    family_reference: str = ""
    family_name: str = ""
    reasons: list[str] = field(default_factory=list)
    area: str = ""
    contact_name: str = ""
    contact_organisation: str = ""
    contact_phone: str = ""


def look_up(
    reader: Any, given_name: str, family_name: str, born: PartialDate | dt.date | None = None, postcode: str = ""
) -> list[Candidate]:
    """People on record who may be this one, the likeliest first; what is said of each is what the reader may know.

    One name alone finds nobody: there must be both, or one with a birth date or a postcode. A look is recorded once
    for each person looked for, not for each key pressed; one that meets a restricted person is told to the safeguarding desk.
    """
    given, family = fold(given_name).split()[:6], fold(family_name).split()[:6]
    first, last, code = *_days(born), postcode_of(postcode)
    if not (given or family) or (not (given and family) and first is None and not code):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from hearth_look_up(%s::text[], %s::text[], %s, %s, %s, %s)",
            [given, family, first, last, code, clock.today()],
        )
        found = [_candidate(*row[:12]) for row in cursor.fetchall()]
    note_restricted_search([*given, *family], first, last, code)
    _record(reader, given, family, first, found)
    return found


def _days(born: PartialDate | dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    if isinstance(born, PartialDate):
        return born.earliest, born.latest
    return born, born


def _candidate(
    may_open: bool, reference: str, name: str, born_on: dt.date | None, precision: str, family_reference: str,
    family_name: str, met: list[str], area: str, contact_name: str, contact_organisation: str, contact_phone: str,
) -> Candidate:  # fmt: skip
    if may_open:
        return Candidate(
            True, reference, name or "Name not supplied", birth_words(born_on, precision), family_reference, family_name,
            [MET[code] for code in met],
        )  # fmt: skip
    front_door, authority = pack().words.front_door, pack().authority
    if not contact_name:
        return Candidate(False, area=area, contact_name=front_door, contact_phone=authority.phone)
    return Candidate(
        False, area=area, contact_name=contact_name, contact_organisation=contact_organisation,
        contact_phone=contact_phone or authority.phone,
    )  # fmt: skip


def _record(reader: Any, given: list[str], family: list[str], born: dt.date | None, found: list[Candidate]) -> None:
    # Who was looked for is kept as a digest of beginnings: enough to tell one intent from the next, and no name.
    intent = "|".join((" ".join(given)[:3], " ".join(family)[:3], str(born or "")))
    digest = hmac.new(settings.SECRET_KEY.encode(), intent.encode(), hashlib.sha256).hexdigest()[:16]
    if not _told_lately(reader, digest):
        opened = sum(candidate.may_open for candidate in found)
        searched(reader, VERB, intent=digest, found=opened, known=len(found) - opened)


def _told_lately(reader: Any, digest: str) -> bool:
    """Whether this intent is on record already. Asked where it is written: the second connection, as this same reader."""
    since = clock.now() - ONE_INTENT
    with acting_as(reader, using="audit"):
        rows = AuditEvent.objects.using("audit").filter(actor_id=reader.id, created_at__gte=since, verb=VERB)
        return rows.filter(detail__intent=digest).exists()
