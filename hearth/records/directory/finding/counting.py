"""Searches that found nothing, or nothing with places, counted: by need, district and month. Of whoever searched, nothing is kept."""

from django.db import connection

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.records.directory.finding.queries import Answer, Looked
from hearth.records.directory.models import FinderCount

Outcome = FinderCount.Outcome


def outcome_of(answer: Answer) -> str:
    """Nothing was found; or all that fits, of the first that are shown, is full. Empty where somebody can be sent to one."""
    if not answer.of_all:
        return Outcome.NOTHING
    fitting = [found.service for found in answer.page.rows if found.about]
    return Outcome.FULL if fitting and all(service.places == "full" for service in fitting) else ""


def needs_of(looked: Looked, answer: Answer) -> list[str]:
    """The needs that were chosen, and those that were understood; an empty one where none was."""
    return sorted({*looked.needs, *answer.needs}) or [""]


def district_of(answer: Answer) -> str:
    """The code of the district of the postcode; empty where none was typed, or the pack does not say."""
    district = pack().areas.district_of(answer.place.outward)
    return district.code if district else ""


def count_search(needs: list[str], district: str, outcome: str, *, by_worker: bool) -> None:
    """One search more. What was typed is not among what is handed on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select hearth_count_search(%s, %s, %s::text[], %s, %s)",
            [clock.today().replace(day=1), district, needs, outcome, by_worker],
        )
