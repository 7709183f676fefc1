"""Figures of the entitlement out of what is held of its feed. What nobody sent stays unknown, and what may be somebody is left out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hearth.foundation.accounts.models import Area
from hearth.foundation.core.pack import pack
from hearth.foundation.core.text import fold
from hearth.intelligence.feeds import keeping, permits
from hearth.intelligence.feeds.engine import quoted
from hearth.intelligence.feeds.layout import layouts
from hearth.intelligence.feeds.models import FeedLoad
from hearth.intelligence.insight.gathering import INSIGHT
from hearth.intelligence.insight.touchpoints.figures import suppressed

FEED = "early_years_entitlement"
TERMS = ("spring", "summer", "autumn")  # in the order of a year
Row = tuple[
    str, int, str, str, int | None, int | None, int | None
]  # district, year, term, age, places, eligible, taking up


def entitlement(engine: Any, fewest: int) -> dict[str, Any]:
    """{"from": [[organisation, its day]], "terms": {"2026 autumn": {"2": {district: [places, eligible, taking up, few]}}}}."""
    held, rows = [], []
    loads = FeedLoad.objects.filter(is_current=True, feed=FEED).select_related("organisation", "area")
    for load in loads.order_by("organisation__name", "covers_from"):
        if permits.may_use(INSIGHT, layouts()[FEED], load.organisation).kind == permits.PERMIT:
            held.append([load.organisation.name, str(load.as_at)])
            rows += _read(engine, str(keeping.admitted(load)))
    return {"from": held, "terms": told(rows, districts_as_sent(), fewest)}


def _read(engine: Any, path: str) -> list[Row]:
    """The rows of a file; wards of a district put together. Where one of them says nothing, neither does the district."""
    whole = ", ".join(
        f"case when count({name}) = count(*) then sum({name})::bigint end"
        for name in ("places", "eligible", "taking_up")
    )
    rows: list[Row] = engine.execute(
        f"select district, year, term, age, {whole} from read_parquet({quoted(path)}) group by 1, 2, 3, 4 order by 1, 2, 3, 4"
    ).fetchall()
    return rows


def districts_as_sent() -> dict[str, str]:
    """The key of each district by all that a sender may call it: our code, the national one, its name."""
    national = {district.code: district.gss_code for district in pack().areas.districts}
    named = [(str(key), code, name) for key, code, name in Area.objects.values_list("id", "code", "name")]
    return {
        fold(word): key
        for key, code, name in named
        if code in national
        for word in (code, name, national[code])
        if word
    }


def told(rows: Iterable[Row], districts: Mapping[str, str], fewest: int) -> dict[str, Any]:
    """By term and age, each district. A district that is sent twice has what is known of both put together."""
    found: dict[tuple[str, str], dict[str, list[int | None]]] = defaultdict(dict)
    for district, year, term, age, *figures in rows:
        here = found[f"{year} {term}", str(age)]
        key = districts.get(fold(district), "")
        here[key] = _added(here[key], figures) if key in here else list(figures)
    terms: dict[str, Any] = {}
    for (term, age), here in found.items():
        terms.setdefault(term, {})[age] = _without_few(here, fewest)
    return terms


def _added(one: Sequence[int | None], other: Sequence[int | None]) -> list[int | None]:
    return [None if a is None or b is None else a + b for a, b in zip(one, other, strict=True)]


def _without_few(here: Mapping[str, Sequence[int | None]], fewest: int) -> dict[str, list[Any]]:
    """Children are left out where they are few, or those who do not take it up are; and where one alone is, the next as well."""
    known = [[key, row[1], row[2]] for key, row in here.items() if row[1] is not None and row[2] is not None]
    shown = {key: (of, many) for key, of, many in suppressed(known, fewest)}
    lines: dict[str, list[Any]] = {}
    for key, (places, eligible, taking_up) in here.items():
        if key in shown:
            of, many = shown[key]
            lines[key] = [places, of, many, of is None or many is None]
        else:
            few = [many is not None and 0 < many < fewest for many in (eligible, taking_up)]
            lines[key] = [places, None if few[0] else eligible, None if few[1] else taking_up, any(few)]
    return lines
