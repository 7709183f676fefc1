"""Rules worked out on Spark: the same facts and flags, row for row. Where Spark or Java is missing pytest says so in its summary."""

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from hearth.foundation.core.packs.load import load_pack
from hearth.intelligence.feeds.engine import connect
from hearth.intelligence.insight.computing import Source, Work
from hearth.intelligence.insight.frameworks import Rules, rules_of
from hearth.intelligence.insight.on_spark import work_out
from hearth.intelligence.insight.tests.test_tallies import AS_AT, MARKS, PRACTICE
from hearth.linkage.on_spark import started, what_is_missing

# Each form of rule: shares of marks and of sums, events, a state, and what is made of others by person and family.
RULES = (
    "absence_persistent_year", "sf_absence", "tf2_absence", "absence_persistent", "repeat_emergency", "offence", "edge_of_care",
    "high_impact", "tf2_family",
)  # fmt: skip
FILES = {
    "attendance": MARKS,
    "school_roll": """select uuid() as _key, 'c' || p as pupil, 'U' || p as upn, 60 as sessions_possible,
        (p % 7)::int as sessions_authorised, (p % 5)::int as sessions_unauthorised from range(40) b(p)""",
    "emergency_attendances": """select uuid() as _key, 'N' || p % 20 as nhs_number, date '2026-11-01' - (p // 20)::int as arrived_on
        from range(70) b(p)""",
    "offences": """select uuid() as _key, 'P' || p as person, date '2026-10-01' as happened_on, 'Theft' as offence,
        (['Offender', 'Victim'])[1 + (p % 2)::int] as part from range(40) b(p)""",
    "social_care": """select uuid() as _key, 'P' || p as person, null::varchar as nhs_number, 'Child_in_need' as status,
        date '2026-01-01' as starts_on, case when p % 3 = 0 then date '2026-05-05' end as ends_on from range(0, 40, 4) b(p)""",
}
# Everybody has three numbers, two are a household, and of one household somebody is restricted.
LINKS = """select feed, 'o' as organisation, scheme, letter || p as value, 'p' || p as person, 'h' || p // 2 as household,
    null::varchar as register_person from range(40) b(p), (values ('attendance', 'upn', 'U'), ('school_roll', 'upn', 'U'),
    ('emergency_attendances', 'nhs_number', 'N'), ('offences', 'social_care_id', 'P'),
    ('social_care', 'social_care_id', 'P')) f(feed, scheme, letter)"""


@pytest.fixture
def sources(tmp_path: Path) -> list[Source]:
    """A file of each feed, and two of marks; what was linked lies beside them."""
    held: list[Source] = []
    for feed, rows in FILES.items():
        for part in ("day < '2026-09-15'", "day >= '2026-09-15'") if feed == "attendance" else ("true",):
            path = tmp_path / f"{len(held)}.parquet"
            duckdb.sql(f"copy (select * from ({rows}) where {part}) to '{path}' (format parquet)")
            held.append(Source(len(held), feed, "o", path, dt.date(2026, 9, 1), AS_AT))
    duckdb.sql(f"copy ({LINKS}) to '{tmp_path}/links.parquet' (format parquet)")
    return held


def work(sources: list[Source], folder: Path) -> Work:
    """The rules on a connection of their own, yet to be run."""
    folder.mkdir()
    every = rules_of(load_pack(PRACTICE / "lancashire"), AS_AT)
    rules = Rules(tuple(rule for rule in every.rules if rule.code in RULES), every.frameworks)
    return Work(connect(folder / "spill"), rules, sources, AS_AT, folder.parent / "links.parquet", ("upn:U6",))


@pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing())
def test_spark_finds_the_same_facts_and_flags(sources: list[Source], tmp_path: Path) -> None:
    here, there = work(sources, tmp_path / "here"), work(sources, tmp_path / "there")
    here.run(tmp_path / "here")
    with started("local[2]") as session:
        work_out(there, session, tmp_path / "there")
    assert {rule for (rule,) in here.engine.execute("select distinct rule from flags").fetchall()} == set(RULES)
    for table in ("facts", "flags"):
        found = [each.engine.execute(f"select * from {table} order by all").fetchall() for each in (here, there)]
        assert found[0] == found[1]
    for name in ("facts", "tally_attendance"):
        files = [tmp_path / folder / f"{name}.parquet" for folder in ("here", "there")]
        kept = [duckdb.sql(f"select * from read_parquet('{path}') order by all").fetchall() for path in files]
        assert kept[0] == kept[1] != []
    assert not (tmp_path / "there" / "for_spark").exists(), "copies of what is about people are not left lying"
