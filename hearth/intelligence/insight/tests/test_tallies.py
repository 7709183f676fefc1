"""Marks counted out of files alone: how they lie in files changes nothing."""

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import pytest

from hearth.foundation.core.packs.load import load_pack
from hearth.intelligence.feeds.engine import connect
from hearth.intelligence.insight.computing import Source, Work
from hearth.intelligence.insight.frameworks import rules_of

AS_AT = dt.date(2026, 11, 27)
PRACTICE = Path(__file__).resolve().parents[4] / "practice"
# Marks of 40 pupils over three terms and a holiday before them; pupils differ in how much they miss, and when.
MARKS = """select uuid() as _key, 'U' || p as upn, 'S1' as school, date '2026-11-27' - s::int as day, 'AM' as session,
    case when (p * 31 + s * (1 + s // 90)) % 41 < p // 2 then (['O', 'I', '#', 'M', 'U'])[1 + (p + s)::int % 5]
        else (['/', 'P', 'V'])[1 + (s // 60)::int % 3] end as mark
    from range(360) a(s), range(40) b(p)"""


# The first day that two rules look at; both ask for a tenth of the sessions.
SINCE = {"absence_persistent_year": "2026-09-01", "sf_absence": "2026-04-16"}


@pytest.mark.parametrize("cuts", [(), ("2026-09-01",), ("2026-04-16", "2026-09-10"), ("2026-10-01", "2026-11-26")])
def test_shares_are_what_plain_counting_gives_however_the_marks_lie_in_files(
    tmp_path: Path, cuts: tuple[str, ...]
) -> None:
    bounds = zip(("2000-01-01", *cuts), (*cuts, "2100-01-01"), strict=True)
    files = [f"day >= date '{since}' and day < date '{until}'" for since, until in bounds]
    found = [fact for fact in _shares(tmp_path, files) if fact[0] in SINCE]
    plainly = " union all ".join(_plainly(rule, since) for rule, since in SINCE.items())
    assert found == duckdb.sql(f"{plainly} order by all").fetchall()
    assert len({rule for rule, *_ in found}) == 2


def _plainly(rule: str, since: str) -> str:
    missed = "mark in ('O', 'I', 'M', 'U')"
    return f"""select '{rule}', 'upn:' || upn, sum(({missed})::int), max(case when {missed} then day end) from ({MARKS})
        where day >= date '{since}' and mark <> '#' group by upn having sum(({missed})::int) * 10 >= count(*)"""


def _shares(folder: Path, parts: list[str]) -> list[tuple[Any, ...]]:
    """Who reached which share, of what, with the last day, worked out of one file for each part."""
    for number, part in enumerate(parts):
        duckdb.sql(f"copy (select * from ({MARKS}) where {part}) to '{folder}/{number}.parquet' (format parquet)")
    sources = [Source(n, "attendance", "o", folder / f"{n}.parquet", AS_AT, AS_AT) for n in range(len(parts))]
    work = Work(connect(folder / "spill"), rules_of(load_pack(PRACTICE / "lancashire"), AS_AT), sources, AS_AT)
    work.run(folder)
    found: list[tuple[Any, ...]] = work.engine.execute(
        "select rule, person, sum(part), max(until_day) from facts group by all order by all"
    ).fetchall()
    return found
