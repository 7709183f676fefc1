"""Rates from what a feed holds: so far a pupil's absence in a term. Read in the worker or a command, where columnar files are."""

from dataclasses import dataclass
from typing import Any

from hearth.foundation.core.refusals import refuse
from hearth.intelligence.feeds import keeping, permits, rules
from hearth.intelligence.feeds.engine import connect, quoted
from hearth.intelligence.feeds.layout import layouts
from hearth.intelligence.feeds.models import FeedLoad


@dataclass(frozen=True)
class Absence:
    """A pupil's sessions of a term: possible and missed. Source: the census's termly sessions."""

    pupil: str
    possible: int | None
    missed: int

    @property
    def rate(self) -> float | None:
        """The share of possible sessions that was missed; none where no session was possible, which is not nought."""
        return self.missed / self.possible if self.possible else None

    @property
    def persistent(self) -> bool:
        """At least a tenth missed: counted in whole sessions, so that exactly a tenth is in."""
        return bool(self.possible) and self.missed * 10 >= (self.possible or 0)

    @property
    def severe(self) -> bool:
        """At least half missed."""
        return bool(self.possible) and self.missed * 2 >= (self.possible or 0)


def absence_rates(reader: Any, load: FeedLoad) -> list[Absence]:
    """Each pupil of a committed school roll. A blank number of missed sessions is none missed."""
    refuse(rules.why_not_load_feeds(reader))
    refuse(permits.may_show(reader, layouts()["school_roll"], load.organisation).refusal)
    engine = connect(keeping.folder_of(load))
    try:
        rows = engine.execute(
            "select pupil, sessions_possible, coalesce(sessions_authorised, 0) + coalesce(sessions_unauthorised, 0)"
            f" from read_parquet({quoted(str(keeping.admitted(load)))}) order by pupil"
        ).fetchall()
    finally:
        engine.close()
    return [Absence(pupil, possible, int(missed)) for pupil, possible, missed in rows]
