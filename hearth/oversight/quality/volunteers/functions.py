"""SQL of volunteers: who may help whom, whose case has closed, hours counted for people who hold no family, and letting go. For migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import (
    counting_function,
    gate_function,
    gate_reads,
    identity_function,
    measures_reads,
)
from hearth.foundation.core.roles import ERASER, MEASURES
from hearth.oversight.quality.volunteers.reach import APPROVES, COORDINATES

TODAY = "(now() at time zone 'Europe/London')::date"
_PLAIN = "regexp_replace(lower({0}), '[^a-z0-9]', '', 'g')"
# The newest check counts, whatever an older one said.
_CHECKED = f"""exists (select 1 from (select c.outcome, c.renew_by from volunteers_volunteercheck c where c.volunteer_id = v.id
        order by c.seen_on desc, c.created_at desc limit 1) newest where newest.outcome <> 'refused' and newest.renew_by >= {TODAY})"""
# Of the family itself: born on the same day with a name in common, by any record of the same person; or of the same address.
_OWN_FAMILY = f"""exists (select 1 from people_membership m join people_person q on q.id = m.person_id
        join people_person p on p.cluster_id = q.cluster_id
        where m.family_id = of_family and p.born_on = v.born_on
            and string_to_array(p.folded_name, ' ') && string_to_array(v.folded_name, ' '))
    or exists (select 1 from people_membership m join people_address a on a.person_id = m.person_id
        where m.family_id = of_family and m.until_on is null and a.until_on is null and a.postcode <> '' and a.postcode = v.postcode
            and v.address <> '' and starts_with({_PLAIN.format("a.lines")}, {_PLAIN.format("v.address")}))"""
_MAY_HELP = f"""
    v.approved_on is not null and v.ended_on is null and {_CHECKED}
        and (v.area_id = any((select hearth_areas(hearth_reader(), '{COORDINATES}'))::uuid[])
            or exists (select 1 from volunteers_volunteermatch x where x.volunteer_id = v.id and x.family_id = of_family))
        and not exists (select 1 from volunteers_volunteerconflict k where k.volunteer_id = v.id and k.family_id = of_family)
        and not ({_OWN_FAMILY})
"""


def helping() -> list[RunSQL]:
    """Whether somebody, and who, may be matched with a family: it never says why not. hearth_help_outlasts: whose case has closed."""
    return [
        gate_function(
            "hearth_volunteer_may_help(wanted uuid, of_family uuid)",
            "boolean",
            f"select exists (select 1 from volunteers_volunteer v where v.id = wanted and {_MAY_HELP})",
        ),
        gate_function(
            "hearth_who_may_help(of_family uuid)",
            "uuid[]",
            f"select coalesce(array_agg(v.id), '{{}}') from volunteers_volunteer v where {_MAY_HELP}",
        ),
        gate_function(
            "hearth_help_outlasts(reader uuid)",
            "uuid[]",
            f"""select coalesce(array_agg(m.id), '{{}}') from volunteers_volunteermatch m
                join volunteers_volunteerrequest r on r.id = m.asked_id join cases_case c on c.id = r.case_id
                where m.state in ('proposed', 'helping') and c.stage = 'closed'
                and m.area_id = any(hearth_areas(reader, '{COORDINATES}')) and not m.family_id = any(hearth_kept_from(reader))""",
        ),
    ]


def seen_by_the_gate() -> list[RunSQL]:
    """What those functions read."""
    return [
        gate_reads(
            "volunteers_volunteer",
            "volunteers_volunteercheck",
            "volunteers_volunteerconflict",
            "volunteers_volunteermatch",
            "volunteers_volunteerrequest",
        )
    ]


# Nobody approves in somebody else's name, nobody comes back without being taken on anew, and no help begins by a check that has run out.
_STANDS = f"""
begin
    if new.approved_on is not null and old.approved_on is null and not (new.approved_by_id = hearth_reader()
            and new.area_id = any(hearth_areas(hearth_reader(), '{APPROVES}'))) then
        raise exception 'A volunteer is approved by somebody who approves there' using errcode = 'insufficient_privilege';
    end if;
    if old.approved_on is not null and (new.approved_on, new.approved_by_id) is distinct from (old.approved_on, old.approved_by_id)
            or old.ended_on is not null and new.ended_on is null then
        raise exception 'What was decided of a volunteer stands' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
"""
_BEGINS = """
begin
    if new.state = 'helping' and old.state <> 'helping'
            and not (old.state = 'proposed' and hearth_volunteer_may_help(new.volunteer_id, new.family_id)) then
        raise exception 'Only a volunteer who may help this family begins to' using errcode = 'insufficient_privilege';
    end if;
    if old.state in ('declined', 'ended') and new.state <> old.state then
        raise exception 'What has ended stands' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
"""


def standing() -> list[RunSQL]:
    """The triggers that hold it."""
    return [
        RunSQL(
            f"""create function {name}() returns trigger language plpgsql set search_path = public, pg_temp as $stands$ {body} $stands$;
            create trigger stands before update on {table} for each row execute function {name}();""",
            f"drop trigger stands on {table}; drop function {name}();",
        )
        for name, table, body in (
            ("hearth_volunteer_stands", "volunteers_volunteer", _STANDS),
            ("hearth_volunteer_begins", "volunteers_volunteermatch", _BEGINS),
        )
    ]


# In no figure: a restricted family, and one to which nobody belongs today but restricted people (adr 24).
_APART = """
    select x.id from volunteers_volunteermatch x join people_family f on f.id = x.family_id where f.restricted
    union
    select x.id from people_membership m join volunteers_volunteermatch x on x.family_id = m.family_id
    where m.hidden and m.until_on is null and not exists (
        select 1 from people_membership o where o.family_id = m.family_id and o.until_on is null and not o.hidden)
"""


def counting() -> list[RunSQL]:
    """hearth_volunteer_hours: volunteers, visits, minutes and families by district and quarter. No key leaves it."""
    return [
        *identity_function(MEASURES, "hearth_volunteering_in_no_figure()", "setof uuid", _APART),
        measures_reads(
            "volunteers_volunteermatch", "id", "area_id", "volunteer_id", "family_id",
            rows="not (id in (select hearth_volunteering_in_no_figure()))",
        ),
        measures_reads("volunteers_volunteervisit", "match_id", "visited_on", "minutes", "taken_back_on"),
        counting_function(
            "hearth_volunteer_hours(reader uuid, since date)",
            "table (quarter date, area text, volunteers bigint, visits bigint, minutes bigint, families bigint)",
            f"""select date_trunc('quarter', v.visited_on)::date, a.code::text, count(distinct m.volunteer_id), count(*), sum(v.minutes),
                    count(distinct m.family_id)
                from volunteers_volunteervisit v join volunteers_volunteermatch m on m.id = v.match_id
                join accounts_area a on a.id = m.area_id
                where v.taken_back_on is null and v.visited_on >= since and reader = hearth_reader()
                and (hearth_holds(reader, 'see_counts') or m.area_id = any((select hearth_areas(reader, '{COORDINATES}'))::uuid[])
                    or m.area_id = any((select hearth_areas(reader, '{APPROVES}'))::uuid[]))
                group by 1, 2""",
        ),
    ]  # fmt: skip


# By the database's own clock, and never within a year, whatever the caller says. That somebody helped, and for how long, stays with the family.
_LET_GO = """
declare who uuid; gone integer := 0; tab text;
begin
    for who in select v.id from volunteers_volunteer v where v.let_go_at is null and v.ended_on is not null
            and v.ended_on < (now() - make_interval(years => greatest(years, 1)))::date
            and not exists (select 1 from volunteers_volunteermatch m where m.volunteer_id = v.id and m.state in ('proposed', 'helping')) loop
        foreach tab in array array['volunteers_volunteercheck', 'volunteers_volunteertraining', 'volunteers_volunteerinterview',
                'volunteers_volunteerreference'] loop
            execute format('delete from %I where volunteer_id = $1', tab) using who;
        end loop;
        update volunteers_volunteer set full_name = 'Somebody who volunteered', folded_name = '', born_on = null, address = '',
            postcode = '', email = '', phone = '', known_words = '', end_words = '', let_go_at = now() where id = who;
        perform set_config('pgtrigger.ignore', (select array_agg(tgname)::text from pg_trigger
            where tgrelid in ('volunteers_volunteerevent'::regclass, 'volunteers_volunteerreferenceevent'::regclass)
            and tgname like 'pgtrigger_append_only_%'), true);
        delete from volunteers_volunteerreferenceevent where volunteer_id = who;
        delete from volunteers_volunteerevent where pgh_obj_id = who;
        perform set_config('pgtrigger.ignore', '{}', true);
        gone := gone + 1;
    end loop;
    return gone;
end
"""


def letting_go() -> list[RunSQL]:
    """hearth_let_go_of_volunteers: who a volunteer was, with their references and checks, so many years after their end."""
    removed = [
        f"volunteers_volunteer{name}"
        for name in ("check", "training", "interview", "reference", "event", "referenceevent")
    ]
    seen = "".join(
        f"grant select, delete on {table} to {ERASER};"
        f"create policy eraser_reads on {table} for select to {ERASER} using (true);"
        f"create policy eraser_forgets on {table} for delete to {ERASER} using (true);"
        for table in removed
    )
    unseen = "".join(
        f"drop policy eraser_forgets on {table}; drop policy eraser_reads on {table}; revoke all on {table} from {ERASER};"
        for table in removed
    )
    return [
        RunSQL(
            f"""{seen}
            grant select on volunteers_volunteer, volunteers_volunteermatch to {ERASER};
            create policy eraser_reads on volunteers_volunteer for select to {ERASER} using (true);
            create policy volunteers_eraser on volunteers_volunteermatch for select to {ERASER} using (true);
            grant update (full_name, folded_name, born_on, address, postcode, email, phone, known_words, end_words, let_go_at)
                on volunteers_volunteer to {ERASER};
            create policy eraser_forgets on volunteers_volunteer for update to {ERASER} using (ended_on is not null);
            grant insert on volunteers_volunteerevent to {ERASER};
            create policy eraser_adds on volunteers_volunteerevent for insert to {ERASER} with check (pg_trigger_depth() > 0);""",
            f"""drop policy eraser_adds on volunteers_volunteerevent; revoke insert on volunteers_volunteerevent from {ERASER};
            drop policy eraser_forgets on volunteers_volunteer; drop policy eraser_reads on volunteers_volunteer;
            drop policy volunteers_eraser on volunteers_volunteermatch; revoke all on volunteers_volunteer from {ERASER}; {unseen}""",
        ),
        *identity_function(
            "hearth_tidying", "hearth_let_go_of_volunteers(years integer)", "integer", _LET_GO,
            volatility="volatile", language="plpgsql", owner=ERASER,
        ),
    ]  # fmt: skip
