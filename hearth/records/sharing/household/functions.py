"""SQL that keeps access in line with who lives in a home. Used by migrations only."""

from django.db.migrations import RunSQL

# What changes whose agreement is needed brings access into line at once, whichever page, import or person changed it.
_HOUSEHOLD = """
    grant create on schema public to hearth_gate;
    create function hearth_realign_family(which uuid) returns void language sql volatile security definer
    set search_path = public, pg_temp as $$
        select count(*) from (
            select distinct organisation_id from sharing_consent
            where family_id = which and decision = 'given' and withdrawn_at is null) c,
        lateral hearth_realign(c.organisation_id, which, (now() at time zone 'Europe/London')::date)
    $$;
    create function hearth_household_changed() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$ begin
        if tg_table_name = 'people_membership' then
            perform hearth_realign_family((to_jsonb(new)->>'family_id')::uuid);
        else
            -- Linked and unlinked records with it: a refusal on one counts for all.
            perform hearth_realign_family(m.family_id) from people_membership m join people_person p on p.id = m.person_id
            where p.cluster_id in ((to_jsonb(new)->>'cluster_id')::uuid, (to_jsonb(old)->>'cluster_id')::uuid)
            and m.until_on is null and m.lives_here;
        end if;
        return null;
    end $$;
    alter function hearth_realign_family(uuid) owner to hearth_gate;
    alter function hearth_household_changed() owner to hearth_gate;
    revoke create on schema public from hearth_gate;
    revoke all on function hearth_realign_family(uuid) from public;
    grant execute on function hearth_realign_family(uuid) to hearth_gate;

    create trigger household_grew after insert on people_membership for each row
        when (new.lives_here and new.until_on is null) execute function hearth_household_changed();
    -- Somebody new is written after their place in the family.
    create trigger household_grew after insert on people_person for each row execute function hearth_household_changed();
    create trigger household_changed after update of lives_here, until_on on people_membership for each row
        when ((old.lives_here, old.until_on) is distinct from (new.lives_here, new.until_on))
        execute function hearth_household_changed();
    create trigger household_changed after update of born_on, birth_precision, died_on, cluster_id on people_person for each row
        when ((old.born_on, old.birth_precision, old.died_on, old.cluster_id)
            is distinct from (new.born_on, new.birth_precision, new.died_on, new.cluster_id))
        execute function hearth_household_changed();
"""

_HOUSEHOLD_GONE = """
    drop trigger household_changed on people_person; drop trigger household_changed on people_membership;
    drop trigger household_grew on people_person; drop trigger household_grew on people_membership;
    drop function hearth_household_changed(); drop function hearth_realign_family(uuid);
"""


def household_triggers() -> RunSQL:
    """Triggers that bring access into line when somebody comes to live in a home, leaves it, is born, dies or is linked."""
    return RunSQL(_HOUSEHOLD, _HOUSEHOLD_GONE)
