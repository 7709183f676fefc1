"""SQL made from rules: plain enough that DuckDB and Spark both speak it. Nothing else in this room writes SQL over feeds.

It reads a view for each feed (`feed_<code>`, with the number of its source in `source`), `sources` (their days) and `links`
(who a number is). Ratios are compared in whole numbers, so that exactly a tenth is a tenth. `string`, `concat`, `coalesce`,
`case` and date literals are common to both; regular expressions, lists and `group by all` are not, and are not used.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hearth.foundation.core.packs.indicators import Ages, Facts, Indicator
from hearth.intelligence.feeds.layout import Layout
from hearth.intelligence.insight.windows import Window, window_of, years_before

EVERYWHERE = ("upn", "nhs_number")  # numbers that mean the same person whoever sends them
# What every fact is: whose, by which rule, from which source, of which days, how much of how much, and what marks it as the same.
FACT = "rule, person, household, register_person, number, source, on_day, until_day, part, whole, mark, said"


def literal(text: str) -> str:
    """A string."""
    return "'" + text.replace("'", "''") + "'"


def day(value: dt.date) -> str:
    """A day."""
    return f"date '{value.isoformat()}'"


def listed(values: Iterable[str]) -> str:
    """Strings between brackets."""
    return "(" + ", ".join(literal(value) for value in values) + ")"


def number_of(layout: Layout) -> tuple[str, str]:
    """Which kind of number a row is known by, and the number: one that is known everywhere, else the first that it has."""
    schemes = sorted(layout.subjects, key=lambda scheme: scheme not in EVERYWHERE)
    columns = [(scheme, f"cast({layout.subjects[scheme]} as string)") for scheme in schemes]
    if len(columns) == 1:
        return literal(columns[0][0]), columns[0][1]
    kinds = " ".join(f"when {column} is not null then {literal(scheme)}" for scheme, column in columns)
    return f"case {kinds} end", f"coalesce({', '.join(column for _, column in columns)})"


NO_FACTS = f"""select {", ".join(f"cast(null as {kind}) as {name}" for name, kind in (
    *((name, "string") for name in ("rule", "person", "household", "register_person", "number")), ("source", "integer"),
    ("on_day", "date"), ("until_day", "date"), ("part", "bigint"), ("whole", "bigint"), ("mark", "string"), ("said", "string"),
))} where false"""  # fmt: skip
# Whoever is restricted, and everybody of their household, is in nothing that is worked out.
KEPT_APART = """coalesce(household, person) in (
        select coalesce(household, person) from facts
            where number in (select name from kept_apart) or person in (select name from kept_apart)
                or register_person in (select name from kept_apart)
        union select coalesce(household, person) from links
            where concat(scheme, ':', value) in (select name from kept_apart) or register_person in (select name from kept_apart))"""
Combined = tuple[Indicator, Mapping[str, str]]  # a combination, and the need of each rule's code
BY = {"family": "coalesce(household, person)", "person": "person"}
EVERYBODY_LINKED, SOME_TIED = "join", "left join"


def who(rows: str, feed: str, linked: str = "") -> str:
    """Rows with `scheme`, `value` and `source`, and who each is: somebody who was linked, else the number itself.

    Where matching has run (`EVERYBODY_LINKED`), a number that it leaves out is left out: somebody restricted may be behind it.
    """
    own = "concat(r.scheme, ':', r.value)"
    if not linked:
        nobody = "cast(null as string)"
        return f"select r.*, {own} as person, {nobody} as household, {nobody} as register_person, {own} as number from ({rows}) r"
    return f"""select r.*, coalesce(l.person, {own}) as person, l.household, l.register_person, {own} as number
        from ({rows}) r {linked} links l
        on l.feed = {literal(feed)} and l.source = r.source and l.scheme = r.scheme and l.value = r.value"""


def _any_of(values: dict[str, tuple[str, ...]], begins: dict[str, tuple[str, ...]]) -> str:
    found = [f"lower(cast({name} as string)) in {listed(v.lower() for v in these)}" for name, these in values.items()]
    found += [
        f"lower(cast({name} as string)) like {literal(start.lower() + '%')}"
        for name, starts in begins.items()
        for start in starts
    ]
    return "(" + " or ".join(found) + ")"


def _aged(ages: Ages, born: str, as_at: dt.date) -> str:
    young, old = years_before(as_at, ages.youngest), years_before(as_at, ages.oldest + 1)
    aged = f"{born} <= {day(young)} and {born} > {day(old)}"
    return f"({aged} and {_any_of(ages.where, {})})" if ages.where else f"({aged})"


def that_count(facts: Facts, layout: Layout, as_at: dt.date) -> str:
    """The condition on a row of the feed."""
    conditions = [f"{number_of(layout)[1]} is not null"]
    if facts.where:
        conditions.append(_any_of(facts.where, {}))
    if facts.begins:
        conditions.append(_any_of({}, facts.begins))
    conditions += [f"{name} is null" for name in facts.blank]
    if facts.ages:
        born = layout.people["birth_date"]
        conditions.append("(" + " or ".join(_aged(ages, born, as_at) for ages in facts.ages) + ")")
    return " and ".join(conditions)


def _said(facts: Facts, layout: Layout) -> str:
    """The columns that a rule asks about, as words of its evidence: `offence`, `part`."""
    named = dict.fromkeys([*facts.where, *facts.begins])
    parts = [f"coalesce(cast({name} as string), '')" for name in named]
    between = f", {literal(' · ')}, "
    return f"concat({between.join(parts)}, '')" if parts else "''"


def events(rule: Indicator, layout: Layout, as_at: dt.date) -> str:
    """Rows of things that happened in the window."""
    assert rule.events is not None  # noqa: S101 - the caller's kind
    window, happened = window_of(rule.window, as_at), layout.happened
    inside = f"{happened} >= {day(window.from_on)} and {happened} <= {day(window.until_on)}"
    return _rows(rule.events, layout, as_at, f"{inside}", happened, happened)


def state(rule: Indicator, layout: Layout, as_at: dt.date) -> str:
    """Rows that are so in the window: begun by its last day, and not over before its first."""
    form = rule.state
    assert form is not None  # noqa: S101 - the caller's kind
    window, conditions = window_of(rule.window, as_at), []
    if form.begins_on:
        conditions.append(f"({form.begins_on} is null or {form.begins_on} <= {day(window.until_on)})")
    if form.ends_on:
        conditions.append(f"({form.ends_on} is null or {form.ends_on} >= {day(window.from_on)})")
    begun = form.begins_on or layout.happened or "cast(null as date)"
    return _rows(form, layout, as_at, " and ".join(conditions) or "true", begun, form.ends_on or "cast(null as date)")


def _rows(facts: Facts, layout: Layout, as_at: dt.date, inside: str, on_day: str, until_day: str) -> str:
    kind, number = number_of(layout)
    return f"""select source, {kind} as scheme, {number} as value, {on_day} as on_day, {until_day} as until_day,
        cast(1 as bigint) as part, cast(null as bigint) as whole,
        concat({literal(layout.code + " ")}, cast(_key as string)) as mark, {_said(facts, layout)} as said
        from feed_{layout.code} where {that_count(facts, layout, as_at)} and {inside}"""


def sums(rule: Indicator, layout: Layout, as_at: dt.date) -> str:
    """A share whose rows hold sums, such as a term's: of the last period that each source sent."""
    form = rule.share
    assert form is not None  # noqa: S101 - the caller's kind
    kind, number = number_of(layout)
    window = window_of(rule.window, as_at)
    last = (
        f"s.covers_until = (select max(x.covers_until) from sources x where x.feed = s.feed and x.organisation = s.organisation and x.area = s.area"
        f" and x.covers_from <= {day(as_at)})"
        if rule.window == "latest"
        else f"s.covers_until >= {day(window.from_on)} and s.covers_from <= {day(window.until_on)}"
    )
    part = " + ".join(f"coalesce({name}, 0)" for name in form.part)
    whole = " + ".join(f"coalesce({name}, 0)" for name in form.whole)
    return f"""select r.source, {kind} as scheme, {number} as value, s.covers_from as on_day, s.covers_until as until_day,
        cast({part} as bigint) as part, cast({whole} as bigint) as whole,
        concat({literal(layout.code + " ")}, cast(s.covers_from as string)) as mark, '' as said
        from feed_{layout.code} r join sources s on s.source = r.source
        where {that_count(form, layout, as_at)} and {last}"""


@dataclass(frozen=True)
class Tally:
    """Marks of one feed counted by person for several rules in one reading: what each rule's part and whole are called in it."""

    layout: Layout
    column: str
    counted: dict[str, tuple[Window, tuple[str, ...]]] = field(default_factory=dict)
    rules: dict[str, tuple[str, str]] = field(default_factory=dict)  # rule: the names of its part and its whole
    parts: tuple[str, ...] = ()

    @property
    def from_on(self) -> dt.date:
        """The first day that any rule looks at."""
        return min(window.from_on for window, _ in self.counted.values())

    @property
    def columns(self) -> list[str]:
        """Everything that is added up, in order."""
        return [*self.counted, *(f"last_{part}" for part in self.parts)]


def tally_of(rules: Sequence[Indicator], layout: Layout, as_at: dt.date) -> Tally | None:
    """How the marks of a feed are counted for every rule that asks for a share of them; none where no rule does."""
    asking = [rule for rule in rules if rule.share and rule.share.column and rule.share.feed == layout.code]
    if not asking:
        return None
    names: dict[tuple[Window, tuple[str, ...]], str] = {}
    by_rule: dict[str, tuple[str, str]] = {}
    parts: dict[str, None] = {}
    for rule in asking:
        assert rule.share is not None  # noqa: S101 - asked above
        window = window_of(rule.window, as_at)
        part, whole = (
            names.setdefault((window, tuple(sorted(words))), f"n{len(names)}")
            for words in (rule.share.part, rule.share.whole)
        )
        by_rule[rule.code] = (part, whole)
        parts[part] = None
    column = asking[0].share.column if asking[0].share else ""
    return Tally(layout, column, {name: said for said, name in names.items()}, by_rule, tuple(parts))


def _kinds(tally: Tally) -> tuple[dict[str, int], str, list[str]]:
    """A small number for each word that a mark can mean; the number of a mark in SQL (nought: none that counts); and the commonest
    marks, which all count alike: a feed has its commonest first."""
    known = {code: tally.layout.meaning(tally.column, code) for code in tally.layout.column(tally.column).codes}
    words = dict.fromkeys(word for _, these in tally.counted.values() for word in these)
    numbers = {word: place for place, word in enumerate(words, 1)}
    cases = " ".join(
        f"when {tally.column} in {listed(code for code, word in known.items() if word == wanted)} then {number}"
        for wanted, number in numbers.items()
        if wanted in known.values()
    )

    def counts_as(word: str) -> list[bool]:
        return [word in these for _, these in tally.counted.values()]

    first = counts_as(next(iter(known.values())))
    return numbers, f"case {cases} else 0 end", [code for code, word in known.items() if counts_as(word) == first]


@dataclass(frozen=True)
class Counting:
    """A source of a feed of marks: the rows to be counted, in SQL, and the first day of any of its rows."""

    source: int
    only: str
    first: dt.date


def counted(tally: Tally, sources: Sequence[Counting]) -> str:
    """Marks counted by source and number.

    Each source is counted apart, as grouping by a number alone takes half the time of grouping by a source and a number.
    """
    return " union all ".join(_counted(tally, source) for source in sources)


def _counted(tally: Tally, given: Counting) -> str:
    """One source's marks. Read twice, as most say the same: all rows are counted by their days alone, and the few others by what they
    mean. Windows that begin before its first row are one: a source of a term is counted once, however far back rules look. The last
    day of a shorter window is that of the longest, where it is not too early."""
    kind, number = number_of(tally.layout)
    happened, newest = tally.layout.happened, max(window.until_on for window, _ in tally.counted.values())
    numbers, meant, common = _kinds(tally)
    plain = next(iter(_words_of(tally, common)))
    rows = f"""from feed_{tally.layout.code}_{given.source} where {happened} >= {day(tally.from_on)} and {happened} <= {day(newest)}
        and {number} is not null and {given.only}"""
    every = {"count(*)": "all_0"}  # each thing that is counted, and what it is called
    others: dict[str, str] = {}
    shown = []
    for name, (window, words) in tally.counted.items():
        since = f"on_day >= {day(window.from_on)} and " if window.from_on > given.first else ""
        named, whole = ", ".join(str(numbers[word]) for word in words), plain in words
        if whole:
            all_ = every.setdefault(
                f"count(case when {since}true then 1 end)" if since else "count(*)", f"all_{len(every)}"
            )
        count = f"count(case when {since}meant {'not in' if whole else 'in'} ({named}) then 1 end)"
        found = others.setdefault(count, f"some_{len(others)}")
        shown.append(f"{f'e.{all_} - ' if whole else ''}coalesce(o.{found}, 0) as {name}")
        if name in tally.parts:
            last = others.setdefault(f"max(case when meant in ({named}) then on_day end)", f"some_{len(others)}")
            shown.append(f"case when o.{last} >= {day(window.from_on)} then o.{last} end as last_{name}")
    by = "scheme, value" if len(tally.layout.subjects) > 1 else "value"
    row = f"{kind} as scheme, {number} as value, {happened} as on_day"
    uncommon = f"({tally.column} is null or {tally.column} not in {listed(common)})"
    same = " and ".join(f"o.{name} = e.{name}" for name in by.split(", "))
    return f"""select {given.source} as source, {"e.scheme" if "scheme" in by else f"{kind} as scheme"}, e.value, {", ".join(shown)}
        from (select {by}, {_named(every)} from (select {row} {rows}) r group by {by}) e
        left join (select {by}, {_named(others)} from (select {row}, {meant} as meant {rows} and {uncommon}) r group by {by}) o on {same}"""


def _named(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{sql} as {name}" for sql, name in columns.items())


def _words_of(tally: Tally, codes: Iterable[str]) -> list[str]:
    return [tally.layout.meaning(tally.column, code) for code in codes]


def added(tally: Tally, *rows: str) -> str:
    """What was counted in several readings, put together by source and number."""
    columns = [f"cast(sum({name}) as bigint) as {name}" for name in tally.counted]
    columns += [f"max(last_{part}) as last_{part}" for part in tally.parts]
    names = ", ".join(["source", "scheme", "value", *tally.columns])
    together = " union all ".join(f"select {names} from {each}" for each in rows)
    return f"select source, scheme, value, {', '.join(columns)} from ({together}) t group by source, scheme, value"


def by_person(tally: Tally, rows: str) -> str:
    """What was counted of each person, whatever the number and the source."""
    return f"select person, {', '.join(f'sum({name}) as {name}' for name in tally.counted)} from {rows} group by person"


def shares(tally: Tally, rule: Indicator, people: str, rows: str) -> str:
    """Facts of a rule from a tally: what each source counted of whoever reaches the share. No whole, no share."""
    assert rule.share is not None  # noqa: S101 - a tally's rule
    part, whole = tally.rules[rule.code]
    window = tally.counted[part][0]
    reached = f"{whole} > 0 and {part} * 100 >= {whole} * {rule.share.at_least_percent}"
    mine = (
        f"{part} > 0" if people == rows else f"{part} > 0 and person in (select person from {people} where {reached})"
    )
    return f"""select {literal(rule.code)} as rule, person, household, register_person, number, source,
        {day(window.from_on)} as on_day, last_{part} as until_day, {part} as part, {whole} as whole,
        {literal(f"{tally.layout.code} {window.from_on.isoformat()}")} as mark, '' as said
        from {rows} where {mine}{f" and {reached}" if people == rows else ""}"""


def thresholded(rule: Indicator, facts: str) -> str:
    """Facts of whoever reaches the rule's threshold, from a SELECT of everybody's; who reaches it is counted before they are put into words."""
    reached = ""
    if rule.share:
        reached = f"having sum(whole) > 0 and sum(part) * 100 >= sum(whole) * {rule.share.at_least_percent}"
    elif rule.events and rule.events.at_least > 1:
        reached = f"having count(*) >= {rule.events.at_least}"
    conditions = [f"person in (select person from ({facts}) e group by person {reached})"] if reached else []
    conditions += ["part > 0"] if rule.share else []
    where = f" where {' and '.join(conditions)}" if conditions else ""
    return f"select {literal(rule.code)} as rule, {FACT.partition(', ')[2]} from ({facts}) f{where}"


def also(rule: Indicator, layouts: dict[str, Layout], linked: Mapping[str, str]) -> str:
    """The condition that a person is in other feeds too."""
    conditions = []
    for each in rule.facts.also if rule.facts else ():
        kind, number = number_of(layouts[each.feed])
        where = f" where {_any_of(each.where, {})}" if each.where else ""
        rows = f"select source, {kind} as scheme, {number} as value from feed_{each.feed}{where}"
        conditions.append(f"person in (select person from ({who(rows, each.feed, linked.get(each.feed, ''))}) o)")
    return " and ".join(conditions) or "true"


def flags(facts: str) -> str:
    """A flag for each rule and person, of facts."""
    who = "rule, person, household, register_person"
    return f"""select {who}, min(number) as number, min(source) as source, min(on_day) as on_day,
        max(coalesce(until_day, on_day)) as until_day from {facts} group by {who}"""


def together(combinations: Sequence[Combined], by: str) -> str:
    """Everybody who has enough flags for a combination that counts by person or by family (`by`): `k`, and whether each is `met_...`.

    Flags are grouped once for all of them: what somebody has is a sum of powers of two, one for each need, or each rule.
    """
    met = []
    for rule, needs in combinations:
        form = rule.combination
        assert form is not None  # noqa: S101 - the caller's kind
        counted = {code: need if form.counting == "needs" else code for code, need in needs.items()}
        power = {each: 1 << n for n, each in enumerate(dict.fromkeys(counted.values()))}
        cases = " ".join(f"when {literal(code)} then {power[each]}" for code, each in counted.items())
        met.append(f"bit_count(bit_or(cast(case rule {cases} else 0 end as bigint))) >= {form.at_least}")
    columns = ", ".join(f"{enough} as met_{place}" for place, enough in enumerate(met))
    return f"select {by} as k, {columns} from flags group by {by} having {' or '.join(met)}"


def combined(place: int, rule: Indicator, needs: Mapping[str, str], by: str) -> str:
    """Facts of the combination at a place of `together`: one for each flag that makes it up, of whoever has enough."""
    return f"""select {literal(rule.code)} as rule, person, household, register_person, number, source, on_day, until_day,
        cast(1 as bigint) as part, cast(null as bigint) as whole, rule as mark, rule as said
        from flags where rule in {listed(needs)} and {by} in (select k from together where met_{place})"""
