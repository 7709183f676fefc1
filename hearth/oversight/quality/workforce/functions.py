"""SQL of the gate's functions for training. Used by migrations only. None of them names anybody who is helped."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function, identity_function
from hearth.foundation.core.roles import ERASER

IN_FORCE = (
    "{0}.ended_at is null and {0}.from_on <= current_date and ({0}.until_on is null or {0}.until_on >= current_date)"
)
_HOLDS = f"""select p.area_id, p.team_id, u.organisation_id, o.is_authority from accounts_appointment p
    join accounts_user u on u.id = p.user_id and u.is_active join accounts_organisation o on o.id = u.organisation_id
    join accounts_rolepermission r on r.role = p.role and r.permission = '{{0}}'
    where p.user_id = reader and {IN_FORCE.format("p")}"""
# Somebody works where a role of theirs is held; whoever works everywhere is looked after by whoever does so everywhere.
_WORKS = f"""select q.user_id, q.area_id, a.parent_id, q.team_id from accounts_appointment q
    left join accounts_area a on a.id = q.area_id where {IN_FORCE.format("q")}"""
_STAFF = f"""select w.user_id as id from ({_HOLDS.format("see_team_training")}) h
    join accounts_user s on s.organisation_id = h.organisation_id join ({_WORKS}) w on w.user_id = s.id
    where h.area_id is null or h.area_id in (w.area_id, w.parent_id) or h.team_id = w.team_id"""
_STAFF_OF = f"select coalesce(array_agg(distinct found.id), '{{}}') from ({_STAFF}) found where found.id <> reader"
_TRAINING_OF = f"""
    select coalesce(array_agg(distinct found.id), '{{}}') from (
        select reader as id
        union all
        {_STAFF}
        union all
        select s.id from ({_HOLDS.format("lead_workforce")}) h join accounts_user s on h.is_authority
            where h.area_id is null or exists (select 1 from ({_WORKS}) w where w.user_id = s.id and h.area_id in (w.area_id, w.parent_id))
    ) found"""
# Two who book the last seat at once take turns; the second is told that there is none, whatever a page believed.
_SEATS = """
declare taken integer; there integer;
begin
    if tg_op = 'UPDATE' and old.state = 'waiting' and new.state = 'booked' then
        raise exception 'Whoever waits is offered a seat first' using errcode = 'check_violation';
    end if;
    if new.state not in ('booked', 'offered') or (tg_op = 'UPDATE' and old.state in ('booked', 'offered', 'attended', 'absent')) then
        return new;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('course run ' || new.run_id, 0));
    select seats into there from workforce_courserun where id = new.run_id;
    select count(*) into taken from workforce_coursebooking b where b.run_id = new.run_id and b.id <> new.id
        and b.state in ('booked', 'offered', 'attended', 'absent');
    if taken >= there then
        raise exception 'Every seat of this run is taken' using errcode = 'check_violation';
    end if;
    return new;
end
"""
LEFT = """select u.id from accounts_user u where not u.is_active and coalesce(
    (select max(coalesce(p.ended_at, p.until_on + 1)) from accounts_appointment p where p.user_id = u.id), u.created_at)
    < now() - make_interval(years => greatest(years, 1))"""


def whose() -> list[RunSQL]:
    """hearth_training_of: whose bookings and training a reader sees, themselves among them."""
    return [gate_function("hearth_training_of(reader uuid)", "uuid[]", _TRAINING_OF)]


def seats() -> list[RunSQL]:
    """How full runs are, for people who see nobody else's booking; and no more bookings than there are seats."""
    return [
        gate_function(
            "hearth_run_places(runs uuid[])",
            "table (run uuid, taken integer, waiting integer, last integer)",
            """select b.run_id, (count(*) filter (where b.state in ('booked', 'offered', 'attended', 'absent')))::integer,
                (count(*) filter (where b.state = 'waiting'))::integer, max(b.place_in_line)::integer
                from workforce_coursebooking b where b.run_id = any(runs) and hearth_holds(hearth_reader(), 'see_courses')
                group by b.run_id""",
        ),
        gate_function("hearth_seats_are_there()", "trigger", _SEATS, volatility="volatile", language="plpgsql"),
        RunSQL(
            """create trigger seats_are_there before insert or update of state on workforce_coursebooking
                for each row execute function hearth_seats_are_there()""",
            "drop trigger seats_are_there on workforce_coursebooking",
        ),
    ]


def at_night() -> list[RunSQL]:
    """What the night looks after: certificates that run out, offers nobody answered, and seats of people who left. Keys alone leave it."""
    return [
        *identity_function(
            "hearth_tidying",
            "hearth_training_to_chase(today date, days integer)",
            "table (record uuid, person uuid)",
            """select t.id, t.person_id from workforce_trainingrecord t join accounts_user u on u.id = t.person_id and u.is_active
                where t.withdrawn_at is null and t.until_on between today and today + days
                and not exists (select 1 from workforce_trainingrecord l where l.person_id = t.person_id and l.competence = t.competence
                    and l.withdrawn_at is null and l.trained_on > t.trained_on)""",
        ),
        *identity_function(
            "hearth_tidying",
            "hearth_runs_to_look_after(today date)",
            "table (run uuid, organiser uuid)",
            # Of a run whose organiser left, whoever put the course on.
            """select distinct r.id, case when o.is_active then o.id else c.put_on_by_id end
                from workforce_courserun r join workforce_course c on c.id = r.course_id join accounts_user o on o.id = r.organiser_id
                join workforce_coursebooking b on b.run_id = r.id join accounts_user u on u.id = b.person_id
                where r.state = 'planned' and r.held_on >= today
                and ((b.state = 'offered' and b.offered_until < today) or b.state = 'waiting'
                    or (not u.is_active and b.state in ('booked', 'offered', 'waiting')))""",
        ),
    ]


def needs() -> list[RunSQL]:
    """hearth_panel_training_needs: that panels decided on training, where, when and about which themes. No words of a family leave it.

    What was decided of a restricted family, or of one in which somebody is restricted, is given to nobody.
    """
    return [
        gate_function(
            "hearth_panel_training_needs()",
            "table (decision uuid, panel text, area uuid, decided_at timestamptz, raised_by uuid, themes text[])",
            """select d.id, p.name::text, p.area_id, d.decided_at, d.recorded_by_id, d.themes::text[] from panels_paneldecision d
                join panels_panelmeeting m on m.id = d.meeting_id join panels_panel p on p.id = m.panel_id
                join panels_panelitem i on i.id = d.item_id left join people_family f on f.id = i.family_id
                where d.kind = 'training' and d.withdrawn_at is null and not coalesce(f.restricted, false)
                and not exists (select 1 from people_membership x where x.family_id = f.id and x.hidden)
                and p.area_id = any((select hearth_areas(hearth_reader(), 'lead_workforce'))::uuid[])""",
        )
    ]


def _let_go(name: str, tables: tuple[str, ...], tracked: tuple[str, ...], whose: dict[str, str]) -> list[RunSQL]:
    """A function that lets go of rows of people who left so many years ago, the first table last counted; by the database's own clock."""
    both = [*tables, *(f"{table}event" for table in tracked)]
    given = "".join(
        f"grant select, delete on {table} to {ERASER}; create policy eraser on {table} for all to {ERASER} using (true);"
        for table in both
    )
    taken = "".join(f"drop policy eraser on {table}; revoke all on {table} from {ERASER};" for table in both)
    gone = "".join(
        (
            f"""perform set_config('pgtrigger.ignore', (select array_agg(tgname)::text from pg_trigger
                where tgrelid = '{table}event'::regclass and tgname like 'pgtrigger_append_only_%'), true);
            delete from {table}event where {whose[table].format(left=f"({LEFT})")};
            perform set_config('pgtrigger.ignore', '{{}}', true);"""
            if table in tracked
            else ""
        )
        + f"delete from {table} where {whose[table].format(left=f'({LEFT})')};"
        + ("get diagnostics gone = row_count;" if table == tables[0] else "")
        for table in tables
    )
    return [
        RunSQL(given, taken),
        *identity_function(
            "hearth_tidying",
            f"{name}(years integer)",
            "integer",
            f"declare gone integer := 0; begin {gone} return gone; end",
            volatility="volatile",
            language="plpgsql",
            owner=ERASER,
        ),
    ]


def letting_go() -> list[RunSQL]:
    """hearth_let_go_of_training: what people who left so many years ago were trained in; how many records went."""
    tables = ("workforce_trainingrecord", "workforce_coursebooking")
    return _let_go("hearth_let_go_of_training", tables, tables, dict.fromkeys(tables, "person_id in {left}"))


def supervision() -> list[RunSQL]:
    """Whose supervision a manager knows of, who reads a note, and what the night finds and lets go of."""
    noted, opened, pair = "workforce_supervisionnote", "workforce_supervisionopening", "workforce_supervision"
    of = f"supervision_id in (select s.id from {pair} s where s.worker_id in {{left}})"
    return [
        # As hearth_training_of, without oneself, and without whoever leads the workforce: what two people say is not theirs to read.
        gate_function("hearth_staff_of(reader uuid)", "uuid[]", _STAFF_OF),
        gate_function(
            "hearth_reads_supervision(wanted uuid)",
            "boolean",
            f"""select exists (select 1 from {pair} s where s.id = wanted and (hearth_reader() in (s.worker_id, s.supervisor_id)
                or (s.supervisor_id = any(hearth_staff_of(hearth_reader())) and exists (select 1 from {opened} o
                    where o.supervision_id = s.id and o.opened_by_id = hearth_reader()
                    and o.until_on >= (now() at time zone 'Europe/London')::date))))""",
        ),
        *identity_function(
            "hearth_tidying",
            "hearth_supervisions_to_chase(today date)",
            "table (supervision uuid, supervisor uuid)",
            f"""select s.id, s.supervisor_id from {pair} s join accounts_user u on u.id = s.supervisor_id and u.is_active
                join accounts_user w on w.id = s.worker_id and w.is_active where s.ended_on is null and s.next_on <= today + 7""",
        ),
        *_let_go(
            "hearth_let_go_of_supervision",
            (noted, opened, pair),
            (noted, pair),
            {noted: of, opened: of, pair: "worker_id in {left}"},
        ),
    ]
