"""SQL that keeps an open case's number of children as its family has them, whoever changes the family. Used by migrations only."""

from django.db.migrations import RunSQL

# Nobody who is restricted is in a figure; a closed case keeps what it had.
_COUNT = """
    update cases_case c set children_count = k.children from (
        select f.id, (select count(*) from people_membership m join people_person p on p.id = m.person_id
            where m.family_id = f.id and m.role = 'child' and m.until_on is null and not m.hidden and p.died_on is null) as children
        from people_family f where {which}
    ) k where c.family_id = k.id and c.stage <> 'closed' and c.children_count <> k.children;
"""
_COUNTED = f"""
    grant update (children_count) on cases_case to hearth_gate;
    create policy counts on cases_case for update to hearth_gate using (true);
    grant create on schema public to hearth_gate;
    create function hearth_count_children() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$ begin
        if tg_table_name = 'people_membership' then
            {_COUNT.format(which="f.id = coalesce(new.family_id, old.family_id)")}
        else
            {_COUNT.format(which="f.id in (select family_id from people_membership where person_id = new.id)")}
        end if;
        return null;
    end $$;
    alter function hearth_count_children() owner to hearth_gate;
    revoke create on schema public from hearth_gate;
    create trigger children_counted after insert or delete or update of role, until_on, hidden on people_membership
        for each row execute function hearth_count_children();
    -- Somebody new is written after their place in the family.
    create trigger child_added after insert on people_person for each row execute function hearth_count_children();
    create trigger children_counted after update of died_on on people_person for each row
        when (old.died_on is distinct from new.died_on) execute function hearth_count_children();
"""
_NOT_COUNTED = """
    drop trigger children_counted on people_person; drop trigger child_added on people_person;
    drop trigger children_counted on people_membership;
    drop function hearth_count_children(); drop policy counts on cases_case;
    revoke update (children_count) on cases_case from hearth_gate;
"""


def count_all() -> list[RunSQL]:
    """Put right what open cases say today."""
    return [
        RunSQL("alter table cases_case disable trigger user", "alter table cases_case enable trigger user"),
        RunSQL(_COUNT.format(which="true"), RunSQL.noop),
        RunSQL("alter table cases_case enable trigger user", "alter table cases_case disable trigger user"),
    ]


def counting() -> RunSQL:
    """Triggers on the family's people."""
    return RunSQL(_COUNTED, _NOT_COUNTED)
