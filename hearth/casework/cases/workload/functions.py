"""SQL of what each lead practitioner carries. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function
from hearth.records.people.policies import IN_NO_FIGURE

# Read past the policies, once for all: what they would ask of each case, the areas answer for every one of them. It counts in the areas in
# which the reader may open every open family, so for people of the authority alone, and no family that is restricted.
_WORKLOAD = f"""
    select c.lead_id, u.full_name, count(*), count(*) filter (where c.next_due_on < today),
        count(*) filter (where c.next_due_on >= today and c.next_due_on <= today + 7),
        count(*) filter (where c.next_due_on is null), min(c.next_due_on) filter (where c.next_due_on < today),
        coalesce(sum(c.children_count), 0)
    from cases_case c left join accounts_user u on u.id = c.lead_id
    where reader = hearth_reader() and hearth_holds(reader, 'see_team_work') and c.stage <> 'closed'
        and c.area_id = any((select hearth_areas(reader, 'open_open_families_in_area'))::uuid[])
        and not (c.family_id in ({IN_NO_FIGURE}))
    group by c.lead_id, u.full_name
"""


def workload() -> RunSQL:
    """hearth_workload: a row for each lead practitioner, and one for cases that nobody leads."""
    return gate_function(
        "hearth_workload(reader uuid, today date)",
        "table (lead uuid, name text, cases bigint, late bigint, week bigint, nothing_due bigint, late_since date, children bigint)",
        _WORKLOAD,
    )
