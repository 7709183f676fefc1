"""SQL of the functions that answer, inside the database, what a reader holds. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.accounts.roles import GIVEN_BY_ADMINISTRATORS, HELD_BY_PARTNERS
from hearth.foundation.core.policies import gate_function, identity_function
from hearth.foundation.core.roles import ERASER

_RESERVED = ", ".join(f"'{permission}'" for permission in GIVEN_BY_ADMINISTRATORS)
_PARTNERS = ", ".join(f"'{role}'" for role in HELD_BY_PARTNERS)
IN_FORCE = """
    p.user_id = reader and u.is_active and p.ended_at is null
    and p.from_on <= current_date and (p.until_on is null or p.until_on >= current_date)
"""


def functions() -> list[RunSQL]:
    """hearth_holds, hearth_areas and hearth_teams: a permission held at all, in which areas, for which teams."""
    return [
        gate_function(
            "hearth_holds(reader uuid, wanted text)",
            "boolean",
            f"""select exists (select 1 from accounts_appointment p
                join accounts_user u on u.id = p.user_id
                join accounts_rolepermission r on r.role = p.role and r.permission = wanted
                where {IN_FORCE})""",
        ),
        gate_function(
            "hearth_areas(reader uuid, wanted text)",
            "uuid[]",
            f"""select coalesce(array_agg(distinct a.id), '{{}}') from accounts_appointment p
                join accounts_user u on u.id = p.user_id
                join accounts_organisation o on o.id = u.organisation_id and o.is_authority
                join accounts_rolepermission r on r.role = p.role and r.permission = wanted
                join accounts_area a on p.area_id is null or p.area_id in (a.id, a.parent_id)
                where {IN_FORCE}""",
        ),
        gate_function(
            "hearth_teams(reader uuid, wanted text)",
            "uuid[]",
            f"""select coalesce(array_agg(distinct p.team_id), '{{}}') from accounts_appointment p
                join accounts_user u on u.id = p.user_id
                join accounts_rolepermission r on r.role = p.role and r.permission = wanted
                where p.team_id is not null and {IN_FORCE}""",
        ),
    ]


def management_functions() -> list[RunSQL]:
    """Whom a reader may invite, appoint and end: the same answer as rules.py, whatever a page forgets."""
    same = "exists (select 1 from accounts_user u where u.id = reader and u.organisation_id = {organisation})"
    return [
        gate_function(
            "hearth_may_manage(reader uuid, wanted uuid)",
            "boolean",
            f"""select hearth_holds(reader, 'administer')
                or (hearth_holds(reader, 'invite_people') and {same.format(organisation="wanted")})""",
        ),
        gate_function(
            "hearth_may_appoint(reader uuid, person uuid, given_role text, given_area uuid)",
            "boolean",
            f"""select person <> reader
                and (given_role in ({_PARTNERS}) or exists (select 1 from accounts_user o
                    join accounts_organisation g on g.id = o.organisation_id and g.is_authority where o.id = person))
                and (hearth_holds(reader, 'administer') or (
                exists (select 1 from accounts_user u, accounts_user o
                    where u.id = reader and o.id = person and o.organisation_id = u.organisation_id)
                and exists (select 1 from accounts_appointment p
                    join accounts_user u on u.id = p.user_id
                    join accounts_rolepermission r on r.role = p.role and r.permission = 'invite_people'
                    left join accounts_area a on a.id = given_area
                    where {IN_FORCE} and (p.area_id is null or p.area_id in (a.id, a.parent_id)))
                and not exists (select 1 from accounts_rolepermission r
                    where r.role = given_role and r.permission in ({_RESERVED}))))""",
        ),
        gate_function(
            "hearth_may_manage_person(reader uuid, person uuid)",
            "boolean",
            f"""select person <> reader and (hearth_holds(reader, 'administer') or (
                exists (select 1 from accounts_user o
                    where o.id = person and hearth_may_manage(reader, o.organisation_id))
                and not exists (select 1 from accounts_appointment p
                    join accounts_user u on u.id = p.user_id
                    where {IN_FORCE.replace("= reader", "= person")}
                    and not hearth_may_appoint(reader, person, p.role, p.area_id))))""",
        ),
    ]


def sign_in_functions() -> list[RunSQL]:
    """What must be written before anybody is signed in, and the one column that nobody else may write."""
    return [
        gate_function(
            "hearth_set_own_password(new_password text)",
            "void",
            "update accounts_user set password = new_password where id = hearth_reader()",
            volatility="volatile",
        ),
        gate_function(
            "hearth_end_sittings(person uuid)",
            "void",
            """update accounts_user set sessions_ended = sessions_ended + 1
                where id = person and hearth_may_manage(hearth_reader(), organisation_id)""",
            volatility="volatile",
        ),
        gate_function(
            "hearth_link(digest text, moment timestamptz)",
            "table (user_id uuid, kind text)",
            """select l.user_id, l.kind from accounts_signinlink l join accounts_user u on u.id = l.user_id
                where l.token_digest = digest and l.used_at is null and l.until_at > moment and u.is_active""",
        ),
        gate_function(
            "hearth_forgotten(link uuid, person uuid, digest text, moment timestamptz, until timestamptz)",
            "void",
            """insert into accounts_signinlink (id, created_at, user_id, kind, token_digest, until_at)
                select link, moment, u.id, 'password', digest, until from accounts_user u
                where u.id = person and u.is_active""",
            volatility="volatile",
        ),
        gate_function(
            "hearth_use_link(digest text, new_password text, moment timestamptz)",
            "uuid",
            """with used as (
                    update accounts_signinlink l set used_at = moment from accounts_user u
                    where l.token_digest = digest and l.used_at is null and l.until_at > moment
                    and u.id = l.user_id and u.is_active returning l.id, l.user_id, l.kind),
                others as (
                    update accounts_signinlink l set used_at = moment from used
                    where l.user_id = used.user_id and l.id <> used.id and l.used_at is null),
                forgotten as (
                    delete from mfa_authenticator a using used
                    where a.user_id = used.user_id and used.kind = 'start_again'),
                written as (
                    update accounts_user u set password = new_password, sessions_ended = u.sessions_ended + 1
                    from used where u.id = used.user_id returning u.id)
                select id from written""",
            volatility="volatile",
        ),
    ]


# By the database's own clock, and never within a year, whatever the caller says. The history of an account goes with what it told.
_FORGET = """
declare who uuid; forgotten integer := 0;
begin
    for who in select u.id from accounts_user u where not u.is_active and u.email not like '%@gone.invalid' and coalesce(
            (select max(coalesce(p.ended_at, p.until_on + 1)) from accounts_appointment p where p.user_id = u.id), u.created_at)
            < now() - make_interval(years => greatest(years, 1)) loop
        delete from mfa_authenticator where user_id = who;
        update accounts_user set email = lower(reference) || '@gone.invalid', phone = '', job_title = '', openid_subject = null,
            password = '!', search_text = '' where id = who;
        perform set_config('pgtrigger.ignore', (select array_agg(tgname)::text from pg_trigger
            where tgrelid = 'accounts_userevent'::regclass and tgname like 'pgtrigger_append_only_%'), true);
        delete from accounts_userevent where pgh_obj_id = who;
        perform set_config('pgtrigger.ignore', '{}', true);
        forgotten := forgotten + 1;
    end loop;
    return forgotten;
end
"""


def forgetting() -> list[RunSQL]:
    """hearth_forget_accounts: how many closed accounts were emptied of how their people were reached and signed in."""
    tables = ("accounts_user", "accounts_userevent", "accounts_appointment", "mfa_authenticator")
    columns = "email, phone, job_title, openid_subject, password, search_text"
    seen = "".join(
        f"grant select on {table} to {ERASER}; create policy eraser_reads on {table} for select to {ERASER} using (true);"
        for table in tables
    )
    unseen = "".join(f"drop policy eraser_reads on {table}; revoke all on {table} from {ERASER};" for table in tables)
    return [
        RunSQL(
            f"""{seen}
            grant update ({columns}) on accounts_user to {ERASER};
            create policy eraser_forgets on accounts_user for update to {ERASER} using (not is_active);
            grant delete on mfa_authenticator to {ERASER};
            create policy eraser_forgets on mfa_authenticator for delete to {ERASER} using (true);
            grant insert, delete on accounts_userevent to {ERASER};
            grant select, insert, update on pghistory_context to {ERASER};
            create policy eraser_adds on accounts_userevent for insert to {ERASER} with check (pg_trigger_depth() > 0);
            create policy eraser_forgets on accounts_userevent for delete to {ERASER} using (true);""",
            f"""drop policy eraser_forgets on accounts_user; drop policy eraser_forgets on mfa_authenticator;
            drop policy eraser_adds on accounts_userevent; drop policy eraser_forgets on accounts_userevent;
            revoke all on pghistory_context from {ERASER}; {unseen}""",
        ),
        *identity_function(
            "hearth_tidying", "hearth_forget_accounts(years integer)", "integer", _FORGET,
            volatility="volatile", language="plpgsql", owner=ERASER,
        ),
    ]  # fmt: skip
