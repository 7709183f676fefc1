"""How many children of a district a touchpoint missed: by rows that say so, in figures that name nobody, small ones left out.

A row counts from the day on which the whole length of the touchpoint's window has passed since it was due, and the sender's file is
younger than that. So nobody is counted who may still have been seen in time, and nobody of whom no row came. Whom somebody recorded as
met, by hand, was met.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import connection

from hearth.foundation.core.packs.pathways import SOMEBODY, Touchpoint, day_of
from hearth.intelligence.insight import sql
from hearth.intelligence.insight.computing import Work
from hearth.intelligence.insight.touchpoints.working import rows_of
from hearth.records.pathways.queries import touchpoints

LOOKED_BACK = 365  # days, of those due
Row = list[Any]  # district, of how many, missed


def length(touchpoint: Touchpoint) -> int | None:
    """The days of a touchpoint's window, where a feed can tell that it was missed; else none."""
    given = touchpoint.evidence
    if given is None or not given.due_on or touchpoint.closes is None:
        return None
    return (day_of(touchpoint.closes, SOMEBODY) - day_of(touchpoint.opens, SOMEBODY)).days


def can_be_missed() -> dict[str, tuple[Touchpoint, int]]:
    """The touchpoints that a feed can tell were missed, by code, with the length of their windows."""
    found = {code: (each.touchpoint, length(each.touchpoint)) for code, each in touchpoints().items()}
    return {code: (point, days) for code, (point, days) in found.items() if days is not None}


def missed(work: Work, as_at: Mapping[int, str], fewest: int) -> dict[str, Any]:
    """By touchpoint of whose feed anything was read: {"of", "missed", "partly", "districts": {area: [of, missed]}, "held": areas; none: all}.

    `of` and `missed` are the sum of the districts that are shown; `partly`: others are left out.

    It comes after the run's other figures, which have found out where everybody lives.
    """
    work.engine.execute("create temp table file_day (source integer, as_at date)")
    for source in work.sources:
        work.engine.execute("insert into file_day values (?, ?)", [source.number, as_at[source.number]])
    _read_recorded(work)
    told = {}
    for code, (touchpoint, days) in can_be_missed().items():
        assert touchpoint.evidence is not None  # noqa: S101 - asked above
        if touchpoint.evidence.feed in work.layouts:
            told[code] = _told(work, touchpoint, days, fewest)
    return told


def _read_recorded(work: Work) -> None:
    """Which touchpoints people recorded of those who were linked to the register."""
    work.engine.execute("create temp table by_hand (register_person varchar, touchpoint varchar)")
    linked = work.engine.execute("select distinct register_person from links where register_person is not null")
    people = [person for (person,) in linked.fetchall()]
    if not people:
        return
    with connection.cursor() as cursor:
        cursor.execute("select person::text, touchpoint from hearth_recorded_touchpoints(%s::uuid[])", [people])
        rows = cursor.fetchall()
    if rows:
        work.engine.executemany("insert into by_hand values (?, ?)", rows)


def _told(work: Work, touchpoint: Touchpoint, days: int, fewest: int) -> dict[str, Any]:
    given = touchpoint.evidence
    assert given is not None  # noqa: S101 - the caller's
    rows = work.engine.execute(_counted(work, touchpoint, days)).fetchall()
    held = [source.area for source in work.sources if source.feed == given.feed]
    shown = suppressed([list(row) for row in rows], fewest)
    everybody = summed(shown)
    return {
        "of": everybody[1],
        "missed": everybody[2],
        "partly": any(row[2] is None for row in shown),
        "districts": {area: [of, many] for area, of, many in shown},
        "held": [] if "" in held else sorted(set(held)),
    }


def _counted(work: Work, touchpoint: Touchpoint, days: int) -> str:
    given = touchpoint.evidence
    assert given is not None  # noqa: S101 - the caller's
    since = work.as_at - dt.timedelta(days=LOOKED_BACK + days)
    told = f"select * from ({work.who(rows_of(work.layouts[given.feed], given), given.feed)}) w"
    return f"""select coalesce(k.district, '') as district, count(*) as many, count(*) filter (not p.met) as missed
        from (select w.person, bool_or(w.met_on is not null or coalesce(w.register_person in (
                    select register_person from by_hand where touchpoint = {sql.literal(touchpoint.code)}), false)) as met
            from ({told}) w join file_day f on f.source = w.source
            where w.due_on >= {sql.day(since)} and w.due_on + {days} < f.as_at
                and w.person not in (select name from kept_apart)
                and not list_has_any(w.numbers, (select coalesce(list(name), []::varchar[]) from kept_apart))
                and (w.register_person is null or w.register_person not in (select name from kept_apart))
            group by w.person) p
        left join known k on k.person = p.person
        where p.person not in (select person from links where concat(scheme, ':', value) in (select name from kept_apart)
            or register_person in (select name from kept_apart))
        group by 1 order by 1"""


def suppressed(rows: list[Row], fewest: int) -> list[Row]:
    """Rows without what may be somebody: few who missed it, or few who did not; and where one alone is left out, the next as well."""
    shown = [[area, of if _enough(of, fewest) else None, _missed(of, many, fewest)] for area, of, many in rows]
    for place in (1, 2):
        left_out = [row for row in shown if row[place] is None]
        others = sorted((row for row in shown if row[place]), key=lambda row: row[place])
        if len(left_out) == 1 and others:
            others[0][place] = others[0][2] = None
    return shown


def summed(shown: list[Row]) -> Row:
    """The sum of the rows that are shown whole, and of no other: whoever has all that is published learns nothing from it."""
    whole = [row for row in shown if row[1] is not None and row[2] is not None]
    if shown and not whole:
        return ["", None, None]
    return ["", sum(row[1] for row in whole), sum(row[2] for row in whole)]


def _enough(many: int, fewest: int) -> bool:
    return many == 0 or many >= fewest


def _missed(of: int, many: int, fewest: int) -> int | None:
    told = _enough(of, fewest) and _enough(many, fewest) and _enough(of - many, fewest)
    return many if told else None
