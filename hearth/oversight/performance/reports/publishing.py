"""What everybody is told of a report: its figures weighed with all that was published before."""

from collections.abc import Mapping
from typing import Any

from hearth.foundation.core.pack import pack
from hearth.oversight.performance.counting import fewest_of
from hearth.oversight.performance.queries import measures
from hearth.oversight.performance.reports.figures import events_of
from hearth.oversight.performance.reports.models import PublishedFigure, ReportEdition
from hearth.oversight.performance.reports.periods import districts_open
from hearth.oversight.performance.reports.suppression import Ledger, Told, for_everybody, rows_for_everybody


def ledger(reader: Any) -> Ledger:
    """Everything that was told so far."""
    rows = PublishedFigure.objects.visible_to(reader)
    return {
        (each.events, each.from_on.isoformat(), each.area): Told(None if each.parts is None else tuple(each.parts), each.figures)
        for each in rows
    }  # fmt: skip


def for_all(gathered: Mapping[str, Any], before: Ledger) -> tuple[dict[str, Any], Ledger]:
    """A report's figures as everybody is told them, and what is told with it for the first time."""
    told = gathered["measures"]
    fewest = {events_of(each): fewest_of(each) for each in measures()}
    always = pack().indicators.fewest_shown
    cells, new = for_everybody(told["cells"], before, districts_open, lambda events: fewest.get(events, always))
    rows, more = rows_for_everybody(gathered["projects"], before, always)
    return dict(gathered) | {"measures": told | {"cells": cells}, "projects": rows}, new | more


def keep_told(edition: ReportEdition, new: Ledger) -> None:
    """From now on it is told so, ever after."""
    PublishedFigure.objects.bulk_create(
        PublishedFigure(
            events=events, from_on=from_on, area=area, parts=None if told.parts is None else list(told.parts), figures=dict(told.figures),
            edition=edition,
        )
        for (events, from_on, area), told in new.items()
    )  # fmt: skip
