"""Every rule at scale: all of them with their evidence beside one GROUP BY, one day's rows folded in, and the live list.

`python -m benchmarks.insight 30000000 var/bench` measures it alone; fewer rows make it quick and say nothing of speed.
The people of session rows have 120 sessions each; the rest of 1.5 million people have visits, offences or benefits.
"""

import datetime as dt
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from hearth.foundation.core.packs.load import load_pack
from hearth.intelligence.feeds.engine import connect, quoted
from hearth.intelligence.insight.computing import Before, Source, Work
from hearth.intelligence.insight.frameworks import Rules, rules_of

ROWS, PEOPLE, SESSIONS = 30_000_000, 1_500_000, 120
AS_AT = dt.date(2026, 11, 27)
MOST_TIMES, MOST_SECONDS = 2.0, 2.0
ROUNDS = 5
PRACTICE = Path(__file__).resolve().parents[1] / "practice"
MARKS = """case when hash(p, s) % 1000 < 55 + (case when hash(p) % 10 = 0 then 150 else 0 end)
    then (['I','O','M','U'])[1 + (hash(s, p) % 4)::int] when s % 2 = 0 then '/' else '\\' end"""


@dataclass
class Measured:
    """Seconds, and how many rows, people and facts there were."""

    rows: int
    group_by: float
    everything: float
    folded: float
    facts: int
    equal: bool

    @property
    def times(self) -> float:
        """All rules beside one GROUP BY."""
        return self.everything / self.group_by

    @property
    def faults(self) -> list[str]:
        """Each limit that was missed."""
        found = []
        if self.times > MOST_TIMES:
            found.append(f"All rules took {self.times:.2f} times one GROUP BY, and {MOST_TIMES:.0f} is the limit.")
        if self.folded > MOST_SECONDS:
            found.append(f"A day was folded in within {self.folded:.2f} s, and {MOST_SECONDS:.0f} s is the limit.")
        if not self.equal:
            found.append("Folding a day in gave other facts than working all out.")
        return found


def make(rows: int, folder: Path) -> None:
    """Files as feeds keep them: a day's marks after the other's, and one more with a day that is new."""
    pupils = max(rows // SESSIONS, 1)
    people = max(pupils * PEOPLE * SESSIONS // ROWS, pupils)
    engine = duckdb.connect()
    engine.execute("set threads = 2; set memory_limit = '1GB'; set preserve_insertion_order = true")
    engine.execute("set temp_directory = ?", [str(folder / "spill")])
    for name, sessions in (("before", SESSIONS - 2), ("after", SESSIONS)):
        engine.execute(
            f"""copy (select uuid() as _key, 'U' || lpad((hash(p) % 100000000000)::varchar, 12, '0') as upn, 'S1' as school,
                date '{AS_AT}' - (({SESSIONS} - 1 - s) // 2)::int as day, case when s % 2 = 0 then 'AM' else 'PM' end as session,
                {MARKS} as mark from range({sessions}) a(s), range({pupils}) b(p))
                to {quoted(str(folder / f"attendance_{name}.parquet"))} (format parquet, compression zstd)"""
        )
    for feed, columns in {
        "emergency_attendances": "p::varchar as attendance, p as nhs_number, date '2026-11-01' - (hash(p, 1) % 500)::int as arrived_on,"
        " 'General' as department, false as left_before_treatment",
        "offences": "p::varchar as person, date '2026-11-01' - (hash(p, 2) % 900)::int as happened_on, 'Theft' as offence,"
        " (['Offender','Victim'])[1 + (hash(p, 3) % 2)::int] as part",
    }.items():
        columns = columns.replace("p as nhs_number", "(hash(p, 4) % 200000)::varchar as nhs_number")
        engine.execute(
            f"copy (select uuid() as _key, {columns} from range({people // 5}) b(p)) to {quoted(str(folder / f'{feed}.parquet'))} (format parquet)"
        )
    engine.close()
    (folder / "made.json").write_text(json.dumps(rows))


def measure(rows: int, folder: Path) -> Measured:
    """All rules, a day folded in and the GROUP BY in turn, ROUNDS times, and the best of each: a busy machine slows all three."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "made.json").exists():
        make(rows, folder)
    rules = rules_of(load_pack(PRACTICE / "lancashire"), AS_AT)
    after, before = folder / "attendance_after.parquet", folder / "attendance_before.parquet"
    one, all_of, day, facts = [], [], [], []
    _worked_out(rules, before, folder / "then", AS_AT - dt.timedelta(days=1))
    then = {"attendance": Before(folder / "then" / "tally_attendance.parquet", {0: AS_AT - dt.timedelta(days=1)})}
    for _ in range(ROUNDS):
        one.append(_group_by(after, folder))
        all_of.append(_worked_out(rules, after, folder / "whole", AS_AT))
        day.append(_worked_out(rules, after, folder / "folded", AS_AT, then))
    asked = duckdb.connect()
    for name in ("whole", "folded"):
        path = quoted(str(folder / name / "facts.parquet"))
        facts.append(asked.execute(f"select count(*), sum(hash(f)::hugeint) from read_parquet({path}) f").fetchall())
    many = asked.execute(f"select count(*) from read_parquet({quoted(str(after))})").fetchall()[0][0]
    return Measured(many, min(one), min(all_of), min(day), facts[0][0][0], facts[0] == facts[1])


def _group_by(path: Path, folder: Path) -> float:
    """One GROUP BY person over the same columns: each of them read to its end."""
    engine = connect(folder / "spill")
    began = time.perf_counter()
    engine.execute(
        "create temp table grouped as select upn, count(*), min(day), max(day), min(mark), max(mark)"
        f" from read_parquet({quoted(str(path))}) group by upn"
    )
    took = time.perf_counter() - began
    engine.close()
    return took


def _worked_out(rules: Rules, attendance: Path, into: Path, as_at: dt.date, before: Any = None) -> float:
    into.mkdir(exist_ok=True)
    engine = connect(into / "spill")
    began = time.perf_counter()
    days = (dt.date(2025, 9, 1), as_at)
    sources = [
        Source(0, "attendance", "o1", attendance, *days),
        *(
            Source(n, feed, "o2", attendance.with_name(f"{feed}.parquet"), *days)
            for n, feed in enumerate(("emergency_attendances", "offences"), 1)
        ),
    ]
    Work(engine, rules, sources, as_at).run(into, before)
    took = time.perf_counter() - began
    engine.close()
    return took


def table(found: Measured) -> str:
    """The figures, for the page about speed."""
    return "\n".join(
        [
            f"{found.rows:,} session rows, {found.facts:,} facts of evidence",
            f"one GROUP BY person        {found.group_by:6.2f} s",
            f"every rule, with evidence  {found.everything:6.2f} s   {found.times:.2f} times",
            f"one day folded in          {found.folded:6.2f} s   {'the same facts' if found.equal else 'OTHER FACTS'}",
        ]
    )


def main() -> int:
    """Measure alone; 1 where a limit is missed."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    found = measure(rows, Path(sys.argv[2] if len(sys.argv) > 2 else "var/bench") / f"insight-{rows}")
    print(table(found))
    print("\n".join(found.faults))
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
