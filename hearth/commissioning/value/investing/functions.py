"""SQL by which days in care of those whom a contract helps are summed, quarter by quarter. Used by migrations only.

Who they are comes from the provider's list and casework, matched under the contract's agreement; whether they were in care, from social
care's status. The gate says how many days there were of each, and of whom it does not say; `system:measures` sums them.
"""

from django.db.migrations import RunSQL

from hearth.commissioning.value.reach import READS
from hearth.foundation.core.policies import READERS, counting_function, gate_reads, identity_function, row_by_row
from hearth.foundation.core.roles import MEASURES

FEED = "social_care"
PURPOSE = "early_help"  # what the agreement must be for
FEWEST = 5  # of fewer children no days are told

# Of a time nothing is said that the file does not cover, nor of a list whose names have gone. Who is restricted is in no figure.
_EACH = f"""
    with invested as (
        select v.begins_on, c.id as contract_id from value_investment v
        join contracts_contract c on c.reference = v.of and c.state <> 'draft' and c.id = any(hearth_contracts(hearth_reader(), 'see'))
        join sharing_agreement g on g.id = c.agreement_id and g.organisation_id = c.provider_id and '{PURPOSE}' = any(g.purposes)
            and g.ended_at is null and g.from_on <= current_date and g.until_on >= current_date
        where v.id = wanted and (hearth_money_whole(hearth_reader(), '{READS}')
            or v.area_id = any(hearth_money_areas(hearth_reader(), '{READS}')))
    ), held as (
        select max((u ->> 'from')::date) as from_on, min((u ->> 'until')::date) as until_on
        from insight_insightrun r, jsonb_array_elements(r.used) u
        where r.is_current and u ->> 'feed' = '{FEED}' and u ->> 'left_out' = ''
    ), listed as (
        select distinct o.quarter, o.ends_on, p.cluster_id, p.born_on from invested i
        join returns_return o on o.contract_id = i.contract_id and o.state <> 'draft'
        join returns_peoplelist l on l.owner_id = o.id and l.let_go_at is null
        join returns_peoplematch m on m.people_id = l.id and m.side = 'both'
        join people_person p on p.id = m.person_id and p.born_on is not null
        cross join held h where o.ends_on >= i.begins_on and h.from_on <= o.quarter and h.until_on >= o.ends_on and not exists (
            select 1 from people_person q left join people_membership n on n.person_id = q.id left join people_family f on f.id = n.family_id
            where q.cluster_id = p.cluster_id and (q.hidden or coalesce(n.hidden, false) or coalesce(f.restricted, false)))
    ), followed as (
        select x.cluster_id, x.quarter, greatest(x.quarter, i.begins_on) as from_on, x.ends_on,
            least(x.ends_on, (x.born_on + interval '18 years' - interval '1 day')::date) as until_on
        from listed x cross join invested i
    )
    select w.quarter, w.from_on, w.ends_on, w.until_on - w.from_on + 1, coalesce((
        select sum(upper(t) - lower(t)) from unnest((
            select range_agg(daterange(s.from_on, coalesce(s.until_on, h.until_on), '[]')) from insight_caretime s
            join people_person q on q.id = s.person_id cross join held h
            where q.cluster_id = w.cluster_id and s.from_on <= coalesce(s.until_on, h.until_on)
        ) * datemultirange(daterange(w.from_on, w.until_on, '[]'))) t), 0)::integer
    from followed w where w.from_on <= w.until_on
"""
_SUMS = f"""
    select e.quarter, min(e.from_on), min(e.ends_on), case when count(*) >= {FEWEST} then count(*)::integer end,
        case when count(*) >= {FEWEST} then sum(e.followed)::integer end, case when count(*) >= {FEWEST} then sum(e.in_care)::integer end
    from hearth_care_of_each(wanted) e group by e.quarter order by e.quarter
"""
# What is recorded as counted by Hearth is what it counted: nobody types it.
_AS_COUNTED = """(as_at is null or exists (select 1 from hearth_care_days(investment_id) d where d.from_on = value_caredays.from_on
    and d.until_on = value_caredays.until_on and d.children = value_caredays.children and d.child_days = value_caredays.child_days
    and d.care_days = value_caredays.care_days))"""


def counting() -> list[RunSQL]:
    """hearth_care_days: by quarter, how many children a contract helped, their days, and those in care; few are not told."""
    return [
        gate_reads("value_investment"),
        *identity_function(
            MEASURES,
            "hearth_care_of_each(wanted uuid)",
            "table(quarter date, from_on date, ends_on date, followed integer, in_care integer)",
            _EACH,
        ),
        counting_function(
            "hearth_care_days(wanted uuid)",
            "table(quarter date, from_on date, until_on date, children integer, child_days integer, care_days integer)",
            _SUMS,
        ),
    ]


def as_counted(before: str) -> RunSQL:
    """Days that Hearth counted are recorded as it counted them; others as before."""
    alter = "alter policy adds on value_caredays with check"
    return RunSQL(f"{alter} ({row_by_row(f'{before} and {_AS_COUNTED}')});", f"{alter} ({row_by_row(before)});")


def as_at() -> RunSQL:
    """The column is written with its row, and never after."""
    return RunSQL(f"revoke update (as_at) on value_caredays from {READERS};", RunSQL.noop)
