"""How a rule falls on people: of those that its feeds hold, how many it flags, by sex, age, ethnicity and district.

Small numbers are left out before anything is kept, and where one alone would be left out of a row, the next smallest as well:
else it could be worked out from the rest.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Any

from django.db import connection

from hearth.intelligence.insight import sql
from hearth.intelligence.insight.computing import Work
from hearth.intelligence.insight.frameworks import Rule

BY = ("sex", "age", "ethnicity", "district")
NOT_KNOWN = "Not known"
SEXES = {"M": "Male", "F": "Female"}
# The first letter of a DfE ethnicity code is its main group.
GROUPS = {"W": "White", "M": "Mixed", "A": "Asian", "B": "Black", "C": "Chinese", "O": "Another group"}
AGES = ((0, 4), (5, 10), (11, 15), (16, 18), (19, 25), (26, 120))
Z = 1.96  # 95 in 100


@dataclass(frozen=True)
class Interval:
    """A share with the range in which it lies, 95 times in 100 (Wilson): with few decisions it is wide, and says so."""

    right: int
    all: int

    @property
    def share(self) -> float | None:
        """The share; none where nothing was decided."""
        return self.right / self.all if self.all else None

    @property
    def ends(self) -> tuple[float, float]:
        """Its lower and upper end."""
        if not self.all:
            return 0.0, 1.0
        share, many = self.right / self.all, self.all
        middle = share + Z * Z / (2 * many)
        spread = Z * sqrt(share * (1 - share) / many + Z * Z / (4 * many * many))
        return (middle - spread) / (1 + Z * Z / many), (middle + spread) / (1 + Z * Z / many)


def suppressed(rows: list[list[Any]], fewest: int) -> list[list[Any]]:
    """Rows of (group, flagged, of) with small numbers as None; a number that the others would tell goes too."""
    shown = [
        [group, flagged if flagged == 0 or flagged >= fewest else None, of if of >= fewest else None]
        for group, flagged, of in rows
    ]
    for row in shown:
        if row[2] is None:
            row[1] = None
    for place in (1, 2):
        left_out = [row for row in shown if row[place] is None]
        others = sorted((row for row in shown if row[place]), key=lambda row: row[place])
        if len(left_out) == 1 and others:
            others[0][1] = None
            others[0][place] = None
    return shown


def figures(work: Work, fewest: int, districts: dict[str, str]) -> dict[str, Any]:
    """By rule: {"flagged": n, "sex": [[group, flagged, of], ...], ...}. `districts`: names of areas by key."""
    engine = work.engine
    _known(work)
    engine.execute(
        "create temp table in_feed as "
        + " union all ".join(_in_feed(work, code) for code in work.layouts if work.layouts[code].subjects)
        if any(layout.subjects for layout in work.layouts.values())
        else "create temp table in_feed (feed varchar, person varchar)"
    )
    engine.execute(
        "delete from in_feed where person in (select name from kept_apart)"
        " or person in (select person from links where concat(scheme, ':', value) in (select name from kept_apart)"
        " or register_person in (select name from kept_apart))"
    )
    told: dict[str, Any] = {}
    for rule in work.rules.flagging:
        flagged = engine.execute("select count(distinct person) from flags where rule = ?", [rule.code]).fetchone()[0]
        shown: dict[str, Any] = {"flagged": flagged if flagged == 0 or flagged >= fewest else None}
        for by in BY if rule.indicator.facts else ():
            shown[by] = suppressed(_groups(work, rule, by, districts), fewest)
        told[rule.code] = shown
    return told


def _in_feed(work: Work, code: str) -> str:
    kind, number = sql.number_of(work.layouts[code])
    rows = f"select distinct source, {kind} as scheme, {number} as value from feed_{code} where {number} is not null"
    return f"select distinct {sql.literal(code)} as feed, person from ({work.who(rows, code)}) p"


def _known(work: Work) -> None:
    """Everybody's sex, age band, ethnicity and district, as far as a feed or the register says."""
    work.engine.execute(
        "create temp table known_rows (person varchar, register_person varchar, sex varchar, born date, ethnicity varchar, district varchar)"
    )
    for code, layout in work.layouts.items():
        names = {column.name for column in layout.columns}
        sex, born = layout.people.get("sex", "null"), layout.people.get("birth_date", "null")
        ethnicity = "ethnicity" if "ethnicity" in names else "null"
        if not layout.subjects or (
            sex == born == ethnicity == "null" and not any(s.area for s in work.sources if s.feed == code)
        ):
            continue
        kind, number = sql.number_of(layout)
        said = f"{sex}::varchar as sex, {born}::date as born, {ethnicity}::varchar as ethnicity"
        rows = f"select source, {kind} as scheme, {number} as value, {said} from feed_{code} where {number} is not null"
        cases = " ".join(
            f"when {s.number} then {sql.literal(s.area)}" for s in work.sources if s.feed == code and s.area
        )
        district = f"case source {cases} end" if cases else "null"
        work.engine.execute(
            f"insert into known_rows select person, register_person, sex, born, ethnicity, {district} from ({work.who(rows, code)}) w"
        )
    _from_register(work)
    bands = " ".join(f"when age <= {old} then '{young} to {old}'" for young, old in AGES[:-1])
    work.engine.execute(
        f"""create temp table known as select person, any_value(sex) as sex,
                case when max(born) is null then null else (select case {bands} else '26 and over' end
                    from (select date_diff('year', max(born), {sql.day(work.as_at)}) as age)) end as age,
                any_value(ethnicity) as ethnicity, any_value(district) as district
            from known_rows group by person"""
    )


def _from_register(work: Work) -> None:
    """What the register says of those who were linked to it; it comes before what a feed says of their ethnicity and district."""
    linked = work.engine.execute(
        "select distinct register_person, person from links where register_person is not null"
    ).fetchall()
    if not linked:
        return
    person_of = dict(linked)
    with connection.cursor() as cursor:
        cursor.execute(
            "select person::text, area::text, sex, ethnicity, born_on from hearth_register_facts(%s::uuid[])",
            [list(person_of)],
        )
        facts = cursor.fetchall()
    for register, area, sex, ethnicity, born in facts:
        work.engine.execute(
            "insert into known_rows values (?, ?, ?, ?, ?, ?)",
            [
                person_of[register],
                register,
                None if sex == "U" else sex,
                born,
                None if ethnicity == "NOBT" else ethnicity,
                area,
            ],
        )


def _groups(work: Work, rule: Rule, by: str, districts: dict[str, str]) -> list[list[Any]]:
    feed = rule.indicator.feeds[0]
    rows = work.engine.execute(
        f"""select k.{by} as said, count(distinct f.person), count(distinct i.person)
            from in_feed i left join known k on k.person = i.person
            left join flags f on f.person = i.person and f.rule = {sql.literal(rule.code)}
            where i.feed = {sql.literal(feed)} group by 1"""
    ).fetchall()
    counted: dict[str, list[int]] = {}
    for said, flagged, of in rows:
        total = counted.setdefault(_group(by, said, districts), [0, 0])
        total[0] += flagged
        total[1] += of
    return [
        [group, *counts]
        for group, counts in sorted(counted.items(), key=lambda each: (each[0] == NOT_KNOWN, _order(each[0])))
    ]


def _group(by: str, said: str | None, districts: dict[str, str]) -> str:
    if not said:
        return NOT_KNOWN
    if by == "sex":
        return SEXES.get(said, NOT_KNOWN)
    if by == "ethnicity":
        return GROUPS.get(said[:1].upper(), NOT_KNOWN) if said.upper() not in ("NOBT", "REFU") else NOT_KNOWN
    return districts.get(said, NOT_KNOWN) if by == "district" else said


def _order(group: str) -> tuple[int, str]:
    figures = group.split(" ", maxsplit=1)[0]
    return (int(figures), "") if figures.isdigit() else (0, group)
