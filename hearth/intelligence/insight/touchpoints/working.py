"""Touchpoints in DuckDB, by what the practice pack says tells of each. Nothing else of a row is read."""

from collections.abc import Iterator, Mapping
from typing import Any

from hearth.foundation.core.packs.pathways import Evidence, Touchpoint
from hearth.intelligence.feeds.layout import Layout
from hearth.intelligence.insight import sql
from hearth.intelligence.insight.computing import Work
from hearth.intelligence.insight.involvement.working import SHOWN

AT_ONCE = 10_000


def facts(work: Work, points: Mapping[str, Touchpoint]) -> Iterator[list[tuple[Any, ...]]]:
    """Batches of (touchpoint, feed, kind of information, key on the register, due, met, organisation, source's number, numbers)."""
    if not work.engine.execute("select 1 from links where register_person is not null limit 1").fetchall():
        return  # nobody of the register is linked
    for code, touchpoint in points.items():
        given = touchpoint.evidence
        layout = work.layouts.get(given.feed) if given else None
        if given is None or layout is None:
            continue
        rows = f"select * from ({work.who(rows_of(layout, given), layout.code)}) w where {SHOWN}"
        found = work.engine.execute(
            f"""select register_person, due_on, met_on, s.organisation, max(w.source), list_sort(list_distinct(flatten(list(numbers))))
                from ({rows}) w join sources s on s.source = w.source group by all"""
        )
        while batch := found.fetchmany(AT_ONCE):
            yield [(code, layout.code, layout.category, *row) for row in batch]


def rows_of(layout: Layout, given: Evidence) -> str:
    """The rows of a feed that tell of a touchpoint: whose, due and met on which day. Without a due day, only those met."""
    kind, number = sql.number_of(layout)
    narrowed = [f"{number} is not null", *(_one_of(name, values) for name, values in given.where.items())]
    known = f"coalesce({given.due_on}, {given.met_on})" if given.due_on else given.met_on
    narrowed.append(f"{known} is not null")
    numbers = ", ".join(
        f"case when {column} is not null then concat({sql.literal(f'{scheme}:')}, {column}::varchar) end"
        for scheme, column in layout.subjects.items()
    )
    met = f"{given.met_on}::date" if given.due_on else f"min({given.met_on}) over (partition by source, {number})::date"
    return f"""select distinct source, {kind} as scheme, {number} as value, {given.due_on or "null"}::date as due_on,
        {met} as met_on, [{numbers}] as numbers
        from feed_{layout.code} where {" and ".join(narrowed)}"""


def _one_of(name: str, values: tuple[str, ...]) -> str:
    return f"lower({name}::varchar) in {sql.listed(value.lower() for value in values)}"
