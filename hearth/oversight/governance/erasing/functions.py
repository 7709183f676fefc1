"""SQL by which a record goes with all that hangs from it. Used by migrations only.

What hangs from a record is read from the database's own foreign keys, so that a table that somebody adds tomorrow is not
forgotten. It runs as a role that cannot sign in and that nobody can become; whoever calls it is asked for their permission,
and whether the record is still due, inside. A person who belongs to another family, or of whom another family's records
speak, stays.
"""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import READERS
from hearth.foundation.core.roles import ERASER
from hearth.oversight.governance.functions import MONTH_OF_MESSAGES

GOVERNS = "hearth_holds(hearth_reader(), 'govern_retention')"
TABLE_OF = {
    "family": "people_family",
    "request": "front_door_request",
    "claim": "programmes_claim",
    "universal_activity": "universal_universalactivity",
    "question": "panels_question",
    "agreement": "sharing_agreement",
    "message": "outbox_message",
}
# Found by something else than a key of theirs: what hangs from these by keys goes too.
BY_PEOPLE = ("matching_matchpair", "insight_familyofconcern")
BESIDE = (*BY_PEOPLE, "people_restrictedsearch", "outbox_message", "ui_draft", "audit_auditevent")
# A new database gives the rights before there is every table, and again after each.
_ROOTS = ", ".join(f"to_regclass('{table}')::oid" for table in (*TABLE_OF.values(), "people_person", *BY_PEOPLE))
HANGING = f"""
    with recursive hanging(tab) as (
        select unnest(array[{_ROOTS}])
        union
        select c.conrelid from pg_constraint c join hanging h on c.confrelid = h.tab where c.contype = 'f'
    )
    select tab::regclass::text from hanging where tab is not null
    union select to_regclass(tab::regclass::text || 'event')::text from hanging
        where to_regclass(tab::regclass::text || 'event') is not null
    union select unnest(array[{", ".join(f"'{table}'" for table in BESIDE)}])
"""

_KEYS = """select c.conrelid, c.confrelid, a.attname from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] where c.contype = 'f'"""

# Everything that goes with a record, in a table that lasts as long as the transaction.
_GATHER = f"""
declare key record; found bigint; more bigint;
begin
    drop table if exists pg_temp.hearth_erasing;
    create temporary table hearth_erasing (tab oid, id uuid, primary key (tab, id)) on commit drop;
    insert into pg_temp.hearth_erasing select case kind
        {" ".join(f"when '{kind}' then '{table}'::regclass::oid" for kind, table in TABLE_OF.items())} end, wanted where kind <> 'message';
    if kind = 'message' then
        insert into pg_temp.hearth_erasing select 'outbox_message'::regclass::oid, m.id from outbox_message m
            where {MONTH_OF_MESSAGES} = wanted;
    end if;
    if kind = 'family' then
        insert into pg_temp.hearth_erasing
            select distinct 'people_person'::regclass::oid, m.person_id from people_membership m where m.family_id = wanted
            and not exists (select 1 from front_door_personmatch o join front_door_request q on q.id = o.request_id
                where o.person_id = m.person_id and q.family_id <> wanted)
            and not exists (select 1 from notes_personseen o join notes_noteversion v on v.id = o.version_id
                join notes_note n on n.id = v.note_id where o.person_id = m.person_id and n.family_id <> wanted);
        -- Whoever belongs to another family, or of whom a row of another family speaks, stays.
        for key in {_KEYS} and c.confrelid = 'people_person'::regclass and exists (
            select 1 from pg_attribute b where b.attrelid = c.conrelid and b.attname = 'family_id') loop
            execute format('delete from pg_temp.hearth_erasing e where e.tab = %s and exists (
                select 1 from %s o where o.%I = e.id and o.family_id <> %L)',
                'people_person'::regclass::oid, key.conrelid::regclass, key.attname, wanted);
        end loop;
        insert into pg_temp.hearth_erasing select 'matching_matchpair'::regclass::oid, p.id from matching_matchpair p
            where exists (select 1 from pg_temp.hearth_erasing e where e.id = p.register_person or e.id = any(p.about));
        insert into pg_temp.hearth_erasing select 'insight_familyofconcern'::regclass::oid, f.id from insight_familyofconcern f
            where f.names && (select array_agg(e.id::text) from pg_temp.hearth_erasing e where e.tab = 'people_person'::regclass)::varchar[];
        insert into pg_temp.hearth_erasing select 'people_restrictedsearch'::regclass::oid, s.id from people_restrictedsearch s
            where exists (select 1 from pg_temp.hearth_erasing e where e.id = s.person_id);
    end if;
    loop
        more := 0;
        for key in {_KEYS} and c.confrelid in (select distinct e.tab from pg_temp.hearth_erasing e) loop
            execute format('insert into pg_temp.hearth_erasing select %s, c.id from %s c
                join pg_temp.hearth_erasing e on e.tab = %s and e.id = c.%I on conflict do nothing',
                key.conrelid, key.conrelid::regclass, key.confrelid, key.attname);
            get diagnostics found = row_count;
            more := more + found;
        end loop;
        exit when more = 0;
    end loop;
    -- The last line of defence: nothing of another family is among it.
    if kind = 'family' then
        for key in {_KEYS} and c.confrelid = 'people_family'::regclass loop
            execute format('select count(*) from %s o join pg_temp.hearth_erasing e on e.tab = %s and e.id = o.id
                where o.%I <> %L', key.conrelid::regclass, key.conrelid, key.attname, wanted) into found;
            if found > 0 then
                raise exception 'A row of % belongs to another family.', key.conrelid::regclass;
            end if;
        end loop;
    end if;
end
"""
_COUNTED = """select coalesce(jsonb_object_agg(g.name, g.rows), '{}') into gone from (
        select e.tab::regclass::text as name, count(*) as rows from pg_temp.hearth_erasing e group by 1) g"""

_GOES_WITH = f"""
declare d governance_disposal; gone jsonb;
begin
    select * into d from governance_disposal where id = disposal and state = 'due';
    if not found or not {GOVERNS} then
        return null;
    end if;
    perform hearth_gather(d.kind, d.record_id);
    {_COUNTED};
    return gone;
end
"""

# Whether the key of a message speaks of something that goes: by a reference, or by a key of a row.
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_SPEAKS = f"""(exists (select 1 from unnest(told) r where strpos({{0}}, r) > 0)
        or exists (select 1 from regexp_matches({{0}}, '{_UUID.replace("{", "{{").replace("}", "}}")}', 'g') u(found)
            join pg_temp.hearth_erasing g on g.id = u.found[1]::uuid))"""

# By the database's own clock: whoever calls it could name a later moment, and delete what is not due.
_ERASE = f"""
declare d governance_disposal; gone jsonb; facts jsonb; tab regclass; who uuid; told text[]; linked uuid[];
    today date := (now() at time zone 'Europe/London')::date;
begin
    select * into d from governance_disposal where id = disposal and state = 'due' for no key update;
    if not found or not {GOVERNS} or exists (
        select 1 from governance_hold h where h.disposal_id = d.id and h.lifted_at is null
        and h.until_on >= today) then
        return null;
    end if;
    -- Nobody adds to a family while it goes: their keys wait for this row.
    perform 1 from people_family f where f.id = d.record_id for update;
    -- Whatever changed since the night in which it was found, it is not deleted before it is found again.
    select r.facts into facts from hearth_retention_dates(today, d.record_id) r where r.kind = d.kind;
    if facts is distinct from d.facts or d.due_on > today then
        return null;
    end if;
    perform hearth_gather(d.kind, d.record_id);
    {_COUNTED};

    told := array[]::text[];
    for tab in select distinct e.tab::regclass from pg_temp.hearth_erasing e join pg_attribute b on b.attrelid = e.tab
        and b.attname = 'reference' loop
        execute format('select $1 || coalesce(array_agg(o.reference::text), ''{{}}'') from %s o
            join pg_temp.hearth_erasing e on e.tab = %s and e.id = o.id', tab, tab::oid) into told using told;
    end loop;
    select coalesce(array_agg(distinct o.id), '{{}}') into linked from people_link l
        join pg_temp.hearth_erasing e on e.tab = 'people_link'::regclass and e.id = l.id
        join people_person o on o.id in (l.one_id, l.other_id)
        where not exists (select 1 from pg_temp.hearth_erasing x where x.tab = 'people_person'::regclass and x.id = o.id);

    perform set_config('pgtrigger.ignore',
        (select array_agg(tgname)::text from pg_trigger where tgname like 'pgtrigger_append_only_%'), true);
    for tab in select distinct to_regclass(e.tab::regclass::text || 'event') from pg_temp.hearth_erasing e
        where to_regclass(e.tab::regclass::text || 'event') is not null loop
        execute format('delete from %s h using pg_temp.hearth_erasing e where e.tab = %s and h.pgh_obj_id = e.id',
            tab, (select r.oid from pg_class r where r.oid = to_regclass(left(tab::text, -5))));
    end loop;
    perform set_config('pgtrigger.ignore', '{{}}', true);
    -- People and the family last: what is deleted before writes their entries for the search again.
    for tab in select g.name from (select distinct e.tab::regclass as name from pg_temp.hearth_erasing e) g
        order by g.name = 'people_family'::regclass, g.name = 'people_person'::regclass, g.name::text loop
        execute format('delete from %s o using pg_temp.hearth_erasing e where e.tab = %s and e.id = o.id', tab, tab::oid);
    end loop;

    delete from outbox_message m where exists (select 1 from unnest(told) r where strpos(m.link, r) > 0) or {_SPEAKS.format("m.key")};
    delete from audit_auditevent e where e.verb = 'messages.message_asked_for' and {_SPEAKS.format("(e.detail->>'key')")};
    delete from ui_draft t where exists (select 1 from unnest(told) r where strpos(t.path, r) > 0);
    delete from audit_auditevent e where e.subject = any(told) or (d.kind = 'family' and e.family_id = d.record_id);
    foreach who in array linked loop
        perform hearth_recluster(who);
    end loop;

    update governance_disposal set state = 'deleted', deleted_at = now(), deleted_by_id = hearth_reader(), record_id = null,
        since_on = null, facts = '{{}}' where id = d.id;
    update governance_hold set reason = '' where disposal_id = d.id;
    drop table pg_temp.hearth_erasing;
    -- Whatever were still to point at a row that is gone is found here, and undoes it all.
    set constraints all immediate;
    set constraints all deferred;
    return gone;
end
"""


def _function(signature: str, returns: str, body: str, *may: str) -> str:
    bare = f"{signature.split('(', maxsplit=1)[0]}({', '.join(part.strip().split(' ', 1)[1] for part in signature.split('(')[1][:-1].split(','))})"
    return f"""
        create or replace function {signature} returns {returns} language plpgsql volatile security definer
            set search_path = public, pg_temp as $erase$ {body} $erase$;
        grant create on schema public to {ERASER};
        alter function {bare} owner to {ERASER};
        revoke create on schema public from {ERASER};
        revoke all on function {bare} from public;
        {f"grant execute on function {bare} to {', '.join(may)};" if may else ""}
    """


def rights() -> list[RunSQL]:
    """What the eraser may do: read and delete what may hang from a record, and its history. Run again when a table is added."""
    return [
        RunSQL(
            f"""
            grant usage on schema public to {ERASER};
            do $rights$ declare t text; begin
                for t in {HANGING} loop
                    execute format('grant select, delete on %I to {ERASER}', t);
                    if (select relrowsecurity from pg_class where oid = t::regclass) then
                        execute format('drop policy if exists with_its_record_seen on %I; drop policy if exists with_its_record on %I', t, t);
                        execute format('create policy with_its_record_seen on %I for select to {ERASER} using (true)', t);
                        execute format('create policy with_its_record on %I for delete to {ERASER} using (true)', t);
                    end if;
                end loop;
            end $rights$;
            """,
            RunSQL.noop,
        )
    ]


def gather() -> list[RunSQL]:
    """hearth_gather alone, made again: it knows the table of each kind of record."""
    return [RunSQL(_function("hearth_gather(kind text, wanted uuid)", "void", _GATHER), RunSQL.noop)]


def _erase() -> str:
    return _function("hearth_erase(disposal uuid)", "jsonb", _ERASE, READERS)


def erase() -> list[RunSQL]:
    """hearth_erase alone, made again: also where it once took the moment from its caller."""
    return [RunSQL(f"drop function if exists hearth_erase(uuid, timestamp with time zone); {_erase()}", RunSQL.noop)]


def functions() -> list[RunSQL]:
    """hearth_goes_with and hearth_erase: how many rows go with a record, table by table; and the deletion itself."""
    return [
        RunSQL(
            f"""
            grant update (id) on people_family to {ERASER};
            create policy with_its_record_held on people_family for update to {ERASER} using (true) with check (false);
            grant select, update on governance_disposal, governance_hold to {ERASER};
            create policy with_its_record on governance_disposal to {ERASER} using (true) with check (true);
            create policy with_its_record on governance_hold to {ERASER} using (true) with check (true);
            grant execute on function hearth_reader(), hearth_holds(uuid, text), hearth_recluster(uuid) to {ERASER};
            """
            + _function("hearth_gather(kind text, wanted uuid)", "void", _GATHER)
            + _function("hearth_goes_with(disposal uuid)", "jsonb", _GOES_WITH, READERS)
            + _erase(),
            f"""
            drop function hearth_erase(uuid); drop function hearth_goes_with(uuid);
            drop function hearth_gather(text, uuid);
            drop policy with_its_record on governance_hold; drop policy with_its_record on governance_disposal;
            drop policy with_its_record_held on people_family;
            revoke update (id) on people_family from {ERASER};
            """,
        )
    ]
