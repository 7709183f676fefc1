"""Works every rule out of the feeds' columnar files, in DuckDB, with bounded memory: flags, and the facts each rests on.

A share of marks is tallied once for all rules that ask for one, and the tally is kept: a day's new rows are added to it.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hearth.intelligence.feeds.engine import quoted
from hearth.intelligence.feeds.layout import Layout, layouts
from hearth.intelligence.insight import sql
from hearth.intelligence.insight.frameworks import Rule, Rules
from hearth.intelligence.insight.tables import InDuckDB, Tables

Tell = Callable[[int], None]  # percent done


@dataclass(frozen=True)
class Source:
    """What is held of a feed from an organisation, of a period: the file, and the days it covers."""

    number: int
    feed: str
    organisation: str
    path: Path
    covers_from: dt.date
    covers_until: dt.date
    load: str = ""
    period: str = ""
    area: str = ""

    @property
    def key(self) -> str:
        """The same from load to load."""
        return f"{self.feed} {self.organisation} {self.period}"


@dataclass(frozen=True)
class Before:
    """What an earlier run tallied of a feed: where, and for each source the last day it counted."""

    path: Path
    counted_to: Mapping[int, dt.date] = field(default_factory=dict)


class Work:
    """One working out of all rules, on a connection of its own. Tables stay there until it is closed."""

    def __init__(
        self, engine: Any, rules: Rules, sources: Sequence[Source], as_at: dt.date, links: Path | None = None,
        kept_apart: Sequence[str] = (), tell: Tell = lambda percent: None,
    ) -> None:  # fmt: skip
        self.engine, self.rules, self.sources, self.as_at, self.tell = engine, rules, sources, as_at, tell
        self.tables: Tables = InDuckDB(engine)
        held = {source.feed for source in sources}
        self.layouts: dict[str, Layout] = {code: layout for code, layout in layouts().items() if code in held}
        self._views()
        self.linked = self._links(links)
        engine.execute("create temp table kept_apart (name varchar)")
        if kept_apart:
            engine.executemany("insert into kept_apart values (?)", [[name] for name in kept_apart])

    def _views(self) -> None:
        self.engine.execute(
            "create temp table sources (source integer, feed varchar, organisation varchar, area varchar, covers_from date, covers_until date)"
        )
        for source in self.sources:
            row = [
                source.number,
                source.feed,
                source.organisation,
                source.area,
                source.covers_from,
                source.covers_until,
            ]
            self.engine.execute("insert into sources values (?, ?, ?, ?, ?, ?)", row)
            self.engine.execute(
                f"create temp view feed_{source.feed}_{source.number} as select {source.number} as source, *"
                f" from read_parquet({quoted(str(source.path))})"
            )
        for code in self.layouts:
            rows = [f"select * from feed_{code}_{source.number}" for source in self.sources if source.feed == code]
            self.engine.execute(f"create temp view feed_{code} as {' union all by name '.join(rows)}")

    def _links(self, links: Path | None) -> dict[str, str]:
        """Make `links`, and say of which feeds the numbers are looked up in it. Without a run of matching, only what a row itself
        says is taken: two numbers in one row are one person's."""
        columns = "feed varchar, source integer, scheme varchar, value varchar, person varchar, household varchar, register_person varchar"
        self.engine.execute(f"create temp table links ({columns})")
        if links is not None:
            self.engine.execute(
                f"""insert into links select l.feed, s.source, l.scheme, l.value, l.person, l.household, l.register_person
                    from read_parquet({quoted(str(links))}) l join sources s on s.feed = l.feed and s.organisation = l.organisation"""
            )
            return dict.fromkeys(self.layouts, sql.EVERYBODY_LINKED)
        return {feed: sql.SOME_TIED for layout in self.layouts.values() for feed in self._tie(layout)}

    def _tie(self, layout: Layout) -> list[str]:
        """Numbers that stand in a row beside a better known one are that one's, in everything that the same organisation sent."""
        tied = []
        kind, number = sql.number_of(layout)
        for scheme, column in layout.subjects.items() if len(layout.subjects) > 1 else ():
            feeds = [
                code
                for code, each in self.layouts.items()
                if scheme in each.subjects and sql.number_of(each)[1] != number
            ]
            if scheme in sql.EVERYWHERE or not feeds:
                continue
            self.engine.execute(
                f"""insert into links select t.feed, t.source, {sql.literal(scheme)}, p.value, p.person, null, null from (
                    select s.organisation, cast({column} as string) as value, min(concat({kind}, ':', {number})) as person
                    from feed_{layout.code} f join sources s on s.source = f.source
                    where {column} is not null and {kind} <> {sql.literal(scheme)}
                    group by 1, 2 having count(distinct {number}) = 1) p
                join sources t on t.organisation = p.organisation and t.feed in {sql.listed(feeds)}"""
            )
            tied += feeds
        return tied

    def who(self, rows: str, feed: str) -> str:
        """Rows, and who each is."""
        return sql.who(rows, feed, self.linked.get(feed, ""))

    def run(self, into: Path, before: Mapping[str, Before] | None = None) -> None:
        """Make `facts` and `flags`, and write them and the tallies into a folder.

        `before`: by feed, what an earlier run tallied, to which only later days are added.
        """
        self.tables.table("facts", sql.NO_FACTS)
        for number, layout in enumerate(self.layouts.values(), 1):
            self._tallied(layout, into, (before or {}).get(layout.code))
            self.tell(5 + 55 * number // max(len(self.layouts), 1))
        for rule in self.rules.told:
            self._one(rule)
        self.tables.without("facts", sql.KEPT_APART)
        self.tables.table("flags", sql.flags("facts"))
        self._combined()
        self._let_go_of_parts()
        self.tables.write(f"select {sql.FACT} from facts", into / "facts.parquet")
        self.tell(75)

    def _tallied(self, layout: Layout, into: Path, before: Before | None) -> None:
        tally = sql.tally_of([rule.indicator for rule in self.rules.told], layout, self.as_at)
        if tally is None:
            return
        rows, made = sql.counted(tally, self._later(layout, before)), ["tally", "whose_tally"]
        if before is not None:
            self.tables.table("later", rows)
            made.append("later")
            rows = sql.added(tally, self.tables.in_file(before.path), "later")
        self.tables.table("tally", rows)
        self.tables.write("select * from tally", into / f"tally_{layout.code}.parquet")
        whose = self.who("select * from tally", layout.code)
        mine = people = "whose_tally"
        if (
            layout.code in self.linked
            or len([s for s in self.sources if s.feed == layout.code]) > 1
            or len(layout.subjects) > 1
        ):
            people = "person_tally"  # somebody may be there under two numbers, or in two schools
            self.tables.table(mine, whose)
            self.tables.table(people, sql.by_person(tally, mine))
            made.append(people)
        else:
            self.tables.view(mine, whose)
        for rule in self.rules.told:
            if rule.code in tally.rules:
                self.tables.add("facts", sql.shares(tally, rule.indicator, people, mine))
        self.tables.drop(*made)

    def _later(self, layout: Layout, before: Before | None) -> list[sql.Counting]:
        """Which rows of each source of a feed are to be counted: all, or what is later than was counted before."""
        found = []
        for source in (source for source in self.sources if source.feed == layout.code):
            counted_to = before.counted_to.get(source.number) if before else None
            only = f"{layout.happened} > {sql.day(counted_to)}" if counted_to else "true"
            first = self.tables.day(
                f"select min({layout.happened}) from feed_{layout.code}_{source.number} where {only}"
            )
            found.append(sql.Counting(source.number, only, first or self.as_at))
        return found

    def _one(self, rule: Rule) -> None:
        """A rule that reads rows."""
        given = rule.indicator
        if given.facts is None or given.facts.feed not in self.layouts or (given.share and given.share.column):
            return
        if any(also.feed not in self.layouts for also in given.facts.also):
            return
        layout = self.layouts[given.facts.feed]
        rows = (sql.events if given.events else sql.state if given.state else sql.sums)(given, layout, self.as_at)
        also = sql.also(given, self.layouts, self.linked)
        found = f"select * from ({self.who(rows, layout.code)}) w where {also}"
        self.tables.add("facts", sql.thresholded(given, found))

    def _needs(self, rule: Rule) -> dict[str, str]:
        """The rules that a combination is made of, by the codes they are stored under, with their needs in its own framework."""
        needs: dict[str, str] = {}
        for code in rule.indicator.combination.indicators if rule.indicator.combination else ():
            part = self.rules.find(code)
            if part is not None:
                needs[part.code] = next(each.need for each in part.counts if each.code == code)
        return needs

    def _combined(self) -> None:
        """Rules made of others' flags; these were all made before, as no combination is made of combinations."""
        for named, by in sql.BY.items():
            mine: list[sql.Combined] = [
                (rule.indicator, needs)
                for rule in self.rules.told
                if (form := rule.indicator.combination) and form.by == named and (needs := self._needs(rule))
            ]
            if not mine:
                continue
            self.tables.table("together", sql.together(mine, by))
            for place, (indicator, its) in enumerate(mine):
                self.tables.add("facts", sql.combined(place, indicator, its, by))
            self.tables.drop("together")
        codes = [rule.code for rule in self.rules.told if rule.indicator.combination]
        if codes:
            self.tables.add("flags", sql.flags(f"facts where rule in {sql.listed(codes)}"))

    def _let_go_of_parts(self) -> None:
        """What counts in combinations alone has been counted: by itself it is no flag, and no evidence of one."""
        codes = [rule.code for rule in self.rules.told if rule.indicator.only_together]
        for name in ("facts", "flags") if codes else ():
            self.tables.without(name, f"rule in {sql.listed(codes)}")
