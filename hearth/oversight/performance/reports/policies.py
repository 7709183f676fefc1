"""Row policies of reports. The conditions are those of reach.py. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import append_only, events, identity_function, only, protect
from hearth.oversight.performance.reports.reach import (
    APPROVES,
    PUBLISHES,
    WRITES,
    any_in_sql,
    reads_in_sql,
    works_in_sql,
)

REPORT, WORDS, STUDY, MOVE, EDITION, FIGURE = (
    f"reports_{name}"
    for name in ("report", "reportwords", "casestudy", "reportmove", "reportedition", "publishedfigure")
)
ME = "hearth_reader()"
PUBLISHER = f"(select hearth_holds({ME}, '{PUBLISHES}'))"
_STANDS = f"""
begin
    if old.state = 'approved' then
        raise exception 'An approved report stands: correct it with a new version' using errcode = 'insufficient_privilege';
    end if;
    if new.state = 'approved' and (old.state <> 'sent' or new.figures is distinct from old.figures
            or new.approved_by_id is distinct from {ME} or not {works_in_sql(APPROVES, "new.area_id")}
            or exists (select 1 from {WORDS} w where w.report_id = new.id and w.written_by_id = {ME})) then
        raise exception 'What is approved is what was sent, by somebody who approves and did not write it' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
"""
_ENDS = """
begin
    if old.ended_at is not null or new.ended_at is null or (to_jsonb(new) - array['content', 'pdf', 'word', 'ended_at'])
            is distinct from (to_jsonb(old) - array['content', 'pdf', 'word', 'ended_at']) then
        raise exception 'An edition never changes: a later one follows it' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
"""


def _of(table: str, more: str = "true") -> str:
    return f"exists (select 1 from {REPORT} r where r.id = {table}.report_id and {more})"


def _trigger(table: str, name: str, body: str) -> RunSQL:
    return RunSQL(
        f"""create function hearth_{name}() returns trigger language plpgsql set search_path = public, pg_temp as $body$ {body} $body$;
        create trigger stands before update on {table} for each row execute function hearth_{name}();""",
        f"drop trigger stands on {table}; drop function hearth_{name}();",
    )


def reports() -> list[RunSQL]:
    """A report is started and written by its district's writers, and approved by whoever approves there; then nothing changes it."""
    writes, approves = works_in_sql(WRITES), works_in_sql(APPROVES)
    written = _of(WORDS, f"r.state = 'writing' and {works_in_sql(WRITES, 'r.area_id')}")
    studied = _of(STUDY, f"r.state = 'writing' and {works_in_sql(WRITES, 'r.area_id')}")
    return [
        protect(
            REPORT,
            read=reads_in_sql(),
            add=f"started_by_id = {ME} and state = 'waiting' and {writes}",
            change=f"{writes} or ({approves} and state in ('writing', 'sent', 'approved'))",
        ),
        only(
            REPORT,
            "state, percent, doing, fault, figures, gathered_at, sent_by_id, approved_by_id, approved_at",
        ),
        _trigger(REPORT, "report_stands", _STANDS),
        protect(WORDS, read=_of(WORDS), add=f"written_by_id = {ME} and {written}", change=written),
        only(WORDS, "words, written_by_id, written_at"),
        events(f"{WORDS}event", WORDS),
        protect(
            STUDY,
            read=_of(STUDY),
            # The version that corrects another takes over who stated it there.
            add=f"{studied} and (stated_by_id = {ME} or {_of(STUDY, 'r.replaces_id is not null')})",
            change=f"{studied} or " + _of(STUDY, any_in_sql("r.area_id")),
        ),
        only(
            STUDY,
            "title, story, consented_by, consented_on, consent_kept, stated_by_id, stated_at, withdrawn_at, withdrawn_by_id",
        ),
        append_only(MOVE, read=_of(MOVE), add=f"by_id = {ME} and {_of(MOVE, any_in_sql('r.area_id'))}"),
    ]  # fmt: skip


def editions() -> list[RunSQL]:
    """An edition is made of an approved report. Everybody reads the public one that stands; it can be ended, and nothing else."""
    works = _of(EDITION, f"r.state = 'approved' and {any_in_sql('r.area_id')}")
    return [
        protect(
            EDITION,
            read=f"(is_public and ended_at is null) or {_of(EDITION)}",
            add=f"made_by_id = {ME} and {works}",
            change=works,
        ),
        only(EDITION, "content, pdf, word, ended_at"),
        _trigger(EDITION, "edition_stands", _ENDS),
        append_only(FIGURE, read=PUBLISHER, add=PUBLISHER),
    ]


def letting_go() -> list[RunSQL]:
    """hearth_let_go_of_reports, for `system:tidying` alone: versions whose time has passed, oldest first, with all that hangs from them.

    By the database's own clock, and never within a year. What was published stays told the same, so that its figures go last.
    """
    tables = (WORDS, f"{WORDS}event", STUDY, MOVE, FIGURE, EDITION, REPORT)
    grants = "".join(
        f"grant select, delete on {table} to hearth_gate; create policy lets_go on {table} to hearth_gate using (true);"
        for table in tables
    )
    back = "".join(f"drop policy lets_go on {table}; revoke all on {table} from hearth_gate;" for table in tables)
    old = f"""select r.id from {REPORT} r where r.created_at < now() - make_interval(years => greatest(years, 1))
        and not exists (select 1 from {REPORT} l where l.replaces_id = r.id and l.created_at >= now() - make_interval(years => greatest(years, 1)))"""
    deletes = "".join(
        f"delete from {table} where {key} in ({of});"
        for table, key, of in (
            (FIGURE, "edition_id", f"select e.id from {EDITION} e where e.report_id = any(gone)"),
            (f"{WORDS}event", "pgh_obj_id", f"select w.id from {WORDS} w where w.report_id = any(gone)"),
            *((table, "report_id", "select unnest(gone)") for table in (WORDS, STUDY, MOVE, EDITION)),
            (REPORT, "id", "select unnest(gone)"),
        )
    )
    return [
        RunSQL(grants, back),
        *identity_function(
            "hearth_tidying",
            "hearth_let_go_of_reports(years integer)",
            "integer",
            f"""declare gone uuid[]; begin gone := array({old});
                perform set_config('pgtrigger.ignore', (select array_agg(tgname)::text from pg_trigger
                    where tgrelid = '{WORDS}event'::regclass and tgname like 'pgtrigger_append_only_%'), true);
                {deletes} perform set_config('pgtrigger.ignore', '{{}}', true); return coalesce(array_length(gone, 1), 0); end""",
            volatility="volatile",
            language="plpgsql",
        ),
    ]
