"""SQL of the counts, made by `system:measures` for whoever sees them. Used by migrations only.

Months are London's. A family counts through its people: one that is restricted, or of which everybody is, is in no figure, and
whoever else is restricted changes none. The identity is shown no row of what is in no figure, whatever is asked here (`rights`).
"""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import counting_function, gate_reads, identity_function, measures_reads
from hearth.foundation.core.roles import MEASURES
from hearth.records.people.policies import IN_NO_FIGURE

_LONDON = "at time zone 'Europe/London'"
_MAY = "hearth_holds(reader, 'see_counts') and reader = hearth_reader()"
# No family has come of it yet, and everybody whom it names was matched with somebody restricted, or of a restricted family.
_REQUESTS = """
    with apart as (select m.person_id from people_membership m where m.hidden
        union select m.person_id from people_membership m join people_family f on f.id = m.family_id where f.restricted)
    select k.request_id from apart a join front_door_personmatch k on k.person_id = a.person_id
    where not exists (
        select 1 from front_door_requestperson t left join front_door_personmatch o on o.typed_id = t.id
        where t.request_id = k.request_id and not coalesce(o.person_id in (select person_id from apart), false))
"""
_SHOWN = "not (family_id in (select hearth_families_in_no_figure()))"
_ASKED = f"""case when family_id is null then not (id in (select hearth_requests_in_no_figure()))
    else {_SHOWN} end"""


def requests_in_no_figure() -> list[RunSQL]:
    """hearth_requests_in_no_figure, for the identity alone."""
    return identity_function(MEASURES, "hearth_requests_in_no_figure()", "setof uuid", _REQUESTS)


def rights() -> list[RunSQL]:
    """What the identity reads of each table: keys, days and codes; the gate tells it what is in no figure, and not why."""
    return [
        gate_reads("front_door_requestperson"),
        *identity_function(MEASURES, "hearth_families_in_no_figure()", "setof uuid", IN_NO_FIGURE),
        *requests_in_no_figure(),
        measures_reads("cases_case", "id", "area_id", "request_id", "stage", "closed_on", rows=_SHOWN),
        measures_reads("front_door_request", "id", "area_id", "state", "received_at", "has_assessment", rows=_ASKED),
        measures_reads(
            "assessments_assessment", "family_id", "case_id", "author_id", "number", "status", "started_on",
            "signed_off_at", "created_at", rows=_SHOWN,
        ),
        measures_reads(
            "steps_carestep", "family_id", "case_id", "requested_by_id", "requested_at", "direction", "status", rows=_SHOWN
        ),
    ]  # fmt: skip


def panel_rights() -> list[RunSQL]:
    """What the identity reads of what panels heard: the kind of panel, days and codes."""
    return [
        measures_reads("panels_panel", "id", "kind"),
        measures_reads(
            "panels_panelitem", "panel_id", "case_id", "status", "proposed_at", "heard_at", "first_help_on", rows=_SHOWN
        ),
    ]


def panel_functions() -> list[RunSQL]:
    """hearth_panel_times: what panels heard, and the median of days to the decision and to the first help, each way it is split."""
    heard_on = f"(x.heard_at {_LONDON})::date"
    days = "percentile_cont(0.5) within group (order by n.{days}::double precision)"
    return [
        counting_function(
            "hearth_panel_times(reader uuid, since date, areas text[], wanted_kind text)",
            "table (split text, key text, heard bigint, to_decision double precision, helped bigint, to_help double precision)",
            f"""with n as materialized (
                    select date_trunc('month', {heard_on})::date as month, a.code::text as area, p.kind::text as kind,
                        {heard_on} - (x.proposed_at {_LONDON})::date as decided, x.first_help_on - {heard_on} as helped
                    from panels_panelitem x join panels_panel p on p.id = x.panel_id join cases_case c on c.id = x.case_id
                    join accounts_area a on a.id = c.area_id
                    where {_MAY} and x.status = 'heard' and {heard_on} >= hearth_panel_times.since
                        and a.code = any(areas) and (wanted_kind = '' or p.kind = wanted_kind))
                select case when grouping(n.month) = 0 then 'month' when grouping(n.area) = 0 then 'area'
                        when grouping(n.kind) = 0 then 'kind' else 'all' end,
                    coalesce(n.month::text, n.area, n.kind, ''), count(*), {days.format(days="decided")}, count(n.helped),
                    {days.format(days="helped")}
                from n group by grouping sets ((n.month), (n.area), (n.kind), ())""",
        )
    ]


def district_functions() -> list[RunSQL]:
    """hearth_counts: requests and cases of each district."""
    return [
        counting_function(
            "hearth_counts(reader uuid, month date, year date)",
            "table (name text, goes_live_on date, requests_in_month bigint, requests_in_year bigint,"
            " open_cases bigint, closed_in_year bigint)",
            f"""select a.name, a.goes_live_on, coalesce(q.month, 0), coalesce(q.year, 0), coalesce(c.open, 0), coalesce(c.closed, 0)
                from accounts_area a
                left join (select x.area_id, count(*) filter (where x.received_at >= hearth_counts.month) as month, count(*) as year
                    from front_door_request x where x.state not in ('started', 'withdrawn')
                    and x.received_at >= hearth_counts.year group by 1) q on q.area_id = a.id
                left join (select x.area_id, count(*) filter (where x.stage <> 'closed') as open,
                    count(*) filter (where x.stage = 'closed') as closed
                    from cases_case x where x.stage <> 'closed' or x.closed_on >= hearth_counts.year group by 1) c on c.area_id = a.id
                where {_MAY} and not exists (select 1 from accounts_area below where below.parent_id = a.id)""",
        )
    ]


def assessment_functions() -> list[RunSQL]:
    """hearth_assessment_counts: begun, begun anew and signed off; hearth_referral_counts: what stood behind each step up."""
    made = f"""select date_trunc('month', {{day}})::date as month, c.area_id, x.author_id, {{figures}}
        from assessments_assessment x join cases_case c on c.id = x.case_id
        where {_MAY} and {{day}} >= hearth_assessment_counts.since"""
    signed_on = f"(x.signed_off_at {_LONDON})::date"
    asked_on = f"(x.requested_at {_LONDON})::date"
    return [
        counting_function(
            "hearth_assessment_counts(reader uuid, since date, wanted text)",
            "table (month date, area text, agency_id uuid, agency text, begun bigint, begun_anew bigint, signed_off bigint)",
            f"""select x.month, a.code::text, o.id, o.name::text, sum(x.begun), sum(x.begun_anew), sum(x.signed_off) from (
                {made.format(day="x.started_on", figures="(x.number = 1)::int as begun, (x.number > 1)::int as begun_anew, 0 as signed_off")}
                union all
                {made.format(day=signed_on, figures="0, 0, 1")} and x.status = 'signed_off') x
                join accounts_area a on a.id = x.area_id
                left join accounts_user u on u.id = x.author_id left join accounts_organisation o on o.id = u.organisation_id
                where wanted = '' or a.code = wanted group by 1, 2, 3, 4""",
        ),
        # Of each referral one thing is said: a signed-off assessment, one begun, one that the request names, or none.
        counting_function(
            "hearth_referral_counts(reader uuid, since date, wanted text)",
            "table (month date, area text, agency_id uuid, agency text, referrals bigint, signed_off bigint, begun bigint,"
            " elsewhere bigint)",
            f"""select r.month, a.code::text, o.id, o.name::text, count(*), count(*) filter (where r.had = 'signed_off'),
                count(*) filter (where r.had = 'begun'), count(*) filter (where r.had = 'elsewhere') from (
                select date_trunc('month', {asked_on})::date as month, c.area_id, x.requested_by_id, case
                    when exists (select 1 from assessments_assessment s where s.family_id = x.family_id
                        and s.signed_off_at <= x.requested_at) then 'signed_off'
                    when exists (select 1 from assessments_assessment s where s.family_id = x.family_id
                        and s.created_at <= x.requested_at and s.status <> 'stopped') then 'begun'
                    when exists (select 1 from front_door_request q where q.id = c.request_id and q.has_assessment)
                        then 'elsewhere' else '' end as had
                from steps_carestep x join cases_case c on c.id = x.case_id
                where {_MAY} and x.direction = 'up' and x.status <> 'withdrawn'
                    and {asked_on} >= hearth_referral_counts.since) r
                join accounts_area a on a.id = r.area_id
                join accounts_user u on u.id = r.requested_by_id join accounts_organisation o on o.id = u.organisation_id
                where wanted = '' or a.code = wanted group by 1, 2, 3, 4""",
        ),
    ]
