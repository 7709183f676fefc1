"""SQL of the look-up, with the reader's filter inside and a fixed answer. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import PLANNED_ONCE, gate_function
from hearth.records.people.policies import may_open
from hearth.records.people.search.likeness.functions import NOTE, SIGNATURE

# What somebody who may not open a record is told needs both names whole and the birth date or the postcode: a guess tells nothing.
_LOOK_UP = f"""
    with scored as materialized (
        select distinct on (a.person_id) a.person_id, a.g, a.f, a.b, a.h, a.n, a.odds,
            bool_or(a.words @> given_words and a.words @> family_words) over (partition by a.person_id)
                and cardinality(given_words) > 0 and cardinality(family_words) > 0 as certain
        from hearth_alike(given_words, other_forms, family_words, born, known, code, numbers) a
        order by a.person_id, a.odds desc
    ),
    opened as (
        select s.*, h.reference, h.name from (select * from scored order by odds desc, person_id limit 40) s
        join lateral (
            select f.id, f.reference, f.name from people_membership m join people_family f on f.id = m.family_id
            where m.person_id = s.person_id and {may_open("f")} order by m.until_on desc nulls first, f.id limit 1
        ) h on true
    ),
    covered as (
        select exists (
            select 1 from accounts_user u join accounts_organisation o on o.id = u.organisation_id
            where u.id = hearth_reader() and u.is_active and (o.is_authority or exists (
                select 1 from sharing_agreement g where g.organisation_id = o.id and 'look_up' = any(g.purposes)
                and g.ended_at is null and g.from_on <= day and g.until_on >= day))
        ) as yes
    ),
    known as (
        select distinct k.area, k.contact_name, k.contact_organisation, k.contact_phone from scored s
        join lateral (
            select ar.name as area, l.full_name as contact_name, l.organisation as contact_organisation, l.phone as contact_phone
            from people_membership m join people_family f on f.id = m.family_id join accounts_area ar on ar.id = f.area_id
            left join lateral (
                select u.full_name, o.name as organisation, u.phone from people_access x
                join accounts_user u on u.id = x.user_id and u.is_active join accounts_organisation o on o.id = u.organisation_id
                where x.family_id = f.id and x.why = 'lead_practitioner' and x.ended_at is null
                and (x.until_at is null or x.until_at > now()) order by x.from_at desc limit 1
            ) l on true
            where m.person_id = s.person_id and not f.restricted order by m.until_on desc nulls first, f.id limit 1
        ) k on true
        where s.certain and (s.b = 1 or ((s.h = 1 or s.n) and s.b not in (5, 7, 8))) and (select yes from covered)
        and not exists (select 1 from opened o where o.person_id = s.person_id)
        limit 3
    )
    select true, p.reference::text, trim(p.given_name || ' ' || p.family_name), p.born_on, p.birth_precision::text,
        o.reference::text, o.name::text,
        array_remove(array[
            case when o.n then 'number' end,
            case when o.certain and o.g = 4 then 'swapped' when o.certain then 'names' when o.g = 1 and o.f = 1 then 'names'
                when o.g = 4 then 'swapped_alike' end,
            case when not o.certain and not (o.g = 1 and o.f = 1) and o.g in (1, 2, 3, 5, 6) then 'given_' || o.g end,
            case when not o.certain and not (o.g = 1 and o.f = 1) and o.g <> 4 and o.f in (1, 2, 3, 4) then 'family_' || o.f end,
            case when o.b between 1 and 6 then 'born_' || o.b end,
            case when o.h = 1 then 'postcode' end], null),
        null::text, null::text, null::text, null::text, o.odds
    from (select * from opened order by odds desc, person_id limit 8) o join people_person p on p.id = o.person_id
    union all
    select false, null, null, null, null, null, null, null, k.area, k.contact_name, k.contact_organisation, k.contact_phone, -1000 from known k
    order by 13 desc, 2
"""

_RETURNS = (
    "table(opened boolean, reference text, name text, born_on date, birth_precision text, family_reference text,"
    " family_name text, met text[], area text, contact_name text, contact_organisation text, contact_phone text, odds float8)"
)
_OLD = "hearth_look_up(text[], text[], date, date, text, date)"


def functions(*, again: bool = False) -> list[RunSQL]:
    """hearth_look_up: what the reader may learn of somebody with this name, birth date, postcode and numbers.

    `again` puts it in place of what an earlier migration made.
    """
    signature = f"hearth_look_up({SIGNATURE}, day date)"
    body = f"#variable_conflict use_column\n begin return query {_LOOK_UP}; end"
    made = gate_function(signature, _RETURNS, body, language=PLANNED_ONCE)
    return [RunSQL([f"drop function if exists {_OLD}", str(made.sql)], RunSQL.noop)] if again else [made]


def note_functions() -> list[RunSQL]:
    """hearth_note_look_up: the safeguarding desk is told of whoever is restricted and would most likely have been found."""
    name = f"hearth_note_look_up({SIGNATURE})"
    return [gate_function(name, "void", NOTE, volatility="volatile", language=PLANNED_ONCE)]
