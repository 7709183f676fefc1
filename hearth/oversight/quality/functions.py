"""SQL of the gate's functions for audits. Used by migrations only.

Whoever leads audits opens no family: they are given references, days and codes, and of what was written only whether a word of a theme
is in it. A family of whom anybody is restricted is given to nobody who is not on the list, and its audits are not shown.
"""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import (
    PLANNED_ONCE,
    counting_function,
    gate_function,
    identity_function,
    measures_reads,
)
from hearth.foundation.core.roles import MEASURES

_KEPT = """(not f.restricted or f.id = any((select hearth_allowed_families(hearth_reader()))::uuid[]))
    and not exists (select 1 from people_membership x where x.family_id = f.id and x.hidden
        and not x.person_id = any((select hearth_allowed_people(hearth_reader()))::uuid[]))"""
_LED = "any((select hearth_areas(hearth_reader(), 'lead_audits'))::uuid[])"
_ON = "({0} at time zone 'Europe/London')::date"
_LEADS = f"(a.area_id = {_LED} and a.worker_id is distinct from hearth_reader())"
_GRADES = """(a.worker_id is distinct from hearth_reader() and exists (select 1 from quality_auditgrade g
    where g.audit_id = a.id and g.auditor_id = hearth_reader() and g.ended_at is null))"""
_OPEN_GRADE = "exists (select 1 from quality_auditgrade o where o.audit_id = a.id and o.ended_at is null and o.finished_at is null)"

# A theme is found by what a request of the year before named, by a word among what is written as needs, or by a question
# that was answered with anything but no or not sure.
_THEMES = """array(select t ->> 'code' from jsonb_array_elements(themes) t where
    exists (select 1 from front_door_request r where r.family_id = w.family_id and r.decided_at <= w.signed
        and r.decided_at > w.signed - interval '1 year' and r.needs && array(select jsonb_array_elements_text(t -> 'asked_as'))::varchar[])
    or exists (select 1 from assessments_answer n where n.assessment_id = w.id and n.value is not null and (
        (n.part = 'needs' and t ->> 'pattern' <> '' and n.value #>> '{}' ~* (t ->> 'pattern'))
        or (n.question = any(array(select jsonb_array_elements_text(t -> 'answered'))) and n.value not in ('"no"', '"not_sure"')))))"""
_ROUTE = """((decided = '{}' and not asked) or c.opened_because = any(decided)
    or exists (select 1 from front_door_request r where r.family_id = a.family_id and r.decided_at <= a.signed_off_at
        and r.decided_at > a.signed_off_at - interval '1 year' and (r.outcome = any(decided) or (asked and r.has_assessment))))"""
_LIKE = """(earlier is null or exists (select 1 from quality_audit p join assessments_assessment b on b.id = p.assessment_id
        where p.sample_id = earlier and (
            (liking = 'family' and p.family_id = a.family_id and a.signed_off_at > b.signed_off_at)
            or (liking = 'worker' and p.worker_id = u.id) or (liking = 'agency' and p.organisation_id = u.organisation_id)))
    and not exists (select 1 from quality_audit p where p.sample_id = earlier and p.assessment_id = a.id))"""


def _of_audit(name: str, condition: str) -> RunSQL:
    return gate_function(
        f"{name}(wanted uuid)",
        "boolean",
        f"""begin return exists (select 1 from quality_audit a join people_family f on f.id = a.family_id
            where a.id = wanted and {_KEPT} and {condition}); end""",
        language=PLANNED_ONCE,
    )


def reading() -> list[RunSQL]:
    """Who leads an audit, works on it, reads it, reads what was graded, and reads a sample; who may settle it."""
    return [
        _of_audit("hearth_leads_audit", _LEADS),
        _of_audit("hearth_works_on_audit", f"({_LEADS} or {_GRADES})"),
        _of_audit(
            "hearth_reads_audit",
            f"({_LEADS} or {_GRADES} or (a.worker_id = hearth_reader() and a.sent_at is not null))",
        ),
        _of_audit("hearth_may_settle", f"({_LEADS} or {_GRADES}) and a.settled_at is null and not {_OPEN_GRADE}"),
        gate_function(
            "hearth_reads_grade(wanted uuid)",
            "boolean",
            f"""begin return exists (select 1 from quality_auditgrade mine join quality_audit a on a.id = mine.audit_id
                where mine.id = wanted and mine.ended_at is null and hearth_works_on_audit(a.id)
                and (mine.auditor_id = hearth_reader() or not {_OPEN_GRADE})); end""",
            language=PLANNED_ONCE,
        ),
        gate_function(
            "hearth_reads_sample(wanted uuid)",
            "boolean",
            f"""begin return exists (select 1 from quality_auditsample s where s.id = wanted and (
                s.area_id = {_LED} or (s.area_id is null and hearth_holds(hearth_reader(), 'lead_audits'))
                or exists (select 1 from quality_audit a where a.sample_id = s.id and hearth_reads_audit(a.id)))); end""",
            language=PLANNED_ONCE,
        ),
    ]


def drawing() -> list[RunSQL]:
    """What there is to draw from; whether one of it may be audited, and by whom; and the end of an auditor's access."""
    return [
        gate_function(
            "hearth_audit_pool(in_area uuid, from_on date, until_on date, wrote uuid, decided text[], asked boolean, "
            "themes jsonb, earlier uuid, liking text)",
            "table(assessment_id uuid, reference text, case_id uuid, family_id uuid, area_id uuid, worker_id uuid, "
            "signed_off_by_id uuid, organisation_id uuid, found text[])",
            f"""#variable_conflict use_column
            begin return query with w as (
                select a.id, a.reference::text as named, a.case_id, a.family_id, f.area_id, u.id as worker, a.signed_off_by_id,
                    u.organisation_id, a.signed_off_at as signed
                from assessments_assessment a join cases_case c on c.id = a.case_id join people_family f on f.id = a.family_id
                left join accounts_user u on u.id = coalesce(a.author_id, c.lead_id)
                where a.status = 'signed_off' and {_ON.format("a.signed_off_at")} between from_on and until_on
                and f.area_id = {_LED} and {_KEPT} and u.id is distinct from hearth_reader()
                and (in_area is null or f.area_id = in_area
                    or exists (select 1 from accounts_area x where x.id = f.area_id and x.parent_id = in_area))
                and (wrote is null or u.organisation_id = wrote) and {_ROUTE} and {_LIKE})
            select w.id, w.named, w.case_id, w.family_id, w.area_id, w.worker, w.signed_off_by_id, w.organisation_id, {_THEMES}
            from w order by w.named; end""",
            language=PLANNED_ONCE,
        ),
        gate_function(
            "hearth_may_audit(wanted uuid, of_family uuid, in_area uuid)",
            "boolean",
            f"""begin return exists (select 1 from assessments_assessment a join people_family f on f.id = a.family_id
                where a.id = wanted and f.id = of_family and f.area_id = in_area and f.area_id = {_LED}
                and a.status = 'signed_off' and {_KEPT}); end""",
            language=PLANNED_ONCE,
        ),
        gate_function(
            "hearth_may_grade(auditor uuid, wanted uuid)",
            "boolean",
            """select exists (select 1 from quality_audit a where a.id = wanted and auditor is distinct from a.worker_id
                and auditor is distinct from a.signed_off_by_id and a.area_id = any(hearth_areas(auditor, 'audit_assessments')))""",
        ),
        # Whoever takes an audit from an auditor cannot open the family: the gate ends the access, and nothing else.
        gate_function(
            "hearth_end_audit_access(wanted uuid, moment timestamptz)",
            "void",
            """update people_access set ended_at = moment where basis = wanted and why = 'audit' and ended_at is null
                and exists (select 1 from quality_auditgrade g where g.id = wanted and hearth_leads_audit(g.audit_id))""",
            volatility="volatile",
        ),
    ]  # fmt: skip


def counting() -> list[RunSQL]:
    """How often each item was missed in each district, of audits settled in a time, and how many audits there were. No key leaves it.

    An audit of a restricted family, or of one in which somebody is restricted, is in no figure.
    """
    apart = """select a.id from quality_audit a join people_family f on f.id = a.family_id
        where f.restricted or exists (select 1 from people_membership m where m.family_id = f.id and m.hidden)"""
    return [
        *identity_function(MEASURES, "hearth_audits_in_no_figure()", "setof uuid", apart),
        measures_reads("quality_audit", "id", "area_id", "settled_at", rows="not (id in (select hearth_audits_in_no_figure()))"),
        measures_reads("quality_auditresult", "audit_id", "item", "answer"),
        RunSQL(f"grant execute on function hearth_areas(uuid, text), hearth_holds(uuid, text) to {MEASURES}", RunSQL.noop),
        counting_function(
            "hearth_audit_findings(reader uuid, since date)",
            "table (item text, area text, missed bigint, audits bigint)",
            f"""with a as materialized (select x.id, r.code::text as code from quality_audit x join accounts_area r on r.id = x.area_id
                    where {_ON.format("x.settled_at")} >= since and reader = hearth_reader()
                    and (hearth_holds(reader, 'see_counts') or x.area_id = any((select hearth_areas(reader, 'lead_audits'))::uuid[])))
                select r.item::text, a.code, count(*) filter (where r.answer = 'not_met'), count(*)
                from a join quality_auditresult r on r.audit_id = a.id group by 1, 2""",
        ),
    ]  # fmt: skip
