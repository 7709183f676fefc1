"""Puts what a run found where pages read it: only rows that changed are written, and what people decided is kept."""

import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from hearth.foundation.core import clock
from hearth.foundation.core.references import new_reference
from hearth.intelligence.insight import telling
from hearth.intelligence.insight.computing import Work
from hearth.intelligence.insight.models import FamilyOfConcern, Flag

STAGED_FAMILIES = """create temp table staged_families (id uuid, reference text, key text, is_household boolean, area_id uuid, name text,
    people jsonb, helpers jsonb, names text[], content_hash text) on commit drop"""
STAGED_FLAGS = """create temp table staged_flags (id uuid, rule text, person text, key text, facts int, latest_on date, evidence jsonb,
    marks text[], sources text[], content_hash text) on commit drop"""
FAMILIES = """insert into insight_familyofconcern as f (id, created_at, reference, key, is_household, area_id, name, people, helpers, names,
        open_flags, undecided, request, content_hash)
    select id, %(now)s, reference, key, is_household, area_id, name, people, helpers, names, 0, 0, '', content_hash from staged_families
    on conflict (key) do update set is_household = excluded.is_household, area_id = excluded.area_id, name = excluded.name,
        people = excluded.people, helpers = excluded.helpers, names = excluded.names, content_hash = excluded.content_hash
    where f.content_hash <> excluded.content_hash"""
FLAGS = """insert into insight_flag as f (id, created_at, family_id, rule, person, evidence, facts, marks, sources, latest_on, state, is_found,
        found_at, returned, content_hash)
    select s.id, %(now)s, c.id, s.rule, s.person, s.evidence, s.facts, s.marks, s.sources, s.latest_on, 'open', true, %(now)s, false, s.content_hash
    from staged_flags s join insight_familyofconcern c on c.key = s.key
    on conflict (rule, person) do update set family_id = excluded.family_id, evidence = excluded.evidence, facts = excluded.facts,
        marks = excluded.marks, sources = excluded.sources, latest_on = excluded.latest_on, is_found = true, content_hash = excluded.content_hash
    where f.content_hash <> excluded.content_hash or not f.is_found or f.family_id <> excluded.family_id"""
# A flag that nobody decided and the rule no longer finds is gone; one that was decided stays, with what was decided.
GONE = """update insight_flag f set is_found = false where f.is_found
    and not exists (select 1 from staged_flags s where s.rule = f.rule and s.person = f.person)"""
FORGOTTEN = """delete from insight_flag f where not f.is_found
    and not exists (select 1 from insight_flagdecision d where d.flag_id = f.id)"""
# What was decided of somebody by one number holds when they are known by another, or by who they turned out to be.
CARRIED = """with carried as (
        select distinct on (d.id) d.id as decision, f.id as flag, f.family_id, d.kind from insight_flagdecision d
        join insight_flag was on was.id = d.flag_id and not was.is_found
        join insight_familyofconcern c on c.names && d.numbers
        join insight_flag f on f.family_id = c.id and f.rule = was.rule and f.is_found and f.state = 'open' and f.marks <@ d.marks
        where d.undone_at is null and not exists (select 1 from insight_flagdecision o where o.flag_id = f.id and o.undone_at is null)
        order by d.id, f.id),
    moved as (update insight_flagdecision d set flag_id = c.flag, family_id = c.family_id from carried c where d.id = c.decision)
    update insight_flag f set state = case when c.kind = 'dismissed' then 'dismissed' else 'confirmed' end from carried c where f.id = c.flag"""
# Dismissed, and now on evidence that was not there when it was: it returns, and says so.
RETURNED = """with back as (
        select f.id from insight_flag f join insight_flagdecision d on d.flag_id = f.id and d.undone_at is null
        where f.state = 'dismissed' and f.is_found and not f.marks <@ d.marks),
    over as (update insight_flagdecision d set undone_at = %(now)s from back where d.flag_id = back.id and d.undone_at is null)
    update insight_flag f set state = 'open', returned = true from back where f.id = back.id"""
DECISIONS_MOVE = """update insight_flagdecision d set family_id = f.family_id from insight_flag f
    where f.id = d.flag_id and f.family_id <> d.family_id"""
TOLD_MOVES = """update insight_familytold t set family_id = c.id from insight_familyofconcern o, insight_familyofconcern c
    where t.family_id = o.id and o.key not in (select key from staged_families) and c.key in (select key from staged_families)
    and c.names && o.names"""
COUNTED = """update insight_familyofconcern f set open_flags = n.found, undecided = n.undecided, latest_on = n.latest_on from (
        select c.id, count(g.id) as found, count(g.id) filter (where g.state = 'open') as undecided, max(g.latest_on) as latest_on
        from insight_familyofconcern c left join insight_flag g on g.family_id = c.id and g.is_found and g.state <> 'dismissed' {only}
        group by c.id) n
    where n.id = f.id and (f.open_flags, f.undecided, f.latest_on) is distinct from (n.found::smallint, n.undecided::smallint, n.latest_on)"""
EMPTY = """delete from insight_familyofconcern f where f.request = '' and not exists (select 1 from insight_flag g where g.family_id = f.id)
    and not exists (select 1 from insight_familytold t where t.family_id = f.id)
    and not exists (select 1 from insight_flagdecision d where d.family_id = f.id)"""


def publish(work: Work) -> tuple[int, int]:
    """Write what was found, in the transaction that is open; gives how many families and flags stand."""
    telling.prepare(work)
    with connection.cursor() as cursor:
        cursor.execute(STAGED_FAMILIES)
        cursor.execute(STAGED_FLAGS)
        for rows in _families(work):
            _copy(cursor, "staged_families", rows)
        for batch in telling.flags(work):
            _copy(cursor, "staged_flags", [[uuid.uuid4(), *row] for row in batch])
        cursor.execute("analyze staged_families")
        cursor.execute("analyze staged_flags")
        for statement in (
            FAMILIES, FLAGS, GONE, CARRIED, FORGOTTEN, RETURNED, DECISIONS_MOVE, TOLD_MOVES, COUNTED.format(only=""), EMPTY,
        ):  # fmt: skip
            cursor.execute(statement, {"now": clock.now()} if "%(now)s" in statement else None)
        cursor.execute("drop table staged_families; drop table staged_flags")
    standing = FamilyOfConcern.objects.filter(open_flags__gt=0).count()
    return standing, Flag.objects.filter(is_found=True).exclude(state=Flag.State.DISMISSED).count()


def _copy(cursor: Any, table: str, rows: Sequence[Sequence[Any]]) -> None:
    with cursor.copy(f"copy {table} from stdin") as copying:
        for row in rows:
            copying.write_row(row)


def _families(work: Work) -> Iterator[list[Sequence[Any]]]:
    """Batches of rows for the database: each with a reference that is free, where it lives, and what to call it."""
    taken = set(FamilyOfConcern.objects.values_list("reference", flat=True))
    organisations = {source.number: source.organisation for source in work.sources}
    districts = {source.number: source.area for source in work.sources if source.area}
    for batch in telling.families(work):
        homes = _homes({person for row in batch for person in row[7] or ()})
        rows: list[Sequence[Any]] = []
        for key, household, people, surname, many, helpers, names, register, sources in batch:
            area = next((homes[person] for person in register or () if homes.get(person)), None)
            area = area or next(
                (uuid.UUID(districts[number]) for number in sorted(sources) if number in districts), None
            )
            told = [_with_organisation(each, organisations) for each in json.loads(people)]
            helping = [_with_organisation(each, organisations) for each in json.loads(helpers)]
            name = _called(surname, told, many)
            said = json.dumps([told, helping, names, str(area), household, name], sort_keys=True)
            digest = hashlib.md5(said.encode(), usedforsecurity=False).hexdigest()
            rows.append(
                [
                    uuid.uuid4(),
                    _free(taken),
                    key,
                    household,
                    area,
                    name,
                    json.dumps(told),
                    json.dumps(helping),
                    names,
                    digest,
                ]
            )
        yield rows


def _with_organisation(each: dict[str, Any], organisations: dict[int, str]) -> dict[str, Any]:
    number = each.pop("source", None)
    return {**each, "organisation": organisations.get(number, "") if number is not None else ""}


def _called(surname: str | None, people: list[dict[str, Any]], many: int) -> str:
    if surname:
        return f"The {surname} family"[:200] if many > 1 else (people[0]["name"] or surname)[:200]
    return "Name not sent" if many == 1 else f"{many} people, names not sent"


def _free(taken: set[str]) -> str:
    while (reference := new_reference("FC")) in taken:
        pass
    taken.add(reference)
    return reference


def _homes(people: set[str]) -> dict[str, Any]:
    """The district of those who are on the register."""
    if not people:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("select person::text, area from hearth_register_facts(%s::uuid[])", [sorted(people)])
        return dict(cursor.fetchall())


def count_again(family: FamilyOfConcern) -> None:
    """The figures of one family, after somebody decided."""
    flags = Flag.objects.filter(family=family, is_found=True).exclude(state=Flag.State.DISMISSED)
    found = list(flags.values_list("state", "latest_on"))
    family.open_flags, family.undecided = len(found), sum(state == Flag.State.OPEN for state, _ in found)
    family.latest_on = max((day for _, day in found if day), default=None)
    family.save(update_fields=["open_flags", "undecided", "latest_on"])
