"""SQL of the counts of assessments and of referrals to social care, made for whoever sees counts. Used by migrations only.

Months are London's. A restricted family is in no figure, as on the page of counts.
"""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function

_LONDON = "at time zone 'Europe/London'"
_MAY = "hearth_holds(reader, 'see_counts') and reader = hearth_reader()"
_SHOWN = "not exists (select 1 from people_family f where f.id = x.family_id and f.restricted)"


def assessment_functions() -> list[RunSQL]:
    """hearth_assessment_counts: begun, begun anew and signed off; hearth_referral_counts: what stood behind each step up."""
    made = f"""select date_trunc('month', {{day}})::date as month, c.area_id, x.author_id, {{figures}}
        from assessments_assessment x join cases_case c on c.id = x.case_id
        where {_MAY} and {_SHOWN} and {{day}} >= hearth_assessment_counts.since"""
    signed_on = f"(x.signed_off_at {_LONDON})::date"
    asked_on = f"(x.requested_at {_LONDON})::date"
    return [
        gate_function(
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
        gate_function(
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
                where {_MAY} and {_SHOWN} and x.direction = 'up' and x.status <> 'withdrawn'
                    and {asked_on} >= hearth_referral_counts.since) r
                join accounts_area a on a.id = r.area_id
                join accounts_user u on u.id = r.requested_by_id join accounts_organisation o on o.id = u.organisation_id
                where wanted = '' or a.code = wanted group by 1, 2, 3, 4""",
        ),
    ]
