"""SQL of the days that retention counts from, and of who reads what governance keeps of the service. Used by migrations only.

The eraser's own are in `erasing`.

Whoever is restricted, is open to work, has a child whose day of birth nobody knows or no child at all is not found: they are left
out here, whoever asks. Of the last two, information governance is told how many there are in each district.
"""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import READERS, gate_function
from hearth.foundation.core.roles import ERASER, RETENTION

DATES = "hearth_retention_dates(today date, wanted uuid)"
# The last day on which somebody may have been born, by how much of the day is known.
_BORN = """case when p.born_on is null then null when p.birth_precision in ('full', 'expected') then p.born_on
    when p.birth_precision = 'month' then (p.born_on + interval '1 month' - interval '1 day')::date
    when p.birth_precision in ('year', 'estimated') then (p.born_on + interval '1 year' - interval '1 day')::date end"""
# Everybody who belongs or belonged to the family, with all records of the same person: the youngest keeps it.
_FAMILIES = f"""
    select 'family', f.id, f.reference::text, jsonb_build_object(
        'youngest_child_born', born.latest, 'case_closed', worked.closed, 'request_decided', asked.decided,
        'claim_made', claimed.made, 'record_made', greatest((f.created_at at time zone 'Europe/London')::date, written.latest))
    from people_family f
    join lateral (
        select max({_BORN}) as latest, count(*) filter (where m.role = 'child') as children,
            bool_or(p.hidden or m.hidden) as hidden,
            bool_or(m.role = 'child' and p.id = m.person_id and {_BORN} is null) as unknown
        from people_membership m join people_person q on q.id = m.person_id join people_person p on p.cluster_id = q.cluster_id
        where m.family_id = f.id) born on born.children > 0 and not born.hidden and not born.unknown
    left join lateral (select max(c.closed_on) as closed, bool_or(c.stage <> 'closed') as open
        from cases_case c where c.family_id = f.id) worked on true
    left join lateral (select max((coalesce(q.decided_at, q.received_at) at time zone 'Europe/London')::date) filter (where
            q.case_id is null and not exists (select 1 from cases_case c where c.request_id = q.id)) as decided,
        bool_or(q.state in ('received', 'paused', 'decided') or q.to_pass_on) as open
        from front_door_request q where q.family_id = f.id) asked on true
    left join lateral (select max((c.created_at at time zone 'Europe/London')::date) as made, bool_or(c.state = 'waiting') as open
        from programmes_claim c where c.family_id = f.id) claimed on true
    left join lateral (select max((e.created_at at time zone 'Europe/London')::date) as latest from audit_auditevent e
        where e.family_id = f.id and e.kind = 'done' and e.verb not like 'governance.%') written on true
    where (wanted is null or f.id = wanted) and not f.restricted
        and not coalesce(worked.open, false) and not coalesce(asked.open, false) and not coalesce(claimed.open, false)
"""
_REQUESTS = """
    select 'request', q.id, q.reference::text, jsonb_build_object('request_decided', greatest(
        (coalesce(q.decided_at, q.received_at) at time zone 'Europe/London')::date,
        (select max((e.pgh_created_at at time zone 'Europe/London')::date) from front_door_requestevent e where e.pgh_obj_id = q.id)),
        'record_made', (q.received_at at time zone 'Europe/London')::date)
    from front_door_request q
    where (wanted is null or q.id = wanted) and q.state in ('told', 'withdrawn', 'recorded') and not q.to_pass_on
        and q.case_id is null and not exists (select 1 from cases_case c where c.request_id = q.id)
        and not exists (select 1 from people_family f where f.id = q.family_id and f.restricted)
        and not exists (select 1 from front_door_personmatch m join people_person p on p.id = m.person_id
            where m.request_id = q.id and p.hidden)
"""
_CLAIMS = """
    select 'claim', c.id, c.reference::text, jsonb_build_object('claim_made', (c.created_at at time zone 'Europe/London')::date)
    from programmes_claim c join people_family f on f.id = c.family_id and not f.restricted
    where (wanted is null or c.id = wanted) and c.state <> 'waiting' and not exists (
        select 1 from people_membership m where m.family_id = c.family_id and m.hidden)
"""
# Messages name nobody once they are emptied, and nobody could look at each: a month of them is one record.
MONTH_OF_MESSAGES = "md5('messages ' || to_char(m.created_at at time zone 'Europe/London', 'YYYY-MM'))::uuid"
_MESSAGES = f"""
    select 'message', {MONTH_OF_MESSAGES}, 'ME-' || to_char(m.created_at at time zone 'Europe/London', 'YYYY-MM'),
        jsonb_build_object('record_made', max((m.created_at at time zone 'Europe/London')::date))
    from outbox_message m where wanted is null or {MONTH_OF_MESSAGES} = wanted
    group by 2, 3 having bool_and(m.status in ('sent', 'given_up'))
"""
_OTHERS = """
    select 'universal_activity', u.id, u.reference::text,
        jsonb_build_object('record_made', (u.created_at at time zone 'Europe/London')::date)
    from universal_universalactivity u where wanted is null or u.id = wanted
    union all
    select 'agreement', a.id, a.reference::text, jsonb_build_object('agreement_ended',
        coalesce((a.ended_at at time zone 'Europe/London')::date, a.until_on),
        'record_made', (a.created_at at time zone 'Europe/London')::date)
    from sharing_agreement a where (wanted is null or a.id = wanted) and (a.ended_at is not null or a.until_on < today)
        and not exists (select 1 from people_access x where x.basis = a.id)
"""
_QUESTIONS = """
    select 'question', q.id, q.reference::text, jsonb_build_object('record_made',
        (greatest(q.asked_at, q.answered_at, q.withdrawn_at) at time zone 'Europe/London')::date)
    from panels_question q where wanted is null or q.id = wanted
"""


# The key of the district alone, and of nobody who is restricted: names are for those who may open the family.
_UNKNOWN = f"""
    select f.area_id, count(*) from people_family f
    where {{governs}} and not f.restricted and not f.id = any(seen) and (
        exists (select 1 from people_membership m join people_person p on p.id = m.person_id
            where m.family_id = f.id and m.role = 'child' and not m.hidden and not p.hidden and {_BORN} is null)
        or not exists (select 1 from people_membership m where m.family_id = f.id and (m.role = 'child' or m.hidden)))
    group by f.area_id
"""


def births_unknown(governs: str) -> list[RunSQL]:
    """hearth_births_unknown: how many other families than those seen have a child whose day of birth is unknown, or none, by district."""
    return [
        gate_function(
            "hearth_births_unknown(seen uuid[])", "table(area uuid, families bigint)", _UNKNOWN.format(governs=governs)
        )
    ]


def dates(*, questions: bool = True) -> list[RunSQL]:
    """hearth_retention_dates: every record that may pass its time, by key and reference, and the days that count for it.

    Questions came later: a new database makes the function before there is a table of them.
    """
    asked = f" union all {_QUESTIONS}" if questions else ""
    return [
        gate_function(
            DATES,
            "table(kind text, id uuid, reference text, facts jsonb)",
            f"{_FAMILIES} union all {_REQUESTS} union all {_CLAIMS} union all {_MESSAGES} union all {_OTHERS}{asked}",
        ),
        RunSQL(
            f"revoke all on function hearth_retention_dates(date, uuid) from {READERS};"
            f"grant usage on schema public to {RETENTION};"
            f"grant execute on function hearth_retention_dates(date, uuid) to {RETENTION}, {ERASER}",
            RunSQL.noop,
        ),
    ]


def reach_sql(table: str, sees: str, keeps: str, decides: str) -> str:
    """The body of such a function. What is kept to some roles is read by them, by its owner, and by nobody else of the district."""
    in_area = """case when t.area_id is null then (select hearth_money_whole(reader, '{0}'))
        else t.area_id = any((select hearth_money_areas(reader, '{0}'))::uuid[]) end"""
    return f"""
        select coalesce(array_agg(t.id), '{{}}') from {table} t
        where (select hearth_holds(reader, '{sees}'))
            and (t.owner_id = reader or (
                (t.area_id is null or t.area_id = any((select hearth_money_areas(reader, '{sees}'))::uuid[]))
                and (t.only_roles = '{{}}' or t.only_roles && (select hearth_roles(reader))::text[]::varchar[])))
            and case wanted
                when 'see' then true
                when 'edit' then t.owner_id = reader or {in_area.format(keeps)}
                when 'keep' then {in_area.format(keeps)}
                when 'decide' then (select hearth_holds(reader, '{decides}'))
                    and (t.area_id is null or t.area_id = any((select hearth_money_areas(reader, '{decides}'))::uuid[]))
                else false end
    """
