"""SQL of the gate's functions for the Standard Safeguarding Dataset and the list of families. Used by migrations only.

Each table is of the same children: those of episodes and contacts of the window, so that every key of one is found in another.
"""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function
from hearth.oversight.performance.exports.functions import (
    _CASES,
    _FAMILY,
    _LONDON,
    _PERIOD,
    ENDED,
    LEAD,
    NOT_IN_ERROR,
    children,
    is_adult,
    known,
)

_WITH_ERRORS = f"{_PERIOD}, in_error text[]"
_ARGUMENTS = "areas, from_on, to_on"
_ALL = f"{_ARGUMENTS}, in_error"

_EPISODES = f"""
    with c as materialized (select c.*, e.on_ as ended_on from {_CASES} where c.opened_on <= to_on and {NOT_IN_ERROR}
        and (e.on_ is null or e.on_ >= from_on))
    select c.id, c.reference::text, c.family_id, p.cluster_id, k.child, c.opened_on, c.ended_on,
        case when c.ended_on is null then '' when c.closed_on is null or c.closed_on > c.ended_on then 'step_up'
            else c.closure_reason end::text,
        c.opened_because::text, coalesce((select to_json(q.reasons)::text from front_door_request q where q.id = c.request_id), '[]'),
        coalesce(uo.name::text, ''), u.reference::text, u.full_name::text, u.email::text
    from c cross join lateral (select c.ended_on as on_) e {LEAD}
    {children("c.family_id", "c.opened_on", "coalesce(c.ended_on, to_on)")} {known("p.cluster_id")}
    where not {is_adult("c.opened_on")} order by c.opened_on, c.reference, k.child"""
# Everybody in the file: by their records, or as typed on a request where nobody has said who they are.
_IN_FILE = f"""with ep as materialized (select * from hearth_export_episodes({_ALL})),
    them as materialized (
        select distinct x.cluster from (select cluster from ep
            union all select cluster from hearth_export_contacts({_ARGUMENTS}) where not adult) x where x.cluster is not null)"""
# Records of theirs that hang from a family of the reader's areas: what another district alone knows stays there.
_THEIRS = f"""them join people_person x on x.cluster_id = them.cluster and not x.hidden
    and exists (select 1 from people_membership m join people_family f on f.id = m.family_id and {_FAMILY} where m.person_id = x.id)"""
_NUMBER = """(select (array_agg(n.value order by (n.verified_at is null), n.created_at, n.id))[1]::text from people_identifier n
    join people_person x on x.id = n.person_id and not x.hidden where x.cluster_id = them.cluster and n.kind = '{0}' and n.flag = '')"""
_PERSONS = f"""{_IN_FILE}
    select k.child, {_NUMBER.format("upn")}, n.given_name, n.family_name, k.sex, k.ethnicity,
        case when k.precision = 'full' then k.born_on end, {_NUMBER.format("nhs")},
        case when k.precision = 'expected' then k.born_on end, k.died_on,
        exists (select 1 from people_relationship r join people_person x on x.id = r.person_id where x.cluster_id = them.cluster
            and r.kind = 'mother'), w.case_reference, w.keeper, w.keeper_email, w.organisation
    from them {known("them.cluster")}
    left join (select distinct on (ep.cluster) ep.* from ep order by ep.cluster, (ep.ended_on is null) desc, ep.started_on desc) w
        on w.cluster = them.cluster
    cross join lateral (select x.given_name::text, x.family_name::text from people_person x where x.cluster_id = them.cluster
        and not x.hidden order by (x.given_name = ''), x.id limit 1) n
    union all
    select child, null, given_name, family_name, sex, ethnicity, case when birth_precision = 'full' then born_on end, null,
        case when birth_precision = 'expected' then born_on end, null, false, case_reference, keeper, keeper_email, keeper_organisation
    from hearth_export_contacts({_ARGUMENTS}) where typed is not null and cluster is null and not adult
    order by 1"""
_FAMILIES = f"""{_IN_FILE}
    select distinct f.reference::text, k.child from {_THEIRS} join people_membership m on m.person_id = x.id and m.role = 'child'
        and (m.from_on is null or m.from_on <= to_on) and not m.hidden
    join people_family f on f.id = m.family_id and {_FAMILY} {known("them.cluster")} order by 1, 2"""
_ADDRESSES = f"""{_IN_FILE}
    select a.id::text, k.child, a.from_on, case when a.until_on <= to_on then a.until_on end, a.postcode::text, a.lines::text, a.uprn::text
    from {_THEIRS} join people_address a on a.person_id = x.id and (a.from_on is null or a.from_on <= to_on)
    {known("them.cluster")} order by 2, 3, 1"""
_DISABILITIES = f"""{_IN_FILE}
    select distinct k.child, d.code::text from {_THEIRS} cross join lateral unnest(x.disabilities) d(code)
    {known("them.cluster")} order by 1, 2"""
_IDENTIFIERS = f"""{_IN_FILE}
    select n.id::text, k.child, n.kind::text, n.value::text, null::date, null::date
    from {_THEIRS} join people_identifier n on n.person_id = x.id and n.kind in ('nhs', 'upn') and n.flag = ''
    {known("them.cluster")}
    union all select case_reference || '-' || child, child, 'case', case_reference, started_on, ended_on
    from ep order by 2, 3, 1"""
_INVOLVEMENTS = f"""
    select t.id::text || '-' || x.child, u.reference::text, t.role::text, t.is_lead, o.name::text, x.child, t.joined_on,
        case when t.left_on <= to_on then t.left_on end
    from hearth_export_episodes({_ALL}) x join cases_teammember t on t.case_id = x.case_id and t.user_id is not null
        and t.joined_on <= to_on
    join accounts_user u on u.id = t.user_id join accounts_organisation o on o.id = u.organisation_id
    order by t.joined_on, 1"""
_PROFESSIONALS = f"""
    with x as materialized (select * from hearth_export_episodes({_ALL})),
    named as (select worker from x where worker is not null
        union select u.reference::text from x join cases_teammember t on t.case_id = x.case_id and t.joined_on <= to_on
            join accounts_user u on u.id = t.user_id)
    select u.reference::text, u.full_name::text, u.job_title::text, o.name::text, coalesce(l.children, 0)
    from named n join accounts_user u on u.reference = n.worker join accounts_organisation o on o.id = u.organisation_id
    left join (select worker, count(distinct child) as children from x where ended_on is null group by 1) l on l.worker = n.worker
    order by 1"""

_SIGNED = f"""(select min({_LONDON.format("a.signed_off_at")}) from assessments_assessment a where a.case_id = c.id
    and a.status = 'signed_off' and {_LONDON.format("a.signed_off_at")} <= to_on)"""
_AGREED = """(select min(g.agreed_on) from plans_plan p join plans_planagreement g on g.plan_id = p.id
    where p.case_id = c.id and g.agreed_on <= to_on)"""
_NEEDS = f"""(select coalesce(json_agg(distinct n.need)::text, '[]') from programmes_namedneed n where n.case_id = c.id
    and n.framework = programme and n.need <> '' and {_LONDON.format("n.created_at")} <= to_on
    and (n.ended_at is null or {_LONDON.format("n.ended_at")} > to_on))"""
# Of a family in which somebody is restricted the other children are counted, and nobody is named.
_LISTED = f"""
    select f.reference::text, c.reference::text, ar.name::text, c.opened_on, e.on_,
        (select count(*) from (select 1) one {children("c.family_id", "c.opened_on", "coalesce(e.on_, to_on)")}
            {known("p.cluster_id")} where not {is_adult("c.opened_on")}),
        u.id is not null, coalesce(uo.name::text, ''), {_SIGNED}, {_AGREED}, {_NEEDS}, k.state::text, k.as_at, u.full_name::text, u.email::text
    from cases_case c join people_family f on f.id = c.family_id and {_FAMILY} join accounts_area ar on ar.id = f.area_id {ENDED} {LEAD}
    left join lateral (select x.state, x.as_at from programmes_claim x where x.case_id = c.id and x.framework = programme
        and {_LONDON.format("x.created_at")} <= to_on order by x.created_at desc limit 1) k on true
    where c.opened_on <= to_on and {NOT_IN_ERROR} and (e.on_ is null or e.on_ >= from_on)
    order by f.reference, c.opened_on, c.reference"""


def _of_children(name: str, returns: str, body: str) -> RunSQL:
    return gate_function(f"hearth_export_{name}({_WITH_ERRORS})", f"table({returns})", body)


def dataset() -> list[RunSQL]:
    """Each table of the dataset, and the list of families."""
    return [
        _of_children(
            "episodes",
            "case_id uuid, case_reference text, family_id uuid, cluster uuid, child text, started_on date, ended_on date,"
            " end_reason text, because text, reasons text, organisation text, worker text, keeper text, keeper_email text",
            _EPISODES,
        ),
        _of_children(
            "persons",
            "child text, upn text, given_name text, family_name text, sex text, ethnicity text, born_on date, nhs_number text,"
            " expected_on date, died_on date, is_mother boolean, case_reference text, keeper text, keeper_email text,"
            " keeper_organisation text",
            _PERSONS,
        ),
        _of_children("families", "family text, child text", _FAMILIES),
        _of_children(
            "addresses",
            "id text, child text, from_on date, until_on date, postcode text, lines text, uprn text",
            _ADDRESSES,
        ),
        _of_children("disabilities", "child text, code text", _DISABILITIES),
        _of_children(
            "identifiers", "id text, child text, kind text, value text, from_on date, until_on date", _IDENTIFIERS
        ),
        _of_children(
            "involvements",
            "id text, worker text, role text, is_lead boolean, organisation text, child text, joined_on date, left_on date",
            _INVOLVEMENTS,
        ),
        _of_children(
            "professionals",
            "worker text, full_name text, job_title text, organisation text, caseload bigint",
            _PROFESSIONALS,
        ),
        gate_function(
            f"hearth_export_family_list({_WITH_ERRORS}, programme text)",
            "table(family text, case_reference text, district text, opened_on date, ended_on date, children bigint, has_lead boolean,"
            " organisation text, assessed_on date, agreed_on date, needs text, claim text, claimed_as_at date,"
            " keeper text, keeper_email text)",
            _LISTED,
        ),
    ]
