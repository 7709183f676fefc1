"""Row policies of audits. The conditions are those of quality/reach.py. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import READERS, append_only, events, gate_reads, only, protect

TOOL, SAMPLE, AUDIT, GRADE, ITEM, RESULT, ACTION, NEED = (
    f"quality_{name}"
    for name in (
        "audittoolversion",
        "auditsample",
        "audit",
        "auditgrade",
        "itemgrade",
        "auditresult",
        "auditaction",
        "trainingneed",
    )
)
ME = "hearth_reader()"
LEADS = "(select hearth_holds(hearth_reader(), 'lead_audits'))"
READS, WORKS = "hearth_reads_audit({0})", "hearth_works_on_audit({0})"
MINE_TO_GRADE = f"""exists (select 1 from {GRADE} g where g.id = {{0}} and g.auditor_id = {ME}
    and g.begun_at is not null and g.finished_at is null and g.ended_at is null)"""
LEADS_IN = f"({LEADS} and (area_id is null or area_id = any((select hearth_areas({ME}, 'lead_audits'))::uuid[])))"
TOLD = f"exists (select 1 from {AUDIT} a where a.id = {ACTION}.audit_id and a.sent_at is not null)"


def audits() -> list[RunSQL]:
    """A lead draws, names, moderates and sends; an auditor grades their own; the worker reads what was sent, and answers."""
    return [
        append_only(TOOL, read="true", add="false"),
        append_only(
            SAMPLE,
            read="hearth_reads_sample(id)",
            add=f"""drawn_by_id = {ME} and {LEADS}
                and (area_id is null or area_id = any((select hearth_areas({ME}, 'lead_audits'))::uuid[]))""",
        ),
        protect(
            AUDIT,
            read=READS.format("id"),
            add=f"""state = 'drawn' and hearth_may_audit(assessment_id, family_id, area_id)
                and exists (select 1 from {SAMPLE} s where s.id = {AUDIT}.sample_id and s.drawn_by_id = {ME})""",
            # By whom a row may be left so: what is sent, by its lead; what was sent, by the worker who answers.
            change=f"""hearth_leads_audit(id)
                or (state in ('grading', 'moderating', 'settled') and sent_at is null and {WORKS.format("id")})
                or (state in ('sent', 'answered') and sent_at is not null and worker_id = {ME} and {READS.format("id")})""",
        ),
        only(
            AUDIT, "state", "moderated_by_id", "settled_at", "done_well", "to_change", "sent_by_id", "sent_at", "reply_by", "agrees",
            "reply", "replied_at", "left_out_why", "version",
        ),
        protect(
            GRADE,
            read=WORKS.format("audit_id"),
            add=f"named_by_id = {ME} and hearth_leads_audit(audit_id) and hearth_may_grade(auditor_id, audit_id)",
            change=f"hearth_leads_audit(audit_id) or auditor_id = {ME}",
        ),
        only(GRADE, "due_on", "begun_at", "finished_at", "ended_at"),
        protect(ITEM, read="hearth_reads_grade(grade_id)", add=MINE_TO_GRADE.format(f"{ITEM}.grade_id")),
        only(ITEM, "answer", "comment"),
        append_only(RESULT, read=READS.format("audit_id"), add="hearth_may_settle(audit_id)"),
        protect(
            ACTION,
            read=READS.format("audit_id"),
            add=f"added_by_id = {ME} and {READS.format('audit_id')} and {TOLD}",
        ),
        only(ACTION, "done_on", "done_words"),
        protect(
            NEED,
            read=LEADS_IN,
            add=f"raised_by_id = {ME} and {LEADS_IN} and (audit_id is null or hearth_leads_audit(audit_id))",
            change=LEADS_IN,
        ),
        only(NEED, "met_on", "met_words"),
        *(events(f"{table}event", table) for table in (AUDIT, GRADE, ITEM, ACTION, NEED)),
        gate_reads(SAMPLE, AUDIT, GRADE),
    ]  # fmt: skip


def access() -> list[RunSQL]:
    """An auditor opens what they were named to grade: in their own name, for assessments alone, and no longer than its days."""
    return [
        RunSQL(
            f"""create policy adds_by_audit on people_access for insert to {READERS} with check (
                why = 'audit' and user_id = {ME} and categories = array['assessment']::varchar[] and until_at is not null
                and exists (select 1 from {GRADE} g where g.id = people_access.basis and g.family_id = people_access.family_id
                    and g.auditor_id = {ME} and g.finished_at is null and g.ended_at is null
                    and (people_access.until_at at time zone 'Europe/London')::date <= g.due_on + 1))""",
            "drop policy adds_by_audit on people_access",
        )
    ]
