"""A version is kept with each change: what was changed, why, and what it came to. Called inside actions, which record their own event."""

from typing import Any

from django.db.models import Max

from hearth.commissioning.value import queries
from hearth.commissioning.value.models import Valuation, Version
from hearth.commissioning.value.shipped import Index
from hearth.commissioning.value.working import Case
from hearth.foundation.core.text import one_line


def keep_version(by: Any, what: str, why: str, came: dict[str, Any], index: Index | None, **of: Any) -> Version:
    """Keep what a valuation or an investment came to, which its writer holds."""
    last = Version.objects.filter(**of).aggregate(last=Max("number"))["last"] or 0
    made = Version(
        number=last + 1, what=one_line(what, 300), why=one_line(why, 200), came_to=came,
        index=str(index.source)[:300] if index else "", made_by=by, **of,
    )  # fmt: skip
    made.save(force_insert=True)
    return made


def keep_return(by: Any, valuation: Valuation, what: str, why: str = "") -> Version:
    """Keep what a valuation comes to now."""
    index = queries.index_held(by)
    found = queries.came_to(queries.again(valuation), index)
    came: dict[str, Any] = {}
    if found.result is not None:
        came = {case.value: str(found.result.for_each_pound(case)) for case in Case}
        came |= {"cost": found.result.cost, "prices": valuation.prices}
    return keep_version(by, what, why, came, index if found.uprated else None, valuation=valuation)
