"""Row policies of exports. Used by migrations only. Whoever asked reads and hands over their own, while their role lets them make any."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import READERS, append_only, identity_function, protect

ME = "hearth_reader()"
HOLDS = f"(select hearth_holds({ME}, 'make_exports'))"
MINE = f"asked_by_id = {ME} and {HOLDS}"
# Written while it is made, and never after.
OPEN = "state in ('waiting', 'making')"
WRITTEN_BY_MAKING = (
    "state, percent, doing, fault, made_at, districts, rows, gaps, statement, file_name, size, digest, until_on"
)


def _of_mine(table: str, condition: str = "true") -> str:
    return f"exists (select 1 from exports_export e where e.id = {table}.export_id and {condition})"


def tables() -> list[RunSQL]:
    """An export is its asker's; a file and its gaps are added while it is made, and go when it is let go."""
    file, gap, given = "exports_exportfile", "exports_exportgap", "exports_handingover"
    return [
        protect("exports_export", read=MINE, add=f"{MINE} and state = 'waiting'", change=MINE),
        RunSQL(
            f"""revoke update on exports_export from {READERS}; grant update ({WRITTEN_BY_MAKING}) on exports_export to {READERS};
            create function hearth_export_stays() returns trigger language plpgsql set search_path = public, pg_temp as $$ begin
                if old.state in ('ready', 'failed', 'let_go') and not (old.state = 'ready' and new.state = 'let_go'
                    and (to_jsonb(new) - 'state') = (to_jsonb(old) - 'state')) then
                    raise exception 'An export that was made never changes.';
                end if; return new; end $$;
            create trigger export_stays before update on exports_export for each row execute function hearth_export_stays();""",
            f"""drop trigger export_stays on exports_export; drop function hearth_export_stays();
            revoke update ({WRITTEN_BY_MAKING}) on exports_export from {READERS}; grant update on exports_export to {READERS};""",
        ),
        append_only(file, read=_of_mine(file), add=_of_mine(file, f"e.{OPEN}")),
        append_only(gap, read=_of_mine(gap), add=_of_mine(gap, f"e.{OPEN}")),
        append_only(
            given, read=_of_mine(given), add=f"by_id = {ME} and {_of_mine(given, 'e.state = ' + repr('ready'))}"
        ),
        RunSQL(f"revoke delete on exports_export from {READERS}", RunSQL.noop),
    ]


def letting_go() -> list[RunSQL]:
    """hearth_let_go_of_exports, for `system:tidying` alone: files and lists of gaps of exports whose last day has passed."""
    return [
        RunSQL(
            """grant select, update (state) on exports_export to hearth_gate;
            grant select, delete on exports_exportfile, exports_exportgap to hearth_gate;
            create policy lets_go on exports_export to hearth_gate using (true) with check (true);
            create policy lets_go on exports_exportfile to hearth_gate using (true);
            create policy lets_go on exports_exportgap to hearth_gate using (true);""",
            """drop policy lets_go on exports_export; drop policy lets_go on exports_exportfile; drop policy lets_go on exports_exportgap;
            revoke all on exports_export, exports_exportfile, exports_exportgap from hearth_gate;
            revoke update (state) on exports_export from hearth_gate;""",
        ),
        *identity_function(
            "hearth_tidying",
            "hearth_let_go_of_exports(today date)",
            "integer",
            """with over as (update exports_export set state = 'let_go' where state = 'ready' and until_on < today returning id),
                files as (delete from exports_exportfile where export_id in (select id from over) returning 1),
                gaps as (delete from exports_exportgap where export_id in (select id from over) returning 1)
                select count(*)::integer from over where (select count(*) from files) >= 0 and (select count(*) from gaps) >= 0""",
            volatility="volatile",
        ),
    ]
