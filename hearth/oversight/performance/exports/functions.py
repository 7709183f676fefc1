"""SQL of the gate's functions for exports. Used by migrations only.

Whoever makes exports opens no family's record: they are given rows of the lists and no more, of families of the areas in which they may.
Restricted people and families are given to nobody, whoever asks: a file that leaves is on no list of names.
"""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function

MAKES = "make_exports"
_AREAS = f"any((select hearth_areas(hearth_reader(), '{MAKES}'))::uuid[])"
_ASKED = "and (areas is null or {0} = any(areas))"
# A family in a file: of an area the reader may, and of those asked for.
_FAMILY = f"f.area_id = {_AREAS} {_ASKED.format('f.area_id')} and not f.restricted"
_LONDON = "({0} at time zone 'Europe/London')::date"

# Whoever belongs or belonged to a restricted family, by any of their records: their other home must not say where they are.
_APART = """select y.cluster_id from people_family r join people_membership z on z.family_id = r.id
    join people_person y on y.id = z.person_id where r.restricted"""
# One child, however many records of them are linked: what any of the records knows, the first that has it.
_KNOWN = """cross join lateral (select
        (array_agg(x.reference order by x.id))[1]::text as child,
        coalesce((array_agg(x.sex order by x.id) filter (where x.sex <> 'U'))[1], 'U')::text as sex,
        coalesce((array_agg(x.ethnicity order by x.id) filter (where x.ethnicity not in ('', 'NOBT')))[1], 'NOBT')::text as ethnicity,
        (array_agg(x.born_on order by {best}, x.id) filter (where x.born_on is not null))[1] as born_on,
        coalesce((array_agg(x.birth_precision order by {best}, x.id) filter (where x.born_on is not null))[1],
            min(x.birth_precision))::text as precision,
        min(x.died_on) as died_on
    from people_person x where x.cluster_id = {cluster} and not x.hidden) k"""
_BEST = "array_position(array['full', 'month', 'year', 'estimated', 'expected', 'unknown'], x.birth_precision::text)"


def known(cluster: str) -> str:
    """What is known of whoever has that cluster, as a lateral join called `k`."""
    return _KNOWN.format(best=_BEST, cluster=cluster)


# The last day on which somebody may have been born: an adult is left out only where it is certain.
_LATEST = """case {0}.precision when 'month' then ({0}.born_on + interval '1 month' - interval '1 day')::date
    when 'year' then ({0}.born_on + interval '1 year' - interval '1 day')::date
    when 'estimated' then ({0}.born_on + interval '1 year' - interval '1 day')::date else {0}.born_on end"""


def is_adult(day: str) -> str:
    """Whether the child of `k` was certainly eighteen or more on a day."""
    return f"coalesce(k.precision <> 'expected' and {_LATEST.format('k')} <= {day} - interval '18 years', false)"


def children(family: str, first: str, last: str, but: str = "true") -> str:
    """Children who belonged to a family on some day between two, as a lateral join called `p`: once each, and nobody hidden."""
    return f"""cross join lateral (select distinct w.cluster_id from people_membership m join people_person w on w.id = m.person_id
        where m.family_id = {family} and m.role = 'child' and not m.hidden and not w.hidden and not w.cluster_id in ({_APART})
        and (m.from_on is null or m.from_on <= {last}) and (m.until_on is null or m.until_on >= {first}) and {but}) p"""


# Until when help went on, by the last day of the file: until the case was closed, or until social care took it.
ENDED = f"""cross join lateral (select least(case when c.closed_on <= to_on then c.closed_on end,
        (select max({_LONDON.format("s.decided_at")}) from steps_carestep s where s.case_id = c.id and s.direction = 'up'
            and s.status in ('accepted', 'ended') and {_LONDON.format("s.decided_at")} <= to_on
            and (s.ended_at is null or {_LONDON.format("s.ended_at")} > to_on))) as on_) e"""
# Who led then: the team's own row, or the name on the case.
LEAD = """left join lateral (select coalesce((select t.user_id from cases_teammember t where t.case_id = c.id and t.is_lead
            and t.user_id is not null and t.joined_on <= to_on and (t.left_on is null or t.left_on > least(coalesce(e.on_, to_on), to_on))
            order by t.joined_on desc, t.id limit 1), c.lead_id) as id) led on true
    left join accounts_user u on u.id = led.id left join accounts_organisation uo on uo.id = u.organisation_id"""
NOT_IN_ERROR = "not (c.stage = 'closed' and c.closure_reason = any(in_error))"
_CASES = f"cases_case c join people_family f on f.id = c.family_id and {_FAMILY} {ENDED}"

# What every row of every list begins with, and who can mend it.
CHILD = "child text, sex text, ethnicity text, born_on date, birth_precision text, adult boolean"
_CHILD = "k.child, k.sex, k.ethnicity, k.born_on, k.precision, {adult}"
KEEPER = "case_reference text, keeper text, keeper_email text, keeper_organisation text"
_KEEPER = "c.reference::text, u.full_name::text, u.email::text, uo.name::text"

_SOURCE = """case when q.state = 'recorded' then coalesce(q.answers ->> 'source', '10')
    when q.channel = 'step_down' then '5A' when q.asker_relation <> '' then 'relation:' || q.asker_relation
    when q.channel = 'family' then '10' when q.channel = 'partner' and o.sector <> '' then 'sector:' || o.sector else '10' end"""
_RECEIVED = _LONDON.format("q.received_at")
_OF_AREA = f"coalesce(f.area_id, q.area_id) = {_AREAS} {_ASKED.format('coalesce(f.area_id, q.area_id)')}"
_SENT = """front_door_request q left join people_family f on f.id = q.family_id
    left join cases_case c on c.id = q.case_id left join accounts_user u on u.id = c.lead_id
    left join accounts_organisation uo on uo.id = u.organisation_id left join accounts_organisation o on o.id = q.organisation_id"""
_IN_TIME = f"""q.state <> 'started' and {_RECEIVED} between from_on and to_on and {_OF_AREA} and not coalesce(f.restricted, false)
    and coalesce(q.answers ->> 'imported_as', '') <> 'referral'"""
# Everybody a request names who was matched is who they were matched with; others are as typed, under the request's own number.
_TYPED = f"""select distinct on (coalesce(y.cluster_id, t.id)) y.cluster_id, t.id as typed_id,
        coalesce(k.child, s.reference || '-' || t.nth) as child, coalesce(k.sex, t.sex)::text as sex,
        coalesce(k.ethnicity, 'NOBT') as ethnicity, coalesce(k.born_on, t.born_on) as born_on,
        coalesce(k.precision, t.birth_precision)::text as precision, t.given_name::text, t.family_name::text
    from (select n.*, row_number() over (order by n.place, n.id) as nth from front_door_requestperson n where n.request_id = s.id) t
    left join front_door_personmatch h on h.typed_id = t.id left join people_person y on y.id = h.person_id
    left join lateral (select k.* from (select 1) one {known("y.cluster_id")} where y.id is not null) k on true
    where t.role = 'child' and (y.id is null or not y.hidden and not y.cluster_id in ({_APART}))
    order by coalesce(y.cluster_id, t.id), t.nth"""
# A request that names nobody, as one that another system recorded: the children of its family on that day.
_UNNAMED = f"""select p.cluster_id, null::uuid as typed_id, k.child, k.sex, k.ethnicity, k.born_on, k.precision,
        '' as given_name, '' as family_name
    from (select 1) one {children("s.family_id", "s.received_on", "s.received_on")} {known("p.cluster_id")}
    where s.family_id is not null and not exists (select 1 from front_door_requestperson n where n.request_id = s.id)"""

_CONTACTS = f"""
    with s as materialized (select q.id, q.reference, q.family_id, {_RECEIVED} as received_on, {_SOURCE} as source, q.outcome, q.state,
            coalesce(q.decided_at is not null and {_LONDON.format("q.decided_at")} <= to_on, false) as decided,
            c.reference::text as case_reference, u.full_name::text as keeper, u.email::text as keeper_email,
            uo.name::text as keeper_organisation
        from {_SENT} where {_IN_TIME})
    select s.reference::text, s.received_on, s.source, case when s.decided then s.outcome else '' end::text,
        k.cluster_id, k.typed_id, k.given_name, k.family_name,
        {_CHILD.format(adult=is_adult("s.received_on"))}, s.case_reference, s.keeper, s.keeper_email, s.keeper_organisation
    from s cross join lateral (({_TYPED}) union all ({_UNNAMED})) k
    order by s.received_on, s.reference, k.child"""

_LATEST_ONE = """a.number = (select max(z.number) from assessments_assessment z where z.case_id = c.id and z.status <> 'stopped'
    and z.started_on <= to_on)"""
_DONE = f"case when {_LONDON.format('a.signed_off_at')} <= to_on then {_LONDON.format('a.signed_off_at')} end"
_HELP = f"""
    with c as materialized (select c.*, e.on_ as ended_on from {_CASES} where c.opened_on <= to_on and {NOT_IN_ERROR}),
    rows as (
        select c.id, a.started_on, d.on_ as done_on, ao.name::text as organisation, true as assessed
        from c join assessments_assessment a on a.case_id = c.id and a.status <> 'stopped' and a.started_on <= to_on
        cross join lateral (select {_DONE} as on_) d
        left join accounts_user au on au.id = a.author_id left join accounts_organisation ao on ao.id = au.organisation_id
        where d.on_ >= from_on or (c.ended_on is null and (d.on_ is null or {_LATEST_ONE}))
        union all
        select c.id, c.opened_on, case when c.opened_because = 'imported' then c.ended_on end,
            substring(c.closing_words from ': completed by (.*)\\.$'), c.opened_because = 'imported'
        from c where (c.ended_on is null or (c.opened_because = 'imported' and c.ended_on >= from_on))
        and not exists (select 1 from assessments_assessment a where a.case_id = c.id and a.status <> 'stopped' and a.started_on <= to_on)
    )
    select r.started_on, r.done_on, coalesce(r.organisation, uo.name::text), r.assessed, {_CHILD.format(adult=is_adult("r.started_on"))}, {_KEEPER}
    from rows r join c on c.id = r.id cross join lateral (select c.ended_on as on_) e {LEAD}
    {children("c.family_id", "r.started_on", "coalesce(case when c.ended_on is null then to_on end, r.done_on, to_on)")} {known("p.cluster_id")}
    order by r.started_on, c.reference, k.child"""

_DAY = _LONDON.format("s.requested_at")
_NAMED = """(w.id = any({0}.people) or not exists (select 1 from people_membership n where n.family_id = {0}.family_id
    and n.role = 'child' and n.person_id = any({0}.people)))"""
_BEFORE = f"""(select count(distinct b.id) from steps_carestep b join people_family bf on bf.id = b.family_id and not bf.restricted
    join people_membership m on m.family_id = b.family_id and m.role = 'child' join people_person w on w.id = m.person_id
    where w.cluster_id = p.cluster_id and b.direction = 'up' and b.status <> 'withdrawn' and b.requested_at < s.requested_at
    and {_LONDON.format("b.requested_at")} >= {_DAY} - interval '12 months' and {_NAMED.format("b")}
    and (m.from_on is null or m.from_on <= {_LONDON.format("b.requested_at")})
    and (m.until_on is null or m.until_on >= {_LONDON.format("b.requested_at")}))"""
_REFERRALS = f"""
    select s.reference::text, {_DAY}, 'sector:' || ro.sector, case when a.yes then s.status else 'requested' end::text, {_BEFORE},
        case when a.yes then '' else coalesce(tm.name, ro.name) end::text, case when a.yes then du.full_name else ru.full_name end::text,
        {_CHILD.format(adult=is_adult(_DAY))}, {_KEEPER}
    from steps_carestep s join cases_case c on c.id = s.case_id join people_family f on f.id = s.family_id and {_FAMILY} {ENDED}
    join accounts_user ru on ru.id = s.requested_by_id join accounts_organisation ro on ro.id = ru.organisation_id
    left join accounts_user du on du.id = s.decided_by_id left join accounts_team tm on tm.id = c.team_id
    cross join lateral (select coalesce({_LONDON.format("s.decided_at")} <= to_on, false) as yes) a {LEAD}
    {children("s.family_id", _DAY, _DAY, _NAMED.format("s"))} {known("p.cluster_id")}
    where s.direction = 'up' and s.status <> 'withdrawn' and {_DAY} between from_on and to_on
    union all
    select q.reference::text, {_RECEIVED}, coalesce(q.answers ->> 'source', '10'), 'imported:' || coalesce(q.answers ->> 'no_further_action', ''),
        case when q.answers ->> 'referrals_in_last_12_months' ~ '^[0-9]{{1,4}}$' then (q.answers ->> 'referrals_in_last_12_months')::bigint end,
        q.answers ->> 'allocated_team', q.answers ->> 'allocated_worker',
        {_CHILD.format(adult=is_adult(_RECEIVED))}, {_KEEPER}
    from {_SENT} {children("q.family_id", _RECEIVED, _RECEIVED)} {known("p.cluster_id")}
    where {_IN_TIME.replace("<> 'referral'", "= 'referral'")} and q.family_id is not null
    order by 2, 1, 8"""

# What a file leaves out, by code and number. Restricted people are in no count.
_LEFT_OUT = f"""
    with c as materialized (select c.*, e.on_ as ended_on from {_CASES} where c.opened_on <= to_on
        and (e.on_ is null or e.on_ >= from_on))
    select 'in_error', count(*) from c where not {NOT_IN_ERROR}
    union all select 'not_finished', count(*) from c join assessments_assessment a on a.case_id = c.id and a.started_on <= to_on
        where {NOT_IN_ERROR} and (a.status = 'stopped' or (c.ended_on is not null
        and coalesce({_LONDON.format("a.signed_off_at")} > to_on, true)))
    union all select 'not_assessed', count(*) from c where {NOT_IN_ERROR} and c.ended_on is not null and c.opened_because <> 'imported'
        and not exists (select 1 from assessments_assessment a where a.case_id = c.id and {_LONDON.format("a.signed_off_at")} <= to_on)
    union all select 'names_no_child', count(*) from {_SENT} where {_IN_TIME}
        and not exists (select 1 from front_door_requestperson n where n.request_id = q.id and n.role = 'child')
        and (q.family_id is null or exists (select 1 from front_door_requestperson n where n.request_id = q.id)
            or not exists (select 1 from people_membership m where m.family_id = q.family_id and m.role = 'child'))
    union all select 'withdrawn', count(*) from steps_carestep s join people_family f on f.id = s.family_id and {_FAMILY}
        where s.direction = 'up' and s.status = 'withdrawn' and {_DAY} between from_on and to_on"""

_PERIOD = "areas uuid[], from_on date, to_on date"


def lists() -> list[RunSQL]:
    """Rows of the inspectors' first three lists, and what was left out of them."""
    with_errors = f"{_PERIOD}, in_error text[]"
    return [
        gate_function(
            f"hearth_export_contacts({_PERIOD})",
            "table(request text, received_on date, source text, outcome text, cluster uuid, typed uuid, given_name text,"
            f" family_name text, {CHILD}, {KEEPER})",
            _CONTACTS,
        ),
        gate_function(
            f"hearth_export_early_help({with_errors})",
            f"table(started_on date, done_on date, organisation text, assessed boolean, {CHILD}, {KEEPER})",
            _HELP,
        ),
        gate_function(
            f"hearth_export_referrals({_PERIOD})",
            "table(step text, referred_on date, source text, status text, before bigint, team text, worker text,"
            f" {CHILD}, {KEEPER})",
            _REFERRALS,
        ),
        gate_function(f"hearth_export_left_out({with_errors})", "table(what text, number bigint)", _LEFT_OUT),
        gate_function(
            "hearth_restricted_since(moment timestamptz)",
            "boolean",
            """select exists (select 1 from people_restriction r where r.created_at > moment and r.lifted_at is null)
                or exists (select 1 from people_membership m join people_family f on f.id = m.family_id and f.restricted
                    where m.created_at > moment)
                or exists (select 1 from people_link l join people_person p on p.id in (l.one_id, l.other_id)
                    where l.created_at > moment and l.undone_at is null and p.hidden)""",
        ),
    ]
