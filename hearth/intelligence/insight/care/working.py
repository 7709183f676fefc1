"""Times in care of people on the register, in DuckDB, by what a feed's layout says is one. Nothing else of a row is read."""

from collections.abc import Iterator
from typing import Any

from hearth.intelligence.feeds.layout import Care, Layout
from hearth.intelligence.insight import sql
from hearth.intelligence.insight.computing import Work
from hearth.intelligence.insight.involvement.working import AT_ONCE, SHOWN, numbers_in


def times_in_care(work: Work) -> Iterator[list[tuple[Any, ...]]]:
    """Batches of (feed, kind of information, key on the register, organisation, from, until, numbers)."""
    if not work.engine.execute("select 1 from links where register_person is not null limit 1").fetchall():
        return  # nobody of the register is linked
    for code, layout in work.layouts.items():
        if layout.care is None:
            continue
        found = work.engine.execute(_of_feed(work, code, layout, layout.care))
        while batch := found.fetchmany(AT_ONCE):
            yield [(code, layout.category, *row) for row in batch]


def _of_feed(work: Work, code: str, layout: Layout, given: Care) -> str:
    kind, number = sql.number_of(layout)
    rows = f"""select source, {kind} as scheme, {number} as value, {given.from_on}::date as from_on, {given.until_on}::date as until_on,
        {numbers_in(layout)} as numbers from feed_{code}
        where {number} is not null and lower({given.says}) in {sql.listed(each.lower() for each in given.codes)}"""
    return f"""select register_person, s.organisation, from_on, until_on, list_sort(list_distinct(flatten(list(numbers)))) as numbers
        from ({work.who(rows, code)}) w join sources s on s.source = w.source
        where {SHOWN} and from_on <= {sql.day(work.as_at)} and (until_on is null or until_on >= from_on)
        group by register_person, s.organisation, from_on, until_on"""
