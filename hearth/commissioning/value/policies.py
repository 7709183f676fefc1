"""Row policies of values. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.commissioning.value.reach import READS, WRITES, in_reach
from hearth.foundation.core.policies import append_only, events, only, protect

MINE = "{column} = hearth_reader()"
CHANGED = {
    "value_valuation": "name, bought, of, begins_on, ends_on, cost_pence, cost_year, cost_bias, prices, words",
    "value_outcome": "number, number_source, withdrawn_at, withdrawn_why",
    "value_assumption": "cautious, central, hopeful, source",
    "value_investment": "name, of, begins_on, invested_pence, cap_pence, day_pence, wait_months, children, fewest_children, months, "
    "recruit_months, baseline, target, cautious, hopeful, care_pence, care_year, care_source, prices, cashable, seed, words",
    "value_caredays": "withdrawn_at, withdrawn_why",
}  # fmt: skip


def _whole(table: str) -> RunSQL:
    writes = in_reach(WRITES)
    return protect(table, read=in_reach(READS), add=f"added_by_id = hearth_reader() and ({writes})", change=writes)


def _hangs(parent: str, column: str, permission: str) -> str:
    return f"exists (select 1 from {parent} p where p.id = {column} and ({in_reach(permission, 'p.')}))"


def _part(table: str, parent: str, column: str, by: str = "") -> RunSQL:
    """What hangs from something: read and written with it."""
    writes = _hangs(parent, f"{table}.{column}", WRITES)
    read = _hangs(parent, f"{table}.{column}", READS)
    return protect(table, read=read, add=adds(table, parent, column, by), change=writes)


def adds(table: str, parent: str, column: str, by: str = "") -> str:
    """What is added hangs from something that its writer values; and says who they are, where it says that."""
    own = f"{by} = hearth_reader() and " if by else ""
    return f"{own}{_hangs(parent, f'{table}.{column}', WRITES)}"


def _assumption(permission: str) -> str:
    return (
        "exists (select 1 from value_outcome o join value_valuation p on p.id = o.valuation_id"
        f" where o.id = value_assumption.outcome_id and ({in_reach(permission, 'p.')}))"
    )


def _version(permission: str) -> str:
    of = [("value_valuation", "valuation_id"), ("value_investment", "investment_id")]
    return " or ".join(_hangs(parent, f"value_version.{column}", permission) for parent, column in of)


def values() -> list[RunSQL]:
    """Values are read by whoever may in their district, or everywhere; written by those who value; and versions never change."""
    return [
        _whole("value_valuation"),
        _whole("value_investment"),
        _part("value_outcome", "value_valuation", "valuation_id", "added_by_id"),
        protect("value_assumption", read=_assumption(READS), add=_assumption(WRITES), change=_assumption(WRITES)),
        _part("value_caredays", "value_investment", "investment_id", "recorded_by_id"),
        append_only(
            "value_version", read=_version(READS), add=f"made_by_id = hearth_reader() and ({_version(WRITES)})"
        ),
        append_only(
            "value_priceindex",
            read=f"(select hearth_holds(hearth_reader(), '{READS}'))",
            add=f"added_by_id = hearth_reader() and (select hearth_money_whole(hearth_reader(), '{WRITES}'))",
        ),
        *(only(table, CHANGED[table]) for table in CHANGED),
        *(events(f"{table}event", table) for table in CHANGED),
    ]
