"""SQL of the search: words of names kept by the database itself, and a search that the reader's own reach filters inside.

Inside a function that runs as the gate the indexes are used; under a row policy they would not be (comparing text is not
leakproof). Used by migrations only.
"""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function
from hearth.records.people.policies import may_open

TOP = "chr(1114109)"  # after everything that a word can begin with
SHOWN = "(not p.hidden or p.id = any((select hearth_allowed_people(hearth_reader()))::uuid[]))"
# Whoever opens families by name alone (most practitioners) need not have a whole common surname looked through for them. This
# only saves time: what may be opened is decided below.
NEAR = """(
        (select cardinality(hearth_areas(hearth_reader(), 'open_open_families_in_area'))
            + cardinality(hearth_areas(hearth_reader(), 'open_closed_families_in_area'))
            + cardinality(hearth_teams(hearth_reader(), 'open_families_of_team')) > 0)
        or p.id = any((select coalesce(array_agg(m.person_id), '{}') from people_membership m
            where m.family_id = any((select hearth_families(hearth_reader(), 'any'))::uuid[]))::uuid[])
    )"""
# Looked up one person at a time (LIMIT keeps it so): a page is full long before every family has been read.
OPENED = f"""lateral (
        select 1 from people_membership m join people_family f on f.id = m.family_id
        where m.person_id = p.id and {may_open("f")} limit 1
    ) opened"""


# Letters that sound alike, as in the old card indexes: the first letter, then three figures.
_SOUND = """
    create function hearth_sound(word text) returns text language sql immutable parallel safe strict
    set search_path = pg_catalog, pg_temp as $$
        select case when word !~ '^[a-z]' then word else rpad(
            left(word, 1) || left(replace(regexp_replace(
                translate(substr(word, 2), 'bfpvcgjkqsxzdtlmnraeiouyhw', '11112222222233455600000000'),
                '([1-6])\\1+', '\\1', 'g'), '0', ''), 3), 4, '0') end
    $$
"""

_KEPT = """
    grant select, insert, delete on people_nametoken to hearth_gate;
    create policy gate on people_nametoken for all to hearth_gate using (true) with check (true);
    grant create on schema public to hearth_gate;

    create function hearth_tokens_of(who uuid, words text) returns void language sql volatile security definer
    set search_path = public, pg_temp as $$
        insert into people_nametoken (id, created_at, person_id, token, sound)
        select gen_random_uuid(), now(), who, word, left(hearth_sound(word), 8)
        from (select distinct unnest(string_to_array(words, ' ')) as word) w
        where word <> '' and not exists (select 1 from people_nametoken t where t.person_id = who and t.token = word)
    $$;
    create function hearth_people_named() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$ begin
        insert into people_nametoken (id, created_at, person_id, token, sound)
        select gen_random_uuid(), now(), a.id, word, left(hearth_sound(word), 8)
        from added a, lateral (select distinct unnest(string_to_array(a.folded_name || ' ' || a.folded_known_as, ' ')) as word) w
        where word <> '';
        return null;
    end $$;
    create function hearth_person_renamed() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$
    declare who uuid := case when tg_table_name = 'people_person' then (to_jsonb(old)->>'id')::uuid else (to_jsonb(old)->>'person_id')::uuid end;
    begin
        delete from people_nametoken where person_id = who;
        perform hearth_tokens_of(who, (select p.folded_name || ' ' || p.folded_known_as || ' '
            || coalesce((select string_agg(n.folded_name, ' ') from people_personname n where n.person_id = who), '')
            from people_person p where p.id = who));
        return null;
    end $$;
    create function hearth_name_added() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$ begin
        perform hearth_tokens_of(new.person_id, new.folded_name);
        return null;
    end $$;
    create function hearth_person_removed() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$ begin
        delete from people_nametoken where person_id = old.id;
        return old;
    end $$;

    alter function hearth_tokens_of(uuid, text) owner to hearth_gate;
    alter function hearth_people_named() owner to hearth_gate;
    alter function hearth_person_renamed() owner to hearth_gate;
    alter function hearth_name_added() owner to hearth_gate;
    alter function hearth_person_removed() owner to hearth_gate;
    revoke create on schema public from hearth_gate;
    revoke all on function hearth_tokens_of(uuid, text) from public;
    grant execute on function hearth_tokens_of(uuid, text) to hearth_gate;

    create trigger tokens_added after insert on people_person referencing new table as added
        for each statement execute function hearth_people_named();
    create trigger tokens_changed after update of folded_name, folded_known_as on people_person for each row
        when (old.folded_name is distinct from new.folded_name or old.folded_known_as is distinct from new.folded_known_as)
        execute function hearth_person_renamed();
    create trigger tokens_removed before delete on people_person for each row execute function hearth_person_removed();
    create trigger tokens_added after insert on people_personname for each row execute function hearth_name_added();
    create trigger tokens_changed after update or delete on people_personname for each row
        execute function hearth_person_renamed();
"""

_DROPPED = """
    drop trigger tokens_changed on people_personname; drop trigger tokens_added on people_personname;
    drop trigger tokens_removed on people_person; drop trigger tokens_changed on people_person;
    drop trigger tokens_added on people_person;
    drop function hearth_person_removed(); drop function hearth_name_added(); drop function hearth_person_renamed();
    drop function hearth_people_named(); drop function hearth_tokens_of(uuid, text);
    drop policy gate on people_nametoken; revoke all on people_nametoken from hearth_gate;
"""

_BORN = """(
    p.born_on between born_from and born_to
    or (p.birth_precision in ('year', 'estimated') and extract(year from p.born_on)
        between extract(year from born_from) and extract(year from born_to))
    or (p.birth_precision = 'month' and p.born_on = date_trunc('month', born_from)::date)
)"""

# The first word is the longest one typed: it finds fewest. Whatever was not typed costs nothing.
_FIND = f"""
    with candidate as materialized (
        select t.person_id as id from people_nametoken t
            where cardinality(words) > 0 and t.token >= words[1] and t.token < words[1] || {TOP}
        union
        select p.id from people_person p
            where cardinality(words) = 0 and born_from is not null
            and p.born_on between date_trunc('year', born_from)::date and born_to
        union
        select a.person_id from people_address a
            where cardinality(words) = 0 and born_from is null and code <> '' and a.postcode = code
        union
        select p.id from people_person p where ref <> '' and p.reference = ref
        union
        select i.person_id from people_identifier i where ref <> '' and i.kind in ('nhs', 'upn') and i.value = ref
        union
        select m.person_id from people_membership m join people_family g on g.id = m.family_id
            where ref <> '' and g.reference = ref
    )
    select p.id from (
        select p.id, p.folded_name, p.born_on from candidate c join people_person p on p.id = c.id
        where {SHOWN} and {NEAR}
        and (ref <> '' or (
            not exists (select 1 from unnest(words[2:]) word where not exists (
                select 1 from people_nametoken t where t.person_id = p.id and t.token >= word and t.token < word || {TOP}))
            and (born_from is null or {_BORN})
            and (code = '' or exists (select 1 from people_address a where a.person_id = p.id and a.postcode = code))
        ))
        order by p.folded_name collate "C", p.born_on, p.id
    ) p cross join {OPENED}
    order by p.folded_name collate "C", p.born_on, p.id limit most offset skip
"""

# A restricted person would have been found, and the searcher may not know it: the safeguarding desk is told instead.
# One word alone (a common surname) tells nobody anything and is let pass.
_NOTE = f"""
    with kept_apart as (
        select p.id from people_person p
            where p.hidden and not (p.id = any((select hearth_allowed_people(hearth_reader()))::uuid[]))
        union
        select m.person_id from people_family g join people_membership m on m.family_id = g.id
            where g.restricted and not (g.id = any((select hearth_allowed_families(hearth_reader()))::uuid[]))
    ),
    met as (
        select p.id from kept_apart k join people_person p on p.id = k.id
        where (ref <> '' and (p.reference = ref or exists (
            select 1 from people_identifier i where i.person_id = p.id and i.kind in ('nhs', 'upn') and i.value = ref)))
        or (
            cardinality(words) > 0 and cardinality(words) + (born_from is not null)::int + (code <> '')::int > 1
            and not exists (select 1 from unnest(words) word where not exists (
                select 1 from people_nametoken t where t.person_id = p.id and t.token = word))
            and (born_from is null or p.born_on is null or {_BORN})
            and (code = '' or not exists (select 1 from people_address a where a.person_id = p.id)
                or exists (select 1 from people_address a where a.person_id = p.id and a.postcode = code))
        )
    )
    insert into people_restrictedsearch (id, created_at, person_id, searched_by_id)
    select gen_random_uuid(), clock_timestamp(), met.id, hearth_reader() from met
    where hearth_reader() is not null and not exists (
        select 1 from people_restrictedsearch s where s.person_id = met.id and s.searched_by_id = hearth_reader()
        and s.created_at > now() - interval '1 hour')
"""


_FIND_SIGNATURE = (
    "hearth_find_people(words text[], born_from date, born_to date, code text, ref text, most int, skip int)"
)
_NOTE_SIGNATURE = "hearth_note_restricted_search(words text[], born_from date, born_to date, code text, ref text)"


def asking_functions() -> list[RunSQL]:
    """hearth_find_people and hearth_note_restricted_search. `ref` is a reference, or an NHS number or UPN."""
    return [
        gate_function(_FIND_SIGNATURE, "setof uuid", _FIND),
        gate_function(_NOTE_SIGNATURE, "void", _NOTE, volatility="volatile"),
    ]


def functions() -> list[RunSQL]:
    """The words of names, kept; hearth_find_people; hearth_note_restricted_search."""
    find, note = asking_functions()
    return [
        RunSQL(_SOUND, "drop function hearth_sound(text)"),
        RunSQL(_KEPT, _DROPPED),
        find,
        RunSQL(
            """
            grant select, insert on people_restrictedsearch to hearth_gate;
            create policy gate on people_restrictedsearch for all to hearth_gate using (true) with check (true);
            """,
            "drop policy gate on people_restrictedsearch; revoke all on people_restrictedsearch from hearth_gate;",
        ),
        note,
    ]
