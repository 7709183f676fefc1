"""Returns with their figures, queries and chases; and the lists of people they are checked by."""

from hearth.commissioning.contracts.returns.models.people import (
    ListedPerson,
    PeopleCheck,
    PeopleList,
    PeopleMatch,
    Side,
)
from hearth.commissioning.contracts.returns.models.returns import (
    Part,
    Return,
    ReturnChase,
    ReturnFigure,
    ReturnQuery,
    ReturnState,
)

__all__ = [
    "ListedPerson", "Part", "PeopleCheck", "PeopleList", "PeopleMatch", "Return", "ReturnChase", "ReturnFigure", "ReturnQuery",
    "ReturnState", "Side",
]  # fmt: skip
