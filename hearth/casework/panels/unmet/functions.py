"""SQL of unmet need: in which districts somebody works or answers themes, what is in no figure, and the counts. Used by migrations only.

A need is in no figure where its family is restricted, or nobody belongs to it today but restricted people; also where no family has come
of its request, and everybody whom that names was matched with such people.
"""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import (
    counting_function,
    gate_function,
    identity_function,
    measures_reads,
)
from hearth.foundation.core.roles import MEASURES

_IN_FORCE = """p.user_id = reader and u.is_active and p.ended_at is null
    and p.from_on <= current_date and (p.until_on is null or p.until_on >= current_date)"""
_HIDDEN = """
    select f.id from people_family f where f.restricted
    union
    select m.family_id from people_membership m where m.hidden and m.until_on is null and not exists (
        select 1 from people_membership o where o.family_id = m.family_id and o.until_on is null and not o.hidden)
"""
# Asked from those who are restricted, of whom there are few.
_IN_NO_FIGURE = f"""
    select n.id from unmet_unmetneed n join ({_HIDDEN}) h(id) on h.id = n.family_id
    union
    select n.id from unmet_unmetneed n join front_door_request q on q.id = n.request_id join ({_HIDDEN}) h(id) on h.id = q.family_id
    union
    select n.id from people_membership m join front_door_personmatch k on k.person_id = m.person_id
        join front_door_request q on q.id = k.request_id and q.family_id is null join unmet_unmetneed n on n.request_id = q.id
        where m.hidden and not exists (
            select 1 from front_door_requestperson t left join front_door_personmatch o on o.typed_id = t.id
            left join people_person p on p.id = o.person_id where t.request_id = q.id and not coalesce(p.hidden, false))
"""
_ME = "reader = hearth_reader()"
_MAY = f"""{_ME} and (hearth_holds(reader, 'see_counts')
    or {{area}} = any((select hearth_theme_areas(reader, 'work_themes'))::uuid[])
    or {{area}} = any((select hearth_theme_areas(reader, 'answer_escalated_needs'))::uuid[]))"""


def reach() -> list[RunSQL]:
    """hearth_theme_areas, and which needs are kept apart: the gate tells their keys, and not why."""
    return [
        gate_function(
            "hearth_theme_areas(reader uuid, wanted text)",
            "uuid[]",
            f"""select coalesce(array_agg(distinct a.id), '{{}}') from accounts_appointment p
                join accounts_user u on u.id = p.user_id
                join accounts_rolepermission r on r.role = p.role and r.permission = wanted
                join accounts_area a on p.area_id is null or p.area_id in (a.id, a.parent_id)
                where {_IN_FORCE}""",
        ),
        gate_function(
            "hearth_unmet_kept_apart()",
            "uuid[]",
            f"select coalesce(array_agg(kept.id), '{{}}') from ({_IN_NO_FIGURE}) kept(id)",
        ),
        # Whoever answers holds none of the families: they are told who waits for the answer, and not of whom.
        *recorders(met=False),
        *identity_function(MEASURES, "hearth_unmet_in_no_figure()", "setof uuid", _IN_NO_FIGURE),
    ]


def recorders(*, met: bool = True) -> list[RunSQL]:
    """hearth_theme_recorders: who recorded a need of a theme; and, since panels record them, for whom."""
    people = "n.recorded_by_id" + (", n.met_by_id" if met else "")
    return [
        gate_function(
            "hearth_theme_recorders(wanted uuid)",
            "table (person uuid, reference text)",
            f"""select p.person, n.reference::text from unmet_unmetneed n join unmet_theme t on t.id = n.theme_id
                cross join lateral unnest(array[{people}]) p(person)
                where t.id = wanted and n.withdrawn_at is null and p.person is not null
                and (t.area_id = any(hearth_theme_areas(hearth_reader(), 'work_themes'))
                    or t.area_id = any(hearth_theme_areas(hearth_reader(), 'answer_escalated_needs')))
                and not coalesce(n.family_id = any(hearth_kept_from(p.person)), false)
                order by n.recorded_on, n.reference""",
        )
    ]


def counts() -> list[RunSQL]:
    """hearth_unmet_counts: by need and month, district, reason, age and wait; hearth_theme_counts: how many each theme has, by month."""
    since = "x.withdrawn_at is null and x.recorded_on >= hearth_unmet_counts.since"
    return [
        measures_reads(
            "unmet_unmetneed", "id", "area_id", "need", "age_band", "reason", "wait", "recorded_on", "withdrawn_at", "theme_id",
            rows="not (id in (select hearth_unmet_in_no_figure()))",
        ),
        measures_reads("unmet_theme", "id", "area_id", "state"),
        RunSQL(f"grant execute on function hearth_theme_areas(uuid, text) to {MEASURES}", RunSQL.noop),
        counting_function(
            "hearth_unmet_counts(reader uuid, since date, wanted_area text, wanted_need text)",
            "table (split text, code text, month date, needs bigint)",
            f"""with n as materialized (
                    select a.code::text as area, x.need::text, x.age_band::text, x.reason::text, x.wait::text,
                        date_trunc('month', x.recorded_on)::date as month
                    from unmet_unmetneed x join accounts_area a on a.id = x.area_id
                    where {since} and (wanted_area = '' or a.code = wanted_area) and (wanted_need = '' or x.need = wanted_need)
                        and {_MAY.format(area="x.area_id")})
                select 'need', n.need, n.month, count(*) from n group by 2, 3
                union all select 'area', n.area, null, count(*) from n group by 2
                union all select 'reason', n.reason, null, count(*) from n group by 2
                union all select 'age_band', n.age_band, null, count(*) from n group by 2
                union all select 'wait', n.wait, null, count(*) from n group by 2""",
        ),
        counting_function(
            "hearth_theme_counts(reader uuid, wanted uuid[])",
            "table (theme_id uuid, month date, needs bigint)",
            f"""select t.id, date_trunc('month', x.recorded_on)::date, count(*)
                from unmet_theme t join unmet_unmetneed x on x.theme_id = t.id and x.withdrawn_at is null
                where t.id = any(wanted) and {_MAY.format(area="t.area_id")} group by 1, 2""",
        ),
    ]  # fmt: skip


def few_counts() -> list[RunSQL]:
    """hearth_unmet_counts, said again: of several districts at once (codes with commas between), and each need of each district as a cell."""
    since = "x.withdrawn_at is null and x.recorded_on >= hearth_unmet_counts.since"
    return [
        counting_function(
            "hearth_unmet_counts(reader uuid, since date, wanted_area text, wanted_need text)",
            "table (split text, code text, month date, needs bigint)",
            f"""with n as materialized (
                    select a.code::text as area, x.need::text, x.age_band::text, x.reason::text, x.wait::text,
                        date_trunc('month', x.recorded_on)::date as month
                    from unmet_unmetneed x join accounts_area a on a.id = x.area_id
                    where {since} and (wanted_area = '' or a.code = any(string_to_array(wanted_area, ',')))
                        and (wanted_need = '' or x.need = wanted_need) and {_MAY.format(area="x.area_id")})
                select 'need', n.need, n.month, count(*) from n group by 2, 3
                union all select 'area', n.area, null, count(*) from n group by 2
                union all select 'cell', n.area || ',' || n.need, null, count(*) from n group by 2
                union all select 'reason', n.reason, null, count(*) from n group by 2
                union all select 'age_band', n.age_band, null, count(*) from n group by 2
                union all select 'wait', n.wait, null, count(*) from n group by 2""",
        )
    ]


def searches() -> list[RunSQL]:
    """hearth_search_counts: searches that had nothing to offer, by need, district and month, and how many were workers'."""
    return [
        measures_reads("directory_findercount", "month", "area_id", "need", "outcome", "by_worker", "searches"),
        counting_function(
            "hearth_search_counts(reader uuid, since date, wanted_area text)",
            "table (split text, code text, outcome text, searches bigint)",
            f"""with c as materialized (
                    select coalesce(a.code::text, '') as area, x.need::text, x.month::text, x.outcome::text, x.by_worker, x.searches
                    from directory_findercount x left join accounts_area a on a.id = x.area_id
                    where x.month >= hearth_search_counts.since and (wanted_area = '' or a.code = wanted_area)
                        and {_MAY.format(area="x.area_id")})
                select 'need', c.need, c.outcome, sum(c.searches) from c group by 2, 3
                union all select 'area', c.area, c.outcome, sum(c.searches) from c group by 2, 3
                union all select 'month', c.month, c.outcome, sum(c.searches) from c group by 2, 3
                union all select 'workers', '', c.outcome, sum(c.searches) from c where c.by_worker group by 3""",
        ),
    ]
