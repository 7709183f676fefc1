"""What whoever awards a lot reads first."""

from collections.abc import Sequence
from typing import Any

from hearth.commissioning.procurement import queries
from hearth.commissioning.procurement.awards import rules
from hearth.commissioning.procurement.models import Award, Lot, Tender
from hearth.commissioning.procurement.scoring import queries as scoring
from hearth.commissioning.procurement.scoring.queries import Result
from hearth.foundation.core.refusals import refuse


def lot_to_award(reader: Any, tender: Tender, number: int) -> tuple[Lot, Sequence[Result]]:
    """A lot with its results, or the reason why it cannot be awarded, before anything is typed."""
    lot = queries.lot_of(reader, tender, number)
    found = next((each for each in scoring.results(reader, tender) if each.lot.pk == lot.pk), None)
    award = Award.objects.visible_to(reader).filter(lot=lot).first()
    refuse(rules.why_not_award(reader, tender, found, scoring.scorer_of(reader, tender), award))
    return lot, found.results if found else []
