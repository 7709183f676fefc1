"""Row policies of the ledger. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import READERS, append_only, protect
from hearth.foundation.core.roles import GATE
from hearth.records.money.reach import IN_AREA, KEEPS_WHOLE, SEES, WHOLE

SEES_ANY = f"(select hearth_holds(hearth_reader(), '{SEES}'))"


def gate_passes(*tables: str) -> RunSQL:
    """The triggers' owner reads the ledger whole, and writes the sums of accounts."""
    return RunSQL(
        "".join(f"create policy gate on {table} for select to {GATE} using (true);" for table in tables)
        + f"create policy gate_counts on money_account for update to {GATE} using (true) with check (true);",
        "drop policy gate_counts on money_account;" + "".join(f"drop policy gate on {table};" for table in tables),
    )


def ledger() -> list[RunSQL]:
    """A district's people read its share, whoever sees the whole ledger all of it; written by whoever keeps it, and never changed."""
    share = "exists (select 1 from money_share s where s.id = money_account.share_id)"
    account = "exists (select 1 from money_account a where a.id = money_line.account_id)"
    line = "exists (select 1 from money_line l where l.entry_id = money_entry.id)"
    return [
        protect(
            "money_fund", read=SEES_ANY, add=f"added_by_id = hearth_reader() and {KEEPS_WHOLE}", change=KEEPS_WHOLE
        ),
        RunSQL(
            f"revoke update on money_fund from {READERS}; grant update (ends_on, words) on money_fund to {READERS};",
            f"grant update on money_fund to {READERS}",
        ),
        append_only("money_share", read=f"{WHOLE} or {IN_AREA.format(column='area_id')}", add=KEEPS_WHOLE),
        append_only("money_account", read=f"{WHOLE} or {share}", add=f"pence = 0 and {KEEPS_WHOLE}"),
        append_only(
            "money_entry",
            read=f"posted_by_id = hearth_reader() or {WHOLE} or {line}",
            add=f"posted_by_id = hearth_reader() and {KEEPS_WHOLE}",
        ),
        append_only("money_line", read=f"{WHOLE} or {account}", add=KEEPS_WHOLE),
        gate_passes("money_fund", "money_share", "money_account", "money_entry", "money_line"),
    ]
