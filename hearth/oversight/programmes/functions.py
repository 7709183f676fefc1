"""SQL of the gate's functions for claims. Used by migrations only.

Whoever makes and checks claims opens no family's record: they are given codes, dates, scores and references, and no name or free
text. A family of whom anybody is restricted is given to nobody who is not on the list.
"""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import PLANNED_ONCE, gate_function

SEES = "see_claims"
_MAY = f"""f.area_id = any((select hearth_areas(hearth_reader(), '{SEES}'))::uuid[])
    and (not f.restricted or f.id = any((select hearth_allowed_families(hearth_reader()))::uuid[]))
    and not exists (select 1 from people_membership x where x.family_id = f.id and x.hidden
        and not x.person_id = any((select hearth_allowed_people(hearth_reader()))::uuid[]))"""
# Rows that were written down by the end of the day; what was written later about that day is found by looking again.
_WRITTEN = "{0}.created_at < ((w.as_at + 1)::timestamp at time zone 'Europe/London')"
_LONDON = "({0} at time zone 'Europe/London')::date"

_CHILDREN = f"""(select jsonb_build_object(
        'expected', count(*) filter (where p.birth_precision = 'expected'),
        'under_18', count(*) filter (where p.birth_precision <> 'expected' and p.born_on > c.opened_on - interval '18 years'),
        'older', count(*) filter (where p.birth_precision <> 'expected' and p.born_on <= c.opened_on - interval '18 years'),
        'age_not_known', count(*) filter (where p.born_on is null and p.birth_precision <> 'expected'))
    from people_membership m join people_person p on p.id = m.person_id
    where m.family_id = c.family_id and m.role = 'child' and {_WRITTEN.format("m")}
    and (m.from_on is null or m.from_on <= w.as_at) and (m.until_on is null or m.until_on >= c.opened_on))"""
_ASSESSMENTS = f"""(select coalesce(jsonb_agg(jsonb_build_object('reference', a.reference, 'number', a.number,
        'signed_off_on', {_LONDON.format("a.signed_off_at")}) order by a.number), '[]')
    from assessments_assessment a where a.case_id = c.id and a.status = 'signed_off'
    and {_LONDON.format("a.signed_off_at")} <= w.as_at)"""
# Whoever was named first: the row of the team says who leads now, the trail who ever did. It cannot be changed.
_LEAD = f"""(select min({_LONDON.format("e.created_at")}) from audit_auditevent e where e.family_id = c.family_id
    and e.verb = 'cases.lead_named' and e.subject = c.reference and {_LONDON.format("e.created_at")} <= w.as_at)"""
_OUTCOMES = f"""(select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'number', o.number, 'area', o.area,
        'starting_score', o.starting_score, 'target_score', o.target_score,
        'state', case when o.ended_on <= w.as_at then o.state else 'open' end,
        'ended_on', case when o.ended_on <= w.as_at then o.ended_on end) order by o.number), '[]')
    from plans_outcome o where o.plan_id = p.id and {_WRITTEN.format("o")})"""
_REVIEWS = """(select coalesce(jsonb_agg(jsonb_build_object('number', r.number, 'on', r.reviewed_on, 'scores',
        (select coalesce(jsonb_object_agg(o.number::text, s.score), '{}') from plans_outcomescore s
            join plans_outcome o on o.id = s.outcome_id where s.review_id = r.id)) order by r.number), '[]')
    from plans_review r where r.plan_id = p.id and r.reviewed_on <= w.as_at)"""
_PLANS = f"""(select coalesce(jsonb_agg(jsonb_build_object('reference', p.reference, 'type', p.type, 'started_on', p.started_on,
        'agreed_on', (select min(g.agreed_on) from plans_planagreement g where g.plan_id = p.id and g.agreed_on <= w.as_at),
        'ended_on', case when p.ended_on <= w.as_at then p.ended_on end,
        'outcomes', {_OUTCOMES}, 'reviews', {_REVIEWS}) order by p.started_on, p.reference), '[]')
    from plans_plan p where p.case_id = c.id and p.started_on <= w.as_at)"""
_LATER = f"""(select coalesce(jsonb_agg(jsonb_build_object('case', l.reference, 'opened_on', l.opened_on,
        'follows', l.reopened_from_id is not null) order by l.opened_on, l.reference), '[]')
    from cases_case l where l.family_id = c.family_id and l.id <> c.id and l.opened_on <= w.as_at
    and {_WRITTEN.format("l")} and l.created_at > c.created_at)"""
_FACTS = f"""jsonb_build_object('case', c.reference, 'family', f.reference, 'opened_on', c.opened_on,
    'closed_on', case when c.closed_on <= w.as_at then c.closed_on end,
    'taken_up_on', case when c.taken_up_on <= w.as_at then c.taken_up_on end,
    'children', {_CHILDREN}, 'assessments', {_ASSESSMENTS}, 'lead_on', {_LEAD}, 'plans', {_PLANS}, 'later_cases', {_LATER})"""

# What partners' feeds said of the family's people: the days of each fact of a flag that nobody dismissed.
_SIGNS = f"""select c.id as case_id, coalesce(jsonb_agg(distinct jsonb_build_object('rule', g.rule, 'found', g.is_found,
        'on', e ->> 'on', 'until', e ->> 'until', 'source', (e ->> 'feed') || ' ' || (e ->> 'organisation'))), '[]') as signs
    from cases_case c join people_family f on f.id = c.family_id
    cross join lateral (select coalesce(array_agg(m.person_id::text), '{{}}')::varchar[] as keys from people_membership m
        where m.family_id = c.family_id) k
    join insight_familyofconcern n on n.names && k.keys
    join insight_flag g on g.family_id = n.id and g.state <> 'dismissed'
    cross join lateral jsonb_array_elements(g.evidence) e
    where c.id = any(wanted) and e ->> 'feed' is not null and {_MAY} group by c.id"""


def functions() -> list[RunSQL]:
    """Whether a family may be claimed for; its facts as at a day; signs of need; and the cases there are to look through."""
    return [
        gate_function(
            "hearth_may_claim(wanted uuid)",
            "boolean",
            f"begin return exists (select 1 from people_family f where f.id = wanted and {_MAY}); end",
            language=PLANNED_ONCE,
        ),
        gate_function(
            "hearth_claim_facts(wanted uuid[], days date[])",
            "table(case_id uuid, family_id uuid, area text, as_at date, facts jsonb)",
            f"""#variable_conflict use_column
            begin return query select c.id, f.id, a.name::text, w.as_at, {_FACTS}
                from unnest(wanted, days) as w(case_id, as_at) join cases_case c on c.id = w.case_id
                join people_family f on f.id = c.family_id join accounts_area a on a.id = f.area_id
                where c.opened_on <= w.as_at and {_MAY}; end""",
            language=PLANNED_ONCE,
        ),
        gate_function(
            "hearth_claim_signs(wanted uuid[])",
            "table(case_id uuid, signs jsonb)",
            f"#variable_conflict use_column begin return query {_SIGNS}; end",
            language=PLANNED_ONCE,
        ),
        gate_function("hearth_claim_case(wanted text)", "uuid",
            f"""select c.id from cases_case c join people_family f on f.id = c.family_id
                where (c.reference = wanted or f.reference = wanted) and {_MAY}
                order by (c.reference = wanted) desc, c.opened_on desc, c.id limit 1"""),
        gate_function(
            "hearth_claim_cases(district text, skipped integer, most integer)",
            "table(case_id uuid)",
            f"""#variable_conflict use_column
            begin return query select c.id from cases_case c join people_family f on f.id = c.family_id
                join accounts_area a on a.id = f.area_id
                where {_MAY} and (district = '' or a.code = district)
                and exists (select 1 from plans_plan p join plans_outcome o on o.plan_id = p.id
                    where p.case_id = c.id and p.agreed_on is not null and (o.state = 'met' or o.latest_score is not null))
                order by c.opened_on desc, c.id offset skipped limit most; end""",
            language=PLANNED_ONCE,
        ),
    ]  # fmt: skip
