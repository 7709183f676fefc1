"""Row policies of the risk log. The conditions are those of reach.py. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import append_only, events, only, protect
from hearth.oversight.governance.reach import in_area_sql
from hearth.oversight.governance.risks.reach import KEEPS, MEETS, READS_MEETING, risk_sql

ME = "hearth_reader()"
RISK, MEETING, ASSESSMENT, ACTION, ESCALATION = (
    f"risks_{name}" for name in ("risk", "riskmeeting", "riskassessment", "riskaction", "riskescalation")
)  # fmt: skip
SEE, EDIT, KEEP, DECIDE = (risk_sql(what) for what in ("see", "edit", "keep", "decide"))
_OPEN = "exists (select 1 from risks_risk r where r.id = {table}.risk_id and r.state = 'open')"
_ASKED = f"exists (select 1 from {ESCALATION} e where e.risk_id = {RISK}.id and e.answered_at is null)"


def _held(table: str) -> str:
    """Of a meeting that the writer may hold and that has not ended, or of none."""
    meets = in_area_sql(KEEPS, "m.area_id")
    return f"""(meeting_id is null or exists (
        select 1 from {MEETING} m where m.id = {table}.meeting_id and m.ended_at is null and {meets}))"""


def risks() -> list[RunSQL]:
    """A risk is read where it may happen, kept by whoever keeps the log there, followed by its owner; what was assessed stands."""
    open_risk = {table: _OPEN.format(table=table) for table in (ASSESSMENT, ACTION, ESCALATION)}
    return [
        protect(
            RISK,
            read=risk_sql("see", "id"),
            add=f"logged_by_id = {ME} and state = 'open' and {MEETS}",
            change=f"{risk_sql('edit', 'id')} and (state = 'open' or not {_ASKED})",
        ),
        only(RISK, "subject, title, what, controls, owner_id, only_roles, state, closed_on, closed_by_id, closed_why"),
        append_only(
            ASSESSMENT, read=SEE, add=f"assessed_by_id = {ME} and {EDIT} and {open_risk[ASSESSMENT]} and {_held(ASSESSMENT)}"
        ),
        protect(
            ACTION,
            read=SEE,
            add=f"added_by_id = {ME} and done_on is null and {EDIT} and {open_risk[ACTION]} and {_held(ACTION)}",
            change=f"{EDIT} or (owner_id = {ME} and {SEE})",
        ),
        only(ACTION, "what, owner_id, due_on, done_on, done_by_id, words"),
        protect(
            ESCALATION,
            read=SEE,
            add=f"asked_by_id = {ME} and answered_at is null and {EDIT} and {open_risk[ESCALATION]}",
            change=DECIDE,
        ),
        only(ESCALATION, "answer, answered_by_id, answered_at"),
        RunSQL(
            f"""
            create function hearth_answer_stands() returns trigger language plpgsql set search_path = public, pg_temp as $stands$
            begin
                if old.answered_at is not null then
                    raise exception 'An answer stands: escalate again' using errcode = 'insufficient_privilege';
                end if;
                return new;
            end $stands$;
            create trigger stands before update on {ESCALATION} for each row execute function hearth_answer_stands();
            """,
            f"drop trigger stands on {ESCALATION}; drop function hearth_answer_stands();",
        ),
    ]  # fmt: skip


def meetings() -> list[RunSQL]:
    """A meeting is held by whoever keeps the log there. Its minutes stand once it has ended."""
    return [
        protect(
            MEETING,
            read=READS_MEETING,
            add=f"started_by_id = {ME} and ended_at is null and {MEETS}",
            change=f"{READS_MEETING} and {MEETS}",
        ),
        only(MEETING, "present, apologies, words, ended_at, ended_by_id"),
        RunSQL(
            f"""
            create function hearth_minutes_stand() returns trigger language plpgsql set search_path = public, pg_temp as $stand$
            begin
                if old.ended_at is not null then
                    raise exception 'Minutes stand once the meeting has ended' using errcode = 'insufficient_privilege';
                end if;
                return new;
            end $stand$;
            create trigger stand before update on {MEETING} for each row execute function hearth_minutes_stand();
            """,
            f"drop trigger stand on {MEETING}; drop function hearth_minutes_stand();",
        ),
    ]


def history() -> list[RunSQL]:
    """What changed is read by whoever reads what it is of."""
    return [events(f"{table}event", table) for table in (RISK, MEETING, ACTION, ESCALATION)]
