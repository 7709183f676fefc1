"""SQL of the look-up, with the reader's filter inside and a fixed answer. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function
from hearth.records.people.policies import may_open

# How well a birth date agrees: 3 the same day, 2 as far as both are known or one part mistyped, 1 nothing to compare, 0 another day.
_BIRTH = """case
    when born_from is null or p.born_on is null or p.birth_precision in ('unknown', 'expected') then 1
    when born_from = born_to and p.birth_precision = 'full' and p.born_on = born_from then 3
    when p.born_on between born_from and born_to then 2
    when p.birth_precision = 'month' and p.born_on = date_trunc('month', born_from)::date then 2
    when p.birth_precision = 'year' and extract(year from p.born_on) = extract(year from born_from) then 2
    when p.birth_precision = 'estimated' and abs(p.born_on - born_from) < 550 then 2
    when p.birth_precision = 'full' and born_from = born_to and (
        (extract(day from p.born_on) = extract(day from born_from))::int
        + (extract(month from p.born_on) = extract(month from born_from))::int
        + (extract(year from p.born_on) = extract(year from born_from))::int >= 2
        or to_char(p.born_on, 'YYYYMMDD') = to_char(born_from, 'YYYYDDMM')) then 2
    else 0 end"""

# Found by both names in either order, or one name and the day, or one name and the postcode. A name also counts, for less,
# when it only sounds alike.
_LOOK_UP = f"""
    with typed as (
        select word, 'given' as part from unnest(given_words) word union all
        select word, 'family' from unnest(family_words) word
    ),
    met as (
        select t.person_id, y.part, y.word, true as exact from typed y join people_nametoken t on t.token = y.word
        union all
        select t.person_id, y.part, y.word, false from typed y join people_nametoken t on t.sound = hearth_sound(y.word)
    ),
    named as materialized (
        select person_id,
            max(case when part = 'given' then 1 else 0 end)
                + (count(distinct word) filter (where part = 'given' and exact) = cardinality(given_words)
                    and cardinality(given_words) > 0)::int as g,
            max(case when part = 'family' then 1 else 0 end)
                + (count(distinct word) filter (where part = 'family' and exact) = cardinality(family_words)
                    and cardinality(family_words) > 0)::int as f
        from met group by person_id
    ),
    candidate as (
        select n.* from named n where n.g > 0 and n.f > 0
        union
        select n.* from people_person p join named n on n.person_id = p.id
            where born_from is not null and born_from = born_to and p.born_on = born_from
        union
        select n.* from people_address a join named n on n.person_id = a.person_id where code <> '' and a.postcode = code
    ),
    judged as (
        select c.person_id, c.g, c.f, {_BIRTH} as b,
            (code <> '' and exists (select 1 from people_address a where a.person_id = p.id and a.postcode = code))::int as a
        from candidate c join people_person p on p.id = c.person_id
        where not p.hidden or p.id = any((select hearth_allowed_people(hearth_reader()))::uuid[])
    ),
    scored as materialized (
        select j.*, 2 * g + 2 * f + (array[-4, 0, 3, 5])[b + 1] + 3 * a as score from judged j
        where 2 * g + 2 * f + (array[-4, 0, 3, 5])[b + 1] + 3 * a >= 6 and (g > 0 or b = 3)
        order by 2 * g + 2 * f + (array[-4, 0, 3, 5])[b + 1] + 3 * a desc, person_id limit 40
    ),
    opened as (
        select s.*, h.reference, h.name, h.id as family_id from scored s
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
        where s.g = 2 and s.f = 2 and (s.b = 3 or (s.a = 1 and s.b > 0)) and (select yes from covered)
        and not exists (select 1 from opened o where o.person_id = s.person_id)
        limit 3
    )
    select true, p.reference::text, trim(p.given_name || ' ' || p.family_name), p.born_on, p.birth_precision::text,
        o.reference::text, o.name::text,
        array_remove(array[
            case when o.g = 2 and o.f = 2 then 'names' when o.g > 0 and o.f > 0 then 'names_alike'
                when o.g > 0 then 'given_name' when o.f > 0 then 'family_name' end,
            case when o.b = 3 then 'birth' when o.b = 2 then 'birth_alike' end,
            case when o.a = 1 then 'postcode' end], null),
        null::text, null::text, null::text, null::text, o.score
    from (select * from opened order by score desc, person_id limit 8) o join people_person p on p.id = o.person_id
    union all
    select false, null, null, null, null, null, null, null, k.area, k.contact_name, k.contact_organisation, k.contact_phone, 0 from known k
    order by 13 desc, 2
"""


def functions() -> list[RunSQL]:
    """hearth_look_up: what the reader may learn of somebody with this name, birth date and postcode."""
    return [
        gate_function(
            "hearth_look_up(given_words text[], family_words text[], born_from date, born_to date, code text, day date)",
            "table(opened boolean, reference text, name text, born_on date, birth_precision text, family_reference text,"
            " family_name text, met text[], area text, contact_name text, contact_organisation text, contact_phone text, score int)",
            _LOOK_UP,
        )
    ]
