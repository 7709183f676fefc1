"""People of each district out of what is held of the feed of population. What nobody sent, or not whole, stays unknown."""

from collections.abc import Iterable, Mapping
from typing import Any

from hearth.foundation.core.text import fold
from hearth.intelligence.feeds import keeping, permits
from hearth.intelligence.feeds.engine import quoted
from hearth.intelligence.feeds.layout import layouts
from hearth.intelligence.feeds.models import FeedLoad
from hearth.intelligence.insight.entitlement.figures import districts_as_sent
from hearth.intelligence.insight.gathering import INSIGHT

FEED = "population"
# district as sent, all people, those under 18, those in the three most deprived tenths of areas
Row = tuple[str | None, int | None, int | None, int | None]

# A row of both sexes is what it says; else men and women are put together, and one without the other is half of something unknown.
# Under 18 is known where an age begins at 18: bands such as 15 to 19 do not say it.
_PEOPLE = """
    with ages as (
        select district, area, age_from, min(deprivation_decile) as decile,
            coalesce(max(people) filter (sex = 'all'),
                case when count(people) filter (sex in ('M', 'F')) = 2 then sum(people) filter (sex in ('M', 'F')) end) as people
        from read_parquet({path}) group by 1, 2, 3),
    areas as (
        select district, area, min(decile) as decile, case when count(people) = count(*) then sum(people) end as people,
            case when bool_or(age_from = 18) and count(people) = count(*) then coalesce(sum(people) filter (age_from < 18), 0) end as young
        from ages group by 1, 2)
    select district, case when count(people) = count(*) then sum(people)::bigint end,
        case when count(young) = count(*) then sum(young)::bigint end,
        case when count(people) = count(*) and count(decile) = count(*)
            then coalesce(sum(people) filter (decile <= 3), 0)::bigint end
    from areas group by 1 order by 1
"""


def population(engine: Any) -> dict[str, Any]:
    """{"districts": {district: [people, under 18, in the most deprived, organisation, its day]}, "unplaced": areas in no district}."""
    named, found, unplaced = districts_as_sent(), dict[str, list[Any]](), False
    loads = (
        FeedLoad.objects.filter(is_current=True, feed=FEED)
        .select_related("organisation")
        .order_by("as_at", "created_at")
    )
    for load in loads:  # the latest file that speaks of a district is believed: two of them are never added up
        if permits.may_use(INSIGHT, layouts()[FEED], load.organisation).kind != permits.PERMIT:
            continue
        rows: list[Row] = engine.execute(_PEOPLE.format(path=quoted(str(keeping.admitted(load))))).fetchall()
        unplaced = unplaced or any(not district for district, *_ in rows)
        told = of_districts(rows, named)
        found |= {key: [*figures, load.organisation.name, str(load.as_at)] for key, figures in told.items()}
    return {"districts": found, "unplaced": unplaced}


def of_districts(rows: Iterable[Row], named: Mapping[str, str]) -> dict[str, list[int | None]]:
    """By the key of each of our districts. One that a file calls by two names is put together; others are not ours to count."""
    found: dict[str, list[int | None]] = {}
    for district, *figures in rows:
        key = named.get(fold(district or ""))
        if key is None:
            continue
        before = found.get(key)
        found[key] = [
            figure if before is None else None if figure is None or old is None else figure + old
            for figure, old in zip(figures, before or figures, strict=True)
        ]
    return found
