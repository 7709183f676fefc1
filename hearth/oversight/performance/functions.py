"""SQL of measures, counted by `system:measures` for whoever sees counts. Used by migrations only.

An event is counted once, in one part of its source, on its day in London, in the district where its family lives now, from the day on
which early help opened there. A district's figures come by quarter and the authority's by quarter and month: no finer (adr 36).
"""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import READERS, counting_function, gate_function, identity_function, measures_reads
from hearth.foundation.core.roles import MEASURES
from hearth.oversight.performance.reach import SEES

_MAY = f"hearth_holds(reader, '{SEES}') and reader = hearth_reader()"
_PLANS = "select p.id from plans_plan p where p.case_id in (select hearth_cases_in_no_figure())"


def _on(moment: str) -> str:
    return f"({moment} at time zone 'Europe/London')::date"


def _also_reads(table: str, columns: str) -> RunSQL:
    """More columns of rows that the identity is shown already: what is in no figure is left out by the policies that are there."""
    return RunSQL(
        f"grant select ({columns}) on {table} to {MEASURES}", f"revoke select ({columns}) on {table} from {MEASURES}"
    )


def rights() -> list[RunSQL]:
    """What the identity reads for measures: keys, days and codes, and of plans what became of each outcome."""
    shown = "not ({} in (select hearth_plans_in_no_figure()))"
    return [
        *identity_function(MEASURES, "hearth_plans_in_no_figure()", "setof uuid", _PLANS),
        _also_reads("front_door_request", "decided_at"),
        measures_reads(
            "front_door_decision",
            "request_id",
            "was_due_on",
            "reopened_at",
            rows="request_id in (select q.id from front_door_request q)",
        ),
        _also_reads("assessments_assessment", "due_on"),
        _also_reads("cases_case", "family_id, opened_on, closure_reason, closure_outcome"),
        _also_reads("steps_carestep", "decided_at"),
        measures_reads("plans_plan", "id", "case_id", rows=shown.format("id")),
        measures_reads("plans_outcome", "plan_id", "area", "state", "ended_on", rows=shown.format("plan_id")),
        measures_reads("plans_planagreement", "plan_id", "agreed_on", rows=shown.format("plan_id")),
    ]


# One for each source of the pack: what is about it, its part, its day and its district. `mistakes` and `achieved` are codes of the pack.
_RECEIVED, _DECIDED = _on("x.received_at"), _on("x.decided_at")
_SIGNED, _ASKED = _on("x.signed_off_at"), _on("x.requested_at")
_CLOSED = "x.stage = 'closed' and x.closed_on between since and until and not (x.closure_reason = any(mistakes))"
_STEPS_AFTER = f"""exists (select 1 from steps_carestep s where s.family_id = x.family_id and s.direction = 'up'
    and s.status <> 'withdrawn' and {_on("s.requested_at")} > x.closed_on
    and {_on("s.requested_at")} <= x.closed_on + interval '{{}} months')"""
_EVENTS = {
    "requests": f"""'', case when x.decided_at is null then 'waiting' when {_DECIDED} <= d.was_due_on then 'in_time' else 'late' end,
        {_RECEIVED}, x.area_id from front_door_request x
        left join front_door_decision d on d.request_id = x.id and d.reopened_at is null where x.state not in ('started', 'withdrawn', 'recorded')
        and {_RECEIVED} between since and until""",
    "assessments_begun": """'', 'begun', x.started_on, c.area_id from assessments_assessment x join cases_case c on c.id = x.case_id
        where x.number = 1 and x.started_on between since and until""",
    "assessments_signed_off": f"""'', case when {_SIGNED} <= x.due_on then 'in_time' else 'late' end, {_SIGNED}, c.area_id
        from assessments_assessment x join cases_case c on c.id = x.case_id
        where x.number = 1 and x.status = 'signed_off' and {_SIGNED} between since and until""",
    "social_care_referrals": f"""'', case
            when exists (select 1 from assessments_assessment s where s.family_id = x.family_id and s.status = 'signed_off'
                and s.signed_off_at <= x.requested_at and {_on("s.signed_off_at")} >= {_ASKED} - interval '12 months') then 'assessed'
            when exists (select 1 from assessments_assessment s where s.family_id = x.family_id and s.status = 'signed_off'
                and s.signed_off_at <= x.requested_at) then 'assessed_earlier'
            when exists (select 1 from assessments_assessment s where s.family_id = x.family_id
                and s.status <> 'stopped' and s.created_at <= x.requested_at) then 'begun' else 'none' end, {_ASKED}, c.area_id
        from steps_carestep x join cases_case c on c.id = x.case_id
        where x.direction = 'up' and x.status <> 'withdrawn' and {_ASKED} between since and until""",
    "cases_opened": """'', case when exists (select 1 from cases_case o where o.family_id = x.family_id and o.id <> x.id
                and o.stage = 'closed' and not (o.closure_reason = any(mistakes)) and o.closed_on <= x.opened_on
                and o.closed_on >= x.opened_on - interval '12 months') then 'again' else 'first' end, x.opened_on, x.area_id
        from cases_case x where x.opened_on between since and until
            and not (x.stage = 'closed' and x.closure_reason = any(mistakes))""",
    "cases_ended": f"""'', case when x.closure_outcome = any(achieved) then 'achieved' else 'other' end, x.closed_on, x.area_id
        from cases_case x where {_CLOSED}""",
    "after_closing": f"""'', case when {_STEPS_AFTER.format(6)} then 'within_6' when {_STEPS_AFTER.format(12)} then 'within_12'
        else 'none' end, x.closed_on, x.area_id from cases_case x where {_CLOSED}""",
    "plan_outcomes": """x.area::text, x.state::text, x.ended_on, c.area_id from plans_outcome x
        join plans_plan p on p.id = x.plan_id join cases_case c on c.id = p.case_id
        where x.state in ('met', 'set_aside') and x.ended_on between since and until""",
}  # fmt: skip
# The same of waits: how many days, the day on which the wait ended, and the district.
_WAITS = {
    "request_days": f"""{_DECIDED} - {_RECEIVED}, {_DECIDED}, x.area_id from front_door_request x
        where x.state in ('decided', 'told') and x.received_at is not null and {_DECIDED} between since and until""",
    "assessment_days": f"""{_SIGNED} - x.started_on, {_SIGNED}, c.area_id
        from assessments_assessment x join cases_case c on c.id = x.case_id
        where x.number = 1 and x.status = 'signed_off' and {_SIGNED} between since and until""",
    "plan_days": """a.agreed_on - c.opened_on, a.agreed_on, c.area_id from cases_case c
        join (select p.case_id, min(g.agreed_on) as agreed_on from plans_plan p join plans_planagreement g on g.plan_id = p.id
            group by p.case_id) a on a.case_id = c.id
        where a.agreed_on between since and until and a.agreed_on >= c.opened_on""",
    "case_days": f"x.closed_on - x.opened_on, x.closed_on, x.area_id from cases_case x where {_CLOSED}",
    "step_up_days": f"""{_DECIDED} - {_ASKED}, {_DECIDED}, c.area_id from steps_carestep x join cases_case c on c.id = x.case_id
        where x.direction = 'up' and x.status in ('accepted', 'declined', 'ended') and {_DECIDED} between since and until""",
}  # fmt: skip
_DISTRICTS = """may as materialized (select a.id, a.code::text as code, a.goes_live_on from accounts_area a
    where {may} and not exists (select 1 from accounts_area below where below.parent_id = a.id))"""
_WHERE = "join may m on m.id = e.area_id and (m.goes_live_on is null or e.day >= m.goes_live_on)"
_PERIODS = "date_trunc('quarter', e.day)::date as quarter, date_trunc('month', e.day)::date as month, m.code"


def _each(of: dict[str, str]) -> str:
    return "\n union all ".join(
        f"select '{source}', {said.strip()} and '{source}' = any(wanted)" for source, said in of.items()
    )


def _counting(may: str) -> str:
    """Events of each source by part: by quarter in a district, by month in the whole authority."""
    return f"""with {_DISTRICTS.format(may=may)}, e(source, about, part, day, area_id) as materialized ({_each(_EVENTS)}),
        n as materialized (select e.source, e.about, e.part, {_PERIODS} from e {_WHERE})
        select n.source, n.about, n.part, n.quarter, n.month, n.code, count(*) from n
        group by grouping sets ((n.source, n.about, n.part, n.quarter, n.code), (n.source, n.about, n.part, n.month))"""


def _waiting(may: str) -> str:
    """Medians of days, and of how many: the same, and by quarter in the whole authority, for a median is no sum of its months."""
    return f"""with {_DISTRICTS.format(may=may)}, e(source, days, day, area_id) as materialized ({_each(_WAITS)}),
        n as materialized (select e.source, e.days, {_PERIODS} from e {_WHERE})
        select n.source, n.quarter, n.month, n.code, count(*),
            percentile_cont(0.5) within group (order by n.days::double precision) from n
        group by grouping sets ((n.source, n.quarter, n.code), (n.source, n.quarter), (n.source, n.month))"""


def counts() -> list[RunSQL]:
    """hearth_performance_counts: events of each source by part; hearth_performance_waits: medians of days, and of how many."""
    return [
        counting_function(
            "hearth_performance_counts(reader uuid, since date, until date, wanted text[], mistakes text[], achieved text[])",
            "table (source text, about text, part text, quarter date, month date, area text, counted bigint)",
            _counting(_MAY),
        ),
        counting_function(
            "hearth_performance_waits(reader uuid, since date, until date, wanted text[], mistakes text[])",
            "table (source text, quarter date, month date, area text, counted bigint, median double precision)",
            _waiting(_MAY),
        ),
    ]


SUM = "performance_measuredsum"
# The night itself stands as a row too, so that nothing counted is told from nothing kept. Two nights at once wait for one another.
_KEEP = f"""begin
    perform pg_advisory_xact_lock(hashtextextended('measured sums', 0));
    delete from {SUM};
    insert into {SUM} (id, created_at, source, about, part, counted, asked) values (gen_random_uuid(), moment, '', '', '', 0, digest);
    insert into {SUM} (id, created_at, source, about, part, quarter, month, area, counted, asked)
        select gen_random_uuid(), moment, c.*, digest from ({_counting("true")}) c;
    insert into {SUM} (id, created_at, source, about, part, quarter, month, area, counted, median, asked)
        select gen_random_uuid(), moment, w.source, '', '', w.quarter, w.month, w.code, w.count, w.percentile_cont, digest
        from ({_waiting("true")}) w;
end"""
# Whoever is restricted, or no longer is, is in or out of every figure at once: what was kept is gone, and pages count until the night.
_FORGET = f"begin delete from {SUM}; return null; end"


def keeping() -> list[RunSQL]:
    """hearth_keep_measures, which `system:tidying` asks for at night; and what was kept goes when anybody is restricted or let out again."""
    forgets = (
        "create trigger forget_measures after update of {0} on {1} for each row when (old.{0} is distinct from new.{0})"
        " execute function hearth_forget_measures()"
    )
    return [
        RunSQL(
            f"""
            revoke insert, update, delete, truncate on {SUM} from {READERS};
            grant select, insert, delete on {SUM} to {MEASURES};
            create policy measures on {SUM} for all to {MEASURES} using (true) with check (true);
            """,
            f"drop policy measures on {SUM}; revoke all on {SUM} from {MEASURES}",
        ),
        *identity_function(
            "hearth_tidying",
            "hearth_keep_measures(since date, until date, wanted text[], mistakes text[], achieved text[], moment timestamptz, digest text)",
            "void",
            _KEEP,
            volatility="volatile",
            language="plpgsql",
            owner=MEASURES,
        ),
        gate_function(
            "hearth_forget_measures()", "trigger", _FORGET, volatility="volatile", language="plpgsql", owner=MEASURES
        ),
        *(
            RunSQL(forgets.format(column, table), f"drop trigger forget_measures on {table}")
            for table, column in (("people_family", "restricted"), ("people_membership", "hidden"))
        ),
    ]
