"""Row policies of the ledger. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import READERS, append_only, only, protect, row_by_row
from hearth.foundation.core.roles import GATE
from hearth.records.money.reach import IN_AREA, KEEPS_WHOLE, SEES, WHOLE
from hearth.records.people.policies import family_condition

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


def held(what: str, column: str) -> str:
    """Whether a column names a budget that the reader holds, or its share or source."""
    return f"{column} = any((select hearth_money_held(hearth_reader(), '{what}'))::uuid[])"


def _again(table: str, policy: str, clause: str, now: str, before: str) -> RunSQL:
    alter = f"alter policy {policy} on {table} {clause}"
    return RunSQL(f"{alter} ({row_by_row(now)})", f"{alter} ({row_by_row(before)})")


def budgets() -> list[RunSQL]:
    """A budget's holder reads what stands in it, and commits and releases within it; of the rest of its share they read nothing."""
    in_area = IN_AREA.format(column="s.area_id")
    share = f"exists (select 1 from money_share s where s.id = money_account.share_id and {in_area})"
    was_share = "exists (select 1 from money_share s where s.id = money_account.share_id)"
    own = (
        "exists (select 1 from money_account a where a.id = money_line.account_id and "
        + held("budget", "a.budget_id")
        + ")"
    )
    whole_or_area = f"{WHOLE} or {IN_AREA.format(column='area_id')}"
    mine = "posted_by_id = hearth_reader()"
    return [
        _again("money_fund", "reads", "using", f"{SEES_ANY} or {held('fund', 'id')}", SEES_ANY),
        _again("money_share", "reads", "using", f"{whole_or_area} or {held('share', 'id')}", whole_or_area),
        _again(
            "money_account", "reads", "using", f"{WHOLE} or {held('budget', 'budget_id')} or {share}", f"{WHOLE} or {was_share}"
        ),
        _again(
            "money_account", "adds", "with check",
            f"pence = 0 and ({KEEPS_WHOLE} or (kind = 'committed' and {held('budget', 'budget_id')}))",
            f"pence = 0 and {KEEPS_WHOLE}",
        ),
        _again(
            "money_entry", "adds", "with check",
            f"{mine} and ({KEEPS_WHOLE} or (kind in ('committed', 'released') and {held('budget', 'budget_id')}))",
            f"{mine} and {KEEPS_WHOLE}",
        ),
        _again("money_line", "adds", "with check", f"{KEEPS_WHOLE} or {own}", KEEPS_WHOLE),
        protect(
            "money_budget",
            read=f"{whole_or_area} or holder_id = hearth_reader() or (kind = 'district' and "
            "area_id = any((select hearth_money_areas(hearth_reader(), 'work_case'))::uuid[]))",
            add=f"opened_by_id = hearth_reader() and {KEEPS_WHOLE}",
            change=KEEPS_WHOLE,
        ),
        only("money_budget", "ended_at, ended_why"),
    ]  # fmt: skip


def changeable() -> RunSQL:
    """Since limits are changed: of a budget, also its holder, its limits and its last day."""
    columns = "holder_id, by_rule_pence, most_pence, ends_on"
    return RunSQL(
        f"grant update ({columns}) on money_budget to {READERS};",
        f"revoke update ({columns}) on money_budget from {READERS};",
    )


def purchases() -> list[RunSQL]:
    """A purchase is read by whoever asked, holds its budget, keeps the ledger or may read the family's plan; its words by the last alone."""
    table, words = "money_purchase", "money_purchasewords"
    plan = family_condition(words, category="plan")
    answers = f"asked_by_id = hearth_reader() or {held('budget', 'budget_id')} or {KEEPS_WHOLE}"
    return [
        protect(
            table,
            read=f"{answers} or exists (select 1 from {words} w where w.purchase_id = {table}.id)",
            add="asked_by_id = hearth_reader() and (select hearth_holds(hearth_reader(), 'work_case')) and "
            f"exists (select 1 from money_budget b where b.id = {table}.budget_id)",
            change=answers,
        ),
        only(
            table,
            "state, by_rule, decided_by_id, decided_on, decision, commitment_id, bought_on, received_on, paid_on, paid_pence",
        ),
        append_only(words, read=plan, add=plan),
    ]
