"""Involvements of people on the register, in DuckDB, by what each feed's layout says is one. Nothing else of a row is read."""

from collections.abc import Iterator
from typing import Any

from hearth.intelligence.feeds.layout import CONTACT, Involvement, Layout
from hearth.intelligence.insight import sql
from hearth.intelligence.insight.computing import Work

AT_ONCE = 10_000
SAID = ("provider", *(f"contact_{name}" for name in CONTACT))
# Rows of whoever is restricted are left out here, and hidden by policy from the moment of a later restriction.
SHOWN = """register_person is not null and register_person not in (select name from kept_apart)
    and not list_has_any(numbers, (select coalesce(list(name), []::varchar[]) from kept_apart))"""


def involvements(work: Work) -> Iterator[list[tuple[Any, ...]]]:
    """Batches of (feed, kind of information, key on the register, standing, from, until, organisation, provider, name, phone, e-mail, numbers)."""
    if not work.engine.execute("select 1 from links where register_person is not null limit 1").fetchall():
        return  # nobody of the register is linked
    for code, layout in work.layouts.items():
        if layout.involvement is None:
            continue
        found = work.engine.execute(_of_feed(work, code, layout, layout.involvement))
        while batch := found.fetchmany(AT_ONCE):
            yield [(code, layout.category, *row) for row in batch]


def _of_feed(work: Work, code: str, layout: Layout, given: Involvement) -> str:
    rows = f"""select w.*, s.organisation, s.covers_until, s.covers_until = n.newest as is_newest
        from ({work.who(_rows(layout, given), code)}) w join sources s on s.source = w.source
        join (select feed, organisation, area, max(covers_until) as newest from sources group by all) n
            on n.feed = s.feed and n.organisation = s.organisation and n.area = s.area where {SHOWN}"""
    if given.contact_on:
        how = "'contacts' as standing, min(contact_on) as from_on, max(contact_on) as until_on"
        narrowed, by = "where contact_on is not null", ""
    elif layout.by_period and not given.until_on and not given.standing:
        how = """case when bool_or(is_newest) then 'current' else 'past' end as standing, min(from_on) as from_on,
            case when not bool_or(is_newest) then max(covers_until) end as until_on"""
        narrowed, by = _begun(work), ""
    else:
        how, narrowed, by = f"{_standing(work, given)} as standing, from_on, until_on", _begun(work), ", 2, 3, 4"
    said = ", ".join(SAID)
    return f"""select register_person, {how}, organisation, {said}, list_sort(list_distinct(flatten(list(numbers)))) as numbers
        from ({rows}) r {narrowed} group by register_person, organisation, {said}{by}"""


def _begun(work: Work) -> str:
    return f"where from_on is null or from_on <= {sql.day(work.as_at)}"


def _standing(work: Work, given: Involvement) -> str:
    over = [f"until_on < {sql.day(work.as_at)}"] if given.until_on else []
    over += [f"lower(said) in {sql.listed(code.lower() for code in given.past)}"] if given.past else []
    goes_on = [*(["until_on is null", f"until_on >= {sql.day(work.as_at)}"] if given.until_on else [])]
    goes_on += ["said is not null"] if given.standing else []
    ended = f"when {' or '.join(over)} then 'past' " if over else ""
    going = f"when {' or '.join(goes_on)} then 'current' " if goes_on else ""
    return f"case {ended}{going}else 'unsaid' end" if over or goes_on else "'unsaid'"


def _rows(layout: Layout, given: Involvement) -> str:
    kind, number = sql.number_of(layout)
    days = {name: getattr(given, name) for name in ("from_on", "until_on", "contact_on")}
    texts = {"said": given.standing, "provider": given.provider}
    texts |= {f"contact_{name}": given.contact.get(name, "") for name in CONTACT}
    columns = [f"{column or 'null'}::date as {name}" for name, column in days.items()]
    columns += [f"left(trim({column or 'null'}::varchar), 200) as {name}" for name, column in texts.items()]
    return f"""select source, {kind} as scheme, {number} as value, {", ".join(columns)},
        {numbers_in(layout)} as numbers from feed_{layout.code} where {number} is not null"""


def numbers_in(layout: Layout) -> str:
    """Every number that a row of a feed knows somebody by."""
    each = ", ".join(
        f"case when {column} is not null then concat({sql.literal(f'{scheme}:')}, {column}::varchar) end"
        for scheme, column in layout.subjects.items()
    )
    return f"[{each}]"
