"""SQL of what stands side by side: unmet need, open cases and searches, by district and need. Used by migrations only.

Made by `system:measures`, which reads keys, days and codes. A case of a restricted family, or of one to which nobody belongs today but
restricted people, is in no figure; needs of such families are left out by `unmet` already, and a search is of nobody.
"""

from django.db.migrations import RunSQL

from hearth.commissioning.needs.reach import SEES, TOLD
from hearth.foundation.core.policies import counting_function, gate_function, gate_reads, identity_function
from hearth.foundation.core.roles import MEASURES

_IN_NO_FIGURE = """
    select c.id from cases_case c join people_family f on f.id = c.family_id and f.restricted
    union
    select c.id from people_membership m join cases_case c on c.family_id = m.family_id
        where m.hidden and m.until_on is null and not exists (
            select 1 from people_membership o where o.family_id = m.family_id and o.until_on is null and not o.hidden)
"""


def _also_reads(table: str, columns: str, rows: str) -> RunSQL:
    """A policy of this room's own beside others: the identity is shown these rows, whatever rooms above let it read."""
    return RunSQL(
        f"grant select ({columns}) on {table} to {MEASURES};"
        f"create policy measures_needs on {table} for select to {MEASURES} using ({rows});",
        f"drop policy measures_needs on {table}; revoke select ({columns}) on {table} from {MEASURES};",
    )


def answering() -> list[RunSQL]:
    """hearth_may_answer: whether an intention is agreed or bought, for the theme's district or the whole authority.

    The gate tells it: an intention is read through the themes that it answers, so that these cannot ask it in their own policy.
    """
    return [
        gate_function(
            "hearth_may_answer(intention uuid, theme uuid)",
            "boolean",
            f"""select exists (select 1 from needs_intention i join unmet_theme t on t.id = theme
                where i.id = intention and i.state in {TOLD} and (i.area_id is null or i.area_id = t.area_id))""",
        ),
    ]


def told() -> RunSQL:
    """The gate reads intentions."""
    return gate_reads("needs_intention")


def rights() -> list[RunSQL]:
    """What the identity reads of open cases, and of the requests that led to them."""
    return [
        *identity_function(MEASURES, "hearth_cases_in_no_figure()", "setof uuid", _IN_NO_FIGURE),
        _also_reads(
            "cases_case", "id, area_id, request_id, stage",
            "stage <> 'closed' and not (id in (select hearth_cases_in_no_figure()))",
        ),
        _also_reads(
            "front_door_request", "id, needs",
            "exists (select 1 from cases_case c where c.request_id = front_door_request.id and c.stage <> 'closed')",
        ),
        RunSQL(f"grant select (figures) on insight_insightrun to {MEASURES}", RunSQL.noop),
    ]  # fmt: skip


def counts() -> list[RunSQL]:
    """hearth_need_counts: each source by district and need, in the districts of the reader; hearth_need_flags: of the run that stands."""
    return [
        counting_function(
            "hearth_need_counts(reader uuid, since date, needs text[], kinds text[], words text[])",
            "table (source text, area text, need text, counted bigint)",
            f"""with said as materialized (select * from unnest(needs, kinds, words) s(need, kind, word)),
                may as materialized (select a.id, a.code::text as code from accounts_area a
                    where reader = hearth_reader() and a.id = any((select hearth_theme_areas(reader, '{SEES}'))::uuid[])),
                open as materialized (select c.id, m.code, c.request_id from cases_case c join may m on m.id = c.area_id
                    where c.stage <> 'closed'),
                sought as materialized (select m.code, x.need::text, x.searches from directory_findercount x
                    join may m on m.id = x.area_id where x.month >= hearth_need_counts.since)
                select 'unmet', m.code, x.need::text, count(*) from unmet_unmetneed x join may m on m.id = x.area_id
                    where x.withdrawn_at is null and x.recorded_on >= hearth_need_counts.since group by 2, 3
                union all select 'cases', o.code, '', count(*) from open o group by 2
                union all select 'cases', o.code, s.need, count(distinct o.id) from open o
                    join front_door_request q on q.id = o.request_id
                    join said s on s.kind = 'asked' and s.word = any(q.needs) group by 2, 3
                union all select 'searches', w.code, '', sum(w.searches)::bigint from sought w group by 2
                union all select 'searches', w.code, s.need, sum(w.searches)::bigint from sought w
                    join said s on s.kind = 'searched' and s.word = w.need group by 2, 3""",
        ),
        counting_function(
            "hearth_need_flags()",
            "table (as_at date, found jsonb)",
            f"""select r.as_at, r.figures from insight_insightrun r
                where r.is_current and hearth_holds(hearth_reader(), '{SEES}')""",
        ),
    ]


def population() -> list[RunSQL]:
    """hearth_need_population: people by district out of the run that stands, as published."""
    return [
        RunSQL(f"grant select (population) on insight_insightrun to {MEASURES}", RunSQL.noop),
        counting_function(
            "hearth_need_population()",
            "table (found jsonb)",
            f"""select r.population from insight_insightrun r
                where r.is_current and hearth_holds(hearth_reader(), '{SEES}')""",
        ),
    ]
