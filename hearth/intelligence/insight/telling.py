"""What a run found, put together by family: flags with their evidence, who is in it, who already works with them. In DuckDB."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from hearth.intelligence.feeds.layout import CONTACT, Involvement
from hearth.intelligence.insight import sql
from hearth.intelligence.insight.computing import Work

SHOWN = 20  # facts that a flag keeps beside it; how many there are is kept too
MOST_MARKS = 300
FAMILY = "coalesce(household, person)"


def prepare(work: Work) -> None:
    """Make `told_people`, `told_helpers`, `told_flags` and `told_families` from the facts."""
    engine = work.engine
    together = ", ".join(
        sql.literal(rule.code)
        for rule in work.rules.told
        if rule.indicator.combination and rule.indicator.combination.by == "family"
    )
    of_family = f"rule in ({together})" if together else "false"
    engine.execute(f"create temp table concerned as select distinct person, {FAMILY} as family from facts")
    engine.execute("""create temp table source_names as select s.source, s.feed, s.organisation from sources s""")
    engine.execute(
        f"""create temp table told_flags as
            select rule, who as person, family, count(*) as facts, max(on_last) as latest_on,
                to_json(list({{'feed': feed, 'organisation': organisation, 'on': on_day::varchar, 'until': until_day::varchar,
                    'part': part, 'whole': whole, 'said': said, 'person': person}} order by on_last desc, mark)[1:{SHOWN}])::varchar as evidence,
                list_sort(list_distinct(list(mark)))[1:{MOST_MARKS}] as marks,
                list_sort(list_distinct(list(concat(feed, ' ', organisation)))) as sources,
                list_sort(list_distinct(list(number))) as numbers
            from (select f.*, {FAMILY} as family, case when {of_family} then {FAMILY} else person end as who,
                    case when on_day is null or until_day > on_day then coalesce(until_day, on_day) else on_day end as on_last,
                    s.feed, s.organisation from facts f join sources s on s.source = f.source) x
            group by rule, who, family"""
    )
    _people(work)
    _helpers(work)
    _families(work)


def _with_who(work: Work, feed: str, columns: str) -> str:
    """Rows of a feed, of people of concern only, with who they are."""
    kind, number = sql.number_of(work.layouts[feed])
    rows = f"select source, {kind} as scheme, {number} as value, {columns} from feed_{feed} where {number} is not null"
    return f"select w.* from ({work.who(rows, feed)}) w where w.person in (select person from concerned)"


def _people(work: Work) -> None:
    """Names and birth dates, by the feed that says them; somebody of whom none is held has a number alone."""
    columns = "person varchar, number varchar, feed varchar, source integer, given varchar, family_name varchar, born_on date, sex varchar"
    work.engine.execute(f"create temp table told_people ({columns})")
    for code, layout in work.layouts.items():
        if "family_name" not in layout.people:
            continue
        given, surname = layout.people.get("given_name", "null"), layout.people["family_name"]
        born, sex = layout.people.get("birth_date", "null"), layout.people.get("sex", "null")
        said = (
            f"{given}::varchar as given, {surname}::varchar as surname, {born}::date as born_on, {sex}::varchar as sex"
        )
        work.engine.execute(
            f"""insert into told_people select person, any_value(number), {sql.literal(code)}, any_value(source),
                any_value(given), any_value(surname), any_value(born_on), any_value(sex) from ({_with_who(work, code, said)}) p group by person"""
        )


def _helpers(work: Work) -> None:
    """Who already works with somebody, from feeds that say whom to ring; what is over is left out."""
    columns = "person varchar, feed varchar, source integer, status varchar, starts_on date, contact varchar, phone varchar, email varchar"
    work.engine.execute(f"create temp table told_helpers ({columns})")
    for code, layout in work.layouts.items():
        given = layout.involvement
        if given is None or not given.contact:
            continue
        # In which way, where a feed says that; else whether it goes on.
        status = "status" if "status" in {column.name for column in layout.columns} else given.standing or "null"
        contact = [f"{given.contact.get(name, 'null')}::varchar as {name}" for name in CONTACT]
        said = (
            f"{status}::varchar as status, {given.from_on or 'null'}::date as starts_on, {', '.join(contact)},"
            f" ({_goes_on(given, work.as_at)}) as now"
        )
        work.engine.execute(
            f"""insert into told_helpers select distinct person, {sql.literal(code)}, source, status, starts_on, name, phone, email
                from ({_with_who(work, code, said)}) p where now and (name is not null or phone is not null or status is not null)"""
        )


def _goes_on(given: Involvement, as_at: dt.date) -> str:
    """The condition that it is not over."""
    conditions = [f"({given.until_on} is null or {given.until_on} >= {sql.day(as_at)})"] if given.until_on else []
    if given.standing and given.past:
        past = sql.listed(code.lower() for code in given.past)
        conditions.append(f"({given.standing} is null or lower({given.standing}) not in {past})")
    return " and ".join(conditions) or "true"


def _families(work: Work) -> None:
    work.engine.execute(
        f"""create temp table areas_of as select {FAMILY} as family, f.register_person, f.number, f.source from facts f"""
    )
    work.engine.execute(
        """create temp table told_families as
            select c.family, max(case when c.family <> c.person then 1 else 0 end) = 1 as is_household,
                to_json(list({'key': c.person, 'name': trim(concat(coalesce(p.given, ''), ' ', coalesce(p.family_name, ''))),
                    'born': p.born_on::varchar, 'sex': p.sex, 'feed': p.feed, 'source': p.source} order by p.born_on, c.person))::varchar as people,
                max(p.family_name) as surname, count(distinct c.person) as many, max(p.born_on) as youngest
            from concerned c left join (
                select person, arg_min(given, feed) as given, arg_min(family_name, feed) as family_name, min(born_on) as born_on,
                    min(sex) as sex, min(feed) as feed, arg_min(source, feed) as source from told_people group by person) p
            on p.person = c.person group by c.family"""
    )
    work.engine.execute(
        """create temp table told_more as
            select c.family,
                (select to_json(list({'feed': h.feed, 'source': h.source, 'status': h.status, 'since': h.starts_on::varchar,
                    'contact': h.contact, 'phone': h.phone, 'email': h.email, 'person': h.person} order by h.feed, h.starts_on))::varchar
                    from told_helpers h join concerned d on d.person = h.person where d.family = c.family) as helpers
            from (select distinct family from concerned) c"""
    )
    work.engine.execute(
        """create temp table told_names as
            select family, list_sort(list_distinct(list(name))) as names from (
                select c.family, concat(l.scheme, ':', l.value) as name from concerned c join links l on l.person = c.person
                union all select family, number from areas_of where number is not null
                union all select family, register_person from areas_of where register_person is not null
                union all select family, person from concerned) n group by family"""
    )


def families(work: Work) -> Iterator[list[tuple[Any, ...]]]:
    """Batches of (key, household, people, surname, how many, helpers, names, register keys, district that a source is about)."""
    found = work.engine.execute(
        """select f.family, f.is_household, f.people, f.surname, f.many, coalesce(m.helpers, '[]'), n.names,
                (select list_distinct(list(register_person)) from areas_of a where a.family = f.family and register_person is not null),
                (select list_distinct(list(source)) from areas_of a where a.family = f.family)
            from told_families f join told_more m using (family) join told_names n using (family)"""
    )
    while batch := found.fetchmany(10_000):
        yield batch


def flags(work: Work) -> Iterator[list[tuple[Any, ...]]]:
    """Batches of (rule, person, family key, facts, newest day, evidence, marks, sources, hash)."""
    found = work.engine.execute(
        """select rule, person, family, facts, latest_on, evidence, marks, sources,
            md5(concat(evidence, array_to_string(marks, ' '), facts)) from told_flags"""
    )
    while batch := found.fetchmany(10_000):
        yield batch
