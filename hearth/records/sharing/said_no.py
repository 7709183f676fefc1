"""Who of a family has said no to sharing, or taken back what they agreed to: what another agreement is held against."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from hearth.foundation.core import clock
from hearth.foundation.ui.filters import day
from hearth.records.sharing.models import Consent, Decision


@dataclass(frozen=True)
class SaidNo:
    """One who said no to sharing with an organisation, or took back what they had agreed to; and when."""

    who: str
    organisation: str
    on: dt.date
    took_back: bool

    @property
    def in_words(self) -> str:
        """Such as: Kelly Ashworth said no to sharing with Beacon Hill School on 3 May 2026."""
        if self.took_back:
            return f"{self.who} took back on {day(self.on)} what they had agreed to share with {self.organisation}"
        return f"{self.who} said no to sharing with {self.organisation} on {day(self.on)}"


def said_no(reader: Any, family_id: Any, since: dt.date | None = None) -> list[SaidNo]:
    """Everybody whose no stands, the newest first: of all days, or of those after `since`. A later yes sets a no aside."""
    about = {name: OuterRef(name) for name in ("family", "person", "organisation", "decider_name")}
    yes = Consent.objects.filter(**about, decision=Decision.GIVEN, created_at__gt=OuterRef("withdrawn_at"))
    again = Exists(yes.filter(Q(decider=OuterRef("decider")) | Q(decider=None)))
    refused = Q(decision=Decision.REFUSED, withdrawn_at=None)
    taken_back = Q(decision=Decision.GIVEN, replaced=False, withdrawn_at__isnull=False) & ~again
    rows = Consent.objects.visible_to(reader).filter(refused | taken_back, family_id=family_id)
    rows = rows.select_related("decider", "organisation")
    found = {_told(row) for row in rows}
    return sorted(
        (one for one in found if since is None or one.on > since), key=lambda one: (one.on, one.who), reverse=True
    )


def _told(row: Consent) -> SaidNo:
    who = row.decider.full_name if row.decider is not None else row.decider_name
    took_back = row.withdrawn_at is not None
    on = timezone.localdate(row.withdrawn_at, clock.LONDON) if took_back else row.from_on
    return SaidNo(who, row.organisation.name, on, took_back)
